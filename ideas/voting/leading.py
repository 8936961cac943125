"""Opening and closing a reading of the temperature, by the follower or the coordinator.

Nobody sees counts or remarks while it is open.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.codes import VotingWay
from checks.temperature import FEWEST_TO_SHOW, FEWEST_VOTES, SMALL_TEAM
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.models import Idea, NotNowError, OpenReading
from ideas.models.voting import MOST_SLIPS, in_groups, takes_votes_of
from ideas.once import once
from ideas.steps.pages import PAGES
from ideas.voting.forms import OpenForm, SlipsForm
from ideas.voting.qr import square_of
from ideas.voting.telling import tell
from ideas.voting.voters import voters_of
from people.models import Member

# What an htmx that asks every few seconds is answered once there is nothing to ask any more.
STOP_ASKING = 286
FEWEST_SLIPS, SPARE_SLIPS = 12, 2


@require_http_methods(["GET", "HEAD", "POST"])
@once
def voting(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The reading that is open, or the choice of how to take one. POST opens one, and mails the own team."""
    posted = request.method == "POST"
    idea, standing = get_idea(request, idea_id, Act.TAKE_TEMPERATURE, lock=posted)
    form = OpenForm(request.POST if posted else None)
    if form.is_bound and form.is_valid():
        return _opened(request, idea, standing.member, form.cleaned_data["way"])
    reading = OpenReading.objects.filter(idea=idea).first()
    people = voters_of(idea).count()
    context = {
        "idea": idea,
        "reading": reading,
        "form": form,
        "people": people,
        "is_small": 0 < people < SMALL_TEAM,
        "may_open": takes_votes_of(idea),
        "may_vote": standing.may(Act.VOTE) and reading is not None and not reading.has_voted(standing.member),
        "slips_form": SlipsForm(initial={"number": _slips_for(people)}, label_suffix=""),
        "fewest_to_show": FEWEST_TO_SHOW,
        "fewest_votes": FEWEST_VOTES,
        "small_team": SMALL_TEAM,
    }
    return render(request, "ideas/voting/voting.html", context, status=422 if posted else 200)


def _slips_for(people: int) -> int:
    """How many slips to offer to make."""
    return min(max(people + SPARE_SLIPS, FEWEST_SLIPS), MOST_SLIPS)


def _opened(request: HtmxHttpRequest, idea: Idea, by: Member, way: VotingWay) -> HttpResponse:
    try:
        reading = OpenReading.open(idea, way)
    except NotNowError as error:
        return render(request, "ideas/way/not_now.html", {"idea": idea, "reasons": error.reasons}, status=409)
    if way is VotingWay.EACH:
        tell(reading, by)
    return redirect("ideas:voting", idea.pk)


@require_safe
@vary_on_headers("HX-Request")
def voting_screen(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """For the projector: the address at which one types the code of a slip, large, and as a square to scan."""
    idea, _standing = get_idea(request, idea_id, Act.TAKE_TEMPERATURE)
    reading = OpenReading.objects.filter(idea=idea, way=VotingWay.MEETING).first()
    if reading is None:
        return HttpResponse(status=STOP_ASKING) if request.htmx else redirect("ideas:voting", idea.pk)
    context = {"idea": idea, "reading": reading, **_address(request)}
    part = "#in" if request.htmx else ""
    return render(request, f"ideas/voting/screen.html{part}", context)


def _address(request: HtmxHttpRequest) -> dict[str, object]:
    """Where one types the code of a slip: as people read it, and as a square."""
    address = request.build_absolute_uri(reverse("ideas:vote_by_slip"))
    return {"address": address.partition("://")[2].rstrip("/"), "square": square_of(address)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def voting_slips(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """POST makes slips, which are shown this once, to print and cut."""
    posted = request.method == "POST"
    idea, _standing = get_idea(request, idea_id, Act.TAKE_TEMPERATURE, lock=posted)
    reading = OpenReading.objects.filter(idea=idea, way=VotingWay.MEETING).first()
    if reading is None or not posted:
        return redirect("ideas:voting", idea.pk)
    form = SlipsForm(request.POST, label_suffix="")
    if not form.is_valid():
        return render(request, "ideas/voting/how_many.html", {"idea": idea, "form": form}, status=422)
    codes = in_groups(reading.make_slips(form.cleaned_data["number"]))
    slips = [(code, square_of(request.build_absolute_uri(reverse("ideas:vote_slip", args=[code])))) for code in codes]
    return render(request, "ideas/voting/slips.html", {"idea": idea, "slips": slips, **_address(request)})


@require_POST
@once
def close_voting(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Closes the reading: what may be shown of it shows from here on, and who voted is forgotten."""
    idea, _standing = get_idea(request, idea_id, Act.TAKE_TEMPERATURE, lock=True)
    reading = OpenReading.objects.select_for_update().filter(idea=idea).first()
    if reading:
        reading.idea = idea
        reading.close()
    return redirect(f"{reverse(PAGES[4], args=[idea.pk])}#temperature")
