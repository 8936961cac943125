"""The puzzle: pieces and who brings them, bundles and what they agree, indicators."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checks.codes import AgreementAbout, IndicatorKind, PieceStatus, PieceType, Role
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import HasNotes, Row
from ideas.models.infofiche import Goal, Partner


class Piece(HasNotes, Row):
    """A puzzle piece; `own_type` is a kind that people added themselves."""

    name = models.CharField(max_length=200)
    type = CodeField(codes=PieceType, null=True, blank=True)
    own_type = models.CharField(max_length=200, blank=True)
    needed = models.BooleanField(default=True)
    status = CodeField(codes=PieceStatus, null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = holds_codes("piece", type=PieceType, status=PieceStatus)


class Contribution(Row):
    """Who brings a piece: a partner, or the own organisation where `partner` is empty."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="contributions")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, blank=True, related_name="contributions")

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["piece", "partner"], name="contribution_once"),
            models.UniqueConstraint(
                fields=["piece"], condition=Q(partner__isnull=True), name="contribution_of_ours_once"
            ),
        ]


class Bundle(Row):
    """Activities that one team does as a whole; the own organisation leads where `led_by_us`."""

    name = models.CharField(max_length=200)
    team = models.CharField(max_length=200, blank=True)
    lead = models.ForeignKey(Partner, on_delete=models.SET_NULL, null=True, blank=True, related_name="bundles")
    led_by_us = models.BooleanField(default=False)
    mandate = models.TextField(blank=True)
    not_alone = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["idea", "name"], name="bundle_name_once"),
            models.CheckConstraint(condition=Q(lead__isnull=True) | Q(led_by_us=False), name="bundle_one_lead"),
        ]


class Activity(Row):
    """An activity, in one bundle at the most."""

    name = models.CharField(max_length=200)
    bundle = models.ForeignKey(Bundle, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities")

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["idea", "name"], name="activity_in_one_bundle")]


class Droppable(Row):
    """What people agreed, and may let go: it leaves its list, and stays with the day, in which role, and why."""

    dropped = models.DateField(null=True, blank=True)
    dropped_as = CodeField(codes=Role, null=True, blank=True)
    dropped_why = models.TextField(blank=True)

    class Meta(Row.Meta):
        abstract = True

    def drop(self, role: Role, why: str) -> None:
        self._let(dropped=timezone.localdate(), dropped_as=role, dropped_why=why)

    def lay_back(self) -> None:
        """It stands in its list again, at its own place."""
        self._let(dropped=None, dropped_as=None, dropped_why="")

    def _let(self, **told: Any) -> None:
        for name, value in told.items():
            setattr(self, name, value)
        self.save(update_fields=[*told])


class Alignment(Droppable):
    """What two bundles agree; both are empty while that is open."""

    what = models.TextField()
    how = models.CharField(max_length=200, blank=True)
    how_often = models.CharField(max_length=200, blank=True)
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    other_bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta(Droppable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(bundle__isnull=True, other_bundle__isnull=True)
                | (Q(bundle__isnull=False, other_bundle__isnull=False) & ~Q(bundle=models.F("other_bundle"))),
                name="alignment_between_two",
            ),
            *holds_codes("alignment", dropped_as=Role),
        ]


class Agreement(Droppable):
    """What is arranged for the whole."""

    text = models.TextField()
    about = CodeField(codes=AgreementAbout, null=True, blank=True)

    class Meta(Droppable.Meta):
        constraints = holds_codes("agreement", about=AgreementAbout, dropped_as=Role)


class Indicator(Row):
    """An indicator for the collaboration, for a partner, or for the own organisation (`for_us`).

    `goal` is the one that it says something about.
    """

    kind = CodeField(codes=IndicatorKind)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, blank=True, related_name="indicators")
    for_us = models.BooleanField(default=False)
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="indicators")
    text = models.TextField(blank=True)
    baseline = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(partner__isnull=True) | Q(for_us=False), name="indicator_one_level"),
            *holds_codes("indicator", kind=IndicatorKind),
        ]
