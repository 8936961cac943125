"""Step 4: the suggested verdict, and the 18 rows of what a decision asks for. Source of the cases: domain.md 2."""

from dataclasses import replace
from datetime import date

import pytest

from checks.codes import (
    Band,
    Conclusion,
    ConditionStatus,
    FollowUpStatus,
    GoNoGo,
    Need,
    Origin,
    PartnerStatus,
    Status,
    Verb,
    Verdict,
)
from checks.decision import (
    MustFollow,
    Reason,
    Settings,
    Start,
    TalkWith,
    follows_from,
    is_early,
    must_follow,
    partners_wait_for_an_answer,
    row_of,
    suggested_verdict,
    talks_owed,
)
from checks.picture import (
    Checks,
    Condition,
    Confirmed,
    Decision,
    Drijfveercheck,
    Expertisecheck,
    FollowUp,
    OriginOfIdea,
    Partner,
    Picture,
    Samenwerkcheck,
    Talk,
    Transition,
    Votes,
)

OK, QUESTIONS, NOT_OK = Verdict.OK, Verdict.QUESTION_MARKS, Verdict.NOT_OK
MUCH, MIXED, LITTLE, UNKNOWN = Band.MUCH, Band.MIXED, Band.LITTLE, Band.UNKNOWN
GO, NO_GO = GoNoGo.GO, GoNoGo.NO_GO
REQUIRED, ADVISED, NONE = Need.REQUIRED, Need.ADVISED, Need.NONE
NOW, AFTER, CONDITIONAL = Start.NOW, Start.AFTER_TRAJECTORY, Start.CONDITIONAL
BLOCKED, NOT_APPLICABLE = Start.BLOCKED, Start.NOT_APPLICABLE

# row, verdict, temperature, decision -> start, trajectory, talk with the team, talk with waiting partners,
# months until the first review. Row by row as in domain.md 2.4.
TABLE = [
    (1, OK, MUCH, GO, NOW, NONE, NONE, NONE, 6),
    (2, OK, MUCH, NO_GO, None, REQUIRED, ADVISED, REQUIRED, None),
    (3, OK, MIXED, GO, NOW, ADVISED, NONE, NONE, 3),
    (4, OK, MIXED, NO_GO, None, ADVISED, ADVISED, REQUIRED, None),
    (5, OK, LITTLE, GO, AFTER, REQUIRED, NONE, NONE, 3),
    (6, OK, LITTLE, NO_GO, None, NONE, ADVISED, REQUIRED, None),
    (7, QUESTIONS, MUCH, GO, BLOCKED, NONE, NONE, NONE, None),
    (8, QUESTIONS, MUCH, NO_GO, None, REQUIRED, ADVISED, REQUIRED, None),
    (9, QUESTIONS, MIXED, GO, BLOCKED, NONE, NONE, NONE, None),
    (10, QUESTIONS, MIXED, NO_GO, None, ADVISED, ADVISED, REQUIRED, None),
    (11, QUESTIONS, LITTLE, GO, BLOCKED, NONE, NONE, NONE, None),
    (12, QUESTIONS, LITTLE, NO_GO, None, NONE, ADVISED, REQUIRED, None),
    (13, NOT_OK, MUCH, GO, NOT_APPLICABLE, NONE, NONE, NONE, None),
    (14, NOT_OK, MUCH, NO_GO, None, ADVISED, REQUIRED, REQUIRED, None),
    (15, NOT_OK, MIXED, GO, NOT_APPLICABLE, NONE, NONE, NONE, None),
    (16, NOT_OK, MIXED, NO_GO, None, NONE, REQUIRED, REQUIRED, None),
    (17, NOT_OK, LITTLE, GO, NOT_APPLICABLE, NONE, NONE, NONE, None),
    (18, NOT_OK, LITTLE, NO_GO, None, NONE, REQUIRED, REQUIRED, None),
]


