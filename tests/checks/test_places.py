"""Every question of the catalogue has a place in the picture, and is known to be answered or not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from checks.catalogue import QUESTIONS, Part
from checks.codes import (
    EvidenceAbout,
    FollowUpStatus,
    GoNoGo,
    IndicatorKind,
    PartnerStatus,
    Rating,
    Triage,
    Verdict,
)
from checks.picture import (
    PICTURE,
    Bundle,
    Checks,
    Confirmed,
    Decision,
    Drijfveercheck,
    Evidence,
    Expertisecheck,
    Finance,
    FollowUp,
    Goal,
    Indicator,
    Partner,
    Picture,
    Piece,
    Preparation,
    Rated,
    Samenwerkcheck,
    Trajectory,
)
from checks.places import PLACES, answer_at, is_answered, is_asked, next_talk, open_questions

EMPTY = Picture(title="Samen")
WOONKLAAR = PICTURE.validate_python(
    yaml.safe_load(Path(__file__).parents[2].joinpath("ideas", "demo", "woonklaar.yaml").read_text(encoding="utf-8"))[
        "ideas"
    ][0]
)

# Put to each opvolgpunt: answered as long as there is none.
ANSWERED_WHILE_EMPTY = {"s3.back", "s4.check.followups"}


@pytest.mark.parametrize("slug", QUESTIONS)
def test_every_question_has_a_place_that_is_empty_at_first(slug: str) -> None:
    assert is_answered(EMPTY, slug) is (slug in ANSWERED_WHILE_EMPTY)


def test_each_question_has_its_own_place_and_an_unknown_one_has_none() -> None:
    assert set(PLACES) <= set(QUESTIONS)
    assert len(set(PLACES.values())) == len(PLACES)
    with pytest.raises(KeyError):
        is_answered(EMPTY, "s9.unknown")


@pytest.mark.parametrize("slug", PLACES)
def test_a_place_leads_to_an_answer_of_the_picture(slug: str) -> None:
    answer = answer_at(WOONKLAAR, slug)
    assert getattr(answer, "value", answer)


def test_without_a_decision_there_is_no_answer_to_its_questions() -> None:
    assert answer_at(EMPTY, "s4.decision") is None
    assert answer_at(EMPTY, "s4.motivation") is None


@pytest.mark.parametrize("slug", [slug for slug, question in QUESTIONS.items() if is_asked(WOONKLAAR, question)])
def test_the_completed_demo_idea_answers_every_question_that_it_is_asked(slug: str) -> None:
    assert is_answered(WOONKLAAR, slug)


def test_the_completed_demo_idea_is_asked_all_but_the_questions_after_a_disappointment() -> None:
    asked = {slug for slug, question in QUESTIONS.items() if is_asked(WOONKLAAR, question)}
    assert set(QUESTIONS) - asked == {"s4.talk", "s4.trajectory"}


UNKNOWN = Rated(value=Rating.UNKNOWN)


@pytest.mark.parametrize(
    ("slug", "idea"),
    [
        ("s2.drive.mission", Picture(title="Samen", checks=Checks(drijfveer=Drijfveercheck(mission=UNKNOWN)))),
        ("s2.exp.inhouse", Picture(title="Samen", checks=Checks(expertise=Expertisecheck(inhouse=UNKNOWN)))),
        ("s2.collab.equal", Picture(title="Samen", checks=Checks(samenwerk=Samenwerkcheck(equal=UNKNOWN)))),
        ("s3.enough", Picture(title="Samen", enough=UNKNOWN)),
        ("s1.goals.clear", Picture(title="Samen", goals=(Goal(text="Wonen", clear=Rating.UNKNOWN),))),
        ("s1.who.willing", Picture(title="Samen", partners=(Partner(name="Woonwerf", willing=Rating.UNKNOWN),))),
    ],
)
def test_i_do_not_know_is_an_answer(slug: str, idea: Picture) -> None:
    assert is_answered(idea, slug)


def test_a_note_alone_is_no_answer() -> None:
    assert not is_answered(replace(EMPTY, enough=Rated(note="Nog bespreken.")), "s3.enough")


PARTNER = Partner(name="Woonwerf", contribution="Woningen", willing=Rating.YES)
POINT = FollowUp(text="Navragen", step=1)


@pytest.mark.parametrize(
    ("slug", "half", "whole"),
    [
        pytest.param(
            "s1.goals.clear",
            Picture(title="Samen", goals=(Goal(text="Wonen", clear=Rating.YES), Goal(text="Leren"))),
            Picture(title="Samen", goals=(Goal(text="Wonen", clear=Rating.YES), Goal(text="Leren", clear=Rating.NO))),
            id="every goal is rated as clear or not",
        ),
        pytest.param(
            "s1.goals.feasible",
            Picture(title="Samen", goals=(Goal(text="Wonen", clear=Rating.YES),)),
            Picture(title="Samen", goals=(Goal(text="Wonen", feasible=Rating.PARTLY),)),
            id="every goal is rated as feasible or not",
        ),
        pytest.param(
            "s1.who.contribution",
            Picture(title="Samen", partners=(PARTNER, Partner(name="Kantelpunt"))),
            Picture(title="Samen", partners=(PARTNER, Partner(name="Kantelpunt", status=PartnerStatus.DROPPED_OUT))),
            id="every partner says what it brings, unless it dropped out",
        ),
        pytest.param(
            "s1.who.willing",
            Picture(title="Samen", partners=(PARTNER, Partner(name="Kantelpunt"))),
            Picture(title="Samen", partners=(PARTNER, Partner(name="Kantelpunt", willing=Rating.NO))),
            id="every partner says whether it wants to",
        ),
        pytest.param(
            "s1.who.needed",
            Picture(title="Samen", pieces=(Piece(name="Woningen"),)),
            Picture(title="Samen", pieces=(Piece(name="Woningen", by=("Woonwerf",)),)),
            id="somebody brings a piece",
        ),
        pytest.param(
            "s1.why.evidence_problem",
            Picture(title="Samen", evidence=(Evidence(text="Werkt elders", about=EvidenceAbout.ANSWER),)),
            Picture(title="Samen", evidence=(Evidence(text="46 jongeren"),)),
            id="evidence on the problem",
        ),
        pytest.param(
            "s1.why.evidence_answers",
            Picture(title="Samen", evidence=(Evidence(text="46 jongeren"),)),
            Picture(title="Samen", evidence=(Evidence(text="Werkt elders", about=EvidenceAbout.ANSWER),)),
            id="evidence on what already works",
        ),
        pytest.param(
            "s1.how.finance",
            Picture(title="Samen", finance=Finance(meeting_hours=40)),
            Picture(
                title="Samen",
                finance=Finance(
                    cost_year=PICTURE.validate_python({"title": "Samen", "finance": {"cost_year": 0}}).finance.cost_year
                ),
            ),
            id="a cost, were it nothing",
        ),
        pytest.param(
            "s2.prep.support",
            Picture(title="Samen", preparation=Preparation(team="Goed idee.")),
            Picture(title="Samen", preparation=Preparation(not_needed="Er komt geen geld of personeel bij kijken.")),
            id="no support service is needed, with a reason",
        ),
        pytest.param(
            "s2.followups",
            Picture(title="Samen", confirmed=Confirmed(conditions=date(2026, 3, 2))),
            Picture(title="Samen", confirmed=Confirmed(followups=date(2026, 3, 2))),
            id="an empty list of points that is confirmed",
        ),
        pytest.param(
            "s2.conditions",
            Picture(title="Samen", confirmed=Confirmed(followups=date(2026, 3, 2))),
            Picture(title="Samen", confirmed=Confirmed(conditions=date(2026, 3, 2))),
            id="an empty list of conditions that is confirmed",
        ),
        pytest.param(
            "s3.back",
            Picture(title="Samen", followups=(replace(POINT, triage=Triage.DROP), POINT)),
            Picture(
                title="Samen",
                followups=(
                    replace(POINT, triage=Triage.DROP),
                    replace(POINT, status=FollowUpStatus.SOLVED),
                    replace(POINT, step=3),
                ),
            ),
            id="every open point of step 1 has its triage",
        ),
        pytest.param(
            "s3.activities",
            Picture(title="Samen", bundles=(Bundle(name="Wonen"),)),
            Picture(title="Samen", bundles=(Bundle(name="Wonen", activities=("huisbezoek",)),)),
            id="an activity in a bundle",
        ),
        pytest.param(
            "s3.bundle.mandate",
            Picture(title="Samen", bundles=(Bundle(name="Wonen", mandate="Beslist over de duur."), Bundle(name="Dag"))),
            Picture(title="Samen", bundles=(Bundle(name="Wonen", mandate="Beslist over de duur."),)),
            id="every bundle has a mandate",
        ),
        pytest.param(
            "s3.ind.result",
            Picture(title="Samen", indicators=(Indicator(kind=IndicatorKind.PROCESS),)),
            Picture(title="Samen", indicators=(Indicator(kind=IndicatorKind.RESULT),)),
            id="a result indicator",
        ),
        pytest.param(
            "s3.ind.process",
            Picture(title="Samen", indicators=(Indicator(kind=IndicatorKind.NONE),)),
            Picture(title="Samen", indicators=(Indicator(kind=IndicatorKind.PROCESS),)),
            id="a process indicator",
        ),
        pytest.param(
            "s4.check.followups",
            Picture(title="Samen", followups=(replace(POINT, status=FollowUpStatus.IN_PROGRESS),)),
            Picture(title="Samen", followups=(replace(POINT, status=FollowUpStatus.LAPSED),)),
            id="every point is solved or lapsed",
        ),
        pytest.param(
            "s4.motivation",
            Picture(title="Samen", decision=Decision(value=GoNoGo.GO)),
            Picture(title="Samen", decision=Decision(value=GoNoGo.GO, motivation="De puzzel klopt.")),
            id="a decision with its motivation",
        ),
    ],
)
def test_a_question_is_answered_once_all_that_it_asks_is_there(slug: str, half: Picture, whole: Picture) -> None:
    assert not is_answered(half, slug)
    assert is_answered(whole, slug)


@pytest.mark.parametrize(
    ("idea", "asked"),
    [
        (EMPTY, False),
        (replace(EMPTY, decision=Decision(value=GoNoGo.GO)), False),
        (replace(EMPTY, verdict=Verdict.QUESTION_MARKS), False),
        (replace(EMPTY, decision=Decision(value=GoNoGo.NO_GO)), True),
        (replace(EMPTY, verdict=Verdict.NOT_OK), True),
    ],
)
def test_what_was_learned_is_asked_when_it_does_not_go_ahead(idea: Picture, asked: bool) -> None:
    assert is_asked(idea, QUESTIONS["s4.talk"]) is asked


def test_the_trajectory_is_not_asked_about_without_tension() -> None:
    assert not is_asked(EMPTY, QUESTIONS["s4.trajectory"])
    assert is_asked(replace(EMPTY, trajectory=Trajectory()), QUESTIONS["s4.trajectory"])


def test_open_questions_are_the_core_questions_of_a_step_in_the_order_of_the_conversation() -> None:
    assert [question.slug for question in open_questions(EMPTY, 0)] == ["s0.origin", "s0.owner"]
    assert [question.slug for question in open_questions(EMPTY, 4)] == [
        "s4.verdict",
        "s4.temperature",
        "s4.decision",
    ]
    begun = replace(EMPTY, challenge="Jongeren vinden geen woonst.", goals=(Goal(text="Wonen"),))
    still_open = [question.slug for question in open_questions(begun, 1)]
    assert still_open[:4] == [
        "s1.why.evidence_problem",
        "s1.why.evidence_answers",
        "s1.goals.clear",
        "s1.goals.feasible",
    ]
    assert not open_questions(WOONKLAAR, 1)


def test_the_next_talk_is_about_the_first_part_with_an_open_question() -> None:
    assert next_talk(EMPTY, 1) is Part.WHY
    assert next_talk(replace(WOONKLAAR, goals=()), 1) is Part.GOALS
    assert next_talk(replace(WOONKLAAR, checks=Checks()), 2) is Part.DRIJFVEER
    assert next_talk(WOONKLAAR, 3) is None
