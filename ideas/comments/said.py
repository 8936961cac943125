"""What was said at an idea: how much at each place, and the talk at one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from ideas.access import Standing
from ideas.comments.deeds import Offer, offers_of
from ideas.models import Comment, Idea
from ideas.models.comment import CommentQuerySet, is_unread
from people.models import Member

OPEN = Q(reply_to=None, dealt_with=None) | Q(reply_to__isnull=False, reply_to__dealt_with=None)


@dataclass(frozen=True)
class Said:
    """How many comments a place has that are not dealt with, and how many of all are new to a member."""

    open: int = 0
    new: int = 0


@dataclass(frozen=True)
class Line:
    """A comment as a member sees it: whether they had not seen it yet, and what they may do with it."""

    comment: Comment
    is_new: bool
    offers: list[Offer]


@dataclass(frozen=True)
class Talk:
    """What somebody said, and the replies to it."""

    first: Line
    replies: list[Line]

    @property
    def is_dealt_with(self) -> bool:
        return self.first.comment.dealt_with is not None

    @property
    def lines(self) -> list[Line]:
        return [self.first, *self.replies]


def said_at(idea: Idea, member: Member) -> Mapping[str, Said]:
    """How much was said, by place: one query, however much that is."""
    places = Comment.objects.filter(idea=idea).order_by().values_list("place")
    counts = places.annotate(open=Count("pk", filter=OPEN), new=Count("pk", filter=is_unread(member)))
    return {place: Said(is_open, is_new) for place, is_open, is_new in counts}


def talks_of(comments: CommentQuerySet, standing: Standing) -> list[Talk]:
    """These comments, the replies with what they reply to, in four queries. What was said first comes first."""
    whole = Comment.objects.select_related("author", "followup").prefetch_related("mentions")
    replies = Prefetch("replies", whole.prefetch_related("replies"))
    firsts = comments.filter(reply_to=None).select_related("author", "followup")
    new = set(comments.unread_by(standing.member).values_list("pk", flat=True))

    def line(comment: Comment) -> Line:
        return Line(comment, comment.pk in new, offers_of(comment, standing))

    return [
        Talk(line(first), [line(reply) for reply in first.replies.all()])
        for first in firsts.prefetch_related("mentions", replies)
    ]


def comments_of(talks: Iterable[Talk]) -> list[Comment]:
    return [line.comment for talk in talks for line in talk.lines]
