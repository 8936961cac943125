"""The sealed record as a file: what stands in it, and how its bytes are made (RFC 8785). Source: design.md 5.

Whoever has the file can make the same bytes with any tool that knows RFC 8785, and with them its SHA-256.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785
from pydantic import TypeAdapter

from checks.catalogue import QUESTIONS
from checks.codes import Role
from checks.decision import Settings
from checks.picture import PICTURE, SIGNALS, Picture, SignalTold

KIND = "werktsamen-sealed-record"
FORMAT = 1
SETTINGS = TypeAdapter(Settings)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """A sealed record, read again. `replaces` is the SHA-256 of the record that it corrects or blacks out, or empty.

    `role` is in which role the decision was recorded. `blacked_out` are the days on which something was blacked out.
    """

    record: UUID
    sealed_at: datetime
    role: Role | None
    organisation: str
    settings: Settings
    signals: tuple[SignalTold, ...]
    picture: Picture
    replaces: str = ""
    blacked_out: tuple[date, ...] = ()


def written(sealed: Sealed) -> str:
    """The text that is sealed: every question with the wording with which it was shown, no names of accounts."""
    return canonical(
        {
            "kind": KIND,
            "format": FORMAT,
            "record": str(sealed.record),
            "sealed_at": sealed.sealed_at.isoformat(),
            "role": sealed.role,
            "organisation": sealed.organisation,
            "settings": SETTINGS.dump_python(sealed.settings, mode="json"),
            "questions": {slug: asdict(question.words) for slug, question in QUESTIONS.items()},
            "signals": SIGNALS.dump_python(sealed.signals, mode="json"),
            "picture": PICTURE.dump_python(sealed.picture, mode="json", by_alias=True),
            "replaces": sealed.replaces,
            "blacked_out": [day.isoformat() for day in sealed.blacked_out],
        }
    )


def read_again(given: str) -> Sealed:
    """A record that was sealed here."""
    told = json.loads(given)
    return Sealed(
        record=UUID(told["record"]),
        sealed_at=datetime.fromisoformat(told["sealed_at"]),
        role=Role(told["role"]) if told["role"] else None,
        organisation=told["organisation"],
        settings=SETTINGS.validate_python(told["settings"]),
        signals=SIGNALS.validate_python(told["signals"]),
        picture=PICTURE.validate_python(told["picture"]),
        replaces=told["replaces"],
        blacked_out=tuple(date.fromisoformat(day) for day in told["blacked_out"]),
    )


def canonical(told: Any) -> str:
    """The text of a record, the same however a tool wrote it. Raises ValueError for what cannot be written so."""
    return rfc8785.dumps(told).decode()


def digest(text: str) -> str:
    """The SHA-256 of a record."""
    return sha256(text.encode()).hexdigest()
