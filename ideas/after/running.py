"""The page of a collaboration that runs: what was expected beside what is seen, indicators, looking back, the pulse."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from checks.codes import Status, Verb
from checks.measures import Plot, Reached, is_measured, plot, reached
from checks.picture import Indicator
from checks.running import beside, entered_running, is_or_was_running, pulse_due, runs_since, voices
from checks.way import is_possible
from ideas import models
from ideas.access import Act, HtmxHttpRequest
from ideas.picture import WHILE_IT_RUNS, WITHOUT_TALK
from ideas.seal.record import read_again
from ideas.seal.since import stands
from ideas.steps.page import Page, show_idea

# What shows itself anew as a whole.
SECTIONS = {"beside", "figures", "pulse"}
# What none of those tells.
FOR_A_SECTION = tuple(
    model for model in WHILE_IT_RUNS if model not in {models.Attachment, models.Evidence, models.SupportMeeting}
)


@dataclass(frozen=True)
class Followed:
    """An indicator with what it showed until now, the oldest first."""

    row: models.Indicator
    told: Indicator
    measures: tuple[models.Measure, ...]
    plot: Plot | None
    reached: Reached | None


@require_safe
@vary_on_headers("HX-Request")
def running(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """What became of a go, or of a collaboration that ran already when it was entered."""
    told = WHILE_IT_RUNS
    if request.htmx:
        told = FOR_A_SECTION if request.GET.get("section") in SECTIONS else WITHOUT_TALK
    return show_idea(request, idea_id, "ideas/after/running.html", None, how_it_runs, sections=SECTIONS, told=told)


def how_it_runs(page: Page) -> dict[str, Any]:
    picture, may, entered = page.picture, page.standing.may, entered_running(page.picture)
    seal: Any = page.reading.idea
    then = read_again(seal.sealed_json).picture if seal.sealed_json else picture
    return {
        "is_on_running": True,
        "runs": is_or_was_running(picture),
        "runs_since": None if entered else runs_since(picture),
        "ran_already": entered.why if entered else "",
        "is_sealed": bool(seal.sealed_json),
        "seal": stands(page.reading.idea, picture) if models.Attachment in page.reading.rows else None,
        "beside": beside(then, picture),
        "followed": _followed(page),
        "add_measure": reverse("ideas:add", args=[page.idea.pk, "measures"]),
        "today": timezone.localdate(),
        "reviews": page.section("reviews"),
        "pulses": page.section("pulses") if models.Pulse in page.reading.rows else None,
        "voices": [voice for voice in voices(picture) if voice.before],
        "pulse_due": pulse_due(picture),
        "may_finish": may(Act.FOLLOW_THROUGH) and _is_possible(Verb.FINISH, page),
        "may_renew": may(Act.LEAD) and _is_possible(Verb.RENEW, page),
        "ended": next((event for event in reversed(picture.transitions) if event.verb is Verb.FINISH), None)
        if picture.status is Status.FINISHED
        else None,
    }


def _followed(page: Page) -> list[Followed]:
    measures = page.reading.rows.get(models.Measure, [])
    return [
        Followed(
            row,
            told,
            tuple(sorted((one for one in measures if one.indicator_id == row.pk), key=lambda one: one.date)),
            plot(told),
            reached(told),
        )
        for row, told in page.reading.listed(models.Indicator)
        if is_measured(told)
    ]


def _is_possible(verb: Verb, page: Page) -> bool:
    picture = page.picture
    return is_possible(
        verb,
        status=picture.status,
        step=picture.step,
        decided=picture.decision is not None,
        closed=picture.closed is not None,
    )
