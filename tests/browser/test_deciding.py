"""The policy team records a go and a no by keyboard, in a browser without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import open_of_demo

pytestmark = pytest.mark.browser


@pytest.fixture
def policy(sign_in: SignIn) -> Page:
    return sign_in("beleid@lindeveer.test", java_script_enabled=False)


def open_step_4(page: Page, title: str) -> None:
    open_of_demo(page, "step-4", title)
    page.get_by_role("navigation", name="De vier stappen").get_by_role("link", name="Beslissen").click()


def press(page: Page, selector: str) -> None:
    """Goes there by keyboard, and presses Enter."""
    page.locator(selector).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Writes one thing of the preparation, and saves it with its button."""
    folds = page.locator(f"#decision details:not([open]):has(#draft-{name}-text)")
    while folds.count():
        folds.first.locator(":scope > summary").press("Enter")
    page.locator(f"#draft-{name}-text").fill(text)
    press(page, f"#draft-{name} noscript button")


def record(page: Page, value: str) -> None:
    press(page, f"#to-{value}")
    press(page, f'form[action$="/record/{value}/"] button')


def test_a_no_with_its_reasons_its_letter_and_a_day_to_look_again(policy: Page) -> None:
    page = policy
    open_step_4(page, "Nachtanker")
    write(page, "motivation", "Zonder nachtploeg is het geen veilig aanbod.")
    write(page, "reasons", "Er is geen nachtploeg.")
    write(page, "would_change", "Een tweede organisatie die mee de nacht doet.")
    write(page, "look_again", "2099-03-01")
    press(page, "#to-no_go")
    expect(page.locator("#letter")).to_have_value(re.compile("Er is geen nachtploeg."))
    press(page, 'form[action$="/record/no_go/"] button')
    decision = page.locator("#decision")
    expect(decision.get_by_text("Zonder nachtploeg is het geen veilig aanbod.")).to_be_visible()
    expect(decision.get_by_text("Een tweede organisatie die mee de nacht doet.")).to_be_visible()
    expect(decision.get_by_text("1 maart 2099").first).to_be_visible()


def test_a_go(policy: Page) -> None:
    page = policy
    open_step_4(page, "Woonklaar")
    write(page, "motivation", "De puzzel klopt, en dat blijft zo.")
    record(page, "go")
    expect(page.locator("#decision").get_by_text("De puzzel klopt, en dat blijft zo.").first).to_be_visible()
