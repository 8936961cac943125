"""The background pages as typed data, each read once from its own file. Source: domain.md 4 and 5.

They are orientation in our own words. A malformed page raises `BackgroundError` when this module is imported, so the
app does not start with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from checks.catalogue import QUESTIONS, STEPS
from checks.words import Words

FOLDER = Path(__file__).parent
# In the order in which they are listed within their step.
SLUGS = (
    *("tips", "why_now", "when", "motives", "embedding"),
    *("starting", "goals", "puzzle", "forms", "money"),
    *("work", "coordination"),
    *("bundles", "indicators", "legal"),
    *("temperature", "no", "maintaining"),
)


class BackgroundError(Exception):
    """A background page is malformed; the message opens with its slug."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list; `question` is the slug of the question that it helps to answer, or empty."""

    words: Words
    question: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A small table. The first cell of a row names the row."""

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    heading: Words
    paragraphs: tuple[Words, ...]
    items: tuple[Item, ...]
    is_numbered: bool
    table: Table | None


@dataclass(frozen=True, slots=True)
class Page:
    """A background page. `step` is where it helps most, 0 for before an idea is taken up.

    `exercise` is what people can do together; `serves` the slugs of the questions that it helps to answer; `sources`
    are credited and not quoted. `checked` is the day on which a page that ages was last gone over, `verify` says what
    a reader has to have verified.
    """

    slug: str
    step: int
    title: Words
    lead: Words
    sections: tuple[Section, ...]
    exercise: tuple[Words, ...]
    serves: tuple[str, ...]
    sources: tuple[Words, ...]
    checked: date | None = None
    verify: Words | None = None


def read_page(slug: str, text: str) -> Page:
    """The page in this text. Raises `BackgroundError`."""
    try:
        told = yaml.safe_load(text)
        page = Page(
            slug=slug,
            step=told.pop("step"),
            title=_words(told.pop("title")),
            lead=_words(told.pop("lead")),
            sections=tuple(_section(section) for section in told.pop("sections")),
            exercise=_each(told.pop("exercise")),
            serves=tuple(told.pop("serves")),
            sources=_each(told.pop("sources")),
            checked=told.pop("checked", None),
            verify=_words(told.pop("verify")) if "verify" in told else None,
        )
        _has_nothing_left(told)
        if page.step not in {0, *STEPS}:
            raise ValueError(f"there is no step {page.step!r}")
        asked = [*page.serves, *(item.question for section in page.sections for item in section.items)]
        if unknown := {slug for slug in asked if slug} - set(QUESTIONS):
            raise ValueError(f"unknown question {', '.join(sorted(unknown))}")
        if page.checked is not None and not isinstance(page.checked, date):
            raise ValueError("checked is no day")
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackgroundError(f"{slug}: {error}") from error
    return page


def _words(told: Mapping[str, str]) -> Words:
    words = Words(told["nl"].strip(), told["en"].strip())
    if not words.nl or not words.en or set(told) - {"nl", "en", "question"}:
        raise ValueError(f"{told!r} is not one wording in two languages")
    return words


def _each(told: list[Mapping[str, str]]) -> tuple[Words, ...]:
    return tuple(_words(words) for words in told)


def _section(told: dict[str, list[Mapping[str, str]]]) -> Section:
    numbered, plain = told.pop("steps", []), told.pop("list", [])
    table = told.pop("table", None)
    section = Section(
        heading=_words(told.pop("heading")),  # type: ignore[arg-type]
        paragraphs=_each(told.pop("text", [])),
        items=tuple(Item(_words(item), item.get("question", "")) for item in numbered or plain),
        is_numbered=bool(numbered),
        table=_table(table) if table else None,  # type: ignore[arg-type]
    )
    _has_nothing_left(told)
    if not (section.paragraphs or section.items or section.table):
        raise ValueError(f"nothing stands under {section.heading.en!r}")
    return section


def _table(told: dict[str, list[list[Mapping[str, str]]]]) -> Table:
    head = _each(told["head"])  # type: ignore[arg-type]
    rows = tuple(_each(row) for row in told["rows"])
    if any(len(row) != len(head) for row in rows):
        raise ValueError("a row of the table is longer or shorter than its head")
    return Table(_words(told["caption"]), head, rows)  # type: ignore[arg-type]


def _has_nothing_left(told: Mapping[str, object]) -> None:
    if told:
        raise ValueError(f"unknown key {', '.join(sorted(told))}")


BACKGROUND: Mapping[str, Page] = {
    slug: read_page(slug, (FOLDER / f"{slug}.yaml").read_text(encoding="utf-8")) for slug in SLUGS
}
