"""The puzzle: who brings which piece, and what that shows. Source: domain.md 1.3, step 1 (how, with whom), and 3.

The rules of S08 (a gap), S09 (a partner without a piece), S10 (brought by many) and S11 (nearly everything hangs on one
partner) stand here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checks.codes import Benefit, PartnerStatus, PieceType, Rating
from checks.picture import Partner, Picture, Piece
from checks.words import Code, Words

AT_THE_TABLE = {PartnerStatus.INVOLVED, PartnerStatus.CONFIRMED}
# Of fewer needed pieces it says nothing that one partner brings most.
FEWEST_PIECES = 3
# As many names stand in a sentence; of more only how many.
NAMED_AT_MOST = 3
NO_KIND = Words("nog zonder soort", "no kind yet")
COUNTED = {
    1: Words("één", "one"),
    2: Words("twee", "two"),
    3: Words("drie", "three"),
    4: Words("vier", "four"),
    5: Words("vijf", "five"),
    6: Words("zes", "six"),
    7: Words("zeven", "seven"),
    8: Words("acht", "eight"),
    9: Words("negen", "nine"),
    10: Words("tien", "ten"),
}


class Brings(Code):
    """Whether somebody brings a piece: surely, or not before they said that they want to."""

    SURELY = "surely", "brengt", "brings"
    MAYBE = "maybe", "misschien", "maybe"
    NOT = "not", "", ""


@dataclass(frozen=True, slots=True)
class PuzzleRow:
    """A piece, the one at this `place` in the list, with for each column whether that organisation brings it.

    `bringers` are all who do. Who dropped out brings nothing any more.
    """

    place: int
    piece: Piece
    cells: tuple[Brings, ...]
    bringers: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether nobody brings this needed piece."""
        return self.piece.needed and not self.bringers

    @property
    def is_double(self) -> bool:
        """Whether two or more bring it."""
        return len(self.bringers) > 1

    @property
    def is_sure(self) -> bool:
        """Whether somebody brings it surely."""
        return Brings.SURELY in self.cells


@dataclass(frozen=True, slots=True)
class Kind:
    """The pieces of one kind: of the instrument, one that people named themselves, or none yet."""

    name: Code | Words | str
    rows: tuple[PuzzleRow, ...]


@dataclass(frozen=True, slots=True)
class Puzzle:
    """The pieces as people put them, under the own organisation and the partners that did not drop out."""

    columns: tuple[str, ...]
    rows: tuple[PuzzleRow, ...]

    @property
    def has_notes(self) -> bool:
        return any(row.piece.note for row in self.rows)

    @property
    def by_kind(self) -> tuple[Kind, ...]:
        """The rows by kind: those of the instrument, then those that people named themselves, then without a kind."""
        found: dict[tuple[int, str], list[PuzzleRow]] = {}
        for row in self.rows:
            found.setdefault(_kind_of(row.piece), []).append(row)
        kinds = sorted(found, key=lambda kind: kind[0])
        return tuple(Kind(_name_of(kind), tuple(found[kind])) for kind in kinds)


@dataclass(frozen=True, slots=True)
class GiveAndTake:
    """What an organisation brings, and what is in it for them: the text of a partner, or what we want ourselves.

    `gives_up` is what the own organisation gives up, `status` how far one is with a partner.
    """

    name: str
    status: PartnerStatus | None
    gives: tuple[str, ...]
    gives_up: str
    takes: tuple[Benefit | str, ...]

    @property
    def is_ours(self) -> bool:
        return self.status is None

    @property
    def brings_nothing_yet(self) -> bool:
        """Whether it sits at the table without a piece."""
        return self.status in AT_THE_TABLE and not self.gives


def puzzle(picture: Picture) -> Puzzle:
    """Lays the puzzle."""
    columns = (picture.own_org, *(partner.name for partner in partners_of(picture)))
    sure = {picture.own_org, *(partner.name for partner in picture.partners if _is_sure(partner))}
    return Puzzle(
        columns,
        tuple(
            PuzzleRow(place, piece, tuple(_brings(name, brought, sure) for name in columns), brought)
            for place, piece in enumerate(picture.pieces)
            for brought in [bringers(picture, piece)]
        ),
    )


def partners_of(picture: Picture) -> tuple[Partner, ...]:
    """The partners that did not drop out."""
    return tuple(partner for partner in picture.partners if partner.status is not PartnerStatus.DROPPED_OUT)


def bringers(picture: Picture, piece: Piece) -> tuple[str, ...]:
    """Who brings a piece: the own organisation and partners that did not drop out."""
    gone = {partner.name for partner in picture.partners} - {partner.name for partner in partners_of(picture)}
    return tuple(name for name in dict.fromkeys(piece.by) if name not in gone)


def in_company(picture: Picture) -> Picture:
    """The picture as partners may see its puzzle: who is at the table, without what is thought of anybody.

    Source: design.md, "Who may do what".
    """
    partners = tuple(
        replace(partner, can=None, can_note="", willing=Rating.YES, willing_note="", own_interest="")
        for partner in picture.partners
        if partner.status in AT_THE_TABLE
    )
    hidden = {partner.name for partner in picture.partners} - {partner.name for partner in partners}
    pieces = tuple(
        replace(piece, by=tuple(name for name in piece.by if name not in hidden), note="") for piece in picture.pieces
    )
    return replace(picture, partners=partners, pieces=pieces)


def gaps(picture: Picture) -> tuple[Piece, ...]:
    """The needed pieces that nobody brings."""
    return tuple(piece for piece in picture.pieces if piece.needed and not bringers(picture, piece))


