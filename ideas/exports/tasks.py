"""Making an export in the background, an idea at a time, so that other work comes in between."""

import gc
import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import batched
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from checks.codes import DossierVersion, ExportKind
from checks.picture import Picture
from ideas.access import ideas_for, ideas_to_take_along
from ideas.dossier.tasks import make
from ideas.dossier.views import name_of
from ideas.models import Dossier, Export, Idea, SealedPages
from ideas.models.export import AT_ONCE
from ideas.picture import read, read_pictures
from ideas.seal.since import SEAL, stands
from people.models import Member

# How many ideas of a list are read at once.
BATCH = 20
# What the file in a ZIP is called that names what did not come in.
READ_ME = {"nl": "LEESMIJ.txt", "en": "README.txt"}

logger = logging.getLogger(__name__)


class TooManyError(Exception):
    """So many exports of this member are being made that no other one is begun."""


def ask_for(member: Member, kind: ExportKind, language: str, ideas: Sequence[int]) -> Export:
    """Asks the worker for an export of these ideas. Raises TooManyError."""
    with transaction.atomic():
        _hold_to_most(member)
        export = Export.objects.create(member=member, kind=kind, language=language, ideas=list(ideas))
        _ask_worker(export)
    return export


def ask_again(export: Export) -> None:
    """Asks the worker to make it from the start, as things stand now. Raises TooManyError."""
    with transaction.atomic():
        _hold_to_most(export.member)
        export.asked_at = export.moved_at = timezone.now()
        export.done, export.parts, export.made_at, export.file, export.failed = 0, {}, None, None, False
        export.save()
        _ask_worker(export)


def _hold_to_most(member: Member) -> None:
    Member.objects.select_for_update().get(pk=member.pk)
    if Export.objects.filter(member=member).at_work().count() >= AT_ONCE:
        raise TooManyError


def _ask_worker(export: Export) -> None:
    # The queue is in the same database: what is noted here and what is asked of the worker stand or fall together.
    make_next.enqueue(export_id=export.pk, asked=export.asked_at.isoformat())


@task
def make_next(export_id: int, asked: str) -> None:
    """Makes the next part of the export that was asked for at this moment, or at the end its file."""
    asked_then = Export.objects.filter(pk=export_id, asked_at=datetime.fromisoformat(asked), made_at=None, failed=False)
    export = asked_then.select_related("member__organisation").first()
    if export is None:
        return
    try:
        if export.kind is ExportKind.LISTS:
            _finish(export, _lists(export))
        elif export.done < export.total:
            _take_in(export, export.ideas[export.done])
        else:
            _finish(export, _zip(export))
    except Exception:
        logger.exception("Export %s could not be made.", export.pk)
        asked_then.update(failed=True)
    gc.collect()


def _take_in(export: Export, idea_id: int) -> None:
    """Makes the dossier of the next idea, if it is one that may come in, and asks for the one after it."""
    idea = _may_come_in(export, [idea_id]).first()
    if idea:
        try:
            sealed = _sealed_pages(idea, export)
            if sealed or _is_kept(idea, export):
                export.parts[str(idea.pk)] = sealed
        except Exception:
            logger.exception("The dossier of idea %s did not come in export %s.", idea.pk, export.pk)
    with transaction.atomic():
        if _moved(export, export.done + 1):
            _ask_worker(export)


def _may_come_in(export: Export, ids: Collection[int]) -> QuerySet[Idea]:
    """Of these ideas those that whoever asked may take along now."""
    if not Member.objects.present().filter(pk=export.member_id).exists():
        return Idea.objects.none()
    return ideas_to_take_along(export.member).select_related("organisation").filter(pk__in=ids).order_by("pk")


def _moved(export: Export, done: int, **more: object) -> bool:
    """Notes how far it is, unless it was asked for again meanwhile or is gone; tells whether that was so."""
    export.done, export.moved_at = done, timezone.now()
    same = Export.objects.filter(pk=export.pk, asked_at=export.asked_at)
    return bool(same.update(done=done, moved_at=export.moved_at, parts=export.parts, **more))


def _finish(export: Export, file: bytes) -> None:
    if not export.parts:
        _moved(export, export.total, failed=True)
    else:
        _moved(export, export.total, file=file, made_at=timezone.now())


