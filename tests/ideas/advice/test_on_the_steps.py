"""The advisers on the pages of the steps, and in the fragment after a save."""

from dataclasses import replace

import pytest
from django.urls import reverse

from checks.codes import Coordination, Form, Rating
from checks.picture import Checks, Flags, Picture, Rated, Samenwerkcheck
from ideas.models import Idea
from ideas.picture import write_picture
from people.models import Member
from tests.factories import Client
from tests.ideas.whole_idea import UNDER_WAY

HTMX = {"HX-Request": "true"}
SHOWN = {"explore": ["form"], "check": ["coordination"], "concretise": ["coordination", "legal"]}
ON = [(page, name) for page, names in SHOWN.items() for name in names]


def write(picture: Picture, member: Member) -> Idea:
    return write_picture(replace(picture, own_org=member.organisation.name), member.organisation)


def read(client: Client, page: str, idea: Idea, **headers: str) -> str:
    return client.get(reverse(f"ideas:{page}", args=[idea.pk]), headers=headers).content.decode()


@pytest.mark.parametrize(("page", "name"), ON)
def test_an_adviser_stands_on_its_page_and_in_the_fragment_after_a_save(
    client: Client, coordinator: Member, idea: Idea, page: str, name: str
) -> None:
    client.force_login(coordinator)
    element = f'id="advice-{name}" hx-swap-oob="true"'
    assert read(client, page, idea).count(element) == 1
    assert read(client, page, idea, **HTMX).count(element) == 1


def test_the_form_is_advised_from_what_is_entered(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    picture = Picture(title="Koken", slug="koken", approach="We koken samen.", flags=Flags(one_off=True))
    html = read(client, "explore", write(picture, coordinator))
    assert "lijkt het meest op een ad-hocsamenwerking" in html
    assert "Je noemt het een eenmalig probleem." in html
    assert "facts-form" in html


def test_what_was_chosen_is_told_and_not_asked_again(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    picture = Picture(title="Koken", slug="koken", approach="We koken.", duration=3, form=Form.AD_HOC)
    html = read(client, "explore", write(picture, coordinator))
    assert "facts-form" not in html


def test_an_answer_changes_the_advice(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    trusted = Samenwerkcheck(
        shared=Rated(value=Rating.YES), equal=Rated(value=Rating.YES), atmosphere=Rated(value=Rating.YES)
    )
    none = write(Picture(title="Leeg", slug="leeg"), coordinator)
    some = write(Picture(title="Vol", slug="vol", checks=Checks(samenwerk=trusted)), coordinator)
    assert "Samen coördineren lijkt hier te passen." not in read(client, "check", none, **HTMX)
    assert "Samen coördineren lijkt hier te passen." in read(client, "check", some, **HTMX)


def test_the_legal_adviser_sends_to_somebody_who_knows_the_law(client: Client, coordinator: Member, idea: Idea) -> None:
    client.force_login(coordinator)
    html = read(client, "concretise", idea)
    assert "Een samenwerkingsovereenkomst lijkt te volstaan." in html
    assert "jurist, een notaris of je koepel" in html
    assert "23 november 2026" in html


def test_who_only_reads_gets_the_advice_but_is_not_asked_to_note_a_choice(
    client: Client, policy: Member, idea: Idea
) -> None:
    client.force_login(policy)
    for page, names in SHOWN.items():
        html = read(client, page, idea)
        assert all(f"advice-{name}" in html for name in names)
    assert "facts-legal_form" not in read(client, "concretise", idea)


def test_what_people_wrote_is_shown_as_they_wrote_it_and_runs_nothing(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    picture = replace(UNDER_WAY, slug="raar", approach='helpen<script>alert(1)</script> in dienst"><b>')
    idea = write(picture, coordinator)
    for page in SHOWN:
        assert "<script>alert" not in read(client, page, idea)


def test_a_coordination_that_was_answered_is_known_on_step_3(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    check = Samenwerkcheck(
        shared=Rated(value=Rating.YES), equal=Rated(value=Rating.YES), atmosphere=Rated(value=Rating.YES)
    )
    answered = replace(check, coordination=replace(check.coordination, value=Coordination.LEAD_PARTNER))
    idea = write(Picture(title="Trek", slug="trek", checks=Checks(samenwerk=answered)), coordinator)
    html = read(client, "concretise", idea)
    assert f"{reverse('ideas:check', args=[idea.pk])}#s2-collab-coordination" in html
