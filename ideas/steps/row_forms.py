"""The form of one row of each list."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from checks.catalogue import QUESTIONS, STEPS
from checks.codes import Benefit, IndicatorKind
from checks.files import LONGEST_MARK, is_what_its_name_says
from checks.measures import figure_in
from checks.picture import COLLABORATION, LINE_LENGTH, TEXT_LENGTH
from checks.running import ASKED_AGAIN
from ideas import models
from ideas.access import readers_of
from ideas.forms import NO_CLIENT_NAMES, Line, SavedForm, Text, Ticks, form_field
from ideas.models import Idea, Row
from ideas.models.answers import TickList
from ideas.models.past import record
from ideas.way.forms import MemberChoice
from ideas.wording import capital, say
from people.models import Member

PRIVATE = _("For the idea follower and the policy team only, not in the dossier")
OTHERWISE = _("Or who else? (a partner, or a function)")
US = "us"


class RowForm[R: Row](SavedForm[R]):
    """A form on a row; a new one is saved at the end of its list.

    `asks` names the fields that answer a question of the catalogue: they show its words and its help.
    """

    asks: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, slug in self.asks.items():
            self.fields[name].label = say(QUESTIONS[slug].words)
            field = self.fields[name]
            is_text = isinstance(field, Text)
            field.help_text = " ".join([say(QUESTIONS[slug].help), str(NO_CLIENT_NAMES)][: 1 + is_text])

    @property
    def idea(self) -> Idea:
        return self.instance.idea


class Meta:
    formfield_callback = form_field


class EvidenceForm(RowForm[models.Evidence]):
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)

    class Meta(Meta):
        model = models.Evidence
        fields = ["text", "source", "year"]
        labels = {"text": _("Figure or insight"), "source": _("Source")}
        help_texts = {"text": NO_CLIENT_NAMES}


class GoalForm(RowForm[models.Goal]):
    asks = {"clear": "s1.goals.clear", "feasible": "s1.goals.feasible"}

    class Meta(Meta):
        model = models.Goal
        fields = [
            "text",
            "horizon",
            "who_benefits",
            "clear",
            "clear_note",
            "feasible",
            "feasible_note",
            "notes_private",
        ]
        labels = {
            "text": _("Goal"),
            "horizon": _("By when?"),
            "who_benefits": _("Who is better off?"),
            "clear_note": _("Note on clear"),
            "feasible_note": _("Note on feasible"),
            "notes_private": PRIVATE,
        }


class PieceForm(RowForm[models.Piece]):
    by = Ticks(required=False)
    new_partner = Line(label=_("Or a new partner"), required=False, max_length=LINE_LENGTH)

    asks = {"by": "s1.who.needed"}

    class Meta(Meta):
        model = models.Piece
        fields = ["name", "type", "own_type", "needed", "status", "note", "notes_private"]
        labels = {
            "name": _("Puzzle piece"),
            "type": _("Kind"),
            "own_type": _("A kind of your own"),
            "needed": _("We cannot do without it"),
            "status": _("How far is it?"),
            "note": _("Note"),
            "notes_private": PRIVATE,
        }

    field_order = ["name", "by", "new_partner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(partner.pk): partner for partner in models.Partner.objects.filter(idea=self.idea)}
        names = [(pk, partner.name) for pk, partner in self.partners.items()]
        set_choices(self, "by", [(US, self.idea.organisation.name), *names])
        if self.instance.pk:
            self.initial["by"] = [str(row.partner_id or US) for row in self.instance.contributions.all()]

    def clean_new_partner(self) -> str:
        return free_name(self.cleaned_data["new_partner"], self.idea)

    def save(self, commit: bool = True) -> models.Piece:
        piece = super().save(commit)
        if not {"by", "new_partner"}.intersection(self.changed_data):
            return piece
        chosen = [self.partners.get(key) for key in self.cleaned_data["by"]]
        if name := self.cleaned_data["new_partner"]:
            position = len(self.partners)
            chosen.append(models.Partner.objects.create(idea=self.idea, name=name, position=position))
        piece.contributions.all().delete()
        models.Contribution.objects.bulk_create(
            models.Contribution(idea=self.idea, piece=piece, partner=partner, position=place)
            for place, partner in enumerate(chosen)
        )
        record(piece, by=(self.initial.get("by", []), [str(partner.pk) if partner else US for partner in chosen]))
        return piece


class IncomeForm(RowForm[models.Income]):
    class Meta(Meta):
        model = models.Income
        fields = ["source", "amount", "certain", "until"]
        labels = {
            "source": _("Where does it come from?"),
            "amount": _("Euro a year"),
            "certain": _("This is certain"),
            "until": _("Until when?"),
        }


class PartnerForm(RowForm[models.Partner]):
    asks = {"contribution": "s1.who.contribution", "willing": "s1.who.willing"}

    class Meta(Meta):
        model = models.Partner
        fields = [
            "name",
            "status",
            "contribution",
            "can",
            "can_note",
            "willing",
            "willing_note",
            "own_interest",
            "represented_by",
            "mandate",
            "domain",
            "kind",
            "relation",
            "paid_supplier",
            "notes_private",
        ]
        labels = {
            "name": _("Name of the organisation"),
            "status": _("How far are you with them?"),
            "can": _("Can they?"),
            "can_note": _("Note on being able"),
            "willing_note": _("Note on being willing"),
            "own_interest": _("What is in it for them?"),
            "represented_by": _("Who represents them? (function)"),
            "mandate": _("With what mandate?"),
            "domain": _("Domain"),
            "kind": _("Kind of organisation"),
            "relation": _("Which sector?"),
            "paid_supplier": _("This is a paid supplier"),
            "notes_private": PRIVATE,
        }

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        return name if name == self.initial.get("name") else free_name(name, self.idea)


class SupportMeetingForm(RowForm[models.SupportMeeting]):
    class Meta(Meta):
        model = models.SupportMeeting
        fields = ["service", "remarks", "date", "who"]
        labels = {
            "service": _("Which service?"),
            "remarks": _("What do they say?"),
            "date": _("When?"),
            "who": _("Who was there? (functions)"),
        }
        help_texts = {"remarks": NO_CLIENT_NAMES}


class TaskForm[T: (models.FollowUp, models.TrajectoryAction)](RowForm[T]):
    """A form on what somebody sees to: a colleague, or by name or role whoever else it is.

    Of a colleague the role is recorded as well, since no names stand in the record.
    """

    owner_member = MemberChoice(label=_("Which colleague sees to it?"), required=False, empty_label="—")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner_member"]
        if isinstance(field, MemberChoice):
            field.queryset = readers_of(self.idea) | Member.objects.filter(pk=self.instance.owner_member_id or 0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        member, owner = cleaned.get("owner_member"), cleaned.get("owner", "")
        is_another = member and member.pk != self.initial.get("owner_member")
        if member and (not owner or (is_another and owner == self.initial.get("owner"))):
            cleaned["owner"] = (member.function or member.role_words() or gettext("colleague"))[:LINE_LENGTH]
        return cleaned


class FollowUpForm(TaskForm[models.FollowUp]):
    step = forms.TypedChoiceField(label=_("For which step?"), required=False, coerce=int, empty_value=None)

    class Meta(Meta):
        model = models.FollowUp
        fields = ["text", "step", "owner_member", "owner", "due", "remark", "question"]
        labels = {
            "text": _("Follow-up point"),
            "owner": OTHERWISE,
            "due": _("By when?"),
            "remark": _("Remark"),
        }
        help_texts = {"text": _("What do you still have to find out or discuss? No names of clients, please.")}
        widgets = {"question": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "step", [("", "—"), *((str(n), f"{n}. {say(name)}") for n, name in STEPS.items())])


# What may take care of a condition, by the field that names it.
CARERS: Mapping[str, type[Row]] = {
    "by_bundle": models.Bundle,
    "by_between": models.Alignment,
    "by_overall": models.Agreement,
    "by_followup": models.FollowUp,
}


class ConditionForm(RowForm[models.Condition]):
    class Meta(Meta):
        model = models.Condition
        fields = ["text", "evidence_wanted", "checked_by", "due", "remark", "question", *CARERS]
        labels = {
            "text": _("Necessary condition"),
            "evidence_wanted": _("By what do we see it?"),
            "checked_by": _("Which service checks it?"),
            "due": _("By when?"),
            "remark": _("Remark"),
            "by_bundle": _("Which bundle takes care of it?"),
            "by_between": _("Which alignment takes care of it?"),
            "by_overall": _("Which agreement for the whole takes care of it?"),
            "by_followup": _("Which follow-up point takes care of it?"),
        }
        help_texts = {"text": _("Word it so that you can answer it with yes or no. No names of clients, please.")}
        widgets = {"question": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in CARERS.items():
            only_of(self, name, model)
            if not model._default_manager.filter(idea=self.idea).exists():
                del self.fields[name]


class ActivityForm(RowForm[models.Activity]):
    class Meta(Meta):
        model = models.Activity
        fields = ["name", "bundle"]
        labels = {"name": _("Activity"), "bundle": _("In which bundle?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_of(self, "bundle", models.Bundle)

    def clean_name(self) -> Any:
        if is_taken(self):
            raise forms.ValidationError(_("This activity is already on the list."))
        return self.cleaned_data["name"]


class BundleForm(RowForm[models.Bundle]):
    led_by = forms.ChoiceField(label=_("Who leads?"), required=False)
    activities = Ticks(
        label=_("Which activities belong in it?"),
        required=False,
        help_text=_("An activity is in one bundle. Ticked here, it leaves the bundle where it was."),
    )

    asks = {"mandate": "s3.bundle.mandate"}

    class Meta(Meta):
        model = models.Bundle
        fields = ["name", "team", "mandate", "not_alone"]
        labels = {
            "name": _("Name of the bundle"),
            "team": _("Which team?"),
            "not_alone": _("What not alone?"),
        }

    field_order = ["name", "activities", "team", "led_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(row.pk): row for row in models.Partner.objects.filter(idea=self.idea)}
        self.all_activities = {str(row.pk): row for row in models.Activity.objects.filter(idea=self.idea)}
        names = [(pk, row.name) for pk, row in self.partners.items()]
        set_choices(self, "led_by", [("", "—"), (US, self.idea.organisation.name), *names])
        set_choices(self, "activities", [(pk, row.name) for pk, row in self.all_activities.items()])
        self.initial["led_by"] = US if self.instance.led_by_us else str(self.instance.lead_id or "")
        if self.instance.pk:
            self.initial["activities"] = sorted(
                pk for pk, row in self.all_activities.items() if row.bundle_id == self.instance.pk
            )

    def clean_name(self) -> Any:
        if is_taken(self):
            raise forms.ValidationError(_("There is a bundle with this name already."))
        return self.cleaned_data["name"]

    def save(self, commit: bool = True) -> models.Bundle:
        led_by = self.cleaned_data["led_by"]
        self.instance.led_by_us, self.instance.lead = led_by == US, self.partners.get(led_by)
        bundle = super().save(commit)
        chosen = set(self.cleaned_data["activities"])
        moved: list[models.Activity] = []
        came_from: dict[str, int] = {}
        for pk, activity in self.all_activities.items():
            if (pk in chosen) is not (activity.bundle_id == bundle.pk):
                if pk in chosen and activity.bundle_id:
                    came_from[pk] = activity.bundle_id
                activity.bundle = bundle if pk in chosen else None
                moved.append(activity)
        models.Activity.objects.bulk_update(moved, ["bundle"])
        record(bundle, activities=(self.initial.get("activities", []), sorted(chosen)), came_from=(came_from, {}))
        return bundle


class AlignmentForm(RowForm[models.Alignment]):
    class Meta(Meta):
        model = models.Alignment
        fields = ["what", "bundle", "other_bundle", "how", "how_often"]
        labels = {
            "what": _("What must be aligned?"),
            "bundle": _("Between this bundle"),
            "other_bundle": _("and this one"),
            "how": _("How?"),
            "how_often": _("How often?"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("bundle", "other_bundle"):
            only_of(self, name, models.Bundle)
        if models.Bundle.objects.filter(idea=self.idea).count() < 2:
            del self.fields["bundle"], self.fields["other_bundle"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        bundle, other = cleaned.get("bundle"), cleaned.get("other_bundle")
        if (bundle is None) != (other is None) or (bundle and bundle == other):
            self.add_error("other_bundle", _("Choose two different bundles, or none yet."))
        return cleaned


class AgreementForm(RowForm[models.Agreement]):
    class Meta(Meta):
        model = models.Agreement
        fields = ["text", "about"]
        labels = {"text": _("What do we agree?"), "about": _("What is it about?")}


def why_it_can_go() -> Text:
    """Why an agreement can go, where people say so."""
    area = forms.Textarea(attrs={"rows": 4})
    return Text(label=_("Why can it go?"), required=False, max_length=TEXT_LENGTH, widget=area)


class DroppedForm(forms.Form):
    """What is recorded of an agreement that people drop. They say why, or not."""

    dropped = forms.DateField(label=_("Dropped on"))
    dropped_as = forms.CharField(label=_("Dropped by"))
    dropped_why = why_it_can_go()


class ProcessIndicatorForm(RowForm[models.Indicator]):
    """An indicator. `told` is the field that it cannot do without, `for_nobody` what a choice of no partner means."""

    told = "text"
    for_nobody: str | Promise = _("For the whole")

    level = forms.ChoiceField(label=_("For whom?"), required=False)

    class Meta(Meta):
        model = models.Indicator
        fields = ["text", "goal", "why", "baseline", "target", "source", "frequency"]
        labels = {
            "text": _("Indicator"),
            "goal": _("To which goal does it belong?"),
            "why": _("Why does this mean something?"),
            "baseline": _("How is it now?"),
            "target": _("Where do we want to be?"),
            "source": _("Where does the figure come from?"),
            "frequency": _("How often do we look?"),
        }

    field_order = ["text", "level"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(row.pk): row for row in models.Partner.objects.filter(idea=self.idea)}
        names = [(pk, row.name) for pk, row in self.partners.items()]
        set_choices(self, "level", [("", self.for_nobody), (US, self.idea.organisation.name), *names])
        self.fields[self.told].required = True
        if "goal" in self.fields:
            only_of(self, "goal", models.Goal)
        self.initial["level"] = US if self.instance.for_us else str(self.instance.partner_id or "")

    def save(self, commit: bool = True) -> models.Indicator:
        level = self.cleaned_data["level"]
        self.instance.for_us, self.instance.partner = level == US, self.partners.get(level)
        return super().save(commit)


class ResultIndicatorForm(ProcessIndicatorForm):
    """The same questions, for what it yields."""


class NoIndicatorForm(ProcessIndicatorForm):
    """Whose result the common goal itself is, so that no indicator of its own is needed."""

    told = "why"
    for_nobody = "—"

    class Meta(ProcessIndicatorForm.Meta):
        fields = ["why"]
        labels = {"why": _("Why is the common goal enough?")}

    field_order = ["level", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].required = True


class TalkForm(RowForm[models.Talk]):
    with_team = forms.BooleanField(label=_("With the own team"), required=False)
    with_partners = forms.BooleanField(label=_("With the partners"), required=False)

    class Meta(Meta):
        model = models.Talk
        fields = ["date", "with_team", "with_partners", "with_whom", "learned", "door_open"]
        labels = {
            "date": _("When?"),
            "with_whom": _("With whom else? (functions)"),
            "learned": _("What did those present agree to write down?"),
            "door_open": _("What did they agree to write about later?"),
        }
        help_texts = {"learned": _("What was learned, for instance. Nobody is asked how they felt.")}

    def clean_date(self) -> date | None:
        day: date | None = self.cleaned_data["date"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Note a talk once it was held."))
        return day

    def clean(self) -> dict[str, Any]:
        """A talk of which it is not known with whom, stays so until somebody says it."""
        cleaned = super().clean()
        for name in ("with_team", "with_partners"):
            if self.initial.get(name) is None and not cleaned.get(name) and self.instance.pk:
                cleaned[name] = None
        return cleaned


class TrajectoryActionForm(TaskForm[models.TrajectoryAction]):
    class Meta(Meta):
        model = models.TrajectoryAction
        fields = ["text", "owner_member", "owner", "due", "done"]
        labels = {
            "text": _("What will you do?"),
            "owner": OTHERWISE,
            "due": _("By when?"),
            "done": _("Done on"),
        }

    def save(self, commit: bool = True) -> models.TrajectoryAction:
        """An action is a step of the trajectory, which begins with it where there is none yet."""
        self.instance.trajectory, _is_new = models.Trajectory.objects.get_or_create(idea=self.idea)
        return super().save(commit)


class ReviewForm(RowForm[models.Review]):
    benefits_seen = Ticks(label=_("Which benefits do you see?"), required=False)

    class Meta(Meta):
        model = models.Review
        fields = ["date", "works", "text", "next"]
        labels = {
            "date": _("When did you look back?"),
            "works": _("Does it still work as intended?"),
            "text": _("What do you see?"),
            "next": _("When do you look back again?"),
        }

    field_order = ["date", "works", "benefits_seen"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "benefits_seen", [(code.value, capital(say(code))) for code in Benefit])
        if self.instance.pk:
            self.initial["benefits_seen"] = [tick.code for tick in self.instance.benefits_seen.all()]

    def save(self, commit: bool = True) -> models.Review:
        review = super().save(commit)
        review.benefits_seen.all().delete()
        models.Tick.objects.bulk_create(
            models.Tick(idea=self.idea, review=review, list=TickList.BENEFIT_SEEN, code=code, position=place)
            for place, code in enumerate(self.cleaned_data["benefits_seen"])
        )
        record(review, benefits_seen=(self.initial.get("benefits_seen", []), self.cleaned_data["benefits_seen"]))
        return review


class MeasureForm(RowForm[models.Measure]):
    """What an indicator showed. The figure comes first, so that it can be drawn."""

    class Meta(Meta):
        model = models.Measure
        fields = ["indicator", "date", "value", "note"]
        labels = {
            "indicator": _("Which indicator?"),
            "date": _("Measured on"),
            "value": _("What did it show?"),
            "note": _("Remark"),
        }
        help_texts = {"value": _("Begin with the figure, such as 12 or 12,5.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        if isinstance(field, forms.ModelChoiceField):
            is_measured = ~Q(kind=IndicatorKind.NONE) | Q(pk=self.instance.indicator_id)
            field.queryset, field.empty_label = models.Indicator.objects.filter(is_measured, idea=self.idea), "—"

    def clean_date(self) -> date | None:
        return not_ahead(self.cleaned_data["date"])

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        if figure_in(value) is None:
            raise forms.ValidationError(_("Begin with a figure, please, such as 12 or 12,5. Words go in the remark."))
        return value


class PulseForm(RowForm[models.Pulse]):
    who = forms.ChoiceField(label=_("Who answers?"))

    asks = {name: question.slug for name, question in ASKED_AGAIN.items()}

    class Meta(Meta):
        model = models.Pulse
        fields = ["date", "who", *ASKED_AGAIN, "note"]
        labels = {"date": _("Talked about on"), "note": _("What do you agree to write down?")}

    field_order = ["who", "date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = models.Partner.objects.filter(idea=self.idea).values_list("name", flat=True)
        names = dict.fromkeys([self.idea.organisation.name, *partners, *filter(None, [self.instance.who])])
        set_choices(self, "who", [(name, name) for name in names])

    def clean_date(self) -> date | None:
        return not_ahead(self.cleaned_data["date"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ASKED_AGAIN):
            self.add_error(None, gettext("Answer at least one question, please."))
        return cleaned


class DirectorsForm(RowForm[models.Directors]):
    class Meta(Meta):
        model = models.Directors
        fields = ["date", "outcome", "text"]
        labels = {"date": _("On which day?"), "outcome": _("What did they say?"), "text": _("Remark")}
        help_texts = {"outcome": _("To fill in afterwards. It does not change the decision."), "text": NO_CLIENT_NAMES}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ("date", "outcome", "text")):
            self.add_error("date", gettext("Say on which day, or what they said."))
        return cleaned


LARGEST_FILE = 10 << 20


class AttachmentForm(RowForm[models.Attachment]):
    """A link, or a file of which name, size and SHA-256 are recorded. A link stays a link, and a file a file."""

    stored = forms.FileField(label=_("A file"), required=False, max_length=LINE_LENGTH)

    class Meta(Meta):
        model = models.Attachment
        fields = ["title", "url"]
        labels = {"title": _("What is it?"), "url": _("A link")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stored"].help_text = _("%(most)d MB at most.") % {"most": LARGEST_FILE >> 20}
        if self.instance.file:
            del self.fields["url"]
            self.fields["stored"].label = _("Another file in its place")
        elif self.instance.url:
            del self.fields["stored"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not re.fullmatch(r"https?://\S+", url):
            raise forms.ValidationError(_("A link begins with https:// or http://."))
        return url

    def clean_stored(self) -> Any:
        stored = self.cleaned_data["stored"]
        if stored and stored.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is too large: %(most)d MB at most.") % {"most": LARGEST_FILE >> 20}
            )
        if stored and hasattr(stored, "read"):
            begins = stored.read(LONGEST_MARK)
            stored.seek(0)
            if not is_what_its_name_says(stored.name, begins):
                raise forms.ValidationError(
                    _("This file is no %(kind)s, though its name says so. Save it once more under its own kind.")
                    % {"kind": Path(stored.name).suffix}
                )
        return stored

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_file = bool(cleaned.get("stored") or self.instance.file)
        if not {"url", "stored"} & self.errors.keys() and bool(cleaned.get("url")) is has_file:
            self.add_error("url", _("Give a link or a file, one of the two."))
        return cleaned

    def save(self, commit: bool = True) -> models.Attachment:
        if uploaded := self.cleaned_data.get("stored"):
            self.instance.file, self.instance.size = Path(uploaded.name).name[-LINE_LENGTH:], uploaded.size
            self.instance.sha256 = hashlib.file_digest(uploaded.open(), "sha256").hexdigest()
            uploaded.seek(0)
            self.instance.stored = uploaded
        return super().save(commit)


class ProofForm(AttachmentForm):
    """Evidence for one condition: a link, or a file of which the SHA-256 enters the record."""

    class Meta(AttachmentForm.Meta):
        fields = ["condition", "title", "url"]
        labels = {**AttachmentForm.Meta.labels, "condition": _("For which condition?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_of(self, "condition", models.Condition)
        self.fields["condition"].required = True


# ---------- what several forms do


def not_ahead(day: date | None) -> date | None:
    """A day that is not still to come. Raises ValidationError."""
    if day and day > timezone.localdate():
        raise forms.ValidationError(_("Choose today or a day before it."))
    return day


def set_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def only_of(form: RowForm[Any], name: str, model: type[Row]) -> None:
    """Offers only rows of the same idea that people did not drop."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        kept = {"dropped": None} if issubclass(model, models.Droppable) else {}
        field.queryset, field.empty_label = model._default_manager.filter(idea=form.idea, **kept), "—"


def is_taken(form: RowForm[Any]) -> bool:
    """Whether another row of the list has this name."""
    others = type(form.instance)._default_manager.filter(idea=form.idea, name=form.cleaned_data["name"])
    taken: bool = others.exclude(pk=form.instance.pk).exists()
    return taken


def free_name(name: str, idea: Idea) -> str:
    """The name for a partner, if neither the own organisation nor another partner has it. Raises ValidationError."""
    if name in {idea.organisation.name, COLLABORATION}:
        raise forms.ValidationError(_("This is the own organisation, no partner."))
    if name and models.Partner.objects.filter(idea=idea, name=name).exists():
        raise forms.ValidationError(_("This partner is already on the list."))
    return name
