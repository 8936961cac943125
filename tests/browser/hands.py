"""What a person does on a page: with a mouse, by touch, or in a browser without scripts."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import ElementHandle, Error, Locator, Page, Route, expect

from tests.browser.conftest import PATIENCE

SAVED = re.compile("Opgeslagen om")

# The summary of the outermost closed details in which an element stands.
OUTERMOST_FOLD = """element => [...document.querySelectorAll("details:not([open])")]
    .map(fold => [fold, fold.querySelector(":scope > summary")])
    .find(([fold, summary]) => fold.contains(element) && !summary.contains(element))?.[1]"""


def is_calm(page: Page) -> None:
    """Waits until what came in can be pressed, and the keyboard is where the page leads it.

    Nobody is faster than that, but a robot is.
    """
    page.wait_for_load_state()
    expect(page.locator(".htmx-settling, .htmx-added")).to_have_count(0)


def until(page: Page, happened: Callable[[], object]) -> None:
    """Waits until something happened that the page itself does not show."""
    ends = time.monotonic() + PATIENCE / 1000
    while not happened():
        assert time.monotonic() < ends, "it did not happen"
        page.wait_for_timeout(50)


def open_of_demo(page: Page, lane: str, title: str) -> None:
    """Opens an idea of the demo, however many ideas the tests before entered."""
    page.goto(f"/ideas/{lane}/")
    link = page.get_by_role("link", name=title).first
    while not link.count():
        with page.expect_navigation():
            page.get_by_role("link", name="Toon oudere").click()
    link.click()


@contextmanager
def held(page: Page, where: str = "**/answer/**") -> Iterator[None]:
    """What the page sends there arrives only after this."""
    sent: list[Route] = []
    is_over: list[bool] = []

    def holds(route: Route) -> None:
        if route.request.method == "POST" and not is_over:
            sent.append(route)
        else:
            route.continue_()

    page.route(where, holds)
    yield
    is_over.append(True)
    for route in sent:
        route.continue_()


@dataclass(frozen=True)
class Hands:
    """Somebody who is signed in, at a page. Without `scripts` an answer is saved with its button."""

    page: Page
    touch: bool = False
    scripts: bool = True

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def press(self, selector: str) -> None:
        """Presses what is there, after unfolding what it stands in."""
        self.unfold(selector)
        is_calm(self.page)
        self._press(self.at(selector))

    def _press(self, target: Locator | ElementHandle) -> None:
        if self.touch:
            target.tap()
        else:
            target.click()

    def unfold(self, selector: str) -> None:
        """Opens everything folded that this stands in; a summary is seen already.

        Whoever reaches for a fold just as the page puts a newer one in its place, reaches again.
        """
        target = self.at(selector).first
        while fold := target.evaluate_handle(OUTERMOST_FOLD).as_element():
            is_calm(self.page)
            try:
                self._press(fold)
            except Error as error:
                if "not attached" not in error.message:
                    raise

    def write(self, form: str, text: str, name: str = "value") -> None:
        """Types in an answer, leaves the field, and sees that it is saved."""
        self.unfold(f"{form} [name={name}]")
        field = self.at(f"{form} [name={name}]")
        is_calm(self.page)
        if self.scripts:
            with self.page.expect_response(lambda answer: answer.request.method == "POST"):
                field.fill(text)
                field.blur()
        else:
            field.fill(text)
        self._is_saved(form)
        expect(field).to_have_value(text)

    def choose(self, form: str, code: str) -> None:
        """Chooses one of the pills of an answer, and sees that it is saved."""
        self.press(f"{form} label[data-code='{code}']")
        self._is_saved(form)
        expect(self.at(f"{form} input[value='{code}']")).to_be_checked()

    def _is_saved(self, form: str) -> None:
        if self.scripts:
            expect(self.at(f"{form} .state")).to_have_text(SAVED)
        else:
            self.press(f"{form} noscript button")
            self.unfold(form)

    def add(self, name: str, *lines: str) -> None:
        """Adds rows to a list, one a line."""
        rows = self.at(f"#{name}-rows > li")
        there = rows.count()
        self.unfold(f"#{name}-lines")
        self.at(f"#{name}-lines").fill("\n".join(lines))
        self.press(f"#{name}-add button")
        expect(rows).to_have_count(there + len(lines))
        is_calm(self.page)

    def edit(self, name: str, row: int) -> Locator:
        """Opens a row of a list, and returns its form."""
        self.press(f"#{name}-rows > li:nth-child({row}) .acts a:not(.earlier)")
        form = self.at("main form.editing")
        expect(form).to_be_visible()
        is_calm(self.page)
        return form

    def save(self) -> None:
        """Saves the row that is open."""
        self.press("main form.editing button.primary")
        expect(self.at("main form.editing")).to_have_count(0)
        is_calm(self.page)

    def take_away(self) -> None:
        """Takes the row that is open away, and confirms it."""
        self.press("main form.editing a.end")
        self.press("main form.editing[action$='/remove/'] button")

    def goes_on(self, step: int) -> None:
        """Goes on to the next step, whatever was not talked about yet."""
        self.press("#next a[href$='/way/move_on/']")
        self.press(f"main button[name=to][value='{step}']")
        expect(self.at("#way [aria-current=page] .sign")).to_have_attribute("data-step", str(step))
