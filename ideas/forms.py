"""What all forms on an idea have in common: kind texts, and noticing that something changed in between."""

import hashlib
import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditlog.context import disable_auditlog
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Field
from django.forms.widgets import ChoiceWidget
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from checks.picture import LINE_LENGTH, PRINTABLE, TEXT_LENGTH, VISIBLE
from checks.words import Code
from ideas.differences import BENEATH, ON_ONE_LINE, Span, differences, merged
from ideas.fields import CodeChoice, CodeField
from ideas.models import Change, HasNotes, Idea
from ideas.models.past import record_difference
from ideas.wording import all_of, asked, say
from people.models import Member

NOT_PRINTABLE = re.compile(PRINTABLE.replace("^[^", "[").replace("]*$", "]"))
THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
NO_CLIENT_NAMES = _("No names of clients, please.")
# What these fields are called on the screen, where their form says nothing else.
NAMED = {
    "conclusion": _("Conclusion"),
    "note": _("Note"),
    "notes_private": _("For the idea follower and the policy team only, not in the dossier"),
}


def printable(text: str) -> str:
    """The text with one kind of line end and without what no screen or paper can show."""
    return NOT_PRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Text(forms.CharField):
    """Text as people type it. What shows nothing at all counts as empty."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(printable(str(value or ""))) or ""
        return text if re.search(VISIBLE, text) else ""


class Line(Text):
    """Text on one line: pasted line ends become spaces."""

    def to_python(self, value: Any) -> str:
        return super().to_python(" ".join(str(value or "").split()))


class Amount(forms.DecimalField):
    """Euro, as people write it: 1250, 1.250,50, € 1250,50."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = re.sub(r"[\s€]|euro", "", value)
            if "," in value:
                value = value.replace(".", "").replace(",", ".")
            elif THOUSANDS.fullmatch(value):
                value = value.replace(".", "")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """As people of this language write it, without a mark between thousands."""
        if not isinstance(value, Decimal):
            return value
        return number_format(value, 0 if value == int(value) else 2, use_l10n=True)


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Lines(Text):
    """Several things, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        told = [line.strip() for line in super().clean(value).split("\n")]
        return list(dict.fromkeys(line for line in told if re.search(VISIBLE, line)))


class Ticks(forms.MultipleChoiceField):
    """Several of the choices, each of them once."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().clean(value)))


