"""The dossier as PDF: complete, readable by people and machines, and the same each time."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation
from weasyprint.urls import URLFetchingError, fetch

from checks.catalogue import QUESTIONS
from checks.codes import EvidenceAbout, Status
from checks.picture import Picture
from checks.words import Code
from ideas.dossier.render import PRINT, NothingFetched, html, pdf
from ideas.dossier.wording import short_day
from ideas.wording import day, number
from tests.ideas.dossier.paper import (
    FOOT,
    HEAD,
    Word,
    headings,
    missing_glyphs,
    orphaned_headings,
    pages,
    squeezed,
    structure,
    text,
    words,
)
from tests.ideas.dossier.pictures import LONG_TEXT, LONG_WORD, demo_ideas, frame, full, hostile, leaves

DEMO = demo_ideas()
KINDS = [*DEMO, "everything", "a lot of everything", "title only", "hostile"]
CASES = [(slug, language) for slug in DEMO for language in ("nl", "en")]
CASES += [("everything", "nl"), ("a lot of everything", "en"), ("title only", "nl"), ("hostile", "nl")]
in_every_case = pytest.mark.parametrize(("kind", "language"), CASES)


def picture_of(kind: str) -> Picture:
    made = {"everything": full, "a lot of everything": lambda: full(7), "hostile": hostile}
    if kind == "title only":
        return Picture(title="Een idee")
    return made[kind]() if kind in made else DEMO[kind]


@cache
def printed(kind: str, language: str) -> bytes:
    return pdf(picture_of(kind), frame(language))


# ---------- nothing recorded is missing


def expected(value: object) -> list[str]:
    """The wordings of which one must stand on paper for this value; none for what is told otherwise."""
    if value is None or isinstance(value, bool) or value in {"", "collaboration", Status.IN_STEP}:
        return []
    if isinstance(value, EvidenceAbout):
        slug = {EvidenceAbout.PROBLEM: "s1.why.evidence_problem", EvidenceAbout.ANSWER: "s1.why.evidence_answers"}[
            value
        ]
        return [QUESTIONS[slug].words.in_language(translation.get_language())]
    if isinstance(value, Code):
        return [value.in_language(translation.get_language())]
    if isinstance(value, date):
        return [day(value), short_day(value)]
    if isinstance(value, (int, Decimal)):
        return [number(value), str(value)] if value > 4 else []
    if value in QUESTIONS:
        return [QUESTIONS[str(value)].words.in_language(translation.get_language())]
    return [str(value)]


@pytest.mark.parametrize(("kind", "language"), [case for case in CASES if case[0] not in {"hostile", "title only"}])
def test_every_stored_answer_stands_in_the_text(kind: str, language: str) -> None:
    found = text(printed(kind, language)).casefold()
    with translation.override(language):
        missing = [
            (path, value)
            for path, value in leaves(picture_of(kind))
            if (wordings := expected(value)) and not any(squeezed(words).casefold() in found for words in wordings)
            if path[-1] not in {"duration", "term", "round"}
            # Where all votes are counted, their number and band follow from that.
            if path[0] not in {"votes", "earlier_votes"} or path[-1] not in {"number", "band"}
        ]
    assert missing == []


def test_a_long_text_stands_there_to_its_last_word() -> None:
    found = text(printed("hostile", "nl"))
    assert found.count("x" * 1000) >= 4 * 9
    assert found.count(squeezed(LONG_TEXT[:47])) >= 3 * (len(LONG_TEXT) // 47 - 20)
    assert len(LONG_WORD) == 10_000


def test_hostile_text_prints_as_text() -> None:
    found = text(printed("hostile", "nl"))
    for told in ("<script>alert(1)</script><b>vet</b>&amp;&lt;", "{{record.title}}{%include'x'%}{#weg#}", "Şğłč→✓☐€½№"):
        assert told in found
    assert "<style>*{display:none}</style><imgsrc=file:///etc/passwd>" in found
    for told in ("😀", "👍", "Привет", "Ελληνικά", "TiếngViệt", "[U+4E2D][U+6587]", "[U+E000]"):
        assert told in found
    assert "root:" not in found


# ---------- nothing is broken


@in_every_case
def test_no_glyph_is_missing(kind: str, language: str) -> None:
    assert missing_glyphs(printed(kind, language)) == []


def test_a_missing_glyph_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ideas.dossier.render.html", lambda *told, **more: html(*told, **more).replace("[U+4E2D]", "中")
    )
    assert len(missing_glyphs(pdf(Picture(title="Een 中 idee"), frame()))) > 0


@in_every_case
def test_no_heading_is_left_alone_at_the_foot_of_a_page(kind: str, language: str) -> None:
    assert orphaned_headings(printed(kind, language)) == []


@in_every_case
def test_everything_stays_within_the_margins(kind: str, language: str) -> None:
    left, right = 20 / 25.4 * 72, 190 / 25.4 * 72
    outside = [
        word for word in words(printed(kind, language)) if not (left - 1 <= word.left and word.right <= right + 1)
    ]
    assert outside == []


@in_every_case
def test_the_summary_takes_one_page(kind: str, language: str) -> None:
    told = {heading.page: heading.title for heading in reversed(headings(printed(kind, language)))}
    assert told[2] in {"In het kort", "In short"}
    if kind != "title only":
        assert told[3] == "Infofiche"


@in_every_case
def test_no_page_is_nearly_empty_but_the_last(kind: str, language: str) -> None:
    lines = [sum(bool(line.strip()) for line in page.splitlines()) for page in pages(printed(kind, language))]
    assert [number for number, count in enumerate(lines[2:-1], start=3) if count < 14] == []


def test_a_table_repeats_its_head_on_the_next_page() -> None:
    assert sum("Follow-up point" in page for page in pages(printed("a lot of everything", "en"))) > 2


def test_the_names_over_the_puzzle_are_broken_only_where_they_do_not_fit() -> None:
    made = printed("samen-een-dossier", "en")
    with_puzzle = [number for number, told in enumerate(pages(made), start=1) if "of2)" in squeezed(told)]
    told = {word.text for word in words(made) if word.page in with_puzzle}
    names = [name for partner in DEMO["samen-een-dossier"].partners for name in partner.name.split()]
    assert [name for name in names if name not in told] == []


# ---------- running heads and feet


def foot(pdf_: bytes) -> list[str]:
    """The words at the foot of each page, but for the cover."""
    return _lines([word for word in words(pdf_) if word.page > 1 and word.top > FOOT])


def head(pdf_: bytes) -> list[str]:
    """The words at the head of each page, but for the cover."""
    return _lines([word for word in words(pdf_) if word.page > 1 and word.bottom < HEAD])


def _lines(found: list[Word]) -> list[str]:
    """The words of each page from left to right."""
    pages_ = sorted({word.page for word in found})
    return [" ".join(w.text for w in sorted(found, key=lambda w: w.left) if w.page == page) for page in pages_]


def test_a_draft_says_so_on_every_page() -> None:
    draft = printed("digimaat", "en")
    last = len(pages(draft))
    assert foot(draft) == [f"Draft of 22 November 2026 {page} / {last}" for page in range(2, last + 1)]
    assert "Draftof22November2026" in squeezed(pages(draft)[0])


def test_a_decided_idea_bears_the_day_of_its_decision_and_is_no_draft() -> None:
    decided = printed("woonklaar", "en")
    assert all(line.startswith("Decided on 11 December 2025") for line in foot(decided))
    assert "Draft" not in text(decided)


def test_each_page_is_headed_by_title_and_chapter() -> None:
    told = head(printed("digimaat", "en"))
    assert told[0] == "Digimaat: van elkaar leren over digitale hulp In short"
    assert told[1] == "Digimaat: van elkaar leren over digitale hulp Infofiche"


# ---------- for machines, and for later


def test_it_is_an_archival_tagged_pdf_with_language_title_and_day() -> None:
    with pikepdf.open(BytesIO(printed("woonklaar", "en"))) as document:
        with document.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
            assert about["dc:title"] == f"Dossier: {DEMO['woonklaar'].title}"
            assert about["xmp:CreateDate"] == "2025-12-11"
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.CreationDate) == "D:20251211"


@in_every_case
def test_tables_have_heads_and_pictures_have_words(kind: str, language: str) -> None:
    elements = structure(printed(kind, language))
    assert [element.kind for element in elements].count("H1") == 1
    assert all(element.alt for element in elements if element.kind == "Figure")


def test_a_cell_knows_its_heads() -> None:
    cells = [element for element in structure(printed("digimaat", "en")) if element.kind == "TD"]
    assert len(cells) > 20
    assert all(cell.has_headers for cell in cells)


@in_every_case
def test_only_our_own_fonts_are_used_and_each_is_embedded(kind: str, language: str) -> None:
    with pikepdf.open(BytesIO(printed(kind, language))) as document:
        fonts = [font for page in document.pages for font in page.resources.Font.values()]
        names = {str(font.BaseFont).split("+")[1] for font in fonts}
        embedded = ["/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert embedded
    assert all(embedded)
    assert names <= {
        "Atkinson-Hyperlegible-Next",
        "Atkinson-Hyperlegible-Next-Bold",
        "DejaVu-Sans",
        "DejaVu-Sans-Bold",
        "Noto-Emoji",
    }


def test_the_same_record_gives_the_same_bytes() -> None:
    picture = DEMO["nachtanker"]
    assert pdf(picture, frame()) == printed("nachtanker", "nl")
    assert pdf(replace(picture, summary="Iets anders."), frame()) != printed("nachtanker", "nl")


@pytest.mark.parametrize("url", ["https://example.org/", "file:///etc/passwd", "data:text/plain,x", PRINT.as_uri()])
def test_nothing_is_fetched(url: str) -> None:
    with pytest.raises(URLFetchingError), fetch(NothingFetched(), url):
        pass


def test_the_fonts_of_the_machine_are_not_looked_at() -> None:
    assert os.environ["FONTCONFIG_FILE"] == str(PRINT / "fonts.conf")
