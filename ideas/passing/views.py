"""Passing the shared infofiche on to a partner, and taking in one that a partner passed on."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from checks.picture import Exchange, OwnOrganisation
from checks.shared import KNOWS_IT, infofiche_of, passed_on
from ideas.access import Act, HtmxHttpRequest, get_idea, member_of
from ideas.dossier.views import download
from ideas.exchange import KINDS, ExchangeError, export, load, own_organisation, read_exchange
from ideas.exchange_source import MOST_BYTES
from ideas.models import Idea, Partner
from ideas.once import once
from ideas.picture import read_picture
from ideas.seal.record import KIND
from people.models import Member, Organisation


@require_safe
def pass_on(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The partners who know of this idea, each with the file for it."""
    idea, _standing = get_idea(request, idea_id, to=Act.EXPORT)
    return render(request, "ideas/passing/pass_on.html", {"idea": idea, "partners": _partners(idea)})


@require_safe
def file_for(request: HttpRequest, idea_id: int, partner_id: int) -> HttpResponse:
    """What is shared, as a file with which this partner begins its own go or no-go."""
    idea, _standing = get_idea(request, idea_id, to=Act.EXPORT)
    partner = get_object_or_404(_partners(idea), pk=partner_id)
    by = own_organisation(idea.organisation)
    text = export([passed_on(read_picture(idea), partner.name, by)], _as_own(partner))
    name = f"{slugify(idea.slug) or idea.pk}-{slugify(partner.name) or partner.pk}.json"
    return download(text.encode(), "application/json", name)


def _partners(idea: Idea) -> Any:
    return Partner.objects.filter(idea=idea, status__in=[status.value for status in KNOWS_IT])


def _as_own(partner: Partner) -> OwnOrganisation:
    return OwnOrganisation(name=partner.name, kind=partner.kind, domain=partner.domain)


# ---------- taking in

UNREADABLE = _("This is no file that WerktSamen can read. Ask your partner for a new one.")
IS_DOSSIER = _("This is a dossier, to read. Ask your partner to pass the idea on: that gives another file.")
IS_OWN = _("This file was made for another organisation: yours is a partner in it. Ask for the one for you.")


class FileForm(forms.Form):
    """A file that a partner passed on: an exchange file with one idea in it."""

    file = forms.FileField(
        label=_("The file that you got"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty. Choose another one.")},
    )

    # What is wrong in the file, with its place, for who made it.
    details: Sequence[str] = ()

    def clean_file(self) -> Exchange:
        """What is in it. What is wrong is told in a sentence; `details` tell it to who made the file."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        kind = KINDS.get(Path(file.name or "").suffix.lower(), "json")
        if (file.size or 0) > MOST_BYTES[kind]:
            told = {"most": MOST_BYTES[kind] // 1000}
            raise forms.ValidationError(_("This file is too large: %(most)d KB at most.") % told)
        given = file.read()
        if given.startswith(b"%PDF-") or KIND.encode() in given:
            raise forms.ValidationError(IS_DOSSIER)
        try:
            exchange = read_exchange(given.decode("utf-8-sig"), kind)
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                _("This is no file that WerktSamen made. Ask your partner for a new one.")
            ) from error
        except ExchangeError as error:
            self.details = error.lines()
            raise forms.ValidationError(UNREADABLE) from error
        if len(exchange.ideas) != 1:
            raise forms.ValidationError(_("In this file there is not one idea. Ask your partner to pass on one."))
        return exchange


@require_http_methods(["GET", "HEAD", "POST"])
@once
def take_in(request: HtmxHttpRequest) -> HttpResponse:
    """Takes in the infofiche of an idea that a partner passed on; it then stands among the received ones."""
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None, label_suffix="")
    if form.is_bound and form.is_valid():
        try:
            return redirect("ideas:idea", _received(form.cleaned_data["file"], member_of(request)).pk)
        except ExchangeError as error:
            form.details = error.lines()
            form.add_error("file", IS_OWN if _is_own(form, member_of(request)) else UNREADABLE)
    status = 422 if form.is_bound else 200
    return render(request, "ideas/passing/take_in.html", {"form": form}, status=status)


def _is_own(form: FileForm, member: Member) -> bool:
    """Whether it is a file of one's own organisation, which brings nothing new."""
    exchange: Exchange = form.cleaned_data["file"]
    own = member.organisation.name
    return own in {exchange.own_org.name, *(partner.name for partner in exchange.ideas[0].partners)}


def _received(exchange: Exchange, member: Member) -> Idea:
    """Only the infofiche is taken over: the checks and the decision are this organisation's own."""
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    told = replace(infofiche_of(exchange.ideas[0]), received=timezone.localdate())
    (idea,) = load(replace(exchange, ideas=(told,)), organisation)
    idea.entered_by = member
    idea.save(update_fields=["entered_by"])
    idea.enter(member)
    return idea
