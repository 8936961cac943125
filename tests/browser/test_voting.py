"""The team votes in the meeting: the coordinator prints slips, who has one votes on a phone, without an account."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, SignIn
from tests.browser.posts import poster
from tests.browser.test_every_page import RULES

pytestmark = pytest.mark.browser

FOLLOWER = "opvolger@lindeveer.test"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SEND = "form[action^='/vote/'] .button.primary"

type Phone = Callable[[bool], Page]


@pytest.fixture
def phone(browser: Browser, app: str) -> Iterator[Phone]:
    """A function that gives the phone of somebody without an account, with scripts or without."""
    contexts = []

    def opened(scripts: bool) -> Page:
        context = browser.new_context(base_url=app, java_script_enabled=scripts, **PHONE)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def is_fine(page: Page) -> None:
    """Nothing that axe finds, nothing wider than the screen, and nothing too small to touch."""
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = "els => els.filter(el => { const r = el.getBoundingClientRect(); return r.width && r.height < 44 }).length"
    assert page.eval_on_selector_all("main .button, main .pill, main input[name=code]", small) == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_team_votes_with_slips_and_sees_the_result_once_it_is_closed(
    scripts: bool, sign_in: SignIn, phone: Phone, browser: Browser, app: str
) -> None:
    idea = poster(browser, app, FOLLOWER).follow(f"Samen stemmen ({scripts})")
    leads = sign_in(FOLLOWER)
    leads.goto(f"{idea}voting/")
    is_fine(leads)
    leads.click("button[value=meeting]")
    leads.goto(f"{idea}voting/screen/")
    is_fine(leads)
    expect(leads.locator(".qr svg path")).to_be_visible()
    address = leads.locator(".address").inner_text()
    leads.goto(f"{idea}voting/")
    is_fine(leads)
    leads.fill("input[name=number]", "6")
    leads.click("form[action$='/slips/'] .button")
    codes = leads.locator(".slip .code").all_inner_texts()
    assert len(codes) == 6
    is_fine(leads)

    for number, code in enumerate(codes):
        page = phone(scripts)
        page.goto(f"http://{address}/")
        page.fill("[name=code]", code.upper().replace("-", ""))
        if not number:
            votes_by_keyboard(page, scripts)
            continue
        page.tap(SEND)
        page.tap(f".pill:nth-child({4 + number % 2})")
        page.fill("[name=remark]", f"Opmerking {number}")
        page.tap(SEND)
        expect(page.locator("main [role=status]")).to_be_visible()
        assert "Opmerking" not in page.content()
    page.goto(f"/vote/{codes[0]}/")
    expect(page.locator("main .problem")).to_be_visible()

    leads.goto(f"{idea}decide/")
    expect(leads.locator("#temperature .spread")).to_have_count(0)
    assert "Opmerking" not in leads.content()
    leads.goto(f"{idea}voting/")
    leads.click("form[action$='/close/'] .button.primary")
    expect(leads.locator("#temperature [aria-current=true]")).to_be_visible()
    expect(leads.locator("#temperature")).to_contain_text("Opmerking 5")


def votes_by_keyboard(page: Page, scripts: bool) -> None:
    """Sends the code, then nothing at first, which is refused kindly, and then a vote; by the keyboard alone."""
    page.keyboard.press("Enter")
    expect(page.locator("[name=value]")).to_have_count(5)
    if scripts:
        is_fine(page)
    page.locator(SEND).focus()
    page.keyboard.press("Enter")
    expect(page.locator("main .has-error")).to_be_visible()
    if scripts:
        is_fine(page)
    page.locator("[name=value]").first.focus()
    page.keyboard.press("Space")
    page.locator(SEND).focus()
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status]")).to_be_visible()
