"""The days of somebody in their own calendar program, at a secret address that they can take back."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from ideas.access import member_of
from ideas.for_me.waits import waits_for
from ideas.waiting import Waits
from ideas.wording import say
from people.models import Account, Member
from people.weighty import weighty

# How often a calendar program is asked to look.
LOOK_AGAIN = timedelta(hours=1)


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar itself, for whoever has the address: days and titles, and nothing of confidential ideas."""
    present = Member.objects.present().select_related("account", "organisation")
    member = get_object_or_404(present, calendar=secret)
    with translation.override(cast(Account, member.account).language):
        today = timezone.localdate()
        waits = waits_for([member], today, handed_over=False)[member.pk]
        told = calendar_of(member, waits, timezone.make_aware(datetime.combine(today, time()))).to_ical()
    etag = f'"{hashlib.sha256(told).hexdigest()[:32]}"'
    response = HttpResponse(told, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=0)
    answer: HttpResponseBase = get_conditional_response(request, etag=etag, response=response) or response
    return answer


def calendar_of(member: Member, waits: Iterable[Waits], stamp: datetime) -> Calendar:
    """Everything that has a day, as events that keep their identity. `stamp` is as of when this is told.

    What has an hour is told in UTC, which every program shows at the right hour, whatever it knows of summer time.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//WerktSamen//WerktSamen//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"WerktSamen · {member.organisation.name}")
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in waits:
        if one.due:
            calendar.add_component(_event(one, stamp))
    return calendar


def _event(waits: Waits, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{waits.key}@{urlsplit(settings.ADDRESS).hostname}")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("summary", f"{say(waits.kind)}: {waits.called}")
    event.add("url", f"{settings.ADDRESS}{waits.link}")
    event.add("description", gettext("Open it in WerktSamen: %(at)s") % {"at": f"{settings.ADDRESS}{waits.link}"})
    if waits.place and not waits.idea.confidential:
        event.add("location", waits.place)
    if isinstance(waits.due, datetime):
        event.add("dtstart", waits.due.astimezone(UTC))
        event.add("dtend", (waits.until or waits.due + timedelta(hours=1)).astimezone(UTC))
    elif waits.due:
        event.add("dtstart", waits.due)
        event.add("dtend", waits.due + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event


@weighty
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The address of one's own calendar: made, made anew so that the old one opens nothing, or taken back."""
    member = member_of(request)
    if request.method == "POST":
        member.calendar = None if "stop" in request.POST else secrets.token_urlsafe(32)
        member.save(update_fields=["calendar"])
        return redirect("ideas:my_calendar")
    at = f"{settings.ADDRESS}{reverse('ideas:calendar', args=[member.calendar])}" if member.calendar else ""
    response = render(request, "ideas/my_calendar.html", {"at": at, "opens": f"webcal://{at.partition('://')[2]}"})
    patch_cache_control(response, private=True, no_store=True)
    return response
