"""How the parts of a dossier are made; what is empty is left out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from checks.decision import Settings
from checks.picture import Picture
from ideas.dossier.shapes import (
    Block,
    Chapter,
    Column,
    Grid,
    GridRow,
    Line,
    Lines,
    Part,
    Row,
    Rows,
    Sentences,
    length,
    pieces,
)
from ideas.dossier.wording import line, shorten

# The longest text in a cell, in characters for each percent of the width that its column has.
LONGEST_IN_CELL = 16


@dataclass(frozen=True)
class PartOfDossier:
    """How a part is made. `named` tells whether the line of unused parts names it when it is empty."""

    title: Callable[[], str]
    anchor: str
    blocks: Callable[[Picture, Settings], Iterator[Block]]
    named: bool = True


@dataclass(frozen=True)
class ChapterOfDossier:
    """How a chapter is made. `step` is 0 for what belongs to no step."""

    title: Callable[[], str]
    anchor: str
    step: int
    parts: Sequence[PartOfDossier]

    def of(self, picture: Picture, settings: Settings, unused: list[str]) -> Chapter | None:
        """This chapter of an idea, or None when all of its parts are empty; those are added to `unused`."""
        parts = []
        for told in self.parts:
            blocks = tuple(told.blocks(picture, settings))
            if blocks:
                title = "" if len(self.parts) == 1 else told.title()
                parts.append(Part(title=title, anchor=told.anchor, blocks=blocks))
            elif told.named:
                unused.append(told.title())
        if not parts:
            return None
        return Chapter(
            title=self.title(), anchor=self.anchor, step=self.step, sign=sign_of(self.step), parts=tuple(parts)
        )


def sign_of(step: int) -> str:
    """The words for the sign of a step."""
    return gettext("Step %(number)d") % {"number": step}


def row(head: str, *lines: Sequence[Line], name: bool = False, remark: str = "") -> list[Row]:
    """A row, or none when there is nothing in it. A row headed by a name stands even with nothing beside it."""
    told = tuple(one for some in lines for one in some)
    return [Row(head=head, name=name, remark=remark, lines=told)] if told or name else []


def rows(*told: Sequence[Row]) -> Iterator[Rows]:
    """Rows under each other, or nothing."""
    if kept := tuple(one for some in told for one in some):
        yield Rows(rows=kept)


def grid(columns: Sequence[tuple[str, int]], told: Iterable[Sequence[Sequence[Line]]]) -> Iterator[Grid]:
    """Rows beside each other, without the columns in which nothing stands; the widest takes their room."""
    cells = [[tuple(cell) for cell in one] for one in told]
    if not cells:
        return
    kept = [at for at in range(len(columns)) if at == 0 or any(one[at] for one in cells)]
    spare = sum(width for at, (_, width) in enumerate(columns) if at not in kept)
    widest = max(kept, key=lambda at: columns[at][1])
    heads = tuple(Column(head=columns[at][0], width=columns[at][1] + spare * (at == widest)) for at in kept)
    yield Grid(columns=heads, rows=tuple(_row_of_grid(heads, [one[at] for at in kept]) for one in cells))


def _row_of_grid(columns: Sequence[Column], cells: Sequence[Lines]) -> GridRow:
    """A row; of a cell that is too long for its column, the head stays and the whole comes below the row."""
    beside, below = [], []
    for column, cell in zip(columns, cells, strict=True):
        if length(cell) <= LONGEST_IN_CELL * column.width:
            beside.append(cell)
            continue
        first = cell[0]
        head = (
            Line(word=first.word.rstrip("."), tone=first.tone) if first.word else Line(text=shorten(first.text, 80)[0])
        )
        beside.append((head,))
        whole = replace(first, word="") if first.word else first
        below += [replace(whole, label=whole.label or column.head), *cell[1:]]
    return GridRow(cells=tuple(beside), below=pieces(tuple(below)))


def sentences(*texts: str) -> Iterator[Sentences]:
    """Sentences under each other, or nothing."""
    if lines := tuple(one for text in texts for one in line(text=text)):
        yield Sentences(lines=lines)
