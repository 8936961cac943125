"""Deleting an empty idea or an exercise."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from checks.codes import GoNoGo, Status
from ideas.models import Attachment, Decision, Goal, Idea, Transition
from people.models import Member
from tests import factories
from tests.factories import Client
from tests.ideas.way.cast import opened, send, url


def test_an_empty_idea_disappears_with_its_way(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    send(client, idea, "move_on")
    assert idea.title in client.get(url(idea, "delete")).content.decode()
    answer = send(client, idea, "delete")
    assert answer.headers["Location"] == reverse("ideas:overview")
    assert not Idea.objects.exists()
    assert not Transition.objects.exists()


def test_an_exercise_disappears_with_all_that_is_in_it_and_its_files(
    idea: Idea, client: Client, follower: Member, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    Idea.objects.update(test=True)
    Goal.objects.create(idea=idea, text="Oefenen")
    attachment = Attachment.objects.create(
        idea=idea, title="Oproep", file="oproep.txt", stored=ContentFile(b"de oproep", name="oproep.txt")
    )
    client.force_login(follower)
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        assert send(client, idea, "delete").status_code == 302
        assert attachment.stored.storage.exists(str(attachment.stored.name))
    for callback in callbacks:
        callback()
    assert not attachment.stored.storage.exists(str(attachment.stored.name))
    assert not Goal.objects.exists()


def test_work_is_not_deleted_and_the_page_says_what_to_do_instead(idea: Idea, client: Client, follower: Member) -> None:
    Goal.objects.create(idea=idea, text="Twintig jongeren wonen")
    client.force_login(follower)
    assert "Stop het dan" in client.get(url(idea, "delete")).content.decode()
    assert send(client, idea, "delete").status_code == 409
    assert Idea.objects.exists()


@pytest.mark.parametrize("current", [True, False])
def test_what_was_decided_is_not_deleted(current: bool, idea: Idea, client: Client, follower: Member) -> None:
    Idea.objects.update(test=True)
    Decision.objects.create(idea=idea, value=GoNoGo.NO_GO, current=current)
    client.force_login(follower)
    assert send(client, idea, "delete").status_code == 409
    assert Idea.objects.exists()


def test_an_idea_in_which_another_goes_on_is_not_deleted(idea: Idea, client: Client, follower: Member) -> None:
    merged = factories.idea(idea.organisation, status=Status.MERGED, merged_into=idea, idea_owner=follower)
    client.force_login(follower)
    for one in [idea, merged]:
        assert send(client, one, "delete").status_code == 409
    assert Idea.objects.count() == 2


def test_the_same_form_sent_twice_leads_to_the_overview_twice(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    told = opened(client, idea, "delete")
    for _ in range(2):
        answer = client.post(url(idea, "delete"), told)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("ideas:overview"))


def test_an_idea_that_went_further_in_another_tab_is_not_deleted_unseen(
    idea: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    told = opened(client, idea, "delete")
    send(client, idea, "move_on")
    assert client.post(url(idea, "delete"), told | {"token": str(uuid4())}).status_code == 409
    assert Idea.objects.exists()
