"""What must follow a decision, and how far it is. Source: domain.md 1.2 (4d) and 2.4."""

from dataclasses import replace
from datetime import date

import pytest

from checks.aftercare import WORDS, Kind, State, aftercare, is_planned, may_start
from checks.codes import GoNoGo, Need, Origin, PartnerStatus, Rating, Status, Verb, Verdict
from checks.decision import Settings
from checks.picture import (
    Decision,
    OriginOfIdea,
    Partner,
    Picture,
    Review,
    Talk,
    Trajectory,
    TrajectoryAction,
    Transition,
    Votes,
)

DAY = date(2026, 5, 4)
WARM, MIXED, COLD = Votes(counts=(0, 0, 1, 2, 3)), Votes(counts=(2, 0, 2, 0, 2)), Votes(counts=(3, 2, 1, 0, 0))
REQUIRED, ADVISED = Need.REQUIRED, Need.ADVISED
TO_DO, PLANNED, DONE, SKIPPED = State.TO_DO, State.PLANNED, State.DONE, State.SKIPPED
PARTNERS = (Partner(name="Woonwerf", status=PartnerStatus.CONFIRMED),)
GO = Decision(value=GoNoGo.GO, review=DAY)
NO = Decision(value=GoNoGo.NO_GO)
RUNNING = Picture(
    title="Samen", status=Status.RUNNING, step=4, verdict=Verdict.OK, votes=WARM, partners=PARTNERS, decision=GO
)
NO_GO = replace(RUNNING, status=Status.NO_GO, decision=NO)
WAITS = replace(RUNNING, status=Status.IN_STEP, votes=COLD)
PLAN = Trajectory(aim="Iedereen mee", owner="directie", actions=(TrajectoryAction(text="Gesprek", due=DAY),))


def told(idea: Picture, settings: Settings = Settings()) -> dict[Kind, tuple[Need, State]]:  # noqa: B008 (frozen)
    return {item.kind: (item.need, item.state) for item in aftercare(idea, settings)}


# verdict, temperature, decision -> what follows when partners wait, all of it still to do
ALL_TODO = [
    (1, Verdict.OK, WARM, GO, {Kind.START: REQUIRED, Kind.MESSAGE: REQUIRED}),
    (3, Verdict.OK, MIXED, GO, {Kind.START: REQUIRED, Kind.MESSAGE: REQUIRED, Kind.TRAJECTORY: ADVISED}),
    (5, Verdict.OK, COLD, GO, {Kind.START: REQUIRED, Kind.MESSAGE: REQUIRED, Kind.TRAJECTORY: REQUIRED}),
    (
        2,
        Verdict.OK,
        WARM,
        NO,
        {Kind.TRAJECTORY: REQUIRED, Kind.TALK_TEAM: ADVISED, Kind.TALK_PARTNERS: REQUIRED},
    ),
    (6, Verdict.OK, COLD, NO, {Kind.TALK_TEAM: ADVISED, Kind.TALK_PARTNERS: REQUIRED}),
    (
        14,
        Verdict.NOT_OK,
        WARM,
        NO,
        {Kind.TRAJECTORY: ADVISED, Kind.TALK_TEAM: REQUIRED, Kind.TALK_PARTNERS: REQUIRED},
    ),
    (16, Verdict.NOT_OK, MIXED, NO, {Kind.TALK_TEAM: REQUIRED, Kind.TALK_PARTNERS: REQUIRED}),
]


@pytest.mark.parametrize(
    ("verdict", "votes", "decision", "needs"), [row[1:] for row in ALL_TODO], ids=[f"row {row[0]}" for row in ALL_TODO]
)
def test_what_follows_is_what_the_row_of_the_table_asks(
    verdict: Verdict, votes: Votes, decision: Decision, needs: dict[Kind, Need]
) -> None:
    status = Status.IN_STEP if decision.value is GoNoGo.GO else Status.NO_GO
    idea = replace(RUNNING, status=status, verdict=verdict, votes=votes, decision=replace(decision, review=None))
    items = told(idea)
    review = items.pop(Kind.REVIEW, None)
    assert items == {kind: (need, TO_DO) for kind, need in needs.items()}
    assert review == ((ADVISED, TO_DO) if decision.value is GoNoGo.GO else None)
    assert list(items) == list(needs)


