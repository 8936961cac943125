"""Step 2: what the checks come to. Opvolgpunten and noodzakelijke voorwaarden stay until step 4."""

import hashlib
from typing import Any, ClassVar

from django.db import models

from checks.codes import Check, Conclusion, ConditionStatus, FollowUpStatus, Triage
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import STEPS, HasNotes, Idea, Row, Task, holds_questions

OPEN = {status for status in FollowUpStatus if status.is_open}


class SupportMeeting(Row):
    """A talk with a support service before the checks; who was there, by role."""

    date = models.DateField(null=True, blank=True)
    service = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=200, blank=True)
    remarks = models.TextField(blank=True)


class CheckConclusion(HasNotes):
    """The conclusion of the group on one check, with its one remark."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="conclusions")
    check_name = CodeField(codes=Check)
    conclusion = CodeField(codes=Conclusion, null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "check_name"], name="conclusion_once"),
            *holds_codes("conclusion", check_name=Check, conclusion=Conclusion),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.conclusion}"


class ConfirmedRow(Row):
    """A row of a list that the policy team confirms, on the day that stands in the field `CONFIRMED` of the idea.

    The confirmation lapses when a row comes, goes or is worded otherwise; how far it is may change freely.
    `looked_in` is the round in which the control last went through it.
    """

    CONFIRMED: ClassVar[str]

    text = models.TextField()
    looked_in = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Row.Meta):
        abstract = True

    def save(self, **kwargs: Any) -> None:
        only = kwargs.get("update_fields")
        if (only is None or "text" in only) and not self._is_worded_so():
            self._lapse()
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        self._lapse()
        return super().delete(using, keep_parents)

    @property
    def place(self) -> str:
        """The id under which it stands on the page of step 2."""
        return f"{self.CONFIRMED.removesuffix('_confirmed')}-{self.pk}"

    @property
    def seen(self) -> str:
        """Which row it is and how it is worded, for whoever confirms the list that they saw."""
        return f"{self.pk}-{hashlib.sha256(self.text.encode()).hexdigest()[:12]}"

    def is_looked_at(self) -> None:
        """The control of this round went through it. That is no change of what is recorded."""
        if self.looked_in != self.idea.round:
            self.looked_in = self.idea.round
            type(self)._default_manager.filter(pk=self.pk).update(looked_in=self.looked_in)

    def _is_worded_so(self) -> bool:
        """Whether it stands in the list already, in these words."""
        return self.pk is not None and type(self)._default_manager.filter(pk=self.pk, text=self.text).exists()

    def _lapse(self) -> None:
        Idea.objects.filter(pk=self.idea_id).update(**{self.CONFIRMED: None})


class FollowUp(ConfirmedRow, Task):
    """An opvolgpunt: `step` is where it belongs, `question` what it is about."""

    CONFIRMED = "followups_confirmed"

    step = models.PositiveSmallIntegerField(null=True, blank=True)
    status = CodeField(codes=FollowUpStatus, default=FollowUpStatus.OPEN)
    triage = CodeField(codes=Triage, null=True, blank=True)
    remark = models.TextField(blank=True)
    question = models.CharField(max_length=40, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(step__isnull=True) | models.Q(step__in=STEPS), name="followup_step"
            ),
            *holds_questions("followup"),
            *holds_codes("followup", status=FollowUpStatus, triage=Triage),
        ]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def tick_off(self) -> None:
        if self.is_open:
            self.status = FollowUpStatus.SOLVED
            self.save(update_fields=["status"])

    def open_again(self) -> None:
        if not self.is_open:
            self.status = FollowUpStatus.OPEN
            self.save(update_fields=["status"])


class Condition(ConfirmedRow):
    """A noodzakelijke voorwaarde, worded so that yes or no answers it.

    The bundle, the alignment, the agreement for the whole and the opvolgpunt that take care of it stand with it.
    """

    CONFIRMED = "conditions_confirmed"

    evidence_wanted = models.TextField(blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    status = CodeField(codes=ConditionStatus, default=ConditionStatus.NOT_MET)
    remark = models.TextField(blank=True)
    question = models.CharField(max_length=40, blank=True)
    by_bundle = models.ForeignKey("Bundle", on_delete=models.SET_NULL, null=True, blank=True, related_name="cares_for")
    by_between = models.ForeignKey(
        "Alignment", on_delete=models.SET_NULL, null=True, blank=True, related_name="cares_for"
    )
    by_overall = models.ForeignKey(
        "Agreement", on_delete=models.SET_NULL, null=True, blank=True, related_name="cares_for"
    )
    by_followup = models.ForeignKey(
        FollowUp, on_delete=models.SET_NULL, null=True, blank=True, related_name="cares_for"
    )

    class Meta(Row.Meta):
        constraints = [*holds_questions("condition"), *holds_codes("condition", status=ConditionStatus)]
