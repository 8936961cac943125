"""What a reader, a screen reader and a printer find in a PDF."""

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

XHTML = "{http://www.w3.org/1999/xhtml}"


def _poppler(pdf: bytes, *options: str) -> str:
    made = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return made.stdout.decode()


def pages(pdf: bytes) -> list[str]:
    """The text of each page, as poppler finds it."""
    return _poppler(pdf, "-layout").split("\f")[:-1]


def squeezed(text: str) -> str:
    """Text without what a line break may add or take: white space and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


# Between these heights, in points from the top, stands the text of a page: no running head, no foot.
HEAD, FOOT = 62, 778
# More than the height of a heading and less than that of one with a line under it, in points.
LINE = 26


def text(pdf: bytes) -> str:
    """The text of the cover and of the body of each page, squeezed, in the order of the content."""
    body = ("-x", "0", "-y", str(HEAD), "-W", "596", "-H", str(FOOT - HEAD))
    return squeezed(_poppler(pdf, "-raw", "-l", "1") + _poppler(pdf, "-raw", "-f", "2", *body))


@dataclass(frozen=True)
class Word:
    """A word on a page, with its box in points from the top left."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: bytes) -> list[Word]:
    """Every word with its place."""
    tree = ElementTree.fromstring(_poppler(pdf, "-bbox"))  # noqa: S314
    return [
        Word(number, word.text or "", *(float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")))
        for number, page in enumerate(tree.iter(f"{XHTML}page"), start=1)
        for word in page.iter(f"{XHTML}word")
    ]


# ---------- glyphs


def missing_glyphs(pdf: bytes) -> list[tuple[int, str, int]]:
    """The page, font and code of each glyph that is drawn and that its embedded font does not have."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as document:
        sizes: dict[str, int] = {}
        for number, page in enumerate(document.pages, start=1):
            for name, code in _drawn(page.obj, page.resources):
                font = page.resources.Font[name].DescendantFonts[0]
                if name not in sizes:
                    program = font.FontDescriptor.FontFile2.read_bytes()
                    sizes[name] = TTFont(BytesIO(program))["maxp"].numGlyphs
                if code == 0 or code >= sizes[name]:
                    found.append((number, name, code))
    return found


def _drawn(stream: pikepdf.Object, resources: pikepdf.Object) -> list[tuple[str, int]]:
    """The font and code of each glyph that a content stream draws, with the forms in it."""
    drawn: list[tuple[str, int]] = []
    font = ""
    for instruction in pikepdf.parse_content_stream(stream):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            font = str(operands[0])
        elif str(operator) in {"Tj", "TJ"}:
            strings = operands[0] if str(operator) == "TJ" else operands
            for string in strings:
                if isinstance(string, pikepdf.String):
                    codes = bytes(string)
                    drawn += [(font, codes[at] << 8 | codes[at + 1]) for at in range(0, len(codes), 2)]
        elif str(operator) == "Do":
            inner = resources.XObject[str(operands[0])]
            if inner.Subtype == "/Form":
                drawn += _drawn(inner, inner.get("/Resources", resources))
    return drawn


# ---------- structure


@dataclass(frozen=True)
class Element:
    """An element of the structure tree: its kind, its alternative text, and the kinds of what is in it."""

    kind: str
    alt: str
    depth: int
    has_headers: bool


def structure(pdf: bytes) -> list[Element]:
    """The structure tree from head to end, without what has no meaning of its own."""
    found: list[Element] = []
    with pikepdf.open(BytesIO(pdf)) as document:
        waiting = [(document.Root.StructTreeRoot.K[0], 0)]
        while waiting:
            element, depth = waiting.pop()
            if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
                continue
            headers = "/A" in element and bool(element.A.get("/Headers"))
            found.append(Element(str(element.S)[1:], str(element.get("/Alt", "")), depth, headers))
            kids = element.get("/K", pikepdf.Array())
            inside = list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]
            waiting += [(one, depth + 1) for one in reversed(inside)]
    return found


@dataclass(frozen=True)
class Heading:
    """A heading with the page that it stands on, from the outline, and its height from the bottom in points."""

    title: str
    page: int
    height: float


def headings(pdf: bytes) -> list[Heading]:
    """Every heading, from the outline of the document."""
    with pikepdf.open(BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
        found = []
        with document.open_outline() as outline:
            waiting = [*outline.root]
            while waiting:
                item = waiting.pop(0)
                waiting = [*item.children, *waiting]
                destination = item.destination
                assert isinstance(destination, pikepdf.Array)
                found.append(Heading(item.title, numbers[destination[0].objgen], float(destination[3])))
        return found


def orphaned_headings(pdf: bytes) -> list[str]:
    """The headings under which nothing but other headings stands on their page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        height = float(document.pages[0].MediaBox[3])
    told = headings(pdf)
    last = [
        one for one, follower in zip(told, [*told[1:], None], strict=True) if not follower or follower.page > one.page
    ]
    all_words = words(pdf)
    return [
        f"{one.title} (page {one.page})"
        for one in last
        if not any(word.page == one.page and height - one.height + LINE < word.bottom < FOOT for word in all_words)
    ]
