"""Whatever anybody does with an idea, in any order: it never stands where the rules forbid it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from checks.codes import (
    Band,
    Check,
    Conclusion,
    ConditionStatus,
    FollowUpStatus,
    GoNoGo,
    IndicatorKind,
    Need,
    PartnerStatus,
    Role,
    Status,
    Verb,
    Verdict,
)
from checks.consistency import inconsistencies
from checks.decision import Settings
from checks.gates import may_block
from checks.picture import Picture
from checks.way import is_possible, may_be_deleted
from ideas.models import (
    Answer,
    CheckConclusion,
    Condition,
    Control,
    Decision,
    DecisionDraft,
    FollowUp,
    Goal,
    Idea,
    Indicator,
    Involvement,
    Partner,
    Talk,
    TemperatureReading,
    Trajectory,
    TrajectoryAction,
)
from ideas.organisation import settings_of
from ideas.picture import read_picture
from ideas.signals.noticed import noticed_at
from ideas.way.doings import DOINGS
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.way.cast import decide, follow, is_all_done, may_decide, may_run, send

CAST = ["follower", "colleague", "support", "policy", "coordinator", "outsider"]
WHO = st.sampled_from(CAST)
OPENS_A_STEP = {Verb.TAKE_UP, Verb.MOVE_ON, Verb.SEND_BACK, Verb.REOPEN}
DAYS = st.sampled_from(["", "2099-01-31", (timezone.localdate() + timedelta(days=1)).isoformat(), "2001-01-01"])
# What leads from step to step comes more often, or an idea would soon end.
OFTEN = ["move_on", "send_back", "resume"] * 3
WHYS = st.sampled_from(["Daarom", ""])
MOVES = st.tuples(
    st.sampled_from(["coordinator", "coordinator", "follower"]),
    st.integers(0, 99),
    st.sampled_from(CAST[:5]),
    st.integers(1, 4),
    st.sampled_from(["", "2099-01-31"]),
)
# What the way changes of an idea; of the rest it leaves everything as it was.
OF_THE_WAY = {"status", "step", "round", "revisit_on", "closed", "merged_into", "transitions"}
CHANGED_BY: dict[str, set[Verb]] = {
    "reviews": {Verb.RENEW},
    "idea_owner": {Verb.TAKE_UP, Verb.HAND_OVER},
    "team": {Verb.TAKE_UP, Verb.HAND_OVER},
    "decision": {Verb.DECIDE, Verb.REOPEN},
    "earlier_decisions": {Verb.DECIDE, Verb.REOPEN},
    **{name: {Verb.MOVE_ON, Verb.REOPEN} for name in ["verdict", "control", "back_to_step"]},
}
COUNTS = {
    Band.MUCH: (0, 0, 1, 3, 2),
    Band.MIXED: (1, 1, 1, 1, 2),
    Band.LITTLE: (3, 2, 1, 0, 0),
    Band.UNKNOWN: (0, 0, 0, 1, 1),
}

# What the machine must have come across of step 4, let through and refused.
SEEN = {
    "go running", "go in_step", "go refused", "no_go no_go", "no_go refused",
    "start", "start refused", "finish", "close", "close refused",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """What lies on the table in step 4."""

    verdict: Verdict | None
    warmth: Band
    condition: ConditionStatus
    point: FollowUpStatus
    carried: bool
    not_measured: str
    override: str
    motivation: str
    allow_conditional_go: bool
    trajectory_when_mixed: Need


def mostly[T](usual: T, *others: T) -> st.SearchStrategy[T]:
    """The first one twice as often as all the others: what stands in the way of a go would else always be there."""
    return st.sampled_from([usual] * 2 * len(others) + [*others])


TABLES = st.builds(
    Table,
    verdict=st.sampled_from([Verdict.OK, Verdict.OK, Verdict.QUESTION_MARKS, Verdict.QUESTION_MARKS, *Verdict, None]),
    warmth=st.sampled_from([Band.MUCH, Band.MIXED, Band.LITTLE, Band.LITTLE, Band.UNKNOWN]),
    condition=mostly(*sorted(ConditionStatus, key=lambda status: status is not ConditionStatus.MET)),
    point=st.sampled_from([FollowUpStatus.OPEN, FollowUpStatus.SOLVED]),
    carried=st.booleans(),
    not_measured=st.sampled_from(["", "Iedereen is met vakantie."]),
    override=st.sampled_from(["", "De stad wacht niet."]),
    motivation=mostly("De puzzel klopt.", ""),
    allow_conditional_go=st.booleans(),
    trajectory_when_mixed=st.sampled_from([Need.NONE, Need.ADVISED, Need.REQUIRED]),
)

# What may follow a decision. Closing comes more often, so that it is tried at every point.
DEEDS = st.lists(
    st.sampled_from(
        ["start", "close", "close", "renew", "finish", "is_told", "plans", "ends_trajectory", "talks", "leaves_out"]
    ),
    min_size=3,
    max_size=8,
)


class AnyOrder(RuleBasedStateMachine):
    """One idea in the hands of everybody; `world` holds the members, each signed in, and `done` counts what worked."""

    world: dict[str, tuple[Member, Client]]
    done: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self._new_idea()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def _new_idea(self) -> None:
        member = self.member("follower")
        self.made = getattr(self, "made", 0) + 1
        received = {"title": "Klusdienst", "status": Status.RECEIVED, "step": None, "entered_by": member}
        self.idea = factories.idea(member.organisation, slug=f"klusdienst-{self.made}", **received)
        self.other = factories.idea(member.organisation, slug=f"buurtkeuken-{self.made}", idea_owner=member)
        self.idea.enter(member)
        Involvement.objects.create(idea=self.idea, member=self.member("colleague"), role=Role.COLLABORATOR)
        Goal.objects.create(idea=self.idea, text="Elke buur vindt hulp")
        Partner.objects.create(idea=self.idea, name="Samen Wortel", status=PartnerStatus.INVOLVED)
        self.opened: Counter[int] = Counter()
        self.rightly_decided, self.rightly_closed = 0, False
        self.picture = read_picture(self.idea)

    def member(self, who: str) -> Member:
        return self.world[who][0]

    def is_possible(self, verb: Verb) -> bool:
        """Whether this can be done now, by what was last seen of the idea."""
        whole = self.picture
        return is_possible(
            verb,
            status=whole.status,
            step=whole.step,
            decided=whole.decision is not None,
            closed=whole.closed is not None,
        )

    def leads(self, who: str) -> bool:
        """Whether this person leads the idea, told apart from how the app says it."""
        member, idea = self.member(who), Idea.objects.get(pk=self.idea.pk)
        if who == "outsider":
            return False
        follows: set[int | None] = {idea.idea_owner_id} if idea.idea_owner_id else {idea.entered_by_id}
        if idea.stand_in_until and idea.stand_in_until >= timezone.localdate():
            follows.add(idea.stand_in_id)
        return who == "coordinator" or member.pk in follows

    @rule(moves=st.lists(MOVES, min_size=2, max_size=5))
    def goes_on_its_way(self, moves: list[tuple[str, int, str, int, str]]) -> None:
        """A few things that are possible, by somebody who most likely may."""
        for who, place, to_whom, step, day in moves:
            possible = [verb for verb in [*DOINGS, *OFTEN] if self.is_possible(Verb(verb))]
            if possible:
                verb, now = possible[place % len(possible)], self.picture.step or 1
                step = max(step, now + 1) if verb == "move_on" else min(step, now - 1) if verb == "send_back" else step
                self._asks(who, verb, to_whom, step, "2099-01-31" if verb == "park" else day, "Daarom")

    @rule(who=WHO, verb=st.sampled_from([*DOINGS]), to_whom=WHO, step=st.integers(1, 4), day=DAYS, why=WHYS)
    def is_asked_anything(self, who: str, verb: str, to_whom: str, step: int, day: str, why: str) -> None:
        self._asks(who, verb, to_whom, step, day, why)

    def _asks(self, who: str, verb: str, to_whom: str, step: int, day: str, why: str) -> None:
        named = self.member(to_whom).pk
        told = {
            "follower": named,
            "to": named if verb == "hand_over" else step,
            "until": day,
            "revisit_on": day,
            "into": self.other.pk,
            "why": why,
        }
        may = self.leads(who)
        answer = send(self.world[who][1], self.idea, verb, **told)
        if not may:
            assert answer.status_code == (404 if who == "outsider" else 403)
        else:
            assert answer.status_code in {302, 409, 422}
        self._one_event_or_nothing(Verb(verb), who, answer.status_code == 302)

    @property
    def settings(self) -> Settings:
        return settings_of(Organisation.objects.get(pk=self.idea.organisation_id))

    @rule(table=TABLES, values=st.lists(st.sampled_from(GoNoGo), min_size=1, max_size=2), deeds=DEEDS)
    def is_talked_about_and_decided(self, table: Table, values: list[GoNoGo], deeds: list[str]) -> None:
        """Something lies on the table, the policy team decides on it, and people go on from there."""
        self._gets_going()
        self._lies_on_the_table(table)
        for value in values:
            self._is_decided("policy", value)
        self._goes_on(deeds)

    def _gets_going(self) -> None:
        """It can be decided on: it stands on its own, and neither waits nor ended. What is over makes place."""
        if self.picture.closed or self.picture.status is Status.FINISHED:
            self._new_idea()
        for verb in ["unmerge", "resume", "reopen", "take_up"]:
            if self.is_possible(Verb(verb)) and self.picture.status is not Status.NO_GO:
                self._asks("coordinator", verb, "follower", 1, "", "Daarom")

    def _lies_on_the_table(self, table: Table) -> None:
        idea = self.idea
        Control.objects.update_or_create(idea=idea, defaults={"verdict": table.verdict})
        counted = {f"count_{value}": count for value, count in enumerate(COUNTS[table.warmth], start=1)}
        TemperatureReading.objects.update_or_create(idea=idea, current=True, defaults=counted)
        Condition.objects.update_or_create(idea=idea, text="Er is een lokaal", defaults={"status": table.condition})
        by_whom = {"owner": "coach", "due": timezone.localdate()} if table.carried else {"owner": "", "due": None}
        FollowUp.objects.update_or_create(idea=idea, text="Wie belt?", defaults={"status": table.point, **by_whom})
        for check in Check:
            CheckConclusion.objects.update_or_create(
                idea=idea, check_name=check, defaults={"conclusion": Conclusion.OK}
            )
        Indicator.objects.get_or_create(idea=idea, kind=IndicatorKind.RESULT, text="Wie terugkomt")
        Answer.objects.get_or_create(idea=idea, question="s1.how.finance", defaults={"value": "Het kost niets."})
        notes = {"not_measured": table.not_measured, "override": table.override, "motivation": table.motivation}
        DecisionDraft.objects.update_or_create(idea=idea, defaults=notes)
        Organisation.objects.filter(pk=idea.organisation_id).update(
            allow_conditional_go=table.allow_conditional_go, trajectory_when_mixed=table.trajectory_when_mixed.value
        )
        self.picture = read_picture(idea)

    def _waits_for_a_signal(self) -> bool:
        return any(one.blocks_go and may_block(one.signal) for one in noticed_at(self.idea, self.picture))

    def _is_decided(self, who: str, value: GoNoGo) -> None:
        draft = DecisionDraft.objects.filter(idea=self.idea).first() or DecisionDraft()
        notes = {"not_measured": draft.not_measured, "override": draft.override}
        may = self.is_possible(Verb.DECIDE) and may_decide(self.picture, self.settings, value, **notes)
        may = may and not (value is GoNoGo.GO and self._waits_for_a_signal())
        answer = decide(self.world[who][1], self.idea, value)
        assert answer.status_code == (self._turns_away(who, Verb.DECIDE) or (302 if may else 409))
        worked = answer.status_code == 302
        self.rightly_decided += worked
        self._one_event_or_nothing(Verb.DECIDE, who, worked)
        if worked:
            runs = value is GoNoGo.GO and may_run(self.picture, self.settings)
            waits = Status.IN_STEP if value is GoNoGo.GO else Status.NO_GO
            assert self.picture.status is (Status.RUNNING if runs else waits)
            self.done[f"{value} {self.picture.status}"] += 1
        elif self.is_possible(Verb.DECIDE):
            self.done[f"{value} refused"] += 1

    def _turns_away(self, who: str, verb: Verb) -> int | None:
        """The status by which this person is turned away, whatever the rules say."""
        if who == "outsider":
            return 404
        may = who == "policy" or (verb is not Verb.DECIDE and (who in {"colleague", "coordinator"} or self.leads(who)))
        return None if may and self.picture.status is not Status.MERGED else 403

    @rule(deeds=DEEDS, table=st.none() | TABLES)
    @precondition(lambda self: self.picture.decision)
    def goes_on_after_the_decision(self, deeds: list[str], table: Table | None) -> None:
        """Perhaps after the verdict changed."""
        if table:
            self._lies_on_the_table(table)
        self._goes_on(deeds)

    def _goes_on(self, deeds: list[str]) -> None:
        """What may follow a decision, in any order, by a collaborator."""
        for deed in deeds:
            if deed == Verb.RENEW:
                self._asks("coordinator", deed, "coordinator", 4, "2099-01-31", "Het werkt.")
            elif deed in set(Verb):
                self._follows("colleague", Verb(deed))
            else:
                aftercare: Callable[[], None] = getattr(self, f"_{deed}")
                aftercare()
                self.picture = read_picture(self.idea)

    def _is_told(self) -> None:
        follow(self.world["colleague"][1], self.idea, "told")

    def _plans(self) -> None:
        trajectory, _made = Trajectory.objects.get_or_create(idea=self.idea)
        if trajectory.aim:
            trajectory.owner = "coach"
            TrajectoryAction.objects.create(
                idea=self.idea, trajectory=trajectory, text="Praten", due=timezone.localdate()
            )
        trajectory.aim = "Het team is mee."
        trajectory.save()

    def _ends_trajectory(self) -> None:
        Trajectory.objects.filter(idea=self.idea).update(closed=timezone.localdate())

    def _talks(self) -> None:
        today = timezone.localdate()
        with_team = Talk.objects.filter(idea=self.idea).exists()
        Talk.objects.create(
            idea=self.idea, date=today, with_team=with_team, with_partners=not with_team, learned="Veel"
        )

    def _leaves_out(self) -> None:
        left_out = {"trajectory_skipped": "Niet nodig.", "talk_skipped": "Niet nodig."}
        Decision.objects.filter(idea=self.idea, current=True).update(**left_out)

    def _follows(self, who: str, verb: Verb) -> None:
        """Asks for what may follow a decision, and expects what the rules say."""
        lets: dict[Verb, Callable[[Picture, Settings], bool]] = {Verb.START: may_run, Verb.CLOSE: is_all_done}
        may = self.is_possible(verb) and (verb not in lets or lets[verb](self.picture, self.settings))
        answer = follow(self.world[who][1], self.idea, verb.value)
        assert answer.status_code == (self._turns_away(who, verb) or (302 if may else 409))
        worked = answer.status_code == 302
        self.rightly_closed = self.rightly_closed or (worked and verb is Verb.CLOSE)
        if self.is_possible(verb) and not may:
            self.done[f"{verb} refused"] += 1
        self._one_event_or_nothing(verb, who, worked)

    @rule(who=WHO, verb=st.sampled_from([Verb.DECIDE, Verb.START, Verb.FINISH, Verb.CLOSE]))
    def is_asked_anything_of_step_4(self, who: str, verb: Verb) -> None:
        if verb is Verb.DECIDE:
            self._is_decided(who, GoNoGo.GO)
        else:
            self._follows(who, verb)

    @rule()
    @precondition(lambda self: not self.picture.test)
    def turns_out_to_be_an_exercise(self) -> None:
        Idea.objects.filter(pk=self.idea.pk).update(test=True)
        self.picture = read_picture(self.idea)

    @rule(who=WHO, after=st.integers(2, 6))
    def is_deleted(self, who: str, after: int) -> None:
        """Not too soon, or little else would happen."""
        if len(self.picture.transitions) < after:
            return
        may = self.leads(who)
        deletable = may_be_deleted(self.picture)
        answer = send(self.world[who][1], self.idea, "delete")
        if answer.status_code == 302:
            assert may
            assert deletable
            assert not Idea.objects.filter(pk=self.idea.pk).exists()
            self.done["delete"] += 1
            self._new_idea()
        else:
            assert read_picture(self.idea) == self.picture

    def _one_event_or_nothing(self, verb: Verb, who: str, worked: bool) -> None:
        before, now = self.picture, read_picture(self.idea)
        self.picture = now
        if not worked:
            assert now == before
            return
        self.done[verb.value] += 1
        assert now.transitions[:-1] == before.transitions
        event = now.transitions[-1]
        assert (event.verb, event.from_status, event.from_step) == (verb, before.status, before.step)
        assert (event.to_status, event.to_step, event.round) == (now.status, now.step, now.round)
        self._only_the_way_changed(verb, before, now)
        if before.status is Status.MERGED:
            assert verb is Verb.UNMERGE
        if now.step and (verb in OPENS_A_STEP or (verb is Verb.DECIDE and before.step != now.step)):
            self.opened[now.step] += 1
            assert now.round == self.opened[now.step]
        if now.closed and not before.closed:
            assert verb is Verb.CLOSE

    def _only_the_way_changed(self, verb: Verb, before: Picture, now: Picture) -> None:
        for name in {field.name for field in fields(Picture)} - OF_THE_WAY:
            if verb not in CHANGED_BY.get(name, set()):
                assert getattr(before, name) == getattr(now, name), name
        assert Idea.objects.get(pk=self.idea.pk).entered_by == self.member("follower")

    @invariant()
    def the_rules_hold(self) -> None:
        whole = self.picture
        assert list(inconsistencies(whole)) == []
        assert whole.status is not Status.IN_STEP or not whole.decision or whole.decision.value is GoNoGo.GO
        assert bool(whole.merged_into) is (whole.status is Status.MERGED)
        assert not whole.closed or whole.status in {Status.RUNNING, Status.FINISHED, Status.NO_GO}
        assert not whole.closed or self.rightly_closed
        assert len(whole.earlier_decisions) + bool(whole.decision) == self.rightly_decided


@pytest.fixture
def world(
    follower: Member, colleague: Member, support: Member, policy: Member, coordinator: Member, outsider: Member
) -> dict[str, tuple[Member, Client]]:
    cast = {}
    for who, member in zip(CAST, [follower, colleague, support, policy, coordinator, outsider], strict=True):
        client = Client()
        client.force_login(member)
        cast[who] = (member, client)
    return cast


def test_in_any_order_an_idea_never_stands_where_the_rules_forbid_it(world: dict[str, tuple[Member, Client]]) -> None:
    class Machine(AnyOrder):
        done: Counter[str] = Counter()

    Machine.world = world
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=15,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert set(Machine.done) >= {*DOINGS, *SEEN}, f"the machine did too little to say anything: {Machine.done}"
