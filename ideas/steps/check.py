"""Step 2, intern checken: preparation, the three checks, and what they come to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from checks.advice.coordination import advise_coordination
from checks.catalogue import QUESTIONS
from checks.codes import Check, Conclusion
from checks.conclusion import suggested_conclusion
from ideas.access import HtmxHttpRequest
from ideas.models import CheckConclusion, Condition, FollowUp
from ideas.steps.answers import Answering, answers_of, conclusion_of
from ideas.steps.confirm import CONFIRMED, confirmation_of
from ideas.steps.page import Page, show_idea


@dataclass(frozen=True)
class Asked:
    """A question with its answer, and the opvolgpunten and voorwaarden that arose from it."""

    answer: Answering
    arisen: list[FollowUp | Condition]


@dataclass(frozen=True)
class CheckSheet:
    """One check: its conclusion with the one remark, what the answers point to, and its questions one by one."""

    check: Check
    conclusion: Answering
    suggested: Conclusion | None
    questions: list[Asked]

    @property
    def is_otherwise(self) -> bool:
        """Whether the group concluded something else than the answers point to."""
        return bool(self.conclusion.value) and self.conclusion.value != self.suggested


def sheet_of(page: Page, check: Check, answers: dict[str, Answering]) -> CheckSheet:
    concluded = next((row for row in page.reading.rows[CheckConclusion] if row.check_name is check), None)
    recorded = concluded or CheckConclusion(check_name=check)
    recorded.idea = page.reading.idea
    points = [row for model in CONFIRMED.values() for row in page.reading.rows[model]]
    return CheckSheet(
        check=check,
        conclusion=conclusion_of(recorded, page.standing),
        suggested=suggested_conclusion(page.picture, check),
        questions=[
            Asked(answers[slug.rsplit(".", 1)[1]], [point for point in points if point.question == slug])
            for slug, question in QUESTIONS.items()
            if question.check is check
        ],
    )


@require_safe
@vary_on_headers("HX-Request")
def check(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    return show_idea(request, idea_id, "ideas/steps/check.html", 2, checks_of, "ideas/steps/check_around.html")


def checks_of(page: Page) -> dict[str, Any]:
    """Preparation, the three checks with what lies beside them, and the two lists that they come to."""
    answers = answers_of(page.reading, page.standing, step=2)
    lists = {name: page.section(name) for name in CONFIRMED}
    return {
        "answers": answers,
        "sheets": [sheet_of(page, check, answers) for check in Check],
        "our_pieces": [piece for piece in page.picture.pieces if page.picture.own_org in piece.by],
        "support": page.section("support"),
        "coordination_advice": advise_coordination(page.picture),
        **lists,
        "confirmations": {
            name: confirmation_of(name, page.idea, page.standing, is_empty=not section.rows)
            for name, section in lists.items()
        },
    }
