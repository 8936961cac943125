"""Step 4, what follows a decision: telling the partners, the trajectory, the talks, starting, finishing, closing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from checks.aftercare import Aftercare, aftercare, may_start
from checks.codes import GoNoGo, Need, Verb
from checks.decision import MustFollow, follows_from
from checks.gates import Block, blocks_closing
from checks.letters import letter_to_partners
from checks.picture import Picture
from checks.way import ALREADY_CLOSED, DECIDE_FIRST, is_possible
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.forms import NO_CLIENT_NAMES, SavedForm, Text, form_field
from ideas.models import Decision, Idea, NotNowError
from ideas.once import once
from ideas.organisation import settings_of
from ideas.picture import read_picture
from ideas.steps.not_now import not_now
from ideas.steps.page import Page
from ideas.steps.pages import PAGES
from ideas.steps.saving import QuickForm, Saving, asked_of, posted, saved, saving

PAGE = PAGES[4]


# ---------- what follows, as it stands on the page


@dataclass(frozen=True)
class Skipping:
    """Why an advised trajectory or talk is left out, to read and perhaps to write."""

    what: str
    value: str
    it: Saving | None


@dataclass(frozen=True)
class Following:
    """All that follows the decision. Parts that it does not ask for and that were not begun are not shown.

    `review_months` is after how many months to look back, as long as no day is set for it.
    """

    items: tuple[Aftercare, ...]
    remark: Words | None
    letter: Words | None
    partners_told: date | None
    review_months: int | None
    shows_trajectory: bool
    skips_trajectory: Skipping | None
    shows_talks: bool
    skips_talk: Skipping | None
    runs: bool
    blocks: tuple[Block, ...]
    may_start: bool
    may_finish: bool
    may_close: bool


def following(page: Page) -> Following | None:
    """None without a decision."""
    picture, settings = page.picture, page.settings
    if picture.decision is None:
        return None
    follows, go = follows_from(picture, settings), picture.decision.value is GoNoGo.GO
    needs = _needs(follows)
    has_review = picture.decision.review is not None or bool(picture.reviews)
    return Following(
        items=aftercare(picture, settings),
        remark=follows.remark if follows else None,
        letter=letter_to_partners(picture),
        partners_told=picture.decision.partners_told,
        review_months=follows.review_months if follows and not has_review else None,
        shows_trajectory=needs["trajectory"] is not Need.NONE or picture.trajectory is not None,
        skips_trajectory=_skipping(page, "trajectory", needs),
        shows_talks=not go or bool(picture.talk),
        skips_talk=_skipping(page, "talk", needs),
        runs=go,
        blocks=blocks_closing(picture, settings),
        may_start=may_start(picture, settings),
        may_finish=_is_possible(Verb.FINISH, picture),
        may_close=_is_possible(Verb.CLOSE, picture),
    )


def _needs(follows: MustFollow | None) -> dict[str, Need]:
    """How firmly each thing that may be left out must follow."""
    if follows is None:
        return dict.fromkeys(SKIPPED, Need.NONE)
    talks = {follows.talk_team, follows.talk_partners}
    return {"trajectory": follows.trajectory, "talk": Need.ADVISED if Need.ADVISED in talks else Need.NONE}


def _is_possible(verb: Verb, picture: Picture) -> bool:
    return is_possible(verb, status=picture.status, step=picture.step, decided=True, closed=picture.closed is not None)


# ---------- leaving out what is only advised

SKIPPED: dict[str, Any] = {
    what: forms.modelform_factory(Decision, form=QuickForm, fields=[f"{what}_skipped"], formfield_callback=form_field)
    for what in ("trajectory", "talk")
}


def _skipping(page: Page, what: str, needs: dict[str, Need]) -> Skipping | None:
    row = next((row for row in page.reading.rows[Decision] if row.current), None)
    if row is None or needs[what] is not Need.ADVISED:
        return None
    may_write = page.standing.may(Act.FOLLOW_THROUGH) and page.picture.closed is None
    it = _saving(row, what, SKIPPED[what](instance=row)) if may_write else None
    return Skipping(what, getattr(row, f"{what}_skipped"), it)


def _saving(row: Decision, what: str, form: SavedForm[Decision]) -> Saving:
    return saving(form, f"skipped-{what}", reverse("ideas:skip", args=[row.idea_id, what]))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def skip(request: HtmxHttpRequest, idea_id: int, what: str) -> HttpResponse:
    """Saves why an advised trajectory or talk is left out. On its own it is a page with just that."""
    if what not in SKIPPED:
        raise Http404
    act = asked_of(request, Act.FOLLOW_THROUGH)
    idea, standing = get_idea(request, idea_id, act, lock=request.method == "POST")
    if idea.closed and (request.method == "POST" or not request.htmx):
        return not_now(request, idea, ALREADY_CLOSED)
    row = get_object_or_404(Decision, idea=idea, current=True)
    may_write = standing.may(Act.FOLLOW_THROUGH) and not idea.closed
    form = SKIPPED[what](posted(request), instance=row)
    return saved(
        request,
        form,
        idea,
        lambda form: _saving(row, what, form) if may_write else None,
        reverse(PAGE, args=[idea.pk]),
        "ideas/steps/skip.html#form",
        skipping=Skipping(what, getattr(row, f"{what}_skipped"), None),
    )


# ---------- the news for the partners


@require_POST
@once
def told(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Records that the partners heard the news today, or with `undo` that they did not."""
    idea, _standing = get_idea(request, idea_id, Act.FOLLOW_THROUGH, lock=True)
    if idea.closed:
        return not_now(request, idea, ALREADY_CLOSED)
    decision = Decision.objects.filter(idea=idea, current=True).first()
    if decision is None:
        return not_now(request, idea, DECIDE_FIRST)
    decision.partners_told = None if "undo" in request.POST else timezone.localdate()
    decision.save(update_fields=["partners_told"])
    return _back(idea)


