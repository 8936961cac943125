"""Signing in in a real browser: passkeys, codes, and the provider of an organisation."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_every_page import LOOKS, RULES, Look
from tests.people.provider_served import Provider, provider_served
from tests.people.test_second_step import code_of

pytestmark = pytest.mark.browser

TEAM = [f"teamlid{number}@lindeveer.test" for number in range(1, 7)]
COORDINATOR, NEIGHBOUR = "coordinator@demeander.test", "opvolger@demeander.test"
PHONE: dict[str, object] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


def give_keys(page: Page) -> Any:
    """A device that keeps passkeys, behind a finger that is always right."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    told = kind | {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    return device


def has_no_faults(page: Page, part: str = "html") -> None:
    page.wait_for_load_state()
    found = Axe().run(page, context=part, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def make_passkey(page: Page) -> None:
    page.goto("/account/")
    page.locator('main a[href="/account/passkey/"]').click()
    has_no_faults(page)
    page.locator("form[data-passkey] button").click()
    expect(page.locator(".codes li")).to_have_count(10)
    has_no_faults(page)


def sign_out(page: Page) -> None:
    page.locator(".menu summary").click()
    page.locator("form[data-signs-out] button").click()
    expect(page.locator("#id_login")).to_be_visible()


def signs_in_again(page: Page) -> Locator:
    """What asks somebody whose session is over to sign in again, in the middle of a page: a link beside what waits."""
    page.goto("/")
    page.context.clear_cookies(name="sessionid")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<a href=\"/\" data-signs-in>x</a>')"
    )
    page.locator("a[data-signs-in]").click()
    return page.locator("dialog[open]")


def passkey_button(within: Page | Locator) -> Locator:
    return within.locator("form[data-passkey] button")


@pytest.mark.parametrize(("mail", "told"), [(TEAM[0], {}), (TEAM[1], PHONE)], ids=["laptop", "phone"])
def test_somebody_makes_a_passkey_and_signs_in_with_it_without_typing(
    sign_in: SignIn, app: str, mail: str, told: dict[str, object]
) -> None:
    page = sign_in(mail, **told)
    give_keys(page)
    make_passkey(page)
    sign_out(page)
    has_no_faults(page)
    passkey_button(page).click()
    page.wait_for_url(f"{app}/")
    expect(page.locator("body")).to_have_attribute("data-mail", mail)
    page.goto("/account/ask-again/?next=/account/mail/")
    has_no_faults(page)
    passkey_button(page).click()
    page.wait_for_url(f"{app}/account/mail/")
    page.goto("/account/")
    page.locator('main a[href$="/off/"]').click()
    has_no_faults(page)
    page.locator("main form button").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    expect(page.locator('main a[href$="/off/"]')).to_have_count(0)


def test_after_the_password_the_passkey_is_asked_and_a_recovery_code_does_too(sign_in: SignIn, app: str) -> None:
    page = sign_in(TEAM[2])
    give_keys(page)
    make_passkey(page)
    code = page.locator(".codes li").first.inner_text()
    for way in ["passkey", "code"]:
        sign_out(page)
        page.fill("#id_login", TEAM[2])
        page.fill("#id_password", settings.DEMO_PASSWORD)
        page.press("#id_password", "Enter")
        expect(page.locator("#id_code")).to_be_visible()
        has_no_faults(page)
        if way == "passkey":
            passkey_button(page).click()
        else:
            page.fill("#id_code", code)
            page.press("#id_code", "Enter")
        page.wait_for_url(f"{app}/")


def test_who_has_no_passkey_here_is_told_so(sign_in: SignIn, browser: Browser, app: str) -> None:
    page = sign_in(TEAM[3])
    sign_out(page)
    device = give_keys(page)
    passkey_button(page).click()
    expect(page.locator("form[data-passkey] [role=alert]")).to_be_visible(timeout=60_000)
    has_no_faults(page)
    device.detach()


