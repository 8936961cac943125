"""Coupling in the mirror: what takes care of a condition, which indicator belongs to a goal."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from checks.codes import IndicatorKind
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.ids import id_in
from ideas.mirror.shown import is_settled
from ideas.models import Condition, FollowUp, Goal, Idea, Indicator
from ideas.once import once
from ideas.steps.concretise import agreements_of
from ideas.steps.lists import LISTS
from ideas.steps.page import show_idea
from ideas.steps.row_forms import CARERS

AT = "mirror"
# Where a condition that becomes an opvolgpunt is to be settled.
STEP = 3


@require_POST
@vary_on_headers("HX-Request")
@once
def care(request: HtmxHttpRequest, idea_id: int, condition_id: int) -> HttpResponse:
    """Says what takes care of a condition: a row of one of the lists, or nothing for an empty choice."""
    idea, _standing = get_idea(request, idea_id, Act.CHECK, lock=True)
    condition = get_object_or_404(Condition, idea=idea, pk=condition_id)
    name, _sep, number = request.POST.get("carer", "").partition("-")
    if name and (name not in CARERS or not id_in(number)):
        raise Http404
    if name:
        row = CARERS[name]._default_manager.filter(idea=idea, pk=id_in(number)).first()
        now = getattr(condition, name)
        if row is None or is_settled(row) or (now not in {None, row} and not is_settled(now)):
            return _changed_meanwhile(request, idea)
        setattr(condition, name, row)
        condition.save(update_fields=[name])
    return _answer(request, idea, "conditions")


@require_POST
@once
def care_by_point(request: HtmxHttpRequest, idea_id: int, condition_id: int) -> HttpResponse:
    """Makes an opvolgpunt of a condition, which then takes care of it. Pressed twice, it makes one."""
    idea, _standing = get_idea(request, idea_id, Act.CHECK, lock=True)
    condition = get_object_or_404(Condition, idea=idea, pk=condition_id)
    if condition.by_followup is None or not condition.by_followup.is_open:
        point = LISTS["followups"].new_row(
            idea, text=condition.text, step=STEP, due=condition.due, question=condition.question
        )
        point.save()
        condition.by_followup = point if isinstance(point, FollowUp) else None
        condition.save(update_fields=["by_followup"])
    return _answer(request, idea, "conditions", "followups")


@require_POST
@vary_on_headers("HX-Request")
@once
def couple(request: HtmxHttpRequest, idea_id: int, goal_id: int) -> HttpResponse:
    """Says which indicator belongs to a goal: one that belongs to no other."""
    idea, _standing = get_idea(request, idea_id, Act.EDIT, lock=True)
    goal = get_object_or_404(Goal, idea=idea, pk=goal_id)
    number = request.POST.get("indicator", "")
    if number and not id_in(number):
        raise Http404
    if number:
        indicator = Indicator.objects.filter(idea=idea, pk=id_in(number)).exclude(kind=IndicatorKind.NONE).first()
        if indicator is None or indicator.goal not in {None, goal}:
            return _changed_meanwhile(request, idea)
        indicator.goal = goal
        indicator.save(update_fields=["goal"])
    return _answer(request, idea, "indicators_result", "indicators_process")


def _changed_meanwhile(request: HtmxHttpRequest, idea: Idea) -> HttpResponse:
    """What was chosen on a page that is no longer true changes nothing: the mirror as it stands now, which says so."""
    problem = _("That is not possible any more: something changed in the meantime. This is how it stands now.")
    page, part = "ideas/steps/concretise.html", "ideas/mirror/mirror.html"
    answer = show_idea(request, idea.pk, page, 3, lambda page: {**agreements_of(page), "mirror_says": problem}, part)
    answer.status_code = 409
    return answer


def _answer(request: HtmxHttpRequest, idea: Idea, *changed: str) -> HttpResponse:
    """Back to the mirror; a page that is open shows what changed."""
    if not request.htmx:
        return redirect(f"{reverse('ideas:concretise', args=[idea.pk])}#{AT}")
    answer = trigger_client_event(HttpResponse(status=204), "saved")
    for name in changed:
        trigger_client_event(answer, f"saved-{name}")
    return answer
