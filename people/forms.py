"""What the forms about people have in common: kind texts, days away, and noticing what changed in between."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Member

IN_BETWEEN = forms.ValidationError(_("Somebody changed this in the meantime."), code="in_between")


class Line(forms.CharField):
    """Text on one line, without what no screen or paper can show."""

    def to_python(self, value: Any) -> str:
        text = " ".join(str(value or "").split())
        return super().to_python("".join(letter for letter in text if letter.isprintable())) or ""


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def form_field(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The form's field for a field of the database."""
    match field:
        case models.CharField() if not field.choices:
            return field.formfield(**{"form_class": Line, **kwargs})
        case models.DateField():
            return field.formfield(**{"form_class": Day, **kwargs})
        case _:
            return field.formfield(**kwargs)


@dataclass(frozen=True)
class Between:
    """A field that somebody else changed since the form was opened, and what it says now."""

    name: str
    label: str
    says: str


class VersionedForm[M: models.Model](forms.ModelForm[M]):
    """A form on something recorded, that overwrites nothing unseen.

    It comes back with `version`, that of what it showed. What only others changed stays as they left it. Where both
    changed a field it is refused once, with `between`: sent again, it says what then stands.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.between: list[Between] = []

    @cached_property
    def stands(self) -> dict[str, Any]:
        """What is recorded now, field by field."""
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}

    @property
    def version(self) -> str:
        """What to send back."""
        told = {name: _digest(value) for name, value in self.stands.items()}
        if self.is_bound and self.errors:
            seen = {one.name for one in self.between}
            told |= {name: version for name, version in self._shown.items() if name not in seen}
        return " ".join(f"{name}:{version}" for name, version in told.items())

    @property
    def _shown(self) -> dict[str, str]:
        """The version of each field when the form was opened."""
        told = str(self.data.get("version", "")).split()
        return dict(one.split(":", 1) for one in told if ":" in one)

    def differences(self) -> dict[str, tuple[str, str]]:
        """What each field said and says once it is valid, in words."""
        return {
            name: (self._in_words(name, value), self._in_words(name, self.cleaned_data[name]))
            for name, value in self.stands.items()
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        shown = self._shown
        for name, value in self.stands.items():
            if name not in cleaned or shown.get(name) == _digest(value) or _digest(cleaned[name]) == _digest(value):
                continue
            if _digest(cleaned[name]) == shown.get(name):
                cleaned[name] = self.fields[name].clean(self.fields[name].prepare_value(value))
            else:
                self.between.append(Between(name, str(self.fields[name].label or ""), self._in_words(name, value)))
        if self.between:
            self.add_error(None, IN_BETWEEN)
        return cleaned

    def _in_words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(value, models.Model):
            return str(value)
        if isinstance(field, forms.BooleanField):
            return gettext("yes") if value else gettext("no")
        if isinstance(field, forms.ModelChoiceField):
            found = field.queryset.filter(pk=value).first() if field.queryset is not None and value else None
            return str(found or "")
        return str(dict(getattr(field, "choices", ())).get(value, value or ""))


def _digest(value: Any) -> str:
    """A short digest of what a field says, the same for what is recorded and for what was typed."""
    plain = value.pk if isinstance(value, models.Model) else value
    return hashlib.sha256(str(plain or "").encode()).hexdigest()[:12]


class ColleagueChoice(forms.ModelChoiceField[Member]):
    def label_from_instance(self, member: Member) -> str:
        return f"{member.name} ({member.function})" if member.function else member.name


class AwayForm(VersionedForm[Member]):
    """A form on a member, with their days away. Days that are over are left out."""

    AWAY = ("away_from", "away_until", "replacement")

    class Meta:
        model = Member
        formfield_callback = form_field
        fields = ("away_from", "away_until", "replacement")
        labels = {"away_from": _("Away from"), "away_until": _("Until and including"), "replacement": _("Replaced by")}
        field_classes = {"replacement": ColleagueChoice}
        help_texts = {"replacement": _("What waits for somebody who is away goes to this colleague.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self.instance.away_until
        if until and until < timezone.localdate():
            self.initial.update(dict.fromkeys(self.AWAY))
        field = self.fields["replacement"]
        if isinstance(field, forms.ModelChoiceField):
            here = Member.objects.present().filter(organisation=self.instance.organisation_id)
            field.queryset = here.exclude(pk=self.instance.pk).select_related("team").order_by("name")
            field.empty_label = gettext("Nobody")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, until = cleaned.get("away_from"), cleaned.get("away_until")
        if until and not since and "away_from" not in self.errors:
            self.add_error("away_from", _("From which day?"))
        elif since and not until and "away_until" not in self.errors:
            self.add_error("away_until", _("Until which day?"))
        elif since and until:
            self._check_days(since, until, cleaned.get("replacement"))
        elif "replacement" in cleaned:
            cleaned["replacement"] = None
        return cleaned

    def _check_days(self, since: date, until: date, replacement: Member | None) -> None:
        if until < since:
            self.add_error("away_until", _("This day comes before the first one."))
        elif until < timezone.localdate():
            self.add_error("away_until", _("Choose a day that is still to come."))
        if replacement and replacement.is_away_between(since, until):
            self.add_error("replacement", _("This colleague is away then too. Choose another one."))

    @property
    def about_away(self) -> list[forms.BoundField]:
        return [self[name] for name in self.AWAY]

    @property
    def about_person(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.AWAY]
