"""Asking a body for its part: what one can ask about, by when, and until when an answer comes in.

Source: domain.md 1.2 (step 2, preparation).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from checks.catalogue import QUESTIONS, STEPS
from checks.codes import Check, Urgency
from checks.words import Words

INFOFICHE = "infofiche"
# The steps of which one question can be asked by itself.
ASKED_ONE_BY_ONE = (1, 2, 3)
FRIDAY = 4
WEEK = timedelta(days=7)
# The link in a mail opens until so long after the day that was asked for, or after the question where none was.
LINK_LASTS, LINK_LASTS_WITHOUT_A_DAY = timedelta(days=30), timedelta(days=90)


@dataclass(frozen=True, slots=True)
class About:
    """A part of an idea that one can ask about.

    `place` is where on the pages its answers stand: a check, or the step as "step-2". `question` is empty unless it is
    one question of the catalogue.
    """

    slug: str
    words: Words
    step: int
    place: str
    question: str = ""


def _step(number: int) -> str:
    return f"step-{number}"


def _abouts() -> list[About]:
    checks = [About(check, check.words, 2, check) for check in Check]
    fiche = About(INFOFICHE, Words("infofiche", "infofiche"), 1, _step(1))
    steps = [
        About(
            _step(number),
            Words(f"stap {number}: {name.nl.lower()}", f"step {number}: {name.en.lower()}"),
            number,
            _step(number),
        )
        for number, name in STEPS.items()
    ]
    questions = [
        About(slug, question.words, question.step, question.check or _step(question.step), slug)
        for slug, question in QUESTIONS.items()
        if question.step in ASKED_ONE_BY_ONE and not question.per
    ]
    return [*checks, fiche, *steps, *questions]


ABOUT: Mapping[str, About] = {about.slug: about for about in _abouts()}
PLACES: tuple[str, ...] = tuple(dict.fromkeys(about.place for about in ABOUT.values()))


def coming_friday(today: date) -> date:
    """The first Friday after today."""
    return today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)


def link_ends(asked: date, due: date | None) -> date:
    """The last day on which the link in the mail opens."""
    return due + LINK_LASTS if due else asked + LINK_LASTS_WITHOUT_A_DAY


def urgency(due: date | None, today: date) -> Urgency:
    """How urgent something is that is to be done by this day."""
    if due is None:
        return Urgency.ANY_TIME
    if due < today:
        return Urgency.OVERDUE
    return Urgency.SOON if due <= today + WEEK else Urgency.LATER
