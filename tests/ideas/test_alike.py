"""Something like this before: what the organisation's earlier ideas say to a new one."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checks.codes import GoNoGo, Status, Theme
from checks.picture import Decision, Partner, Picture
from ideas.alike import similar_to
from ideas.models import Idea
from ideas.picture import write_picture
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client

NIGHT = Picture(
    title="Nachtanker: winteropvang in een leegstaand rusthuis",
    themes=(Theme.ACCESS,),
    partners=(Partner(name="Gemeente Kouterlo"), Partner(name="Soepkring")),
    status=Status.NO_GO,
    step=4,
    decision=Decision(value=GoNoGo.NO_GO, motivation="Het gebouw is niet brandveilig."),
)


def recorded(organisation: Organisation, **told: object) -> Idea:
    return write_picture(replace(NIGHT, own_org=organisation.name, **told), organisation)  # type: ignore[arg-type]


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


def page(member: Client, idea: Idea) -> str:
    return member.get(reverse("ideas:alike", args=[idea.pk])).content.decode()


def test_an_earlier_no_is_shown_with_its_reason(organisation: Organisation, member: Client) -> None:
    recorded(organisation)
    new = recorded(organisation, title="Opvang in de kerk", status=Status.IN_STEP, step=1, decision=None)
    shown = page(member, new)
    assert "Nachtanker" in shown
    assert "Het gebouw is niet brandveilig." in shown
    assert "ook met Gemeente Kouterlo, Soepkring" in shown


def test_the_hint_beside_a_new_idea_names_what_is_like_it(organisation: Organisation, member: Client) -> None:
    recorded(organisation)
    shown = member.post(reverse("ideas:alike_to_typed"), {"title": "Winteropvang in rusthuis"}).content.decode()
    assert "Nachtanker" in shown
    assert member.post(reverse("ideas:alike_to_typed"), {"title": "Fietsen"}).content.decode().strip() == ""


def test_words_with_accents_are_found(organisation: Organisation, member: Client) -> None:
    recorded(organisation, title="Coördinatie voor cliënten")
    shown = member.post(reverse("ideas:alike_to_typed"), {"title": "Coördinatie cliënten"}).content.decode()
    assert "Coördinatie voor cliënten" in shown


def test_an_idea_that_stopped_after_a_go_tells_why_it_stopped(organisation: Organisation, member: Client) -> None:
    old = recorded(
        organisation, status=Status.STOPPED, decision=Decision(value=GoNoGo.GO, motivation="Iedereen wil dit.")
    )
    old.transitions.create(to_status=Status.STOPPED, why="Het geld is op.", date=date(2026, 5, 4))
    new = recorded(organisation, title="Opvang in de kerk", status=Status.IN_STEP, step=1, decision=None)
    shown = page(member, new)
    assert "Het geld is op." in shown
    assert "Iedereen wil dit." not in shown


def test_what_is_typed_with_odd_signs_is_no_problem(member: Client) -> None:
    for title in ["%", "'; --", "\x00nachtopvang", "é" * 500]:
        assert member.post(reverse("ideas:alike_to_typed"), {"title": title}).status_code == 200


def test_another_organisation_and_what_is_confidential_stay_unseen(
    organisation: Organisation, member: Client, colleague: Member
) -> None:
    neighbour = factories.organisation(name="De Meander", slug="de-meander")
    recorded(neighbour, title="Nachtopvang van de buren")
    recorded(organisation, title="Nachtopvang in stilte", confidential=True)
    new = recorded(organisation, title="Nachtopvang", status=Status.IN_STEP, step=1, decision=None)
    assert "buren" not in page(member, new)
    assert "stilte" not in page(member, new)


def test_similar_is_what_goes_on_with_the_same_theme_and_two_of_the_same_partners(organisation: Organisation) -> None:
    goes_on = {"status": Status.IN_STEP, "step": 1, "decision": None}
    new = recorded(organisation, title="Nieuw", **goes_on)
    recorded(organisation, title="Gelijkaardig", **goes_on)
    recorded(organisation, title="Geheim", confidential=True, **goes_on)
    recorded(organisation, title="Eén partner", partners=(Partner(name="Soepkring"),), **goes_on)
    recorded(organisation, title="Ander thema", themes=(Theme.ICT,), **goes_on)
    recorded(organisation, title="Gestopt")
    assert similar_to(new) == ("Gelijkaardig",)


def test_the_page_of_the_idea_asks_whether_to_join(organisation: Organisation, member: Client) -> None:
    goes_on = {"status": Status.IN_STEP, "step": 1, "decision": None}
    new = recorded(organisation, title="Nieuw", idea_owner="opvolger", **goes_on)
    recorded(organisation, title="Gelijkaardig", **goes_on)
    assert "Gelijkaardig" in member.get(reverse("ideas:idea", args=[new.pk])).content.decode()


def test_it_takes_the_same_few_queries_however_many_ideas_there_are(organisation: Organisation, member: Client) -> None:
    new, counts = recorded(organisation, title="Nieuw"), []
    for count in (2, 30):
        for number in range(count):
            recorded(organisation, title=f"Nachtopvang {number}")
        page(member, new)
        with CaptureQueriesContext(connection) as asked:
            page(member, new)
        counts.append(len(asked))
    assert counts[0] == counts[1]
