"""What was changed as it stands now, read once for all the changes of a page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from ideas import models
from ideas.models import Change, Idea
from ideas.models.answers import TickList
from ideas.steps.row_forms import US

# Of these an idea has one at the most, whichever its id.
ONE_OF_EACH: tuple[type[Model], ...] = (
    models.Control,
    models.DecisionDraft,
    models.FinancialFrame,
    models.Idea,
    models.Trajectory,
)
TICK_LISTS = {
    "themes": TickList.THEME,
    "benefits": TickList.BENEFIT,
    "objections": TickList.OBJECTION,
    "benefits_seen": TickList.BENEFIT_SEEN,
}


@dataclass
class Present:
    """What these changes are about, and what else the same forms changed, as it stands when it is first asked for.

    Each kind of thing is read once, however many changes there are.
    """

    idea: Idea
    changes: Sequence[Change]
    _rows: dict[type[Model], dict[int | None, Any]] = field(default_factory=dict, init=False)
    _beside: dict[str, dict[int, list[str]]] = field(default_factory=dict, init=False)

    @cached_property
    def acts(self) -> dict[str, list[Change]]:
        """All that was changed with one form, by its `cid`."""
        told: dict[str, list[Change]] = defaultdict(list)
        for change in Change.objects.filter(idea=self.idea, cid__in={change.cid for change in self.changes}):
            told[change.cid].append(change)
        return told

    def row(self, change: Change) -> Any:
        """What this change is about, None where it is gone."""
        kind = change.kind
        if kind is Idea:
            return self.idea
        if kind not in self._rows:
            self._rows[kind] = self._read(kind)
        return self._rows[kind].get(None if kind in ONE_OF_EACH else change.object_id)

    def removals(self, change: Change) -> list[Change]:
        """Each time that what this change is about was taken away, the last one last."""
        return self._removals[change.content_type_id, change.object_id]

    def beside(self, row: Model, name: str) -> list[str]:
        """What stands beside a thing, as it is recorded."""
        if name not in self._beside:
            self._beside[name] = _besides(name, self._ids[type(row)])
        return self._beside[name].get(row.pk, [])

    @cached_property
    def _ids(self) -> dict[type[Model], set[int]]:
        ids: dict[type[Model], set[int]] = defaultdict(set)
        for change in chain.from_iterable(self.acts.values()):
            ids[change.kind].add(change.object_id)
        return ids

    def _read(self, kind: type[Model]) -> dict[int | None, Any]:
        rows: QuerySet[Any] = kind._default_manager.filter(idea=self.idea)
        is_one = kind in ONE_OF_EACH
        found = {None if is_one else row.pk: row for row in (rows if is_one else rows.filter(pk__in=self._ids[kind]))}
        for row in found.values():
            row.idea = self.idea
        return found

    @cached_property
    def _removals(self) -> dict[tuple[int, int], list[Change]]:
        ids = set().union(*self._ids.values())
        told: dict[tuple[int, int], list[Change]] = defaultdict(list)
        for change in Change.objects.filter(idea=self.idea, action=Change.Action.DELETE, object_id__in=ids):
            told[change.content_type_id, change.object_id].append(change)
        return told


def beside_of(row: Model, name: str) -> list[str]:
    """What stands beside a thing at this moment, as it is recorded."""
    return _besides(name, [row.pk]).get(row.pk, [])


def _besides(name: str, ids: Iterable[int]) -> dict[int, list[str]]:
    """What stands beside each of these things."""
    rows: QuerySet[Any, Any]
    match name:
        case "by":
            rows = models.Contribution.objects.filter(piece__in=ids).values_list("piece", "partner")
        case "activities":
            rows = models.Activity.objects.filter(bundle__in=ids).values_list("bundle", "pk")
        case "benefits_seen":
            rows = models.Tick.objects.filter(review__in=ids).values_list("review", "code")
        case _:
            ticks = models.Tick.objects.filter(idea__in=ids, review=None, list=TICK_LISTS[name])
            rows = ticks.values_list("idea", "code")
    told: dict[int, list[str]] = defaultdict(list)
    for pk, one in rows:
        told[pk].append(str(one or US))
    return {pk: sorted(each) if name == "activities" else each for pk, each in told.items()}
