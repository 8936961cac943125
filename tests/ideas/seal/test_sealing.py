"""What is sealed with a decision, what its pages are made of, and the two exceptions."""

import io
import json
from collections import Counter
from hashlib import sha256
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from checks.codes import DossierVersion, FollowUpStatus, Role, UnsealedFor, Verdict
from checks.picture import PICTURE, Checks, FollowUp
from ideas.dossier.record import ATTACHED
from ideas.models import Idea, NotNowError, SealedPages, SealedRecord, Unsealing
from ideas.picture import read_picture
from ideas.privacy import forgetting
from ideas.seal.record import canonical, read_again
from ideas.seal.sealing import BLACK, black_out, remove, seal
from people.models import Member
from tests.factories import Client
from tests.ideas.seal.sealed import CONFIDED, again, decided
from tests.ideas.steps.step_4 import READY, decide, give_verdict, idea_of, prepare


@pytest.fixture
def kept(client: Client, follower: Member, policy: Member) -> SealedRecord:
    return decided(client, follower, policy)


def test_recording_a_decision_seals_the_whole_picture_as_it_stood(kept: SealedRecord) -> None:
    told = json.loads(kept.json)
    assert told["picture"] == PICTURE.dump_python(read_picture(kept.idea), mode="json", by_alias=True)
    assert told["picture"]["decision"]["motivation"] == "Samen staan we sterker."
    assert kept.sha256 == sha256(kept.json.encode()).hexdigest()
    assert read_again(kept.json).picture == read_picture(kept.idea)


def test_it_holds_each_question_as_it_was_worded_and_the_role_of_who_recorded_it(kept: SealedRecord) -> None:
    told = json.loads(kept.json)
    assert told["questions"]["s4.decision"] == {
        "nl": "Werkt samen? Go of no go?",
        "en": "Does together work? Go or no go?",
    }
    assert (told["role"], told["organisation"]) == ("policy_team", "Lindeveer vzw (fictief)")


def test_it_names_no_account(client: Client, follower: Member, policy: Member) -> None:
    for number, member in enumerate(Member.objects.all()):
        member.name = f"Voornaam{number} Achternaam"
        member.save()
    kept = decided(client, follower, Member.objects.get(pk=policy.pk))
    assert follower.function in kept.json
    for member in Member.objects.select_related("account"):
        assert member.name not in kept.json
        assert member.email not in kept.json


def test_any_tool_that_knows_rfc_8785_makes_the_same_bytes(kept: SealedRecord) -> None:
    shuffled = json.dumps(dict(reversed(json.loads(kept.json).items())), indent=3)
    assert canonical(json.loads(shuffled)) == kept.json


def test_a_later_edit_leaves_it_as_it_was(kept: SealedRecord) -> None:
    kept.idea.title = "Iets anders"
    kept.idea.save()
    assert SealedRecord.objects.get().json == kept.json


def test_a_correction_is_sealed_beside_the_first_and_refers_to_it(
    kept: SealedRecord, client: Client, policy: Member
) -> None:
    later = again(client, policy, kept.idea, motivation="Toch om een andere reden.")
    assert later.replaces == kept.sha256
    assert SealedRecord.objects.count() == 2
    assert SealedRecord.objects.get(pk=kept.pk).json == kept.json


def test_an_imported_decision_is_never_sealed(kept: SealedRecord) -> None:
    idea = Idea.objects.create(organisation=kept.idea.organisation, title="Van elders", slug="van-elders")
    idea.decisions.create(value="go", imported=True)
    with pytest.raises(ValueError, match="imported"):
        seal(idea)


