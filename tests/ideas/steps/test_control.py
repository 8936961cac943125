"""Control in step 4 with its evidence, the control after question marks, and a no-go with its reasons."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from checks.codes import Band, DirectorsOutcome, FollowUpStatus, GoNoGo, Status, Verdict
from checks.picture import Condition as ConditionOfPicture
from checks.picture import FollowUp as PointOfPicture
from ideas.models import Attachment, Condition, Control, Decision, Directors, FollowUp, Idea
from ideas.picture import read_picture
from ideas.steps.row_forms import LARGEST_FILE
from people.models import Member
from tests.factories import Client
from tests.ideas.steps.step_4 import (
    COUNTS,
    decide,
    get,
    give_verdict,
    idea_of,
    post,
    prepare,
    say,
    send,
    step_4,
    take_temperature,
)

HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.7 huurcontract"


@pytest.fixture
def idea(follower: Member) -> Idea:
    return idea_of(follower)


@pytest.fixture
def ready(client: Client, follower: Member, idea: Idea) -> Idea:
    give_verdict(client, follower, idea, Verdict.OK)
    take_temperature(client, follower, idea, COUNTS[Band.MUCH])
    prepare(idea)
    return idea


def adding(idea: Idea) -> str:
    return reverse("ideas:add", args=[idea.pk, "proofs"])


def bring(client: Client, who: Member, idea: Idea, name: str = "huur.pdf", content: bytes = PDF) -> int:
    client.force_login(who)
    told = {"condition": Condition.objects.get(idea=idea).pk, "title": "Huurcontract"}
    return client.post(adding(idea), {**told, "stored": SimpleUploadedFile(name, content)}).status_code


# ---------- evidence


@pytest.mark.parametrize("who", ["follower", "support"])
def test_evidence_stands_at_its_condition_and_its_hash_in_the_picture(
    who: str, client: Client, idea: Idea, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    assert bring(client, member, idea) == 302
    [attachment] = read_picture(idea).attachments
    assert (attachment.condition, attachment.file) == ("Er is een coördinator", "huur.pdf")
    assert attachment.sha256 == hashlib.sha256(PDF).hexdigest()
    row = Attachment.objects.get()
    assert reverse("ideas:file", args=[idea.pk, row.pk]) in get(client, member, "decide", idea.pk)
    came = client.get(reverse("ideas:file", args=[idea.pk, row.pk]))
    assert came.headers["Content-Disposition"] == 'attachment; filename="huur.pdf"'
    assert came.headers["X-Content-Type-Options"] == "nosniff"


def test_a_link_is_evidence_too_and_its_form_names_the_condition(client: Client, follower: Member, idea: Idea) -> None:
    condition = Condition.objects.get()
    at = f"{adding(idea)}?condition={condition.pk}"
    assert send(client, follower, at, at, title="Verslag", url="https://voorbeeld.invalid/v").status_code == 302
    assert Attachment.objects.get().condition == condition
    whole = get(client, follower, "idea", idea.pk)
    assert "https://voorbeeld.invalid/v" not in whole


@pytest.mark.parametrize(
    ("name", "content"),
    [("plan.pdf", b"MZ een programma"), ("plan.pdf", b""), ("plan.pdf", b"%PDF-" + bytes(LARGEST_FILE))],
    ids=["a lying name", "empty", "too large"],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_and_changes_nothing(
    name: str, content: bytes, client: Client, follower: Member, idea: Idea
) -> None:
    assert bring(client, follower, idea, name, content) == 422
    assert not Attachment.objects.exists()


def test_only_who_controls_brings_evidence(
    client: Client, colleague: Member, outsider: Member, policy: Member, idea: Idea
) -> None:
    assert [bring(client, who, idea) for who in (colleague, policy, outsider)] == [403, 403, 404]
    assert not Attachment.objects.exists()


def test_evidence_for_a_condition_of_another_idea_is_refused(client: Client, follower: Member, idea: Idea) -> None:
    other = Condition.objects.create(idea=idea_of(follower, title="Elders"), text="Elders")
    client.force_login(follower)
    told = {"condition": other.pk, "title": "Verslag", "url": "https://voorbeeld.invalid/v"}
    assert client.post(adding(idea), told).status_code == 422


# ---------- going through it together


def test_what_was_looked_at_is_counted_also_where_nothing_changes(client: Client, follower: Member, idea: Idea) -> None:
    client.force_login(follower)
    assert client.get(step_4(idea)).context["progress"].looked_at == 0
    condition = Condition.objects.get()
    to = reverse("ideas:control_row", args=[idea.pk, "conditions", condition.pk])
    send(client, follower, step_4(idea), to)
    told = client.get(step_4(idea)).context["progress"]
    assert (told.looked_at, told.all) == (1, 2)
    fragment = client.get(step_4(idea), headers=HTMX).content.decode()
    assert 'id="control-progress"' in fragment
    assert f'id="looked-conditions-{condition.pk}"' in fragment


def test_lists_that_changed_after_the_verdict_ask_a_note_for_it(client: Client, follower: Member, idea: Idea) -> None:
    give_verdict(client, follower, idea, Verdict.OK)
    condition = Condition.objects.get()
    to = reverse("ideas:control_row", args=[idea.pk, "conditions", condition.pk])
    send(client, follower, step_4(idea), to, status="partly")
    assert give_verdict(client, follower, idea, Verdict.OK).status_code == 422
    assert give_verdict(client, follower, idea, Verdict.OK, "De stad bevestigde het mondeling.").status_code == 302


def test_after_question_marks_only_what_changed_is_to_be_looked_at(client: Client, follower: Member) -> None:
    idea = idea_of(
        follower,
        followups=(
            PointOfPicture(text="Tolken zoeken", step=1, status=FollowUpStatus.OPEN),
            PointOfPicture(text="Uren vragen", step=1, status=FollowUpStatus.OPEN),
        ),
        conditions=(ConditionOfPicture(text="Er is een woonst"), ConditionOfPicture(text="Er is geld")),
    )
    give_verdict(client, follower, idea, Verdict.QUESTION_MARKS)
    first = client.get(step_4(idea))
    assert first.context["conditions"].same == []
    post(client, follower, "questions_back", idea.pk)
    point = FollowUp.objects.get(text="Tolken zoeken")
    post(client, follower, "tick_off", idea.pk, "followups", point.pk)
    money = Condition.objects.get(text="Er is geld")
    client.post(adding(idea), {"condition": money.pk, "title": "Offerte", "url": "https://voorbeeld.invalid/o"})
    idea.refresh_from_db()
    idea.move_on(follower, idea.transitions.last().role, to=4)  # type: ignore[union-attr]
    again = client.get(step_4(idea)).context
    assert Control.objects.get().verdict is None
    for name, changed, same in [
        ("conditions", "Er is geld", "Er is een woonst"),
        ("followups", "Tolken zoeken", "Uren vragen"),
    ]:
        assert [line.row.text for line in again[name].waiting] == [changed]
        assert [line.row.text for line in again[name].same] == [same]
    assert [since.name for since in again["conditions"].waiting[0].since] == ["EVIDENCE"]
    assert again["progress"].looked_at == 0


# ---------- the decision on one page


def test_the_page_of_a_decision_shows_what_it_rests_on(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    say(client, follower, ready, "present", "directeur\nidee-opvolger")
    Directors.objects.create(idea=ready, date=date(2026, 12, 1))
    for value in ("go", "no_go"):
        page = get(client, policy, "record", ready.pk, value)
        for told in ["alles ok", "Er is een coördinator", "directeur, idee-opvolger", "1 december 2026", "Veel"]:
            assert told.casefold() in page.casefold()


def test_what_the_board_said_is_filled_in_afterwards_and_leaves_the_decision_as_it_is(
    client: Client, policy: Member, ready: Idea
) -> None:
    decide(client, policy, ready, "go")
    before = read_picture(ready).decision
    client.force_login(policy)
    add = reverse("ideas:add", args=[ready.pk, "directors"])
    assert client.post(add, {"date": "2026-12-01", "outcome": "approved", "text": ""}).status_code == 302
    assert read_picture(ready).decision == before
    [told] = read_picture(ready).directors
    assert (told.date, told.outcome) == (date(2026, 12, 1), DirectorsOutcome.APPROVED)
    assert client.post(add, {"date": "", "outcome": "", "text": ""}).status_code == 422


# ---------- a dignified no


def test_a_no_has_its_reasons_a_letter_that_is_ready_before_and_a_day_to_look_again(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    later = timezone.localdate() + timedelta(days=200)
    say(client, follower, ready, "reasons", "Er is dit jaar geen woonst vrij.")
    say(client, follower, ready, "would_change", "De stad maakt twee woonsten vrij.")
    assert say(client, follower, ready, "look_again", later.isoformat()).status_code == 302
    before = get(client, policy, "record", ready.pk, "no_go")
    assert "Dit zou ons van gedacht doen veranderen: De stad maakt twee woonsten vrij." in before
    assert "geen woonst vrij" not in get(client, policy, "record", ready.pk, "go")
    assert decide(client, policy, ready, "no_go").status_code == 302
    ready.refresh_from_db()
    decision = Decision.objects.get(current=True)
    assert (ready.status, ready.revisit_on, decision.look_again) == (Status.NO_GO, later, later)
    assert (decision.value, decision.reasons) == (GoNoGo.NO_GO, "Er is dit jaar geen woonst vrij.")
    assert "Er is dit jaar geen woonst vrij." in client.get(step_4(ready)).context["following"].letter.nl


def test_a_go_keeps_nothing_of_what_was_prepared_for_a_no_go(client: Client, policy: Member, ready: Idea) -> None:
    prepare(ready, reasons="Geen woonst.", would_change="Wel een woonst.", look_again=date(2099, 1, 1))
    decide(client, policy, ready, "go")
    decision = Decision.objects.get(current=True)
    ready.refresh_from_db()
    assert (decision.reasons, decision.would_change, decision.look_again, ready.revisit_on) == ("", "", None, None)


def test_the_day_to_look_again_is_still_to_come(client: Client, follower: Member, ready: Idea) -> None:
    assert say(client, follower, ready, "look_again", "2020-01-01").status_code == 422


@pytest.mark.parametrize("who", ["follower", "colleague", "support", "coordinator"])
def test_who_is_not_of_the_policy_team_decides_nothing(
    who: str, client: Client, ready: Idea, request: pytest.FixtureRequest
) -> None:
    for value in ("go", "no_go"):
        assert post(client, request.getfixturevalue(who), "record", ready.pk, value, seen="x").status_code == 403
    ready.refresh_from_db()
    assert ready.status is Status.IN_STEP
    assert not Decision.objects.exists()
