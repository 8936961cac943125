"""What stands at an idea beside its lists: answers, ticks, attachments."""

from pathlib import Path
from shutil import rmtree
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from checks.catalogue import QUESTIONS, QuestionType
from checks.codes import Benefit, Coordination, FinanceType, Objection, Rating, Theme
from checks.words import Code
from ideas.fields import CodeField
from ideas.models.idea import HasNotes, Idea, Row, holds_questions


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


class Answer(HasNotes):
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


def _place_of_file(attachment: Any, name: str) -> str:
    """Where a file is kept: under its digest, since a name from elsewhere may be none that a disk takes."""
    return f"ideas/{attachment.idea_id}/{attachment.sha256 or name}"


class Attachment(Row):
    """A link or a file at the idea. `stored` is empty where only the file's name and digest are known.

    With a `condition` it is evidence for that one.
    """

    title = models.CharField(max_length=200)
    url = models.CharField(max_length=1000, blank=True)
    file = models.CharField(max_length=200, blank=True)
    stored = models.FileField(upload_to=_place_of_file, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    question = models.CharField(max_length=40, blank=True)
    condition = models.ForeignKey(
        "Condition", on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence"
    )

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")), name="attachment_link_or_file"
            ),
            *holds_questions("attachment"),
        ]


@receiver(post_delete, sender=Idea)
def remove_files_of_idea(instance: Idea, **_: Any) -> None:
    """Its files go with an idea, once that is committed; until then the past may bring each of them back."""
    folder = Path(settings.MEDIA_ROOT, "ideas", str(instance.pk))
    transaction.on_commit(lambda: rmtree(folder, ignore_errors=True))
