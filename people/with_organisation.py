"""Pages for signing in through the identity provider of an organisation, and for its coordinator to set one."""

import time
from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from people.carried import Carried
from people.current import SHOWN, current_member
from people.models import Account, IdentityProvider, Organisation
from people.provider import Conversation, provider_adapter
from people.views import goes_on
from people.weighty import weighty_for_account

# In the session, of somebody who goes to the provider to say who they are there: the key of the provider.
LINKS = "links"
# In the session, of somebody whom the provider is to ask again who they are.
ASKED = "asked_again"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """Whoever types the short name of their organisation goes on to its provider.

    By a link and no form: a browser keeps a form, and where that is sent on to, to this site.
    """
    typed = request.POST.get("organisation", "")
    provider = _only_one() if not typed else _of(typed)
    if (carried := Carried.along(request)) and not carried.is_too_much:
        carried.wait(request)
    context = {"provider": provider, "typed": typed, "carried": carried, "back": get_next_redirect_url(request) or ""}
    return render(request, "people/with_organisation.html", context, status=422 if typed and not provider else 200)


def _of(typed: str) -> IdentityProvider | None:
    return IdentityProvider.objects.filter(organisation__slug=slugify(typed)).select_related("organisation").first()


def _only_one() -> IdentityProvider | None:
    """The provider of an installation on which there is one organisation and no other."""
    alone = Organisation.objects.count() == 1
    return IdentityProvider.objects.select_related("organisation").first() if alone else None


@login_not_required
@never_cache
@require_safe
def short_way(request: HttpRequest, slug: str) -> HttpResponse:
    """An address that an organisation can put on its own pages."""
    provider = IdentityProvider.objects.filter(organisation__slug=slug).first()
    return redirect("openid_connect_login", provider.key) if provider else redirect("sign_in_with")


@login_not_required
@never_cache
@require_safe
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the server of the provider; which also asks again, where that is asked for, whoever it knows already."""
    if not ratelimit.consume(request, app="allauth.account", action="login", limit_get=True):
        return cast(HttpResponse, ratelimit.respond_429(request))
    try:
        provider = provider_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    links = request.session.pop(LINKS, None) == provider_id and request.user.is_authenticated
    process = AuthProcess.CONNECT if links else AuthProcess.LOGIN
    request.session[ASKED] = "again" in request.GET
    asking = {"prompt": "login", "max_age": "0"} if request.session[ASKED] else {}
    try:
        next_url = get_next_redirect_url(request)
        return cast(HttpResponse, provider.redirect(request, process, next_url, auth_params=asking))
    except (RequestException, OAuth2Error) as fault:
        return cast(HttpResponse, render_authentication_error(request, provider, exception=fault))


@login_not_required
@never_cache
@require_safe
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the server of the provider, with who somebody is."""
    carried, asked = Carried.along(request), request.session.pop(ASKED, False)
    try:
        answer = OAuth2CallbackView.adapter_view(Conversation(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except ImmediateHttpResponse as refusal:
        answer = refusal.response
    shown = _shown_at(request, asked=asked)
    if shown and request.user.is_authenticated:
        request.session[SHOWN] = shown
    return goes_on(request, cast(HttpResponse, answer), carried)


def _shown_at(request: HttpRequest, *, asked: bool) -> float | None:
    """When somebody showed the provider who they are: what it says, or else now where it was asked to ask them."""
    told = getattr(request, "auth_time", None)
    if isinstance(told, int | float):
        return min(told, time.time())
    return time.time() if asked and hasattr(request, "auth_time") else None


@weighty_for_account
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """A member says which person of the provider they are; or that they do not sign in by it any more.

    For a provider that verifies no mail addresses, or knows them by another one.
    """
    provider = provider_of(request)
    if provider is None:
        raise Http404
    if "remove" in request.POST:
        SocialAccount.objects.filter(user=request.user.pk, provider=provider.key).delete()
        return redirect(f"{reverse('account_overview')}?done=provider-off")
    if request.method == "POST":
        request.session[LINKS] = provider.key
        return render(request, "people/with_organisation.html", {"provider": provider})
    is_linked = SocialAccount.objects.filter(user=request.user.pk, provider=provider.key).exists()
    return render(request, "people/account/provider.html", {"provider": provider, "is_linked": is_linked})


def provider_of(request: HttpRequest) -> IdentityProvider | None:
    """The provider of the organisation in which somebody works now."""
    member = current_member(request)
    return IdentityProvider.objects.filter(organisation=member.organisation_id).first() if member else None


class ProviderForm(forms.ModelForm[IdentityProvider]):
    """The secret is typed and never shown again; an empty one leaves it as it is."""

    secret = forms.CharField(
        label=_("Client secret"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = IdentityProvider
        fields = ["name", "issuer", "client_id", "secret"]
        labels = {"name": _("Name"), "issuer": _("Address of the server"), "client_id": _("Client ID")}
        help_texts = {
            "name": _("What people call it, such as Microsoft or Google."),
            "issuer": _("The issuer, such as https://login.microsoftonline.com/…/v2.0"),
        }

    def clean_secret(self) -> str:
        if not self.cleaned_data["secret"] and not self.instance.secret:
            raise forms.ValidationError(_("Fill in what the provider gave you."))
        return str(self.cleaned_data["secret"] or self.instance.secret)


@weighty_for_account
@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """The coordinator sets, changes or takes away the provider of the organisation."""
    member = current_member(request)
    if member is None or not member.coordinator:
        raise PermissionDenied
    known = IdentityProvider.objects.filter(organisation=member.organisation).first()
    if "remove" in request.POST and known:
        known.take_away()
        stay(request)
        return redirect("identity_provider")
    instance = known or IdentityProvider(organisation=member.organisation)
    form = ProviderForm(request.POST or None, instance=instance, label_suffix="")
    if form.is_valid():
        form.instance.settle()
        stay(request)
        return redirect(f"{reverse('identity_provider')}?done=saved")
    known = IdentityProvider.objects.filter(organisation=member.organisation).first()
    context: dict[str, object] = {"form": form, "provider": known, "organisation": member.organisation}
    context |= {"done": "done" in request.GET, "back_to": _back_to(request, member.organisation)}
    return render(request, "people/provider.html", context, status=422 if form.is_bound else 200)


def stay(request: HttpRequest) -> None:
    """Whoever changed the provider goes on here, though all who came in by it are signed out."""
    account = cast(Account, request.user)
    account.refresh_from_db(fields=["sign_outs"])
    update_session_auth_hash(request, account)


def _back_to(request: HttpRequest, organisation: Organisation) -> dict[str, str]:
    """What to fill in at the provider, and what to tell colleagues: whole addresses."""
    callback = reverse("openid_connect_callback", args=[organisation.pk])
    short = reverse("sign_in_at", args=[organisation.slug])
    return {"callback": request.build_absolute_uri(callback), "short": request.build_absolute_uri(short)}
