"""The page of the quick scan."""

import pytest
from django.urls import reverse

from checks.advice.scan import Outcome, ScanQuestion
from checks.codes import Rating
from people.models import Member
from tests.factories import Client

SCAN = reverse("ideas:scan")
TOGETHER = {"alone": "no", "elsewhere": "no", "service": "no", "existing": "no", "wanted": "yes", "ready": "yes"}
CASES = {
    Outcome.TOGETHER: {},
    Outcome.ALONE: {"alone": "yes"},
    Outcome.REFER: {"elsewhere": "yes"},
    Outcome.BUY: {"service": "yes"},
    Outcome.JOIN: {"existing": "yes"},
    Outcome.NOT_NOW: {"ready": "no"},
}


@pytest.fixture
def signed_in(client: Client, colleague: Member) -> Client:
    client.force_login(colleague)
    return client


def shown(client: Client, answers: dict[str, str]) -> str:
    answer = client.get(SCAN, answers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_six_stand_on_one_page_and_nothing_is_concluded_yet(signed_in: Client) -> None:
    html = shown(signed_in, {})
    for question in ScanQuestion:
        assert question.words.nl in html
        assert question.help.nl in html
    assert html.count('type="radio"') == 6 * len(Rating)
    assert "outcome-title" not in html


@pytest.mark.parametrize("outcome", CASES)
def test_each_outcome_is_told_with_what_to_do_and_a_way_to_enter_the_idea(signed_in: Client, outcome: Outcome) -> None:
    html = shown(signed_in, TOGETHER | CASES[outcome])
    assert f'<h2 id="outcome-title">{outcome.words.nl}</h2>' in html
    assert outcome.next.nl in html
    assert f'href="{reverse("ideas:new")}"' in html.partition('id="outcome"')[2]


def test_what_was_answered_stays_answered(signed_in: Client) -> None:
    assert shown(signed_in, TOGETHER).count(" checked") == 6


def test_questions_that_were_left_out_are_asked_for(signed_in: Client) -> None:
    html = shown(signed_in, {"alone": "no"})
    assert html.count('class="still"') == 5
    assert 'href="#wanted"' in html
    assert Outcome.TOGETHER.words.nl not in html


@pytest.mark.parametrize("told", ["maybe", "", "<script>", "yes'"])
def test_what_is_no_answer_is_asked_again(signed_in: Client, told: str) -> None:
    html = shown(signed_in, TOGETHER | {"alone": told})
    assert 'href="#alone"' in html
    assert "<script>" not in html.partition("<main")[2]


def test_nothing_is_sent_to_be_kept(signed_in: Client) -> None:
    assert signed_in.post(SCAN, TOGETHER).status_code == 405


def test_where_an_idea_is_entered_the_scan_is_at_hand(signed_in: Client) -> None:
    for page in ("ideas:new", "ideas:overview"):
        assert f'href="{SCAN}"' in signed_in.get(reverse(page)).content.decode()


def test_who_is_not_signed_in_is_asked_to(client: Client, colleague: Member) -> None:
    assert client.get(SCAN).status_code == 302
