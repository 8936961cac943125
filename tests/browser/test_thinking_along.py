"""Signals come and go while people work, and the mirror couples: with scripts, by keyboard, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.hands import is_calm
from tests.browser.test_working import DEVICES, FOLLOWER, Device, enter, on_every_device, take_up

pytestmark = pytest.mark.browser

GAP = "Niemand brengt het puzzelstuk “Tolken” in."
LOOSE = "nog niemand zorgt ervoor"


@on_every_device
def test_a_signal_comes_with_what_is_entered_and_goes_with_a_reason(device: Device, sign_in: SignIn) -> None:
    at = device.hands(sign_in, FOLLOWER)
    enter(at, f"Een gat in de puzzel ({device.name})")
    take_up(at)
    at.add("pieces", "Tolken")
    signal = at.page.locator(".signal").filter(has_text=GAP)
    expect(signal).to_be_visible()
    signal.locator("summary").click()
    signal.get_by_role("link", name="Aanvaard met een reden").click()
    at.page.get_by_label("Waarom is dit voorlopig in orde?").fill("De stad zoekt mee.")
    at.page.get_by_role("button", name="Aanvaard met deze reden").click()
    expect(signal).to_have_count(0)
    expect(at.at("#signals-others")).to_contain_text("1 aanvaard of gezien")


def test_a_signal_goes_as_soon_as_what_it_asks_is_answered(sign_in: SignIn) -> None:
    at = DEVICES[1].hands(sign_in, FOLLOWER)
    enter(at, "Eerst de doelen")
    take_up(at)
    at.add("goals", "Iedereen eet mee")
    signal = at.page.locator(".signal").filter(has_text="het probleem erachter staat er nog niet")
    expect(signal).to_be_visible()
    at.write("#s1-why-challenge", "Buren kennen elkaar niet.")
    expect(signal).to_have_count(0)


def test_a_reason_that_is_being_written_stays_while_something_else_is_saved(sign_in: SignIn) -> None:
    at = DEVICES[1].hands(sign_in, FOLLOWER)
    enter(at, "Een reden in de maak")
    take_up(at)
    at.add("pieces", "Tolken")
    signal = at.page.locator(".signal").filter(has_text=GAP)
    signal.locator("summary").click()
    signal.get_by_role("link", name="Aanvaard met een reden").click()
    reason = at.page.get_by_label("Waarom is dit voorlopig in orde?")
    reason.fill("De stad")
    with at.page.expect_response(lambda answer: answer.url.endswith("/explore/")):
        at.write("#s1-how-approach", "We bellen rond.")
    is_calm(at.page)
    expect(reason).to_have_value("De stad")


def test_a_signal_is_accepted_by_keyboard(sign_in: SignIn) -> None:
    at = DEVICES[1].hands(sign_in, FOLLOWER)
    enter(at, "Met het toetsenbord")
    take_up(at)
    at.add("pieces", "Tolken")
    signal = at.page.locator(".signal").filter(has_text=GAP)
    signal.locator("summary").focus()
    at.page.keyboard.press("Enter")
    signal.get_by_role("link", name="Aanvaard met een reden").focus()
    at.page.keyboard.press("Enter")
    at.page.get_by_label("Waarom is dit voorlopig in orde?").focus()
    at.page.keyboard.type("De stad zoekt mee.")
    at.page.keyboard.press("Tab")
    at.page.keyboard.press("Enter")
    expect(signal).to_have_count(0)


def test_what_is_unfolded_stays_so_and_the_keyboard_goes_on_at_the_next_signal(sign_in: SignIn) -> None:
    at = DEVICES[1].hands(sign_in, FOLLOWER)
    enter(at, "Met veel signalen")
    take_up(at)
    for piece in ("Tolken", "Een busje", "Een keuken", "Een zaal", "Een kok"):
        at.add("pieces", piece)
    others = at.at("#signals-rest")
    others.locator(":scope > summary").click()
    at.write("#s1-how-approach", "We bellen rond.")
    is_calm(at.page)
    signal = at.page.locator(".signal").filter(has_text=GAP)
    signal.locator("summary").click()
    signal.get_by_role("link", name="Aanvaard met een reden").click()
    expect(at.page.get_by_label("Waarom is dit voorlopig in orde?")).to_be_focused()
    at.page.keyboard.type("De stad zoekt mee.")
    at.page.keyboard.press("Tab")
    at.page.keyboard.press("Enter")
    expect(signal).to_have_count(0)
    expect(at.page.locator(".signal summary:focus")).to_have_count(1)
    expect(others).to_have_attribute("open", "")


@on_every_device
def test_a_condition_that_nobody_takes_care_of_becomes_a_point(device: Device, sign_in: SignIn) -> None:
    at = device.hands(sign_in, FOLLOWER)
    enter(at, f"Niets verdwijnt ({device.name})")
    take_up(at)
    at.page.goto(at.page.url.replace("/explore/", "/check/"))
    at.add("conditions", "Er zijn vier woningen.")
    at.page.goto(at.page.url.replace("/check/", "/concretise/"))
    at.unfold("#mirror-now form")
    expect(at.at("#mirror-now")).to_contain_text(LOOSE)
    at.press("#mirror-now form[action$='/point/'] button")
    expect(at.at("#mirror-now")).not_to_contain_text(LOOSE)
    expect(at.at("#mirror-now")).to_contain_text("opvolgpunt")
    at.page.goto(at.page.url.split("/concretise/")[0] + "/decide/")
    expect(at.at("#conditions")).to_contain_text("opvolgpunt")
    expect(at.at("#conditions")).not_to_contain_text(LOOSE)
