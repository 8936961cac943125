"""Signing in, and the page about the instrument."""

from typing import cast

from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from people.models import Member


def demo_members() -> QuerySet[Member]:
    """Who may sign in with one click: on a demo installation the people of a demo organisation, else nobody."""
    members = Member.objects.filter(organisation__demo=True, is_active=True).select_related("organisation", "team")
    return members.order_by("pk") if settings.DEMO else members.none()


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """Mail and password; a wrong one tells nothing, and tries are limited (both by allauth)."""

    template_name = "people/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return cast(dict[str, object], super().get_context_data(**kwargs)) | {"demo_members": demo_members()}


@login_not_required
@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the invented people of a demo installation."""
    if not settings.DEMO:
        raise Http404
    member = get_object_or_404(demo_members(), email=request.POST.get("member", ""))
    return cast(HttpResponse, perform_login(request, member, redirect_url=get_next_redirect_url(request)))


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "people/about.html")
