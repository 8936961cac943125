"""The page of the puzzle, on which one lays it, and the page to print and write on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.codes import PartnerStatus
from checks.puzzle import AT_THE_TABLE
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.ids import id_in
from ideas.models import Contribution, Idea, Partner, Piece
from ideas.models.past import record
from ideas.once import once
from ideas.organisation import thresholds_of
from ideas.puzzle.shown import read_puzzle, shown_of
from ideas.steps.lists import LISTS
from ideas.steps.page import Page, show_idea
from ideas.steps.row_forms import US
from ideas.steps.rows import announced

PICTURE = "ideas/puzzle/picture.html"
# Empty places on paper, to write in.
FREE_ROWS, FREE_COLUMNS = range(4), range(2)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def puzzle(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The puzzle; POST says of a `piece` who brings it too (`to`), or who does so no longer (`off`)."""
    if request.method == "POST":
        return lay(request, idea_id)
    return show_idea(request, idea_id, "ideas/puzzle/puzzle.html", None, picture_of, PICTURE)


def picture_of(page: Page) -> dict[str, Any]:
    return {"shown": shown_of(page.reading, page.picture, thresholds_of(page.idea.organisation), page.standing)}


def lay(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Gives a piece to somebody or takes it off, and shows the puzzle; where one of both is gone, it says so."""
    idea, standing = get_idea(request, idea_id, Act.EDIT, lock=True)
    is_laid = _is_laid(idea, request.POST.get("piece", ""), request.POST.get("to", ""), request.POST.get("off", ""))
    status = 200 if is_laid else 409
    if request.htmx:
        shown = read_puzzle(idea, thresholds_of(idea.organisation), standing)
        context = {"idea": idea, "rights": standing.rights, "shown": shown, "is_gone": not is_laid}
        return announced(render(request, PICTURE, context, status=status), LISTS["pieces"])
    if is_laid:
        return redirect(f"{request.get_full_path()}#puzzle-picture")
    answer = show_idea(
        request, idea_id, "ideas/puzzle/puzzle.html", None, lambda page: {**picture_of(page), "is_gone": True}
    )
    answer.status_code = status
    return answer


def _is_laid(idea: Idea, piece_id: str, to: str, off: str) -> bool:
    """Whether the piece and who it is about are still there; then it is so from now on."""
    whom = to or off
    piece = Piece.objects.filter(idea=idea, pk=id_in(piece_id)).first()
    partner = None if whom == US else Partner.objects.filter(idea=idea, pk=id_in(whom)).first()
    if piece is None or (partner is None and whom != US) or (to and off):
        return False
    if to and partner and partner.status is PartnerStatus.DROPPED_OUT:
        return False
    piece.idea = idea
    bring = list(piece.contributions.all())
    was = [str(row.partner_id or US) for row in bring]
    if to and to not in was:
        position = max((row.position for row in bring), default=-1) + 1
        Contribution.objects.create(idea=idea, piece=piece, partner=partner, position=position)
        record(piece, by=(was, [*was, to]))
    elif off and off in was:
        piece.contributions.filter(partner=partner).delete()
        record(piece, by=(was, [key for key in was if key != off]))
    return True


@require_safe
def puzzle_print(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The puzzle on paper, with room to write: without what we think of anybody.

    Only who is at the table stands on it, unless the address asks for everybody.
    """
    idea, standing = get_idea(request, idea_id)
    shown = read_puzzle(idea, thresholds_of(idea.organisation), standing)
    is_everybody = "everybody" in request.GET
    columns = [column for column in shown.columns if is_everybody or column.status in {None, *AT_THE_TABLE}]
    rows = [
        (kind.name, [(piece, [column in {one for one, _ in piece.who} for column in columns]) for piece in kind.pieces])
        for kind in shown.kinds
    ]
    context = {
        "idea": idea,
        "columns": columns,
        "kinds": rows,
        "is_everybody": is_everybody,
        "has_others": len(columns) < len(shown.columns),
        "free_rows": FREE_ROWS,
        "free_columns": FREE_COLUMNS,
        "today": timezone.localdate(),
    }
    return render(request, "ideas/puzzle/print.html", context)
