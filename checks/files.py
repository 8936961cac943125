"""Whether a file is what its name says, by how it begins."""

from collections.abc import Mapping
from pathlib import PurePath

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How the files begin of which the name promises a kind.
MARKS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".docx": (ZIP,),
    ".xlsx": (ZIP,),
    ".pptx": (ZIP,),
    ".odt": (ZIP,),
    ".ods": (ZIP,),
    ".odp": (ZIP,),
    ".zip": (ZIP, b"PK\x05\x06"),
    ".doc": (OLE,),
    ".xls": (OLE,),
    ".ppt": (OLE,),
    ".msg": (OLE,),
}
# What holds text only, and so begins as none of the above, nor as a program does.
TEXTS = frozenset({".txt", ".csv", ".md", ".json", ".yaml", ".xml", ".eml", ".ics"})
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
LONGEST_MARK = 16


def is_what_its_name_says(name: str, begins: bytes) -> bool:
    """Whether the bytes with which a file `begins`, `LONGEST_MARK` at most, fit the last part of its name.

    A name that promises nothing keeps its promise.
    """
    kind = PurePath(name).suffix.lower()
    if kind in MARKS:
        return begins.startswith(MARKS[kind])
    known = tuple(mark for marks in MARKS.values() for mark in marks)
    return kind not in TEXTS or not begins.startswith((*known, *PROGRAMS))
