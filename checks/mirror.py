"""The mirror: what was said held against what is there, so that nothing disappears between the steps.

Goals against indicators, conditions against what takes care of them, answers against the puzzle (signal S31).
Source: domain.md 1.2 (2e, 3, 4a) and 3.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from checks.codes import FollowUpStatus, IndicatorKind
from checks.picture import Condition, Goal, Indicator, Picture
from checks.words import Code


class Carer(Code):
    """What can take care of a condition."""

    BUNDLE = "bundle", "bundel", "bundle"
    BETWEEN = "between", "afstemming", "alignment"
    OVERALL = "overall", "afspraak", "agreement"
    FOLLOWUP = "followup", "opvolgpunt", "follow-up point"


@dataclass(frozen=True, slots=True)
class Care:
    """One thing that takes care of a condition. `status` is how far it is, of an opvolgpunt."""

    kind: Carer
    text: str
    status: FollowUpStatus | None = None

    @property
    def lapsed(self) -> bool:
        """Whether it was let go, and so takes care of nothing any more."""
        return self.status is FollowUpStatus.LAPSED


@dataclass(frozen=True, slots=True)
class CaredCondition:
    """A condition with what takes care of it."""

    condition: Condition
    care: tuple[Care, ...]

    @property
    def is_loose(self) -> bool:
        """Whether nothing takes care of it."""
        return all(one.lapsed for one in self.care)


@dataclass(frozen=True, slots=True)
class SeenGoal:
    """A goal with the indicators by which one sees whether it is reached."""

    goal: Goal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Mirror:
    goals: tuple[SeenGoal, ...]
    conditions: tuple[CaredCondition, ...]

    @property
    def unseen(self) -> int:
        """How many goals have no indicator."""
        return sum(not seen.indicators for seen in self.goals)

    @property
    def loose(self) -> int:
        """How many conditions nothing takes care of."""
        return sum(cared.is_loose for cared in self.conditions)


def mirror(picture: Picture) -> Mirror:
    """Goals and conditions in their own order, each with what answers to it."""
    return Mirror(
        tuple(SeenGoal(goal, tuple(_seen_by(goal, picture))) for goal in picture.goals),
        tuple(CaredCondition(condition, tuple(care_of(condition, picture))) for condition in picture.conditions),
    )


def _seen_by(goal: Goal, picture: Picture) -> Iterator[Indicator]:
    for indicator in picture.indicators:
        if indicator.goal == goal.text and indicator.kind is not IndicatorKind.NONE:
            yield indicator


def care_of(condition: Condition, picture: Picture) -> Iterator[Care]:
    """What takes care of a condition, one at the most of each kind.

    Of opvolgpunten with the same text, one that was not let go counts: a new one is made after another lapsed.
    """
    lapsed_first = sorted(picture.followups, key=lambda point: point.status is not FollowUpStatus.LAPSED)
    status = {point.text: point.status for point in lapsed_first}
    for kind in Carer:
        if text := getattr(condition.cared_for, kind):
            yield Care(kind, text, status.get(text) if kind is Carer.FOLLOWUP else None)
