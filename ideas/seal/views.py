"""The sealed record of an idea: seeing it, taking it along, what changed since; and whether a file in hand is one."""

from dataclasses import dataclass
from typing import Any

from allauth.core.internal.ratelimit import consume
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checks.codes import DossierVersion
from checks.picture import LINE_LENGTH
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.dossier.views import READERS, download, name_of
from ideas.forms import Line, Text
from ideas.models import DecisionDraft, NotNowError, SealedPages, SealedRecord
from ideas.models.dossier import Language
from ideas.once import once
from ideas.organisation import settings_of
from ideas.picture import read_picture
from ideas.seal.checking import LARGEST_FILE, check
from ideas.seal.record import read_again
from ideas.seal.sealing import black_out
from ideas.seal.since import changes
from ideas.seal.tasks import make_pages
from ideas.wording import say
from people.weighty import weighty

# Files that one address may bring.
TRIES = {"check_dossier": "30/10m/ip"}


@dataclass(frozen=True)
class Paper:
    """The pages of one version of a sealed record, with who may read them."""

    version: DossierVersion
    readers: Words
    pages: list[SealedPages]


def papers(kept: SealedRecord) -> list[Paper]:
    """All of its pages that were made, by version."""
    made = list(kept.pages.all())
    told = [
        Paper(version, readers, [one for one in made if one.version == version]) for version, readers in READERS.items()
    ]
    return [paper for paper in told if paper.pages]


@require_safe
def sealed(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The sealed records of an idea, the last one first, and what changed since the decision that stands."""
    idea, standing = get_idea(request, idea_id)
    records = list(idea.sealed.select_related("decision").prefetch_related(SealedPages.without_bytes()).order_by("-pk"))
    if not records:
        raise Http404
    last = records[0]
    stands = last.decision.current
    told = changes(read_again(last.json).picture, read_picture(idea), settings_of(idea.organisation)) if stands else []
    context = {
        "idea": idea,
        "records": [(kept, papers(kept)) for kept in records],
        "stands": stands,
        "changes": told,
        "rights": standing.rights,
        "all_pages": len(DossierVersion) * len(Language),
    }
    return render(request, "ideas/seal/sealed.html", context)


@require_safe
def record(request: HttpRequest, idea_id: int, sealed_id: int) -> HttpResponse:
    """The record itself, byte for byte as it was sealed."""
    idea, _standing = get_idea(request, idea_id, to=Act.EXPORT)
    kept = get_object_or_404(SealedRecord, idea=idea, pk=sealed_id)
    return download(kept.json.encode(), "application/json", f"verzegeld-{name_of(idea, DossierVersion.FULL)}.json")


@require_safe
def pdf(request: HttpRequest, idea_id: int, sealed_id: int, version: str, language: str) -> HttpResponse:
    """Its pages in one version and language, as they were kept."""
    idea, _standing = get_idea(request, idea_id, to=Act.EXPORT)
    pages = get_object_or_404(SealedPages, sealed__idea=idea, sealed=sealed_id, version=version, language=language)
    return download(bytes(pages.pdf), "application/pdf", f"verzegeld-{name_of(idea, version)}-{language}.pdf")


@require_POST
@once
def make(request: HtmxHttpRequest, idea_id: int, sealed_id: int) -> HttpResponse:
    """Asks the worker again for pages that it has not made."""
    idea, _standing = get_idea(request, idea_id, to=Act.EXPORT)
    make_pages.enqueue(sealed_id=get_object_or_404(SealedRecord, idea=idea, pk=sealed_id).pk)
    return redirect("ideas:sealed", idea.pk)


# ---------- confirming anew


# What is prepared anew when the same decision is taken again, as it was written then. What a coordinator let through
# holds for one decision only.
TAKEN_AGAIN = (
    "motivation",
    "conditions_kept",
    "deciding_question",
    "review",
    "not_measured",
    "reasons",
    "would_change",
    "look_again",
)


@require_POST
@once
def reconfirm(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Prepares the same decision anew, with what was written then, and leads to where it is recorded.

    What somebody prepared already stays.
    """
    idea, _standing = get_idea(request, idea_id, Act.DECIDE, lock=True)
    decision = get_object_or_404(idea.decisions, current=True)
    told = {name: getattr(decision, name) for name in TAKEN_AGAIN}
    DecisionDraft.objects.get_or_create(idea=idea, defaults=told | {"present": "\n".join(decision.present)})
    return redirect("ideas:record", idea.pk, decision.value)


# ---------- blacking out


class BlackOutForm(forms.Form):
    """A passage that must not be read any more, and why."""

    passage = Text(
        label=_("Which words must go?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Copy them literally, with capitals and spaces. They become black everywhere in the sealed record."
        ),
    )
    why = Line(
        label=_("Why?"),
        max_length=LINE_LENGTH,
        help_text=_("For instance: the name of a client. Do not repeat the words themselves: this reason is kept."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("passage") and cleaned["passage"] in cleaned.get("why", ""):
            self.add_error("why", _("This repeats the words that must go. Give the reason without them."))
        return cleaned


@weighty
@require_http_methods(["GET", "HEAD", "POST"])
@once
def black_out_passage(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Makes words unreadable in all sealed records of an idea. Cannot be undone."""
    idea, standing = get_idea(request, idea_id, Act.BLACK_OUT, lock=request.method == "POST")
    if not idea.sealed.exists():
        raise Http404
    form = BlackOutForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid():
        try:
            black_out(
                idea, form.cleaned_data["passage"], role=standing.role_for(Act.BLACK_OUT), why=form.cleaned_data["why"]
            )
            return redirect("ideas:sealed", idea.pk)
        except NotNowError as reason:
            form.add_error("passage", " ".join(say(words) for words in reason.reasons))
    status = 422 if form.is_bound else 200
    return render(request, "ideas/seal/black_out.html", {"idea": idea, "form": form}, status=status)


# ---------- “Klopt dit dossier?”


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("The dossier: a PDF or a JSON file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is too large: %(most)d MB at most.") % {"most": LARGEST_FILE >> 20}
            )
        return file


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_dossier(request: HttpRequest) -> HttpResponse:
    """For anybody with a file in hand: whether it is as it was sealed. The file is looked at and not kept."""
    if request.method != "POST":
        return render(request, "ideas/seal/check.html", {"form": CheckForm(label_suffix="")})
    if consume(request, app="ideas.seal", action="check_dossier", config=TRIES, limit_get=True) is None:
        return render(request, "429.html", status=429)
    form = CheckForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return render(request, "ideas/seal/check.html", {"form": form}, status=422)
    answer = check(form.cleaned_data["file"].read())
    return render(request, "ideas/seal/check.html", {"form": CheckForm(label_suffix=""), "answer": answer})
