"""What people made of a signal: accepted with a reason, or seen."""

from typing import Any

from auditlog.context import disable_auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone

from checks.codes import Role, Severity
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import Idea
from people.models import Member


class AcceptedSignal(models.Model):
    """A signal that was accepted with a reason; one that is only a thought goes without.

    It holds as long as the signal rests on the same data: `rests_on` is the digest of these, `about` the thing.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="accepted_signals")
    signal = models.CharField(max_length=3)
    about = models.TextField(blank=True)
    rests_on = models.CharField(max_length=16)
    severity = CodeField(codes=Severity)
    reason = models.TextField(blank=True)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    role = CodeField(codes=Role, null=True, blank=True)
    date = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "signal", "rests_on"], name="accepted_signal_once"),
            models.CheckConstraint(
                condition=Q(severity=Severity.INFO.value) | ~Q(reason=""), name="accepted_signal_has_a_reason"
            ),
            *holds_codes("accepted_signal", severity=Severity, role=Role),
        ]

    def __str__(self) -> str:
        return self.reason or self.signal

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps it. That somebody saw a thought is no change of the idea, and has no past."""
        if self.severity is Severity.INFO:
            with disable_auditlog():
                super().save(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Takes it back, without a past where keeping it had none."""
        if self.severity is Severity.INFO:
            with disable_auditlog():
                return super().delete(using, keep_parents)
        return super().delete(using, keep_parents)

    @property
    def key(self) -> str:
        """The signal in the state that was accepted."""
        return f"{self.signal}-{self.rests_on}"

    @property
    def overrides(self) -> bool:
        """Whether it lets a go through: what the coordinator accepted. Source: design.md 4."""
        return self.role is Role.COORDINATOR
