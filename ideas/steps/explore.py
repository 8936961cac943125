"""Step 1, verkennen: the infofiche."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from checks.advice.forms import advise_form
from ideas.access import HtmxHttpRequest
from ideas.models import FinancialFrame
from ideas.organisation import thresholds_of
from ideas.puzzle.shown import shown_of
from ideas.steps.answers import answers_of
from ideas.steps.page import Page, show_idea


@require_safe
@vary_on_headers("HX-Request")
def explore(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    return show_idea(request, idea_id, "ideas/steps/explore.html", 1, infofiche, "ideas/steps/explore_around.html")


def infofiche(page: Page) -> dict[str, Any]:
    """The four boxes with their answers and lists."""
    return {
        "answers": answers_of(page.reading, page.standing, step=1),
        "evidence_problem": page.section("evidence_problem"),
        "evidence_answers": page.section("evidence_answers"),
        "goals": page.section("goals"),
        "pieces": page.section("pieces"),
        "income": page.section("income"),
        "partners": page.section("partners"),
        "shown": shown_of(page.reading, page.picture, thresholds_of(page.idea.organisation), page.standing),
        "form_advice": advise_form(page.picture),
        "money": getattr(page.reading.idea, "financial_frame", None) or FinancialFrame(idea=page.idea),
    }