# ---------- starting, finishing, closing


@require_POST
@once
def start(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """A go that waited begins to run."""
    idea, standing = get_idea(request, idea_id, Act.FOLLOW_THROUGH, lock=True)
    ready = may_start(read_picture(idea), settings_of(idea.organisation))
    try:
        idea.start(standing.member, standing.role_for(Act.FOLLOW_THROUGH), may_start=ready)
    except NotNowError as error:
        return not_now(request, idea, *error.reasons)
    return _back(idea)


class FinishForm(forms.Form):
    why = Text(
        label=_("Why does it end?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_CLIENT_NAMES,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def finish(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """A running collaboration ends, with a sentence on why."""
    idea, standing = get_idea(request, idea_id, Act.FOLLOW_THROUGH, lock=request.method == "POST")
    reason = idea.why_not(Verb.FINISH)
    if reason:
        return not_now(request, idea, reason)
    form = FinishForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid():
        idea.finish(standing.member, standing.role_for(Act.FOLLOW_THROUGH), form.cleaned_data["why"])
        return redirect("ideas:running", idea.pk)
    context = {"idea": idea, "form": form}
    return render(request, "ideas/steps/finish.html", context, status=422 if form.is_bound else 200)


@require_POST
@once
def close(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """All that had to follow is done."""
    idea, standing = get_idea(request, idea_id, Act.FOLLOW_THROUGH, lock=True)
    blocks = blocks_closing(read_picture(idea), settings_of(idea.organisation))
    reason = idea.why_not(Verb.CLOSE)
    if reason or blocks:
        return not_now(request, idea, *([reason] if reason else []), blocks=() if reason else blocks)
    idea.close(standing.member, standing.role_for(Act.FOLLOW_THROUGH), blocks=blocks)
    return _back(idea)


def _back(idea: Idea) -> HttpResponse:
    return redirect(f"{reverse(PAGE, args=[idea.pk])}#aftercare")
