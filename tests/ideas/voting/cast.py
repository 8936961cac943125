"""A team that votes, for tests."""

from typing import Any

from django.urls import reverse

from checks.codes import VotingWay
from ideas.models import Idea, OpenReading
from people.models import Member, Organisation, Team
from tests import factories
from tests.factories import Client
from tests.ideas.asking.cast import sends


def team_of(organisation: Organisation, team: Team, count: int) -> list[Member]:
    return [factories.member(f"lid{number}", organisation, team=team) for number in range(count)]


def as_(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def opens(idea: Idea, way: VotingWay = VotingWay.EACH) -> OpenReading:
    return OpenReading.open(idea, way)


def reading_of(idea: Idea) -> OpenReading:
    return OpenReading.objects.get(idea=idea)


def link_of(reading: OpenReading, member: Member) -> str:
    return reverse("ideas:vote_link", args=[reading.token_for(member)])


def slip_at(code: str) -> str:
    return reverse("ideas:vote_slip", args=[code])


def votes(client: Client, where: str, value: object, remark: str = "", **more: Any) -> Any:
    """Sends the form of a page on which one votes."""
    return sends(client, where, {"value": str(value), "remark": remark, **more})