@pytest.mark.parametrize(
    (
        "row",
        "verdict",
        "temperature",
        "decision",
        "start",
        "trajectory",
        "talk_team",
        "talk_partners",
        "review_months",
    ),
    TABLE,
    ids=[f"row {row[0]}" for row in TABLE],
)
def test_a_decision_asks_for_what_its_row_of_the_table_says(
    row: int,
    verdict: Verdict,
    temperature: Band,
    decision: GoNoGo,
    start: Start | None,
    trajectory: Need,
    talk_team: Need,
    talk_partners: Need,
    review_months: int | None,
) -> None:
    follows = must_follow(verdict, temperature, decision, partners_wait=True)
    assert follows == MustFollow(
        row=row,
        start=start,
        trajectory=trajectory,
        talk_team=talk_team,
        talk_partners=talk_partners,
        review_months=review_months,
        remark=follows.remark,
    )
    # Where nobody outside waits for an answer, only the talk with partners falls away.
    assert must_follow(verdict, temperature, decision, partners_wait=False) == replace(follows, talk_partners=NONE)
    assert follows.allowed is (start not in {BLOCKED, NOT_APPLICABLE})
    assert follows.remark.nl.strip()
    assert follows.remark.en.strip()


def test_the_table_has_every_combination_once() -> None:
    assert len({(verdict, warmth, decision) for _, verdict, warmth, decision, *_ in TABLE}) == 18


def test_the_table_says_that_the_team_is_let_down_or_not_yet_on_board() -> None:
    let_down = must_follow(OK, MUCH, NO_GO, partners_wait=False).remark
    assert let_down.nl.startswith("Je team had zin in dit idee en het gaat niet door.")
    assert let_down.en.startswith("Your team was keen and it is not going ahead.")
    not_on_board = must_follow(OK, LITTLE, GO, partners_wait=False).remark
    assert not_on_board.nl.startswith("Jullie gaan ervoor, maar je team is nog niet mee.")
    assert not_on_board.en.startswith("You go ahead, but your team is not on board yet.")


@pytest.mark.parametrize(
    ("verdict", "decision", "row"),
    [(OK, GO, 3), (OK, NO_GO, 4), (QUESTIONS, GO, 9), (QUESTIONS, NO_GO, 10), (NOT_OK, GO, 15), (NOT_OK, NO_GO, 16)],
)
def test_a_temperature_that_was_not_taken_is_treated_as_mixed(verdict: Verdict, decision: GoNoGo, row: int) -> None:
    assert row_of(verdict, UNKNOWN, decision) == row
    not_taken = must_follow(verdict, UNKNOWN, decision, partners_wait=True)
    mixed = must_follow(verdict, MIXED, decision, partners_wait=True)
    assert replace(not_taken, remark=mixed.remark) == mixed


@pytest.mark.parametrize("chosen", [Settings(), Settings(allow_conditional_go=True)])
@pytest.mark.parametrize("decision", GoNoGo)
@pytest.mark.parametrize("verdict", [OK, QUESTIONS])
def test_nothing_is_said_of_what_the_team_thinks_when_its_temperature_was_not_taken(
    verdict: Verdict, decision: GoNoGo, chosen: Settings
) -> None:
    remark = must_follow(verdict, UNKNOWN, decision, partners_wait=True, settings=chosen).remark
    assert remark.nl.startswith("De temperatuur van het team is niet gemeten. Praat met je team")
    assert remark.en.startswith("The temperature of the team was not taken. Talk with your team")
    assert not any(word in remark.nl + remark.en for word in ("twijfelt", "deel van het team", "doubt", "was keen"))


@pytest.mark.parametrize("temperature", Band)
def test_a_go_with_question_marks_that_goes_on_is_not_sent_back(temperature: Band) -> None:
    blocked = must_follow(QUESTIONS, temperature, GO, partners_wait=False)
    assert "terug" in blocked.remark.nl
    goes_on = must_follow(QUESTIONS, temperature, GO, partners_wait=False, overridden=True)
    assert "elk open punt een eigenaar en een datum" in goes_on.remark.nl
    assert "each open point has an owner and a date" in goes_on.remark.en
    assert "terug" not in goes_on.remark.nl
    assert ("een traject" in goes_on.remark.nl) is (temperature is LITTLE)


# ---------- where the organisation may choose (A2, A3), and where the coordinator steps in


CONDITIONAL_GO = Settings(allow_conditional_go=True)


