"""Opvolgpunten and noodzakelijke voorwaarden of several ideas as a spreadsheet. For the worker only."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from checks.mirror import care_of
from checks.picture import Condition, Picture
from ideas.dossier.wording import place
from ideas.wording import all_of, asked, capital, say

# What a cell holds at the most, in the two-byte units in which a spreadsheet counts.
LONGEST = 32_000
# Code points that no XML holds; the control characters among them are written by their number.
NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")

type Cell = str | date | int | None


@dataclass(frozen=True)
class Column:
    """A column with its width in characters."""

    head: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """A sheet, and what it says when nothing stands in it."""

    name: str
    nothing: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def workbook(pictures: Sequence[Picture], language: str, on: datetime) -> bytes:
    """The spreadsheet of these ideas, in their order, in this language; `on` is when it was asked for."""
    with translation.override(language):
        sheets = [_sheet_of_points(pictures), _sheet_of_conditions(pictures)]
    into = BytesIO()
    # Whatever people typed is text: it is never calculated, nor opened.
    book = Workbook(into, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": on.replace(tzinfo=None)})
    formats = _Formats(
        head=book.add_format({"bold": True, "bg_color": "#E2F0EF", "bottom": 1, "text_wrap": True, "valign": "top"}),
        text=book.add_format({"text_wrap": True, "valign": "top"}),
        day=book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
        number=book.add_format({"num_format": "0", "align": "left", "valign": "top"}),
        soft=book.add_format({"italic": True}),
    )
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return into.getvalue()


@dataclass(frozen=True)
class _Formats:
    head: Format
    text: Format
    day: Format
    number: Format
    soft: Format


def _write(into: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for at, column in enumerate(sheet.columns):
        into.set_column(at, at, column.width)
        into.write_string(0, at, column.head, formats.head)
    into.freeze_panes(1, 0)
    into.set_landscape()
    into.set_paper(9)
    into.fit_to_pages(1, 0)
    into.repeat_rows(0)
    if not sheet.rows:
        into.write_string(1, 0, sheet.nothing, formats.soft)
        return
    into.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    for number, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            match cell:
                case date():
                    into.write_datetime(number, at, datetime(cell.year, cell.month, cell.day), formats.day)
                case int():
                    into.write_number(number, at, cell, formats.number)
                case str() if cell:
                    into.write_string(number, at, fitting(cell), formats.text)


def fitting(text: str) -> str:
    """The text as a cell can hold it."""
    kept = NO_XML.sub("", text)
    units = kept.encode("utf-16-le")
    return kept if len(units) <= 2 * LONGEST else units[: 2 * LONGEST].decode("utf-16-le", "ignore") + "…"


def _rows[R](
    pictures: Iterable[Picture], of: Callable[[Picture], Iterable[R]], row: Callable[[Picture, R], Sequence[Cell]]
) -> Iterator[Sequence[Cell]]:
    for picture in pictures:
        for one in of(picture):
            yield (picture.title, capital(place(picture.status, picture.step)), *row(picture, one))


def _sheet_of_points(pictures: Sequence[Picture]) -> Sheet:
    rows = _rows(
        pictures,
        lambda picture: picture.followups,
        lambda picture, point: (
            point.text,
            point.step,
            asked(point.question),
            point.owner,
            point.due,
            capital(say(point.status)),
            capital(say(point.triage)),
            point.remark,
        ),
    )
    return Sheet(
        name=gettext("Follow-up points"),
        nothing=gettext("These ideas have no follow-up points."),
        columns=[
            *_of_the_idea(),
            Column(gettext("Follow-up point"), 45),
            Column(gettext("Belongs to step"), 9),
            Column(gettext("On the question"), 35),
            Column(gettext("Who"), 20),
            Column(gettext("Due"), 12),
            Column(gettext("Status"), 15),
            Column(gettext("At the decision"), 22),
            Column(gettext("Remark"), 35),
        ],
        rows=list(rows),
    )


def _sheet_of_conditions(pictures: Sequence[Picture]) -> Sheet:
    def row(picture: Picture, condition: Condition) -> Sequence[Cell]:
        evidence = [one.title for one in picture.attachments if one.condition and one.condition == condition.text]
        return (
            condition.text,
            capital(say(condition.status)),
            condition.checked_by,
            condition.due,
            all_of(f"{care.text} ({say(care.kind)})" for care in care_of(condition, picture) if not care.lapsed),
            condition.evidence_wanted,
            all_of(evidence),
            asked(condition.question),
            condition.remark,
            capital(say(picture.verdict)),
        )

    return Sheet(
        name=gettext("Conditions"),
        nothing=gettext("These ideas have no conditions that must be in order."),
        columns=[
            *_of_the_idea(),
            Column(gettext("Must be in order at the decision"), 45),
            Column(gettext("Status"), 15),
            Column(gettext("Checked by"), 20),
            Column(gettext("Due"), 12),
            Column(gettext("Taken care of by"), 35),
            Column(gettext("Evidence wanted"), 30),
            Column(gettext("Evidence"), 30),
            Column(gettext("On the question"), 35),
            Column(gettext("Remark"), 35),
            Column(gettext("Verdict of the control"), 24),
        ],
        rows=list(_rows(pictures, lambda picture: picture.conditions, row)),
    )


def _of_the_idea() -> list[Column]:
    return [Column(gettext("Idea"), 32), Column(gettext("Where it stands"), 22)]
