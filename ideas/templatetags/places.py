"""Where on the pages something stands."""

from django import template
from django.urls import reverse

from checks.catalogue import QUESTIONS
from ideas.models import Idea
from ideas.steps.answers import ANSWERED, PAGES
from ideas.steps.lists import LISTS

register = template.Library()


@register.simple_tag
def asked_at(idea: Idea, slug: str) -> str:
    """Where a question of this slug is asked; empty where it stands on no page of the first three steps."""
    if slug in ANSWERED:
        return f"{reverse(PAGES[QUESTIONS[slug].step], args=[idea.pk])}#{slug.replace('.', '-')}"
    return next((edited.at(idea) for edited in LISTS.values() if edited.question == slug), "")
