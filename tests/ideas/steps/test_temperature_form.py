"""The temperature as counts: what is entered, what shows of it, and what nobody gets to see again."""

import pytest
from django.urls import reverse

from checks.codes import TemperatureMethod
from ideas.models import Idea, TemperatureReading
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.steps.step_4 import get, idea_of, post, send, take_temperature
from tests.page_forms import form_to

NOBODY_KNOWS = "Niet gemeten"


@pytest.fixture
def idea(follower: Member) -> Idea:
    return idea_of(follower)


def current(idea: Idea) -> TemperatureReading:
    return TemperatureReading.objects.get(idea=idea, current=True)


def counts(reading: TemperatureReading) -> list[int]:
    return [reading.count_1, reading.count_2, reading.count_3, reading.count_4, reading.count_5]


def temperature_section(client: Client, who: Member, idea: Idea) -> str:
    return get(client, who, "decide", idea.pk).partition('id="temperature"')[2].partition("</section>")[0]


def test_the_five_counts_become_the_current_reading(client: Client, follower: Member, idea: Idea) -> None:
    answer = take_temperature(
        client, follower, idea, (0, 1, 1, 2, 1), method="slips", date="2026-03-02", remarks="Zeker doen\nAls het kan"
    )
    assert answer.status_code == 302
    reading = current(idea)
    assert counts(reading) == [0, 1, 1, 2, 1]
    assert (reading.method, reading.remarks) == (TemperatureMethod.SLIPS, ["Als het kan", "Zeker doen"])
    shown = temperature_section(client, follower, idea)
    for words in ["Gemengd enthousiasme", "5 stemmen", "briefjes", "2 maart 2026", "Als het kan"]:
        assert words in shown


def test_the_form_begins_with_the_method_of_the_organisation(
    client: Client, follower: Member, idea: Idea, organisation: Organisation
) -> None:
    organisation.temperature_method = "show_of_hands"
    organisation.save()
    at = reverse("ideas:temperature", args=[idea.pk])
    assert form_to(at, get(client, follower, "temperature", idea.pk)).fields["method"].value == ["show_of_hands"]


def test_a_new_reading_counts_and_the_earlier_one_stays(client: Client, follower: Member, idea: Idea) -> None:
    take_temperature(client, follower, idea, (3, 2, 0, 0, 0))
    take_temperature(client, follower, idea, (0, 0, 0, 2, 3))
    earlier = TemperatureReading.objects.get(idea=idea, current=False)
    assert (counts(earlier), counts(current(idea))) == ([3, 2, 0, 0, 0], [0, 0, 0, 2, 3])
    assert "Weinig enthousiasme" in temperature_section(client, follower, idea).partition("<details")[2]


def test_a_correction_takes_the_place_of_the_reading_and_leaves_no_past(
    client: Client, follower: Member, idea: Idea
) -> None:
    take_temperature(client, follower, idea, (0, 0, 0, 2, 3), remarks="Jaa")
    at = reverse("ideas:correct_temperature", args=[idea.pk, current(idea).pk])
    answer = send(client, follower, at, at, count_1="1")
    assert answer.status_code == 302
    assert counts(TemperatureReading.objects.get(idea=idea)) == [1, 0, 0, 2, 3]
    assert current(idea).remarks == ["Jaa"]


@pytest.mark.parametrize(
    ("given", "band", "shows"),
    [
        ((0, 0, 0, 1, 1), NOBODY_KNOWS, False),
        ((0, 0, 0, 1, 2), "Veel enthousiasme", False),
        ((0, 0, 0, 2, 2), "Veel enthousiasme", False),
        ((0, 0, 0, 2, 3), "Veel enthousiasme", True),
    ],
)
def test_a_small_number_of_votes_shows_no_more_than_it_may(
    given: tuple[int, ...], band: str, shows: bool, client: Client, follower: Member, idea: Idea
) -> None:
    take_temperature(client, follower, idea, given, remarks="Mijn geheim")
    shown = temperature_section(client, follower, idea)
    assert band in shown
    assert ("<svg" in shown) is ("Mijn geheim" in shown) is ("mediaan" in shown) is shows
    assert ("zie je vanaf vijf stemmen" in shown) is not shows
    corrects = reverse("ideas:correct_temperature", args=[idea.pk, current(idea).pk])
    form = form_to(corrects, get(client, follower, "correct_temperature", idea.pk, current(idea).pk))
    assert (form.fields["count_4"].value == [str(given[3])]) is shows
    assert ("Mijn geheim" in "".join(form.fields["remarks"].value)) is shows


