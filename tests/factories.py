"""Plain factories with good defaults."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from checks.codes import Status
from ideas.models import Idea
from people.models import Member, Organisation

type SignIn = Callable[[Member], Client]


def organisation(**told: Any) -> Organisation:
    return Organisation.objects.create(**{"name": "Lindeveer vzw (fictief)", "slug": "lindeveer", **told})


def member(name: str, organisation: Organisation, **told: Any) -> Member:
    return Member.objects.create_user(
        f"{name}@{organisation.slug}.test", "een-lang-wachtwoord", name=name, organisation=organisation, **told
    )


def idea(organisation: Organisation, **told: Any) -> Idea:
    number = Idea.objects.count() + 1
    defaults = {"title": f"Idee {number}", "slug": f"idee-{number}", "status": Status.IN_STEP, "step": 1}
    return Idea.objects.create(organisation=organisation, **{**defaults, **told})
