"""The puzzle: who brings which piece. Source: domain.md 1.3, step 1 (how, with whom)."""

from dataclasses import dataclass

from checks.codes import PartnerStatus, Rating
from checks.picture import Partner, Picture, Piece
from checks.words import Code


class Brings(Code):
    """Whether somebody brings a piece: surely, or not before they said that they want to."""

    SURELY = "surely", "brengt", "brings"
    MAYBE = "maybe", "misschien", "maybe"
    NOT = "not", "", ""


@dataclass(frozen=True, slots=True)
class PuzzleRow:
    """A piece, and for each column of the puzzle whether that organisation brings it."""

    piece: Piece
    cells: tuple[Brings, ...]

    @property
    def is_gap(self) -> bool:
        """Whether nobody brings this needed piece."""
        return self.piece.needed and not self.piece.by


@dataclass(frozen=True, slots=True)
class Puzzle:
    """`columns` are the own organisation and the partners that did not drop out."""

    columns: tuple[str, ...]
    rows: tuple[PuzzleRow, ...]

    @property
    def has_notes(self) -> bool:
        return any(row.piece.note for row in self.rows)


def puzzle(picture: Picture) -> Puzzle:
    """Lays the puzzle. A piece that only a dropped-out partner would bring shows that partner as well."""
    bringers = {name for piece in picture.pieces for name in piece.by}
    partners = [
        partner
        for partner in picture.partners
        if partner.status is not PartnerStatus.DROPPED_OUT or partner.name in bringers
    ]
    columns = (picture.own_org, *(partner.name for partner in partners))
    sure = {picture.own_org, *(partner.name for partner in partners if _is_sure(partner))}
    return Puzzle(
        columns,
        tuple(PuzzleRow(piece, tuple(_brings(name, piece, sure) for name in columns)) for piece in picture.pieces),
    )


def _is_sure(partner: Partner) -> bool:
    at_the_table = partner.status in {PartnerStatus.INVOLVED, PartnerStatus.CONFIRMED}
    return at_the_table and partner.willing is Rating.YES


def _brings(name: str, piece: Piece, sure: set[str]) -> Brings:
    if name not in piece.by:
        return Brings.NOT
    return Brings.SURELY if name in sure else Brings.MAYBE
