"""The pages of a list: add rows, edit one, put them in another order, take one away.

Each is a page of its own for a plain request, and a fragment for HTMX: a form in the place of the row, or the list as
it then stands.
"""

from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, trigger_client_event

from checks.catalogue import QUESTIONS
from ideas.access import ROLES, Act, HtmxHttpRequest, Standing, get_idea
from ideas.forms import Lines
from ideas.ids import id_in
from ideas.models import Activity, Alignment, Bundle, Idea, Indicator, Measure, Partner, Row
from ideas.models.past import is_done_by, record
from ideas.once import once
from ideas.past.back import Deed
from ideas.past.earlier import Earlier, Names, Reader
from ideas.past.present import Present
from ideas.past.removing import changed_since, version_of_row
from ideas.past.removing import remove as take_away
from ideas.past.things import removal_of, row_of
from ideas.picture import read
from ideas.steps.lists import LISTS, TASKS, EditableList, Section, loose, may_tick, section_of
from ideas.steps.row_forms import RowForm
from ideas.steps.saving import status_of
from ideas.wording import all_of

# As many lines as one adds at a time.
MOST_LINES = 50
# How a row that is gone comes back without what was typed since.
AS_IT_WAS = "as_it_was"


def edited_list(name: str) -> EditableList:
    if name not in LISTS:
        raise Http404
    return LISTS[name]


def shown(edited: EditableList, idea: Idea, standing: Standing, rows: Container[int] = (), **more: Any) -> Section:
    """The list, or only these rows of it, as it stands now, read with no more than it needs."""
    reading = read([idea.pk], dict.fromkeys((edited.model, *edited.needs)))[idea.pk]
    whole = section_of(edited, reading, standing)
    kept = [item for item in whole.rows if item.row.pk in rows] if rows else whole.rows
    return replace(whole, rows=kept, **more)


