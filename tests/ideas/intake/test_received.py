"""The received ideas: what each member sees and can do there."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from checks.codes import Status
from ideas.intake.received import ON_A_PAGE
from ideas.models import Idea
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client

RECEIVED = reverse("ideas:received")


@pytest.fixture
def waiting(organisation: Organisation, colleague: Member) -> Idea:
    """An idea that waits for an answer, received by the colleague."""
    return factories.idea(
        organisation,
        title="Samen een klusdienst",
        summary="Vrijwilligers helpen bij kleine klussen.",
        brought_by="Rani van de buurtraad",
        received=date(2026, 11, 3),
        answer_needed_by=date(2027, 3, 1),
        status=Status.RECEIVED,
        step=None,
        entered_by=colleague,
    )


def read(client: Client, member: Member) -> str:
    client.force_login(member)
    return client.get(RECEIVED).content.decode()


def test_each_idea_says_what_it_is_who_brought_it_and_until_when_an_answer_is_needed(
    waiting: Idea, client: Client, follower: Member
) -> None:
    html = read(client, follower)
    for told in [waiting.title, waiting.summary, "Rani van de buurtraad", "3 november 2026", "1 maart 2027"]:
        assert told in html


@pytest.mark.parametrize(
    ("who", "may"), [("colleague", True), ("coordinator", True), ("follower", False), ("policy", False)]
)
def test_the_three_ways_out_are_for_who_received_it_and_the_coordinator(
    who: str, may: bool, waiting: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    html = read(client, request.getfixturevalue(who))
    for verb in ["take_up", "decline", "park"]:
        assert (reverse("ideas:way", args=[waiting.pk, verb]) in html) is may


def test_a_way_out_unfolds_on_the_page_itself(waiting: Idea, client: Client, colleague: Member) -> None:
    client.force_login(colleague)
    for verb in ["take_up", "decline", "park"]:
        url = reverse("ideas:way", args=[waiting.pk, verb])
        html = client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert html.strip().startswith("<form")
        assert f'action="{url}"' in html


def test_a_parked_idea_stands_apart_with_its_day(waiting: Idea, client: Client, colleague: Member) -> None:
    day = timezone.localdate() + timedelta(days=30)
    client.force_login(colleague)
    client.post(reverse("ideas:way", args=[waiting.pk, "park"]), {"revisit_on": day.isoformat(), "seen": "0"})
    answer = client.get(RECEIVED)
    assert answer.context["waiting"] == []
    parked = answer.context["parked"][0]
    assert (parked.idea, [doing.verb.value for doing in parked.ways_out]) == (waiting, ["take_up", "decline"])
    assert str(day.year) in answer.content.decode().partition(waiting.title)[2]


def test_a_confidential_idea_stands_there_for_those_who_may_read_it(
    waiting: Idea, client: Client, colleague: Member, follower: Member
) -> None:
    Idea.objects.update(confidential=True)
    assert waiting.title in read(client, colleague)
    assert waiting.title not in read(client, follower)


def test_another_organisation_sees_none_of_it(waiting: Idea, client: Client, outsider: Member) -> None:
    assert waiting.title not in read(client, outsider)


def test_the_load_counts_what_goes_on_and_no_exercises(
    organisation: Organisation, client: Client, follower: Member, coordinator: Member
) -> None:
    for status in [Status.IN_STEP, Status.IN_STEP, Status.RUNNING, Status.STOPPED, Status.PAUSED]:
        factories.idea(organisation, status=status, idea_owner=follower)
    factories.idea(organisation, idea_owner=follower, test=True)
    factories.idea(organisation)
    read(client, coordinator)
    answer = client.get(RECEIVED)
    assert (answer.context["load"].under_way, answer.context["load"].running) == (3, 1)
    assert answer.context["followers"] == [(follower, 3)]


def test_how_many_a_colleague_follows_is_for_that_colleague_and_the_coordinator(
    waiting: Idea, organisation: Organisation, client: Client, follower: Member, coordinator: Member, colleague: Member
) -> None:
    for _ in range(3):
        factories.idea(organisation, idea_owner=follower)
    take_up = reverse("ideas:way", args=[waiting.pk, "take_up"])
    client.force_login(coordinator)
    assert "volgt 3 ideeën op" in client.get(take_up).content.decode()
    client.force_login(colleague)
    assert client.get(RECEIVED).context["followers"] == []
    html = client.get(take_up).content.decode()
    assert "volgt 3 ideeën op" not in html
    assert "volgt 0 ideeën op" in html
    client.force_login(follower)
    assert client.get(RECEIVED).context["own_load"] == 3


def test_it_takes_the_same_few_queries_for_one_idea_as_for_many(
    waiting: Idea,
    organisation: Organisation,
    client: Client,
    coordinator: Member,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    factories.idea(organisation, status=Status.PAUSED, step=None, idea_owner=coordinator)
    factories.idea(organisation, idea_owner=coordinator)
    client.force_login(coordinator)
    with django_assert_num_queries(8):
        client.get(RECEIVED)
    for n in range(10):
        member = factories.member(f"lid{n}", organisation)
        factories.idea(organisation, status=Status.RECEIVED, step=None, entered_by=member)
        factories.idea(organisation, status=Status.PAUSED, step=None)
        factories.idea(organisation, idea_owner=member)
    with django_assert_num_queries(8):
        client.get(RECEIVED)


def test_a_long_list_goes_on_page_after_page(organisation: Organisation, client: Client, follower: Member) -> None:
    ideas = [
        factories.idea(organisation, title=f"Nummer {n}!", status=Status.RECEIVED, step=None)
        for n in range(ON_A_PAGE + 3)
    ]
    first = read(client, follower)
    last_on_it = ideas[-ON_A_PAGE]
    assert f"?before={last_on_it.pk}" in first
    second = client.get(RECEIVED, {"before": last_on_it.pk}).content.decode()
    for idea in ideas:
        assert (idea.title in first) != (idea.title in second)
    for before in ["9" * 5000, "x", "²"]:
        assert ideas[-1].title in client.get(RECEIVED, {"before": before}).content.decode()
