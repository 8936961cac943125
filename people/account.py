"""What somebody sets about signing in: mail address, password, passkeys, codes, where they are signed in, language."""

import hashlib
from typing import cast

from allauth.account.views import PasswordChangeView
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from people.adapter import tell_of_change
from people.current import WITHIN
from people.devices import device
from people.mail import post
from people.models import Account, Language
from people.weighty import weighty_for_account
from people.with_organisation import provider_of

# What a page says after something was done, by the word in its address.
DONE = {
    "password": _("Your new password counts from now on. You are signed out everywhere else."),
    "everywhere": _("You are signed out everywhere else."),
    "mail": _("Your mail address is changed."),
    "mail-asked": _(
        "Look in your new mailbox: with the link in our mail you confirm the address. Until then nothing changes."
    ),
    "app": _("Your authenticator app works. From now on you are asked for a code when you sign in with your password."),
    "app-off": _("The authenticator app is taken away."),
    "passkey": _("Your passkey works. With it you sign in without typing anything."),
    "passkey-off": _("The passkey is taken away."),
    "provider": _("From now on you can also sign in with your organisation."),
    "provider-off": _("You sign in with your organisation no longer."),
    "language": _("Your mails come in this language from now on."),
}
MOVING, MOVING_FOR = "people.account.mail", 60 * 60 * 24


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in. The middleware lets nobody else through."""
    return cast(Account, request.user)


def overview_after(done: str) -> HttpResponse:
    return redirect(f"{reverse('account_overview')}?done={done}")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    known = list(Authenticator.objects.filter(user=account).order_by("pk"))
    codes = [one.wrap() for one in known if one.type == Authenticator.Type.RECOVERY_CODES]
    context = {
        "account": account,
        "done": DONE.get(request.GET.get("done", "")),
        "languages": Language.choices,
        "passkeys": [one for one in known if one.type == Authenticator.Type.WEBAUTHN],
        "has_app": any(one.type == Authenticator.Type.TOTP for one in known),
        "codes_left": len(codes[0].get_unused_codes()) if codes else None,
        "sessions": _sessions(request),
        "within": WITHIN in request.session,
        "provider": provider_of(request),
    }
    return render(request, "people/account/overview.html", context)


def _sessions(request: HttpRequest) -> list[dict[str, object]]:
    """Where this account is signed in, as far as that was noted: this browser first."""
    going_on = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = [
        {"device": device(one.user_agent), "since": one.created_at, "here": one.is_current()}
        for one in UserSession.objects.filter(user=account_of(request), session_key__in=going_on).order_by("-pk")
    ]
    return sorted(found, key=lambda one: not one["here"])


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Ends every session but the one that asks for it."""
    account = account_of(request)
    account.sign_out_everywhere()
    update_session_auth_hash(request, account)
    UserSession.objects.filter(user=account).exclude(session_key=request.session.session_key).delete()
    UserSession.objects.create_from_request(request)
    return overview_after("everywhere")


@require_POST
def choose_mail_language(request: HttpRequest) -> HttpResponse:
    if (language := request.POST.get("language", "")) in Language.values:
        account_of(request).read_in(language)
    return overview_after("language")


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """The button below every page. For somebody who is signed in, their mails follow."""
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.is_authenticated and language in Language.values:
        account_of(request).read_in(language)
    return set_language(request)


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """The password of now and twice the new one. Who has none yet chooses one with a link that is mailed."""

    template_name = "people/account/password.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not account_of(request).has_usable_password():
            return redirect("account_reset_password")
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_success_url(self) -> str:
        return f"{reverse('account_overview')}?done=password"


class MailForm(forms.Form):
    email = forms.EmailField(label=_("New mail address"), max_length=254)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


@weighty_for_account
@rate_limit(action="manage_email")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def change_mail(request: HttpRequest) -> HttpResponse:
    """Another mail address counts once the link that is mailed to it was followed. Nothing tells whose it is now.

    The address of now hears of it at once: whoever did not ask for it can still choose another password, which ends it.
    """
    form = MailForm(request.POST or None, label_suffix="")
    if not form.is_valid():
        context = {"form": form, "account": request.user}
        return render(request, "people/account/mail.html", context, status=422 if form.is_bound else 200)
    account, email = account_of(request), form.cleaned_data["email"]
    tell_of_change(account, _("Another mail address was asked for. It counts once that is confirmed there."))
    if not Account.objects.filter(email=email).exists():
        key = moving_key(account, email)
        newly = Account(pk=account.pk, email=email, language=account.language)
        post(to=newly, key=f"mail-address:{key[-150:]}", template="confirm_mail", context={"key": key})
    return overview_after("mail-asked")


def moving_key(account: Account, email: str) -> str:
    """What the link carries that moves this account to another mail address, until it is signed out everywhere."""
    return signing.dumps({"account": account.pk, "from": account.email, "to": email, "as": _as(account)}, salt=MOVING)


def _as(account: Account) -> str:
    """A digest that changes with the password and by signing out everywhere."""
    return hashlib.sha256(account.get_session_auth_hash().encode()).hexdigest()[:32]


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm_mail(request: HttpRequest, key: str) -> HttpResponse:
    """Where the mailed link leads: a button, since programs that read mail follow links too."""
    try:
        told = signing.loads(key, salt=MOVING, max_age=MOVING_FOR)
    except signing.BadSignature:
        told = {}
    account = Account.objects.filter(pk=told.get("account"), email=told.get("from"), is_active=True).first()
    if account is None or told.get("as") != _as(account):
        return render(request, "people/account/confirm_mail.html", {}, status=410)
    if request.method != "POST":
        return render(request, "people/account/confirm_mail.html", {"email": told["to"]})
    before = Account(pk=account.pk, email=account.email, language=account.language)
    if not account.move_to(told["to"]):
        return render(request, "people/account/confirm_mail.html", {}, status=410)
    tell_of_change(before, _("The mail address was changed."))
    return overview_after("mail") if request.user == account else redirect("account_login")


@method_decorator(never_cache, name="dispatch")
class AddApp(ActivateTOTPView):  # type: ignore[misc]
    template_name = "people/account/app.html"

    def get_success_url(self) -> str:
        return _codes_or_overview(made=self.did_generate_recovery_codes, done="app")


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    template_name = "people/account/app_off.html"

    def get_success_url(self) -> str:
        return f"{reverse('account_overview')}?done=app-off"


@method_decorator(never_cache, name="dispatch")
class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    template_name = "people/account/passkey.html"

    def get_success_url(self) -> str:
        return _codes_or_overview(made=self.did_generate_recovery_codes, done="passkey")


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "people/account/passkey_off.html"

    def get_success_url(self) -> str:
        return f"{reverse('account_overview')}?done=passkey-off"


def _codes_or_overview(*, made: bool, done: str) -> str:
    """Recovery codes are shown once, after the first passkey or app: then first that."""
    return f"{reverse('mfa_view_recovery_codes') if made else reverse('account_overview')}?done={done}"


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "people/account/codes.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        told = {"done": DONE.get(self.request.GET.get("done", ""))}
        return cast(dict[str, object], super().get_context_data(**kwargs)) | told


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "people/account/codes_new.html"
