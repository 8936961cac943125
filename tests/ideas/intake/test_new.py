"""Entering an idea."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from checks.codes import Origin, Role, Status, Verb
from ideas.models import Idea
from people.models import Member
from tests.factories import Client

NEW = reverse("ideas:new")


def test_a_title_is_enough_and_the_idea_stands_as_received(
    client: Client, colleague: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(colleague)
    with django_assert_max_num_queries(18):
        answer = client.post(NEW, {"title": "Samen een klusdienst", "token": str(uuid4())})
    idea = Idea.objects.get()
    assert answer.headers["Location"] == reverse("ideas:idea", args=[idea.pk])
    assert (idea.status, idea.step, idea.entered_by, idea.idea_owner) == (Status.RECEIVED, None, colleague, None)
    assert (idea.received, idea.slug) == (timezone.localdate(), "samen-een-klusdienst")
    event = idea.transitions.get()
    assert (event.verb, event.member, event.role) == (Verb.RECEIVE, colleague, Role.IDEA_OWNER)
    assert "Samen een klusdienst" in client.get(reverse("ideas:received")).content.decode()


def test_all_that_can_be_told_at_once_is_kept(client: Client, colleague: Member) -> None:
    day = timezone.localdate() + timedelta(days=9)
    told = {
        "title": "Samen een klusdienst",
        "brought_by": "Rani van de buurtraad",
        "summary": "Vrijwilligers helpen bij kleine klussen.",
        "answer_needed_by": day.isoformat(),
        "origin": "external_partner",
        "origin_text": "Na een babbel",
        "confidential": "on",
        "test": "on",
    }
    client.force_login(colleague)
    client.post(NEW, told)
    idea = Idea.objects.get()
    assert (idea.brought_by, idea.summary) == (told["brought_by"], told["summary"])
    assert (idea.answer_needed_by, idea.origin, idea.origin_text) == (day, Origin.EXTERNAL_PARTNER, "Na een babbel")
    assert idea.confidential
    assert idea.test


def test_without_a_title_nothing_is_entered_and_what_was_typed_stays(client: Client, colleague: Member) -> None:
    client.force_login(colleague)
    answer = client.post(NEW, {"title": " \u200b ", "summary": "Wat ik typte", "token": str(uuid4())})
    assert answer.status_code == 422
    assert "Wat ik typte" in answer.content.decode()
    assert answer.context["form"].has_error("title", "required")
    assert not Idea.objects.exists()


def test_what_is_wrong_further_on_is_unfolded(client: Client, colleague: Member) -> None:
    client.force_login(colleague)
    html = client.post(NEW, {"title": "Klussen", "answer_needed_by": "morgen"}).content.decode()
    assert '<details class="more" open>' in html
    assert '<details class="more">' in client.get(NEW).content.decode()


def test_the_same_form_sent_twice_enters_one_idea_and_leads_to_it(client: Client, colleague: Member) -> None:
    client.force_login(colleague)
    told = {"title": "Samen een klusdienst", "token": str(uuid4())}
    first, second = client.post(NEW, told), client.post(NEW, told)
    assert Idea.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_two_ideas_with_one_title_each_get_a_slug(client: Client, colleague: Member) -> None:
    client.force_login(colleague)
    for _ in range(2):
        client.post(NEW, {"title": "Klussen"})
    assert sorted(Idea.objects.values_list("slug", flat=True)) == ["klussen", "klussen-2"]


@pytest.mark.parametrize("who", ["follower", "colleague", "support", "policy", "coordinator"])
def test_every_member_is_offered_to_enter_one_on_every_page(
    who: str, client: Client, db: None, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for page in [reverse("ideas:overview"), reverse("ideas:received"), NEW]:
        assert f'href="{NEW}"' in client.get(page).content.decode()
    assert client.post(NEW, {"title": "Klussen"}).status_code == 302
