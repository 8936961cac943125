"""What is kept no longer: every day, for each organisation, after the time that it chose."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import DateField, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from checks.codes import Status
from checks.retention import last_day_gone
from ideas.models import Idea, Reading
from ideas.privacy.persons import StillNeededError, erase
from people.models import Member, Organisation

STATUSES = {
    "not_followed": [Status.NOT_FOLLOWED],
    "stopped": [Status.STOPPED],
    "decided": [Status.NO_GO, Status.FINISHED],
}


def gone_by(organisation: Organisation, kind: str, today: date) -> QuerySet[Idea]:
    """The ideas of this kind of which the time is over. One into which others went is gone with them."""
    until = last_day_gone(kind, organisation.retention, today)
    ideas = Idea.objects.filter(organisation=organisation, status__in=STATUSES[kind])
    if kind == "decided":
        return ideas.filter(closed__lte=until)
    last = Coalesce(Max("transitions__date"), "received", output_field=DateField())
    return ideas.annotate(last=last).filter(last__lte=until)


def forget(organisation: Organisation, today: date) -> Counter[str]:
    """Removes what is kept no longer, each thing in a transaction of its own; returns how much of each kind."""
    gone: Counter[str] = Counter()
    for kind in STATUSES:
        for idea in gone_by(organisation, kind, today):
            with transaction.atomic():
                for merged in Idea.objects.filter(merged_into=idea):
                    merged.delete()
                idea.delete()
            gone[kind] += 1
    until = last_day_gone("readings", organisation.retention, today)
    gone["readings"] = Reading.objects.filter(Q(idea__organisation=organisation, date__lte=until)).delete()[0]
    until = last_day_gone("members", organisation.retention, today)
    for member in Member.objects.filter(organisation=organisation, ended__lte=until, account__isnull=False):
        try:
            erase(member)
        except StillNeededError:
            continue
        gone["members"] += 1
    return +gone
