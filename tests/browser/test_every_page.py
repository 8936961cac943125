"""Every page at three widths, in light and dark and in both languages: nothing sticks out, and axe finds nothing."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = {"phone": (390, 844), "laptop": (1280, 800), "projector": (1920, 1080)}
STEPS = ["", "explore/", "check/", "concretise/", "decide/", "dossier/"]
LOOKS = [("phone", "light", "nl"), ("laptop", "dark", "nl"), ("projector", "light", "en"), ("phone", "dark", "en")]


@pytest.fixture
def look(request: pytest.FixtureRequest, browser: Browser, app: str) -> Any:
    """A page on which the coordinator is signed in, with this width, scheme and language."""
    width, scheme, language = request.param
    size = dict(zip(["width", "height"], WIDTHS[width], strict=True))
    context = browser.new_context(base_url=app, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": language, "url": app}])
    yield context.new_page()
    context.close()


def hold(page: Page, address: str) -> None:
    """What must hold for the page at this address."""
    failures: list[str] = []
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.goto(address)
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} is wider than {width}"
    assert failures == [], address
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=["-".join(look) for look in LOOKS])
def test_nothing_sticks_out_and_axe_finds_nothing(look: Page) -> None:
    hold(look, "/sign-in/")
    look.get_by_role("button", name="coordinator@lindeveer.test").click()
    ideas = [link.get_attribute("href") for link in look.locator(".card a").all()]
    assert len(ideas) == 5
    for address in ["/", "/about/", "/ideas/step-4/", *(f"{idea}{step}" for idea in ideas for step in STEPS)]:
        hold(look, address)
