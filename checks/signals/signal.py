"""What a signal is, what it looks at, and how a rule is stated. Source: domain.md 3."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from checks.codes import GoNoGo, Severity, Status, Verb
from checks.decision import Settings
from checks.picture import Partner, Picture
from checks.puzzle import AT_THE_TABLE, partners_of
from checks.way import LAST_STEP
from checks.words import Code, Words, shortened


@dataclass(frozen=True, slots=True)
class Around:
    """What lies outside the picture: `idle` is for how many days nothing happened, None where that is not known;
    `followed` how many ideas that are under way its follower follows; `alike` the titles of ideas like this one.
    """

    idle: int | None = None
    followed: int = 0
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """An idea as the rules look at it."""

    picture: Picture
    today: date
    around: Around
    thresholds: Mapping[str, int]
    settings: Settings

    @property
    def step(self) -> int:
        """The step in which it is, 4 once it was decided."""
        return LAST_STEP if self.picture.decision else self.picture.step or 0

    @property
    def reached(self) -> int:
        """The latest step that it was ever in: what that opened stays open. A no-go that came early opens no step."""
        stopped_at = self._stopped_at
        latest = self.step if stopped_at is None else stopped_at
        opened = [event.to_step or 0 for event in self.picture.transitions if event.verb is not Verb.DECIDE]
        return max([latest, *opened])

    @property
    def _stopped_at(self) -> int | None:
        """The step in which a no-go was first taken, where the way tells it."""
        decision = self.picture.decision
        if decision is None or decision.value is GoNoGo.GO:
            return None
        taken = [event for event in self.picture.transitions if event.verb is Verb.DECIDE]
        event = next((event for event in reversed(taken) if event.from_status is not Status.NO_GO), None)
        return event.from_step if event else None

    @property
    def is_under_way(self) -> bool:
        return self.picture.status is Status.IN_STEP

    @property
    def is_a_no(self) -> bool:
        return self.picture.decision is not None and self.picture.decision.value is GoNoGo.NO_GO

    @property
    def partners(self) -> tuple[Partner, ...]:
        """All that did not drop out."""
        return partners_of(self.picture)

    @property
    def at_the_table(self) -> list[Partner]:
        return [partner for partner in self.picture.partners if partner.status in AT_THE_TABLE]

    @property
    def organisations(self) -> int:
        """How many take part, the own organisation included: `n_orgs` of domain.md."""
        return len(self.at_the_table) + 1


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a rule. `about` names the thing; `rests_on` is the data besides that on which it rests.

    `fills` are the values for the words of the rule, by name. `severity`, `says` and `question` are given where they
    are not those of the rule.
    """

    about: str = ""
    rests_on: tuple[object, ...] = ()
    fills: Mapping[str, object] | None = None
    severity: Severity | None = None
    says: Words | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table in domain.md 3.

    `step` is where it belongs: it stays silent until that step was reached, or the step `opens` where that is given.
    From step `serious_from` on it is serious. `while_under_way` tells that it only speaks before a decision.
    """

    id: str
    severity: Severity
    step: int
    question: str
    background: str
    says: Words
    why: Words
    do: Words
    finds: Callable[[Look], Iterator[Found]]
    serious_from: int | None = None
    opens: int | None = None
    while_under_way: bool = False

    def is_open(self, look: Look) -> bool:
        """Whether this rule may speak about an idea that stands there."""
        opens = self.step if self.opens is None else self.opens
        return opens <= look.reached and (look.is_under_way or not self.while_under_way)


@dataclass(frozen=True, slots=True)
class Signal:
    """What was noticed. `about` names the thing, or is empty; `says` is the question that it asks, `why` what makes it
    ask, `do` what can be done. `background` is the slug of a background page. It belongs to a `step` (1 to 4, 0 for the
    idea as a whole) and stands at `question`, a slug of the catalogue, or is about the whole step where that is empty.
    `rests_on` is a digest of the data that it rests on: an acceptance holds as long as that stays the same.
    """

    id: str
    severity: Severity
    about: str
    says: Words
    why: Words
    do: Words
    background: str
    step: int
    question: str
    rests_on: str

    @property
    def key(self) -> str:
        """Which signal about what, in the state that it rests on."""
        return f"{self.id}-{self.rests_on}"


def signal_of(rule: Rule, found: Found, look: Look) -> Signal:
    """The signal that a finding of a rule makes."""
    late = rule.serious_from is not None and look.step >= rule.serious_from
    severity = found.severity or (Severity.SERIOUS if late else rule.severity)
    digest = sha256(repr((rule.id, severity.value, found.about, found.rests_on)).encode(errors="replace"))
    return Signal(
        id=rule.id,
        severity=severity,
        about=found.about,
        says=_filled(found.says or rule.says, found),
        why=_filled(rule.why, found),
        do=_filled(rule.do, found),
        background=rule.background,
        step=rule.step,
        question=found.question or rule.question,
        rests_on=digest.hexdigest()[:16],
    )


def _filled(words: Words, found: Found) -> Words:
    """The words with each {name} filled in; `{about}` is the thing, on one line and not too long."""
    fills = {"about": shortened(found.about), **(found.fills or {})}
    return Words(_fill(words.nl, fills, "nl"), _fill(words.en, fills, "en"))


def _fill(text: str, fills: Mapping[str, object], language: str) -> str:
    """Once through: braces in what people wrote stay as they are."""

    def filled(place: re.Match[str]) -> str:
        value = fills[place[1]]
        return value.in_language(language) if isinstance(value, (Code, Words)) else str(value)

    return re.sub(r"\{(\w+)\}", filled, text)


def listed(names: Sequence[str]) -> Words:
    """Names as in a sentence: a, b and c."""
    *head, last = [shortened(name) for name in names] or [""]
    return Words(f"{', '.join(head)} en {last}", f"{', '.join(head)} and {last}") if head else Words(last, last)


def counted(number: int, one: Words, more: Words) -> Words:
    """Such as 1 maand and 3 maanden."""
    unit = one if number == 1 else more
    return Words(f"{number} {unit.nl}", f"{number} {unit.en}")


def euro(amount: Decimal) -> Words:
    """An amount such as 118.000 euro, and 118,000 euro."""
    whole = f"{amount:,.0f}"
    return Words(f"{whole.replace(',', '.')} euro", f"{whole} euro")