def test_where_the_seal_fails_no_decision_is_recorded(
    client: Client, follower: Member, policy: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr("ideas.steps.deciding.seal", fails)
    with pytest.raises(RuntimeError):
        decided(client, follower, policy)
    idea = Idea.objects.get()
    assert not idea.decisions.exists()
    assert idea.status == "in_step"


# ---------- the pages


def test_the_pages_are_rendered_from_the_record_in_both_languages_with_the_record_attached(
    pages: None, client: Client, follower: Member, policy: Member
) -> None:
    kept = decided(client, follower, policy)
    assert Counter(one.language for one in kept.pages.all()) == {"nl": 3, "en": 3}
    for one in kept.pages.filter(version=DossierVersion.FULL):
        with pikepdf.open(io.BytesIO(one.pdf)) as pdf:
            attached = pdf.attachments[ATTACHED]
            assert attached.get_file().read_bytes().decode() == kept.json
            assert pdf.attachments[ATTACHED].obj["/AFRelationship"] == "/Source"
        assert one.sha256 == sha256(one.pdf).hexdigest()


def test_what_is_live_makes_no_difference_to_the_pages(
    pages: None, client: Client, follower: Member, policy: Member
) -> None:
    kept = decided(client, follower, policy)
    was = kept.pages.get(version=DossierVersion.FULL, language="nl").sha256
    Idea.objects.update(title="Iets anders", summary="Helemaal anders.")
    from ideas.dossier.render import pdf
    from ideas.seal.tasks import frame_of

    sealed = read_again(kept.json)
    made = pdf(sealed.picture, frame_of(sealed, kept, "nl"))
    assert sha256(made).hexdigest() == was


# ---------- blacking out


def test_a_passage_that_is_blacked_out_is_gone_from_every_record_and_the_old_code_is_kept(
    kept: SealedRecord, client: Client, policy: Member
) -> None:
    again(client, policy, kept.idea, motivation="Toch om een andere reden.")
    codes = set(SealedRecord.objects.values_list("sha256", flat=True))
    anew = black_out(kept.idea, CONFIDED, role=Role.COORDINATOR, why="naam van een cliënt")
    assert len(anew) == 2
    for one in SealedRecord.objects.all():
        assert CONFIDED not in one.json
        assert BLACK * len(CONFIDED) in one.json
        assert one.sha256 not in codes
    written_down = Unsealing.objects.all()
    assert {one.sha256 for one in written_down} == codes
    assert {one.becomes for one in written_down} == {one.sha256 for one in anew}
    assert {(one.done, one.role, one.why) for one in written_down} == {
        (UnsealedFor.BLACKOUT, Role.COORDINATOR, "naam van een cliënt")
    }
    assert {one.record for one in written_down} == {one.record for one in anew}


def test_everything_else_in_it_stays_as_it_was(kept: SealedRecord) -> None:
    was = json.loads(kept.json)
    (anew,) = black_out(kept.idea, CONFIDED, role=Role.COORDINATOR, why="naam van een cliënt")
    now = json.loads(anew.json)
    assert now["picture"]["challenge"] == f"{BLACK * len(CONFIDED)} op een woonst."
    now["picture"]["challenge"] = was["picture"]["challenge"]
    assert now.pop("replaces") == kept.sha256
    assert len(now.pop("blacked_out")) == 1
    del was["replaces"], was["blacked_out"]
    assert now == was


@pytest.mark.parametrize("passage", ["", "x", "Dit staat er nergens in", "20", "confirmed", "Lindeveer"])
def test_a_passage_that_is_not_there_or_is_no_text_changes_nothing(kept: SealedRecord, passage: str) -> None:
    with pytest.raises(NotNowError):
        black_out(kept.idea, passage, role=Role.COORDINATOR, why="naam van een cliënt")
    assert SealedRecord.objects.get().json == kept.json
    assert not Unsealing.objects.exists()


def test_what_also_stands_in_the_name_of_a_question_is_no_passage(
    client: Client, follower: Member, policy: Member
) -> None:
    asked = FollowUp(text="Tolken zoeken", step=1, status=FollowUpStatus.SOLVED, question="s1.why.challenge")
    kept = decided(client, follower, policy, followups=(asked,))
    with pytest.raises(NotNowError):
        black_out(kept.idea, "s1.why", role=Role.COORDINATOR, why="naam van een cliënt")


def test_its_pages_are_rendered_anew_without_the_passage(
    pages: None, client: Client, follower: Member, policy: Member
) -> None:
    kept = decided(client, follower, policy)
    gone = set(kept.pages.values_list("sha256", flat=True))
    (anew,) = black_out(kept.idea, CONFIDED, role=Role.COORDINATOR, why="naam van een cliënt")
    assert set(Unsealing.objects.get().pages.split()) == gone
    assert anew.pages.count() == 6
    assert not SealedPages.objects.filter(sha256__in=gone).exists()


# ---------- removal


def test_an_idea_of_which_the_time_is_over_goes_with_its_seal_and_the_code_stays(kept: SealedRecord) -> None:
    code = kept.sha256
    forgetting._remove(kept.idea)
    assert not SealedRecord.objects.exists()
    assert not Idea.objects.filter(pk=kept.idea_id).exists()
    written_down = Unsealing.objects.get()
    assert (written_down.sha256, written_down.done, written_down.role) == (code, UnsealedFor.REMOVAL, None)
    assert written_down.why


def test_nothing_is_removed_where_that_cannot_be_written_down(
    kept: SealedRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object, **_told: object) -> None:
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr("ideas.seal.sealing._write_down", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        remove(kept, role=None, why="x")
    assert SealedRecord.objects.get() == kept


@override_settings(DEMO=True)
def test_the_demo_is_sealed_by_the_same_verb(db: None) -> None:
    from django.core.management import call_command

    call_command("demo", verbosity=0)
    told: dict[str, Any] = {one.idea.slug: one for one in SealedRecord.objects.select_related("idea")}
    decided = set(Idea.objects.filter(decisions__current=True).values_list("slug", flat=True))
    assert decided
    assert told.keys() == decided


def test_the_signals_of_the_record_are_those_that_were_in_sight_when_it_was_taken(
    client: Client, follower: Member, policy: Member
) -> None:
    """The decision itself silences some: what is not checked yet is no matter any more once it was decided."""
    idea = idea_of(follower, READY, checks=Checks())
    give_verdict(client, follower, idea, Verdict.OK, note="De checks volgen nog.")
    prepare(idea, not_measured="Het team is er nog niet.")
    client.force_login(policy)
    shown = client.get(reverse("ideas:record", args=[idea.pk, "no_go"])).context["rests_on"]
    assert "S63" in {signal.id for signal in shown.signals}
    assert decide(client, policy, idea, "no_go").status_code == 302
    sealed = {told.id for told in read_again(SealedRecord.objects.get(idea=idea).json).signals}
    assert {signal.id for signal in shown.signals} <= sealed
