"""Asking for the dossier, waiting for it, and downloading it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.decision import DECIDED
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.dossier.tasks import ask_for
from ideas.models import Dossier
from ideas.models.dossier import Language
from ideas.picture import read_picture
from ideas.seal.since import stands


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def dossier(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The page of the dossier. POST asks for it in a language; the page looks again until the worker is done."""
    idea, _ = get_idea(request, idea_id, to=Act.EXPORT)
    if request.method == "POST":
        language = request.POST.get("language", "")
        if language not in Language.values:
            raise Http404
        ask_for(idea, language)
        return redirect("ideas:dossier", idea_id)
    kept = {kept.language: kept for kept in idea.dossiers.defer("pdf")}
    rows = [(language, kept.get(language.value)) for language in Language]
    is_busy = any(row and row.is_busy for _, row in rows)
    return render(
        request,
        "ideas/dossier/page.html#dossiers" if request.htmx else "ideas/dossier/page.html",
        {
            "idea": idea,
            "dossiers": rows,
            "is_busy": is_busy,
            "is_decided": idea.status in DECIDED,
            "seal": None if request.htmx else stands(idea, read_picture(idea)),
        },
    )


@require_safe
def pdf(request: HttpRequest, idea_id: int, language: str) -> HttpResponse:
    """The dossier itself, as it was last made."""
    idea, _ = get_idea(request, idea_id, to=Act.EXPORT)
    if language not in Language.values:
        raise Http404
    made = get_object_or_404(Dossier, idea=idea, language=language, pdf__isnull=False)
    name = f"dossier-{slugify(idea.slug) or idea.pk}-{language}.pdf"
    return HttpResponse(
        made.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )
