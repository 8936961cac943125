"""What is done by the clock, by whichever worker looks at it first: no cron is needed.

A row for each job tells when it is due. Whoever sets that row to busy puts the job in the queue, in the same
transaction; once it is done the row gets its next time. A worker that is ended meanwhile only delays it.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread

from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from people.models import Chore

# How often each worker looks at the clock.
GLANCE = 20
# Who is at it for longer than this was ended in the middle of it.
PATIENCE = timedelta(minutes=15)
QUARTER = timedelta(minutes=15)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something to be done each day at this hour (on the clock of the wall), or each quarter of an hour without one.

    It may be done once more where a worker was ended, and must bear that.
    """

    do: Callable[[], None]
    hour: int | None = None

    def following(self, moment: datetime) -> datetime:
        """The first time after this moment at which it is due.

        An hour that the day does not have, when summer time begins, is the hour after it; one that a day has twice
        counts once.
        """
        if self.hour is None:
            begun = moment.astimezone(UTC).replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
            return begun + QUARTER
        local = timezone.localtime(moment)
        at = local.replace(hour=self.hour, minute=0, second=0, microsecond=0, fold=0)
        while at.astimezone(UTC) <= moment:
            at = (at + timedelta(days=1)).replace(fold=0)
        return at.astimezone(UTC)


type Jobs = Mapping[str, Job]


def put_what_is_due(jobs: Jobs, enqueue: Callable[[str], object]) -> None:
    """Puts each job that is due in the queue, once, however many workers look at the same time."""
    now = timezone.now()
    known = {chore.name: chore for chore in Chore.objects.all()}
    missing = [Chore(name=name, due=job.following(now)) for name, job in jobs.items() if name not in known]
    if missing:
        Chore.objects.bulk_create(missing, ignore_conflicts=True)
    for name in _due(known.values(), jobs, now):
        with transaction.atomic():
            free = Q(busy_until=None) | Q(busy_until__lte=now)
            if Chore.objects.filter(free, name=name, due__lte=now).update(busy_until=now + PATIENCE):
                enqueue(name)


def _due(chores: Iterable[Chore], jobs: Jobs, now: datetime) -> list[str]:
    return [
        chore.name
        for chore in chores
        if chore.name in jobs and chore.due <= now and (chore.busy_until is None or chore.busy_until <= now)
    ]


def do(jobs: Jobs, name: str) -> None:
    """Does a job that is due, after which it has its next time. What fails is tried again after a while."""
    job = jobs.get(name)
    if job is None or not Chore.objects.filter(name=name, due__lte=timezone.now()).exists():
        return
    job.do()
    Chore.objects.filter(name=name).update(due=job.following(timezone.now()), busy_until=None)


def watch(jobs: Jobs, enqueue: Callable[[str], object]) -> None:
    """Looks at the clock for as long as this process lives, beside what it does."""
    Thread(target=_look_on_and_on, args=(jobs, enqueue), name="clock", daemon=True).start()


def _look_on_and_on(jobs: Jobs, enqueue: Callable[[str], object]) -> None:
    while True:
        close_old_connections()
        try:
            put_what_is_due(jobs, enqueue)
        except Exception:
            logger.exception("The worker could not look at the clock; it tries again.")
        close_old_connections()
        time.sleep(GLANCE)
