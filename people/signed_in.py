"""Every page asks for signing in, and for an organisation that one belongs to.

A fragment says so with a status, since no sign-in page fits in its place.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from people.carried import Carried
from people.current import current_member
from people.starting import OPEN_BEFORE, is_started
from people.views import belongs_nowhere, sign_in_first


class SignedInMiddleware(LoginRequiredMiddleware):
    """Sends a page request of somebody who is signed out to the sign-in page, and answers a fragment with 401.

    A form is answered with the sign-in page itself, which carries along what was typed: also with 401, since signing in
    is all that it lacks (403 would say that this person may not).
    """

    def process_view(  # type: ignore[override]
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        if not request.user.is_authenticated and _waits_for_first_start(request):
            return redirect("first_start")
        answer = super().process_view(request, view_func, args, kwargs)
        if answer is None and getattr(view_func, "login_required", True) and current_member(request) is None:
            return redirect("first_start") if _waits_for_first_start(request) else belongs_nowhere(request)
        return cast(HttpResponse | None, answer)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponse]) -> HttpResponse:  # type: ignore[override]
        if "HX-Request" in request.headers:
            return HttpResponse(status=401)
        if carried := Carried.posted(request):
            return sign_in_first(request, carried)
        return cast(HttpResponse, super().handle_no_permission(request, view_func))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """What somebody sees who is signed in stays in no cache: after signing out, "back" shows nothing of it."""
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


def _waits_for_first_start(request: HttpRequest) -> bool:
    """Whether there is nothing yet that this page could show, since there is no organisation."""
    if "HX-Request" in request.headers:
        return False
    asked = request.resolver_match.url_name if request.resolver_match else ""
    return asked not in OPEN_BEFORE and not is_started()
