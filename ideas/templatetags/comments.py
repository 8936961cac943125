"""How much is said at a place, as a link to it."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from ideas.access import member_of
from ideas.comments.said import Said, said_at
from ideas.models import Idea

register = template.Library()


def _said(request: HttpRequest, idea: Idea) -> dict[str, Said]:
    """What is said at an idea: asked once for all places on a page."""
    if not hasattr(request, "_said"):
        request._said = said_at(idea, member_of(request))  # type: ignore[attr-defined]
    said: dict[str, Said] = request._said  # type: ignore[attr-defined]
    return said


@register.inclusion_tag("ideas/comments/link.html", takes_context=True)
def comments_at(context: template.Context, idea: Idea, place: str, *, oob: bool = False) -> dict[str, Any]:
    """The link to what is said at the place of this name."""
    said = _said(context["request"], idea).get(place, Said())
    return {"place": place, "said": said, "url": reverse("ideas:comments_at", args=[idea.pk, place]), "oob": oob}


@register.simple_tag(takes_context=True)
def places_with_comments(context: template.Context, idea: Idea) -> list[str]:
    return sorted(_said(context["request"], idea))


@register.simple_tag(takes_context=True)
def new_comments(context: template.Context, idea: Idea) -> int:
    """How many comments at this idea whoever looks had not seen yet."""
    return sum(said.new for said in _said(context["request"], idea).values())
