"""A form that is sent twice does nothing twice."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connections
from django.urls import reverse

from ideas.models import FormSent, Goal, Idea
from people.models import Member
from tests.factories import Client
from tests.page_forms import form_to

HTMX = {"HX-Request": "true"}


def goals(idea: Idea) -> str:
    return reverse("ideas:list", args=[idea.pk, "goals"])


def test_a_form_that_is_sent_twice_adds_one_row_and_leads_to_the_same_page(
    idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    page = client.get(reverse("ideas:explore", args=[idea.pk])).content.decode()
    sent = form_to(goals(idea), page).sent({"lines": "Wonen"})
    first, second = client.post(goals(idea), sent), client.post(goals(idea), sent)
    assert Goal.objects.count() == 1
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]


def test_each_form_on_a_page_has_a_token_of_its_own_and_each_page_new_ones(
    idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    tokens = []
    for _ in range(2):
        page = client.get(reverse("ideas:explore", args=[idea.pk])).content.decode()
        tokens += [
            form_to(reverse("ideas:list", args=[idea.pk, name]), page).fields["token"].value[0]
            for name in ["goals", "pieces", "partners"]
        ]
    assert len(set(tokens)) == 6


def test_two_forms_with_the_same_words_are_two(idea: Idea, follower: Member, client: Client) -> None:
    client.force_login(follower)
    for _ in range(2):
        client.post(goals(idea), {"lines": "Wonen", "token": str(uuid4())})
    assert Goal.objects.count() == 2


def test_a_fragment_that_is_asked_for_twice_leaves_the_page_as_it_is(
    idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    sent = {"lines": "Wonen", "token": str(uuid4())}
    first, second = (client.post(goals(idea), sent, headers=HTMX) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 204)
    assert second.content == b""
    assert Goal.objects.count() == 1


def test_a_form_that_is_refused_can_be_sent_again(idea: Idea, follower: Member, client: Client) -> None:
    client.force_login(follower)
    token = str(uuid4())
    assert client.post(goals(idea), {"lines": "Wonen\n" + "x" * 20_001, "token": token}).status_code == 422
    assert not Goal.objects.exists()
    assert not FormSent.objects.exists()
    assert client.post(goals(idea), {"lines": "Wonen", "token": token}).status_code == 302
    assert Goal.objects.get().text == "Wonen"


@pytest.mark.parametrize("who", ["outsider", "colleague"])
def test_who_may_not_leaves_no_trace(who: str, idea: Idea, client: Client, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.post(goals(idea), {"lines": "Wonen", "token": str(uuid4())}).status_code in {403, 404}
    assert not FormSent.objects.exists()


@pytest.mark.parametrize("token", ["", "geen token", "0", "x" * 1000])
def test_a_form_without_a_token_of_ours_is_dealt_with_all_the_same(
    token: str, idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    for _ in range(2):
        assert client.post(goals(idea), {"lines": "Wonen", "token": token}).status_code == 302
    assert Goal.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_adds_one_row_when_both_come_in_at_the_same_time(idea: Idea, follower: Member) -> None:
    token, ready, answers = str(uuid4()), Barrier(2, timeout=30), []

    def click() -> None:
        client = Client()
        client.force_login(follower)
        ready.wait()
        answers.append(client.post(goals(idea), {"lines": "Wonen", "token": token}))
        connections.close_all()

    clicks = [Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(60)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Goal.objects.count() == 1
