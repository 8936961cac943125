"""A form that is sent twice does nothing twice."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ideas.access import HtmxHttpRequest, member_of
from ideas.models import FormSent
from ideas.models.past import one_act

TOKEN = "token"  # noqa: S105 (the name of a field)
# The cookie that tells the page after a form that it was saved: what the browser kept of it may go.
SAVED = "saved"

# After this time nobody sends the same form again.
KEPT = timedelta(days=30)


def new_token() -> str:
    """What a form carries along so that it is known when it comes again."""
    return str(uuid4())


def once[**P](
    view: Callable[Concatenate[HtmxHttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HtmxHttpRequest, P], HttpResponse]:
    """A view that deals with a posted form in one transaction, once: again, it only leads where the first one led.

    A form of which the fields were changed after it was sent is another one.
    What is refused (a status of 400 or more) leaves no trace, so that the same form can be sent again.
    """

    @wraps(view)
    def dealt_with_once(request: HtmxHttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        token = _token_of(request)
        with one_act(), transaction.atomic():
            sent, is_first = None, False
            if token:
                member = member_of(request)
                FormSent.objects.filter(member=member, at__lt=timezone.now() - KEPT).delete()
                told = {"member": member, "said": _said(request)}
                sent, is_first = FormSent.objects.get_or_create(token=token, defaults=told)
                if not is_first and sent.said == told["said"]:
                    return redirect(sent.led_to) if sent.led_to and not request.htmx else HttpResponse(status=204)
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif sent and is_first and "Location" in response.headers:
                sent.led_to = response.headers["Location"]
                sent.save(update_fields=["led_to"])
        if token and response.status_code < 400 and not request.htmx:
            response.set_cookie(SAVED, str(token), max_age=60, secure=settings.HTTPS, samesite="Lax")
        return response

    return dealt_with_once


def _said(request: HtmxHttpRequest) -> str:
    """A digest of where a form went and what it said."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    return hashlib.sha256(repr((request.get_full_path(), fields, files)).encode()).hexdigest()


def _token_of(request: HtmxHttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(TOKEN, ""))
    except ValueError:
        return None
