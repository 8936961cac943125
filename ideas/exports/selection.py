"""Which ideas are chosen: what is offered to choose from, and what was sent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import Http404

from ideas.access import ROLES, Act, ideas_for, ideas_to_take_along
from ideas.ids import id_in
from ideas.models import Idea
from ideas.models.export import MOST
from ideas.portfolio.overview import LANES, Lane
from people.models import Member, Team


@dataclass(frozen=True)
class Offered:
    """The ideas to choose from, by the lane where they stand; and how that was narrowed down."""

    lanes: list[tuple[Lane, list[Idea]]]
    teams: list[Team]
    lane: str
    team: int
    has_more: bool

    @property
    def count(self) -> int:
        return sum(len(ideas) for _, ideas in self.lanes)


def offered(member: Member, lane: str, team: str) -> Offered:
    """What this member may take along, in this lane and of this team where these are told. In two queries."""
    ideas, chosen_team = ideas_to_take_along(member), id_in(team)
    if lane in LANES:
        ideas = ideas.filter(LANES[lane].where)
    if chosen_team:
        ideas = ideas.filter(team=chosen_team)
    where = Case(*(When(one.where, then=Value(slug)) for slug, one in LANES.items()), default=Value(""))
    found: list[Any] = list(ideas.annotate(lane=where).order_by("-pk")[: MOST + 1])
    by_lane = [(one, [idea for idea in found[:MOST] if idea.lane == slug]) for slug, one in LANES.items()]
    return Offered(
        lanes=[(one, those) for one, those in by_lane if those],
        teams=list(Team.objects.filter(organisation=member.organisation_id)),
        lane=lane if lane in LANES else "",
        team=chosen_team,
        has_more=len(found) > MOST,
    )


def ids_in(told: Iterable[str]) -> list[int]:
    """The ids that were sent, each of them once, in order. Raises Http404 where one is none."""
    ids = sorted({id_in(one) for one in told})
    if 0 in ids:
        raise Http404
    return ids


def hold_to_rights(member: Member, ids: Collection[int]) -> None:
    """Raises Http404 where this member may not read all of these ideas, PermissionDenied where not take them along."""
    if ideas_for(member).filter(pk__in=ids).count() != len(ids):
        raise Http404
    if not may_take_along(member, ids):
        raise PermissionDenied(*ROLES[Act.EXPORT])


def may_take_along(member: Member, ids: Collection[int]) -> bool:
    """Whether this member may take along all of these ideas."""
    return ideas_to_take_along(member).filter(pk__in=ids).count() == len(ids)
