"""Which coordination fits."""

from dataclasses import replace

import pytest

from checks.advice.coordination import advise_coordination
from checks.codes import Coordination, OrganisationKind, Origin, PartnerStatus, Rating
from checks.picture import (
    Checks,
    Coordinated,
    Flags,
    OriginOfIdea,
    Partner,
    Picture,
    Piece,
    Rated,
    Samenwerkcheck,
)


def idea(count: int, trust: Rating | None, shared: Rating | None, pieces: int = 0, demands: bool = False) -> Picture:
    """With so many organisations, of which one is the own."""
    partners = tuple(
        Partner(
            name=f"P{number}",
            status=PartnerStatus.CONFIRMED,
            kind=OrganisationKind.GOVERNMENT_LOCAL if demands else None,
        )
        for number in range(count - 1)
    )
    rated = Rated(value=trust)
    return Picture(
        title="a",
        partners=partners,
        pieces=tuple(Piece(name=f"S{number}") for number in range(pieces)),
        checks=Checks(samenwerk=Samenwerkcheck(atmosphere=rated, equal=rated, shared=Rated(value=shared))),
        origin=OriginOfIdea(type=Origin.CALL_OR_SUBSIDY if demands else None),
        flags=Flags(client_data_shared=demands, costs_recharged=demands),
    )


CASES = {
    "few that trust each other": (idea(4, Rating.YES, Rating.YES, 4), Coordination.SHARED, "Er is veel vertrouwen"),
    "a group with little trust": (idea(8, Rating.NO, Rating.PARTLY, 5), Coordination.LEAD_PARTNER, "al een hele groep"),
    "many of whom much is asked": (
        idea(12, Rating.PARTLY, Rating.YES, 6, demands=True),
        Coordination.EXTERNAL_COORDINATOR,
        "vraagt veel van wie coördineert",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_coordination_is_advised_with_its_reason(case: str) -> None:
    picture, best, reason = CASES[case]
    advice = advise_coordination(picture)
    assert advice.best is not None
    assert advice.best.code is best
    assert any(reason in said.nl for said in advice.best.reasons), advice.best.reasons
    assert advice.second is not None
    assert advice.second.code is not best
    assert advice.second.reasons
    assert advice.missing == ()


@pytest.mark.parametrize(
    ("count", "said"), [(5, "met weinig"), (6, "een hele groep"), (10, "een hele groep"), (11, "met veel")]
)
def test_how_many_organisations_are_few_or_many(count: int, said: str) -> None:
    told = advise_coordination(idea(count, Rating.YES, Rating.YES))
    reasons = [words.nl for option in told.options for words in (*option.reasons, *option.against)]
    assert any(said in reason for reason in reasons), reasons


def test_one_answer_is_too_little_and_the_rest_is_asked_for() -> None:
    advice = advise_coordination(idea(4, None, Rating.UNKNOWN))
    assert advice.best is None
    assert len(advice.missing) == 4
    assert "hoe de sfeer is" in [one.nl for one in advice.missing]


def test_nothing_at_all_is_no_error() -> None:
    advice = advise_coordination(Picture(title="a"))
    assert advice.options == ()
    assert len(advice.missing) == 5


def test_it_never_tells_a_number_for_how_well_something_fits_and_says_that_it_is_an_aid() -> None:
    advice = advise_coordination(idea(4, Rating.YES, Rating.YES, 4))
    assert "hulp, niet als wet" in advice.closes.nl
    assert advice.background == "coordination"


def test_partners_that_are_only_possible_do_not_count() -> None:
    picture = replace(idea(1, Rating.YES, Rating.YES), partners=(Partner(name="Misschien"),))
    assert "welke partners betrokken of bevestigd zijn" in [one.nl for one in advise_coordination(picture).missing]


def test_what_was_answered_is_known() -> None:
    picture = idea(4, Rating.YES, Rating.YES, 4)
    check = replace(picture.checks.samenwerk, coordination=Coordinated(value=Coordination.SHARED))
    assert advise_coordination(replace(picture, checks=Checks(samenwerk=check))).is_chosen
