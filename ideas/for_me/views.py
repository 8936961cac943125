"""What waits for me, and what I wait for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from checks.asking import urgency
from checks.codes import Urgency
from ideas.access import HtmxHttpRequest, ideas_for, member_of
from ideas.asking.shown import AskedPart, parts_of
from ideas.for_me.waits import waits_for
from ideas.models import AskedMember
from ideas.waiting import Waits
from people.current import members_of
from people.models import Member, Organisation

# What is less urgent than so many things comes up once those are done.
MOST = 50


@dataclass(frozen=True)
class Elsewhere:
    """How much waits for the same person in another organisation; `member` is who they are there."""

    member: Member
    organisation: Organisation
    count: int


@dataclass(frozen=True)
class Awaited:
    """A question of mine that not everybody answered, and whether a reminder is due."""

    part: AskedPart
    may_remind: bool


@require_safe
def for_me(request: HtmxHttpRequest) -> HttpResponse:
    member, today = member_of(request), timezone.localdate()
    waiting, stands_in = waits_now(member, today), member.stands_in_today
    context = {
        "waiting": waiting,
        "groups": by_urgency(waiting[:MOST], today),
        "more": max(0, len(waiting) - MOST),
        "awaited": awaited_by(member, today),
        "stands_in": stands_in,
        "handed_over": handed_over_by(member, waiting, today) if stands_in else [],
        "elsewhere": [told for other in members_of(request)[1:] if (told := _elsewhere(other, today)).count],
        "today": today,
    }
    return render(request, "ideas/for_me/for_me.html", context)


@require_safe
def count(request: HtmxHttpRequest) -> HttpResponse:
    """How much waits for me, for the menu."""
    if not request.htmx:
        return redirect("ideas:for_me")
    waiting = waits_now(member_of(request), timezone.localdate())
    return render(request, "ideas/for_me/count.html", {"n": len(waiting)})


def waits_now(member: Member, today: date) -> list[Waits]:
    """What waits for this member by now, the most urgent first."""
    return [one for one in waits_for([member], today)[member.pk] if one.since is None or one.since <= today]


def handed_over_by(member: Member, waiting: Iterable[Waits], today: date) -> list[Waits]:
    """What goes to whoever replaces this member, beside what still waits for them."""
    stays = {one.key for one in waiting}
    own = waits_for([member], today, handed_over=False)[member.pk]
    return [one for one in own if one.key not in stays and (one.since is None or one.since <= today)][:MOST]


def by_urgency(waiting: Iterable[Waits], today: date) -> list[tuple[Urgency, list[Waits]]]:
    """What waits in groups, the most urgent first."""
    return [(how, list(those)) for how, those in groupby(waiting, key=lambda waits: urgency(waits.day, today))]


def awaited_by(member: Member, today: date) -> list[Awaited]:
    """What this member asked and others did not answer yet; also what somebody asked who left, at ideas they follow."""
    left = Q(asking__asked_by=None) | Q(asking__asked_by__ended__isnull=False)
    mine = Q(asking__asked_by=member) | (Q(idea__idea_owner=member) & left)
    rows = AskedMember.objects.unanswered().filter(mine, idea__in=ideas_for(member).order_by())
    rows = rows.filter(member__isnull=False).select_related("idea", "asking", "member").order_by("asking", "pk")
    parts = sorted(parts_of(rows), key=lambda part: (part.asking.due is None, part.asking.due or today, part.asking.pk))
    return [Awaited(part, any(one.may_be_reminded(today) for one in part.waiting)) for part in parts]


def _elsewhere(member: Member, today: date) -> Elsewhere:
    return Elsewhere(member, member.organisation, len(waits_now(member, today)))
