"""What happened at an idea: a sentence for what one role did to one thing, by step and period."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from checks.codes import Body, Company, Reply, Role, Status, Verb
from ideas.models import (
    AcceptedSignal,
    AgendaItem,
    Answer,
    Asking,
    Change,
    CheckConclusion,
    Control,
    DecisionDraft,
    Evidence,
    FinancialFrame,
    FollowUp,
    Goal,
    Idea,
    Meeting,
    Partner,
    Piece,
    Transition,
)
from ideas.models.past import RECORDED, is_done_by, one_act
from ideas.past.timeline import MOST_NAMED, ROWS, STEP_OF, WENT, WHO, Month, months_of, periods_of
from ideas.steps.lists import LISTS
from people.models import Member
from tests import factories
from tests.factories import Client

CREATE, UPDATE, DELETE = Change.Action.CREATE, Change.Action.UPDATE, Change.Action.DELETE
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The sentences are told in the language of the code; a catalogue says them in Dutch."""
    with translation.override("en"):
        yield


def changed(idea: Idea, thing: Any, role: Role | None = Role.IDEA_OWNER, action: int = UPDATE, **told: Any) -> Change:
    """Something that was changed, a while after what was changed before."""
    days = told.pop("days_ago", 0)
    alone = told.pop("alone", False)
    cid = told.pop("cid", f"{Change.objects.count()}")
    made: Change = Change.objects.create(
        idea=idea,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk or told.pop("pk", 1),
        action=action,
        changes=told,
        role=role,
        cid=cid,
        alone=alone,
        timestamp=timezone.now() - timedelta(days=days),
    )
    return made


def lines(idea: Idea) -> list[tuple[int, str]]:
    [month, *_] = months_of(idea)
    return [(step.step, line) for period in periods_of(idea, month) for step in period.steps for line in step.lines]


def test_every_role_and_every_list_has_its_words() -> None:
    assert {*Role, None} == set(WHO)
    assert {edited.model for edited in LISTS.values()} | {Meeting, AcceptedSignal} == set(ROWS)
    once_each = {kind for kind in RECORDED if kind not in ROWS}
    assert once_each - STEP_OF.keys() == {Answer, CheckConclusion, Idea}


def test_what_one_role_did_to_the_rows_of_a_list_is_one_line(idea: Idea) -> None:
    goals = [Goal.objects.create(idea=idea, text=text) for text in "abc"]
    for goal in goals:
        changed(idea, goal, action=CREATE, text=[None, goal.text])
        changed(idea, goal, text=[goal.text, "anders"])
    changed(idea, goals[0], Role.COORDINATOR, text=["a", "b"])
    changed(idea, goals[1], Role.COORDINATOR, action=DELETE, text=["b", None])
    assert lines(idea) == [
        (1, "The portfolio coordinator took away the goal “b”"),
        (1, "The idea follower added 3 goals (“a”, “b” and “c”)"),
    ]


def test_what_happened_last_on_a_day_comes_first(idea: Idea) -> None:
    goals = [Goal.objects.create(idea=idea, text=text) for text in "ab"]
    partner = Partner.objects.create(idea=idea, name="Woonwerf")
    changed(idea, goals[0], action=CREATE, text=[None, "a"])
    changed(idea, partner, action=CREATE, name=[None, "Woonwerf"])
    changed(idea, partner, Role.COLLABORATOR, contribution=["", "Geld"])
    changed(idea, goals[1], action=CREATE, text=[None, "b"])
    assert [line for _step, line in lines(idea)] == [
        "The idea follower added 2 goals (“a” and “b”)",
        "The idea follower added the partner “Woonwerf”",
    ]
    changed(idea, partner, Role.COLLABORATOR, action=DELETE, name=["Woonwerf", None])
    partner.delete()
    assert lines(idea)[0] == (1, "A collaborator took away the partner “Woonwerf”")


def test_many_rows_are_counted_and_a_long_text_is_told_by_its_head(idea: Idea) -> None:
    for number in range(MOST_NAMED + 1):
        piece = Piece.objects.create(idea=idea, name=f"Stuk {number}")
        changed(idea, piece, action=CREATE, name=[None, piece.name])
    goal = Goal.objects.create(idea=idea, text="Wonen " * 50)
    changed(idea, goal, text=["a", goal.text])
    [(_step, long), (_same, many)] = lines(idea)
    assert long.startswith("The idea follower changed the goal “Wonen Wonen")
    assert len(long) < 120
    assert many == f"The idea follower added {MOST_NAMED + 1} puzzle pieces"


