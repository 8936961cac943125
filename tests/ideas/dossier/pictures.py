"""Pictures to print: one with everything filled in, a hostile one, and the demo ideas."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

from checks import picture as shapes
from checks.codes import GoNoGo, Status, Verdict
from checks.decision import Settings
from checks.picture import Picture
from checks.words import Code
from ideas import demo
from ideas.dossier.record import Frame
from ideas.exchange import read_file

DEMO = Path(demo.__file__).parent
TODAY = date(2026, 11, 22)


def frame(language: str = "nl", organisation: str = "Lindeveer vzw (fictief)") -> Frame:
    return Frame(language=language, organisation=organisation, settings=Settings(), day=TODAY)


def demo_ideas() -> dict[str, Picture]:
    """The demo ideas by slug, as they stand in their files; one with a file of its own stands complete there."""
    files = sorted(DEMO.glob("*.yaml"), key=lambda file: file.name != "ideas.yaml")
    return {idea.slug: idea for file in files for idea in read_file(file).ideas}


# ---------- a picture with a value of its own in every field


class _Filling:
    """Makes a value of any type that a picture holds, each time another one."""

    def __init__(self, rows: int, texts: Sequence[str] = ("",), lines: Sequence[str] = ("",)) -> None:
        self.rows, self.texts, self.lines = rows, texts, lines
        self.serial = count(1)

    def text(self, among: Sequence[str] = ("",)) -> str:
        number = next(self.serial)
        return f"Woord{number:04d} {among[number % len(among)]}".strip()

    def of(self, kind: Any) -> Any:
        simple: dict[Any, Callable[[], Any]] = {
            shapes.Slug: lambda: self.text().lower(),
            shapes.Url: lambda: f"https://example.org/{self.text()}",
            shapes.Step: lambda: 2,
            shapes.Year: lambda: 1900 + next(self.serial) % 190,
            shapes.Day: lambda: date(2020, 1, 1) + timedelta(days=next(self.serial)),
            shapes.Amount: lambda: Decimal(50_000 + next(self.serial)),
            shapes.Count: lambda: 10_000 + next(self.serial),
            shapes.Months: lambda: 13 + next(self.serial),
            shapes.Duration: lambda: 1199,
            shapes.Text: lambda: self.text(self.texts),
            shapes.Statement: lambda: self.text(self.texts),
            shapes.Line: lambda: self.text(self.lines),
            shapes.Name: lambda: self.text(self.lines),
            str: self.text,
            int: lambda: 70_000 + next(self.serial),
            bool: lambda: True,
        }
        if kind in simple:
            return simple[kind]()
        if isinstance(kind, TypeAliasType):
            return self.of(kind.__value__)
        if get_origin(kind) is Annotated:
            return self.of(get_args(kind)[0])
        if get_origin(kind) in {Union, UnionType}:
            return self.of([one for one in get_args(kind) if one not in {NoneType, tuple[()]}][-1])
        if get_origin(kind) is tuple:
            inside = get_args(kind)
            return tuple(self.of(one) for one in (inside[:1] * self.rows if inside[-1] is Ellipsis else inside))
        if isinstance(kind, type) and is_dataclass(kind):
            hints = get_type_hints(kind, include_extras=True)
            return kind(**{field.name: self.of(hints[field.name]) for field in fields(kind)})
        if isinstance(kind, type) and issubclass(kind, Code):
            return list(kind)[next(self.serial) % len(kind)]
        raise TypeError(f"the picture holds a new type: {kind}")


def full(rows: int = 1, texts: Sequence[str] = ("",), lines: Sequence[str] = ("",)) -> Picture:
    """A decided idea with every field filled in, and `rows` of everything that there may be more of.

    Each text is a word of its own and one of `texts`, each line a word of its own and one of `lines`.
    """
    filled: Picture = _Filling(rows, texts, lines).of(Picture)
    assert filled.decision is not None
    return replace(
        filled,
        status=Status.RUNNING,
        step=4,
        round=1000,
        verdict=Verdict.OK,
        decision=replace(filled.decision, value=GoNoGo.GO),
    )


type Path_ = tuple[str | int, ...]


def leaves(part: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every value in a picture, with where it stands."""
    if is_dataclass(part):
        for field in fields(part):
            yield from leaves(getattr(part, field.name), (*path, field.name))
    elif isinstance(part, tuple):
        for place, one in enumerate(part):
            yield from leaves(one, (*path, place))
    else:
        yield path, part


def changed(part: Any, path: Path_, value: Any) -> Any:
    """The same picture with another value in one place."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        return (*part[:head], changed(part[head], rest, value), *part[head + 1 :])
    return replace(part, **{head: changed(getattr(part, head), rest, value)})


def another(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Code):
        kinds = list(type(value))
        return kinds[(kinds.index(value) + 1) % len(kinds)]
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, str):
        return f"{value}x"
    return value - 1


# ---------- what people could type to break a page

HOSTILE_LINES = (
    "<script>alert(1)</script> <b>vet</b> &amp; &lt;",
    "{{ record.title }} {% include 'x' %} {# weg #}",
    "Ş ğ ł č → ✓ ☐ € ½ № ﬁ",
    "שלום עולם مرحبا بالعالم \u202eomgekeerd\u202c",
    "😀 👍🏽 👩‍👩‍👧 🇧🇪 ❤️ ☎ 2️⃣",
    "Привет Ελληνικά Tiếng Việt e\u0301 \u200b\u2060\ufeff",
    "中文 한국어 ไทย \ue000 \x85 \u2028",
    "W" * 180,
)
LONG_WORD = "x" * 10_000
LONG_TEXT = "Een lange tekst die over veel bladzijden gaat. " * 420
MANY_LINES = "regel\r\n" * 150 + "\n\n\n\n" + "alinea\n\n" * 60
MARKUP = "</td></tr></table></section><style>*{display:none}</style><img src=file:///etc/passwd>"


def hostile() -> Picture:
    """An idea with everything filled in by somebody who means no good."""
    awkward = full(2, HOSTILE_LINES, HOSTILE_LINES)
    goal, partner, condition = awkward.goals[0], awkward.partners[0], awkward.conditions[0]
    assert awkward.decision is not None
    return replace(
        awkward,
        title=HOSTILE_LINES[0] + "W" * 120,
        summary=MARKUP,
        challenge=LONG_WORD,
        approach=LONG_TEXT,
        goals=(replace(goal, text=LONG_WORD, clear_note=LONG_TEXT), *awkward.goals[1:]),
        partners=(replace(partner, contribution=LONG_TEXT, can_note=LONG_WORD), *awkward.partners[1:]),
        conditions=(replace(condition, text=MANY_LINES, remark=LONG_WORD), *awkward.conditions[1:]),
        decision=replace(awkward.decision, motivation=LONG_WORD, present=("W" * 200,) * 3),
    )
