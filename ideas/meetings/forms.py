"""The forms for planning a meeting and for what is noted at it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checks.agenda import TOPICS
from checks.codes import Role
from checks.picture import LINE_LENGTH
from ideas.access import Standing, readers_of
from ideas.asking.forms import Colleagues
from ideas.forms import Lines, SavedForm, Ticks, form_field
from ideas.meetings.topics import called
from ideas.models import AgendaItem, Idea, Meeting
from ideas.models.meeting import LONGEST, SHORTEST
from ideas.steps.saving import QuickForm
from people.models import Member

MOST_LINES = 50


class MeetingForm(SavedForm[Meeting]):
    """When it is, where, and with whom."""

    time = forms.TimeField(
        label=_("At what time?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("How long, in minutes?"), required=False, min_value=SHORTEST, max_value=LONGEST
    )
    invited = Colleagues(Member.objects.none(), label=_("Whom do you invite?"), required=False)

    class Meta:
        model = Meeting
        formfield_callback = form_field
        fields = ["date", "time", "minutes", "place", "with_whom", "invited"]
        labels = {"date": _("On which day?"), "place": _("Where?"), "with_whom": _("With whom?")}

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.idea = idea
        field = self.fields["invited"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = readers_of(idea).order_by("name")

    def clean_invited(self) -> list[Member]:
        return list(self.cleaned_data["invited"])


class PlanForm(MeetingForm):
    """The same for a new meeting, with what to talk about.

    Everything that can be talked about is taken: what was proposed may be dealt with by the time that this is sent.
    """

    agenda = Ticks(
        label=_("What is open: what do you talk about?"),
        required=False,
        help_text=_("With partners or others only what is shared with them of steps 1 and 3 comes on the agenda."),
    )
    own = Lines(label=_("Anything else? One thing a line."), required=False)

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_topics(self, list(TOPICS))
        self.initial["invited"] = _whom_to_invite(self.idea, standing.member)

    def propose(self, topics: list[str]) -> None:
        """Shows these to choose from, all of them ticked."""
        set_topics(self, topics)
        self.initial["agenda"] = topics

    def clean_own(self) -> list[str]:
        return short_lines(self.cleaned_data["own"])


class AgendaForm(forms.Form):
    """Adds to the agenda what is open, or something of people's own."""

    agenda = Ticks(label=_("What is open"), required=False)
    own = Lines(label=_("Anything else? One thing a line."), required=False)

    def __init__(self, *args: Any, topics: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "agenda-%s", **kwargs})
        set_topics(self, topics)

    def clean_own(self) -> list[str]:
        return short_lines(self.cleaned_data["own"])


def set_topics(form: forms.BaseForm, topics: list[str]) -> None:
    field = form.fields["agenda"]
    if not topics:
        del form.fields["agenda"]
    elif isinstance(field, forms.MultipleChoiceField):
        field.choices = [(str(topic), called(TOPICS[topic])) for topic in topics]


def short_lines(lines: list[str]) -> list[str]:
    """Lines that an agenda can hold. Raises ValidationError for too many of them, or one that is too long."""
    if any(len(line) > LINE_LENGTH for line in lines):
        raise forms.ValidationError(_("At most %(most)d characters a line, please.") % {"most": LINE_LENGTH})
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(_("%(most)d at a time at the most, please.") % {"most": MOST_LINES})
    return lines


def _whom_to_invite(idea: Idea, planner: Member) -> list[int]:
    """Who is named on the idea, who follows it, and who plans."""
    named = {one.member_id for one in idea.involvements.all() if one.role == Role.COLLABORATOR}
    return sorted({planner.pk, *named, *([idea.idea_owner_id] if idea.idea_owner_id else [])})


class PresentForm(QuickForm[Meeting]):
    class Meta:
        model = Meeting
        formfield_callback = form_field
        fields = ["present"]

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        short_lines(present.split("\n"))
        return present


class NotesForm(QuickForm[Meeting]):
    class Meta:
        model = Meeting
        formfield_callback = form_field
        fields = ["notes"]


class ItemNoteForm(QuickForm[AgendaItem]):
    class Meta:
        model = AgendaItem
        formfield_callback = form_field
        fields = ["note"]
