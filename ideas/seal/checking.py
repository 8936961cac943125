"""“Klopt dit dossier?”: what can be said of a file in hand. Source: design.md 5.

A file is sealed when its bytes are the ones that were kept. Else what is told apart: the genuine record in other bytes
or in a PDF with other pages, a record that was sealed here and altered, and what is not known here.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from checks.words import Code
from ideas.dossier.record import ATTACHED
from ideas.models import SealedPages, SealedRecord, Unsealing
from ideas.seal.record import KIND, canonical, digest

# The largest file that is looked at, and the largest record in one, in bytes.
LARGEST_FILE, LARGEST_RECORD = 20 << 20, 5 << 20
# What takes the record out of a PDF, and how long that may take, in seconds.
TAKES_OUT, PATIENCE = Path(__file__).with_name("attached.py"), 30

# What cannot be written as a record has no code.
NO_CODE = ""


class Found(Code):
    """What a file in hand turns out to be."""

    SEALED = (
        "sealed",
        "Dit bestand is verzegeld. Er is niets aan veranderd.",
        "This file is sealed. Nothing in it was changed.",
    )
    OTHER_PAGES = (
        "other_pages",
        "Het verzegelde verslag in dit bestand klopt, maar het bestand zelf is niet zoals het bewaard werd. "
        "Vertrouw niet op de bladzijden.",
        "The sealed record in this file is genuine, but the file itself is not as it was kept. "
        "Do not rely on its pages.",
    )
    ALTERED = (
        "altered",
        "Dit bestand is veranderd nadat het verzegeld werd.",
        "This file was changed after it was sealed.",
    )
    UNKNOWN = (
        "unknown",
        "Dit bestand is hier niet bekend. Het is geen verzegeld dossier van deze WerktSamen.",
        "This file is not known here. It is no sealed dossier of this WerktSamen.",
    )


@dataclass(frozen=True)
class Answer:
    """What a file is; `since` is what was done with the record after it was sealed, and when, where something was."""

    found: Found
    since: Unsealing | None = None


def check(given: bytes) -> Answer:
    """What can be said of a file: a PDF or a JSON that may be a sealed dossier."""
    whole = sha256(given).hexdigest()
    if SealedRecord.objects.filter(sha256=whole).exists() or SealedPages.objects.filter(sha256=whole).exists():
        return Answer(Found.SEALED)
    if gone := Unsealing.of(whole):
        return Answer(Found.SEALED, gone)
    record = _attached(given) if given.startswith(b"%PDF-") else given
    told = _read(record) if record else None
    if told is None:
        return Answer(Found.UNKNOWN)
    return _of_record(told)


def _of_record(told: dict[str, Any]) -> Answer:
    try:
        record = UUID(told["record"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answer(Found.UNKNOWN)
    try:
        code = digest(canonical(told))
    except (ValueError, TypeError, RecursionError):
        code = NO_CODE
    if SealedRecord.objects.filter(sha256=code).exists():
        return Answer(Found.OTHER_PAGES)
    if gone := Unsealing.of(code):
        return Answer(Found.OTHER_PAGES, gone)
    is_known = any(model.objects.filter(record=record).exists() for model in (SealedRecord, Unsealing))
    return Answer(Found.ALTERED if is_known else Found.UNKNOWN)


def _read(given: bytes) -> dict[str, Any] | None:
    """The record that a file holds, None where it is none."""
    if len(given) > LARGEST_RECORD:
        return None
    try:
        told = json.loads(given, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and told.get("kind") == KIND else None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The names with what they hold. Raises ValueError where one stands twice: who reads it may see the other one."""
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("a name stands twice")
    return told


def _attached(given: bytes) -> bytes | None:
    """The record that is attached to a PDF, None where there is none that can be read with bounds."""
    program = [sys.executable, "-I", str(TAKES_OUT), ATTACHED, str(LARGEST_RECORD + 1)]
    try:
        done = subprocess.run(  # noqa: S603 (nothing of it comes from outside)
            program,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=PATIENCE,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return done.stdout
