"""The board of step 3: activities move by mouse, finger, keyboard and without scripts; and agreements are dropped."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import Hands, is_calm
from tests.browser.test_working import DEVICES, FOLLOWER, PHONE, Device, enter, on_every_device, take_up

pytestmark = pytest.mark.browser


def an_idea_with_a_board(at: Hands, title: str) -> None:
    """A new idea at step 3 with two bundles and two activities."""
    enter(at, title)
    take_up(at)
    at.page.goto(at.page.url.replace("/explore/", "/concretise/"))
    at.add("activities", "kennismaken", "meegaan kijken")
    at.add("bundles", "Onthaal", "Wonen")


def card(page: Page, name: str) -> Locator:
    return page.locator(f"#board [data-card][data-name='{name}']")


def bundle(page: Page, name: str) -> Locator:
    return page.locator(f"#board [data-drop][data-name='{name}']")


def lies_in(page: Page, activity: str, where: str) -> None:
    expect(bundle(page, where).locator(f"[data-card][data-name='{activity}']")).to_have_count(1)
    expect(card(page, activity)).to_have_count(1)
    is_calm(page)


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@on_every_device
def test_an_activity_is_moved_with_the_plain_form(device: Device, sign_in: SignIn) -> None:
    at = device.hands(sign_in, FOLLOWER)
    an_idea_with_a_board(at, f"Verplaatsen ({device.name})")
    at.unfold("[data-name='kennismaken'] select")
    card(at.page, "kennismaken").locator("select").select_option(label="Wonen")
    at.press("[data-card][data-name='kennismaken'] form button")
    lies_in(at.page, "kennismaken", "Wonen")
    lies_in(at.page, "meegaan kijken", "nog in geen bundel")


def test_an_activity_is_dragged_with_the_mouse(sign_in: SignIn) -> None:
    """On a screen on which nothing is near its edge, so that the page does not scroll along."""
    at = Hands(sign_in(FOLLOWER, viewport={"width": 1280, "height": 2000}))
    an_idea_with_a_board(at, "Slepen met de muis")
    page, handle = at.page, card(at.page, "kennismaken").locator("[data-handle]")
    handle.hover()
    page.mouse.down()
    bundle(page, "Wonen").locator("h4").hover()
    expect(bundle(page, "Wonen")).to_have_class("bundle is-target is-over")
    page.mouse.up()
    lies_in(page, "kennismaken", "Wonen")


def test_an_activity_is_dragged_with_a_finger(sign_in: SignIn) -> None:
    told: dict[str, Any] = PHONE | {"viewport": {"width": 390, "height": 2400}}
    at = Hands(sign_in(FOLLOWER, **told), touch=True)
    an_idea_with_a_board(at, "Slepen met de vinger")
    page, handle = at.page, card(at.page, "kennismaken").locator("[data-handle]")
    page.reload()
    is_calm(page)
    (x, y), (to_x, to_y) = middle(handle), middle(bundle(page, "Wonen").locator("h4"))
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 13):
        point = {"x": x + (to_x - x) * part / 12, "y": y + (to_y - y) * part / 12}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    expect(bundle(page, "Wonen")).to_have_class("bundle is-target is-over")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    lies_in(page, "kennismaken", "Wonen")


def test_an_activity_is_moved_with_the_keyboard_which_stays_on_it(sign_in: SignIn) -> None:
    at = DEVICES[1].hands(sign_in, FOLLOWER)
    an_idea_with_a_board(at, "Verplaatsen met het toetsenbord")
    page = at.page
    for keys, where in [(["ArrowDown", "ArrowDown"], "Onthaal"), (["ArrowDown", "Escape"], "Onthaal")]:
        card(page, "kennismaken").locator("[data-handle]").focus()
        for key in ["Enter", *keys]:
            page.keyboard.press(key)
        if "Escape" not in keys:
            expect(page.locator("#announce")).to_contain_text(where)
            page.keyboard.press("Enter")
        lies_in(page, "kennismaken", where)
        expect(card(page, "kennismaken").locator("[data-handle]")).to_be_focused()


def test_who_comes_too_late_is_told_how_the_board_stands_now(sign_in: SignIn) -> None:
    at = DEVICES[1].hands(sign_in, FOLLOWER)
    an_idea_with_a_board(at, "Twee tegelijk")
    page, other = at.page, Hands(sign_in(FOLLOWER))
    page.route("**/now/**", lambda route: route.abort())
    other.page.goto(page.url)
    for hands, where in [(other, "Wonen"), (at, "Onthaal")]:
        hands.unfold("[data-name='kennismaken'] select")
        card(hands.page, "kennismaken").locator("select").select_option(label=where)
        hands.press("[data-card][data-name='kennismaken'] form button")
        lies_in(hands.page, "kennismaken", "Wonen")
    expect(page.locator("#board [role=alert]")).to_contain_text("kennismaken")


@on_every_device
def test_an_agreement_is_dropped_and_laid_back(device: Device, sign_in: SignIn) -> None:
    at = device.hands(sign_in, FOLLOWER)
    enter(at, f"Laten vallen ({device.name})")
    take_up(at)
    at.page.goto(at.page.url.replace("/explore/", "/concretise/"))
    at.add("overall", "Elke maand een verslag", "Wie kookt, koopt in")
    at.unfold("#overall-rows > li:first-child [name=dropped_why]")
    at.at("#overall-rows > li:first-child [name=dropped_why]").fill("Niemand leest het")
    at.press("#overall-rows > li:first-child .drop button")
    expect(at.at("#overall-rows > li")).to_have_count(1)
    at.unfold("#dropped li")
    expect(at.at("#dropped li")).to_contain_text("Niemand leest het")
    at.press("#dropped button")
    expect(at.at("#overall-rows > li").first).to_contain_text("Elke maand een verslag")
    expect(at.at("#dropped li")).to_have_count(0)
