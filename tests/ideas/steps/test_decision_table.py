"""The 18 rows of the table of step 4, walked over HTTP by the people whose turn it is. Source: domain.md 2.4."""

from dataclasses import replace

import pytest
from django.utils import timezone

from checks.codes import Band, ConditionStatus, GoNoGo, Status, Verdict
from ideas.models import Condition, Decision, FollowUp, Idea, TrajectoryAction
from ideas.steps.deciding import months_after
from people.models import Member, Organisation
from tests.factories import Client
from tests.ideas.steps.step_4 import (
    COUNTS,
    READY,
    decide,
    get,
    give_verdict,
    idea_of,
    post,
    prepare,
    say,
    take_temperature,
)

MUCH, MIXED, LITTLE = Band.MUCH, Band.MIXED, Band.LITTLE
ALL_OK, QUESTIONS, NOT_OK = Verdict.OK, Verdict.QUESTION_MARKS, Verdict.NOT_OK
GO, NO_GO = GoNoGo.GO, GoNoGo.NO_GO
RUNNING, STAYS, ENDS = Status.RUNNING, Status.IN_STEP, Status.NO_GO

TRAJECTORY = "Plan een traject met je team: doel, wie het trekt en een eerste datum."
FIRST_THE_TRAJECTORY = "Plan eerst het traject met je team"
TALK_TEAM = "Praat met je eigen team: wat leerden we, wat kan later?"
TALK_PARTNERS = "Praat met de partners: wat leerden we, wat kan later?"
TELL = "Breng de partners op de hoogte."
QUESTIONS_REMAIN = "Er zijn nog vragen over het voorstel."
TWO_RED_LIGHTS = "Er zijn nog vragen en je team is niet mee: twee rode lichten."
DOES_NOT_WORK = "Het voorstel lukt zo niet. Daar past geen go bij."

# row, verdict, temperature, decision -> the status after it, the months until the first review, and what the page
# says: what must follow, or what blocks it.
TABLE = [
    (1, ALL_OK, MUCH, GO, RUNNING, 6, [TELL, "Vier dit samen."]),
    (2, ALL_OK, MUCH, NO_GO, ENDS, None, [TRAJECTORY, TALK_TEAM, TALK_PARTNERS]),
    (3, ALL_OK, MIXED, GO, RUNNING, 3, [TRAJECTORY, TELL]),
    (4, ALL_OK, MIXED, NO_GO, ENDS, None, [TRAJECTORY, TALK_TEAM, TALK_PARTNERS]),
    (5, ALL_OK, LITTLE, GO, STAYS, 3, [FIRST_THE_TRAJECTORY, TRAJECTORY, TELL]),
    (6, ALL_OK, LITTLE, NO_GO, ENDS, None, [TALK_TEAM, TALK_PARTNERS]),
    (7, QUESTIONS, MUCH, GO, None, None, [QUESTIONS_REMAIN]),
    (8, QUESTIONS, MUCH, NO_GO, ENDS, None, [TRAJECTORY, TALK_PARTNERS]),
    (9, QUESTIONS, MIXED, GO, None, None, [QUESTIONS_REMAIN]),
    (10, QUESTIONS, MIXED, NO_GO, ENDS, None, [TRAJECTORY, TALK_PARTNERS]),
    (11, QUESTIONS, LITTLE, GO, None, None, [TWO_RED_LIGHTS]),
    (12, QUESTIONS, LITTLE, NO_GO, ENDS, None, [TALK_PARTNERS]),
    (13, NOT_OK, MUCH, GO, None, None, [DOES_NOT_WORK]),
    (14, NOT_OK, MUCH, NO_GO, ENDS, None, [TRAJECTORY, TALK_TEAM, TALK_PARTNERS]),
    (15, NOT_OK, MIXED, GO, None, None, [DOES_NOT_WORK]),
    (16, NOT_OK, MIXED, NO_GO, ENDS, None, [TALK_TEAM, TALK_PARTNERS]),
    (17, NOT_OK, LITTLE, GO, None, None, [DOES_NOT_WORK]),
    (18, NOT_OK, LITTLE, NO_GO, ENDS, None, [TALK_TEAM, TALK_PARTNERS]),
]


