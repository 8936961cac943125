"""What changed at an idea since its decision was sealed. Source: design.md 5.

What comes after a decision by itself (talks, reviews, measures, the way it went) is no change of what it rests on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext

from checks.decision import Settings
from checks.picture import Decision, Picture
from ideas.dossier.check import CHECKS, POINTS
from ideas.dossier.concretise import BUNDLES, INDICATORS, PUZZLE
from ideas.dossier.decide import DECISION
from ideas.dossier.explore import INFOFICHE
from ideas.dossier.history import ATTACHMENTS
from ideas.dossier.shapes import Block, Grid, Line, Part, Puzzle, Rows, Sentences, Thermometer
from ideas.models import Idea, SealedRecord
from ideas.seal.record import read_again

CHAPTERS = (INFOFICHE, CHECKS, POINTS, PUZZLE, BUNDLES, INDICATORS, DECISION, ATTACHMENTS)
AFTERWARDS = (
    "slug", "status", "step", "round", "closed", "revisit_on", "merged_into", "confidential", "test", "idea_owner",
    "team", "earlier_votes", "earlier_decisions", "talk", "trajectory", "reviews", "transitions", "comments",
    "dropped", "directors", "pulses",
)  # fmt: skip
AFTER_A_DECISION = ("partners_told", "trajectory_skipped", "talk_skipped")
_NOTHING = Picture(title="-")


@dataclass(frozen=True)
class Stands:
    """The seal of the decision that stands: since when, and whether what it rests on changed since then."""

    at: datetime
    is_changed: bool


_STANDING = SealedRecord.objects.filter(idea=OuterRef("pk"), decision__current=True)
# What is asked of the database along with an idea: the seal of the decision that stands.
SEAL: Mapping[str, Combinable] = {
    "sealed_json": Subquery(_STANDING.values("json")),
    "sealed_at": Subquery(_STANDING.values("sealed_at")),
}


def stands(idea: Idea, picture: Picture) -> Stands | None:
    """None where no decision stands, or one that was not sealed here. The idea was read along with its `SEAL`."""
    told: Any = idea
    return Stands(told.sealed_at, is_changed(read_again(told.sealed_json).picture, picture)) if told.sealed_at else None


@dataclass(frozen=True)
class Changed:
    """A part of the record that changed: what stood there and no longer does, and what stands there now."""

    chapter: str
    part: str
    was: tuple[str, ...]
    now: tuple[str, ...]


def basis(picture: Picture) -> Picture:
    """What a decision rests on."""
    decision = picture.decision and replace(
        picture.decision, **{name: getattr(Decision(value=picture.decision.value), name) for name in AFTER_A_DECISION}
    )
    evidence = tuple(one for one in picture.attachments if one.condition)
    indicators = tuple(replace(one, measures=()) for one in picture.indicators)
    return replace(
        picture,
        decision=decision,
        attachments=evidence,
        indicators=indicators,
        **{name: getattr(_NOTHING, name) for name in AFTERWARDS},
    )


def is_changed(sealed: Picture, now: Picture) -> bool:
    """Whether what the decision rests on is no longer what it was. A later reading of the temperature is none of it."""
    return basis(sealed) != basis(_with_reading_of(sealed, now))


def _with_reading_of(sealed: Picture, now: Picture) -> Picture:
    return replace(now, votes=sealed.votes) if sealed.votes in (now.votes, *now.earlier_votes) else now


def changes(sealed: Picture, now: Picture, settings: Settings) -> list[Changed]:
    """Each part of the record that changed, in the words of the dossier and in the language that is active."""
    was, is_now = _told(basis(sealed), settings), _told(basis(_with_reading_of(sealed, now)), settings)
    return [
        Changed(*place, *_apart(was.get(place, []), is_now.get(place, [])))
        for place in dict.fromkeys([*was, *is_now])
        if was.get(place) != is_now.get(place)
    ]


def _apart(was: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    steps = [step for step in SequenceMatcher(None, was, now, autojunk=False).get_opcodes() if step[0] != "equal"]
    gone = tuple(one for _, start, end, _, _ in steps for one in was[start:end])
    come = tuple(one for _, _, _, start, end in steps for one in now[start:end])
    return gone, come


def _told(picture: Picture, settings: Settings) -> dict[tuple[str, str], list[str]]:
    """What the dossier says, by chapter and part."""
    chapters = (chapter.of(picture, settings, []) for chapter in CHAPTERS)
    return {(gettext("The idea"), gettext("Title")): [picture.title]} | {
        (chapter.title, part.title): list(_in_words(part)) for chapter in chapters if chapter for part in chapter.parts
    }


def _in_words(part: Part) -> Iterator[str]:
    for block in part.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Rows():
            for row in block.rows:
                head = " · ".join(word for word in (row.head, row.remark) if word)
                yield from (_said(head, [line]) for line in row.lines)
                if not row.lines:
                    yield head
        case Grid():
            for cells in block.rows:
                told = (*cells.cells, *(piece.lines for piece in cells.below))
                yield " · ".join(word for word in (_said("", lines) for lines in told) if word)
        case Sentences():
            yield from (_said("", [line]) for line in block.lines)
        case Puzzle():
            for piece in block.rows:
                beside = zip(block.organisations, piece.cells, strict=True)
                brings = [f"{name}: {cell.word}" for (name, _), cell in beside]
                yield " · ".join(word for word in (piece.name, piece.kind, piece.nobody, *brings) if word)
        case Thermometer():
            yield block.alt


def _said(head: str, lines: Iterable[Line]) -> str:
    """What some lines say, on one line."""
    told = [
        " ".join(word for word in (line.label and f"{line.label}:", line.word, line.text, *line.rest) if word)
        for line in lines
    ]
    return ": ".join(word for word in (head, "; ".join(told)) if word)
