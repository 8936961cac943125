"""Before something weighty somebody shows once more who they are, and goes on with what they typed."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import include, path, reverse
from pytest_django import Settings

from people.current import WITHIN
from people.models import IdentityProvider, Member
from people.weighty import weighty
from tests.factories import PASSWORD, Client
from tests.page_forms import form_to

pytestmark = pytest.mark.urls(__name__)

urlpatterns = [
    path("weighty/", weighty(lambda request: HttpResponse("done"))),
    path("", include("werktsamen.urls")),
]
SETTINGS, ASK = reverse("identity_provider"), reverse("account_reauthenticate")
TOLD = {"name": "Microsoft Entra", "issuer": "https://login.example", "client_id": "abc", "secret": "Heel Geheim"}
LONG_AGO = 60 * 16


@pytest.fixture
def stale(client: Client, coordinator: Member) -> Client:
    """A coordinator who signed in more than a quarter of an hour ago."""
    client.force_login(coordinator)
    client.show(coordinator, ago=LONG_AGO)
    return client


def test_who_just_signed_in_is_not_asked(client: Client, coordinator: Member) -> None:
    client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    assert client.get(SETTINGS).status_code == 200


def test_who_signed_in_longer_ago_is_asked_first_and_goes_on_to_the_page(stale: Client) -> None:
    asked = stale.get(f"{SETTINGS}?x=1")
    assert asked.headers["Location"].startswith(f"{ASK}?next=%2Forganisation%2Fsign-in%2F%3Fx%3D1")
    page = stale.get(asked.headers["Location"])
    assert "no-store" in page.headers["Cache-Control"]
    sent = form_to(ASK, page.content.decode()).sent({"password": PASSWORD})
    assert stale.post(ASK, sent).headers["Location"] == f"{SETTINGS}?x=1"
    assert stale.get(SETTINGS).status_code == 200


def test_a_wrong_password_asks_again(stale: Client) -> None:
    page = stale.post(ASK, {"password": "verkeerd-wachtwoord", "next": SETTINGS})
    assert page.status_code == 422
    assert form_to(ASK, page.content.decode()).fields["next"].value == [SETTINGS]
    assert stale.get(SETTINGS).status_code == 302


def test_what_was_typed_comes_back_and_counts_after_a_click(stale: Client) -> None:
    asked = stale.post(SETTINGS, TOLD)
    assert asked.status_code == 401
    assert not IdentityProvider.objects.exists()
    refused = stale.post(ASK, form_to(ASK, asked.content.decode()).sent({"password": "verkeerd-wachtwoord"}))
    shown = stale.post(ASK, form_to(ASK, refused.content.decode()).sent({"password": PASSWORD}))
    assert ">Microsoft Entra<" in shown.content.decode()
    assert ">Heel Geheim<" not in shown.content.decode()
    assert not IdentityProvider.objects.exists()
    assert stale.post(SETTINGS, form_to(SETTINGS, shown.content.decode()).sent()).status_code == 302
    assert IdentityProvider.objects.get().name == "Microsoft Entra"


def test_a_fragment_leads_to_the_page_that_asks(stale: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/organisation/sign-in/"}
    answer = stale.post(SETTINGS, TOLD, headers=headers)
    assert answer.headers["HX-Redirect"].startswith(ASK)
    assert not IdentityProvider.objects.exists()


def test_the_way_on_is_a_page_of_this_site(stale: Client) -> None:
    answer = stale.post(ASK, {"password": PASSWORD, "next": "https://elders.example/"})
    assert answer.headers["Location"] == "/"


def test_a_code_does_as_well_as_the_password(stale: Client, coordinator: Member) -> None:
    TOTP.activate(coordinator.account, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(coordinator.account).get_unused_codes()[0]
    to = reverse("mfa_reauthenticate")
    page = stale.get(ASK, {"next": SETTINGS}).content.decode()
    assert stale.post(to, form_to(to, page).sent({"code": "000000"})).status_code == 422
    assert stale.post(to, form_to(to, page).sent({"code": code})).headers["Location"] == SETTINGS
    assert stale.get(SETTINGS).status_code == 200


def test_what_another_person_showed_in_this_browser_does_not_count(
    client: Client, coordinator: Member, follower: Member
) -> None:
    client.force_login(coordinator)
    client.show(follower)
    assert client.get(SETTINGS).status_code == 302


def test_tries_are_limited_here_too(stale: Client) -> None:
    cache.clear()
    answers = [stale.post(ASK, {"password": f"verkeerd-{number}"}).status_code for number in range(6)]
    assert answers == [422] * 6
    assert stale.post(ASK, {"password": PASSWORD}).status_code == 422
    assert stale.get(SETTINGS).status_code == 302
    cache.clear()


def test_who_has_nothing_of_their_own_chooses_a_password_first(stale: Client, coordinator: Member) -> None:
    assert coordinator.account
    coordinator.account.set_unusable_password()
    coordinator.account.save()
    stale.force_login(coordinator)
    stale.show(coordinator, method="socialaccount")
    asked = stale.get(SETTINGS)
    page = stale.get(asked.headers["Location"]).content.decode()
    assert reverse("account_reset_password") in page
    assert stale.post(ASK, {"password": ""}).status_code == 403


def test_a_demo_says_its_password(stale: Client, coordinator: Member, settings: Settings) -> None:
    assert settings.DEMO_PASSWORD not in stale.get(ASK).content.decode()
    settings.DEMO = True
    assert settings.DEMO_PASSWORD not in stale.get(ASK).content.decode()
    coordinator.organisation.demo = True
    coordinator.organisation.save()
    assert settings.DEMO_PASSWORD in stale.get(ASK).content.decode()


def test_signed_out_one_signs_in_first(client: Client, coordinator: Member) -> None:
    assert client.get(SETTINGS).headers["Location"].startswith(reverse("account_login"))
    assert client.post(SETTINGS, TOLD).status_code == 401


def test_for_what_stays_in_the_organisation_its_provider_does_as_well(client: Client, follower: Member) -> None:
    told = {"issuer": "https://login.example", "client_id": "abc", "secret": "geheim"}
    IdentityProvider.objects.create(organisation=follower.organisation, name="Lindelogin", **told)
    client.force_login(follower)
    client.show(follower, method="socialaccount")
    session = client.session
    session[WITHIN] = follower.organisation_id
    session.save()
    assert client.get("/weighty/").content == b"done"
    client.show(follower, method="socialaccount", ago=LONG_AGO)
    page = client.get(client.get("/weighty/").headers["Location"]).content.decode()
    again = reverse("openid_connect_login", args=[follower.organisation_id])
    assert f"{again}?again=1&amp;next=%2Fweighty%2F" in page