@pytest.mark.parametrize(
    ("row", "verdict", "temperature", "chosen", "overridden", "start", "trajectory"),
    [
        pytest.param(7, QUESTIONS, MUCH, CONDITIONAL_GO, False, CONDITIONAL, NONE, id="7 conditional"),
        pytest.param(7, QUESTIONS, MUCH, Settings(), True, CONDITIONAL, NONE, id="7 overridden"),
        pytest.param(9, QUESTIONS, MIXED, CONDITIONAL_GO, False, CONDITIONAL, ADVISED, id="9 conditional"),
        pytest.param(9, QUESTIONS, MIXED, Settings(), True, CONDITIONAL, ADVISED, id="9 overridden"),
        pytest.param(9, QUESTIONS, UNKNOWN, CONDITIONAL_GO, False, CONDITIONAL, ADVISED, id="9 not measured"),
        pytest.param(11, QUESTIONS, LITTLE, CONDITIONAL_GO, False, BLOCKED, NONE, id="11 conditional: two red lights"),
        pytest.param(11, QUESTIONS, LITTLE, Settings(), True, AFTER, REQUIRED, id="11 overridden"),
        pytest.param(11, QUESTIONS, LITTLE, CONDITIONAL_GO, True, AFTER, REQUIRED, id="11 both"),
        pytest.param(13, NOT_OK, MUCH, CONDITIONAL_GO, True, NOT_APPLICABLE, NONE, id="13 stays as it is"),
        pytest.param(15, NOT_OK, MIXED, CONDITIONAL_GO, True, NOT_APPLICABLE, NONE, id="15 stays as it is"),
        pytest.param(17, NOT_OK, LITTLE, CONDITIONAL_GO, True, NOT_APPLICABLE, NONE, id="17 stays as it is"),
        pytest.param(1, OK, MUCH, CONDITIONAL_GO, True, NOW, NONE, id="1 stays as it is"),
        pytest.param(5, OK, LITTLE, CONDITIONAL_GO, True, AFTER, REQUIRED, id="5 stays as it is"),
    ],
)
def test_a_go_with_question_marks_is_conditional_or_overridden(
    row: int,
    verdict: Verdict,
    temperature: Band,
    chosen: Settings,
    overridden: bool,
    start: Start,
    trajectory: Need,
) -> None:
    follows = must_follow(verdict, temperature, GO, partners_wait=True, settings=chosen, overridden=overridden)
    assert (follows.row, follows.start, follows.trajectory) == (row, start, trajectory)
    assert (follows.talk_team, follows.talk_partners) == (NONE, NONE)
    assert (follows.review_months is not None) is follows.allowed


def test_a_conditional_go_with_a_warm_team_is_reviewed_after_the_usual_six_months() -> None:
    assert must_follow(QUESTIONS, MUCH, GO, partners_wait=True, settings=CONDITIONAL_GO).review_months == 6


@pytest.mark.parametrize("need", Need)
def test_the_organisation_chooses_what_follows_a_mixed_temperature(need: Need) -> None:
    settings = Settings(trajectory_when_mixed=need, allow_conditional_go=True)
    for row, verdict, temperature, decision, _, usual, *_ in TABLE:
        follows = must_follow(verdict, temperature, decision, partners_wait=True, settings=settings)
        if row in {3, 4, 9, 10}:
            assert follows.trajectory is need, row
        else:
            assert follows.trajectory is usual, row


# ---------- what follows for a whole idea

CONFIRMED = Partner(name="Woonwerf", status=PartnerStatus.CONFIRMED)
DECIDED = Picture(
    title="Samen",
    step=4,
    verdict=OK,
    votes=Votes(counts=(0, 0, 0, 2, 3)),
    partners=(CONFIRMED,),
    decision=Decision(value=NO_GO),
)


def test_nothing_follows_while_the_verdict_or_the_decision_is_missing() -> None:
    assert follows_from(replace(DECIDED, verdict=None)) is None
    assert follows_from(replace(DECIDED, decision=None)) is None


def test_what_follows_is_read_from_verdict_votes_and_decision() -> None:
    assert follows_from(DECIDED) == must_follow(OK, MUCH, NO_GO, partners_wait=True)
    cold = replace(DECIDED, votes=Votes(counts=(3, 2, 0, 0, 0)))
    assert follows_from(cold) == must_follow(OK, LITTLE, NO_GO, partners_wait=True)
    not_measured = replace(DECIDED, votes=None, decision=Decision(value=GO))
    assert follows_from(not_measured) == must_follow(OK, UNKNOWN, GO, partners_wait=True)


