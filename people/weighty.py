"""Before something weighty, such as changing people or settings, somebody shows once more who they are."""

import time
from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from people.carried import Carried
from people.current import SHOWN, WITHIN, members_of
from people.models import Account

type View = Callable[..., HttpResponse]


def weighty(view: View) -> View:
    """This view is for who showed in the last quarter of an hour who they are; anybody else is asked to, first.

    A page comes afterwards; what was typed comes back to be sent with a click. That the provider of the organisation
    asked them is enough; that it knew them already is not.
    """
    return _asking_first(view, own=False)


def weighty_for_account(view: View) -> View:
    """The same with a password, code or passkey of one's own: the provider of one organisation does not do.

    For what reaches further than that organisation, such as the password itself.
    """
    return _asking_first(view, own=True)


def _asking_first(view: View, *, own: bool) -> View:
    @wraps(view)
    def asks_first(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, *args, **kwargs) if is_fresh(request, own=own) else _ask(request, own=own)

    return asks_first


def is_fresh(request: HttpRequest, *, own: bool = False) -> bool:
    """Whether somebody showed in the last quarter of an hour who they are; with `own`, by something of their own."""
    records = get_authentication_records(request, request.user)
    times = [one["at"] for one in records if one["method"] in {"password", "mfa"}]
    times += [] if own else [request.session.get(SHOWN, 0)]
    return bool(times) and time.time() - max(times) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _ask(request: HttpRequest, *, own: bool) -> HttpResponse:
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(_page_that_asks(request.headers.get("HX-Current-URL", "/"), own=own))
    if carried := Carried.posted(request):
        return ask_again(request, carried.page, carried, own=own, status=401)
    return HttpResponseRedirect(_page_that_asks(request.get_full_path(), own=own))


def _page_that_asks(back: str, *, own: bool) -> str:
    told = {"next": back} | ({"own": "1"} if own else {})
    return f"{reverse('account_reauthenticate')}?{urlencode(told)}"


def ask_again(
    request: HttpRequest,
    back: str,
    carried: Carried | None = None,
    *,
    own: bool,
    refused: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page on which somebody shows once more who they are, in each way that they have.

    `back` is where they go on, `refused` the form that was wrong. With `own` it takes something of their own.
    """
    account = cast(Account, request.user)
    ways = {way["id"] for way in get_adapter().get_reauthentication_methods(account)}
    context: dict[str, object] = {"back": back, "carried": carried, "refused": refused, "has_way": bool(ways)}
    context["demo_password"] = settings.DEMO_PASSWORD if settings.DEMO and _is_of_demo(request) else ""
    if not own and (within := request.session.get(WITHIN)):
        told = urlencode({"again": "1", "next": back})
        context["provider_again"] = f"{reverse('openid_connect_login', args=[within])}?{told}"
    if "reauthenticate" in ways:
        context["password"] = ReauthenticateForm(user=account)
    if "mfa_reauthenticate" in ways:
        context["code"] = CodeForm(user=account)
    if "mfa_reauthenticate:webauthn" in ways:
        context["passkey"] = ReauthenticateWebAuthnForm(user=account)
        context["options"] = {"request_options": auth.begin_authentication(account)}
    response = render(request, "people/again.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _is_of_demo(request: HttpRequest) -> bool:
    return any(member.organisation.demo for member in members_of(request))
