"""Two browsers in the same texts for a minute, while connections are cut and the server is killed: no word is lost."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Response, expect
from playwright.sync_api import Error as BrowserError

from tests.browser.posts import poster
from tests.conftest import FIGURES
from tests.served import ROOT, free_port, own_database, served, wait_for

pytestmark = pytest.mark.browser

A_MINUTE = 60  # seconds
FOLLOWER, COORDINATOR = "opvolger@lindeveer.test", "coordinator@lindeveer.test"
SAME, OF_ONE, OF_OTHER = "s1.why.challenge", "s1.how.approach", "s1.how.finance"


@dataclass
class Server:
    """The web server alone, on one port and one database, that can be killed and started again."""

    data: Path
    database: str
    port: int = field(default_factory=free_port)
    running: Any = None
    kills: int = 0

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        environment = os.environ | {"WERKTSAMEN_DATA": str(self.data), "WERKTSAMEN_DEMO": "1"}
        environment.pop("DATABASE_URL", None)
        if self.database:
            environment["DATABASE_URL"] = self.database
        how = ["--interface", "wsgi", "--port", str(self.port), "--workers", "2", "--blocking-threads", "1"]
        with (self.data / "log").open("a") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "granian", *how, "--log-level", "warning", "werktsamen.wsgi:application"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """All of its processes at once, without a word, as `kill -9` does."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait(10)
        self.kills += 1


@contextmanager
def a_server(data: Path, database: str) -> Iterator[Server]:
    with served(data, database):
        pass  # the demo is there now
    server = Server(data, database)
    server.start()
    try:
        wait_for(server.address, server.running, data / "log")
        yield server
    finally:
        with suppress(ProcessLookupError):
            server.kill()


@dataclass
class Typist:
    """Somebody who types words that nobody else types, at the end of a text or another; `told` is all that they typed.

    `acknowledged` are the texts of which the server said that they are saved, by question, in order.
    """

    name: str
    page: Page
    told: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    choices: int = 0

    def hears(self, answer: Response) -> None:
        request = answer.request
        if request.method == "POST" and "/answer/" in request.url and answer.status == 200:
            question = urlsplit(request.url).path.rstrip("/").rpartition("/")[2]
            sent = parse_qs(request.post_data or "", keep_blank_values=True)
            text = sent["merged-value" if "merged" in sent else "value"][0]
            self.acknowledged.setdefault(question, []).append(plain(text))

    def types(self, question: str, number: int) -> None:
        word = f"{self.name}{number}"
        area = self.page.locator(f"{at(question)} > .field textarea")
        if not area.is_editable():
            return
        area.press("Control+End")
        area.press_sequentially(f" {word}", delay=8)
        self.told.setdefault(question, []).append(word)

    def chooses(self) -> None:
        """Puts two texts together wherever it is shown two, and they do not become one just then."""
        for form in self.page.locator("form.answering:has(.between)").all():
            with suppress(BrowserError):
                form.locator(".merge").evaluate("fold => { fold.open = true }", timeout=1000)
                form.locator("button[name=merged]").click(timeout=1000)
                self.choices += 1


def at(question: str) -> str:
    return "#" + question.replace(".", "-")


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def rows(server: Server, query: str) -> list[tuple[Any, ...]]:
    """What the database says, asked without the app."""
    if server.database:
        with psycopg.connect(server.database) as connection:
            return connection.execute(query.encode()).fetchall()
    with sqlite3.connect(server.data / "werktsamen.sqlite3") as file:
        return file.execute(query).fetchall()


@contextmanager
def two_at_an_idea(browser: Browser, server: Server) -> Iterator[list[Typist]]:
    idea = poster(browser, server.address, FOLLOWER).follow("Een idee in een lange vergadering")
    typists = []
    for name, mail in [("f", FOLLOWER), ("c", COORDINATOR)]:
        context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("button", name=mail).click()
        page.wait_for_url(f"{server.address}/")
        page.goto(f"{idea}explore/")
        page.locator("details:has(#s1-how-finance)").first.evaluate("fold => { fold.open = true }")
        typists.append(Typist(name, page))
        page.on("response", typists[-1].hears)
    yield typists
    for typist in typists:
        typist.page.context.close()


def test_no_word_is_lost_whatever_happens_to_the_connection_and_the_server(
    browser: Browser, tmp_path: Path, record_property: Any
) -> None:
    chance = random.Random(14)  # noqa: S311 (it chooses what happens next)
    with (
        own_database("werktsamen_a_minute") as database,
        a_server(tmp_path, database) as server,
        two_at_an_idea(browser, server) as typists,
    ):
        own = {"f": OF_ONE, "c": OF_OTHER}
        offline: set[str] = set()
        ends, number, cuts = time.monotonic() + A_MINUTE, 0, 0
        while time.monotonic() < ends:
            number += 1
            typist = chance.choice(typists)
            typist.types(chance.choice([SAME, SAME, own[typist.name]]), number)
            happens = chance.random()
            if happens < 0.10 or number == 10:
                cut = typist.name not in offline
                typist.page.context.set_offline(cut)
                offline ^= {typist.name}
                cuts += cut
            elif happens < 0.14 or number == 20:
                server.kill()
                typists[0].page.wait_for_timeout(chance.choice([100, 1500]))
                server.start()
            elif happens < 0.5:
                typist.page.wait_for_timeout(chance.choice([200, 900, 1600]))
            if typist.name not in offline:
                typist.chooses()
        for typist in typists:
            typist.page.context.set_offline(False)
        settle(typists)

        shown = {
            question: [
                plain(typist.page.locator(f"{at(question)} > .field textarea").input_value()) for typist in typists
            ]
            for question in (SAME, OF_ONE, OF_OTHER)
        }
        recorded: dict[str, str] = dict(
            rows(server, "SELECT question, value FROM ideas_answer WHERE idea_id = (SELECT max(id) FROM ideas_idea)")
        )
        for question, texts in shown.items():
            for typist in typists:
                lost = [word for word in typist.told.get(question, []) if word not in recorded[question].split()]
                assert lost == [], f"of what {typist.name} typed, {lost} is lost from: {recorded[question]}"
            last = [texts_of[-1] for typist in typists if (texts_of := typist.acknowledged.get(question))]
            assert recorded[question] in last
            assert recorded[question] in texts
        told = sum(len(words) for typist in typists for words in typist.told.values())
        saves = sum(len(texts) for typist in typists for texts in typist.acknowledged.values())
        record_property(FIGURES, f"a minute: {told} words, {saves} saves, {cuts} cuts, {server.kills} kills")
        assert told > 20
        assert saves > 5
        assert cuts
        assert server.kills
        assert sum(typist.choices for typist in typists)


def settle(typists: list[Typist]) -> None:
    """Both put together what is left to put together, until each has nothing unsaved any more."""
    for _ in range(40):
        for typist in typists:
            typist.chooses()
            typist.page.wait_for_timeout(700)
        if not any(typist.page.locator("form[data-unsaved]").count() for typist in typists):
            return
    for typist in typists:
        expect(typist.page.locator("form[data-unsaved]")).to_have_count(0)