def test_an_app_is_added_and_its_code_is_asked_in_the_middle_of_a_page(sign_in: SignIn, app: str) -> None:
    page = sign_in(TEAM[4])
    page.goto("/account/app/")
    has_no_faults(page)
    secret = page.locator(".key").inner_text()
    page.fill("#id_code", code_of(secret))
    page.press("#id_code", "Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    codes = page.locator(".codes li").all_inner_texts()
    dialog = signs_in_again(page)
    dialog.locator("[name=password]").fill(settings.DEMO_PASSWORD)
    dialog.locator("[name=password]").press("Enter")
    code = dialog.locator("[name=code]")
    expect(code).to_be_visible()
    has_no_faults(page, "dialog")
    code.fill("000000")
    code.press("Enter")
    expect(dialog.locator(".problem:visible")).to_have_count(1)
    expect(code).to_be_focused()
    has_no_faults(page, "dialog")
    code.fill(codes[0])
    code.press("Enter")
    expect(dialog).to_have_count(0)
    page.goto("/account/")
    expect(page.locator("main h1")).to_be_visible()


def test_a_passkey_does_in_the_middle_of_a_page_too(sign_in: SignIn, app: str) -> None:
    page = sign_in(TEAM[5])
    give_keys(page)
    make_passkey(page)
    dialog = signs_in_again(page)
    expect(passkey_button(dialog)).to_be_visible()
    has_no_faults(page, "dialog")
    passkey_button(dialog).click()
    expect(dialog).to_have_count(0)
    page.goto("/account/")
    expect(page.locator("main h1")).to_be_visible()


@pytest.fixture(scope="module")
def provider(app: str) -> Iterator[Provider]:
    with provider_served(*[f"{app}/sign-in/provider/{number}/back/" for number in range(1, 9)]) as provider:
        provider.knows("buurman", email=NEIGHBOUR, email_verified=True)
        yield provider


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_coordinator_sets_the_provider_and_a_colleague_comes_in_by_it(
    sign_in: SignIn, browser: Browser, app: str, provider: Provider, scripts: bool
) -> None:
    page = sign_in(COORDINATOR, java_script_enabled=scripts)
    page.goto("/organisation/sign-in/")
    page.fill("[name=name]", "Meanderlogin")
    page.fill("[name=issuer]", provider.issuer)
    page.fill("[name=client_id]", provider.client_id)
    page.fill("[name=secret]", provider.secret)
    page.press("[name=secret]", "Enter")
    expect(page.locator("main [role=status]")).to_be_visible()
    if scripts:
        has_no_faults(page)
    context = browser.new_context(base_url=app, java_script_enabled=scripts)
    colleague = context.new_page()
    colleague.goto("/idea/new/")
    colleague.locator('form[action="/sign-in/organisation/"] button').click()
    if scripts:
        has_no_faults(colleague)
    colleague.fill("[name=organisation]", "de-meander")
    colleague.press("[name=organisation]", "Enter")
    colleague.wait_for_url(f"{provider.issuer}/**")
    colleague.get_by_label("Subject", exact=True).fill("buurman")
    colleague.get_by_role("button", name="Authorize", exact=True).click()
    colleague.wait_for_url(f"{app}/idea/new/")
    expect(colleague.locator(".menu summary")).to_contain_text("De Meander")
    context.close()


SIGNED_OUT = ["/sign-in/", "/password-forgotten/", "/password-forgotten/mailed/", "/password-forgotten/1-x-y/"]
SIGNED_OUT += ["/sign-in/organisation/"]
OF_THE_COORDINATOR = ["", "password/", "mail/", "app/", "passkey/", "ask-again/"]


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_every_page_about_signing_in_is_in_order(browser: Browser, app: str, look: tuple[str, str, str]) -> None:
    seen = Look(browser, app, look)
    for address in SIGNED_OUT:
        seen.visit("", address)
    for address in OF_THE_COORDINATOR:
        seen.visit("coordinator@lindeveer.test", f"/account/{address}")
    seen.visit("coordinator@lindeveer.test", "/organisation/sign-in/")
    seen.close()