def test_nothing_follows_without_a_decision() -> None:
    assert aftercare(replace(RUNNING, decision=None)) == ()


def test_without_a_verdict_only_the_start_and_the_message_are_known() -> None:
    assert set(told(replace(RUNNING, verdict=None))) == {Kind.START, Kind.MESSAGE, Kind.REVIEW}
    assert told(replace(NO_GO, verdict=None)) == {}


def test_the_organisation_chooses_what_follows_a_mixed_temperature() -> None:
    mixed = replace(RUNNING, votes=MIXED)
    assert told(mixed, Settings(trajectory_when_mixed=REQUIRED))[Kind.TRAJECTORY] == (REQUIRED, TO_DO)
    assert Kind.TRAJECTORY not in told(mixed, Settings(trajectory_when_mixed=Need.NONE))


def test_what_was_held_without_need_is_not_listed() -> None:
    held = replace(RUNNING, trajectory=PLAN, talk=(Talk(with_team=True, with_partners=True),))
    assert set(told(held)) == {Kind.START, Kind.MESSAGE, Kind.REVIEW}


@pytest.mark.parametrize(
    ("idea", "state"),
    [
        pytest.param(RUNNING, DONE, id="it runs, the review is planned"),
        pytest.param(replace(RUNNING, decision=replace(GO, review=None)), TO_DO, id="no review is planned"),
        pytest.param(
            replace(RUNNING, decision=replace(GO, review=None), reviews=(Review(next=DAY),)), DONE, id="planned later"
        ),
        pytest.param(replace(RUNNING, status=Status.IN_STEP), TO_DO, id="not started"),
        pytest.param(WAITS, TO_DO, id="waits for its trajectory"),
        pytest.param(replace(WAITS, trajectory=PLAN), TO_DO, id="its trajectory is planned"),
        pytest.param(
            replace(RUNNING, status=Status.FINISHED, decision=replace(GO, review=None)), DONE, id="finished already"
        ),
    ],
)
def test_a_go_is_started_once_it_runs_and_the_first_review_is_planned(idea: Picture, state: State) -> None:
    assert told(idea)[Kind.START] == (REQUIRED, state)


@pytest.mark.parametrize(
    ("idea", "words"),
    [
        (WAITS, "Plan eerst het traject met je team"),
        (replace(WAITS, trajectory=PLAN), "Start de samenwerking"),
        (replace(RUNNING, decision=replace(GO, review=None)), "De samenwerking is gestart. Spreek nog af"),
        (RUNNING, "De samenwerking is gestart."),
    ],
)
def test_the_start_says_what_it_waits_for(idea: Picture, words: str) -> None:
    assert aftercare(idea)[0].words.nl.startswith(words)


@pytest.mark.parametrize(
    ("idea", "expected"),
    [
        pytest.param(RUNNING, (REQUIRED, TO_DO), id="a go"),
        pytest.param(replace(RUNNING, decision=replace(GO, partners_told=DAY)), (REQUIRED, DONE), id="they were told"),
        pytest.param(replace(RUNNING, partners=()), None, id="nobody waits"),
        pytest.param(
            replace(RUNNING, partners=(), origin=OriginOfIdea(type=Origin.EXTERNAL_PARTNER)),
            (REQUIRED, TO_DO),
            id="who brought it waits",
        ),
        pytest.param(NO_GO, None, id="a no-go in step 4: there is a talk"),
        pytest.param(replace(NO_GO, step=2), None, id="a no-go in step 2: there is a talk"),
        pytest.param(replace(NO_GO, step=1), (REQUIRED, TO_DO), id="a no-go in step 1"),
        pytest.param(replace(NO_GO, step=None), (REQUIRED, TO_DO), id="a no-go in step 0"),
        pytest.param(
            replace(NO_GO, step=1, decision=replace(NO, partners_told=DAY)), (REQUIRED, DONE), id="they were told of it"
        ),
    ],
)
def test_partners_who_wait_hear_the_news(idea: Picture, expected: tuple[Need, State] | None) -> None:
    assert told(idea).get(Kind.MESSAGE) == expected


