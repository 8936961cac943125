"""The pages of the seal, as people of the organisation and anybody with a file in hand see them."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from ideas.models import DecisionDraft, SealedPages, SealedRecord, Unsealing
from ideas.seal.checking import Found
from ideas.seal.views import TAKEN_AGAIN
from people.models import Member
from tests.factories import Client, SignIn
from tests.ideas.seal.sealed import CONFIDED, again, decided
from tests.ideas.steps.step_4 import get, post
from werktsamen.size import LARGEST_REQUEST

CHECK = "/check/"


@pytest.fixture
def kept(client: Client, follower: Member, policy: Member) -> SealedRecord:
    return decided(client, follower, policy)


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def bring(client: Client, given: bytes, name: str = "dossier.pdf") -> tuple[int, str]:
    client.logout()
    answer = client.post(CHECK, {"file": SimpleUploadedFile(name, given)})
    return answer.status_code, words_of(answer.content.decode())


# ---------- at the idea


def test_the_page_of_the_seal_tells_its_code_and_gives_the_record_byte_for_byte(
    kept: SealedRecord, client: Client, follower: Member
) -> None:
    assert kept.code in words_of(get(client, follower, "sealed", kept.idea_id))
    answer = client.get(reverse("ideas:sealed_record", args=[kept.idea_id, kept.pk]))
    assert answer.content == kept.json.encode()
    assert "attachment" in answer["Content-Disposition"]


def test_its_pages_are_given_as_they_were_kept(kept: SealedRecord, client: Client, follower: Member) -> None:
    SealedPages.objects.create(sealed=kept, language="nl", pdf=b"%PDF-1.7 dit zijn ze")
    client.force_login(follower)
    answer = client.get(reverse("ideas:sealed_pdf", args=[kept.idea_id, kept.pk, "full", "nl"]))
    assert answer.content == b"%PDF-1.7 dit zijn ze"
    for version, language in [("full", "en"), ("board", "nl"), ("other", "nl")]:
        at = reverse("ideas:sealed_pdf", args=[kept.idea_id, kept.pk, version, language])
        assert client.get(at).status_code == 404


def test_an_idea_that_was_never_decided_has_no_such_page(idea: object, client: Client, follower: Member) -> None:
    client.force_login(follower)
    assert client.get(reverse("ideas:sealed", args=[idea.pk])).status_code == 404  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["idea", "decide", "sealed"])
def test_what_changed_since_is_said_where_the_decision_stands(
    kept: SealedRecord, client: Client, follower: Member, name: str
) -> None:
    said = "Gewijzigd sinds de beslissing"
    assert said not in get(client, follower, name, kept.idea_id)
    kept.idea.answers.filter(question="s1.why.challenge").update(value="Het probleem is intussen iets anders.")
    assert said in get(client, follower, name, kept.idea_id)


def test_the_difference_is_shown_as_it_was_and_as_it_is(kept: SealedRecord, client: Client, follower: Member) -> None:
    kept.idea.answers.filter(question="s1.why.challenge").update(value="Het probleem is intussen iets anders.")
    page = get(client, follower, "sealed", kept.idea_id)
    assert re.search(rf"<del>[^<]*{CONFIDED}", page)
    assert re.search(r"<ins>[^<]*Het probleem is intussen iets anders\.", page)


def test_the_policy_team_confirms_it_anew_and_both_stay(kept: SealedRecord, client: Client, policy: Member) -> None:
    kept.idea.answers.filter(question="s1.why.challenge").update(value="Het probleem is intussen iets anders.")
    answer = post(client, policy, "reconfirm", kept.idea_id)
    assert answer.headers["Location"] == reverse("ideas:record", args=[kept.idea_id, "no_go"])
    shown = client.get(answer.headers["Location"])
    assert "Samen staan we sterker." in shown.content.decode()
    client.post(answer.headers["Location"], {"seen": shown.context["choice"].seen})
    assert SealedRecord.objects.filter(idea=kept.idea).count() == 2
    later = SealedRecord.objects.latest("pk")
    assert later.replaces == kept.sha256
    assert later.decision.present == ["directeur", "teamcoach"]
    assert "Gewijzigd sinds" not in get(client, policy, "sealed", kept.idea_id)


def test_all_that_was_prepared_then_is_prepared_anew(kept: SealedRecord, client: Client, policy: Member) -> None:
    day = timezone.localdate() + timedelta(days=100)
    told = {"reasons": "Het past niet.", "would_change": "Een tweede partner.", "look_again": day}
    again(client, policy, kept.idea, **told)
    post(client, policy, "reconfirm", kept.idea_id)
    draft = DecisionDraft.objects.get(idea=kept.idea)
    assert {name: getattr(draft, name) for name in told} == told
    prepared = {field.name for field in DecisionDraft._meta.concrete_fields} - {"id", "idea", "present"}
    assert set(TAKEN_AGAIN) == prepared - {"override"}, "what the coordinator let through holds once"


# ---------- blacking out


def test_the_coordinator_blacks_a_passage_out(kept: SealedRecord, client: Client, coordinator: Member) -> None:
    answer = post(client, coordinator, "black_out", kept.idea_id, passage=CONFIDED, why="naam van een cliënt")
    assert answer.status_code == 302
    assert CONFIDED not in SealedRecord.objects.get().json
    assert Unsealing.objects.get().why == "naam van een cliënt"


@pytest.mark.parametrize(
    ("passage", "why"),
    [("Dit staat er niet", "x"), ("", "x"), (CONFIDED, ""), (CONFIDED, f"{CONFIDED} is een cliënt")],
)
def test_what_is_not_right_is_refused_and_what_was_typed_is_given_back(
    kept: SealedRecord, client: Client, coordinator: Member, passage: str, why: str
) -> None:
    answer = post(client, coordinator, "black_out", kept.idea_id, passage=passage, why=why)
    assert answer.status_code == 422
    assert answer.context["form"]["passage"].value() == passage
    assert SealedRecord.objects.get().sha256 == kept.sha256


# ---------- “Klopt dit dossier?”


def test_anybody_checks_a_file_without_an_account(kept: SealedRecord, client: Client) -> None:
    assert client.get(CHECK).status_code == 200
    status, said = bring(client, kept.json.encode(), "record.json")
    assert status == 200
    assert Found.SEALED.words.nl in said
    assert Found.ALTERED.words.nl in bring(client, kept.json.replace("sterker", "Sterker").encode())[1]


def test_the_answer_tells_nothing_of_what_is_in_the_record(kept: SealedRecord, client: Client) -> None:
    said = bring(client, kept.json.replace("sterker", "Sterker").encode())[1]
    for secret in (kept.idea.title, kept.idea.organisation.name, CONFIDED, kept.sha256, "no go", "policy"):
        assert secret not in said


def test_it_answers_in_english_too(kept: SealedRecord, client: Client) -> None:
    client.logout()
    client.cookies["django_language"] = "en"
    answer = client.post(CHECK, {"file": SimpleUploadedFile("record.json", kept.json.encode())})
    assert Found.SEALED.words.en in words_of(answer.content.decode())
    translation.activate("nl")


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        (b"", 422, "Dit bestand is leeg"),
        (b"geen pdf", 200, Found.UNKNOWN.words.nl),
        (b"%PDF-1.7 maar verder niets", 200, Found.UNKNOWN.words.nl),
        (bytes(20 << 20) + b"x", 422, "te groot"),
    ],
    ids=["empty", "text", "no pdf", "large"],
)
def test_a_file_that_is_none_gets_a_clear_answer(
    kept: SealedRecord, client: Client, given: bytes, status: int, says: str
) -> None:
    told = bring(client, given)
    assert told[0] == status
    assert says in told[1]


def test_no_file_at_all_gets_a_clear_answer(client: Client, organisation: object) -> None:
    answer = client.post(CHECK)
    assert answer.status_code == 422
    assert "Kies eerst een bestand" in answer.content.decode()


@pytest.mark.parametrize("at", [CHECK, "/sign-in/"])
def test_what_is_much_too_large_is_refused_before_any_of_it_is_read(client: Client, db: None, at: str) -> None:
    class Body:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("it was read")

        readline = read

    never_read: dict[str, Any] = {"CONTENT_LENGTH": str(200 << 20), "wsgi.input": Body()}
    answer = client.generic("POST", at, b"", **never_read)
    assert answer.status_code == 413
    assert "te groot" in answer.content.decode()
    assert LARGEST_REQUEST < 200 << 20


def test_who_brings_file_after_file_is_asked_to_wait(client: Client, organisation: object) -> None:
    assert [bring(client, b"x")[0] for _ in range(31)] == [200] * 30 + [429]


def test_the_link_to_it_stands_at_the_foot_of_every_page(signed_in: SignIn, follower: Member) -> None:
    assert f'href="{CHECK}"' in signed_in(follower).get("/").content.decode()
    assert f'href="{CHECK}"' in Client().get("/sign-in/").content.decode()
