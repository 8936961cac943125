"""Moving an activity to another bundle, and dropping what people agreed."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, trigger_client_event

from ideas.access import Act, HtmxHttpRequest, Standing, get_idea
from ideas.board.shown import read_board
from ideas.ids import id_in
from ideas.models import Activity, Bundle, Droppable, Idea
from ideas.once import once
from ideas.steps.concretise import agreements_of
from ideas.steps.lists import LISTS, EditableList, Section
from ideas.steps.page import show_idea
from ideas.steps.past import row_again
from ideas.steps.row_forms import why_it_can_go
from ideas.steps.rows import announced, gone, in_short

# What a form says for no bundle.
NO_BUNDLE = "none"


class WhyForm(forms.Form):
    """Why an agreement can go."""

    dropped_why = why_it_can_go()


@require_POST
@vary_on_headers("HX-Request")
@once
def move_activity(request: HtmxHttpRequest, idea_id: int, activity_id: int) -> HttpResponse:
    """Puts an activity in the bundle `to`, where it still stands in the one where it was seen (`seen`)."""
    idea, standing = get_idea(request, idea_id, Act.EDIT, lock=True)
    activity = Activity.objects.filter(idea=idea, pk=activity_id).first()
    problem = _cannot_move(idea, activity, request.POST.get("to", ""), request.POST.get("seen", ""))
    status = 409 if problem else 200
    if request.htmx:
        board = read_board(idea, standing)
        context = {"idea": idea, "rights": standing.rights, "board_says": problem, **_focused(board, activity_id)}
        answer = render(request, "ideas/board/board.html", context, status=status)
        return answer if problem else trigger_client_event(answer, "saved")
    if not problem:
        return redirect(f"{reverse('ideas:concretise', args=[idea.pk])}#activities-{activity_id}")
    page = "ideas/steps/concretise.html"
    answer = show_idea(request, idea_id, page, 3, lambda page: {**agreements_of(page), "board_says": problem})
    answer.status_code = status
    return answer


def _cannot_move(idea: Idea, activity: Activity | None, to: str, seen: str) -> str:
    """Moves it, or says why not."""
    if activity is None:
        return _("This activity was taken away in the meantime. This is how the board stands now.")
    bundle = Bundle.objects.filter(idea=idea, pk=id_in(to)).first() if to != NO_BUNDLE else None
    if bundle is None and to != NO_BUNDLE:
        return _("That bundle is not there any more. This is how the board stands now.")
    stands = str(activity.bundle_id or NO_BUNDLE)
    if stands not in {seen, to}:
        return _("Somebody moved “%(activity)s” in the meantime. This is how the board stands now.") % {
            "activity": activity.name
        }
    if stands != to:
        activity.bundle = bundle
        activity.save(update_fields=["bundle"])
    return ""


def _focused(board: dict[str, Section], activity_id: int) -> dict[str, Section]:
    """The board on which the keyboard returns to this activity."""
    bundles = board["bundles"]
    rows = [
        replace(item, inside=replace(item.inside, focus=activity_id)) if item.inside else item for item in bundles.rows
    ]
    return {
        "activities": replace(board["activities"], focus=activity_id),
        "bundles": replace(bundles, rows=rows),
    }


def droppable(name: str) -> EditableList:
    """The list of this name, if it is one of agreements. Raises Http404."""
    if name not in LISTS or not issubclass(LISTS[name].model, Droppable):
        raise Http404
    return LISTS[name]


@require_POST
@vary_on_headers("HX-Request")
@once
def drop(request: HtmxHttpRequest, idea_id: int, name: str, row_id: int) -> HttpResponse:
    """Drops an agreement, with `dropped_why` where they said so; or lays it back (`to` is `back`)."""
    edited = droppable(name)
    idea, standing = get_idea(request, idea_id, edited.act, lock=True)
    row: Any = edited.model._default_manager.filter(idea=idea, pk=row_id).first()
    if row is None:
        return gone(request, edited, idea, standing, row_id)
    row.idea = idea
    if request.POST.get("to") == "back":
        return _laid_back(request, edited, row, standing)
    return _dropped(request, edited, row, standing)


def _laid_back(request: HtmxHttpRequest, edited: EditableList, row: Droppable, standing: Standing) -> HttpResponse:
    was_dropped = row.dropped is not None
    if was_dropped:
        row.lay_back()
    if not request.htmx:
        return redirect(edited.at(row.idea))
    if was_dropped:
        return row_again(request, row.idea, standing, edited, row.pk)
    return announced(reswap(HttpResponse(), "delete"), edited)


def _dropped(request: HtmxHttpRequest, edited: EditableList, row: Droppable, standing: Standing) -> HttpResponse:
    form = WhyForm(request.POST, auto_id=f"drop-{edited.name}-{row.pk}-%s")
    if row.dropped is None and not form.is_valid():
        context = {"edited": edited, "idea": row.idea, "row": row, "form": form, "edited_at": edited.at(row.idea)}
        return render(request, "ideas/board/too_long.html", context, status=422)
    if row.dropped is None:
        row.drop(standing.role_for(edited.act), form.cleaned_data["dropped_why"])
    if not request.htmx:
        return redirect(f"{reverse(edited.page, args=[row.idea_id])}#dropped")
    context = {"edited": edited, "idea": row.idea, "row": row, "in_short": in_short(row)}
    return announced(reswap(render(request, "ideas/board/let_go.html", context), "delete"), edited)
