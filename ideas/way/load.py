"""How much an organisation has on its hands: how many ideas go on, and who follows how many.

A number about a person is for that person and the coordinator only. Source: domain.md 7, P26.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from checks.codes import Status
from ideas.models import Idea
from people.models import Member, Organisation


@dataclass(frozen=True)
class Load:
    """The ideas in a step and those that run, exercises left out; `by_follower` counts both, by member id."""

    under_way: int
    running: int
    by_follower: Mapping[int, int]

    def seen_by(self, member: Member, follower: Member) -> int | None:
        """How many ideas this follower has, or None where that is not for the member to know."""
        return self.by_follower.get(follower.pk, 0) if member.coordinator or member == follower else None


def load_of(organisation: Organisation) -> Load:
    """What the organisation has on its hands, in one query."""
    going_on = Idea.objects.filter(
        organisation=organisation, status__in=[Status.IN_STEP, Status.RUNNING], test=False
    ).order_by()
    by_status: Counter[str] = Counter()
    by_follower: Counter[int] = Counter()
    for status, follower, count in going_on.values_list("status", "idea_owner").annotate(Count("pk")):
        by_status[status] += count
        if follower:
            by_follower[follower] += count
    return Load(by_status[Status.IN_STEP], by_status[Status.RUNNING], by_follower)
