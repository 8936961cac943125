"""A collaboration that runs: since when, the yearly pulse, and what was expected beside what is seen.

Source: domain.md 1.2 (4e) and the background "Samenwerking onderhouden".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checks.aftercare import is_held
from checks.catalogue import QUESTIONS, Question
from checks.codes import GoNoGo, Rating, Status, Verb
from checks.measures import by_day, is_measured
from checks.picture import COLLABORATION, Picture, Pulse, Review, Transition
from checks.words import Code, Words

# The questions of the samenwerkcheck that a pulse asks again, by the name of their answer.
ASKED_AGAIN = {
    name: QUESTIONS[f"s2.collab.{name}"]
    for name in (
        "beyond",
        "shared",
        "all_partners",
        "no_superfluous",
        "pieces_known",
        "pieces_connected",
        "equal",
        "atmosphere",
    )
}
RUNS = frozenset({Status.RUNNING, Status.FINISHED})
WARMTH = {Rating.NO: 0, Rating.PARTLY: 1, Rating.YES: 2}


def is_or_was_running(picture: Picture) -> bool:
    """Whether there is or was something to follow: it runs, it is finished, a go waits, or people wrote it down."""
    is_a_go = picture.decision is not None and picture.decision.value is GoNoGo.GO
    is_written = picture.reviews or picture.pulses or any(one.measures for one in picture.indicators)
    return picture.status in RUNS or is_a_go or bool(is_written)


def entered_running(picture: Picture) -> Transition | None:
    """How it was entered as something that ran already, so that no decision preceded; None where that was not so."""
    if picture.decision:
        return None
    starts = (event for event in picture.transitions if event.verb is Verb.START)
    return next((event for event in starts if event.from_status is Status.RECEIVED), None)


def runs_since(picture: Picture) -> date | None:
    """The day of the last start, or else of the go."""
    starts = [event.date for event in picture.transitions if event.verb is Verb.START]
    return starts[-1] if starts else picture.decision.date if picture.decision else None


# ---------- the yearly pulse


class Movement(Code):
    """How an answer moved since the time before."""

    BETTER = "better", "beter", "better"
    SAME = "same", "gelijk", "the same"
    WORSE = "worse", "minder goed", "less good"


@dataclass(frozen=True, slots=True)
class AnsweredAgain:
    """A question of the samenwerkcheck as it was answered, and the time before."""

    question: Question
    now: Rating | None
    before: Rating | None

    @property
    def movement(self) -> Movement | None:
        """None where one of both says nothing."""
        if self.now not in WARMTH or self.before not in WARMTH:
            return None
        moved = WARMTH[self.now] - WARMTH[self.before]
        return Movement.SAME if moved == 0 else Movement.BETTER if moved > 0 else Movement.WORSE


@dataclass(frozen=True, slots=True)
class Voice:
    """What the own organisation or a partner answered last, beside the time before; `before` is empty the first time.

    For the own organisation the samenwerkcheck of step 2 is the first time.
    """

    pulse: Pulse
    before: date | Words | None
    answers: tuple[AnsweredAgain, ...]

    @property
    def moved(self) -> tuple[AnsweredAgain, ...]:
        """The answers that went up or down."""
        return tuple(answer for answer in self.answers if answer.movement in {Movement.BETTER, Movement.WORSE})


INTERNAL_CHECK = Words("bij het intern checken", "at the internal check")


def voices(picture: Picture) -> tuple[Voice, ...]:
    """The last pulse of each who gave one, the own organisation first and then in the order of the partners."""
    told: dict[str, list[Pulse]] = {}
    for pulse in sorted(picture.pulses, key=lambda pulse: pulse.date):
        told.setdefault(pulse.who, []).append(pulse)
    order = [picture.own_org, *(partner.name for partner in picture.partners)]
    names = sorted(told, key=lambda who: order.index(who) if who in order else len(order))
    return tuple(_voice(picture, told[who]) for who in names)


def _voice(picture: Picture, pulses: list[Pulse]) -> Voice:
    last, before = pulses[-1], pulses[-2] if len(pulses) > 1 else None
    checked = None
    if before is None and last.who == picture.own_org:
        checked = {name: getattr(picture.checks.samenwerk, name).value for name in ASKED_AGAIN}
        checked = checked if any(checked.values()) else None
    was = checked or {name: getattr(before, name, None) for name in ASKED_AGAIN}
    return Voice(
        last,
        before.date if before else INTERNAL_CHECK if checked else None,
        tuple(
            AnsweredAgain(question, getattr(last, name), was[name])
            for name, question in ASKED_AGAIN.items()
            if getattr(last, name) or was[name]
        ),
    )


def a_year_after(day: date) -> date:
    """The same day of the next year; the last of February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def pulse_due(picture: Picture) -> date | None:
    """The day of the next pulse: a year after the last one, or after the start. None where nothing runs."""
    if picture.status is not Status.RUNNING:
        return None
    last = max((pulse.date for pulse in picture.pulses), default=None) or runs_since(picture)
    return a_year_after(last) if last else None


def answers_of(pulse: Pulse) -> tuple[tuple[Question, Rating], ...]:
    """What was answered, in the order of the samenwerkcheck."""
    return tuple((question, value) for name, question in ASKED_AGAIN.items() if (value := getattr(pulse, name)))


# ---------- what was expected, what is seen


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that was expected, beside what is seen of it."""

    name: Words
    expected: tuple[Words, ...]
    seen: tuple[Words, ...]


WHY = Words("Waarom we ervoor gingen", "Why we went for it")
GOALS = Words("Doelen", "Goals")
BENEFITS = Words("Wat het oplevert", "What it yields")
WORKS = Words("Werkt het nog zoals bedoeld?", "Does it still work as intended?")


def beside(then: Picture, now: Picture) -> tuple[Beside, ...]:
    """What people expected when they decided, as it stood `then`, beside what they see `now`."""
    return tuple(one for one in _beside(then, now) if one.expected or one.seen)


def _beside(then: Picture, now: Picture) -> Iterator[Beside]:
    held = [review for review in now.reviews if is_held(review)]
    last = held[-1] if held else Review()
    yield Beside(WHY, _texts(then.decision.motivation if then.decision else ""), _texts(last.text))
    works = (_says(WORKS, last.works.words),) if last.works else ()
    yield Beside(GOALS, _texts(*(goal.text for goal in then.goals)), works)
    seen = next((review.benefits_seen for review in reversed(held) if review.benefits_seen), ())
    yield Beside(BENEFITS, tuple(code.words for code in then.benefits), tuple(code.words for code in seen))
    measured = {(one.level, one.text): one for one in now.indicators}
    for indicator in filter(is_measured, then.indicators):
        present = measured.get((indicator.level, indicator.text))
        measures = by_day(present.measures) if present else ()
        name = indicator.text if indicator.level == COLLABORATION else f"{indicator.text} ({indicator.level})"
        yield Beside(Words(name, name), _texts(indicator.target), _texts(measures[-1].value if measures else ""))


def _texts(*texts: str) -> tuple[Words, ...]:
    return tuple(Words(text, text) for text in texts if text.strip())


def _says(question: Words, answer: Words) -> Words:
    return Words(f"{question.nl} {answer.nl.capitalize()}.", f"{question.en} {answer.en.capitalize()}.")
