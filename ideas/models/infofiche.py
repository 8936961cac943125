"""Step 1: why, which goals, with what money, with whom."""

from django.db import models

from checks.codes import Domain, EvidenceAbout, OrganisationKind, PartnerStatus, Rating, SectorRelation
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import HasNotes, Idea, Row


class Evidence(Row):
    """A figure or an insight, with its source and year."""

    text = models.TextField()
    about = CodeField(codes=EvidenceAbout, default=EvidenceAbout.PROBLEM)
    source = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = holds_codes("evidence", about=EvidenceAbout)


class Goal(HasNotes, Row):
    NOTES = ("clear_note", "feasible_note")

    text = models.TextField()
    clear = CodeField(codes=Rating, null=True, blank=True)
    clear_note = models.TextField(blank=True)
    feasible = CodeField(codes=Rating, null=True, blank=True)
    feasible_note = models.TextField(blank=True)
    horizon = models.CharField(max_length=200, blank=True)
    who_benefits = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        constraints = holds_codes("goal", clear=Rating, feasible=Rating)


class FinancialFrame(models.Model):
    """The money of an idea: amounts in euro a year, the term in months, meeting hours a year."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="financial_frame")
    cost_year = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    own_share = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    term = models.PositiveSmallIntegerField(null=True, blank=True)
    payback = models.TextField(blank=True)
    meeting_hours = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cost_year__isnull=True) | models.Q(cost_year__gte=0), name="frame_cost_year"
            ),
            models.CheckConstraint(
                condition=models.Q(own_share__isnull=True) | models.Q(own_share__gte=0), name="frame_own_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}"


class Income(Row):
    """A source of money: euro a year, whether it is certain, and the day on which it stops."""

    source = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    certain = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="income_amount"
            ),
        ]


class Partner(HasNotes, Row):
    """An organisation with which the idea could be carried out."""

    NOTES = ("can_note", "willing_note")

    name = models.CharField(max_length=200)
    domain = CodeField(codes=Domain, null=True, blank=True)
    kind = CodeField(codes=OrganisationKind, null=True, blank=True)
    relation = CodeField(codes=SectorRelation, null=True, blank=True)
    status = CodeField(codes=PartnerStatus, default=PartnerStatus.POSSIBLE)
    contribution = models.TextField(blank=True)
    can = CodeField(codes=Rating, null=True, blank=True)
    can_note = models.TextField(blank=True)
    willing = CodeField(codes=Rating, null=True, blank=True)
    willing_note = models.TextField(blank=True)
    own_interest = models.TextField(blank=True)
    represented_by = models.CharField(max_length=200, blank=True)
    mandate = models.TextField(blank=True)
    paid_supplier = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["idea", "name"], name="partner_name_once"),
            *holds_codes(
                "partner",
                domain=Domain,
                kind=OrganisationKind,
                relation=SectorRelation,
                status=PartnerStatus,
                can=Rating,
                willing=Rating,
            ),
        ]

    def __str__(self) -> str:
        return self.name
