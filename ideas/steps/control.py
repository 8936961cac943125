"""Step 4, control: each opvolgpunt and voorwaarde, the verdict on them, and taking the questions back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from checks.codes import ConditionStatus, FollowUpStatus, Verb, Verdict
from checks.decision import SuggestedVerdict, suggested_verdict
from checks.mirror import CaredCondition, mirror
from checks.picture import FollowUp as PointOfPicture
from checks.picture import Picture
from checks.way import back_to, points_by_step, why_not
from checks.words import Code, Words
from ideas import models
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.forms import NO_CLIENT_NAMES, SavedForm, Text, form_field
from ideas.models import Condition, Control, FollowUp, Idea, Row
from ideas.once import once
from ideas.picture import LISTS, Reading, read, read_picture
from ideas.steps.not_now import not_now
from ideas.steps.page import Page
from ideas.steps.pages import PAGES
from ideas.steps.row_forms import PRIVATE
from ideas.steps.saving import QuickForm, Saving, asked_of, posted, saved, saving
from ideas.wording import say

PAGE = PAGES[4]
# What the suggested verdict rests on.
WEIGHED = (models.CheckConclusion, FollowUp, Condition)
SETTLED = {FollowUpStatus.SOLVED, FollowUpStatus.LAPSED, ConditionStatus.MET}
LONGEST_WHY = 2000
NOTHING_TO_TAKE_BACK = Words(
    "Er zijn geen vragen om mee terug te nemen. Kies eerst “vraagtekens” bij de controle.",
    "There are no questions to take back. Choose “question marks” at the control first.",
)


# ---------- the points and conditions


class PointForm(QuickForm[FollowUp]):
    class Meta:
        model = FollowUp
        formfield_callback = form_field
        fields = ["status", "remark"]
        labels = {"status": _("How far is it?"), "remark": _("Remark")}


class ConditionForm(QuickForm[Condition]):
    class Meta:
        model = Condition
        formfield_callback = form_field
        fields = ["status", "remark"]
        labels = {"status": _("Is it met?"), "remark": _("Remark")}


@dataclass(frozen=True)
class Controlled:
    """A list that is controlled row by row."""

    model: type[Row]
    form: type[SavedForm[Any]]
    statuses: type[Code]


CONTROLLED = {
    "conditions": Controlled(Condition, ConditionForm, ConditionStatus),
    "followups": Controlled(FollowUp, PointForm, FollowUpStatus),
}


@dataclass(frozen=True)
class Line:
    """One point or condition under control, in the list of this name; `it` is None for who only reads.

    `cared` is the condition with what takes care of it.
    """

    name: str
    row: Any
    statuses: list[Code]
    it: Saving | None
    cared: CaredCondition | None = None

    @property
    def is_settled(self) -> bool:
        return self.row.status in SETTLED


@dataclass(frozen=True)
class Lines:
    """The points or the conditions: what still asks for attention, and what is settled."""

    waiting: list[Line]
    settled: list[Line]

    def __bool__(self) -> bool:
        return bool(self.waiting or self.settled)


def _saving(name: str, row: Any, form: SavedForm[Any]) -> Saving:
    return saving(form, f"{name}-{row.pk}", reverse("ideas:control_row", args=[row.idea_id, name, row.pk]))


def lines_of(page: Page, name: str) -> Lines:
    controlled, may_edit = CONTROLLED[name], page.standing.may(Act.CONTROL)
    care = iter(mirror(page.picture).conditions if name == "conditions" else ())
    lines = [
        Line(
            name,
            row,
            list(controlled.statuses),
            _saving(name, row, controlled.form(instance=row)) if may_edit else None,
            next(care, None),
        )
        for row in page.reading.rows[controlled.model]
    ]
    return Lines([line for line in lines if not line.is_settled], [line for line in lines if line.is_settled])


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def control_row(request: HtmxHttpRequest, idea_id: int, name: str, row_id: int) -> HttpResponse:
    """Saves how one point or condition stands, with its remark. On its own it is a page with just that."""
    if name not in CONTROLLED:
        raise Http404
    controlled = CONTROLLED[name]
    idea, standing = get_idea(request, idea_id, asked_of(request, Act.CONTROL), lock=request.method == "POST")
    row = get_object_or_404(controlled.model._default_manager.filter(idea=idea), pk=row_id)
    form, may_edit = controlled.form(posted(request), instance=row), standing.may(Act.CONTROL)
    return saved(
        request,
        form,
        idea,
        lambda form: _saving(name, row, form) if may_edit else None,
        reverse(PAGE, args=[idea.pk]),
        "ideas/steps/control_row.html",
        line=Line(name, row, list(controlled.statuses), None),
    )


# ---------- the verdict


class ControlForm(QuickForm[Control]):
    """The verdict on points and conditions. One that differs from the suggestion needs a note (domain.md 2.3)."""

    class Meta:
        model = Control
        formfield_callback = form_field
        fields = ["verdict", "note", "by", "date", "notes_private"]
        labels = {
            "verdict": _("Where does the proposal stand?"),
            "note": _("Note"),
            "by": _("Who did this together? (functions)"),
            "date": _("When?"),
            "notes_private": PRIVATE,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        verdict, suggestion = cleaned.get("verdict"), suggestion_for(self.instance.idea)
        if verdict and suggestion and verdict != suggestion.verdict and "note" in self.fields and not cleaned["note"]:
            self.add_error(
                "note",
                _("The lists point to “%(words)s”. Say in a sentence why you see it differently.")
                % {"words": say(suggestion.verdict)},
            )
        if "date" in cleaned and not cleaned["date"]:
            cleaned["date"] = timezone.localdate() if verdict else None
        return cleaned

    def save(self, commit: bool = True) -> Control:
        if self.instance.verdict is not Verdict.QUESTION_MARKS:
            self.instance.back_to_step = None
        return super().save(commit)


def suggestion_for(idea: Idea) -> SuggestedVerdict | None:
    """The suggested verdict, reading no more than what it rests on."""
    weighed = read([idea.pk], WEIGHED)[idea.pk]
    nothing: dict[Any, list[Any]] = {model: [] for model in LISTS}
    return suggested_verdict(Reading(weighed.idea, nothing | weighed.rows).whole())


def verdict_of(control: Control, form: SavedForm[Control]) -> Saving:
    return saving(form, "verdict", reverse("ideas:verdict", args=[control.idea_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def verdict(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Saves the verdict with its note. On its own it is a page with just that."""
    idea, standing = get_idea(request, idea_id, asked_of(request, Act.CONTROL), lock=request.method == "POST")
    control = Control.objects.filter(idea=idea).first() or Control()
    control.idea = idea
    private, may_edit = standing.may(Act.READ_PRIVATE_NOTES), standing.may(Act.CONTROL)
    form = ControlForm(posted(request), instance=control, may_read_private_notes=private)
    return saved(
        request,
        form,
        idea,
        lambda form: verdict_of(control, form) if may_edit else None,
        reverse(PAGE, args=[idea.pk]),
        "ideas/steps/verdict.html",
        verdicts=list(Verdict),
        control=control,
        may_read_note=private or not control.notes_private,
    )


