"""Who is at an idea now, and what changed there since a page last asked."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from checks.codes import Body, Check, GoNoGo, Reply, Role, Status
from ideas.models import (
    Answer,
    Asking,
    Change,
    CheckConclusion,
    Condition,
    Control,
    Decision,
    DecisionDraft,
    FollowUp,
    Goal,
    Idea,
    Involvement,
    Presence,
    TemperatureReading,
    Trajectory,
)
from ideas.models.past import RECORDED, is_done_by, one_act, record
from ideas.picture import write_picture
from ideas.steps.answers import ANSWERED, PAGES
from ideas.steps.deciding import PREPARED
from ideas.steps.lists import LISTS
from ideas.steps.now import THERE, ids_of
from ideas.steps.parts import PARTS
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.steps.test_budgets import with_many
from tests.page_forms import form_to

HTMX = {"HX-Request": "true"}
AT_MOST = 6
STEPS = ["idea", "explore", "check", "concretise", "decide"]


def say(text: str, **told: str) -> str:
    """In the language of the page."""
    with translation.override("nl"):
        return gettext(text) % told


class Tab:
    """A page of an idea that somebody has open, and that asks what is new."""

    def __init__(self, member: Member, idea: Idea, page: str = "explore") -> None:
        self.client = Client()
        self.client.force_login(member)
        self.html = self.client.get(reverse(f"ideas:{page}", args=[idea.pk])).content.decode()
        self.asks(self.html)

    def asks(self, html: str) -> None:
        found = re.search(r'id="here" hx-get="([^"]*)"', html)
        assert found, html
        self.address = found[1].replace("&amp;", "&")

    def sees(self) -> str:
        """Who else is here, once this page has asked."""
        self.html = self.asked().content.decode() or self.html
        found = re.search(r'id="here"[^>]*>([^<]*)<', self.html)
        assert found
        return found[1]

    def asked(self) -> HttpResponse:
        answer: HttpResponse = self.client.get(self.address, headers=HTMX)  # type: ignore[assignment]
        if answer.status_code == 200:
            self.asks(answer.content.decode())
        return answer

    def hears(self) -> dict[str, Any]:
        """The things that changed, each with whether that was this member's own doing."""
        told = json.loads(self.asked().headers.get("HX-Trigger", "{}"))
        return {name.removeprefix("changed-"): detail.get("mine") for name, detail in told.items() if name != "saved"}

    def writes(self, idea: Idea, question: str, text: str) -> None:
        where = reverse("ideas:answer", args=[idea.pk, question])
        form = form_to(where, self.client.get(where).content.decode())
        assert self.client.post(where, form.sent({"value": text}), headers=HTMX).status_code == 200

    def adds(self, idea: Idea, *lines: str, to: str = "goals") -> None:
        where = reverse("ideas:list", args=[idea.pk, to])
        assert self.client.post(where, {"lines": "\n".join(lines)}, headers=HTMX).status_code == 200


@pytest.fixture
def mine(follower: Member, idea: Idea) -> Tab:
    return Tab(follower, idea)


@pytest.fixture
def theirs(coordinator: Member, idea: Idea) -> Tab:
    return Tab(coordinator, idea)


# ---------- who is here


def test_people_at_the_same_idea_see_each_others_names(mine: Tab, theirs: Tab, follower: Member) -> None:
    assert mine.asked().status_code == 204
    assert mine.sees() == ""
    assert theirs.sees() == say("Also here: %(names)s", names=follower.name)
    assert mine.sees() == say("Also here: %(names)s", names="coordinator")
    assert mine.asked().status_code == 204


def test_who_showed_no_sign_of_life_for_a_while_is_gone(mine: Tab, theirs: Tab) -> None:
    theirs.asked()
    assert "coordinator" in mine.sees()
    Presence.objects.update(at=timezone.now() - THERE - timedelta(seconds=1))
    gone = mine.asked()
    assert gone.status_code == 200
    assert "coordinator" not in gone.content.decode()
    assert "HX-Trigger" not in gone.headers


def test_somebody_who_only_reads_is_here_too(mine: Tab, colleague: Member, idea: Idea) -> None:
    Tab(colleague, idea).asked()
    assert colleague.name in mine.asked().content.decode()


def test_at_another_idea_nobody_is_seen(theirs: Tab, follower: Member, idea: Idea) -> None:
    theirs.asked()
    other = factories.idea(idea.organisation, idea_owner=follower)
    assert Tab(follower, other).asked().status_code == 204


