"""Step 3, concretiseren: bundles, alignment, agreements, indicators, in that order."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from checks.decision import Settings
from checks.picture import COLLABORATION, Indicator, Picture
from ideas.steps.page import show_idea


def by_level(picture: Picture) -> list[tuple[str, list[Indicator]]]:
    """The indicators of the collaboration (an empty name) first, then those of each organisation."""
    levels = dict.fromkeys([COLLABORATION, *(indicator.level for indicator in picture.indicators)])
    return [
        ("" if level == COLLABORATION else level, [told for told in picture.indicators if told.level == level])
        for level in levels
        if any(told.level == level for told in picture.indicators)
    ]


@require_safe
def concretise(request: HttpRequest, idea_id: int) -> HttpResponse:
    def more(picture: Picture, settings: Settings) -> dict[str, Any]:
        return {
            "to_look_back_at": [point for point in picture.followups if point.step == 1],
            "indicators_by_level": by_level(picture),
        }

    return show_idea(request, idea_id, "ideas/steps/concretise.html", 3, more)
