"""Every page asks for signing in; a fragment says so with a status, since no sign-in page fits in its place."""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse


class SignedInMiddleware(LoginRequiredMiddleware):
    """Sends a page request of somebody who is signed out to the sign-in page, and answers a fragment with 401."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponse]) -> HttpResponse:  # type: ignore[override]
        if "HX-Request" in request.headers:
            return HttpResponse(status=401)
        return cast(HttpResponse, super().handle_no_permission(request, view_func))
