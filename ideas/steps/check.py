"""Step 2, intern checken: preparation, the three checks, and what they come to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from checks.catalogue import QUESTIONS, Question, QuestionType
from checks.codes import Check, Conclusion
from checks.conclusion import suggested_conclusion
from checks.decision import Settings
from checks.picture import Picture
from checks.places import answer_at
from ideas.steps.page import show_idea


@dataclass(frozen=True)
class CheckSheet:
    """One check: its conclusion with the one remark, the coded answers, and the texts."""

    check: Check
    conclusion: Conclusion | None
    suggested: Conclusion | None
    note: str
    rated: list[tuple[Question, object]]
    told: list[tuple[Question, object]]


def sheet_of(picture: Picture, check: Check) -> CheckSheet:
    recorded = getattr(picture.checks, check)
    asked = [question for question in QUESTIONS.values() if question.check is check]
    answers = [(question, answer_at(picture, question.slug)) for question in asked]
    return CheckSheet(
        check=check,
        conclusion=recorded.conclusion,
        suggested=suggested_conclusion(picture, check),
        note=recorded.note,
        rated=[(question, answer) for question, answer in answers if question.type is not QuestionType.TEXT],
        told=[(question, answer) for question, answer in answers if question.type is QuestionType.TEXT],
    )


@require_safe
def check(request: HttpRequest, idea_id: int) -> HttpResponse:
    def more(picture: Picture, settings: Settings) -> dict[str, Any]:
        return {"sheets": [sheet_of(picture, check) for check in Check]}

    return show_idea(request, idea_id, "ideas/steps/check.html", 2, more)