# ---------- dossiers in a ZIP


def _version(export: Export) -> DossierVersion:
    return DossierVersion(export.kind)


def _sealed_pages(idea: Idea, export: Export) -> int | None:
    """The id of the sealed pages, where the sealed record is still what stands."""
    reading = read([idea.pk], also=SEAL)[idea.pk]
    seal = stands(reading.idea, reading.whole())
    if seal is None or seal.is_changed:
        return None
    pages = SealedPages.objects.filter(
        sealed__idea=idea, sealed__decision__current=True, version=_version(export), language=export.language
    )
    return pages.values_list("pk", flat=True).order_by("pk").last()


def _is_kept(idea: Idea, export: Export) -> bool:
    """Whether the dossier of what stands now is kept, or could be made."""
    told = {"idea": idea, "version": _version(export), "language": export.language}
    dossier, _ = Dossier.objects.get_or_create(**told, defaults={"failed": True})
    return make(dossier)


def _zip(export: Export) -> bytes:
    """The PDFs, by the names of their ideas, and a text that names the ideas that did not come in."""
    into, named = BytesIO(), set[str]()
    allowed = {idea.pk: idea for idea in _may_come_in(export, export.holds)}
    with ZipFile(into, "w", ZIP_STORED) as zipped:
        for pk, sealed in list(export.parts.items()):
            idea = allowed.get(int(pk))
            pdf = _pdf(idea, export, sealed) if idea else None
            if idea is None or pdf is None:
                del export.parts[pk]
                continue
            zipped.writestr(_entry(_unique(f"{name_of(idea, _version(export))}-{export.language}", named), export), pdf)
        export.done = export.total
        if export.left_out:
            zipped.writestr(_entry(READ_ME[export.language], export), _read_me(export))
    return into.getvalue()


def _pdf(idea: Idea, export: Export, sealed: int | None) -> bytes | None:
    """The pages as they are kept, None where these are gone meanwhile."""
    if sealed:
        pages = SealedPages.objects.filter(pk=sealed, sealed__idea=idea).first()
        return bytes(pages.pdf) if pages and pages.pdf else None
    kept = Dossier.objects.filter(idea=idea, version=_version(export), language=export.language).first()
    return bytes(kept.pdf) if kept and kept.pdf else None


def _unique(name: str, named: set[str]) -> str:
    """The name of a PDF that no other one in the ZIP has."""
    names = (f"{name}{more}.pdf" for more in ("", *(f"-{number}" for number in range(2, len(named) + 3))))
    free = next(one for one in names if one not in named)
    named.add(free)
    return free


def _entry(name: str, export: Export) -> ZipInfo:
    return ZipInfo(name, timezone.localtime(export.asked_at).timetuple()[:6])


def _read_me(export: Export) -> str:
    with translation.override(export.language):
        told = [gettext("These ideas did not come in:"), *(f"- {title}" for title in titles_left_out(export))]
        return "\r\n".join([*told, ""])


def titles_left_out(export: Export) -> list[str]:
    """The ideas that did not come in, by title; those that the member may not read (any more) are only counted."""
    left_out = export.left_out
    known = ideas_for(export.member).filter(pk__in=left_out).order_by("pk").values_list("title", flat=True)
    titles = list(known) if left_out else []
    if unknown := len(left_out) - len(titles):
        titles.append(
            ngettext(
                "%(count)d idea that you may no longer read or that is gone",
                "%(count)d ideas that you may no longer read or that are gone",
                unknown,
            )
            % {"count": unknown}
        )
    return titles


# ---------- lists


def _lists(export: Export) -> bytes:
    # The web processes do without this as well.
    from ideas.exports.lists import workbook

    return workbook(list(_pictures(export)), export.language, export.asked_at)


def _pictures(export: Export) -> Iterator[Picture]:
    for ids in batched(export.ideas, BATCH):
        pictures = read_pictures([idea.pk for idea in _may_come_in(export, ids)])
        export.parts |= {str(pk): None for pk in sorted(pictures)}
        yield from (pictures[pk] for pk in sorted(pictures))
        _moved(export, export.done + len(ids))
