"""What people say to each other at a question, a row of a list or a step."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from checks.codes import Role
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import STEPS, Idea, holds_questions
from ideas.models.points import FollowUp
from people.models import Member


class CommentQuerySet(models.QuerySet["Comment"]):
    def unread_by(self, member: Member) -> Self:
        """Those of others that this member has not seen at their place yet."""
        return self.filter(is_unread(member))


def is_unread(member: Member) -> Q:
    """Whether a comment is of somebody else, and this member has not seen it at its place yet."""
    seen = CommentsSeen.objects.filter(
        member=member, idea=OuterRef("idea"), place=OuterRef("place"), upto__gte=OuterRef("pk")
    )
    return ~Exists(seen) & ~Q(author=member)


class Comment(models.Model):
    """What somebody says at a place of an idea, or in reply to what somebody said there.

    `place` is the id on a page of a question (`s1-why-challenge`), a list (`goals`), a row (`goals-12`), a conclusion
    or a step (`step-2`); `step` and `question` (a slug) are what that belongs to. `mentions` are the colleagues who
    were named. What is dealt with, is so as a whole, with its replies. Marked `in_dossier` it is printed there. It may
    have become a follow-up point.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    place = models.CharField(max_length=60)
    step = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=40, blank=True)
    reply_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    role = CodeField(codes=Role, null=True, blank=True)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    mentions = models.ManyToManyField(Member, related_name="+")
    dealt_with = models.DateTimeField(null=True, blank=True)
    in_dossier = models.BooleanField(default=False)
    followup = models.ForeignKey(FollowUp, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["idea", "place", "id"], name="comment_at_a_place")]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=STEPS), name="comment_step"),
            models.CheckConstraint(condition=~Q(reply_to=models.F("id")), name="comment_replies_to_another"),
            *holds_questions("comment"),
            *holds_codes("comment", role=Role),
        ]

    def __str__(self) -> str:
        return self.text

    def mention(self, members: Iterable[Member]) -> None:
        """Names colleagues, who are told by mail that they were."""
        self.mentions.set(members)

    def deal_with(self) -> None:
        self.dealt_with = self.dealt_with or timezone.now()
        self.save(update_fields=["dealt_with"])

    def open_again(self) -> None:
        self.dealt_with = None
        self.save(update_fields=["dealt_with"])

    def print_in_dossier(self, *, prints: bool) -> None:
        self.in_dossier = prints
        self.save(update_fields=["in_dossier"])

    def become(self, followup: FollowUp) -> None:
        """It goes on as a follow-up point, and is dealt with as a comment."""
        self.followup = followup
        self.dealt_with = self.dealt_with or timezone.now()
        self.save(update_fields=["followup", "dealt_with"])


class CommentsSeen(models.Model):
    """Up to which comment somebody saw what is said at a place."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    upto = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "place", "member"], name="comments_seen_once")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.idea_id} {self.place}"

    @staticmethod
    def note(idea: Idea, member: Member, comments: Iterable[Comment]) -> None:
        """This member has these comments before them. Nothing is written where they had seen them already."""
        newest: dict[str, int] = {}
        for comment in comments:
            newest[comment.place] = max(newest.get(comment.place, 0), comment.pk)
        known = dict(CommentsSeen.objects.filter(idea=idea, member=member).values_list("place", "upto"))
        CommentsSeen.objects.bulk_create(
            [
                CommentsSeen(idea=idea, member=member, place=place, upto=upto)
                for place, upto in newest.items()
                if known.get(place, 0) < upto
            ],
            update_conflicts=True,
            unique_fields=["idea", "place", "member"],
            update_fields=["upto"],
        )
