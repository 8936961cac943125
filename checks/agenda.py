"""What a meeting about an idea could talk about: what is open, in the order of the conversation.

Source: domain.md 1.2.
"""

from collections.abc import Iterable, Iterator, Mapping

from checks.asking import ABOUT, About
from checks.catalogue import QUESTIONS, Question, QuestionType
from checks.codes import Check, ConditionStatus
from checks.picture import Picture
from checks.places import open_questions

FOLLOWUPS, CONDITIONS = "s2.followups", "s2.conditions"
STEP_OF_CHECKS, LAST_STEP = 2, 4

# Everything that an agenda can name: what one can ask about, and what is decided together in step 4.
TOPICS: Mapping[str, About] = dict(ABOUT) | {
    slug: About(slug, question.words, LAST_STEP, f"step-{LAST_STEP}", slug)
    for slug, question in QUESTIONS.items()
    if question.step == LAST_STEP and question.per in {"", "team_member"}
}
# What may be shown where others than colleagues look on: the questions of steps 1 and 3 that people of an organisation
# and its partners answer together. Amounts, who is only thought of as a partner, and judgements are internal.
# Source: design.md 6.
INTERNAL = {"s1.how.finance", "s1.who.involved"}
SHARED = frozenset(
    slug
    for slug, about in TOPICS.items()
    if about.step in {1, 3}
    and slug not in INTERNAL
    and (not about.question or QUESTIONS[about.question].type is not QuestionType.RATING)
)
# A question for each row is talked about at the list of those rows.
LIST_OF: Mapping[str, str] = {
    "goal": "s1.goals.list",
    "partner": "s1.who.involved",
    "followup": FOLLOWUPS,
    "condition": CONDITIONS,
    "bundle": "s3.bundles",
}


def agenda(picture: Picture, concerns: Iterable[str] = (), comments: Iterable[str] = ()) -> list[str]:
    """The topics that are open, each once: of the step, then what others raised, then open points and conditions.

    `concerns` are the topics at which somebody who was asked objects or would rather talk; `comments` those of which
    a comment is not dealt with.
    """
    found = [*_of_step(picture), *concerns, *comments, *_of_lists(picture)]
    return [slug for slug in dict.fromkeys(found) if slug in TOPICS]


def _of_step(picture: Picture) -> list[str]:
    step = picture.step or 1
    questions = open_questions(picture, step)
    if step != STEP_OF_CHECKS:
        return [topic_of(question) for question in questions]
    before = [
        topic_of(question)
        for question in questions
        if question.check is None and question.type is not QuestionType.LIST
    ]
    lists = [
        topic_of(question) for question in questions if question.check is None and question.type is QuestionType.LIST
    ]
    return [*before, *_of_checks(picture, questions), *lists]


def _of_checks(picture: Picture, questions: Iterable[Question]) -> Iterator[str]:
    """The open questions of each check, with its conclusion after them where that is not taken."""
    asked = list(questions)
    for check in Check:
        yield from (question.slug for question in asked if question.check is check)
        if getattr(picture.checks, check).conclusion is None:
            yield check


def topic_of(question: Question) -> str:
    """The topic under which a question is talked about."""
    return LIST_OF.get(question.per, question.slug)


def _of_lists(picture: Picture) -> Iterator[str]:
    """The points that are still open and the conditions that are not met."""
    if any(point.status.is_open for point in picture.followups):
        yield FOLLOWUPS
    if any(condition.status is not ConditionStatus.MET for condition in picture.conditions):
        yield CONDITIONS
