"""What is asked before an idea goes further on its way."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from checks.catalogue import STEPS
from checks.picture import TEXT_LENGTH
from checks.way import FIRST_STEP, LAST_STEP, MAY_TAKE_IN
from ideas.access import Standing, followed_by, ideas_for
from ideas.forms import NO_CLIENT_NAMES, Day, Text, printable
from ideas.ids import id_in
from ideas.models import Idea
from ideas.way.load import load_of
from ideas.wording import day, say
from people.models import Member

# So many ideas are offered at a time; a search word finds the others.
IDEAS_OFFERED = 50


class Ahead(Day):
    """A day that is still to come."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after today."))


def sentence(label: Any, *, required: bool = True, help_text: Any = NO_CLIENT_NAMES) -> Text:
    """A field for a sentence or two."""
    area = forms.Textarea(attrs={"rows": 2})
    return Text(label=label, required=required, max_length=TEXT_LENGTH, widget=area, help_text=help_text)


class WayForm(forms.Form):
    """A form on the way of an idea. `asked` is what the address asks for, such as the step to go to.

    Where the form is all there is on its page, its first field has the focus.
    """

    takes_focus = True

    def __init__(
        self, *args: Any, idea: Idea, standing: Standing, asked: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.idea, self.standing, self.asked = idea, standing, asked or {}
        self.prepare()
        first = next(iter(self.visible_fields()), None)
        if first and self.takes_focus and not isinstance(first.field.widget, forms.RadioSelect):
            first.field.widget.attrs["autofocus"] = True

    def prepare(self) -> None:
        """Fills the choices."""


class MemberChoice(forms.ModelChoiceField[Member]):
    """A member of the organisation. `says` adds something in words to a name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Member.objects.none(), empty_label=kwargs.pop("empty_label", None), **kwargs)
        self.says: Mapping[int, str] = {}

    def label_from_instance(self, member: Member) -> str:
        does = member.function or member.role_words()
        name = f"{member.name} ({does})" if does else member.name
        return " · ".join(told for told in [name, self.says.get(member.pk, ""), while_away(member)] if told)


def members_of(idea: Idea) -> QuerySet[Member]:
    """Who of the organisation can be named on an idea."""
    here = Member.objects.present().filter(organisation=idea.organisation_id)
    return here.select_related("team", "replacement").order_by("name")


def while_away(member: Member) -> str:
    """That somebody is away, until when and who stands in; nothing for anybody else."""
    if not member.is_away:
        return ""
    until, instead = day(member.away_until), member.stands_in_today
    if instead is None:
        return gettext("away until %(until)s") % {"until": until}
    return gettext("away until %(until)s, %(who)s stands in") % {"until": until, "who": instead.name}


class TakeUpForm(WayForm):
    follower = MemberChoice(label=_("Who follows it?"))

    def prepare(self) -> None:
        field = self.fields["follower"]
        if isinstance(field, MemberChoice):
            field.queryset = members = members_of(self.idea)
            field.says = self._follow_how_many(members)
        self.initial["follower"] = self.standing.member.pk

    def _follow_how_many(self, members: Iterable[Member]) -> dict[int, str]:
        load = load_of(self.idea.organisation)
        counts = {member.pk: load.seen_by(self.standing.member, member) for member in members}
        return {
            pk: ngettext("follows %(n)d idea", "follows %(n)d ideas", n) % {"n": n}
            for pk, n in counts.items()
            if n is not None
        }


class DeclineForm(WayForm):
    why = sentence(_("Why not? One sentence will do."))
    revisit_on = Ahead(label=_("Look at it again on"), required=False, help_text=_("Only if you want to."))


class ParkForm(WayForm):
    revisit_on = Ahead(label=_("Until when?"), help_text=_("On that day you look at it again."))
    why = sentence(_("Why wait?"), required=False)


class MoveOnForm(WayForm):
    to = forms.TypedChoiceField(coerce=int)

    def prepare(self) -> None:
        _offer_steps(self, range((self.idea.step or 0) + 1, LAST_STEP + 1))


class SendBackForm(WayForm):
    """`?to=` in the address chooses the step."""

    to = forms.TypedChoiceField(label=_("Back to which step?"), coerce=int, widget=forms.RadioSelect)
    why = sentence(_("Why? What is still to be found out there?"))

    def prepare(self) -> None:
        earlier = range(FIRST_STEP, self.idea.step or FIRST_STEP)
        _offer_steps(self, earlier)
        asked = str(self.asked.get("to", ""))
        self.initial["to"] = int(asked) if asked in map(str, earlier) else max(earlier, default=None)


def _offer_steps(form: WayForm, steps: range) -> None:
    field = form.fields["to"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(step, f"{step}. {say(STEPS[step])}") for step in steps]


class PauseForm(WayForm):
    why = sentence(_("Why? One sentence will do."))
    revisit_on = Ahead(label=_("Look at it again on"), required=False, help_text=_("Only if you want to."))


class StopForm(PauseForm):
    """The same is asked."""


class ReopenForm(WayForm):
    why = sentence(_("Why go on with it after all?"))


class RenewForm(WayForm):
    why = sentence(_("Why do you go on together, and what becomes different?"))
    again = Ahead(label=_("When do you look back again?"))


class HandOverForm(WayForm):
    to = MemberChoice(label=_("To whom?"), empty_label=_("Choose a colleague"))
    until = Ahead(
        label=_("Until when?"),
        required=False,
        help_text=_("Leave it empty when it is for good. Until that day you follow it together."),
    )
    note = sentence(_("What should this colleague know?"), required=False)

    def prepare(self) -> None:
        field = self.fields["to"]
        if isinstance(field, MemberChoice):
            members = members_of(self.idea)
            field.queryset = members if self.idea.stand_in_id else members.exclude(pk=self.idea.idea_owner_id or 0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("until") and cleaned.get("to") and cleaned["to"].pk == self.idea.idea_owner_id:
            self.add_error("to", _("This colleague follows it already. Choose another one, or leave the day empty."))
        return cleaned


class IdeaChoice(forms.ModelChoiceField[Idea]):
    def label_from_instance(self, idea: Idea) -> str:
        where = gettext("step %(step)s") % {"step": idea.step} if idea.step else say(idea.status)
        return f"{idea.title} ({where})"


class MergeForm(WayForm):
    """`?q=` in the address looks for a word in the titles."""

    into = IdeaChoice(Idea.objects.none(), label=_("Which idea continues?"), empty_label=_("Choose an idea"))
    why = sentence(_("Why do they belong together?"), required=False)

    def prepare(self) -> None:
        field = self.fields["into"]
        if not isinstance(field, IdeaChoice):
            return
        found = ideas_to_merge_into(self.idea, self.standing.member)
        field.queryset = found
        self.looks_for = printable(str(self.asked.get("q", "")))[:100].strip()
        if self.looks_for:
            found = found.filter(title__icontains=self.looks_for)
        chosen = id_in(str(self.data.get("into", "")))
        also = list(field.queryset.filter(pk=chosen)) if chosen else []
        offered = list(found[: IDEAS_OFFERED + 1])
        self.offers_all = len(offered) <= IDEAS_OFFERED
        shown = {idea.pk: idea for idea in [*also, *offered[:IDEAS_OFFERED]]}
        field.choices = [
            ("", field.empty_label or ""),
            *((pk, field.label_from_instance(idea)) for pk, idea in shown.items()),
        ]
        self.offers_any = bool(shown)


def ideas_to_merge_into(idea: Idea, member: Member) -> QuerySet[Idea]:
    """The ideas into which this one can be merged: those that the member leads, for the coordinator all."""
    others = ideas_for(member).filter(status__in=MAY_TAKE_IN).exclude(pk=idea.pk).order_by("-pk")
    if member.coordinator:
        return others
    return others.filter(followed_by(member) | Q(idea_owner=None, entered_by=member))


class UnmergeForm(WayForm):
    why = sentence(_("Why?"), required=False)
