"""The dossier for the board, in two pages, and the one for partners, with nothing in it that stays inside."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from checks.codes import DossierVersion, GoNoGo, PartnerStatus, Status
from checks.picture import Picture
from checks.shared import shared
from ideas.dossier.render import html, pdf
from ideas.wording import day
from tests.ideas.dossier.paper import missing_glyphs, pages, squeezed, structure, text
from tests.ideas.dossier.pictures import demo_ideas, frame, full, leaves
from tests.ideas.seal.test_paper import seal_of

DEMO = demo_ideas()
PICTURES = DEMO | {"everything": full(3), "title only": Picture(title="Een idee")}
BOARD, PARTNER = DossierVersion.BOARD, DossierVersion.PARTNER
in_every_case = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in PICTURES for language in ("nl", "en")]
)


@cache
def printed(kind: str, language: str, version: DossierVersion) -> bytes:
    seal = seal_of(PICTURES[kind])
    return pdf(PICTURES[kind], replace(frame(language), version=version, seal=seal))


def said(made: bytes) -> str:
    """All that stands on its pages, the cover included, without what is between the words."""
    cover, *others = pages(made)
    return squeezed(cover) + (text(made) if others else "")


def strings_of(picture: Picture) -> set[str]:
    """Every text that people typed in it, also the paragraphs and names in it."""
    return {value for _, value in leaves(picture) if type(value) is str and value.strip()}


@in_every_case
def test_the_board_reads_two_pages(kind: str, language: str) -> None:
    assert len(pages(printed(kind, language, BOARD))) == 2
    assert not missing_glyphs(printed(kind, language, BOARD))


@pytest.mark.parametrize("version", [BOARD, PARTNER])
@in_every_case
def test_nothing_is_attached_and_nothing_points_to_a_page_that_is_not_there(
    kind: str, language: str, version: DossierVersion
) -> None:
    with pikepdf.open(BytesIO(printed(kind, language, version))) as document:
        assert not list(document.attachments)
        assert "/AF" not in document.Root
        assert document.check_pdf_syntax() == []
        links = [note for page in document.pages for note in page.get("/Annots", [])]
        assert not links
    assert [element.kind for element in structure(printed(kind, language, version))].count("H1") == 1


def test_the_board_reads_decision_motivation_and_temperature_and_the_code_of_the_record() -> None:
    picture = DEMO["samen-een-dossier"]
    told = said(printed("samen-een-dossier", "nl", BOARD))
    assert picture.decision
    assert squeezed(picture.decision.motivation[:80]) in told
    assert seal_of(picture).sha256 in told


def test_the_board_reads_why_not_and_what_would_change_our_mind_and_what_the_directors_said() -> None:
    picture = full()
    assert picture.decision
    decision = replace(picture.decision, value=GoNoGo.NO_GO)
    told = squeezed(html(replace(picture, decision=decision, status=Status.NO_GO), replace(frame(), version=BOARD)))
    said_there = [decision.reasons, decision.would_change, day(decision.look_again), picture.directors[-1].text]
    assert all(squeezed(one) in told for one in said_there)


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_partners_get_holds_no_text_that_stays_inside(kind: str, language: str) -> None:
    picture = PICTURES[kind]
    inside = strings_of(picture) - strings_of(shared(picture))
    told = said(printed(kind, language, PARTNER))
    page = re.sub(r"<[^>]+>", " ", html(picture, replace(frame(language), version=PARTNER)))
    # A text that is part of one that is shared, such as a place in the name of a partner, tells nothing.
    known = squeezed(" ".join(strings_of(shared(picture))) + page_of_nothing(language))
    # A bare number stands in dates and on pages as well.
    secret = {one for one in inside if squeezed(one) not in known and re.search(r"[^\W\d]", one)}
    assert secret or kind == "title only"
    for one in secret:
        assert squeezed(one) not in told, one
        assert one not in page, one


def page_of_nothing(language: str) -> str:
    """The words that stand in every dossier for partners."""
    return said(pdf(Picture(title="-"), replace(frame(language), version=PARTNER, seal=seal_of(Picture(title="-")))))


@pytest.mark.parametrize("kind", DEMO)
def test_what_partners_get_holds_every_text_that_is_shared(kind: str) -> None:
    told = said(printed(kind, "nl", PARTNER))
    picture = shared(DEMO[kind])
    for one in strings_of(replace(picture, slug="")):
        assert all(squeezed(paragraph) in told for paragraph in one.split("\n")), one


def test_what_a_partner_at_the_table_brings_is_no_perhaps_to_partners() -> None:
    picture = DEMO["woonklaar"]
    assert {partner.status for partner in picture.partners} == {PartnerStatus.CONFIRMED}
    assert "misschien" not in html(picture, replace(frame(), version=PARTNER))


def test_a_partner_with_whom_nothing_is_agreed_yet_is_not_named_anywhere() -> None:
    picture = replace(full(2), own_org="Wij")
    first, second = picture.partners
    picture = replace(
        picture,
        partners=(
            replace(first, name="Betrokken vzw", status=PartnerStatus.INVOLVED),
            replace(second, name="Misschien vzw", status=PartnerStatus.APPROACHED),
        ),
        pieces=tuple(replace(piece, by=("Wij", "Betrokken vzw", "Misschien vzw")) for piece in picture.pieces),
        bundles=tuple(replace(bundle, lead="Misschien vzw") for bundle in picture.bundles),
    )
    told = html(picture, replace(frame("nl"), version=PARTNER))
    assert "Betrokken vzw" in told
    assert "Misschien vzw" not in told


def test_it_says_of_which_day_it_is_on_every_page_and_nothing_of_how_it_ended() -> None:
    cover, *others = pages(printed("nachtanker", "nl", PARTNER))
    assert all("Wat we delen, zoals het was op 22 november 2026" in " ".join(page.split()) for page in others)
    assert "no go" not in " ".join([cover, *others]).lower()


def test_two_records_of_one_day_give_pages_of_their_own() -> None:
    """Else the second could not be kept beside the first."""
    picture = DEMO["nachtanker"]
    again = replace(picture, received=date(2020, 1, 1))
    one, other = (pdf(told, replace(frame("nl"), version=PARTNER, seal=seal_of(told))) for told in (picture, again))
    assert one != other
