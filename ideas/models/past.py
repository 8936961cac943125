"""The past: who changed what at an idea, when, from what to what. Votes and their remarks have none."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from auditlog.diff import model_instance_diff
from auditlog.models import AbstractLogEntry, LogEntryManager
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from checks.codes import Role
from ideas.fields import CodeField, holds_codes
from ideas.models.after import Measure, Pulse
from ideas.models.answers import Answer, Attachment
from ideas.models.asking import AskedMember, Asking
from ideas.models.decision import (
    Control,
    Decision,
    DecisionDraft,
    Directors,
    Review,
    Talk,
    Trajectory,
    TrajectoryAction,
)
from ideas.models.idea import HasNotes, Idea
from ideas.models.infofiche import Evidence, FinancialFrame, Goal, Income, Partner
from ideas.models.meeting import AgendaItem, Meeting
from ideas.models.points import CheckConclusion, Condition, FollowUp, SupportMeeting
from ideas.models.puzzle import Activity, Agreement, Alignment, Bundle, Indicator, Piece
from ideas.models.signal import AcceptedSignal
from people.models import Member

# What one person saves of the same fields within this time is one change, unless it takes this many words away.
ONE_CHANGE = timedelta(minutes=10)
MANY_WORDS = 5

type Changed = Mapping[str, tuple[Any, Any]]


@dataclass
class Doer:
    """Who is changing an idea now, in which role. `act` ties together all that changes by one form.

    Where `alone`, what is changed is a change of its own, also shortly after another one.
    """

    member: Member
    role: Role | None
    act: str
    alone: bool = False


_DOER: ContextVar[Doer | None] = ContextVar("doer", default=None)


@contextmanager
def one_act() -> Iterator[None]:
    """Whatever `is_done_by` says within, is forgotten afterwards."""
    token = _DOER.set(None)
    try:
        yield
    finally:
        _DOER.reset(token)


def is_done_by(member: Member, role: Role | None) -> None:
    """From here on in this request changes are recorded, as those of this member."""
    _DOER.set(Doer(member, role, str(uuid4())))


def stands_alone() -> None:
    """What is changed from here on in this request does not count as one with what was changed shortly before."""
    if doer := _DOER.get():
        doer.alone = True


class ChangeManager(LogEntryManager):  # type: ignore[misc]
    """Writes down what auditlog notices; where nobody is known to do it (an import, the demo) it is no change."""

    def log_create(self, instance: models.Model, force_log: bool = False, **told: Any) -> "Change | None":
        doer, changes = _DOER.get(), told.get("changes")
        if doer is None or not changes:
            return None
        kind = ContentType.objects.get_for_model(instance)
        idea = instance.pk if isinstance(instance, Idea) else instance.idea_id  # type: ignore[attr-defined]
        about = self.filter(idea=idea, content_type=kind, object_id=instance.pk)
        last: Change | None = None if told["action"] == Change.Action.CREATE else about.last()
        private = _is_private(instance, changes)
        if last and last.takes_in(doer, told["action"], changes):
            last.take_in(told["action"], changes, private=private)
            return last
        change: Change = self.create(
            idea_id=idea,
            content_type=kind,
            object_id=instance.pk,
            action=told["action"],
            changes={name: list(pair) for name, pair in changes.items()},
            actor=doer.member,
            role=doer.role,
            cid=doer.act,
            alone=doer.alone,
            private=private,
        )
        return change


def _is_private(instance: models.Model, changes: Changed) -> bool:
    """Whether its notes are, or were until now, for follower and policy team only."""
    return isinstance(instance, HasNotes) and (instance.notes_private or True in changes.get("notes_private", ()))


def _takes_much_away(changes: Changed) -> bool:
    """Whether many words of a text go: what stood there until now is then to be found in the past."""
    pairs = [[Counter(str(text or "").split()) for text in pair] for pair in changes.values()]
    return any((was - becomes).total() >= MANY_WORDS for was, becomes in pairs)


class Change(AbstractLogEntry):  # type: ignore[misc]
    """One change of an answer, a row or a part of an idea: for each field what it was and what it became.

    `cid` ties together all that was changed with one form. `timestamp` is when it began, `touched` when it was last
    added to. `private` tells that its notes are for follower and policy team only.
    """

    object_pk = object_repr = serialized_data = changes_text = additional_data = None
    remote_addr = remote_port = actor_email = None

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    object_id = models.BigIntegerField()
    action = models.PositiveSmallIntegerField(choices=AbstractLogEntry.Action.choices)
    changes = models.JSONField()
    role = CodeField(codes=Role, null=True, blank=True)
    cid = models.CharField(max_length=36)
    alone = models.BooleanField(default=False)
    private = models.BooleanField(default=False)
    timestamp = models.DateTimeField(default=timezone.now)
    touched = models.DateTimeField(default=timezone.now)

    objects = ChangeManager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["idea", "content_type", "object_id", "id"], name="change_of_a_thing"),
            models.Index(fields=["idea", "touched"], name="change_since"),
        ]
        constraints = holds_codes("change", role=Role)

    def __str__(self) -> str:
        return f"{self.content_type_id} {self.object_id}: {', '.join(self.changes)}"

    @property
    def kind(self) -> type[models.Model]:
        """The model of what was changed."""
        kind = ContentType.objects.get_for_id(self.content_type_id).model_class()
        if kind is None:
            raise LookupError(f"content type {self.content_type_id} is none of ours")
        return kind

    def takes_in(self, doer: Doer, action: int, changes: Changed) -> bool:
        """Whether what is changed now counts as one with this change."""
        if self.cid == doer.act:
            return True
        return (
            self.actor_id == doer.member.pk
            and action == self.Action.UPDATE
            and self.action in {self.Action.CREATE, self.Action.UPDATE}
            and not (self.alone or doer.alone)
            and changes.keys() <= self.changes.keys()
            and (self.action == self.Action.CREATE or changes.keys() == self.changes.keys())
            and timezone.now() - self.timestamp < ONE_CHANGE
            and not _takes_much_away(changes)
        )

    def take_in(self, action: int, changes: Changed, *, private: bool) -> None:
        """Adds what is changed now: each field goes from what it was first to what it becomes last."""
        for name, (was, becomes) in changes.items():
            self.changes[name] = [self.changes.get(name, (was, becomes))[0], becomes]
        self.action = max(self.action, action) if self.action != self.Action.CREATE else self.action
        self.private = self.private or private
        self.touched = timezone.now()
        self.save(update_fields=["changes", "action", "private", "touched"])


def record(thing: models.Model, **changes: tuple[Any, Any]) -> None:
    """Records what changed beside a thing, in rows that say nothing by themselves: its ticks, who brings it."""
    told = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    Change.objects.log_create(thing, action=Change.Action.UPDATE, changes=told)


def record_difference(was: models.Model, thing: models.Model) -> None:
    """Records what became of a thing that was saved without auditlog, which would have read it once more."""
    changes = model_instance_diff(was, thing, use_json_for_changes=True)
    Change.objects.log_create(thing, action=Change.Action.UPDATE, changes=changes)


# Everything that has a past.
RECORDED: tuple[type[models.Model], ...] = (
    AcceptedSignal,
    Activity,
    AgendaItem,
    Agreement,
    Alignment,
    Answer,
    AskedMember,
    Asking,
    Attachment,
    Bundle,
    CheckConclusion,
    Condition,
    Control,
    Decision,
    DecisionDraft,
    Directors,
    Evidence,
    FinancialFrame,
    FollowUp,
    Goal,
    Idea,
    Income,
    Indicator,
    Measure,
    Meeting,
    Partner,
    Piece,
    Pulse,
    Review,
    SupportMeeting,
    Talk,
    Trajectory,
    TrajectoryAction,
)

ONLY_SAY_WHERE = {"id", "idea", "organisation", "slug", "here_since", "left_at", "looked_in"}


def fields_with_a_past(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in ONLY_SAY_WHERE]


for recorded in RECORDED:
    auditlog.register(recorded, include_fields=fields_with_a_past(recorded))
