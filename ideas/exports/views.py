"""Taking along a selection of ideas: choosing them, waiting for the file, downloading it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.codes import DossierVersion, ExportKind
from checks.words import Words
from ideas.access import HtmxHttpRequest, member_of, standing_of, with_named
from ideas.dossier.views import NAMES, READERS, download
from ideas.exports.selection import hold_to_rights, ids_in, may_take_along, offered
from ideas.exports.tasks import TooManyError, ask_again, ask_for, titles_left_out
from ideas.models import Export, Idea, Reading
from ideas.models.dossier import Language
from ideas.models.export import MOST
from ideas.once import once
from ideas.portfolio.overview import LANES
from ideas.wording import say
from people.models import Member

OF_FULL = Words(
    "Alles wat over deze ideeën in WerktSamen staat. Alleen voor wie ze ook in WerktSamen mag lezen.",
    "All that WerktSamen has on these ideas. Only for who may read them in WerktSamen as well.",
)
OF_LISTS = Words(
    "Een rekenblad met alle opvolgpunten en alle noodzakelijke voorwaarden, elk met wie het opneemt en tegen wanneer. "
    "Alleen voor wie deze ideeën ook in WerktSamen mag lezen.",
    "A spreadsheet with all follow-up points and all conditions that must be in order, each with who takes care of it "
    "and by when. Only for who may read these ideas in WerktSamen as well.",
)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_MANY = _("Two of your files are being made right now. Wait until one of them is there.")


class ExportForm(forms.Form):
    """What to make, in which language; of which ideas is sent beside it."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.value) for kind in ExportKind],
        error_messages={"required": _("Choose what you want to take along.")},
    )
    language = forms.ChoiceField(choices=Language)

    def __init__(self, *args: Any, ideas: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ideas = ideas

    def clean_kind(self) -> ExportKind:
        return ExportKind(self.cleaned_data["kind"])

    def clean(self) -> None:
        if not self.ideas:
            self.add_error(None, _("Tick at least one idea."))
        if len(self.ideas) > MOST:
            told = ngettext("That is more than %(n)d idea at once.", "Those are more than %(n)d ideas at once.", MOST)
            self.add_error(None, told % {"n": MOST})


def readers_of(kind: ExportKind) -> Words:
    """Who may read what is made."""
    match kind:
        case ExportKind.FULL:
            return OF_FULL
        case ExportKind.LISTS:
            return OF_LISTS
    return READERS[DossierVersion(kind)]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def exports(request: HtmxHttpRequest) -> HttpResponse:
    """The page where ideas are chosen. POST asks for the file."""
    member = member_of(request)
    ticked = ids_in(request.POST.getlist("idea"))
    form = ExportForm(request.POST or None, ideas=ticked)
    if form.is_bound:
        hold_to_rights(member, ticked[: MOST + 1])
    if form.is_valid():
        try:
            export = ask_for(member, form.cleaned_data["kind"], form.cleaned_data["language"], ticked)
        except TooManyError:
            form.add_error(None, TOO_MANY)
        else:
            return redirect("ideas:export", export.pk)
    choice = offered(member, request.GET.get("lane", ""), request.GET.get("team", ""))
    context = {
        "offered": choice,
        "lanes": LANES,
        "form": form,
        "ticked": {idea.pk for _, ideas in choice.lanes for idea in ideas} if "all" in request.GET else set(ticked),
        "kinds": [(kind, readers_of(kind)) for kind in ExportKind],
        "kind": form["kind"].value() or ExportKind.FULL,
        "languages": Language,
        "language": form["language"].value() or get_language(),
        "kept": Export.objects.filter(member=member).kept().defer("file"),
        "most": MOST,
    }
    return render(request, "ideas/exports/exports.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def export(request: HtmxHttpRequest, export_id: int) -> HttpResponse:
    """How far one is, until it can be downloaded. POST asks for it again."""
    asked = _of(member_of(request), export_id)
    if request.method == "POST" and not asked.is_busy:
        try:
            ask_again(asked)
        except TooManyError:
            return _shown(request, asked, TOO_MANY, status=409)
        return redirect("ideas:export", asked.pk)
    return _shown(request, asked)


@require_safe
def export_file(request: HtmxHttpRequest, export_id: int) -> HttpResponse:
    """The file, for who may still take along all that is in it; that they took it along is noted."""
    member = member_of(request)
    asked = get_object_or_404(Export, pk=export_id, member=member, made_at__isnull=False)
    if not may_take_along(member, asked.holds):
        return _shown(request, asked, status=403)
    confidential = Idea.objects.filter(pk__in=asked.holds, confidential=True)
    found = confidential.select_related("idea_owner").prefetch_related(with_named())
    Reading.note_taken_along(member, {idea: standing_of(member, idea).comments_as for idea in found})
    day = timezone.localdate(asked.made_at).isoformat()
    if asked.kind.version:
        return download(bytes(asked.file or b""), "application/zip", f"{NAMES[asked.kind.version]}-{day}.zip")
    return download(bytes(asked.file or b""), SPREADSHEET, f"opvolgpunten-en-voorwaarden-{day}.xlsx")


def _of(member: Member, export_id: int) -> Export:
    return get_object_or_404(Export.objects.defer("file").select_related("member"), pk=export_id, member=member)


def _shown(request: HtmxHttpRequest, asked: Export, problem: object = "", status: int = 200) -> HttpResponse:
    context = {
        "export": asked,
        "name": capfirst(say(asked.kind)),
        "readers": readers_of(asked.kind),
        "is_refused": asked.is_ready and not may_take_along(asked.member, asked.holds),
        "left_out": titles_left_out(asked) if asked.is_ready else [],
        "problem": problem,
    }
    template = "ideas/exports/export.html#progress" if request.htmx else "ideas/exports/export.html"
    return render(request, template, context, status=status)
