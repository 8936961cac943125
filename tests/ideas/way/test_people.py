"""The people on an idea: who reads it, who changes it, and what comes of it."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from checks.codes import Role, Status
from ideas.access import Act, standing_of
from ideas.models import Idea, Involvement
from people.models import Member
from tests import factories
from tests.factories import Client


def people(idea: Idea) -> str:
    return reverse("ideas:people", args=[idea.pk])


def test_everybody_reads_who_is_named_on_an_idea(
    idea: Idea, client: Client, follower: Member, colleague: Member, support: Member, policy: Member
) -> None:
    Involvement.objects.create(idea=idea, member=support, role=Role.SUPPORT)
    Idea.objects.update(stand_in=colleague, stand_in_until=date(2099, 12, 3))
    client.force_login(policy)
    html = client.get(people(idea)).content.decode()
    for member in [follower, colleague, support]:
        assert member.name in html
    assert "3 december 2099" in html
    assert "<select" not in html


def test_a_colleague_who_is_named_may_edit_and_may_not_once_taken_away(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    client.post(people(idea), {"member": colleague.pk, "role": "collaborator"})
    assert standing_of(colleague, Idea.objects.get()).may(Act.EDIT)
    assert colleague.name in client.get(people(idea)).content.decode()
    client.post(people(idea), {"remove": Involvement.objects.get().pk})
    assert not standing_of(colleague, Idea.objects.get()).may(Act.EDIT)


def test_a_named_support_service_sees_a_confidential_idea_and_takes_part_in_the_control(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    Idea.objects.update(confidential=True)
    client.force_login(follower)
    client.post(people(idea), {"member": colleague.pk, "role": "support"})
    assert standing_of(colleague, Idea.objects.get()).may(Act.CONTROL)
    client.force_login(colleague)
    assert client.get(people(idea)).status_code == 200


@pytest.mark.parametrize(
    ("who", "may"),
    [("follower", True), ("coordinator", True), ("colleague", False), ("support", False), ("policy", False)],
)
def test_the_follower_and_the_coordinator_name_people(
    who: str, may: bool, idea: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    named = factories.member("nieuw", idea.organisation)
    client.force_login(request.getfixturevalue(who))
    assert ("<select" in client.get(people(idea)).content.decode()) is may
    answer = client.post(people(idea), {"member": named.pk, "role": "collaborator"})
    assert answer.status_code == (302 if may else 403)
    assert Involvement.objects.exists() is may


def test_nobody_is_named_twice_or_from_another_organisation_or_as_something_else(
    idea: Idea, client: Client, follower: Member, colleague: Member, outsider: Member
) -> None:
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    client.force_login(follower)
    for told in [
        {"member": colleague.pk, "role": "collaborator"},
        {"member": outsider.pk, "role": "collaborator"},
        {"member": follower.pk, "role": "support"},
        {"member": colleague.pk, "role": "policy_team"},
        {"member": "", "role": "support"},
    ]:
        assert client.post(people(idea), told).status_code == 422
    assert Involvement.objects.count() == 1


def test_the_same_form_sent_twice_names_one_colleague(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    told = {"member": colleague.pk, "role": "support", "token": str(uuid4())}
    assert [client.post(people(idea), told).status_code for _ in range(2)] == [302, 302]
    assert Involvement.objects.count() == 1


def test_who_is_named_on_another_idea_stays_there(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    elsewhere = Involvement.objects.create(
        idea=factories.idea(idea.organisation), member=colleague, role=Role.COLLABORATOR
    )
    client.force_login(follower)
    for gone in [elsewhere.pk, "x", "9" * 40]:
        assert client.post(people(idea), {"remove": gone}).status_code == 302
    assert Involvement.objects.get() == elsewhere


def test_on_an_idea_that_went_on_in_another_nobody_is_named_or_taken_away(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    there = Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    Idea.objects.filter(pk=idea.pk).update(status=Status.MERGED, merged_into=factories.idea(idea.organisation))
    client.force_login(follower)
    assert client.post(people(idea), {"remove": there.pk}).status_code == 409
    assert client.post(people(idea), {"member": colleague.pk, "role": "support"}).status_code == 409
    assert Involvement.objects.get() == there


def test_another_organisation_finds_nothing(idea: Idea, client: Client, outsider: Member) -> None:
    client.force_login(outsider)
    assert client.get(people(idea)).status_code == 404
    assert client.post(people(idea), {"member": outsider.pk, "role": "support"}).status_code == 404


def test_it_takes_the_same_few_queries_for_one_colleague_as_for_many(
    idea: Idea, client: Client, follower: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(follower)
    for number in range(12):
        with django_assert_num_queries(7):
            client.get(people(idea))
        member = factories.member(f"lid{number}", idea.organisation)
        Involvement.objects.create(idea=idea, member=member, role=Role.COLLABORATOR)
        factories.idea(idea.organisation, status=Status.MERGED, merged_into=idea)
