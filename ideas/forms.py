"""What all forms on an idea have in common: kind texts, and noticing that something changed in between."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.db.models import Field
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from checks.picture import LINE_LENGTH, PRINTABLE, TEXT_LENGTH, VISIBLE
from checks.words import Code
from ideas.fields import CodeChoice, CodeField
from ideas.models import HasNotes
from ideas.wording import say

NOT_PRINTABLE = re.compile(PRINTABLE.replace("^[^", "[").replace("]*$", "]"))
THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
NO_CLIENT_NAMES = _("No names of clients, please.")


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


@dataclass(frozen=True)
class Theirs:
    """What a colleague made of a field in the meantime."""

    label: str
    value: str


def digest(shown: Iterable[tuple[str, object]]) -> str:
    """A short digest of what fields show, by which a change in between is noticed."""
    return hashlib.sha256("\n".join(f"{name}={value!s}" for name, value in shown).encode()).hexdigest()[:16]


class SavedForm[M: models.Model](forms.ModelForm[M]):
    """A form on something recorded. It is refused when that was changed since the form was opened.

    It comes back with `version`, the digest of what it showed, and perhaps with `over`: the version of a colleague
    that somebody saw and chose to replace.
    `may_read_private_notes` decides whether notes for follower and policy team only can be seen and changed.
    """

    def __init__(self, *args: Any, may_read_private_notes: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        hidden = set()
        if isinstance(self.instance, HasNotes):
            hidden = self.instance.hidden_from(may_read_private_notes=may_read_private_notes)
        self.hidden = [name for name in hidden if self.fields.pop(name, None)]
        self.may_read_private_notes = may_read_private_notes
        self.theirs: list[Theirs] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = {self.data.get("version"), self.data.get("over")}
        typed = self.changed_data or any(self.data.get(name) for name in self.hidden)
        if self.instance.pk and typed and self.stands not in seen:
            self.theirs = [Theirs(str(self.fields[name].label), self._stands_at(name)) for name in self.changed_data]
            self.add_error(None, forms.ValidationError(_("Somebody changed this in the meantime."), code="in_between"))
        return cleaned

    @cached_property
    def stands(self) -> str:
        """A digest of what is recorded now."""
        return digest((name, self.get_initial_for_field(field, name)) for name, field in self.fields.items())

    def once_saved(self) -> "SavedForm[M]":
        """The same form on what is recorded after saving."""
        return type(self)(instance=self.instance, may_read_private_notes=self.may_read_private_notes)

    @property
    def version(self) -> str:
        """What to send back: the version that was shown, also when it is refused because that is no longer true."""
        return str(self.data.get("version", "")) if self.is_bound and self.is_in_between else self.stands

    @property
    def is_in_between(self) -> bool:
        """Whether it is refused because somebody else changed it in the meantime."""
        return self.has_error("__all__", "in_between")

    def _stands_at(self, name: str) -> str:
        value = self.get_initial_for_field(self.fields[name], name)
        if isinstance(value, Code):
            return say(value)
        choices = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(value, list | tuple):
            return ", ".join(str(choices.get(one, one)) for one in value)
        return str(choices.get(value, "" if value is None else value))

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
