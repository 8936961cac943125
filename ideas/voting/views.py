"""Voting: as a member of the own team, or with the code of a slip, without an account.

Only a press votes. What is sent here goes nowhere but into a count: it is carried along nowhere, and no form is known
again by what it said. Who sends it twice is in the set of voters already, or the code of their slip is gone.
"""

from uuid import UUID

from allauth.core.internal.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from checks.temperature import FEWEST_TO_SHOW
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.asking.answering import in_language_of
from ideas.models import Idea, OpenReading, SlipCode
from ideas.models.voting import CLOSED, DECIDED, WITH_A_SLIP, as_made, digest_of, read_token, takes_votes_of
from ideas.voting.forms import SlipCodeForm, VoteForm
from ideas.voting.voters import voters_of
from people.current import members_of
from people.models import Member

# Wrong codes and links from one address: many colleagues come from one.
TRIES = {"wrong": "60/10m/ip"}

NOT_YOURS = Words(
    "Deze stem is niet meer van jou: je hoort niet (meer) bij het team dat stemt.",
    "This vote is not yours any more: you do not belong to the team that votes (any more).",
)


@require_safe
def vote(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Leads a member of the own team to the page on which they vote."""
    idea, standing = get_idea(request, idea_id, Act.VOTE)
    reading = OpenReading.objects.filter(idea=idea).first()
    if reading is None:
        return _says(request, CLOSED)
    if reading.is_by_slip:
        return _says(request, WITH_A_SLIP)
    return redirect("ideas:vote_link", reading.token_for(standing.member))


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def vote_link(request: HtmxHttpRequest, token: str) -> HttpResponse:
    """The page on which a member of the own team votes, from "For me" or from the link that was mailed to them.

    Only a confidential idea asks for signing in.
    """
    try:
        reading_id, member_id = read_token(token)
        UUID(reading_id)
    except (BadSignature, ValueError, TypeError, ValidationError):
        return _wrong(request, "ideas/voting/wrong_link.html")
    with transaction.atomic():
        reading = _reading(request, reading_id)
        if reading is None:
            return _says(request, CLOSED)
        member = voters_of(reading.idea).filter(pk=member_id).select_related("account").first()
        with in_language_of(request, member):
            if member is None:
                return _says(request, NOT_YOURS)
            if reading.idea.confidential and member not in members_of(request):
                return redirect("ideas:vote", reading.idea_id)
            return _by_member(request, reading, member)


def _by_member(request: HtmxHttpRequest, reading: OpenReading, member: Member) -> HttpResponse:
    form = VoteForm(request.POST if request.method == "POST" else None, label_suffix="")
    if reason := reading.why_not_by(member):
        return _says(request, reason)
    if form.is_bound and form.is_valid():
        reading.take_from(member, form.vote)
        return redirect("ideas:vote_thanks")
    return _asked(request, form, reading, member=member)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote_by_slip(request: HtmxHttpRequest) -> HttpResponse:
    """Asks for the code of a slip, and leads to the page on which one votes with it."""
    form = SlipCodeForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if SlipCode.objects.filter(pk=digest_of(code)).exists() and not _tried_too_often(request):
            return redirect("ideas:vote_slip", as_made(code))
        return _wrong(request, "ideas/voting/by_slip.html")
    return render(request, "ideas/voting/by_slip.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def vote_slip(request: HtmxHttpRequest, code: str) -> HttpResponse:
    """The page on which one votes with the code of a slip, once."""
    if _tried_too_often(request):
        return _too_many(request)
    digest = digest_of(code)
    with transaction.atomic():
        slip = SlipCode.objects.filter(pk=digest).first()
        reading = _reading(request, slip.reading_id) if slip else None
        if reading is None:
            return _wrong(request, "ideas/voting/by_slip.html")
        if not takes_votes_of(reading.idea):
            return _says(request, DECIDED)
        form = VoteForm(request.POST if request.method == "POST" else None, label_suffix="")
        if not (form.is_bound and form.is_valid()):
            return _asked(request, form, reading)
        if not reading.take_by_slip(digest, form.vote):
            return _wrong(request, "ideas/voting/by_slip.html")
    return redirect("ideas:vote_thanks")


@login_not_required
@require_safe
def vote_thanks(request: HtmxHttpRequest) -> HttpResponse:
    """Thanks, and nothing of the results."""
    return render(request, "ideas/voting/thanks.html")


def _reading(request: HtmxHttpRequest, reading_id: UUID | str) -> OpenReading | None:
    """The open reading with its idea; held until the end of the transaction where something is sent."""
    readings = OpenReading.objects.filter(pk=reading_id)
    if request.method == "POST":
        readings = readings.select_for_update()
    reading = readings.first()
    if reading:
        reading.idea = Idea.objects.select_related("organisation", "idea_owner", "team").get(pk=reading.idea_id)
    return reading


def _asked(
    request: HtmxHttpRequest, form: VoteForm, reading: OpenReading, member: Member | None = None
) -> HttpResponse:
    context = {
        "idea": reading.idea,
        "form": form,
        "member": member,
        "names_idea": member is not None or not reading.idea.confidential,
        "fewest_to_show": FEWEST_TO_SHOW,
    }
    return render(request, "ideas/voting/vote.html", context, status=422 if form.is_bound else 200)


def _says(request: HtmxHttpRequest, reason: Words) -> HttpResponse:
    """Why one cannot vote here (any more)."""
    return render(request, "ideas/voting/says.html", {"reason": reason}, status=410)


def _wrong(request: HtmxHttpRequest, template: str) -> HttpResponse:
    """A code or link that opens nothing: what may be wrong with it, and what to do."""
    if consume(request, app="ideas.voting", action="wrong", config=TRIES, limit_get=True) is None:
        return _too_many(request)
    form = SlipCodeForm(label_suffix="")
    return render(request, template, {"form": form, "is_wrong": True}, status=404)


def _tried_too_often(request: HtmxHttpRequest) -> bool:
    """Whether too many wrong codes came from there: then a right one is not taken either, for a while."""
    usage = consume(request, app="ideas.voting", action="wrong", config=TRIES, limit_get=True, dry_run=True)
    return usage is None


def _too_many(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "ideas/voting/too_many.html", status=429)