def announced(answer: HttpResponse, edited: EditableList) -> HttpResponse:
    """Lets the page know that something was saved, and in which list."""
    return trigger_client_event(trigger_client_event(answer, "saved"), f"saved-{edited.name}")


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def rows(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """The list itself, or one `row` of it; POST quickly adds rows, one a line."""
    edited = edited_list(name)
    if request.method == "POST":
        return add_lines(request, edited, idea_id)
    idea, standing = get_idea(request, idea_id)
    if not request.htmx:
        return redirect(edited.at(idea))
    row_id = id_in(request.GET.get("row", ""))
    if not row_id:
        section = shown(edited, idea, standing)
        section = loose(section) if edited.model is Activity else section
        return render(request, "ideas/steps/list.html#listing", {"section": section})
    return _one_row(request, edited, _row(edited, idea, row_id), standing)


def _one_row(request: HtmxHttpRequest, edited: EditableList, row: Row, standing: Standing) -> HttpResponse:
    section = shown(edited, row.idea, standing, rows={row.pk}, focus=row.pk)
    context = {"section": section, "edited": edited, "idea": row.idea, "item": section.rows[0]}
    return render(request, "ideas/steps/listed.html", context)


def add_lines(request: HtmxHttpRequest, edited: EditableList, idea_id: int) -> HttpResponse:
    """Adds the lines that were typed as rows of a list, all of them or none."""
    if not edited.first:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    idea, standing = get_idea(request, idea_id, edited.act, lock=True)
    typed = request.POST.get("lines", "")
    lines = Lines(required=False).clean(typed)
    added, problems = [], []
    if len(lines) > MOST_LINES:
        problems.append(_("%(most)d at a time at the most, please.") % {"most": MOST_LINES})
    for line in lines[:MOST_LINES]:
        form = edited.form({edited.first: line}, instance=edited.new_row(idea))
        form.fields = {edited.first: form.fields[edited.first]}
        if form.is_valid():
            form.instance.save()
            added.append(form.instance.pk)
        else:
            problems += [f"{line[:60]}: {problem}" for told in form.errors.values() for problem in told]
    context = {"edited": edited, "idea": idea}
    if problems:
        context |= {"lines": typed, "problems": problems}
        template = "ideas/steps/lines.html#add" if request.htmx else "ideas/steps/lines.html"
        return render(request, template, context, status=422)
    return _added(request, edited, idea, standing, added)


def _added(
    request: HtmxHttpRequest,
    edited: EditableList,
    idea: Idea,
    standing: Standing,
    added: list[int],
    row: Row | None = None,
    **more: Any,
) -> HttpResponse:
    """After adding: the page where the list stands, or the new rows for the end of it."""
    if not request.htmx:
        return redirect(edited.at(idea, row))
    section = shown(edited, idea, standing, rows=set(added) or {0})
    context = {"section": section, "edited": edited, "idea": idea, **more}
    return announced(render(request, "ideas/steps/added.html", context), edited)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def add(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """Adds a row with its whole form; `question` is what an opvolgpunt or voorwaarde is about."""
    edited = edited_list(name)
    idea, standing = get_idea(request, idea_id, edited.act, lock=request.method == "POST")
    arising = _arising_from(request, edited)
    form = _form_of(request, edited, edited.new_row(idea, **arising), standing)
    if form.is_bound and form.is_valid():
        row = form.save()
        return _added(request, edited, idea, standing, [row.pk], row, confirm=True, arises=bool(arising))
    return _asked(request, edited, form)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def edit(request: HtmxHttpRequest, idea_id: int, name: str, row_id: int) -> HttpResponse:
    """Edits a row."""
    edited = edited_list(name)
    idea, standing = get_idea(request, idea_id, edited.act, lock=request.method == "POST")
    row = _find(edited, idea, row_id)
    if row is None:
        return gone(request, edited, idea, standing, row_id)
    form = _form_of(request, edited, row, standing)
    if form.is_bound and form.is_valid():
        return _edited(request, edited, form.save(), standing)
    return _asked(request, edited, form)


def _edited(request: HtmxHttpRequest, edited: EditableList, row: Row, standing: Standing) -> HttpResponse:
    if not request.htmx:
        return redirect(edited.at(row.idea, row))
    return announced(reswap(_one_row(request, edited, row, standing), "outerHTML"), edited)


def gone(request: HtmxHttpRequest, edited: EditableList, idea: Idea, standing: Standing, row_id: int) -> HttpResponse:
    """A row that somebody took away in the meantime: with what was typed, and with two ways out.

    It comes back as it was, or with what was typed. Raises Http404 where the list never had such a row.
    """
    removal = removal_of(idea, edited, row_id)
    if removal is None:
        raise Http404
    deed, wanted, problems = Deed(Present(idea, [removal]), removal, standing), request.POST.get("bring_back"), []
    if wanted:
        try:
            with transaction.atomic():
                deed.undo()
                row = _row(edited, idea, row_id)
        except ValidationError as error:
            problems = error.messages
        else:
            form = None if wanted == AS_IT_WAS else _form_of(request, edited, row, standing)
            if form is None or form.is_valid():
                return _edited(request, edited, form.save() if form else row, standing)
            return _asked(request, edited, form)
    was = next(part for part in deed.parts if part.is_meant).as_it_was()
    form = _form_of(request, edited, was, standing)  # type: ignore[arg-type]
    if request.method == "POST" and wanted != AS_IT_WAS and "version" not in request.POST:
        form.is_bound = False
    context = {
        "edited": edited,
        "idea": idea,
        "row": was,
        "form": form,
        "who": removal.actor.name if removal.actor else "",
        "in_short": in_short(was),
        "version": request.POST.get("version", ""),
        "problems": problems,
    }
    template = "ideas/steps/gone.html#form" if request.htmx else "ideas/steps/gone.html"
    return render(request, template, context, status=409)


def _form_of(request: HtmxHttpRequest, edited: EditableList, row: Row, standing: Standing) -> RowForm[Any]:
    posted = request.method == "POST"
    return edited.form(
        request.POST if posted else None,
        request.FILES if posted else None,
        instance=row,
        may_read_private_notes=standing.may(Act.READ_PRIVATE_NOTES),
        auto_id=f"{edited.name}-{row.pk or 'new'}-%s",
    )


def _asked(request: HtmxHttpRequest, edited: EditableList, form: RowForm[Any]) -> HttpResponse:
    """The form, as it stands or with what was typed and what is wrong with it."""
    template = "ideas/steps/row.html#form" if request.htmx else "ideas/steps/row.html"
    context = {"edited": edited, "idea": form.idea, "row": form.instance, "form": form}
    return render(request, template, context, status=status_of(form))


def _find(edited: EditableList, idea: Idea, row_id: int) -> Row | None:
    """A row of this list, None where it is not there."""
    row = edited.standing_at(idea).filter(pk=row_id).first()
    if row is not None:
        row.idea = idea
    return row


def _row(edited: EditableList, idea: Idea, row_id: int) -> Row:
    """A row of this list. Raises Http404, also where a colleague took it away."""
    row = _find(edited, idea, row_id)
    if row is None:
        raise Http404
    return row


def in_short(row: Any) -> str:
    """What a row is called where there is little room."""
    return str(row) or _("this")


def _arising_from(request: HtmxHttpRequest, edited: EditableList) -> dict[str, Any]:
    condition = id_in(request.GET.get("condition", ""))
    if "condition_id" in edited.without and condition:
        return {"condition_id": condition}
    if edited.model is Measure:
        return {"indicator_id": id_in(request.GET.get("indicator", "")) or None, "date": timezone.localdate()}
    question = QUESTIONS.get(request.GET.get("question", ""))
    if question is None or not hasattr(edited.model, "question"):
        return {}
    step = {"step": question.step or None} if hasattr(edited.model, "step") else {}
    return {"question": question.slug, **step}


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def tick_off(request: HtmxHttpRequest, idea_id: int, name: str, row_id: int) -> HttpResponse:
    """Says with one press that a task is done, or not after all (`to` is `open`)."""
    if name not in TASKS:
        raise Http404
    edited = LISTS[name]
    idea, standing = get_idea(request, idea_id, lock=request.method == "POST")
    if request.method != "POST":
        return redirect(edited.at(idea))
    row: Any = _row(edited, idea, row_id)
    if not may_tick(edited, row, standing):
        raise PermissionDenied(*ROLES[edited.act])
    if standing.may(edited.act):
        is_done_by(standing.member, standing.role_for(edited.act))
    if request.POST.get("to") == "open":
        row.open_again()
    else:
        row.tick_off()
    return _edited(request, edited, row, standing)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def order(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """Puts the rows in another order: POST moves one up or down."""
    edited = edited_list(name)
    idea, standing = get_idea(request, idea_id, edited.act, lock=request.method == "POST")
    focus, is_other = None, False
    if request.method == "POST":
        rows = list(edited.standing_at(idea))
        is_other = _stand_otherwise([str(row.pk) for row in rows], request.POST.get("seen", "").split())
        if not is_other:
            focus = _move(edited, rows, request.POST.get("row", ""), up=request.POST.get("to") == "up")
            if not request.htmx:
                return redirect("ideas:order", idea_id, name)
    section = shown(edited, idea, standing, is_ordering=True, focus=focus)
    template = "ideas/steps/list.html#listing" if request.htmx else "ideas/steps/order.html"
    context = {"section": section, "idea": idea, "edited": edited, "is_other": is_other}
    answer = render(request, template, context, status=409 if is_other else 200)
    return announced(answer, edited) if focus else answer


def _stand_otherwise(rows: list[str], seen: list[str]) -> bool:
    """Whether rows that both know stand in another order than was seen. One that came or went is no reason."""
    return [pk for pk in rows if pk in seen] != [pk for pk in seen if pk in rows]


def _move(edited: EditableList, rows: list[Row], row_id: str, *, up: bool) -> int | None:
    """Moves a row one place, and returns its id; nothing happens with one that is gone, or stands at the end."""
    place = next((place for place, row in enumerate(rows) if str(row.pk) == row_id), None)
    if place is None:
        return None
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        was = [row.pk for row in rows]
        positions = sorted(row.position for row in rows)
        rows[place], rows[other] = rows[other], rows[place]
        if len(set(positions)) < len(positions):
            positions = list(range(len(rows)))
        for row, position in zip(rows, positions, strict=True):
            row.position = position
        edited.model._default_manager.bulk_update(rows, ["position"])
        record(rows[other], order=(was, [row.pk for row in rows]))
    return int(row_id)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def remove(request: HtmxHttpRequest, idea_id: int, name: str, row_id: int) -> HttpResponse:
    """Asks whether a row may go, and takes it away."""
    edited = edited_list(name)
    idea, standing = get_idea(request, idea_id, edited.act, lock=request.method == "POST")
    row = _find(edited, idea, row_id)
    if row is None:
        return gone(request, edited, idea, standing, row_id)
    form = edited.form(instance=row, may_read_private_notes=standing.may(Act.READ_PRIVATE_NOTES))
    version = version_of_row(row, form)
    seen = request.POST.get("version", version)
    if request.method == "POST" and seen == version:
        return _taken_away(request, edited, row, standing)
    changed = _changes_since(edited, row, standing, changed_since(seen, version))
    context = {
        "edited": edited,
        "idea": idea,
        "row": row,
        "in_short": in_short(row),
        "along": what_follows(row),
        "version": version,
        "is_other": seen != version,
        "changed": changed,
    }
    template = "ideas/steps/remove.html#form" if request.htmx else "ideas/steps/remove.html"
    answer = render(request, template, context, status=200 if seen == version else 409)
    return answer if seen == version else reswap(answer, "innerHTML")


def _changes_since(edited: EditableList, row: Row, standing: Standing, names: set[str]) -> list[Earlier]:
    """The last change of these fields of a row."""
    if not names:
        return []
    thing = row_of(row.idea, edited, row.pk)
    changes = list(thing.changes(row.idea)[:MOST_LINES])
    reader = Reader(Present(row.idea, changes), standing.may(Act.READ_PRIVATE_NOTES), Names(row.idea))
    told = reader.read(thing, changes)
    return [one for one in told if names & {field.name for field in one.fields}][:1]


def _taken_away(request: HtmxHttpRequest, edited: EditableList, row: Row, standing: Standing) -> HttpResponse:
    """Takes it away, and says so with the way back."""
    told, idea = in_short(row), row.idea
    change = take_away(row)
    if not request.htmx:
        page, _hash, place = edited.at(idea, row).partition("#")
        return redirect(f"{page}?removed={edited.name}#{place}")
    version = Deed(Present(idea, [change]), change, standing).version if change else ""
    context = {"edited": edited, "idea": idea, "change": change, "version": version, "in_short": told}
    answer = render(request, "ideas/steps/taken_away.html", context)
    return announced(reswap(answer, "delete"), edited)


def what_follows(row: Row) -> list[tuple[str, str]]:
    """What else changes when this row is taken away: what happens, and with what."""
    told: list[tuple[str, Iterable[Any]]] = []
    match row:
        case Partner():
            pieces = [brought.piece for brought in row.contributions.select_related("piece")]
            told = [
                (_("These indicators go along with it:"), row.indicators.all()),
                (_("These pieces stay, but this partner no longer brings them:"), pieces),
                (_("These bundles stay, without anybody who leads:"), row.bundles.all()),
            ]
        case Bundle():
            between = Alignment.objects.filter(Q(bundle=row) | Q(other_bundle=row))
            told = [
                (_("These agreements with another bundle go along with it:"), between),
                (_("These activities stay, in no bundle yet:"), row.activities.all()),
            ]
        case Indicator():
            told = [(_("These measures go along with it:"), row.measures.all())]
    return [(what, all_of(names)) for what, rows in told if (names := [str(one) for one in rows])]
