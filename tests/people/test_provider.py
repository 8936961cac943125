"""Signing in through the identity provider of an organisation: the whole round, with a provider in its own process."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from ideas.models import Idea
from people.current import SHOWN
from people.models import Account, IdentityProvider, Mail, Member, Organisation, identity
from people.with_organisation import _shown_at
from tests import factories
from tests.factories import PASSWORD, Client
from tests.page_forms import form_to
from tests.people.provider_served import Provider, provider_served, sends_back_to
from tests.served import free_port


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with provider_served() as provider:
        yield provider


@pytest.fixture
def theirs(served: Provider, organisation: Organisation) -> Iterator[Provider]:
    """The provider of the organisation, which knows the follower."""
    cache.clear()
    served.lies()
    served.knows("anna", email="opvolger@lindeveer.test", email_verified=True)
    provider = sends_back_to(
        served.issuer, f"http://testserver{reverse('openid_connect_callback', args=[organisation.pk])}"
    )
    made = {"issuer": provider.issuer, "client_id": provider.client_id, "secret": provider.secret}
    IdentityProvider.objects.create(organisation=organisation, name="Lindelogin", **made)
    yield provider
    cache.clear()


def start(organisation: Organisation) -> str:
    return reverse("openid_connect_login", args=[organisation.pk])


def come_in(client: Client, provider: Provider, organisation: Organisation, subject: str = "anna", to: str = "") -> Any:
    """Goes to the provider, signs in there and comes back; gives the answer to that."""
    away = client.get(start(organisation), {"next": to} if to else {})
    assert away.status_code == 302, away.content.decode()
    return client.get(provider.sign_in(away.headers["Location"], subject))


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def test_a_member_comes_in_through_the_provider_and_is_where_they_wanted_to_be(
    client: Client, theirs: Provider, follower: Member
) -> None:
    back = come_in(client, theirs, follower.organisation, to="/ideas/received/")
    assert back.headers["Location"] == "/ideas/received/"
    assert follower.name in client.get("/").content.decode()


def test_the_first_time_is_told_by_mail_and_nothing_of_the_person_is_kept(
    client: Client, theirs: Provider, follower: Member
) -> None:
    theirs.knows("anna", email=follower.email, email_verified=True, name="Anna Geheim", phone_number="0470")
    come_in(client, theirs, follower.organisation)
    come_in(Client(), theirs, follower.organisation)
    assert Mail.objects.get().to == follower.email
    assert SocialAccount.objects.get().extra_data == {}


def test_whoever_came_in_before_is_known_again_under_another_mail_address(
    client: Client, theirs: Provider, follower: Member
) -> None:
    come_in(client, theirs, follower.organisation)
    theirs.knows("anna", email="anna@elders.test", email_verified=False)
    again = Client()
    come_in(again, theirs, follower.organisation)
    assert is_in(again)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "opvolger@lindeveer.test", "email_verified": False},
        {"email": "opvolger@lindeveer.test"},
        {"email": "opvolger@lindeveer.test", "email_verified": "true"},
        {"email": "niemand@lindeveer.test", "email_verified": True},
        {"email_verified": True},
        {},
    ],
    ids=["unverified", "not said", "said as a text", "unknown", "no mail", "nothing"],
)
def test_who_is_not_known_for_sure_does_not_come_in_and_no_account_is_made(
    client: Client, theirs: Provider, follower: Member, claims: dict[str, Any]
) -> None:
    theirs.knows("wie", **claims)
    refused = come_in(client, theirs, follower.organisation, "wie")
    assert refused.status_code == 403
    assert "Lindelogin" in refused.content.decode()
    assert not is_in(client)
    assert Account.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_a_member_of_another_organisation_only_does_not_come_in(
    client: Client, theirs: Provider, organisation: Organisation, outsider: Member
) -> None:
    theirs.knows("buur", email=outsider.email, email_verified=True)
    assert come_in(client, theirs, organisation, "buur").status_code == 403
    assert not is_in(client)


def test_whoever_left_does_not_come_in_any_more(client: Client, theirs: Provider, follower: Member) -> None:
    come_in(client, theirs, follower.organisation)
    Member.objects.update(ended=timezone.localdate())
    assert client.get("/").status_code == 403
    again = Client()
    assert come_in(again, theirs, follower.organisation).status_code == 403
    assert not is_in(again)


@pytest.fixture
def elsewhere(follower: Member) -> Member:
    """The follower, who coordinates a neighbour."""
    neighbour = factories.organisation(name="De Meanderbocht vzw (fictief)", slug="meanderbocht")
    return Member.objects.create(account=follower.account, name=follower.name, organisation=neighbour, coordinator=True)


def test_whoever_came_in_through_a_provider_is_nobody_in_another_organisation(
    client: Client, theirs: Provider, follower: Member, elsewhere: Member
) -> None:
    idea = Idea.objects.create(organisation=elsewhere.organisation, slug="daar", title="Van daar", status="received")
    come_in(client, theirs, follower.organisation)
    assert "De Meanderbocht" not in client.get("/").content.decode()
    assert client.post(reverse("switch"), {"member": elsewhere.pk}).status_code == 404
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == 404
    client.get(reverse("account_logout"))
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": follower.email, "password": PASSWORD})
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == 200


def test_also_after_a_code_of_their_own_they_are_nobody_elsewhere(
    client: Client, theirs: Provider, follower: Member, elsewhere: Member
) -> None:
    TOTP.activate(follower.account, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(follower.account).get_unused_codes()
    asked = come_in(client, theirs, follower.organisation)
    assert asked.headers["Location"] == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(client)
    assert client.post(reverse("switch"), {"member": elsewhere.pk}).status_code == 404


def test_whoever_signs_in_with_a_password_first_and_by_the_provider_after_is_nobody_elsewhere(
    client: Client, theirs: Provider, follower: Member, elsewhere: Member
) -> None:
    client.post(reverse("account_login"), {"login": follower.email, "password": PASSWORD})
    come_in(client, theirs, follower.organisation)
    assert client.post(reverse("switch"), {"member": elsewhere.pk}).status_code == 404


@pytest.mark.parametrize(
    "name", ["change_mail", "mfa_activate_totp", "mfa_add_webauthn", "identity_provider", "mfa_view_recovery_codes"]
)
def test_the_provider_does_not_do_for_what_reaches_further(
    client: Client, theirs: Provider, coordinator: Member, name: str
) -> None:
    theirs.knows("cor", email=coordinator.email, email_verified=True)
    come_in(client, theirs, coordinator.organisation, "cor")
    asked = client.get(reverse(name))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    again = client.get(asked.headers["Location"]).content.decode()
    assert start(coordinator.organisation) not in again
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse(name)).status_code in {200, 404}


def test_a_provider_that_says_to_be_another_one_lets_nobody_in(
    client: Client, theirs: Provider, follower: Member
) -> None:
    theirs.lies(issuer="https://elders.example")
    assert client.get(start(follower.organisation)).status_code == 502


def test_a_token_of_another_server_lets_nobody_in(client: Client, theirs: Provider, follower: Member) -> None:
    theirs.lies(token_endpoint=f"{theirs.issuer.replace('127.0.0.1', 'localhost')}/oauth2/token")
    failed = come_in(client, theirs, follower.organisation)
    assert failed.status_code == 502
    assert not is_in(client)


def test_an_answer_about_somebody_else_lets_nobody_in(client: Client, theirs: Provider, follower: Member) -> None:
    theirs.lies(userinfo_endpoint=f"{theirs.issuer}/jwks")
    assert come_in(client, theirs, follower.organisation).status_code == 502
    assert not is_in(client)


def test_a_provider_sends_us_to_no_server_that_may_not_be_asked(
    client: Client, theirs: Provider, follower: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs.lies(userinfo_endpoint=f"{theirs.issuer.replace('127.0.0.1', 'localhost')}/userinfo")
    assert come_in(Client(), theirs, follower.organisation).status_code == 302
    monkeypatch.setattr(identity, "ON_THIS_MACHINE", ("http://127.0.0.1",))
    assert come_in(client, theirs, follower.organisation).status_code == 502
    assert not is_in(client)


def test_a_wrong_secret_lets_nobody_in(client: Client, theirs: Provider, follower: Member) -> None:
    IdentityProvider.objects.update(secret="verkeerd")
    assert come_in(client, theirs, follower.organisation).status_code == 502
    assert not is_in(client)


def test_a_provider_that_is_down_gives_a_clear_page(client: Client, theirs: Provider, follower: Member) -> None:
    IdentityProvider.objects.update(issuer=f"http://127.0.0.1:{free_port()}")
    down = client.get(start(follower.organisation))
    assert down.status_code == 502
    assert "Lindelogin" in down.content.decode()
    assert reverse("account_login") in down.content.decode()


def test_a_way_back_that_we_did_not_ask_for_lets_nobody_in(client: Client, theirs: Provider, follower: Member) -> None:
    away = Client().get(start(follower.organisation))
    assert client.get(theirs.sign_in(away.headers["Location"], "anna")).status_code == 502
    assert not is_in(client)


def test_who_stops_halfway_gets_a_clear_page(client: Client, theirs: Provider, follower: Member) -> None:
    client.get(start(follower.organisation))
    back = reverse("openid_connect_callback", args=[follower.organisation.pk])
    assert client.get(back, {"error": "access_denied"}).status_code == 502


@pytest.mark.parametrize("key", ["1", "openid_connect", "x", "9" * 50])
def test_an_organisation_without_a_provider_has_no_such_page(
    client: Client, organisation: Organisation, key: str
) -> None:
    assert client.get(reverse("openid_connect_login", args=[key])).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=[key])).status_code == 404


def test_what_was_typed_comes_along_through_the_provider(
    client: Client, theirs: Provider, idea: Idea, follower: Member
) -> None:
    asked = client.post(reverse("ideas:explore", args=[idea.pk]), {"value": "Ouderen uit de wijk"})
    sent = form_to(reverse("sign_in_with"), asked.content.decode()).sent()
    away = client.post(reverse("sign_in_with"), sent)
    assert start(follower.organisation) in away.content.decode()
    assert "Ouderen uit de wijk" in come_in(client, theirs, follower.organisation).content.decode()


def test_the_short_name_of_the_organisation_is_enough(
    client: Client, theirs: Provider, follower: Member, outsider: Member
) -> None:
    page = client.get(reverse("sign_in_with")).content.decode()
    assert "Lindelogin" not in page, "which organisations there are is nobody's business"
    assert (
        start(follower.organisation)
        in client.post(reverse("sign_in_with"), {"organisation": "Lindeveer"}).content.decode()
    )
    for typed in ["de-meander", "niets"]:
        assert client.post(reverse("sign_in_with"), {"organisation": typed}).status_code == 422
    assert client.get(reverse("sign_in_at", args=["lindeveer"])).headers["Location"] == start(follower.organisation)


def test_the_sign_in_page_offers_it_only_where_an_organisation_has_one(client: Client, follower: Member) -> None:
    assert reverse("sign_in_with") not in client.get(reverse("account_login")).content.decode()
    IdentityProvider.objects.create(organisation=follower.organisation, name="L", issuer="https://x.example")
    assert reverse("sign_in_with") in client.get(reverse("account_login")).content.decode()


# Who is signed in says who they are there

LINK = reverse("link_to_provider")


def say_who(client: Client, provider: Provider, organisation: Organisation, subject: str) -> Any:
    assert start(organisation) in client.post(LINK).content.decode()
    return come_in(client, provider, organisation, subject)


def test_a_member_says_who_they_are_there_and_comes_in_by_it_from_then_on(
    client: Client, theirs: Provider, follower: Member, elsewhere: Member
) -> None:
    theirs.knows("a.b", email="anna@elders.test")
    client.force_login(follower)
    assert client.get(LINK).status_code == 200
    done = say_who(client, theirs, follower.organisation, "a.b")
    assert done.headers["Location"].startswith(reverse("account_overview"))
    assert client.post(reverse("switch"), {"member": elsewhere.pk}).status_code == 302, "they stay who they were"
    assert Mail.objects.get().to == follower.email
    again = Client()
    come_in(again, theirs, follower.organisation, "a.b")
    assert is_in(again)
    client.post(reverse("switch"), {"member": follower.pk})
    client.post(LINK, {"remove": "1"})
    assert come_in(Client(), theirs, follower.organisation, "a.b").status_code == 403


def test_only_a_press_of_the_button_links(client: Client, theirs: Provider, follower: Member) -> None:
    theirs.knows("a.b", email="anna@elders.test")
    client.force_login(follower)
    client.get(LINK)
    assert come_in(client, theirs, follower.organisation, "a.b").status_code == 403
    away = client.get(start(follower.organisation), {"process": "connect"})
    assert client.get(theirs.sign_in(away.headers["Location"], "a.b")).status_code == 403
    assert not SocialAccount.objects.exists()
    client.show(follower, ago=1000)
    assert client.post(LINK).status_code == 401


def test_who_somebody_else_is_there_cannot_be_said(
    client: Client, theirs: Provider, follower: Member, coordinator: Member
) -> None:
    come_in(Client(), theirs, follower.organisation)
    client.force_login(coordinator)
    assert say_who(client, theirs, follower.organisation, "anna").status_code == 403
    assert SocialAccount.objects.get().user == follower.account


def test_a_member_of_another_organisation_cannot_say_so(
    client: Client, theirs: Provider, organisation: Organisation, outsider: Member
) -> None:
    client.force_login(outsider)
    assert client.get(LINK).status_code == 404
    assert client.post(LINK).status_code == 404


# The coordinator sets it

SETTINGS = reverse("identity_provider")
TOLD = {"name": "Microsoft", "issuer": "https://login.example/v2.0", "client_id": "abc", "secret": "heel-geheim"}


def test_a_coordinator_sets_the_provider_and_the_secret_is_not_shown_again(
    client: Client, coordinator: Member, outsider: Member
) -> None:
    client.force_login(coordinator)
    assert client.post(SETTINGS, TOLD).status_code == 302
    page = client.get(SETTINGS).content.decode()
    assert "https://login.example/v2.0" in page
    assert "heel-geheim" not in page
    assert f"/sign-in/provider/{coordinator.organisation.pk}/back/" in page
    client.post(SETTINGS, TOLD | {"name": "Entra", "secret": ""})
    kept = IdentityProvider.objects.get()
    assert (kept.organisation, kept.name, kept.secret) == (coordinator.organisation, "Entra", "heel-geheim")


@pytest.mark.parametrize("who", ["follower", "policy", "support"])
def test_nobody_else_sets_it(client: Client, who: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(SETTINGS).status_code == 403
    assert client.post(SETTINGS, TOLD).status_code == 403
    assert not IdentityProvider.objects.exists()


def test_the_coordinator_of_another_organisation_sees_and_changes_only_their_own(
    client: Client, coordinator: Member, outsider: Member
) -> None:
    IdentityProvider.objects.create(organisation=coordinator.organisation, **TOLD)
    client.force_login(outsider)
    assert "login.example" not in client.get(SETTINGS).content.decode()
    client.post(SETTINGS, TOLD | {"name": "Van hen"})
    assert IdentityProvider.objects.get(organisation=coordinator.organisation).name == "Microsoft"


def test_a_provider_needs_a_secret_and_https(client: Client, coordinator: Member, settings: Settings) -> None:
    client.force_login(coordinator)
    for wrong in [{"secret": ""}, {"issuer": "http://login.example"}, {"issuer": "http://localhost.example"}]:
        assert client.post(SETTINGS, TOLD | wrong).status_code == 422, wrong
    assert client.post(SETTINGS, TOLD | {"issuer": "http://localhost:1234"}).status_code == 302
    settings.HTTPS = True
    assert client.post(SETTINGS, TOLD | {"issuer": "http://localhost:1234"}).status_code == 422


def test_another_server_or_none_knows_nobody_from_before(
    client: Client, theirs: Provider, follower: Member, coordinator: Member
) -> None:
    came_in = Client()
    come_in(came_in, theirs, follower.organisation)
    client.force_login(coordinator)
    client.post(SETTINGS, TOLD | {"issuer": theirs.issuer, "client_id": theirs.client_id, "secret": ""})
    assert is_in(came_in)
    client.post(SETTINGS, TOLD)
    assert not SocialAccount.objects.exists()
    assert not is_in(came_in)
    assert is_in(client)
    client.post(SETTINGS, {"remove": "1"})
    assert not IdentityProvider.objects.exists()


# Asking again


def make_stale(client: Client) -> None:
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 60 * 16
    session[SHOWN] = 0
    session.save()


def test_before_something_weighty_the_provider_asks_again_and_that_counts(
    client: Client, theirs: Provider, coordinator: Member
) -> None:
    theirs.knows("anna", email=coordinator.email, email_verified=True)
    come_in(client, theirs, coordinator.organisation)
    make_stale(client)
    assert client.get(reverse("invite")).status_code == 302
    away = client.get(start(coordinator.organisation), {"again": "1", "next": reverse("invite")}).headers["Location"]
    assert "prompt=login" in away
    assert "max_age=0" in away
    assert client.get(theirs.sign_in(away, "anna")).headers["Location"] == reverse("invite")
    assert client.get(reverse("invite")).status_code == 200


@pytest.mark.parametrize("again", [{}, {"again": "1"}], ids=["not asked", "asked"])
def test_a_provider_that_only_knew_somebody_already_does_not_make_them_fresh(
    again: dict[str, str], client: Client, theirs: Provider, coordinator: Member
) -> None:
    theirs.knows("anna", email=coordinator.email, email_verified=True, auth_time=int(time.time()) - 60 * 60)
    come_in(client, theirs, coordinator.organisation)
    make_stale(client)
    away = client.get(start(coordinator.organisation), again).headers["Location"]
    assert client.get(theirs.sign_in(away, "anna")).status_code == 302
    assert is_in(client)
    assert client.get(reverse("invite")).status_code == 302


@pytest.mark.parametrize(("asked", "is_fresh"), [(True, True), (False, False)])
def test_of_a_provider_that_does_not_say_when_only_a_round_in_which_it_was_asked_to_counts(
    asked: bool, is_fresh: bool, rf: RequestFactory
) -> None:
    request: Any = rf.get("/")
    request.auth_time = None
    assert (_shown_at(request, asked=asked) is not None) is is_fresh
