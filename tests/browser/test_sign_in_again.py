"""A session that expires in the middle of the work, in a real browser: nothing that was typed is lost."""

from urllib.parse import unquote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, Response, Route, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import SAVED, Hands, until
from tests.browser.posts import poster
from tests.browser.test_every_page import RULES

pytestmark = pytest.mark.browser

FOLLOWER, COLLEAGUE = "opvolger@lindeveer.test", "collega@lindeveer.test"
CHALLENGE = "#s1-why-challenge"
TYPED = "Ouderen uit de wijk zien weinig mensen."
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


@pytest.fixture(scope="session")
def idea(browser: Browser, app: str) -> str:
    """The address of an idea that the demo's follower took up."""
    return poster(browser, app, FOLLOWER).follow("Samen eten op donderdag")


def dialog(page: Page) -> Locator:
    return page.locator("dialog[open]")


def field(page: Page) -> Locator:
    return page.locator(f"{CHALLENGE} textarea")


def answer_of(sign_in: SignIn, idea: str) -> str:
    """What is kept of the answer, for somebody who looks now."""
    page = sign_in(COLLEAGUE)
    page.goto(f"{idea}explore/")
    return page.locator(CHALLENGE).inner_text()


def opened(sign_in: SignIn, idea: str, **told: object) -> Page:
    page = sign_in(FOLLOWER, **told)
    page.goto(f"{idea}explore/")
    return page


