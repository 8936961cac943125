"""The pages of the way: each asks what one thing needs, says what comes of it, and does it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from checks.codes import Status, Verb
from checks.letters import letter
from checks.way import INSTEAD, Stand, may_be_deleted, missing_before
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.models import Idea, Transition
from ideas.models.idea import NotNowError
from ideas.once import once
from ideas.picture import read_picture
from ideas.steps.pages import PAGES
from ideas.way.doings import DOINGS, Doing
from ideas.way.forms import WayForm
from ideas.way.offers import stands


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def way(request: HtmxHttpRequest, idea_id: int, verb: str) -> HttpResponse:
    """Does one thing with an idea. Once that is done, the page shows the message that may be sent."""
    if verb not in DOINGS:
        raise Http404
    doing, posted = DOINGS[verb], request.method == "POST"
    idea, standing = get_idea(request, idea_id, Act.LEAD, lock=posted)
    if not posted and doing.is_done(idea.status, idea.step):
        return _message(request, idea, doing)
    reason = idea.why_not(doing.verb)
    if reason:
        return _not_now(request, idea, doing, reason)
    form = doing.form(
        request.POST if posted else None,
        idea=idea,
        standing=standing,
        asked=request.GET,
        auto_id=f"{verb}-{idea.pk}-%s",
    )
    in_between = _in_between(request, idea)
    if in_between or not (form.is_bound and form.is_valid()):
        return _asked(request, idea, doing, form, in_between)
    try:
        doing.does(idea, standing.member, standing.role_for(Act.LEAD), form.cleaned_data)
    except NotNowError as error:
        return _not_now(request, idea, doing, *error.reasons)
    return redirect(_leads_to(idea, doing))


def _asked(
    request: HtmxHttpRequest, idea: Idea, doing: Doing, form: WayForm, in_between: Transition | None
) -> HttpResponse:
    """The form, as it stands or with what was typed and what is wrong, or what happened in the meantime."""
    context: dict[str, Any] = {
        "idea": idea,
        "doing": doing,
        "form": form,
        "in_between": in_between,
        "seen": _last_event(idea),
    }
    if doing.verb is Verb.MOVE_ON:
        context |= {"missing": missing_before(read_picture(idea), idea.step or 1), "steps": _steps_ahead(form)}
    template = "ideas/way/form.html#form" if request.htmx else "ideas/way/form.html"
    status = 409 if in_between else 422 if form.is_bound else 200
    return render(request, template, context, status=status)


def _steps_ahead(form: WayForm) -> list[tuple[int, str]]:
    return [(value, str(label)) for value, label in form["to"].field.choices]  # type: ignore[attr-defined]


def _not_now(request: HtmxHttpRequest, idea: Idea, doing: Doing, *reasons: Words) -> HttpResponse:
    """Why this cannot be done, with what was typed."""
    context = {"idea": idea, "reasons": reasons, "typed": request.POST.get("why") or request.POST.get("note")}
    template = "ideas/way/not_now.html#reasons" if request.htmx else "ideas/way/not_now.html"
    return render(request, template, context, status=409 if request.method == "POST" else 200)


def _message(request: HtmxHttpRequest, idea: Idea, doing: Doing) -> HttpResponse:
    """The message to copy. The reason is told in it only when that is asked for: it may be for inside only."""
    event = idea.transitions.filter(to_status=idea.status).exclude(verb=Verb.HAND_OVER).last()
    why = event.why if event else ""
    told = letter(doing.letter, read_picture(idea), why if "why" in request.GET else "") if doing.letter else None
    context = {
        "idea": idea,
        "doing": doing,
        "stands": stands(idea.status, idea.step),
        "letter": told,
        "why": why,
        "has_why": "why" in request.GET,
    }
    return render(request, "ideas/way/message.html", context)


def _in_between(request: HtmxHttpRequest, idea: Idea) -> Transition | None:
    """The last event, where something happened with the idea since the form was opened."""
    if request.method != "POST" or request.POST.get("seen") == str(_last_event(idea)):
        return None
    return idea.transitions.last() or Transition(idea=idea, to_status=idea.status)


def _last_event(idea: Idea) -> int:
    """What a form carries along, to know whether the idea went further in the meantime."""
    event = idea.transitions.last()
    return event.pk if event else 0


def _leads_to(idea: Idea, doing: Doing) -> str:
    if doing.letter:
        return reverse("ideas:way", args=[idea.pk, doing.verb.value])
    if doing.verb is Verb.RENEW:
        return reverse("ideas:running", args=[idea.pk])
    if doing.verb in {Verb.TAKE_UP, Verb.MOVE_ON, Verb.SEND_BACK, Verb.RESUME, Verb.REOPEN} and idea.step:
        return reverse(PAGES[idea.step], args=[idea.pk])
    return reverse("ideas:idea", args=[idea.pk])


# ---------- deleting

DECIDED_OR_MERGED = Words(
    "Hier ging al een ander idee in op, of er is al beslist. Dat blijft leesbaar.",
    "Another idea went on in this one, or it was decided. That stays readable.",
)
HOLDS_WORK = Words(
    "Er staat al werk in dit idee. Gaat het niet door? Stop het dan: het blijft leesbaar. "
    "Was het een oefening? Duid dat dan aan bij de gegevens van het idee.",
    "There is work in this idea already. Is it not going ahead? Then stop it: it stays readable. "
    "Was it an exercise? Then say so in the facts of the idea.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def delete(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Deletes an empty idea or an exercise, with its files."""
    posted = request.method == "POST"
    idea, _ = get_idea(request, idea_id, Act.LEAD, lock=posted)
    reason = _why_not_deleted(idea)
    if reason:
        return render(
            request, "ideas/way/not_now.html", {"idea": idea, "reasons": [reason]}, status=409 if posted else 200
        )
    in_between = _in_between(request, idea)
    if posted and not in_between:
        idea.delete()
        return redirect("ideas:overview")
    context = {"idea": idea, "in_between": in_between, "seen": _last_event(idea)}
    return render(request, "ideas/way/delete.html", context, status=409 if in_between else 200)


def _why_not_deleted(idea: Idea) -> Words | None:
    if idea.status is Status.MERGED:
        return INSTEAD[Stand.MERGED]
    picture = read_picture(idea)
    if idea.merged.exists() or picture.decision or picture.earlier_decisions:
        return DECIDED_OR_MERGED
    holds_more = not idea.test and (hasattr(idea, "decision_draft") or idea.answers.filter(notes_private=True).exists())
    return None if may_be_deleted(picture) and not holds_more else HOLDS_WORK