def test_settings_and_the_note_of_the_coordinator_count_for_the_whole_idea() -> None:
    doubtful = replace(DECIDED, verdict=QUESTIONS, decision=Decision(value=GO))
    overridden = replace(doubtful, decision=Decision(value=GO, override="De stad wacht niet; we spreken data af."))
    starts = [
        follows.start
        for follows in (follows_from(doubtful), follows_from(doubtful, CONDITIONAL_GO), follows_from(overridden))
        if follows
    ]
    assert starts == [BLOCKED, CONDITIONAL, CONDITIONAL]


def test_a_go_that_was_conditional_stays_so_after_the_setting_changed() -> None:
    with_an_open_point = replace(DECIDED, verdict=QUESTIONS, followups=(FollowUp(text="Uren vrijmaken"),))
    recorded = follows_from(replace(with_an_open_point, decision=Decision(value=GO, conditional=True)))
    assert recorded is not None
    assert (recorded.start, recorded.review_months) == (CONDITIONAL, 6)


@pytest.mark.parametrize(
    ("step", "talk"), [(None, NONE), (1, NONE), (2, REQUIRED), (3, REQUIRED), (4, REQUIRED)], ids=str
)
def test_after_a_no_go_in_step_0_or_1_a_message_to_the_partners_is_enough(step: int | None, talk: Need) -> None:
    follows = follows_from(replace(DECIDED, step=step))
    assert follows is not None
    assert follows.talk_partners is talk
    assert (follows.row, follows.trajectory, follows.talk_team) == (2, REQUIRED, ADVISED)


def decided_from(status: Status, step: int | None) -> Transition:
    return Transition(
        date=date(2026, 3, 2),
        verb=Verb.DECIDE,
        from_status=status,
        from_step=step,
        to_status=Status.NO_GO,
        to_step=4,
    )


MOVED_ON = Transition(
    date=date(2026, 3, 1), verb=Verb.MOVE_ON, from_status=Status.IN_STEP, from_step=1, to_status=Status.IN_STEP
)


@pytest.mark.parametrize(
    ("way", "early"),
    [
        pytest.param((), False, id="the way is not known: its step counts"),
        pytest.param((MOVED_ON,), False, id="it was not decided there"),
        pytest.param((decided_from(Status.IN_STEP, 1),), True, id="in step 1"),
        pytest.param((decided_from(Status.IN_STEP, 2),), False, id="in step 2"),
        pytest.param((decided_from(Status.RECEIVED, None),), True, id="before step 1"),
        pytest.param(
            (decided_from(Status.IN_STEP, 1), decided_from(Status.NO_GO, 4)), True, id="in step 1, then worded anew"
        ),
        pytest.param(
            (decided_from(Status.IN_STEP, 1), decided_from(Status.RUNNING, 4)), False, id="a go that became a no-go"
        ),
        pytest.param(
            (decided_from(Status.IN_STEP, 1), decided_from(Status.IN_STEP, 3)), False, id="reopened, then in step 3"
        ),
    ],
)
def test_a_decision_is_as_early_as_the_step_in_which_it_was_taken(way: tuple[Transition, ...], early: bool) -> None:
    idea = replace(DECIDED, transitions=way)
    assert is_early(idea) is early
    follows = follows_from(idea)
    assert follows is not None
    assert follows.talk_partners is (NONE if early else REQUIRED)


@pytest.mark.parametrize(
    ("status", "waits"),
    [
        (PartnerStatus.POSSIBLE, False),
        (PartnerStatus.APPROACHED, True),
        (PartnerStatus.INVOLVED, True),
        (PartnerStatus.CONFIRMED, True),
        (PartnerStatus.DROPPED_OUT, False),
    ],
)
def test_a_partner_that_was_spoken_to_waits_for_an_answer(status: PartnerStatus, waits: bool) -> None:
    idea = replace(DECIDED, partners=(Partner(name="Kantelpunt"), replace(CONFIRMED, status=status)))
    assert partners_wait_for_an_answer(idea) is waits
    follows = follows_from(idea)
    assert follows is not None
    assert follows.talk_partners is (REQUIRED if waits else NONE)


