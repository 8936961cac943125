"""Step 2: conclusions and answers, what arises from a question, and the lists that the policy team confirms."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.codes import Check, Conclusion, ConditionStatus, FollowUpStatus, Rating, Role
from checks.conclusion import RATINGS
from checks.picture import Condition as ConditionTold
from checks.picture import FollowUp as PointTold
from checks.picture import Picture
from ideas.models import Answer, CheckConclusion, Condition, FollowUp, Idea, Involvement
from ideas.picture import write_picture
from people.models import Member
from tests.factories import Client, SignIn

HTMX = {"HX-Request": "true"}
MISSION = "s2.drive.mission"
LISTS: dict[str, type[FollowUp] | type[Condition]] = {"followups": FollowUp, "conditions": Condition}
NOT_CONFIRMED = "Not confirmed as it stands now."


@pytest.fixture
def named(idea: Idea, colleague: Member) -> Idea:
    """The idea, with the colleague as collaborator."""
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    return idea


def page(client: Client, idea: Idea, **headers: str) -> str:
    """Step 2 in English, as a page or as the fragment that follows a save."""
    client.cookies["django_language"] = "en"
    return client.get(reverse("ideas:check", args=[idea.pk]), headers=headers).content.decode()


def around(client: Client, idea: Idea) -> str:
    return page(client, idea, **HTMX)


def at(name: str, idea: Idea, *which: Any) -> str:
    return reverse(f"ideas:{name}", args=[idea.pk, *which])


def version_of(html: str, form: str) -> str:
    """The version that the form with this id sends back."""
    return html.partition(f'id="{form}"')[2].partition('name="version" value="')[2].partition('"')[0]


def confirmed(idea: Idea, name: str) -> date | None:
    day: date | None = Idea.objects.values_list(LISTS[name].CONFIRMED, flat=True).get(pk=idea.pk)
    return day


def seen(name: str, idea: Idea) -> list[str]:
    return [row.seen for row in LISTS[name]._default_manager.filter(idea=idea)]


def confirm(client: Client, idea: Idea, name: str, **headers: str) -> Any:
    return client.post(at("confirm", idea, name), {"seen": seen(name, idea)}, headers=headers)


# ---------- conclusions and answers


@pytest.mark.parametrize("check", list(Check))
def test_a_conclusion_with_its_remark_saves_in_place(check: Check, idea: Idea, policy: Member, client: Client) -> None:
    client.force_login(policy)
    version = version_of(page(client, idea), f"conclusion-{check}")
    told = {"conclusion": "ok", "note": "We doen dit al jaren.", "version": version}
    answer = client.post(at("conclusion", idea, check), told, headers=HTMX)
    saved = CheckConclusion.objects.get(idea=idea)
    assert (saved.check_name, saved.conclusion, saved.note) == (check, Conclusion.OK, "We doen dit al jaren.")
    assert answer.status_code == 200
    assert "saved" in answer.headers["HX-Trigger"]
    new_version = answer.content.decode().partition('name="version" value="')[2].partition('"')[0]
    assert new_version == version_of(page(client, idea), f"conclusion-{check}") != version


def test_a_conclusion_saves_with_a_plain_form_and_leads_back_to_its_place(
    idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    version = version_of(page(client, idea), "conclusion-expertise")
    answer = client.post(at("conclusion", idea, "expertise"), {"conclusion": "not_ok", "version": version})
    assert answer.headers["Location"] == f"{reverse('ideas:check', args=[idea.pk])}#conclusion-expertise"
    assert CheckConclusion.objects.get(idea=idea).conclusion is Conclusion.NOT_OK


@pytest.mark.parametrize("who", ["follower", "colleague", "support", "policy", "coordinator"])
def test_whoever_checks_rates_a_question(who: str, named: Idea, client: Client, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    version = version_of(page(client, named), "s2-drive-mission")
    assert client.post(at("answer", named, MISSION), {"value": "partly", "version": version}).status_code == 302
    assert Answer.objects.get(idea=named).value == Rating.PARTLY


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_answer_that_changed_in_between_is_not_overwritten(
    headers: dict[str, str], idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    version = version_of(page(client, idea), "conclusion-drijfveer")
    CheckConclusion.objects.create(idea=idea, check_name=Check.DRIJFVEER, conclusion=Conclusion.OK, note="Past.")
    answer = client.post(
        at("conclusion", idea, "drijfveer"), {"conclusion": "not_ok", "version": version}, headers=headers
    )
    assert answer.status_code == 409
    assert f"<mark>{Conclusion.OK.words.en}</mark>" in answer.content.decode()
    recorded = CheckConclusion.objects.get(idea=idea)
    assert (recorded.conclusion, recorded.note) == (Conclusion.OK, "Past.")


def test_the_fragment_says_what_the_answers_point_to(idea: Idea, follower: Member, client: Client) -> None:
    client.force_login(follower)
    assert "this says what they point to" in around(client, idea)
    for slug in RATINGS[Check.EXPERTISE]:
        Answer.objects.create(idea=idea, question=slug, value=Rating.YES)
    assert "The answers point to: ok." in around(client, idea)
    assert "You conclude otherwise" not in around(client, idea)
    CheckConclusion.objects.create(idea=idea, check_name=Check.EXPERTISE, conclusion=Conclusion.NOT_OK)
    assert "You conclude otherwise" in around(client, idea)


def test_a_no_that_weighs_is_named_until_a_follow_up_point_takes_it_up(
    idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    for slug in RATINGS[Check.DRIJFVEER]:
        Answer.objects.create(idea=idea, question=slug, value=Rating.NO)
    assert "The answers point to: not ok." in around(client, idea)
    assert "no follow-up point for it yet" in around(client, idea)
    FollowUp.objects.create(idea=idea, text="Vraag het de subsidiegever", question="s2.drive.mandate")
    assert "no follow-up point for it yet" not in around(client, idea)


def test_mission_vision_and_assignment_stand_between_the_conclusion_of_the_drijfveercheck_and_its_questions(
    idea: Idea, follower: Member, client: Client
) -> None:
    organisation = idea.organisation
    organisation.mission, organisation.vision, organisation.assignment = "Naast mensen.", "Buurten.", "Erkend."
    organisation.save()
    client.force_login(follower)
    html = page(client, idea)
    places = [html.index(told) for told in ["conclusion-drijfveer", "Naast mensen.", "Buurten.", "Erkend."]]
    assert [*places, html.index('id="s2-drive-mission"')] == sorted([*places, html.index('id="s2-drive-mission"')])


# ---------- what arises from a question


@pytest.mark.parametrize("question", [MISSION, "s2.drive.finance_type", "s2.collab.shared"])
def test_not_knowing_offers_to_become_a_follow_up_point_of_that_question(
    question: str, idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    version = version_of(page(client, idea), question.replace(".", "-"))
    answer = client.post(at("answer", idea, question), {"value": "unknown", "version": version}, headers=HTMX)
    offered = f"{at('add', idea, 'followups')}?question={question}"
    assert "Not knowing is an answer too." in answer.content.decode()
    assert offered in answer.content.decode()
    form = client.get(offered, headers=HTMX).content.decode()
    assert '<option value="2" selected>' in form
    assert f'value="{question}"' in form
    added = client.post(offered, {"text": "Zoek het uit", "step": "2", "status": "open", "question": question})
    assert added.status_code == 302
    point = FollowUp.objects.get(idea=idea)
    assert (point.question, point.step, point.text) == (question, 2, "Zoek het uit")


@pytest.mark.parametrize("name", list(LISTS))
def test_what_arose_from_a_question_leads_to_it_and_stands_under_it(
    name: str, idea: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    asked = f"{at('add', idea, name)}?question={MISSION}"
    status = {"followups": "open", "conditions": "not_met"}[name]
    answer = client.post(asked, {"text": "Vraag het na", "status": status, "question": MISSION}, headers=HTMX)
    row = LISTS[name]._default_manager.get(idea=idea)
    there = f"{reverse('ideas:check', args=[idea.pk])}#s2-drive-mission"
    assert row.question == MISSION
    assert f'href="{there}"' in answer.content.decode()
    html = page(client, idea)
    question = html.partition('id="s2-drive-mission"')[2].partition('id="s2-drive-vision"')[0]
    assert f'href="#{name}-{row.pk}"' in question
    assert f'id="{name}-{row.pk}"' in html
    assert f'href="{there}"' in html


# ---------- the policy team confirms


@pytest.mark.parametrize("name", list(LISTS))
@pytest.mark.parametrize("rows", [0, 2])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_policy_team_confirms_a_list_also_an_empty_one_and_opens_it_again(
    name: str, rows: int, headers: dict[str, str], idea: Idea, policy: Member, client: Client
) -> None:
    for number in range(rows):
        LISTS[name]._default_manager.create(idea=idea, text=f"Punt {number}")
    client.force_login(policy)
    assert page(client, idea).count(NOT_CONFIRMED) == 2
    assert confirm(client, idea, name, **headers).status_code == (200 if headers else 302)
    assert confirmed(idea, name) == timezone.localdate()
    html = page(client, idea)
    assert html.count(NOT_CONFIRMED) == 1
    assert ("None: the list is empty on purpose." in html) is (rows == 0)
    opened = client.post(at("confirm", idea, name), {"to": "open"}, headers=headers)
    assert opened.status_code == (200 if headers else 302)
    assert confirmed(idea, name) is None
    assert page(client, idea).count(NOT_CONFIRMED) == 2


@pytest.mark.parametrize("who", ["follower", "colleague", "support", "coordinator"])
@pytest.mark.parametrize("to", ["confirmed", "open"])
def test_nobody_else_confirms_or_opens_a_list_and_they_read_who_does(
    who: str, to: str, named: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    html = page(client, named)
    assert "The policy team confirms this list" in html
    assert at("confirm", named, "followups") not in html
    Idea.objects.filter(pk=named.pk).update(followups_confirmed="2026-01-01")
    assert client.post(at("confirm", named, "followups"), {"to": to}).status_code == 403
    assert confirmed(named, "followups") == date(2026, 1, 1)


def test_only_the_two_lists_of_step_2_are_confirmed_and_only_by_a_posted_form(
    idea: Idea, policy: Member, client: Client
) -> None:
    client.force_login(policy)
    assert client.post(at("confirm", idea, "goals")).status_code == 404
    assert client.get(at("confirm", idea, "followups")).status_code == 405


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("change", ["added", "reworded", "taken away"])
def test_a_list_that_is_not_as_it_was_shown_is_not_confirmed(
    change: str, headers: dict[str, str], idea: Idea, policy: Member, client: Client
) -> None:
    point = FollowUp.objects.create(idea=idea, text="Reken het na")
    client.force_login(policy)
    html = page(client, idea)
    shown = html.partition('name="seen" value="')[2].partition('"')[0]
    match change:
        case "added":
            FollowUp.objects.create(idea=idea, text="Nog iets")
        case "reworded":
            FollowUp.objects.filter(pk=point.pk).update(text="Reken het helemaal na")
        case _:
            point.delete()
    answer = client.post(at("confirm", idea, "followups"), {"seen": [shown]}, headers=headers)
    assert answer.status_code == 409
    assert "The list is not as you saw it." in answer.content.decode()
    assert confirmed(idea, "followups") is None


def _add_line(client: Client, idea: Idea, name: str, row: Any) -> None:
    client.post(at("list", idea, name), {"lines": "Nog iets"})


def _add_form(client: Client, idea: Idea, name: str, row: Any) -> None:
    client.post(at("add", idea, name), {"text": "Nog iets", "status": row.status})


def _reword(client: Client, idea: Idea, name: str, row: Any) -> None:
    _edit(client, idea, name, row, text="Anders gezegd")


def _take_away(client: Client, idea: Idea, name: str, row: Any) -> None:
    client.post(at("remove", idea, name, row.pk))


def _edit(client: Client, idea: Idea, name: str, row: Any, **told: str) -> None:
    form = at("edit", idea, name, row.pk)
    version = client.get(form).content.decode().partition('name="version" value="')[2].partition('"')[0]
    answer = client.post(form, {"text": row.text, "status": row.status, "version": version, **told})
    assert answer.status_code == 302


@pytest.mark.parametrize("name", list(LISTS))
@pytest.mark.parametrize("change", [_add_line, _add_form, _reword, _take_away])
def test_a_change_of_the_list_lapses_its_confirmation_and_only_its_own(
    change: Any, name: str, idea: Idea, follower: Member, client: Client
) -> None:
    row = LISTS[name]._default_manager.create(idea=idea, text="Reken het na")
    Idea.objects.update(followups_confirmed="2026-01-01", conditions_confirmed="2026-01-01")
    client.force_login(follower)
    assert NOT_CONFIRMED not in around(client, idea)
    change(client, idea, name, row)
    other = next(one for one in LISTS if one != name)
    assert (confirmed(idea, name), confirmed(idea, other)) == (None, date(2026, 1, 1))
    html = around(client, idea)
    assert html.count(NOT_CONFIRMED) == 1
    assert html.index(f'id="{name}-confirmed"') < html.index(NOT_CONFIRMED)


@pytest.mark.parametrize("name", list(LISTS))
def test_how_far_a_point_is_may_change_without_confirming_anew(
    name: str, idea: Idea, follower: Member, client: Client
) -> None:
    row = LISTS[name]._default_manager.create(idea=idea, text="Reken het na")
    LISTS[name]._default_manager.create(idea=idea, text="Vraag het na", position=1)
    Idea.objects.update(followups_confirmed="2026-01-01", conditions_confirmed="2026-01-01")
    client.force_login(follower)
    _edit(client, idea, name, row, remark="Bijna klaar", due="2026-12-01")
    client.post(at("order", idea, name), {"row": row.pk, "to": "down"})
    row.refresh_from_db()
    assert (row.remark, row.position) == ("Bijna klaar", 1)
    row.status = {"followups": FollowUpStatus.SOLVED, "conditions": ConditionStatus.MET}[name]
    row.save(update_fields=["status"])
    assert confirmed(idea, name) == date(2026, 1, 1)


# ---------- who sees what


def test_a_member_without_the_right_reads_it_all_and_edits_nothing(
    idea: Idea, colleague: Member, client: Client
) -> None:
    CheckConclusion.objects.create(idea=idea, check_name=Check.DRIJFVEER, conclusion=Conclusion.OK, note="Past goed.")
    Answer.objects.create(idea=idea, question=MISSION, value=Rating.YES, note="Zin twee.")
    Answer.objects.create(idea=idea, question="s2.prep.team", value="Het team ziet het zitten.")
    FollowUp.objects.create(idea=idea, text="Reken het na", question=MISSION)
    client.force_login(colleague)
    html = page(client, idea)
    for told in ["Past goed.", "Zin twee.", "Het team ziet het zitten.", "Reken het na"]:
        assert told in html
    main = html.partition("<main")[2].partition("</main>")[0]
    for editable in ["<textarea", "<input", "<select", "<button", "hx-post"]:
        assert editable not in main


@pytest.mark.parametrize(
    ("who", "sees"),
    [("follower", True), ("policy", True), ("coordinator", False), ("support", False), ("colleague", False)],
)
def test_a_private_note_is_for_follower_and_policy_team_only(
    who: str, sees: bool, named: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    CheckConclusion.objects.create(
        idea=named, check_name=Check.DRIJFVEER, conclusion=Conclusion.OK, note="Gevoelig besluit.", notes_private=True
    )
    Answer.objects.create(idea=named, question=MISSION, value=Rating.NO, note="Gevoelig antwoord.", notes_private=True)
    client.force_login(request.getfixturevalue(who))
    shown = page(client, named) + around(client, named)
    assert ("Gevoelig besluit." in shown) is sees
    assert ("Gevoelig antwoord." in shown) is sees
    for refused in [at("answer", named, MISSION), at("conclusion", named, "drijfveer")]:
        told = client.post(refused, {"value": "yes", "conclusion": "ok_with_followups", "version": "old"})
        assert told.status_code == 409
        assert ("Gevoelig" in told.content.decode()) is sees


def test_who_only_reads_sees_no_private_note(idea: Idea, colleague: Member, client: Client) -> None:
    Answer.objects.create(idea=idea, question=MISSION, value=Rating.NO, note="Gevoelig antwoord.", notes_private=True)
    client.force_login(colleague)
    assert "Gevoelig" not in page(client, idea)


def test_the_preparation_is_not_needed_for_a_reason(idea: Idea, support: Member, client: Client) -> None:
    client.force_login(support)
    form = at("part", idea, "support_not_needed")
    assert form in page(client, idea)
    version = client.get(form).content.decode().partition('name="version" value="')[2].partition('"')[0]
    answer = client.post(form, {"support_not_needed": "Het kost niets.", "version": version}, headers=HTMX)
    assert "Not needed:" in answer.content.decode()
    assert "Het kost niets." in page(client, idea)


# ---------- speed


def queries(client: Client, idea: Idea, headers: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, idea, **headers)
    return len(asked)


@pytest.mark.parametrize(("headers", "most"), [({}, 35), (HTMX, 30)])
def test_fifty_points_take_as_many_queries_as_five(
    headers: dict[str, str], most: int, policy: Member, signed_in: SignIn
) -> None:
    few = Picture(
        title="Vijf",
        slug="vijf",
        own_org=policy.organisation.name,
        step=2,
        followups=tuple(PointTold(text=f"Punt {n}", question=MISSION, step=2) for n in range(5)),
        conditions=tuple(ConditionTold(text=f"Voorwaarde {n}", question=MISSION) for n in range(5)),
    )
    many = replace(few, slug="vijftig", followups=few.followups * 10, conditions=few.conditions * 10)
    ideas = [write_picture(told, policy.organisation) for told in (few, many)]
    client = signed_in(policy)
    page(client, ideas[0])
    small, large = (queries(client, idea, headers) for idea in ideas)
    assert small == large <= most
