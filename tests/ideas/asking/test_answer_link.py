"""A rushed colleague answers from the link in the mail, without signing in."""

from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from checks.codes import GoNoGo, Reply, Role
from ideas.models import AskedMember, Asking, Change, Decision, Idea
from ideas.models.asking import SALT
from people.models import Account, Member
from tests.factories import Client, SignIn
from tests.ideas.asking.cast import ask, asks, in_days, link_in, mails_to, page, sends


@pytest.fixture
def asked(idea: Idea, follower: Member, support: Member) -> AskedMember:
    asks(_as(follower), idea, bodies="support:financiën", due=f"{in_days(3)}", sentence="Kan dit binnen de uren?")
    return AskedMember.objects.get()


@pytest.fixture
def link(asked: AskedMember, support: Member) -> str:
    [message] = mails_to(support)
    return link_in(message)


def _as(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_who_is_signed_out_answers_with_one_press_on_the_page_of_the_link(
    link: str, asked: AskedMember, idea: Idea, client: Client, support: Member
) -> None:
    html = page(client, link)
    for told in (idea.title, "Kan dit binnen de uren?", "expertisecheck", support.name):
        assert told in html
    answer = sends(client, link, {"reply": "rather_talk", "note": "Bel mij even."})
    assert answer.headers["Location"] == link
    asked.refresh_from_db()
    assert (asked.reply, asked.note, asked.answered_by) == (Reply.RATHER_TALK, "Bel mij even.", support)
    change = Change.objects.get(object_id=asked.pk, changes__has_key="reply", action=1)
    assert (change.actor, change.role) == (support, Role.SUPPORT)
    assert "Bel mij even." in page(client, link)


def test_opening_the_link_answers_nothing_however_often(link: str, asked: AskedMember, client: Client) -> None:
    for _ in range(3):
        assert client.get(link).status_code == client.head(link).status_code == 200
    asked.refresh_from_db()
    assert asked.reply is None


def test_the_page_of_the_link_is_kept_nowhere_and_signs_nobody_in(link: str, idea: Idea, client: Client) -> None:
    assert "no-store" in client.get(link).headers["Cache-Control"]
    assert client.get(reverse("ideas:check", args=[idea.pk])).status_code == 302


def test_a_mind_can_be_changed_with_the_same_link(link: str, asked: AskedMember, client: Client) -> None:
    for reply in ("objection", "no_objection"):
        sends(client, link, {"reply": reply})
    asked.refresh_from_db()
    assert asked.reply == Reply.NO_OBJECTION


def test_an_answer_without_a_choice_is_refused_and_keeps_what_was_typed(
    link: str, asked: AskedMember, client: Client
) -> None:
    for reply in ("", "misschien"):
        answer = sends(client, link, {"reply": reply, "note": "Ik weet het nog niet."})
        assert answer.status_code == 422
        assert "Ik weet het nog niet." in answer.content.decode()
    asked.refresh_from_db()
    assert asked.reply is None


def test_a_link_of_a_withdrawn_question_or_a_decided_idea_says_so(
    link: str, asked: AskedMember, idea: Idea, client: Client
) -> None:
    sends(client, link, {"reply": "objection"})
    Decision.objects.create(idea=idea, value=GoNoGo.NO_GO)
    assert client.get(link).status_code == client.post(link, {"reply": "no_objection"}).status_code == 410
    Decision.objects.all().delete()
    asked.asking.withdraw()
    assert client.get(link).status_code == client.post(link, {"reply": "no_objection"}).status_code == 410
    asked.refresh_from_db()
    assert asked.reply == Reply.OBJECTION


def test_a_link_ends_thirty_days_after_its_day_and_with_the_membership(
    link: str, asked: AskedMember, support: Member, client: Client
) -> None:
    Asking.objects.update(due=in_days(-30))
    assert client.get(link).status_code == 200
    Asking.objects.update(due=in_days(-31))
    assert client.get(link).status_code == 410
    Asking.objects.update(due=None)
    Member.objects.filter(pk=support.pk).update(ended=timezone.localdate())
    assert client.get(link).status_code == client.post(link, {"reply": "objection"}).status_code == 410
    Member.objects.filter(pk=support.pk).update(ended=None)
    Account.objects.filter(members=support).update(is_active=False)
    assert client.get(link).status_code == 410


def test_a_link_that_we_did_not_make_is_not_there_and_says_what_to_do(
    link: str, asked: AskedMember, support: Member, follower: Member, client: Client
) -> None:
    others = signing.dumps([asked.pk, support.pk], salt="elsewhere")
    gone = signing.dumps([10**6, support.pk], salt=SALT)
    for token in ("x", f"{link.split('/')[2]}x", others, gone):
        for answer in (client.get(f"/answer/{token}/"), client.post(f"/answer/{token}/", {"reply": "objection"})):
            assert answer.status_code == 404
            assert reverse("ideas:for_me") in answer.content.decode()
    for member in (follower.pk, 10**6):
        token = signing.dumps([asked.pk, member], salt=SALT)
        assert client.post(f"/answer/{token}/", {"reply": "objection"}).status_code == 410
    asked.refresh_from_db()
    assert asked.reply is None


def test_too_many_tries_are_stopped(link: str, client: Client) -> None:
    assert [client.get("/answer/x/").status_code for _ in range(31)] == [404] * 30 + [429]
    pressed = [client.post(link, {"reply": "objection"}).status_code for _ in range(61)]
    assert pressed[-1] == 429
    assert set(pressed[1:-1]) <= {302, 409}


def test_a_confidential_idea_is_answered_signed_in_and_the_link_tells_nothing(
    link: str, asked: AskedMember, idea: Idea, client: Client, support: Member, signed_in: SignIn
) -> None:
    Idea.objects.update(confidential=True, title="Fusie met de buren")
    where = reverse("ideas:answer_asked", args=[idea.pk, asked.pk])
    for answer in (client.get(link), client.post(link, {"reply": "objection"})):
        assert answer.headers["Location"] == where
        assert "Fusie" not in answer.content.decode()
    assert client.get(where).status_code == 302
    asked.refresh_from_db()
    assert asked.reply is None
    sends(signed_in(support), where, {"reply": "objection"})
    asked.refresh_from_db()
    assert asked.reply == Reply.OBJECTION


def test_whoever_replaces_somebody_answers_for_them_while_they_are_away(
    idea: Idea, follower: Member, policy: Member, colleague: Member, client: Client
) -> None:
    today = timezone.localdate()
    Member.objects.filter(pk=policy.pk).update(
        away_from=today, away_until=today + timedelta(days=2), replacement=colleague
    )
    asks(_as(follower), idea, bodies="policy_team")
    link = link_in(mails_to(colleague)[0])
    assert policy.name in page(client, link)
    sends(client, link, {"reply": "objection"})
    asked = AskedMember.objects.get()
    assert (asked.member, asked.answered_by) == (policy, colleague)
    Member.objects.filter(pk=policy.pk).update(away_until=today - timedelta(days=1), away_from=None)
    Member.objects.filter(pk=policy.pk).update(away_until=None)
    assert client.get(link).status_code == 410


def test_the_mail_and_the_page_are_in_the_language_of_who_is_asked(
    idea: Idea, follower: Member, policy: Member, client: Client
) -> None:
    Account.objects.filter(members=policy).update(language="en")
    asks(_as(follower), idea, bodies="policy_team")
    [message] = mail.outbox
    assert "asks for your answer" in message.subject
    assert "No objection" in page(client, link_in(message))
    client.cookies["django_language"] = "nl"
    assert "Geen bezwaar" in page(client, link_in(message))


def test_a_form_from_elsewhere_does_not_answer(link: str, asked: AskedMember) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(link, {"reply": "objection"}).status_code in {401, 403}
    asked.refresh_from_db()
    assert asked.reply is None


@override_settings(SECRET_KEY="another")
def test_a_link_signed_with_another_key_is_not_ours(idea: Idea, follower: Member, policy: Member) -> None:
    asked = ask(idea, follower, policy)
    token = asked.token_for(policy)
    with override_settings(SECRET_KEY="yet-another"):
        assert Client().get(f"/answer/{token}/").status_code == 404
