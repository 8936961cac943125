"""The pages of a sealed record, as machines and archives read them."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from uuid import UUID

import pikepdf
import pytest

from checks.codes import Role, Status
from checks.decision import Settings
from checks.picture import Picture
from ideas.dossier.record import ATTACHED, Seal
from ideas.dossier.render import pdf
from ideas.seal.record import Sealed, written
from tests.ideas.dossier.paper import headings, pages, structure
from tests.ideas.dossier.pictures import demo_ideas, frame, full

AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
DEMO = demo_ideas()
PICTURES = {slug: DEMO[slug] for slug in ("samen-een-dossier", "nachtanker")} | {"everything": full()}
in_every_case = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in PICTURES for language in ("nl", "en")]
)


def seal_of(picture: Picture) -> Seal:
    told = written(
        Sealed(
            record=UUID("11111111-1111-4111-8111-111111111111"),
            sealed_at=AT,
            role=Role.POLICY_TEAM,
            organisation="Lindeveer vzw (fictief)",
            settings=Settings(),
            signals=(),
            picture=picture,
        )
    ).encode()
    return Seal(AT, told, sha256(told).hexdigest())


@cache
def printed(kind: str, language: str) -> bytes:
    return pdf(PICTURES[kind], replace(frame(language), seal=seal_of(PICTURES[kind])))


def objects(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in document.objects if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))]


@in_every_case
def test_qpdf_finds_no_fault_in_it(kind: str, language: str) -> None:
    with pikepdf.open(BytesIO(printed(kind, language))) as document:
        assert document.check_pdf_syntax() == []


@in_every_case
def test_it_says_what_it_is_in_which_language_and_by_which_standard(kind: str, language: str) -> None:
    with pikepdf.open(BytesIO(printed(kind, language))) as document:
        with document.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
            assert PICTURES[kind].title in about["dc:title"]
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        (intent,) = document.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert len(intent.DestOutputProfile.read_bytes()) > 100


@in_every_case
def test_its_headings_go_down_one_level_at_a_time(kind: str, language: str) -> None:
    levels = [
        int(element.kind[1]) for element in structure(printed(kind, language)) if element.kind in {"H1", "H2", "H3"}
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert headings(printed(kind, language))


@in_every_case
def test_every_head_of_a_table_says_whether_it_is_of_a_row_or_a_column(kind: str, language: str) -> None:
    with pikepdf.open(BytesIO(printed(kind, language))) as document:
        heads = [one for one in objects(document) if one.get("/S") == "/TH"]
        scopes = [scope_of(head) for head in heads]
    assert heads
    assert set(scopes) <= {"/Row", "/Column"}


def scope_of(head: pikepdf.Object) -> str:
    told = head.get("/A", pikepdf.Array())
    attributes = list(told) if isinstance(told, pikepdf.Array) else [told]
    return next((str(one.Scope) for one in attributes if "/Scope" in one), "")


@in_every_case
def test_every_picture_is_told_in_words(kind: str, language: str) -> None:
    assert all(element.alt for element in structure(printed(kind, language)) if element.kind == "Figure")


@in_every_case
def test_every_font_is_embedded_and_tells_which_letters_it_draws(kind: str, language: str) -> None:
    with pikepdf.open(BytesIO(printed(kind, language))) as document:
        fonts = [font for page in document.pages for font in page.resources.Font.values()]
        assert fonts
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
        assert all("/ToUnicode" in font for font in fonts)


@in_every_case
def test_the_record_is_attached_as_its_source_and_dated_by_the_seal(kind: str, language: str) -> None:
    with pikepdf.open(BytesIO(printed(kind, language))) as document:
        assert list(document.attachments) == [ATTACHED]
        (file,) = document.Root.AF
        assert str(file.AFRelationship) == "/Source"
        stream = file.EF.F
        assert stream.read_bytes() == seal_of(PICTURES[kind]).json
        assert str(stream.Subtype) == "/application/json"
        assert {str(stream.Params.CreationDate)[:16], str(stream.Params.ModDate)[:16]} == {"D:20261122143000"}


@in_every_case
def test_it_refers_to_nothing_outside_itself(kind: str, language: str) -> None:
    with pikepdf.open(BytesIO(printed(kind, language))) as document:
        actions = {str(one.S) for one in objects(document) if one.get("/Type") == "/Action" or "/URI" in one}
        assert not actions & {"/URI", "/GoToR", "/GoToE", "/Launch", "/JavaScript", "/SubmitForm", "/ImportData"}
        assert "/AA" not in document.Root
        assert "/OpenAction" not in document.Root


@in_every_case
def test_the_code_of_the_record_is_printed_on_its_cover_and_opens_each_foot(kind: str, language: str) -> None:
    seal = seal_of(PICTURES[kind])
    told = pages(printed(kind, language))
    assert seal.sha256 in "".join(told[0].split())
    assert all(seal.code[:17] in " ".join(page.split()) for page in told[1:])


def test_the_same_record_gives_the_same_bytes() -> None:
    again = pdf(PICTURES["nachtanker"], replace(frame("nl"), seal=seal_of(PICTURES["nachtanker"])))
    assert again == printed("nachtanker", "nl")


def test_a_go_that_still_waits_for_its_start_is_no_draft() -> None:
    waits = replace(PICTURES["samen-een-dossier"], status=Status.IN_STEP, step=4)
    cover, *others = pages(pdf(waits, replace(frame("nl"), seal=seal_of(waits))))
    assert "\nGo\n" in cover
    assert not any("Ontwerp van" in page or "Nog niet beslist" in page for page in (cover, *others))
