"""When something came to somebody, as far as the past of an idea tells."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, OuterRef, Subquery
from django.utils import timezone

from ideas.models import Change, Idea


def changed_at(model: type[Model], field: str, **about: Any) -> Subquery:
    """When this field was last filled in otherwise: at the idea that `idea` tells, as its past keeps it."""
    changes = Change.objects.filter(
        content_type__app_label="ideas", content_type__model=model._meta.model_name, changes__has_key=field, **about
    )
    return Subquery(changes.order_by("-touched").values("touched")[:1])


def of_row(model: type[Model], field: str) -> Subquery:
    """The same for one row of an idea."""
    return changed_at(model, field, idea=OuterRef("idea"), object_id=OuterRef("pk"))


def of_idea(model: type[Model], field: str) -> Subquery:
    """The same for whatever belongs to an idea."""
    return changed_at(model, field, idea=OuterRef("pk"))


def at_the_latest(idea: Idea) -> datetime | None:
    """By when something was there for an idea whose past does not tell: when the day ended on which it was received."""
    return end_of(idea.received) if idea.received else None


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
