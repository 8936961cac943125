"""Somebody takes along the dossiers of two ideas in one file, with and without JavaScript."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

A_WHILE = 90_000


def choose(page: Page) -> None:
    page.get_by_role("link", name="Neem een selectie mee").click()
    page.get_by_label("Brug aan de poort").first.check()
    page.get_by_label("Nachtanker").first.check()
    page.get_by_label("Dossiers voor de partners").check()


def names_in(page: Page, folder: Path) -> list[str]:
    with page.expect_download(timeout=A_WHILE) as download:
        page.get_by_role("link", name="Downloaden").click(timeout=A_WHILE)
    there = folder / "mee.zip"
    download.value.save_as(there)
    with ZipFile(there) as zipped:
        assert all(zipped.read(name).startswith(b"%PDF-1.7") for name in zipped.namelist())
        return zipped.namelist()


def test_two_dossiers_come_in_one_zip_and_the_page_says_how_far_it_is(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("beleid@lindeveer.test")
    choose(page)
    page.get_by_role("button", name="Maak het bestand").click()
    expect(page.get_by_role("progressbar", name="van 2")).to_be_visible()
    assert sorted(name.split("-")[0] for name in names_in(page, tmp_path)) == ["partners", "partners"]


def test_the_same_works_without_javascript_by_keyboard_on_a_phone(browser: Browser, app: str, tmp_path: Path) -> None:
    context = browser.new_context(base_url=app, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="beleid@lindeveer.test").click()
    page.wait_for_url(f"{app}/")
    page.goto("/exports/")
    page.get_by_role("button", name="Toon en vink alles aan").press("Enter")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_label("Lijst van opvolgpunten").press("Space")
    page.get_by_role("button", name="Maak het bestand").press("Enter")
    with page.expect_download(timeout=A_WHILE) as download:
        page.get_by_role("link", name="Downloaden").click(timeout=A_WHILE)
    assert download.value.suggested_filename.endswith(".xlsx")
    context.close()
