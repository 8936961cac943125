"""What can be done with an idea where it stands, and what a step leaves behind. Source: domain.md 1.2, 2.1 (A7)."""

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
import yaml

from checks.codes import FollowUpStatus, GoNoGo, Origin, Role, Status, Theme, Verb
from checks.picture import (
    PICTURE,
    Control,
    Decision,
    Finance,
    FollowUp,
    Goal,
    OriginOfIdea,
    Picture,
    Transition,
)
from checks.way import (
    FROM,
    MAY_TAKE_IN,
    back_to,
    is_possible,
    may_be_deleted,
    missing_before,
    points_by_step,
    why_not,
)

WOONKLAAR = PICTURE.validate_python(
    yaml.safe_load(Path(__file__).parents[2].joinpath("ideas", "demo", "woonklaar.yaml").read_text(encoding="utf-8"))[
        "ideas"
    ][0]
)

# Where an idea stands: status, step, with a current decision, closed -> everything that can be done with it.
POSSIBLE: list[tuple[str, Status, int | None, bool, bool, set[str]]] = [
    ("received", Status.RECEIVED, None, False, False, {"take_up", "decline", "park", "merge"}),
    ("parked", Status.PAUSED, None, False, False, {"take_up", "decline", "resume", "merge"}),
    ("step 1", Status.IN_STEP, 1, False, False, {"move_on", "pause", "stop", "hand_over", "merge", "decide"}),
    (
        "step 2",
        Status.IN_STEP,
        2,
        False,
        False,
        {"move_on", "send_back", "pause", "stop", "hand_over", "merge", "decide"},
    ),
    (
        "step 3",
        Status.IN_STEP,
        3,
        False,
        False,
        {"move_on", "send_back", "pause", "stop", "hand_over", "merge", "decide"},
    ),
    ("step 4", Status.IN_STEP, 4, False, False, {"send_back", "pause", "stop", "hand_over", "merge", "decide"}),
    ("a go that waits", Status.IN_STEP, 4, True, False, {"start", "decide", "hand_over"}),
    ("a go that waits in step 2", Status.IN_STEP, 2, True, False, {"start", "decide", "hand_over"}),
    ("paused", Status.PAUSED, 2, False, False, {"resume", "stop", "hand_over", "merge"}),
    ("stopped", Status.STOPPED, 3, False, False, {"reopen"}),
    ("not followed", Status.NOT_FOLLOWED, None, False, False, {"reopen"}),
    ("merged", Status.MERGED, 2, False, False, {"unmerge"}),
    ("merged before it was taken up", Status.MERGED, None, False, False, {"unmerge"}),
    ("no go", Status.NO_GO, 4, True, False, {"decide", "close", "reopen", "hand_over"}),
    ("no go, closed", Status.NO_GO, 4, True, True, {"reopen", "hand_over"}),
    ("running", Status.RUNNING, 4, True, False, {"renew", "decide", "finish", "close", "hand_over"}),
    ("running, closed", Status.RUNNING, 4, True, True, {"renew", "finish", "hand_over"}),
    ("finished", Status.FINISHED, 4, True, False, {"close"}),
    ("finished, closed", Status.FINISHED, 4, True, True, set()),
]


@pytest.mark.parametrize(
    ("status", "step", "decided", "closed", "possible"), [row[1:] for row in POSSIBLE], ids=[row[0] for row in POSSIBLE]
)
def test_what_can_be_done_with_an_idea_follows_from_where_it_stands(
    status: Status, step: int | None, decided: bool, closed: bool, possible: set[str]
) -> None:
    assert {
        verb.value for verb in Verb if is_possible(verb, status=status, step=step, decided=decided, closed=closed)
    } == possible


def test_the_table_names_every_status_and_every_verb_but_the_first() -> None:
    assert {row[1] for row in POSSIBLE} == set(Status)
    assert {verb for row in POSSIBLE for verb in row[5]} == {verb.value for verb in Verb} - {"receive"}


def test_nothing_is_done_from_a_status_that_the_table_does_not_give_it() -> None:
    assert set(FROM) == set(Verb)
    for _, status, step, decided, closed, possible in POSSIBLE:
        assert possible <= {verb.value for verb in Verb if status in FROM[verb]}, (status, step, decided, closed)


def test_whatever_cannot_be_done_is_told_with_what_to_do_instead() -> None:
    for verb, (_, status, step, decided, closed, possible) in product(Verb, POSSIBLE):
        told = why_not(verb, status=status, step=step, decided=decided, closed=closed)
        assert (told is None) is (verb.value in possible)
        if told:
            for text in (told.nl, told.en):
                assert text.endswith((".", "?")), text
                assert text.count(".") + text.count("?") + text.count(":") >= 2, text


