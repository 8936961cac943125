"""What each signal looks at, how serious it is, when it waits, and on what an acceptance of it rests."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from checks.catalogue import QUESTIONS
from checks.codes import GoNoGo, Need, Rating, Severity, Status, Verb, Verdict
from checks.decision import Settings
from checks.picture import Agreement, Condition, Decision, Flags, FollowUp, Goal, Indicator, Picture, Transition
from checks.signals import RULES, Around, Signal, signals_of
from checks.thresholds import THRESHOLDS
from tests.checks.signals.cases import (
    CASES,
    EARLY,
    LITTLE,
    RESULT,
    TODAY,
    Case,
    bundle,
    bundles,
    days_ago,
    idea,
    income,
    links,
    money,
    no_go,
    partner,
    partners,
    piece,
    running,
    samenwerk,
)
from tests.pictures import ANY, DAYS, pictures

SERIOUS, ATTENTION, INFO = Severity.SERIOUS, Severity.ATTENTION, Severity.INFO
BACKGROUND = {
    *["tips", "why_now", "when", "embedding", "motives", "work", "starting", "legal", "maintaining"],
    *["forms", "coordination", "goals", "puzzle", "bundles", "indicators", "money", "no", "temperature"],
}


def raised(case: Picture | Case, **how: Any) -> tuple[Signal, ...]:
    case = case if isinstance(case, Case) else Case(case)
    asked: dict[str, Any] = {"today": TODAY, "around": case.around}
    return signals_of(case.picture, **asked | how)


def ids(case: Picture | Case, **how: Any) -> set[str]:
    return {signal.id for signal in raised(case, **how)}


def the(signal: str, case: Picture | Case, **how: Any) -> Signal:
    (found,) = [one for one in raised(case, **how) if one.id == signal]
    return found


# ---------- the table

ALL = [f"S{number:02}" for number in range(1, 66)]


def test_all_65_are_there_and_each_has_what_raises_it_and_what_does_not() -> None:
    assert list(RULES) == ALL
    assert list(CASES) == ALL
    assert all(fires and silent for fires, silent in CASES.values())


@pytest.mark.parametrize("signal", ALL)
def test_it_is_raised_by_what_it_is_about(signal: str) -> None:
    for case in CASES[signal][0]:
        assert signal in ids(case), case


@pytest.mark.parametrize("signal", ALL)
def test_it_is_silent_about_what_only_comes_near(signal: str) -> None:
    for case in CASES[signal][1]:
        assert signal not in ids(case), case


@pytest.mark.parametrize("signal", ALL)
def test_it_says_what_it_asks_why_and_what_can_be_done(signal: str) -> None:
    for case in CASES[signal][0]:
        for found in raised(case):
            for words in (found.says, found.why, found.do):
                for text in (words.nl, words.en):
                    assert text == text.strip()
                    assert text.endswith((".", "?", "!", "”"))
                    assert not re.search(r"[{}]|“”|None|\.\.|  ", text), text
    rule = RULES[signal]
    assert rule.background in BACKGROUND
    assert rule.step in range(5)


@pytest.mark.parametrize("signal", ALL)
def test_it_stands_at_a_question_of_the_instrument(signal: str) -> None:
    for case in CASES[signal][0]:
        for found in raised(case):
            assert found.question in {"", *QUESTIONS}
            if found.question:
                assert int(found.question[1]) == found.step


def test_the_serious_ones_come_first() -> None:
    weights = [
        signal.severity for signal in raised(idea(4, idea_owner="", goals=(Goal(text="Wonen", feasible=Rating.NO),)))
    ]
    assert weights == sorted(weights, key=[SERIOUS, ATTENTION, INFO].index)
    assert set(weights) >= {SERIOUS, ATTENTION}


# ---------- one for each thing

EACH = [
    ("S05", idea(goals=(Goal(text="Wonen", clear=Rating.NO), Goal(text="Werken", clear=Rating.UNKNOWN)))),
    ("S08", idea(pieces=(piece("Tolken"), piece("Bus")))),
    ("S09", idea(partners=partners(2))),
    (
        "S17",
        idea(
            partners=(partner("A", willing=Rating.NO), partner("B", willing=Rating.NO)), pieces=(piece("C", "A", "B"),)
        ),
    ),
    (
        "S31",
        idea(
            2,
            checks=samenwerk(no_superfluous=Rating.YES, all_partners=Rating.YES),
            partners=(partner(),),
            pieces=(piece(),),
        ),
    ),
    ("S41", idea(2, conditions=(Condition(text="Voldoende geld"), Condition(text="Liefst in mei")))),
    ("S44", idea(2, followups=(FollowUp(text="Bel het CLB"), FollowUp(text="Vraag een offerte")))),
    ("S45", idea(3, activities=("koken", "poetsen"))),
    ("S46", idea(3, bundles=(bundle("A", mandate=""), bundle("B", mandate="")))),
    ("S51", idea(3, partners=partners(2))),
]


@pytest.mark.parametrize(("signal", "picture"), EACH, ids=[row[0] for row in EACH])
def test_there_is_one_for_each_thing_and_it_names_the_thing(signal: str, picture: Picture) -> None:
    found = [one for one in raised(picture) if one.id == signal]
    assert len(found) == 2
    assert len({one.about for one in found}) == 2
    assert len({one.key for one in found}) == 2
    assert all(one.about for one in found)


def test_what_stands_there_twice_is_told_once() -> None:
    twice = idea(pieces=(piece("Tolken"), piece("Tolken")))
    assert [one.about for one in raised(twice) if one.id == "S08"] == ["Tolken"]


def test_a_long_goal_is_named_in_short_and_kept_whole() -> None:
    long = "Elke jongere vindt\neen woonst " * 30
    found = the("S05", idea(goals=(Goal(text=long, clear=Rating.NO),)))
    assert found.about == long
    assert len(found.says.nl) < 220
    assert "\n" not in found.says.nl


def test_what_people_wrote_is_not_taken_for_a_place_to_fill() -> None:
    assert "“{n} {about}”" in the("S08", idea(pieces=(piece("{n} {about}"),))).says.nl


# ---------- words that depend on the data

WORDS = [
    ("S10", idea(pieces=(piece("Startgeld", "A", "B", "C"),)), "Dit stuk komt van A, B en C."),
    (
        "S13",
        idea(2, finance=money(cost_year=118000, income=(income(60000, certain=True),))),
        "De kosten zijn 118.000 euro per jaar. Zeker is 60.000 euro.",
    ),
    (
        "S31",
        idea(2, checks=samenwerk(all_partners=Rating.YES), pieces=(piece("Tolken"), piece("Bus"))),
        "In de samenwerkcheck staat: ja. In de puzzel van stap 1 gaat het om: Tolken en Bus.",
    ),
    (
        "S44",
        idea(2, followups=(FollowUp(text="Bel", owner="Woonwerf", due=days_ago(1)),)),
        "Het moest klaar zijn op 15 maart 2026, en het staat nog open.",
    ),
    (
        "S63",
        idea(4),
        "Nog geen conclusie, en niet elke vraag beantwoord: drijfveercheck, expertisecheck en samenwerkcheck.",
    ),
]


@pytest.mark.parametrize(("signal", "picture", "why"), WORDS, ids=[row[0] for row in WORDS])
def test_why_names_the_data(signal: str, picture: Picture, why: str) -> None:
    assert the(signal, picture).why.nl == why


@pytest.mark.parametrize(
    ("times", "nl", "en"), [(3, "derde", "third"), (12, "12e", "12th"), (22, "22e", "22nd"), (111, "111e", "111th")]
)
def test_the_times_are_counted_in_words(times: int, nl: str, en: str) -> None:
    says = the("S64", idea(2, round=times)).says
    assert says.nl == f"Je bent voor de {nl} keer in stap 2. Wat blijft haken?"
    assert f"for the {en} time" in says.en


def test_a_partner_that_was_not_asked_is_told_otherwise_than_one_that_says_no() -> None:
    def says(willing: Rating) -> str:
        return the("S17", idea(partners=(partner(willing=willing),), pieces=(piece("Huis", "Woonwerf"),))).says.nl

    assert says(Rating.NO) == "Wil “Woonwerf” dit ook echt?"
    assert says(Rating.UNKNOWN) == "Wil “Woonwerf” dit ook echt? Dat is nog niet gevraagd."


# ---------- how serious

SEVERITY = [
    # signal, what raises it, its severity in step 1, 2, 3 and 4; None while it waits
    ("S05", {"goals": (Goal(text="Wonen", clear=Rating.NO),)}, [ATTENTION, ATTENTION, ATTENTION, SERIOUS]),
    ("S08", {"pieces": (piece("Tolken"),)}, [ATTENTION, ATTENTION, SERIOUS, SERIOUS]),
    ("S12", {}, [None, ATTENTION, SERIOUS, SERIOUS]),
    ("S32", {"partners": partners(5)}, [None, ATTENTION, SERIOUS, SERIOUS]),
    ("S50", {}, [None, None, SERIOUS, SERIOUS]),
    ("S55", {"flags": Flags(client_data_shared=True)}, [ATTENTION, ATTENTION, SERIOUS, SERIOUS]),
]


@pytest.mark.parametrize(("signal", "told", "severities"), SEVERITY, ids=[row[0] for row in SEVERITY])
def test_some_become_serious_on_the_way(signal: str, told: dict[str, Any], severities: list[Severity | None]) -> None:
    found = [{one.id: one.severity for one in raised(idea(step, **told))}.get(signal) for step in range(1, 5)]
    assert found == severities


def test_goals_that_are_not_shared_are_serious_and_those_that_are_in_part_are_not() -> None:
    assert the("S28", idea(2, checks=samenwerk(shared=Rating.NO))).severity is SERIOUS
    assert the("S28", idea(2, checks=samenwerk(shared=Rating.PARTLY))).severity is ATTENTION


# domain.md 3: every other signal has one severity.
OF_OTHERS = {
    SERIOUS: "S01 S13 S22 S24 S27 S39 S63",
    INFO: "S07 S10 S19 S20 S21 S26 S36 S37 S41 S42 S49 S53 S54 S58 S59 S61 S62 S64",
}


def test_the_others_are_as_serious_as_the_domain_says() -> None:
    for severity, told in OF_OTHERS.items():
        assert {rule.id for rule in RULES.values() if rule.severity is severity} == set(told.split())


# ---------- when it waits


@pytest.mark.parametrize("signal", ALL)
def test_signals_of_a_later_step_wait_until_it_opens(signal: str) -> None:
    for case in CASES[signal][0]:
        received = replace(case.picture if isinstance(case, Case) else case, status=Status.RECEIVED, step=None)
        if received.decision is None and RULES[signal].step:
            assert signal not in ids(received)


def test_what_opened_stays_open_for_an_idea_that_was_sent_back() -> None:
    back = (Transition(date=TODAY, from_step=4, to_status=Status.IN_STEP, to_step=1),)
    to_four = Transition(date=days_ago(9), to_status=Status.IN_STEP, to_step=4)
    assert {"S12", "S50"} <= ids(idea(1, transitions=(to_four, *back)))
    assert the("S50", idea(1, transitions=(to_four, *back))).severity is ATTENTION
    assert "S50" not in ids(idea(1))


@pytest.mark.parametrize("status", [Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED, Status.FINISHED])
def test_an_idea_that_ended_is_left_alone(status: Status) -> None:
    assert raised(Case(idea(4, status=status, idea_owner=""), Around(60, 9, ("Woonanker",)))) == ()


def test_a_no_that_came_early_opens_no_later_step() -> None:
    early = no_go(verdict=None, transitions=EARLY, goals=(Goal(text="Wonen"),))
    assert "S03" in ids(early)
    assert not {"S12", "S32", "S43", "S50", "S63"} & ids(early)


def test_a_no_in_step_2_asks_for_a_talk_and_for_nothing_of_step_3() -> None:
    from_step_2 = (EARLY[0], replace(EARLY[1], from_step=2))
    told = no_go(transitions=from_step_2, partners=(partner(),))
    assert "S40" in ids(told)
    assert "S50" not in ids(told)


def test_a_no_that_was_put_into_other_words_stays_where_it_was_taken() -> None:
    again = replace(EARLY[1], date=TODAY, from_status=Status.NO_GO, from_step=4, verb=Verb.DECIDE)
    assert "S50" not in ids(no_go(transitions=(*EARLY, again)))


def test_a_no_of_an_idea_without_a_way_counts_as_taken_in_step_4() -> None:
    assert "S50" in ids(no_go())


# ---------- thresholds and settings

THRESHOLD = [
    # slug, what raises it as it is, a number with which it does not
    ("idle_days", Case(idea(2), Around(idle=30)), 31),
    ("evidence_years", CASES["S04"][0][2], 6),
    ("goals", CASES["S07"][0][0], 6),
    ("bringers", CASES["S10"][0][0], 4),
    ("share_of_one_partner", CASES["S11"][0][0], 70),
    ("share_of_one_source", CASES["S15"][0][0], 90),
    ("organisations_without_coordination", CASES["S32"][0][0], 6),
    ("organisations_that_share_coordination", CASES["S33"][0][0], 8),
    ("talk_days", CASES["S40"][0][0], 30),
    ("conditions", CASES["S42"][0][0], 8),
    ("agreements_of_a_bundle", CASES["S47"][0][0], 8),
    ("agreements_for_each_bundle", CASES["S47"][0][1], 5),
    ("agreements_on_top", CASES["S47"][0][1], 11),
    ("links_for_each_bundle", CASES["S48"][0][0], 3),
    ("indicators", CASES["S53"][0][0], 6),
    ("review_months", CASES["S60"][0][0], 13),
    ("ideas_followed", CASES["S62"][0][0], 6),
    ("rounds", CASES["S64"][0][0], 4),
]


def test_every_threshold_is_tried() -> None:
    assert [row[0] for row in THRESHOLD] == list(THRESHOLDS)


@pytest.mark.parametrize(("slug", "case", "number"), THRESHOLD, ids=[row[0] for row in THRESHOLD])
def test_a_threshold_of_the_organisation_changes_when_it_speaks(slug: str, case: Picture | Case, number: int) -> None:
    signal = THRESHOLDS[slug].signal
    assert signal in ids(case)
    assert signal not in ids(case, thresholds={slug: number})


def test_a_team_of_two_minds_asks_for_a_trajectory_only_where_the_organisation_says_so() -> None:
    mixed = running(verdict=Verdict.OK, votes=replace(LITTLE, counts=(1, 1, 1, 1, 1)))
    assert "S39" not in ids(mixed)
    assert "S39" in ids(mixed, settings=Settings(trajectory_when_mixed=Need.REQUIRED))


# ---------- on what an acceptance rests

CHANGES = [
    # signal, the picture, what changes nothing for it, what does
    (
        "S05",
        idea(goals=(Goal(text="Wonen", clear=Rating.NO),)),
        {"summary": "Anders"},
        {"goals": (Goal(text="Wonen", clear=Rating.UNKNOWN),)},
    ),
    (
        "S08",
        idea(pieces=(piece("Tolken"),)),
        {"pieces": (piece("Tolken", note="Arabisch"),)},
        {"pieces": (piece("Bus"),)},
    ),
    ("S08", idea(2, pieces=(piece("Tolken"),)), {"challenge": "Anders"}, {"step": 3}),
    (
        "S09",
        idea(partners=(partner(),)),
        {"partners": (partner(mandate="Veel"),)},
        {"partners": (partner("Kantelpunt"),)},
    ),
    (
        "S10",
        idea(pieces=(piece("Geld", "A", "B", "C"),)),
        {"pieces": (piece("Geld", "C", "B", "A"),)},
        {"pieces": (piece("Geld", "A", "B", "D"),)},
    ),
    (
        "S13",
        idea(2, finance=money(cost_year=100)),
        {"finance": money(cost_year=100, meeting_hours=9)},
        {"finance": money(cost_year=90)},
    ),
    (
        "S31",
        idea(2, checks=samenwerk(all_partners=Rating.YES), pieces=(piece("A"),)),
        {"partners": (partner(),)},
        {"pieces": (piece("A"), piece("B"))},
    ),
    ("S32", idea(2, partners=partners(5)), {"challenge": "Anders"}, {"partners": partners(6)}),
    (
        "S44",
        idea(2, followups=(FollowUp(text="Bel", owner="A", due=days_ago(3)),)),
        {"challenge": "Anders"},
        {"followups": (FollowUp(text="Bel", owner="A", due=days_ago(2)),)},
    ),
    (
        "S47",
        idea(3, bundles=bundles(2), between=links(8, "Bundel 0", "Bundel 1")),
        {"challenge": "Anders"},
        {"between": links(9, "Bundel 0", "Bundel 1")},
    ),
    (
        "S53",
        idea(3, indicators=(Indicator(kind=RESULT, text="Cijfer"),)),
        {"overall": (Agreement(text="Anders"),)},
        {"indicators": (Indicator(kind=RESULT, text="Ander cijfer"),)},
    ),
    (
        "S65",
        running(decision=Decision(value=GoNoGo.GO, review=days_ago(9))),
        {"challenge": "Anders"},
        {"decision": Decision(value=GoNoGo.GO, review=days_ago(8))},
    ),
]


@pytest.mark.parametrize(("signal", "picture", "other", "own"), CHANGES, ids=[row[0] for row in CHANGES])
def test_an_acceptance_lapses_with_its_data_and_with_nothing_else(
    signal: str, picture: Picture, other: dict[str, Any], own: dict[str, Any]
) -> None:
    def keys(picture: Picture) -> set[str]:
        return {one.key for one in raised(picture) if one.id == signal}

    assert keys(picture)
    assert keys(replace(picture, **other)) == keys(picture)
    assert keys(replace(picture, **own)) != keys(picture)


@pytest.mark.parametrize("signal", ALL)
def test_a_day_that_goes_by_lets_no_acceptance_lapse(signal: str) -> None:
    """Days without anything happening are one more by then."""
    for case in CASES[signal][0]:
        whole = case if isinstance(case, Case) else Case(case)
        idle = whole.around.idle
        later = Case(whole.picture, replace(whole.around, idle=None if idle is None else idle + 1))
        tomorrow = {one.key for one in raised(later, today=TODAY + timedelta(days=1))}
        assert {one.key for one in raised(whole) if one.id == signal} <= tomorrow


def test_an_acceptance_of_silence_lapses_once_something_happened() -> None:
    before = the("S02", Case(idea(2), Around(idle=40)))
    after = the("S02", Case(idea(2), Around(idle=30)), today=TODAY + timedelta(days=35))
    assert before.key != after.key


# ---------- whatever was recorded

PLACES_TO_FILL = {
    name
    for rule in RULES.values()
    for words in (rule.says, rule.why, rule.do)
    for name in re.findall(r"\{\w+\}", words.nl + words.en)
}


@ANY
@given(pictures(), DAYS)
def test_no_picture_raises_an_error_and_every_word_is_filled_in(picture: Picture, today: Any) -> None:
    found = signals_of(picture, today=today, around=Around(40, 9, ("{{ title }}", "")))
    assert len({one.key for one in found}) == len(found)
    for one in found:
        for words in (one.says, one.why, one.do):
            for text in (words.nl, words.en):
                assert text
                assert not PLACES_TO_FILL & set(re.findall(r"\{\w+\}", text))


@ANY
@given(pictures(full=True))
def test_no_picture_that_is_full_raises_an_error(picture: Picture) -> None:
    for status in Status:
        signals_of(replace(picture, status=status), today=TODAY)


def test_a_picture_with_a_title_only_raises_nothing_but_that_nobody_follows_it() -> None:
    assert ids(Picture(title="Idee")) == {"S01"}
