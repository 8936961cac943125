"""The pages for when something is not as it should be: what happened, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from checks.codes import Role


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
    return render(request, "errors/403_csrf.html", status=403)
