"""Accepting a signal with a reason, saying that it was seen, and taking that back."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from checks.codes import Role, Severity
from checks.picture import TEXT_LENGTH
from ideas.access import ROLES, Act, HtmxHttpRequest, Standing, get_idea
from ideas.alike import similar_to
from ideas.forms import NO_CLIENT_NAMES, Text
from ideas.models import AcceptedSignal, Idea
from ideas.once import once
from ideas.picture import with_single
from ideas.signals.noticed import AROUND, Noticed, noticed_now
from ideas.steps.pages import PAGES

BACK = "back"


class ReasonForm(forms.Form):
    """Why a signal is accepted."""

    reason = Text(
        label=_("Why is this all right for now?"),
        help_text=NO_CLIENT_NAMES,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        error_messages={"required": _("Say in a sentence why you accept it. It comes into the dossier.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def signal(request: HtmxHttpRequest, idea_id: int, which: str) -> HttpResponse:
    """One signal on a page of its own; POST accepts it, or takes that back. One that is gone leads to the idea."""
    ideas = with_single(Idea.objects.all(), AROUND)
    idea, standing = get_idea(request, idea_id, Act.EDIT, lock=request.method == "POST", ideas=ideas)
    found = noticed_now(idea, standing.member, similar_to(idea))
    noticed = next((one for one in found if one.signal.key == which), None)
    typed = request.POST.get("reason", "").strip()
    if noticed is None and typed:
        return render(request, "ideas/signals/gone.html", {"idea": idea, "typed": typed}, status=409)
    if noticed is None:
        return _done(request, idea, 0)
    if noticed.is_overridden and not standing.may(Act.OVERRIDE):
        raise PermissionDenied(*ROLES[Act.OVERRIDE])
    form = ReasonForm(request.POST or None, auto_id=f"{which}-%s")
    if request.method == "POST":
        if request.POST.get("to") == BACK:
            _take_back(noticed)
            return _done(request, idea, noticed.signal.step)
        if not noticed.asks_reason or form.is_valid():
            _accept(idea, noticed, standing, form.cleaned_data["reason"] if noticed.asks_reason else "")
            return _done(request, idea, noticed.signal.step)
    template = "ideas/signals/one.html#one" if request.htmx else "ideas/signals/one.html"
    context = {"idea": idea, "noticed": noticed, "form": form, "may_override": standing.may(Act.OVERRIDE)}
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _accept(idea: Idea, noticed: Noticed, standing: Standing, reason: str) -> None:
    """Keeps it, with the role in which it was done: the coordinator lets a go through."""
    told = noticed.signal
    overrides = told.severity is Severity.SERIOUS and standing.may(Act.OVERRIDE)
    role = Role.COORDINATOR if overrides else standing.role_for(Act.EDIT)
    row = noticed.accepted or AcceptedSignal(idea=idea, signal=told.id, about=told.about, rests_on=told.rests_on)
    row.severity, row.reason, row.member, row.role = told.severity, reason, standing.member, role
    row.date = timezone.localdate()
    row.save()


def _take_back(noticed: Noticed) -> None:
    if noticed.accepted:
        noticed.accepted.delete()


def _done(request: HtmxHttpRequest, idea: Idea, step: int) -> HttpResponse:
    if request.htmx:
        return trigger_client_event(HttpResponse(), "saved")
    return redirect(PAGES.get(step, "ideas:idea"), idea.pk)
