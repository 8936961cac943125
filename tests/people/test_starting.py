"""The first start: one page or one command, and nobody else's."""

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import reverse

from people.models import Account, Invitation, Mail, Member, Organisation
from people.starting import start_code
from tests.factories import PASSWORD, Client

pytestmark = pytest.mark.django_db

START = "/start/"


def told(**other: str) -> dict[str, str]:
    return {
        "organisation": "Wilgenbos vzw",
        "name": "Ann",
        "email": "Ann@wilgenbos.test",
        "password": PASSWORD,
        "again": PASSWORD,
        "code": start_code(),
        **other,
    }


@pytest.mark.parametrize("page", ["/", "/sign-in/", "/idea/new/", "/me/", "/organisation/people/"])
def test_an_empty_installation_leads_to_its_first_start_from_everywhere(page: str, client: Client) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.headers.get("Location")) == (302, START)


def test_the_first_start_makes_an_organisation_and_signs_in_who_coordinates_it(client: Client) -> None:
    answer = client.post(START, told())
    assert answer.headers["Location"] == reverse("people")
    member = Member.objects.get()
    assert (member.name, member.email, member.coordinator) == ("Ann", "ann@wilgenbos.test", True)
    assert (member.organisation.name, member.organisation.slug) == ("Wilgenbos vzw", "wilgenbos-vzw")
    assert get_user(client) == member.account
    assert client.login(email="ann@wilgenbos.test", password=PASSWORD) or member.account.check_password(PASSWORD)


def test_who_chose_a_password_just_now_is_not_asked_for_it_before_inviting(client: Client) -> None:
    client.post(START, told())
    assert client.get(reverse("invite")).status_code == 200


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"code": "AAAA-BBBB-CCCC-DDDD"}, "code"),
        ({"code": ""}, "code"),
        ({"again": "iets-heel-anders-dan"}, "again"),
        ({"password": "kort", "again": "kort"}, "password"),
        ({"email": "ann"}, "email"),
        ({"name": " \x08 "}, "name"),
        ({"organisation": ""}, "organisation"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(other: dict[str, str], says: str, client: Client) -> None:
    answer = client.post(START, told(**other))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [says]
    assert not Organisation.objects.exists()
    assert not Account.objects.exists()


def test_the_code_is_taken_however_it_is_written(client: Client) -> None:
    assert client.post(START, told(code=start_code().lower().replace("-", " "))).status_code == 302


def test_another_server_has_another_code() -> None:
    code = start_code()
    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code)
    with override_settings(SECRET_KEY="another"):
        assert start_code() != code


def test_there_is_one_first_start(client: Client) -> None:
    client.post(START, told())
    for answer in [client.get(START), Client().post(START, told(organisation="Tweede", email="b@b.test"))]:
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert Organisation.objects.count() == 1


# ---------- by a command


def command(*args: Any) -> str:
    out = StringIO()
    call_command("start_organisation", *args, stdout=out)
    return out.getvalue()


def test_the_command_tells_the_code_until_there_is_an_organisation(client: Client) -> None:
    assert start_code() in command()
    client.post(START, told())
    assert start_code() not in command()


def test_the_command_invites_who_will_coordinate(client: Client) -> None:
    out = command("--name", "Wilgenbos vzw", "--mail", "Ann@wilgenbos.test", "--coordinator", "Ann")
    link = re.search(r"/invitation/\w+/", out)
    assert link
    mail = Mail.objects.get()
    assert (mail.to, link[0] in mail.body) == ("ann@wilgenbos.test", True)
    page = client.get(link[0]).content.decode()
    assert "Wilgenbos vzw" in page
    client.post(link[0], {"name": "Ann", "password": PASSWORD, "again": PASSWORD})
    assert Member.objects.get().coordinator


def test_the_command_adds_organisations_and_helps_one_without_coordinator(coordinator: Member) -> None:
    with pytest.raises(CommandError, match="somebody coordinates it"):
        command("--name", coordinator.organisation.name, "--mail", "x@x.test")
    command("--name", "Tweede vzw", "--mail", "x@x.test")
    command("--name", "Tweede vzw", "--mail", "x@x.test")
    assert Organisation.objects.filter(name="Tweede vzw").count() == Invitation.objects.count() == 1
    for wrong in [("--name", "Derde"), ("--name", "Derde", "--mail", "niets")]:
        with pytest.raises(CommandError):
            command(*wrong)


def test_two_organisations_of_one_name_have_a_slug_each() -> None:
    names = ["Ons Huis", "Ons huis!", "ons-huis", "***", "***"]
    assert [Organisation.objects.start(name).slug for name in names] == [
        "ons-huis",
        "ons-huis-2",
        "ons-huis-3",
        "organisation",
        "organisation-2",
    ]
