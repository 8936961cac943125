"""The calendar as calendar programs read it: two real parsers, through both changes of daylight saving time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client as Browser
from icalendar import Calendar
from pytest_django.fixtures import Settings

from checks.words import Words
from ideas.for_me import waits
from ideas.models import FollowUp, Idea
from ideas.waiting import Waits
from people.models import Member
from tests.factories import SignIn

BRUSSELS = ZoneInfo("Europe/Brussels")

pytestmark = pytest.mark.django_db


def a_task(idea: Idea, member: Member, due: date, **told: Any) -> FollowUp:
    return FollowUp.objects.create(idea=idea, text="Uren vrijmaken", owner_member=member, due=due, **told)


@pytest.fixture
def at(signed_in: SignIn, follower: Member) -> str:
    """The address of the follower's calendar, as a path."""
    signed_in(follower).post("/me/calendar/", {"make": ""})
    follower.refresh_from_db()
    return f"/calendar/{follower.calendar}.ics"


def anonymous(at: str, **headers: str) -> Any:
    return Browser(headers=headers).get(at)


def events(at: str) -> list[Any]:
    return list(Calendar.from_ical(anonymous(at).content).walk("VEVENT"))


@pytest.mark.parametrize("due", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26)], ids=str)
def test_a_day_is_that_whole_day_for_two_parsers(idea: Idea, follower: Member, at: str, due: date) -> None:
    point = a_task(idea, follower, due)
    response = anonymous(at)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (due, due + timedelta(days=1))
    assert str(event["url"]) == f"http://localhost:8000/idea/{idea.pk}/check/#followups-{point.pk}"
    assert idea.title in str(event["summary"])
    (other,) = vobject.readOne(response.content.decode()).vevent_list
    assert other.dtstart.value == due
    assert other.summary.value == str(event["summary"])
    assert other.uid.value == str(event["uid"]) == f"followups-{point.pk}@localhost"


@pytest.fixture
def meeting(idea: Idea, follower: Member, monkeypatch: pytest.MonkeyPatch) -> list[Waits]:
    """What another part may name: something with an hour."""
    named: list[Waits] = []
    monkeypatch.setattr(waits, "PROVIDERS", (*waits.PROVIDERS, lambda members, today: named))
    return named


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)], ids=str)
def test_what_has_an_hour_stands_at_that_hour(
    idea: Idea, follower: Member, at: str, meeting: list[Waits], day: date
) -> None:
    begins = datetime(day.year, day.month, day.day, 14, 30, tzinfo=BRUSSELS)
    words = Words("Overleg", "Meeting")
    meeting.append(Waits(follower.pk, "meeting-1", words, idea, "/meeting/1/", begins, begins + timedelta(minutes=45)))
    (event,) = events(at)
    for program in (event.decoded("dtstart"), vobject.readOne(anonymous(at).content.decode()).vevent.dtstart.value):
        assert program.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M") == f"{day} 14:30"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)


def test_all_days_of_an_idea_stand_in_it_and_the_same_event_stays_the_same(
    idea: Idea, follower: Member, at: str
) -> None:
    Idea.objects.update(answer_needed_by=date(2026, 5, 1))
    point = a_task(idea, follower, date(2026, 5, 2))
    before = {str(event["uid"]) for event in events(at)}
    assert before == {f"answer-{idea.pk}@localhost", f"followups-{point.pk}@localhost"}
    FollowUp.objects.update(due=date(2026, 6, 2), text="Anders")
    assert {str(event["uid"]) for event in events(at)} == before
    point.tick_off()
    FollowUp.objects.update(status="solved")
    assert len(events(at)) == 1


def test_each_event_says_of_when_it_is(idea: Idea, follower: Member, at: str) -> None:
    a_task(idea, follower, date(2026, 5, 2))
    (event,) = events(at)
    stamp = event.decoded("dtstamp")
    assert stamp.utcoffset() == timedelta(0)
    assert timedelta(0) <= datetime.now(UTC) - stamp <= timedelta(days=1, hours=1)


def test_of_a_confidential_idea_nothing_but_the_day(idea: Idea, follower: Member, at: str) -> None:
    Idea.objects.update(confidential=True, title="Fusie met De Meander", slug="geheim")
    a_task(idea, follower, date(2026, 5, 2))
    told = anonymous(at).content.decode()
    assert len(events(at)) == 1
    assert "Fusie" not in told
    assert "Uren" not in told


def test_a_title_with_signs_that_mean_something_comes_over_whole(idea: Idea, follower: Member, at: str) -> None:
    title = 'Brood; rozen, "samen" \\ één lang verhaal over ' + "véél " * 20
    Idea.objects.update(title=title.strip())
    a_task(idea, follower, date(2026, 5, 2))
    assert title.strip() in str(events(at)[0]["summary"])
    assert title.strip() in vobject.readOne(anonymous(at).content.decode()).vevent.summary.value
    assert all(len(line) <= 75 for line in anonymous(at).content.split(b"\r\n"))


def test_what_did_not_change_is_not_sent_again(idea: Idea, follower: Member, at: str) -> None:
    a_task(idea, follower, date(2026, 5, 2))
    first = anonymous(at)
    again = anonymous(at, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    a_task(idea, follower, date(2026, 5, 3))
    assert anonymous(at, if_none_match=first.headers["ETag"]).status_code == 200


def test_an_empty_calendar_is_a_calendar(at: str) -> None:
    assert events(at) == []
    assert vobject.readOne(anonymous(at).content.decode()).name == "VCALENDAR"


def test_a_new_address_closes_the_old_one(signed_in: SignIn, follower: Member, at: str) -> None:
    assert anonymous(at).status_code == 200
    signed_in(follower).post("/me/calendar/", {"make": ""})
    follower.refresh_from_db()
    assert anonymous(at).status_code == 404
    assert anonymous(f"/calendar/{follower.calendar}.ics").status_code == 200
    signed_in(follower).post("/me/calendar/", {"stop": ""})
    assert anonymous(f"/calendar/{follower.calendar}.ics").status_code == 404


@pytest.mark.parametrize("told", [{"ended": date(2026, 1, 1)}, {"ended": date(2026, 1, 1), "account": None}], ids=str)
def test_of_who_left_there_is_none(at: str, follower: Member, told: dict[str, Any]) -> None:
    Member.objects.filter(pk=follower.pk).update(**told)
    assert anonymous(at).status_code == 404


@pytest.mark.parametrize("secret", ["x", "None", " ", "null"])
def test_an_address_that_nobody_was_given_opens_nothing(follower: Member, secret: str) -> None:
    assert anonymous(f"/calendar/{secret}.ics").status_code == 404


def test_the_page_says_how_and_gives_the_address(
    signed_in: SignIn, follower: Member, colleague: Member, at: str, settings: Settings
) -> None:
    page = signed_in(follower).get("/me/calendar/")
    assert f'value="{settings.ADDRESS}{at}"' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert at not in signed_in(colleague).get("/me/calendar/").content.decode()


def test_who_signed_in_long_ago_shows_who_they_are_before_the_address_is_shown_or_made_anew(
    signed_in: SignIn, follower: Member, at: str
) -> None:
    client = signed_in(follower)
    client.show(follower, ago=60 * 16)
    assert client.get("/me/calendar/").status_code == 302
    assert client.post("/me/calendar/", {"make": ""}).status_code == 401
    assert anonymous(at).status_code == 200


def test_an_address_cannot_be_guessed(at: str) -> None:
    assert len(at) > 45
