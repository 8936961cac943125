"""Who read what is confidential, and the one page that somebody reads by a link."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from checks.codes import Role
from ideas.models import Idea, Reading, ReadLink
from people.models import Member
from tests.factories import Client
from tests.page_forms import form_to

TODAY = timezone.localdate


def page(idea: Idea, name: str = "idea") -> str:
    return reverse(f"ideas:{name}", args=[idea.pk])


@pytest.fixture
def confidential(idea: Idea) -> Idea:
    Idea.objects.update(confidential=True)
    idea.refresh_from_db()
    return idea


def made(client: Client, idea: Idea, days: int = 7) -> str:
    """The address of a new link, as the page shows it."""
    shown = client.post(page(idea, "read_links"), {"for_whom": "algemeen directeur", "days": days})
    [address] = re.findall(r"http://testserver(/read/[^\"]+)", shown.content.decode())
    return address  # type: ignore[no-any-return]


def test_who_signed_in_long_ago_shows_who_they_are_before_a_link_is_made(
    client: Client, idea: Idea, follower: Member
) -> None:
    client.force_login(follower)
    client.show(follower, ago=60 * 16)
    assert client.get(page(idea, "read_links")).status_code == 302
    assert client.post(page(idea, "read_links"), {"for_whom": "directeur", "days": 7}).status_code == 401
    assert not ReadLink.objects.exists()
    client.show(follower)
    assert made(client, idea)


def test_who_reads_a_confidential_idea_is_noted_once_a_day(
    client: Client, confidential: Idea, follower: Member, policy: Member
) -> None:
    client.force_login(policy)
    for _ in range(2):
        client.get(page(confidential))
        client.get(page(confidential, "explore"))
    client.get(page(confidential, "dossier"))
    noted = set(Reading.objects.values_list("member", "role", "took_along"))
    assert noted == {(policy.pk, Role.POLICY_TEAM, False), (policy.pk, Role.POLICY_TEAM, True)}
    client.force_login(follower)
    told = client.get(page(confidential, "readings")).content.decode()
    assert policy.name in told


def test_what_is_not_confidential_leaves_no_note(client: Client, idea: Idea, policy: Member) -> None:
    client.force_login(policy)
    client.get(page(idea))
    assert not Reading.objects.exists()


def test_who_may_not_read_it_is_not_noted_and_sees_no_notes(
    client: Client, confidential: Idea, colleague: Member, policy: Member
) -> None:
    client.force_login(colleague)
    assert client.get(page(confidential)).status_code == 404
    assert client.get(page(confidential, "readings")).status_code == 404
    assert not Reading.objects.exists()
    client.force_login(policy)
    assert client.get(page(confidential, "readings")).status_code == 403


def test_a_director_without_an_account_reads_one_page(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    address = made(client, idea)
    assert address not in client.get(page(idea, "read_links")).content.decode(), "it is shown once"
    stranger = Client()
    read = stranger.get(address)
    assert read.status_code == 200
    assert idea.title in read.content.decode()
    assert read.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in read.headers["Cache-Control"]
    assert stranger.post(address).status_code == 405
    assert ReadLink.objects.get().last_opened == TODAY()


@pytest.mark.parametrize("how", ["revoked", "too old", "wrong"])
def test_a_link_that_does_not_work_opens_nothing(client: Client, idea: Idea, follower: Member, how: str) -> None:
    client.force_login(follower)
    address = made(client, idea)
    link = ReadLink.objects.get()
    if how == "revoked":
        client.post(reverse("ideas:revoke_link", args=[idea.pk, link.pk]))
    elif how == "too old":
        ReadLink.objects.update(until=TODAY() - timedelta(days=1))
    else:
        address = f"{address[:-2]}{'y' if address[-2] == 'x' else 'x'}/"
    assert Client().get(address).status_code == 404


def test_a_link_works_until_its_last_day(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    address = made(client, idea, days=14)
    assert ReadLink.objects.get().until == TODAY() + timedelta(days=14)
    ReadLink.objects.update(until=TODAY())
    assert Client().get(address).status_code == 200


def test_the_secret_of_a_link_is_kept_nowhere(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    secret = made(client, idea).split("/")[2]
    assert secret not in str(list(ReadLink.objects.values()))


def test_reading_by_a_link_is_noted_where_the_idea_is_confidential(
    client: Client, confidential: Idea, follower: Member
) -> None:
    client.force_login(follower)
    address = made(client, confidential)
    for _ in range(2):
        Client().get(address)
    assert Reading.objects.filter(link__isnull=False).count() == 1
    assert "algemeen directeur" in client.get(page(confidential, "readings")).content.decode()


def test_a_link_ends_when_the_idea_becomes_confidential_and_one_made_later_works(
    client: Client, idea: Idea, follower: Member
) -> None:
    client.force_login(follower)
    before = made(client, idea)
    facts = reverse("ideas:part", args=[idea.pk, "facts"])
    client.post(facts, form_to(facts, client.get(facts).content.decode()).sent({"confidential": "on"}))
    idea.refresh_from_db()
    assert idea.confidential
    assert Client().get(before).status_code == 404
    assert ReadLink.objects.get().revoked, "the page with the links says so"
    after = made(client, idea)
    idea.save()
    assert Client().get(after).status_code == 200


def test_only_who_leads_makes_links(client: Client, idea: Idea, colleague: Member, policy: Member) -> None:
    for who in (colleague, policy):
        client.force_login(who)
        assert client.post(page(idea, "read_links"), {"for_whom": "x", "days": 7}).status_code == 403
    assert not ReadLink.objects.exists()


@pytest.mark.parametrize("typed", [{"for_whom": ""}, {"days": "365"}, {"days": ""}])
def test_a_link_without_an_end_or_a_reader_is_refused(
    client: Client, idea: Idea, follower: Member, typed: dict[str, str]
) -> None:
    client.force_login(follower)
    answer = client.post(page(idea, "read_links"), {"for_whom": "directeur", "days": "7"} | typed)
    assert answer.status_code == 422
    assert not ReadLink.objects.exists()


def test_a_link_takes_few_queries(
    client: Client, idea: Idea, follower: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(follower)
    address = made(client, idea)
    with django_assert_max_num_queries(35):
        Client().get(address)