def test_of_many_people_three_are_named(mine: Tab, idea: Idea) -> None:
    for number in range(5):
        Tab(factories.member(f"Lid {number}", idea.organisation), idea).asked()
    names = "Lid 0, Lid 1, Lid 2"
    with translation.override("nl"):
        told = ngettext("Also here: %(names)s and %(n)s more", "Also here: %(names)s and %(n)s more", 2)
    assert mine.sees() == told % {"names": names, "n": 2}


def test_a_sign_of_life_is_written_once_in_ten_seconds_and_old_ones_go(mine: Tab, theirs: Tab) -> None:
    mine.asked()
    at = Presence.objects.get().at
    mine.asked()
    assert Presence.objects.get().at == at
    Presence.objects.update(at=at - timedelta(seconds=11))
    mine.asked()
    assert Presence.objects.get().at > at
    Presence.objects.update(at=at - timedelta(days=2))
    theirs.asked()
    assert [one.member.name for one in Presence.objects.all()] == ["coordinator"]


# ---------- what changed


def test_what_another_changed_is_told_once(mine: Tab, theirs: Tab, idea: Idea) -> None:
    theirs.writes(idea, "s1.why.challenge", "Te weinig woningen.")
    theirs.adds(idea, "Een doel", "Nog een doel")
    answer = mine.asked()
    told = json.loads(answer.headers["HX-Trigger"])
    assert set(told) == {"changed-s1-why-challenge", "changed-goals", "saved"}
    assert mine.asked().status_code == 204


def test_what_goes_on_within_ten_minutes_is_told_again_each_time(mine: Tab, theirs: Tab, idea: Idea) -> None:
    for text in ["Te weinig woningen.", "Te weinig woningen voor jongeren."]:
        theirs.writes(idea, "s1.why.challenge", text)
        assert mine.hears() == {"s1-why-challenge": False}
    assert Change.objects.count() == 1


def test_a_page_hears_of_what_the_same_member_did_in_another_tab_and_that_it_is_theirs(
    mine: Tab, follower: Member, theirs: Tab, idea: Idea
) -> None:
    other = Tab(follower, idea)
    other.writes(idea, "s1.why.challenge", "Te weinig woningen.")
    assert mine.hears() == {"s1-why-challenge": True}
    theirs.writes(idea, "s1.why.challenge", "Te weinig woningen voor jongeren.")
    other.writes(idea, "s1.how.approach", "Met buren.")
    assert mine.hears() == {"s1-why-challenge": False, "s1-how-approach": True}


def test_a_page_that_was_opened_after_a_change_does_not_hear_of_it(theirs: Tab, follower: Member, idea: Idea) -> None:
    theirs.writes(idea, "s1.why.challenge", "Te weinig woningen.")
    assert Tab(follower, idea).hears() == {}


def test_another_temperature_is_told_without_who_took_it(follower: Member, idea: Idea) -> None:
    mine = Tab(follower, idea, "decide")
    TemperatureReading.objects.create(idea=idea, count_4=5)
    assert mine.hears() == {"temperature": False}
    assert mine.asked().status_code == 204
    assert 'hx-trigger="changed-temperature from:body' in mine.html


# ---------- every thing that changes has its place on a page


def changed_ids(member: Member, change: Callable[[], Any]) -> set[str]:
    """The ids that are told after this change."""
    newest = Change.objects.last()
    with one_act():
        is_done_by(member, Role.IDEA_OWNER)
        change()
    changes = Change.objects.filter(pk__gt=newest.pk if newest else 0)
    annotated = {"question": "", "check_name": ""}
    found: set[str] = set()
    for one in changes:
        for name, model in [("question", Answer), ("check_name", CheckConclusion)]:
            row = model._default_manager.filter(pk=one.object_id).first() if one.kind is model else None
            setattr(one, name, str(getattr(row, name)) if row else annotated[name])
        found |= set(ids_of(one))
    return found


def listens(member: Member, idea: Idea, page: str) -> set[str]:
    client = Client()
    client.force_login(member)
    html = client.get(reverse(page, args=[idea.pk])).content.decode()
    return set(re.findall(r"changed-([\w-]+) from:body", html))


@pytest.fixture
def few_and_many(organisation: Organisation, follower: Member) -> list[Idea]:
    """Two ideas that the follower follows: one with 5 rows in every list, one with 50."""
    ideas = [write_picture(with_many(count), organisation) for count in (5, 50)]
    Idea.objects.update(idea_owner=follower)
    return ideas


