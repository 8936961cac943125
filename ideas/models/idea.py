"""The idea itself: where it stands, whose it is, the way it went, and its answers."""

from typing import Any

from django.db import models
from django.db.models import Q

from checks.catalogue import QUESTIONS, QuestionType
from checks.codes import (
    Benefit,
    Coordination,
    FinanceType,
    Form,
    Motive,
    Objection,
    Origin,
    Rating,
    Role,
    Status,
    Theme,
)
from checks.decision import STILL_OPEN
from checks.words import Code
from ideas.fields import CodeField, holds_codes
from people.models import Member, Organisation, Team

STEPS = [1, 2, 3, 4]


class Idea(models.Model):
    """An idea to collaborate.

    `step` is empty until the idea is taken up; `round` counts how often that step was opened. `idea_owner_role` is
    who follows it by function, `idea_owner` the account of that person where there is one. `duration` is in months.
    The two lists of step 2 are confirmed by the policy team.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ideas")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    status = CodeField(codes=Status, default=Status.RECEIVED)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    received = models.DateField(null=True, blank=True)
    answer_needed_by = models.DateField(null=True, blank=True)
    revisit_on = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="merged")
    confidential = models.BooleanField(default=False)
    origin = CodeField(codes=Origin, null=True, blank=True)
    origin_text = models.TextField(blank=True)
    brought_by = models.CharField(max_length=200, blank=True)
    idea_owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="follows")
    idea_owner_role = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas")
    team_name = models.CharField(max_length=200, blank=True)
    motive = CodeField(codes=Motive, null=True, blank=True)
    form = CodeField(codes=Form, null=True, blank=True)
    duration = models.PositiveSmallIntegerField(null=True, blank=True)
    indefinite = models.BooleanField(default=False)
    legal_form = models.TextField(blank=True)
    client_data_shared = models.BooleanField(default=False)
    data_agreement = models.TextField(blank=True)
    staff_lent = models.BooleanField(default=False)
    costs_recharged = models.BooleanField(default=False)
    vat_checked = models.BooleanField(default=False)
    one_off = models.BooleanField(default=False)
    support_not_needed = models.TextField(blank=True)
    followups_confirmed = models.DateField(null=True, blank=True)
    conditions_confirmed = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-received", "-id"]
        indexes = [models.Index(fields=["organisation", "status", "step", "-id"], name="idea_on_the_board")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="idea_slug_once"),
            models.CheckConstraint(condition=Q(step__isnull=True) | Q(step__in=STEPS), name="idea_step"),
            models.CheckConstraint(
                condition=~Q(status=Status.IN_STEP.value) | Q(step__isnull=False), name="idea_in_step_has_a_step"
            ),
            models.CheckConstraint(
                condition=Q(duration__isnull=True) | Q(indefinite=False), name="idea_duration_or_indefinite"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status=Status.MERGED.value), name="idea_merged_has_status"
            ),
            *holds_codes("idea", status=Status, origin=Origin, motive=Motive, form=Form),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_still_open(self) -> bool:
        """Whether it waits for somebody who follows it and for an answer."""
        return self.status in STILL_OPEN


def holds_questions(model: str, field: str = "question") -> list[models.BaseConstraint]:
    """A constraint by which the database refuses what is no question of the catalogue; it may be left empty."""
    return [
        models.CheckConstraint(condition=Q(**{f"{field}__in": ["", *QUESTIONS]}), name=f"{model}_{field}"),
    ]


class Row(models.Model):
    """A row of a list at an idea, in the order in which people put them."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class TickList(Code):
    """Which list of domain.md 4.4 a tick stands in."""

    THEME = "theme", "thema's", "themes"
    BENEFIT = "benefit", "verwachte voordelen", "expected benefits"
    OBJECTION = "objection", "bezwaren", "objections"
    BENEFIT_SEEN = "benefit_seen", "voordelen die er kwamen", "benefits seen"


TICKS: dict[TickList, type[Code]] = {
    TickList.THEME: Theme,
    TickList.BENEFIT: Benefit,
    TickList.OBJECTION: Objection,
    TickList.BENEFIT_SEEN: Benefit,
}


