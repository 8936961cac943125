"""Taking a row away so that it can come back, with all that goes along with it; and the row as it was."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.crypto import salted_hmac

from ideas.forms import SavedForm, plain, version_of
from ideas.models import Alignment, Bundle, Change, Condition, Contribution, Goal, HasNotes, Partner, Piece, Review, Row
from ideas.models.past import record, stands_alone
from ideas.past.present import beside_of
from ideas.steps.row_forms import CARERS

# What the version calls all fields together that a member does not get to see.
HIDDEN = "hidden"


def remove(row: Row) -> Change | None:
    """Takes a row away. What it leaves behind is recorded in the same act, so that it comes back along with the row."""
    stands_alone()
    pk = row.pk
    match row:
        case Partner():
            _leaves_partner_behind(row)
        case Bundle():
            for activity in row.activities.all():
                activity.bundle = None
                activity.save()
            for alignment in Alignment.objects.filter(Q(bundle=row) | Q(other_bundle=row)):
                _leaves_conditions_behind(alignment)
        case Condition():
            for attachment in row.evidence.all():
                attachment.condition = None
                attachment.save()
        case Piece():
            record(row, by=(beside_of(row, "by"), []))
        case Goal():
            for indicator in row.indicators.all():
                indicator.goal = None
                indicator.save()
        case Review():
            record(row, benefits_seen=(beside_of(row, "benefits_seen"), []))
    _leaves_conditions_behind(row)
    row.delete()
    kind = ContentType.objects.get_for_model(row)
    removed = Change.objects.filter(idea=row.idea_id, content_type=kind, object_id=pk, action=Change.Action.DELETE)
    last: Change | None = removed.last()
    return last


def _leaves_partner_behind(partner: Partner) -> None:
    for brought in Contribution.objects.filter(partner=partner).select_related("piece"):
        was = beside_of(brought.piece, "by")
        record(brought.piece, by=(was, [one for one in was if one != str(partner.pk)]))
    for bundle in partner.bundles.all():
        bundle.lead = None
        bundle.save()


def _leaves_conditions_behind(row: Row) -> None:
    """What took care of a condition no longer does, and the condition says so."""
    for name, model in CARERS.items():
        if isinstance(row, model):
            for condition in Condition.objects.filter(**{name: row}):
                setattr(condition, name, None)
                condition.save(update_fields=[name])


def version_of_row(row: Row, form: SavedForm[Any]) -> str:
    """The version of all that a row says, also in fields that its form does not have; where it stands is no matter.

    What whoever gets the form may not see is in it as one keyed digest, from which no short note can be guessed.
    """
    recorded = {
        column.name: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.name not in {"id", "idea", "position"}
    }
    shown: Mapping[str, Any] = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    told = recorded | {name: value for name, value in shown.items() if name not in recorded}
    may_read = form.may_read_private_notes
    hidden = row.hidden_from(may_read_private_notes=may_read) if isinstance(row, HasNotes) else set()
    version = version_of((name, value) for name, value in told.items() if name not in hidden)
    return f"{version} {HIDDEN}:{_keyed(row, {name: told[name] for name in hidden})}" if hidden else version


def _keyed(row: Row, told: Mapping[str, Any]) -> str:
    """A digest of these fields of a row that only this server can make, and that is another one for another row."""
    said = [row._meta.label, row.pk, *((name, plain(told[name])) for name in sorted(told))]
    return salted_hmac("ideas.past.removing", repr(said), algorithm="sha256").hexdigest()


def changed_since(seen: str, version: str) -> set[str]:
    """The fields that say something else in this version than in the one that was seen."""
    return {told.partition(":")[0] for told in set(version.split()) ^ set(seen.split())}
