"""The numbers that an organisation can set: those that domain.md marks, with sane bounds."""

import pytest

from checks.thresholds import THRESHOLDS, thresholds

# domain.md 3: the signals with a †, and their number.
MARKED = [
    ("S02", 30),
    ("S04", 5),
    ("S07", 5),
    ("S10", 3),
    ("S11", 60),
    ("S15", 80),
    ("S32", 5),
    ("S33", 7),
    ("S40", 21),
    ("S42", 7),
    ("S47", 4),
    ("S47", 7),
    ("S47", 10),
    ("S48", 2),
    ("S53", 5),
    ("S60", 12),
    ("S62", 5),
    ("S64", 3),
]


def test_every_marked_number_can_be_set_and_starts_as_marked() -> None:
    assert sorted((threshold.signal, threshold.default) for threshold in THRESHOLDS.values()) == MARKED


@pytest.mark.parametrize("threshold", THRESHOLDS.values(), ids=list(THRESHOLDS))
def test_the_default_lies_well_within_its_bounds(threshold: object) -> None:
    told = next(one for one in THRESHOLDS.values() if one is threshold)
    assert told.least < told.default < told.most
    assert all([told.unit.nl, told.unit.en, told.does.nl, told.does.en])


def test_only_what_differs_is_told_and_nonsense_does_not_count() -> None:
    usual = thresholds({})
    assert usual == {slug: threshold.default for slug, threshold in THRESHOLDS.items()}
    assert thresholds({"goals": 8}) == usual | {"goals": 8}
    nonsense = {"goals": 0, "idle_days": 10**9, "talk_days": True, "rounds": "3", "unknown": 3}
    assert thresholds(nonsense) == usual  # type: ignore[arg-type]
