"""Meetings: planned with what is open, noted, shown large, and told afterwards."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from icalendar import Calendar

from checks.codes import Body, Check, Company, Conclusion, Reply, Role, Status
from ideas.calendar import calendar_of
from ideas.for_me.views import waits_now
from ideas.for_me.waits import waits_for
from ideas.meetings.report import report_of
from ideas.models import (
    AgendaItem,
    Answer,
    AskedMember,
    Asking,
    CheckConclusion,
    Comment,
    FollowUp,
    Goal,
    Idea,
    Meeting,
    SupportMeeting,
)
from ideas.models.past import RECORDED, is_done_by, one_act
from ideas.picture import ON_A_PAGE, read
from people.models import Account, Mail, Member
from tests.factories import Client, SignIn
from tests.ideas.steps.test_budgets import A_PAGE, queries

TODAY = timezone.localdate


def at(name: str, *args: object) -> str:
    return reverse(f"ideas:{name}", args=args)


def planned(idea: Idea, *, ahead: int = 3, **told: Any) -> Meeting:
    defaults = {"date": TODAY() + timedelta(days=ahead), "time": time(14), "with_whom": Company.OWN_TEAM}
    return Meeting.objects.create(idea=idea, **{**defaults, **told})


def press(client: Client, where: str, **told: Any) -> Any:
    return client.post(where, {"token": str(uuid4()), **told})


def plan(client: Client, idea: Idea, **told: Any) -> Any:
    day = (TODAY() + timedelta(days=3)).isoformat()
    return press(client, at("plan_meeting", idea.pk), date=day, time="14:00", with_whom="own_team", **told)


def report(meeting: Meeting) -> str:
    reading = read([meeting.idea_id], ON_A_PAGE)[meeting.idea_id]
    return report_of(meeting, meeting.items.all(), reading, reading.whole())


# ---------- planning


def test_a_meeting_is_planned_with_what_is_open_and_what_people_add(
    idea: Idea, follower: Member, signed_in: SignIn
) -> None:
    client = signed_in(follower)
    form = client.get(at("plan_meeting", idea.pk)).context["form"]
    assert form.initial["agenda"][0] == "s1.why.challenge"
    plan(client, idea, agenda=["s1.goals.list", "s1.why.challenge"], own="Wie belt de stad?\n\nWie belt de stad?")
    meeting = Meeting.objects.get()
    assert [str(item) for item in meeting.items.all()] == ["s1.goals.list", "s1.why.challenge", "Wie belt de stad?"]
    assert meeting.planned_by == follower


def test_what_was_proposed_is_taken_also_when_somebody_dealt_with_it_meanwhile(
    idea: Idea, follower: Member, signed_in: SignIn
) -> None:
    client = signed_in(follower)
    assert "s1.why.challenge" in client.get(at("plan_meeting", idea.pk)).context["form"].initial["agenda"]
    Answer.objects.create(idea=idea, question="s1.why.challenge", value="Jongeren wachten te lang.")
    assert plan(client, idea, agenda=["s1.why.challenge"]).status_code == 302
    assert [str(item) for item in Meeting.objects.get().items.all()] == ["s1.why.challenge"]


def test_a_refused_plan_offers_what_is_open_again(idea: Idea, follower: Member, signed_in: SignIn) -> None:
    client = signed_in(follower)
    offered = client.get(at("plan_meeting", idea.pk)).context["form"].fields["agenda"].choices
    refused = press(client, at("plan_meeting", idea.pk), date="", with_whom="own_team", agenda=["s1.goals.list"])
    assert refused.status_code == 422
    assert refused.context["form"].fields["agenda"].choices == offered
    assert refused.context["form"]["agenda"].value() == ["s1.goals.list"]


def test_what_somebody_objected_to_or_commented_on_is_proposed(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    asking = Asking.objects.create(idea=idea, about="expertise", body=Body.POLICY_TEAM)
    told = {"reply": Reply.RATHER_TALK, "answered_at": timezone.now()}
    AskedMember.objects.create(idea=idea, asking=asking, member=policy, **told)
    Comment.objects.create(idea=idea, place="step-3", step=3, author=policy, text="Kan dit?")
    Comment.objects.create(
        idea=idea, place="step-4", step=4, author=policy, text="Al gezegd", dealt_with=timezone.now()
    )
    topics = signed_in(follower).get(at("plan_meeting", idea.pk)).context["form"].initial["agenda"]
    assert topics[-2:] == ["expertise", "step-3"]


def test_who_is_invited_gets_one_mail_and_another_one_when_it_moves(
    idea: Idea, follower: Member, colleague: Member, signed_in: SignIn
) -> None:
    client = signed_in(follower)
    plan(client, idea, invited=[follower.pk, colleague.pk], place="Zaal 1")
    mail = Mail.objects.get()
    meeting = Meeting.objects.get()
    assert mail.account == colleague.account
    assert at("meeting", idea.pk, meeting.pk) in mail.body
    assert f"{at('my_calendar')}?as={colleague.pk}" in mail.body
    assert "Waar: Zaal 1" in mail.body or "Where: Zaal 1" in mail.body
    assert "14:00" in mail.body
    where = at("edit_meeting", idea.pk, meeting.pk)
    told = {"time": "14:00", "with_whom": "own_team", "invited": [follower.pk, colleague.pk]}
    told |= {"place": meeting.place, "version": client.get(where).context["form"].version}
    press(client, where, date=meeting.date.isoformat(), **told)
    assert Mail.objects.count() == 1
    press(client, where, date=(meeting.date + timedelta(days=1)).isoformat(), **told)
    assert Mail.objects.count() == 2


def test_who_is_invited_to_what_moved_reads_so_and_who_is_taken_off_that_they_need_not_come(
    idea: Idea, follower: Member, colleague: Member, policy: Member, support: Member, signed_in: SignIn
) -> None:
    Account.objects.update(language="en")
    client, meeting = signed_in(follower), planned(idea, place="Zaal 1")
    meeting.invited.set([follower, colleague, support])
    where = at("edit_meeting", idea.pk, meeting.pk)
    told: dict[str, Any] = {"date": meeting.date.isoformat(), "time": "14:00", "with_whom": "own_team"}
    told |= {"place": "Zaal 99", "invited": [follower.pk, colleague.pk, policy.pk]}
    press(client, where, version=client.get(where).context["form"].version, **told)
    mails = {mail.account: mail for mail in Mail.objects.all()}
    assert set(mails) == {colleague.account, policy.account, support.account}
    assert mails[colleague.account].subject.startswith("Changed: meeting on")
    assert mails[policy.account].subject.startswith("Meeting on")
    assert mails[support.account].subject.startswith("You are no longer invited")
    assert "Where: Zaal 99" in mails[colleague.account].body
    told["invited"] = [follower.pk, colleague.pk, policy.pk, support.pk]
    press(client, where, version=client.get(where).context["form"].version, **told)
    assert Mail.objects.filter(account=support.account).latest("pk").subject.startswith("Meeting on")
    assert Mail.objects.count() == 4


def test_a_mail_about_a_confidential_idea_does_not_name_it(
    idea: Idea, follower: Member, policy: Member, signed_in: SignIn
) -> None:
    idea.confidential = True
    idea.save()
    plan(signed_in(follower), idea, invited=[policy.pk], place="Zaal 1")
    mail = Mail.objects.get()
    assert idea.title not in mail.subject + mail.body
    assert "Zaal 1" not in mail.body


def test_nobody_is_invited_who_may_not_read_the_idea(
    idea: Idea, follower: Member, colleague: Member, signed_in: SignIn
) -> None:
    idea.confidential = True
    idea.save()
    assert plan(signed_in(follower), idea, invited=[colleague.pk]).status_code == 422
    assert not Meeting.objects.exists()


def test_a_meeting_that_is_called_off_is_gone_and_who_was_invited_hears_of_it(
    idea: Idea, follower: Member, colleague: Member, signed_in: SignIn
) -> None:
    meeting = planned(idea)
    meeting.invited.set([follower, colleague])
    press(signed_in(follower), at("remove_meeting", idea.pk, meeting.pk))
    assert not Meeting.objects.exists()
    assert [mail.account for mail in Mail.objects.all()] == [colleague.account]


@pytest.mark.parametrize("name", ["plan_meeting", "edit_meeting", "remove_meeting"])
def test_a_colleague_without_a_part_in_it_reads_but_plans_nothing(
    name: str, idea: Idea, colleague: Member, signed_in: SignIn
) -> None:
    client, meeting = signed_in(colleague), planned(idea)
    about = [idea.pk] if name == "plan_meeting" else [idea.pk, meeting.pk]
    assert client.get(at(name, *about)).status_code == 403
    for page in ("meeting", "meeting_screen", "meeting_report"):
        assert client.get(at(page, idea.pk, meeting.pk)).status_code == 200


def test_at_an_idea_that_went_on_in_another_nothing_is_planned(
    idea: Idea, follower: Member, organisation: Any, signed_in: SignIn
) -> None:
    meeting = planned(idea)
    Idea.objects.filter(pk=idea.pk).update(status=Status.MERGED, step=None)
    client = signed_in(follower)
    assert client.get(at("plan_meeting", idea.pk)).status_code == 403
    assert client.get(at("meeting", idea.pk, meeting.pk)).status_code == 200
    assert press(client, at("end_meeting", idea.pk, meeting.pk)).status_code == 403


# ---------- the agenda and what is noted


def test_things_on_the_agenda_move_go_and_are_dealt_with(idea: Idea, follower: Member, signed_in: SignIn) -> None:
    client, meeting = signed_in(follower), planned(idea)
    meeting.put_on_agenda(["s1.why.challenge"], ["Een", "Twee"])
    first, _one, two = meeting.items.all()
    press(client, at("on_agenda", idea.pk, meeting.pk, two.pk), do="up")
    assert [str(item) for item in meeting.items.all()] == ["s1.why.challenge", "Twee", "Een"]
    press(client, at("on_agenda", idea.pk, meeting.pk, two.pk), do="remove")
    press(client, at("on_agenda", idea.pk, meeting.pk, first.pk), do="dealt_with")
    first.refresh_from_db()
    assert first.dealt_with
    press(client, at("add_to_agenda", idea.pk, meeting.pk), own="Drie", agenda=["s1.goals.list"])
    assert [str(item) for item in meeting.items.all()] == ["s1.why.challenge", "Een", "s1.goals.list", "Drie"]


def test_notes_are_not_overwritten_unseen_and_have_a_past(idea: Idea, follower: Member, signed_in: SignIn) -> None:
    client, meeting = signed_in(follower), planned(idea)
    where = at("meeting_part", idea.pk, meeting.pk, "notes")
    version = client.get(at("meeting", idea.pk, meeting.pk)).context["notes"].version
    assert press(client, where, notes="We gaan verder.", version=version).status_code == 302
    assert press(client, where, notes="Iets anders.", version=version).status_code == 409
    assert Meeting.objects.get().notes == "We gaan verder."
    assert "We gaan verder." in client.get(f"{where}past/").content.decode()


def test_a_role_is_noted_as_present_with_one_press(idea: Idea, follower: Member, signed_in: SignIn) -> None:
    client, meeting = signed_in(follower), planned(idea, present="directeur")
    meeting.invited.set([follower])
    for _ in range(2):
        press(client, at("meeting_present", idea.pk, meeting.pk), role=follower.function)
    press(client, at("meeting_present", idea.pk, meeting.pk), role="iemand anders")
    assert Meeting.objects.get().present == f"directeur\n{follower.function}"


def test_a_talk_with_a_support_service_becomes_a_row_of_the_preparation_once(
    idea: Idea, follower: Member, support: Member, signed_in: SignIn
) -> None:
    told: dict[str, Any] = {"present": "boekhouder\nteamcoach", "notes": "Het kan.", "ended": timezone.now()}
    meeting = planned(idea, with_whom=Company.SUPPORT, **told)
    meeting.invited.set([support, follower])
    for _ in range(2):
        press(signed_in(follower), at("to_preparation", idea.pk, meeting.pk))
    row = SupportMeeting.objects.get()
    assert (row.date, row.service, row.who, row.remarks) == (
        meeting.date,
        "financiën",
        "boekhouder, teamcoach",
        "Het kan.",
    )


# ---------- on the screen


def test_the_screen_shows_one_thing_with_its_answer_and_turns(idea: Idea, follower: Member, signed_in: SignIn) -> None:
    client, meeting = signed_in(follower), planned(idea)
    meeting.put_on_agenda(["s1.why.challenge", "s1.goals.list"], ["Wie belt?"])
    challenge, goals, own = meeting.items.all()
    where = at("meeting_screen", idea.pk, meeting.pk)
    shown = client.get(where).context
    assert shown["shown"].it.name == "s1-why-challenge"
    assert (shown["before"], shown["after"]) == ("", f"{where}?item={goals.pk}")
    press(client, at("screen_add", idea.pk, meeting.pk, goals.pk, "goals"), lines="Wonen\nWerken")
    assert client.get(f"{where}?item={goals.pk}").context["shown"].lists[0].rows == ["Wonen", "Werken"]
    assert "Wie belt?" in client.get(f"{where}?item={own.pk}&ink=dark").content.decode()
    press(client, at("on_agenda", idea.pk, meeting.pk, challenge.pk), do="dealt_with")
    assert client.get(where).context["place"] == 2
    assert client.get(f"{where}?item=999").status_code == 404


@pytest.mark.parametrize(("company", "shows"), [(Company.OWN_TEAM, True), (Company.PARTNERS, False)])
def test_what_colleagues_said_is_on_the_screen_among_colleagues_only(
    company: Company, shows: bool, idea: Idea, follower: Member, signed_in: SignIn
) -> None:
    meeting = planned(idea, with_whom=company)
    meeting.put_on_agenda(["s1.why.challenge"])
    where = {"place": "s1-why-challenge", "step": 1, "question": "s1.why.challenge"}
    Comment.objects.create(idea=idea, author=follower, text="Onder ons gezegd.", **where)
    html = signed_in(follower).get(at("meeting_screen", idea.pk, meeting.pk)).content.decode()
    assert ("Onder ons gezegd." in html) is shows


def test_a_private_note_is_never_on_the_screen_and_stays_when_an_answer_is_saved_there(
    idea: Idea, follower: Member, signed_in: SignIn
) -> None:
    told = {"question": "s2.drive.mission", "value": "partly", "note": "Binnenskamers.", "notes_private": True}
    Answer.objects.create(idea=idea, **told)
    client, meeting = signed_in(follower), planned(idea)
    meeting.put_on_agenda(["s2.drive.mission"])
    page = client.get(at("meeting_screen", idea.pk, meeting.pk))
    it = page.context["shown"].it
    assert "Binnenskamers." not in page.content.decode()
    fragment = client.get(it.to, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "Binnenskamers." not in fragment.content.decode()
    answer = client.post(it.to, {"value": "yes", "version": it.version, "token": str(uuid4())})
    assert answer.status_code == 302
    row = Answer.objects.get()
    assert (row.value, row.note, row.notes_private) == ("yes", "Binnenskamers.", True)


INTERNAL = {"drijfveer", "s2.followups", "s1.how.finance", "s1.who.involved", "s3.enough", "s4.verdict"}


@pytest.mark.parametrize("company", [Company.PARTNERS, Company.OTHER])
def test_with_others_only_what_is_shared_comes_on_the_agenda(
    company: Company, idea: Idea, follower: Member, signed_in: SignIn
) -> None:
    Idea.objects.filter(pk=idea.pk).update(step=2)
    client, day = signed_in(follower), (TODAY() + timedelta(days=3)).isoformat()
    ticked = client.get(at("plan_meeting", idea.pk)).context["form"].initial["agenda"]
    told = {"date": day, "with_whom": str(company), "agenda": [*ticked, *INTERNAL, "s1.goals.list"], "own": "Wie belt?"}
    assert press(client, at("plan_meeting", idea.pk), **told).status_code == 302
    meeting = Meeting.objects.get()
    assert [str(item) for item in meeting.items.all()] == ["s1.goals.list", "Wie belt?"]
    offered = client.get(at("add_to_agenda", idea.pk, meeting.pk)).context["form"].fields
    assert "agenda" not in offered or not INTERNAL & {slug for slug, _words in offered["agenda"].choices}


def test_what_is_internal_is_neither_on_the_screen_nor_in_the_report_once_others_come(
    idea: Idea, follower: Member, signed_in: SignIn
) -> None:
    told: dict[str, Any] = {"conclusion": Conclusion.NOT_OK, "note": "Niet voor hen."}
    CheckConclusion.objects.create(idea=idea, check_name=Check.DRIJFVEER, **told)
    client, meeting = signed_in(follower), planned(idea, ahead=0, time=None)
    meeting.put_on_agenda([Check.DRIJFVEER])
    screen, told_after = at("meeting_screen", idea.pk, meeting.pk), at("meeting_report", idea.pk, meeting.pk)
    with one_act():
        is_done_by(follower, Role.IDEA_OWNER)
        FollowUp.objects.create(idea=idea, text="Bel de stad", position=1)
    for with_whom, shows in ((Company.OWN_TEAM, True), (Company.PARTNERS, False)):
        Meeting.objects.update(with_whom=with_whom)
        html, report = (client.get(where).content.decode() for where in (screen, told_after))
        assert ("Niet voor hen." in html) is shows
        assert ("Niet voor hen." in report) is shows
        assert ("Bel de stad" in report) is shows


def test_a_page_and_the_screen_take_as_many_queries_however_long_the_agenda(
    idea: Idea, follower: Member, signed_in: SignIn
) -> None:
    ContentType.objects.get_for_models(*RECORDED)
    client, counts = signed_in(follower), []
    for meeting, many in ((planned(idea), 2), (planned(idea), 40)):
        meeting.put_on_agenda(["s1.why.challenge"], [f"Punt {n}" for n in range(many)])
        meeting.invited.set([follower])
        pages = ("meeting", "meeting_screen", "meeting_report")
        counts.append([queries(client.get, at(page, idea.pk, meeting.pk)) for page in pages])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= A_PAGE


# ---------- afterwards


def test_the_report_tells_what_stands_what_was_said_and_what_came_of_it(idea: Idea, follower: Member) -> None:
    meeting = planned(idea, ahead=0, time=None, present="teamcoach\ndirecteur", notes="Volgende keer verder.")
    meeting.put_on_agenda(["s1.why.challenge", "s1.goals.list", "s2.drive.mission"], ["Wie belt?"])
    AgendaItem.objects.filter(topic="s1.why.challenge").update(note="Herkenbaar.", dealt_with=timezone.now())
    Answer.objects.create(idea=idea, question="s1.why.challenge", value="Jongeren wachten te lang.")
    told = {"question": "s2.drive.mission", "value": "partly", "note": "Binnenskamers.", "notes_private": True}
    Answer.objects.create(idea=idea, **told)
    Goal.objects.create(idea=idea, text="Wonen")
    FollowUp.objects.create(idea=idea, text="Stond er al", position=0)
    with one_act():
        is_done_by(follower, Role.IDEA_OWNER)
        FollowUp.objects.create(idea=idea, text="Bel de stad", owner="financiën", position=1)
    with translation.override("en"):
        text = report(meeting)
    for line in (
        "Present: teamcoach, directeur",
        "Jongeren wachten te lang.",
        "Note: Herkenbaar.",
        "- Wonen",
        "Partly",
        "Wie belt? (not dealt with)",
        "Volgende keer verder.",
        "- Bel de stad · open · financiën",
    ):
        assert line in text.splitlines(), line
    assert "Binnenskamers." not in text
    assert "Stond er al" not in text
    with translation.override("nl"):
        assert "Wie belt? (niet behandeld)" in report(meeting).splitlines()


def test_it_waits_for_who_is_invited_from_two_weeks_before_until_it_is_over(
    idea: Idea, follower: Member, colleague: Member
) -> None:
    soon, later, past, over = (planned(idea, ahead=ahead) for ahead in (0, 15, -1, 2))
    over.end()
    for meeting in (soon, later, past, over):
        meeting.invited.set([follower])
    assert [one.key for one in waits_now(follower, TODAY()) if "meeting" in one.key] == [f"meeting-{soon.pk}"]
    in_calendar = {one.key for one in waits_for([follower], TODAY())[follower.pk] if "meeting" in one.key}
    assert in_calendar == {f"meeting-{soon.pk}", f"meeting-{later.pk}"}
    assert not [one for one in waits_now(colleague, TODAY()) if "meeting" in one.key]


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 13, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 12, tzinfo=UTC)),
        (date(2027, 10, 30), datetime(2027, 10, 30, 12, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 13, tzinfo=UTC)),
    ],
)
def test_a_calendar_shows_the_hour_of_here_on_both_sides_of_a_change_of_the_clock(
    day: date, starts: datetime, idea: Idea, follower: Member
) -> None:
    meeting = planned(idea, date=day, minutes=90, place="Zaal 1")
    meeting.invited.set([follower])
    waits = [one for one in waits_for([follower], day - timedelta(days=1))[follower.pk] if "meeting" in one.key]
    read_back = Calendar.from_ical(calendar_of(follower, waits, timezone.now()).to_ical())
    [event] = cast(list[Any], read_back.walk("VEVENT"))
    assert event["dtstart"].dt == starts
    assert event["dtend"].dt == starts + timedelta(minutes=90)
    assert event["location"] == "Zaal 1"


def test_where_one_meets_on_a_confidential_idea_stands_in_no_calendar(idea: Idea, follower: Member) -> None:
    Idea.objects.update(confidential=True)
    planned(idea, place="Zaal 1").invited.set([follower])
    waits = waits_for([follower], TODAY())[follower.pk]
    assert b"Zaal 1" not in calendar_of(follower, waits, timezone.now()).to_ical()


def test_a_meeting_is_on_a_day_at_an_hour_and_not_by_it(idea: Idea, follower: Member, signed_in: SignIn) -> None:
    meeting = planned(idea)
    meeting.invited.set([follower])
    client = signed_in(follower)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    html = client.get(at("for_me")).content.decode()
    with translation.override("en"):
        assert f"on {date_format(meeting.date, 'l j F')} at 14:00" in html


def test_a_meeting_that_lasts_through_the_change_of_the_clock_lasts_as_long(idea: Idea) -> None:
    meeting = planned(idea, date=date(2027, 3, 28), time=time(1, 30), minutes=60)
    assert meeting.starts
    assert meeting.until
    assert meeting.until.astimezone(UTC) - meeting.starts.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize("told", [{"status": Status.STOPPED}, {"status": Status.PAUSED}, {"test": True}], ids=str)
def test_at_an_idea_that_rests_and_at_an_exercise_no_meeting_waits(
    told: dict[str, Any], idea: Idea, follower: Member
) -> None:
    planned(idea, ahead=1).invited.set([follower])
    assert len(waits_for([follower], TODAY())[follower.pk]) == 1
    Idea.objects.update(**told)
    assert waits_for([follower], TODAY())[follower.pk] == []