@pytest.fixture
def everything(few_and_many: list[Idea]) -> Idea:
    """An idea with rows in every list, and a no go with all that may follow it."""
    idea = few_and_many[0]
    idea.status, idea.step = Status.NO_GO, 4
    idea.save()
    Decision.objects.create(idea=idea, value=GoNoGo.NO_GO, motivation="Te duur.")
    return idea


@pytest.mark.parametrize("name", LISTS)
def test_every_list_listens_on_its_page_to_what_happens_to_its_rows(
    name: str,
    few_and_many: list[Idea],
    follower: Member,
) -> None:
    idea, edited = few_and_many[0], LISTS[name]
    if edited.page == "ideas:decide":
        idea.status, idea.step = Status.NO_GO, 4
        idea.save()
        Decision.objects.create(idea=idea, value=GoNoGo.NO_GO, motivation="Zo is het.")
    rows = edited.model._default_manager.filter(idea=idea, **edited.only)
    last = rows.last()
    assert last is not None
    said_in = ["text", "name", "source", "service", "what", "title", "with_whom", "value", "who"]
    field = next(field for field in said_in if hasattr(last, field))
    setattr(last, field, "Nieuw gezegd")
    assert name in changed_ids(follower, last.save)
    assert name in changed_ids(follower, last.delete)
    assert name in changed_ids(follower, lambda: record(idea, **{name: ([1, 2], [2, 1])}))
    assert name in listens(follower, idea, edited.page)


@pytest.mark.parametrize("question", sorted(ANSWERED))
def test_every_answer_listens_on_its_page(question: str, few_and_many: list[Idea], follower: Member) -> None:
    idea = few_and_many[0]
    Answer.objects.filter(idea=idea, question=question).delete()
    answer = Answer(idea=idea, question=question, notes_private=True)
    [name] = changed_ids(follower, answer.save)
    step = 1 if question.startswith("s1") else 2 if question.startswith("s2") else 3
    assert name in listens(follower, idea, PAGES[step])


@pytest.mark.parametrize("check", Check)
def test_every_conclusion_listens_on_its_page(check: Check, few_and_many: list[Idea], follower: Member) -> None:
    idea = few_and_many[0]
    CheckConclusion.objects.filter(idea=idea, check_name=check).delete()
    [name] = changed_ids(follower, CheckConclusion(idea=idea, check_name=check, note="Zo.").save)
    assert name in listens(follower, idea, "ideas:check")


@pytest.mark.parametrize("name", PREPARED)
def test_everything_that_is_prepared_listens_on_its_page(
    name: str,
    few_and_many: list[Idea],
    follower: Member,
    member: Client,
) -> None:
    idea = few_and_many[0]
    draft = DecisionDraft(idea=idea, motivation="Zo is het.", **({} if name == "motivation" else {name: VALUES[name]}))
    told = changed_ids(follower, draft.save)
    assert f"draft-{name}" in told
    assert f"draft-{name}" in listens(follower, idea, "ideas:decide")
    assert changed_ids(follower, draft.delete) == {"decision"}


VALUES: dict[str, Any] = {
    "present": "de coördinator",
    "conditions_kept": "Alle.",
    "deciding_question": "s1.why.challenge",
    "review": "2026-12-01",
    "not_measured": "Geen tijd.",
    "override": "Toch.",
    "reasons": "Geen woningen.",
    "would_change": "Vier woningen.",
    "look_again": "2099-01-01",
}


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    """The follower also decides and coordinates here, so that everything is offered."""
    follower.policy_team = follower.coordinator = True
    follower.save()
    client.force_login(follower)
    return client


def test_every_part_listens_on_its_page(everything: Idea, follower: Member) -> None:
    idea = everything
    idea.title, idea.support_not_needed = "Anders", "Te klein."
    assert changed_ids(follower, lambda: idea.save(update_fields=["title"])) == {"facts"}
    assert changed_ids(follower, lambda: idea.save(update_fields=["support_not_needed"])) == {"support_not_needed"}
    frame, trajectory = idea.financial_frame, Trajectory.objects.get(idea=idea)
    frame.term, trajectory.aim = 7, "Anders"
    assert changed_ids(follower, frame.save) == {"money"}
    assert "trajectory" in changed_ids(follower, trajectory.save)
    for part in PARTS.values():
        assert part.name in listens(follower, idea, part.page), part.name


