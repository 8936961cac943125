"""Mail to the own team that a reading is open, with the link by which each of them votes."""

from ideas.models import OpenReading
from ideas.voting.voters import voters_of
from people.mail import post
from people.models import Member


def tell(reading: OpenReading, by: Member) -> None:
    """Mails every member of the own team, but for who opened it. Nobody votes in the place of who is away."""
    for member in voters_of(reading.idea).exclude(pk=by.pk).select_related("account"):
        if member.account:
            context = {
                "idea": reading.idea,
                "by": by,
                "organisation": reading.idea.organisation,
                "token": reading.token_for(member),
            }
            post(member.account, f"{reading.mail_key}-{member.pk}", "voting", context)
