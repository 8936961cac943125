"""What changed since a decision was sealed: everything that it rests on, and nothing of what comes after it."""

from dataclasses import fields, replace
from datetime import date

import pytest

from checks.codes import ConditionStatus, GoNoGo, Status
from checks.decision import Settings
from checks.picture import Condition, Decision, Picture, Review, Talk, Votes
from ideas.seal.since import AFTERWARDS, Changed, basis, changes, is_changed
from tests.ideas.dossier.pictures import full

SEALED = Picture(
    title="Woonklaar",
    status=Status.NO_GO,
    step=4,
    challenge="Jongeren vinden geen woonst.",
    conditions=(Condition(text="Er is een coördinator", status=ConditionStatus.MET),),
    decision=Decision(value=GoNoGo.NO_GO, motivation="Te vroeg.", date=date(2026, 1, 5)),
    votes=Votes(counts=(0, 1, 2, 2, 1)),
)


def told(now: Picture) -> list[Changed]:
    return changes(SEALED, now, Settings())


def test_nothing_changed_at_first() -> None:
    assert not is_changed(SEALED, SEALED)
    assert told(SEALED) == []


def test_a_text_that_changed_is_told_as_it_was_and_as_it_is() -> None:
    now = replace(SEALED, challenge="Ouderen vinden geen woonst.")
    assert is_changed(SEALED, now)
    (changed,) = told(now)
    assert "Jongeren vinden geen woonst." in changed.was[0]
    assert "Ouderen vinden geen woonst." in changed.now[0]


def test_what_is_gone_and_what_is_new_are_told() -> None:
    (gone,) = told(replace(SEALED, conditions=()))
    assert gone.now == ()
    assert "Er is een coördinator" in " ".join(gone.was)
    (come,) = told(replace(SEALED, conditions=(*SEALED.conditions, Condition(text="Er is geld"))))
    assert "Er is geld" in " ".join(come.now)
    assert "coördinator" not in " ".join(come.was + come.now)


@pytest.mark.parametrize(
    "now",
    [
        replace(SEALED, talk=(Talk(learned="Veel."),), reviews=(Review(text="Goed."),)),
        replace(SEALED, closed=date(2026, 2, 1), idea_owner="iemand anders"),
        replace(SEALED, decision=replace(SEALED.decision, partners_told=date(2026, 2, 1))),  # type: ignore[type-var]
        replace(SEALED, votes=Votes(counts=(0, 0, 0, 0, 6)), earlier_votes=(SEALED.votes,)),  # type: ignore[arg-type]
    ],
    ids=["talk", "closed", "told", "another reading"],
)
def test_what_comes_after_a_decision_is_no_change(now: Picture) -> None:
    assert not is_changed(SEALED, now)
    assert told(now) == []


def test_a_reading_that_was_corrected_is_a_change() -> None:
    assert is_changed(SEALED, replace(SEALED, votes=Votes(counts=(0, 0, 0, 0, 6))))


@pytest.mark.parametrize("name", [field.name for field in fields(Picture) if field.name not in AFTERWARDS])
def test_each_part_of_what_it_rests_on_is_told_when_it_goes(name: str) -> None:
    """What a decision rests on, and is not printed, would change unseen."""
    whole = basis(full())
    without = replace(whole, **{name: getattr(Picture(title="-"), name)})
    assert is_changed(whole, without)
    assert changes(whole, without, Settings()), name
