"""As whom somebody works who belongs to several organisations."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ideas.models import Idea
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client


@pytest.fixture
def elsewhere(follower: Member) -> Member:
    """The follower, who works for a neighbour as well."""
    neighbour = factories.organisation(name="De Meanderbocht vzw (fictief)", slug="meanderbocht")
    return Member.objects.create(account=follower.account, name=follower.name, organisation=neighbour)


def test_who_belongs_to_two_switches_and_sees_each_apart(client: Client, idea: Idea, elsewhere: Member) -> None:
    Idea.objects.create(organisation=elsewhere.organisation, slug="daar", title="Iets van daar", status="received")
    client.force_login(elsewhere)
    assert idea.title in client.get("/").content.decode()
    client.post(reverse("switch"), {"member": elsewhere.pk})
    page = client.get("/").content.decode()
    assert "De Meander" in page
    assert idea.title not in page


def test_an_idea_opens_as_a_member_of_its_own_organisation(client: Client, idea: Idea, elsewhere: Member) -> None:
    client.force_login(elsewhere)
    client.post(reverse("switch"), {"member": elsewhere.pk})
    address = reverse("ideas:idea", args=[idea.pk])
    client.get(reverse("ideas:now", args=[idea.pk]), headers={"HX-Request": "true"})
    assert "De Meander" in client.get("/").content.decode(), "a page in the background changes nothing"
    page = client.get(address)
    assert page.status_code == 200
    assert idea.organisation.name in page.content.decode()
    assert idea.title in client.get("/").content.decode()


def test_nobody_becomes_who_they_are_not(client: Client, idea: Idea, elsewhere: Member, outsider: Member) -> None:
    client.force_login(elsewhere)
    for other in [outsider.pk, 0, "x"]:
        assert client.post(reverse("switch"), {"member": other}).status_code == 404
    assert idea.title in client.get("/").content.decode()


def test_whoever_left_sees_nothing_any_more_and_is_told_so(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    Member.objects.filter(pk=follower.pk).update(ended=timezone.localdate())
    for address in ["/", reverse("ideas:idea", args=[idea.pk])]:
        page = client.get(address)
        assert page.status_code == 403
        assert idea.title not in page.content.decode()


def test_whoever_left_one_of_two_works_on_in_the_other(client: Client, idea: Idea, elsewhere: Member) -> None:
    client.force_login(elsewhere)
    Member.objects.filter(organisation=idea.organisation).update(ended=timezone.localdate())
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == 404
    assert "De Meander" in client.get("/").content.decode()


def test_one_account_is_one_member_of_an_organisation(follower: Member, organisation: Organisation) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"):
        Member.objects.create(account=follower.account, name="Nog eens", organisation=organisation)
