"""What is asked of a body at an idea, and what each of its people answers."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone

from checks.asking import ABOUT, About, link_ends
from checks.codes import Body, Reply, Role, Status
from checks.words import Words
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import Idea, Involvement, NotNowError
from ideas.models.points import FollowUp
from people.models import Member

# What goes with the link in a mail, and nothing else that is signed here.
SALT = "ideas.asking"
# While an idea is so, what was asked can be answered.
UNDER_WAY = frozenset({Status.RECEIVED, Status.IN_STEP, Status.PAUSED})

NOBODY = Words("Kies wie je vraagt.", "Choose whom you ask.")
WITHDRAWN = Words(
    "Deze vraag is teruggenomen. Je hoeft niets meer te doen.",
    "This question was withdrawn. There is nothing left to do.",
)
IDEA_IS_THROUGH = Words(
    "Over dit idee is al beslist, of het is gestopt. Vragen en antwoorden blijven zoals ze zijn.",
    "This idea was decided on already, or it was stopped. Questions and answers stay as they are.",
)


def under_way(idea: Idea) -> bool:
    """Whether people can still be asked and answer: until the decision."""
    return idea.status in UNDER_WAY and not idea.decisions.filter(current=True).exists()


class Asking(models.Model):
    """A part of an idea that is put to a body: by whom in which role, with a sentence, by when.

    `about` is one of `checks.asking.ABOUT`; `service` names the support service. Each person asked answers for
    themselves: see `AskedMember`.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="askings")
    about = models.CharField(max_length=40)
    body = CodeField(codes=Body)
    service = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    role = CodeField(codes=Role, null=True, blank=True)
    sentence = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(about__in=list(ABOUT)), name="asking_about"),
            *holds_codes("asking", body=Body, role=Role),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.service or self.body}"

    @classmethod
    def ask(
        cls,
        idea: Idea,
        by: Member,
        role: Role,
        members: Iterable[Member],
        *,
        about: str,
        body: Body,
        service: str = "",
        sentence: str = "",
        due: date | None = None,
    ) -> "Asking":
        """Puts a part of an idea to these members of a body. People of a support service are named on the idea.

        Raises `NotNowError` when nobody is asked, or where the idea was decided on.
        """
        asked = {member.pk: member for member in members if member.pk != by.pk}
        if not asked:
            raise NotNowError(NOBODY)
        if not under_way(idea):
            raise NotNowError(IDEA_IS_THROUGH)
        asking = cls.objects.create(
            idea=idea, about=about, body=body, service=service, asked_by=by, role=role, sentence=sentence, due=due
        )
        for member in asked.values():
            AskedMember.objects.create(idea=idea, asking=asking, member=member)
            if body is Body.SUPPORT:
                Involvement.objects.get_or_create(idea=idea, member=member, role=Role.SUPPORT)
        return asking

    def withdraw(self) -> None:
        """Nobody needs to answer any more; what was answered stays."""
        if self.withdrawn is None:
            self.withdrawn = timezone.now()
            self.save(update_fields=["withdrawn"])

    def remind(self, today: date) -> "list[AskedMember]":
        """Notes that who did not answer is reminded, at most once a day, and gives who that is.

        Raises `NotNowError` where there is nothing to answer any more.
        """
        self.must_be_open()
        left = [
            one
            for one in self.asked.select_for_update(of=("self",)).select_related("member").filter(reply=None)
            if one.may_be_reminded(today)
        ]
        AskedMember.objects.filter(pk__in=[one.pk for one in left]).update(reminded=today)
        return left

    def must_be_open(self) -> None:
        """Raises `NotNowError` where it can be answered no more."""
        if self.withdrawn:
            raise NotNowError(WITHDRAWN)
        if not under_way(self.idea):
            raise NotNowError(IDEA_IS_THROUGH)

    @property
    def told_about(self) -> About:
        """The part that it is about."""
        return ABOUT[self.about]

    @property
    def asked_on(self) -> date:
        return timezone.localdate(self.asked_at)

    @property
    def link_ends(self) -> date:
        """The last day on which the link in the mail opens."""
        return link_ends(self.asked_on, self.due)


class AskedQuerySet(models.QuerySet["AskedMember"]):
    def unanswered(self) -> Self:
        """What can still be answered, and is not yet."""
        return self.filter(
            reply=None, asking__withdrawn=None, idea__status__in=[Status.RECEIVED, Status.IN_STEP]
        ).exclude(idea__decisions__current=True)

    def for_member(self, member: Member, today: date) -> Self:
        """What was asked of this member, or of whom they replace today."""
        away = Q(member__replacement=member, member__away_from__lte=today, member__away_until__gte=today)
        return self.filter(Q(member=member) | away)


class AskedMember(models.Model):
    """One person who was asked, and what they answered; `answered_by` differs where that was their replacement.

    `point` is the opvolgpunt that it became. An answer can be changed until the decision.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="asked")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reply = CodeField(codes=Reply, null=True, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reminded = models.DateField(null=True, blank=True)
    point = models.ForeignKey(FollowUp, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["asking", "member"], name="asked_once"),
            models.CheckConstraint(
                condition=Q(reply__isnull=True) | Q(answered_at__isnull=False), name="asked_answered_at"
            ),
            *holds_codes("asked", reply=Reply),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.reply}"

    def answer(self, by: Member, reply: Reply, note: str = "") -> None:
        """Records what is answered, by the one who was asked or who replaces them; the same once more is nothing new.

        Raises `NotNowError` where the question was withdrawn, or the idea decided on.
        """
        self.asking.must_be_open()
        if (self.reply, self.note) == (reply, note):
            return
        self.reply, self.note, self.answered_by, self.answered_at = reply, note, by, timezone.now()
        self.save(update_fields=["reply", "note", "answered_by", "answered_at"])

    def become_point(self, step: int, text: str, position: int) -> FollowUp:
        """What was answered becomes an opvolgpunt, once."""
        if self.point is None:
            question = self.asking.told_about.question
            self.point = FollowUp.objects.create(
                idea=self.idea, text=text, step=step, question=question, position=position
            )
            self.save(update_fields=["point"])
        return self.point

    def may_be_answered_by(self, member: Member) -> bool:
        """Whether this is who was asked, or who replaces them today."""
        if self.member is None:
            return False
        return member.pk == self.member_id or self.member.is_replaced_by(member)

    def may_be_reminded(self, today: date) -> bool:
        """Whether a reminder is gentle: not on the day of the question, and once a day; none to somebody who left."""
        if self.member is None or self.member.ended:
            return False
        return self.reply is None and self.reminded != today and self.asking.asked_on != today

    @property
    def seen(self) -> str:
        """What is answered until now, for whoever saw it."""
        return self.answered_at.isoformat() if self.answered_at else ""

    @property
    def is_concern(self) -> bool:
        """Whether there is something to talk about or to solve."""
        return self.reply in {Reply.OBJECTION, Reply.RATHER_TALK}

    def token_for(self, member: Member) -> str:
        """What the link in the mail to this member carries: it answers this question as this member."""
        return signing.dumps([self.pk, member.pk], salt=SALT)


def read_token(token: str) -> tuple[int, int]:
    """Which question and which member a link is about. Raises `BadSignature` where we did not make it."""
    asked, member = signing.loads(token, salt=SALT)
    return asked, member
