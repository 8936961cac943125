"""The pages of the puzzle: the picture, laying it, and the paper to write on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.urls import reverse

from checks.codes import PartnerStatus, PieceType, Rating
from ideas.models import Change, Contribution, Idea, Partner, Piece
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.page_forms import form_to

HTMX = {"HX-Request": "true"}
type Lay = Callable[..., HttpResponse]


@pytest.fixture
def at(follower: Member, client: Client) -> Client:
    client.force_login(follower)
    return client


@pytest.fixture
def partner(idea: Idea) -> Partner:
    told = {"willing": Rating.UNKNOWN, "own_interest": "Minder leegstand"}
    return Partner.objects.create(idea=idea, name="Woonwerf", status=PartnerStatus.CONFIRMED, **told)


@pytest.fixture
def piece(idea: Idea) -> Piece:
    return Piece.objects.create(idea=idea, name="Vijf huizen", type=PieceType.MEANS)


def where(idea: Idea) -> str:
    return reverse("ideas:puzzle", args=[idea.pk])


@pytest.fixture
def lay(at: Client, idea: Idea) -> Lay:
    """Sends what a form on the puzzle would send."""

    def lay(htmx: bool = False, **told: Any) -> HttpResponse:
        return at.post(where(idea), told, headers=HTMX if htmx else {})  # type: ignore[return-value]

    return lay


def bringers(piece: Piece) -> list[str]:
    return [row.partner.name if row.partner else "us" for row in Contribution.objects.filter(piece=piece)]


def changes(piece: Piece) -> list[dict[str, Any]]:
    kind = ContentType.objects.get_for_model(Piece)
    return [change.changes for change in Change.objects.filter(content_type=kind, object_id=piece.pk)]


# ---------- the picture


def test_the_picture_tells_what_lacks_who_brings_nothing_and_what_is_in_it(
    at: Client, idea: Idea, partner: Partner, piece: Piece
) -> None:
    html = at.get(where(idea)).content.decode()
    assert "Eén nodig stuk mist nog iemand: Vijf huizen." in html
    assert "Woonwerf brengt nog geen stuk in." in html
    assert "Minder leegstand" in html
    assert f'action="{where(idea)}"' in html
    assert 'class="puzzle"' in html  # the same as a table


def test_shape_and_words_tell_who_brings_surely_and_who_maybe(
    at: Client, idea: Idea, partner: Partner, piece: Piece
) -> None:
    for whom in (None, partner):
        Contribution.objects.create(idea=idea, piece=piece, partner=whom)
    html = at.get(where(idea)).content.decode()
    cells = re.findall(
        r'class="cell" data-drop="(\w+)"[^>]* data-brings="(\w+)"[^>]*><svg class="shape"><use href="([^"]+)"', html
    )
    assert cells == [("us", "surely", "#piece-surely"), (str(partner.pk), "maybe", "#piece-maybe")]
    assert "(misschien)" in html


def test_an_idea_without_pieces_or_partners_says_what_to_do(at: Client, idea: Idea) -> None:
    html = at.get(where(idea)).content.decode()
    assert "Er liggen nog geen puzzelstukken." in html
    assert 'class="empty"' in html
    assert 'class="laid"' not in html


def test_who_may_not_edit_sees_the_picture_without_forms(
    idea: Idea, partner: Partner, piece: Piece, colleague: Member, client: Client
) -> None:
    client.force_login(colleague)
    html = client.get(where(idea)).content.decode()
    assert "Vijf huizen" in html
    assert f'action="{where(idea)}"' not in html
    assert "data-handle" not in html
    assert client.post(where(idea), {"piece": piece.pk, "to": "us"}).status_code == 403
    assert bringers(piece) == []


def test_step_1_holds_the_small_picture_live_and_leads_to_the_large_one(
    at: Client, idea: Idea, partner: Partner, piece: Piece
) -> None:
    step = reverse("ideas:explore", args=[idea.pk])
    for headers in ({}, HTMX):
        html = at.get(step, headers=headers).content.decode()
        _, _, now = html.partition('id="puzzle-now"')
        assert 'class="laid"' in now
        assert f'href="{where(idea)}"' in now


# ---------- laying it


def test_a_piece_is_given_to_a_partner_who_brings_it_too(lay: Lay, piece: Piece, partner: Partner) -> None:
    assert lay(piece=piece.pk, to="us").status_code == 302
    assert lay(piece=piece.pk, to=partner.pk).status_code == 302
    assert bringers(piece) == ["us", "Woonwerf"]


def test_to_give_it_twice_is_to_give_it_once(lay: Lay, piece: Piece, partner: Partner) -> None:
    for _ in range(2):
        lay(piece=piece.pk, to=partner.pk)
    assert bringers(piece) == ["Woonwerf"]
    assert changes(piece) == [{"by": [[], [str(partner.pk)]]}]


def test_who_brings_it_is_taken_off_once(lay: Lay, idea: Idea, piece: Piece, partner: Partner) -> None:
    for whom in (None, partner):
        Contribution.objects.create(idea=idea, piece=piece, partner=whom)
    for _ in range(2):
        lay(piece=piece.pk, off="us")
    assert bringers(piece) == ["Woonwerf"]
    assert changes(piece) == [{"by": [["us", str(partner.pk)], [str(partner.pk)]]}]


def test_the_answer_to_a_fragment_is_the_picture_as_it_then_stands(lay: Lay, piece: Piece, partner: Partner) -> None:
    answer = lay(htmx=True, piece=piece.pk, to=partner.pk)
    html = answer.content.decode()
    assert html.lstrip().startswith("<div")
    assert 'id="puzzle-picture"' in html
    assert "Elk nodig stuk heeft iemand die het inbrengt." in html
    assert "saved-pieces" in answer.headers["HX-Trigger"]


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_gone_is_said_and_changes_nothing(
    htmx: bool, lay: Lay, organisation: Organisation, piece: Piece, partner: Partner
) -> None:
    other = factories.idea(organisation)
    of_other = Piece.objects.create(idea=other, name="Andermans stuk")
    partner_of_other = Partner.objects.create(idea=other, name="Andermans partner")
    left = Partner.objects.create(idea=piece.idea, name="Weg", status=PartnerStatus.DROPPED_OUT)
    refused: list[dict[str, Any]] = [
        {"piece": of_other.pk, "to": "us"},
        {"piece": "x", "to": "us"},
        {"piece": "9" * 40, "to": "us"},
        {"piece": piece.pk, "to": partner_of_other.pk},
        {"piece": piece.pk, "to": left.pk},
        {"piece": piece.pk, "to": "nobody"},
        {"piece": piece.pk},
    ]
    for told in refused:
        answer = lay(htmx=htmx, **told)
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (409, True)
    assert not Contribution.objects.exists()


def test_who_dropped_out_is_told_and_can_be_taken_off(lay: Lay, at: Client, idea: Idea, piece: Piece) -> None:
    left = Partner.objects.create(idea=idea, name="Weg", status=PartnerStatus.DROPPED_OUT)
    Contribution.objects.create(idea=idea, piece=piece, partner=left)
    html = at.get(where(idea)).content.decode()
    assert "mist nog iemand: Vijf huizen" in html
    assert f'name="off" value="{left.pk}"' in html
    lay(piece=piece.pk, off=left.pk)
    assert bringers(piece) == []


def test_what_was_laid_can_be_brought_back(lay: Lay, at: Client, idea: Idea, piece: Piece, partner: Partner) -> None:
    lay(piece=piece.pk, to=partner.pk)
    change = Change.objects.get(idea=idea)
    past = at.get(reverse("ideas:row_past", args=[idea.pk, "pieces", piece.pk])).content.decode()
    back = form_to(reverse("ideas:bring_back", args=[idea.pk, change.pk]), past)
    assert at.post(back.action, back.sent()).status_code == 302
    assert bringers(piece) == []


# ---------- where partners look on


def test_partners_see_who_is_at_the_table_and_nothing_of_what_is_thought_of_them(
    at: Client, idea: Idea, partner: Partner, piece: Piece
) -> None:
    possible = Partner.objects.create(idea=idea, name="Misschienwerk", status=PartnerStatus.POSSIBLE)
    gone = Partner.objects.create(idea=idea, name="Wegwerk", status=PartnerStatus.DROPPED_OUT)
    for whom in (partner, possible, gone):
        Contribution.objects.create(idea=idea, piece=piece, partner=whom)
    address = f"{where(idea)}?in_company"
    for answer in (at.get(address), at.post(address, {"piece": piece.pk, "to": "us"}, headers=HTMX)):
        html = answer.content.decode()
        assert f'action="{address}"' in html
        assert f'hx-get="{address}"' in html
        assert 'data-brings="maybe"' not in html
        for told in ("Misschienwerk", "Wegwerk", "Minder leegstand", "Nog niet zeker"):
            assert told not in html
    assert at.post(address, {"piece": piece.pk, "off": "us"}).headers["Location"].startswith(address)
    assert bringers(piece) == ["Woonwerf", "Misschienwerk", "Wegwerk"]


# ---------- on paper


def test_the_paper_holds_no_judgement_and_only_who_is_at_the_table(
    at: Client, idea: Idea, partner: Partner, piece: Piece
) -> None:
    possible = Partner.objects.create(idea=idea, name="Misschienwerk", status=PartnerStatus.POSSIBLE)
    for whom in (partner, possible):
        Contribution.objects.create(idea=idea, piece=piece, partner=whom)
    address = reverse("ideas:puzzle_print", args=[idea.pk])
    html = at.get(address).content.decode().partition("<main")[2]
    assert "Woonwerf" in html
    assert "Misschienwerk" not in html
    for told in ("Minder leegstand", '#piece-maybe"/', "bevestigd", "mogelijk"):
        assert told not in html
    everybody = at.get(address, {"everybody": ""}).content.decode()
    assert "Misschienwerk" in everybody


def test_the_paper_has_room_to_write(at: Client, idea: Idea) -> None:
    html = at.get(reverse("ideas:puzzle_print", args=[idea.pk])).content.decode()
    assert html.count('class="free"') > 10
    assert idea.title in html
