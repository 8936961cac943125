"""What runs: a measure is noted where its indicator stands, a pulse beside the one before, with scripts or without."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(params=[{}, {"java_script_enabled": False}, PHONE], ids=["laptop", "without scripts", "phone"])
def page(request: pytest.FixtureRequest, sign_in: SignIn) -> Page:
    page = sign_in("opvolger@lindeveer.test", **request.param)
    page.goto("/idea/1/running/")
    return page


def test_a_measure_is_noted_by_keyboard_and_drawn(page: Page) -> None:
    indicator = page.locator(".followed", has_text="Jongeren met een woonst na 12 maanden")
    before = indicator.locator("circle").count()
    indicator.locator("summary").press("Enter")
    indicator.locator("[name=value]").fill("82,5 %")
    with page.expect_navigation():
        indicator.locator("[name=value]").press("Enter")
    expect(page).to_have_url(re.compile(r"/idea/1/running/#indicator-\d+$"))
    expect(indicator.locator("circle")).to_have_count(before + 1)
    expect(indicator.get_by_role("rowheader", name="82,5 %").first).to_be_visible()


def test_what_is_no_figure_is_refused_and_given_back(page: Page) -> None:
    indicator = page.locator(".followed").last
    indicator.locator("summary").press("Enter")
    indicator.locator("[name=value]").fill("veel beter")
    indicator.locator("[name=note]").fill("Zo voelt het.")
    with page.expect_navigation():
        indicator.get_by_role("button").press("Enter")
    expect(page.locator(".errorlist")).to_contain_text("Begin met een cijfer")
    expect(page.locator("[name=value]")).to_have_value("veel beter")
    expect(page.locator("[name=note]")).to_have_value("Zo voelt het.")


def test_a_pulse_stands_beside_the_one_before(page: Page) -> None:
    add = page.locator("#pulses a.button")
    add.scroll_into_view_if_needed()
    add.press("Enter")
    page.locator("form.editing [name=who]").select_option("Woonwerf Zonbeek")
    page.locator("form.editing [name=date]").fill("2026-10-01")
    page.locator("form.editing [name=equal]").select_option("yes")
    page.locator("form.editing button.primary").press("Enter")
    voice = page.locator(".voice", has_text="Woonwerf Zonbeek")
    expect(voice).to_contain_text("1 oktober 2026")
    expect(voice.get_by_role("row", name="Bouwen we gelijkwaardigheid", include_hidden=True)).to_contain_text("ja")
