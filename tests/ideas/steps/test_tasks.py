"""A task is given to a colleague, keeps the role in the record, and is ticked off with one press."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.codes import FollowUpStatus, Status
from ideas.models import Change, FollowUp, Idea, Trajectory, TrajectoryAction
from ideas.picture import read_picture
from people.models import Member, Organisation
from tests import factories
from tests.factories import SignIn
from tests.page_forms import forms_of

pytestmark = pytest.mark.django_db


def point(idea: Idea, **told: Any) -> FollowUp:
    return FollowUp.objects.create(idea=idea, **{"text": "Uren vrijmaken", **told})


def action(idea: Idea, **told: Any) -> TrajectoryAction:
    trajectory, _ = Trajectory.objects.get_or_create(idea=idea)
    return TrajectoryAction.objects.create(idea=idea, trajectory=trajectory, **{"text": "Praten", **told})


MAKERS: dict[str, Callable[..., Any]] = {"followups": point, "actions": action}


def sent(row: Any, **told: Any) -> dict[str, Any]:
    """The form of this row as the page offers it, with what is filled in."""
    return {"text": row.text, "owner": row.owner, "owner_member": row.owner_member_id or "", **told}


def edit(signed_in: SignIn, member: Member, name: str, row: Any, **told: Any) -> int:
    client = signed_in(member)
    at = reverse("ideas:edit", args=[row.idea_id, name, row.pk])
    version = client.get(at).context["form"].version
    status = client.post(at, {**sent(row, **told), "version": version}).status_code
    row.refresh_from_db()
    return status


@pytest.mark.parametrize("name", MAKERS)
def test_a_colleague_is_given_a_task_and_the_record_says_the_role(
    signed_in: SignIn, idea: Idea, follower: Member, colleague: Member, name: str
) -> None:
    row = MAKERS[name](idea)
    assert edit(signed_in, follower, name, row, owner_member=colleague.pk, due="2026-05-01") == 302
    assert (row.owner_member, row.owner, row.due) == (colleague, colleague.function, date(2026, 5, 1))
    told = read_picture(idea)
    actions = told.trajectory.actions if told.trajectory else ()
    listed: tuple[Any, ...] = (*told.followups, *actions)
    assert listed[0].owner == colleague.function
    assert colleague.name not in repr(told)


def test_a_role_that_was_typed_stays_and_one_that_came_along_goes_with_its_person(
    signed_in: SignIn, idea: Idea, follower: Member, colleague: Member, support: Member
) -> None:
    row = point(idea)
    edit(signed_in, follower, "followups", row, owner_member=colleague.pk, owner="voorzitter")
    assert row.owner == "voorzitter"
    edit(signed_in, follower, "followups", row, owner_member=support.pk)
    assert row.owner == support.role_words()
    edit(signed_in, follower, "followups", row, owner_member="", owner="Huis van het Kind")
    assert (row.owner_member, row.owner) == (None, "Huis van het Kind")


def test_somebody_without_a_function_counts_as_an_owner_too(
    signed_in: SignIn, idea: Idea, follower: Member, organisation: Organisation
) -> None:
    row = point(idea)
    edit(signed_in, follower, "followups", row, owner_member=factories.member("nieuw", organisation).pk)
    assert row.owner


def test_the_screen_shows_the_person(signed_in: SignIn, idea: Idea, follower: Member, colleague: Member) -> None:
    point(idea, owner_member=colleague, owner=colleague.function, step=1)
    for page in ("check", "explore"):
        assert (
            f"{colleague.name} ({colleague.function})"
            in signed_in(follower).get(reverse(f"ideas:{page}", args=[idea.pk])).content.decode()
        )


def offered(signed_in: SignIn, member: Member, row: FollowUp) -> set[int]:
    page = signed_in(member).get(reverse("ideas:edit", args=[row.idea_id, "followups", row.pk]))
    return {option.pk for option in page.context["form"].fields["owner_member"].queryset}


def test_only_who_can_read_the_idea_is_offered(
    signed_in: SignIn, idea: Idea, follower: Member, colleague: Member, policy: Member, outsider: Member
) -> None:
    row = point(idea)
    assert offered(signed_in, follower, row) == {follower.pk, colleague.pk, policy.pk}
    assert edit(signed_in, follower, "followups", row, owner_member=outsider.pk) == 422
    Idea.objects.update(confidential=True)
    assert offered(signed_in, follower, row) == {follower.pk, policy.pk}
    assert edit(signed_in, follower, "followups", row, owner_member=colleague.pk) == 422
    assert row.owner_member is None


def test_who_left_keeps_a_task_until_it_is_given_to_another(
    signed_in: SignIn, idea: Idea, follower: Member, colleague: Member
) -> None:
    row = point(idea, owner_member=colleague, owner="onthaal")
    Member.objects.filter(pk=colleague.pk).update(ended=timezone.localdate())
    assert edit(signed_in, follower, "followups", row, remark="Nog na te gaan") == 302
    assert row.owner_member == colleague


def test_who_is_erased_leaves_the_role(idea: Idea, colleague: Member) -> None:
    row = point(idea, owner_member=colleague, owner="onthaal")
    colleague.delete()
    row.refresh_from_db()
    assert (row.owner_member, row.who) == (None, "onthaal")


def test_the_past_tells_by_name_to_whom_it_was_given_and_brings_it_back(
    signed_in: SignIn, idea: Idea, follower: Member, colleague: Member
) -> None:
    row = point(idea)
    edit(signed_in, follower, "followups", row, owner_member=colleague.pk)
    page = signed_in(follower).get(reverse("ideas:row_past", args=[idea.pk, "followups", row.pk]))
    assert colleague.name in page.content.decode()
    (back,) = [form for form in forms_of(page.content.decode()) if "/past/" in form.action]
    assert signed_in(follower).post(back.action, back.sent()).status_code == 302
    row.refresh_from_db()
    assert (row.owner_member, row.owner) == (None, "")


def test_two_who_give_it_to_another_see_each_other(
    signed_in: SignIn, idea: Idea, follower: Member, colleague: Member, support: Member
) -> None:
    row = point(idea)
    at = reverse("ideas:edit", args=[idea.pk, "followups", row.pk])
    version = signed_in(follower).get(at).context["form"].version
    edit(signed_in, follower, "followups", row, owner_member=colleague.pk)
    answer = signed_in(follower).post(at, {"text": row.text, "owner_member": support.pk, "version": version})
    assert answer.status_code == 409
    assert colleague.name in answer.content.decode()
    row.refresh_from_db()
    assert row.owner_member == colleague


# ---------- ticking off


def tick(signed_in: SignIn, member: Member, name: str, row: Any, to: str = "done", **headers: str) -> Any:
    at = reverse("ideas:tick_off", args=[row.idea_id, name, row.pk])
    answer = signed_in(member).post(at, {"to": to}, headers=headers)
    row.refresh_from_db()
    return answer


def test_one_press_says_that_a_point_is_done_and_another_that_it_is_not(
    signed_in: SignIn, idea: Idea, follower: Member
) -> None:
    row: Any = point(idea, status=FollowUpStatus.IN_PROGRESS)
    answer = tick(signed_in, follower, "followups", row)
    assert (answer.status_code, answer.url) == (302, f"/idea/{idea.pk}/check/#followups")
    assert FollowUp.objects.get().status is FollowUpStatus.SOLVED
    tick(signed_in, follower, "followups", row, to="open")
    assert FollowUp.objects.get().status is FollowUpStatus.OPEN


def test_an_action_is_done_today(signed_in: SignIn, idea: Idea, follower: Member) -> None:
    row = action(idea)
    tick(signed_in, follower, "actions", row)
    assert row.done == timezone.localdate()
    tick(signed_in, follower, "actions", row, to="open")
    assert row.done is None


def test_what_was_done_earlier_keeps_its_day(signed_in: SignIn, idea: Idea, follower: Member) -> None:
    row = action(idea, done=date(2026, 1, 5))
    tick(signed_in, follower, "actions", row)
    assert row.done == date(2026, 1, 5)
    lapsed = point(idea, status=FollowUpStatus.LAPSED)
    tick(signed_in, follower, "followups", lapsed)
    assert lapsed.status is FollowUpStatus.LAPSED


@pytest.mark.parametrize("name", MAKERS)
def test_whoever_sees_to_it_may_say_so_and_another_colleague_may_not(
    signed_in: SignIn, idea: Idea, colleague: Member, name: str
) -> None:
    row = MAKERS[name](idea)
    assert tick(signed_in, colleague, name, row).status_code == 403
    assert row.is_open
    row.owner_member = colleague
    row.save()
    assert tick(signed_in, colleague, name, row).status_code == 302
    assert not row.is_open


def test_an_idea_that_went_on_in_another_one_stays_as_it_was(signed_in: SignIn, idea: Idea, follower: Member) -> None:
    row = point(idea, owner_member=follower)
    Idea.objects.update(status=Status.MERGED)
    assert tick(signed_in, follower, "followups", row).status_code == 403


def test_the_list_offers_it_to_who_may_and_shows_how_it_stands(
    signed_in: SignIn, idea: Idea, follower: Member, colleague: Member
) -> None:
    row = point(idea)
    at, page = reverse("ideas:tick_off", args=[idea.pk, "followups", row.pk]), reverse("ideas:check", args=[idea.pk])
    assert at in signed_in(follower).get(page).content.decode()
    assert at not in signed_in(colleague).get(page).content.decode()
    answer = tick(signed_in, follower, "followups", row, hx_request="true")
    assert 'value="open"' in answer.content.decode()
    assert "saved-followups" in answer.headers["HX-Trigger"]


def test_ticking_off_has_a_past(signed_in: SignIn, idea: Idea, colleague: Member) -> None:
    row = point(idea, owner_member=colleague)
    tick(signed_in, colleague, "followups", row)
    change = Change.objects.get()
    assert (change.actor, change.changes) == (colleague, {"status": ["open", "solved"]})


@pytest.mark.parametrize("page", ["check", "explore", "idea"])
def test_the_names_of_many_cost_one_query(
    signed_in: SignIn,
    idea: Idea,
    follower: Member,
    organisation: Organisation,
    page: str,
) -> None:
    client, at = signed_in(follower), reverse(f"ideas:{page}", args=[idea.pk])
    point(idea, owner_member=follower, step=1)
    with CaptureQueriesContext(connection) as few:
        client.get(at)
    for number in range(6):
        point(idea, owner_member=factories.member(f"lid{number}", organisation), step=1)
    with CaptureQueriesContext(connection) as many:
        client.get(at)
    assert len(many) <= len(few)
