"""The mirror as it stands on the page of step 3, with what can be coupled there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.codes import IndicatorKind
from checks.mirror import CaredCondition, Carer, SeenGoal, mirror
from checks.signals import Signal, answers_against_data
from ideas import models
from ideas.access import Act
from ideas.models import Condition, Goal, Indicator
from ideas.picture import is_dropped
from ideas.steps.page import Page
from ideas.steps.row_forms import CARERS

# The kind of carer that each field of a condition names.
KINDS: Mapping[str, Carer] = {f"by_{kind}": kind for kind in Carer}


@dataclass(frozen=True)
class Options:
    """What can be chosen of one kind: each with the value that a form sends."""

    kind: Carer
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """The mirror of one idea, with the rows by which its lines are recorded."""

    goals: Sequence[tuple[Goal, SeenGoal]]
    conditions: Sequence[tuple[Condition, CaredCondition]]
    unseen: int
    loose: int
    carers: Sequence[Options]
    indicators: Sequence[Indicator]
    contradictions: Sequence[Signal]
    may_couple_goals: bool
    may_couple_conditions: bool

    def __bool__(self) -> bool:
        """Whether there is anything to hold against something."""
        return bool(self.goals or self.conditions or self.contradictions)


def mirror_of(page: Page) -> Shown:
    rows: Mapping[Any, list[Any]] = page.reading.rows
    seen = mirror(page.picture)
    return Shown(
        goals=list(zip(rows[Goal], seen.goals, strict=True)),
        conditions=list(zip(rows[Condition], seen.conditions, strict=True)),
        unseen=seen.unseen,
        loose=seen.loose,
        carers=[
            Options(KINDS[name], [(f"{name}-{row.pk}", str(row)) for row in told])
            for name, model in CARERS.items()
            if (told := [row for row in rows[model] if not is_settled(row)])
        ],
        indicators=[row for row in rows[Indicator] if row.goal_id is None and row.kind is not IndicatorKind.NONE],
        contradictions=answers_against_data(page.picture),
        may_couple_goals=page.standing.may(Act.EDIT),
        may_couple_conditions=page.standing.may(Act.CHECK),
    )


def is_settled(row: Any) -> bool:
    """Whether this takes care of nothing more: an agreement that was dropped, a point that is closed."""
    return is_dropped(row) or (isinstance(row, models.FollowUp) and not row.is_open)
