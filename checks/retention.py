"""How long each kind of thing is kept, unless an organisation chooses otherwise; in months. Source: our own choice."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checks.words import Words

# Within these an organisation chooses.
LEAST, MOST = 1, 600


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of thing: from when it counts, and for how many months it is kept."""

    what: Words
    since: Words
    months: int


KEPT: Mapping[str, Kept] = {
    "not_followed": Kept(
        Words("Ideeën die niet opgevolgd werden", "Ideas that were not followed"),
        Words("sinds ze afgewezen werden", "since they were declined"),
        24,
    ),
    "stopped": Kept(
        Words("Ideeën die vroeger stopten, met alles wat erbij hoort", "Ideas that were stopped, with all about them"),
        Words("sinds ze stopten", "since they were stopped"),
        60,
    ),
    "decided": Kept(
        Words("Afgesloten beslissingen, met alles wat erbij hoort", "Closed decisions, with all about them"),
        Words("sinds ze afgesloten werden", "since they were closed"),
        120,
    ),
    "readings": Kept(
        Words("Wie een vertrouwelijk idee las", "Who read a confidential idea"),
        Words("sinds ze het lazen", "since they read it"),
        24,
    ),
    "members": Kept(
        Words("Namen van mensen die weg zijn (hun rol blijft staan)", "Names of people who left (their role stays)"),
        Words("sinds ze weg zijn", "since they left"),
        24,
    ),
}


def months_of(kind: str, chosen: Mapping[str, int]) -> int:
    """For how many months this is kept where an organisation chose so."""
    return chosen.get(kind, KEPT[kind].months)


def last_day_gone(kind: str, chosen: Mapping[str, int], today: date) -> date:
    """What began on this day or before is kept no longer. A month that is too short for the day ends on its last."""
    year, month = divmod(today.year * 12 + today.month - 1 - months_of(kind, chosen), 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