def test_the_lines_of_control_and_of_looking_back_listen(few_and_many: list[Idea], follower: Member) -> None:
    idea = few_and_many[0]
    point, condition = FollowUp.objects.filter(idea=idea, step=1)[0], Condition.objects.filter(idea=idea)[0]
    point.remark = condition.remark = "Gebeld."
    told = changed_ids(follower, point.save) | changed_ids(follower, condition.save)
    assert told == {
        "followups",
        "conditions",
        "proofs",
        f"followups-{point.pk}",
        f"point-{point.pk}",
        f"conditions-{condition.pk}",
    }
    assert {f"followups-{point.pk}", f"conditions-{condition.pk}"} <= listens(follower, idea, "ideas:decide")
    assert f"point-{point.pk}" in listens(follower, idea, "ideas:concretise")
    gone = changed_ids(follower, point.delete)
    assert gone == {"followups", "conditions", "control-lists", "look-back"}
    assert "control-lists" in listens(follower, idea, "ideas:decide")
    assert "look-back" in listens(follower, idea, "ideas:concretise")


def test_verdict_and_decision_listen(everything: Idea, follower: Member) -> None:
    Control.objects.filter(idea=everything).delete()
    assert changed_ids(follower, Control(idea=everything, note="Zo.").save) == {"verdict"}
    decision = Decision.objects.get(idea=everything, motivation="Te duur.")
    decision.partners_told = timezone.localdate()
    assert changed_ids(follower, decision.save) == {"decision", "aftercare"}
    decision.talk_skipped = "Niet nodig."
    assert changed_ids(follower, decision.save) == {"skipped-talk"}
    assert {"verdict", "decision", "aftercare"} <= listens(follower, everything, "ideas:decide")


# ---------- each thing comes as it stands


def asked(member: Member, address: str) -> HttpResponse:
    client = Client()
    client.force_login(member)
    return client.get(address, headers=HTMX)  # type: ignore[return-value]


def of(idea: Idea, name: str, *about: object) -> str:
    return reverse(f"ideas:{name}", args=[idea.pk, *about])


def every_thing(idea: Idea) -> list[str]:
    """Where each thing that refreshes itself comes from."""
    return sorted(
        {
            address.replace("&amp;", "&")
            for page in STEPS
            for address in re.findall(r'data-refreshes="[^"]*" hx-get="([^"]*)"', page_of(idea, page))
        }
    )


def page_of(idea: Idea, page: str) -> str:
    client = Client()
    owner = idea.idea_owner
    assert owner is not None
    client.force_login(owner)
    return client.get(of(idea, page)).content.decode()


