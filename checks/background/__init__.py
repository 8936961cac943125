"""The background pages: what an adviser would tell besides. Read once from `pages.yaml`. Source: domain.md 4 and 5.

A malformed file raises `BackgroundError` when this module is imported, so the app does not start with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from checks.words import Words

SOURCE = Path(__file__).with_name("pages.yaml")


class BackgroundError(Exception):
    """A background page is malformed; the message names it."""


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: any of a heading, a text, points and a table."""

    head: Words | None = None
    text: Words | None = None
    points: tuple[Words, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class BackgroundPage:
    """One page. `step` is the step that it serves, 0 for all; `checked` the day on which it was looked over last."""

    slug: str
    step: int
    title: Words
    lead: Words
    sections: tuple[Section, ...]
    checked: date | None = None


def _words(given: object) -> Words:
    match given:
        case [str(nl), str(en)] if nl.strip() and en.strip():
            return Words(nl, en)
    raise BackgroundError(f"no pair of texts: {given!r}")


def _all_words(given: Sequence[object]) -> tuple[Words, ...]:
    return tuple(_words(one) for one in given)


def _section(told: Mapping[str, Any]) -> Section:
    table = told.get("table")
    return Section(
        head=_words(told["head"]) if "head" in told else None,
        text=_words(told["text"]) if "text" in told else None,
        points=_all_words(told.get("points", ())),
        table=Table(_all_words(table["head"]), tuple(_all_words(row) for row in table["rows"])) if table else None,
    )


def _page(told: Mapping[str, Any]) -> BackgroundPage:
    try:
        return BackgroundPage(
            slug=told["slug"],
            step=told["step"],
            title=_words(told["title"]),
            lead=_words(told["lead"]),
            sections=tuple(_section(section) for section in told["sections"]),
            checked=told.get("checked"),
        )
    except (KeyError, TypeError, BackgroundError) as error:
        raise BackgroundError(f"{told.get('slug')}: {error}") from error


BACKGROUND: Mapping[str, BackgroundPage] = {
    page.slug: page for page in map(_page, yaml.safe_load(SOURCE.read_text(encoding="utf-8")))
}
