"""What indicators show over time: reading figures, the line, and whether the target is reached."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from checks.codes import IndicatorKind
from checks.measures import Reached, by_day, figure_in, only_figure_in, plot, reached, target_of
from checks.picture import Indicator, Measure, Picture
from tests.pictures import ANY, pictures

FEBRUARY, MARCH, JUNE = date(2026, 2, 1), date(2026, 3, 1), date(2026, 6, 1)


def indicator(*values: str, baseline: str = "", target: str = "") -> Indicator:
    days = (FEBRUARY, MARCH, JUNE)
    return Indicator(
        kind=IndicatorKind.RESULT,
        text="Proefwoningen",
        baseline=baseline,
        target=target,
        measures=tuple(Measure(date=day, value=value) for day, value in zip(days, values, strict=False)),
    )


@pytest.mark.parametrize(
    ("told", "figure"),
    [
        ("12", "12"),
        ("12,5 %", "12.5"),
        ("12.5", "12.5"),
        ("1.250", "1250"),
        ("1 250,5 euro", "1250.5"),
        ("12.345.678", "12345678"),
        ("-3", "-3"),
        ("\u22123 graden", "-3"),
        ("6 tegen eind jaar 1", "6"),
        ("0.125", "0.125"),
        ("12\u00a0345", "12345"),
        ("1,234.5", None),
        ("31/12/2026", None),
        ("10-15", None),
        ("3/4", None),
        ("1e jaar 30", None),
        ("veel", None),
        ("ongeveer 12", None),
        ("", None),
    ],
)
def test_a_figure_is_read_as_people_write_it_here(told: str, figure: str | None) -> None:
    assert figure_in(told) == (Decimal(figure) if figure else None)


def test_a_figure_is_sure_only_where_it_is_the_only_one() -> None:
    assert only_figure_in("hoogstens 14 dagen") == 14
    assert only_figure_in("4 op 10") is None
    assert only_figure_in("de helft") is None


def test_the_target_is_the_figure_that_comes_first_or_is_the_only_one() -> None:
    assert target_of(indicator(target="6 tegen eind jaar 1")) == 6
    assert target_of(indicator(target="hoogstens 14")) == 14
    assert target_of(indicator(target="tussen 10 en 12")) is None
    assert target_of(indicator(target="10-15")) is None
    assert target_of(indicator(target="1e jaar 30")) == 30
    assert target_of(indicator(target="2027: 40 woningen")) == 40
    assert target_of(indicator(target="2000 bezoekers")) == 2000


def test_the_line_goes_up_with_the_figures_and_from_left_to_right_with_the_days() -> None:
    drawn = plot(indicator("2", "4", "5", target="6"))
    assert drawn is not None
    x, y = ([float(getattr(point, name)) for point in drawn.points] for name in ("x", "y"))
    assert x == sorted(x)
    assert x[1] - x[0] < x[2] - x[1], "a month is narrower than three"
    assert y == sorted(y, reverse=True)
    assert drawn.target_y is not None
    assert float(drawn.target_y) < y[-1], "the target lies above what was reached"


def test_the_line_begins_at_zero() -> None:
    drawn = plot(indicator("100", "101"))
    assert drawn is not None
    low, high = (98 - float(point.y) for point in drawn.points)
    assert low / high == pytest.approx(100 / 101, abs=0.01)


def test_nothing_is_drawn_before_the_first_figure() -> None:
    assert plot(indicator()) is None
    assert plot(indicator("nog niets")) is None


def test_one_figure_is_one_point_and_zero_lies_on_the_ground() -> None:
    drawn = plot(indicator("0"))
    assert drawn is not None
    assert [(point.x, point.y) for point in drawn.points] == [("160.0", "98.0")]
    assert drawn.last.measure.value == "0"


@pytest.mark.parametrize(
    ("values", "target", "left", "below"),
    [(["24", "12"], "14", True, False), (["2", "5"], "6", True, False), (["6", "6"], "6", False, True)],
)
def test_the_word_at_the_target_stands_where_no_figure_is(
    values: list[str], target: str, left: bool, below: bool
) -> None:
    drawn = plot(indicator(*values, target=target))
    assert drawn is not None
    assert (drawn.is_target_left, drawn.is_target_below) == (left, below)
    assert drawn.target == target
    assert [drawn.points[0].told, drawn.last.told] == values


def test_measures_stand_by_day_however_they_were_noted() -> None:
    told = indicator("2", "4", "5")
    assert by_day(told.measures[::-1]) == told.measures
    assert plot(replace(told, measures=told.measures[::-1])) == plot(told)


@pytest.mark.parametrize(
    ("baseline", "target", "last", "says"),
    [
        ("0", "6", "5", Reached.NOT_YET),
        ("0", "6 woningen", "6", Reached.YES),
        ("31", "hoogstens 14", "12", Reached.YES),
        ("31", "hoogstens 14", "15", Reached.NOT_YET),
        ("", "6", "7", None),
        ("4 op 10", "100%", "9 op 10", None),
        ("0", "100%", "10 op 10", None),
        ("6", "6", "6", None),
        ("0", "", "6", None),
    ],
)
def test_whether_the_target_is_reached_is_said_only_where_it_is_sure(
    baseline: str, target: str, last: str, says: Reached | None
) -> None:
    assert reached(indicator("1", "2", last, baseline=baseline, target=target)) is says


def test_without_a_measure_nothing_is_reached() -> None:
    assert reached(indicator(baseline="0", target="6")) is None


@ANY
@given(pictures())
def test_nothing_that_people_record_makes_it_fail(whole: Picture) -> None:
    for one in whole.indicators:
        plot(one)
        reached(one)
