"""What blocks a go, a no-go and a closing, and what lifts it. Source: domain.md 1.2, 2.1 (A2) and 2.4."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from checks.codes import ConditionStatus, FollowUpStatus, GoNoGo, PartnerStatus, Status, Verdict
from checks.decision import Settings
from checks.gates import (
    DOES_NOT_WORK,
    NO_MOTIVATION,
    NO_VERDICT,
    NOT_MEASURED,
    QUESTIONS_REMAIN,
    TWO_RED_LIGHTS,
    Block,
    blocks_closing,
    blocks_of,
)
from checks.picture import (
    Condition,
    Decision,
    FollowUp,
    Partner,
    Picture,
    Review,
    Talk,
    Trajectory,
    TrajectoryAction,
    Votes,
)

OK, QUESTIONS, NOT_OK = Verdict.OK, Verdict.QUESTION_MARKS, Verdict.NOT_OK
GO, NO_GO = GoNoGo.GO, GoNoGo.NO_GO
WARM, MIXED, COLD = Votes(counts=(0, 0, 1, 2, 3)), Votes(counts=(2, 0, 2, 0, 2)), Votes(counts=(3, 2, 1, 0, 0))
STRICT, CONDITIONAL = Settings(), Settings(allow_conditional_go=True)
NOTE = "De stad wacht niet."

OWNED = FollowUp(text="Uren vrijmaken", owner="HR", due=date(2026, 3, 1))
IDEA = Picture(title="Samen", status=Status.IN_STEP, step=4, verdict=OK, votes=WARM, followups=(OWNED,))

# row, verdict, temperature, decision -> what blocks it as it is, with a conditional go, with the coordinator's note.
TABLE = [
    (1, OK, WARM, GO, None, None, None),
    (2, OK, WARM, NO_GO, None, None, None),
    (3, OK, MIXED, GO, None, None, None),
    (4, OK, MIXED, NO_GO, None, None, None),
    (5, OK, COLD, GO, None, None, None),
    (6, OK, COLD, NO_GO, None, None, None),
    (7, QUESTIONS, WARM, GO, QUESTIONS_REMAIN, None, None),
    (8, QUESTIONS, WARM, NO_GO, None, None, None),
    (9, QUESTIONS, MIXED, GO, QUESTIONS_REMAIN, None, None),
    (10, QUESTIONS, MIXED, NO_GO, None, None, None),
    (11, QUESTIONS, COLD, GO, TWO_RED_LIGHTS, TWO_RED_LIGHTS, None),
    (12, QUESTIONS, COLD, NO_GO, None, None, None),
    (13, NOT_OK, WARM, GO, DOES_NOT_WORK, DOES_NOT_WORK, DOES_NOT_WORK),
    (14, NOT_OK, WARM, NO_GO, None, None, None),
    (15, NOT_OK, MIXED, GO, DOES_NOT_WORK, DOES_NOT_WORK, DOES_NOT_WORK),
    (16, NOT_OK, MIXED, NO_GO, None, None, None),
    (17, NOT_OK, COLD, GO, DOES_NOT_WORK, DOES_NOT_WORK, DOES_NOT_WORK),
    (18, NOT_OK, COLD, NO_GO, None, None, None),
]


@pytest.mark.parametrize(
    ("verdict", "votes", "value", "strict", "conditional", "overridden"),
    [row[1:] for row in TABLE],
    ids=[f"row {row[0]}" for row in TABLE],
)
def test_a_decision_is_blocked_as_its_row_of_the_table_says(
    verdict: Verdict,
    votes: Votes,
    value: GoNoGo,
    strict: Block | None,
    conditional: Block | None,
    overridden: Block | None,
) -> None:
    idea = replace(IDEA, verdict=verdict, votes=votes)

    def told(block: Block | None) -> tuple[Block, ...]:
        return (block,) if block else ()

    assert blocks_of(idea, STRICT, value) == told(strict)
    assert blocks_of(idea, CONDITIONAL, value) == told(conditional)
    assert blocks_of(idea, STRICT, value, override=NOTE) == told(overridden)
    assert blocks_of(idea, CONDITIONAL, value, override=NOTE) == told(overridden)


def test_a_note_that_says_nothing_lifts_nothing() -> None:
    idea = replace(IDEA, verdict=QUESTIONS)
    assert blocks_of(idea, STRICT, GO, override=" \n") == (QUESTIONS_REMAIN,)
    assert blocks_of(replace(IDEA, votes=None), STRICT, GO, not_measured="  ") == (NOT_MEASURED,)


@pytest.mark.parametrize("value", GoNoGo)
def test_nothing_is_decided_before_there_is_a_verdict(value: GoNoGo) -> None:
    idea = replace(IDEA, verdict=None)
    for votes in (WARM, None):
        assert blocks_of(replace(idea, votes=votes), STRICT, value, override=NOTE) == (NO_VERDICT,)


@pytest.mark.parametrize(
    ("verdict", "votes", "note", "blocked"),
    [
        (OK, None, "", True),
        (OK, Votes(counts=(0, 0, 0, 1, 1)), "", True),
        (OK, Votes(counts=(0, 0, 0, 1, 2)), "", False),
        (OK, None, "Het team is met verlof.", False),
        (QUESTIONS, None, "", True),
        (QUESTIONS, None, "Het team is met verlof.", False),
        (NOT_OK, None, "", False),
    ],
)
@pytest.mark.parametrize("value", GoNoGo)
def test_a_decision_without_temperature_needs_a_note_unless_the_proposal_does_not_work(
    value: GoNoGo, verdict: Verdict, votes: Votes | None, note: str, blocked: bool
) -> None:
    blocks = blocks_of(replace(IDEA, verdict=verdict, votes=votes), STRICT, value, not_measured=note)
    assert (NOT_MEASURED in blocks) is blocked
    if value is NO_GO:
        assert len(blocks) == blocked


# ---------- a conditional go


@pytest.mark.parametrize(
    ("point", "carried"),
    [
        (OWNED, True),
        (replace(OWNED, owner=""), False),
        (replace(OWNED, due=None), False),
        (FollowUp(text="Klaar", status=FollowUpStatus.SOLVED), True),
    ],
)
def test_a_conditional_go_asks_who_and_when_of_each_open_point(point: FollowUp, carried: bool) -> None:
    idea = replace(IDEA, verdict=QUESTIONS, followups=(OWNED, point))
    blocks = blocks_of(idea, CONDITIONAL, GO)
    if carried:
        assert blocks == ()
        return
    [block] = blocks
    assert block.why.nl == (
        "Een go onder voorbehoud kan als elk open punt een eigenaar en een datum heeft. Nog niet: “Uren vrijmaken”."
    )
    assert block.place == "control"
    assert blocks_of(idea, STRICT, GO) == (QUESTIONS_REMAIN,)
    assert blocks_of(idea, CONDITIONAL, GO, override=NOTE) == ()
    assert blocks_of(idea, CONDITIONAL, NO_GO) == ()


# ---------- the necessary conditions


def with_conditions(*statuses: ConditionStatus) -> Picture:
    texts = ("De raad keurt het goed.", "Er is een pand.", "Er is een ploeg.", "Er is een regeling.", "Er is geld.")
    return replace(
        IDEA,
        conditions=tuple(Condition(text=text, status=status) for text, status in zip(texts, statuses, strict=False)),
    )


MET, PARTLY, NOT_MET, LOST = (
    ConditionStatus.MET,
    ConditionStatus.PARTLY,
    ConditionStatus.NOT_MET,
    ConditionStatus.CANNOT_BE_MET,
)


@pytest.mark.parametrize(
    ("statuses", "whys"),
    [
        ((MET, MET), []),
        ((NOT_MET,), ["Een noodzakelijke voorwaarde is nog niet voldaan: “De raad keurt het goed”."]),
        ((PARTLY, MET), ["Een noodzakelijke voorwaarde is nog niet voldaan: “De raad keurt het goed”."]),
        ((MET, LOST), ["Een noodzakelijke voorwaarde is niet te halen: “Er is een pand”."]),
        (
            (NOT_MET, PARTLY),
            ["Deze noodzakelijke voorwaarden zijn nog niet voldaan: “De raad keurt het goed” en “Er is een pand”."],
        ),
        (
            (NOT_MET, LOST),
            [
                "Een noodzakelijke voorwaarde is niet te halen: “Er is een pand”.",
                "Een noodzakelijke voorwaarde is nog niet voldaan: “De raad keurt het goed”.",
            ],
        ),
        (
            (NOT_MET,) * 3,
            [
                "Deze noodzakelijke voorwaarden zijn nog niet voldaan: "
                "“De raad keurt het goed”, “Er is een pand” en “Er is een ploeg”."
            ],
        ),
        (
            (NOT_MET,) * 5,
            [
                "Deze noodzakelijke voorwaarden zijn nog niet voldaan: "
                "“De raad keurt het goed”, “Er is een pand”, “Er is een ploeg” en nog andere."
            ],
        ),
        (
            (LOST,) * 2,
            ["Deze noodzakelijke voorwaarden zijn niet te halen: “De raad keurt het goed” en “Er is een pand”."],
        ),
    ],
)
def test_a_go_waits_for_every_necessary_condition_and_names_it(
    statuses: tuple[ConditionStatus, ...], whys: list[str]
) -> None:
    blocks = blocks_of(with_conditions(*statuses), STRICT, GO)
    assert [block.why.nl for block in blocks] == whys
    assert {block.place for block in blocks} <= {"conditions"}


@pytest.mark.parametrize("status", [PARTLY, NOT_MET, LOST])
@pytest.mark.parametrize("verdict", [OK, QUESTIONS, NOT_OK])
def test_no_setting_and_no_note_lifts_a_necessary_condition(verdict: Verdict, status: ConditionStatus) -> None:
    idea = replace(with_conditions(status), verdict=verdict)
    for settings, note in product([STRICT, CONDITIONAL], ["", NOTE]):
        assert "conditions" in {block.place for block in blocks_of(idea, settings, GO, override=note)}
        assert blocks_of(idea, settings, NO_GO, override=note) == ()


def test_a_conditional_go_is_told_of_its_open_condition_only_once() -> None:
    blocks = blocks_of(replace(with_conditions(PARTLY), verdict=QUESTIONS), CONDITIONAL, GO)
    assert [block.place for block in blocks] == ["conditions"]


def test_a_long_condition_is_named_by_its_head_on_one_line() -> None:
    idea = replace(IDEA, conditions=(Condition(text="Lang\nverhaal " * 50),))
    [block] = blocks_of(idea, STRICT, GO)
    assert "\n" not in block.why.nl
    assert "…" in block.why.nl
    assert len(block.why.nl) < 250


def test_several_things_may_block_a_go_together() -> None:
    idea = replace(with_conditions(NOT_MET), verdict=QUESTIONS, votes=None)
    assert [block.place for block in blocks_of(idea, STRICT, GO)] == ["control", "conditions", "temperature"]
    assert [block.place for block in blocks_of(idea, STRICT, NO_GO)] == ["temperature"]


# ---------- closing

PARTNERS = (Partner(name="Woonwerf", status=PartnerStatus.CONFIRMED),)
DONE = date(2026, 5, 4)
RUNNING = replace(
    IDEA,
    status=Status.RUNNING,
    partners=PARTNERS,
    followups=(),
    decision=Decision(value=GO, motivation="We beginnen klein.", review=date(2026, 9, 1), partners_told=DONE),
)
NO = replace(
    RUNNING,
    status=Status.NO_GO,
    votes=MIXED,
    decision=Decision(value=NO_GO, motivation="Te vroeg.", trajectory_skipped="Is besproken.", talk_skipped="Idem."),
    talk=(Talk(with_partners=True, with_team=False),),
)
assert RUNNING.decision is not None
assert NO.decision is not None
PLANNED = Trajectory(aim="Iedereen mee", owner="directie", actions=(TrajectoryAction(text="Gesprek", due=DONE),))


@pytest.mark.parametrize(
    ("idea", "whys"),
    [
        pytest.param(RUNNING, [], id="a go, all done"),
        pytest.param(NO, [], id="a no-go, all done or skipped with a note"),
        pytest.param(replace(RUNNING, status=Status.FINISHED), [], id="finished"),
        pytest.param(replace(RUNNING, reviews=(Review(next=DONE),)), [], id="a review that is still to come"),
        pytest.param(
            replace(RUNNING, decision=replace(RUNNING.decision, motivation=" ")),
            ["De beslissing heeft nog geen motivatie."],
            id="no motivation",
        ),
        pytest.param(
            replace(RUNNING, decision=None), ["De beslissing heeft nog geen motivatie."], id="not even a decision"
        ),
        pytest.param(
            replace(RUNNING, decision=replace(RUNNING.decision, partners_told=None)),
            ["De partners weten het nieuws nog niet."],
            id="the partners do not know",
        ),
        pytest.param(
            replace(RUNNING, decision=replace(RUNNING.decision, review=None)),
            ["De samenwerking is nog niet gestart, of jullie spraken nog niet af wanneer jullie terugkijken."],
            id="no review planned",
        ),
        pytest.param(
            replace(RUNNING, votes=COLD), ["Het traject met je team is nog niet afgerond."], id="no trajectory"
        ),
        pytest.param(
            replace(RUNNING, votes=COLD, trajectory=PLANNED),
            ["Het traject met je team is nog niet afgerond."],
            id="a trajectory that is planned only",
        ),
        pytest.param(
            replace(RUNNING, votes=COLD, trajectory=replace(PLANNED, closed=DONE)), [], id="a trajectory that is closed"
        ),
        pytest.param(
            replace(RUNNING, votes=COLD, decision=replace(RUNNING.decision, trajectory_skipped="Geen tijd.")),
            ["Het traject met je team is nog niet afgerond."],
            id="a required trajectory cannot be skipped",
        ),
        pytest.param(
            replace(NO, decision=replace(NO.decision, trajectory_skipped="")),
            ["Het traject met je team is nog niet afgerond."],
            id="an advised trajectory, neither done nor skipped",
        ),
        pytest.param(
            replace(NO, decision=replace(NO.decision, talk_skipped="")),
            ["Het gesprek met je eigen team moet nog komen."],
            id="an advised talk, neither held nor skipped",
        ),
        pytest.param(
            replace(NO, talk=()), ["Het gesprek met de partners moet nog komen."], id="a required talk is not skipped"
        ),
        pytest.param(
            replace(NO, verdict=NOT_OK, talk=()),
            ["Het gesprek met je eigen team moet nog komen.", "Het gesprek met de partners moet nog komen."],
            id="both talks required",
        ),
    ],
)
def test_an_idea_is_closed_once_its_decision_has_a_motivation_and_all_that_must_follow_is_done(
    idea: Picture, whys: list[str]
) -> None:
    assert [block.why.nl for block in blocks_closing(idea, STRICT)] == whys


def test_only_what_is_advised_may_be_left_out_with_a_reason() -> None:
    assert NO.decision is not None
    advised = replace(NO, decision=replace(NO.decision, trajectory_skipped="", talk_skipped=""), talk=())
    lifts = {block.why.nl: block.lifts.nl for block in blocks_closing(advised, STRICT)}
    may_be_skipped = {why for why, lift in lifts.items() if "waarom jullie het niet doen" in lift}
    assert may_be_skipped == {
        "Het traject met je team is nog niet afgerond.",
        "Het gesprek met je eigen team moet nog komen.",
    }
    assert len(lifts) == 3


# ---------- the words


def test_every_block_says_why_in_one_sentence_and_what_lifts_it() -> None:
    asked = [
        blocks_of(replace(with_conditions(NOT_MET, PARTLY, LOST), verdict=verdict, votes=votes), settings, GO)
        for verdict in (None, *Verdict)
        for votes in (None, COLD, WARM)
        for settings in (STRICT, CONDITIONAL)
    ]
    asked += [blocks_closing(replace(RUNNING, votes=COLD, decision=decision), STRICT) for decision in (
        None, Decision(value=GO), Decision(value=NO_GO)
    )]  # fmt: skip
    blocks = {block for some in asked for block in some}
    assert {block.place for block in blocks} == {"control", "temperature", "decision", "aftercare", "conditions"}
    assert NO_MOTIVATION in blocks
    for block in blocks:
        for words in (block.why, block.lifts):
            assert words.nl.endswith(".")
            assert words.en.endswith(".")
