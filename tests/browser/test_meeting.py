"""A meeting in the room: one thing large on the wall, and what somebody types elsewhere arrives there."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import Hands
from tests.browser.posts import poster

pytestmark = pytest.mark.browser

FOLLOWER, COLLEAGUE = "opvolger@lindeveer.test", "coordinator@lindeveer.test"
WALL, PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
BIG, READABLE = 60, 24  # pixels of a letter on a wall of 1920


@pytest.fixture(scope="module")
def idea(browser: Browser, app: str) -> str:
    """The address of an idea that the demo's follower took up."""
    return poster(browser, app, FOLLOWER).follow("Samen tuinieren op zaterdag")


def plan(page: Page, idea: str) -> None:
    page.goto(f"{idea}meetings/plan/")
    page.locator("[name=date]").fill("2099-05-04")
    page.locator("[name=time]").fill("14:00")
    page.locator("[name=with_whom]").select_option("own_team")
    page.locator("[name=own]").fill("Wie belt de stad?")
    page.locator("main form button.primary").click()
    expect(page.locator("#agenda-now .record").first).to_be_visible()


def size(page: Page, selector: str) -> float:
    told: float = page.locator(selector).first.evaluate("part => parseFloat(getComputedStyle(part).fontSize)")
    return told


def test_what_is_typed_on_a_phone_arrives_on_the_wall_within_seconds(idea: str, sign_in: SignIn) -> None:
    wall, phone = sign_in(FOLLOWER, viewport=WALL), sign_in(COLLEAGUE, viewport=PHONE, has_touch=True)
    plan(wall, idea)
    wall.locator(".idea-actions .button.primary").click()
    expect(wall.locator(".on-screen h1")).to_be_visible()
    assert size(wall, ".on-screen h1") >= BIG
    assert size(wall, ".live textarea") >= READABLE

    phone.goto(wall.url)
    expect(wall.locator("#here")).to_contain_text("Coördinator")
    Hands(phone, touch=True).write("#s1-why-challenge", "Niemand heeft een tuin.")
    expect(wall.locator("#s1-why-challenge textarea")).to_have_value("Niemand heeft een tuin.")
    Hands(phone, touch=True).write(".noted .answering", "Iedereen herkent dit.", "note")
    expect(wall.locator(".noted textarea")).to_have_value("Iedereen herkent dit.")

    for page, width in ((wall, WALL["width"]), (phone, PHONE["width"])):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def is_turned(page: Page, to: int) -> None:
    """Waits until this thing of the agenda stands on the wall, and hears keys."""
    expect(page.locator(".turn .num")).to_have_text(re.compile(rf"^{to} "))
    page.wait_for_load_state()


def test_arrow_keys_turn_the_agenda_but_not_where_somebody_types(idea: str, sign_in: SignIn) -> None:
    page = sign_in(FOLLOWER, viewport=WALL, color_scheme="dark")
    plan(page, idea)
    page.locator(".idea-actions .button.primary").click()
    is_turned(page, to=1)
    page.keyboard.press("ArrowRight")
    is_turned(page, to=2)
    page.keyboard.press("PageUp")
    is_turned(page, to=1)
    page.locator(".noted textarea").fill("ab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    is_turned(page, to=1)

    ink = page.evaluate("getComputedStyle(document.body).color")
    page.locator(".head .act").first.click()
    expect(page.locator(".on-screen[data-ink=light]")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") != ink
    page.locator("#dealt-with button").click()
    expect(page.locator("#dealt-with .chip")).to_be_visible()
    expect(page.locator(".on-screen[data-ink=light]")).to_be_visible()


def test_without_scripts_a_list_on_the_wall_gets_a_row_and_the_report_tells_it(idea: str, sign_in: SignIn) -> None:
    page = sign_in(FOLLOWER, viewport=WALL, java_script_enabled=False)
    plan(page, idea)
    page.locator("#agenda-now").get_by_role("link", name="Wat wil je met dit idee bereiken?").click()
    page.locator(".on-screen textarea[name=lines]").fill("Elke zaterdag samen eten")
    page.locator(".on-screen .add button").click()
    expect(page.locator(".large li")).to_have_text("Elke zaterdag samen eten")
    page.locator(".head .crumb a >> nth=0").click()
    page.locator(".idea-actions a").first.click()
    expect(page.locator("#report")).to_have_value(re.compile("- Elke zaterdag samen eten"))
