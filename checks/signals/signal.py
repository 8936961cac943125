"""What a signal is, what it looks at, and how a rule is stated. Source: domain.md 3."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from checks.codes import PartnerStatus, Severity, Status
from checks.decision import Settings
from checks.picture import Partner, Picture, Piece
from checks.words import Code, Words

AT_THE_TABLE = frozenset({PartnerStatus.INVOLVED, PartnerStatus.CONFIRMED})
LONGEST_NAME = 120


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
    """An idea as the rules look at it. `reached` is the latest step that it was ever in."""

    picture: Picture
    today: date
    around: Around
    thresholds: Mapping[str, int]
    settings: Settings

    @property
    def step(self) -> int:
        """The step in which it is, 4 once it was decided."""
        return 4 if self.picture.decision else self.picture.step or 0

    @property
    def reached(self) -> int:
        return max(self.step, *(event.to_step or 0 for event in self.picture.transitions), 0)

    @property
    def is_under_way(self) -> bool:
        return self.picture.status is Status.IN_STEP

    @property
    def partners(self) -> list[Partner]:
        """All that did not drop out."""
        return [partner for partner in self.picture.partners if partner.status is not PartnerStatus.DROPPED_OUT]

    @property
    def at_the_table(self) -> list[Partner]:
        return [partner for partner in self.picture.partners if partner.status in AT_THE_TABLE]

    @property
    def organisations(self) -> int:
        """How many take part, the own organisation included: `n_orgs` of domain.md."""
        return len(self.at_the_table) + 1

    @property
    def needed(self) -> list[Piece]:
        return [piece for piece in self.picture.pieces if piece.needed]

    def bringers(self, piece: Piece) -> list[str]:
        """Who brings it. Who dropped out brings nothing any more."""
        gone = {one.name for one in self.picture.partners if one.status is PartnerStatus.DROPPED_OUT}
        return [name for name in piece.by if name not in gone]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a rule. `about` names the thing; `rests_on` is the data that it rests on.

    `fills` are the values for the words of the rule, by name. `severity` is given where it is not that of the rule,
    `question` where it stands elsewhere.
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

    `step` is where it belongs: it stays silent until that step was reached. From step `serious_from` on it is serious.
    `while_under_way` tells that it only speaks before a decision.
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
    while_under_way: bool = False


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
    digest = sha256(repr((rule.id, severity.value, found.about, found.rests_on)).encode())
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
    fills = {"about": short(found.about), **(found.fills or {})}
    return Words(_fill(words.nl, fills, "nl"), _fill(words.en, fills, "en"))


def _fill(text: str, fills: Mapping[str, object], language: str) -> str:
    for name, value in fills.items():
        worded = value.in_language(language) if isinstance(value, (Code, Words)) else str(value)
        text = text.replace(f"{{{name}}}", worded)
    return text


def short(text: str) -> str:
    """A text on one line, cut where it is too long to be named."""
    whole = " ".join(text.split()).rstrip(".").replace("{", "(").replace("}", ")")
    return whole if len(whole) <= LONGEST_NAME else whole[:LONGEST_NAME].rstrip(" ,;:.-") + "…"
