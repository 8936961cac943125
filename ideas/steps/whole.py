"""The idea as a whole: what it is about, where it stands, the way it went."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ideas.access import HtmxHttpRequest, get_idea
from ideas.alike import similar_to
from ideas.models import Attachment
from ideas.seal.since import stands
from ideas.steps.page import Page, show_idea


@require_safe
@vary_on_headers("HX-Request")
def whole(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    around = "ideas/steps/whole_around.html"
    return show_idea(request, idea_id, "ideas/steps/whole.html", None, the_way_it_went, around, similar=similar_to)


def the_way_it_went(page: Page) -> dict[str, Any]:
    """The events on the way, the last one first, the files and links, and the seal of the decision."""
    return {
        "transitions": page.picture.transitions[::-1],
        "attachments": page.section("attachments"),
        "seal": stands(page.reading.idea, page.picture),
    }


@require_safe
def file(request: HttpRequest, idea_id: int, attachment_id: int) -> FileResponse:
    """The file itself, always as a download: what people bring in is never shown as a page of ours."""
    idea, _ = get_idea(request, idea_id)
    attachment = get_object_or_404(Attachment, idea=idea, pk=attachment_id)
    try:
        stored = attachment.stored.open()
    except (ValueError, FileNotFoundError) as error:
        raise Http404("the file itself is not here") from error
    return FileResponse(stored, as_attachment=True, filename=attachment.file)