def _one_of(pairs: list[Q]) -> Q:
    condition = pairs[0]
    for pair in pairs[1:]:
        condition |= pair
    return condition


class Tick(Row):
    """A theme, benefit or objection that was ticked; `review` for the benefits seen at a review."""

    list = CodeField(codes=TickList)
    code = models.CharField(max_length=40)
    review = models.ForeignKey(
        "ideas.Review", on_delete=models.CASCADE, null=True, blank=True, related_name="benefits_seen"
    )

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "list", "code"], condition=Q(review__isnull=True), name="tick_once"
            ),
            models.UniqueConstraint(fields=["review", "code"], name="tick_once_a_review"),
            models.CheckConstraint(
                condition=_one_of(
                    [Q(list=name.value, code__in=[code.value for code in codes]) for name, codes in TICKS.items()]
                ),
                name="tick_code",
            ),
            models.CheckConstraint(
                condition=Q(list=TickList.BENEFIT_SEEN.value, review__isnull=False)
                | (~Q(list=TickList.BENEFIT_SEEN.value) & Q(review__isnull=True)),
                name="tick_seen_at_a_review",
            ),
        ]


# The questions of which the answer stands in `Answer`: one answer an idea, and no record of its own.
ANSWERED_HERE = {
    QuestionType.TEXT: (
        "s1.why.challenge",
        "s1.how.approach",
        "s1.how.finance",
        "s2.prep.team",
        "s2.prep.policy",
        "s2.drive.give_up",
        "s2.exp.attractive",
        "s2.exp.onboarding",
    ),
    QuestionType.RATING: tuple(q.slug for q in QUESTIONS.values() if q.type is QuestionType.RATING and not q.per),
    QuestionType.CHOICE: ("s2.drive.finance_type", "s2.collab.coordination"),
}


class Answer(models.Model):
    """The answer to one question: a text, or a code with a note."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "question"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(question__in=ANSWERED_HERE[QuestionType.TEXT], note="")
                | Q(
                    question__in=ANSWERED_HERE[QuestionType.RATING],
                    value__in=["", *[code.value for code in Rating]],
                )
                | Q(question="s2.drive.finance_type", value__in=["", *[code.value for code in FinanceType]])
                | Q(question="s2.collab.coordination", value__in=["", *[code.value for code in Coordination]]),
                name="answer_fits_its_question",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Transition(Row):
    """One event on the way: from where to where, by whom in which role, when and why. Never changed afterwards."""

    date = models.DateField()
    from_status = CodeField(codes=Status, null=True, blank=True)
    from_step = models.PositiveSmallIntegerField(null=True, blank=True)
    to_status = CodeField(codes=Status)
    to_step = models.PositiveSmallIntegerField(null=True, blank=True)
    round = models.PositiveIntegerField(default=1)
    role = CodeField(codes=Role, null=True, blank=True)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(from_step__isnull=True) | Q(from_step__in=STEPS))
                & (Q(to_step__isnull=True) | Q(to_step__in=STEPS)),
                name="transition_steps",
            ),
            *holds_codes("transition", from_status=Status, to_status=Status, role=Role),
        ]


class Involvement(models.Model):
    """A person who is named on an idea: a collaborator, or the support service that prepares its checks."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="involvements")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="involvements")
    role = CodeField(codes=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "member", "role"], name="involvement_once"),
            models.CheckConstraint(
                condition=Q(role__in=[Role.COLLABORATOR.value, Role.SUPPORT.value]), name="involvement_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.role})"


def _place_of_file(attachment: Any, name: str) -> str:
    return f"ideas/{attachment.idea_id}/{name}"


class Attachment(Row):
    """A link or a file at the idea. `stored` is empty where only the file's name and digest are known."""

    title = models.CharField(max_length=200)
    url = models.CharField(max_length=1000, blank=True)
    file = models.CharField(max_length=200, blank=True)
    stored = models.FileField(upload_to=_place_of_file, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    question = models.CharField(max_length=40, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")), name="attachment_link_or_file"
            ),
            *holds_questions("attachment"),
        ]
