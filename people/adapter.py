from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from people.models import Member


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited by their organisation; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """Who has these credentials and still belongs here; for anybody else they are simply wrong.

        The invented people of a demo sign in on a demo installation only: their password is no secret.
        """
        member = super().authenticate(request, **credentials)
        if not isinstance(member, Member) or not member.is_active:
            return None
        return member if settings.DEMO or not member.organisation.demo else None
