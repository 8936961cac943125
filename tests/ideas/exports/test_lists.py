"""The spreadsheet of opvolgpunten and noodzakelijke voorwaarden: what a cell holds, and that nothing in it works."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from checks.codes import ConditionStatus, FollowUpStatus, Status
from checks.picture import CaredFor, Condition, FollowUp, Picture
from ideas.exports.lists import LONGEST, fitting, workbook
from tests.ideas.dossier.pictures import demo_ideas
from tests.pictures import AWKWARD

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ON = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
POINT = FollowUp(text="Bel de stad", step=2, owner="teamcoach", due=date(2026, 12, 1), question="s2.collab.equal")
CONDITION = Condition(
    text="Vier woningen",
    status=ConditionStatus.MET,
    checked_by="financiën",
    due=date(2027, 1, 15),
    cared_for=CaredFor(followup="Bel de stad"),
)
PICTURE = Picture(title="Woonklaar", status=Status.IN_STEP, step=3, followups=(POINT,), conditions=(CONDITION,))

type Rows = list[list[str]]


def opened(made: bytes) -> tuple[list[str], list[Rows], list[ElementTree.Element]]:
    """The names of the sheets, what their cells hold as text, and the sheets themselves."""
    with ZipFile(BytesIO(made)) as book:
        assert book.testzip() is None
        texts = [
            "".join(part.text or "" for part in one.iter(f"{MAIN}t"))
            for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")  # noqa: S314
        ]
        names = [
            one.attrib["name"]
            for one in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")  # noqa: S314
        ]
        sheets = [
            ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml"))  # noqa: S314
            for n in range(1, len(names) + 1)
        ]
    return (
        names,
        [[[value(cell, texts) for cell in row] for row in sheet.iter(f"{MAIN}row")] for sheet in sheets],
        sheets,
    )


def value(cell: ElementTree.Element, texts: list[str]) -> str:
    told = cell.findtext(f"{MAIN}v") or ""
    return texts[int(told)] if cell.attrib.get("t") == "s" else told


def test_it_has_a_sheet_of_points_and_one_of_conditions_in_the_language_asked() -> None:
    names, (points, conditions), _ = opened(workbook([PICTURE], "nl", ON))
    assert names == ["Opvolgpunten", "Voorwaarden"]
    assert points[1][:3] == ["Woonklaar", "Stap 3, Concretiseren", "Bel de stad"]
    assert points[1][3:8] == ["2", "Bouwen we gelijkwaardigheid tussen de partners in?", "teamcoach", "46357", "Open"]
    assert conditions[1][2:6] == ["Vier woningen", "Voldaan", "financiën", "46402"]
    assert "Bel de stad (opvolgpunt)" in conditions[1]
    assert opened(workbook([PICTURE], "en", ON))[0] == ["Follow-up points", "Conditions"]


def test_days_are_days_and_numbers_are_numbers() -> None:
    made = workbook([PICTURE], "nl", ON)
    _, _, (points, _) = opened(made)
    kinds = {cell.attrib["r"]: cell.attrib.get("t") for cell in points.iter(f"{MAIN}c")}
    assert (kinds["D2"], kinds["G2"], kinds["C2"]) == (None, None, "s")
    with ZipFile(BytesIO(made)) as book:
        assert "dd/mm/yyyy" in book.read("xl/styles.xml").decode()


def test_the_head_stays_in_sight_and_filters() -> None:
    _, _, sheets = opened(workbook([PICTURE], "nl", ON))
    for sheet in sheets:
        pane, filtered = sheet.find(f".//{MAIN}pane"), sheet.find(f"{MAIN}autoFilter")
        assert pane is not None
        assert (pane.attrib["ySplit"], pane.attrib["state"]) == ("1", "frozen")
        assert filtered is not None
        assert filtered.attrib["ref"].startswith("A1:")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+32 9 123", "-2", "@SUM(A1)", '=HYPERLINK("https://x.test";"klik")', "{=1}", "\t=1", "https://x.test"],
)
def test_what_people_typed_is_text_whatever_it_begins_with(text: str) -> None:
    told = Picture(title=text, followups=(FollowUp(text=text, owner=text, remark=text),))
    made = workbook([told], "nl", ON)
    _, (points, _), sheets = opened(made)
    assert points[1].count(text) == 4
    for sheet in sheets:
        assert not list(sheet.iter(f"{MAIN}f"))
        assert not list(sheet.iter(f"{MAIN}hyperlink"))


def test_a_sheet_with_nothing_in_it_says_so() -> None:
    _, (points, conditions), _ = opened(workbook([Picture(title="Leeg")], "nl", ON))
    assert points[1] == ["Deze ideeën hebben geen opvolgpunten."]
    assert conditions[1] == ["Deze ideeën hebben geen voorwaarden die in orde moeten zijn."]


@pytest.mark.parametrize("text", AWKWARD)
def test_whatever_people_paste_makes_a_file_that_opens(text: str) -> None:
    told = Picture(title="Idee", followups=(FollowUp(text=text, status=FollowUpStatus.SOLVED),))
    _, (points, _), _ = opened(workbook([told], "nl", ON))
    assert _unspaced(points[1][2]) == _unspaced(fitting(text))


def _unspaced(text: str) -> str:
    return re.sub(r"\s+|_x00[0-9A-F]{2}_", "", text)


def test_a_text_that_is_longer_than_a_cell_is_cut_between_characters() -> None:
    cut = fitting("😀" * LONGEST)
    assert cut == "😀" * (LONGEST // 2) + "…"
    assert fitting("kort") == "kort"


def test_every_point_and_condition_of_the_demo_is_in_it() -> None:
    pictures = list(demo_ideas().values())
    _, (points, conditions), _ = opened(workbook(pictures, "nl", ON))
    assert len(points) - 1 == sum(len(picture.followups) for picture in pictures)
    assert len(conditions) - 1 == sum(len(picture.conditions) for picture in pictures)


def test_the_same_gives_the_same_bytes() -> None:
    assert workbook([PICTURE], "nl", ON) == workbook([PICTURE], "nl", ON)
