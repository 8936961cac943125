"""The picture of an idea, shaped into what the templates of the dossier print.

Everything that is recorded comes back here, but for the spread and the remarks of fewer than five votes, which
would tell who voted what (domain.md 2.2).
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext

from checks.decision import DECIDED, Settings
from checks.picture import Picture, SignalTold
from ideas.dossier.check import CHECKS, POINTS
from ideas.dossier.concretise import BUNDLES, INDICATORS, PUZZLE
from ideas.dossier.decide import DECISION, FOLLOWS
from ideas.dossier.explore import INFOFICHE
from ideas.dossier.history import ATTACHMENTS, DROPPED, WAY
from ideas.dossier.shapes import Record
from ideas.dossier.signals import signals_chapter
from ideas.dossier.summary import cover, summary
from ideas.dossier.wording import shorten
from ideas.wording import all_of, capital, day, say

CHAPTERS = (INFOFICHE, CHECKS, POINTS, PUZZLE, BUNDLES, INDICATORS, DECISION, FOLLOWS, WAY, DROPPED, ATTACHMENTS)
LONGEST_RUNNING_HEAD = 64
# A record of fewer characters follows its summary on the same page.
SHORT_RECORD = 1800


@dataclass(frozen=True, slots=True)
class Frame:
    """What a dossier needs besides the picture: the language, whose it is, its choices, the day of a draft, and the
    signals as they were then."""

    language: str
    organisation: str
    settings: Settings
    day: date
    signals: tuple[SignalTold, ...] = ()


def record(picture: Picture, frame: Frame, room: float = 1) -> Record:
    """The whole dossier of an idea. `room` is how long the texts of the summary may be, 1 being the most."""
    with translation.override(frame.language):
        return _record(picture if picture.own_org else replace(picture, own_org=frame.organisation), frame, room)


def _record(picture: Picture, frame: Frame, room: float) -> Record:
    draft = picture.status not in DECIDED
    decided = picture.decision.date if picture.decision and not draft else None
    unused: list[str] = []
    told = (chapter.of(picture, frame.settings, unused) for chapter in CHAPTERS)
    chapters = tuple(chapter for chapter in (*told, signals_chapter(frame.signals)) if chapter)
    return Record(
        language=frame.language,
        title=picture.title,
        running=shorten(picture.title, LONGEST_RUNNING_HEAD)[0],
        stamp=_stamp(picture, decided, frame.day, draft=draft),
        dated=(decided or frame.day).isoformat(),
        cover=cover(picture, frame.settings, frame.organisation, draft=draft, on=frame.day),
        summary=summary(picture, frame.settings, room, frame.signals),
        flowing=sum(part.length() for chapter in chapters for part in chapter.parts) < SHORT_RECORD,
        chapters=chapters,
        unused=gettext("Not filled in: %(parts)s.") % {"parts": all_of(unused)} if unused else "",
        colophon=gettext("In WerktSamen this idea is called “%(slug)s”.") % {"slug": picture.slug}
        if picture.slug
        else "",
    )


def _stamp(picture: Picture, decided: date | None, today: date, *, draft: bool) -> str:
    if draft:
        words = gettext("Draft of %(day)s") % {"day": day(today)}
    elif decided and picture.decision and picture.decision.imported:
        words = gettext("Imported decision of %(day)s") % {"day": day(decided)}
    elif decided:
        words = gettext("Decided on %(day)s") % {"day": day(decided)}
    else:
        words = capital(say(picture.status))
    exercise = gettext("exercise") if picture.test else ""
    confidential = gettext("confidential") if picture.confidential else ""
    return " · ".join(word for word in (words, exercise, confidential) if word)
