"""What was changed, as a page shows it: who, when, and per field from what to what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models as db
from django.db.models import Model
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from checks.catalogue import QUESTIONS, STEPS, QuestionType
from checks.codes import Benefit, Objection, Theme
from checks.words import Code
from ideas import models
from ideas.differences import Span, differences
from ideas.fields import CodeField
from ideas.forms import plain
from ideas.models import Change, HasNotes, Idea
from ideas.past.present import Present
from ideas.past.things import TEAM, Thing
from ideas.steps.answers import codes_of
from ideas.steps.row_forms import CARERS, US, ProcessIndicatorForm
from ideas.wording import all_of, asked, capital, day, euro, say
from people.models import Member

type Pair = tuple[Any, Any]

# What is recorded beside a thing: ticks, and rows of another list.
TICKED: Mapping[str, type[Code]] = {
    "themes": Theme,
    "benefits": Benefit,
    "objections": Objection,
    "benefits_seen": Benefit,
}
LISTED: Mapping[str, type[Model]] = {"by": models.Partner, "activities": models.Activity}
# What another row can name, and the fields that say what one of them is called.
NAMED: tuple[type[Model], ...] = (models.Partner, models.Activity, models.Goal, *CARERS.values())
SAID_FIRST = ("name", "text", "what")
# Of these the form asks one thing, which is recorded in two fields.
ONE_OF_TWO = {models.Bundle: ("led_by", "lead", "led_by_us"), models.Indicator: ("level", "partner", "for_us")}
# As many characters as a text takes within a sentence or on a button.
SHORT = 60
QUESTIONED = {"question", "deciding_question"}


@dataclass(frozen=True)
class FieldChange:
    """One field that became something else; nothing at all is an empty list. Of a text, the words that differ."""

    name: str
    label: str
    was: list[Span]
    became: list[Span]


@dataclass(frozen=True)
class Earlier:
    """One change, as it is shown. `hides_note` tells that a note changed that this member does not get to see.

    `version` is that of what stands now, for whoever brings it back; empty where that is not offered. `named` is what
    the row is called that came or went.
    """

    change: Change
    who: str
    fields: list[FieldChange]
    hides_note: bool
    is_row: bool = False
    version: str = ""
    named: str = ""

    @property
    def is_new(self) -> bool:
        """Whether this is how a row came."""
        return self.is_row and self.change.action == Change.Action.CREATE

    @property
    def is_gone(self) -> bool:
        """Whether this is how a row went."""
        return self.is_row and self.change.action == Change.Action.DELETE

    @property
    def brings(self) -> str:
        """What comes back with it, in short: the row, the one thing that it said, or the fields by their names."""
        if self.is_gone:
            return in_short(self.named)
        if len(self.fields) == 1:
            return in_short("".join(span.words for span in self.fields[0].was))
        return all_of(f"“{told.label}”" for told in self.fields if told.label)

    @property
    def empties(self) -> bool:
        """Whether what comes back is that it said nothing."""
        return not self.is_gone and len(self.fields) == 1 and not self.fields[0].was


def in_short(text: str) -> str:
    """The head of a text, in quotes; nothing for nothing."""
    return f"“{Truncator(' '.join(text.split())).chars(SHORT)}”" if text.strip() else ""


def said_first(kind: type[Model]) -> str:
    """The field that says what a row of this model is called."""
    columns = {column.name for column in kind._meta.concrete_fields}
    return next(name for name in SAID_FIRST if name in columns)


@dataclass
class Names:
    """The names of the rows that a change can name, also of those that are gone."""

    idea: Idea
    known: dict[type[Model], dict[int, str]] = field(default_factory=dict)

    @cached_property
    def _gone(self) -> dict[type[Model], dict[int, str]]:
        kinds = ContentType.objects.get_for_models(*NAMED)
        told: dict[type[Model], dict[int, str]] = defaultdict(dict)
        removed = Change.objects.filter(
            idea=self.idea, content_type__in=kinds.values(), action=Change.Action.DELETE
        ).values_list("content_type", "object_id", *(f"changes__{said}__0" for said in SAID_FIRST))
        models_by_id = {content_type.pk: kind for kind, content_type in kinds.items()}
        for content_type, object_id, *said in removed:
            told[models_by_id[content_type]][object_id] = next(filter(None, said), "")
        return told

    def of(self, kind: type[Model], pk: Any) -> str:
        """The name of a row, or the organisation's own for `us`."""
        if pk == US:
            return self.idea.organisation.name
        if not str(pk).isdecimal():
            return ""
        if kind not in self.known:
            here = {"organisation": self.idea.organisation_id} if kind is Member else {"idea": self.idea}
            rows = kind._default_manager.filter(**here).values_list("pk", said_first(kind))
            self.known[kind] = dict(rows)
        return self.known[kind].get(int(pk)) or self._gone[kind].get(int(pk)) or _("something that is gone")


