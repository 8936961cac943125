"""Step 4, beslissen: control, temperature, decision, and what follows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from checks.decision import Settings, follows_from, suggested_verdict
from checks.picture import Picture
from checks.temperature import temperature_of
from ideas.steps.page import show_idea


@require_safe
def decide(request: HttpRequest, idea_id: int) -> HttpResponse:
    def more(picture: Picture, settings: Settings) -> dict[str, Any]:
        return {
            "suggestion": suggested_verdict(picture),
            "temperature": temperature_of(picture.votes),
            "earlier_temperatures": [temperature_of(reading) for reading in picture.earlier_votes],
            "follows": follows_from(picture, settings),
        }

    return show_idea(request, idea_id, "ideas/steps/decide.html", 4, more)
