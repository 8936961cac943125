"""The puzzle as its pages show it: what `checks.puzzle` says, with what a form on it has to name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from checks.codes import PartnerStatus
from checks.picture import Picture
from checks.picture import Piece as PieceOfPicture
from checks.puzzle import (
    Brings,
    GiveAndTake,
    Puzzle,
    PuzzleRow,
    carry_nearly_all,
    give_and_take,
    in_company,
    in_words,
    partners_of,
    puzzle,
    without_a_piece,
)
from checks.words import Code, Words
from ideas import models
from ideas.access import IN_COMPANY, Standing
from ideas.models import Idea
from ideas.picture import Reading, read
from ideas.steps.row_forms import US

# What the picture of the puzzle is made of, and nothing else.
NEEDED = (models.Piece, models.Contribution, models.Partner, models.Goal, models.Tick, models.Answer)


@dataclass(frozen=True)
class Column:
    """Who could bring a piece: the own organisation, or a partner. `key` names it in a form.

    `is_idle` tells that it is at the table without a piece, `carries` that nearly everything hangs on it.
    """

    key: str
    name: str
    status: PartnerStatus | None = None
    is_idle: bool = False
    carries: bool = False


@dataclass(frozen=True)
class ShownPiece:
    """A piece with each column and whether that one brings it.

    `brought` are all who are written down as bringing it, `offers` who could bring it too, `gone` the names of those
    that dropped out.
    """

    pk: int
    row: PuzzleRow
    cells: tuple[tuple[Column, Brings], ...]
    brought: tuple[Column, ...]
    gone: tuple[str, ...]

    @property
    def piece(self) -> PieceOfPicture:
        return self.row.piece

    @property
    def offers(self) -> list[Column]:
        return [column for column, brings in self.cells if brings is Brings.NOT]

    @property
    def who(self) -> list[tuple[Column, Brings]]:
        """Who brings it."""
        return [(column, brings) for column, brings in self.cells if brings is not Brings.NOT]

    @property
    def kind(self) -> Code | str | None:
        return self.piece.own_type or self.piece.type


@dataclass(frozen=True)
class ShownKind:
    name: Code | Words | str
    pieces: tuple[ShownPiece, ...]


@dataclass(frozen=True)
class Shown:
    """The whole picture. `says` are the sentences on it, the most important one first.

    `query` goes with every address on it: it tells whether partners look on.
    """

    laid: Puzzle
    says: tuple[Words, ...]
    columns: tuple[Column, ...]
    kinds: tuple[ShownKind, ...]
    give_and_take: tuple[GiveAndTake, ...]
    query: str = ""

    @property
    def pieces(self) -> list[ShownPiece]:
        """All pieces: first what nobody brings yet, then by kind."""
        every = [piece for kind in self.kinds for piece in kind.pieces]
        return sorted(every, key=lambda shown: (not shown.row.is_gap, bool(shown.row.bringers)))

    @property
    def has_partners(self) -> bool:
        return len(self.columns) > 1


def shown_of(reading: Reading, picture: Picture, thresholds: Mapping[str, int], standing: Standing) -> Shown:
    """The puzzle of this idea, as partners may see it where others look on.

    `thresholds` are those of its organisation.
    """
    if standing.in_company:
        picture = in_company(picture)
    laid = puzzle(picture)
    columns = tuple(_columns(reading, picture, thresholds))
    by_piece = _contributions(reading, picture)
    ids = [row.pk for row in reading.rows[models.Piece]]
    kinds = tuple(
        ShownKind(kind.name, tuple(_piece(ids[row.place], row, columns, by_piece) for row in kind.rows))
        for kind in laid.by_kind
    )
    return Shown(
        laid,
        in_words(picture, thresholds),
        columns,
        kinds,
        () if standing.in_company else give_and_take(picture),
        f"?{IN_COMPANY}" if standing.in_company else "",
    )


def _columns(reading: Reading, picture: Picture, thresholds: Mapping[str, int]) -> Iterator[Column]:
    idle = {partner.name for partner in without_a_piece(picture)}
    carry = {partner.name for partner in carry_nearly_all(picture, thresholds["share_of_one_partner"])}
    yield Column(US, picture.own_org)
    there = {partner.name for partner in partners_of(picture)}
    for row in reading.rows[models.Partner]:
        if row.name in there:
            yield Column(str(row.pk), row.name, row.status, row.name in idle, row.name in carry)


def _contributions(reading: Reading, picture: Picture) -> Mapping[int, list[Column]]:
    """Who is written down as bringing each piece, by its id, also who dropped out."""
    told = {partner.name for partner in picture.partners}
    names = {row.pk: row.name for row in reading.rows[models.Partner] if row.name in told}
    by_piece: Mapping[int, list[Column]] = defaultdict(list)
    for row in reading.rows[models.Contribution]:
        if row.partner_id is None:
            by_piece[row.piece_id].append(Column(US, reading.idea.organisation.name))
        elif row.partner_id in names:
            by_piece[row.piece_id].append(Column(str(row.partner_id), names[row.partner_id]))
    return by_piece


def _piece(pk: int, row: PuzzleRow, columns: tuple[Column, ...], by_piece: Mapping[int, list[Column]]) -> ShownPiece:
    brought = tuple(by_piece[pk])
    gone = tuple(column.name for column in brought if column.name not in row.bringers)
    return ShownPiece(pk, row, tuple(zip(columns, row.cells, strict=True)), brought, gone)


def read_puzzle(idea: Idea, thresholds: Mapping[str, int], standing: Standing) -> Shown:
    """The puzzle as it stands now, read with no more than it needs."""
    reading = read([idea.pk], NEEDED)[idea.pk]
    reading = replace(reading, rows=defaultdict(list, reading.rows))
    return shown_of(reading, reading.whole(), thresholds, standing)
