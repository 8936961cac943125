"""The app as `make run` serves it: web server, worker, a database of its own; and who asks it for pages."""

import os
import random
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
from psycopg import sql

from tests.page_forms import Sent, forms_of

ROOT = Path(__file__).parent.parent
BELOW_EPHEMERAL = range(20_000, 32_000)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def served(data: Path, database: str = "", *, demo: bool = True, **told: str) -> Iterator[str]:
    """The address of the app with its demo organisation, or with none, in this folder; its log stands there too.

    `database` is the URL of an empty one; without, it is SQLite in the folder. `told` is what else stands in its
    environment.
    Raises RuntimeError with the log when the app does not start.
    """
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"PORT": str(free_port()), "WERKTSAMEN_DATA": str(data), "WERKTSAMEN_DEMO": str(int(demo))}
    environment |= told
    if database:
        environment["DATABASE_URL"] = database
    with (data / "log").open("w") as log:
        running = subprocess.Popen([ROOT / "bin" / "serve"], env=environment, stdout=log, stderr=subprocess.STDOUT)
        with ended(running):
            address = f"http://localhost:{environment['PORT']}"
            wait_for(address, running, data / "log")
            yield address


def web_processes(address: str) -> int:
    """How many processes take the requests that come in at this address of an app that is served here."""
    port = f"--port\0{urlsplit(address).port}\0"
    parents = [folder for folder in Path("/proc").glob("[0-9]*") if port in _told_of(folder, "cmdline")]
    children = {
        folder for folder in Path("/proc").glob("[0-9]*") for parent in parents if _parent_of(folder) == parent.name
    }
    return len([child for child in children if "resource_tracker" not in _told_of(child, "cmdline")])


def _parent_of(process: Path) -> str:
    return next((line.split()[1] for line in _told_of(process, "status").splitlines() if line.startswith("PPid")), "")


def _told_of(process: Path, what: str) -> str:
    """What the system tells of a process; nothing of one that ended."""
    with suppress(OSError):
        return (process / what).read_text(errors="replace")
    return ""


def free_port() -> int:
    """A port on which nothing listens, and from which no connection to elsewhere starts meanwhile.

    Raises RuntimeError when there is none.
    """
    for port in random.sample(BELOW_EPHEMERAL, 100):
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


@contextmanager
def ended(running: subprocess.Popen[bytes]) -> Iterator[None]:
    """Ends this process afterwards."""
    try:
        yield
    finally:
        running.terminate()
        running.wait(30)


def wait_for(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until there is an answer, three minutes at most. Raises RuntimeError with the log when there comes none."""
    for _ in range(1800):
        if running.poll() is not None:
            raise RuntimeError(f"the app ended: {log.read_text()}")
        try:
            Visitor(address).get("/")
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the app did not start: {log.read_text()}")


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """The URL of an empty database beside the one in DATABASE_URL, gone afterwards; empty where that is SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(gone)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(gone)


@dataclass(frozen=True)
class Reply:
    """What came back, and after how many seconds."""

    status: int
    html: str
    seconds: float


class Visitor:
    """Somebody at an app, over one connection that stays open, with the cookies of a browser.

    Raises OSError or HTTPException where no answer comes within half a minute.
    """

    def __init__(self, address: str) -> None:
        self.connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, *, fragment: bool = False) -> Reply:
        return self._ask("GET", path, None, fragment)

    def post(self, path: str, sent: Sent, *, fragment: bool = False) -> Reply:
        return self._ask("POST", path, urlencode(sent, doseq=True).encode(), fragment)

    def sign_in(self, mail: str) -> None:
        """As one of the people of the demo, with one click."""
        to = "/sign-in/demo/"
        form = next(form for form in forms_of(self.get("/sign-in/").html) if form.action == to)
        reply = self.post(to, form.sent({"member": mail}))
        if reply.status != 302:
            raise RuntimeError(f"{mail} cannot sign in: {reply.status}")

    def _ask(self, method: str, path: str, body: bytes | None, fragment: bool) -> Reply:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= FORM
        if fragment:
            headers["HX-Request"] = "true"
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        html = response.read()
        seconds = time.perf_counter() - start
        for told in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(told).items()}
        return Reply(response.status, html.decode(), seconds)
