"""Bringing back what was changed: all that one form changed becomes again what it was before."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models as db
from django.db.models import Model
from django.utils.translation import gettext as _

from checks.codes import Verdict
from checks.way import ALREADY_CLOSED
from ideas import models
from ideas.access import Act, Standing
from ideas.forms import plain
from ideas.models import Change, HasNotes, Idea, Row
from ideas.models.past import record, stands_alone
from ideas.past.earlier import Names, is_beside
from ideas.past.present import TICK_LISTS, Present, beside_of
from ideas.past.things import Thing, thing_of
from ideas.steps.control import suggestion_for
from ideas.steps.row_forms import US, free_name
from ideas.wording import say

# In this order rows come back, so that what another one names is there already.
FIRST = (
    models.Partner,
    models.Goal,
    models.Bundle,
    models.Piece,
    models.Activity,
    models.Alignment,
    models.Agreement,
    models.FollowUp,
    models.Indicator,
)


@dataclass
class Deed:
    """All that was changed with one form. `meant` is the change that is to be undone, the others go along with it.

    `only` names the one field that is meant, of a record that holds several things. Notes that the member does not get
    to see stay as they are, unless they come back with their row.
    """

    present: Present
    meant: Change
    standing: Standing
    only: str = ""
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.idea)

    @property
    def idea(self) -> Idea:
        return self.present.idea

    @cached_property
    def parts(self) -> "list[Part]":
        """What can be brought back of it, one part for each thing; what goes its own way is none of them."""
        parts = []
        for change in self.present.acts[self.meant.cid]:
            is_meant = change.pk == self.meant.pk
            thing = thing_of(self.present, change, self.only if is_meant else "")
            if thing and not (thing.edited and change.action == Change.Action.CREATE) and (is_meant or not thing.only):
                columns = [name for name in change.changes if _comes_back(thing, name, is_gone=_is_removal(change))]
                part = Part(self, change, thing, columns, is_meant)
                part.columns = [name for name in columns if name not in part.hidden]
                parts.append(part)
        return sorted(parts, key=Part.turn)

    @cached_property
    def acts(self) -> set[Act]:
        """The rights that it takes."""
        return {act for part in self.parts for act in part.acts}

    @property
    def meant_part(self) -> "Part | None":
        return next((part for part in self.parts if part.is_meant), None)

    @property
    def is_needed(self) -> bool:
        """Whether the thing itself stands otherwise than it did before."""
        return self.meant_part is not None and self.meant_part.is_otherwise

    @property
    def version(self) -> str:
        """A digest of what stands now where it would be brought back."""
        told = [(part.change.kind.__name__, part.change.object_id, part.stands) for part in self.parts]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    @property
    def may_be_undone(self) -> bool:
        """Whether this member may bring it back, and there is something to bring back."""
        return self.is_needed and all(self.standing.may(act) for act in self.acts)

    def undo(self) -> None:
        """Brings it back, in the transaction of the caller. Raises ValidationError with a word on why it cannot."""
        if self.idea.closed and any(part.change.kind is models.Decision for part in self.parts):
            raise ValidationError(say(ALREADY_CLOSED))
        stands_alone()
        for part in self.parts:
            part.bring_back()


@dataclass
class Part:
    """What one change did to one thing, and how to take that back."""

    deed: Deed
    change: Change
    thing: Thing
    columns: list[str]
    is_meant: bool

    def turn(self) -> tuple[bool, int, int]:
        """What is gone comes first, in the order in which one names another; then the rest, the other way round."""
        place = FIRST.index(self.change.kind) if self.change.kind in FIRST else len(FIRST)
        return not self.is_removal, place if self.is_removal else -place, self.change.pk

    @property
    def is_removal(self) -> bool:
        return _is_removal(self.change) and self.thing.edited is not None

    @property
    def acts(self) -> set[Act]:
        """The rights that it takes. A row comes back by the same right by which it was taken away."""
        return {self.thing.act} if self.is_removal else {self.thing.act_for(name) for name in self.columns}

    @property
    def hidden(self) -> set[str]:
        """The fields that this member does not get to change."""
        kind = self.change.kind
        if self.is_removal or not issubclass(kind, HasNotes) or self.deed.standing.may(Act.READ_PRIVATE_NOTES):
            return set()
        is_private = self.change.private or (isinstance(self.row, HasNotes) and self.row.notes_private)
        return {*kind.NOTES, "notes_private"} if is_private else {"notes_private"}

    @cached_property
    def row(self) -> Model | None:
        """What is recorded now, None where it is gone."""
        row: Model | None = self.deed.present.row(self.change)
        return row

    @property
    def stands(self) -> list[tuple[str, str]]:
        """What each field says now."""
        return (
            [("", "gone")]
            if self.row is None
            else [(name, self._plain(name, self._now(name))) for name in self.columns]
        )

    @property
    def is_otherwise(self) -> bool:
        if self.row is None:
            return True
        return not self.is_removal and any(
            self._plain(name, self._now(name)) != self._plain(name, self._was(name)) for name in self.columns
        )

    def bring_back(self) -> None:
        row = self.row
        if row is None:
            row = self.as_it_was()
            self._fit(row, self.columns)
            row.save(force_insert=True)
            beside = {name: self._was(name) for name in self.columns if self._is_beside(name)}
        elif self.is_removal:
            return
        else:
            told = self._what_to_take_back()
            beside = {name: value for name, value in told.items() if self._is_beside(name)}
            columns = [name for name in told if not self._is_beside(name)]
            for name in columns:
                _put(row, name, told[name])
            if columns:
                self._fit(row, columns)
                row.save()
        for name, value in beside.items():
            was = beside_of(row, name)
            beside_too = self._put_beside(row, name, value or [])
            record(row, **{name: (was, beside_of(row, name))}, **beside_too)

    def _is_beside(self, name: str) -> bool:
        return is_beside(self.change.kind, name)

    def as_it_was(self) -> Model:
        """What is gone, as it was; not saved."""
        row = self.change.kind(idea=self.deed.idea, pk=self.change.object_id)
        for name in self.columns:
            if not self._is_beside(name):
                _put(row, name, self._was(name))
        return row

    def _what_to_take_back(self) -> dict[str, Any]:
        """What each field becomes. Of what only went along, a field that changed again since stays as it is."""
        told: dict[str, Any] = {}
        for name in self.columns:
            was, became = self.change.changes[name]
            now = self._now(name)
            if self.is_meant or self._plain(name, now) == self._plain(name, became):
                told[name] = was
            elif self._is_beside(name):
                kept = [one for one in now if one in (was or ()) or one not in (became or ())]
                told[name] = kept + [one for one in was or () if one not in (became or ()) and one not in kept]
        return told

    def _put_beside(self, row: Any, name: str, told: list[str]) -> dict[str, tuple[Any, Any]]:
        """Sets what stands beside a thing; returns what is to be recorded of it besides."""
        match name:
            case "by":
                _put_by(row, told, self.deed)
            case "activities":
                home = self.change.changes.get("came_from", [{}])[0]
                return {"came_from": (_put_activities(row, told, home, self.deed), {})}
            case _:
                _put_ticks(row, name, told)
        return {}

    def _plain(self, name: str, value: Any) -> str:
        """What a value says, the same for one that is recorded as for one that stands."""
        if value is None or self._is_beside(name):
            return plain(value)
        column: Any = self.change.kind._meta.get_field(name)
        return plain(str(value) if isinstance(column, db.FileField) else column.to_python(value))

    def _was(self, name: str) -> Any:
        return self.change.changes[name][0]

    def _now(self, name: str) -> Any:
        if self.row is None:
            return None
        return self.deed.present.beside(self.row, name) if self._is_beside(name) else _column(self.row, name)

    def _fit(self, row: Model, columns: Iterable[str]) -> None:
        """Whether the rules for this thing let it be so. Raises ValidationError."""
        every = {column.name for column in row._meta.concrete_fields}
        try:
            row.clean_fields(exclude=every - {*columns})
            _RULES.get(type(row), _no_rule)(row, {*columns})
            row.validate_constraints()
        except ValidationError as error:
            raise ValidationError(self._kindly(error, row)) from error

    def _kindly(self, error: ValidationError, row: Model) -> list[str]:
        """What is wrong, in words that help."""
        told = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        return [self._in_words(name, one, row) for name, errors in told.items() for one in errors]

    def _in_words(self, name: str, error: ValidationError, row: Model) -> str:
        if error.code in {"unique", "unique_together"}:
            return _("There is one with the name “%(name)s” already.") % {"name": row}
        column = row._meta.get_field(name) if name in {column.name for column in row._meta.concrete_fields} else None
        if isinstance(column, db.ForeignKey):
            gone = self.deed.names.of(column.related_model, getattr(row, column.attname))
            return _("“%(name)s” is not there any more.") % {"name": gone}
        if error.code is None:
            return str(error.messages[0])
        return _("It no longer fits what stands there now.")


def _is_removal(change: Change) -> bool:
    return bool(change.action == Change.Action.DELETE)


def _comes_back(thing: Thing, name: str, *, is_gone: bool) -> bool:
    """Whether this field can be brought back: all of a row that is gone, of others what their form says."""
    if thing.only:
        return name == thing.only
    return name not in {"order", "came_from"} if is_gone and thing.edited else name in thing.columns


def _column(row: Model, name: str) -> Any:
    column = row._meta.get_field(name)
    return getattr(row, column.attname)  # type: ignore[union-attr]


def _put(row: Model, name: str, told: Any) -> None:
    """Sets a field to what was recorded of it."""
    column: Any = row._meta.get_field(name)
    if told is None:
        told = None if column.null else column.get_default()
    elif not isinstance(column, db.ForeignKey | db.FileField):
        told = column.to_python(told)
    setattr(row, column.attname if isinstance(column, db.ForeignKey) else name, told)


# ---------- what stands beside a thing


def _put_by(piece: models.Piece, told: list[str], deed: Deed) -> None:
    _must_be_there(models.Partner, [pk for pk in told if pk != US], deed)
    piece.contributions.all().delete()
    models.Contribution.objects.bulk_create(
        models.Contribution(idea=deed.idea, piece=piece, partner_id=None if pk == US else int(pk), position=place)
        for place, pk in enumerate(told)
    )


def _put_activities(bundle: models.Bundle, told: list[str], home: Mapping[str, int], deed: Deed) -> dict[str, int]:
    """Fills a bundle; what leaves it goes home to where it came from. Returns out of which bundles others came."""
    _must_be_there(models.Activity, told, deed)
    activities = models.Activity.objects.filter(idea=deed.idea)
    come = activities.filter(pk__in=told).exclude(bundle=None).exclude(bundle=bundle)
    came_from = {str(activity.pk): activity.bundle_id for activity in come if activity.bundle_id}
    leave = list(activities.filter(bundle=bundle).exclude(pk__in=told))
    homes = set(models.Bundle.objects.filter(idea=deed.idea, pk__in=home.values()).values_list("pk", flat=True))
    for activity in leave:
        to = home.get(str(activity.pk))
        activity.bundle_id = to if to in homes else None
    models.Activity.objects.bulk_update(leave, ["bundle"])
    activities.filter(pk__in=told).update(bundle=bundle)
    return came_from


def _put_ticks(row: Any, name: str, told: list[str]) -> None:
    idea, review = (row, None) if isinstance(row, Idea) else (row.idea, row)
    models.Tick.objects.filter(idea=idea, review=review, list=TICK_LISTS[name]).delete()
    models.Tick.objects.bulk_create(
        models.Tick(idea=idea, review=review, list=TICK_LISTS[name], code=code, position=place)
        for place, code in enumerate(told)
    )


def _must_be_there(kind: type[Row], told: list[str], deed: Deed) -> None:
    stands = {str(pk) for pk in kind._default_manager.filter(idea=deed.idea).values_list("pk", flat=True)}
    gone = [deed.names.of(kind, pk) for pk in told if pk not in stands]
    if gone:
        raise ValidationError([_("“%(name)s” is not there any more.") % {"name": name} for name in gone])


# ---------- the rules of the forms


def _no_rule(_row: Any, _columns: set[str]) -> None:
    pass


def _partner(partner: Any, columns: set[str]) -> None:
    if "name" in columns:
        free_name(partner.name, partner.idea)


def _control(told: Any, columns: set[str]) -> None:
    if told.verdict is not Verdict.QUESTION_MARKS:
        told.back_to_step = None
    suggestion = suggestion_for(told.idea)
    if told.verdict and suggestion and told.verdict != suggestion.verdict and not told.note:
        raise ValidationError(
            _("The lists point to “%(words)s”. Say in a sentence why you see it differently.")
            % {"words": say(suggestion.verdict)}
        )


_RULES: Mapping[type[Model], Any] = {models.Partner: _partner, models.Control: _control}
