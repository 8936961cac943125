"""Days away: what waits for somebody goes to whoever replaces them."""

from collections.abc import Collection

from people.forms import AwayForm
from people.mail import post
from people.models import Member


def tell_replacement(member: Member, changed: Collection[str]) -> None:
    """Mails whoever replaces this member, where their days away were just `changed`; once for the same days."""
    replacement = member.replacement
    if not (member.away_from and replacement and replacement.account and set(changed) & set(AwayForm.AWAY)):
        return
    key = f"away-{member.pk}-{member.away_from}-{member.away_until}-{replacement.pk}"
    post(replacement.account, key, "replaces", {"member": member, "replacement": replacement})
