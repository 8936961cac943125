from dataclasses import replace

import pytest
from hypothesis import given

from checks.codes import Benefit, PartnerStatus, PieceType, Rating
from checks.picture import Checks, Drijfveercheck, Goal, Partner, Picture, Piece
from checks.puzzle import (
    NO_KIND,
    Brings,
    Puzzle,
    brought_by_many,
    carry_nearly_all,
    gaps,
    give_and_take,
    in_company,
    in_words,
    puzzle,
    without_a_piece,
)
from checks.thresholds import thresholds
from tests.pictures import ANY, pictures

US = "Lindeveer vzw (fictief)"
WOONWERF, KANTEL = (
    Partner(name=name, status=PartnerStatus.CONFIRMED, willing=Rating.YES) for name in ("Woonwerf", "Kantelpunt")
)
GONE = Partner(name="Weg", status=PartnerStatus.DROPPED_OUT, willing=Rating.YES)


def a_picture(*pieces: Piece, partners: tuple[Partner, ...] = (WOONWERF, KANTEL)) -> Picture:
    return Picture(title="Woonklaar", own_org=US, partners=partners, pieces=pieces)


CASES = [
    # status, willing, brings
    (PartnerStatus.CONFIRMED, Rating.YES, Brings.SURELY),
    (PartnerStatus.INVOLVED, Rating.YES, Brings.SURELY),
    (PartnerStatus.INVOLVED, Rating.PARTLY, Brings.MAYBE),
    (PartnerStatus.INVOLVED, Rating.UNKNOWN, Brings.MAYBE),
    (PartnerStatus.CONFIRMED, None, Brings.MAYBE),
    (PartnerStatus.APPROACHED, Rating.YES, Brings.MAYBE),
    (PartnerStatus.POSSIBLE, Rating.YES, Brings.MAYBE),
]


@pytest.mark.parametrize(("status", "willing", "brings"), CASES)
def test_a_partner_brings_a_piece_surely_once_at_the_table_and_willing(
    status: PartnerStatus, willing: Rating | None, brings: Brings
) -> None:
    partner = Partner(name="Woonwerf", status=status, willing=willing)
    laid = puzzle(a_picture(Piece(name="Huis", by=("Woonwerf",)), partners=(partner,)))
    assert laid.columns == (US, "Woonwerf")
    assert laid.rows[0].cells == (Brings.NOT, brings)
    assert laid.rows[0].is_sure is (brings is Brings.SURELY)


def test_the_own_organisation_brings_surely() -> None:
    assert puzzle(a_picture(Piece(name="Onthaal", by=(US,)), partners=())).rows[0].cells == (Brings.SURELY,)


def test_who_dropped_out_has_no_column_and_what_only_they_bring_is_a_gap() -> None:
    only, also = Piece(name="Huis", by=("Weg",)), Piece(name="Tolk", by=("Weg", US))
    picture = a_picture(only, also, partners=(GONE,))
    laid = puzzle(picture)
    assert laid.columns == (US,)
    assert [(row.is_gap, row.is_double) for row in laid.rows] == [(True, False), (False, False)]
    assert gaps(picture) == (only,)


@pytest.mark.parametrize(
    ("piece", "is_gap"),
    [
        (Piece(name="Tolken"), True),
        (Piece(name="Tolken", needed=False), False),
        (Piece(name="Tolken", by=(US,)), False),
    ],
)
def test_a_needed_piece_that_nobody_brings_is_a_gap(piece: Piece, is_gap: bool) -> None:
    assert puzzle(a_picture(piece)).rows[0].is_gap is is_gap
    assert gaps(a_picture(piece)) == ((piece,) if is_gap else ())


@pytest.mark.parametrize(
    ("by", "is_double", "is_many"),
    [
        ((US,), False, False),
        ((US, US), False, False),
        ((US, "Woonwerf"), True, False),
        ((US, "Woonwerf", "Kantelpunt"), True, True),
    ],
)
def test_two_who_bring_a_piece_are_double_and_as_many_as_the_threshold_are_many(
    by: tuple[str, ...], is_double: bool, is_many: bool
) -> None:
    piece = Piece(name="Startgeld", by=by)
    assert puzzle(a_picture(piece)).rows[0].is_double is is_double
    assert bool(brought_by_many(a_picture(piece), 3)) is is_many


@pytest.mark.parametrize(
    ("status", "by", "is_without"),
    [
        (PartnerStatus.CONFIRMED, (), True),
        (PartnerStatus.INVOLVED, (), True),
        (PartnerStatus.INVOLVED, ("Woonwerf",), False),
        (PartnerStatus.APPROACHED, (), False),
        (PartnerStatus.POSSIBLE, (), False),
        (PartnerStatus.DROPPED_OUT, (), False),
    ],
)
def test_a_partner_at_the_table_that_brings_nothing_is_without_a_piece(
    status: PartnerStatus, by: tuple[str, ...], is_without: bool
) -> None:
    partner = Partner(name="Woonwerf", status=status)
    picture = a_picture(Piece(name="Huis", by=by), partners=(partner,))
    assert without_a_piece(picture) == ((partner,) if is_without else ())