def as_measured(client: Client, follower: Member, verdict: Verdict, temperature: Band) -> Idea:
    """An idea whose lists point to "all ok", with this verdict and temperature as people enter them."""
    idea = idea_of(follower)
    assert give_verdict(client, follower, idea, verdict, "Zo zien wij het.").status_code == 302
    assert take_temperature(client, follower, idea, COUNTS[temperature]).status_code == 302
    prepare(idea)
    return idea


@pytest.mark.parametrize(
    ("row", "verdict", "temperature", "value", "status", "months", "words"), TABLE, ids=[f"row {r[0]}" for r in TABLE]
)
def test_each_row_of_the_table_goes_as_it_says(
    row: int,
    verdict: Verdict,
    temperature: Band,
    value: GoNoGo,
    status: Status | None,
    months: int | None,
    words: list[str],
    client: Client,
    follower: Member,
    policy: Member,
) -> None:
    idea = as_measured(client, follower, verdict, temperature)
    answer = decide(client, policy, idea, value)
    idea.refresh_from_db()
    if status is None:
        assert answer.status_code == 409
        told = answer.content.decode()
        assert (idea.status, Decision.objects.count()) == (Status.IN_STEP, 0)
        assert get(client, follower, "decide", idea.pk).count(words[0]) >= 1
    else:
        assert answer.status_code == 302
        told = get(client, follower, "decide", idea.pk)
        decision = Decision.objects.get(idea=idea, current=True)
        assert (idea.status, decision.value, decision.date) == (status, value, timezone.localdate())
        assert decision.review == (months_after(timezone.localdate(), months) if months else None)
    for said in words:
        assert said in told, said
    unsaid = {TRAJECTORY, TALK_TEAM, TALK_PARTNERS, TELL, FIRST_THE_TRAJECTORY} - set(words) if status else set()
    follows = told.partition('id="follows"')[2].partition("</ul>")[0]
    advised = {TALK_TEAM} if value is NO_GO else set()
    assert not [said for said in unsaid - advised if said in follows]


@pytest.mark.parametrize("temperature", [MUCH, MIXED])
def test_a_conditional_go_starts_when_the_organisation_allows_it(
    temperature: Band, client: Client, follower: Member, policy: Member, organisation: Organisation
) -> None:
    organisation.allow_conditional_go = True
    organisation.save()
    idea = as_measured(client, follower, QUESTIONS, temperature)
    FollowUp.objects.create(idea=idea, text="Wie betaalt de huur?", step=1)
    blocked = decide(client, policy, idea, "go")
    assert blocked.status_code == 409
    assert "Wie betaalt de huur" in blocked.content.decode()
    FollowUp.objects.update(owner="HR", due=timezone.localdate())
    assert decide(client, policy, idea, "go").status_code == 302
    idea.refresh_from_db()
    assert (idea.status, Decision.objects.get().conditional) == (RUNNING, True)
    assert "onder voorbehoud" in get(client, follower, "decide", idea.pk)


def test_a_conditional_go_is_no_way_around_two_red_lights(
    client: Client, follower: Member, policy: Member, organisation: Organisation
) -> None:
    organisation.allow_conditional_go = True
    organisation.save()
    idea = as_measured(client, follower, QUESTIONS, LITTLE)
    answer = decide(client, policy, idea, "go")
    assert answer.status_code == 409
    assert TWO_RED_LIGHTS in answer.content.decode()


def test_the_coordinator_lets_two_red_lights_through_with_a_note_and_the_trajectory_comes_first(
    client: Client, follower: Member, policy: Member, coordinator: Member
) -> None:
    idea = as_measured(client, follower, QUESTIONS, LITTLE)
    assert post(client, policy, "prepare", idea.pk, "override", override="Het moet.").status_code == 403
    note = "De subsidie vervalt vrijdag."
    assert say(client, coordinator, idea, "override", note).status_code == 302
    assert decide(client, policy, idea, "go").status_code == 302
    idea.refresh_from_db()
    assert (idea.status, idea.step, Decision.objects.get().override) == (Status.IN_STEP, 4, note)
    assert FIRST_THE_TRAJECTORY in get(client, follower, "decide", idea.pk)
    assert post(client, follower, "start", idea.pk).status_code == 409


