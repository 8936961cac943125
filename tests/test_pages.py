"""What holds for every page: strict headers, kind error pages, nothing inline."""

import re

import pytest
from django.urls import reverse

from ideas.models import Idea
from people.models import Member
from tests.factories import Client
from werktsamen.views import server_error


def test_scripts_and_styles_come_from_us_only(client: Client, idea: Idea, coordinator: Member) -> None:
    client.force_login(coordinator)
    for page in ["idea", "explore", "check", "concretise", "decide", "dossier"]:
        response = client.get(reverse(f"ideas:{page}", args=[idea.pk]))
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        html = response.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html), page


def test_what_people_typed_is_shown_as_text(client: Client, idea: Idea, coordinator: Member) -> None:
    idea.title = "<script>alert(1)</script> {{ 7|add:7 }}"
    idea.save()
    client.force_login(coordinator)
    html = client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    assert "<script>alert" not in html
    assert "{{ 7|add:7 }}" in html


def test_a_page_that_is_not_there_says_what_to_do(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    response = client.get("/nergens/")
    assert response.status_code == 404
    assert "Naar het overzicht" in response.content.decode()


def test_a_fault_of_ours_leans_on_nothing_that_may_have_failed() -> None:
    response = server_error(None)  # type: ignore[arg-type]
    assert response.status_code == 500
    assert "Er ging iets mis" in response.content.decode()


@pytest.mark.django_db
def test_an_expired_form_says_so() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "verlopen" in response.content.decode()