def test_who_was_asked_and_answered_is_told_without_what_they_said(idea: Idea, policy: Member) -> None:
    with one_act():
        is_done_by(policy, Role.POLICY_TEAM)
        asking = Asking.ask(idea, policy, Role.COORDINATOR, [_somebody(idea)], about="expertise", body=Body.OWN_TEAM)
    with one_act():
        is_done_by(policy, Role.OWN_TEAM)
        asking.asked.get().answer(policy, Reply.OBJECTION, "Te duur.")
    assert lines(idea) == [
        (2, "The own team answered what was asked about expertisecheck"),
        (2, "The policy team asked others about expertisecheck"),
    ]


def _somebody(idea: Idea) -> Member:
    return factories.member("gevraagd", idea.organisation)


def test_every_event_of_the_way_is_a_sentence(idea: Idea) -> None:
    assert WENT.keys() == set(Verb)


def concluded(idea: Idea) -> CheckConclusion:
    return CheckConclusion(idea=idea, check_name="expertise")


def rated(idea: Idea) -> Answer:
    return Answer(idea=idea, question="s2.drive.mission")


def written(idea: Idea) -> Answer:
    return Answer(idea=idea, question="s1.why.challenge")


def itself(idea: Idea) -> Idea:
    return idea


def point(idea: Idea) -> FollowUp:
    return FollowUp(idea=idea, text="x")


def said_at_a_meeting(idea: Idea) -> AgendaItem:
    meeting = Meeting.objects.create(idea=idea, date=TODAY, with_whom=Company.OWN_TEAM)
    return AgendaItem(idea=idea, meeting=meeting, text="x")


SAID: list[tuple[Any, dict[str, Any], int, str]] = [
    (concluded, {"conclusion": [None, "ok"]}, 2, "Support set the expertisecheck to "),
    (rated, {"value": ["", "partly"]}, 2, "to partly"),
    (rated, {"note": ["", "Goed."]}, 2, "Support added a note to “"),
    (written, {"value": ["", "Wonen."]}, 1, "Support noted “"),
    (written, {"value": ["a", "b"]}, 1, "Support changed “"),
    (written, {"value": ["a", ""]}, 1, "Support emptied “"),
    (lambda idea: Control(idea=idea), {"verdict": [None, "ok"]}, 4, "Support set the control to "),
    (lambda idea: DecisionDraft(idea=idea), {"motivation": ["a", "b"]}, 4, "Support changed the motivation"),
    (lambda idea: FinancialFrame(idea=idea), {"term": [None, 12]}, 1, "Support changed the amounts"),
    (itself, {"title": ["a", "b"]}, 0, "Support changed the facts about the idea"),
    (itself, {"support_not_needed": ["", "b"]}, 2, "Support changed why support is not needed"),
    (itself, {"followups_confirmed": [None, "2026-11-14"]}, 2, "Support confirmed the follow-up points"),
    (itself, {"followups_confirmed": ["2026-11-14", None]}, 2, "Support opened the follow-up points again"),
    (said_at_a_meeting, {"note": ["", "Herkenbaar."]}, 0, "Support noted what was said at a meeting"),
    (point, {"status": ["open", "solved"]}, 4, "Support changed the follow-up point “x”"),
    (point, {"triage": [None, "drop"]}, 3, "Support changed the follow-up point “x”"),
    (point, {"text": ["a", "b"], "remark": ["", "c"]}, 2, "Support changed the follow-up point “x”"),
    (
        lambda idea: Evidence(idea=idea, text="x"),
        {"order": [[1, 2], [2, 1]]},
        1,
        "Support put the figures and insights in another order",
    ),
]


@pytest.mark.parametrize(("make", "told", "step", "line"), SAID)
def test_each_kind_of_change_is_a_sentence_under_its_step(
    make: Any, told: dict[str, Any], step: int, line: str, idea: Idea
) -> None:
    thing = make(idea)
    thing.save()
    changed(idea, thing, Role.SUPPORT, **told)
    [(under, said)] = lines(idea)
    assert under == step
    assert line in said


@pytest.mark.parametrize("told", [{"status": ["in_step", "paused"]}, {"idea_owner": [1, 2]}, {"title": ["a", "a"]}])
def test_what_the_way_tells_or_came_to_nothing_is_not_told_twice(told: dict[str, Any], idea: Idea) -> None:
    changed(idea, idea, **told)
    assert lines(idea) == []


def test_an_answer_that_ends_where_it_began_is_not_told(idea: Idea) -> None:
    answer = Answer.objects.create(idea=idea, question="s1.why.challenge")
    changed(idea, answer, value=["a", "b"])
    changed(idea, answer, value=["b", "a"])
    assert lines(idea) == []


