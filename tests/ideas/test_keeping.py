"""The key with which a browser keeps text: of one person and one idea, on the pages of that idea only."""

import re
from base64 import b64decode

import pytest
from django.test import override_settings
from django.urls import reverse

from ideas.keeping import key_to_keep
from ideas.models import Idea, Involvement
from people.models import Member
from tests import factories
from tests.factories import Client
from tests.page_forms import form_to


def key_on(client: Client, page: str) -> str | None:
    found = re.search(r'data-key="([^"]+)"', client.get(page).content.decode())
    return found[1] if found else None


def test_a_key_is_of_one_person_and_one_idea_and_long_enough(follower: Member, colleague: Member) -> None:
    keys = {key_to_keep(member, idea) for member in (follower, colleague) for idea in (1, 2, 11, "new")}
    assert len(keys) == 8
    assert {len(b64decode(key)) for key in keys} == {32}
    assert key_to_keep(follower, 1) == key_to_keep(follower, 1)
    with override_settings(SECRET_KEY="een ander geheim"):
        assert key_to_keep(follower, 1) not in keys


@pytest.mark.parametrize("page", ["idea", "explore", "check", "concretise", "decide"])
def test_a_page_of_an_idea_carries_the_key_of_who_is_signed_in(
    page: str, idea: Idea, follower: Member, colleague: Member, client: Client
) -> None:
    Involvement.objects.create(idea=idea, member=colleague, role="collaborator")
    for member in (follower, colleague):
        client.force_login(member)
        answer = client.get(reverse(f"ideas:{page}", args=[idea.pk]))
        assert f'data-idea="{idea.pk}" data-key="{key_to_keep(member, idea.pk)}"' in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]


def test_other_pages_carry_none_and_a_new_idea_its_own(idea: Idea, follower: Member, client: Client) -> None:
    assert key_on(client, reverse("account_login")) is None
    client.force_login(follower)
    assert key_on(client, reverse("ideas:overview")) is None
    assert key_on(client, reverse("ideas:new")) == key_to_keep(follower, "new")


def test_a_form_that_is_saved_says_which_one_so_that_what_was_kept_of_it_may_go(
    organisation: object, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    page = reverse("ideas:new")
    form = form_to(page, client.get(page).content.decode())
    refused = client.post(page, form.sent({"title": ""}))
    assert refused.status_code == 422
    assert "saved" not in refused.cookies
    saved = client.post(page, form.sent({"title": "Klusdienst", "brought_by": "een buur"}))
    assert saved.status_code == 302
    assert [saved.cookies["saved"].value] == form.fields["token"].value


def test_a_form_sent_in_place_leaves_no_cookie(idea: Idea, follower: Member, client: Client) -> None:
    client.force_login(follower)
    page = reverse("ideas:list", args=[idea.pk, "goals"])
    form = form_to(page, client.get(reverse("ideas:explore", args=[idea.pk])).content.decode())
    answer = client.post(page, form.sent({"lines": "Wonen"}), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "saved" not in answer.cookies


def test_votes_are_not_kept(idea: Idea, follower: Member, client: Client) -> None:
    client.force_login(follower)
    Idea.objects.update(step=4)
    html = client.get(reverse("ideas:temperature", args=[idea.pk])).content.decode()
    assert 'name="remarks"' in html
    assert "data-keeps" not in html


def test_somebody_who_may_not_see_an_idea_gets_no_key_for_it(idea: Idea, client: Client, outsider: Member) -> None:
    Idea.objects.update(confidential=True)
    for member in (outsider, factories.member("ander", idea.organisation)):
        client.force_login(member)
        answer = client.get(reverse("ideas:explore", args=[idea.pk]))
        assert answer.status_code == 404
        assert "data-key" not in answer.content.decode()
