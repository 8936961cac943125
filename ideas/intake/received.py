"""The received ideas: each waits for an answer, and can be taken up, declined with thanks, or parked."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checks.codes import Status, Verb
from ideas.access import Act, HtmxHttpRequest, ideas_for, member_of, standing_of, with_named
from ideas.ids import id_in
from ideas.models import Idea
from ideas.way.doings import DOINGS, Doing
from ideas.way.load import Load, load_of
from people.models import Member

ON_A_PAGE = 25
PARKED_SHOWN = 50
WAYS_OUT = {
    Status.RECEIVED: (Verb.TAKE_UP, Verb.DECLINE, Verb.PARK),
    Status.PAUSED: (Verb.TAKE_UP, Verb.DECLINE),
}


@dataclass(frozen=True)
class Waiting:
    """A received or parked idea, with what this member can do with it."""

    idea: Idea
    ways_out: list[Doing]


@require_safe
def received(request: HtmxHttpRequest) -> HttpResponse:
    """All that is received, a page at a time; `before` is the id of the last one already seen."""
    member = member_of(request)
    ideas = ideas_for(member).select_related("idea_owner").prefetch_related(with_named()).order_by("-pk")
    before = id_in(request.GET.get("before", ""))
    waiting = ideas.filter(Q(pk__lt=before) if before else Q(), status=Status.RECEIVED)
    found = list(waiting[: ON_A_PAGE + 1])
    parked = ideas.filter(status=Status.PAUSED, step=None).order_by("revisit_on", "-pk")[:PARKED_SHOWN]
    load = load_of(member.organisation)
    context = {
        "waiting": [_waiting(idea, member) for idea in found[:ON_A_PAGE]],
        "has_more": len(found) > ON_A_PAGE,
        "parked": [_waiting(idea, member) for idea in parked],
        "load": load,
        "own_load": load.by_follower.get(member.pk, 0),
        "followers": _followers(load, member),
    }
    return render(request, "ideas/intake/received.html", context)


def _waiting(idea: Idea, member: Member) -> Waiting:
    may = standing_of(member, idea).may(Act.LEAD)
    return Waiting(idea, [DOINGS[verb.value] for verb in WAYS_OUT[idea.status]] if may else [])


def _followers(load: Load, member: Member) -> list[tuple[Member, int]]:
    """Who follows how many ideas, most first: for the coordinator only."""
    if not member.coordinator:
        return []
    members = Member.objects.in_bulk(load.by_follower.keys())
    return [(members[pk], count) for pk, count in sorted(load.by_follower.items(), key=lambda one: -one[1])]
