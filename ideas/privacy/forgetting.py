"""What is kept no longer: every day, for each organisation, after the time that it chose."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date

from django.db import DatabaseError, transaction
from django.db.models import DateField, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from checks.codes import Status
from checks.retention import last_day_gone
from ideas.models import Idea, Reading
from ideas.privacy.persons import StillNeededError, erase
from ideas.seal.sealing import remove
from people.models import Member, Organisation

logger = logging.getLogger(__name__)

RETENTION_IS_OVER = "de bewaartijd is voorbij"

STATUSES = {
    "not_followed": [Status.NOT_FOLLOWED],
    "stopped": [Status.STOPPED],
    "decided": [Status.NO_GO, Status.FINISHED],
}


def gone_by(organisation: Organisation, kind: str, today: date, chosen: Mapping[str, int]) -> QuerySet[Idea]:
    """The ideas of this kind of which the time is over, as was chosen. One into which others went is gone with them."""
    until = last_day_gone(kind, chosen, today)
    ideas = Idea.objects.filter(organisation=organisation, status__in=STATUSES[kind])
    if kind == "decided":
        return ideas.filter(closed__lte=until)
    last = Coalesce(Max("transitions__date"), "received", output_field=DateField())
    return ideas.annotate(last=last).filter(last__lte=until)


def goes_sooner(organisation: Organisation, chosen: Mapping[str, int], today: date) -> int:
    """How many ideas are gone on this day with another choice, that stay with the one of today."""
    return len(_gone(organisation, chosen, today) - _gone(organisation, organisation.retention, today))


def _gone(organisation: Organisation, chosen: Mapping[str, int], today: date) -> set[int]:
    """The ideas that are gone, with all that went on in them."""
    found = {idea.pk for kind in STATUSES for idea in gone_by(organisation, kind, today, chosen)}
    gone = set(found)
    while found:
        found = set(Idea.objects.filter(merged_into__in=found).values_list("pk", flat=True)) - gone
        gone |= found
    return gone


def forget(organisation: Organisation, today: date) -> Counter[str]:
    """Removes what is kept no longer, each thing in a transaction of its own; returns how much of each kind."""
    gone: Counter[str] = Counter()
    for kind in STATUSES:
        for idea in gone_by(organisation, kind, today, organisation.retention):
            with _on_its_own(f"idea {idea.pk}"):
                _remove(idea)
                gone[kind] += 1
    until = last_day_gone("readings", organisation.retention, today)
    gone["readings"] = Reading.objects.filter(Q(idea__organisation=organisation, date__lte=until)).delete()[0]
    until = last_day_gone("members", organisation.retention, today)
    for member in Member.objects.filter(organisation=organisation, ended__lte=until, account__isnull=False):
        with _on_its_own(f"the name of member {member.pk}"), suppress(StillNeededError):
            erase(member)
            gone["members"] += 1
    return +gone


def _remove(idea: Idea) -> None:
    """Takes away an idea, and before it those that went on in it, which refer to it."""
    for merged in Idea.objects.filter(merged_into=idea):
        _remove(merged)
    for kept in idea.sealed.all():
        remove(kept, role=None, why=RETENTION_IS_OVER)
    idea.delete()


@contextmanager
def _on_its_own(what: str) -> Iterator[None]:
    """One transaction. Where the database refuses, that is written in the log, without texts, and the rest goes on."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as fault:
        logger.error("%s was not removed: %s", what, type(fault).__name__)
