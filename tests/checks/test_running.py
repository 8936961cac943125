"""A collaboration that runs: since when, the pulse beside last time, what was expected beside what is seen."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from checks.codes import Benefit, GoNoGo, IndicatorKind, Rating, Status, Verb
from checks.picture import (
    Checks,
    Decision,
    Goal,
    Indicator,
    Measure,
    Partner,
    Picture,
    Pulse,
    Rated,
    Review,
    Samenwerkcheck,
    Transition,
)
from checks.running import (
    ASKED_AGAIN,
    INTERNAL_CHECK,
    Movement,
    a_year_after,
    beside,
    entered_running,
    is_or_was_running,
    pulse_due,
    runs_since,
    voices,
)
from tests.pictures import ANY, pictures

US, WONEN = "Lindeveer", "Woonwerf"
LAST_YEAR, THIS_YEAR = date(2025, 6, 1), date(2026, 6, 1)
GO = Decision(value=GoNoGo.GO, date=date(2025, 1, 10), motivation="De puzzel klopt.")
RUNS = Picture(title="x", own_org=US, status=Status.RUNNING, step=4, decision=GO, partners=(Partner(name=WONEN),))
STARTED = Transition(
    date=date(2024, 3, 1), verb=Verb.START, from_status=Status.RECEIVED, to_status=Status.RUNNING, round=1
)
ENTERED = Picture(title="x", own_org=US, status=Status.RUNNING, transitions=(STARTED,))


def test_it_runs_since_its_start_or_else_since_the_go() -> None:
    assert runs_since(RUNS) == date(2025, 1, 10)
    assert runs_since(replace(RUNS, transitions=(STARTED,))) == date(2024, 3, 1)
    assert runs_since(Picture(title="x")) is None


def test_what_ran_already_had_no_decision_until_one_is_taken() -> None:
    assert entered_running(ENTERED) is STARTED
    assert entered_running(replace(ENTERED, decision=GO)) is None
    assert entered_running(RUNS) is None


@pytest.mark.parametrize(
    ("picture", "runs"),
    [
        (RUNS, True),
        (replace(RUNS, status=Status.FINISHED), True),
        (replace(RUNS, status=Status.IN_STEP), True),
        (replace(RUNS, status=Status.NO_GO, decision=Decision(value=GoNoGo.NO_GO)), False),
        (Picture(title="x", status=Status.IN_STEP, step=1), False),
    ],
)
def test_there_is_something_to_follow_after_a_go(picture: Picture, runs: bool) -> None:
    assert is_or_was_running(picture) is runs


def test_a_pulse_is_compared_with_the_one_before_of_the_same_voice() -> None:
    first = Pulse(date=LAST_YEAR, who=WONEN, equal=Rating.PARTLY, shared=Rating.YES, beyond=Rating.YES)
    again = Pulse(
        date=THIS_YEAR, who=WONEN, equal=Rating.YES, shared=Rating.NO, beyond=Rating.YES, atmosphere=Rating.YES
    )
    [voice] = voices(replace(RUNS, pulses=(again, first)))
    assert (voice.pulse, voice.before) == (again, LAST_YEAR)
    moved = {answer.question.slug: answer.movement for answer in voice.answers}
    assert moved == {
        "s2.collab.beyond": Movement.SAME,
        "s2.collab.shared": Movement.WORSE,
        "s2.collab.equal": Movement.BETTER,
        "s2.collab.atmosphere": None,
    }
    assert [answer.question.slug for answer in voice.moved] == ["s2.collab.shared", "s2.collab.equal"]


def test_what_nobody_knows_does_not_move() -> None:
    first = Pulse(date=LAST_YEAR, who=WONEN, equal=Rating.UNKNOWN)
    again = Pulse(date=THIS_YEAR, who=WONEN, equal=Rating.YES)
    [voice] = voices(replace(RUNS, pulses=(first, again)))
    assert [answer.movement for answer in voice.answers] == [None]


def test_our_own_first_pulse_is_compared_with_the_internal_check() -> None:
    checks = Checks(samenwerk=Samenwerkcheck(equal=Rated(value=Rating.NO)))
    pulses = (Pulse(date=THIS_YEAR, who=WONEN, equal=Rating.YES), Pulse(date=THIS_YEAR, who=US, equal=Rating.YES))
    ours, theirs = voices(replace(RUNS, checks=checks, pulses=pulses))
    assert (ours.pulse.who, ours.before, [one.movement for one in ours.answers]) == (
        US,
        INTERNAL_CHECK,
        [Movement.BETTER],
    )
    assert (theirs.before, [one.movement for one in theirs.answers]) == (None, [None])


def test_a_partner_who_left_still_has_a_voice() -> None:
    pulses = (Pulse(date=THIS_YEAR, who="Vertrokken", equal=Rating.YES), Pulse(date=THIS_YEAR, who=WONEN))
    assert [voice.pulse.who for voice in voices(replace(RUNS, pulses=pulses))] == [WONEN, "Vertrokken"]


def test_a_pulse_asks_the_ratings_of_the_samenwerkcheck_again() -> None:
    assert {question.slug for question in ASKED_AGAIN.values()} == {f"s2.collab.{name}" for name in ASKED_AGAIN}
    assert set(ASKED_AGAIN) <= set(Samenwerkcheck.__slots__)


def test_the_pulse_comes_a_year_after_the_last_one_or_the_start() -> None:
    assert pulse_due(RUNS) == date(2026, 1, 10)
    assert pulse_due(replace(RUNS, pulses=(Pulse(date=THIS_YEAR, who=US),))) == date(2027, 6, 1)
    assert pulse_due(replace(RUNS, status=Status.FINISHED)) is None
    assert a_year_after(date(2024, 2, 29)) == date(2025, 2, 28)


def test_what_was_expected_stands_beside_what_is_seen() -> None:
    expected = replace(
        RUNS,
        goals=(Goal(text="Twintig jongeren wonen."),),
        benefits=(Benefit.QUALITY,),
        indicators=(Indicator(kind=IndicatorKind.RESULT, text="Woningen", target="6"),),
    )
    now = replace(
        expected,
        goals=(Goal(text="Later veranderd."),),
        reviews=(
            Review(date=LAST_YEAR, benefits_seen=(Benefit.QUALITY,)),
            Review(date=THIS_YEAR, text="Vijf jongeren.", works=Rating.PARTLY),
            Review(next=date(2027, 1, 1)),
        ),
        indicators=(
            replace(
                expected.indicators[0],
                measures=(Measure(date=THIS_YEAR, value="5"), Measure(date=LAST_YEAR, value="2")),
            ),
        ),
    )
    told = {
        one.name.nl: ([words.nl for words in one.expected], [words.nl for words in one.seen])
        for one in beside(expected, now)
    }
    assert told == {
        "Waarom we ervoor gingen": (["De puzzel klopt."], ["Vijf jongeren."]),
        "Doelen": (["Twintig jongeren wonen."], ["Werkt het nog zoals bedoeld? Deels."]),
        "Wat het oplevert": (["betere dienstverlening"], ["betere dienstverlening"]),
        "Woningen": (["6"], ["5"]),
    }


def test_where_nothing_was_expected_or_seen_nothing_is_told() -> None:
    assert beside(Picture(title="x"), Picture(title="x")) == ()


@ANY
@given(pictures())
def test_nothing_that_people_record_makes_it_fail(whole: Picture) -> None:
    voices(whole)
    beside(whole, whole)
    pulse_due(whole)
