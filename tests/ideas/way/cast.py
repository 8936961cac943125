"""How tests send the forms of the way."""

import re
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from ideas.models import Idea

# What each form needs at least, beside the people and ideas to choose from.
NEEDS: dict[str, dict[str, str]] = {
    "decline": {"why": "Geen tijd"},
    "park": {"revisit_on": "2099-01-31"},
    "move_on": {"to": "2"},
    "send_back": {"to": "1", "why": "Nog eens kijken"},
    "pause": {"why": "Even wachten"},
    "stop": {"why": "Geen middelen"},
    "reopen": {"why": "Er is toch geld"},
}


def url(idea: Idea, verb: str) -> str:
    return reverse("ideas:delete", args=[idea.pk]) if verb == "delete" else reverse("ideas:way", args=[idea.pk, verb])


def seen(idea: Idea) -> str:
    """What a form that is opened now carries along."""
    event = idea.transitions.last()
    return str(event.pk if event else 0)


def opened(client: Client, idea: Idea, verb: str) -> dict[str, str]:
    """The hidden fields of the form, as its page holds them."""
    html = client.get(url(idea, verb)).content.decode()
    return dict(re.findall(r'name="(seen|token)" value="([^"]*)"', html))


def send(client: Client, idea: Idea, verb: str, **told: Any) -> Any:
    """Posts the form of a verb, just opened."""
    return client.post(url(idea, verb), {"seen": seen(idea), "token": str(uuid4()), **NEEDS.get(verb, {}), **told})
