import pytest

from checks.codes import PartnerStatus, Rating
from checks.picture import Partner, Picture, Piece
from checks.puzzle import Brings, puzzle

US = "Lindeveer vzw (fictief)"

CASES = [
    # status, willing, brings
    (PartnerStatus.CONFIRMED, Rating.YES, Brings.SURELY),
    (PartnerStatus.INVOLVED, Rating.YES, Brings.SURELY),
    (PartnerStatus.INVOLVED, Rating.PARTLY, Brings.MAYBE),
    (PartnerStatus.INVOLVED, Rating.UNKNOWN, Brings.MAYBE),
    (PartnerStatus.CONFIRMED, None, Brings.MAYBE),
    (PartnerStatus.APPROACHED, Rating.YES, Brings.MAYBE),
    (PartnerStatus.POSSIBLE, Rating.YES, Brings.MAYBE),
    (PartnerStatus.DROPPED_OUT, Rating.YES, Brings.MAYBE),
]


@pytest.mark.parametrize(("status", "willing", "brings"), CASES)
def test_a_partner_brings_a_piece_surely_once_at_the_table_and_willing(
    status: PartnerStatus, willing: Rating | None, brings: Brings
) -> None:
    partner = Partner(name="Woonwerf", status=status, willing=willing)
    picture = Picture(
        title="Woonklaar", own_org=US, partners=(partner,), pieces=(Piece(name="Huis", by=("Woonwerf",)),)
    )
    assert puzzle(picture).columns == (US, "Woonwerf")
    assert puzzle(picture).rows[0].cells == (Brings.NOT, brings)


def test_the_own_organisation_brings_surely() -> None:
    picture = Picture(title="Woonklaar", own_org=US, pieces=(Piece(name="Onthaal", by=(US,)),))
    assert puzzle(picture).rows[0].cells == (Brings.SURELY,)


def test_who_dropped_out_and_brings_nothing_has_no_column() -> None:
    partner = Partner(name="Woonwerf", status=PartnerStatus.DROPPED_OUT)
    assert puzzle(Picture(title="Woonklaar", own_org=US, partners=(partner,))).columns == (US,)


@pytest.mark.parametrize(
    ("piece", "is_gap"),
    [
        (Piece(name="Tolken"), True),
        (Piece(name="Tolken", needed=False), False),
        (Piece(name="Tolken", by=(US,)), False),
    ],
)
def test_a_needed_piece_that_nobody_brings_is_a_gap(piece: Piece, is_gap: bool) -> None:
    assert puzzle(Picture(title="Brug", own_org=US, pieces=(piece,))).rows[0].is_gap is is_gap
