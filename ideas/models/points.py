"""Step 2: what the checks come to. Opvolgpunten and noodzakelijke voorwaarden stay until step 4."""

from django.db import models

from checks.codes import Check, Conclusion, ConditionStatus, FollowUpStatus, Triage
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import STEPS, Idea, Row, holds_questions


class SupportMeeting(Row):
    """A talk with a support service before the checks; who was there, by role."""

    date = models.DateField(null=True, blank=True)
    service = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=200, blank=True)
    remarks = models.TextField(blank=True)


class CheckConclusion(models.Model):
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


class FollowUp(Row):
    """An opvolgpunt: `step` is where it belongs, `question` what it is about, `owner` a role."""

    text = models.TextField()
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
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


class Condition(Row):
    """A noodzakelijke voorwaarde, worded so that yes or no answers it."""

    text = models.TextField()
    evidence_wanted = models.TextField(blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    status = CodeField(codes=ConditionStatus, default=ConditionStatus.NOT_MET)
    remark = models.TextField(blank=True)
    question = models.CharField(max_length=40, blank=True)

    class Meta(Row.Meta):
        constraints = [*holds_questions("condition"), *holds_codes("condition", status=ConditionStatus)]
