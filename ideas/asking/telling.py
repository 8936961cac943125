"""Mail to who is asked: who asks what, by when, and the link with which they answer."""

from collections.abc import Iterable
from datetime import date

from ideas.access import readers_of
from ideas.models import AskedMember, Asking
from people.mail import post
from people.models import Member


def tell(asking: Asking, by: Member) -> None:
    """Mails everybody who is asked, once."""
    _mail(asking, asking.asked.all(), by, "asked", "asked")


def remind(asking: Asking, asked: Iterable[AskedMember], by: Member, today: date) -> None:
    """Mails these once more, once a day."""
    _mail(asking, asked, by, "asked_again", f"asked-again-{today}")


def _mail(asking: Asking, asked: Iterable[AskedMember], by: Member, template: str, key: str) -> None:
    readers = {member.pk: member for member in readers_of(asking.idea).select_related("account", "replacement")}
    for one in asked:
        for member in _receivers(one, readers):
            context = {
                "asking": asking,
                "by": by,
                "about": asking.told_about,
                "asked": one,
                "stands_in": member.pk != one.member_id,
                "token": one.token_for(member),
                "organisation": asking.idea.organisation,
            }
            if member.account:
                post(member.account, f"{key}-{one.pk}-{member.pk}", template, context)


def _receivers(asked: AskedMember, readers: dict[int, Member]) -> list[Member]:
    """Who was asked, and while they are away who replaces them; nobody who may not read the idea."""
    member = readers.get(asked.member_id or 0)
    if member is None:
        return []
    instead = readers.get(member.replacement_id or 0) if member.is_away else None
    return [member, instead] if instead else [member]
