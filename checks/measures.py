"""What an indicator shows over time, beside where people want to be. Source: domain.md 1.2 (3e)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from checks.codes import IndicatorKind
from checks.picture import Indicator, Measure
from checks.words import Code

# A number as people write it here: 1.250, 12,5, -3, 12.5. A dot or space before three digits stands between thousands,
# but after a nought: 0.125. What goes on with another figure is a date, a range, a ratio or the like ("10-15", "3/4"),
# and what counts off is none either ("1e jaar").
THOUSANDS = r"[1-9]\d{0,2}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?"
FIGURE = re.compile(
    rf"(?<![\w.,/:\u2013-])[-\u2212]?(?:{THOUSANDS}|\d+(?:[.,]\d+)?)(?![.,/:\u2013-]?\d|(?:e|ste|de)\b)"
)
# A year that a text begins with, as what follows is meant for it ("2027: 40 woningen").
YEAR = re.compile(r"^\s*(?:19|20)\d\d\s*:")
MINUS = "-\u2212"
# The drawing: its width and height, and the room beside and above the line for words.
WIDE, TALL, BESIDE, ABOVE, GROUND = 320, 120, 30, 22, 98


class Reached(Code):
    """Whether the last measure is where people wanted to be."""

    YES = "yes", "doel bereikt", "target reached"
    NOT_YET = "not_yet", "doel nog niet bereikt", "target not reached yet"


@dataclass(frozen=True, slots=True)
class Point:
    """A measure in the drawing; its place is text, since a drawing knows no decimal comma. `told` is its figure."""

    x: str
    y: str
    measure: Measure

    @property
    def told(self) -> str:
        found = FIGURE.match(self.measure.value.strip())
        return found.group() if found else ""


@dataclass(frozen=True, slots=True)
class Plot:
    """The measures of an indicator as a line; `target_y` is the height of the target, None where that is no figure.

    `target` is that figure, as it was written.
    """

    points: tuple[Point, ...]
    target_y: str | None
    target: str = ""

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def is_target_left(self) -> bool:
        """Whether there is more room for the word at the target near the first point than near the last."""
        return self._from_target(self.points[0]) > self._from_target(self.last)

    @property
    def is_target_below(self) -> bool:
        """Whether that word stands under its line, since both points and their figures are near it."""
        return max(self._from_target(self.points[0]), self._from_target(self.last)) < ABOVE

    def _from_target(self, point: Point) -> float:
        return abs(float(point.y) - float(self.target_y or 0))


def figure_in(text: str) -> Decimal | None:
    """The figure with which a text begins, None where it begins with something else."""
    found = FIGURE.match(text.strip())
    return _value(found.group()) if found else None


def only_figure_in(text: str) -> Decimal | None:
    """The figure in a text; None where there is none, or more than one, so that it is not sure which is meant."""
    found = FIGURE.findall(text)
    return _value(found[0]) if len(found) == 1 else None


def target_of(indicator: Indicator) -> Decimal | None:
    """The figure where people want to be: the one that they begin with, or the only one that they write."""
    told = YEAR.sub("", indicator.target)
    first = figure_in(told)
    return only_figure_in(told) if first is None else first


def _value(told: str) -> Decimal:
    sign = "-" if told[0] in MINUS else ""
    told = told.lstrip(MINUS)
    if "," in told or re.fullmatch(THOUSANDS, told):
        told = re.sub(r"[. \u00a0\u202f]", "", told).replace(",", ".")
    return Decimal(sign + told)


def is_measured(indicator: Indicator) -> bool:
    """Whether there is something to measure: not where the common goal is enough."""
    return indicator.kind is not IndicatorKind.NONE


def by_day(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The oldest first."""
    return tuple(sorted(measures, key=lambda measure: measure.date))


def plot(indicator: Indicator) -> Plot | None:
    """The line of what was measured; None before the first figure. It begins at zero, to exaggerate nothing."""
    told = [
        (measure, figure) for measure in by_day(indicator.measures) if (figure := figure_in(measure.value)) is not None
    ]
    if not told:
        return None
    target = target_of(indicator)
    figures = [figure for _, figure in told] + ([target] if target is not None else [])
    low, high = min(Decimal(0), *figures), max(Decimal(0), *figures)
    first, last = told[0][0].date, told[-1][0].date

    def height(figure: Decimal) -> str:
        part = float((figure - low) / (high - low)) if high > low else 0.0
        return f"{GROUND - part * (GROUND - ABOVE):.1f}"

    return Plot(
        tuple(Point(_place(measure.date, first, last), height(figure), measure) for measure, figure in told),
        height(target) if target is not None else None,
        _as_written(target, indicator.target),
    )


def _as_written(figure: Decimal | None, text: str) -> str:
    return next((found for found in FIGURE.findall(text) if _value(found) == figure), "")


def _place(day: date, first: date, last: date) -> str:
    days = (last - first).days
    part = (day - first).days / days if days else 0.5
    return f"{BESIDE + part * (WIDE - 2 * BESIDE):.1f}"


def reached(indicator: Indicator) -> Reached | None:
    """Whether the target is reached; None where start, target and last measure are not each one clear figure.

    Where it began tells whether more or less is better.
    """
    start, target = only_figure_in(indicator.baseline), target_of(indicator)
    last = only_figure_in(by_day(indicator.measures)[-1].value) if indicator.measures else None
    if start is None or target is None or last is None or start == target:
        return None
    is_there = last >= target if target > start else last <= target
    return Reached.YES if is_there else Reached.NOT_YET
