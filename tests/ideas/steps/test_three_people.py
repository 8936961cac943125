"""Three people save the same things in any order: nobody's text is ever replaced by who did not see it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from checks.codes import Rating
from checks.picture import TEXT_LENGTH
from ideas.models import Answer, Change, Goal, Idea, Involvement
from people.models import Member
from tests import factories
from tests.factories import Client
from tests.page_forms import form_to

HTMX = {"HX-Request": "true"}
TEXTS = ["", "Wonen", "Wonen in de stad", "Zelfstandig wonen", "Zelfstandig\nwonen in de buurt", "Iets helemaal anders"]
NOTES = ["", "Bijna.", "Nog bespreken."]
# Each thing that is edited, with its fields and what may be said in them.
THINGS: dict[str, dict[str, list[str]]] = {
    "challenge": {"value": TEXTS},
    "mission": {"value": ["", *map(str, Rating)], "note": NOTES},
    "goal": {"text": TEXTS[1:], "horizon": NOTES, "clear": ["", *map(str, Rating)]},
}
# What somebody makes of two texts together, where the choice is put together to an answer.
MERGED = {"value": "partly", "note": "Samen.", "text": "Samen wonen", "horizon": "Samen.", "clear": "partly"}
ACTS = st.sampled_from(["opens", "errs", *["saves"] * 6, "mine", "theirs", "merged"])
MOVES = st.tuples(st.integers(0, 2), ACTS, st.integers(0, 9), st.integers(0, 9))


@dataclass
class Screen:
    """A thing as somebody has it before them: what they type, what they saw last, and the version that goes along."""

    typed: dict[str, str]
    saw: dict[str, str]
    version: str
    refused: dict[str, str] = field(default_factory=dict)
    seen: str = ""


class ThreePeople(RuleBasedStateMachine):
    """One idea before three people; `clients` are theirs, `done` counts what happened."""

    clients: list[Client]
    organisation: Any
    people: list[Member]
    done: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.idea: Idea = factories.idea(self.organisation, idea_owner=self.people[0])
        Involvement.objects.create(idea=self.idea, member=self.people[1], role="collaborator")
        self.goal = Goal.objects.create(idea=self.idea, text="Wonen")
        self.screens: dict[tuple[int, str], Screen] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def address(self, thing: str) -> str:
        if thing == "goal":
            return reverse("ideas:edit", args=[self.idea.pk, "goals", self.goal.pk])
        slug = {"challenge": "s1.why.challenge", "mission": "s2.drive.mission"}[thing]
        return reverse("ideas:answer", args=[self.idea.pk, slug])

    def recorded(self, thing: str) -> dict[str, str]:
        if thing == "goal":
            goal = Goal.objects.get()
            return {"text": goal.text, "horizon": goal.horizon, "clear": str(goal.clear or "")}
        slug = self.address(thing).rstrip("/").rpartition("/")[2]
        answer = Answer.objects.filter(question=slug).first() or Answer()
        return {name: getattr(answer, name) for name in THINGS[thing]}

    def screen(self, who: int, thing: str) -> Screen:
        if (who, thing) not in self.screens:
            self._opens(who, thing)
        return self.screens[who, thing]

    def _opens(self, who: int, thing: str) -> None:
        stands = self.recorded(thing)
        html = self.clients[who].get(self.address(thing)).content.decode()
        version = form_to(self.address(thing), html).fields["version"].value[0]
        self.screens[who, thing] = Screen(dict(stands), dict(stands), version)

    @initialize(thing=st.sampled_from(sorted(THINGS)))
    def about(self, thing: str) -> None:
        self.thing = thing

    @rule(moves=st.lists(MOVES, min_size=4, max_size=8))
    def go_on(self, moves: list[tuple[int, str, int, int]]) -> None:
        """A few of them type and save in turn, open the thing anew, or choose after they were refused."""
        for who, act, place, said in moves:
            refused = [one for one in range(3) if self.screen(one, self.thing).refused]
            if act == "errs":
                self._errs(who, self.thing, place)
            elif act == "opens":
                self._opens(who, self.thing)
            elif act == "saves":
                name = sorted(THINGS[self.thing])[place % len(THINGS[self.thing])]
                self.screen(who, self.thing).typed[name] = THINGS[self.thing][name][
                    said % len(THINGS[self.thing][name])
                ]
                self._sends(who, self.thing, self.screen(who, self.thing).saw, {})
            elif refused:
                self._chooses(refused[place % len(refused)], self.thing, act)

    def _errs(self, who: int, thing: str, place: int) -> None:
        """Somebody sends what cannot be: nothing is saved, and what they go on from is what they had."""
        screen, before = self.screen(who, thing), self.recorded(thing)
        name = sorted(THINGS[thing])[place % len(THINGS[thing])]
        sent = {**screen.typed, name: "x" * (TEXT_LENGTH + 1), "version": screen.version}
        answer = self.clients[who].post(self.address(thing), sent, headers=HTMX)
        assert answer.status_code == 422
        assert self.recorded(thing) == before
        html = answer.content.decode()
        html = html if "<form" in html else f'<form action="{self.address(thing)}">{html}</form>'
        screen.version = form_to(self.address(thing), html).fields["version"].value[0]

    def _chooses(self, who: int, thing: str, choice: str) -> None:
        """Somebody who was refused chooses, perhaps long after they saw why."""
        screen = self.screen(who, thing)
        told = {choice: screen.seen}
        if choice == "merged":
            told |= {f"merged-{name}": MERGED[name] for name in screen.refused}
            screen.typed |= {name: MERGED[name] for name in screen.refused}
        self._sends(who, thing, screen.saw | screen.refused, told)

    def _sends(self, who: int, thing: str, saw: dict[str, str], choice: dict[str, str]) -> None:
        screen, before = self.screen(who, thing), self.recorded(thing)
        sent = {**screen.typed, "version": screen.version, **choice}
        answer = self.clients[who].post(self.address(thing), sent, headers=HTMX)
        after, html = self.recorded(thing), answer.content.decode()
        takes_theirs = set(screen.refused) if "theirs" in choice else set()
        mine = {name for name in THINGS[thing] if screen.typed[name] != saw[name]} - takes_theirs
        clash = {name for name in mine | takes_theirs if before[name] not in {saw[name], screen.typed[name]}}
        if answer.status_code == 409:
            assert after == before, "a refused save changed something"
            assert clash, "a save was refused although nobody else changed the same"
            for name in clash - takes_theirs:
                assert f'data-theirs="{name}"' in html
            screen.refused = {name: before[name] for name in clash}
            screen.seen = html.partition('name="mine" value="')[2].partition('"')[0]
            self.done["refused"] += 1
            return
        assert answer.status_code == 200
        assert not clash, f"{clash} of {thing} was overwritten unseen: {before} by {screen.typed}, who saw {saw}"
        for name in THINGS[thing]:
            assert after[name] == (screen.typed[name] if name in mine else before[name])
        if mine and after != before:
            assert Change.objects.filter(idea=self.idea).exists()
        self.done["chosen" if choice else "saved"] += 1
        if thing == "goal" or takes_theirs or "merged" in choice:
            self._opens(who, thing)
            return
        self.done["neighbour left"] += any(after[name] != screen.typed[name] for name in after)
        version = form_to("", f'<form action="">{html}</form>').fields["version"].value[0]
        shows = {name: screen.typed[name] if name in mine else saw[name] for name in after}
        self.screens[who, thing] = Screen(dict(screen.typed), shows, version)


def test_no_update_is_lost_however_three_people_save(
    follower: Member, colleague: Member, coordinator: Member, organisation: Any
) -> None:
    class Machine(ThreePeople):
        done: Counter[str] = Counter()

    Machine.people, Machine.organisation = [follower, colleague, coordinator], organisation
    Machine.clients = [Client() for _ in Machine.people]
    for client, member in zip(Machine.clients, Machine.people, strict=True):
        client.force_login(member)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=6,
            derandomize=True,
            phases=[Phase.generate],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert min(Machine.done[told] for told in ("saved", "refused", "chosen", "neighbour left")) > 5, Machine.done
