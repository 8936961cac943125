"""What is recorded once an idea and edited as a whole: the facts, the money, the trajectory."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models as db
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from checks.codes import Benefit, Objection, Theme
from checks.picture import LONGEST
from ideas import models
from ideas.access import Act, HtmxHttpRequest, Standing, get_idea
from ideas.forms import NO_CLIENT_NAMES, SavedForm, Ticks, form_field
from ideas.models import Idea
from ideas.models.answers import TickList
from ideas.models.past import record
from ideas.once import once
from ideas.picture import read_picture
from ideas.steps.row_forms import set_choices
from ideas.steps.saving import status_of
from ideas.wording import capital, say
from people.models import Language, Mail

TICKED = {
    "themes": (TickList.THEME, Theme),
    "benefits": (TickList.BENEFIT, Benefit),
    "objections": (TickList.OBJECTION, Objection),
}
# As many as the picture takes.
MOST_HOURS = 100_000


def months(**told: Any) -> forms.IntegerField:
    """A number of months, as far as the picture takes it."""
    return forms.IntegerField(required=False, min_value=1, max_value=LONGEST, **told)


class FactsForm(SavedForm[Idea]):
    """What the idea is, in a few facts. Who leads it also says whether it is confidential or a test, and whose team."""

    duration = months(label=_("For how many months?"))
    themes = Ticks(label=_("Themes"), required=False)
    benefits = Ticks(label=_("Which benefits do you expect?"), required=False)
    objections = Ticks(label=_("Which objections do you hear?"), required=False)

    class Meta:
        model = Idea
        formfield_callback = form_field
        fields = [
            "title",
            "summary",
            "brought_by",
            "origin",
            "origin_text",
            "answer_needed_by",
            "motive",
            "team",
            "form",
            "duration",
            "indefinite",
            "legal_form",
            "client_data_shared",
            "data_agreement",
            "staff_lent",
            "costs_recharged",
            "vat_checked",
            "one_off",
            "confidential",
            "test",
        ]
        labels = {
            "title": _("Title"),
            "summary": _("The idea in one or two sentences"),
            "brought_by": _("Who brought it?"),
            "origin": _("Where does it come from?"),
            "origin_text": _("More on where it comes from"),
            "answer_needed_by": _("Answer needed by"),
            "motive": _("Why collaborate?"),
            "team": _("Own team"),
            "form": _("Form of collaboration"),
            "indefinite": _("For an indefinite time"),
            "legal_form": _("Legal form"),
            "client_data_shared": _("Data of clients are shared"),
            "data_agreement": _("What is agreed on data?"),
            "staff_lent": _("Staff is lent to one another"),
            "costs_recharged": _("Costs are passed on to one another"),
            "vat_checked": _("VAT has been looked at"),
            "one_off": _("It is for something that happens once"),
            "confidential": _("Confidential: only for those named on it, the policy team and the coordinator"),
            "test": _("This is an exercise or a test, no real idea"),
        }
        help_texts = {
            "summary": NO_CLIENT_NAMES,
            "confidential": _("Links by which others read along stop working then."),
        }

    field_order = ["title", "summary", "themes"]

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticks = list(models.Tick.objects.filter(idea=self.instance, review=None)) if self.instance.pk else []
        for name, (which, codes) in TICKED.items():
            set_choices(self, name, [(code.value, capital(say(code))) for code in codes])
            self.initial[name] = [tick.code for tick in ticks if tick.list == which]
        team = self.fields["team"]
        if isinstance(team, forms.ModelChoiceField):
            team.queryset, team.empty_label = self.instance.organisation.teams.all(), "—"
        if not standing.may(Act.LEAD):
            for name in ("team", "confidential", "test"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("indefinite") and cleaned.get("duration"):
            self.add_error("duration", _("Give a number of months, or an indefinite time, not both."))
        return cleaned

    def save(self, commit: bool = True) -> Idea:
        if "team" in self.cleaned_data:
            self.instance.team_name = self.cleaned_data["team"].name if self.cleaned_data["team"] else ""
        idea = super().save(commit)
        if idea.confidential and "confidential" in self.changed_data:
            _leave_out_of_mail(idea, str(self.initial["title"]))
        for name, (which, _codes) in TICKED.items():
            models.Tick.objects.filter(idea=idea, list=which).delete()
            models.Tick.objects.bulk_create(
                models.Tick(idea=idea, list=which, code=code, position=place)
                for place, code in enumerate(self.cleaned_data[name])
            )
        record(idea, **{name: (self.initial[name], self.cleaned_data[name]) for name in TICKED})
        return idea


def _leave_out_of_mail(idea: Idea, title: str) -> None:
    """What was still to be mailed to people of the organisation names an idea no more that is confidential now."""
    for language in Language.values:
        mails = Mail.objects.filter(account__language=language, account__members__organisation=idea.organisation_id)
        with translation.override(language):
            mails.say_instead(title, gettext("a confidential idea"))


class MoneyForm(SavedForm[models.FinancialFrame]):
    term = months(label=_("For how many months?"))
    meeting_hours = forms.IntegerField(
        label=_("Hours of meetings a year"), required=False, min_value=0, max_value=MOST_HOURS
    )

    class Meta:
        model = models.FinancialFrame
        formfield_callback = form_field
        fields = ["cost_year", "own_share", "term", "payback", "meeting_hours"]
        labels = {
            "cost_year": _("Cost, euro a year"),
            "own_share": _("Our own share, euro a year"),
            "payback": _("What comes back, and when?"),
        }


class SupportNotNeededForm(SavedForm[Idea]):
    class Meta:
        model = Idea
        formfield_callback = form_field
        fields = ["support_not_needed"]
        labels = {"support_not_needed": _("Not needed? Say why in a sentence.")}


class TrajectoryForm(SavedForm[models.Trajectory]):
    class Meta:
        model = models.Trajectory
        formfield_callback = form_field
        fields = ["aim", "owner", "closed", "outcome"]
        labels = {
            "aim": _("What do you want to reach with it?"),
            "owner": _("Who leads it?"),
            "closed": _("Closed on"),
            "outcome": _("What came out of it?"),
        }


@dataclass(frozen=True)
class Part:
    """A part of an idea that is edited as a whole; it stands on `page` under the id `name`.

    `of` gives what is recorded, or an unsaved record where there is nothing yet.
    """

    name: str
    form: type[SavedForm[Any]]
    of: Callable[[Idea], db.Model]
    page: str
    act: Act

    @property
    def template(self) -> str:
        return f"ideas/steps/parts/{self.name}.html"

    def at(self, idea: Idea) -> str:
        """Where it stands."""
        return f"{reverse(self.page, args=[idea.pk])}#{self.name}"


def _one_of[M: db.Model](model: type[M]) -> Callable[[Idea], M]:
    def of(idea: Idea) -> M:
        row = model._default_manager.filter(idea=idea).first() or model(idea=idea)
        row.idea = idea  # type: ignore[attr-defined]
        return row

    return of


PARTS = {
    part.name: part
    for part in [
        Part("facts", FactsForm, lambda idea: idea, "ideas:idea", Act.EDIT),
        Part("money", MoneyForm, _one_of(models.FinancialFrame), "ideas:explore", Act.EDIT),
        Part("support_not_needed", SupportNotNeededForm, lambda idea: idea, "ideas:check", Act.CHECK),
        Part("trajectory", TrajectoryForm, _one_of(models.Trajectory), "ideas:decide", Act.FOLLOW_THROUGH),
    ]
}


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def part(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """Edits a part: a page of its own, or for HTMX a form in its place; `shown` asks for the part as it stands.

    With `shown=again` it is shown anew by itself, so that the keyboard stays where it is.
    """
    if name not in PARTS:
        raise Http404
    edited = PARTS[name]
    is_shown = request.htmx and request.method != "POST" and "shown" in request.GET
    idea, standing = get_idea(request, idea_id, Act.READ if is_shown else edited.act, lock=request.method == "POST")
    if is_shown:
        return _as_it_stands(request, edited, edited.of(idea), idea, standing)
    form = edited.form(
        request.POST if request.method == "POST" else None,
        instance=edited.of(idea),
        auto_id=f"{name}-%s",
        **_rights(edited, standing),
    )
    if form.is_bound and form.is_valid():
        saved = form.save()
        if not request.htmx:
            return redirect(edited.at(idea))
        return trigger_client_event(_as_it_stands(request, edited, saved, idea, standing), "saved")
    template = "ideas/steps/part.html#form" if request.htmx else "ideas/steps/part.html"
    context = {"edited": edited, "idea": idea, "form": form}
    return render(request, template, context, status=status_of(form))


def _as_it_stands(
    request: HtmxHttpRequest, edited: Part, row: db.Model, idea: Idea, standing: Standing
) -> HttpResponse:
    """The part on its page. Only the facts need the whole picture."""
    whole = SimpleLazyObject(lambda: read_picture(idea))
    focus = request.GET.get("shown") != "again"
    context = {"part": row, "picture": whole, "idea": idea, "rights": standing.rights, "focus": focus}
    return render(request, edited.template, context)


def _rights(edited: Part, standing: Standing) -> dict[str, Any]:
    rights: dict[str, Any] = {"may_read_private_notes": standing.may(Act.READ_PRIVATE_NOTES)}
    return rights | {"standing": standing} if edited.form is FactsForm else rights