@pytest.mark.parametrize(
    ("verb", "status", "step", "words"),
    [
        (Verb.MOVE_ON, Status.RECEIVED, None, "Neem het eerst op"),
        (Verb.STOP, Status.RECEIVED, None, "Bedank er dan voor"),
        (Verb.PAUSE, Status.RECEIVED, None, "Parkeer het dan"),
        (Verb.STOP, Status.PAUSED, None, "Bedank er dan voor"),
        (Verb.HAND_OVER, Status.PAUSED, None, "geparkeerd"),
        (Verb.MOVE_ON, Status.IN_STEP, 4, "laatste stap"),
        (Verb.SEND_BACK, Status.IN_STEP, 1, "eerste stap"),
        (Verb.PARK, Status.IN_STEP, 2, "Pauzeer het dan"),
        (Verb.DECLINE, Status.IN_STEP, 2, "Stop het dan"),
        (Verb.START, Status.IN_STEP, 4, "nog geen go"),
        (Verb.CLOSE, Status.IN_STEP, 4, "nog niets beslist"),
        (Verb.TAKE_UP, Status.PAUSED, 2, "Hervat het eerst"),
        (Verb.DECLINE, Status.PAUSED, 2, "Stop het dan"),
        (Verb.DECIDE, Status.STOPPED, 2, "Open het dan opnieuw"),
        (Verb.REOPEN, Status.MERGED, 2, "maak het eerst weer los"),
        (Verb.UNMERGE, Status.RUNNING, 4, "staat op zichzelf"),
        (Verb.SEND_BACK, Status.RUNNING, 4, "Rond het dan af"),
        (Verb.REOPEN, Status.FINISHED, 4, "als een nieuw idee"),
        (Verb.RECEIVE, Status.RECEIVED, None, "al ontvangen"),
    ],
)
def test_the_sentence_fits_what_was_asked(verb: Verb, status: Status, step: int | None, words: str) -> None:
    told = why_not(verb, status=status, step=step, decided=False, closed=False)
    assert told is not None
    assert words in told.nl


@pytest.mark.parametrize("verb", [Verb.SEND_BACK, Verb.PAUSE, Verb.STOP, Verb.MERGE, Verb.CLOSE])
def test_a_go_that_waits_is_started_or_decided_again_first(verb: Verb) -> None:
    told = why_not(verb, status=Status.IN_STEP, step=4, decided=True, closed=False)
    assert told is not None
    assert told.nl.startswith("Er is een go, maar het idee is nog niet gestart.")


@pytest.mark.parametrize(
    ("verb", "status", "words"),
    [
        (Verb.CLOSE, Status.RUNNING, "al afgesloten"),
        (Verb.CLOSE, Status.NO_GO, "al afgesloten"),
        (Verb.CLOSE, Status.FINISHED, "al afgesloten"),
        (Verb.DECIDE, Status.NO_GO, "Open het dan opnieuw"),
        (Verb.DECIDE, Status.RUNNING, "de beslissing ligt vast"),
        (Verb.DECIDE, Status.FINISHED, "als een nieuw idee"),
    ],
)
def test_what_is_closed_says_so(verb: Verb, status: Status, words: str) -> None:
    told = why_not(verb, status=status, step=4, decided=True, closed=True)
    assert told is not None
    assert words in told.nl


def test_an_idea_that_ended_takes_no_other_in() -> None:
    assert set(Status) - MAY_TAKE_IN == {
        Status.STOPPED,
        Status.NOT_FOLLOWED,
        Status.MERGED,
        Status.NO_GO,
        Status.FINISHED,
    }


# ---------- an idea that may disappear

RECEIVED = Picture(
    title="Woonklaar",
    slug="woonklaar",
    own_org="Lindeveer vzw",
    summary="Jongeren helpen aan een woning.",
    received=date(2026, 1, 5),
    answer_needed_by=date(2026, 2, 1),
    revisit_on=date(2026, 3, 1),
    origin=OriginOfIdea(type=Origin.OWN_IDEA, text="Uit het teamoverleg.", brought_by="een begeleider"),
    idea_owner="teamcoach",
    team="Team onthaal",
    confidential=True,
    themes=(Theme.HOUSING,),
    transitions=(Transition(date=date(2026, 1, 5), verb=Verb.RECEIVE, to_status=Status.RECEIVED, role=Role.OWN_TEAM),),
)
EXERCISE = replace(
    RECEIVED, test=True, status=Status.IN_STEP, step=3, challenge="Oefenen.", goals=(Goal(text="Zien."),)
)
GO = Decision(value=GoNoGo.GO)


