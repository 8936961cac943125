"""The four landmarks of step 3, in the order of the instrument."""

import pytest

from checks.codes import IndicatorKind
from checks.order_of_work import is_begun, order_of_work
from checks.picture import Agreement, Alignment, Bundle, Indicator, Picture

PROCESS, RESULT = Indicator(kind=IndicatorKind.PROCESS), Indicator(kind=IndicatorKind.RESULT)
WITH, WITHOUT = Bundle(name="Wonen", mandate="De planning"), Bundle(name="Onthaal")


def test_the_order_is_that_of_the_instrument() -> None:
    lists = [landmark.lists[-1] for landmark in order_of_work(Picture(title="Idee"))]
    assert lists == ["bundles", "between", "overall", "indicators_process"]
    assert [landmark.number for landmark in order_of_work(Picture(title="Idee"))] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("picture", "number", "state", "says"),
    [
        (Picture(title="Idee"), 1, "todo", "nog niet begonnen"),
        (Picture(title="Idee", bundles=(WITH,)), 1, "begun", "1 bundel"),
        (Picture(title="Idee", bundles=(WITH, WITHOUT)), 1, "open", "2 bundels, 1 zonder mandaat"),
        (
            Picture(title="Idee", bundles=(WITH,), activities=("bellen", "schrijven")),
            1,
            "open",
            "1 bundel, 2 losse activiteiten",
        ),
        (Picture(title="Idee", activities=("bellen",)), 1, "open", "1 losse activiteit"),
        (Picture(title="Idee", bundles=(WITH,)), 2, "begun", "niets af te stemmen"),
        (Picture(title="Idee", bundles=(WITH, WITHOUT)), 2, "todo", "nog niet begonnen"),
        (Picture(title="Idee", between=(Alignment(what="Bellen"),)), 2, "begun", "1 keer afstemming"),
        (Picture(title="Idee", overall=(Agreement(text="Sturen"),) * 2), 3, "begun", "2 afspraken"),
        (Picture(title="Idee", indicators=(PROCESS,)), 4, "open", "1 over het proces"),
        (
            Picture(title="Idee", indicators=(PROCESS, RESULT, RESULT)),
            4,
            "begun",
            "1 over het proces, 2 over het resultaat",
        ),
        (Picture(title="Idee", indicators=(Indicator(kind=IndicatorKind.NONE),)), 4, "todo", "nog niet begonnen"),
    ],
)
def test_each_landmark_says_how_far_it_is(picture: Picture, number: int, state: str, says: str) -> None:
    landmark = order_of_work(picture)[number - 1]
    assert (landmark.state, landmark.says.nl) == (state, says)


def test_nothing_is_begun_in_an_empty_idea() -> None:
    assert not is_begun(Picture(title="Idee"))
    assert is_begun(Picture(title="Idee", overall=(Agreement(text="Sturen"),)))
