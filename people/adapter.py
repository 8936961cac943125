from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from people.models import Account


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited by their organisation; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Who has these credentials and still belongs here; for anybody else they are simply wrong.

        The password that a demo installation shows to everybody opens nothing on any other.
        """
        if credentials.get("password") == settings.DEMO_PASSWORD and not settings.DEMO:
            return None
        account = super().authenticate(request, **credentials)
        return account if isinstance(account, Account) and account.is_active else None
