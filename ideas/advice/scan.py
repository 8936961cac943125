"""The quick scan: collaborate or not? Nothing is kept of it; the answers stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checks.advice.scan import Outcome, ScanQuestion
from checks.advice.scan import scan as scanned
from checks.codes import Rating
from ideas.access import HtmxHttpRequest


@dataclass(frozen=True)
class Asked:
    """One of the six as it stands on the page. `is_open` is true where it was left out of an answer that was sent."""

    question: ScanQuestion
    value: Rating | None
    is_open: bool


def answers_in(told: Mapping[str, str]) -> dict[ScanQuestion, Rating]:
    """The answers in an address. What is no answer counts as not answered."""
    known = {question: told.get(question, "") for question in ScanQuestion}
    return {question: Rating(value) for question, value in known.items() if value in set(Rating)}


@require_safe
def scan(request: HtmxHttpRequest) -> HttpResponse:
    """The six questions, and under them what the answers point to."""
    answers = answers_in(request.GET.dict())
    found = scanned(answers) if request.GET else None
    asked = [
        Asked(question, answers.get(question), found is not None and question in found.open)
        for question in ScanQuestion
    ]
    return render(
        request,
        "ideas/advice/scan.html",
        {
            "asked": asked,
            "ratings": list(Rating),
            "found": found,
            "is_together": found is not None and found.best is not None and found.best.outcome is Outcome.TOGETHER,
        },
    )
