"""The mirror on the pages of steps 3 and 4, and coupling in it."""

import pytest
from django.urls import reverse

from checks.codes import FollowUpStatus, IndicatorKind, Rating, Role
from ideas.models import Agreement, Answer, Bundle, Change, Condition, FollowUp, Goal, Idea, Indicator, Piece
from ideas.picture import read_picture
from people.models import Member
from tests import factories
from tests.factories import Client
from tests.page_forms import form_to

NOBODY = "nog niemand zorgt ervoor"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def condition(idea: Idea) -> Condition:
    return Condition.objects.create(idea=idea, text="Er zijn vier woningen.")


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


def page(member: Client, name: str, idea: Idea) -> str:
    return member.get(reverse(f"ideas:{name}", args=[idea.pk])).content.decode()


def test_steps_3_and_4_say_that_nobody_takes_care_of_a_condition_yet(
    idea: Idea, condition: Condition, member: Client
) -> None:
    assert NOBODY in page(member, "concretise", idea)
    assert NOBODY in page(member, "decide", idea)


def test_a_bundle_takes_care_of_a_condition_and_step_4_opens_with_that(
    idea: Idea, condition: Condition, member: Client
) -> None:
    bundle = Bundle.objects.create(idea=idea, name="Wonen en begeleiden")
    answer = member.post(reverse("ideas:care", args=[idea.pk, condition.pk]), {"carer": f"by_bundle-{bundle.pk}"})
    assert answer.headers["Location"] == reverse("ideas:concretise", args=[idea.pk]) + "#mirror"
    assert read_picture(idea).conditions[0].cared_for.bundle == "Wonen en begeleiden"
    shown = page(member, "decide", idea)
    assert "Wonen en begeleiden" in shown
    assert NOBODY not in shown


def test_a_condition_says_so_again_once_what_took_care_of_it_is_taken_away(
    idea: Idea, condition: Condition, member: Client
) -> None:
    agreement = Agreement.objects.create(idea=idea, text="De stad zoekt mee")
    Condition.objects.update(by_overall=agreement)
    where = reverse("ideas:remove", args=[idea.pk, "overall", agreement.pk])
    member.post(where, form_to(where, member.get(where).content.decode()).sent())
    assert not Agreement.objects.exists()
    assert NOBODY in page(member, "concretise", idea)


def test_a_lapsed_point_stays_named_and_counts_as_nobody(idea: Idea, condition: Condition, member: Client) -> None:
    point = FollowUp.objects.create(idea=idea, text="Woningen zoeken", status=FollowUpStatus.LAPSED)
    Condition.objects.update(by_followup=point)
    shown = page(member, "decide", idea)
    assert "<s>Woningen zoeken</s>" in shown
    assert NOBODY in shown


def test_a_condition_becomes_one_point_however_often_that_is_pressed(
    idea: Idea, condition: Condition, member: Client
) -> None:
    for _ in range(2):
        member.post(reverse("ideas:care_by_point", args=[idea.pk, condition.pk]))
    [point] = FollowUp.objects.all()
    assert (point.text, point.step) == (condition.text, 3)
    condition.refresh_from_db()
    assert condition.by_followup == point


def test_a_new_point_takes_care_after_the_first_one_lapsed(idea: Idea, condition: Condition, member: Client) -> None:
    where = reverse("ideas:care_by_point", args=[idea.pk, condition.pk])
    member.post(where)
    FollowUp.objects.update(status=FollowUpStatus.LAPSED)
    assert NOBODY in page(member, "decide", idea)
    member.post(where)
    assert FollowUp.objects.count() == 2
    assert NOBODY not in page(member, "decide", idea)


def test_coupling_is_recorded_in_the_past(idea: Idea, condition: Condition, member: Client) -> None:
    agreement = Agreement.objects.create(idea=idea, text="De stad zoekt mee")
    member.post(reverse("ideas:care", args=[idea.pk, condition.pk]), {"carer": f"by_overall-{agreement.pk}"})
    [change] = Change.objects.all()
    assert list(change.changes) == ["by_overall"]
    past = member.get(reverse("ideas:row_past", args=[idea.pk, "conditions", condition.pk])).content.decode()
    assert "De stad zoekt mee" in past


