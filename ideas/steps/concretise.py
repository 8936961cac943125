"""Step 3, concretiseren: looking back, then bundles, alignment, agreements and indicators, in that order."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from checks.advice.coordination import advise_coordination
from checks.advice.legal import advise_legal_form
from checks.codes import Status, Triage
from checks.meter import every_activity_alone, invites_to_drop, meter
from checks.order_of_work import is_begun, order_of_work
from ideas.access import HtmxHttpRequest
from ideas.board.shown import dropped_of
from ideas.mirror.shown import mirror_of
from ideas.organisation import thresholds_of
from ideas.steps.answers import answers_of
from ideas.steps.lists import loose
from ideas.steps.look_back import STEP, looked_back_at, points_to_look_back_at
from ideas.steps.page import Page, show_idea

SECTIONS = (
    "activities",
    "bundles",
    "between",
    "overall",
    "indicators_process",
    "indicators_result",
    "indicators_none",
)


@require_safe
@vary_on_headers("HX-Request")
def concretise(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    template, around = "ideas/steps/concretise.html", "ideas/steps/concretise_around.html"
    return show_idea(request, idea_id, template, 3, agreements_of, around, {"look_back", "dropped"})


def agreements_of(page: Page) -> dict[str, Any]:
    """What may have to go back to step 1, then the agreements in the order of the instrument (domain.md part 5)."""
    picture = page.picture
    gauges = meter(picture, thresholds_of(page.idea.organisation))
    points = points_to_look_back_at(page.reading)
    may_go_back = picture.status is Status.IN_STEP and (picture.step or 0) > STEP
    return {
        "to_look_back_at": [(point, looked_back_at(point, page.standing)) for point in points],
        "goes_back": may_go_back and any(point.triage is Triage.BACK_TO_1 for point in points),
        "answers": answers_of(page.reading, page.standing, step=3),
        "order_of_work": order_of_work(picture) if is_begun(picture) else (),
        "gauges": gauges,
        "is_too_much": invites_to_drop(gauges),
        "all_alone": every_activity_alone(picture),
        "dropped": dropped_of(page.reading),
        "indicators": len(picture.indicators),
        "mirror": mirror_of(page),
        "coordination_advice": advise_coordination(picture),
        "legal_advice": advise_legal_form(picture),
        **{name: page.section(name) for name in SECTIONS},
        "activities": loose(page.section("activities")),
    }