def folded(kind: type[Model], changes: Mapping[str, list[Any]]) -> dict[str, Pair]:
    """What changed, in the fields of the form in which it is changed."""
    told: dict[str, Pair] = {name: (pair[0], pair[1]) for name, pair in changes.items()}
    if kind in ONE_OF_TWO:
        name, other, us = ONE_OF_TWO[kind]
        if other in told or us in told:
            ids, ours = told.pop(other, (None, None)), told.pop(us, (False, False))
            told[name] = tuple(US if of_us else str(pk or "") for pk, of_us in zip(ids, ours, strict=True))  # type: ignore[assignment]
    if kind is models.Attachment and told.keys() & {"file", "sha256"}:
        told["file"] = _files(told)
    told.pop(TEAM[0], None)
    return told


def _files(told: Mapping[str, Pair]) -> Pair:
    """A file by its name and size, and by its digest where those say the same."""
    names, sizes, digests = (told.get(name, ("", "")) for name in ("file", "size", "sha256"))
    unnamed = _("file")
    both = [
        f"{name or unnamed} ({filesizeformat(size)})" if name or size else ""
        for name, size in zip(names, sizes, strict=True)
    ]
    if both[0] == both[1]:
        both = [f"{told} {str(digest)[:8]}" for told, digest in zip(both, digests, strict=True)]
    return both[0], both[1]


def is_beside(kind: type[Model], name: str) -> bool:
    """Whether this is recorded beside a thing, rather than in a field of its own."""
    return (name in TICKED or name in LISTED) and name not in {column.name for column in kind._meta.concrete_fields}


def is_text(thing: Thing, name: str) -> bool:
    """Whether people write it in words of their own."""
    if thing.kind is models.Answer and name == "value":
        return QUESTIONS[(thing.found_by or {})["question"]].type is QuestionType.TEXT
    if name not in {column.name for column in thing.kind._meta.concrete_fields} or name in QUESTIONED:
        return False
    column = thing.kind._meta.get_field(name)
    return isinstance(column, db.CharField | db.TextField) and not isinstance(column, CodeField | db.FileField)


def in_words(thing: Thing, name: str, value: Any, names: Names) -> str:
    """What a recorded value says, in the language of the page."""
    if is_beside(thing.kind, name):
        if name in TICKED:
            return all_of(say(code) for code in TICKED[name] if code.value in (value or ()))
        return all_of(names.of(LISTED[name], pk) for pk in value or ())
    if name == "level" and not value:
        return str(ProcessIndicatorForm.for_nobody)
    if name in {"led_by", "level"}:
        return names.of(models.Partner, value)
    if value is None or value == "" or name == "file":
        return str(value or "")
    return _of_column(thing, name, value, names)


def _of_column(thing: Thing, name: str, value: Any, names: Names) -> str:
    if thing.kind is models.Answer and name == "value":
        codes = codes_of(QUESTIONS[(thing.found_by or {})["question"]]) if not is_text(thing, name) else []
        return next((capital(say(code)) for code in codes if code.value == value), str(value))
    if name in QUESTIONED:
        return asked(str(value))
    if name == "step":
        return f"{value}. {say(STEPS[int(value)])}"
    match thing.kind._meta.get_field(name):
        case CodeField() as column:
            return capital(say(column.codes(value)))
        case db.ForeignKey() as column:
            return names.of(column.related_model, value)
        case db.DateField():
            return day(date.fromisoformat(value))
        case db.DecimalField():
            return euro(Decimal(value))
        case db.BooleanField():
            return _("yes") if value else _("no")
        case _:
            return str(value)


@dataclass(frozen=True)
class Reader:
    """Reads changes for one member."""

    present: Present
    may_read_private_notes: bool
    names: Names

    def read(self, thing: Thing, changes: Iterable[Change]) -> list[Earlier]:
        """Those of these changes by which something differs in the end; a row that comes or goes always does."""
        told = [self._read(thing, change) for change in changes]
        return [one for one in told if one.fields or one.hides_note or one.is_new or one.is_gone]

    def hidden(self, change: Change) -> set[str]:
        """The fields of this change that this member does not get to see."""
        kind = change.kind
        if self.may_read_private_notes or not issubclass(kind, HasNotes):
            return set()
        return {*kind.NOTES, "notes_private"} if change.private or self._is_private(change) else {"notes_private"}

    def _is_private(self, change: Change) -> bool:
        """Whether the notes of what was changed are for follower and policy team only now, or were when it went."""
        row = self.present.row(change)
        if row is not None:
            return bool(row.notes_private)
        return any(removal.private for removal in self.present.removals(change))

    def _read(self, thing: Thing, change: Change) -> Earlier:
        told = folded(thing.kind, change.changes)
        differs = {name: told[name] for name in thing.labels if name in told and _differ(*told[name])}
        hidden = self.hidden(change)
        return Earlier(
            change,
            change.actor.name if change.actor else capital(say(change.role)) or _("Somebody"),
            [self._field(thing, name, pair) for name, pair in differs.items() if name not in hidden],
            hides_note=bool(differs.keys() & (hidden - {"notes_private"})),
            is_row=thing.edited is not None,
            named=thing.named,
        )

    def _field(self, thing: Thing, name: str, pair: Pair) -> FieldChange:
        texts = [in_words(thing, name, value, self.names) for value in pair]
        if is_text(thing, name):
            was, became = differences(*texts)
        else:
            was, became = ([Span(text, differs=True)] if text else [] for text in texts)
        return FieldChange(name, str(thing.labels[name]), was, became)


def _differ(was: Any, became: Any) -> bool:
    return plain(was) != plain(became)
