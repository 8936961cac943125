"""Step 4, control: each opvolgpunt and voorwaarde, the verdict on them, and taking the questions back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
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
from ideas.models import Attachment, Change, Condition, Control, FollowUp, Idea, Row
from ideas.models.points import ConfirmedRow
from ideas.once import once
from ideas.picture import LISTS, Reading, read, read_picture
from ideas.steps.lists import Listed
from ideas.steps.not_now import not_now
from ideas.steps.page import Page
from ideas.steps.pages import PAGES
from ideas.steps.row_forms import PRIVATE
from ideas.steps.saving import QuickForm, Saving, asked_of, fields_of, posted, saved, saving
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


class LookedAtForm[R: ConfirmedRow](QuickForm[R]):
    """Whatever is saved here, the control of this round went through this point or condition."""

    def save(self, commit: bool = True) -> R:
        row = super().save(commit)
        row.is_looked_at()
        return row


class PointForm(LookedAtForm[FollowUp]):
    class Meta:
        model = FollowUp
        formfield_callback = form_field
        fields = ["status", "remark"]
        labels = {"status": _("How far is it?"), "remark": _("Remark")}


class ConditionForm(LookedAtForm[Condition]):
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


class Since(Enum):
    """What became of a point or condition since the last control."""

    NEW = Words("nieuw", "new")
    TEXT = Words("anders verwoord", "worded otherwise")
    STATUS = Words("andere status", "another status")
    REMARK = Words("andere opmerking", "another remark")
    EVIDENCE = Words("ander bewijs", "other evidence")


CHANGED = {"text": Since.TEXT, "status": Since.STATUS, "remark": Since.REMARK}

type Changed = Mapping[tuple[type[Model], int], set[Since]]


@dataclass(frozen=True)
class Line:
    """One point or condition under control, in the list of this name; `it` is None for who only reads.

    `cared` is the condition with what takes care of it, `proofs` its evidence; `since` is what changed since the last
    control; `is_looked_at` whether the control of this round went through it.
    """

    name: str
    row: Any
    statuses: list[Code]
    it: Saving | None
    cared: CaredCondition | None = None
    proofs: tuple[Listed, ...] = ()
    since: tuple[Since, ...] = ()
    is_looked_at: bool = False

    @property
    def is_settled(self) -> bool:
        return self.row.status in SETTLED


@dataclass(frozen=True)
class Lines:
    """The points or the conditions: what asks for attention, what is settled, and what stayed as it was.

    Nothing stayed as it was in a first control.
    """

    waiting: list[Line]
    settled: list[Line]
    same: list[Line]

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def all(self) -> list[Line]:
        return [*self.waiting, *self.settled, *self.same]

    @property
    def same_and_open(self) -> int:
        return sum(not line.is_settled for line in self.same)


@dataclass(frozen=True)
class Progress:
    """How many of the points and conditions the control of this round went through."""

    looked_at: int
    all: int


def progress_of(*lists: Lines) -> Progress:
    lines = [line for told in lists for line in told.all]
    return Progress(sum(line.is_looked_at for line in lines), len(lines))


def changed_since_last(page: Page) -> Changed | None:
    """What became of each point and condition since the idea last went back from here; None in a first control."""
    control = getattr(page.reading.idea, "control", None)
    if control is None or control.left_at is None or page.idea.step != 4:
        return None
    changes = Change.objects.filter(
        idea=page.idea,
        touched__gt=control.left_at,
        content_type__in=ContentType.objects.get_for_models(FollowUp, Condition, Attachment).values(),
    )
    found: dict[tuple[type[Model], int], set[Since]] = defaultdict(set)
    of_file = {row.pk: row.condition_id for row in page.reading.rows.get(Attachment, ())}
    for change in changes:
        if change.kind is Attachment:
            named = {of_file.get(change.object_id), *change.changes.get("condition", ())}
            for told in named:
                if str(told).isdecimal():
                    found[Condition, int(str(told))].add(Since.EVIDENCE)
        elif change.action == Change.Action.CREATE:
            found[change.kind, change.object_id].add(Since.NEW)
        else:
            found[change.kind, change.object_id] |= {CHANGED[name] for name in fields_of(change) if name in CHANGED}
    return found


def _saving(name: str, row: Any, form: SavedForm[Any]) -> Saving:
    return saving(form, f"{name}-{row.pk}", reverse("ideas:control_row", args=[row.idea_id, name, row.pk]))


def lines_of(page: Page, name: str, changed: Changed | None) -> Lines:
    """The rows of this list under control; `changed` is None in a first control."""
    controlled, may_edit = CONTROLLED[name], page.standing.may(Act.CONTROL)
    care = iter(mirror(page.picture).conditions if name == "conditions" else ())
    proofs = proofs_of(page) if name == "conditions" else {}
    lines = [
        Line(
            name,
            row,
            list(controlled.statuses),
            _saving(name, row, controlled.form(instance=row)) if may_edit else None,
            next(care, None),
            tuple(proofs.get(row.pk, ())),
            _in_order(changed.get((controlled.model, row.pk), set())) if changed is not None else (),
            row.looked_in == page.idea.round,
        )
        for row in page.reading.rows[controlled.model]
    ]
    if changed is not None:
        return Lines([line for line in lines if line.since], [], [line for line in lines if not line.since])
    return Lines([line for line in lines if not line.is_settled], [line for line in lines if line.is_settled], [])


def _in_order(since: set[Since]) -> tuple[Since, ...]:
    """What is new is looked at as a whole."""
    return (Since.NEW,) if Since.NEW in since else tuple(one for one in Since if one in since)


def proofs_of(page: Page) -> Mapping[int, list[Listed]]:
    """The evidence for each condition, by its id."""
    found: dict[int, list[Listed]] = defaultdict(list)
    for item in page.section("proofs").rows if Attachment in page.reading.rows else ():
        found[item.row.condition_id].append(item)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def control_row(request: HtmxHttpRequest, idea_id: int, name: str, row_id: int) -> HttpResponse:
    """Saves how one point or condition stands, with its remark. On its own it is a page with just that."""
    if name not in CONTROLLED:
        raise Http404
    controlled = CONTROLLED[name]
    idea, standing = get_idea(request, idea_id, asked_of(request, Act.CONTROL), lock=request.method == "POST")
    row: Any = get_object_or_404(controlled.model._default_manager.filter(idea=idea), pk=row_id)
    row.idea = idea
    form, may_edit = controlled.form(posted(request), instance=row), standing.may(Act.CONTROL)
    return saved(
        request,
        form,
        idea,
        lambda form: _saving(name, row, form) if may_edit else None,
        reverse(PAGE, args=[idea.pk]),
        "ideas/steps/control_row.html",
        line=Line(name, row, list(controlled.statuses), None, is_looked_at=row.looked_in == idea.round),
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
