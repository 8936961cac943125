"""What a member asked of several ideas at once, and the file that the worker made of it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from checks.codes import ExportKind
from ideas.fields import CodeField, holds_codes
from ideas.models.dossier import PATIENCE, Language
from ideas.models.idea import Idea
from people.models import Member

# The most ideas in one export.
MOST = 200
# How many exports of one member are made at once.
AT_ONCE = 2
KEPT = timedelta(days=7)


class ExportQuerySet(models.QuerySet["Export"]):
    def at_work(self) -> Self:
        """Those that the worker is still at."""
        return self.filter(made_at=None, failed=False, moved_at__gt=timezone.now() - PATIENCE)

    def kept(self) -> Self:
        return self.filter(asked_at__gt=timezone.now() - KEPT)

    def forget(self) -> None:
        """Takes away what was asked too long ago."""
        self.filter(asked_at__lte=timezone.now() - KEPT).delete()

    def holding(self, idea: Idea) -> Self:
        """Those for which this idea was chosen."""
        asked = self.filter(member__organisation=idea.organisation_id).values_list("pk", "ideas")
        return self.filter(pk__in=[pk for pk, ideas in asked if idea.pk in ideas])


class Export(models.Model):
    """One file of several ideas, for the member who asked for it and nobody else. It is kept for seven days.

    `ideas` are the ids of those that were chosen, `done` how many of them the worker had, `moved_at` when it last had
    one. `parts` are those that came in, by id: with the id of the sealed pages that were taken, None for what stands
    now. `made_at` is empty while the worker is busy; `failed` tells that nothing could be made.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="exports")
    kind = CodeField(codes=ExportKind)
    language = models.CharField(max_length=2, choices=Language)
    ideas = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    file = models.BinaryField(null=True, blank=True)
    failed = models.BooleanField(default=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="export_language"),
            *holds_codes("export", kind=ExportKind),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}), {self.total}"

    @property
    def total(self) -> int:
        """How many ideas were chosen."""
        return len(self.ideas)

    @property
    def holds(self) -> list[int]:
        """The ids of the ideas that came in."""
        return [int(pk) for pk in self.parts]

    @property
    def left_out(self) -> list[int]:
        """The ids of the ideas that the worker had and that did not come in."""
        return [pk for pk in self.ideas[: self.done] if str(pk) not in self.parts]

    @property
    def is_ready(self) -> bool:
        """Whether the file can be downloaded."""
        return self.made_at is not None

    @property
    def is_busy(self) -> bool:
        """Whether the worker is still at it. One of which nothing moves for so long has stopped."""
        return not self.is_ready and not self.failed and timezone.now() - self.moved_at < PATIENCE

    @property
    def gone_on(self) -> date:
        """The day on which it is forgotten."""
        return timezone.localdate(self.asked_at + KEPT)