def test_an_empty_form_says_what_is_missing_and_keeps_what_was_typed(
    client: Client, follower: Member, idea: Idea
) -> None:
    at = reverse("ideas:temperature", args=[idea.pk])
    answer = send(client, follower, at, at, remarks="Eerst nadenken", count_2="0")
    assert answer.status_code == 422
    form = form_to(at, answer.content.decode())
    assert form.fields["remarks"].value == ["Eerst nadenken"]
    assert not TemperatureReading.objects.exists()


@pytest.mark.parametrize("wrong", ["-1", "1.5", "twee", "100001", "9" * 30])
def test_what_is_no_count_is_refused(wrong: str, client: Client, follower: Member, idea: Idea) -> None:
    assert take_temperature(client, follower, idea, (1, 1, 1, 1, 1), count_3=wrong).status_code == 422
    assert not TemperatureReading.objects.exists()


def test_a_reading_that_was_entered_in_the_meantime_is_not_replaced_unseen(
    client: Client, follower: Member, coordinator: Member, idea: Idea
) -> None:
    at = reverse("ideas:temperature", args=[idea.pk])
    opened = form_to(at, get(client, follower, "temperature", idea.pk))
    take_temperature(client, coordinator, idea, (0, 0, 0, 3, 3))
    client.force_login(follower)
    answer = client.post(at, opened.sent({"count_1": "5", "method": "slips"}))
    assert answer.status_code == 409
    assert counts(current(idea)) == [0, 0, 0, 3, 3]
    again = client.post(at, form_to(at, answer.content.decode()).sent())
    assert again.status_code == 302
    assert counts(current(idea)) == [5, 0, 0, 0, 0]


def test_a_reading_sent_twice_stands_there_once(client: Client, follower: Member, idea: Idea) -> None:
    at = reverse("ideas:temperature", args=[idea.pk])
    told = form_to(at, get(client, follower, "temperature", idea.pk)).sent({"count_4": "5"})
    assert [client.post(at, told).status_code for _time in range(2)] == [302, 302]
    assert TemperatureReading.objects.count() == 1


@pytest.mark.parametrize(("people", "proposes"), [(5, True), (6, False)])
def test_a_team_under_six_is_first_advised_to_talk(
    people: int, proposes: bool, client: Client, follower: Member, idea: Idea
) -> None:
    for number in range(people - 1):
        factories.member(f"collega{number}", follower.organisation, team=follower.team)
    assert ('class="aside"' in get(client, follower, "temperature", idea.pk)) is proposes


@pytest.mark.parametrize(
    ("who", "may"),
    [("follower", True), ("coordinator", True), ("policy", False), ("support", False), ("colleague", False)],
)
def test_follower_and_coordinator_take_the_temperature(
    who: str, may: bool, client: Client, idea: Idea, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    answer = post(client, member, "temperature", idea.pk, count_4="3", method="votes")
    assert answer.status_code == (302 if may else 403)
    assert TemperatureReading.objects.exists() is may
    assert (reverse("ideas:temperature", args=[idea.pk]) in temperature_section(client, member, idea)) is may


def test_an_earlier_reading_is_not_corrected(client: Client, follower: Member, idea: Idea) -> None:
    take_temperature(client, follower, idea, (0, 0, 0, 2, 3))
    earlier = current(idea).pk
    take_temperature(client, follower, idea, (0, 0, 0, 2, 4))
    assert client.get(reverse("ideas:correct_temperature", args=[idea.pk, earlier])).status_code == 404
