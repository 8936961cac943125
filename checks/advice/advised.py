"""What an adviser hands over: what fits best and what fits as well, each with its reasons, and what it misses."""

from dataclasses import dataclass
from datetime import date

from checks.codes import PartnerStatus
from checks.picture import Partner, Picture
from checks.words import Code, Words

AT_THE_TABLE = frozenset({PartnerStatus.INVOLVED, PartnerStatus.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. `says` is what it is in one line, `reasons` what speaks for it, `against` what does not."""

    code: Code
    says: Words
    reasons: tuple[Words, ...] = ()
    against: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What an adviser says of one question.

    `opens` is that in one sentence. `options` are what deserves a look, the best first; none where too little is known.
    `missing` is what is not answered yet: it is asked for, never guessed. `alarms` are what needs care whatever is
    chosen, `closes` what holds for any advice of this kind. `chosen` is what people answered themselves.
    `background` is the slug of a background page, `checked_on` when the facts behind it were checked last.
    """

    opens: Words
    background: str
    closes: Words
    options: tuple[Option, ...] = ()
    missing: tuple[Words, ...] = ()
    alarms: tuple[Words, ...] = ()
    chosen: Code | None = None
    checked_on: date | None = None

    @property
    def best(self) -> Option | None:
        return self.options[0] if self.options else None

    @property
    def second(self) -> Option | None:
        return self.options[1] if len(self.options) > 1 else None

    @property
    def others(self) -> tuple[Option, ...]:
        """All but the best."""
        return self.options[1:]

    @property
    def is_chosen(self) -> bool:
        """Whether people chose what fits best."""
        return self.best is not None and self.best.code == self.chosen


TOO_LITTLE = Words(
    "Er is nog te weinig ingevuld om hier iets over te zeggen.", "Too little is entered to say something on this yet."
)


def at_the_table(picture: Picture) -> list[Partner]:
    """The partners that are involved or confirmed: who counts for `n_orgs` in domain.md."""
    return [partner for partner in picture.partners if partner.status in AT_THE_TABLE]


def in_view(picture: Picture) -> list[Partner]:
    """All partners that did not drop out."""
    return [partner for partner in picture.partners if partner.status is not PartnerStatus.DROPPED_OUT]
