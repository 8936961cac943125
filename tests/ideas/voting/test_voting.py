"""The own team votes on the temperature: from "For me" or a mailed link, or in the meeting with a slip."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.codes import Band, GoNoGo, Role, Status, TemperatureMethod, VotingWay
from checks.temperature import movement_of
from ideas.for_me.waits import waits_for
from ideas.models import Change, Decision, FormSent, Idea, Involvement, OpenReading, SlipCode, TemperatureReading
from ideas.picture import read_picture
from people.models import Mail, Member, Organisation, Team
from tests import factories
from tests.factories import Client
from tests.ideas.asking.cast import mails_to, sends
from tests.ideas.steps.step_4 import idea_of, take_temperature
from tests.ideas.voting.cast import as_, link_of, opens, reading_of, slip_at, team_of, votes
from tests.page_forms import form_to

WARM = (5, 4, 4, 5, 3, 2)


@pytest.fixture(autouse=True)
def fresh(db: None) -> None:
    cache.clear()


@pytest.fixture
def idea(follower: Member) -> Idea:
    return idea_of(follower)


@pytest.fixture
def people(organisation: Organisation, team: Team) -> list[Member]:
    return team_of(organisation, team, 6)


def at(name: str, idea: Idea) -> str:
    return reverse(f"ideas:{name}", args=[idea.pk])


def page(client: Client, where: str) -> str:
    return client.get(where).content.decode()


def temperature_on(who: Member, idea: Idea) -> str:
    return page(as_(who), at("decide", idea)).partition('id="temperature"')[2].partition("</section>")[0]


def closes(who: Member, idea: Idea) -> None:
    answer = sends(as_(who), at("voting", idea), {}, at("close_voting", idea))
    assert answer.headers["Location"].endswith("#temperature")


def state(idea: Idea) -> list[object]:
    reading = OpenReading.objects.filter(idea=idea).values().first()
    return [reading, list(SlipCode.objects.values()), list(TemperatureReading.objects.values())]


# ---------- opening


def test_the_follower_opens_a_reading_and_every_other_member_of_the_team_gets_a_link(
    idea: Idea, follower: Member, people: list[Member], colleague: Member
) -> None:
    answer = sends(as_(follower), at("voting", idea), {"way": "each"})
    assert answer.headers["Location"] == at("voting", idea)
    assert reading_of(idea).way is VotingWay.EACH
    assert {message.to[0] for message in mail.outbox} == {member.email for member in people}
    [message] = mails_to(people[0])
    found = re.search(r"http://localhost:8000(/vote/by/\S+)", message.body)
    assert found
    assert idea.title in message.body
    assert votes(Client(), found[1], 4).status_code == 302
    assert reading_of(idea).voted == [people[0].pk]


def test_in_the_meeting_nobody_is_mailed(idea: Idea, follower: Member, people: list[Member]) -> None:
    sends(as_(follower), at("voting", idea), {"way": "meeting"})
    assert reading_of(idea).is_by_slip
    assert not mail.outbox


def test_there_is_one_open_reading_at_a_time(idea: Idea, follower: Member, people: list[Member]) -> None:
    client = as_(follower)
    form = form_to(at("voting", idea), page(client, at("voting", idea)))
    opens(idea)
    assert client.post(at("voting", idea), form.sent({"way": "meeting"})).status_code == 409
    assert client.get(at("temperature", idea)).status_code == 409
    assert OpenReading.objects.get().way is VotingWay.EACH


def test_nobody_opens_a_reading_of_an_idea_that_was_decided_on_or_has_no_team(
    idea: Idea, follower: Member, people: list[Member]
) -> None:
    Idea.objects.filter(pk=idea.pk).update(team=None)
    assert as_(follower).post(at("voting", idea), {"way": "each"}).status_code == 409
    Idea.objects.filter(pk=idea.pk).update(team=follower.team)
    Decision.objects.create(idea=idea, value=GoNoGo.NO_GO)
    assert as_(follower).post(at("voting", idea), {"way": "each"}).status_code == 409
    assert not OpenReading.objects.exists()


def test_after_a_go_the_team_votes_again_and_the_decision_rests_on_the_reading_of_then(
    idea: Idea, follower: Member, people: list[Member]
) -> None:
    take_temperature(as_(follower), follower, idea, (3, 2, 1, 0, 0))
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    Idea.objects.filter(pk=idea.pk).update(status=Status.RUNNING)
    client = as_(follower)
    assert at("voting", idea) in page(client, at("decide", idea))
    opens(idea)
    told = waits_for([people[0]], timezone.localdate())[people[0].pk]
    assert [one for one in told if one.key.startswith("vote-")]
    for member, value in zip(people, WARM, strict=False):
        votes(as_(member), link_of(reading_of(idea), member), value)
    reading_of(idea).close()
    later, first = TemperatureReading.objects.order_by("-current", "pk")
    assert (later.current, first.current) == (True, False)
    assert movement_of(read_picture(idea).votes, read_picture(idea).earlier_votes)


def test_a_choice_that_is_none_opens_nothing(idea: Idea, follower: Member) -> None:
    for way in ("", "hands"):
        assert as_(follower).post(at("voting", idea), {"way": way}).status_code == 422
    assert not OpenReading.objects.exists()


def test_a_team_under_six_is_first_offered_a_talk_or_a_show_of_hands_and_may_vote_all_the_same(
    idea: Idea, follower: Member, organisation: Organisation, team: Team
) -> None:
    offered = "Rather have a talk first"
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(follower)
    assert f"{at('temperature', idea)}?method=show_of_hands" in page(client, at("voting", idea))
    team_of(organisation, team, 5)  # six with the follower
    assert f"{at('temperature', idea)}?method=show_of_hands" not in page(client, at("voting", idea)), offered
    assert client.post(at("voting", idea), {"way": "each"}).status_code == 302


def test_a_show_of_hands_is_entered_as_counts_and_says_so(idea: Idea, follower: Member) -> None:
    html = page(as_(follower), f"{at('temperature', idea)}?method=show_of_hands")
    assert form_to(at("temperature", idea), html).fields["method"].value == ["show_of_hands"]


# ---------- who votes


def test_who_did_not_vote_yet_finds_it_under_for_me_and_is_led_to_the_page(
    idea: Idea, follower: Member, people: list[Member], colleague: Member
) -> None:
    reading, today = opens(idea), timezone.localdate()

    def waits(*members: Member) -> list[int]:
        return [
            pk for pk, each in waits_for(members, today).items() if any(one.key.startswith("vote-") for one in each)
        ]

    everybody = [*people, follower]
    assert waits(*everybody, colleague) == [member.pk for member in everybody]
    assert at("vote", idea) in page(as_(people[0]), reverse("ideas:for_me"))
    answer = as_(people[0]).get(at("vote", idea))
    assert answer.headers["Location"] == link_of(reading, people[0])
    votes(as_(people[0]), link_of(reading, people[0]), 5)
    assert waits(*everybody) == [member.pk for member in everybody if member != people[0]]
    assert at("vote", idea) not in page(as_(people[0]), reverse("ideas:for_me"))


def test_nobody_votes_in_the_place_of_who_is_away(idea: Idea, people: list[Member], organisation: Organisation) -> None:
    away, instead, today = people[0], people[1], timezone.localdate()
    away.away_from, away.away_until, away.replacement = today, today + timedelta(days=3), instead
    away.save()
    reading = opens(idea)
    votes(as_(instead), link_of(reading, instead), 4)
    assert not [one for one in waits_for([instead], today)[instead.pk] if one.key.startswith("vote-")]
    assert [one for one in waits_for([away], today)[away.pk] if one.key.startswith("vote-")]
    assert as_(instead).get(at("vote", idea)).headers["Location"] == link_of(reading, instead)


@pytest.mark.parametrize("who", ["colleague", "support", "policy", "coordinator"])
def test_who_is_not_of_the_own_team_does_not_vote(
    who: str, idea: Idea, people: list[Member], request: pytest.FixtureRequest
) -> None:
    reading, member = opens(idea), request.getfixturevalue(who)
    assert as_(member).get(at("vote", idea)).status_code == 403
    where = link_of(reading, member)
    assert [as_(member).get(where).status_code, as_(member).post(where, {"value": "5"}).status_code] == [410, 410]
    assert reading_of(idea).number == 0


def test_another_organisation_finds_nothing(idea: Idea, people: list[Member], outsider: Member) -> None:
    reading = opens(idea)
    for name in ("voting", "voting_screen", "voting_slips", "close_voting", "vote"):
        for answer in (as_(outsider).get(at(name, idea)), as_(outsider).post(at(name, idea), {"way": "each"})):
            assert answer.status_code in {404, 405}
    assert as_(outsider).post(link_of(reading, outsider), {"value": "5"}).status_code == 410
    assert reading_of(idea).number == 0


def test_a_confidential_idea_is_voted_on_signed_in_by_who_is_named_on_it(idea: Idea, people: list[Member]) -> None:
    Idea.objects.filter(pk=idea.pk).update(confidential=True)
    Involvement.objects.create(idea=idea, member=people[0], role=Role.COLLABORATOR)
    reading = opens(idea)
    where = link_of(reading, people[0])
    assert Client().get(where).headers["Location"] == at("vote", idea)
    assert Client().post(where, {"value": "5"}).headers["Location"] == at("vote", idea)
    assert votes(as_(people[0]), where, 5).status_code == 302
    assert as_(people[1]).get(at("vote", idea)).status_code == 404
    assert as_(people[1]).post(link_of(reading, people[1]), {"value": "5"}).status_code == 410
    assert reading_of(idea).voted == [people[0].pk]


# ---------- voting


def test_before_writing_the_voter_reads_who_sees_what(idea: Idea, people: list[Member]) -> None:
    html = page(Client(), link_of(opens(idea), people[0]))
    assert html.index("<h2") < html.index("<textarea")
    assert "data-keeps" not in html
    assert 'name="token"' not in html


def test_only_a_press_votes(idea: Idea, people: list[Member]) -> None:
    reading = opens(idea)
    for _ in range(2):
        assert Client().get(link_of(reading, people[0]) + "?value=5").status_code == 200
        assert Client().head(link_of(reading, people[0])).status_code == 200
    assert reading_of(idea).number == 0


@pytest.mark.parametrize("value", ["", "0", "6", "warm", "1.5"])
def test_a_vote_without_a_value_is_asked_again_and_gives_back_what_was_typed(
    value: str, idea: Idea, people: list[Member]
) -> None:
    where, before = link_of(opens(idea), people[0]), state(idea)
    answer = Client().post(where, {"value": value, "remark": "Doen."})
    assert answer.status_code == 422
    assert "Doen." in answer.content.decode()
    assert state(idea) == before


def test_after_voting_the_page_says_thanks_and_nothing_of_the_results(idea: Idea, people: list[Member]) -> None:
    reading = opens(idea)
    for member, value in zip(people[:5], WARM, strict=False):
        answer = votes(Client(), link_of(reading, member), value, "Een zin.", in_dossier="on")
        assert answer.headers["Location"] == reverse("ideas:vote_thanks")
    html = page(Client(), answer.headers["Location"])
    assert "Een zin." not in html
    assert not re.search(r"\b5\b", html.partition("<main")[2].partition("</main>")[0])


def test_a_second_vote_changes_nothing_and_says_so(idea: Idea, people: list[Member]) -> None:
    reading = opens(idea)
    where = link_of(reading, people[0])
    sent = form_to(where, page(client := Client(), where)).sent({"value": "5"})
    assert [client.post(where, sent).status_code, client.post(where, sent).status_code] == [302, 410]
    before = state(idea)
    assert client.post(where, {"value": "1", "remark": "Toch niet."}).status_code == 410
    assert client.get(where).status_code == 410
    assert "value" not in page(client, where).partition("<main")[2].partition("</main>")[0]
    assert state(idea) == before


def test_a_vote_after_closing_or_deciding_changes_nothing_and_says_so(
    idea: Idea, follower: Member, people: list[Member]
) -> None:
    reading = opens(idea)
    where = link_of(reading, people[0])
    Decision.objects.create(idea=idea, value=GoNoGo.NO_GO)
    assert [Client().get(where).status_code, Client().post(where, {"value": "5"}).status_code] == [410, 410]
    Decision.objects.all().delete()
    closes(follower, idea)
    before = state(idea)
    assert [Client().get(where).status_code, Client().post(where, {"value": "5"}).status_code] == [410, 410]
    assert as_(people[0]).get(at("vote", idea)).status_code == 410
    assert state(idea) == before


def test_a_link_that_we_did_not_make_is_not_there(idea: Idea, people: list[Member]) -> None:
    where = link_of(opens(idea), people[0])
    for wrong in (f"{where[:-2]}x/", "/vote/by/x/", reverse("ideas:vote_link", args=["x:y:z"])):
        assert [Client().get(wrong).status_code, Client().post(wrong, {"value": "5"}).status_code] == [404, 404]
    assert reading_of(idea).number == 0


# ---------- slips


def makes_slips(who: Member, idea: Idea, number: int = 6) -> list[str]:
    answer = sends(as_(who), at("voting", idea), {"number": str(number)}, at("voting_slips", idea))
    assert answer.status_code == 200
    return re.findall(r'class="code">([a-z0-9-]+)<', answer.content.decode())


def test_a_slip_votes_once_without_an_account(idea: Idea, follower: Member) -> None:
    opens(idea, VotingWay.MEETING)
    codes = makes_slips(follower, idea)
    assert len(set(codes)) == 6
    typed = codes[0].upper().replace("-", " ")
    client = Client()
    answer = sends(client, reverse("ideas:vote_by_slip"), {"code": typed})
    assert answer.status_code == 302
    where = answer.headers["Location"]
    assert votes(client, where, 2, "Te druk.").headers["Location"] == reverse("ideas:vote_thanks")
    before = state(idea)
    assert [client.get(where).status_code, client.post(where, {"value": "5"}).status_code] == [404, 404]
    assert (reading_of(idea).count_2, reading_of(idea).number, SlipCode.objects.count()) == (1, 1, 5)
    assert state(idea) == before


def test_the_codes_are_kept_as_digests_only_and_new_slips_take_the_place_of_the_old(
    idea: Idea, follower: Member
) -> None:
    opens(idea, VotingWay.MEETING)
    [old] = makes_slips(follower, idea, 1)
    assert old.replace("-", "") not in str(state(idea))
    [new] = makes_slips(follower, idea, 1)
    assert [Client().get(slip_at(old)).status_code, Client().get(slip_at(new)).status_code] == [404, 200]


@pytest.mark.parametrize("number", ["0", "61", "", "veel"])
def test_slips_are_made_in_a_sensible_number(number: str, idea: Idea, follower: Member) -> None:
    opens(idea, VotingWay.MEETING)
    assert as_(follower).post(at("voting_slips", idea), {"number": number}).status_code == 422
    assert not SlipCode.objects.exists()


def test_a_wrong_code_opens_nothing_and_too_many_of_them_are_refused_for_a_while(idea: Idea, follower: Member) -> None:
    opens(idea, VotingWay.MEETING)
    [code] = makes_slips(follower, idea, 1)
    client = Client()
    for _ in range(60):
        answer = client.get(slip_at("abcd-efgh"))
        assert answer.status_code == 404
        assert idea.title not in answer.content.decode()
    assert client.get(slip_at("abcd-efgh")).status_code == 429
    assert client.post(slip_at(code), {"value": "5"}).status_code == 429
    assert reading_of(idea).number == 0


def test_one_way_in_a_reading_so_that_nobody_votes_twice(idea: Idea, follower: Member, people: list[Member]) -> None:
    reading = opens(idea, VotingWay.MEETING)
    assert as_(people[0]).get(at("vote", idea)).status_code == 410
    assert Client().post(link_of(reading, people[0]), {"value": "5"}).status_code == 410
    closes(follower, idea)
    opens(idea)
    assert as_(follower).post(at("voting_slips", idea), {"number": "3"}).status_code == 302
    assert not SlipCode.objects.exists()
    assert reading_of(idea).number == 0


# ---------- while it is open, and after


def shown_while_open(idea: Idea, *who: Member) -> str:
    names = ("decide", "idea", "voting", "voting_screen", "dossier", "timeline")
    return "".join(page(as_(member), at(name, idea)) for member in who for name in names)


def test_while_it_is_open_nobody_sees_counts_remarks_or_who_voted(
    idea: Idea, follower: Member, policy: Member, coordinator: Member, people: list[Member]
) -> None:
    reading = opens(idea)
    for member, value in zip(people[:5], WARM, strict=False):
        votes(Client(), link_of(reading, member), value, "Een eigen zin.", in_dossier="on")
    html = shown_while_open(idea, follower, policy, coordinator)
    assert "Een eigen zin." not in html
    assert not any(member.name in html for member in people)
    assert read_picture(idea).votes is None


def test_how_many_votes_are_in_is_told_from_three_on(idea: Idea, follower: Member, people: list[Member]) -> None:
    reading, told = opens(idea), []
    for member in people[:4]:
        votes(Client(), link_of(reading, member), 4)
        told.append(reading_of(idea).shown_number)
    assert told == [None, None, 3, 4]


def vote_all(idea: Idea, people: list[Member], values: tuple[int, ...] = WARM) -> None:
    reading = reading_of(idea)
    for number, (member, value) in enumerate(zip(people, values, strict=False)):
        more = {"in_dossier": "on"} if number % 2 else {}
        votes(Client(), link_of(reading, member), value, f"Zin {9 - number}", **more)


def test_closing_makes_the_counts_the_current_reading_and_forgets_who_voted(
    idea: Idea, follower: Member, people: list[Member]
) -> None:
    opens(idea)
    vote_all(idea, people)
    closes(follower, idea)
    assert not OpenReading.objects.exists()
    reading = TemperatureReading.objects.get(idea=idea)
    assert (reading.counts, reading.method, reading.date) == (
        [0, 1, 1, 2, 2],
        TemperatureMethod.VOTES,
        timezone.localdate(),
    )
    assert (reading.remarks, reading.remarks_aside) == (["Zin 4", "Zin 6", "Zin 8"], ["Zin 5", "Zin 7", "Zin 9"])
    shown = temperature_on(follower, idea)
    assert all(f"Zin {number}" in shown for number in range(4, 10))
    picture = read_picture(idea)
    assert picture.votes is not None
    assert picture.votes.remarks == ("Zin 4", "Zin 6", "Zin 8")
    assert "Zin 5" not in repr(picture)


def test_of_slips_the_reading_says_so(idea: Idea, follower: Member) -> None:
    opens(idea, VotingWay.MEETING)
    for code in makes_slips(follower, idea, 5):
        votes(Client(), slip_at(code), 4)
    closes(follower, idea)
    assert TemperatureReading.objects.get().method is TemperatureMethod.SLIPS


@pytest.mark.parametrize(
    ("values", "band"), [((5, 4, 4), Band.MUCH), ((5, 1, 3, 3), Band.MIXED), ((1, 1, 2), Band.LITTLE)]
)
def test_of_fewer_than_five_votes_only_the_band_and_their_number_stay(
    values: tuple[int, ...], band: Band, idea: Idea, follower: Member, people: list[Member]
) -> None:
    opens(idea)
    vote_all(idea, people, values)
    closes(follower, idea)
    reading = TemperatureReading.objects.get(idea=idea)
    assert (reading.counts, reading.remarks, reading.remarks_aside) == ([0] * 5, [], [])
    assert (reading.band, reading.number) == (band, len(values))
    shown = temperature_on(follower, idea)
    assert f"{len(values)} stemmen" in shown
    assert "<table" not in shown
    assert "spread" not in shown


@pytest.mark.parametrize("values", [(), (5,), (1, 5)])
def test_of_fewer_than_three_votes_nothing_stays_and_the_reading_before_does(
    values: tuple[int, ...], idea: Idea, client: Client, follower: Member, people: list[Member]
) -> None:
    take_temperature(client, follower, idea, (3, 2, 0, 0, 0))
    opens(idea)
    vote_all(idea, people, values)
    closes(follower, idea)
    assert [(one.current, one.counts) for one in TemperatureReading.objects.all()] == [(True, [3, 2, 0, 0, 0])]


def test_a_reading_that_was_open_while_the_decision_fell_changes_nothing_of_what_it_rests_on(
    idea: Idea, follower: Member, people: list[Member]
) -> None:
    opens(idea)
    vote_all(idea, people)
    Decision.objects.create(idea=idea, value=GoNoGo.NO_GO, date=timezone.localdate())
    before = read_picture(idea)
    closes(follower, idea)
    assert read_picture(idea) == before
    assert not OpenReading.objects.exists()


def test_what_werktsamen_counted_is_corrected_by_nobody_but_takes_a_note(
    idea: Idea, follower: Member, people: list[Member]
) -> None:
    opens(idea)
    vote_all(idea, people)
    closes(follower, idea)
    reading = TemperatureReading.objects.get()
    where = reverse("ideas:correct_temperature", args=[idea.pk, reading.pk])
    told = {"count_1": "9", "remarks": "Verzonnen", "method": "slips", "note": "Wij praten hier nog over."}
    sent = form_to(where, page(as_(follower), where)).sent({"note": told["note"]})
    assert as_(follower).post(where, {**sent, **told}).status_code == 302
    after = TemperatureReading.objects.get()
    assert (after.counts, after.method, after.pk) == (reading.counts, reading.method, reading.pk)
    assert after.note == told["note"]
    assert "Verzonnen" not in str(after.remarks)


def test_a_second_reading_shows_the_movement(
    idea: Idea, client: Client, follower: Member, people: list[Member]
) -> None:
    take_temperature(client, follower, idea, (3, 2, 1, 0, 0))
    opens(idea)
    vote_all(idea, people, (5, 5, 4, 4, 4, 5))
    closes(follower, idea)
    shown = temperature_on(follower, idea)
    assert "movement" in shown
    assert "<table" in shown
    opens(idea)
    vote_all(idea, people, (5, 5, 4))
    closes(follower, idea)
    shown = temperature_on(follower, idea)
    assert "movement" in shown
    assert "<table" not in shown
    assert [one.remarks_aside for one in TemperatureReading.objects.filter(current=False)] == [[], []]


def test_closing_twice_does_it_once_and_takes_back_mail_that_did_not_go(
    idea: Idea, follower: Member, people: list[Member]
) -> None:
    opens(idea)
    key = f"{reading_of(idea).mail_key}-{people[0].pk}"
    Mail.objects.create(key=key, to="x@lindeveer.test", subject="Stem", body="link")
    vote_all(idea, people)
    closes(follower, idea)
    assert as_(follower).post(at("close_voting", idea)).status_code == 302
    assert TemperatureReading.objects.count() == 1
    assert Mail.objects.get(key=key).body == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", list(VotingWay))
def test_two_who_vote_at_the_same_time_both_count_and_a_double_click_once(
    way: VotingWay, idea: Idea, organisation: Organisation, team: Team
) -> None:
    reading = opens(idea, way)
    voters = [factories.member(f"lid{number}", organisation, team=team) for number in range(3)]
    codes = reading.make_slips(3)
    wheres = (
        [slip_at(code) for code in codes] if way is VotingWay.MEETING else [link_of(reading, one) for one in voters]
    )
    wheres += [wheres[0]]
    ready, statuses = Barrier(len(wheres), timeout=30), []

    def click(where: str) -> None:
        ready.wait()
        statuses.append(Client().post(where, {"value": "4", "remark": "Ja."}).status_code)
        connections.close_all()

    threads = [Thread(target=click, args=[where]) for where in wheres]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(statuses)[:3] == [302, 302, 302]
    assert sorted(statuses)[3] in {404, 410}
    now = reading_of(idea)
    assert (now.count_4, now.number, now.remarks_aside) == (3, 3, ["Ja."] * 3)


@pytest.mark.parametrize("way", list(VotingWay))
def test_voting_takes_the_same_few_queries_however_many_voted(
    way: VotingWay, idea: Idea, follower: Member, organisation: Organisation, team: Team
) -> None:
    reading, counts = opens(idea, way), []
    voters = team_of(organisation, team, 20)
    by_slip, by_link = map(slip_at, reading.make_slips(20)), (link_of(reading, one) for one in voters)
    client, wheres = Client(), list(by_slip if way is VotingWay.MEETING else by_link)
    leads = as_(follower)
    for where in wheres:
        with CaptureQueriesContext(connection) as asked:
            client.get(where)
        with CaptureQueriesContext(connection) as sent:
            assert client.post(where, {"value": "4", "remark": "Ja."}).status_code == 302
        with CaptureQueriesContext(connection) as led:
            leads.get(at("voting", idea))
        counts.append((len(asked), len(sent), len(led)))
    assert set(counts[1:-1]) == {counts[1]}
    assert max(counts[1][:2]) <= 20
    assert counts[1][2] <= 20


def test_a_vote_has_no_past_and_its_form_is_known_by_nothing(idea: Idea, people: list[Member]) -> None:
    reading = opens(idea)
    votes(as_(people[0]), link_of(reading, people[0]), 5, "Doen.", in_dossier="on")
    assert not Change.objects.exists()
    assert not FormSent.objects.exists()
    assert Idea.objects.get(pk=idea.pk).status is Status.IN_STEP
