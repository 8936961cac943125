"""The background pages, for everybody who signed in."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checks.background import BACKGROUND
from checks.catalogue import STEPS
from ideas.access import HtmxHttpRequest, member_of


@require_safe
def backgrounds(request: HtmxHttpRequest) -> HttpResponse:
    """All pages, by the step that they serve."""
    ordered = sorted(BACKGROUND.values(), key=lambda page: page.step)
    by_step = [(STEPS.get(step), list(pages)) for step, pages in groupby(ordered, key=lambda page: page.step)]
    return render(request, "ideas/background/all.html", {"by_step": by_step})


@require_safe
def background(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """One page. The organisation's own tip stands with the ten tips."""
    if slug not in BACKGROUND:
        raise Http404
    own_tip = member_of(request).organisation.own_tip if slug == "tips" else ""
    return render(request, "ideas/background/page.html", {"page": BACKGROUND[slug], "own_tip": own_tip})
