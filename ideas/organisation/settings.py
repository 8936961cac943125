"""The organisation: what it is for and how it works, for everybody to read and for who coordinates to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditlog.context import disable_auditlog
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from checks.codes import Domain, Need, OrganisationKind, TemperatureMethod
from checks.retention import KEPT
from checks.thresholds import THRESHOLDS, Threshold
from ideas.access import HtmxHttpRequest, member_of
from ideas.fields import CodeChoice
from ideas.forms import SavedForm, form_field
from ideas.once import once
from ideas.organisation import settings_of, thresholds_of
from ideas.steps.saving import status_of
from ideas.wording import say
from people.members import coordinator_of
from people.models import Deed, Member, Organisation
from people.weighty import weighty

DEEDS_SHOWN = 30


class OrganisationForm(SavedForm[Organisation]):
    """A form on the organisation: nothing is overwritten unseen, and what is changed is noted with who and when."""

    def note(self, by: Member) -> None:
        """Saves what was typed, as done by this member."""
        was = {name: self._in_words(name, value) for name, value in self._stands.items()}
        with disable_auditlog():
            self.instance.save()
        becomes = {name: self._in_words(name, self.cleaned_data[name]) for name in was}
        Deed.note(by, Deed.What.CHANGED, {name: (was[name], becomes[name]) for name in was})

    @cached_property
    def changed_by(self) -> Member | None:
        last = Deed.objects.filter(organisation=self.instance, what=Deed.What.CHANGED).select_related("by").first()
        return last.by if last else None


class AboutForm(OrganisationForm):
    """What the organisation is, and what it is for."""

    kind = CodeChoice(label=_("What kind of organisation?"), codes=OrganisationKind)
    domain = CodeChoice(label=_("In which domain?"), codes=Domain)

    class Meta:
        model = Organisation
        formfield_callback = form_field
        fields = ("name", "kind", "domain", "region", "mission", "vision", "assignment", "red_lines", "own_tip")
        labels = {
            "name": _("Name"),
            "region": _("Region"),
            "mission": _("Mission"),
            "vision": _("Vision"),
            "assignment": _("Assignment"),
            "red_lines": _("Red lines"),
            "own_tip": _("Our own tip"),
        }
        help_texts = {
            "mission": _("What do you stand for? The drijfveercheck shows it beside its questions."),
            "vision": _("Where do you want to go in the coming years?"),
            "assignment": _("What are you recognised and paid for?"),
            "red_lines": _("What do you never do, whoever asks? From your strategy on collaborating."),
            "own_tip": _("What did you learn about collaborating? It stands as the eleventh of the ten tips."),
        }

    def clean_kind(self) -> str:
        return str(self.cleaned_data["kind"] or "")

    def clean_domain(self) -> str:
        return str(self.cleaned_data["domain"] or "")


class ChoicesForm(OrganisationForm):
    """What the instrument leaves to an organisation: A2, A3 and A6 of domain.md 2.1."""

    trajectory_when_mixed = CodeChoice(
        label=_("The team is of two minds: does a trajectory follow?"),
        codes=Need,
        required=True,
        widget=forms.RadioSelect,
        help_text=_(
            "Where the decision goes against what the team feels, a trajectory with the team is always needed. "
            "Here you choose what happens when the team is divided."
        ),
    )
    temperature_method = CodeChoice(
        label=_("How do you usually take the temperature of the team?"),
        codes=TemperatureMethod,
        required=True,
        widget=forms.RadioSelect,
        help_text=_("Whoever takes it can still choose another way each time."),
    )

    class Meta:
        model = Organisation
        formfield_callback = form_field
        fields = ("allow_conditional_go", "trajectory_when_mixed", "temperature_method")
        labels = {"allow_conditional_go": _("A go is possible while there are still question marks")}
        help_texts = {
            "allow_conditional_go": _(
                "Usually not: question marks go back to the right step first. If you allow it, such a go is "
                "conditional: every necessary condition is met, and every open follow-up point has an owner and a day."
            )
        }

    def clean_trajectory_when_mixed(self) -> str:
        return str(self.cleaned_data["trajectory_when_mixed"])

    def clean_temperature_method(self) -> str:
        return str(self.cleaned_data["temperature_method"])


class ThresholdField(forms.IntegerField):
    """A whole number between the bounds of a threshold; empty is as usual."""

    def __init__(self, threshold: Threshold) -> None:
        super().__init__(
            required=False,
            min_value=threshold.least,
            max_value=threshold.most,
            label=say(threshold.does),
            help_text=gettext("Usually %(usual)d %(unit)s, from %(least)d to %(most)d.")
            % {
                "unit": say(threshold.unit),
                "usual": threshold.default,
                "least": threshold.least,
                "most": threshold.most,
            },
        )
        self.usual = threshold.default

    def clean(self, value: Any) -> int:
        told = super().clean(value)
        return self.usual if told is None else int(told)


class ThresholdsForm(OrganisationForm):
    """From how many on signals speak."""

    class Meta:
        model = Organisation
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {slug: ThresholdField(threshold) for slug, threshold in THRESHOLDS.items()}
        self.initial.update(thresholds_of(self.instance))

    def note(self, by: Member) -> None:
        told = {slug: self.cleaned_data[slug] for slug in THRESHOLDS}
        usual = {slug: threshold.default for slug, threshold in THRESHOLDS.items()}
        self.instance.thresholds = {slug: number for slug, number in told.items() if number != usual[slug]}
        super().note(by)


@dataclass(frozen=True)
class Part:
    """A part of what can be set, with its words and form. `says` comes above the form."""

    title: Promise
    form: type[OrganisationForm]
    says: Promise | str = ""


PARTS: Mapping[str, Part] = {
    "about": Part(_("What we are for"), AboutForm),
    "choices": Part(
        _("How we decide"),
        ChoicesForm,
        _("The instrument leaves a few things to you. What you choose holds for every idea that is not decided yet."),
    ),
    "thresholds": Part(
        _("When a signal speaks"),
        ThresholdsForm,
        _("From these numbers on WerktSamen says something. Leave a field empty to have it as usual."),
    ),
}


@require_safe
def organisation(request: HtmxHttpRequest) -> HttpResponse:
    """What the organisation is for, and how it works. What was changed is for who coordinates."""
    me = member_of(request)
    ours = me.organisation
    told = thresholds_of(ours)
    context: dict[str, Any] = {
        "organisation": ours,
        "kind": say(OrganisationKind(ours.kind)) if ours.kind else "",
        "domain": say(Domain(ours.domain)) if ours.domain else "",
        "settings": settings_of(ours),
        "thresholds": [(threshold, told[slug], slug in ours.thresholds) for slug, threshold in THRESHOLDS.items()],
    }
    if me.coordinator:
        deeds = Deed.objects.filter(organisation=ours).select_related("by", "about")
        context["deeds"] = [(deed, _what_changed(deed)) for deed in deeds[:DEEDS_SHOWN]]
    return render(request, "ideas/organisation/organisation.html", context)


def _what_changed(deed: Deed) -> list[tuple[str, str, str]]:
    """For each field its name, what it said and what it says."""
    return [(_label(name), was, becomes) for name, (was, becomes) in deed.told.items()]


def _label(name: str) -> str:
    if name in THRESHOLDS:
        return say(THRESHOLDS[name].does)
    if name in KEPT:
        return say(KEPT[name].what)
    fields = {**AboutForm.base_fields, **ChoicesForm.base_fields}
    return str(fields[name].label) if name in fields else ""


@require_http_methods(["GET", "HEAD", "POST"])
@weighty
@once
def change(request: HtmxHttpRequest, part: str) -> HttpResponse:
    """Changes one part of what the organisation is and how it works."""
    if part not in PARTS:
        raise Http404
    me, posted = coordinator_of(request), request.method == "POST"
    ours = Organisation.objects.hold(me.organisation_id) if posted else me.organisation
    form = PARTS[part].form(request.POST if posted else None, instance=ours)
    if form.is_bound and form.is_valid():
        form.note(me)
        return redirect("ideas:organisation")
    context = {"form": form, "part": PARTS[part], "name": part}
    return render(request, "ideas/organisation/change.html", context, status=status_of(form))
