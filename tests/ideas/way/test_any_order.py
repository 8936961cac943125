"""Whatever anybody does with an idea, in any order: it never stands where the rules forbid it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from checks.codes import GoNoGo, Role, Status, Verb
from checks.consistency import inconsistencies
from checks.gates import blocks_closing
from checks.picture import Picture
from checks.way import is_possible, may_be_deleted
from ideas.access import Act, standing_of
from ideas.models import Goal, Idea, Involvement, Talk
from ideas.models.idea import NotNowError
from ideas.organisation import settings_of
from ideas.picture import read_picture
from ideas.way.doings import DOINGS
from people.models import Member
from tests import factories
from tests.ideas.way.cast import send

CAST = ["follower", "colleague", "support", "policy", "coordinator", "outsider"]
WHO = st.sampled_from(CAST)
OF_STEP_4 = {Verb.DECIDE: Act.DECIDE, Verb.START: Act.FOLLOW_THROUGH, Verb.FINISH: Act.FOLLOW_THROUGH}
AFTERWARDS: dict[Verb | None, dict[str, Any]] = {
    Verb.START: {"may_start": True},
    Verb.CLOSE: {},
    Verb.FINISH: {"why": "Klaar"},
    None: {},
}
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
        self.opened: Counter[int] = Counter()
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

    @rule(value=st.sampled_from(GoNoGo), starts=st.booleans(), needs_more=st.booleans())
    @precondition(lambda self: self.is_possible(Verb.DECIDE))
    def is_decided(self, value: GoNoGo, starts: bool, needs_more: bool) -> None:
        today, left_out = timezone.localdate(), "Niet nodig"
        more = {} if needs_more else {"review": today, "trajectory_skipped": left_out, "talk_skipped": left_out}
        self._does(Verb.DECIDE, "policy", Act.DECIDE, value=value, starts=starts, motivation="Daarom", **more)

    @rule(after=st.lists(st.sampled_from([*AFTERWARDS]), min_size=3, max_size=6))
    @precondition(lambda self: self.picture.decision)
    def goes_on_after_the_decision(self, after: list[Verb | None]) -> None:
        """What may follow a decision, in any order, by a collaborator; None is an evaluation talk."""
        for verb in after:
            if verb is None:
                self._has_a_talk()
                continue
            blocks = blocks_closing(self.picture, settings_of(self.idea.organisation))
            told = {"blocks": blocks} if verb is Verb.CLOSE else AFTERWARDS[verb]
            worked = self._does(verb, "colleague", Act.FOLLOW_THROUGH, **told)
            assert not (worked and verb is Verb.CLOSE and blocks)

    def _has_a_talk(self) -> None:
        today = timezone.localdate()
        Talk.objects.create(idea=self.idea, date=today, with_team=True, with_partners=True, learned="Veel")
        self.picture = read_picture(self.idea)

    @rule(who=WHO, verb=st.sampled_from([*OF_STEP_4]))
    def is_asked_anything_of_step_4(self, who: str, verb: Verb) -> None:
        told: dict[Verb, dict[str, Any]] = {
            Verb.DECIDE: {"value": GoNoGo.GO, "starts": True, "motivation": "Daarom"},
            Verb.START: {"may_start": False},
            Verb.FINISH: {"why": "Klaar"},
        }
        self._does(verb, who, OF_STEP_4[verb], **told[verb])

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

    def _does(self, verb: Verb, who: str, act: Act, **told: Any) -> bool:
        """Does it through the model, as a view does, for somebody who has the right; says whether it worked."""
        idea, member = Idea.objects.get(pk=self.idea.pk), self.member(who)
        standing = standing_of(member, idea)
        if who == "outsider" or not standing.may(act):
            return False
        try:
            getattr(idea, verb.value)(member, standing.role_for(act), **told)
            worked = True
        except NotNowError:
            worked = False
        self._one_event_or_nothing(verb, who, worked)
        return worked

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
        self._only_the_way_changed(before, now)
        if before.status is Status.MERGED:
            assert verb is Verb.UNMERGE
        if now.step and (verb in OPENS_A_STEP or (verb is Verb.DECIDE and before.step != now.step)):
            self.opened[now.step] += 1
            assert now.round == self.opened[now.step]
        if now.closed and not before.closed:
            assert verb is Verb.CLOSE

    def _only_the_way_changed(self, before: Picture, now: Picture) -> None:
        for name in ["title", "slug", "received", "entered_by", "goals", "partners", "followups", "talk"]:
            assert getattr(before, name, None) == getattr(now, name, None)

    @invariant()
    def the_rules_hold(self) -> None:
        whole = self.picture
        assert list(inconsistencies(whole)) == []
        assert whole.status is not Status.IN_STEP or not whole.decision or whole.decision.value is GoNoGo.GO
        assert bool(whole.merged_into) is (whole.status is Status.MERGED)
        assert not whole.closed or whole.status in {Status.RUNNING, Status.FINISHED, Status.NO_GO}
        assert not whole.closed or not blocks_closing(whole, settings_of(self.idea.organisation))


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
            max_examples=60,
            stateful_step_count=15,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert set(Machine.done) >= {*DOINGS, "decide"}, "the machine did too little to say anything"
