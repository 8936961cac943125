"""The idea itself: where it stands, whose it is, the way it went, and what can be done with it on that way."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any

from auditlog.context import disable_auditlog
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone

from checks.catalogue import QUESTIONS
from checks.codes import Form, GoNoGo, Motive, Origin, Role, Status, Verb
from checks.decision import STILL_OPEN
from checks.gates import Block
from checks.way import MAY_TAKE_IN, why_not
from checks.words import Words
from ideas.fields import CodeField, holds_codes
from people.models import Member, Organisation, Team

STEPS = [1, 2, 3, 4]


class NotNowError(Exception):
    """What was asked cannot be done as things stand; `reasons` say why, and what to do instead."""

    def __init__(self, *reasons: Words) -> None:
        super().__init__(*(reason.en for reason in reasons))
        self.reasons = reasons


class Idea(models.Model):
    """An idea to collaborate.

    `step` is empty until the idea is taken up; `round` counts how often that step was opened. `idea_owner_role` is
    who follows it by function, `idea_owner` the account of that person where there is one. `duration` is in months.
    Until `stand_in_until` the `stand_in` follows it as well. `entered_by` is who received it. `test` marks an exercise.
    The two lists of step 2 are confirmed by the policy team. `here_since` is when it was entered, or loaded.
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
    test = models.BooleanField(default=False)
    origin = CodeField(codes=Origin, null=True, blank=True)
    origin_text = models.TextField(blank=True)
    brought_by = models.CharField(max_length=200, blank=True)
    idea_owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="follows")
    idea_owner_role = models.CharField(max_length=200, blank=True)
    stand_in = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="stands_in_for")
    stand_in_until = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="entered")
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
    here_since = models.DateField(default=timezone.localdate)

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps it. Once it becomes confidential, the links by which others read it open nothing any more."""
        hides = self.confidential and "confidential" in (kwargs.get("update_fields") or ["confidential"])
        becomes = hides and Idea.objects.filter(pk=self.pk, confidential=False).exists()
        super().save(*args, **kwargs)
        if becomes:
            self.read_links.filter(revoked=None).update(revoked=timezone.now())

    @property
    def is_still_open(self) -> bool:
        """Whether it waits for somebody who follows it and for an answer."""
        return self.status in STILL_OPEN

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Takes it away with all that belongs to it, its past too."""
        with disable_auditlog():
            return super().delete(using, keep_parents)

    # ---------- the way: each verb names who does it and in which role, and raises `NotNowError` where it does not fit

    def enter(self, by: Member) -> None:
        """Records the arrival of an idea that was just made."""
        self._note(Verb.RECEIVE, by, Role.IDEA_OWNER, was=(None, None))

    def enter_running(self, by: Member, role: Role, since: str = "") -> None:
        """Records that a collaboration runs already, `since` in words: it goes on without a decision in WerktSamen."""
        self.enter(by)
        self._name_follower(by)
        self._go(Verb.START, by, role, Status.RUNNING, why=since)

    def take_up(self, by: Member, role: Role, follower: Member) -> None:
        """It gets a follower, and step 1 begins."""
        self._must_fit(Verb.TAKE_UP)
        self._name_follower(follower)
        self._go(Verb.TAKE_UP, by, role, Status.IN_STEP, step=1, round=self._next_round(1), revisit_on=None)

    def decline(self, by: Member, role: Role, why: str, revisit_on: date | None = None) -> None:
        """It is not followed up, with thanks."""
        self._must_fit(Verb.DECLINE)
        self._go(Verb.DECLINE, by, role, Status.NOT_FOLLOWED, why=why, revisit_on=revisit_on)

    def park(self, by: Member, role: Role, revisit_on: date, why: str = "") -> None:
        """It waits until a day, without a follower."""
        self._must_fit(Verb.PARK)
        self._go(Verb.PARK, by, role, Status.PAUSED, why=why, revisit_on=revisit_on)

    def move_on(self, by: Member, role: Role, to: int) -> None:
        """On to a later step; what is not talked about yet may come later."""
        self._must_fit(Verb.MOVE_ON)
        if to <= (self.step or 0):
            raise NotNowError(
                Words("Kies een latere stap dan waar het idee nu is.", "Choose a later step than the present one.")
            )
        self._open_step(Verb.MOVE_ON, by, role, to)

    def send_back(self, by: Member, role: Role, to: int, why: str) -> None:
        """Back to an earlier step, as a new round of it."""
        self._must_fit(Verb.SEND_BACK)
        if to >= (self.step or 0):
            raise NotNowError(
                Words("Kies een eerdere stap dan waar het idee nu is.", "Choose an earlier step than the present one.")
            )
        if self.step == 4 and hasattr(self, "control"):
            self.control.left_at = timezone.now()
            self.control.save(update_fields=["left_at"])
        self._open_step(Verb.SEND_BACK, by, role, to, why)
        if hasattr(self, "decision_draft"):
            self.decision_draft.let_nothing_through()

    def pause(self, by: Member, role: Role, why: str, revisit_on: date | None = None) -> None:
        self._must_fit(Verb.PAUSE)
        self._go(Verb.PAUSE, by, role, Status.PAUSED, step=self.step, why=why, revisit_on=revisit_on)

    def resume(self, by: Member, role: Role) -> None:
        """It goes on where it was paused; what was parked is received again."""
        self._must_fit(Verb.RESUME)
        self._go(
            Verb.RESUME, by, role, Status.IN_STEP if self.step else Status.RECEIVED, step=self.step, revisit_on=None
        )

    def stop(self, by: Member, role: Role, why: str, revisit_on: date | None = None) -> None:
        """It ends early, in whichever step it is."""
        self._must_fit(Verb.STOP)
        self._go(Verb.STOP, by, role, Status.STOPPED, step=self.step, why=why, revisit_on=revisit_on)

    def reopen(self, by: Member, role: Role, why: str) -> None:
        """What ended without a go begins anew: a new round of its step, or received again."""
        self._must_fit(Verb.REOPEN)
        self.decisions.filter(current=True).update(current=False)
        step = None if self.status == Status.NOT_FOLLOWED else self.step or 1
        self._go(
            Verb.REOPEN,
            by,
            role,
            Status.IN_STEP if step else Status.RECEIVED,
            step=step,
            round=self._next_round(step) if step else 1,
            why=why,
            revisit_on=None,
            closed=None,
        )
        self._control_anew()

    def hand_over(self, by: Member, role: Role, to: Member, until: date | None = None, note: str = "") -> None:
        """A colleague follows it: for good, or beside the follower until a day."""
        self._must_fit(Verb.HAND_OVER)
        if until:
            self.stand_in, self.stand_in_until = to, until
        else:
            self._name_follower(to)
            self.stand_in = self.stand_in_until = None
        self._go(Verb.HAND_OVER, by, role, self.status, step=self.step, why=note)

    def merge(self, by: Member, role: Role, into: "Idea", why: str = "") -> None:
        """It goes on in another idea, and stays readable."""
        self._must_fit(Verb.MERGE)
        if into.pk == self.pk or into.organisation_id != self.organisation_id or into.status not in MAY_TAKE_IN:
            raise NotNowError(Words("In dat idee kan dit niet opgaan.", "It cannot go on in that idea."))
        self._go(Verb.MERGE, by, role, Status.MERGED, step=self.step, why=why, merged_into=into)

    def unmerge(self, by: Member, role: Role, why: str = "") -> None:
        """It stands on its own again, where it was."""
        self._must_fit(Verb.UNMERGE)
        event = self.transitions.filter(to_status=Status.MERGED).last()
        status, step = (event.from_status, event.from_step) if event else (None, None)
        if status is None:
            status, step = (Status.IN_STEP, self.step) if self.step else (Status.RECEIVED, None)
        self._go(Verb.UNMERGE, by, role, status, step=step, why=why, merged_into=None)

    def decide(
        self, by: Member, role: Role, value: GoNoGo, *, starts: bool, blocks: Sequence[Block] = (), **told: Any
    ) -> None:
        """Records go or no-go; an earlier decision stays readable. A go that `starts` runs from now on.

        `blocks` are those of `checks.gates.blocks_of`; `told` are the other fields of the decision.
        """
        self._must_fit(Verb.DECIDE)
        if blocks:
            raise NotNowError(*(block.why for block in blocks))
        self.decisions.filter(current=True).update(current=False)
        self.decisions.create(position=self.decisions.count(), value=value, **told)
        status = Status.NO_GO if value == GoNoGo.NO_GO else Status.RUNNING if starts else Status.IN_STEP
        opened = self.round if self.step == 4 else self._next_round(4)
        why = told.get("motivation", "")
        self._go(Verb.DECIDE, by, role, status, step=4, round=opened, why=why, revisit_on=told.get("look_again"))

    def start(self, by: Member, role: Role, *, may_start: bool) -> None:
        """A go that waited for its trajectory begins to run."""
        self._must_fit(Verb.START)
        if not may_start:
            raise NotNowError(
                Words(
                    "Plan eerst het traject met het team: doel, wie trekt het, en een eerste datum.",
                    "First plan the trajectory with the team: its aim, who leads it, and a first date.",
                )
            )
        self._go(Verb.START, by, role, Status.RUNNING, step=4)

    def renew(self, by: Member, role: Role, why: str, again: date) -> None:
        """A running collaboration goes on: who looked back said why, and they look back `again` on that day."""
        self._must_fit(Verb.RENEW)
        self.reviews.create(position=self.reviews.count(), date=timezone.localdate(), text=why, next=again)
        self._go(Verb.RENEW, by, role, Status.RUNNING, step=self.step, why=why)

    def finish(self, by: Member, role: Role, why: str) -> None:
        """A running collaboration ends."""
        self._must_fit(Verb.FINISH)
        self._go(Verb.FINISH, by, role, Status.FINISHED, step=self.step, why=why)

    def close(self, by: Member, role: Role, *, blocks: Sequence[Block]) -> None:
        """All that had to follow is done. `blocks` are those of `checks.gates.blocks_closing`."""
        self._must_fit(Verb.CLOSE)
        if blocks:
            raise NotNowError(*(block.why for block in blocks))
        self._go(Verb.CLOSE, by, role, self.status, step=self.step, closed=timezone.localdate())

    def why_not(self, verb: Verb) -> Words | None:
        """Why this cannot be done with the idea as it stands, or None."""
        return why_not(
            verb,
            status=self.status,
            step=self.step,
            decided=self.decisions.filter(current=True).exists(),
            closed=self.closed is not None,
        )

    def _must_fit(self, verb: Verb) -> None:
        reason = self.why_not(verb)
        if reason:
            raise NotNowError(reason)

    def _name_follower(self, follower: Member) -> None:
        self.idea_owner, self.idea_owner_role = follower, follower.function or follower.role_words()
        if self.team is None and follower.team:
            self.team, self.team_name = follower.team, follower.team.name

    def _next_round(self, step: int) -> int:
        """How often this step was opened, this time included. Ideas that came from a file may lack their way."""
        opened: int | None = self.transitions.filter(to_step=step).aggregate(last=Max("round"))["last"]
        if opened:
            return opened + 1
        first = self.transitions.first()
        began_in = first.from_step if first else self.step
        if first is None and step == self.step:
            return self.round + 1
        return 2 if began_in and step <= began_in else 1

    def _open_step(self, verb: Verb, by: Member, role: Role, step: int, why: str = "") -> None:
        self._go(verb, by, role, Status.IN_STEP, step=step, round=self._next_round(step), why=why)
        self._control_anew()

    def _control_anew(self) -> None:
        """A verdict of an earlier round does not stand as if it were new."""
        if self.step == 4 and self.round > 1 and hasattr(self, "control"):
            self.control.begin_anew()

    def _go(
        self, verb: Verb, by: Member, role: Role, status: Status, step: int | None = None, why: str = "", **more: Any
    ) -> None:
        """Changes where the idea stands, and notes it as an event."""
        was = (self.status, self.step)
        self.status, self.step = status, step
        for name, value in more.items():
            setattr(self, name, value)
        self.save()
        self._note(verb, by, role, was, why)

    def _note(self, verb: Verb, by: Member, role: Role, was: tuple[Status | None, int | None], why: str = "") -> None:
        self.transitions.create(
            position=self.transitions.count(),
            date=timezone.localdate(),
            verb=verb,
            from_status=was[0],
            from_step=was[1],
            to_status=self.status,
            to_step=self.step,
            round=self.round,
            role=role,
            member=by,
            why=why,
        )


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

    def __str__(self) -> str:
        """What the row says first."""
        told = (
            getattr(self, name, "") for name in ("name", "title", "text", "what", "why", "source", "service", "learned")
        )
        return str(next(filter(None, told), ""))


