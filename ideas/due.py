"""What is due: the tasks of somebody, and the days of the ideas that they follow."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.urls import reverse

from checks.codes import FollowUpStatus, Status, Verb
from checks.decision import STILL_OPEN
from checks.running import a_year_after
from checks.words import Words
from ideas.came import at_the_latest, of_row
from ideas.models import Decision, FollowUp, Idea, Involvement, Pulse, Review, TrajectoryAction, Transition
from ideas.steps.lists import LISTS
from ideas.waiting import Waits

# Ideas that rest, or went on elsewhere: nobody is reminded of what was still to be done for them.
AT_REST = (Status.PAUSED, Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED)
TO_REVISIT = (Status.PAUSED, Status.STOPPED, Status.NOT_FOLLOWED, Status.NO_GO)
LOOKED_BACK_AT = (Status.RUNNING, Status.FINISHED)

# So long before its day an idea waits for who follows it.
AHEAD = timedelta(days=14)

FOLLOW_UP = Words("Opvolgpunt", "Follow-up point")
ACTION = Words("Actie met het team", "Action with the team")
ANSWER = Words("Antwoord nodig", "Answer needed")
REVISIT = Words("Opnieuw bekijken", "Look at it again")
REVIEW = Words("Samen terugkijken", "Look back together")
PULSE = Words("Jaarlijkse puls", "Yearly pulse")


def goes_on(idea: str) -> Q:
    """Whether something still waits at an idea, which stands under this path: it does not rest and is no exercise."""
    return Q(**{f"{idea}closed": None, f"{idea}test": False}) & ~Q(**{f"{idea}status__in": AT_REST})


def tasks(members: Collection[int], today: date) -> Iterator[Waits]:
    """The opvolgpunten and the actions of a trajectory that are given to them and still open.

    What was given to somebody who left, or who may not read the idea any more, waits for who follows it.
    """
    still = [status for status in FollowUpStatus if status.is_open]
    theirs = Q(kept=True, owner_member__in=members) | Q(kept=False, owner_member__gt=0, idea__idea_owner__in=members)
    alive = theirs & goes_on("idea__")
    points = FollowUp.objects.annotate(kept=_is_kept(today), given=of_row(FollowUp, "owner_member"))
    for row in points.filter(alive, status__in=still).select_related("idea"):
        yield _task(row, FOLLOW_UP, "followups")
    actions = TrajectoryAction.objects.annotate(kept=_is_kept(today), given=of_row(TrajectoryAction, "owner_member"))
    for action in actions.filter(alive, done=None, trajectory__closed=None).select_related("idea"):
        yield _task(action, ACTION, "actions")


def _is_kept(today: date) -> Case:
    """Whether who sees to a task still belongs here and reads its idea, told as in `ideas.access.readers_of`."""
    named = Involvement.objects.filter(idea=OuterRef("idea"), member=OuterRef("owner_member"))
    follower_is_away = Q(idea__idea_owner__away_from__lte=today, idea__idea_owner__away_until__gte=today)
    reads = (
        Q(idea__confidential=False)
        | Q(owner_member__policy_team=True)
        | Q(owner_member__coordinator=True)
        | Q(owner_member=F("idea__idea_owner"))
        | Q(owner_member=F("idea__stand_in"), idea__stand_in_until__gte=today)
        | Q(follower_is_away, owner_member=F("idea__idea_owner__replacement"))
        | Q(Exists(named))
    )
    return Case(When(reads & Q(owner_member__ended=None), then=Value(True)), default=Value(False))


def _task(row: Any, kind: Words, name: str) -> Waits:
    """`row` is a task that was read with `kept` and `given`."""
    link = f"{LISTS[name].at(row.idea)}-{row.pk}"
    whose = row.owner_member_id if row.kept else row.idea.idea_owner_id
    came = row.given or at_the_latest(row.idea)
    return Waits(whose or 0, f"{name}-{row.pk}", kind, row.idea, link, row.due, came=came)


def followed(members: Collection[int], today: date) -> Iterator[Waits]:
    """The days of the ideas that they follow: by when an answer is needed, when to look at it again, or back on it."""
    follows = (
        Q(idea_owner__in=members)
        | Q(stand_in__in=members, stand_in_until__gte=today)
        | Q(idea_owner=None, step=None, entered_by__in=members)
    )
    has_a_day = (
        Q(status__in=STILL_OPEN, answer_needed_by__isnull=False)
        | Q(status__in=TO_REVISIT, revisit_on__isnull=False)
        | Q(status__in=LOOKED_BACK_AT)
    )
    goes_on = Q(closed=None) | Q(status=Status.RUNNING)
    pulse = Pulse.objects.filter(idea=OuterRef("pk")).order_by("-date").values("date")[:1]
    started = Transition.objects.filter(idea=OuterRef("pk"), verb=Verb.START).order_by("-date").values("date")[:1]
    ideas = (
        Idea.objects.filter(follows, has_a_day, goes_on, test=False)
        .annotate(pulse=Subquery(pulse), started=Subquery(started))
        .prefetch_related(Prefetch("decisions", Decision.objects.filter(current=True), to_attr="stands"))
    )
    by_pk = {idea.pk: idea for idea in ideas}
    last = {review.idea_id: review for review in Review.objects.filter(idea__in=by_pk).order_by("position", "pk")}
    for idea in by_pk.values():
        for member in _followers(idea, today):
            if member in members:
                yield from _days_of(idea, last.get(idea.pk), member)


def _followers(idea: Idea, today: date) -> set[int]:
    standing_in = idea.stand_in_id if idea.stand_in_until and idea.stand_in_until >= today else None
    received = idea.entered_by_id if idea.idea_owner_id is None and idea.step is None else None
    return {pk for pk in (idea.idea_owner_id, standing_in, received) if pk}


def _ahead(day: date) -> date:
    """Since when a day of an idea waits for who follows it."""
    return day - AHEAD


def _days_of(idea: Idea, last: Review | None, member: int) -> Iterable[Waits]:
    page = reverse("ideas:idea", args=[idea.pk])
    decision = next(iter(idea.stands), None)  # type: ignore[attr-defined]
    if idea.status in STILL_OPEN and idea.answer_needed_by and decision is None:
        yield Waits(
            member, f"answer-{idea.pk}", ANSWER, idea, page, idea.answer_needed_by, since=_ahead(idea.answer_needed_by)
        )
    if idea.status in TO_REVISIT and idea.revisit_on:
        yield Waits(member, f"revisit-{idea.pk}", REVISIT, idea, page, idea.revisit_on, since=_ahead(idea.revisit_on))
    if idea.status in LOOKED_BACK_AT:
        day = last.next if last else decision.review if decision else None
        if day:
            yield Waits(member, f"review-{idea.pk}", REVIEW, idea, LISTS["reviews"].at(idea), day, since=_ahead(day))
    if idea.status is Status.RUNNING:
        told: Any = idea
        last_pulse = told.pulse or told.started or (decision.date if decision else None)
        if last_pulse:
            day = a_year_after(last_pulse)
            yield Waits(member, f"pulse-{idea.pk}", PULSE, idea, LISTS["pulses"].at(idea), day, since=_ahead(day))
