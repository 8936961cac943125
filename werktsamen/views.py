"""The pages for when something is not as it should be: what happened, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from checks.codes import Role
from people.carried import Carried, is_from_here
from people.views import go_on, sign_in_first


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`exception` names the roles that may, where the page is about an idea."""
    roles = [role for role in exception.args if isinstance(role, Role)]
    return render(request, "errors/403.html", {"roles": roles}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Leans on nothing that may just have failed: no session, no database."""
    return render(None, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is old: mostly somebody signed in again in another tab, which makes a new one.

    A fragment says that the page must greet its person again. A form from a page of our own loses nothing: who is
    signed in may send it once more, anybody else signs in first. What comes from elsewhere, or from a browser without
    any cookies, goes no further.
    """
    if "HX-Request" in request.headers:
        return HttpResponse(status=401)
    carried = _carried(request) if is_from_here(request) else None
    if not carried:
        return render(request, "errors/403_csrf.html", status=403)
    return go_on(request, carried, status=403) if request.user.is_authenticated else sign_in_first(request, carried)


def _carried(request: HttpRequest) -> Carried | None:
    """The form itself, or on the sign-in page what that carried along, unless the browser refuses its cookies."""
    return Carried.posted(request) or (Carried.along(request) if request.COOKIES else None)
