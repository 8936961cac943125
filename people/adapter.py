"""How allauth signs people in here: whom it lets in, what it mails them and what it says to them."""

from typing import Any, cast
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from people.current import WITHIN
from people.mail import post
from people.models import Account

# What changed in how somebody signs in, by the last word of allauth's own name for it.
CHANGES = {
    "password_changed": _("The password was changed."),
    "password_set": _("A password was chosen."),
    "password_reset": _("A new password was chosen with the link that we mailed."),
    "totp_activated": _("An authenticator app was added."),
    "totp_deactivated": _("The authenticator app was taken away."),
    "webauthn_added": _("A passkey was added."),
    "webauthn_removed": _("A passkey was taken away."),
    "recovery_codes_generated": _("New recovery codes were made."),
    "account_connected": _("Signing in through the organisation was used for the first time."),
}


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited by their organisation; nobody signs up alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("This is not your password of now."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("There were too many tries. Wait a few minutes and try again."),
    }

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

    def post_login(self, request: HttpRequest, user: Account, **told: Any) -> HttpResponse:
        """Whom the provider of an organisation signed in works in that organisation only."""
        firsts = [record for record in get_authentication_records(request, user) if not _is_second(record)]
        if firsts and firsts[-1]["method"] == "socialaccount":
            request.session[WITHIN] = int(firsts[-1]["provider"])
        else:
            request.session.pop(WITHIN, None)
        return cast(HttpResponse, super().post_login(request, user, **told))

    def set_password(self, user: Account, password: str) -> None:
        """A new password ends every session: none is left to show where somebody is signed in."""
        super().set_password(user, password)
        UserSession.objects.filter(user=user).delete()

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        return redirect("account_login")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth mails through the two verbs below only. Raises LookupError for anything else."""
        raise LookupError(template_prefix)

    def send_password_reset_mail(self, user: Account, email: str, context: dict[str, Any]) -> None:
        told = {"uid": context["uid"], "key": context["key"], "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
        post(to=user, key=f"password-reset:{uuid4()}", template="password_reset", context=told)

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        tell_of_change(user, CHANGES[template_prefix.rpartition("/")[2]])


def tell_of_change(account: Account, change: object) -> None:
    """Mails somebody what changed in how they sign in: if that was somebody else, they know."""
    post(to=account, key=f"account-changed:{uuid4()}", template="account_changed", context={"change": change})


def _is_second(record: dict[str, Any]) -> bool:
    """Whether somebody showed this after something else already: a code beside the password, or once more later."""
    return bool(record.get("reauthenticated")) or (record["method"] == "mfa" and not record.get("passwordless"))


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, codes of an app, and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or no longer."),
    }

    def _get_site_name(self) -> str:
        return "WerktSamen"

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002
        return str(_("Passkey"))
