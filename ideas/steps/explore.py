"""Step 1, verkennen: the infofiche."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from checks.codes import EvidenceAbout
from checks.decision import Settings
from checks.picture import Finance, Picture
from checks.puzzle import puzzle
from ideas.steps.page import show_idea


@require_safe
def explore(request: HttpRequest, idea_id: int) -> HttpResponse:
    def more(picture: Picture, settings: Settings) -> dict[str, Any]:
        return {
            "evidence_problem": [told for told in picture.evidence if told.about is EvidenceAbout.PROBLEM],
            "evidence_answers": [told for told in picture.evidence if told.about is EvidenceAbout.ANSWER],
            "puzzle": puzzle(picture),
            "no_finance": Finance(),
        }

    return show_idea(request, idea_id, "ideas/steps/explore.html", 1, more)
