"""Making a dossier in the background, and keeping it until the record changes."""

import gc
import json
import logging
from dataclasses import asdict
from hashlib import sha256

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from checks.codes import DossierVersion
from checks.decision import is_decided
from checks.picture import PICTURE, SIGNALS, Picture
from ideas.dossier.record import Frame
from ideas.models import Dossier, Idea
from ideas.organisation import settings_of
from ideas.picture import read_picture
from ideas.signals.noticed import told_of

# Raised with every change to how a dossier looks, so that none of an earlier look is kept.
FORMAT = 4

logger = logging.getLogger(__name__)


def ask_for(idea: Idea, language: str, version: DossierVersion = DossierVersion.FULL) -> Dossier:
    """This version of the dossier of an idea: the kept one where the record is still the same, else a new one.

    The worker makes it. One that is being made is not asked for again before the worker had its time; one that
    failed is.
    """
    picture = read_picture(idea)
    digest = digest_of(picture, frame_of(idea, language, picture, version))
    with transaction.atomic():
        dossier, _ = Dossier.objects.select_for_update().get_or_create(
            idea=idea, version=version, language=language, defaults={"failed": True}
        )
        if dossier.is_busy or (dossier.is_ready and dossier.digest == digest):
            return dossier
        dossier.digest, dossier.asked_at = digest, timezone.now()
        dossier.pdf, dossier.made_at, dossier.failed = None, None, False
        dossier.save(update_fields=["digest", "asked_at", "pdf", "made_at", "failed"])
        # The queue is in the same database: what is kept here and what is asked of the worker stand or fall together.
        make_dossier.enqueue(dossier_id=dossier.pk)
    return dossier


@task
def make_dossier(dossier_id: int) -> None:
    """Makes a dossier. Runs in the worker only."""
    dossier = Dossier.objects.select_related("idea__organisation").filter(pk=dossier_id).first()
    if dossier is None:
        return
    make(dossier)
    # Pages that refer to each other stay in memory until they are looked for: some 30 MB a worker.
    gc.collect()


def make(dossier: Dossier) -> bool:
    """Renders a dossier from the record as it stands now, unless that is done already; tells whether it stands.

    For the worker only.
    """
    # The web processes know the tasks that need this and never run them: they do without WeasyPrint and its memory.
    from ideas.dossier.render import pdf

    try:
        picture = read_picture(dossier.idea)
        frame = frame_of(dossier.idea, dossier.language, picture, dossier.version)
        digest = digest_of(picture, frame)
        if dossier.is_ready and dossier.digest == digest:
            return True
        dossier.pdf, dossier.digest = pdf(picture, frame), digest
        dossier.made_at, dossier.failed = timezone.now(), False
    except Exception:
        logger.exception("The dossier of idea %s could not be made.", dossier.idea_id)
        dossier.failed = True
    dossier.save(update_fields=["pdf", "digest", "made_at", "failed"])
    return not dossier.failed


def frame_of(idea: Idea, language: str, picture: Picture, version: DossierVersion = DossierVersion.FULL) -> Frame:
    """What the dossier of this idea needs besides its picture. A draft bears the day of today."""
    return Frame(
        language=language,
        organisation=idea.organisation.name,
        settings=settings_of(idea.organisation),
        day=timezone.localdate(),
        signals=told_of(idea, picture),
        version=version,
    )


def is_undated(picture: Picture, frame: Frame) -> bool:
    """Whether the dossier bears no day of today: it is dated by a decision. What is shared bears the day on which."""
    return is_decided(picture) and frame.version is not DossierVersion.PARTNER


def digest_of(picture: Picture, frame: Frame) -> str:
    """The SHA-256 of all that a dossier is made of; the day counts only where it is printed."""
    told = {
        "format": FORMAT,
        "picture": PICTURE.dump_python(picture, mode="json", by_alias=True),
        "language": frame.language,
        "version": frame.version,
        "organisation": frame.organisation,
        "settings": asdict(frame.settings),
        "signals": SIGNALS.dump_python(frame.signals, mode="json"),
        "day": None if is_undated(picture, frame) else frame.day.isoformat(),
    }
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
