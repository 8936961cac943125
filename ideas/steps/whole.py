"""The idea as a whole: what it is about, where it stands, the way it went."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from checks.decision import Settings
from checks.picture import Picture
from ideas.access import get_idea
from ideas.models import Attachment
from ideas.steps.page import show_idea


@require_safe
def whole(request: HttpRequest, idea_id: int) -> HttpResponse:
    def more(picture: Picture, settings: Settings) -> dict[str, Any]:
        return {
            "transitions": picture.transitions[::-1],
            "files": Attachment.objects.filter(idea=idea_id),
        }

    return show_idea(request, idea_id, "ideas/steps/whole.html", None, more)


@require_safe
def file(request: HttpRequest, idea_id: int, attachment_id: int) -> FileResponse:
    """The file itself, always as a download: what people bring in is never shown as a page of ours."""
    attachment = get_object_or_404(Attachment, idea=get_idea(request, idea_id), pk=attachment_id)
    try:
        stored = attachment.stored.open()
    except (ValueError, FileNotFoundError) as error:
        raise Http404("the file itself is not here") from error
    return FileResponse(stored, as_attachment=True, filename=attachment.file)