# ---------- the questions go back


@dataclass(frozen=True)
class QuestionsBack:
    """Where the questions go: the step to which the idea returns, and the open points by their own step."""

    step: int
    points: Mapping[int, tuple[PointOfPicture, ...]]
    without_step: tuple[PointOfPicture, ...]

    @property
    def why(self) -> str:
        """The open points in a sentence, each on one line."""
        texts: Iterable[str] = (point.text for points in (*self.points.values(), self.without_step) for point in points)
        return "; ".join(" ".join(text.split()) for text in texts)[:LONGEST_WHY]


def questions_back(picture: Picture) -> QuestionsBack | None:
    """None where there is nothing to take back: another verdict, or an idea that cannot go back now."""
    step = back_to(picture)
    decided, closed = picture.decision is not None, picture.closed is not None
    reason = why_not(Verb.SEND_BACK, status=picture.status, step=picture.step, decided=decided, closed=closed)
    if picture.verdict is not Verdict.QUESTION_MARKS or reason or step >= (picture.step or 0):
        return None
    points = points_by_step(picture)
    loose = tuple(point for point in picture.followups if point.status.is_open and point.step is None)
    return QuestionsBack(step, points, loose)


class WhyForm(forms.Form):
    """Why something is done, in a few words."""

    why = Text(
        label=_("Why?"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_CLIENT_NAMES,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def take_back(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Takes the questions back to the lowest step of the open points, in one action; GET lets say why in own words."""
    idea, standing = get_idea(request, idea_id, Act.LEAD, lock=request.method == "POST")
    back = questions_back(read_picture(idea))
    if back is None:
        return not_now(request, idea, idea.why_not(Verb.SEND_BACK) or NOTHING_TO_TAKE_BACK)
    form = WhyForm(request.POST if request.method == "POST" else None, initial={"why": back.why}, label_suffix="")
    if request.method == "POST" and form.is_valid():
        idea.send_back(standing.member, standing.role_for(Act.LEAD), back.step, form.cleaned_data["why"] or back.why)
        Control.objects.filter(idea=idea).update(back_to_step=back.step)
        return redirect(PAGES[back.step], idea.pk)
    status = 422 if form.is_bound else 200
    context = {"idea": idea, "back": back, "form": form}
    return render(request, "ideas/steps/questions_back.html", context, status=status)
