from dataclasses import replace
from datetime import date

import pytest

from checks.codes import Band, FollowUpStatus, GoNoGo, PartnerStatus, Status, Verdict
from checks.next_thing import next_thing
from checks.picture import (
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
from checks.temperature import band

IN_STEP = Picture(title="Brug", status=Status.IN_STEP, step=1)
WARM, COLD = Votes(counts=(0, 0, 1, 2, 3)), Votes(counts=(3, 2, 1, 0, 0))
DECIDED = Picture(
    title="Woonklaar",
    status=Status.RUNNING,
    step=4,
    verdict=Verdict.OK,
    votes=WARM,
    decision=Decision(value=GoNoGo.GO, review=date(2026, 6, 11)),
)
TENSION = replace(DECIDED, votes=COLD)
NO_GO = replace(
    DECIDED,
    status=Status.NO_GO,
    verdict=Verdict.NOT_OK,
    decision=Decision(value=GoNoGo.NO_GO),
    partners=(Partner(name="Soepkring", status=PartnerStatus.INVOLVED),),
)


def point(text: str, step: int, status: FollowUpStatus = FollowUpStatus.OPEN) -> FollowUp:
    return FollowUp(text=text, step=step, status=status)


ACTION = TrajectoryAction(text="Gesprek per team", due=date(2025, 12, 5))

CASES = [
    (Picture(title="Nieuw"), "Volgende: neem het idee op of bedank ervoor", None, None),
    (IN_STEP, "Volgende gesprek: waarom", 1, None),
    (replace(IN_STEP, followups=(point("Tolken zoeken", 1),)), "Volgende: Tolken zoeken", 1, None),
    (replace(IN_STEP, followups=(point("Later", 3),)), "Volgende gesprek: waarom", 1, None),
    (
        replace(IN_STEP, followups=(point("Klaar", 1, FollowUpStatus.SOLVED),)),
        "Volgende gesprek: waarom",
        1,
        None,
    ),
    (replace(IN_STEP, step=2), "Volgende gesprek: voorbereiding", 2, None),
    (DECIDED, "Volgende: kijk samen terug", None, date(2026, 6, 11)),
    (
        replace(DECIDED, reviews=(Review(date=date(2026, 6, 11), next=date(2027, 6, 11)),)),
        "Volgende: kijk samen terug",
        None,
        date(2027, 6, 11),
    ),
    (TENSION, "Volgende: plan het traject", 4, None),
    (replace(TENSION, trajectory=Trajectory(actions=(ACTION,))), "Volgende in het traject", 4, date(2025, 12, 5)),
    (
        replace(TENSION, trajectory=Trajectory(actions=(ACTION,), closed=date(2026, 1, 1))),
        "Volgende: kijk samen terug",
        None,
        date(2026, 6, 11),
    ),
    (NO_GO, "Volgende: plan het evaluatiegesprek met het eigen team en met de partners", 4, None),
    (
        replace(NO_GO, talk=(Talk(with_team=True),)),
        "Volgende: plan het evaluatiegesprek met de partners",
        4,
        None,
    ),
    (replace(NO_GO, decision=None), "Dit idee is beslist", 4, None),
    (replace(DECIDED, closed=date(2026, 5, 1)), "Volgende: kijk samen terug", None, date(2026, 6, 11)),
    (
        replace(DECIDED, closed=date(2026, 9, 1), reviews=(Review(date=date(2026, 6, 11)),)),
        "Dit idee is afgesloten",
        None,
        date(2026, 9, 1),
    ),
    (replace(NO_GO, closed=date(2026, 9, 1)), "Dit idee is afgesloten", None, date(2026, 9, 1)),
    (replace(NO_GO, talk=(Talk(learned="Eerst keuren"),)), "Dit idee is beslist", 4, None),
    (Picture(title="Weg", status=Status.STOPPED), "Dit idee is gestopt", None, None),
]


@pytest.mark.parametrize(("picture", "what", "step", "due"), CASES)
def test_one_next_thing_in_words(picture: Picture, what: str, step: int | None, due: date | None) -> None:
    told = next_thing(picture)
    assert (told.what.nl, told.step, told.due) == (what, step, due)
    assert told.what.en


def test_the_cases_stand_for_the_bands_that_they_name() -> None:
    assert (band(WARM.counts), band(COLD.counts)) == (Band.MUCH, Band.LITTLE)


WITH_TRAJECTORY = replace(TENSION, trajectory=Trajectory(aim="Iedereen mee", actions=(ACTION,)))


@pytest.mark.parametrize(
    ("picture", "today", "why"),
    [
        (DECIDED, date(2026, 6, 11), "Werkt het nog zoals bedoeld? Afgesproken op"),
        (DECIDED, date(2026, 6, 12), "Werkt het nog zoals bedoeld? Dat was afgesproken op"),
        (DECIDED, None, "Werkt het nog zoals bedoeld? Afgesproken op"),
        (WITH_TRAJECTORY, date(2025, 12, 5), "Gesprek per team, tegen"),
        (WITH_TRAJECTORY, date(2025, 12, 6), "Gesprek per team. Dat was afgesproken tegen"),
    ],
)
def test_a_day_that_has_passed_is_not_told_as_coming(picture: Picture, today: date | None, why: str) -> None:
    told = next_thing(picture, today=today)
    assert told.why.nl == why
    assert told.due


def test_a_trajectory_without_a_day_or_without_an_action_says_what_it_is_for() -> None:
    undated = Trajectory(aim="Iedereen mee", actions=(replace(ACTION, due=None),))
    assert next_thing(replace(TENSION, trajectory=undated)).why.nl == "Gesprek per team"
    assert next_thing(replace(TENSION, trajectory=Trajectory(aim="Iedereen mee"))).why.nl == "Iedereen mee"


@pytest.mark.parametrize("picture", [replace(NO_GO, decision=None), replace(NO_GO, talk=(Talk(),))])
def test_an_idea_that_ended_says_no_more_than_that(picture: Picture) -> None:
    told = next_thing(picture)
    assert (told.what.nl, told.why.nl, told.why.en) == ("Dit idee is beslist", "", "")


# ---------- what was laid aside

PARKED = Picture(title="Later", status=Status.PAUSED, revisit_on=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("picture", "today", "what", "why", "due"),
    [
        (PARKED, None, "Volgende: bekijk het opnieuw", "Dit idee is geparkeerd. Afgesproken op", date(2026, 9, 1)),
        (
            PARKED,
            date(2026, 9, 2),
            "Volgende: bekijk het opnieuw",
            "Dit idee is geparkeerd. Dat was afgesproken op",
            date(2026, 9, 1),
        ),
        (replace(PARKED, revisit_on=None), None, "Volgende: bekijk het opnieuw", "Dit idee is geparkeerd.", None),
        (
            replace(PARKED, step=2),
            None,
            "Volgende: hervat het, of stop ermee",
            "Dit idee is gepauzeerd. Afgesproken op",
            date(2026, 9, 1),
        ),
        (
            replace(PARKED, step=2, revisit_on=None),
            None,
            "Volgende: hervat het, of stop ermee",
            "Dit idee is gepauzeerd.",
            None,
        ),
        (
            replace(PARKED, status=Status.STOPPED),
            date(2026, 9, 1),
            "Volgende: bekijk het opnieuw",
            "Dit idee is gestopt. Afgesproken op",
            date(2026, 9, 1),
        ),
        (
            replace(PARKED, status=Status.NOT_FOLLOWED),
            None,
            "Volgende: bekijk het opnieuw",
            "Dit idee is niet opgevolgd. Afgesproken op",
            date(2026, 9, 1),
        ),
        (replace(PARKED, status=Status.NOT_FOLLOWED, revisit_on=None), None, "Dit idee is niet opgevolgd", "", None),
        (
            replace(PARKED, status=Status.MERGED, merged_into="brug"),
            None,
            "Dit idee ging verder in een ander idee",
            "Daar vind je wat volgt.",
            None,
        ),
    ],
)
def test_what_was_laid_aside_says_when_to_look_again(
    picture: Picture, today: date | None, what: str, why: str, due: date | None
) -> None:
    told = next_thing(picture, today=today)
    assert (told.what.nl, told.why.nl, told.step, told.due) == (what, why, None, due)
    assert bool(told.why.en) is bool(why)


# ---------- a go that waits, and what must follow

PARTNERS = (Partner(name="Soepkring", status=PartnerStatus.INVOLVED),)
WAITS = replace(TENSION, status=Status.IN_STEP)
PLAN = Trajectory(aim="Iedereen mee", owner="directie", actions=(ACTION,))
TOLD = Decision(
    value=GoNoGo.GO, review=date(2026, 6, 11), motivation="We beginnen klein.", partners_told=date(2025, 12, 12)
)
COMPLETE = replace(DECIDED, partners=PARTNERS, decision=TOLD)


@pytest.mark.parametrize(
    ("picture", "what", "why"),
    [
        pytest.param(WAITS, "Volgende: plan het traject", "Dan kan het starten.", id="no trajectory"),
        pytest.param(
            replace(WAITS, trajectory=replace(PLAN, owner="")),
            "Volgende: plan het traject",
            "Dan kan het starten.",
            id="half a trajectory",
        ),
        pytest.param(
            replace(WAITS, trajectory=PLAN),
            "Volgende: start",
            "Er is een go. Niets houdt het nog tegen.",
            id="a trajectory",
        ),
        pytest.param(
            replace(WAITS, votes=WARM),
            "Volgende: start",
            "Er is een go. Niets houdt het nog tegen.",
            id="need not wait",
        ),
        pytest.param(
            replace(WAITS, verdict=Verdict.NOT_OK),
            "Volgende: bekijk de beslissing opnieuw",
            "Pas het voorstel eerst aan: het gaat terug als nieuwe ronde.",
            id="cannot stand any more",
        ),
        pytest.param(
            replace(WAITS, verdict=None),
            "Volgende: bekijk de beslissing opnieuw",
            "Jullie zeiden nog niet hoe het voorstel ervoor staat.",
            id="no verdict",
        ),
    ],
)
def test_a_go_that_waits_says_what_for(picture: Picture, what: str, why: str) -> None:
    told = next_thing(picture)
    assert (told.what.nl, told.why.nl, told.step) == (what, why, 4)


def test_an_idea_in_a_step_with_a_no_go_from_a_file_goes_on_with_its_step() -> None:
    assert next_thing(replace(WAITS, step=2, decision=Decision(value=GoNoGo.NO_GO))).what.nl.startswith("Volgende ges")


@pytest.mark.parametrize(
    ("picture", "what", "step"),
    [
        pytest.param(COMPLETE, "Volgende: rond de beslissing af", 4, id="all is done while it runs"),
        pytest.param(
            replace(COMPLETE, decision=replace(TOLD, partners_told=None)),
            "Volgende: breng de partners op de hoogte",
            4,
            id="the partners do not know",
        ),
        pytest.param(
            replace(COMPLETE, decision=replace(TOLD, partners_told=None, review=None)),
            "Volgende: spreek af wanneer jullie terugkijken",
            None,
            id="no review is planned",
        ),
        pytest.param(
            replace(COMPLETE, votes=COLD, decision=replace(TOLD, partners_told=None)),
            "Volgende: breng de partners op de hoogte",
            4,
            id="the partners come before the trajectory",
        ),
        pytest.param(
            replace(COMPLETE, votes=COLD, trajectory=PLAN), "Volgende in het traject", 4, id="a planned trajectory"
        ),
        pytest.param(
            replace(COMPLETE, decision=replace(TOLD, motivation="")),
            "Volgende: kijk samen terug",
            None,
            id="closing waits for a motivation",
        ),
        pytest.param(
            replace(COMPLETE, status=Status.FINISHED), "Volgende: sluit af", 4, id="finished, to be closed still"
        ),
        pytest.param(
            replace(COMPLETE, status=Status.FINISHED, decision=replace(TOLD, motivation="")),
            "Dit idee is afgerond",
            4,
            id="finished, without motivation",
        ),
        pytest.param(
            replace(COMPLETE, status=Status.FINISHED, closed=date(2026, 9, 1)),
            "Dit idee is afgesloten",
            None,
            id="finished and closed",
        ),
        pytest.param(
            replace(NO_GO, talk=(Talk(),), votes=COLD, decision=Decision(value=GoNoGo.NO_GO, motivation="Te vroeg.")),
            "Volgende: sluit af",
            4,
            id="a no-go of which all is done",
        ),
        pytest.param(
            replace(NO_GO, closed=date(2026, 9, 1)), "Dit idee is afgesloten", None, id="a no-go that is closed"
        ),
        pytest.param(replace(NO_GO, step=1, verdict=Verdict.OK, votes=COLD, decision=Decision(value=GoNoGo.NO_GO)),
                     "Volgende: breng de partners op de hoogte", 4, id="an early no-go"),
    ],
)  # fmt: skip
def test_after_a_decision_the_first_thing_that_must_follow_comes_next_and_then_closing(
    picture: Picture, what: str, step: int | None
) -> None:
    told = next_thing(picture)
    assert (told.what.nl, told.step) == (what, step)
    assert told.what.en
