"""Step 3 looks back first: must one return to step 1 for this opvolgpunt? Source: domain.md 1.2 (3a)."""

from auditlog.context import disable_auditlog
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from checks.catalogue import QUESTIONS
from checks.codes import FollowUpStatus, Triage
from ideas.access import Act, HtmxHttpRequest, Standing, get_idea
from ideas.forms import SavedForm, form_field
from ideas.models import FollowUp
from ideas.models.past import record_difference
from ideas.once import once
from ideas.picture import Reading
from ideas.steps.answers import Answering
from ideas.steps.saving import asked_of, posted, problems_of, saved

STEP = 1
OPEN = {FollowUpStatus.OPEN, FollowUpStatus.IN_PROGRESS}


class TriageForm(SavedForm[FollowUp]):
    """What happens with a point: one that is dropped lapses, and when that is undone it is open again."""

    class Meta:
        model = FollowUp
        formfield_callback = form_field
        fields = ["triage"]

    def save(self, commit: bool = True) -> FollowUp:
        was, becomes = self.initial.get("triage"), self.cleaned_data["triage"]
        if becomes is Triage.DROP and was is not Triage.DROP:
            self.instance.status = FollowUpStatus.LAPSED
        elif was is Triage.DROP and becomes is not Triage.DROP and self.instance.status is FollowUpStatus.LAPSED:
            self.instance.status = FollowUpStatus.OPEN
        with disable_auditlog():
            self.instance.save(update_fields=["triage", "status"])
        record_difference(self.was or FollowUp(), self.instance)
        return self.instance


def points_to_look_back_at(reading: Reading) -> list[FollowUp]:
    """The points of step 1 that are open, and those that were dropped here, so that this can be undone."""
    points = [point for point in reading.rows[FollowUp] if point.step == STEP]
    for point in points:
        point.idea = reading.idea
    return [point for point in points if point.status in OPEN or was_dropped(point)]


def was_dropped(point: FollowUp) -> bool:
    return point.triage is Triage.DROP and point.status is FollowUpStatus.LAPSED


def looked_back_at(point: FollowUp, standing: Standing, form: SavedForm[FollowUp] | None = None) -> Answering:
    """A point with its choice, as it stands on the page or as it was refused."""
    form = form or TriageForm(instance=point)
    return Answering(
        name=f"point-{point.pk}",
        url=reverse("ideas:look_back", args=[point.idea_id, point.pk]),
        idea=point.idea,
        question=QUESTIONS["s3.back"],
        options=list(Triage),
        value=str(form["triage"].value() or ""),
        note="",
        may_edit=standing.may(Act.EDIT),
        may_read_private_notes=False,
        version=form.version,
        between=form if form.is_bound and form.is_in_between else None,
        problems=problems_of(form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def look_back(request: HtmxHttpRequest, idea_id: int, row_id: int) -> HttpResponse:
    """Saves the choice for one point. On its own it is a page with just that point."""
    idea, standing = get_idea(request, idea_id, asked_of(request, Act.EDIT), lock=request.method == "POST")
    point = get_object_or_404(FollowUp, idea=idea, step=STEP, pk=row_id)
    point.idea = idea
    form = TriageForm(posted(request), instance=point)
    page = reverse("ideas:concretise", args=[idea.pk])
    return saved(
        request,
        form,
        idea,
        lambda form: looked_back_at(point, standing, form),
        page,
        "ideas/steps/look_back.html",
        point=point,
    )
