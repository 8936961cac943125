"""A real browser, and the app as `make run` serves it: web server, worker, a database of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.served import own_database, served

type SignIn = Callable[..., Page]

# What a browser notes of a form that is refused, or of a lost connection: the page itself tells it.
TOLD_ON_THE_PAGE = (
    "Failed to load resource",
    "htmx:sendError",
    "htmx:timeout",
    "htmx:afterRequest",
    "Response Status Error Code",
)

# Milliseconds until what should show counts as missing: a machine may be busy, and what shows sooner is seen sooner.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

HEADLESS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("WERKTSAMEN_CHROMIUM") or None, args=HEADLESS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def app_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the app keeps what it has."""
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="session")
def app_database() -> Iterator[str]:
    """The URL of the database of the app; empty where that is SQLite in its folder."""
    with own_database(f"werktsamen_app_{os.environ.get('PYTEST_XDIST_WORKER', '')}") as database:
        yield database


@pytest.fixture(scope="session")
def app(app_data: Path, app_database: str) -> Iterator[str]:
    """The address of the app with its demo organisation, on SQLite or on the server in DATABASE_URL."""
    with served(app_data, app_database) as address:
        yield address


@pytest.fixture
def page(browser: Browser, app: str) -> Iterator[Page]:
    context = browser.new_context(base_url=app, viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    yield page
    context.close()


@pytest.fixture
def sign_in(browser: Browser, app: str) -> Iterator[SignIn]:
    """A function that signs in a person of the demo in a browser of their own, on a laptop or what else is told.

    Afterwards no script failed there, and nothing was refused by the content security policy.
    """
    contexts, failures = [], []

    def fails(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(TOLD_ON_THE_PAGE):
            failures.append(message.text)

    def sign_in(mail: str, **told: Any) -> Page:
        told = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | told
        context = browser.new_context(base_url=app, **told)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", fails)
        page.goto("/")
        page.get_by_role("button", name=mail).click()
        page.wait_for_url(f"{app}/")
        return page

    yield sign_in
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert failures == []


@pytest.fixture
def coordinator(page: Page, app: str) -> Page:
    """A page on which the demo's coordinator is signed in."""
    page.goto("/")
    page.get_by_role("button", name="coordinator@lindeveer.test").click()
    page.wait_for_url(f"{app}/")
    return page
