"""The digest: one a day, at the hour that somebody set, with what falls on it and on the days that were missed."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from checks.codes import Role, Status, Verdict
from ideas.digest import MOST_LINES, covers_until, post_digests
from ideas.models import Asking, Change, Control, FollowUp, Idea
from ideas.models.past import is_done_by, one_act
from people.models import Account, Mail, Member, Organisation, Rhythm
from people.preferences import stop_token
from tests import factories
from tests.factories import Client, SignIn
from tests.ideas.asking.cast import ask

BRUSSELS = ZoneInfo("Europe/Brussels")
# A Monday.
DAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db


def at(day: date, hour: int = 7, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS)


def a_task(idea: Idea, member: Member, due: date = DAY, **told: Any) -> FollowUp:
    return FollowUp.objects.create(idea=idea, text="Uren vrijmaken", owner_member=member, due=due, **told)


def given(idea: Idea, by: Member, to: Member, due: date | None, when: datetime) -> FollowUp:
    """A task that somebody gave to another, as the past keeps it."""
    with one_act():
        is_done_by(by, Role.IDEA_OWNER)
        point = FollowUp.objects.create(idea=idea, text="Uren vrijmaken", owner_member=to, due=due)
    Change.objects.update(timestamp=when, touched=when)
    return point


def to_whom() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox)


def days_of_digests(due: date, first: date, last: date, **told: Any) -> list[date]:
    """On which days somebody is mailed about a task, where the worker looks each hour."""
    Member.objects.update(**told)
    days = []
    moment = at(first, 0).astimezone(ZoneInfo("UTC"))
    while moment.astimezone(BRUSSELS).date() <= last:
        before = len(mail.outbox)
        post_digests(moment)
        days += [moment.astimezone(BRUSSELS).date()] * (len(mail.outbox) - before)
        moment += timedelta(hours=1)
    return days


def test_it_says_what_waits_and_where_and_nothing_more(idea: Idea, colleague: Member) -> None:
    point = a_task(idea, colleague, remark="Els Peeters weet hier meer van")
    post_digests(at(DAY))
    (message,) = mail.outbox
    assert message.to == [colleague.email]
    assert str(message.subject)
    assert idea.title in message.body
    assert f"http://localhost:8000/idea/{idea.pk}/check/#followups-{point.pk}" in message.body
    assert f"http://localhost:8000/me/mail/?as={colleague.pk}" in message.body
    assert "2 maart 2026" in message.body
    assert "Uren vrijmaken" not in message.body
    assert "Els Peeters" not in message.body


def test_it_is_in_the_language_of_whoever_reads_it(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague)
    Account.objects.update(language="en")
    post_digests(at(DAY))
    assert mail.outbox[0].subject == "1 thing waits for you"
    assert "Follow-up point (1)" in mail.outbox[0].body


def test_a_title_is_written_as_it_is(idea: Idea, colleague: Member) -> None:
    Idea.objects.update(title="Brood & rozen <samen>")
    a_task(idea, colleague)
    post_digests(at(DAY))
    assert "Brood & rozen <samen>" in mail.outbox[0].body


def test_of_a_confidential_idea_no_title_is_mailed(idea: Idea, follower: Member) -> None:
    Idea.objects.update(confidential=True, title="Fusie met De Meander")
    a_task(idea, follower)
    post_digests(at(DAY))
    assert "Fusie" not in mail.outbox[0].body + str(mail.outbox[0].subject)


def test_who_has_nothing_to_do_gets_no_mail(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague, due=DAY + timedelta(days=3))
    post_digests(at(DAY))
    assert mail.outbox == []


def test_once_a_day_however_often_it_is_asked_for(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague)
    for hour in (6, 7, 7, 8, 23):
        post_digests(at(DAY, hour))
    assert len(mail.outbox) == 1


def test_not_before_its_hour(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague)
    Member.objects.update(digest_hour=9)
    post_digests(at(DAY, 8, 59))
    assert mail.outbox == []
    post_digests(at(DAY, 9))
    assert len(mail.outbox) == 1


def test_the_hour_is_that_of_the_clock_in_brussels_through_both_changes(idea: Idea, colleague: Member) -> None:
    Member.objects.update(digest=Rhythm.DAILY)
    for day, hours_from_utc in [
        (date(2026, 3, 28), 1),
        (date(2026, 3, 29), 2),
        (date(2026, 10, 24), 2),
        (date(2026, 10, 25), 1),
    ]:
        mail.outbox.clear()
        Member.objects.update(digest_until=day - timedelta(days=1))
        FollowUp.objects.all().delete()
        a_task(idea, colleague, due=day)
        seven = datetime(day.year, day.month, day.day, 7 - hours_from_utc, tzinfo=ZoneInfo("UTC"))
        post_digests(seven - timedelta(minutes=1))
        assert mail.outbox == [], day
        post_digests(seven)
        assert len(mail.outbox) == 1, day


@pytest.mark.parametrize("due", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 10, 22)], ids=str)
def test_reminders_fall_a_week_before_on_the_day_and_weekly_after_through_both_changes(
    idea: Idea, colleague: Member, due: date
) -> None:
    a_task(idea, colleague, due=due)
    found = days_of_digests(due, due - timedelta(days=10), due + timedelta(days=15), digest=Rhythm.DAILY)
    assert found == [due + timedelta(days=days) for days in (-7, 0, 7, 14)]


@pytest.mark.parametrize(
    ("rhythm", "due", "mailed"),
    [
        pytest.param(
            Rhythm.WEEKDAYS, date(2026, 3, 28), [date(2026, 3, 20), date(2026, 3, 27)], id="a Saturday, before"
        ),
        pytest.param(
            Rhythm.WEEKDAYS, date(2026, 3, 25), [date(2026, 3, 18), date(2026, 3, 25)], id="a Wednesday, then"
        ),
        pytest.param(Rhythm.WEEKLY, date(2026, 3, 25), [date(2026, 3, 16), date(2026, 3, 23)], id="the Monday before"),
        pytest.param(Rhythm.NEVER, date(2026, 3, 25), [], id="never"),
    ],
)
def test_what_falls_between_two_digests_is_told_in_the_first(
    idea: Idea, colleague: Member, rhythm: Rhythm, due: date, mailed: list[date]
) -> None:
    a_task(idea, colleague, due=due)
    assert days_of_digests(due, date(2026, 3, 9), date(2026, 3, 29), digest=rhythm) == mailed


def test_a_day_on_which_no_worker_ran_is_told_in_the_next(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague, due=DAY + timedelta(days=2))
    post_digests(at(DAY))
    post_digests(at(DAY + timedelta(days=3)))
    assert len(mail.outbox) == 1
    assert "4 maart 2026" in mail.outbox[0].body


def test_what_fell_on_a_day_that_was_told_is_not_told_again_when_the_days_change(idea: Idea, colleague: Member) -> None:
    friday = date(2026, 3, 6)
    a_task(idea, colleague, due=date(2026, 3, 7))
    post_digests(at(friday))
    Member.objects.update(digest=Rhythm.DAILY)
    post_digests(at(date(2026, 3, 7)))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("rhythm", "received", "mailed"),
    [
        pytest.param(Rhythm.DAILY, DAY, [3, 10, 17], id="every day"),
        pytest.param(Rhythm.WEEKDAYS, DAY + timedelta(days=4), [9, 13], id="on a Friday"),
        pytest.param(Rhythm.WEEKLY, DAY + timedelta(days=1), [9, 16], id="on Mondays"),
    ],
)
def test_what_came_in_after_a_digest_is_in_the_next_and_each_week_after(
    organisation: Organisation, coordinator: Member, rhythm: Rhythm, received: date, mailed: list[int]
) -> None:
    Member.objects.update(digest=rhythm)
    for days in range((received - DAY).days + 1):
        post_digests(at(DAY + timedelta(days=days)))
    assert mail.outbox == []
    factories.idea(organisation, status=Status.RECEIVED, step=None, received=received)
    found = days_of_digests(received, received, DAY + timedelta(days=17))
    assert found == [date(2026, 3, day) for day in mailed]


@pytest.mark.parametrize("due", [0, 1, 2, 9, None], ids=str)
@pytest.mark.parametrize("day", [DAY, date(2026, 3, 6)], ids=["Monday", "Friday"])
def test_a_task_given_after_the_digest_of_its_day_is_in_the_next(
    idea: Idea, follower: Member, colleague: Member, day: date, due: int | None
) -> None:
    post_digests(at(day))
    given(idea, follower, colleague, None if due is None else day + timedelta(days=due), at(day, 10))
    found = days_of_digests(day, day, day + timedelta(days=5))
    assert found[0] == (date(2026, 3, 3) if day == DAY else date(2026, 3, 9))
    assert set(to_whom()) == {colleague.email}


def test_what_was_given_to_somebody_else_is_told_to_them(idea: Idea, follower: Member, colleague: Member) -> None:
    point = given(idea, follower, follower, None, at(DAY, 5))
    post_digests(at(DAY))
    assert to_whom() == [follower.email]
    with one_act():
        is_done_by(follower, Role.IDEA_OWNER)
        point.owner_member = colleague
        point.save()
    Change.objects.update(touched=at(DAY, 10))
    post_digests(at(DAY + timedelta(days=1)))
    assert to_whom() == sorted([follower.email, colleague.email])


def test_what_has_no_day_is_told_when_it_came_and_each_week_after(
    idea: Idea, follower: Member, colleague: Member, policy: Member
) -> None:
    Asking.objects.filter(pk=ask(idea, follower, colleague).asking_id).update(asked_at=at(DAY, 10))
    Idea.objects.filter(pk=idea.pk).update(step=4, received=DAY)
    Control.objects.create(idea=idea, verdict=Verdict.OK)
    assert days_of_digests(DAY, DAY, DAY + timedelta(days=9)) == [date(2026, 3, day) for day in (3, 3, 9, 10)]
    assert to_whom() == sorted([colleague.email, policy.email] * 2)


@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.WEEKDAYS, Rhythm.WEEKLY])
def test_every_day_belongs_to_one_digest(rhythm: Rhythm) -> None:
    days = [DAY + timedelta(days=number) for number in range(28)]
    spoken_of = [
        day + timedelta(days=ahead)
        for day in days
        if day.weekday() in rhythm.weekdays
        for ahead in range((covers_until(rhythm, day) - day).days + 1)
    ]
    assert spoken_of == days


def test_who_is_away_gets_none_and_the_replacement_gets_it(idea: Idea, follower: Member, colleague: Member) -> None:
    a_task(idea, follower)
    follower.away_from, follower.away_until, follower.replacement = DAY, DAY + timedelta(days=4), colleague
    follower.save()
    post_digests(at(DAY))
    assert to_whom() == [colleague.email]


def test_who_comes_back_reads_what_fell_meanwhile(idea: Idea, follower: Member) -> None:
    a_task(idea, follower, due=DAY + timedelta(days=1))
    post_digests(at(DAY))
    Member.objects.filter(pk=follower.pk).update(away_from=DAY + timedelta(days=1), away_until=DAY + timedelta(days=3))
    for days in (1, 2, 3):
        post_digests(at(DAY + timedelta(days=days)))
    assert mail.outbox == []
    post_digests(at(DAY + timedelta(days=4)))
    assert to_whom() == [follower.email]


def test_who_left_gets_none(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague)
    Member.objects.update(ended=DAY)
    post_digests(at(DAY))
    assert mail.outbox == []


def test_who_belongs_to_two_organisations_gets_one_from_each(idea: Idea, colleague: Member, outsider: Member) -> None:
    outsider.account = colleague.account
    outsider.save()
    a_task(idea, colleague)
    a_task(factories.idea(outsider.organisation, title="Van de buren"), outsider)
    post_digests(at(DAY))
    assert to_whom() == [colleague.email] * 2
    assert sorted("Van de buren" in message.body for message in mail.outbox) == [False, True]


def test_while_an_earlier_digest_cannot_go_no_other_is_written(idea: Idea, colleague: Member) -> None:
    a_task(idea, colleague)
    key = f"digest-{colleague.pk}-{DAY - timedelta(days=3)}"
    waiting = Mail.objects.create(key=key, to=colleague.email, subject="Eerder", body="Eerder")
    Member.objects.update(digest_until=DAY - timedelta(days=1))
    post_digests(at(DAY))
    assert mail.outbox == []
    waiting.went()
    post_digests(at(DAY + timedelta(days=1)))
    assert to_whom() == [colleague.email]


def test_a_long_list_is_counted(idea: Idea, colleague: Member) -> None:
    for _ in range(MOST_LINES + 5):
        a_task(idea, colleague)
    post_digests(at(DAY))
    body = mail.outbox[0].body
    assert body.count("/check/#followups-") == MOST_LINES
    assert str(MOST_LINES + 5) in str(mail.outbox[0].subject)


def test_what_waits_is_read_at_once_for_everybody(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    members = [
        factories.member(f"lid{number}", organisation, digest_until=DAY - timedelta(days=1)) for number in range(9)
    ]
    for member in members:
        a_task(factories.idea(organisation, idea_owner=member), member, due=DAY + timedelta(days=3))
    with django_assert_num_queries(14 + 3 * len(members)):
        post_digests(at(DAY))


# ---------- the choice, and the link that stops it


def test_somebody_chooses_the_days_and_the_hour(signed_in: SignIn, colleague: Member) -> None:
    client = signed_in(colleague)
    assert client.get("/me/mail/").status_code == 200
    assert client.post("/me/mail/", {"digest": "weekly", "digest_hour": "9"}).status_code == 302
    colleague.refresh_from_db()
    assert (colleague.digest, colleague.digest_hour) == (Rhythm.WEEKLY, 9)
    assert client.post("/me/mail/", {"digest": "hourly", "digest_hour": "9"}).status_code == 422


def test_a_digest_carries_what_mail_programs_need_to_stop_it(idea: Idea, colleague: Member, settings: Settings) -> None:
    a_task(idea, colleague)
    post_digests(at(DAY))
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    at_last = re.fullmatch(rf"<{settings.ADDRESS}(/mail/stop/.+/)>", headers["List-Unsubscribe"])
    assert at_last
    assert at_last[1] in mail.outbox[0].body
    browser = Browser(enforce_csrf_checks=True)
    assert browser.post(at_last[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    colleague.refresh_from_db()
    assert colleague.digest == Rhythm.NEVER


def test_looking_at_the_link_stops_nothing(client: Client, colleague: Member, follower: Member) -> None:
    link = f"/mail/stop/{stop_token(colleague)}/"
    assert b"<form" in client.get(link).content
    colleague.refresh_from_db()
    assert colleague.digest == Rhythm.WEEKDAYS
    assert client.post(link).status_code == 200
    assert list(Member.objects.filter(digest=Rhythm.NEVER)) == [colleague]


@pytest.mark.parametrize("token", ["1", "1:x", "x", ":"])
def test_a_link_that_nobody_gave_out_stops_nothing(client: Client, colleague: Member, token: str) -> None:
    assert client.post(f"/mail/stop/{token}/").status_code == 404
    assert not Member.objects.filter(digest=Rhythm.NEVER).exists()
