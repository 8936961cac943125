"""The pages of the past: of one question, row or part, of a list, and of the whole idea; and bringing back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from ideas import models
from ideas.access import ROLES, Act, HtmxHttpRequest, Standing, get_idea
from ideas.ids import id_in
from ideas.models import Change, Idea
from ideas.once import once
from ideas.past.back import Deed
from ideas.past.earlier import Earlier, Names, Reader
from ideas.past.present import Present
from ideas.past.things import Thing, named_in, removals, row_of, thing_at, thing_of
from ideas.past.timeline import months_of, periods_of
from ideas.steps import answers
from ideas.steps.lists import EditableList
from ideas.steps.rows import announced, edited_list, shown

# As many changes as a page shows.
A_PAGE = 30


@dataclass(frozen=True)
class Page:
    """The changes on a page; `more` is the id before which the next page goes on, None at the end."""

    changes: list[Earlier]
    more: int | None


def _page_of(idea: Idea, standing: Standing, thing: Thing, before: int) -> Page:
    changes = thing.changes(idea)
    found = (changes.filter(pk__lt=before) if before else changes)[: A_PAGE + 1]
    return _page(idea, standing, [(thing, change) for change in found])


def _page(idea: Idea, standing: Standing, found: Sequence[tuple[Thing, Change]]) -> Page:
    """The first of these changes, with what each is about; one more than a page takes tells that it goes on."""
    kept = found[:A_PAGE]
    present = Present(idea, [change for _thing, change in kept])
    reader = Reader(present, standing.may(Act.READ_PRIVATE_NOTES), Names(idea))
    told = [(thing, one) for thing, change in kept for one in reader.read(thing, [change])]
    return Page(
        [_with_version(present, standing, one, thing.only) for thing, one in told],
        kept[-1][1].pk if len(found) > A_PAGE else None,
    )


def _with_version(present: Present, standing: Standing, one: Earlier, only: str) -> Earlier:
    """With what to send along to bring it back, where this member may and there is something to bring back."""
    if not any(standing.may(act) for act in Act if act is not Act.READ):
        return one
    deed = Deed(present, one.change, standing, only)
    return replace(one, version=deed.version if deed.may_be_undone else "")


@require_safe
@vary_on_headers("HX-Request")
def past(request: HtmxHttpRequest, idea_id: int, kind: str, **about: Any) -> HttpResponse:
    """The past of one thing: a page of its own, or for HTMX a fragment under the question."""
    idea, standing = get_idea(request, idea_id)
    return _shown(request, idea, standing, thing_at(idea, kind, **about))


def _shown(
    request: HtmxHttpRequest,
    idea: Idea,
    standing: Standing,
    thing: Thing,
    problems: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    page = _page_of(idea, standing, thing, id_in(request.GET.get("before", "")))
    context = {"idea": idea, "thing": thing, "page": page, "problems": list(problems)}
    template = "ideas/steps/past.html#past" if request.htmx else "ideas/steps/past.html"
    return render(request, template, context, status=status)


@require_safe
def of_list(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """The rows that were taken out of a list and are still gone, and the way to the past of those that stand there."""
    edited = edited_list(name)
    idea, standing = get_idea(request, idea_id)
    found = islice(removals(idea, edited, id_in(request.GET.get("before", ""))), A_PAGE + 1)
    page = _page(
        idea, standing, [(row_of(idea, edited, change.object_id, named_in(change)), change) for change in found]
    )
    rows = edited.standing_at(idea)
    context = {"idea": idea, "edited": edited, "page": page, "rows": rows}
    return render(request, "ideas/steps/list_past.html", context)


@require_safe
def timeline(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """What happened at the idea, a month at a time, by step and by role."""
    idea, _standing = get_idea(request, idea_id)
    months = months_of(idea)
    asked = request.GET.get("month", "")
    month = next((month for month in months if month.slug == asked), None)
    if asked and month is None:
        raise Http404
    month = month or next(iter(months), None)
    context = {
        "idea": idea,
        "month": month,
        "months": months,
        "periods": periods_of(idea, month) if month else [],
    }
    return render(request, "ideas/steps/timeline.html", context)


# ---------- bringing back


@require_POST
@vary_on_headers("HX-Request")
@once
def bring_back(request: HtmxHttpRequest, idea_id: int, change_id: int) -> HttpResponse:
    """Brings back what was changed, with all that the same form changed; nothing is overwritten unseen."""
    only = request.POST.get("only", "")
    idea, standing = get_idea(request, idea_id)
    change = Change.objects.filter(idea=idea, pk=change_id).first()
    thing = thing_of(Present(idea, [change]), change, only) if change else None
    if change is None or thing is None:
        raise Http404
    idea, standing = get_idea(request, idea_id, _right_to(idea, change, standing, only), lock=True)
    deed = Deed(Present(idea, [change]), change, standing, only)
    if request.POST.get("version") != deed.version:
        return _refused(request, deed, thing, [_("This changed in the meantime. Nothing was brought back yet.")], 409)
    try:
        deed.undo()
    except ValidationError as error:
        return _refused(request, deed, thing, error.messages, 422)
    return _done(request, idea, standing, thing)


def _right_to(idea: Idea, change: Change, standing: Standing, only: str) -> Act:
    """The right that it takes. Raises PermissionDenied where they have it not, Http404 where nothing comes back."""
    deed = Deed(Present(idea, [change]), change, standing, only)
    if not deed.acts:
        raise Http404
    for act in sorted(deed.acts, key=lambda act: standing.may(act)):
        if not standing.may(act):
            raise PermissionDenied(*ROLES[act])
    return deed.meant_part.thing.act if deed.meant_part else next(iter(deed.acts))


def _refused(request: HtmxHttpRequest, deed: Deed, thing: Thing, problems: Iterable[str], status: int) -> HttpResponse:
    """The page of what it is about, as it stands now, with a word on why nothing was brought back."""
    if request.htmx and thing.edited:
        context = {"idea": deed.idea, "thing": thing, "problems": problems}
        answer = render(request, "ideas/steps/past.html#refused", context, status=status)
        return reswap(answer, "innerHTML")
    return _shown(request, deed.idea, deed.standing, thing, problems, status)


def _done(request: HtmxHttpRequest, idea: Idea, standing: Standing, thing: Thing) -> HttpResponse:
    """Where it stands; for HTMX the answer itself, or the row at its place."""
    if not request.htmx:
        return redirect(thing.place)
    if thing.name:
        context = {"it": _answering(idea, thing, standing), "thing": thing, "focus": True}
        answer = render(request, "ideas/steps/brought_back.html", context)
        return trigger_client_event(retarget(reswap(answer, "outerHTML"), f"#{thing.name}"), "saved")
    if thing.edited:
        return row_again(request, idea, standing, thing.edited, (thing.found_by or {})["pk"])
    return HttpResponseClientRedirect(thing.place)


def _answering(idea: Idea, thing: Thing, standing: Standing) -> answers.Answering:
    row: Any = thing.kind._default_manager.get(idea=idea, **(thing.found_by or {}))
    row.idea = idea
    return answers.answering(row, standing) if thing.kind is models.Answer else answers.conclusion_of(row, standing)


def row_again(request: HtmxHttpRequest, idea: Idea, standing: Standing, edited: EditableList, pk: int) -> HttpResponse:
    """The row for its place in the list, before the one that follows it."""
    whole = shown(edited, idea, standing)
    ids = [item.row.pk for item in whole.rows]
    following = ids[ids.index(pk) + 1 :][:1] if pk in ids else []
    section = replace(whole, rows=[item for item in whole.rows if item.row.pk == pk], focus=pk)
    place = f"beforebegin:#{edited.name}-{following[0]}" if following else f"beforeend:#{edited.name}-rows"
    context = {"section": section, "edited": edited, "idea": idea, "place": place}
    answer = render(request, "ideas/steps/row_again.html", context)
    return announced(reswap(answer, "delete"), edited)
