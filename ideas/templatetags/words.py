"""Filters for the words of the instrument, in the language of the page."""

from django import template
from django.utils.html import format_html

from checks.catalogue import QUESTIONS, Question
from checks.codes import Rating
from checks.picture import Pulse
from checks.running import answers_of
from checks.words import Code, Words
from ideas.once import TOKEN, new_token
from ideas.wording import asked as question_words
from ideas.wording import duration, euro, say

register = template.Library()
register.filter("words", say)
register.filter("euro", euro)
register.filter("duration", duration)
register.filter("question_words", question_words)


@register.filter
def words_or_text(told: Code | Words | str | None) -> str:
    """The wording of a code; a text as people wrote it themselves."""
    return say(told) if isinstance(told, Code | Words) else told or ""


@register.filter
def answered_again(pulse: Pulse) -> tuple[tuple[Question, Rating], ...]:
    """What a pulse says, question by question."""
    return answers_of(pulse)


@register.filter
def asked(slug: str) -> Question:
    """The question with this slug."""
    return QUESTIONS[slug]


@register.simple_tag
def once() -> str:
    """A hidden field by which a form that is sent twice is known."""
    return format_html('<input type="hidden" name="{}" value="{}">', TOKEN, new_token())
