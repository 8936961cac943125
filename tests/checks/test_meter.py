"""What has been laid down: how it is counted, and from when on it is much."""

import pytest

from checks.meter import (
    Laid,
    agreements,
    agreements_of,
    bundles_with_many,
    every_activity_alone,
    invites_to_drop,
    meter,
    too_many_agreements,
    too_many_links,
)
from checks.picture import Agreement, Alignment, Bundle, Picture
from checks.thresholds import thresholds

LIMITS = thresholds({})


def picture(bundles: int = 0, links: int = 0, overall: int = 0, activities: int = 0) -> Picture:
    """An idea with so many of each; the links are all between the first two bundles."""
    names = ("Bundel 0", "Bundel 1") if bundles > 1 else ()
    return Picture(
        title="Idee",
        activities=tuple(f"los {n}" for n in range(activities)),
        bundles=tuple(Bundle(name=f"Bundel {n}", mandate="Alles") for n in range(bundles)),
        between=tuple(Alignment(what=f"Overdracht {n}", bundles=names) for n in range(links)),
        overall=tuple(Agreement(text=f"Afspraak {n}") for n in range(overall)),
    )


def test_an_agreement_of_a_bundle_is_an_alignment_that_names_it() -> None:
    told = picture(bundles=3, links=2, overall=4)
    assert [agreements_of(told, f"Bundel {n}") for n in range(3)] == [2, 2, 0]
    assert agreements(told) == 6


@pytest.mark.parametrize(
    ("bundles", "overall", "is_much"), [(0, 10, False), (0, 11, True), (2, 18, False), (2, 19, True)]
)
def test_agreements_are_too_many_beyond_four_for_each_bundle_and_ten(bundles: int, overall: int, is_much: bool) -> None:
    assert too_many_agreements(picture(bundles=bundles, overall=overall), LIMITS) is is_much


@pytest.mark.parametrize(("links", "many"), [(7, ()), (8, ("Bundel 0", "Bundel 1"))])
def test_a_bundle_has_many_beyond_seven(links: int, many: tuple[str, ...]) -> None:
    assert bundles_with_many(picture(bundles=4, links=links), LIMITS) == many


@pytest.mark.parametrize(("bundles", "links", "is_much"), [(2, 4, False), (2, 5, True), (0, 9, False)])
def test_links_are_too_many_beyond_two_for_each_bundle(bundles: int, links: int, is_much: bool) -> None:
    assert too_many_links(picture(bundles=bundles, links=links), LIMITS) is is_much


@pytest.mark.parametrize(
    ("bundles", "activities", "alone"), [(4, 4, True), (3, 3, False), (3, 4, False), (5, 4, True), (0, 4, False)]
)
def test_activities_stand_alone_where_there_are_as_many_bundles(bundles: int, activities: int, alone: bool) -> None:
    assert every_activity_alone(picture(bundles=bundles, activities=activities)) is alone


@pytest.mark.parametrize(("overall", "level"), [(7, Laid.ENOUGH), (8, Laid.MUCH), (10, Laid.MUCH), (11, Laid.TOO_MUCH)])
def test_the_meter_says_in_words_how_much_it_is(overall: int, level: Laid) -> None:
    gauges = meter(picture(overall=overall), LIMITS)
    assert [gauge.level for gauge in gauges] == [level]
    assert invites_to_drop(gauges) is (level is Laid.TOO_MUCH)
    assert all(gauge.high < gauge.most < gauge.end and gauge.count <= gauge.end for gauge in gauges)


def test_the_meter_is_silent_while_nothing_is_laid_down() -> None:
    assert meter(picture(bundles=3, activities=3), LIMITS) == ()


def test_the_meter_names_a_bundle_only_where_it_is_getting_much() -> None:
    few, many = (meter(picture(bundles=6, links=links), LIMITS) for links in (2, 6))
    assert [gauge.bundle for gauge in few] == ["", ""]
    assert [gauge.bundle for gauge in many] == ["", "", "Bundel 0", "Bundel 1"]
