"""What waits for me, the most urgent first, and what I wait for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from checks.codes import Body, Check, Conclusion, GoNoGo, Reply, Role, Status, Urgency, Verdict
from checks.words import Words
from ideas import due
from ideas.for_me import providers
from ideas.for_me.views import waits_now
from ideas.models import CheckConclusion, Control, Decision, Idea, Involvement, SupportMeeting
from ideas.waiting import Waits
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client, SignIn
from tests.ideas.asking.cast import ask, asked_long_ago, in_days, page, sends

FOR_ME = "/for-me/"
HTMX = {"HX-Request": "true"}


def waiting(member: Member) -> list[Waits]:
    return waits_now(member, timezone.localdate())


def kinds(member: Member) -> list[Words]:
    return [waits.kind for waits in waiting(member)]


def concluded(idea: Idea, count: int = 3) -> None:
    for check in list(Check)[:count]:
        CheckConclusion.objects.create(idea=idea, check_name=check, conclusion=Conclusion.OK)


def moved(idea: Idea, **told: object) -> Idea:
    Idea.objects.filter(pk=idea.pk).update(**told)
    return Idea.objects.get(pk=idea.pk)


def test_what_i_was_asked_waits_for_me_until_i_answered(idea: Idea, follower: Member, colleague: Member) -> None:
    asked = ask(idea, follower, colleague, due=in_days(2))
    [waits] = waiting(colleague)
    assert (waits.idea, waits.due, waits.kind) == (idea, in_days(2), providers.ASKED)
    assert waits.link == reverse("ideas:answer_asked", args=[idea.pk, asked.pk])
    asked.answer(colleague, Reply.OBJECTION)
    assert waiting(colleague) == []


def test_a_withdrawn_question_and_one_of_a_decided_idea_wait_for_nobody(
    idea: Idea, follower: Member, colleague: Member
) -> None:
    asked = ask(idea, follower, colleague)
    ask(idea, follower, colleague, about="samenwerk").asking.withdraw()
    assert len(waiting(colleague)) == 1
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    assert waiting(colleague) == []
    Decision.objects.all().delete()
    moved(idea, status=Status.PAUSED)
    assert waiting(colleague) == []
    assert asked.reply is None


def test_the_most_urgent_comes_first_and_what_has_no_day_last(
    idea: Idea, follower: Member, colleague: Member, signed_in: SignIn
) -> None:
    days = {"expertise": 20, "samenwerk": None, "drijfveer": -2, "infofiche": 3}
    for about, day in days.items():
        ask(idea, follower, colleague, about=about, due=None if day is None else in_days(day))
    groups = signed_in(colleague).get(FOR_ME).context["groups"]
    assert [how for how, _ in groups] == [Urgency.OVERDUE, Urgency.SOON, Urgency.LATER, Urgency.ANY_TIME]
    assert [waits.due for _, those in groups for waits in those] == [in_days(-2), in_days(3), in_days(20), None]


def test_whoever_replaces_somebody_away_finds_what_waits_for_them(
    idea: Idea, follower: Member, policy: Member, colleague: Member
) -> None:
    today = timezone.localdate()
    ask(idea, follower, policy)
    Member.objects.filter(pk=policy.pk).update(away_from=today, away_until=today, replacement=colleague)
    [waits] = waiting(colleague)
    assert (waits.of_whom, waits.member) == (policy.name, policy.pk)
    assert waits_now(colleague, today + timedelta(days=1)) == []


def test_ideas_that_i_follow_wait_when_they_need_an_answer_soon(idea: Idea, follower: Member, policy: Member) -> None:
    for days, there in [(15, []), (14, [due.ANSWER]), (-3, [due.ANSWER])]:
        moved(idea, answer_needed_by=in_days(days))
        assert kinds(follower) == there
        assert kinds(policy) == []
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    assert kinds(follower) == []


def test_received_ideas_wait_for_the_coordinator_and_for_who_received_one(
    organisation: Organisation, follower: Member, colleague: Member, coordinator: Member
) -> None:
    factories.idea(organisation, status=Status.RECEIVED, step=None, entered_by=colleague)
    assert kinds(coordinator) == kinds(colleague) == [providers.TAKE_UP]
    assert kinds(follower) == []


def test_a_support_service_finds_what_it_prepares_until_that_is_noted(idea: Idea, support: Member) -> None:
    moved(idea, step=2)
    assert kinds(support) == []
    Involvement.objects.create(idea=idea, member=support, role=Role.SUPPORT)
    assert kinds(support) == [providers.PREPARE]
    moved(idea, support_not_needed="Het is klein.")
    assert kinds(support) == []
    moved(idea, support_not_needed="")
    SupportMeeting.objects.create(idea=idea)
    assert kinds(support) == []


def test_the_policy_team_confirms_both_lists_once_the_checks_are_concluded(
    idea: Idea, policy: Member, coordinator: Member
) -> None:
    moved(idea, step=2)
    concluded(idea, 2)
    assert kinds(policy) == []
    CheckConclusion.objects.all().delete()
    concluded(idea)
    assert kinds(policy) == [providers.CONFIRM]
    assert kinds(coordinator) == []
    moved(idea, followups_confirmed=timezone.localdate())
    assert kinds(policy) == [providers.CONFIRM]
    moved(idea, conditions_confirmed=timezone.localdate())
    assert kinds(policy) == []


def test_a_decision_waits_for_the_policy_team_once_there_is_a_verdict(idea: Idea, policy: Member) -> None:
    moved(idea, step=4)
    control = Control.objects.create(idea=idea)
    assert kinds(policy) == []
    control.verdict = Verdict.OK
    control.save()
    assert kinds(policy) == [providers.DECIDE]
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    assert kinds(policy) == []


def test_nothing_of_an_idea_that_i_may_not_read_waits_for_me(
    idea: Idea, follower: Member, colleague: Member, policy: Member
) -> None:
    ask(idea, follower, colleague)
    ask(idea, follower, policy)
    moved(idea, confidential=True)
    assert waiting(colleague) == []
    assert len(waiting(policy)) == 1


def test_every_link_leads_to_a_page_that_the_member_may_open(
    idea: Idea, follower: Member, support: Member, policy: Member, coordinator: Member, organisation: Organisation
) -> None:
    factories.idea(organisation, status=Status.RECEIVED, step=None)
    moved(idea, step=2, answer_needed_by=in_days(1))
    ask(idea, follower, support, about="samenwerk", body=Body.SUPPORT)
    concluded(idea)
    found = set()
    for member in (follower, support, policy, coordinator):
        client = Client()
        client.force_login(member)
        for waits in waiting(member):
            found.add(waits.kind)
            path, _, place = waits.link.partition("#")
            assert resolve(path)
            answer = client.get(path)
            assert answer.status_code == 200
            assert not place or f'id="{place}"' in answer.content.decode()
    assert found == {providers.ASKED, providers.TAKE_UP, providers.PREPARE, providers.CONFIRM, due.ANSWER}


def test_what_i_wait_for_is_told_with_who_did_not_answer_and_a_reminder(
    idea: Idea, follower: Member, support: Member, policy: Member, signed_in: SignIn
) -> None:
    asked = asked_long_ago(ask(idea, follower, support, policy))
    asked.answer(support, Reply.NO_OBJECTION)
    client = signed_in(follower)
    [awaited] = client.get(FOR_ME).context["awaited"]
    assert [one.member for one in awaited.part.waiting] == [policy]
    answer = sends(client, FOR_ME, {}, reverse("ideas:remind", args=[idea.pk, asked.asking_id]))
    assert answer.headers["Location"] == FOR_ME
    assert [message.to for message in mail.outbox] == [[policy.email]]
    [awaited] = client.get(FOR_ME).context["awaited"]
    assert not awaited.may_remind


def test_the_follower_waits_for_what_somebody_asked_who_left(
    idea: Idea, follower: Member, colleague: Member, policy: Member, signed_in: SignIn
) -> None:
    ask(idea, colleague, policy)
    assert signed_in(follower).get(FOR_ME).context["awaited"] == []
    Member.objects.filter(pk=colleague.pk).update(ended=timezone.localdate())
    assert len(signed_in(follower).get(FOR_ME).context["awaited"]) == 1


def test_a_question_to_who_left_stays_with_who_asked_and_is_marked_so(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    asked_long_ago(ask(idea, follower, policy))
    Member.objects.filter(pk=policy.pk).update(ended=timezone.localdate())
    client = signed_in(follower)
    [awaited] = client.get(FOR_ME).context["awaited"]
    assert [one.member for one in awaited.part.waiting] == [policy]
    assert awaited.part.names_waiting.startswith(f"{policy.name} (")
    assert not awaited.may_remind


def test_a_question_at_an_exercise_waits_for_nobody(idea: Idea, follower: Member, colleague: Member) -> None:
    ask(idea, follower, colleague)
    assert kinds(colleague) == [providers.ASKED]
    moved(idea, test=True)
    assert kinds(colleague) == []


def test_who_is_away_and_looks_anyway_sees_to_whom_it_goes(
    idea: Idea, follower: Member, colleague: Member, policy: Member, signed_in: SignIn
) -> None:
    today = timezone.localdate()
    ask(idea, follower, colleague)
    ask(idea, follower, policy)
    Member.objects.filter(pk=colleague.pk).update(away_from=today, away_until=today, replacement=policy)
    answer = signed_in(colleague).get(FOR_ME)
    assert answer.context["groups"] == []
    assert [waits.member for waits in answer.context["handed_over"]] == [colleague.pk]
    text = answer.content.decode()
    assert "koffie" not in text
    assert text.partition('id="handed-over"')[2].partition("</h2>")[0].count(policy.name) == 1
    assert 'id="handed-over"' not in page(signed_in(policy), FOR_ME)


def test_who_has_nothing_to_do_reads_a_kind_word(colleague: Member, signed_in: SignIn) -> None:
    client = signed_in(colleague)
    assert client.get(FOR_ME).context["groups"] == []
    assert "koffie" in page(client, FOR_ME)
    assert client.get(f"{FOR_ME}count/", headers=HTMX).content.decode().strip() == ""
    assert client.get(f"{FOR_ME}count/").headers["Location"] == FOR_ME


def test_the_menu_counts_what_waits(idea: Idea, follower: Member, colleague: Member, signed_in: SignIn) -> None:
    ask(idea, follower, colleague)
    assert ">1<" in signed_in(colleague).get(f"{FOR_ME}count/", headers=HTMX).content.decode()


def test_of_another_organisation_only_the_count_is_told(
    idea: Idea, follower: Member, colleague: Member, outsider: Member, signed_in: SignIn
) -> None:
    there = Member.objects.create(account=colleague.account, organisation=outsider.organisation, name="Ook ik")
    theirs = factories.idea(outsider.organisation, title="Geheim van de buren", idea_owner=outsider)
    ask(theirs, outsider, there)
    answer = signed_in(colleague).get(FOR_ME)
    assert answer.context["groups"] == []
    [elsewhere] = answer.context["elsewhere"]
    assert (elsewhere.organisation, elsewhere.count) == (outsider.organisation, 1)
    assert "Geheim" not in answer.content.decode()


@pytest.mark.parametrize("where", [FOR_ME, f"{FOR_ME}count/"])
def test_it_takes_the_same_few_queries_however_much_waits(
    where: str, organisation: Organisation, follower: Member, colleague: Member
) -> None:
    everything = factories.member("alles", organisation, policy_team=True, coordinator=True, support_service="HR")
    client, counts = Client(), []
    client.force_login(everything)

    def more(count: int) -> None:
        for _ in range(count):
            idea = factories.idea(organisation, step=2, idea_owner=everything, answer_needed_by=in_days(1))
            Involvement.objects.create(idea=idea, member=everything, role=Role.SUPPORT)
            concluded(idea)
            ask(idea, follower, everything, colleague)
            ask(idea, everything, follower, colleague)
            factories.idea(organisation, status=Status.RECEIVED, step=None)
            other = factories.idea(organisation, step=4)
            Control.objects.create(idea=other, verdict=Verdict.OK)

    for number in (1, 5):
        more(number)
        with CaptureQueriesContext(connection) as told:
            assert client.get(where, headers=HTMX if "count" in where else {}).status_code == 200
        counts.append(len(told))
    assert counts[0] == counts[1]
    assert counts[1] <= 18
    assert len(waiting(everything)) == 6 * 6