@pytest.mark.parametrize("origin", [None, *Origin])
def test_a_partner_that_brought_the_idea_waits_for_an_answer(origin: Origin | None) -> None:
    idea = replace(DECIDED, partners=(), origin=OriginOfIdea(type=origin))
    assert partners_wait_for_an_answer(idea) is (origin is Origin.EXTERNAL_PARTNER)


TEAM, PARTNERS = TalkWith.TEAM, TalkWith.PARTNERS


@pytest.mark.parametrize(
    ("held", "owed"),
    [
        pytest.param((), (TEAM, PARTNERS), id="none"),
        pytest.param((Talk(with_team=True),), (PARTNERS,), id="with the team"),
        pytest.param((Talk(with_partners=True),), (TEAM,), id="with the partners"),
        pytest.param((Talk(with_team=True, with_partners=False),), (PARTNERS,), id="without the partners"),
        pytest.param((Talk(with_team=False, with_partners=False),), (TEAM, PARTNERS), id="with somebody else"),
        pytest.param((Talk(with_team=True), Talk(with_partners=True)), (), id="one each"),
        pytest.param((Talk(with_team=True, with_partners=True),), (), id="together"),
        pytest.param((Talk(learned="Eerst keuren."),), (), id="not said with whom"),
    ],
)
def test_a_talk_is_owed_until_it_was_held_with_whom_it_is_for(
    held: tuple[Talk, ...], owed: tuple[TalkWith, ...]
) -> None:
    idea = replace(DECIDED, verdict=NOT_OK, talk=held)
    assert talks_owed(idea, follows_from(idea)) == owed


def test_no_talk_is_owed_that_is_not_required() -> None:
    assert talks_owed(DECIDED, None) == ()
    assert talks_owed(DECIDED, follows_from(DECIDED)) == (PARTNERS,)
    go = replace(DECIDED, decision=Decision(value=GO))
    assert talks_owed(go, follows_from(go)) == ()


# ---------- the suggested verdict

MET = Condition(text="De raad van bestuur keurt het budget goed.", status=ConditionStatus.MET)
SOLVED = FollowUp(text="Uren vrijmaken", status=FollowUpStatus.SOLVED)
CHECKED = Picture(
    title="Samen",
    checks=Checks(
        drijfveer=Drijfveercheck(conclusion=Conclusion.OK),
        expertise=Expertisecheck(conclusion=Conclusion.OK_WITH_FOLLOWUPS),
        samenwerk=Samenwerkcheck(conclusion=Conclusion.OK),
    ),
    confirmed=Confirmed(followups=date(2026, 3, 2), conditions=date(2026, 3, 2)),
    conditions=(MET,),
    followups=(SOLVED,),
)
BESIDE_THE_ASSIGNMENT = replace(
    CHECKED, checks=replace(CHECKED.checks, drijfveer=Drijfveercheck(conclusion=Conclusion.NOT_OK))
)


def with_condition(status: ConditionStatus, due: date | None = None) -> Picture:
    return replace(CHECKED, conditions=(MET, replace(MET, status=status, due=due)))


def with_followup(status: FollowUpStatus, idea: Picture = CHECKED, question: str = "") -> Picture:
    return replace(idea, followups=(SOLVED, FollowUp(text="Navragen", status=status, question=question)))


