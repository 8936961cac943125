"""Inviting by mail: who invites is named, the link opens once, and nobody joins by just looking."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from people.models import Account, Invitation, Mail, Member, Organisation, Team
from people.models.invitation import STANDS, InvitationEndedError
from tests.factories import PASSWORD, Client
from tests.page_forms import form_to

JOINING = {"name": "Nele", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def signed_in_coordinator(coordinator: Member) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def invite(client: Client, **told: Any) -> str:
    """Invites somebody, and returns the link in the mail."""
    answer = client.post(reverse("invite"), {"email": "Nele@nieuw.test", **told})
    assert answer.status_code == 302, answer.context["form"].errors
    return link_in(Mail.objects.latest("pk"))


def link_in(mail: Mail) -> str:
    found = re.search(r"/invitation/\w+/", mail.body)
    assert found
    return found[0]


def test_a_mail_names_who_invites_and_whereto(signed_in_coordinator: Client, coordinator: Member) -> None:
    invite(signed_in_coordinator)
    mail = Mail.objects.get()
    assert mail.to == "nele@nieuw.test"
    assert coordinator.name in mail.subject + mail.body
    assert coordinator.email in mail.body
    assert coordinator.organisation.name in mail.subject
    assert "&#" not in mail.body


def test_whoever_has_no_account_chooses_a_name_and_a_password(
    signed_in_coordinator: Client, team: Team, client: Client
) -> None:
    link = invite(
        signed_in_coordinator, function="stafmedewerker", team=team.pk, support_service="HR", policy_team="on"
    )
    page = client.get(link).content.decode()
    assert team.organisation.name in page
    assert "coordinator" in page  # the name of who invites
    answer = client.post(link, JOINING)
    assert answer.headers["Location"] == "/"
    member = Member.objects.get(name="Nele")
    assert (member.email, member.team, member.support_service) == ("nele@nieuw.test", team, "HR")
    assert (member.policy_team, member.coordinator, member.function) == (True, False, "stafmedewerker")
    assert get_user(client) == member.account


def test_a_new_coordinator_goes_on_without_typing_the_password_once_more(
    signed_in_coordinator: Client, client: Client
) -> None:
    client.post(invite(signed_in_coordinator, coordinator="on"), JOINING)
    assert client.get(reverse("invite")).status_code == 200


def test_whoever_has_an_account_signs_in_and_joins(
    signed_in_coordinator: Client, outsider: Member, organisation: Organisation, client: Client
) -> None:
    link = invite(signed_in_coordinator, email=outsider.email)
    page = client.get(link).content.decode()
    assert f"{reverse('account_login')}?next={link}" in page
    client.post(link, JOINING)
    assert not Member.objects.filter(account=outsider.account, organisation=organisation).exists()
    client.force_login(outsider)
    client.get(link)
    assert not Member.objects.filter(account=outsider.account, organisation=organisation).exists()
    client.post(link)
    assert Member.objects.get(account=outsider.account, organisation=organisation).is_present
    assert organisation.name in client.get("/").content.decode()


def test_an_invitation_is_for_whom_it_names(signed_in_coordinator: Client, outsider: Member, client: Client) -> None:
    link = invite(signed_in_coordinator)
    client.force_login(outsider)
    for answer in [client.get(link), client.post(link, JOINING)]:
        assert "nele@nieuw.test" in answer.content.decode()
    assert not Account.objects.filter(email="nele@nieuw.test").exists()
    assert Invitation.objects.get().is_open


def test_a_colleague_does_not_join_with_the_invitation_of_somebody_else_who_has_an_account(
    signed_in_coordinator: Client, outsider: Member, organisation: Organisation, client: Client
) -> None:
    other = Account.objects.create_user("ander@nieuw.test")
    link = invite(signed_in_coordinator, email=other.email)
    client.force_login(outsider)
    assert client.post(link, JOINING).status_code == 200
    assert not organisation.members.filter(account__in=[other, outsider.account]).exists()


def test_one_that_is_mailed_again_meanwhile_is_not_accepted_by_the_old_link(signed_in_coordinator: Client) -> None:
    invite(signed_in_coordinator)
    before = Invitation.objects.get()
    Invitation.objects.get().renew()
    with pytest.raises(InvitationEndedError):
        before.accept(Account.objects.create_user("nele@nieuw.test"), "Nele")


def test_it_opens_once(signed_in_coordinator: Client) -> None:
    link = invite(signed_in_coordinator)
    nele = Client()
    nele.post(link, JOINING)
    assert nele.get(link).status_code == 302
    for answer in [Client().get(link), Client().post(link, {**JOINING, "name": "Een ander"})]:
        assert answer.status_code == 410
    assert Member.objects.filter(account__email="nele@nieuw.test").count() == 1


def test_it_opens_until_its_day(signed_in_coordinator: Client, client: Client) -> None:
    link = invite(signed_in_coordinator)
    assert timedelta(days=14) == STANDS
    Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.post(link, JOINING).status_code == 410
    account = Account.objects.create_user("nele@nieuw.test")
    with pytest.raises(InvitationEndedError):
        Invitation.objects.get().accept(account, "Nele")
    assert not Member.objects.filter(account=account).exists()


def test_one_that_is_withdrawn_opens_nothing(signed_in_coordinator: Client, client: Client) -> None:
    link = invite(signed_in_coordinator)
    signed_in_coordinator.post(reverse("withdraw", args=[Invitation.objects.get().pk]))
    assert client.post(link, JOINING).status_code == 410
    again = reverse("invite_again", args=[Invitation.objects.get().pk])
    assert signed_in_coordinator.post(again).status_code == 404


def test_mailed_again_only_the_new_link_opens(signed_in_coordinator: Client, client: Client) -> None:
    first = invite(signed_in_coordinator)
    Invitation.objects.update(until=timezone.now())
    signed_in_coordinator.post(reverse("invite_again", args=[Invitation.objects.get().pk]))
    second = link_in(Mail.objects.latest("pk"))
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert Mail.objects.count() == 2


def test_whoever_coordinates_sees_that_a_mail_server_refused_the_address(signed_in_coordinator: Client) -> None:
    told = "De mail raakte niet bezorgd"
    invite(signed_in_coordinator)
    assert told not in signed_in_coordinator.get(reverse("people")).content.decode()
    Mail.objects.get().give_up("550 5.1.1 Nobody here of that name")
    assert told in signed_in_coordinator.get(reverse("people")).content.decode()
    signed_in_coordinator.post(reverse("invite_again", args=[Invitation.objects.get().pk]))
    assert told not in signed_in_coordinator.get(reverse("people")).content.decode()


def test_the_code_itself_is_not_kept(signed_in_coordinator: Client) -> None:
    code = invite(signed_in_coordinator).split("/")[2]
    assert code not in str(Invitation.objects.values().get())


@pytest.mark.parametrize("email", ["OPVOLGER@lindeveer.test", "nele@nieuw.test"])
def test_inviting_who_belongs_here_or_is_invited_says_so(
    email: str, signed_in_coordinator: Client, follower: Member
) -> None:
    invite(signed_in_coordinator)
    answer = signed_in_coordinator.post(reverse("invite"), {"email": email})
    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors
    assert Invitation.objects.count() == Mail.objects.count() == 1


def test_a_form_sent_twice_invites_once(signed_in_coordinator: Client) -> None:
    sent = form_to(reverse("invite"), signed_in_coordinator.get(reverse("invite")).content.decode()).sent()
    for _ in range(2):
        answer = signed_in_coordinator.post(reverse("invite"), {**sent, "email": "nele@nieuw.test"})
        assert answer.status_code == 302
    assert Invitation.objects.count() == Mail.objects.count() == 1


def test_two_organisations_invite_the_same_person(
    signed_in_coordinator: Client, outsider: Member, client: Client
) -> None:
    link = invite(signed_in_coordinator)
    client.force_login(outsider)
    other = invite(client)
    nele = Client()
    nele.post(link, JOINING)
    nele.post(other)
    assert Member.objects.filter(account__email="nele@nieuw.test").count() == 2


def test_by_an_invitation_of_somebody_who_left_nobody_comes_in(
    signed_in_coordinator: Client, coordinator: Member, colleague: Member
) -> None:
    link = invite(signed_in_coordinator, coordinator="on")
    Member.objects.filter(pk=colleague.pk).update(coordinator=True)
    coordinator.end()
    assert Client().post(link, JOINING).status_code == 410
    assert not Member.objects.filter(account__email="nele@nieuw.test").exists()


def test_the_calendar_of_somebody_who_left_stays_shut_when_they_come_back(colleague: Member) -> None:
    Member.objects.filter(pk=colleague.pk).update(calendar="geheim")
    colleague.refresh_from_db()
    colleague.end()
    Member.objects.filter(pk=colleague.pk).update(ended=None)
    assert Client().get("/calendar/geheim.ics").status_code == 404


def test_whoever_left_can_be_invited_again_and_is_who_they_were(
    signed_in_coordinator: Client, follower: Member, client: Client
) -> None:
    follower.end()
    link = invite(signed_in_coordinator, email=follower.email, coordinator="on")
    client.force_login(follower)
    client.post(link)
    back = Member.objects.get(pk=follower.pk)
    assert (back.ended, back.coordinator, back.name) == (None, True, follower.name)


def test_a_team_of_another_organisation_is_not_offered(signed_in_coordinator: Client, outsider: Member) -> None:
    theirs = Team.objects.create(organisation=outsider.organisation, name="Daar")
    answer = signed_in_coordinator.post(reverse("invite"), {"email": "a@b.test", "team": theirs.pk})
    assert answer.status_code == 422


def test_a_code_that_was_never_given_opens_nothing(client: Client, organisation: Organisation) -> None:
    for code in ["x", "0" * 32, "é"]:
        assert client.get(f"/invitation/{code}/").status_code == 404
