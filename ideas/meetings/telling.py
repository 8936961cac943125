"""Mail to who is invited to a meeting: when it is, and where it stands."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from ideas.access import readers_of
from ideas.models import Meeting
from people.mail import post
from people.models import Member


def tell(meeting: Meeting, by: Member, before: Collection[Member] = (), *, moved: bool = False) -> None:
    """Mails who is invited now and was not `before`; where it `moved` also who was, and who need not come any more."""
    invited = list(meeting.invited.all())
    _mail(meeting, [one for one in invited if one not in before], by, "meeting")
    if moved:
        _mail(meeting, [one for one in invited if one in before], by, "meeting", moved=True)
    _mail(meeting, [one for one in before if one not in invited], by, "meeting_without")


def call_off(meeting: Meeting, by: Member) -> None:
    """Mails everybody who was invited that it will not take place."""
    _mail(meeting, meeting.invited.all(), by, "meeting_off")


def _mail(meeting: Meeting, to: Iterable[Member], by: Member, template: str, *, moved: bool = False) -> None:
    """Mails these about a meeting that is still to come, those of them who read its idea."""
    if meeting.ended or meeting.date < timezone.localdate():
        return
    readers = {member.pk: member for member in readers_of(meeting.idea).select_related("account")}
    for member in to:
        reader = readers.get(member.pk)
        if reader and reader.account and reader.pk != by.pk:
            context = {"meeting": meeting, "idea": meeting.idea, "by": by, "moved": moved, "to": reader}
            key = f"{template}-{meeting.pk}-{timezone.now().timestamp()}-{member.pk}"
            post(reader.account, key, template, context)
