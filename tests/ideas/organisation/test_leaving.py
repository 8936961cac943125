"""Whoever leaves hands over first; their name stays in the past, and nothing is offered to them any more."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.codes import FollowUpStatus, Role, Status, Verb
from ideas.models import Change, FollowUp, Idea, Involvement, Trajectory, TrajectoryAction
from people.models import Deed, Mail, Member
from tests import factories
from tests.factories import Client


@pytest.fixture
def coordinating(coordinator: Member) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def leaves(client: Client, member: Member, **told: Any) -> Any:
    return client.post(reverse("ideas:leaving", args=[member.pk]), {"token": str(uuid4()), **told})


def page_of(client: Client, member: Member) -> str:
    return str(client.get(reverse("ideas:leaving", args=[member.pk])).content.decode())


@pytest.fixture
def second(idea: Idea, follower: Member) -> Idea:
    return factories.idea(idea.organisation, idea_owner=follower, status=Status.RUNNING, step=4)


def test_ideas_go_to_one_colleague_or_to_another_one_each(
    coordinating: Client,
    coordinator: Member,
    idea: Idea,
    second: Idea,
    follower: Member,
    colleague: Member,
    policy: Member,
) -> None:
    answer = leaves(coordinating, follower, all=colleague.pk, **{f"idea-{second.pk}": policy.pk})
    assert answer.status_code == 302
    assert [Idea.objects.get(pk=one.pk).idea_owner for one in [idea, second]] == [colleague, policy]
    event = idea.transitions.last()
    assert event is not None
    assert (event.verb, event.role, event.member) == (Verb.HAND_OVER, Role.COORDINATOR, coordinator)
    assert not Member.objects.get(pk=follower.pk).is_present
    deed = Deed.objects.get()
    assert (deed.by, deed.about, deed.what) == (coordinator, follower, Deed.What.ENDED)
    assert {mail.to for mail in Mail.objects.all()} == {colleague.email, policy.email}
    assert idea.title not in "".join(f"{mail.subject}{mail.body}" for mail in Mail.objects.all())
    assert all(f"?as={mail.account.members.get().pk}" in mail.body for mail in Mail.objects.all() if mail.account)


def test_nobody_leaves_an_idea_without_a_follower(
    coordinating: Client, idea: Idea, second: Idea, follower: Member, colleague: Member, outsider: Member
) -> None:
    for told in [{}, {f"idea-{idea.pk}": colleague.pk}, {"all": follower.pk}, {"all": outsider.pk}]:
        assert leaves(coordinating, follower, **told).status_code == 422
    assert Member.objects.get(pk=follower.pk).is_present
    assert Idea.objects.filter(idea_owner=follower).count() == 2
    assert not Deed.objects.exists()


def test_what_is_over_keeps_its_follower(coordinating: Client, idea: Idea, follower: Member) -> None:
    Idea.objects.filter(pk=idea.pk).update(status=Status.STOPPED)
    assert leaves(coordinating, follower).status_code == 302
    assert Idea.objects.get(pk=idea.pk).idea_owner == follower
    assert follower.name in coordinating.get(reverse("ideas:idea", args=[idea.pk])).content.decode()


def test_somebody_leaves_by_themselves(client: Client, idea: Idea, follower: Member, colleague: Member) -> None:
    client.force_login(follower)
    assert leaves(client, follower, all=colleague.pk).status_code == 302
    event = idea.transitions.last()
    assert event is not None
    assert (event.role, event.member) == (Role.IDEA_OWNER, follower)
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == 403


def test_what_was_still_to_be_mailed_to_who_leaves_does_not_go(
    coordinating: Client, coordinator: Member, colleague: Member
) -> None:
    mine, today = {"account": colleague.account, "to": colleague.email, "subject": "Er wacht iets"}, "2026-03-02"
    stays = [f"digest-{colleague.pk + 1}-2026-03-{colleague.pk}", f"asked-1-{colleague.pk}1", "password-reset:x"]
    for key in (f"digest-{colleague.pk}-{today}", f"asked-7-{colleague.pk}", *stays):
        Mail.objects.create(key=key, body="Wonen", **mine)
    others = {"account": coordinator.account, "to": coordinator.email, "subject": "Er wacht iets"}
    Mail.objects.create(key=f"asked-8-{colleague.pk}", **others)
    assert leaves(coordinating, colleague).status_code == 302
    waiting = set(Mail.objects.waiting().values_list("key", flat=True))
    assert waiting == {*stays, f"asked-8-{colleague.pk}"}
    assert not Mail.objects.get(key=f"asked-7-{colleague.pk}").body


def test_a_colleague_ends_nobody_else(client: Client, idea: Idea, follower: Member, colleague: Member) -> None:
    client.force_login(colleague)
    assert leaves(client, follower, all=colleague.pk).status_code == 403
    assert Member.objects.get(pk=follower.pk).is_present


def test_the_last_coordinator_stays(coordinating: Client, coordinator: Member, colleague: Member) -> None:
    assert coordinator.name in page_of(coordinating, coordinator)
    assert leaves(coordinating, coordinator).status_code == 409
    assert Member.objects.get(pk=coordinator.pk).is_present
    Member.objects.filter(pk=colleague.pk).update(coordinator=True)
    assert leaves(coordinating, coordinator).status_code == 302
    assert not Member.objects.get(pk=coordinator.pk).is_present


def test_the_page_shows_what_ties_somebody_to_ideas(
    coordinating: Client, idea: Idea, second: Idea, follower: Member, colleague: Member
) -> None:
    idea.stand_in, idea.stand_in_until = colleague, timezone.localdate()
    idea.save()
    Involvement.objects.create(idea=second, member=colleague, role=Role.COLLABORATOR)
    FollowUp.objects.create(idea=idea, text="Sleutel bijmaken", owner="Onthaalmedewerker")
    FollowUp.objects.create(idea=idea, text="Iets van een ander", owner="directeur")
    page = page_of(coordinating, colleague)
    assert idea.title in page
    assert second.title in page
    assert "Sleutel bijmaken" in page
    assert "Iets van een ander" not in page
    leaves(coordinating, colleague)
    now = Idea.objects.get(pk=idea.pk)
    assert (now.stand_in, now.stand_in_until) == (None, None)
    assert not Involvement.objects.exists()


def test_somebody_sees_nothing_confidential_by_their_function(client: Client, idea: Idea, colleague: Member) -> None:
    Idea.objects.update(confidential=True)
    FollowUp.objects.create(idea=idea, text="Geheim punt", owner=colleague.function)
    client.force_login(colleague)
    page = page_of(client, colleague)
    assert "Geheim punt" not in page
    assert idea.title not in page


def test_who_left_is_offered_nowhere(coordinating: Client, idea: Idea, follower: Member, colleague: Member) -> None:
    leaves(coordinating, colleague)
    for page in [
        reverse("ideas:way", args=[idea.pk, "hand_over"]),
        reverse("ideas:people", args=[idea.pk]),
        reverse("ideas:leaving", args=[follower.pk]),
        reverse("member", args=[follower.pk]),
        reverse("profile"),
    ]:
        assert f'value="{colleague.pk}"' not in coordinating.get(page).content.decode(), page


def test_a_form_sent_twice_ends_once(coordinating: Client, idea: Idea, follower: Member, colleague: Member) -> None:
    told = {"token": str(uuid4()), "all": colleague.pk}
    address = reverse("ideas:leaving", args=[follower.pk])
    assert [coordinating.post(address, told).status_code for _ in range(2)] == [302, 302]
    assert idea.transitions.count() == 1


def test_the_page_takes_as_many_queries_however_many_ideas(
    coordinating: Client, idea: Idea, second: Idea, follower: Member
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(coordinating, follower)
        return len(queries)

    few = count()
    for number in range(10):
        one = factories.idea(idea.organisation, idea_owner=follower)
        Involvement.objects.create(idea=one, member=follower, role=Role.COLLABORATOR)
        factories.member(f"nog{number}", idea.organisation, team=follower.team)
    assert count() <= few


def test_what_they_still_had_to_do_goes_to_who_follows_the_idea(
    coordinating: Client, coordinator: Member, idea: Idea, second: Idea, follower: Member, colleague: Member
) -> None:
    trajectory = Trajectory.objects.create(idea=second)
    point = FollowUp.objects.create(idea=idea, text="Bellen", owner="kok", owner_member=follower)
    solved = FollowUp.objects.create(idea=idea, text="Klaar", owner_member=follower, status=FollowUpStatus.SOLVED)
    action = TrajectoryAction.objects.create(idea=second, trajectory=trajectory, text="Praten", owner_member=follower)
    told = page_of(coordinating, follower)
    assert "Bellen" in told
    assert "Praten" in told
    assert leaves(coordinating, follower, all=colleague.pk).status_code == 302
    for row in (point, action, solved):
        row.refresh_from_db()
    assert (point.owner_member, action.owner_member, solved.owner_member) == (colleague, colleague, follower)
    change = Change.objects.get(content_type__model="followup", object_id=point.pk)
    assert (change.actor, list(change.changes)) == (coordinator, ["owner_member"])


# ---------- away


@pytest.fixture
def away(follower: Member, colleague: Member) -> Member:
    """The follower, replaced by the colleague."""
    follower.away_from, follower.away_until = timezone.localdate(), timezone.localdate() + timedelta(days=3)
    follower.replacement = colleague
    follower.save()
    return follower


def test_who_replaces_a_follower_follows_their_ideas(
    away: Member, colleague: Member, idea: Idea, client: Client
) -> None:
    Idea.objects.update(confidential=True)
    client.force_login(colleague)
    edits = reverse("ideas:way", args=[idea.pk, "pause"])
    assert client.get(edits).status_code == 200
    assert idea.title in client.get("/").content.decode()
    assert client.get(reverse("ideas:received")).status_code == 200
    Member.objects.filter(pk=away.pk).update(away_from=timezone.localdate() + timedelta(days=1))
    assert client.get(edits).status_code == 404
    assert idea.title not in client.get("/").content.decode()


def test_replacing_takes_no_more_queries(away: Member, colleague: Member, idea: Idea, client: Client) -> None:
    def count(member: Member) -> int:
        client.force_login(member)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    page = reverse("ideas:way", args=[idea.pk, "pause"])
    away_now = count(colleague)
    Idea.objects.update(idea_owner=colleague)
    assert away_now == count(colleague)


def test_pages_say_who_is_away_and_who_stands_in(
    away: Member, colleague: Member, idea: Idea, coordinating: Client
) -> None:
    html = coordinating.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    people = html.partition('id="people"')[2].partition("</section>")[0]
    assert colleague.name in people
    Idea.objects.update(idea_owner=colleague)
    form = coordinating.get(reverse("ideas:way", args=[idea.pk, "hand_over"])).content.decode()
    option = form.partition(f'<option value="{away.pk}">')[2].partition("</option>")[0]
    assert colleague.name in option
