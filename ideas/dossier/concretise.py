"""Step 3 in the dossier: the puzzle, bundles and agreements, indicators."""

from collections.abc import Iterator
from itertools import batched

from django.utils.translation import gettext

from checks.catalogue import Part
from checks.codes import PartnerStatus
from checks.decision import Settings
from checks.picture import COLLABORATION, Indicator, Partner, Picture, Piece
from checks.puzzle import Puzzle as LaidPuzzle
from checks.puzzle import PuzzleRow as RowOfPuzzle
from checks.puzzle import puzzle
from ideas.dossier.build import ChapterOfDossier, PartOfDossier, grid, row, rows
from ideas.dossier.comments import comments_on
from ideas.dossier.shapes import Block, Cell, Line, Puzzle, PuzzleRow, Row
from ideas.dossier.wording import answer, line
from ideas.wording import all_of, asked, capital, day, say

# As many organisations stand side by side in the puzzle.
ABREAST = 6


def _puzzle(picture: Picture, settings: Settings) -> Iterator[Block]:
    if not picture.pieces:
        return
    laid = puzzle(picture)
    partners = {partner.name: partner for partner in picture.partners}
    tables = -(-len(laid.columns) // ABREAST)
    side_by_side = batched(range(len(laid.columns)), -(-len(laid.columns) // tables))
    for table, places in enumerate(side_by_side, start=1):
        caption = gettext("Who brings which puzzle piece")
        if tables > 1:
            which = gettext("(%(number)d of %(tables)d)") % {"number": table, "tables": tables}
            caption += " " + which.replace(" ", "\u00a0")
        yield Puzzle(
            caption=caption,
            piece=gettext("puzzle piece"),
            missing=gettext("missing puzzle piece"),
            organisations=tuple((laid.columns[at], _not_confirmed(partners.get(laid.columns[at]))) for at in places),
            rows=_rows_of_puzzle(laid, places),
        )
    known = set(laid.columns)
    yield from rows(
        *(
            row(
                piece.name,
                line(text=piece.note),
                line(gettext("Also named"), all_of(name for name in piece.by if name not in known)),
            )
            for piece in picture.pieces
        )
    )


def _not_confirmed(partner: Partner | None) -> str:
    return "" if partner is None or partner.status is PartnerStatus.CONFIRMED else say(partner.status)


def _rows_of_puzzle(laid: LaidPuzzle, places: tuple[int, ...]) -> tuple[PuzzleRow, ...]:
    return tuple(
        PuzzleRow(
            name=told.piece.name,
            kind=_kind(told.piece),
            cells=tuple(Cell(kind=told.cells[at], word=say(told.cells[at])) for at in places),
            nobody=_nobody(told),
            gap=told.is_gap,
        )
        for kind in laid.by_kind
        for told in kind.rows
    )


def _kind(piece: Piece) -> str:
    told = [say(piece.type), piece.own_type, say(piece.status), "" if piece.needed else gettext("nice to have")]
    return " · ".join(word for word in told if word)


def _nobody(told: RowOfPuzzle) -> str:
    if told.bringers:
        return ""
    return gettext("nobody brings this piece") if told.is_gap else gettext("nobody yet")


def _bundles(picture: Picture, settings: Settings) -> Iterator[Block]:
    told: list[Row] = []
    for bundle in picture.bundles:
        told += row(
            bundle.name,
            line(gettext("Activities"), all_of(bundle.activities)),
            line(gettext("Team"), bundle.team),
            line(gettext("Lead"), bundle.lead),
            line(gettext("Decides by itself"), bundle.mandate),
            line(gettext("Not alone"), bundle.not_alone),
            name=True,
        )
    yield from rows(told, row(gettext("Activities in no bundle yet"), line(text=all_of(picture.activities))))


def _between(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from grid(
        [(gettext("What"), 38), (gettext("Between"), 28), (gettext("How"), 20), (gettext("How often"), 14)],
        (
            [
                line(text=told.what),
                line(text=all_of(told.bundles)),
                line(text=told.how),
                line(text=told.how_often),
            ]
            for told in picture.between
        ),
    )


def _overall(picture: Picture, settings: Settings) -> Iterator[Block]:
    about: dict[str, list[Line]] = {}
    for agreement in picture.overall:
        about.setdefault(capital(say(agreement.about)), []).extend(line(text=agreement.text))
    yield from rows(
        *(row(head or gettext("For the whole"), lines) for head, lines in about.items()),
        row(asked("s3.enough"), answer(picture.enough.value, picture.enough.note)),
    )


def _dropped(picture: Picture, settings: Settings) -> Iterator[Block]:
    """What people agreed and let go, briefly: what, when, in which role, and why."""
    yield from rows(
        *(
            row(
                told.text,
                line(text=" · ".join(part for part in (say(told.kind), day(told.date), say(told.by)) if part)),
                line(text=told.why),
            )
            for told in picture.dropped
        )
    )


def _indicators(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from grid(
        [
            (gettext("Whose"), 19),
            (gettext("Indicator"), 33),
            (gettext("Now"), 14),
            (gettext("Target"), 14),
            (gettext("Source and rhythm"), 20),
        ],
        (
            [
                line(text=gettext("The whole") if indicator.level == COLLABORATION else indicator.level),
                [*line(text=indicator.text), *_meaning(indicator), *line(gettext("Goal"), indicator.goal)],
                line(text=indicator.baseline),
                line(text=indicator.target),
                [*line(text=indicator.source), *line(text=indicator.frequency)],
            ]
            for indicator in picture.indicators
        ),
    )


def _meaning(indicator: Indicator) -> list[Line]:
    """What kind of indicator it is, and why it counts."""
    return line(capital(say(indicator.kind)), indicator.why) or line(text=capital(say(indicator.kind)))


PUZZLE = ChapterOfDossier(
    lambda: gettext("The puzzle: who brings what"),
    "puzzle",
    3,
    [PartOfDossier(lambda: gettext("The puzzle"), "pieces", _puzzle)],
)
BUNDLES = ChapterOfDossier(
    lambda: gettext("Bundles and agreements"),
    "bundles",
    3,
    [
        PartOfDossier(lambda: gettext("Bundles"), "bundles-list", _bundles),
        PartOfDossier(lambda: say(Part.BETWEEN), "between", _between),
        PartOfDossier(lambda: gettext("For the whole"), "overall", _overall),
        PartOfDossier(lambda: gettext("What we dropped"), "dropped", _dropped),
        comments_on(3),
    ],
)
INDICATORS = ChapterOfDossier(
    lambda: say(Part.INDICATORS),
    "indicators",
    3,
    [PartOfDossier(lambda: say(Part.INDICATORS), "indicators-list", _indicators)],
)
