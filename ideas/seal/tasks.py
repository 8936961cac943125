"""Rendering the pages of a sealed record, in the worker, from the record alone."""

import gc
from itertools import product

from django.tasks import task
from django.utils import timezone

from checks.codes import DossierVersion
from ideas.dossier.record import Frame, Seal
from ideas.models import SealedPages, SealedRecord
from ideas.models.dossier import Language
from ideas.seal.record import Sealed, read_again


@task
def make_pages(sealed_id: int) -> None:
    """Renders the pages of a sealed record that are not there yet. Runs in the worker only."""
    # The web processes know this task and never run it: they do without WeasyPrint and its memory.
    from ideas.dossier.render import pdf

    kept = SealedRecord.objects.filter(pk=sealed_id).first()
    if kept is None:
        return
    sealed = read_again(kept.json)
    there = set(kept.pages.values_list("version", "language"))
    for version, language in product(DossierVersion, Language):
        if (version, language) not in there:
            made = pdf(sealed.picture, frame_of(sealed, kept, language, version))
            SealedPages.objects.create(sealed=kept, version=version, language=language, pdf=made)
    gc.collect()


def frame_of(sealed: Sealed, kept: SealedRecord, language: str, version: DossierVersion = DossierVersion.FULL) -> Frame:
    """What the dossier of a sealed record needs besides its picture: nothing that is not in the record."""
    return Frame(
        language=language,
        organisation=sealed.organisation,
        settings=sealed.settings,
        day=timezone.localdate(sealed.sealed_at),
        signals=sealed.signals,
        seal=Seal(sealed.sealed_at, kept.json.encode(), kept.sha256),
        version=version,
    )