@pytest.mark.parametrize(
    ("idea", "verdict", "reasons"),
    [
        pytest.param(CHECKED, OK, [Reason.ALL_IN_ORDER], id="all in order"),
        pytest.param(
            replace(CHECKED, conditions=(), followups=()), OK, [Reason.ALL_IN_ORDER], id="both lists confirmed empty"
        ),
        pytest.param(with_followup(FollowUpStatus.LAPSED), OK, [Reason.ALL_IN_ORDER], id="a point lapsed"),
        pytest.param(with_followup(FollowUpStatus.OPEN), QUESTIONS, [Reason.OPEN_POINT], id="a point is open"),
        pytest.param(
            with_followup(FollowUpStatus.IN_PROGRESS), QUESTIONS, [Reason.OPEN_POINT], id="a point is in progress"
        ),
        pytest.param(
            with_condition(ConditionStatus.PARTLY), QUESTIONS, [Reason.NOT_YET_MET], id="a condition is partly met"
        ),
        pytest.param(
            with_condition(ConditionStatus.NOT_MET), QUESTIONS, [Reason.NOT_YET_MET], id="a condition is not met"
        ),
        pytest.param(
            with_condition(ConditionStatus.NOT_MET, due=date(2020, 1, 1)),
            QUESTIONS,
            [Reason.NOT_YET_MET],
            id="past its date, but the group does not say that it cannot be met",
        ),
        pytest.param(
            with_condition(ConditionStatus.CANNOT_BE_MET),
            NOT_OK,
            [Reason.CANNOT_BE_MET],
            id="a condition cannot be met",
        ),
        pytest.param(
            with_followup(FollowUpStatus.OPEN, with_condition(ConditionStatus.CANNOT_BE_MET)),
            NOT_OK,
            [Reason.CANNOT_BE_MET],
            id="a condition that cannot be met outweighs the rest",
        ),
        pytest.param(BESIDE_THE_ASSIGNMENT, QUESTIONS, [Reason.CHECK_NOT_OK], id="a check is not ok"),
        pytest.param(
            with_followup(FollowUpStatus.SOLVED, BESIDE_THE_ASSIGNMENT, "s2.drive.mandate"),
            OK,
            [Reason.ALL_IN_ORDER],
            id="a check that is not ok was treated",
        ),
        pytest.param(
            with_followup(FollowUpStatus.LAPSED, BESIDE_THE_ASSIGNMENT, "s2.drive.mission"),
            OK,
            [Reason.ALL_IN_ORDER],
            id="the point about that check lapsed",
        ),
        pytest.param(
            with_followup(FollowUpStatus.OPEN, BESIDE_THE_ASSIGNMENT, "s2.drive.mandate"),
            QUESTIONS,
            [Reason.OPEN_POINT, Reason.CHECK_NOT_OK],
            id="the point about that check is still open",
        ),
        pytest.param(
            with_followup(FollowUpStatus.SOLVED, BESIDE_THE_ASSIGNMENT, "s2.collab.beyond"),
            QUESTIONS,
            [Reason.CHECK_NOT_OK],
            id="the point is about another check",
        ),
        pytest.param(
            replace(
                BESIDE_THE_ASSIGNMENT,
                conditions=(replace(MET, status=ConditionStatus.PARTLY),),
                followups=(FollowUp(text="Navragen"),),
            ),
            QUESTIONS,
            [Reason.NOT_YET_MET, Reason.OPEN_POINT, Reason.CHECK_NOT_OK],
            id="every reason together",
        ),
    ],
)
def test_a_verdict_is_suggested_with_its_reasons(idea: Picture, verdict: Verdict, reasons: list[Reason]) -> None:
    suggested = suggested_verdict(idea)
    assert suggested is not None
    assert suggested.verdict is verdict
    assert list(suggested.reasons) == reasons
    assert all(reason.value.nl and reason.value.en for reason in suggested.reasons)


@pytest.mark.parametrize(
    "idea",
    [
        pytest.param(
            replace(CHECKED, checks=replace(CHECKED.checks, drijfveer=Drijfveercheck())), id="no drijfveercheck"
        ),
        pytest.param(
            replace(CHECKED, checks=replace(CHECKED.checks, expertise=Expertisecheck())), id="no expertisecheck"
        ),
        pytest.param(
            replace(CHECKED, checks=replace(CHECKED.checks, samenwerk=Samenwerkcheck())), id="no samenwerkcheck"
        ),
        pytest.param(replace(CHECKED, confirmed=Confirmed(conditions=date(2026, 3, 2))), id="points not confirmed"),
        pytest.param(replace(CHECKED, confirmed=Confirmed(followups=date(2026, 3, 2))), id="conditions not confirmed"),
        pytest.param(
            replace(with_condition(ConditionStatus.CANNOT_BE_MET), confirmed=Confirmed()),
            id="not even when a condition cannot be met",
        ),
    ],
)
def test_no_verdict_is_suggested_before_the_checks_are_concluded_and_the_lists_confirmed(idea: Picture) -> None:
    assert suggested_verdict(idea) is None
