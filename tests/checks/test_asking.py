"""What one can ask about, by when, and how urgent that is."""

from datetime import date, timedelta

import pytest

from checks.asking import ABOUT, PLACES, coming_friday, link_ends, urgency
from checks.catalogue import QUESTIONS
from checks.codes import Check, Urgency

MONDAY = date(2026, 11, 23)


def test_one_can_ask_about_each_check_the_infofiche_each_step_and_single_questions() -> None:
    assert {*Check, "infofiche", "step-1", "step-2", "step-3", "step-4", "s2.exp.available"} <= set(ABOUT)
    assert "s1.goals.clear" not in ABOUT  # asked of each goal
    assert "s4.temperature" not in ABOUT  # asked by voting


def test_a_question_of_a_check_stands_beside_that_check_and_another_one_at_its_step() -> None:
    assert ABOUT["s2.exp.available"].place == Check.EXPERTISE
    assert ABOUT["s1.why.challenge"].place == "step-1"
    assert ABOUT["infofiche"].place == "step-1"
    assert set(PLACES) == {*Check, "step-1", "step-2", "step-3", "step-4"}
    assert all(place in ABOUT for place in PLACES)
    assert all(about.step == QUESTIONS[slug].step for slug, about in ABOUT.items() if about.question)


@pytest.mark.parametrize(("today", "friday"), [(n, 4) for n in range(4)] + [(4, 11), (5, 11), (6, 11)])
def test_friday_is_the_first_one_after_today(today: int, friday: int) -> None:
    assert coming_friday(MONDAY + timedelta(days=today)) == MONDAY + timedelta(days=friday)


@pytest.mark.parametrize(
    ("days", "how"),
    [
        (None, Urgency.ANY_TIME),
        (-1, Urgency.OVERDUE),
        (0, Urgency.SOON),
        (7, Urgency.SOON),
        (8, Urgency.LATER),
    ],
)
def test_how_urgent_something_is_follows_from_its_day(days: int | None, how: Urgency) -> None:
    assert urgency(None if days is None else MONDAY + timedelta(days=days), MONDAY) is how


def test_a_link_opens_until_thirty_days_after_the_day_that_was_asked_for() -> None:
    assert link_ends(MONDAY, MONDAY + timedelta(days=3)) == MONDAY + timedelta(days=33)
    assert link_ends(MONDAY, None) == MONDAY + timedelta(days=90)
