"""A follower asks a body for its part; what comes back stands beside what it is about."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.asking import coming_friday
from checks.codes import Body, GoNoGo, Reply, Role, Status
from ideas.access import Act, ideas_for, readers_of, standing_of
from ideas.models import AskedMember, Asking, Change, Decision, FollowUp, Idea, Involvement, NotNowError
from people.models import Member
from tests import factories
from tests.factories import Client, SignIn
from tests.ideas.asking.cast import ask, asked_long_ago, asks, in_days, mails_to, page, sends


def test_asking_a_service_mails_its_people_and_names_them_on_the_idea(
    idea: Idea, follower: Member, support: Member, signed_in: SignIn
) -> None:
    answer = asks(signed_in(follower), idea, bodies="support:financiën", when="friday", sentence="Kan dit?")
    assert answer.headers["Location"].endswith("/check/#asked-expertise")
    asking = Asking.objects.get()
    assert (asking.asked_by, asking.role, asking.service) == (follower, Role.IDEA_OWNER, "financiën")
    assert (asking.due, asking.sentence) == (coming_friday(timezone.localdate()), "Kan dit?")
    assert list(Involvement.objects.values_list("member", "role")) == [(support.pk, Role.SUPPORT)]
    [message] = mails_to(support)
    assert "expertisecheck" in message.subject
    assert idea.title in message.body
    assert "Kan dit?" not in message.body
    assert len(mail.outbox) == 1


def test_everybody_of_the_own_team_and_of_the_policy_team_is_asked_but_not_who_asks(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    mate = factories.member("teamlid", idea.organisation, team=idea.team)
    asks(signed_in(follower), idea, bodies=["own_team", "policy_team"], when="week")
    told = {(one.asking.body, one.member) for one in AskedMember.objects.select_related("asking", "member")}
    assert told == {(Body.OWN_TEAM, mate), (Body.POLICY_TEAM, policy)}
    assert {asking.due for asking in Asking.objects.all()} == {in_days(7)}


def test_of_a_confidential_idea_no_mail_tells_the_title_and_nobody_is_asked_who_may_not_read_it(
    idea: Idea, follower: Member, colleague: Member, support: Member, signed_in: SignIn
) -> None:
    Idea.objects.update(confidential=True, title="Fusie met de buren")
    mate = factories.member("teamlid", idea.organisation, team=idea.team)
    client = signed_in(follower)
    html = page(client, reverse("ideas:ask", args=[idea.pk]))
    assert f'value="{colleague.pk}"' not in html
    assert "own_team" not in html
    assert f'value="{mate.pk}"' not in html
    asks(client, idea, bodies="support:financiën")
    [message] = mail.outbox
    assert "Fusie" not in f"{message.subject} {message.body}"
    assert message.to == [support.email]
    assert ideas_for(support).filter(pk=idea.pk).exists()


@pytest.mark.parametrize("confidential", [False, True])
def test_readers_of_an_idea_are_those_who_find_it_among_their_ideas(
    confidential: bool,
    idea: Idea,
    follower: Member,
    colleague: Member,
    support: Member,
    policy: Member,
    coordinator: Member,
    outsider: Member,
) -> None:
    helper = factories.member("helper", idea.organisation)
    stand_in = factories.member("vervanger", idea.organisation)
    was_stand_in = factories.member("gewezen", idea.organisation)
    gone = factories.member("weg", idea.organisation, coordinator=True, ended=timezone.localdate())
    Involvement.objects.create(idea=idea, member=helper, role=Role.COLLABORATOR)
    for who, until in [(stand_in, in_days(0)), (was_stand_in, in_days(-1))]:
        idea.confidential, idea.stand_in, idea.stand_in_until = confidential, who, until
        idea.save()
        members = Member.objects.exclude(pk=gone.pk)
        expected = {member for member in members if ideas_for(member).filter(pk=idea.pk).exists()}
        assert set(readers_of(idea)) == expected


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"bodies": []}, "bodies"),
        ({"bodies": ["policy_team"], "when": "friday", "due": "2999-01-01"}, "due"),
        ({"bodies": ["policy_team"], "when": "day"}, "due"),
        ({"bodies": ["policy_team"], "due": "2020-01-01"}, "due"),
        ({"bodies": ["nobody"]}, "bodies"),
        ({"bodies": ["policy_team"], "about": "s9.unknown"}, "about"),
    ],
)
def test_a_question_that_is_not_right_is_refused_and_says_why(
    told: dict[str, Any], field: str, idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    answer = asks(signed_in(follower), idea, **told)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Asking.objects.exists()
    assert mail.outbox == []


def test_a_day_can_be_filled_in_without_choosing_it_first(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    asks(signed_in(follower), idea, bodies="policy_team", due=f"{in_days(3)}")
    assert Asking.objects.get().due == in_days(3)


def test_what_still_waits_for_an_answer_is_not_asked_again(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    client = signed_in(follower)
    asks(client, idea, bodies="policy_team")
    assert asks(client, idea, bodies="policy_team").status_code == 422
    AskedMember.objects.get().answer(policy, Reply.NO_OBJECTION)
    assert asks(client, idea, bodies="policy_team").status_code == 302
    assert len(mails_to(policy)) == 2


def test_the_same_form_sent_twice_asks_once(idea: Idea, follower: Member, policy: Member, signed_in: SignIn) -> None:
    client, told = signed_in(follower), {"about": "expertise", "bodies": "policy_team"}
    told |= {"token": "7c0f2c3e-7a3a-4a6e-8a52-0d6c0e7b8f11"}
    for _ in range(2):
        assert client.post(reverse("ideas:ask", args=[idea.pk]), told).status_code == 302
    assert len(mail.outbox) == Asking.objects.count() == 1


def test_nobody_asks_about_an_idea_that_was_decided_on(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    with pytest.raises(NotNowError):
        ask(idea, follower, policy)
    where = reverse("ideas:ask", args=[idea.pk])
    client = signed_in(follower)
    assert client.get(where).status_code == 409
    answer = client.post(where, {"about": "expertise", "bodies": "policy_team", "sentence": "Past dit?"})
    assert answer.status_code == 409
    assert "Past dit?" in answer.content.decode()


def test_an_answer_can_be_changed_until_the_decision_and_the_past_tells_who_said_what(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    asked = ask(idea, follower, policy)
    where = reverse("ideas:answer_asked", args=[idea.pk, asked.pk])
    client = signed_in(policy)
    sends(client, where, {"reply": "objection", "note": "Te duur voor ons, zoals het daar nu staat."})
    sends(client, where, {"reply": "no_objection", "note": ""})
    said = client.get(reverse("ideas:asking", args=[idea.pk, asked.asking_id])).context["said"]
    assert [(one.who, one.reply, one.note) for one in said] == [
        ("beleid", Reply.NO_OBJECTION, ""),
        ("beleid", Reply.OBJECTION, "Te duur voor ons, zoals het daar nu staat."),
    ]
    assert {change.role for change in Change.objects.all()} == {None}
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    assert client.post(where, {"reply": "objection"}).status_code == 410
    asked.refresh_from_db()
    assert asked.reply == Reply.NO_OBJECTION


def test_the_same_answer_once_more_is_nothing_new(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    asked = ask(idea, follower, policy)
    where = reverse("ideas:answer_asked", args=[idea.pk, asked.pk])
    for _ in range(2):
        assert signed_in(policy).post(where, {"reply": "objection"}).status_code == 302
    assert Change.objects.count() == 1


def test_only_who_was_asked_answers(
    idea: Idea, follower: Member, policy: Member, colleague: Member, signed_in: SignIn
) -> None:
    asked = ask(idea, follower, policy)
    where = reverse("ideas:answer_asked", args=[idea.pk, asked.pk])
    for other in (colleague, follower):
        assert signed_in(other).get(where).status_code == 404
        assert signed_in(other).post(where, {"reply": "objection"}).status_code == 404


@pytest.mark.parametrize(
    ("who", "sees"),
    [("follower", True), ("support", True), ("policy", True), ("coordinator", True), ("colleague", False)],
)
def test_who_may_check_the_idea_sees_the_answers_and_nobody_else(
    who: str, sees: bool, idea: Idea, follower: Member, policy: Member, request: pytest.FixtureRequest, client: Client
) -> None:
    other = factories.member("gevraagd", idea.organisation, team=idea.team)
    ask(idea, follower, other).answer(other, Reply.OBJECTION, "Zo lukt het niet.")
    client.force_login(request.getfixturevalue(who))
    for name, more in [("check", []), ("asked_here", ["expertise"])]:
        html = client.get(
            reverse(f"ideas:{name}", args=[idea.pk, *more]), headers={"HX-Request": "true"} if more else {}
        )
        assert ("Zo lukt het niet." in html.content.decode()) is sees
    asking = Asking.objects.get()
    assert client.get(reverse("ideas:asking", args=[idea.pk, asking.pk])).status_code == (200 if sees else 403)


def test_own_team_members_see_no_answers_but_what_is_asked_of_them(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    mate = factories.member("teamlid", idea.organisation, team=idea.team)
    ask(idea, follower, policy).answer(policy, Reply.OBJECTION, "Zo lukt het niet.")
    asked = ask(idea, follower, mate, about="samenwerk", body=Body.OWN_TEAM)
    html = page(signed_in(mate), reverse("ideas:check", args=[idea.pk]))
    assert "Zo lukt het niet." not in html
    assert reverse("ideas:answer_asked", args=[idea.pk, asked.pk]) in html


def test_an_objection_becomes_an_opvolgpunt_with_one_press_and_once(
    idea: Idea, follower: Member, support: Member, signed_in: SignIn
) -> None:
    asked = ask(idea, follower, support, about="s2.exp.available", body=Body.SUPPORT, service="HR")
    asked.answer(support, Reply.OBJECTION, "Er is niemand vrij.")
    client = signed_in(follower)
    where = reverse("ideas:asked_point", args=[idea.pk, asked.pk])
    for _ in range(2):
        answer = sends(client, reverse("ideas:check", args=[idea.pk]), {}, where) if not _ else client.post(where)
        point = FollowUp.objects.get()
        assert answer.headers["Location"].endswith(f"/check/#followups-{point.pk}")
    assert "Er is niemand vrij." in point.text
    assert "HR" in point.text
    assert support.name not in point.text
    assert (point.question, point.step) == ("s2.exp.available", 2)
    assert where not in page(client, reverse("ideas:check", args=[idea.pk]))


def test_no_objection_becomes_no_opvolgpunt(idea: Idea, follower: Member, policy: Member, signed_in: SignIn) -> None:
    asked = ask(idea, follower, policy)
    asked.answer(policy, Reply.NO_OBJECTION)
    assert signed_in(follower).post(reverse("ideas:asked_point", args=[idea.pk, asked.pk])).status_code == 404


def test_a_reminder_goes_once_a_day_to_who_did_not_answer(
    idea: Idea, follower: Member, policy: Member, support: Member, signed_in: SignIn
) -> None:
    asked = ask(idea, follower, policy, support)
    where = reverse("ideas:remind", args=[idea.pk, asked.asking_id])
    client = signed_in(follower)
    client.post(where)
    assert mail.outbox == []  # they were asked today
    asked_long_ago(asked)
    asked.answer(policy, Reply.NO_OBJECTION)
    for _ in range(2):
        assert client.post(where).status_code == 302
    assert [message.to for message in mail.outbox] == [[support.email]]
    AskedMember.objects.update(reminded=in_days(-1))
    assert client.post(where, {"from": "for_me"}).headers["Location"] == reverse("ideas:for_me")
    assert len(mail.outbox) == 1  # the key of today's mail is taken: nothing is mailed twice on one day


def test_a_withdrawn_question_waits_no_more_and_leaves_only_what_was_answered(
    idea: Idea, follower: Member, policy: Member, support: Member, signed_in: SignIn
) -> None:
    answered, silent = ask(idea, follower, policy), ask(idea, follower, support, about="samenwerk")
    answered.answer(policy, Reply.OBJECTION, "Te duur.")
    client = signed_in(follower)
    for asked in (answered, silent):
        client.post(reverse("ideas:withdraw", args=[idea.pk, asked.asking_id]))
    html = page(client, reverse("ideas:check", args=[idea.pk]))
    assert "Te duur." in html
    assert f"asking-{silent.asking_id}" not in html
    where = reverse("ideas:answer_asked", args=[idea.pk, silent.pk])
    assert signed_in(support).post(where, {"reply": "objection"}).status_code == 410


def test_who_only_reads_or_checks_does_not_ask_withdraw_or_remind(
    idea: Idea, follower: Member, support: Member, policy: Member, signed_in: SignIn
) -> None:
    asked = ask(idea, follower, policy)
    for name, more in [("ask", []), ("withdraw", [asked.asking_id]), ("remind", [asked.asking_id])]:
        assert signed_in(support).post(reverse(f"ideas:{name}", args=[idea.pk, *more])).status_code == 403


def test_the_pages_of_the_steps_read_all_questions_at_once(idea: Idea, follower: Member, signed_in: SignIn) -> None:
    client, counts = signed_in(follower), []
    members = [factories.member(f"lid-{n}", idea.organisation) for n in range(6)]
    for number in (1, 5):
        for _ in range(number):
            ask(idea, follower, *members).answer(members[0], Reply.OBJECTION, "Nee.")
        for name in ("explore", "check", "concretise", "decide"):
            with CaptureQueriesContext(connection) as told:
                client.get(reverse(f"ideas:{name}", args=[idea.pk]))
            counts.append(len(told))
    assert counts[:4] == counts[4:]


def test_a_paused_idea_takes_answers_and_a_stopped_one_does_not(idea: Idea, follower: Member, policy: Member) -> None:
    asked = ask(idea, follower, policy)
    for status, takes in [(Status.PAUSED, True), (Status.STOPPED, False)]:
        Idea.objects.update(status=status)
        fresh = AskedMember.objects.get(pk=asked.pk)
        if takes:
            fresh.answer(policy, Reply.OBJECTION)
        else:
            with pytest.raises(NotNowError):
                fresh.answer(policy, Reply.NO_OBJECTION)


def test_the_data_of_who_was_erased_leave_the_answer_without_a_name(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    ask(idea, follower, policy).answer(policy, Reply.OBJECTION, "Te duur.")
    policy.delete()
    html = page(signed_in(follower), reverse("ideas:check", args=[idea.pk]))
    assert "Te duur." in html


def test_an_answer_that_somebody_else_gave_in_between_is_shown_and_not_overwritten(
    idea: Idea, follower: Member, policy: Member, support: Member, signed_in: SignIn
) -> None:
    Member.objects.filter(pk=policy.pk).update(
        away_from=timezone.localdate(), away_until=in_days(3), replacement=support
    )
    asked = ask(idea, follower, policy)
    where = reverse("ideas:answer_asked", args=[idea.pk, asked.pk])
    seen = {"seen": asked.seen, "reply": "no_objection", "note": "Van mij mag het."}
    sends(signed_in(support), where, {"reply": "objection", "note": "Te duur."})
    answer = signed_in(policy).post(where, seen)
    assert answer.status_code == 409
    assert "Van mij mag het." in answer.content.decode()
    asked.refresh_from_db()
    assert (asked.reply, asked.answered_by) == (Reply.OBJECTION, support)
    assert signed_in(policy).post(where, {**seen, "seen": asked.seen}).status_code == 302
    asked.refresh_from_db()
    assert (asked.reply, asked.answered_by) == (Reply.NO_OBJECTION, policy)


def test_while_somebody_is_away_their_replacement_is_asked_too(
    idea: Idea, follower: Member, policy: Member, support: Member, signed_in: SignIn
) -> None:
    today = timezone.localdate()
    Member.objects.filter(pk=policy.pk).update(
        away_from=today, away_until=today + timedelta(days=3), replacement=support
    )
    asks(signed_in(follower), idea, bodies="policy_team")
    assert len(mails_to(policy)) == len(mails_to(support)) == 1
    assert "beleid" in mails_to(support)[0].body


def test_of_a_confidential_idea_who_replaces_a_service_is_named_and_of_the_policy_team_nobody_outside_is_mailed(
    idea: Idea, follower: Member, policy: Member, support: Member, colleague: Member, signed_in: SignIn
) -> None:
    Idea.objects.update(confidential=True)
    other, today = factories.member("ander", idea.organisation), timezone.localdate()
    for member, instead in [(support, colleague), (policy, other)]:
        away = {"away_from": today, "away_until": in_days(3), "replacement": instead}
        Member.objects.filter(pk=member.pk).update(**away)
    asks(signed_in(follower), idea, bodies=["support:financiën", "policy_team"])
    assert {message.to[0] for message in mail.outbox} == {support.email, colleague.email, policy.email}
    assert ideas_for(colleague).filter(pk=idea.pk).exists()
    assert not ideas_for(other).filter(pk=idea.pk).exists()


def test_who_replaced_a_service_reads_a_confidential_idea_for_as_long_only(
    idea: Idea, follower: Member, support: Member, colleague: Member
) -> None:
    Idea.objects.update(confidential=True)
    days = {"away_from": timezone.localdate(), "away_until": in_days(3), "replacement": colleague}
    Member.objects.filter(pk=support.pk).update(**days)
    support.refresh_from_db()
    ask(idea, follower, support, body=Body.SUPPORT, service="financiën")
    while_away = _reads(colleague), standing_of(colleague, Idea.objects.get()).may(Act.CHECK)
    Member.objects.filter(pk=support.pk).update(away_from=None, away_until=None)
    assert while_away == ((True, True), True)
    assert _reads(colleague) == (False, False)
    assert standing_of(colleague, Idea.objects.get()).roles == frozenset()


def _reads(member: Member) -> tuple[bool, bool]:
    """Whether they read the idea, asked from both sides."""
    idea = Idea.objects.get()
    return ideas_for(member).filter(pk=idea.pk).exists(), readers_of(idea).filter(pk=member.pk).exists()
