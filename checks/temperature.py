"""How warm the own team is, from counts of votes 1 (cold) to 5 (very warm). Source: domain.md 2.2."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from checks.codes import Band, GoNoGo, Status
from checks.picture import Votes

FEWEST_VOTES = 3
FEWEST_TO_SHOW = 5
# A team of fewer people is too small to stay unknown.
SMALL_TEAM = 6
LIFTED_SHARE = 0.20


def band(counts: Sequence[int] | None) -> Band:
    """The band of `counts`, the number of votes for 1, 2, 3, 4 and 5; `unknown` below three votes."""
    if counts is None or sum(counts) < FEWEST_VOTES:
        return Band.UNKNOWN
    total = sum(counts)
    middle = median(counts)
    if middle >= 4 and sum(counts[:2]) / total < LIFTED_SHARE:
        return Band.MUCH
    if middle <= 2 and sum(counts[3:]) / total < LIFTED_SHARE:
        return Band.LITTLE
    return Band.MIXED


def band_of_reading(reading: Votes | None) -> Band:
    """The band of a reading; of a few anonymous votes it was kept in the place of their counts."""
    if reading is None:
        return Band.UNKNOWN
    return reading.band if _hides_counts(reading) and reading.band else band(reading.counts)


def _hides_counts(reading: Votes) -> bool:
    return not any(reading.counts)


def median(counts: Sequence[int]) -> float:
    """The middle vote, halfway between the two middle ones for an even number. Raises ValueError without votes."""
    return statistics.median(value for value, count in enumerate(counts, start=1) for _ in range(count))


def may_be_shown(counts: Sequence[int]) -> bool:
    """Whether more than the band may be shown: small teams are recognisable."""
    return sum(counts) >= FEWEST_TO_SHOW


# ---------- a reading as it may be shown


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one value, and how long its bar is beside the longest, in percent."""

    value: int
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Temperature:
    """A reading as it may be shown: the median, the spread and the remarks only from five votes on.

    `votes` is their number; `spread` goes from very warm to cold; `reading` is None where none was taken.
    """

    band: Band
    votes: int = 0
    median: float | None = None
    spread: tuple[Bar, ...] = ()
    remarks: tuple[str, ...] = ()
    reading: Votes | None = None


def temperature_of(reading: Votes | None) -> Temperature:
    """What may be shown of `reading`."""
    if reading is None:
        return Temperature(Band.UNKNOWN)
    counts = reading.counts
    if _hides_counts(reading):
        return Temperature(band_of_reading(reading), reading.number, reading=reading)
    if not may_be_shown(counts):
        return Temperature(band(counts), sum(counts), reading=reading)
    bars = [Bar(value, count, 100 * count // max(counts)) for value, count in enumerate(counts, start=1)]
    return Temperature(band(counts), sum(counts), median(counts), tuple(reversed(bars)), reading.remarks, reading)


# ---------- from one reading to the next


@dataclass(frozen=True, slots=True)
class Movement:
    """How the temperature moved since the reading before: `spread` has a value with how many gave it then and now.

    It is empty unless both readings may show how their votes are spread.
    """

    before: Band
    now: Band
    spread: tuple[tuple[int, int, int], ...] = ()

    @property
    def is_the_same(self) -> bool:
        return self.before is self.now


def movement_of(reading: Votes | None, earlier: Sequence[Votes]) -> Movement | None:
    """How the temperature moved between the last earlier reading and this one; None unless both are known."""
    now, before = temperature_of(reading), temperature_of(earlier[-1] if earlier else None)
    if Band.UNKNOWN in {now.band, before.band}:
        return None
    counts = zip(before.spread, now.spread, strict=True) if before.spread and now.spread else ()
    return Movement(before.band, now.band, tuple((then.value, then.count, bar.count) for then, bar in counts))


# Where an idea stands while the own team can be asked to vote.
VOTED_IN = (Status.RECEIVED, Status.IN_STEP, Status.PAUSED, Status.RUNNING)


def takes_votes(status: Status, decision: GoNoGo | None, *, closed: bool) -> bool:
    """Whether the own team can be asked how warm it is: until the decision, and while a go is followed through."""
    if decision is GoNoGo.NO_GO or closed:
        return False
    return status in VOTED_IN
