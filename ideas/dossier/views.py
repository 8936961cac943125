"""Asking for the dossier, waiting for it, and downloading it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.codes import DossierVersion
from checks.decision import DECIDED
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.dossier.tasks import ask_for
from ideas.models import Dossier, Idea
from ideas.models.dossier import Language
from ideas.picture import read
from ideas.seal.since import SEAL, Stands, stands


@dataclass(frozen=True)
class Offered:
    """One version of the dossier: who may read it, and the one in each language, None where it was not made."""

    version: DossierVersion
    readers: Words
    made: list[tuple[Language, Dossier | None]]


READERS = {
    DossierVersion.FULL: Words(
        "Alles wat hier staat. Alleen voor wie dit idee ook in WerktSamen mag lezen.",
        "All that stands here. Only for who may read this idea in WerktSamen as well.",
    ),
    DossierVersion.BOARD: Words(
        "Twee bladzijden voor het bestuur of de raad van bestuur, met de beslissing en de temperatuur van het team. "
        "Niet voor partners.",
        "Two pages for the board, with the decision and the temperature of the team. Not for partners.",
    ),
    DossierVersion.PARTNER: Words(
        "Wat jullie delen: uitdaging, doelen, puzzel zonder bedragen, bundels en afspraken. Geen checks, stemmen, "
        "beslissing of wat jullie van een partner denken. Mag naar elke betrokken partner.",
        "What you share: challenge, goals, puzzle without amounts, bundles and agreements. No checks, votes, decision "
        "or what you think of a partner. May go to every partner involved.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def dossier(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The page of the dossiers. POST asks for one in a language; the page looks again until the worker is done."""
    idea, _ = get_idea(request, idea_id, to=Act.EXPORT)
    if request.method == "POST":
        version, _, language = request.POST.get("dossier", "").partition("-")
        if version not in set(DossierVersion) or language not in Language.values:
            raise Http404
        ask_for(idea, language, DossierVersion(version))
        return redirect("ideas:dossier", idea_id)
    kept = {(kept.version, kept.language): kept for kept in idea.dossiers.defer("pdf")}
    versions = [
        Offered(version, readers, [(language, kept.get((version, language.value))) for language in Language])
        for version, readers in READERS.items()
    ]
    return render(
        request,
        "ideas/dossier/page.html#dossiers" if request.htmx else "ideas/dossier/page.html",
        {
            "idea": idea,
            "versions": versions,
            "is_busy": any(row.is_busy for row in kept.values()),
            "is_decided": idea.status in DECIDED,
            "seal": None if request.htmx else _seal_of(idea),
        },
    )


def _seal_of(idea: Idea) -> Stands | None:
    reading = read([idea.pk], also=SEAL)[idea.pk]
    return stands(reading.idea, reading.whole())


@require_safe
def pdf(request: HttpRequest, idea_id: int, version: str, language: str) -> HttpResponse:
    """The dossier itself, as it was last made."""
    idea, _ = get_idea(request, idea_id, to=Act.EXPORT)
    if version not in set(DossierVersion) or language not in Language.values:
        raise Http404
    made = get_object_or_404(Dossier, idea=idea, version=version, language=language, pdf__isnull=False)
    return download(bytes(made.pdf or b""), "application/pdf", f"{name_of(idea, version)}-{language}.pdf")


# How the file of each version is called.
NAMES = {DossierVersion.FULL: "dossier", DossierVersion.BOARD: "bestuur", DossierVersion.PARTNER: "partners"}


def name_of(idea: Idea, version: str) -> str:
    return f"{NAMES[DossierVersion(version)]}-{slugify(idea.slug) or idea.pk}"


def download(given: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that is taken along, and kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(given, content_type=content_type, headers=headers)
