"""The picture of an idea, shaped into what the templates of the dossier print.

Everything that is recorded comes back here, but for the spread and the remarks of fewer than five votes, which
would tell who voted what (domain.md 2.2).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext

from checks.codes import DossierVersion
from checks.decision import Settings, is_decided
from checks.picture import Picture, SignalTold
from checks.puzzle import in_company
from checks.shared import shared
from checks.words import in_groups
from ideas.dossier.check import CHECKS, POINTS
from ideas.dossier.concretise import BUNDLES, INDICATORS, PUZZLE
from ideas.dossier.decide import DECISION, FOLLOWS
from ideas.dossier.explore import INFOFICHE
from ideas.dossier.history import ATTACHMENTS, DROPPED, WAY
from ideas.dossier.shapes import Record
from ideas.dossier.signals import signals_chapter
from ideas.dossier.summary import cover, shared_cover, summary
from ideas.dossier.wording import shorten
from ideas.wording import all_of, capital, day, say

CHAPTERS = (INFOFICHE, CHECKS, POINTS, PUZZLE, BUNDLES, INDICATORS, DECISION, FOLLOWS, WAY, DROPPED, ATTACHMENTS)
# The first part of the infofiche says where the idea stands inside.
FOR_PARTNERS = (replace(INFOFICHE, parts=INFOFICHE.parts[1:]), PUZZLE, BUNDLES)
LONGEST_RUNNING_HEAD = 64
# A record of fewer characters follows its summary on the same page.
SHORT_RECORD = 1800
# The name of the sealed record that is attached to a PDF.
ATTACHED = "record.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """That a dossier is the sealed record: when it was sealed, and the bytes that are attached, with their SHA-256."""

    at: datetime
    json: bytes
    sha256: str

    @property
    def code(self) -> str:
        """The SHA-256 as people compare it."""
        return in_groups(self.sha256)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a dossier needs besides the picture: the language, whose it is, its choices, the day of a draft, and the
    signals as they were then; the seal, where it is the record of a decision; and for whom it is."""

    language: str
    organisation: str
    settings: Settings
    day: date
    signals: tuple[SignalTold, ...] = ()
    seal: Seal | None = None
    version: DossierVersion = DossierVersion.FULL


def record(picture: Picture, frame: Frame, room: float = 1) -> Record:
    """The dossier of an idea. `room` is how long the texts of the summary may be, 1 being the most.

    For the board it is no more than cover and summary; for partners no more than what is shared with them.
    """
    whose = picture if picture.own_org else replace(picture, own_org=frame.organisation)
    with translation.override(frame.language):
        match frame.version:
            case DossierVersion.PARTNER:
                return _for_partners(shared(whose), frame)
            case DossierVersion.BOARD:
                return _for_the_board(_record(whose, frame, room))
        return _record(whose, frame, room)


def _for_the_board(whole: Record) -> Record:
    """Cover and summary, which points to no other page."""
    assert whole.summary  # noqa: S101 (only partners get none)
    rows = tuple(replace(row, lines=tuple(replace(line, more="") for line in row.lines)) for row in whole.summary.rows)
    brief = replace(whole.summary, lead=replace(whole.summary.lead, more=""), rows=rows)
    return replace(
        whole,
        cover=replace(whole.cover, kind=gettext("In two pages, for the board")),
        summary=brief,
        flowing=False,
        chapters=(),
        unused="",
        colophon="",
    )


def _for_partners(picture: Picture, frame: Frame) -> Record:
    """What is shared, as a dossier of its own: neither outcome nor summary, which say what is thought inside."""
    # Who is at the table brings what stands there; what is thought of that is not shared, so nothing is a "perhaps".
    puzzle = in_company(picture)
    told = (chapter.of(puzzle if chapter is PUZZLE else picture, frame.settings, []) for chapter in FOR_PARTNERS)
    return Record(
        language=frame.language,
        title=picture.title,
        running=shorten(picture.title, LONGEST_RUNNING_HEAD)[0],
        stamp=gettext("What we share, as it stood on %(day)s") % {"day": day(frame.day)},
        dated=frame.day.isoformat(),
        cover=shared_cover(picture, frame.organisation, frame.day, _sealed(frame)),
        summary=None,
        flowing=False,
        chapters=tuple(chapter for chapter in told if chapter),
        unused="",
        colophon="",
    )


def _record(picture: Picture, frame: Frame, room: float) -> Record:
    draft = not is_decided(picture)
    decided = picture.decision.date if picture.decision and not draft else None
    unused: list[str] = []
    told = (chapter.of(picture, frame.settings, unused) for chapter in CHAPTERS)
    chapters = tuple(chapter for chapter in (*told, signals_chapter(frame.signals)) if chapter)
    return Record(
        language=frame.language,
        title=picture.title,
        running=shorten(picture.title, LONGEST_RUNNING_HEAD)[0],
        stamp=_stamp(picture, decided, frame, draft=draft),
        dated=(decided or frame.day).isoformat(),
        cover=cover(picture, frame.settings, frame.organisation, draft=draft, on=frame.day, sealed=_sealed(frame)),
        summary=summary(picture, frame.settings, room, frame.signals),
        flowing=sum(part.length() for chapter in chapters for part in chapter.parts) < SHORT_RECORD,
        chapters=chapters,
        unused=gettext("Not filled in: %(parts)s.") % {"parts": all_of(unused)} if unused else "",
        colophon=gettext("In WerktSamen this idea is called “%(slug)s”.") % {"slug": picture.slug}
        if picture.slug
        else "",
    )


def _sealed(frame: Frame) -> tuple[str, ...]:
    """What the cover says of the seal: when, and the code of the record, which the full dossier has attached."""
    seal = frame.seal
    if seal is None:
        return ()
    when = {"day": day(seal.at.date()), "hour": f"{seal.at:%H:%M}"}
    sealed = gettext("Sealed on %(day)s at %(hour)s (UTC).") % when
    attached = gettext("The record is attached to this file as JSON.") if frame.version is DossierVersion.FULL else ""
    return (
        " ".join(word for word in (sealed, attached) if word),
        gettext("Code of the record (SHA-256): %(code)s") % {"code": seal.code},
    )


def _stamp(picture: Picture, decided: date | None, frame: Frame, *, draft: bool) -> str:
    if draft:
        words = gettext("Draft of %(day)s") % {"day": day(frame.day)}
    elif decided and picture.decision and picture.decision.imported:
        words = gettext("Imported decision of %(day)s") % {"day": day(decided)}
    elif decided:
        words = gettext("Decided on %(day)s") % {"day": day(decided)}
    else:
        words = capital(say(picture.status))
    exercise = gettext("exercise") if picture.test else ""
    confidential = gettext("confidential") if picture.confidential else ""
    sealed = gettext("sealed %(code)s") % {"code": frame.seal.code[:17]} if frame.seal else ""
    return " · ".join(word for word in (words, sealed, exercise, confidential) if word)
