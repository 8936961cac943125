"""Twenty people who write at once, in the app as it is served."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import FIGURES
from tests.load.writers import WRITERS, Save, lost, write_at_once

SECONDS = 30


def test_twenty_writers_at_once_get_no_error_and_lose_nothing(
    app: str, folder: Path, record_property: Callable[[str, object], None]
) -> None:
    outcome = write_at_once(app, SECONDS)
    record_property(FIGURES, outcome.figures)
    assert outcome.problems == []
    said = (folder / "log").read_text()
    assert "locked" not in said
    assert "Traceback" not in said
    assert {save.text.split(",")[0] for save in outcome.saves} == {f"Schrijver {number}" for number in range(WRITERS)}
    assert outcome.conflicts > 0


FIRST, SECOND, OTHER = Save("a", "", "1", 0), Save("a", "1", "2", 0), Save("a", "1", "3", 0)


@pytest.mark.parametrize(
    ("saves", "after"),
    [
        pytest.param([FIRST, SECOND], {"a": "1"}, id="a save that was undone"),
        pytest.param([FIRST, SECOND, OTHER], {"a": "3"}, id="a text that was replaced unseen"),
        pytest.param([FIRST], {}, id="a row that is gone"),
        pytest.param([FIRST], {"a": "1", "b": "1"}, id="a row that stands there twice"),
        pytest.param([OTHER], {"a": "3"}, id="a text over one that nobody saved"),
        pytest.param([], {"a": "1"}, id="a text that nobody saved"),
    ],
)
def test_what_is_lost_is_noticed(saves: list[Save], after: dict[str, str]) -> None:
    assert lost(saves, {}, after)


def test_texts_that_follow_each_other_are_not_taken_for_a_loss() -> None:
    assert lost([SECOND, FIRST], {"b": "x"}, {"a": "2", "b": "x"}) == []
