"""“Klopt dit dossier?”: what can be said of a file in hand. Source: design.md 5.

A file is sealed when its bytes are the ones that were kept. Else what is told apart: the genuine record in other bytes
or in a PDF with other pages, a record that was sealed here and altered, and what is not known here.
"""

import io
import json
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import pikepdf

from checks.words import Code
from ideas.dossier.record import ATTACHED
from ideas.models import SealedPages, SealedRecord, Unsealing
from ideas.seal.record import KIND, canonical, digest

# The largest file that is looked at, and the largest record in one, in bytes.
LARGEST_FILE, LARGEST_RECORD = 20 << 20, 5 << 20


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
        code, record = digest(canonical(told)), UUID(told["record"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Answer(Found.UNKNOWN)
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
        told = json.loads(given)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and told.get("kind") == KIND else None


def _attached(given: bytes) -> bytes | None:
    """The record that is attached to a PDF, None where there is none that can be read."""
    try:
        with pikepdf.open(io.BytesIO(given)) as pdf:
            if ATTACHED not in pdf.attachments:
                return None
            stream = pdf.attachments[ATTACHED].get_file().obj
            packed = stream.read_raw_bytes()
            if stream.get("/Filter") is None:
                return bytes(packed)
            if stream.get("/Filter") != "/FlateDecode" or "/DecodeParms" in stream:
                return None
            return zlib.decompressobj().decompress(packed, LARGEST_RECORD + 1)
    except (pikepdf.PdfError, pikepdf.PasswordError, zlib.error, ValueError, KeyError, TypeError, RuntimeError):
        return None
