"""Teams: made, renamed, and taken away with a word on what becomes of who was in them."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from ideas.models import Change, Idea
from people.models import Member, Team
from tests.factories import Client


@pytest.fixture
def coordinating(coordinator: Member) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def send(client: Client, page: str, /, *args: int, **told: Any) -> Any:
    return client.post(reverse(f"ideas:{page}", args=args), {"token": str(uuid4()), **told})


def test_a_team_is_made_once(coordinating: Client, team: Team) -> None:
    assert send(coordinating, "teams", name="  Team   buurtwerk ").status_code == 302
    assert set(Team.objects.values_list("name", flat=True)) == {"Team buurtwerk", team.name}
    for wrong in ["team BUURTWERK", "", " "]:
        assert send(coordinating, "teams", name=wrong).status_code == 422
    assert Team.objects.count() == 2


def test_two_organisations_may_have_teams_of_one_name(coordinating: Client, team: Team, outsider: Member) -> None:
    client = Client()
    client.force_login(outsider)
    assert send(client, "teams", name=team.name).status_code == 302
    assert Team.objects.filter(name=team.name).count() == 2


def test_a_new_name_goes_to_its_ideas_but_not_to_those_that_are_closed(
    coordinating: Client, team: Team, idea: Idea
) -> None:
    Idea.objects.update(team_name=team.name)
    closed = Idea.objects.create(
        organisation=idea.organisation, slug="oud", title="Oud", team=team, team_name=team.name, closed="2026-01-01"
    )
    assert send(coordinating, "team", team.pk, name="Team jong").status_code == 302
    assert Idea.objects.get(pk=idea.pk).team_name == "Team jong"
    assert Idea.objects.get(pk=closed.pk).team_name == team.name
    assert send(coordinating, "team", team.pk, name="team JONG").status_code == 302


def test_a_team_that_is_taken_away_leaves_its_people_and_ideas_to_another(
    coordinating: Client, team: Team, idea: Idea, follower: Member
) -> None:
    other = Team.objects.create(organisation=team.organisation, name="Team breed")
    assert send(coordinating, "take_away_team", team.pk, to=other.pk).status_code == 302
    assert Member.objects.get(pk=follower.pk).team == other
    now = Idea.objects.get(pk=idea.pk)
    assert (now.team, now.team_name) == (other, "Team breed")
    assert Change.objects.filter(idea=idea).exists()
    assert not Team.objects.filter(pk=team.pk).exists()


def test_an_idea_that_goes_to_no_team_keeps_its_name_as_a_text(coordinating: Client, team: Team, idea: Idea) -> None:
    Idea.objects.update(team_name=team.name)
    assert "1 " in coordinating.get(reverse("ideas:take_away_team", args=[team.pk])).content.decode()
    assert send(coordinating, "take_away_team", team.pk, to="").status_code == 302
    now = Idea.objects.get(pk=idea.pk)
    assert (now.team, now.team_name) == (None, team.name)
    assert coordinating.get(reverse("ideas:timeline", args=[idea.pk])).status_code == 200


def test_ideas_go_to_no_team_of_another_organisation(coordinating: Client, team: Team, outsider: Member) -> None:
    theirs = Team.objects.create(organisation=outsider.organisation, name="Daar")
    assert send(coordinating, "take_away_team", team.pk, to=theirs.pk).status_code == 422
    assert Team.objects.filter(pk=team.pk).exists()
