"""Signing in through the identity provider of an organisation, by OpenID Connect.

It signs in members of its own organisation only, makes no accounts, and who came in by it works nowhere else: whoever
holds the keys of such a provider reaches nothing that its organisation may not see.
"""

from functools import cached_property
from typing import Any, cast

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from people.models import Account, IdentityProvider, Member
from people.models.identity import check_address

SECONDS = 5
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class Asking(requests.Session):
    """Asks the server of a provider, which tells where to ask further: nothing without https, and no detours."""

    def request(self, method: str, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        try:
            check_address(str(url))
        except ValidationError as refusal:
            raise requests.exceptions.InvalidURL(str(url)) from refusal
        return super().request(method, url, *args, **{"timeout": SECONDS} | kwargs | {"allow_redirects": False})


class Conversation(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """What is said with the server of a provider. Raises OAuth2Error where it says what cannot be right."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        provider = self.get_provider()
        with provider_adapter().get_requests_session() as session:
            response = session.get(provider.server_url)
            response.raise_for_status()
            told = response.json()
        if not isinstance(told, dict) or any(not isinstance(told.get(name), str) for name in NEEDED):
            raise OAuth2Error("the server does not say where to ask")
        if told["issuer"].rstrip("/") != provider.app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("the server is another one than it says")
        return told

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Who the server says that this is: the signed token and the answer about the person tell of the same one."""
        try:
            signed = self._decode_id_token(app, kwargs["response"]["id_token"])
            told = self._fetch_user_info(token.token)
            request.auth_time = signed.get("auth_time")  # type: ignore[attr-defined]
            if not signed["sub"] or told["sub"] != signed["sub"]:
                raise OAuth2Error("the server tells of somebody else")
            return self.get_provider().sociallogin_from_response(request, {"userinfo": signed | told})
        except (KeyError, TypeError, ValueError) as fault:
            raise OAuth2Error("the server answers what cannot be read") from fault


class ProviderOfOrganisation(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = Conversation

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing of what a server tells of a person is kept."""
        return {}

    def serialize(self) -> dict[str, Any]:
        return {"id": self.app.provider_id}


class OfTheOrganisation(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who may come in through which provider."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> ProviderOfOrganisation:
        """The provider with this key. Raises SocialApp.DoesNotExist."""
        return ProviderOfOrganisation(request, app=_app(_known(provider)))

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """None: which organisations there are is nobody's business."""
        return []

    def get_requests_session(self) -> Asking:
        return Asking()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises ImmediateHttpResponse with a page for whoever is no present member of the organisation.

        Also where somebody who is signed in says that this is them: that is done then, and they stay who they were.
        """
        provider = _known(sociallogin.account.provider)
        links = sociallogin.state.get("process") == AuthProcess.CONNECT
        account = _who_links(request, sociallogin) if links else _matched(sociallogin)
        members = Member.objects.present().filter(organisation=provider.organisation)
        if account is None or not members.filter(account=account).exists():
            page = render(request, "people/provider_unknown.html", {"provider": provider}, status=403)
            raise ImmediateHttpResponse(page)
        if not sociallogin.account.pk:
            sociallogin.connect(request, account)
        if links:
            raise ImmediateHttpResponse(redirect(f"{reverse('account_overview')}?done=provider"))

    def on_authentication_error(self, request: HttpRequest, provider: ProviderOfOrganisation, **told: Any) -> None:
        """Raises ImmediateHttpResponse with a page that says what to do; not what went wrong at the provider."""
        raise ImmediateHttpResponse(render(request, "people/provider_failed.html", {"provider": provider}, status=502))


def provider_adapter() -> OfTheOrganisation:
    return OfTheOrganisation()


def _matched(sociallogin: SocialLogin) -> Account | None:
    """Who came in by this before, else whose mail address it is that the provider says outright to have verified."""
    if sociallogin.account.pk:
        return cast(Account, sociallogin.user)
    verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified is True]
    return Account.objects.filter(email__in=verified).first()


def _who_links(request: HttpRequest, sociallogin: SocialLogin) -> Account | None:
    """Who is signed in, unless somebody else came in by this before."""
    account = request.user
    is_others = sociallogin.account.pk and sociallogin.user != account
    return account if isinstance(account, Account) and not is_others else None


def _known(key: str) -> IdentityProvider:
    """The provider with this key. Raises SocialApp.DoesNotExist."""
    is_number = key.isdecimal() and len(key) < 10
    found = IdentityProvider.objects.filter(organisation=int(key)) if is_number else IdentityProvider.objects.none()
    if provider := found.select_related("organisation").first():
        return provider
    raise SocialApp.DoesNotExist


def _app(provider: IdentityProvider) -> SocialApp:
    """A provider as allauth knows one; it stands in no table."""
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.key,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.secret,
        settings={"server_url": provider.issuer.rstrip("/")},
    )
