"""A code of an app, recovery codes and passkeys: set on one's own page, asked for when signing in."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django import Settings

from ideas.models import Idea
from people import carried as carrying
from people.models import IdentityProvider, Mail, Member
from tests.factories import PASSWORD, Client
from tests.page_forms import form_to

SIGN_IN, CODE, OVERVIEW = reverse("account_login"), reverse("mfa_authenticate"), reverse("account_overview")
AGAIN, AGAIN_CODE = reverse("sign_in_again"), reverse("sign_in_again_code")
APP, CODES = reverse("mfa_activate_totp"), reverse("mfa_view_recovery_codes")
SECRET = "JBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@pytest.fixture
def with_app(follower: Member) -> list[str]:
    """The follower has an app; gives the recovery codes."""
    cache.clear()
    TOTP.activate(follower.account, SECRET)
    return list(RecoveryCodes.activate(follower.account).get_unused_codes())


def give_password(client: Client, member: Member, **told: str) -> Any:
    return client.post(SIGN_IN, {"login": member.email, "password": PASSWORD, **told})


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def test_an_app_is_added_with_a_square_to_scan_and_then_recovery_codes_show_once(
    client: Client, follower: Member, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(follower)
    page = client.get(APP).content.decode()
    assert "<svg" in page
    assert " style=" not in page
    secret = page.partition('class="key">')[2].partition("<")[0]
    assert client.post(APP, {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(APP, {"code": code_of(secret)}, follow=True).content.decode()
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    assert len(codes) == 10
    assert all(code in shown for code in codes)
    assert not any(code in client.get(CODES).content.decode() for code in codes)
    assert "app" in Mail.objects.get().body
    other = Client()
    assert give_password(other, follower).headers["Location"] == CODE


def test_the_code_of_the_app_is_asked_after_the_password(client: Client, follower: Member, with_app: list[str]) -> None:
    asked = give_password(client, follower, next="/ideas/received/")
    assert asked.headers["Location"] == CODE
    assert not is_in(client)
    wrong = client.post(CODE, {"code": "000000"})
    assert 'role="alert"' in wrong.content.decode()
    assert not is_in(client)
    assert client.post(CODE, {"code": code_of(SECRET)}).headers["Location"] == "/ideas/received/"
    assert is_in(client)


def test_a_recovery_code_works_once(client: Client, follower: Member, with_app: list[str]) -> None:
    give_password(client, follower)
    client.post(CODE, {"code": with_app[0]})
    assert is_in(client)
    other = Client()
    give_password(other, follower)
    other.post(CODE, {"code": with_app[0]})
    assert not is_in(other)
    other.post(CODE, {"code": with_app[1]})
    assert is_in(other)


def test_tries_of_codes_are_limited(client: Client, follower: Member, with_app: list[str]) -> None:
    give_password(client, follower)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": with_app[0]})
    assert not is_in(client)
    cache.clear()


def test_what_was_typed_comes_along_past_the_code(
    client: Client, follower: Member, idea: Idea, with_app: list[str]
) -> None:
    asked = client.post(reverse("ideas:explore", args=[idea.pk]), {"value": "Ouderen uit de wijk"})
    sent = form_to(SIGN_IN, asked.content.decode()).sent({"login": follower.email, "password": PASSWORD})
    assert client.post(SIGN_IN, sent).headers["Location"] == CODE
    assert "Ouderen uit de wijk" in client.post(CODE, {"code": with_app[0]}).content.decode()
    assert "carried" not in client.session


def test_what_one_typed_is_not_shown_to_the_next_who_signs_in_there(
    client: Client, follower: Member, coordinator: Member, idea: Idea, with_app: list[str]
) -> None:
    asked = client.post(reverse("ideas:explore", args=[idea.pk]), {"value": "Ouderen uit de wijk"})
    sent = form_to(SIGN_IN, asked.content.decode()).sent({"login": follower.email, "password": PASSWORD})
    client.post(SIGN_IN, sent)
    client.post(reverse("account_logout"))
    assert give_password(client, coordinator).status_code == 302


def test_what_was_typed_is_not_lost_by_going_back_to_the_sign_in_page(
    client: Client, follower: Member, idea: Idea, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = client.post(reverse("ideas:explore", args=[idea.pk]), {"value": "Ouderen uit de wijk"})
    to = reverse("sign_in_with")
    IdentityProvider.objects.create(organisation=follower.organisation, name="L", issuer="https://x.example")
    client.post(to, {"carried": form_to(SIGN_IN, asked.content.decode()).fields["carried"].value[0]})
    page = client.get(SIGN_IN).content.decode()
    sent = form_to(SIGN_IN, page).sent({"login": follower.email, "password": PASSWORD})
    monkeypatch.setattr(carrying, "WAITS", -carrying.WAITS)
    assert "carried" not in form_to(SIGN_IN, client.get(SIGN_IN).content.decode()).fields, "not for ever"
    assert "Ouderen uit de wijk" in client.post(SIGN_IN, sent).content.decode()


def test_in_the_middle_of_a_page_the_code_is_asked_in_the_same_place(
    client: Client, follower: Member, with_app: list[str]
) -> None:
    page = client.post(AGAIN, {"login": follower.email, "password": PASSWORD}, follow=True)
    html = page.content.decode()
    assert "<html" not in html
    assert 'id="again-title"' in html
    assert "data-csrf" not in html
    assert client.get(AGAIN).headers["Location"] == AGAIN_CODE
    wrong = client.post(AGAIN_CODE, form_to(AGAIN_CODE, html).sent({"code": "000000"}))
    assert wrong.status_code == 422
    assert "<html" not in wrong.content.decode()
    greeting = client.post(AGAIN_CODE, {"code": with_app[0]}, follow=True)
    assert greeting.redirect_chain == [(AGAIN, 302)]
    assert f'data-member="{follower.pk}"' in greeting.content.decode()


def test_without_a_password_there_is_nothing_to_give_a_code_for(client: Client, with_app: list[str]) -> None:
    assert client.get(CODE).headers["Location"] == SIGN_IN
    assert client.post(CODE, {"code": with_app[0]}).headers["Location"] == SIGN_IN


def test_in_a_demo_one_click_stays_enough_and_counts_as_having_shown_who_one_is(
    client: Client, follower: Member, with_app: list[str], settings: Settings
) -> None:
    settings.DEMO = follower.organisation.demo = True
    follower.organisation.save()
    client.post(reverse("sign_in_to_demo"), {"member": follower.email})
    assert is_in(client)
    assert client.get(APP).status_code == 302
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_the_app_is_taken_away_again(client: Client, follower: Member, with_app: list[str]) -> None:
    client.force_login(follower)
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    other = Client()
    give_password(other, follower)
    assert is_in(other)


def test_new_codes_take_the_place_of_the_old(client: Client, follower: Member, with_app: list[str]) -> None:
    client.force_login(follower)
    client.post(reverse("mfa_generate_recovery_codes"))
    shown = client.get(CODES).content.decode()
    assert with_app[0] not in shown
    assert len(RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()) == 10


def test_a_passkey_of_another_person_cannot_be_taken_away(
    client: Client, follower: Member, coordinator: Member
) -> None:
    theirs = Authenticator.objects.create(user=coordinator.account, type="webauthn", data={"name": "Sleutel"})
    client.force_login(follower)
    assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("sent", ["", "{}", "x", '{"id": "a", "rawId": "a", "response": {}, "type": "public-key"}'])
def test_a_passkey_that_is_none_opens_nothing(client: Client, follower: Member, sent: str) -> None:
    to = reverse("mfa_login_webauthn")
    assert "request_options" in client.get(to, headers={"Accept": "application/json"}).json()
    refused = client.post(to, {"credential": sent})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("page", ["app", "passkey"])
def test_what_is_secret_stays_in_no_cache(client: Client, follower: Member, page: str) -> None:
    client.force_login(follower)
    assert "no-store" in client.get(f"/account/{page}/").headers["Cache-Control"]


def test_who_lost_everything_is_helped_by_who_runs_the_installation(
    client: Client, follower: Member, with_app: list[str]
) -> None:
    client.force_login(follower)
    call_command("forget_second_step", follower.email.upper())
    assert not is_in(client)
    give_password(client, follower)
    assert is_in(client)
    assert Mail.objects.get().to == follower.email
    with pytest.raises(CommandError):
        call_command("forget_second_step", "niemand@lindeveer.test")
