"""The meetings that wait for those who are invited. See `ideas.waiting`."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.urls import reverse

from checks.words import Words
from ideas.due import goes_on
from ideas.models import Meeting
from ideas.waiting import Waits

MEETING = Words("Overleg", "Meeting")
# So long ahead a meeting stands among what waits for somebody; in a calendar it stands at once.
AHEAD = timedelta(days=14)


def meetings(members: Collection[int], today: date) -> Iterator[Waits]:
    """The meetings to which they are invited, today and later, that are not over, at ideas that go on."""
    invited = Meeting.invited.through.objects.filter(
        goes_on("meeting__idea__"), member__in=members, meeting__date__gte=today, meeting__ended=None
    ).select_related("meeting__idea")
    for one in invited:
        meeting = one.meeting
        yield Waits(
            one.member_id,
            f"meeting-{meeting.pk}",
            MEETING,
            meeting.idea,
            reverse("ideas:meeting", args=[meeting.idea_id, meeting.pk]),
            meeting.starts or meeting.date,
            meeting.until,
            since=meeting.date - AHEAD,
            about=meeting.with_whom.words,
            held=True,
            place=meeting.place,
        )
