"""Asking a body for its part of an idea, and what one then does with it: remind, withdraw, make it an opvolgpunt."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.asking import PLACES
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.asking.forms import AskForm
from ideas.asking.shown import asked_at, asked_rows, parts_of, place_of, said_before
from ideas.asking.telling import remind as mail_again
from ideas.asking.telling import tell
from ideas.asking.words import as_a_point
from ideas.models import Asking, Idea, NotNowError
from ideas.models.asking import IDEA_IS_THROUGH, under_way
from ideas.once import once
from ideas.steps.lists import LISTS
from ideas.steps.pages import PAGES


@require_http_methods(["GET", "HEAD", "POST"])
@once
def ask(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Asks bodies and colleagues for a part of the idea; each of them gets a mail."""
    posted = request.method == "POST"
    idea, standing = get_idea(request, idea_id, Act.EDIT, lock=posted)
    if not under_way(idea):
        return _not_now(request, idea, IDEA_IS_THROUGH)
    form = AskForm(request.POST if posted else None, idea=idea, standing=standing, asked=request.GET)
    if not (form.is_bound and form.is_valid()):
        return render(request, "ideas/asking/ask.html", {"idea": idea, "form": form}, status=422 if posted else 200)
    told = form.cleaned_data
    more = {"about": told["about"], "sentence": told["sentence"], "due": told["due"]}
    for one in form.chosen:
        asking = Asking.ask(
            idea,
            standing.member,
            standing.role_for(Act.EDIT),
            one.members,
            body=one.body,
            service=one.service,
            **more,
        )
        tell(asking, standing.member)
    return redirect(place_of(idea, asking.told_about))


@require_safe
@vary_on_headers("HX-Request")
def asked_here(request: HtmxHttpRequest, idea_id: int, place: str) -> HttpResponse:
    """What was asked at one place of the pages, as it stands now."""
    idea, standing = get_idea(request, idea_id)
    if place not in PLACES:
        raise Http404
    here = asked_at(idea, standing)[place]
    if not request.htmx:
        return redirect(PAGES[here.about.step], idea.pk)
    return render(request, "ideas/asking/here.html", {"here": here, "idea": idea, "rights": standing.rights})


@require_safe
def asking(request: HtmxHttpRequest, idea_id: int, asking_id: int) -> HttpResponse:
    """One question: who answered what, and what they said before."""
    idea, standing = get_idea(request, idea_id, Act.CHECK)
    rows = asked_rows(idea).filter(asking=asking_id)
    part = next(iter(parts_of(rows)), None)
    if part is None:
        raise Http404
    part.asking.idea = idea
    context = {
        "idea": idea,
        "part": part,
        "place": place_of(idea, part.about),
        "rights": standing.rights,
        "said": said_before(idea, [one.pk for one in rows]),
        "may_remind": any(one.may_be_reminded(timezone.localdate()) for one in part.waiting),
    }
    return render(request, "ideas/asking/asking.html", context)


@require_POST
@once
def withdraw(request: HtmxHttpRequest, idea_id: int, asking_id: int) -> HttpResponse:
    """Takes a question back: the links in the mails then say so."""
    idea, _ = get_idea(request, idea_id, Act.EDIT, lock=True)
    asking = get_object_or_404(Asking, idea=idea, pk=asking_id)
    asking.withdraw()
    return redirect(place_of(idea, asking.told_about))


@require_POST
@once
def remind(request: HtmxHttpRequest, idea_id: int, asking_id: int) -> HttpResponse:
    """Mails who did not answer once more, and leads back to where it was pressed."""
    idea, standing = get_idea(request, idea_id, Act.EDIT, lock=True)
    asking = get_object_or_404(Asking, idea=idea, pk=asking_id)
    asking.idea, today = idea, timezone.localdate()
    try:
        mail_again(asking, asking.remind(today), standing.member, today)
    except NotNowError as error:
        return _not_now(request, idea, *error.reasons)
    if request.POST.get("from") == "for_me":
        return redirect("ideas:for_me")
    return redirect("ideas:asking", idea.pk, asking.pk)


@require_POST
@once
def point(request: HtmxHttpRequest, idea_id: int, asked_id: int) -> HttpResponse:
    """Makes an opvolgpunt of an objection, with one press."""
    idea, _ = get_idea(request, idea_id, Act.CHECK, lock=True)
    asked = get_object_or_404(asked_rows(idea), pk=asked_id)
    if not asked.is_concern:
        raise Http404
    row = LISTS["followups"].new_row(idea)
    made = asked.become_point(asked.asking.told_about.step, as_a_point(asked), row.position)
    return redirect(f"{LISTS['followups'].at(idea).partition('#')[0]}#{made.place}")


def _not_now(request: HtmxHttpRequest, idea: Idea, *reasons: Words) -> HttpResponse:
    context = {"idea": idea, "reasons": reasons, "typed": request.POST.get("sentence", "")}
    return render(request, "ideas/way/not_now.html", context, status=409)
