"""Step 4, beslissen: control, temperature, decision, and what follows, on one page."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from checks.codes import Verdict
from checks.decision import suggested_verdict
from checks.temperature import movement_of, takes_votes, temperature_of
from ideas.access import Act, HtmxHttpRequest
from ideas.models import Control, Directors, TemperatureReading, Trajectory
from ideas.seal.since import stands
from ideas.steps.aftercare import following
from ideas.steps.control import (
    ControlForm,
    changed_since_last,
    lines_of,
    progress_of,
    questions_back,
    verdict_of,
)
from ideas.steps.deciding import deciding
from ideas.steps.page import Page, show_idea
from ideas.voting.shown import voting_here

# What shows itself anew as a whole.
SECTIONS = {"control_lists", "temperature", "decision", "aftercare"}


@require_safe
@vary_on_headers("HX-Request")
def decide(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    around = "ideas/steps/decide_around.html"
    return show_idea(request, idea_id, "ideas/steps/decide.html", 4, step_4, around, SECTIONS)


def step_4(page: Page) -> dict[str, Any]:
    """The four sections, in the order of the conversation."""
    return {
        **control_of(page),
        "temperature": temperature_of(page.picture.votes),
        "movement": movement_of(page.picture.votes, page.picture.earlier_votes),
        "takes_votes": takes_votes(
            page.picture.status,
            page.picture.decision.value if page.picture.decision else None,
            closed=page.picture.closed is not None,
        ),
        "voting": voting_here(page.reading.idea, page.standing),
        "earlier_temperatures": [temperature_of(reading) for reading in reversed(page.picture.earlier_votes)],
        "reading": current_reading(page),
        "deciding": deciding(page),
        "seal": stands(page.reading.idea, page.picture),
        "earlier_decisions": page.picture.earlier_decisions[::-1],
        "directors": page.section("directors") if Directors in page.reading.rows else None,
        "following": following(page),
        "trajectory": getattr(page.reading.idea, "trajectory", None) or Trajectory(idea=page.reading.idea),
        "actions": page.section("actions"),
        "talks": page.section("talks"),
    }


def control_of(page: Page) -> dict[str, Any]:
    """The points and conditions, what they point to, and the verdict."""
    control = getattr(page.reading.idea, "control", None) or Control(idea=page.reading.idea)
    private = page.standing.may(Act.READ_PRIVATE_NOTES)
    changed = changed_since_last(page)
    conditions, followups = (lines_of(page, name, changed) for name in ("conditions", "followups"))
    form = ControlForm(instance=control, may_read_private_notes=private) if page.standing.may(Act.CONTROL) else None
    return {
        "control": control,
        "verdict": verdict_of(control, form) if form else None,
        "verdicts": list(Verdict),
        "may_read_note": private or not control.notes_private,
        "conditions": conditions,
        "followups": followups,
        "progress": progress_of(conditions, followups),
        "is_control_again": changed is not None,
        "suggestion": suggested_verdict(page.picture),
        "questions_back": questions_back(page.picture),
    }


def current_reading(page: Page) -> TemperatureReading | None:
    return next((row for row in page.reading.rows[TemperatureReading] if row.current), None)