def test_an_indicator_is_coupled_to_a_goal(idea: Idea, member: Client) -> None:
    goal = Goal.objects.create(idea=idea, text="Wonen")
    indicator = Indicator.objects.create(idea=idea, kind=IndicatorKind.RESULT, text="Sleutels")
    assert "nog geen indicator" in page(member, "concretise", idea)
    member.post(reverse("ideas:couple", args=[idea.pk, goal.pk]), {"indicator": str(indicator.pk)})
    assert read_picture(idea).indicators[0].goal == "Wonen"
    assert "nog geen indicator" not in page(member, "concretise", idea)


def test_a_page_that_is_open_hears_of_it(idea: Idea, condition: Condition, member: Client) -> None:
    bundle = Bundle.objects.create(idea=idea, name="Wonen")
    answer = member.post(
        reverse("ideas:care", args=[idea.pk, condition.pk]), {"carer": f"by_bundle-{bundle.pk}"}, headers=HTMX
    )
    assert answer.status_code == 204
    assert "saved" in answer.headers["HX-Trigger"]
    around = member.get(reverse("ideas:concretise", args=[idea.pk]), headers=HTMX).content.decode()
    assert 'id="mirror-now"' in around
    assert NOBODY not in around


def test_an_answer_that_the_puzzle_contradicts_stands_in_the_mirror(idea: Idea, member: Client) -> None:
    Piece.objects.create(idea=idea, name="Tolken")
    Answer.objects.create(idea=idea, question="s2.collab.all_partners", value=Rating.YES)
    assert "maar de puzzel toont" in page(member, "concretise", idea)


@pytest.mark.parametrize("carer", ["by_bundle-x", "niets-1", "by_bundle-"])
def test_what_is_no_choice_is_not_found(carer: str, idea: Idea, condition: Condition, member: Client) -> None:
    assert member.post(reverse("ideas:care", args=[idea.pk, condition.pk]), {"carer": carer}).status_code == 404
    condition.refresh_from_db()
    assert condition.by_bundle is None


def test_a_row_of_another_idea_is_not_there(idea: Idea, condition: Condition, member: Client) -> None:
    other = factories.idea(idea.organisation)
    bundle = Bundle.objects.create(idea=other, name="Elders")
    where = reverse("ideas:care", args=[idea.pk, condition.pk])
    assert member.post(where, {"carer": f"by_bundle-{bundle.pk}"}).status_code == 409
    condition.refresh_from_db()
    assert condition.by_bundle is None
    assert member.post(reverse("ideas:couple", args=[other.pk, condition.pk]), {}).status_code in {403, 404}


@pytest.mark.parametrize("htmx", [True, False])
def test_what_was_dropped_meanwhile_takes_care_of_nothing_and_that_is_said(
    htmx: bool, idea: Idea, condition: Condition, member: Client
) -> None:
    agreement = Agreement.objects.create(idea=idea, text="De stad zoekt mee")
    agreement.drop(Role.IDEA_OWNER, "")
    where = reverse("ideas:care", args=[idea.pk, condition.pk])
    answer = member.post(where, {"carer": f"by_overall-{agreement.pk}"}, headers=HTMX if htmx else {})
    assert answer.status_code == 409
    assert "Dat kan niet meer" in answer.content.decode()
    assert ("<body" in answer.content.decode()) is not htmx
    condition.refresh_from_db()
    assert condition.by_overall is None


def test_what_somebody_else_chose_meanwhile_stays(idea: Idea, condition: Condition, member: Client) -> None:
    first, second = (Bundle.objects.create(idea=idea, name=name) for name in ("Wonen", "Werken"))
    where = reverse("ideas:care", args=[idea.pk, condition.pk])
    for bundle, status in ((first, 302), (first, 302), (second, 409)):
        assert member.post(where, {"carer": f"by_bundle-{bundle.pk}"}).status_code == status
    condition.refresh_from_db()
    assert condition.by_bundle == first


def test_an_indicator_of_another_goal_stays_there(idea: Idea, member: Client) -> None:
    first, second = (Goal.objects.create(idea=idea, text=text) for text in ("Wonen", "Werken"))
    indicator = Indicator.objects.create(idea=idea, kind=IndicatorKind.RESULT, text="Sleutels", goal=first)
    where = reverse("ideas:couple", args=[idea.pk, second.pk])
    assert member.post(where, {"indicator": str(indicator.pk)}).status_code == 409
    assert member.post(where, {"indicator": "9" * 5000}).status_code == 404
    indicator.refresh_from_db()
    assert indicator.goal == first
