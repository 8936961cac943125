"""The background pages: what lies behind the questions and the signals, for whoever wants to read on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checks.background import BACKGROUND
from checks.catalogue import QUESTIONS, STEPS
from checks.words import Words
from ideas.access import member_of

BY_STEP = {0: Words("Voor je begint", "Before you begin"), **STEPS}
# The page that an organisation adds a tip of its own to.
WITH_OWN_TIP = "tips"


@require_safe
def backgrounds(request: HttpRequest) -> HttpResponse:
    """All background pages, by the step in which they help most."""
    groups = [
        (step, name, [page for page in BACKGROUND.values() if page.step == step]) for step, name in BY_STEP.items()
    ]
    return render(request, "ideas/background/backgrounds.html", {"groups": groups})


@require_safe
def background(request: HttpRequest, page: str) -> HttpResponse:
    """One background page."""
    if page not in BACKGROUND:
        raise Http404
    told = BACKGROUND[page]
    context = {
        "page": told,
        "step_name": BY_STEP[told.step],
        "serves": [QUESTIONS[slug] for slug in told.serves],
        "organisation": member_of(request).organisation if page == WITH_OWN_TIP else None,
    }
    return render(request, "ideas/background/background.html", context)
