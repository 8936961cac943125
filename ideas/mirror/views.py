"""Coupling in the mirror: what takes care of a condition, which indicator belongs to a goal."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.models import Condition, FollowUp, Goal, Idea, Indicator
from ideas.once import once
from ideas.steps.lists import LISTS
from ideas.steps.row_forms import CARERS

AT = "mirror"
# Where a condition that becomes an opvolgpunt is to be settled.
STEP = 3


@require_POST
@once
def care(request: HtmxHttpRequest, idea_id: int, condition_id: int) -> HttpResponse:
    """Says what takes care of a condition: a row of one of the lists, or nothing for an empty choice."""
    idea, _ = get_idea(request, idea_id, Act.CHECK, lock=True)
    condition = get_object_or_404(Condition, idea=idea, pk=condition_id)
    name, _sep, number = request.POST.get("carer", "").partition("-")
    if name and (name not in CARERS or not number.isdecimal()):
        raise Http404
    if name:
        row = get_object_or_404(CARERS[name]._default_manager.filter(idea=idea), pk=number)
        setattr(condition, name, row)
        condition.save(update_fields=[name])
    return _answer(request, idea, "conditions")


@require_POST
@once
def care_by_point(request: HtmxHttpRequest, idea_id: int, condition_id: int) -> HttpResponse:
    """Makes an opvolgpunt of a condition, which then takes care of it. Pressed twice, it makes one."""
    idea, _ = get_idea(request, idea_id, Act.CHECK, lock=True)
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
@once
def couple(request: HtmxHttpRequest, idea_id: int, goal_id: int) -> HttpResponse:
    """Says which indicator belongs to a goal."""
    idea, _ = get_idea(request, idea_id, Act.EDIT, lock=True)
    goal = get_object_or_404(Goal, idea=idea, pk=goal_id)
    number = request.POST.get("indicator", "")
    if number:
        if not number.isdecimal():
            raise Http404
        indicator = get_object_or_404(Indicator, idea=idea, pk=number)
        indicator.goal = goal
        indicator.save(update_fields=["goal"])
    return _answer(request, idea, "indicators_result", "indicators_process")


def _answer(request: HtmxHttpRequest, idea: Idea, *changed: str) -> HttpResponse:
    """Back to the mirror; a page that is open shows what changed."""
    if not request.htmx:
        return redirect(f"{reverse('ideas:concretise', args=[idea.pk])}#{AT}")
    answer = trigger_client_event(HttpResponse(status=204), "saved")
    for name in changed:
        trigger_client_event(answer, f"saved-{name}")
    return answer