def test_what_comes_back_is_told_so_and_what_went_along_is_not_told_apart(idea: Idea) -> None:
    partner, piece = Partner.objects.create(idea=idea, name="Woonwerf"), Piece.objects.create(idea=idea, name="Auto")
    changed(idea, piece, cid="x", by=[["1"], []])
    changed(idea, partner, action=DELETE, cid="x", name=["Woonwerf", None])
    changed(idea, partner, action=CREATE, alone=True, name=[None, "Woonwerf"])
    assert lines(idea) == [
        (1, "The idea follower brought back the partner “Woonwerf”"),
        (1, "The idea follower took away the partner “Woonwerf”"),
    ]


def test_the_way_is_told_by_role_with_its_own_words(idea: Idea, follower: Member) -> None:
    Transition.objects.create(
        idea=idea,
        date=TODAY,
        verb=Verb.MOVE_ON,
        from_status=Status.IN_STEP,
        from_step=1,
        to_status=Status.IN_STEP,
        to_step=2,
        role=Role.IDEA_OWNER,
        member=follower,
    )
    assert lines(idea) == [(0, "The idea follower moved on to step 2")]


def test_recent_days_stand_apart_and_longer_ago_is_told_by_month(idea: Idea) -> None:
    goal = Goal.objects.create(idea=idea, text="a")
    for days in (0, 1, 100, 101):
        changed(idea, goal, days_ago=days, text=["a", f"{days}"])
    months = months_of(idea)
    assert months == sorted(months, key=lambda month: month.first, reverse=True)
    told = [period for month in months for period in periods_of(idea, month)]
    recent = [period for period in told if re.match(r"\d", period.name)]
    assert len(recent) == 2
    assert len(told) - len(recent) == len({(TODAY - timedelta(days=days)).replace(day=1) for days in (100, 101)})


@pytest.fixture
def reader(client: Client, colleague: Member) -> Client:
    client.force_login(colleague)
    return client


def test_the_page_names_nobody_and_tells_no_time(idea: Idea, reader: Client, follower: Member) -> None:
    goal = Goal.objects.create(idea=idea, text="a")
    change = changed(idea, goal, text=["a", "b"])
    Change.objects.update(actor=follower)
    html = reader.get(reverse("ideas:timeline", args=[idea.pk])).content.decode().partition("<main")[2]
    assert "De idee-opvolger" in html
    assert follower.name not in html.replace("De idee-opvolger", "")
    assert f"{timezone.localtime(change.timestamp):%H:%M}" not in html


def test_an_older_month_is_a_page_of_its_own(idea: Idea, reader: Client) -> None:
    goal = Goal.objects.create(idea=idea, text="a")
    changed(idea, goal, text=["a", "b"])
    changed(idea, goal, days_ago=100, action=CREATE, text=[None, "a"])
    where = reverse("ideas:timeline", args=[idea.pk])
    older = Month((TODAY - timedelta(days=100)).replace(day=1)).slug
    assert f"?month={older}" in reader.get(where).content.decode()
    assert reader.get(where, {"month": older}).context["periods"][0].steps[0].step == 1
    for nonsense in ("1999-01", "x", "2026-99"):
        assert reader.get(where, {"month": nonsense}).status_code == 404


def test_an_idea_at_which_nothing_happened_says_so(idea: Idea, reader: Client) -> None:
    answer = reader.get(reverse("ideas:timeline", args=[idea.pk]))
    assert answer.status_code == 200
    assert answer.context["periods"] == []


def test_the_timeline_takes_the_same_few_queries_however_long_the_past_is(idea: Idea, reader: Client) -> None:
    goals = [Goal.objects.create(idea=idea, text=f"{number}") for number in range(10)]
    counts = []
    for upto in (5, 500):
        for number in range(Change.objects.count(), upto):
            changed(idea, goals[number % 10], days_ago=number % 90, text=["a", f"{number}"])
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(reverse("ideas:timeline", args=[idea.pk])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 16


def test_confidential_ideas_and_those_of_others_tell_nothing(idea: Idea, reader: Client, outsider: Member) -> None:
    idea.confidential = True
    idea.save()
    assert reader.get(reverse("ideas:timeline", args=[idea.pk])).status_code == 404
    reader.force_login(outsider)
    assert reader.get(reverse("ideas:timeline", args=[idea.pk])).status_code == 404


def test_a_month_is_named_in_the_language_of_the_page() -> None:
    assert Month(date(2026, 11, 1)).name == "November 2026"
