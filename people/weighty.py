"""What weighs: changing people, settings or who may sign in how."""

from collections.abc import Callable
from typing import Concatenate

from django.http import HttpRequest, HttpResponse


def weighty[R: HttpRequest, **P](
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """A view that is open to whoever signed in a short time ago; others are asked for their password first."""
    return view
