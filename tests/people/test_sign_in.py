from django.core.cache import cache
from django.urls import reverse
from pytest_django import Settings

from people.models import Account, Member
from tests.factories import Client

SIGN_IN = reverse("account_login")
PASSWORD = "een-lang-wachtwoord"


def test_a_member_signs_in_with_mail_and_password(client: Client, coordinator: Member) -> None:
    response = client.post(SIGN_IN, {"login": "Coordinator@Lindeveer.test", "password": PASSWORD})
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_after_signing_in_a_member_is_where_they_wanted_to_be(client: Client, coordinator: Member) -> None:
    asked = client.get(reverse("ideas:lane", args=["received"]))
    page = client.get(asked.headers["Location"])
    assert 'name="next" value="/ideas/received/"' in page.content.decode()
    response = client.post(SIGN_IN, {"login": coordinator.email, "password": PASSWORD, "next": "/ideas/received/"})
    assert response.headers["Location"] == "/ideas/received/"


def test_a_wrong_password_and_an_unknown_mail_address_say_the_same(client: Client, coordinator: Member) -> None:
    said = []
    for mail in [coordinator.email, "niemand@lindeveer.test"]:
        page = client.post(SIGN_IN, {"login": mail, "password": "verkeerd-wachtwoord"}).content.decode()
        said.append(page.partition('role="alert"')[2].partition("</div>")[0])
        assert f'value="{mail}"' in page
    assert said[0] == said[1] != ""


def test_tries_are_limited(client: Client, coordinator: Member) -> None:
    cache.clear()
    for _ in range(5):
        client.post(SIGN_IN, {"login": coordinator.email, "password": "verkeerd-wachtwoord"})
    client.post(SIGN_IN, {"login": coordinator.email, "password": PASSWORD})
    assert client.get("/").status_code == 302
    cache.clear()


def test_somebody_who_left_cannot_sign_in(client: Client, coordinator: Member) -> None:
    Account.objects.update(is_active=False)
    client.post(SIGN_IN, {"login": coordinator.email, "password": PASSWORD})
    assert client.get("/").status_code == 302


def test_signing_out_is_a_button_and_no_link(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    assert client.get(reverse("account_logout")).status_code == 405
    assert client.get("/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/").status_code == 302


def test_nobody_can_sign_up_alone(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/signup/").status_code == 404


def demo_member(coordinator: Member) -> Member:
    coordinator.organisation.demo = True
    coordinator.organisation.save()
    return coordinator


def test_a_demo_installation_offers_one_click_for_each_person(
    client: Client, coordinator: Member, settings: Settings
) -> None:
    settings.DEMO = True
    member = demo_member(coordinator)
    assert member.email in client.get(SIGN_IN).content.decode()
    client.post(reverse("sign_in_to_demo"), {"member": member.email})
    assert client.get("/").status_code == 200


def test_any_other_installation_never_does(client: Client, coordinator: Member) -> None:
    member = demo_member(coordinator)
    assert member.email not in client.get(SIGN_IN).content.decode()
    assert client.post(reverse("sign_in_to_demo"), {"member": member.email}).status_code == 404
    assert client.get("/").status_code == 302


def test_even_a_demo_installation_opens_no_account_of_a_real_organisation(
    client: Client, coordinator: Member, settings: Settings
) -> None:
    settings.DEMO = True
    assert coordinator.email not in client.get(SIGN_IN).content.decode()
    assert client.post(reverse("sign_in_to_demo"), {"member": coordinator.email}).status_code == 404
    assert client.post(reverse("sign_in_to_demo"), {"member": "9" * 5000}).status_code == 404
    assert client.get("/").status_code == 302


def test_one_click_also_leads_to_where_they_wanted_to_be(
    client: Client, coordinator: Member, settings: Settings
) -> None:
    settings.DEMO = True
    member = demo_member(coordinator)
    form = {"member": member.email, "next": "/ideas/received/"}
    assert client.post(reverse("sign_in_to_demo"), form).headers["Location"] == "/ideas/received/"
    elsewhere = {"member": member.email, "next": "//elders.example/"}
    assert client.post(reverse("sign_in_to_demo"), elsewhere).headers["Location"] == "/"


def test_the_password_that_a_demo_shows_to_everybody_opens_nothing_on_any_other_installation(
    client: Client, coordinator: Member, settings: Settings
) -> None:
    assert coordinator.account
    coordinator.account.set_password(settings.DEMO_PASSWORD)
    coordinator.account.save()
    known = {"login": coordinator.email, "password": settings.DEMO_PASSWORD}
    client.post(SIGN_IN, known)
    assert client.get("/").status_code == 302
    settings.DEMO = True
    client.post(SIGN_IN, known)
    assert client.get("/").status_code == 200


def test_a_fragment_for_somebody_signed_out_is_a_status_and_no_page(client: Client) -> None:
    answer = client.get("/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.content == b""