def test_a_go_that_waits_starts_once_its_trajectory_is_planned(
    client: Client, follower: Member, policy: Member, colleague: Member
) -> None:
    idea = as_measured(client, follower, ALL_OK, LITTLE)
    decide(client, policy, idea, "go")
    assert post(client, follower, "start", idea.pk).status_code == 409
    plan = {"aim": "Iedereen weet waarom", "owner": "directeur", "version": ""}
    assert post(client, follower, "part", idea.pk, "trajectory", **plan).status_code == 302
    assert 'id="start"' not in get(client, follower, "decide", idea.pk)
    post(client, follower, "add", idea.pk, "actions", text="Teamgesprek", due="2027-01-15")
    assert TrajectoryAction.objects.get().trajectory.owner == "directeur"
    assert 'id="start"' in get(client, follower, "decide", idea.pk)
    assert post(client, colleague, "start", idea.pk).status_code == 403
    assert post(client, follower, "start", idea.pk).status_code == 302
    idea.refresh_from_db()
    assert idea.status is RUNNING


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize(
    "status", [ConditionStatus.NOT_MET, ConditionStatus.PARTLY, ConditionStatus.CANNOT_BE_MET], ids=str
)
def test_an_unmet_condition_blocks_a_go_whatever_the_verdict_and_whoever_overrides(
    verdict: Verdict, status: ConditionStatus, client: Client, follower: Member, policy: Member
) -> None:
    idea = as_measured(client, follower, verdict, MUCH)
    prepare(idea, override="Toch maar.")
    Condition.objects.update(status=status)
    answer = decide(client, policy, idea, "go")
    assert answer.status_code == 409
    assert "Er is een coördinator" in answer.content.decode()
    assert not Decision.objects.exists()
    assert decide(client, policy, idea, "no_go").status_code == 302


@pytest.mark.parametrize("value", ["go", "no_go"])
def test_without_a_temperature_a_decision_needs_the_note(
    value: str, client: Client, follower: Member, policy: Member
) -> None:
    idea = idea_of(follower)
    give_verdict(client, follower, idea, ALL_OK)
    take_temperature(client, follower, idea, (0, 0, 1, 0, 1))
    answer = decide(client, policy, idea, value)
    assert answer.status_code == 409
    assert "De temperatuur van je team is nog niet bekend." in answer.content.decode()
    assert say(client, follower, idea, "not_measured", "Het team is te klein.").status_code == 302
    assert decide(client, policy, idea, value).status_code == 302
    assert Decision.objects.get().not_measured == "Het team is te klein."


def test_a_proposal_that_does_not_work_needs_no_temperature_for_its_no_go(
    client: Client, follower: Member, policy: Member
) -> None:
    idea = idea_of(follower)
    give_verdict(client, follower, idea, NOT_OK, "Het gebouw is niet veilig.")
    assert decide(client, policy, idea, "no_go").status_code == 302


def test_without_a_verdict_nothing_is_decided(client: Client, follower: Member, policy: Member) -> None:
    idea = idea_of(follower)
    answer = decide(client, policy, idea, "no_go")
    assert answer.status_code == 409
    assert "Jullie zeiden nog niet hoe het voorstel ervoor staat." in answer.content.decode()


def test_a_small_idea_is_decided_from_whichever_step_it_is_in(client: Client, follower: Member, policy: Member) -> None:
    idea = idea_of(follower, replace(READY, step=1))
    give_verdict(client, follower, idea, ALL_OK)
    take_temperature(client, follower, idea, COUNTS[MUCH])
    assert decide(client, policy, idea, "go").status_code == 302
    idea.refresh_from_db()
    assert (idea.status, idea.step) == (RUNNING, 4)
