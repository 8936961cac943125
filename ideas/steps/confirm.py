"""The policy team confirms the two lists of step 2 as it sees them, and opens them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from ideas.access import Act, HtmxHttpRequest, Standing, get_idea
from ideas.models import Condition, FollowUp, Idea
from ideas.once import once
from ideas.steps.lists import LISTS

CONFIRMED: Mapping[str, type[FollowUp] | type[Condition]] = {"followups": FollowUp, "conditions": Condition}


@dataclass(frozen=True)
class Confirmation:
    """How a list stands: `on` is the day on which it was confirmed, None while it is open.

    `is_not_as_seen` tells that it was not as the one who wanted to confirm it saw it.
    """

    name: str
    on: date | None
    is_empty: bool
    may_confirm: bool
    is_not_as_seen: bool = False


def confirmation_of(
    name: str, idea: Idea, standing: Standing, *, is_empty: bool, is_not_as_seen: bool = False
) -> Confirmation:
    """How the list of this name stands at the idea."""
    on = getattr(idea, CONFIRMED[name].CONFIRMED)
    return Confirmation(name, on, is_empty, standing.may(Act.CONFIRM), is_not_as_seen)


@require_POST
@vary_on_headers("HX-Request")
@once
def confirm(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """Confirms a list, also an empty one, or opens it again. One that changed since it was shown is not confirmed."""
    idea, standing = get_idea(request, idea_id, Act.CONFIRM, lock=True)
    if name not in CONFIRMED:
        raise Http404
    model = CONFIRMED[name]
    stands = sorted(row.seen for row in model._default_manager.filter(idea=idea))
    opens = request.POST.get("to") == "open"
    not_as_seen = not opens and stands != sorted(request.POST.getlist("seen"))
    if not not_as_seen:
        setattr(idea, model.CONFIRMED, None if opens else timezone.localdate())
        idea.save(update_fields=[model.CONFIRMED])
        if not request.htmx:
            return redirect(LISTS[name].at(idea))
    template = "ideas/steps/confirm.html#confirmation" if request.htmx else "ideas/steps/confirm.html"
    told = confirmation_of(name, idea, standing, is_empty=not stands, is_not_as_seen=not_as_seen)
    context = {"confirmation": told, "idea": idea, "edited": LISTS[name]}
    answer = render(request, template, context, status=409 if not_as_seen else 200)
    return answer if not_as_seen else trigger_client_event(answer, "saved")
