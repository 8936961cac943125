"""An address as a square to scan."""

from dataclasses import dataclass
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# The white around it, without which no phone finds it.
QUIET = 4


@dataclass(frozen=True)
class Square:
    """A QR code as a path of unit squares, `size` wide with the white around it."""

    size: int
    path: str


def square_of(text: str) -> Square:
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return Square(len(rows), "".join(_runs(y, row) for y, row in enumerate(rows)))


def _runs(y: int, row: list[bool]) -> str:
    """The dark stretches of one row."""
    path, x = "", 0
    for is_dark, cells in groupby(row):
        width = len(list(cells))
        path += f"M{x} {y}h{width}v1h-{width}z" if is_dark else ""
        x += width
    return path