class Task(models.Model):
    """A row that somebody sees to, by a day.

    `owner` is that person's role, or a partner by name: that is what the record says. `owner_member` is the person,
    where it is one of us.
    """

    owner = models.CharField(max_length=200, blank=True)
    owner_member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """Who sees to it, for the screen: by name where it is one of us."""
        if self.owner_member is None:
            return self.owner
        return f"{self.owner_member.name} ({self.owner})" if self.owner else self.owner_member.name

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Whether it is still to be done."""

    def give_to(self, member: Member | None) -> None:
        """Somebody else sees to it."""
        self.owner_member = member
        self.save(update_fields=["owner_member"])

    @abstractmethod
    def tick_off(self) -> None:
        """It is done."""

    @abstractmethod
    def open_again(self) -> None:
        """It is not done after all."""


class HasNotes(models.Model):
    """Something with notes; they may be for follower and policy team only, and then stand in no dossier."""

    NOTES: tuple[str, ...] = ("note",)

    notes_private = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def hidden_from(self, *, may_read_private_notes: bool) -> set[str]:
        """The fields that somebody with or without that right does not get to see or change."""
        if may_read_private_notes:
            return set()
        return {*self.NOTES, "notes_private"} if self.notes_private else {"notes_private"}


class Transition(Row):
    """One event on the way: from where to where, by whom in which role, when and why. Never changed afterwards."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="transitions")
    date = models.DateField()
    verb = CodeField(codes=Verb, null=True, blank=True)
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
            *holds_codes("transition", verb=Verb, from_status=Status, to_status=Status, role=Role),
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


class FormSent(models.Model):
    """A form that was dealt with, by the token that it came with: sent twice, it does nothing twice.

    `said` is a digest of what it said, `led_to` the address that it was answered with.
    """

    token = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=64)
    led_to = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.token}"
