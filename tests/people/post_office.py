"""A real mail server on this machine, with moods; and workers that send mail to it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker

from tests.served import ROOT, free_port

OK = "250 OK"


@dataclass
class PostOffice:
    """What the server took, and how it answers.

    `at_recipient` and `at_text` are the next answers to RCPT and to the text of a mail, each used once: a reply, or
    what is done instead. `refused` are addresses that it never takes. `slow` is how many seconds it takes to begin.
    """

    port: int
    taken: list[EmailMessage] = field(default_factory=list)
    at_recipient: list[str] = field(default_factory=list)
    at_text: list[str | Callable[[SMTP], str]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    hangs_at: str = ""
    slow: float = 0
    talks: int = 0

    async def handle_HELO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str) -> str:  # noqa: N802
        session.host_name = hostname
        return OK

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.talks += 1
        await asyncio.sleep(self.slow)
        await self._hang("MAIL")
        envelope.mail_from = address
        return OK

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._hang("RCPT")
        if address in self.refused:
            return "550 5.1.1 Nobody here of that name"
        reply = self.at_recipient.pop(0) if self.at_recipient else OK
        if reply == OK:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self._hang("DATA")
        told = self.at_text.pop(0) if self.at_text else OK
        reply = told(server) if callable(told) else told
        if reply.startswith("250"):
            parsed = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
            self.taken.append(parsed)
            await self._hang("ANSWER")
        return reply

    async def _hang(self, where: str) -> None:
        while self.hangs_at == where:
            await asyncio.sleep(0.01)

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail that it took."""
        return [str(mail["Message-ID"]) for mail in self.taken]

    @property
    def mailer(self) -> dict[str, Any]:
        """The setting with which mail comes here."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 5}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def breaks_off(server: SMTP) -> str:
    """The connection drops after the text came, without an answer."""
    cast(asyncio.Transport, server.transport).abort()
    return "451 nobody hears this"


@contextmanager
def opened(office: PostOffice) -> Iterator[PostOffice]:
    """The server, as long as it is up."""
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def an_office() -> PostOffice:
    return PostOffice(free_port())


def work() -> None:
    """Does in this process what a worker finds in the queue, until nothing is left whose time has come."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="in this process",
        excluded_queue_names=[],
    ).run()


def a_worker(office: PostOffice, data: Path, *, batch: bool = True) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own, on the database of this test."""
    environment = os.environ | {
        "DATABASE_URL": _database_url(),
        "WERKTSAMEN_DATA": str(data),
        "WERKTSAMEN_MAIL": f"smtp://127.0.0.1:{office.port}",
    }
    command = [sys.executable, "manage.py", "worker", "--no-startup-delay", "--no-reload", "--interval", "0.1"]
    return subprocess.Popen([*command, *(["--batch"] if batch else [])], cwd=ROOT, env=environment)


def _database_url() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    who = f"{quote(told['USER'])}:{quote(told['PASSWORD'])}@" if told["USER"] else ""
    place = f"{told['HOST'] or ''}{':' + str(told['PORT']) if told['PORT'] else ''}"
    if place.startswith("/") or told.get("OPTIONS", {}).get("host"):
        return f"postgres://{who}{quote(place, safe='')}/{told['NAME']}"
    return f"postgres://{who}{place}/{told['NAME']}"