def test_after_a_no_go_partners_get_a_message_or_a_talk_but_never_nothing() -> None:
    for step in (None, 1, 2, 3, 4):
        items = told(replace(NO_GO, step=step))
        assert (Kind.MESSAGE in items) is not (Kind.TALK_PARTNERS in items)


def test_a_no_go_that_was_taken_in_step_1_stays_an_early_one_on_the_page_of_step_4() -> None:
    taken = Transition(
        date=DAY, verb=Verb.DECIDE, from_status=Status.IN_STEP, from_step=1, to_status=Status.NO_GO, to_step=4
    )
    idea = replace(NO_GO, transitions=(taken,))
    assert Kind.MESSAGE in told(idea)
    assert Kind.TALK_PARTNERS not in told(idea)
    reworded = replace(taken, from_status=Status.NO_GO, from_step=4)
    assert told(replace(idea, transitions=(taken, reworded))) == told(idea)
    again = replace(taken, from_step=3)
    assert Kind.TALK_PARTNERS in told(replace(idea, transitions=(taken, again)))


@pytest.mark.parametrize(
    ("trajectory", "skipped", "required", "advised"),
    [
        (None, "", TO_DO, TO_DO),
        (replace(PLAN, owner=""), "", TO_DO, TO_DO),
        (PLAN, "", PLANNED, PLANNED),
        (replace(PLAN, closed=DAY), "", DONE, DONE),
        (None, "Is al besproken.", TO_DO, SKIPPED),
        (None, "  ", TO_DO, TO_DO),
        (PLAN, "Is al besproken.", PLANNED, SKIPPED),
        (replace(PLAN, closed=DAY), "Is al besproken.", DONE, DONE),
    ],
)
def test_a_trajectory_is_to_do_planned_done_or_where_only_advised_skipped(
    trajectory: Trajectory | None, skipped: str, required: State, advised: State
) -> None:
    idea = replace(RUNNING, trajectory=trajectory, decision=replace(GO, trajectory_skipped=skipped))
    assert told(replace(idea, votes=COLD))[Kind.TRAJECTORY] == (REQUIRED, required)
    assert told(replace(idea, votes=MIXED))[Kind.TRAJECTORY] == (ADVISED, advised)


@pytest.mark.parametrize(
    ("held", "skipped", "team", "partners"),
    [
        ((), "", TO_DO, TO_DO),
        ((Talk(with_team=True),), "", DONE, TO_DO),
        ((Talk(with_partners=True),), "", TO_DO, DONE),
        ((Talk(learned="Eerst keuren."),), "", DONE, DONE),
        ((Talk(with_team=False, with_partners=False),), "", TO_DO, TO_DO),
        ((), "Iedereen was erbij.", SKIPPED, TO_DO),
        ((Talk(with_team=True),), "Iedereen was erbij.", DONE, TO_DO),
    ],
)
def test_a_talk_is_held_or_where_only_advised_skipped(
    held: tuple[Talk, ...], skipped: str, team: State, partners: State
) -> None:
    idea = replace(NO_GO, votes=COLD, talk=held, decision=replace(NO, talk_skipped=skipped))
    assert told(idea)[Kind.TALK_TEAM] == (ADVISED, team)
    assert told(idea)[Kind.TALK_PARTNERS] == (REQUIRED, partners)


