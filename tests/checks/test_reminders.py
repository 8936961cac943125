"""A reminder falls a week before, on the day, and each week after."""

from datetime import date, timedelta

import pytest

from checks.reminders import is_reminded, is_reminded_between

DUE = date(2026, 3, 29)


@pytest.mark.parametrize(
    ("from_due", "reminded"),
    [(-14, False), (-8, False), (-7, True), (-6, False), (-1, False), (0, True), (1, False), (7, True), (700, True)],
)
def test_it_falls_a_week_before_on_the_day_and_each_week_after(from_due: int, reminded: bool) -> None:
    assert is_reminded(DUE, DUE + timedelta(days=from_due)) is reminded


@pytest.mark.parametrize("after", range(-20, 20))
@pytest.mark.parametrize("days", [0, 1, 2, 7, 9])
def test_what_fell_on_days_that_were_missed_is_told_later(after: int, days: int) -> None:
    begin = DUE + timedelta(days=after)
    missed = [begin + timedelta(days=number) for number in range(1, days + 1)]
    told = is_reminded_between(DUE, begin, begin + timedelta(days=days))
    assert told is any(is_reminded(DUE, day) for day in missed)
