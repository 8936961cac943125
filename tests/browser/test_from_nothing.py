"""A coordinator sets up an organisation from nothing; colleagues come by mail, work, and go."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.test_every_page import RULES
from tests.served import own_database, served

pytestmark = pytest.mark.browser

PASSWORD = "een lang wachtwoord"
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LAST_MAIL = 'SELECT body FROM people_mail WHERE "to" = {} ORDER BY id DESC LIMIT 1'


@dataclass(frozen=True)
class Empty:
    """An installation that nobody used yet: where it is found, and where its data stand."""

    address: str
    data: Path
    database: str

    @property
    def start_code(self) -> str:
        found = re.search(r"Start code: (\S+)", (self.data / "log").read_text())
        assert found
        return found[1]

    def link_mailed_to(self, mail: str) -> str:
        """The path of the link in the last mail to this address."""
        if self.database:
            with psycopg.connect(self.database) as server:
                row = server.execute(LAST_MAIL.format("%s"), [mail]).fetchone()
        else:
            with closing(sqlite3.connect(self.data / "werktsamen.sqlite3")) as server:
                row = server.execute(LAST_MAIL.format("?"), [mail]).fetchone()
        assert row, f"nothing was mailed to {mail}"
        found = re.search(r"https?://[^/\s]+(/invitation/\S+)", row[0])
        assert found
        return found[1]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Empty]:
    data = tmp_path_factory.mktemp("empty")
    with own_database("werktsamen_from_nothing") as database, served(data, database, demo=False) as address:
        yield Empty(address, data, database)


type Opens = Callable[[dict[str, int]], Page]


@pytest.fixture
def opens(browser: Browser, empty: Empty) -> Iterator[Opens]:
    """A function that gives somebody a browser of their own; afterwards no script failed in any."""
    contexts, failures = [], []

    def open_one(size: dict[str, int]) -> Page:
        context = browser.new_context(base_url=empty.address, viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert failures == []


def fill(page: Page, **told: str) -> None:
    for name, text in told.items():
        page.locator(f"main [name={name}]").fill(text)


def go(page: Page) -> None:
    page.locator("main form button.primary").first.click()


def holds(page: Page) -> None:
    """Nothing sticks out, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("h1")).to_have_text(words)


def starts(page: Page, empty: Empty) -> None:
    """Makes the organisation; a wrong code first makes none."""
    page.goto("/idea/new/")
    heading(page, "Begin met je organisatie")
    holds(page)
    fill(page, organisation="Wilgenbos vzw", name="Coördinator", email="coordinator@wilgenbos.test")
    fill(page, password=PASSWORD, again=PASSWORD, code="AAAA-BBBB-CCCC-DDDD")
    go(page)
    expect(page.locator(".has-error [name=code]")).to_be_visible()
    holds(page)
    fill(page, password=PASSWORD, again=PASSWORD, code=empty.start_code)
    go(page)
    heading(page, "Mensen")


def invites(page: Page, mail: str, **told: str) -> None:
    page.goto("/organisation/people/")
    page.get_by_role("link", name="Nodig iemand uit").click()
    fill(page, email=mail, **told)
    go(page)
    expect(page.locator("#invitations")).to_contain_text(mail)


def joins(page: Page, link: str, name: str) -> None:
    page.goto(link)
    heading(page, "Wilgenbos vzw")
    holds(page)
    expect(page.locator("main")).to_contain_text("Coördinator")
    fill(page, name=name, password=PASSWORD, again=PASSWORD)
    go(page)
    page.wait_for_url(re.compile(r"//[^/]+/$"))


def test_an_organisation_from_nothing(opens: Opens, empty: Empty) -> None:
    coordinator, first, second = opens(LAPTOP), opens(PHONE), opens(LAPTOP)
    starts(coordinator, empty)

    coordinator.goto("/organisation/change/about/")
    fill(coordinator, mission="Niemand valt tussen twee diensten.", red_lines="Nooit zonder de cliënt.")
    go(coordinator)
    expect(coordinator.locator("main")).to_contain_text("Nooit zonder de cliënt.")

    coordinator.goto("/organisation/teams/")
    fill(coordinator, name="Team buurtwerk")
    go(coordinator)
    expect(coordinator.locator(".records")).to_contain_text("Team buurtwerk")

    invites(coordinator, "eerste@wilgenbos.test", function="buurtwerker")
    invites(coordinator, "tweede@wilgenbos.test", support_service="HR")
    joins(first, empty.link_mailed_to("eerste@wilgenbos.test"), "Eerste")
    joins(second, empty.link_mailed_to("tweede@wilgenbos.test"), "Tweede")

    coordinator.goto("/organisation/people/")
    expect(coordinator.locator("#invitations .record")).to_have_count(0)
    coordinator.get_by_role("link", name="Eerste wijzigen").click()
    coordinator.locator("[name=team]").select_option("Team buurtwerk")
    coordinator.locator("[name=policy_team]").check()
    go(coordinator)
    expect(coordinator.locator("tr", has_text="Eerste")).to_contain_text("Team buurtwerk")

    first.goto("/idea/new/")
    fill(first, title="Samen koken op woensdag")
    go(first)
    heading(first, "Samen koken op woensdag")
    idea = first.url
    first.goto(f"{idea}way/take_up/")
    go(first)
    first.goto(f"{idea}check/")
    expect(first.locator("#drijfveer")).to_contain_text("Nooit zonder de cliënt.")

    coordinator.get_by_role("link", name="Eerste wijzigen").click()
    coordinator.get_by_role("link", name="Eerste verlaat de organisatie").click()
    expect(coordinator.locator("main")).to_contain_text("Samen koken op woensdag")
    go(coordinator)
    expect(coordinator.locator(".errorlist")).to_be_visible()
    coordinator.locator("[name=all]").select_option(label="Tweede (ondersteunende diensten: HR)")
    go(coordinator)
    expect(coordinator.locator("tr", has_text="Eerste")).to_have_count(0)

    first.goto(idea)
    heading(first, "Je hoort op dit moment bij geen organisatie")
    second.goto(idea)
    expect(second.locator("#people")).to_contain_text("Tweede")
    second.goto(f"{idea}way/pause/")
    fill(second, why="Na de zomer.")
    go(second)
    second.goto(f"{idea}past/")
    expect(second.locator("main")).to_contain_text("De samenwerkingscoördinator droeg het idee over")
