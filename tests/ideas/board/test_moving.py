"""The board of step 3: an activity goes to another bundle, and nothing is moved unseen."""

from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from ideas.models import Activity, Alignment, Bundle, Change, Idea
from people.models import Member
from tests.factories import Client

HTMX = {"HX-Request": "true"}


@pytest.fixture(params=[True, False], ids=["htmx", "plain"])
def htmx(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


@pytest.fixture
def bundles(idea: Idea) -> tuple[Bundle, Bundle]:
    return Bundle.objects.create(idea=idea, name="Onthaal"), Bundle.objects.create(idea=idea, name="Wonen", position=1)


@pytest.fixture
def activity(idea: Idea, bundles: tuple[Bundle, Bundle]) -> Activity:
    return Activity.objects.create(idea=idea, name="kennismaken", bundle=bundles[0])


def moved(client: Client, activity: Activity, to: object, seen: object, *, htmx: bool = False) -> HttpResponse:
    address = reverse("ideas:move_activity", args=[activity.idea_id, activity.pk])
    told = {"to": str(to), "seen": str(seen)}
    return client.post(address, told, headers=HTMX if htmx else {})  # type: ignore[return-value]


def page_of(client: Client, idea: Idea) -> str:
    return unescape(client.get(reverse("ideas:concretise", args=[idea.pk])).content.decode())


def test_an_activity_goes_to_another_bundle_and_back_to_none(
    htmx: bool, member: Client, activity: Activity, bundles: tuple[Bundle, Bundle]
) -> None:
    first, second = bundles
    for to, seen, stands in [(second.pk, first.pk, second.pk), ("none", second.pk, None), (first.pk, "none", first.pk)]:
        answer = moved(member, activity, to, seen, htmx=htmx)
        assert answer.status_code == (200 if htmx else 302)
        activity.refresh_from_db()
        assert activity.bundle_id == stands


def test_the_answer_is_the_board_with_the_keyboard_on_the_card_that_moved(
    member: Client, activity: Activity, bundles: tuple[Bundle, Bundle]
) -> None:
    answer = moved(member, activity, bundles[1].pk, bundles[0].pk, htmx=True)
    board = answer.content.decode()
    assert 'id="board"' in board
    card = board[board.index(f'id="activities-{activity.pk}"') :]
    assert "autofocus" in card[: card.index("</li>")]
    assert "saved" in answer.headers["HX-Trigger"]


def test_a_move_is_kept_in_the_past_and_comes_back(
    member: Client, activity: Activity, bundles: tuple[Bundle, Bundle], follower: Member
) -> None:
    first, second = bundles
    moved(member, activity, second.pk, first.pk)
    change = Change.objects.get(object_id=activity.pk, changes__has_key="bundle")
    assert (change.actor, change.role) == (follower, "idea_owner")
    past = member.get(reverse("ideas:row_past", args=[activity.idea_id, "activities", activity.pk])).content.decode()
    assert "Onthaal" in past
    assert "Wonen" in past


@pytest.mark.parametrize("what", ["moved", "no bundle", "no activity"])
def test_what_changed_meanwhile_is_told_and_nothing_moves(
    what: str, htmx: bool, member: Client, activity: Activity, bundles: tuple[Bundle, Bundle]
) -> None:
    first, second = bundles
    told: dict[str, Any] = {"to": second.pk, "seen": first.pk}
    match what:
        case "moved":
            Activity.objects.filter(pk=activity.pk).update(bundle=None)
        case "no bundle":
            told["to"] = 999_999
        case "no activity":
            activity.pk = 999_999
    answer = moved(member, activity, **told, htmx=htmx)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert not Activity.objects.filter(bundle=second).exists()


def test_who_wants_it_where_somebody_else_just_put_it_is_told_nothing(
    member: Client, activity: Activity, bundles: tuple[Bundle, Bundle]
) -> None:
    Activity.objects.filter(pk=activity.pk).update(bundle=bundles[1])
    assert moved(member, activity, bundles[1].pk, bundles[0].pk, htmx=True).status_code == 200


@pytest.mark.parametrize("to", ["", "x", "9" * 40, "-1", "²"])
def test_a_bundle_that_is_none_moves_nothing(
    to: str, member: Client, activity: Activity, bundles: tuple[Bundle, Bundle]
) -> None:
    assert moved(member, activity, to, bundles[0].pk, htmx=True).status_code == 409
    activity.refresh_from_db()
    assert activity.bundle == bundles[0]


def test_a_bundle_or_activity_of_another_idea_is_not_there(
    member: Client, activity: Activity, bundles: tuple[Bundle, Bundle], idea: Idea
) -> None:
    other = Idea.objects.create(organisation=idea.organisation, title="Ander", slug="ander", idea_owner=idea.idea_owner)
    elsewhere = Bundle.objects.create(idea=other, name="Elders")
    assert moved(member, activity, elsewhere.pk, bundles[0].pk, htmx=True).status_code == 409
    address = reverse("ideas:move_activity", args=[other.pk, activity.pk])
    assert member.post(address, {"to": elsewhere.pk, "seen": bundles[0].pk}).status_code == 409
    activity.refresh_from_db()
    assert activity.bundle == bundles[0]


def test_a_bundle_shows_its_team_its_say_and_what_it_depends_on(
    member: Client, idea: Idea, activity: Activity, bundles: tuple[Bundle, Bundle]
) -> None:
    first, second = bundles
    first.team, first.mandate, first.not_alone = "Het huis", "De planning", "Meer geld"
    first.save()
    Alignment.objects.create(idea=idea, what="Wekelijks bellen", bundle=first, other_bundle=second)
    html = page_of(member, idea)
    card = html[html.index(f'data-drop="{first.pk}"') : html.index(f'data-drop="{second.pk}"')]
    for told in ["Het huis", "De planning", "Meer geld", "Wonen: Wekelijks bellen", "kennismaken"]:
        assert told in card


def test_each_activity_stands_once_on_the_page(
    member: Client, idea: Idea, activity: Activity, bundles: tuple[Bundle, Bundle]
) -> None:
    loose = Activity.objects.create(idea=idea, name="bellen", position=1)
    html = page_of(member, idea)
    for one in [activity, loose]:
        assert html.count(f'id="activities-{one.pk}"') == 1
    listed = member.get(reverse("ideas:list", args=[idea.pk, "activities"]), headers=HTMX).content.decode()
    assert f'id="activities-{loose.pk}"' in listed
    assert f'id="activities-{activity.pk}"' not in listed


def test_who_only_reads_moves_nothing(client: Client, colleague: Member, idea: Idea, activity: Activity) -> None:
    client.force_login(colleague)
    html = page_of(client, idea)
    assert "kennismaken" in html
    assert "data-drag-form" not in html
    assert moved(client, activity, "none", activity.bundle_id).status_code == 403


def test_without_bundles_there_is_nothing_to_move_to(member: Client, idea: Idea) -> None:
    Activity.objects.create(idea=idea, name="bellen")
    assert "data-drag-form" not in page_of(member, idea)


def test_a_small_idea_stays_small(member: Client, idea: Idea) -> None:
    html = page_of(member, idea)
    assert "<meter" not in html
    assert "data-state=" not in html[html.index('id="order-of-work"') :].split("</ol>")[0]
    board = html.index('id="board"')
    assert html[:board].rstrip().rpartition("<details")[2].startswith(' class="more">')
