"""What a page asks every few seconds: who else is at the idea now, and what changed since it last knew."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from checks.asking import ABOUT
from ideas import models
from ideas.access import HtmxHttpRequest, ideas_for, member_of
from ideas.models import Change, Comment, Idea, Presence, TemperatureReading
from ideas.steps.lists import LISTS
from ideas.steps.page import NO_CHANGE_YET, Here
from ideas.steps.saving import fields_of
from people.models import Member

# So long after the last sign of life somebody still counts as there, and so often that sign is written down.
THERE = timedelta(seconds=15)
WRITTEN_EVERY = timedelta(seconds=10)
FORGOTTEN_AFTER = timedelta(days=1)

# What changes the whole of what stands on a page, under one id.
AS_A_WHOLE = {models.FinancialFrame: "money", models.Trajectory: "trajectory", models.Control: "verdict"}
# Fields of the idea that stand elsewhere than among its facts.
NO_FACTS = {"support_not_needed", "followups_confirmed", "conditions_confirmed", *LISTS}


@require_safe
@vary_on_headers("HX-Request")
def now(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Keeps that this member is here, and tells what is new: nothing (204), or who is here and an event for each thing.

    An event is `changed-<id on the page>`; its detail `mine` tells that only this member changed it. What they change
    in another tab is told too, since a page knows best what it saved itself. `since` is when the newest change was
    recorded that the page knows; `seen` is what it knows of the temperature, of what was said and of who is here.
    """
    member = member_of(request)
    newest, reading, comment = _newest(member, idea_id)
    if not request.htmx:
        return redirect("ideas:idea", idea_id)
    since = _moment(request.GET.get("since", NO_CHANGE_YET.isoformat()))
    if since is None:
        return HttpResponseBadRequest()
    others, is_new = _others(member, idea_id)
    changes = list(_changes(idea_id, since)) if newest and newest > since else []
    here = Here(idea_id, changes[-1].touched if changes else since, reading, comment, tuple(others))
    knows = request.GET.get("seen", "")
    if is_new and not changes:
        Presence.objects.filter(at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    if not changes and here.seen == knows:
        return HttpResponse(status=204)
    answer = render(request, "ideas/steps/here.html", {"here": here})
    for thing, is_mine in _things(changes, member).items():
        trigger_client_event(answer, f"changed-{thing}", {"mine": is_mine})
    knows_warmth, _, knows_rest = knows.partition("-")
    is_warmth_new, is_comment_new = knows_warmth != str(here.warmth), knows_rest.split("-")[0] != str(comment or 0)
    if is_warmth_new:
        trigger_client_event(answer, "changed-temperature", {"mine": False})
    if is_comment_new:
        trigger_client_event(answer, "changed-comments", {"mine": False})
    return trigger_client_event(answer, "saved") if changes or is_warmth_new or is_comment_new else answer


def _moment(text: str) -> datetime | None:
    """The moment that a page sends; None for what is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _newest(member: Member, idea_id: int) -> tuple[datetime | None, int | None, int | None]:
    """When the newest change was recorded, which temperature counts, and what was said last.

    Raises Http404 where they may not read it.
    """
    changes = Change.objects.filter(idea=OuterRef("pk")).order_by("-touched")
    readings = TemperatureReading.objects.filter(idea=OuterRef("pk"), current=True)
    ideas = Idea.objects.filter(pk=idea_id, organisation=member.organisation_id).order_by()
    said = Comment.objects.filter(idea=OuterRef("pk")).order_by("-pk")
    newest = [changes.values("touched"), readings.values("pk"), said.values("pk")]
    known = ideas.values_list("confidential", *(Subquery(one[:1]) for one in newest)).first()
    if known is None:
        raise Http404
    is_confidential, newest_change, reading, comment = known
    if is_confidential and not ideas_for(member).filter(pk=idea_id).exists():
        raise Http404
    return newest_change, reading, comment


def _others(member: Member, idea_id: int) -> tuple[list[Member], bool]:
    """Who else is at the idea, after noting that this member is; and whether they came for the first time."""
    moment = timezone.now()
    there = Presence.objects.filter(Q(member=member) | Q(at__gte=moment - THERE), idea=idea_id)
    present = list(there.select_related("member").order_by("member__name", "member"))
    mine = next((one for one in present if one.member_id == member.pk), None)
    if mine is None or mine.at < moment - WRITTEN_EVERY:
        Presence.objects.bulk_create(
            [Presence(idea_id=idea_id, member=member, at=moment)],
            update_conflicts=True,
            unique_fields=["idea", "member"],
            update_fields=["at"],
        )
    return [one.member for one in present if one.member_id != member.pk], mine is None


def _changes(idea_id: int, since: datetime) -> QuerySet[Change]:
    """What changed since, the newest last; of an answer and a conclusion with what it is about."""
    changes: QuerySet[Change] = (
        Change.objects.filter(idea=idea_id, touched__gt=since)
        .annotate(
            question=Subquery(models.Answer.objects.filter(pk=OuterRef("object_id")).values("question")),
            asked_about=Coalesce(
                Subquery(models.AskedMember.objects.filter(pk=OuterRef("object_id")).values("asking__about")), Value("")
            ),
            asking_about=Coalesce(
                Subquery(models.Asking.objects.filter(pk=OuterRef("object_id")).values("about")), Value("")
            ),
            check_name=Subquery(models.CheckConclusion.objects.filter(pk=OuterRef("object_id")).values("check_name")),
        )
        .order_by("touched")
    )
    return changes


def _things(changes: list[Change], member: Member) -> dict[str, bool]:
    """The ids on the pages of what changed, each with whether only this member changed it."""
    things: dict[str, bool] = {}
    for change in changes:
        for thing in ids_of(change):
            things[thing] = things.get(thing, True) and change.actor_id == member.pk
    return things


def ids_of(change: Change) -> Iterator[str]:
    """The ids on the pages of what shows something else since this change."""
    kind, comes_or_goes = change.kind, change.action != Change.Action.UPDATE
    yield from (edited.name for edited in LISTS.values() if kind in {edited.model, *edited.needs})
    if kind in AS_A_WHOLE:
        yield AS_A_WHOLE[kind]
    elif kind is models.Answer:
        yield change.question.replace(".", "-")
    elif kind is models.CheckConclusion:
        yield f"conclusion-{change.check_name}"
    elif kind is models.Idea:
        yield from _of_the_idea(set(change.changes))
    elif kind is models.DecisionDraft:
        yield from ["decision"] if change.action == Change.Action.DELETE else _prepared(change)
    elif kind is models.Decision:
        yield from ["decision", "aftercare"] if comes_or_goes else _of_the_decision(set(change.changes))
    elif kind in {models.Asking, models.AskedMember}:
        yield from _of_asking(change.asking_about if kind is models.Asking else change.asked_about)
    elif kind in {models.FollowUp, models.Condition}:
        yield from _of_a_point(change)
    elif kind is models.Meeting:
        yield from (f"meeting-{change.object_id}-{name}" for name in fields_of(change))
    elif kind is models.AgendaItem:
        yield from ["agenda", f"item-{change.object_id}"]


def _of_the_idea(fields: set[str]) -> Iterator[str]:
    """Its facts, why no support is needed, and the lists that were put in another order."""
    yield from fields & ({"support_not_needed"} | set(LISTS))
    if fields - NO_FACTS:
        yield "facts"


def _prepared(change: Change) -> Iterator[str]:
    yield from (f"draft-{name}" for name in fields_of(change))


def _of_the_decision(fields: set[str]) -> Iterator[str]:
    """Why something is left out has a form of its own; all else stands in what follows."""
    skipped = {f"{what}_skipped" for what in ("trajectory", "talk")}
    yield from (f"skipped-{name.removesuffix('_skipped')}" for name in fields & skipped)
    if fields - skipped:
        yield from ["decision", "aftercare"]


def _of_asking(about: str) -> Iterator[str]:
    if about in ABOUT:
        yield f"asked-{ABOUT[about].place}"


def _of_a_point(change: Change) -> Iterator[str]:
    """The lines that show it in step 3 and 4, and where those stand when one comes or goes."""
    name = "followups" if change.kind is models.FollowUp else "conditions"
    if change.action != Change.Action.DELETE:
        yield f"{name}-{change.object_id}"
    if change.kind is models.FollowUp and change.action != Change.Action.DELETE:
        yield f"point-{change.object_id}"
    if change.action != Change.Action.UPDATE:
        yield "control-lists"
    if change.kind is models.FollowUp and (change.action != Change.Action.UPDATE or "step" in change.changes):
        yield "look-back"
