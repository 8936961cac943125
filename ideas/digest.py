"""One mail a day, at most, with what waits for somebody and what is due. It says that something waits, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from checks.reminders import is_reminded_between
from checks.words import Words
from ideas.for_me.waits import waits_for
from ideas.waiting import Waits
from people.mail import post
from people.models import Mail, Member, Rhythm
from people.preferences import stop_token

DAY = timedelta(days=1)
# So many lines can be read in a mail; the rest is counted.
MOST_LINES = 40


@dataclass(frozen=True)
class Group:
    """The things of one kind."""

    kind: Words
    waits: list[Waits]


def post_digests(now: datetime | None = None) -> None:
    """Posts the digest of everybody whose hour it is, once a day; who has nothing to do gets none.

    A digest speaks of all days since the last one, and ahead of those until the next; also of what came in since the
    last one was put together.
    """
    local = timezone.localtime(now)
    today = local.date()
    members = [member for member in _due(local) if not member.is_away_on(today)]
    if not members:
        return
    waits = waits_for(members, today)
    for member in members:
        _post(member, local, waits[member.pk])


def _due(local: datetime) -> list[Member]:
    """Whose hour it is. Who still waits for an earlier digest waits for that one first."""
    today = local.date()
    rhythms = [rhythm for rhythm in Rhythm if local.weekday() in rhythm.weekdays]
    not_yet = Q(digest_until=None) | Q(digest_until__lt=today)
    members = Member.objects.present().filter(not_yet, digest__in=rhythms, digest_hour__lte=local.hour)
    underway = Mail.objects.waiting().filter(key__startswith="digest-").values_list("key", flat=True)
    waiting = {int(key.split("-")[1]) for key in underway}
    return [member for member in members.select_related("account") if member.pk not in waiting]


def _post(member: Member, now: datetime, waits: Iterable[Waits]) -> None:
    """Posts it and notes the day until which it speaks: both or neither, and for one of two workers only."""
    today = now.date()
    after, until = member.digest_until or today - DAY, covers_until(Rhythm(member.digest), today)
    last = member.digest_at or now - DAY
    told = [one for one in waits if is_new(one, last, now) or is_told(one, after, until)]
    with transaction.atomic():
        this_one = Member.objects.filter(pk=member.pk, digest_until=member.digest_until)
        is_mine = this_one.update(digest_until=until, digest_at=now)
        if is_mine and told and member.account:
            stop = reverse("stop_digest", args=[stop_token(member)])
            post(
                member.account,
                f"digest-{member.pk}-{today}",
                "digest",
                {"member": member, "groups": groups_of(told[:MOST_LINES]), "count": len(told), "today": today}
                | {"more": max(len(told) - MOST_LINES, 0), "stop": stop},
                {
                    "List-Unsubscribe": f"<{settings.ADDRESS}{stop}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                },
            )


def covers_until(rhythm: Rhythm, today: date) -> date:
    """The last day of which a digest of today speaks: the one before the next digest."""
    ahead = next(days for days in range(1, 8) if (today + days * DAY).weekday() in rhythm.weekdays)
    return today + (ahead - 1) * DAY


def is_new(waits: Waits, last: datetime, now: datetime) -> bool:
    """Whether it came in after the last digest was put together, also on a day of which that one spoke ahead."""
    return waits.came is not None and last < waits.came <= now


def is_told(waits: Waits, after: date, until: date) -> bool:
    """Whether a reminder falls on one of these days. What has no day is spoken of each week after it came."""
    if waits.day:
        return is_reminded_between(waits.day, after, until)
    if waits.came:
        day = timezone.localdate(waits.came)
        return is_reminded_between(day, max(after, day), until)
    return False


def groups_of(told: Iterable[Waits]) -> list[Group]:
    """By kind, each as urgent as the first of its things."""
    found: dict[Words, list[Waits]] = {}
    for waits in told:
        found.setdefault(waits.kind, []).append(waits)
    return [Group(kind, each) for kind, each in found.items()]
