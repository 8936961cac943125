"""A file is what its name says, as far as its beginning tells."""

import pytest

from checks.files import is_what_its_name_says


@pytest.mark.parametrize(
    ("name", "begins", "is_so"),
    [
        ("plan.pdf", b"%PDF-1.7", True),
        ("PLAN.PDF", b"%PDF-1.7", True),
        ("plan.pdf", b"MZ\x90\x00", False),
        ("plan.pdf", b"<html>", False),
        ("foto.jpg", b"\xff\xd8\xff\xe0", True),
        ("foto.png", b"\xff\xd8\xff\xe0", False),
        ("blad.xlsx", b"PK\x03\x04", True),
        ("blad.xlsx", b"a,b,c", False),
        ("lijst.csv", b"a,b,c", True),
        ("lijst.csv", b"MZ\x90\x00", False),
        ("brief.txt", b"%PDF-1.7", False),
        ("zonder soort", b"MZ\x90\x00", True),
    ],
)
def test_a_name_that_lies_is_noticed(name: str, begins: bytes, is_so: bool) -> None:
    assert is_what_its_name_says(name, begins) is is_so