@pytest.mark.parametrize(
    ("brings", "of_needed", "percent", "carries"),
    [(3, 5, 60, False), (4, 6, 60, True), (3, 3, 60, True), (3, 3, 100, False), (2, 2, 60, False), (0, 0, 60, False)],
)
def test_a_partner_carries_nearly_all_above_the_share_of_needed_pieces(
    brings: int, of_needed: int, percent: int, carries: bool
) -> None:
    pieces = [Piece(name=f"{n}", by=("Woonwerf",) if n < brings else (US,)) for n in range(of_needed)]
    nice = Piece(name="leuk", needed=False, by=("Woonwerf",))
    assert carry_nearly_all(a_picture(*pieces, nice), percent) == ((WOONWERF,) if carries else ())


def test_the_own_organisation_and_who_dropped_out_carry_nothing_in_this_sense() -> None:
    picture = a_picture(*(Piece(name=name, by=(US, "Weg")) for name in "ABC"), partners=(GONE,))
    assert carry_nearly_all(picture, 60) == ()


def test_pieces_stand_by_kind_the_kinds_of_the_instrument_first() -> None:
    laid = puzzle(
        a_picture(
            Piece(name="los"),
            Piece(name="eigen", type=PieceType.OTHER, own_type="Warmte"),
            Piece(name="geld", type=PieceType.MEANS),
            Piece(name="kennis", type=PieceType.EXPERTISE),
            Piece(name="ook geld", type=PieceType.MEANS),
        )
    )
    assert [(kind.name, [row.piece.name for row in kind.rows]) for kind in laid.by_kind] == [
        (PieceType.EXPERTISE, ["kennis"]),
        (PieceType.MEANS, ["geld", "ook geld"]),
        ("Warmte", ["eigen"]),
        (NO_KIND, ["los"]),
    ]


def test_give_and_take_stand_side_by_side() -> None:
    partner = replace(WOONWERF, own_interest="Vollere huizen")
    picture = replace(
        a_picture(Piece(name="Huis", by=("Woonwerf", US)), partners=(partner, KANTEL, GONE)),
        goals=(Goal(text="Wonen", who_benefits="Jongeren"), Goal(text="Rust", who_benefits="Jongeren")),
        benefits=(Benefit.QUALITY,),
        checks=Checks(drijfveer=Drijfveercheck(give_up="Een halve dag")),
    )
    us, woonwerf, kantel = give_and_take(picture)
    assert (us.is_ours, us.gives, us.gives_up, us.takes) == (
        True, ("Huis",), "Een halve dag", (Benefit.QUALITY, "Jongeren"),
    )  # fmt: skip
    assert (woonwerf.gives, woonwerf.takes, woonwerf.brings_nothing_yet) == (("Huis",), ("Vollere huizen",), False)
    assert (kantel.gives, kantel.takes, kantel.brings_nothing_yet) == ((), (), True)


def test_partners_see_who_is_at_the_table_and_no_judgement() -> None:
    hesitates = replace(WOONWERF, willing=Rating.NO, willing_note="Bang", own_interest="Geld", can=Rating.NO)
    possible = Partner(name="Misschien")
    piece = Piece(name="Huis", by=("Woonwerf", "Misschien", US), note="Weet jij van hun ruzie?")
    shown = in_company(a_picture(piece, partners=(hesitates, possible, GONE)))
    assert shown.partners == (WOONWERF,)
    assert shown.pieces == (Piece(name="Huis", by=("Woonwerf", US)),)


IN_WORDS = [
    ((), ["Er liggen nog geen puzzelstukken."]),
    ((Piece(name="A", by=(US,)), Piece(name="B", by=("Woonwerf",)), Piece(name="C", by=("Kantelpunt",))),
     ["Elk nodig stuk heeft iemand die het inbrengt."]),
    ((Piece(name="A"), Piece(name="B", by=("Woonwerf",)), Piece(name="C", by=("Kantelpunt",))),
     ["Eén nodig stuk mist nog iemand: A."]),
    ((Piece(name="A"), Piece(name="B"), Piece(name="C", by=("Woonwerf",))),
     ["Twee nodige stukken missen nog iemand: A en B.", "Kantelpunt brengt nog geen stuk in."]),
    (tuple(Piece(name=name) for name in "ABCDE"),
     ["Vijf nodige stukken missen nog iemand: A, B, C en nog twee.",
      "Woonwerf en Kantelpunt brengen nog geen stuk in."]),
    ((*(Piece(name=name, by=("Woonwerf",)) for name in "AB"), Piece(name="C", by=(US, "Woonwerf", "Kantelpunt"))),
     ["Elk nodig stuk heeft iemand die het inbrengt.", "Bijna alles hangt aan Woonwerf.",
      "Door veel organisaties ingebracht: C."]),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "told"), IN_WORDS)
def test_what_the_picture_shows_is_told_in_words(pieces: tuple[Piece, ...], told: list[str]) -> None:
    assert [words.nl for words in in_words(a_picture(*pieces), thresholds({}))] == told


def test_what_only_who_hesitates_brings_is_not_certain() -> None:
    partner = replace(WOONWERF, willing=Rating.UNKNOWN)
    picture = a_picture(Piece(name="A", by=("Woonwerf",)), Piece(name="B", by=(US, "Woonwerf")), partners=(partner,))
    assert "Nog niet zeker: A." in [words.nl for words in in_words(picture, thresholds({}))]


@given(pictures())
@ANY
def test_any_picture_can_be_laid_and_told(picture: Picture) -> None:
    laid: Puzzle = puzzle(picture)
    assert sum(len(kind.rows) for kind in laid.by_kind) == len(picture.pieces)
    assert [row.piece for row in laid.rows if row.is_gap] == list(gaps(picture))
    assert len(give_and_take(picture)) == len(laid.columns)
    assert in_words(picture, thresholds({}))
