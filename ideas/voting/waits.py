"""Who has not voted yet in a reading that is open: told to themselves only, never to whoever replaces them."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse

from checks.codes import GoNoGo, VotingWay
from checks.temperature import VOTED_IN
from checks.words import Words
from ideas.access import Act
from ideas.due import goes_on
from ideas.models import Decision, OpenReading
from ideas.waiting import Waits
from people.models import Member

TO_VOTE = Words("Stem: hoe warm ben je voor dit idee?", "Vote: how warm are you for this idea?")


def to_vote(members: Collection[int], today: date) -> Iterator[Waits]:
    """The open readings of their own team in which they did not vote."""
    readings = OpenReading.objects.filter(
        goes_on("idea__"), way=VotingWay.EACH, idea__status__in=VOTED_IN, idea__team__members__in=members
    )
    refused = Decision.objects.filter(current=True, value=GoNoGo.NO_GO.value).values("idea")
    found = {reading.pk: reading for reading in readings.exclude(idea__in=refused).select_related("idea")}
    teams = {reading.idea.team_id for reading in found.values()}
    theirs = list(Member.objects.filter(pk__in=members, team__in=teams)) if teams else []
    for reading in found.values():
        for member in theirs:
            if member.team_id == reading.idea.team_id and not reading.has_voted(member):
                yield Waits(
                    member.pk,
                    f"vote-{reading.pk}",
                    TO_VOTE,
                    reading.idea,
                    reverse("ideas:vote", args=[reading.idea_id]),
                    came=reading.opened,
                    to=Act.VOTE,
                    personal=True,
                )
