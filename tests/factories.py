"""Plain factories with good defaults."""

import time
from collections.abc import Callable
from typing import Any

from django.test import Client as DjangoClient

from checks.codes import Status
from ideas.models import Idea
from people.current import SHOWN
from people.models import Account, Member, Organisation


class Client(DjangoClient):
    """A browser without scripts, in which a member is signed in by their account."""

    def force_login(self, member: Member, backend: str | None = None) -> None:  # type: ignore[override]
        assert member.account
        super().force_login(member.account, backend)
        self.show(member)

    def show(self, member: Member, method: str = "password", ago: float = 0) -> None:
        """As if this member showed so many seconds ago who they are."""
        session = self.session
        session["account_authentication_methods"] = [{"method": method, "at": time.time() - ago}]
        session["account_authentication_methods_user"] = str(member.account_id)
        if method == "socialaccount":
            session[SHOWN] = time.time() - ago
        session.save()


type SignIn = Callable[[Member], Client]

PASSWORD = "een-lang-wachtwoord"


def organisation(**told: Any) -> Organisation:
    return Organisation.objects.create(**{"name": "Lindeveer vzw (fictief)", "slug": "lindeveer", **told})


def member(name: str, organisation: Organisation, **told: Any) -> Member:
    account = Account.objects.create_user(f"{name}@{organisation.slug}.test", PASSWORD)
    return Member.objects.create(account=account, name=name, organisation=organisation, **told)


def idea(organisation: Organisation, **told: Any) -> Idea:
    number = Idea.objects.count() + 1
    defaults = {"title": f"Idee {number}", "slug": f"idee-{number}", "status": Status.IN_STEP, "step": 1}
    return Idea.objects.create(organisation=organisation, **{**defaults, **told})
