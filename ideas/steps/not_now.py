"""The page for what cannot be done as things stand: why, and what to do instead."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from checks.gates import Block
from checks.words import Words
from ideas.models import Idea


def not_now(request: HttpRequest, idea: Idea, *reasons: Words, blocks: Sequence[Block] = ()) -> HttpResponse:
    """Names the reasons, and of each block what lifts it and where. Nothing was changed."""
    context = {"idea": idea, "reasons": reasons, "blocks": blocks, "page": reverse("ideas:decide", args=[idea.pk])}
    return render(request, "ideas/steps/not_now.html", context, status=409)
