"""The verbs of the seal: to seal a decision, and the two exceptions, blacking out a passage and removal.

Each is one transaction or none. Source: design.md 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from checks.codes import Role, UnsealedFor, Verb
from checks.consistency import inconsistencies
from checks.picture import PICTURE, SIGNALS, SignalTold
from checks.words import Words
from ideas.models import Dossier, Export, Idea, NotNowError, SealedPages, SealedRecord, Unsealing
from ideas.organisation import settings_of
from ideas.picture import read_picture
from ideas.seal.record import FORMAT, Sealed, digest, read_again, written
from ideas.seal.tasks import make_pages
from ideas.signals.noticed import told_of

BLACK = "█"
SHORTEST_PASSAGE = 2
NOT_FOUND = Words(
    "Deze passage staat niet in het verzegelde dossier. Kopieer ze letterlijk.",
    "This passage is not in the sealed record. Copy it literally.",
)
IS_NO_TEXT = Words(
    "Deze passage staat ook in datums, in keuzes of in de naam van je organisatie. Neem een langer stuk van de zin.",
    "This passage also stands in dates, in choices or in the name of your organisation. "
    "Take a longer piece of the sentence.",
)


def seal(idea: Idea, signals: tuple[SignalTold, ...] | None = None) -> SealedRecord:
    """Freezes the record on which the current decision of this idea rests, as it stands now.

    `signals` are those that were in sight when it was taken, of which the decision itself silences some; without them
    those of now are told. A decision that came in from a file was not taken here and is never sealed: ValueError.
    """
    with transaction.atomic():
        decision = idea.decisions.get(current=True)
        if decision.imported:
            raise ValueError("an imported decision is never sealed")
        picture = read_picture(idea)
        earlier = idea.sealed.order_by("-pk").first()
        taken = [event for event in picture.transitions if event.verb is Verb.DECIDE]
        sealed = Sealed(
            record=uuid4(),
            sealed_at=timezone.now().replace(microsecond=0),
            role=taken[-1].role if taken else None,
            organisation=idea.organisation.name,
            settings=settings_of(idea.organisation),
            signals=told_of(idea, picture) if signals is None else signals,
            picture=picture,
            replaces=earlier.sha256 if earlier else "",
        )
        return _kept(sealed, idea_id=idea.pk, decision_id=decision.pk)


def _kept(sealed: Sealed, **of: int) -> SealedRecord:
    """Keeps a sealed record; the worker renders its pages."""
    kept = SealedRecord.objects.create(
        record=sealed.record,
        format=FORMAT,
        sealed_at=sealed.sealed_at,
        role=sealed.role,
        json=written(sealed),
        replaces=sealed.replaces,
        **of,
    )
    make_pages.enqueue(sealed_id=kept.pk)
    return kept


def black_out(idea: Idea, passage: str, *, role: Role, why: str) -> list[SealedRecord]:
    """Makes a passage unreadable in every sealed record of an idea where it stands; what is sealed anew is returned.

    What was sealed before is gone, pages included; its SHA-256 is kept, so that a file in hand can still be told to
    have been sealed. Raises `NotNowError` where the passage is not found, or where it stands in more than texts.
    """
    with transaction.atomic():
        found = [kept for kept in idea.sealed.select_for_update() if _blacked_out(read_again(kept.json), passage)]
        if len(passage) < SHORTEST_PASSAGE or not found:
            raise NotNowError(NOT_FOUND)
        Dossier.objects.filter(idea=idea).delete()
        Export.objects.holding(idea).delete()
        return [_sealed_anew(kept, passage, role, why) for kept in found]


def _sealed_anew(kept: SealedRecord, passage: str, role: Role, why: str) -> SealedRecord:
    sealed = _blacked_out(read_again(kept.json), passage)
    assert sealed is not None  # noqa: S101 (it was found there)
    of = {"idea_id": kept.idea_id, "decision_id": kept.decision_id}
    day = timezone.localdate()
    sealed = replace(sealed, replaces=kept.sha256, blacked_out=(*sealed.blacked_out, day))
    anew = written(sealed)
    _write_down(kept, UnsealedFor.BLACKOUT, role=role, why=why, becomes=digest(anew))
    _take_away(kept)
    return _kept(sealed, **of)


def _blacked_out(sealed: Sealed, passage: str) -> Sealed | None:
    """The record with this passage made unreadable, None where it is not there.

    Raises `NotNowError` where what is left is no record, since the passage stands in more than texts.
    """
    picture = PICTURE.dump_python(sealed.picture, mode="json", by_alias=True)
    signals = SIGNALS.dump_python(sealed.signals, mode="json")
    black = BLACK * len(passage)
    told = _with_black((picture, signals), passage, black)
    if told == [picture, signals]:
        return None
    try:
        blacked = replace(sealed, picture=PICTURE.validate_python(told[0]), signals=SIGNALS.validate_python(told[1]))
    except ValidationError as error:
        raise NotNowError(IS_NO_TEXT) from error
    if passage in sealed.organisation or set(inconsistencies(blacked.picture)) - set(inconsistencies(sealed.picture)):
        raise NotNowError(IS_NO_TEXT)
    return blacked


def _with_black(told: Any, passage: str, black: str) -> Any:
    match told:
        case str():
            return told.replace(passage, black)
        case Mapping():
            return {key: _with_black(value, passage, black) for key, value in told.items()}
        case Iterable():
            return [_with_black(value, passage, black) for value in told]
    return told


def remove(kept: SealedRecord, *, role: Role | None, why: str) -> None:
    """Removes a sealed record after the retention time. `role` is None where no person did it."""
    with transaction.atomic():
        SealedRecord.objects.select_for_update().get(pk=kept.pk)
        _write_down(kept, UnsealedFor.REMOVAL, role=role, why=why)
        _take_away(kept)


def _write_down(kept: SealedRecord, done: UnsealedFor, *, role: Role | None, why: str, becomes: str = "") -> None:
    Unsealing.objects.create(
        organisation_id=kept.idea.organisation_id,
        record=kept.record,
        sha256=kept.sha256,
        pages="\n".join(kept.pages.values_list("sha256", flat=True)),
        becomes=becomes,
        done=done,
        role=role,
        why=why,
    )


def _take_away(kept: SealedRecord) -> None:
    SealedPages.objects.filter(sealed=kept).delete()
    kept.delete()