@pytest.mark.parametrize(
    ("review", "reviews", "state"),
    [
        (None, (), TO_DO),
        (DAY, (), PLANNED),
        (None, (Review(next=DAY),), PLANNED),
        (DAY, (Review(date=DAY),), DONE),
        (None, (Review(works=Rating.YES),), DONE),
    ],
)
def test_looking_back_is_planned_and_then_held(review: date | None, reviews: tuple[Review, ...], state: State) -> None:
    idea = replace(RUNNING, decision=replace(GO, review=review), reviews=reviews)
    assert told(idea)[Kind.REVIEW] == (ADVISED, state)


@pytest.mark.parametrize(
    ("trajectory", "planned"),
    [
        (None, False),
        (PLAN, True),
        (replace(PLAN, aim=" "), False),
        (replace(PLAN, owner=""), False),
        (replace(PLAN, actions=()), False),
        (replace(PLAN, actions=(TrajectoryAction(text="Ooit"),)), False),
        (replace(PLAN, actions=(TrajectoryAction(text="Ooit"), TrajectoryAction(text="Gesprek", due=DAY))), True),
        (replace(PLAN, actions=(TrajectoryAction(text="Gesprek", done=DAY),)), True),
        (Trajectory(closed=DAY), True),
    ],
)
def test_a_trajectory_is_planned_with_an_aim_an_owner_and_a_first_day(
    trajectory: Trajectory | None, planned: bool
) -> None:
    assert is_planned(trajectory) is planned


@pytest.mark.parametrize(
    ("idea", "settings", "may"),
    [
        pytest.param(WAITS, Settings(), False, id="row 5 waits for its trajectory"),
        pytest.param(replace(WAITS, trajectory=replace(PLAN, owner="")), Settings(), False, id="row 5, half a plan"),
        pytest.param(replace(WAITS, trajectory=PLAN), Settings(), True, id="row 5 with its trajectory"),
        pytest.param(replace(WAITS, votes=WARM), Settings(), True, id="row 1 need not wait"),
        pytest.param(
            replace(WAITS, verdict=Verdict.QUESTION_MARKS, decision=replace(GO, override="Het kan niet wachten.")),
            Settings(),
            False,
            id="row 11 let through waits too",
        ),
        pytest.param(
            replace(
                WAITS,
                verdict=Verdict.QUESTION_MARKS,
                decision=replace(GO, override="Het kan niet wachten."),
                trajectory=PLAN,
            ),
            Settings(),
            True,
            id="row 11 let through, with its trajectory",
        ),
        pytest.param(
            replace(WAITS, votes=WARM, verdict=Verdict.QUESTION_MARKS), Settings(), False, id="row 7 is blocked"
        ),
        pytest.param(
            replace(WAITS, votes=WARM, verdict=Verdict.QUESTION_MARKS),
            Settings(allow_conditional_go=True),
            True,
            id="row 7 conditional",
        ),
        pytest.param(replace(WAITS, verdict=Verdict.NOT_OK, trajectory=PLAN), Settings(), False, id="not ok any more"),
        pytest.param(replace(WAITS, verdict=None, trajectory=PLAN), Settings(), False, id="no verdict"),
        pytest.param(replace(WAITS, decision=None), Settings(), False, id="not decided"),
        pytest.param(replace(WAITS, decision=NO), Settings(), False, id="a no-go"),
        pytest.param(RUNNING, Settings(), False, id="it runs already"),
    ],
)
def test_a_go_starts_at_once_or_after_its_trajectory_is_planned(idea: Picture, settings: Settings, may: bool) -> None:
    assert may_start(idea, settings) is may


def test_every_state_that_something_can_be_in_has_its_words_in_both_languages() -> None:
    assert {kind for kind, _ in WORDS} == set(Kind)
    for words in WORDS.values():
        assert words.nl.endswith((".", "?"))
        assert words.en.endswith((".", "?"))
    for code in (*Kind, *State):
        assert code.words.nl
        assert code.words.en
