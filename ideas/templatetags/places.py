"""Where on the pages something stands."""

from collections.abc import Mapping

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html

from checks.catalogue import QUESTIONS
from ideas.access import member_of
from ideas.keeping import key_to_keep
from ideas.models import Idea
from ideas.steps.answers import ANSWERED, PAGES
from ideas.steps.lists import LISTS

register = template.Library()


@register.filter
def at(told: Mapping[str, object], place: str) -> object:
    """What is told for this place."""
    return told[place]


@register.simple_tag
def asked_at(idea: Idea, slug: str) -> str:
    """Where a question of this slug is asked; empty where it stands on no page of the first three steps."""
    if slug in ANSWERED:
        return f"{reverse(PAGES[QUESTIONS[slug].step], args=[idea.pk])}#{slug.replace('.', '-')}"
    return next((edited.at(idea) for edited in LISTS.values() if edited.question == slug), "")


@register.simple_tag(takes_context=True)
def keeping(context: Context) -> str:
    """What a page about an idea, or on a new one, tells a browser that keeps text for who is signed in."""
    request, idea = context["request"], context.get("idea")
    match = request.resolver_match
    name = idea.pk if isinstance(idea, Idea) else "new" if match and match.view_name == "ideas:new" else None
    if name is None:
        return ""
    return format_html(' data-idea="{}" data-key="{}"', name, key_to_keep(member_of(request), name))
