"""Signing in, at first and again, and the page about the instrument."""

from typing import Any, cast

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.carried import CARRIED, Carried
from people.current import WORKS_AS, members_of
from people.models import IdentityProvider, Member
from people.weighty import ask_again


def demo_members() -> QuerySet[Member]:
    """Who may sign in with one click: on a demo installation the people of a demo organisation, else nobody."""
    members = Member.objects.present().filter(organisation__demo=True)
    members = members.select_related("account", "organisation", "team")
    return members.order_by("pk") if settings.DEMO else members.none()


def sign_in_context(carried: Carried | None) -> dict[str, object]:
    """What the sign-in page shows besides its form."""
    has_provider = IdentityProvider.objects.exists()
    return {"demo_members": demo_members(), "carried": carried, "has_provider": has_provider}


class GoesOn:
    """A view that signs somebody in, perhaps with one more page to go: what was typed before comes back after that."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        carried = Carried.along(request)
        return goes_on(request, cast(HttpResponse, super().dispatch(request, *args, **kwargs)), carried)  # type: ignore[misc]


@method_decorator(login_not_required, name="dispatch")
class SignIn(GoesOn, LoginView):  # type: ignore[misc]
    """Mail and password; a wrong one tells nothing, and tries are limited (both by allauth).

    Who typed something while signed out goes on with it afterwards.
    """

    template_name = "people/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        told = sign_in_context(Carried.along(self.request))
        return cast(dict[str, object], super().get_context_data(**kwargs)) | told


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInAgain(SignIn):
    """The same in the middle of a page: a form, or once somebody is signed in who that is, with a fresh CSRF token.

    Who must also show a code is asked for it in the same place.
    """

    template_name = "people/sign_in_again.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return render(request, "people/signed_in_again.html")
        response = None if get_pending_stage(request) else super().dispatch(request, *args, **kwargs)
        return redirect("sign_in_again_code") if response is None or get_pending_stage(request) else response

    def get_success_url(self) -> str:
        return reverse("sign_in_again")

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[no-any-return]


@method_decorator([login_not_required, never_cache], name="dispatch")
class SecondStep(GoesOn, AuthenticateView):  # type: ignore[misc]
    """After the password a code of the app, a recovery code or a passkey, where somebody has these."""

    template_name = "people/code.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        passkeys = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        return cast(dict[str, object], super().get_context_data(**kwargs)) | {"has_passkey": passkeys.exists()}


@method_decorator([login_not_required, never_cache], name="dispatch")
class SecondStepAgain(SecondStep):
    """The same in the middle of a page."""

    template_name = "people/code_again.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=422)  # type: ignore[no-any-return]


@method_decorator(login_not_required, name="dispatch")
class SignInWithPasskey(GoesOn, LoginWebAuthnView):  # type: ignore[misc]
    """A passkey and nothing else. A script asks for what to sign, with a GET; the form sends what was signed."""

    def form_invalid(self, form: LoginWebAuthnForm) -> HttpResponse:
        carried = Carried.along(self.request)
        return sign_in_page(self.request, carried, self.request.POST.get("next", ""), 422, passkey_refused=True)


class AsksAgain(GoesOn):
    """Somebody who is signed in shows once more who they are, and goes on to where they wanted to be."""

    request: HttpRequest

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return ask_again(request, get_next_redirect_url(request) or "/", own="own" in request.GET)

    def form_invalid(self, form: Form) -> HttpResponse:
        back = get_next_redirect_url(self.request) or "/"
        return ask_again(self.request, back, Carried.along(self.request), own=True, refused=form, status=422)

    def _check_reauthentication_method_available(self, request: HttpRequest) -> HttpResponse | None:
        if request.method == "GET":
            return None
        return cast(Any, super())._check_reauthentication_method_available(request)  # type: ignore[no-any-return]


class AskPassword(AsksAgain, ReauthenticateView):  # type: ignore[misc]
    pass


class AskCode(AsksAgain, ReauthenticateByCodeView):  # type: ignore[misc]
    pass


class AskPasskey(AsksAgain, ReauthenticateWebAuthnView):  # type: ignore[misc]
    pass


@login_not_required
@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the invented people of a demo installation, whatever was set on their account."""
    if not settings.DEMO:
        raise Http404
    member = get_object_or_404(demo_members(), account__email=request.POST.get("member", ""))
    carried = Carried.along(request)
    record_authentication(request, member.account, method="mfa", type="webauthn", passwordless=True)
    response = perform_login(request, member.account, redirect_url=get_next_redirect_url(request))
    return goes_on(request, cast(HttpResponse, response), carried)


def sign_in_first(request: HttpRequest, carried: Carried) -> HttpResponse:
    """The sign-in page in answer to a form of somebody who is signed out; it carries along what was typed."""
    return sign_in_page(request, carried, carried.page, 401)


def sign_in_page(
    request: HttpRequest, carried: Carried | None, back: str, status: int, *, passkey_refused: bool = False
) -> HttpResponse:
    """The sign-in page, from which one goes on to `back`."""
    context = sign_in_context(carried) | {"form": LoginForm(request=request), "passkey_refused": passkey_refused}
    context |= {"redirect_field_name": SignIn.redirect_field_name, "redirect_field_value": back}
    response = render(request, SignIn.template_name, context, status=status)
    add_never_cache_headers(response)
    return response


def go_on(request: HttpRequest, carried: Carried, status: int = 200) -> HttpResponse:
    """Shows what was typed, to send it with one click: nothing is saved without one."""
    return render(request, "people/go_on.html", {"carried": carried}, status=status)


def goes_on(request: HttpRequest, response: HttpResponse, carried: Carried | None) -> HttpResponse:
    """The answer to signing in, unless something was typed before: then first that, once somebody is signed in."""
    if not request.user.is_authenticated:
        if carried and not carried.is_too_much and get_pending_stage(request):
            carried.wait(request)
        return response
    request.session.pop(CARRIED, None)
    return go_on(request, carried) if carried and response.status_code in (200, 302) else response


def belongs_nowhere(request: HttpRequest) -> HttpResponse:
    """The answer to somebody who is signed in, and belongs to no organisation (any more)."""
    return render(request, "people/belongs_nowhere.html", status=403)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """From here on this browser works in another organisation of the same person."""
    member = next((one for one in members_of(request) if str(one.pk) == request.POST.get("member")), None)
    if member is None:
        raise Http404
    request.session[WORKS_AS] = member.pk
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "people/about.html")
