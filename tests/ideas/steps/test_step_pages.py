"""Each step's page shows its questions and what was answered, in a fixed number of queries."""

from dataclasses import replace

import pytest
from django.urls import reverse

from checks.catalogue import QUESTIONS
from checks.codes import FollowUpStatus, GoNoGo, Need, PartnerStatus, Rating, Status, Verdict
from checks.picture import Attachment, Decision, Evidence, FollowUp, Goal, Partner, Picture, Piece, Preparation, Votes
from checks.temperature import temperature_of
from ideas.models import Idea
from ideas.organisation import settings_of
from ideas.picture import write_picture
from ideas.steps.page import way
from people.models import Member, Organisation
from tests.factories import Client


def read(client: Client, page: str, idea: Idea) -> str:
    return client.get(reverse(f"ideas:{page}", args=[idea.pk])).content.decode()


@pytest.fixture
def full(organisation: Organisation) -> Picture:
    return Picture(
        title="Woonklaar",
        own_org=organisation.name,
        slug="woonklaar",
        status=Status.IN_STEP,
        step=1,
        evidence=(Evidence(text="46 jongeren zonder woonplek", source="eigen registratie", year=2025),),
        goals=(Goal(text="Elk jaar vinden 20 jongeren een woonst", clear=Rating.YES, feasible=Rating.PARTLY),),
        partners=(Partner(name="Woonwerf Zonbeek", status=PartnerStatus.CONFIRMED, willing=Rating.YES),),
        pieces=(Piece(name="Proefwoningen", by=("Woonwerf Zonbeek",)), Piece(name="Tolken")),
        followups=(FollowUp(text="Tolken zoeken", step=1, status=FollowUpStatus.OPEN),),
        attachments=(Attachment(title="Oproep", url="https://example.org/oproep"),),
    )


def test_the_infofiche_shows_what_was_answered(client: Client, coordinator: Member, full: Picture) -> None:
    client.force_login(coordinator)
    html = read(client, "explore", write_picture(full, coordinator.organisation))
    for told in ["46 jongeren zonder woonplek", "eigen registratie", "Elk jaar vinden 20 jongeren", "Woonwerf Zonbeek"]:
        assert told in html
    assert 'data-brings="surely"' in html
    assert '<tr class="gap">' in html


def test_a_question_without_answer_shows_its_help(client: Client, coordinator: Member, idea: Idea) -> None:
    client.force_login(coordinator)
    question = QUESTIONS["s1.why.challenge"]
    html = read(client, "explore", idea)
    assert question.words.nl in html
    assert question.help.nl in html


def test_english_is_complete_for_the_words_of_the_instrument(client: Client, coordinator: Member, idea: Idea) -> None:
    client.force_login(coordinator)
    client.cookies["django_language"] = "en"
    html = read(client, "explore", idea)
    assert QUESTIONS["s1.why.challenge"].words.en in html
    assert QUESTIONS["s1.why.challenge"].words.nl not in html


def test_the_way_says_what_the_talk_is_about_and_never_a_score(full: Picture) -> None:
    here = way(full)[0]
    assert (here.state, here.says.nl) == ("here", "gesprek: waarom")
    assert [step.state for step in way(replace(full, step=3))] == ["done", "done", "here", "todo"]
    decided = replace(full, status=Status.NO_GO, step=4, decision=Decision(value=GoNoGo.NO_GO))
    assert [step.state for step in way(decided)] == ["done"] * 4
    assert way(decided)[3].says.nl == "no go"


def test_go_and_no_go_and_what_follows_stand_on_the_decision_page(
    client: Client, coordinator: Member, full: Picture
) -> None:
    client.force_login(coordinator)
    told = replace(
        full,
        step=4,
        status=Status.RUNNING,
        verdict=Verdict.OK,
        votes=Votes(counts=(2, 4, 1, 0, 0)),
        decision=Decision(value=GoNoGo.GO, motivation="Het oude systeem stopt."),
    )
    html = read(client, "decide", write_picture(told, coordinator.organisation))
    for words in ["Het oude systeem stopt.", "Weinig enthousiasme", "Plan een traject met je team", "3 maanden"]:
        assert words in html


@pytest.mark.parametrize(("counts", "shown"), [((0, 0, 1, 1, 2), False), ((0, 0, 1, 2, 2), True)])
def test_the_spread_and_the_remarks_show_from_five_votes(counts: tuple[int, ...], shown: bool) -> None:
    temperature = temperature_of(Votes(counts=counts, remarks=("Eindelijk!",)))  # type: ignore[arg-type]
    assert bool(temperature.spread) is shown
    assert bool(temperature.remarks) is shown


def test_the_settings_of_the_organisation_reach_the_rules(organisation: Organisation) -> None:
    organisation.allow_conditional_go = True
    organisation.trajectory_when_mixed = "required"
    settings = settings_of(organisation)
    assert settings.allow_conditional_go
    assert settings.trajectory_when_mixed is Need.REQUIRED


def test_the_way_tells_a_step_that_was_discussed_from_one_that_was_not(full: Picture) -> None:
    in_step_2 = replace(full, step=2)
    assert [step.says.nl for step in way(in_step_2)] == ["deels besproken", "gesprek: voorbereiding", "later", "later"]
    assert way(Picture(title="Leeg", status=Status.IN_STEP, step=2))[0].says.nl == "overgeslagen"
    went_back = replace(full, preparation=Preparation(team="We doen mee."))
    assert way(went_back)[1].says.nl == "deels besproken"
