"""Answering what one was asked: from the link in the mail, or signed in."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checks.codes import Body, Reply, Role
from checks.words import Words
from ideas.access import HtmxHttpRequest, get_idea
from ideas.asking.forms import ReplyForm
from ideas.models import AskedMember, Idea, NotNowError
from ideas.models.asking import read_token
from ideas.models.past import is_done_by, one_act
from ideas.once import once
from ideas.steps.pages import PAGES
from people.models import Member

# Presses on the link of one question, and wrong links from one address.
TRIES = {"answer_link": "60/10m/key", "wrong_answer_link": "30/10m/ip"}
ROLES = {Body.SUPPORT: Role.SUPPORT, Body.OWN_TEAM: Role.OWN_TEAM, Body.POLICY_TEAM: Role.POLICY_TEAM}

NO_LONGER_YOURS = Words(
    "Deze vraag wacht niet meer op jou: wie je verving is er weer, of je hoort niet meer bij deze organisatie.",
    "This question waits for you no longer: whom you replaced is back, or you do not belong to this organisation now.",
)
LINK_IS_OLD = Words(
    "Deze link is verlopen. Meld je aan om alsnog te antwoorden.",
    "This link has expired. Sign in to answer all the same.",
)
ANSWERED_IN_BETWEEN = Words(
    "Intussen is hier al geantwoord. Dit is wat er nu staat. Wil je het anders? Kies opnieuw.",
    "Somebody answered this in the meantime. This is what it says now. Do you want it otherwise? Choose again.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def answer(request: HtmxHttpRequest, idea_id: int, asked_id: int) -> HttpResponse:
    """What a member who is signed in was asked, with their answer."""
    idea, standing = get_idea(request, idea_id, lock=request.method == "POST")
    asked = _asked(idea, asked_id)
    if not asked.may_be_answered_by(standing.member):
        raise Http404
    return _answered(request, asked, standing.member, reverse("ideas:answer_asked", args=[idea.pk, asked.pk]))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HtmxHttpRequest, token: str) -> HttpResponse:
    """The same without signing in, for whom the mail was sent to. Only a press answers: opening a link never does.

    A confidential idea is answered signed in.
    """
    try:
        asked_id, member_id = read_token(token)
    except (BadSignature, ValueError, TypeError):
        return _wrong_link(request)
    if request.method == "POST" and not _may_try(request, "answer_link", str(asked_id)):
        return _too_many(request)
    asked = AskedMember.objects.select_related("idea", "member").filter(pk=asked_id).first()
    member = Member.objects.present().select_related("account", "organisation").filter(pk=member_id).first()
    if asked is None:
        return _wrong_link(request)
    with in_language_of(request, member):
        reason = _why_closed(asked, member)
        if member is None or reason:
            return _closed(request, asked, reason or NO_LONGER_YOURS)
        if asked.idea.confidential:
            return redirect("ideas:answer_asked", asked.idea_id, asked.pk)
        with one_act(), transaction.atomic():
            if request.method == "POST":
                asked.idea = Idea.objects.select_for_update(of=("self",)).get(pk=asked.idea_id)
            return _answered(request, _asked(asked.idea, asked.pk), member, request.path, by_link=True)


def _asked(idea: Idea, asked_id: int) -> AskedMember:
    asked = get_object_or_404(AskedMember.objects.select_related("asking__asked_by", "member"), idea=idea, pk=asked_id)
    asked.idea = asked.asking.idea = idea
    return asked


def _answered(
    request: HtmxHttpRequest, asked: AskedMember, member: Member, where: str, *, by_link: bool = False
) -> HttpResponse:
    """The question with its three buttons; after a press the same page, which then says that the answer is in."""
    form, status, reason = ReplyForm(None, auto_id="asked-%s"), 200, None
    if request.method == "POST":
        form = ReplyForm(request.POST, auto_id="asked-%s")
        if form.is_valid() and not _is_in_between(asked, form):
            try:
                _record(asked, member, form.cleaned_data["reply"], form.cleaned_data["note"])
            except NotNowError as error:
                return _closed(request, asked, error.reasons[0])
            return redirect(where)
        status, reason = (409, ANSWERED_IN_BETWEEN) if form.is_valid() else (422, None)
    try:
        asked.asking.must_be_open()
    except NotNowError as error:
        return _closed(request, asked, error.reasons[0])
    context = {
        "asked": asked,
        "asking": asked.asking,
        "about": asked.asking.told_about,
        "idea": asked.idea,
        "member": member,
        "instead_of": asked.member if asked.member_id != member.pk else None,
        "form": form,
        "note": form["note"].value() if form.is_bound else asked.note,
        "replies": list(Reply),
        "reason": reason,
        "page": PAGES[asked.asking.told_about.step],
        "where": where,
        "by_link": by_link,
    }
    return render(request, "ideas/asking/answer.html", context, status=status)


def _is_in_between(asked: AskedMember, form: ReplyForm) -> bool:
    """Whether somebody else answered since the page was opened, and said something else."""
    told = form.cleaned_data
    return told["seen"] != asked.seen and (told["reply"], told["note"]) != (asked.reply, asked.note)


def _record(asked: AskedMember, member: Member, reply: Reply, note: str) -> None:
    is_done_by(member, ROLES.get(asked.asking.body))
    asked.answer(member, reply, note)


def _why_closed(asked: AskedMember, member: Member | None) -> Words | None:
    """Why this link opens no longer, or None."""
    if member is None or not asked.may_be_answered_by(member):
        return NO_LONGER_YOURS
    if timezone.localdate() > asked.asking.link_ends:
        return LINK_IS_OLD
    return None


def _closed(request: HtmxHttpRequest, asked: AskedMember, reason: Words) -> HttpResponse:
    return render(request, "ideas/asking/closed.html", {"asked": asked, "reason": reason}, status=410)


def _wrong_link(request: HtmxHttpRequest) -> HttpResponse:
    if not _may_try(request, "wrong_answer_link"):
        return _too_many(request)
    return render(request, "ideas/asking/wrong_link.html", status=404)


def _too_many(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def _may_try(request: HtmxHttpRequest, action: str, key: str | None = None) -> bool:
    """Whether this was not tried too often; the count survives a restart."""
    usage = consume(request, app="ideas.asking", action=action, config=TRIES, key=key, limit_get=True)
    return usage is not None


@contextmanager
def in_language_of(request: HtmxHttpRequest, member: Member | None) -> Iterator[None]:
    """In the language in which this person reads mail, unless this browser chose one."""
    if member is None or member.account is None or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        yield
        return
    with translation.override(member.account.language):
        yield
