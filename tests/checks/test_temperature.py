"""How warm the own team is, from counts of votes. Source of the cases: domain.md 2.2."""

import pytest

from checks.codes import Band
from checks.picture import Votes
from checks.temperature import Bar, Movement, Temperature, band, may_be_shown, median, movement_of, temperature_of


@pytest.mark.parametrize(
    ("counts", "warmth"),
    [
        # Fewer than three votes tell nothing.
        pytest.param(None, Band.UNKNOWN, id="not taken"),
        pytest.param((0, 0, 0, 0, 0), Band.UNKNOWN, id="nobody"),
        pytest.param((0, 0, 0, 0, 1), Band.UNKNOWN, id="one"),
        pytest.param((0, 0, 0, 0, 2), Band.UNKNOWN, id="two"),
        pytest.param((0, 0, 0, 0, 3), Band.MUCH, id="three is enough"),
        pytest.param((3, 0, 0, 0, 0), Band.LITTLE, id="three cold is enough"),
        pytest.param((0, 0, 3, 0, 0), Band.MIXED, id="three in the middle"),
        pytest.param((0, 0, 0, 4, 0), Band.MUCH, id="four"),
        pytest.param((0, 0, 0, 5, 0), Band.MUCH, id="five"),
        # Much: a middle of 4 or more, and less than a fifth at 2 or below.
        pytest.param((1, 0, 0, 4, 0), Band.MIXED, id="a fifth cold is too much for much"),
        pytest.param((0, 1, 0, 4, 0), Band.MIXED, id="a fifth cool is too much for much"),
        pytest.param((1, 0, 0, 5, 0), Band.MUCH, id="a sixth cold is not"),
        pytest.param((1, 1, 0, 0, 8), Band.MIXED, id="two of ten is a fifth"),
        pytest.param((2, 1, 0, 0, 12), Band.MIXED, id="three of fifteen is a fifth"),
        pytest.param((0, 1, 0, 2, 0), Band.MIXED, id="one of three cool"),
        # Little: a middle of 2 or less, and less than a fifth at 4 or above.
        pytest.param((0, 4, 0, 1, 0), Band.MIXED, id="a fifth warm is too much for little"),
        pytest.param((0, 4, 0, 0, 1), Band.MIXED, id="a fifth hot is too much for little"),
        pytest.param((0, 5, 0, 0, 1), Band.LITTLE, id="a sixth hot is not"),
        pytest.param((8, 0, 0, 1, 1), Band.MIXED, id="two of ten warm"),
        # With an even number the middle lies halfway between the two middle votes.
        pytest.param((0, 0, 2, 2, 0), Band.MIXED, id="a middle of 3.5"),
        pytest.param((0, 0, 2, 0, 2), Band.MUCH, id="a middle of 4 between 3 and 5"),
        pytest.param((0, 0, 0, 2, 2), Band.MUCH, id="a middle of 4.5"),
        pytest.param((0, 2, 2, 0, 0), Band.MIXED, id="a middle of 2.5"),
        pytest.param((2, 0, 2, 0, 0), Band.LITTLE, id="a middle of 2 between 1 and 3"),
        pytest.param((2, 2, 0, 0, 0), Band.LITTLE, id="a middle of 1.5"),
        pytest.param((2, 0, 0, 0, 2), Band.MIXED, id="two camps"),
        pytest.param((0, 0, 1, 2, 3), Band.MUCH, id="woonklaar"),
        pytest.param((2, 4, 1, 0, 0), Band.LITTLE, id="samen-een-dossier"),
    ],
)
def test_the_band_follows_from_the_middle_and_the_two_ends(counts: tuple[int, ...] | None, warmth: Band) -> None:
    assert band(counts) is warmth


@pytest.mark.parametrize(
    ("counts", "middle"),
    [
        ((0, 0, 1, 0, 0), 3),
        ((1, 0, 1, 0, 1), 3),
        ((1, 1, 0, 0, 0), 1.5),
        ((1, 0, 0, 0, 1), 3),
        ((0, 0, 1, 1, 0), 3.5),
        ((0, 0, 0, 1, 2), 5),
    ],
)
def test_the_median_is_the_middle_vote(counts: tuple[int, ...], middle: float) -> None:
    assert median(counts) == middle


def test_there_is_no_median_without_votes() -> None:
    with pytest.raises(ValueError, match="no median"):
        median((0, 0, 0, 0, 0))


@pytest.mark.parametrize(("votes", "shown"), [(0, False), (3, False), (4, False), (5, True), (6, True)])
def test_the_spread_is_shown_from_five_votes(votes: int, shown: bool) -> None:
    assert may_be_shown((votes, 0, 0, 0, 0)) is shown
    assert may_be_shown((0, 0, 1, 0, votes - 1) if votes else (0, 0, 0, 0, 0)) is shown


def test_four_votes_show_their_band_and_their_number_only() -> None:
    votes = Votes(counts=(0, 0, 0, 1, 3), remarks=("Eindelijk!",))
    assert temperature_of(votes) == Temperature(Band.MUCH, 4, reading=votes)


def test_five_votes_show_median_spread_and_remarks() -> None:
    votes = Votes(counts=(0, 0, 1, 1, 3), remarks=("Eindelijk!",))
    shown = temperature_of(votes)
    assert (shown.band, shown.votes, shown.median, shown.remarks) == (Band.MUCH, 5, 5, ("Eindelijk!",))
    assert shown.spread == (Bar(5, 3, 100), Bar(4, 1, 33), Bar(3, 1, 33), Bar(2, 0, 0), Bar(1, 0, 0))


def test_a_temperature_that_was_not_taken_shows_nothing() -> None:
    assert temperature_of(None) == Temperature(Band.UNKNOWN, 0, None, (), (), None)


def test_of_a_few_anonymous_votes_the_band_was_kept_and_no_spread() -> None:
    few = Votes(counts=(0, 0, 0, 0, 0), number=4, band=Band.LITTLE, remarks=("Nee.",))
    assert temperature_of(few) == Temperature(Band.LITTLE, 4, reading=few)


def test_the_movement_is_told_between_known_bands_and_by_value_only_where_both_may_be_shown() -> None:
    cold, warm = Votes(counts=(3, 2, 0, 0, 0)), Votes(counts=(0, 0, 1, 2, 3))
    few, none = Votes(counts=(0, 0, 0, 0, 0), number=3, band=Band.MUCH), Votes(counts=(0, 0, 0, 0, 0))
    movement = movement_of(warm, [few, cold])
    assert movement == Movement(Band.LITTLE, Band.MUCH, ((5, 0, 3), (4, 0, 2), (3, 0, 1), (2, 2, 0), (1, 3, 0)))
    assert movement_of(warm, [cold, few]) == Movement(Band.MUCH, Band.MUCH)
    assert movement_of(few, [cold]) == Movement(Band.LITTLE, Band.MUCH)
    for reading, earlier in ((warm, []), (warm, [none]), (none, [cold]), (None, [cold])):
        assert movement_of(reading, earlier) is None
