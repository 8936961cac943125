"""What a dossier is made of: plain shapes that the templates print without deciding anything."""

from dataclasses import dataclass, replace
from typing import ClassVar

# A row of more characters may break over two pages; a shorter one stays whole.
LONGEST_WHOLE = 700
# An end of fewer characters does not stand alone on the next page.
LONGEST_TAIL = 150
# A part of more characters may break over two pages.
LONGEST_WHOLE_PART = 1000
# What stands beside the head of a row that breaks, at least, in characters.
ENOUGH_BESIDE_HEAD = 320
# A puzzle of more pieces may break over two pages.
MOST_ROWS_TOGETHER = 14
# The characters on a line, about.
LINE = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One fact: an optional label, a word that carries the answer with the tone to print it in, and a text.

    `rest` are the paragraphs after the first. `more` is the anchor of the place where more of it stands.
    """

    label: str = ""
    word: str = ""
    tone: str = ""
    text: str = ""
    rest: tuple[str, ...] = ()
    more: str = ""

    def paragraphs(self) -> "list[Line]":
        """The same in lines of one paragraph each."""
        return [replace(self, rest=()), *(Line(text=paragraph) for paragraph in self.rest)]

    def length(self) -> int:
        """About how much room it takes, in characters; each paragraph ends with half a line of nothing."""
        told = [self.label + self.word + self.text, *self.rest]
        return sum(len(paragraph) + 40 + LINE * paragraph.count("\n") for paragraph in told)


type Lines = tuple[Line, ...]


def length(lines: Lines) -> int:
    """About how much room they take, in characters."""
    return sum(line.length() for line in lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What is printed side by side: `kind` is whole, first, over (a head above its text), next or last.

    A piece that is `short` stays on one page.
    """

    kind: str
    lines: Lines
    short: bool = True

    @property
    def tail(self) -> bool:
        """Whether it is so short an end that it stays with what comes before."""
        return self.kind == "last" and length(self.lines) <= LONGEST_TAIL


def pieces(lines: Lines) -> tuple[Piece, ...]:
    """Lines that go on after a head: a piece for each paragraph."""
    single = [one for line in lines for one in line.paragraphs()]
    return tuple(
        Piece(kind="next" if one is not single[-1] else "last", lines=(one,), short=one.length() <= LONGEST_WHOLE)
        for one in single
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A head (a question, or a name with a remark beside it) and the lines that belong to it."""

    head: str
    name: bool = False
    remark: str = ""
    lines: Lines = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The row in pieces, so that a long one breaks between pages without leaving its head alone."""
        if length(self.lines) <= LONGEST_WHOLE:
            return (Piece(kind="whole", lines=self.lines),)
        single = tuple(one for line in self.lines for one in line.paragraphs())
        head = next(count for count in range(1, len(single) + 1) if length(single[:count]) >= ENOUGH_BESIDE_HEAD)
        if length(single[:head]) > LONGEST_WHOLE:
            return Piece(kind="over", lines=()), *pieces(single)
        return Piece(kind="first", lines=single[:head]), *pieces(single[head:])


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """Heads on the left, what is recorded on the right."""

    template: ClassVar[str] = "ideas/dossier/print/rows.html"
    rows: tuple[Row, ...]

    def length(self) -> int:
        """About how much room it takes, in characters."""
        return sum(max(len(row.head), length(row.lines)) + LINE for row in self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column with its head and its width in percent."""

    head: str
    width: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """The cells of a row; the first one names the row. `below` is what is too long for its column."""

    cells: tuple[Lines, ...]
    below: tuple[Piece, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """Rows that are read beside each other, each no higher than some twelve lines."""

    template: ClassVar[str] = "ideas/dossier/print/grid.html"
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    def length(self) -> int:
        """About how much room it takes, in characters."""
        return sum(LINE + length(cell) for row in self.rows for cell in row.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentences:
    template: ClassVar[str] = "ideas/dossier/print/sentences.html"
    lines: Lines

    def length(self) -> int:
        """About how much room it takes, in characters."""
        return length(self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """Whether one organisation brings one piece: `kind` is the code of it, `word` says it."""

    kind: str
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PuzzleRow:
    """A piece, what kind of piece it is, and who brings it; `nobody` says so when nobody does."""

    name: str
    kind: str
    cells: tuple[Cell, ...]
    nobody: str = ""
    gap: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Puzzle:
    """The puzzle as a picture, for as many organisations (with a remark on each) as fit side by side.

    `piece` and `missing` say what is drawn: a piece of a puzzle, or the place of one that is missing.
    """

    template: ClassVar[str] = "ideas/dossier/print/puzzle.html"
    caption: str
    piece: str
    missing: str
    organisations: tuple[tuple[str, str], ...]
    rows: tuple[PuzzleRow, ...]

    @property
    def width(self) -> int:
        """How many organisations stand side by side."""
        return len(self.organisations)

    def length(self) -> int:
        """About how much room it takes, in characters."""
        return 3 * LINE * (len(self.rows) + 2)

    @property
    def whole(self) -> bool:
        """Whether it stays on one page."""
        return len(self.rows) <= MOST_ROWS_TOGETHER


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """The votes for one value: place and size in the drawing, in millimetres."""

    count: str
    word: str
    left: float
    middle: float
    top: float
    height: float
    above: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Thermometer:
    """How the votes are spread; `alt` says the same in words."""

    template: ClassVar[str] = "ideas/dossier/print/thermometer.html"
    alt: str
    bars: tuple[Bar, ...]

    def length(self) -> int:
        """About how much room it takes, in characters."""
        return 7 * LINE


type Block = Rows | Grid | Sentences | Puzzle | Thermometer


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a chapter. `anchor` is where other pages point to."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]

    @property
    def whole(self) -> bool:
        """Whether it stays on one page: it is short, and nothing in it repeats its head on the next page."""
        return self.length() <= LONGEST_WHOLE_PART and not any(isinstance(block, Grid) for block in self.blocks)

    def length(self) -> int:
        """About how much room it takes, in characters."""
        return sum(block.length() for block in self.blocks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A chapter, with the number of the step that it belongs to (or 0), and the words for the sign of that step."""

    title: str
    anchor: str
    step: int
    sign: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StepReached:
    """One of the four steps on the cover."""

    number: int
    sign: str
    name: str
    reached: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """The cover: `outcome` is the one word that counts, `told` the sentence under it."""

    kind: str
    organisation: str
    draft: str
    exercise: str
    confidential: str
    size: str
    outcome: str
    told: str
    steps: tuple[StepReached, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tension:
    """What needs care, with how firmly something must follow it."""

    need: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The page that a board reads in two minutes."""

    title: str
    lead: Line
    rows: tuple[Row, ...]
    tension: Tension | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A whole dossier, ready to be printed.

    `running` stands at the head of each page and `stamp` at its foot; `dated` is the day of the document, as in ISO
    8601. `flowing` tells that it is so short that it follows the summary on the same page. Partners get no summary.
    """

    language: str
    title: str
    running: str
    stamp: str
    dated: str
    cover: Cover
    summary: Summary | None
    flowing: bool
    chapters: tuple[Chapter, ...]
    unused: str
    colophon: str

    @property
    def contents(self) -> tuple[tuple[Chapter, ...], ...]:
        """The chapters in the two columns of the list of contents."""
        half = (len(self.chapters) + 1) // 2
        return self.chapters[:half], self.chapters[half:]
