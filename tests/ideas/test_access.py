"""Another organisation's idea answers 404 on every URL, and so does an idea that a member may not see."""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from checks.codes import Role
from ideas.models import Attachment, Dossier, Idea, Involvement
from people.models import Member
from tests import factories

# What belongs to no idea. A new URL is either about an idea, or it is named here on purpose.
OPEN_TO_ALL = {"account_login", "sign_in_to_demo", "account_logout", "set_language", "about"}
OF_THE_MEMBER = {"ideas:overview", "ideas:lane"}

LANE = "received"


def every_url(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_url(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def about_an_idea() -> list[str]:
    return [name for name, pattern in every_url() if "idea_id" in pattern.pattern.converters]


def address(name: str, idea: Idea) -> str:
    """The URL of this name for an idea, its first attachment and its Dutch dossier."""
    attachment = Attachment.objects.filter(idea=idea).first()
    known = {"idea_id": idea.pk, "attachment_id": attachment.pk if attachment else 1, "language": "nl", "slug": LANE}
    converters = dict(every_url())[name].pattern.converters
    return reverse(name, kwargs={key: known[key] for key in converters})


@pytest.fixture
def whole(idea: Idea) -> Idea:
    """An idea of which every URL answers: with a stored file and a dossier that is made."""
    Attachment.objects.create(
        idea=idea, title="Oproep", file="oproep.txt", stored=ContentFile(b"de oproep", name="oproep.txt")
    )
    Dossier.objects.create(idea=idea, language="nl", digest="0" * 64, pdf=b"%PDF-1.7", made_at=timezone.now())
    return idea


def test_every_url_is_about_an_idea_or_is_known_to_be_about_none() -> None:
    others = {name for name, _ in every_url()} - set(about_an_idea())
    assert others == OPEN_TO_ALL | OF_THE_MEMBER


@pytest.mark.parametrize("name", about_an_idea())
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_idea_of_another_organisation_is_not_there(
    name: str, method: str, whole: Idea, coordinator: Member, outsider: Member, client: Client
) -> None:
    def answer(member: Member) -> int:
        client.force_login(member)
        return int(getattr(client, method)(address(name, whole), {"language": "nl"}).status_code)

    ours = answer(coordinator)
    assert ours in {200, 302, 405}
    assert answer(outsider) == (405 if ours == 405 else 404)


@pytest.mark.parametrize("name", about_an_idea())
def test_an_idea_that_does_not_exist_answers_the_same(name: str, idea: Idea, outsider: Member, client: Client) -> None:
    client.force_login(outsider)
    there, nowhere = address(name, idea), address(name, Idea(pk=10**9))
    assert _shown(client, there) == _shown(client, nowhere)


def _shown(client: Client, address: str) -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("name", [*about_an_idea(), *sorted(OF_THE_MEMBER)])
def test_nobody_reads_without_signing_in(name: str, idea: Idea, client: Client) -> None:
    response = client.get(address(name, idea))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


READING = ["idea", "explore", "check", "concretise", "decide"]


@pytest.mark.parametrize("page", READING)
def test_a_member_reads_the_ideas_of_the_own_organisation(
    page: str, idea: Idea, colleague: Member, client: Client
) -> None:
    client.force_login(colleague)
    assert client.get(reverse(f"ideas:{page}", args=[idea.pk])).status_code == 200


@pytest.mark.parametrize(
    ("who", "sees"),
    [("follower", True), ("colleague", False), ("support", False), ("policy", True), ("coordinator", True)],
)
def test_a_confidential_idea_is_seen_by_who_is_named_on_it_policy_and_coordinator(
    who: str, sees: bool, idea: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    idea.confidential = True
    idea.save()
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == (200 if sees else 404)
    assert (idea.title in client.get(reverse("ideas:overview")).content.decode()) is sees


def test_a_collaborator_on_a_confidential_idea_sees_it(idea: Idea, colleague: Member, client: Client) -> None:
    idea.confidential = True
    idea.save()
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    client.force_login(colleague)
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == 200


@pytest.mark.parametrize(
    ("who", "may"),
    [("follower", True), ("colleague", False), ("support", False), ("policy", True), ("coordinator", True)],
)
def test_the_dossier_is_for_policy_coordinator_and_whose_idea_it_is(
    who: str, may: bool, idea: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    dossier = reverse("ideas:dossier", args=[idea.pk])
    assert client.get(dossier).status_code == (200 if may else 404)
    assert (dossier in client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()) is may


def test_a_team_member_may_have_the_dossier_of_an_idea_of_the_own_team(
    idea: Idea, organisation: object, client: Client
) -> None:
    assert idea.team is not None
    member = factories.member("teamlid", idea.organisation, team=idea.team)
    client.force_login(member)
    assert client.get(reverse("ideas:dossier", args=[idea.pk])).status_code == 200


def test_a_file_is_a_download_and_never_a_page(whole: Idea, coordinator: Member, client: Client) -> None:
    client.force_login(coordinator)
    answer = client.get(address("ideas:file", whole))
    assert b"".join(answer) == b"de oproep"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="oproep.txt"'


def test_a_file_that_is_gone_or_never_came_along_is_not_there(whole: Idea, coordinator: Member, client: Client) -> None:
    client.force_login(coordinator)
    attachment = Attachment.objects.get(idea=whole)
    attachment.stored.delete(save=False)
    Attachment.objects.update(stored="ideas/weg.txt")
    assert client.get(address("ideas:file", whole)).status_code == 404
    Attachment.objects.update(stored="")
    assert client.get(address("ideas:file", whole)).status_code == 404
