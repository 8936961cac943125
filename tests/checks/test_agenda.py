"""What an agenda proposes: a row for each case."""

from dataclasses import replace

import pytest

from checks.agenda import TOPICS, agenda
from checks.asking import ABOUT
from checks.catalogue import QUESTIONS
from checks.codes import Check, Conclusion, ConditionStatus, FollowUpStatus, GoNoGo, Status, Verdict
from checks.picture import (
    Condition,
    Decision,
    FollowUp,
    Goal,
    Picture,
)
from checks.places import open_questions

EMPTY = Picture(title="Idee", status=Status.IN_STEP, step=1)
CHECKING = replace(EMPTY, step=2)
DECIDING = replace(EMPTY, step=4)
POINT = FollowUp(text="Navragen", step=2)
CONDITION = Condition(text="Er zijn vier woningen.")


def test_a_topic_is_what_one_can_ask_about_or_a_question_of_step_4() -> None:
    assert set(ABOUT) < set(TOPICS)
    assert {slug for slug in TOPICS if slug.startswith("s4.")} >= {"s4.verdict", "s4.temperature", "s4.decision"}


def test_an_idea_that_is_only_received_is_talked_about_as_in_step_1() -> None:
    assert agenda(replace(EMPTY, status=Status.RECEIVED, step=None)) == agenda(EMPTY)


def test_in_step_1_the_open_core_questions_come_in_the_order_of_the_conversation() -> None:
    assert agenda(EMPTY) == [question.slug for question in open_questions(EMPTY, 1)]
    assert "s1.why.challenge" not in agenda(replace(EMPTY, challenge="Jongeren wachten."))


def test_a_question_for_each_row_is_talked_about_at_its_list_once() -> None:
    goals = replace(EMPTY, goals=(Goal(text="Wonen"),))
    assert [slug for slug in agenda(goals) if slug.startswith("s1.goals")] == ["s1.goals.list"]


def test_in_step_2_each_check_ends_with_its_conclusion_where_that_is_not_taken() -> None:
    told = agenda(CHECKING)
    for check in Check:
        last = [slug for slug in told if slug in QUESTIONS and QUESTIONS[slug].check is check][-1]
        assert told[told.index(last) + 1] == check
    assert told[-2:] == ["s2.followups", "s2.conditions"]
    drijfveer = replace(CHECKING.checks.drijfveer, conclusion=Conclusion.OK)
    concluded = replace(CHECKING, checks=replace(CHECKING.checks, drijfveer=drijfveer))
    assert Check.DRIJFVEER not in agenda(concluded)
    assert Check.EXPERTISE in agenda(concluded)


POINTS = [
    (replace(EMPTY, followups=(POINT,)), "s2.followups", True),
    (replace(EMPTY, followups=(replace(POINT, status=FollowUpStatus.SOLVED),)), "s2.followups", False),
    (replace(EMPTY, conditions=(CONDITION,)), "s2.conditions", True),
    (replace(EMPTY, conditions=(replace(CONDITION, status=ConditionStatus.MET),)), "s2.conditions", False),
    (DECIDING, "s4.verdict", True),
    (replace(DECIDING, verdict=Verdict.OK), "s4.verdict", False),
    (DECIDING, "s4.temperature", True),
    (DECIDING, "s4.decision", True),
    (replace(DECIDING, decision=Decision(value=GoNoGo.GO)), "s4.decision", False),
    (EMPTY, "s4.decision", False),
]


@pytest.mark.parametrize(("picture", "topic", "is_open"), POINTS)
def test_what_is_open_stands_on_it_and_what_is_done_does_not(picture: Picture, topic: str, *, is_open: bool) -> None:
    assert (topic in agenda(picture)) is is_open


def test_what_others_raised_comes_after_the_questions_each_once_and_nothing_unknown() -> None:
    told = agenda(EMPTY, ["expertise", "s1.why.challenge"], ["expertise", "step-2", "s9.none"])
    assert told[-2:] == ["expertise", "step-2"]
    assert len(told) == len(set(told))