def form_field(field: "Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The form's field for a field of the database."""
    if field.name in NAMED:
        kwargs.setdefault("label", NAMED[field.name])
    if isinstance(field, CodeField):
        return field.formfield(**kwargs)
    match field:
        case models.TextField():
            told = {"form_class": Text, "max_length": TEXT_LENGTH, "help_text": NO_CLIENT_NAMES}
            return field.formfield(**{**told, "widget": forms.Textarea(attrs={"rows": 3}), **kwargs})
        case models.CharField() if not field.choices:
            return field.formfield(**{"form_class": Line, "max_length": field.max_length or LINE_LENGTH, **kwargs})
        case models.DateField():
            return field.formfield(**{"form_class": Day, **kwargs})
        case models.DecimalField():
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            return field.formfield(**{"form_class": Amount, "widget": widget, "min_value": 0, **kwargs})
        case _:
            return field.formfield(**kwargs)


MINE, THEIRS, MERGED = "mine", "theirs", "merged"
IN_BETWEEN = forms.ValidationError(_("Somebody changed this in the meantime."), code="in_between")


@dataclass(frozen=True)
class Between:
    """A field that somebody else changed while it was being changed: what was typed, and what stands there now.

    `differs` of each `Span` tells which words differ. `value` is what stands there, as a form sends it. `label` is
    empty where the form asks one thing only. `is_text` tells that people write it in words of their own, `is_choice`
    that they choose or tick it.
    """

    name: str
    label: str
    mine: list[Span]
    theirs: list[Span]
    value: str
    is_text: bool
    is_choice: bool


def plain(value: object) -> str:
    """What a field says, the same for what is recorded and for what was typed; nothing at all is empty."""
    match value:
        case None | False:
            return ""
        case models.Model():
            return str(value.pk)
        case list() | tuple():
            return "\n".join(sorted(str(one) for one in value))
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(value).replace("\r\n", "\n").strip()


def digest(value: object) -> str:
    """A short digest of what a field says, by which a change in between is noticed."""
    return hashlib.sha256(plain(value).encode()).hexdigest()[:12]


def version_of(shown: Iterable[tuple[str, object]]) -> str:
    """The version of what is shown: for each field its name and the digest of what it says."""
    return " ".join(f"{name}:{digest(value)}" for name, value in shown)


def _read_version(version: str) -> dict[str, str]:
    return dict(told.split(":", 1) for told in version.split() if ":" in told)


class SavedForm[M: models.Model](forms.ModelForm[M]):
    """A form on something recorded. A field that was changed by somebody else since the form was opened is not saved.

    It comes back with `version`, that of what it showed. Of a field that only one of the two changed, that change
    stands; where both changed it the form is refused, with `between`. Whoever saw that sends it again with a choice:
    `mine`, `theirs` or `merged`, each with the version of what they saw of these fields. Merged texts come in fields
    of their own. When they are refused they come back there as far as somebody changed them by hand; what was only
    proposed is put together anew. `lost` are notes of whom may not read them any more.
    `may_read_private_notes` decides whether notes for follower and policy team only can be seen and changed.
    """

    def __init__(self, data: Any = None, *args: Any, may_read_private_notes: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        self.choice = next((choice for choice in (MINE, THEIRS, MERGED) if data and data.get(choice)), None)
        self.chosen = _read_version(data[self.choice]) if self.choice else {}
        self.sent = data
        super().__init__(self._with_what_was_merged(data), *args, **kwargs)
        hidden = set()
        if isinstance(self.instance, HasNotes):
            hidden = self.instance.hidden_from(may_read_private_notes=may_read_private_notes)
        self.hidden = [name for name in hidden if self.fields.pop(name, None)]
        self.may_read_private_notes = may_read_private_notes
        self.was = copy(self.instance) if self.is_bound and self.instance.pk else None
        self.between: list[Between] = []
        self.left: dict[str, str] = {}
        self.lost: list[str] = []
        self.wrongly_merged: dict[str, list[forms.ValidationError]] = {}

    def _with_what_was_merged(self, data: Any) -> Any:
        if self.choice != MERGED:
            return data
        merged = data.copy()
        for name in self.chosen:
            merged.setlist(name, data.getlist(f"{MERGED}-{name}"))
        return merged

    def full_clean(self) -> None:
        super().full_clean()
        if self.choice == MERGED and self.was is not None and self.errors:
            self._keep_what_was_merged()

    def _keep_what_was_merged(self) -> None:
        """Puts what was merged back where it was typed, and what was typed before in the fields themselves."""
        self.data = self.sent
        known = {told.name for told in self.between}
        missing = [name for name in self.chosen if name in self._stands and name not in known]
        self.between += [self._between(name, None, self._stands[name]) for name in missing]
        as_data = self.errors.as_data()
        self.wrongly_merged = {name: as_data[name] for name in self.chosen if name in as_data}
        for name in self.wrongly_merged:
            del self.errors[name]
        if self.between and not self.is_in_between:
            self.add_error(None, IN_BETWEEN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.was is not None:
            self._compare(cleaned)
        return cleaned

    def _compare(self, cleaned: dict[str, Any]) -> None:
        """Leaves what only others changed as it stands, and refuses what both changed."""
        shown = _read_version(self.data.get("version", "")) | self.chosen
        for name, stands in self._stands.items():
            if name not in cleaned or shown.get(name) == digest(stands):
                if self.choice == THEIRS and name in self.chosen:
                    self._leave(name, cleaned)
            elif digest(cleaned[name]) == shown.get(name):
                self._leave(name, cleaned)
                self.left[name] = shown[name]
            elif plain(cleaned[name]) != plain(stands):
                self.between.append(self._between(name, cleaned[name], stands))
        if self.choice is None:
            self.lost = [str(self.data[name]) for name in self.hidden if self.data.get(name) and name in shown]
        if self.between or self.lost:
            self.add_error(None, IN_BETWEEN)

    def _leave(self, name: str, cleaned: dict[str, Any]) -> None:
        """Lets a field say what is recorded."""
        field = self.fields[name]
        try:
            cleaned[name] = field.clean(field.prepare_value(self._stands[name]))
            if clean := getattr(self, f"clean_{name}", None):
                cleaned[name] = clean()
        except forms.ValidationError:
            self.between.append(self._between(name, cleaned[name], self._stands[name]))

    def _between(self, name: str, mine: Any, theirs: Any) -> Between:
        if self.choice == MERGED and name in self.chosen:
            mine = self._typed_before(name)
        field = self.fields[name]
        is_text = isinstance(field, Text)
        texts = self._in_words(name, mine), self._in_words(name, theirs)
        both = differences(*texts) if is_text else tuple([Span(text, differs=True)] for text in texts)
        is_choice = isinstance(field.widget, ChoiceWidget | forms.CheckboxInput)
        return Between(name, self._label(name), both[0], both[1], plain(theirs), is_text, is_choice)

    def _typed_before(self, name: str) -> Any:
        """What was typed in the field itself, before it was put together with what somebody else made of it."""
        field = self.fields[name]
        told = field.widget.value_from_datadict(self.sent, self.files, self.add_prefix(name))
        try:
            return field.clean(told)
        except forms.ValidationError:
            return told

    def _label(self, name: str) -> str:
        """What tells this field from the others; nothing where there are no others."""
        return str(self.fields[name].label or "") if len(self.fields) > 1 else ""

    @cached_property
    def _stands(self) -> dict[str, Any]:
        """What is recorded now, field by field. A file has no version."""
        return {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if not isinstance(field, forms.FileField)
        }

    @property
    def stands(self) -> str:
        """The version of what is recorded now."""
        return version_of(self._stands.items())

    @property
    def seen(self) -> str:
        """The version of what others made of the fields in between, for whoever chooses."""
        return version_of((told.name, self._stands[told.name]) for told in self.between) or "seen:"

    @property
    def merged(self) -> list[forms.BoundField]:
        """A field for each of those that both changed, in which the two are put together; none where none is a text."""
        if not any(told.is_text for told in self.between):
            return []
        auto_id = f"{self._meta.model._meta.model_name}-{self.instance.pk}-%s"
        typed = self.sent.copy() if self.is_merging else None
        form = forms.Form(typed, prefix=MERGED, label_suffix="", auto_id=auto_id)
        for told in self.between:
            field = copy(self.fields[told.name])
            field.label, field.help_text = told.label or _("The two together"), ""
            field.required = False
            form.fields[told.name] = field
            together = self._together(told)
            form.initial[told.name] = together
            if typed is not None and not self._is_by_hand(told.name):
                typed.setlist(form.add_prefix(told.name), together if isinstance(together, list) else [together or ""])
        for name, problems in self.wrongly_merged.items():
            if name not in form.errors:
                form.add_error(name, problems)
        return list(form)

    @property
    def proposed(self) -> str:
        """The version of the texts as they are put together here, to know when somebody changed them by hand."""
        return version_of((told.name, self._together(told)) for told in self.between if told.is_text)

    def _together(self, told: Between) -> Any:
        """What stands in the field in which the two are put together, as long as nobody typed there."""
        if not told.is_text:
            return self[told.name].value()
        is_line = isinstance(self.fields[told.name], Line)
        return merged(told.mine, told.theirs, ON_ONE_LINE if is_line else BENEATH)

    def _is_by_hand(self, name: str) -> bool:
        """Whether what was put together is somebody's own, and not what this form proposed to them."""
        typed = self.sent.get(f"{MERGED}-{name}", "")
        return name in self.chosen and _read_version(self.sent.get("proposed", "")).get(name) != digest(typed)

    @property
    def is_only_text(self) -> bool:
        """Whether what both changed is written in words of their own, all of it."""
        return all(told.is_text for told in self.between)

    @property
    def is_merging(self) -> bool:
        """Whether it is refused although the two were put together already."""
        return self.choice == MERGED and bool(self.between)

    @property
    def says(self) -> str:
        """What both changed, by the names of the fields; nothing where it is only what the form asks first."""
        if not any(told.label for told in self.between):
            return ""
        answer = gettext("Answer")
        return all_of(f"“{told.label or answer}”" for told in self.between)

    def save(self, commit: bool = True) -> M:
        if self.was is None:
            return super().save(commit)
        with disable_auditlog():
            saved = super().save(commit)
        record_difference(self.was, saved)
        return saved

    def once_saved(self) -> "SavedForm[M]":
        """The same form on what is recorded after saving."""
        return type(self)(instance=self.instance, may_read_private_notes=self.may_read_private_notes)

    def on_screen(self, version: str) -> str:
        """This version of what is recorded, but of what only others changed as the page still shows it."""
        return " ".join(f"{name}:{told}" for name, told in (_read_version(version) | self.left).items())

    @property
    def version(self) -> str:
        """What to send back: the version that was shown, as long as what was typed is not saved."""
        return str(self.data.get("version", "")) if self.is_bound and self.errors else self.stands

    @property
    def is_in_between(self) -> bool:
        """Whether it is refused because somebody else changed it in the meantime."""
        return self.has_error("__all__", "in_between")

    @cached_property
    def changed_by(self) -> Member | None:
        """Who changed it in the meantime, as far as that is recorded."""
        kind = ContentType.objects.get_for_model(self.instance)
        idea = self.instance.pk if isinstance(self.instance, Idea) else self.instance.idea_id  # type: ignore[attr-defined]
        last = Change.objects.filter(idea=idea, content_type=kind, object_id=self.instance.pk).last()
        return last.actor if last else None

    def _in_words(self, name: str, value: Any) -> str:
        if isinstance(value, Code):
            return say(value)
        choices = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(value, list | tuple):
            return ", ".join(str(choices.get(one, one)) for one in value)
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        said = str(choices.get(value, "" if value is None else value))
        return asked(said) if choices else said

    def _get_validation_exclusions(self) -> set[str]:
        """The database need not be asked about a code: its field offers no other."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {name for name, field in self.fields.items() if isinstance(field, CodeChoice)}

    def validate_constraints(self) -> None:
        """The rules of the database, among them that a name stands once at the idea."""
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions() - {"idea"})
        except forms.ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]
