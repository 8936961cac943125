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
    (DECIDED, "Volgende: kijk samen terug", 4, date(2026, 6, 11)),
    (
        replace(DECIDED, reviews=(Review(date=date(2026, 6, 11), next=date(2027, 6, 11)),)),
        "Volgende: kijk samen terug",
        4,
        date(2027, 6, 11),
    ),
    (TENSION, "Volgende: plan het traject", 4, None),
    (replace(TENSION, trajectory=Trajectory(actions=(ACTION,))), "Volgende in het traject", 4, date(2025, 12, 5)),
    (
        replace(TENSION, trajectory=Trajectory(actions=(ACTION,), closed=date(2026, 1, 1))),
        "Volgende: kijk samen terug",
        4,
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
    (replace(DECIDED, closed=date(2026, 9, 1)), "Dit idee is afgesloten", None, date(2026, 9, 1)),
    (replace(TENSION, closed=date(2026, 9, 1)), "Dit idee is afgesloten", None, date(2026, 9, 1)),
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