def expire(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def type_on(page: Page, text: str) -> None:
    """Types behind what stands there, and waits until it was sent, however that went."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        field(page).press("Control+End")
        field(page).press_sequentially(text)


def type_and_save(page: Page, text: str) -> None:
    """Types behind what stands there, and waits until the server has it."""

    def is_saved(answer: Response) -> bool:
        return answer.ok and text in unquote_plus(answer.request.post_data or "")

    with page.expect_response(is_saved):
        field(page).press("Control+End")
        field(page).press_sequentially(text)


def has_no_faults(page: Page, part: str) -> None:
    found = Axe().run(page, context=part, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("told", [{}, PHONE], ids=["laptop", "phone"])
def test_somebody_signs_in_again_in_place_and_types_on(sign_in: SignIn, idea: str, told: dict[str, object]) -> None:
    page = opened(sign_in, idea, **told)
    field(page).fill("")
    expire(page)
    type_on(page, TYPED)
    expect(dialog(page)).to_be_visible()
    expect(dialog(page).locator("#again-title")).to_be_focused()
    has_no_faults(page, "dialog")
    dialog(page).locator("[name=password]").fill("verkeerd-wachtwoord")
    dialog(page).locator("[name=password]").press("Enter")
    expect(dialog(page).locator("[role=alert]:visible")).to_have_count(1)
    has_no_faults(page, "dialog")
    expect(dialog(page).locator("[name=login]")).to_have_value(FOLLOWER)
    expect(dialog(page).locator("[name=password]")).to_be_focused()
    dialog(page).locator("[name=password]").fill(settings.DEMO_PASSWORD)
    dialog(page).locator("[name=password]").press("Enter")
    expect(dialog(page)).to_have_count(0)
    expect(field(page)).to_be_focused()
    type_and_save(page, " En nu?")
    page.reload()
    expect(field(page)).to_have_value(f"{TYPED} En nu?")


def test_in_a_demo_one_choice_is_enough(sign_in: SignIn, idea: str) -> None:
    page = opened(sign_in, idea)
    expire(page)
    type_on(page, " Eén keuze")
    expect(dialog(page).locator("[name=member]")).to_have_value(FOLLOWER)
    dialog(page).locator("form.demo button").click()
    expect(dialog(page)).to_have_count(0)
    type_and_save(page, " is genoeg.")


def test_who_signed_in_again_in_another_tab_types_on_without_a_question(sign_in: SignIn, idea: str, app: str) -> None:
    page = opened(sign_in, idea)
    page.evaluate("document.addEventListener('werktsamen:signed-in', () => { document.body.dataset.heard = 1 })")
    field(page).click()
    page.evaluate("document.activeElement.addEventListener('blur', () => { document.body.dataset.left = 1 })")
    signs_in_elsewhere(page, FOLLOWER, app)
    type_on(page, "!")
    expect(page.locator("body[data-heard]")).to_have_count(1)
    expect(page.locator("body[data-left]")).to_have_count(0)
    expect(dialog(page)).to_have_count(0)
    type_and_save(page, " Verder zonder vraag.")


def signs_in_elsewhere(page: Page, mail: str, app: str) -> None:
    """Another tab of the same browser, in which somebody signs in."""
    expire(page)
    tab = page.context.new_page()
    tab.goto("/sign-in/")
    tab.get_by_role("button", name=mail).click()
    tab.wait_for_url(f"{app}/")
    tab.close()


def test_a_question_closes_when_somebody_signed_in_in_another_tab(sign_in: SignIn, idea: str, app: str) -> None:
    page = opened(sign_in, idea)
    expire(page)
    type_on(page, "?")
    expect(dialog(page)).to_be_visible()
    signs_in_elsewhere(page, FOLLOWER, app)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(dialog(page)).to_have_count(0)
    type_and_save(page, " Het kan weer.")


def test_a_page_that_was_of_somebody_else_sends_nothing_and_opens_anew(sign_in: SignIn, idea: str, app: str) -> None:
    page = opened(sign_in, idea)
    whose = page.locator("body").get_attribute("data-member")
    signs_in_elsewhere(page, COLLEAGUE, app)
    type_on(page, " Dit is van de opvolger.")
    expect(dialog(page).locator("[name=login]")).to_have_count(0)
    has_no_faults(page, "dialog")
    with page.expect_navigation():
        dialog(page).get_by_role("button").click()
    assert page.locator("body").get_attribute("data-member") != whose
    assert "Dit is van de opvolger" not in answer_of(sign_in, idea)


def test_who_answers_later_is_asked_no_more_and_signs_in_from_where_it_says_so(sign_in: SignIn, idea: str) -> None:
    page = sign_in(FOLLOWER)
    page.clock.install()
    page.goto(f"{idea}explore/")
    expire(page)
    type_on(page, " Eerst")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(field(page)).to_be_focused()
    page.clock.run_for(25_000)
    type_on(page, " later.")
    page.clock.run_for(25_000)
    expect(dialog(page)).to_have_count(0)
    told = page.locator(f"{CHALLENGE} .stands")
    expect(told).to_have_text("Niet opgeslagen: meld je opnieuw aan")
    told.get_by_role("link").click()
    expect(dialog(page)).to_be_visible()
    dialog(page).locator("form.demo button").click()
    page.clock.run_for(5_000)
    expect(told).to_have_text(SAVED)
    page.clock.run_for(25_000)
    expire(page)
    type_on(page, " En weer.")
    page.clock.run_for(5_000)
    expect(dialog(page)).to_be_visible()


def test_the_link_to_sign_in_is_heard_while_the_page_asks_by_itself(sign_in: SignIn, idea: str) -> None:
    page = opened(sign_in, idea)
    expire(page)
    type_on(page, " Niemand luistert?")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    asked: list[Route] = []
    page.route("**/again/", lambda route: asked.append(route))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(page, lambda: asked)
    page.locator(f"{CHALLENGE} .stands").get_by_role("link").click()
    asked[0].continue_()
    until(page, lambda: len(asked) == 2)
    asked[1].continue_()
    expect(dialog(page)).to_be_visible()


def test_without_scripts_somebody_signs_in_and_goes_on_with_what_was_typed(sign_in: SignIn, idea: str) -> None:
    page = opened(sign_in, idea, java_script_enabled=False)
    text = "Zonder scripts.\n\nOok dit gaat mee."
    field(page).fill(text)
    expire(page)
    Hands(page, scripts=False).press(f"{CHALLENGE} noscript button")
    page.fill("[name=login]", FOLLOWER)
    page.fill("[name=password]", "verkeerd-wachtwoord")
    page.press("[name=password]", "Enter")
    expect(page.locator("main .problem[role=alert]")).to_be_visible()
    page.fill("[name=password]", settings.DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("main .answer")).to_have_text("Zonder scripts. Ook dit gaat mee.")
    with page.expect_navigation():
        page.locator("main button.primary").click()
    page.goto(f"{idea}explore/")
    expect(field(page)).to_have_value(text)


@pytest.mark.parametrize("told", [{}, PHONE], ids=["laptop", "phone"])
def test_a_form_on_a_page_of_its_own_goes_along_too(sign_in: SignIn, told: dict[str, object]) -> None:
    page = sign_in(FOLLOWER, **told)
    page.goto("/idea/new/")
    page.fill("[name=title]", "Samen tuinieren")
    expire(page)
    page.locator("main form button.primary").click()
    expect(page.locator("[name=carried]").first).to_be_attached()
    has_no_faults(page, "html")
    page.get_by_role("button", name=FOLLOWER).click()
    has_no_faults(page, "html")
    page.locator("main button.primary").click()
    expect(page.locator("h1")).to_have_text("Samen tuinieren")
