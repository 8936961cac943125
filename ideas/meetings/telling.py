"""Mail to who is invited to a meeting: when it is, and where it stands."""

from collections.abc import Iterable

from django.utils import timezone

from ideas.access import readers_of
from ideas.models import Meeting
from people.mail import post
from people.models import Member


def tell(meeting: Meeting, by: Member) -> None:
    """Mails everybody who is invited and was not told yet of the meeting as it is planned now."""
    if meeting.ended is None and meeting.date >= timezone.localdate():
        _mail(meeting, meeting.invited.all(), by, "meeting", f"meeting-{meeting.pk}-{meeting.planned_at.timestamp()}")


def call_off(meeting: Meeting, by: Member) -> None:
    """Mails everybody who was invited that it will not take place."""
    if meeting.ended is None and meeting.date >= timezone.localdate():
        _mail(meeting, meeting.invited.all(), by, "meeting_off", f"meeting-off-{meeting.pk}")


def _mail(meeting: Meeting, to: Iterable[Member], by: Member, template: str, key: str) -> None:
    readers = {member.pk: member for member in readers_of(meeting.idea).select_related("account")}
    for member in to:
        reader = readers.get(member.pk)
        if reader and reader.account and reader.pk != by.pk:
            context = {"meeting": meeting, "idea": meeting.idea, "by": by}
            post(reader.account, f"{key}-{member.pk}", template, context)
