"""What waits for whom: tasks and the days of ideas, with whoever replaces them, and nothing that they may not read."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from checks.codes import FollowUpStatus, GoNoGo, Role, Status, Verdict
from ideas.due import ACTION, ANSWER, FOLLOW_UP, REVIEW, REVISIT
from ideas.for_me.providers import ASKED, DECIDE, MENTIONED
from ideas.for_me.waits import waits_for
from ideas.models import (
    Comment,
    CommentsSeen,
    Control,
    FollowUp,
    Idea,
    Involvement,
    Review,
    Trajectory,
    TrajectoryAction,
)
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.asking.cast import ask

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=3)

pytestmark = pytest.mark.django_db


def a_task(idea: Idea, member: Member, **told: Any) -> FollowUp:
    return FollowUp.objects.create(idea=idea, text="Uren vrijmaken", owner_member=member, **{"due": SOON, **told})


def an_action(idea: Idea, member: Member, **told: Any) -> TrajectoryAction:
    trajectory, _ = Trajectory.objects.get_or_create(idea=idea)
    told = {"text": "Praten", "due": SOON, **told}
    return TrajectoryAction.objects.create(idea=idea, trajectory=trajectory, owner_member=member, **told)


def tick(client: Client, idea: Idea, name: str, row: FollowUp | TrajectoryAction) -> int:
    told = {"token": str(uuid4())}
    return int(client.post(reverse("ideas:tick_off", args=[idea.pk, name, row.pk]), told).status_code)


def kinds(*members: Member, handed_over: bool = True) -> list[list[str]]:
    found = waits_for(members, TODAY, handed_over=handed_over)
    return [[waits.kind.en for waits in found[member.pk]] for member in members]


def test_an_open_task_waits_for_whoever_sees_to_it(idea: Idea, colleague: Member, follower: Member) -> None:
    point, action = a_task(idea, colleague), an_action(idea, colleague)
    found = waits_for([colleague, follower], TODAY)
    assert [(waits.kind, waits.link, waits.day) for waits in found[colleague.pk]] == [
        (ACTION, f"/idea/{idea.pk}/decide/#actions-{action.pk}", SOON),
        (FOLLOW_UP, f"/idea/{idea.pk}/check/#followups-{point.pk}", SOON),
    ]
    assert found[follower.pk] == []


@pytest.mark.parametrize("status", [FollowUpStatus.SOLVED, FollowUpStatus.LAPSED])
def test_what_is_done_waits_for_nobody(idea: Idea, colleague: Member, status: FollowUpStatus) -> None:
    a_task(idea, colleague, status=status)
    an_action(idea, colleague, done=TODAY)
    assert kinds(colleague) == [[]]


@pytest.mark.parametrize(
    "told",
    [
        {"status": Status.PAUSED},
        {"status": Status.STOPPED},
        {"status": Status.MERGED},
        {"status": Status.NO_GO, "closed": TODAY},
        {"test": True},
    ],
    ids=str,
)
def test_an_idea_that_rests_asks_nothing(idea: Idea, colleague: Member, told: dict[str, Any]) -> None:
    a_task(idea, colleague)
    Idea.objects.update(**told)
    assert kinds(colleague) == [[]]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"answer_needed_by": SOON}, ANSWER),
        ({"answer_needed_by": SOON, "status": Status.NO_GO}, None),
        ({"revisit_on": SOON, "status": Status.PAUSED}, REVISIT),
        ({"revisit_on": SOON, "status": Status.NOT_FOLLOWED}, REVISIT),
        ({"revisit_on": SOON}, None),
        ({"status": Status.RUNNING}, None),
    ],
    ids=str,
)
def test_the_days_of_an_idea_wait_for_its_follower(
    idea: Idea, follower: Member, colleague: Member, told: dict[str, Any], kind: Any
) -> None:
    Idea.objects.update(**told)
    assert kinds(follower, colleague) == [[kind.en] if kind else [], []]


def test_one_looks_back_when_that_was_agreed_at_the_decision_or_at_the_last_time(idea: Idea, follower: Member) -> None:
    Idea.objects.update(status=Status.RUNNING, step=4)
    idea.decisions.create(value=GoNoGo.GO, review=SOON)
    found = waits_for([follower], TODAY)[follower.pk]
    assert [(waits.kind, waits.day) for waits in found] == [(REVIEW, SOON)]
    later = SOON + timedelta(days=100)
    Review.objects.create(idea=idea, position=0, date=TODAY, next=later)
    assert [waits.day for waits in waits_for([follower], TODAY)[follower.pk]] == [later]
    Review.objects.create(idea=idea, position=1, date=TODAY)
    assert waits_for([follower], TODAY)[follower.pk] == []


def test_who_stands_in_is_reminded_as_well_until_that_day(idea: Idea, follower: Member, colleague: Member) -> None:
    Idea.objects.update(answer_needed_by=SOON, stand_in=colleague, stand_in_until=TODAY)
    assert kinds(follower, colleague) == [[ANSWER.en], [ANSWER.en]]
    Idea.objects.update(stand_in_until=TODAY - timedelta(days=1))
    assert kinds(follower, colleague) == [[ANSWER.en], []]


def test_the_most_urgent_comes_first_and_what_has_no_day_last(idea: Idea, colleague: Member) -> None:
    days = [None, SOON, TODAY - timedelta(days=9), TODAY]
    for day in days:
        a_task(idea, colleague, due=day)
    found = [waits.day for waits in waits_for([colleague], TODAY)[colleague.pk]]
    assert found == [TODAY - timedelta(days=9), TODAY, SOON, None]


def away(member: Member, replacement: Member | None) -> None:
    member.away_from, member.away_until, member.replacement = TODAY, TODAY, replacement
    member.save()


def test_what_waits_for_who_is_away_stands_with_the_replacement(
    idea: Idea, follower: Member, colleague: Member, support: Member
) -> None:
    a_task(idea, follower)
    away(follower, colleague)
    assert kinds(follower, colleague, support) == [[], [FOLLOW_UP.en], []]
    assert kinds(follower, colleague, handed_over=False) == [[FOLLOW_UP.en], []]


def test_a_replacement_is_one_step_and_who_has_it_opens_it(
    idea: Idea, follower: Member, colleague: Member, support: Member, policy: Member, client: Client
) -> None:
    ask(idea, policy, follower)
    away(follower, colleague)
    away(colleague, support)
    assert kinds(follower, colleague, support) == [[], [ASKED.en], []]
    [waits] = waits_for([colleague], TODAY)[colleague.pk]
    client.force_login(colleague)
    assert client.get(waits.link).status_code == 200


def test_replacements_that_go_round_lose_nothing(idea: Idea, follower: Member, colleague: Member) -> None:
    a_task(idea, follower)
    away(follower, colleague)
    away(colleague, follower)
    assert kinds(follower, colleague) == [[], [FOLLOW_UP.en]]


def test_a_replacement_ticks_off_what_waits_for_them(
    idea: Idea, colleague: Member, outsider: Member, client: Client
) -> None:
    instead = factories.member("vervanger", idea.organisation)
    point, action = a_task(idea, colleague), an_action(idea, colleague)
    client.force_login(instead)
    assert [tick(client, idea, "followups", point), tick(client, idea, "actions", action)] == [403, 403]
    away(colleague, instead)
    assert kinds(instead) == [[ACTION.en, FOLLOW_UP.en]]
    assert [tick(client, idea, "followups", point), tick(client, idea, "actions", action)] == [302, 302]
    assert kinds(instead) == [[]]


def test_what_a_role_brings_goes_to_a_replacement_with_that_role_only(
    idea: Idea, policy: Member, colleague: Member
) -> None:
    Idea.objects.update(step=4)
    Control.objects.create(idea=idea, verdict=Verdict.OK)
    away(policy, colleague)
    assert kinds(policy, colleague) == [[DECIDE.en], []]
    Member.objects.filter(pk=colleague.pk).update(policy_team=True)
    policy.refresh_from_db()
    colleague.refresh_from_db()
    assert kinds(policy, colleague) == [[], [DECIDE.en]]


def test_a_mention_is_seen_once_the_replacement_saw_it(
    idea: Idea, follower: Member, colleague: Member, support: Member
) -> None:
    comment = Comment.objects.create(idea=idea, place="step-1", step=1, author=follower, text="Kijk eens")
    comment.mentions.add(colleague)
    away(colleague, support)
    assert kinds(colleague, support) == [[], [MENTIONED.en]]
    CommentsSeen.note(idea, support, [comment])
    assert kinds(colleague, support) == [[], []]
    Member.objects.filter(pk=colleague.pk).update(away_from=None, away_until=None)
    colleague.refresh_from_db()
    assert kinds(colleague) == [[MENTIONED.en]]


def test_who_is_away_without_a_replacement_keeps_it(idea: Idea, follower: Member, colleague: Member) -> None:
    a_task(idea, follower)
    away(follower, None)
    assert kinds(follower, colleague) == [[FOLLOW_UP.en], []]


def test_of_a_confidential_idea_nothing_waits_for_who_may_not_read_it(
    idea: Idea, follower: Member, colleague: Member, policy: Member
) -> None:
    Idea.objects.update(confidential=True)
    for member in (follower, colleague, policy):
        a_task(idea, member)
    assert kinds(follower, colleague, policy) == [[FOLLOW_UP.en] * 2, [], [FOLLOW_UP.en]]
    assert kinds(follower) == [[FOLLOW_UP.en] * 2]
    away(policy, colleague)
    assert kinds(policy, colleague) == [[FOLLOW_UP.en], []]
    assert kinds(policy) == [[FOLLOW_UP.en]]
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    assert kinds(policy, colleague) == [[], [FOLLOW_UP.en, FOLLOW_UP.en]]
    assert kinds(follower) == [[FOLLOW_UP.en]]


def test_what_was_given_to_somebody_who_left_waits_for_the_follower(
    idea: Idea, follower: Member, colleague: Member
) -> None:
    a_task(idea, colleague)
    an_action(idea, colleague)
    assert kinds(follower) == [[]]
    Member.objects.filter(pk=colleague.pk).update(ended=TODAY)
    assert kinds(follower) == [[ACTION.en, FOLLOW_UP.en]]


def test_a_confidential_idea_is_not_called_by_its_title(idea: Idea, follower: Member) -> None:
    Idea.objects.update(confidential=True, answer_needed_by=SOON)
    (waits,) = waits_for([follower], TODAY)[follower.pk]
    assert idea.title not in waits.called


def test_many_people_and_ideas_take_no_more_queries(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def more(number: int) -> Member:
        member = factories.member(f"lid{number}", organisation)
        for confidential in (False, True):
            told = {"idea_owner": member, "answer_needed_by": SOON, "confidential": confidential}
            idea = factories.idea(organisation, **told)
            a_task(idea, member)
            an_action(idea, member)
            running = factories.idea(organisation, idea_owner=member, status=Status.RUNNING)
            running.decisions.create(value=GoNoGo.GO, review=SOON)
        return member

    members = [more(1)]
    with django_assert_num_queries(16) as asked:
        waits_for(members, TODAY)
    members += [more(number) for number in range(2, 8)]
    with django_assert_num_queries(len(asked)):
        found = waits_for(members, TODAY)
    assert [len(each) for each in found.values()] == [8] * 7


def test_a_day_is_a_day_in_brussels(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague, due=date(2026, 3, 29))
    (waits,) = waits_for([colleague], TODAY)[colleague.pk]
    assert waits.day == date(2026, 3, 29)