@pytest.mark.parametrize(
    ("idea", "deletable"),
    [
        pytest.param(Picture(title="Per ongeluk"), True, id="only a title"),
        pytest.param(RECEIVED, True, id="all that the intake asks"),
        pytest.param(replace(RECEIVED, status=Status.IN_STEP, step=2, round=3), True, id="taken up, nothing recorded"),
        pytest.param(replace(RECEIVED, status=Status.NOT_FOLLOWED), True, id="declined"),
        pytest.param(replace(RECEIVED, challenge="Geen woning."), False, id="a challenge"),
        pytest.param(replace(RECEIVED, goals=(Goal(text="Wonen."),)), False, id="a goal"),
        pytest.param(replace(RECEIVED, control=Control(note="Gezien.")), False, id="a note of the control"),
        pytest.param(EXERCISE, True, id="an exercise"),
        pytest.param(replace(EXERCISE, test=False), False, id="the same, but no exercise"),
        pytest.param(replace(EXERCISE, decision=GO), False, id="an exercise that was decided"),
        pytest.param(replace(EXERCISE, earlier_decisions=(GO,)), False, id="an exercise that was decided once"),
        pytest.param(replace(RECEIVED, earlier_decisions=(GO,)), False, id="decided once"),
        pytest.param(
            replace(RECEIVED, status=Status.MERGED, merged_into="ander"), False, id="it goes on in another idea"
        ),
        pytest.param(
            replace(EXERCISE, status=Status.MERGED, merged_into="ander"), False, id="an exercise in another idea"
        ),
    ],
)
def test_only_an_exercise_or_an_empty_idea_may_disappear(idea: Picture, deletable: bool) -> None:
    assert may_be_deleted(idea) is deletable


# ---------- what a step leaves behind


def point(text: str, step: int | None, status: FollowUpStatus = FollowUpStatus.OPEN) -> FollowUp:
    return FollowUp(text=text, step=step, status=status)


POINTS = (
    point("Tolken zoeken", 3),
    point("Rol van het CLB", 1),
    point("Bezig", 3, FollowUpStatus.IN_PROGRESS),
    point("Nergens bij", None),
    point("Opgelost", 2, FollowUpStatus.SOLVED),
    point("Vervallen", 1, FollowUpStatus.LAPSED),
)


def test_the_open_points_are_told_by_the_step_that_they_name() -> None:
    idea = Picture(title="Brug", followups=POINTS)
    assert {step: [row.text for row in rows] for step, rows in points_by_step(idea).items()} == {
        1: ["Rol van het CLB"],
        3: ["Tolken zoeken", "Bezig"],
    }
    assert list(points_by_step(idea)) == [1, 3]
    assert points_by_step(Picture(title="Brug")) == {}


@pytest.mark.parametrize(
    ("points", "step"),
    [
        ((), 1),
        (POINTS, 1),
        ((point("a", 3), point("b", 2)), 2),
        ((point("a", 3), point("b", 4)), 3),
        ((point("a", 4),), 1),
        ((point("a", None),), 1),
        ((point("a", 2, FollowUpStatus.SOLVED), point("b", 3)), 3),
        ((point("a", None), point("b", 3)), 3),
    ],
)
def test_question_marks_return_to_the_lowest_step_that_an_open_point_names(
    points: tuple[FollowUp, ...], step: int
) -> None:
    assert back_to(Picture(title="Brug", followups=points)) == step


def test_what_is_missing_is_told_in_the_order_of_the_conversation_with_the_open_points_last() -> None:
    missing = missing_before(Picture(title="Brug", followups=POINTS), 1)
    assert [words.nl for words in missing] == [
        "Aan welke maatschappelijke uitdaging wil je iets doen?",
        "Wat weet je al over dit probleem? Welke cijfers en inzichten zijn recent?",
        "Wat werkt al, hier of elders, als antwoord op dit probleem?",
        "Wat wil je met dit idee bereiken?",
        "Hoe wil je de doelen bereiken?",
        "Welke puzzelstukken heb je nodig?",
        "Het financiële kader is nog leeg.",
        "Welke partners heb je nodig om alle puzzelstukken te leggen?",
        "Wie is er nu al bij betrokken?",
        "Rol van het CLB",
    ]
    assert all(words.en for words in missing)
    assert not any(character.isdigit() for words in missing for character in words.nl)


@pytest.mark.parametrize(
    ("finance", "words"),
    [
        (Finance(), ["Het financiële kader is nog leeg."]),
        (Finance(meeting_hours=20), ["Welk geld is er nodig en waar komt het vandaan?"]),
        (Finance(text="Elk zijn eigen uren."), []),
    ],
)
def test_an_empty_financial_frame_is_named_instead_of_its_question(finance: Finance, words: list[str]) -> None:
    missing = [told.nl for told in missing_before(Picture(title="Brug", finance=finance), 1)]
    assert [told for told in missing if "financ" in told or "geld" in told] == words


def test_what_is_missing_is_that_of_the_step_which_is_left() -> None:
    missing = [words.nl for words in missing_before(Picture(title="Brug", followups=POINTS), 3)]
    assert missing[0] == "Moet je voor dit opvolgpunt terug naar stap 1?"
    assert missing[-2:] == ["Tolken zoeken", "Bezig"]
    assert "Het financiële kader is nog leeg." not in missing


@pytest.mark.parametrize("step", [1, 2, 3])
def test_nothing_is_missing_once_all_was_talked_about(step: int) -> None:
    assert missing_before(WOONKLAAR, step) == ()
    assert missing_before(replace(WOONKLAAR, followups=(point("Nog navragen", step),)), step)[-1].nl == "Nog navragen"
