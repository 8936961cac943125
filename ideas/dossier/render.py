"""The record of an idea, printed: HTML, then PDF.

Only the fonts in `print/` are used, whatever the machine has: the same record gives the same bytes everywhere.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pydyf import PDF, Dictionary
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from checks.codes import DossierVersion
from checks.picture import Picture
from ideas.dossier.record import ATTACHED, Frame, Seal, record

PRINT = Path(__file__).with_name("print")
VARIANT = "pdf/a-3a"
# How long the texts of the summary may be, where they do not fit on its page at full length (1).
LESS_ROOM = (0.8, 0.6, 0.45, 0.3, 0.2)
SUMMARY_PAGE, END_OF_SUMMARY = 1, "end-of-summary"

# Characters that need no glyph, because they are never drawn (Default_Ignorable_Code_Point, with line ends and tabs).
NEVER_DRAWN = (
    r"\t\n\r\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)


class NothingFetched(URLFetcher):  # type: ignore[misc]
    """Refuses every address: all that a dossier needs stands in its own text and in `print/`."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        raise ValueError("a dossier fetches nothing")


def html(picture: Picture, frame: Frame, room: float = 1, *, whole: bool = True) -> str:
    """The dossier as HTML, or only its cover and summary. `room` is how long the texts of the summary may be.

    A character that no font has is written as its number, such as [U+4E2D].
    """
    with translation.override(frame.language):
        told = {"record": record(picture, frame, room), "whole": whole}
        page = render_to_string("ideas/dossier/print/dossier.html", told)
    return _without_glyph().sub(lambda found: f"[U+{ord(found[0]):04X}]", page)


def pdf(picture: Picture, frame: Frame) -> bytes:
    """The dossier as an archival, tagged PDF, with its summary on one page.

    A full one that is sealed has its record attached.
    """
    document = _laid_out(html(picture, frame))
    if frame.version is not DossierVersion.PARTNER and not _summary_fits(document):
        drafts = ((room, _laid_out(html(picture, frame, room, whole=False))) for room in LESS_ROOM)
        fitting = next((room for room, draft in drafts if _summary_fits(draft)), LESS_ROOM[-1])
        document = _laid_out(html(picture, frame, fitting))
    attached = [_attached(frame.seal)] if frame.seal and frame.version is DossierVersion.FULL else []
    return bytes(document.write_pdf(pdf_variant=VARIANT, attachments=attached, finisher=_finish))


def _finish(_document: Document, made: PDF) -> None:
    """What WeasyPrint leaves out: each head of a table says of what it is one, and what is attached is named once."""
    elements = {one.reference: one for one in made.objects if _is_element(one)}
    for element in elements.values():
        if element["S"] == "/TH":
            group = elements[elements[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
    if "AF" in made.catalog:
        made.catalog["AF"][:] = dict.fromkeys(made.catalog["AF"])


def _is_element(one: Any) -> bool:
    return isinstance(one, Dictionary) and one.get("Type") == "/StructElem"


def _attached(seal: Seal) -> Attachment:
    """The record that these pages show, dated as its seal is: so the same record gives the same bytes."""
    return Attachment(
        string=seal.json,
        name=ATTACHED,
        description=f"SHA-256 {seal.sha256}",
        created=seal.at,
        modified=seal.at,
        relationship="Source",
        url_fetcher=_press().fetcher,
    )


def _laid_out(page: str) -> Document:
    press = _press()
    source = HTML(string=page, url_fetcher=press.fetcher)
    return source.render(font_config=press.fonts, stylesheets=[press.stylesheet], pdf_variant=VARIANT)


def _summary_fits(document: Document) -> bool:
    return END_OF_SUMMARY in document.pages[SUMMARY_PAGE].anchors


class _Press:
    """What every dossier shares: the fonts, and the style sheet that is parsed once."""

    def __init__(self) -> None:
        os.environ["FONTCONFIG_FILE"] = str(PRINT / "fonts.conf")
        self.fetcher = NothingFetched()
        self.fonts = FontConfiguration()
        self.stylesheet = CSS(filename=PRINT / "dossier.css", font_config=self.fonts, url_fetcher=self.fetcher)


_press = cache(_Press)


@cache
def _without_glyph() -> re.Pattern[str]:
    """Every character that is drawn and that none of the fonts has."""
    known = {point for font in PRINT.glob("fonts/*-regular.ttf") for point in TTFont(font, lazy=True).getBestCmap()}
    points = "".join(re.escape(chr(point)) for point in sorted(known))
    return re.compile(f"[^{points}{NEVER_DRAWN}]")
