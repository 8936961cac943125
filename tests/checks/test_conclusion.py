"""What the ratings of a check come to. Source of the cases: domain.md, end of 1.3."""

from dataclasses import replace

import pytest

from checks.codes import Check, Conclusion, FollowUpStatus, Rating
from checks.conclusion import KNOCK_OUT, RATINGS, conclude, ratings, suggested_conclusion
from checks.picture import Checks, Drijfveercheck, Expertisecheck, FollowUp, Picture, Rated, Samenwerkcheck

YES, PARTLY, NO, UNKNOWN = Rating.YES, Rating.PARTLY, Rating.NO, Rating.UNKNOWN
OK, WITH_FOLLOWUPS, NOT_OK = Conclusion.OK, Conclusion.OK_WITH_FOLLOWUPS, Conclusion.NOT_OK


def test_each_check_weighs_its_own_ratings() -> None:
    assert RATINGS == {
        Check.DRIJFVEER: ("s2.drive.mission", "s2.drive.vision", "s2.drive.mandate"),
        Check.EXPERTISE: ("s2.exp.inhouse", "s2.exp.available"),
        Check.SAMENWERK: (
            "s2.collab.beyond",
            "s2.collab.shared",
            "s2.collab.all_partners",
            "s2.collab.no_superfluous",
            "s2.collab.pieces_known",
            "s2.collab.pieces_connected",
            "s2.collab.equal",
            "s2.collab.atmosphere",
        ),
    }


@pytest.mark.parametrize(
    ("mission", "vision", "mandate", "conclusion"),
    [
        (YES, YES, YES, OK),
        (PARTLY, YES, YES, OK),
        (YES, YES, PARTLY, OK),
        (PARTLY, PARTLY, YES, WITH_FOLLOWUPS),
        (PARTLY, YES, PARTLY, WITH_FOLLOWUPS),
        (UNKNOWN, YES, YES, WITH_FOLLOWUPS),
        (YES, YES, UNKNOWN, WITH_FOLLOWUPS),
        (NO, YES, YES, WITH_FOLLOWUPS),
        (NO, NO, YES, WITH_FOLLOWUPS),
        (YES, YES, NO, NOT_OK),
        (UNKNOWN, PARTLY, NO, NOT_OK),
        (None, YES, YES, None),
        (YES, YES, None, None),
        (YES, None, NO, None),
    ],
)
def test_the_ratings_of_a_check_come_to_a_conclusion(
    mission: Rating | None, vision: Rating | None, mandate: Rating | None, conclusion: Conclusion | None
) -> None:
    given = {"s2.drive.mission": mission, "s2.drive.vision": vision, "s2.drive.mandate": mandate}
    assert conclude(given, []) is conclusion


def test_three_questions_knock_out() -> None:
    assert {"s2.drive.mandate", "s2.collab.beyond", "s2.collab.shared"} == KNOCK_OUT


@pytest.mark.parametrize("slug", sorted(KNOCK_OUT))
@pytest.mark.parametrize("status", FollowUpStatus)
def test_a_no_that_knocks_out_is_softened_by_a_linked_followup(slug: str, status: FollowUpStatus) -> None:
    linked = FollowUp(text="Uitzoeken wat wel kan", question=slug, status=status)
    assert conclude({slug: NO}, []) is NOT_OK
    assert conclude({slug: NO}, [linked]) is WITH_FOLLOWUPS
    assert conclude({slug: NO}, [replace(linked, question="s2.drive.mission")]) is NOT_OK
    assert conclude({slug: NO}, [replace(linked, question="")]) is NOT_OK


def test_each_no_that_knocks_out_needs_its_own_followup() -> None:
    both = {"s2.collab.beyond": NO, "s2.collab.shared": NO}
    points = [FollowUp(text="Wat kan één partner alleen?", question="s2.collab.beyond")]
    assert conclude(both, points) is NOT_OK
    assert conclude(both, [*points, FollowUp(text="Doelen delen", question="s2.collab.shared")]) is WITH_FOLLOWUPS


def test_the_conclusion_is_read_from_the_checks_of_the_picture() -> None:
    rated = Rated(value=YES)
    idea = Picture(
        title="Samen",
        checks=Checks(
            drijfveer=Drijfveercheck(mission=rated, vision=rated, mandate=Rated(value=NO)),
            expertise=Expertisecheck(inhouse=Rated(value=PARTLY), available=Rated(value=PARTLY)),
            samenwerk=Samenwerkcheck(beyond=rated, shared=rated),
        ),
    )
    assert ratings(idea, Check.EXPERTISE) == {"s2.exp.inhouse": PARTLY, "s2.exp.available": PARTLY}
    assert suggested_conclusion(idea, Check.DRIJFVEER) is NOT_OK
    assert suggested_conclusion(idea, Check.EXPERTISE) is WITH_FOLLOWUPS
    assert suggested_conclusion(idea, Check.SAMENWERK) is None

    point = FollowUp(text="Nagaan of de erkenning dit toelaat", question="s2.drive.mandate")
    assert suggested_conclusion(replace(idea, followups=(point,)), Check.DRIJFVEER) is WITH_FOLLOWUPS
