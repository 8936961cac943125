"""Signing in, at first and again, and the page about the instrument."""

from typing import cast

from allauth.account.forms import LoginForm
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.carried import Carried
from people.current import WORKS_AS, members_of
from people.models import Member


def demo_members() -> QuerySet[Member]:
    """Who may sign in with one click: on a demo installation the people of a demo organisation, else nobody."""
    members = Member.objects.present().filter(organisation__demo=True)
    members = members.select_related("account", "organisation", "team")
    return members.order_by("pk") if settings.DEMO else members.none()


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """Mail and password; a wrong one tells nothing, and tries are limited (both by allauth).

    Who typed something while signed out goes on with it afterwards.
    """

    template_name = "people/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return _goes_on(request, cast(HttpResponse, super().dispatch(request, *args, **kwargs)))

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        told = {"demo_members": demo_members(), "carried": Carried.along(self.request)}
        return cast(dict[str, object], super().get_context_data(**kwargs)) | told


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInAgain(SignIn):
    """The same in the middle of a page: a form, or once somebody is signed in who that is, with a fresh CSRF token."""

    template_name = "people/sign_in_again.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return render(request, "people/signed_in_again.html")
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return reverse("sign_in_again")

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[no-any-return]


@login_not_required
@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the invented people of a demo installation."""
    if not settings.DEMO:
        raise Http404
    member = get_object_or_404(demo_members(), account__email=request.POST.get("member", ""))
    response = perform_login(request, member.account, redirect_url=get_next_redirect_url(request))
    return _goes_on(request, cast(HttpResponse, response))


def sign_in_first(request: HttpRequest, carried: Carried) -> HttpResponse:
    """The sign-in page in answer to a form of somebody who is signed out; it carries along what was typed."""
    form = LoginForm(request=request)
    context = {"form": form, "demo_members": demo_members(), "carried": carried}
    context |= {"redirect_field_name": SignIn.redirect_field_name, "redirect_field_value": carried.page}
    response = render(request, SignIn.template_name, context, status=401)
    add_never_cache_headers(response)
    return response


def go_on(request: HttpRequest, carried: Carried, status: int = 200) -> HttpResponse:
    """Shows what was typed, to send it with one click: nothing is saved without one."""
    return render(request, "people/go_on.html", {"carried": carried}, status=status)


def _goes_on(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to signing in, unless something was typed before: then first that."""
    carried = Carried.along(request) if request.user.is_authenticated else None
    return go_on(request, carried) if carried else response


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
