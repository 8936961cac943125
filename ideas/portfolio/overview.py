"""The ideas of the organisation, as a board by step."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checks.catalogue import STEPS
from checks.codes import FollowUpStatus, Status
from checks.words import Words
from ideas.access import ideas_for, ideas_to_take_along, member_of
from ideas.ids import id_in
from ideas.models import Comment, Decision, FollowUp, Idea
from people.models import Member

ON_THE_BOARD, ON_A_PAGE = 12, 50


@dataclass(frozen=True)
class Lane:
    """A column of the board. `step` is None outside the four steps."""

    slug: str
    name: Words
    where: Q
    step: int | None = None


LANES = {
    lane.slug: lane
    for lane in [
        Lane("received", Words("Ontvangen", "Received"), Q(status=Status.RECEIVED)),
        *(
            Lane(
                f"step-{step}",
                name,
                Q(status=Status.IN_STEP, step=step)
                | (Q(status__in=[Status.RUNNING, Status.NO_GO]) if step == 4 else Q(pk__in=[])),
                step,
            )
            for step, name in STEPS.items()
        ),
        Lane(
            "away",
            Words("Niet meer onderweg", "No longer under way"),
            Q(status__in=[Status.PAUSED, Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED, Status.FINISHED]),
        ),
    ]
}


def cards(ideas: QuerySet[Idea], member: Member) -> QuerySet[Idea]:
    """The ideas, newest first, with what a card shows this member beside their own fields."""
    new = Comment.objects.filter(idea=OuterRef("pk")).unread_by(member)
    waiting = FollowUp.objects.filter(idea=OuterRef("pk"), status__in=[FollowUpStatus.OPEN, FollowUpStatus.IN_PROGRESS])
    decision = Decision.objects.filter(idea=OuterRef("pk"), current=True)
    return ideas.annotate(
        waiting=Coalesce(
            Subquery(waiting.order_by().values("idea").annotate(n=Count("pk")).values("n")),
            0,
            output_field=IntegerField(),
        ),
        new_comments=Coalesce(
            Subquery(new.order_by().values("idea").annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
        ),
        decision=Subquery(decision.values("value")),
        decided_on=Subquery(decision.values("date")),
    ).order_by("-pk")


def board_of(member: Member) -> list[tuple[Lane, list[Idea], bool]]:
    """Each column with its newest ideas, and whether there are more; the cards are read together, which is quicker."""
    ideas = ideas_for(member).order_by("-pk").values_list("pk", flat=True)
    newest = [(lane, list(ideas.filter(lane.where)[: ON_THE_BOARD + 1])) for lane in LANES.values()]
    known = cards(Idea.objects.all(), member).in_bulk([pk for _, ids in newest for pk in ids])
    return [
        (lane, [known[pk] for pk in ids[:ON_THE_BOARD] if pk in known], len(ids) > ON_THE_BOARD) for lane, ids in newest
    ]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    board = board_of(member)
    return render(
        request,
        "ideas/portfolio/overview.html",
        {
            "received": board[0],
            "steps": board[1:5],
            "away": board[5],
            "is_empty": not any(found for _, found, _ in board),
            "organisation": member.organisation,
            "may_take_along": ideas_to_take_along(member).exists(),
        },
    )


@require_safe
def lane(request: HttpRequest, slug: str) -> HttpResponse:
    """All ideas of one column, a page at a time; `before` is the id of the last one already seen."""
    if slug not in LANES:
        raise Http404
    member = member_of(request)
    ideas = cards(ideas_for(member), member).filter(LANES[slug].where)
    if before := id_in(request.GET.get("before", "")):
        ideas = ideas.filter(pk__lt=before)
    found = list(ideas[: ON_A_PAGE + 1])
    return render(
        request,
        "ideas/portfolio/lane.html",
        {"lane": LANES[slug], "ideas": found[:ON_A_PAGE], "has_more": len(found) > ON_A_PAGE},
    )
