"""The puzzle is laid with mouse, finger and keyboard, with plain buttons on a phone, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import is_calm
from tests.browser.posts import Poster, poster

pytestmark = pytest.mark.browser

FOLLOWER = "opvolger@lindeveer.test"
LAPTOP = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def at(browser: Browser, app: str) -> Poster:
    return poster(browser, app, FOLLOWER)


@pytest.fixture
def puzzle(at: Poster, request: pytest.FixtureRequest) -> str:
    """The address of a puzzle with two pieces that nobody brings, and two partners."""
    idea = at.follow(f"Puzzelen ({request.node.name})"[:80])
    at.send(f"{idea}explore/", {"lines": "Een keuken\nEen kok"}, f"{idea}list/pieces/")
    at.send(f"{idea}explore/", {"lines": "Jeugdhuis Kantelpunt\nSoepbar Lepel"}, f"{idea}list/partners/")
    return f"{idea}puzzle/"


def opened(sign_in: SignIn, puzzle: str, **told: Any) -> Page:
    page = sign_in(FOLLOWER, **told)
    page.goto(puzzle)
    is_calm(page)
    return page


def card(page: Page, name: str) -> Locator:
    return page.locator(f".laid [data-card][data-name='{name}']")


def head(page: Page, name: str) -> Locator:
    return page.locator(f".laid .org[data-name='{name}']")


def brings(page: Page, piece: str, who: str) -> Locator:
    """The filled cell of this piece under this organisation."""
    row = page.locator(".laid-row", has=page.locator(f"[data-card][data-name='{piece}']"))
    return row.locator(f".cell[data-name='{who}']:not([data-brings=not])")


def test_a_piece_is_dragged_to_a_partner_with_the_mouse(sign_in: SignIn, puzzle: str) -> None:
    page = opened(sign_in, puzzle)
    expect(page.locator(".headline")).to_have_text("Twee nodige stukken missen nog iemand: Een keuken en Een kok.")
    card(page, "Een keuken").locator("strong").hover()
    page.mouse.down()
    head(page, "Soepbar Lepel").hover()
    expect(page.locator(".ghost")).to_have_text("Een keuken")
    expect(head(page, "Soepbar Lepel")).to_have_class("org is-target is-over")
    page.mouse.up()
    expect(brings(page, "Een keuken", "Soepbar Lepel")).to_be_visible()
    expect(page.locator(".ghost")).to_have_count(0)
    expect(page.locator(".headline")).to_have_text("Eén nodig stuk mist nog iemand: Een kok.")
    page.reload()
    expect(brings(page, "Een keuken", "Soepbar Lepel")).to_be_visible()


def test_what_is_let_go_beside_everything_is_put_back(sign_in: SignIn, puzzle: str) -> None:
    page = opened(sign_in, puzzle)
    card(page, "Een kok").locator("[data-handle]").hover()
    page.mouse.down()
    page.locator("h1").hover()
    expect(page.locator(".ghost")).to_be_visible()
    page.mouse.up()
    says = page.locator("#puzzle-picture").get_attribute("data-says-back") or ""
    expect(page.locator("#announce")).to_have_text(says.replace("{card}", "Een kok"))
    card(page, "Een kok").locator("[data-handle]").hover()
    page.mouse.down()
    head(page, "Soepbar Lepel").hover()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".ghost")).to_have_count(0)
    expect(page.locator(".cell:not([data-brings=not])")).to_have_count(0)


def test_a_piece_is_dragged_to_a_partner_with_a_finger(sign_in: SignIn, puzzle: str) -> None:
    page = opened(sign_in, puzzle, has_touch=True, **LAPTOP)
    hand = page.context.new_cdp_session(page)

    def touches(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def middle(of: Locator) -> tuple[float, float]:
        box = of.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    from_x, from_y = middle(card(page, "Een kok").locator("[data-handle]"))
    to_x, to_y = middle(head(page, "Jeugdhuis Kantelpunt"))
    touches("touchStart", from_x, from_y)
    for part in range(1, 11):
        touches("touchMove", from_x + (to_x - from_x) * part / 10, from_y + (to_y - from_y) * part / 10)
    expect(page.locator(".ghost")).to_have_text("Een kok")
    touches("touchEnd")
    expect(brings(page, "Een kok", "Jeugdhuis Kantelpunt")).to_be_visible()


def test_a_piece_is_laid_by_keyboard_and_each_move_is_told(sign_in: SignIn, puzzle: str) -> None:
    page = opened(sign_in, puzzle)
    handle = card(page, "Een kok").locator("[data-handle]")
    said = page.locator("#announce")
    handle.focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Een kok")
    for key, where in [("ArrowRight", "Lindeveer vzw (fictief)"), ("ArrowRight", "Jeugdhuis Kantelpunt")]:
        page.keyboard.press(key)
        expect(said).to_contain_text(where)
    page.keyboard.press("Escape")
    expect(page.locator(".is-up, .is-over")).to_have_count(0)
    expect(handle).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("Soepbar Lepel")
    page.keyboard.press("Space")
    expect(brings(page, "Een kok", "Soepbar Lepel")).to_be_visible()
    expect(card(page, "Een kok").locator("[data-handle]")).to_be_focused()
    # What somebody brings already is no place for it any more.
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("Jeugdhuis Kantelpunt")


def test_what_is_dropped_while_another_is_at_work_comes_in_there(sign_in: SignIn, puzzle: str) -> None:
    mine, theirs = opened(sign_in, puzzle), opened(sign_in, puzzle)
    handle = card(theirs, "Een keuken").locator("[data-handle]")
    handle.hover()
    theirs.mouse.down()
    head(theirs, "Soepbar Lepel").hover()
    expect(theirs.locator(".ghost")).to_be_visible()
    card(mine, "Een kok").locator("strong").hover()
    mine.mouse.down()
    head(mine, "Jeugdhuis Kantelpunt").hover()
    mine.mouse.up()
    expect(brings(mine, "Een kok", "Jeugdhuis Kantelpunt")).to_be_visible()
    theirs.wait_for_timeout(4_000)
    expect(theirs.locator(".ghost")).to_be_visible()
    theirs.mouse.up()
    for page in (mine, theirs):
        expect(brings(page, "Een keuken", "Soepbar Lepel")).to_be_visible()
        expect(brings(page, "Een kok", "Jeugdhuis Kantelpunt")).to_be_visible()


@pytest.mark.parametrize(
    "told",
    [
        {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
        {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False},
        {**LAPTOP, "java_script_enabled": False},
    ],
    ids=["phone", "phone without scripts", "laptop without scripts"],
)
def test_a_piece_is_given_and_taken_off_with_plain_buttons(sign_in: SignIn, puzzle: str, told: dict[str, Any]) -> None:
    page = opened(sign_in, puzzle, **told)
    is_phone = told["viewport"]["width"] < 700
    expect(page.locator("[data-handle]:visible")).to_have_count(0)
    shown = page.locator(".piece-of-list" if is_phone else ".laid-piece")
    expect(shown.first).to_contain_text("niemand")

    def kitchen() -> Locator:
        return shown.filter(has_text="Een keuken")

    kitchen().locator("summary").click()
    kitchen().get_by_role("combobox").select_option(label="Soepbar Lepel")
    kitchen().locator("[data-drag-form] button").click()
    expect(page.locator(".headline")).to_have_text("Eén nodig stuk mist nog iemand: Een kok.")
    is_calm(page)
    kitchen().locator("summary").click()
    kitchen().locator("form:has([name=off]) button").click()
    expect(page.locator(".headline")).to_contain_text("Twee nodige stukken")
    if is_phone:
        expect(page.locator(".laid")).to_be_hidden()


def test_step_1_shows_the_picture_and_leads_there_and_back(sign_in: SignIn, puzzle: str) -> None:
    page = sign_in(FOLLOWER)
    page.goto(puzzle.replace("puzzle/", "explore/"))
    page.locator("#how details > summary", has_text="Puzzelstukken").first.click()
    expect(page.locator("#puzzle-now .laid")).to_be_visible()
    page.locator(f"#puzzle-now a[href='{puzzle}']").click()
    expect(page.locator("#puzzle-picture .laid")).to_be_visible()
    page.locator(".crumb a").click()
    expect(page.locator("#pieces")).to_be_attached()