def test_whoever_reads_the_idea_gets_every_thing_without_a_form_where_they_may_not_change_it(
    everything: Idea, colleague: Member, outsider: Member
) -> None:
    things = every_thing(everything)
    assert len(things) > 60
    for address in things:
        answer = asked(colleague, address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert f'hx-get="{address.replace("&", "&amp;")}"' in html, address
        assert not re.findall(r"<form\b[^>]*", html), address
        assert "autofocus" not in html, address
        assert asked(outsider, address).status_code == 404


def test_a_thing_says_who_changed_it_and_when_to_everybody_else(
    mine: Tab, theirs: Tab, follower: Member, coordinator: Member, idea: Idea
) -> None:
    theirs.writes(idea, "s1.why.challenge", "Te weinig woningen.")
    where = of(idea, "answer", "s1.why.challenge")
    time = timezone.localtime(Change.objects.get().touched).strftime("%H:%M")
    told = say("Changed by %(name)s at %(time)s", name="coordinator", time=time)
    assert told in asked(follower, where).content.decode()
    assert "coordinator" not in asked(coordinator, where).content.decode()
    assert told not in page_of(idea, "explore")


def test_who_changed_one_thing_is_not_told_at_another_of_the_same_record(
    follower: Member, policy: Member, idea: Idea
) -> None:
    idea.status, idea.step = Status.IN_STEP, 4
    idea.save()
    with one_act():
        is_done_by(policy, Role.POLICY_TEAM)
        DecisionDraft.objects.create(idea=idea, motivation="Zo is het.")
    Involvement.objects.create(idea=idea, member=follower, role=Role.COLLABORATOR)
    told = say("Changed by %(name)s at %(time)s", name="beleid", time="")
    assert told in asked(follower, of(idea, "prepare", "motivation")).content.decode()
    assert told not in asked(follower, of(idea, "prepare", "conditions_kept")).content.decode()


def test_a_plain_request_gives_a_page_with_just_that_form(few_and_many: list[Idea], member: Client) -> None:
    idea = few_and_many[0]
    point = FollowUp.objects.filter(idea=idea)[0]
    for address in [
        of(idea, "prepare", "motivation"),
        of(idea, "control_row", "followups", point.pk),
        of(idea, "verdict"),
    ]:
        answer = member.get(address)
        assert answer.status_code == 200
        assert form_to(address, answer.content.decode())


def test_what_is_asked_and_answered_comes_in_where_it_stands(
    mine: Tab, theirs: Tab, idea: Idea, follower: Member, coordinator: Member
) -> None:
    page = page_of(idea, "check")
    for about, place in [("expertise", "expertise"), ("s2.collab.equal", "samenwerk"), ("step-2", "step-2")]:
        assert f'data-refreshes="changed-asked-{place}"' in page
        with one_act():
            is_done_by(coordinator, Role.COORDINATOR)
            asking = Asking.ask(idea, coordinator, Role.COORDINATOR, [follower], about=about, body=Body.COLLEAGUE)
        assert mine.hears() == {f"asked-{place}": False}
        with one_act():
            is_done_by(follower, None)
            asking.asked.get().answer(follower, Reply.OBJECTION)
        assert theirs.hears()[f"asked-{place}"] is False
        answer = mine.client.get(of(idea, "asked_here", place), headers=HTMX)
        assert f'id="asked-{place}"' in answer.content.decode()
        assert mine.hears() == {f"asked-{place}": True}


# ---------- rights and cost


def test_a_plain_request_leads_to_the_idea(mine: Tab, idea: Idea) -> None:
    assert mine.client.get(of(idea, "now")).headers["Location"] == of(idea, "idea")


@pytest.mark.parametrize("since", ["", "gisteren", "2026-11-22", "2026-11-22T12:00:00", "9" * 400])
def test_a_moment_that_is_none_is_refused(since: str, mine: Tab, idea: Idea) -> None:
    assert mine.client.get(of(idea, "now"), {"since": since}, headers=HTMX).status_code == 400


def test_only_who_may_read_the_idea_hears_of_it(
    mine: Tab, colleague: Member, outsider: Member, policy: Member, idea: Idea
) -> None:
    assert asked(outsider, mine.address).status_code == 404
    assert asked(colleague, mine.address).status_code == 204
    Idea.objects.update(confidential=True)
    assert asked(colleague, mine.address).status_code == 404
    assert asked(policy, mine.address).status_code == 200
    assert Client().get(mine.address, headers=HTMX).status_code == 401
    assert not Presence.objects.filter(member=outsider).exists()


def test_asking_takes_few_queries_and_no_lock_however_much_there_is_and_changed(
    few_and_many: list[Idea],
    follower: Member,
    coordinator: Member,
) -> None:
    counts = []
    ContentType.objects.get_for_models(*RECORDED)
    for idea, many in zip(few_and_many, [5, 50], strict=True):
        mine, theirs = Tab(follower, idea), Tab(coordinator, idea)
        counts.append([queries(mine), queries(mine), queries(theirs), queries(mine)])
        theirs.adds(idea, *(f"Nog een doel {number}" for number in range(many)))
        counts[-1].append(queries(mine))
        Presence.objects.update(at=timezone.now() - timedelta(seconds=12))
        theirs.adds(idea, *(f"En nog een {number}" for number in range(many)))
        counts[-1].append(queries(mine))
        fresh = Tab(follower, idea)
        Presence.objects.all().delete()
        theirs.adds(idea, "Een laatste")
        counts[-1].append(queries(fresh))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= AT_MOST
    assert Goal.objects.filter(idea=few_and_many[1]).count() == 151


def queries(tab: Tab) -> int:
    with CaptureQueriesContext(connection) as told:
        answer = tab.asked()
    assert answer.status_code in {200, 204}
    said = [query["sql"] for query in told.captured_queries]
    assert not [sql for sql in said if "FOR UPDATE" in sql]
    return len([sql for sql in said if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))])


def test_the_address_carries_the_newest_change_that_the_page_shows(mine: Tab, theirs: Tab, idea: Idea) -> None:
    theirs.adds(idea, "Een doel", "Nog een")
    mine.asked()
    since = parse_qs(urlsplit(mine.address).query)["since"][0]
    newest = Change.objects.order_by("touched").last()
    assert newest is not None
    assert since == newest.touched.isoformat()
