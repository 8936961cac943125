"""As whom somebody works who belongs to several organisations."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from ideas.models import Idea
from people.days_away import tell_replacement
from people.models import Mail, Member, Organisation
from people.preferences import stop_token
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


def test_a_link_in_a_mail_opens_in_the_organisation_that_it_came_from(client: Client, elsewhere: Member) -> None:
    follower = Member.objects.exclude(pk=elsewhere.pk).get(account=elsewhere.account)
    colleague = factories.member("buur", elsewhere.organisation)
    elsewhere.replaces.set([colleague])
    days = {"away_from": timezone.localdate(), "away_until": timezone.localdate()}
    Member.objects.filter(pk=colleague.pk).update(**days)
    colleague.refresh_from_db()
    tell_replacement(colleague, ["away_from"])
    stands = Mail.objects.get(account=elsewhere.account).body
    stop = reverse("stop_digest", args=[stop_token(elsewhere)])
    client.force_login(follower)
    client.post(reverse("switch"), {"member": follower.pk})
    own = reverse("my_mail")
    link = re.search(rf'"({own}[?][^"]*)"', client.get(stop).content.decode())
    assert link
    assert client.get(link[1]).status_code == 200
    assert client.post(own, {"digest": "never", "digest_hour": "7"}).status_code == 302
    told = dict(Member.objects.filter(account=elsewhere.account).values_list("pk", "digest"))
    assert told == {follower.pk: "weekdays", elsewhere.pk: "never"}
    client.post(reverse("switch"), {"member": follower.pk})
    link = re.search(r"http://localhost:8000(\S+)", stands)
    assert link
    assert elsewhere.organisation.name in client.get(link[1]).content.decode()


def test_nobody_becomes_who_they_are_not(client: Client, idea: Idea, elsewhere: Member, outsider: Member) -> None:
    client.force_login(elsewhere)
    for other in [outsider.pk, 0, "x"]:
        assert client.post(reverse("switch"), {"member": other}).status_code == 404
        assert idea.title in client.get(f"/?as={other}").content.decode()
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
