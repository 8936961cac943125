"""How long things are kept."""

from datetime import date

import pytest

from checks.retention import KEPT, last_day_gone, months_of


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
    ],
)
def test_what_began_so_many_months_ago_is_gone(today: date, months: int, expected: date) -> None:
    assert last_day_gone("readings", {"readings": months}, today) == expected


def test_what_an_organisation_did_not_choose_is_as_usual() -> None:
    assert months_of("decided", {"stopped": 3}) == KEPT["decided"].months == 120
    assert months_of("stopped", {"stopped": 3}) == 3