def without_a_piece(picture: Picture) -> tuple[Partner, ...]:
    """The partners at the table (involved or confirmed) that bring no piece."""
    bring = {name for piece in picture.pieces for name in piece.by}
    return tuple(
        partner for partner in picture.partners if partner.status in AT_THE_TABLE and partner.name not in bring
    )


def brought_by_many(picture: Picture, many: int) -> tuple[Piece, ...]:
    """The needed pieces that so many bring, or more."""
    return tuple(piece for piece in picture.pieces if piece.needed and len(bringers(picture, piece)) >= many)


def carry_nearly_all(picture: Picture, percent: int) -> tuple[Partner, ...]:
    """The partners that bring more than this share of the needed pieces; nobody does so of one or two."""
    needed = [piece for piece in picture.pieces if piece.needed]
    if len(needed) < FEWEST_PIECES:
        return ()
    return tuple(
        partner
        for partner in partners_of(picture)
        if sum(partner.name in piece.by for piece in needed) * 100 > percent * len(needed)
    )


def give_and_take(picture: Picture) -> tuple[GiveAndTake, ...]:
    """What each brings, and what is in it for them: the own organisation first."""
    laid = puzzle(picture)
    gives = [
        tuple(row.piece.name for row in laid.rows if row.cells[at] is not Brings.NOT) for at in range(len(laid.columns))
    ]
    wins = [goal.who_benefits for goal in picture.goals if goal.who_benefits]
    ours = GiveAndTake(
        picture.own_org,
        None,
        gives[0],
        picture.checks.drijfveer.give_up,
        (*picture.benefits, *dict.fromkeys(wins)),
    )
    theirs = (
        GiveAndTake(partner.name, partner.status, brought, "", (partner.own_interest,) if partner.own_interest else ())
        for partner, brought in zip(partners_of(picture), gives[1:], strict=True)
    )
    return ours, *theirs


def in_words(picture: Picture, thresholds: Mapping[str, int]) -> tuple[Words, ...]:
    """What the picture shows, the most important sentence first. `thresholds` are those of the signals, by slug."""
    if not picture.pieces:
        return (Words("Er liggen nog geen puzzelstukken.", "There are no puzzle pieces yet."),)
    unsure = [row.piece.name for row in puzzle(picture).rows if row.piece.needed and row.bringers and not row.is_sure]
    told = [
        _gaps_in_words([piece.name for piece in gaps(picture)]),
        _hang_in_words([partner.name for partner in carry_nearly_all(picture, thresholds["share_of_one_partner"])]),
        _without_in_words([partner.name for partner in without_a_piece(picture)]),
        _unsure_in_words(unsure),
        _many_in_words([piece.name for piece in brought_by_many(picture, thresholds["bringers"])]),
    ]
    return tuple(words for words in told if words)


def _gaps_in_words(names: Sequence[str]) -> Words | None:
    if not names:
        return Words("Elk nodig stuk heeft iemand die het inbrengt.", "Each needed piece has somebody who brings it.")
    named, count = _named(names), _counted(len(names))
    if len(names) == 1:
        return Words(
            f"Eén nodig stuk mist nog iemand: {named.nl}.", f"One needed piece still lacks somebody: {named.en}."
        )
    return Words(
        f"{count.nl.capitalize()} nodige stukken missen nog iemand: {named.nl}.",
        f"{count.en.capitalize()} needed pieces still lack somebody: {named.en}.",
    )


def _hang_in_words(names: Sequence[str]) -> Words | None:
    named = _named(names)
    return Words(f"Bijna alles hangt aan {named.nl}.", f"Nearly everything hangs on {named.en}.") if names else None


def _without_in_words(names: Sequence[str]) -> Words | None:
    named = _named(names)
    if len(names) == 1:
        return Words(f"{named.nl} brengt nog geen stuk in.", f"{named.en} brings no piece yet.")
    return Words(f"{named.nl} brengen nog geen stuk in.", f"{named.en} bring no piece yet.") if names else None


def _unsure_in_words(names: Sequence[str]) -> Words | None:
    named = _named(names)
    return Words(f"Nog niet zeker: {named.nl}.", f"Not certain yet: {named.en}.") if names else None


def _many_in_words(names: Sequence[str]) -> Words | None:
    named = _named(names)
    return Words(f"Door veel organisaties ingebracht: {named.nl}.", f"Brought by many: {named.en}.") if names else None


def _counted(number: int) -> Words:
    return COUNTED.get(number, Words(str(number), str(number)))


def _named(names: Sequence[str]) -> Words:
    """Names as in a sentence."""
    if len(names) > NAMED_AT_MOST:
        listed, rest = ", ".join(names[:NAMED_AT_MOST]), _counted(len(names) - NAMED_AT_MOST)
        return Words(f"{listed} en nog {rest.nl}", f"{listed} and {rest.en} more")
    *head, last = names or [""]
    return Words(f"{', '.join(head)} en {last}", f"{', '.join(head)} and {last}") if head else Words(last, last)


def _kind_of(piece: Piece) -> tuple[int, str]:
    """In which turn the kind of a piece comes, and what it is called."""
    if piece.own_type:
        return len(PieceType), piece.own_type
    return (list(PieceType).index(piece.type), piece.type) if piece.type else (len(PieceType) + 1, "")


def _name_of(kind: tuple[int, str]) -> Code | Words | str:
    place, name = kind
    return list(PieceType)[place] if place < len(PieceType) else name or NO_KIND


def _is_sure(partner: Partner) -> bool:
    return partner.status in AT_THE_TABLE and partner.willing is Rating.YES


def _brings(name: str, brought: Iterable[str], sure: set[str]) -> Brings:
    if name not in brought:
        return Brings.NOT
    return Brings.SURELY if name in sure else Brings.MAYBE
