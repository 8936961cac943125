"""A stranger opens the demo, reads an idea through its four steps, and takes its dossier home."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import open_of_demo

pytestmark = pytest.mark.browser

WOONKLAAR = "Woonklaar: jongeren samen voorbereiden op zelfstandig wonen"
STEPS = ["Verkennen", "Intern checken", "Concretiseren", "Beslissen"]


def test_a_coordinator_reads_woonklaar_and_downloads_its_dossier(coordinator: Page, tmp_path: Path) -> None:
    page = coordinator
    expect(page.get_by_role("heading", name="Onze ideeën")).to_be_visible()
    open_of_demo(page, "step-4", WOONKLAAR)
    for step, told in zip(
        STEPS,
        [
            "Elk jaar vinden 20 jongeren een woonst",
            "Uren van de woonbegeleiders vrijmaken",
            "Stuurgroep om de drie maanden",
            "De puzzel klopt",
        ],
        strict=True,
    ):
        page.get_by_role("navigation", name="De vier stappen").get_by_role("link", name=step).click()
        expect(page.get_by_text(told).first).to_be_visible()
    page.get_by_role("link", name="Dossier (pdf)").click()
    page.get_by_role("button", name="Maak het dossier").first.click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Downloaden").click(timeout=60_000)
    pdf = tmp_path / "dossier.pdf"
    download.value.save_as(pdf)
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout
    assert "Woonklaar" in text
    assert "De puzzel klopt" in text


def test_the_same_walk_works_without_javascript(browser: Browser, app: str) -> None:
    context = browser.new_context(base_url=app, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="beleid@lindeveer.test").click()
    page.wait_for_url(f"{app}/")
    open_of_demo(page, "step-1", "Brug aan de poort")
    page.get_by_role("link", name="Dossier (pdf)").click()
    page.get_by_role("button", name="Maak het dossier").last.click()
    expect(page.get_by_role("link", name="Downloaden")).to_be_visible(timeout=60_000)
    context.close()


def test_signing_in_by_keyboard_with_mail_and_password(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Mailadres").focus()
    page.keyboard.type("opvolger@lindeveer.test")
    page.keyboard.press("Tab")
    page.keyboard.type("samen-werkt-het")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Onze ideeën")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()


def test_english_is_one_click_away(coordinator: Page) -> None:
    coordinator.get_by_role("button", name="English").click()
    expect(coordinator.get_by_role("heading", name="Our ideas")).to_be_visible()
    coordinator.get_by_role("button", name="Nederlands").click()
    expect(coordinator.get_by_role("heading", name="Onze ideeën")).to_be_visible()


def test_the_neighbour_does_not_find_our_ideas(page: Page, browser: Browser, app: str) -> None:
    page.goto("/")
    page.get_by_role("button", name="coordinator@lindeveer.test").click()
    page.wait_for_url(f"{app}/")
    open_of_demo(page, "step-4", WOONKLAAR)
    page.wait_for_url("**/idea/*/")
    address = page.url
    page.context.clear_cookies()
    page.goto("/")
    page.get_by_role("button", name="coordinator@demeander.test").click()
    expect(page.get_by_role("heading", name="Onze ideeën")).to_be_visible()
    expect(page.get_by_text("Woonklaar")).to_have_count(0)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
