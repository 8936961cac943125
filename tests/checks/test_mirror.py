"""The mirror: goals against indicators, conditions against what takes care of them."""

from hypothesis import given

from checks.codes import FollowUpStatus, IndicatorKind
from checks.mirror import Carer, mirror
from checks.picture import Agreement, CaredFor, Condition, FollowUp, Goal, Indicator, Picture
from tests.pictures import ANY, pictures

CONDITION = Condition(text="Er zijn vier woningen.", cared_for=CaredFor(followup="Woningen zoeken"))


def with_point(status: FollowUpStatus) -> Picture:
    return Picture(title="x", conditions=(CONDITION,), followups=(FollowUp(text="Woningen zoeken", status=status),))


def test_a_condition_that_nothing_takes_care_of_is_loose() -> None:
    seen = mirror(Picture(title="x", conditions=(Condition(text="Er is geld."),)))
    assert [cared.is_loose for cared in seen.conditions] == [True]
    assert seen.loose == 1


def test_an_open_or_solved_point_takes_care_of_a_condition_with_its_status() -> None:
    for status in (FollowUpStatus.OPEN, FollowUpStatus.SOLVED):
        [cared] = mirror(with_point(status)).conditions
        assert not cared.is_loose
        assert [(one.kind, one.text, one.status) for one in cared.care] == [(Carer.FOLLOWUP, "Woningen zoeken", status)]


def test_a_lapsed_point_takes_care_of_nothing_and_is_still_named() -> None:
    [cared] = mirror(with_point(FollowUpStatus.LAPSED)).conditions
    assert cared.is_loose
    assert [(one.text, one.lapsed) for one in cared.care] == [("Woningen zoeken", True)]


def test_beside_a_lapsed_point_an_agreement_still_takes_care() -> None:
    care = CaredFor(followup="Woningen zoeken", overall="De stad zoekt mee")
    picture = Picture(
        title="x",
        conditions=(Condition(text="Er zijn vier woningen.", cared_for=care),),
        followups=(FollowUp(text="Woningen zoeken", status=FollowUpStatus.LAPSED),),
        overall=(Agreement(text="De stad zoekt mee"),),
    )
    assert mirror(picture).loose == 0


def test_a_goal_is_seen_by_the_indicators_that_name_it() -> None:
    picture = Picture(
        title="x",
        goals=(Goal(text="Wonen"), Goal(text="Werken")),
        indicators=(
            Indicator(kind=IndicatorKind.RESULT, text="Sleutels", goal="Wonen"),
            Indicator(kind=IndicatorKind.NONE, why="Het doel volstaat", goal="Werken"),
        ),
    )
    seen = mirror(picture)
    assert [[one.text for one in goal.indicators] for goal in seen.goals] == [["Sleutels"], []]
    assert seen.unseen == 1


@ANY
@given(pictures())
def test_any_picture_has_a_mirror_with_every_goal_and_condition(picture: Picture) -> None:
    seen = mirror(picture)
    assert [goal.goal for goal in seen.goals] == list(picture.goals)
    assert [cared.condition for cared in seen.conditions] == list(picture.conditions)
