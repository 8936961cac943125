"""What is too large to be taken in is refused before any of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What a request may hold, in bytes: a file of the largest kind, and the form around it.
LARGEST_REQUEST = 21 << 20


class SizeMiddleware:
    """Refuses by what the browser says that it sends; a body without a length is not read at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_REQUEST:
            return render(request, "errors/413.html", {"most": LARGEST_REQUEST >> 20}, status=413)
        return self.get_response(request)
