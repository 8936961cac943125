"""The forms for asking and for answering."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from checks.asking import ABOUT, WEEK, coming_friday
from checks.codes import Body, Reply
from checks.picture import TEXT_LENGTH
from ideas.access import readers_of
from ideas.asking.whom import Addressee, addressees
from ideas.fields import CodeChoice
from ideas.forms import NO_CLIENT_NAMES, Day, Text, Ticks
from ideas.models import Asking
from ideas.way.forms import WayForm, sentence
from ideas.wording import capital, say
from people.models import Member

FRIDAY, IN_A_WEEK, ON_A_DAY = "friday", "week", "day"
SAME = _("This was asked of %(whom)s already, and not everybody answered. Remind them, or take that question back.")


class Colleagues(forms.ModelMultipleChoiceField[Member]):
    """Colleagues by name, with what they do."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, member: Member) -> str:
        does = member.function or member.role_words()
        return f"{member.name} ({does})" if does else member.name


class AskForm(WayForm):
    """Asks bodies and colleagues for a part of an idea. `?about=` in the address chooses the part."""

    takes_focus = False

    about = forms.ChoiceField(label=_("About what?"))
    bodies = Ticks(label=_("Whom do you ask?"), required=False)
    colleagues = Colleagues(Member.objects.none(), label=_("Colleagues by name"), required=False)
    when = forms.ChoiceField(label=_("By when?"), required=False, widget=forms.RadioSelect)
    due = Day(label=_("Which day?"), required=False)
    sentence = sentence(_("What do you want to know? One sentence will do."), required=False)

    def prepare(self) -> None:
        self.addressees = {one.key: one for one in addressees(self.idea, self.standing.member)}
        self._choices("about", _parts())
        self._choices("bodies", [(key, _called(one)) for key, one in self.addressees.items()])
        self._choices("when", _days(timezone.localdate()))
        field = self.fields["colleagues"]
        if isinstance(field, Colleagues):
            field.queryset = readers_of(self.idea).exclude(pk=self.standing.member.pk).order_by("name")
        if (about := str(self.asked.get("about", ""))) in ABOUT:
            self.initial["about"] = about

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_day(cleaned)
        if (
            not cleaned.get("bodies")
            and not cleaned.get("colleagues")
            and not {"bodies", "colleagues"} & set(self.errors)
        ):
            self.add_error("bodies", gettext("Choose whom you ask."))
        for one in self._chosen(cleaned):
            if self._is_asked_already(one, cleaned.get("about", "")):
                self.add_error("bodies", SAME % {"whom": _called(one)})
        return cleaned

    def _clean_day(self, cleaned: dict[str, Any]) -> None:
        """Turns a quick choice into a day; a day that was filled in needs no choice."""
        today, when, due = timezone.localdate(), cleaned.get("when"), cleaned.get("due")
        if when in {FRIDAY, IN_A_WEEK}:
            if due:
                self.add_error("due", gettext("Choose one: this day, or one of the choices above."))
            cleaned["due"] = coming_friday(today) if when == FRIDAY else today + WEEK
        elif due and due < today:
            self.add_error("due", gettext("Choose today or a day after it."))
        elif when == ON_A_DAY and not due and "due" not in self.errors:
            self.add_error("due", gettext("Which day?"))

    def _is_asked_already(self, one: Addressee, about: str) -> bool:
        same = Asking.objects.filter(idea=self.idea, about=about, body=one.body, service=one.service, withdrawn=None)
        return same.filter(asked__reply=None).exists()

    def _chosen(self, cleaned: dict[str, Any]) -> list[Addressee]:
        return [self.addressees[key] for key in cleaned.get("bodies", [])]

    @property
    def chosen(self) -> list[Addressee]:
        """Whom to ask: each body that was chosen, and the colleagues together."""
        colleagues = tuple(self.cleaned_data["colleagues"])
        named = [Addressee(Body.COLLEAGUE, Body.COLLEAGUE, "", colleagues)] if colleagues else []
        return [*self._chosen(self.cleaned_data), *named]


def _called(one: Addressee) -> str:
    return f"{capital(one.service or say(one.body))} ({one.names})"


def _parts() -> list[Any]:
    """What one can ask about: a part of the instrument, or one of its questions."""
    wholes = [(slug, capital(say(about.words))) for slug, about in ABOUT.items() if not about.question]
    questions = [(slug, say(about.words)) for slug, about in ABOUT.items() if about.question]
    return [*wholes, (gettext("One question"), questions)]


def _days(today: date) -> list[tuple[str, str]]:
    def told(on: date) -> str:
        return date_format(on, "j F")

    return [
        (FRIDAY, gettext("By Friday %(day)s") % {"day": told(coming_friday(today))}),
        (IN_A_WEEK, gettext("Within a week (%(day)s)") % {"day": told(today + WEEK)}),
        (ON_A_DAY, gettext("By another day")),
    ]


class ReplyForm(forms.Form):
    """An answer: one of three, with a sentence for whoever likes. `seen` is what it said when the page was opened."""

    reply = CodeChoice(codes=Reply, required=True)
    note = Text(
        label=_("A sentence with it, if you like"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_CLIENT_NAMES,
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
