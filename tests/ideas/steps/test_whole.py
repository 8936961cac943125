"""The idea as a whole: what it is about, the way it went, and its files and links."""

import hashlib
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from checks.codes import GoNoGo, Role, Status, Verb
from checks.picture import Attachment as AttachmentOfPicture
from checks.picture import Decision, Goal, Partner, Picture, Transition
from ideas.models import Attachment, Change, Idea
from ideas.models.past import ONE_CHANGE
from ideas.picture import write_picture
from ideas.steps.row_forms import LARGEST_FILE
from people.models import Member
from tests.factories import Client

HTMX = {"HX-Request": "true"}


@pytest.fixture(params=[True, False], ids=["htmx", "plain"])
def htmx(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def follower_client(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


def page_of(client: Client, idea: Idea) -> str:
    html = unescape(client.get(reverse("ideas:idea", args=[idea.pk])).content.decode())
    return re.sub(r"\s+", " ", html)


def sent(client: Client, address: str, told: dict[str, Any], *, htmx: bool = False) -> HttpResponse:
    """What comes back when a form at this address is sent, with the version that it was opened with."""
    version = re.search(r'name="version" value="([^"]*)"', client.get(address, headers=HTMX).content.decode())
    data = {"version": version[1] if version else "", **told}
    return client.post(address, data, headers=HTMX if htmx else {})  # type: ignore[return-value]


def a_file(name: str = "oproep.txt", content: bytes = b"de oproep") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def adding(idea: Idea) -> str:
    return reverse("ideas:add", args=[idea.pk, "attachments"])


def files_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


# ---------- what it is about and the way it went


def test_the_page_says_what_it_is_about_and_what_was_decided(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    idea = write_picture(
        Picture(
            title="Woonklaar",
            slug="woonklaar",
            own_org=coordinator.organisation.name,
            summary="Oefenen in een proefwoning",
            challenge="Geen betaalbare woonst",
            status=Status.RUNNING,
            step=4,
            goals=(Goal(text="Twintig jongeren wonen zelf"),),
            partners=(Partner(name="Woonwerf Zonbeek"),),
            decision=Decision(value=GoNoGo.GO, motivation="De puzzel klopt."),
        ),
        coordinator.organisation,
    )
    html = page_of(client, idea)
    for told in ["Oefenen in een proefwoning", "Geen betaalbare woonst", "Twintig jongeren", "Woonwerf Zonbeek"]:
        assert told in html
    assert "De puzzel klopt." in html
    assert 'class="word">go<' in html


def event(**told: Any) -> Transition:
    return Transition(**{"date": date(2026, 2, 3), "to_status": Status.IN_STEP, **told})


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (event(verb=Verb.MOVE_ON, from_status=Status.IN_STEP, from_step=1, to_step=2), "Verder · stap 2</strong>"),
        (event(verb=Verb.SEND_BACK, from_step=3, to_step=1, round=2), "Terug · stap 1, ronde 2</strong>"),
        (event(verb=Verb.PAUSE, to_status=Status.PAUSED, to_step=2), "Gepauzeerd · stap 2</strong>"),
        (event(verb=Verb.DECIDE, to_status=Status.NO_GO, to_step=4), "Beslist: no go · stap 4</strong>"),
        (event(verb=Verb.DECIDE, from_step=4, to_step=4), "Beslist · stap 4</strong>"),
        (event(to_step=2), "Naar stap 2</strong>"),
        (event(to_status=Status.STOPPED), "Gestopt</strong>"),
    ],
)
def test_each_event_says_in_words_what_was_done(
    told: Transition, says: str, client: Client, coordinator: Member
) -> None:
    client.force_login(coordinator)
    whole = Picture(title="Weg", slug="weg", own_org="Lindeveer", transitions=(told,))
    assert says in page_of(client, write_picture(whole, coordinator.organisation))


def test_an_event_tells_the_day_the_role_why_and_from_where(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    told = event(
        verb=Verb.SEND_BACK, from_status=Status.IN_STEP, from_step=3, to_step=1, role=Role.IDEA_OWNER, why="Te vaag"
    )
    first = event(verb=Verb.RECEIVE, to_status=Status.RECEIVED, date=date(2026, 1, 1))
    whole = Picture(title="Weg", slug="weg", own_org="Lindeveer", transitions=(first, told))
    html = page_of(client, write_picture(whole, coordinator.organisation))
    for words in ["3 februari 2026", "idee-opvolger", "Te vaag", "was onderweg · stap 3"]:
        assert words in html
    assert html.index("3 februari 2026") < html.index("1 januari 2026"), "the last one stands first"
    assert "was </span>" not in html


# ---------- files and links


def test_a_file_is_uploaded_and_comes_back_as_it_was(htmx: bool, follower_client: Client, idea: Idea) -> None:
    told = {"title": "De oproep", "stored": a_file()}
    answer = sent(follower_client, adding(idea), told, htmx=htmx)
    assert answer.status_code == (200 if htmx else 302)
    attachment = Attachment.objects.get(idea=idea)
    assert (attachment.file, attachment.size) == ("oproep.txt", 9)
    assert attachment.sha256 == hashlib.sha256(b"de oproep").hexdigest()
    address = reverse("ideas:file", args=[idea.pk, attachment.pk])
    assert address in (answer.content.decode() if htmx else page_of(follower_client, idea))
    came = follower_client.get(address)
    assert b"".join(came) == b"de oproep"
    assert came.headers["Content-Disposition"] == 'attachment; filename="oproep.txt"'


@pytest.mark.parametrize("name", ["()", "🎉", "a." + "b" * 150, "../../etc/passwd", "naam met spaties.txt"])
def test_a_file_may_have_any_name(name: str, follower_client: Client, idea: Idea, tmp_path: Path) -> None:
    answer = sent(follower_client, adding(idea), {"title": "Oproep", "stored": a_file(name)})
    assert answer.status_code == 302
    attachment = Attachment.objects.get(idea=idea)
    assert attachment.file == name.rpartition("/")[2]
    assert files_in(tmp_path / "ideas") == [b"de oproep"]


def test_a_link_is_added_and_stays_a_link(htmx: bool, follower_client: Client, idea: Idea) -> None:
    told = {"title": "De oproep", "url": "https://example.org/oproep"}
    sent(follower_client, adding(idea), told, htmx=htmx)
    attachment = Attachment.objects.get(idea=idea)
    assert 'href="https://example.org/oproep"' in page_of(follower_client, idea)
    edit = reverse("ideas:edit", args=[idea.pk, "attachments", attachment.pk])
    assert 'name="stored"' not in follower_client.get(edit).content.decode()
    assert sent(follower_client, edit, {"title": "De oproep", "url": ""}, htmx=htmx).status_code == 422


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": "De oproep"}, "url"),
        ({"title": "De oproep", "url": "https://example.org", "stored": "file"}, "url"),
        ({"title": "De oproep", "url": "javascript:alert(1)"}, "url"),
        ({"title": "", "url": "https://example.org"}, "title"),
        ({"title": "De oproep", "stored": "too large"}, "stored"),
        ({"title": "De oproep", "stored": "empty"}, "stored"),
    ],
    ids=["neither", "both", "no web address", "no title", "too large", "empty"],
)
def test_what_is_no_file_and_no_link_is_refused_at_its_field_and_leaves_nothing(
    told: dict[str, Any], field: str, htmx: bool, follower_client: Client, idea: Idea, tmp_path: Path
) -> None:
    contents = {"file": b"de oproep", "too large": bytes(LARGEST_FILE + 1), "empty": b""}
    data = {**told}
    if "stored" in told:
        data["stored"] = a_file(content=contents[told["stored"]])
    answer = sent(follower_client, adding(idea), data, htmx=htmx)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'name="(\w+)"[^>]*aria-invalid="true"', html) == [field]
    for typed in (told["title"], told.get("url", "")):
        assert not typed or f'value="{typed}"' in html
    assert not Attachment.objects.exists()
    assert files_in(tmp_path) == []


def test_the_largest_file_still_fits(follower_client: Client, idea: Idea) -> None:
    told = {"title": "Groot", "stored": a_file(content=bytes(LARGEST_FILE))}
    assert sent(follower_client, adding(idea), told).status_code == 302


@pytest.fixture
def stored(idea: Idea, follower_client: Client) -> Attachment:
    sent(follower_client, adding(idea), {"title": "De oproep", "stored": a_file()})
    return Attachment.objects.get(idea=idea)


def test_a_file_keeps_what_is_stored_when_its_title_changes(
    htmx: bool, follower_client: Client, stored: Attachment, tmp_path: Path
) -> None:
    edit = reverse("ideas:edit", args=[stored.idea_id, "attachments", stored.pk])
    assert 'name="url"' not in follower_client.get(edit).content.decode()
    sent(follower_client, edit, {"title": "De oproep van 2026"}, htmx=htmx)
    again = Attachment.objects.get(pk=stored.pk)
    assert (again.title, again.stored.name, again.sha256) == ("De oproep van 2026", stored.stored.name, stored.sha256)
    assert files_in(tmp_path) == [b"de oproep"]


def test_another_file_takes_the_place_of_the_old_one_which_the_past_keeps(
    follower_client: Client, stored: Attachment, tmp_path: Path
) -> None:
    edit = reverse("ideas:edit", args=[stored.idea_id, "attachments", stored.pk])
    Change.objects.update(timestamp=timezone.now() - ONE_CHANGE)
    sent(follower_client, edit, {"title": "De oproep", "stored": a_file("nieuw.txt", b"nieuw")})
    assert sorted(files_in(tmp_path)) == [b"de oproep", b"nieuw"]
    again = Attachment.objects.get(pk=stored.pk)
    assert (again.file, again.size, again.sha256) == ("nieuw.txt", 5, hashlib.sha256(b"nieuw").hexdigest())
    change = Change.objects.get(object_id=stored.pk, action=Change.Action.UPDATE)
    assert change.changes["stored"] == [stored.stored.name, again.stored.name]


def test_the_files_of_an_idea_go_with_it_once_that_is_committed(
    htmx: bool,
    follower_client: Client,
    stored: Attachment,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    address = reverse("ideas:remove", args=[stored.idea_id, "attachments", stored.pk])
    follower_client.post(address, headers=HTMX if htmx else {})
    assert not Attachment.objects.exists()
    assert files_in(tmp_path) == [b"de oproep"]
    with django_capture_on_commit_callbacks(execute=True):
        stored.idea.delete()
        assert files_in(tmp_path) == [b"de oproep"]
    assert files_in(tmp_path) == []


def test_two_rows_with_the_same_file_do_not_share_it(follower_client: Client, stored: Attachment) -> None:
    sent(follower_client, adding(stored.idea), {"title": "Nog eens", "stored": a_file()})
    other = Attachment.objects.exclude(pk=stored.pk).get()
    assert other.stored.name != stored.stored.name
    assert b"".join(follower_client.get(reverse("ideas:file", args=[other.idea_id, other.pk]))) == b"de oproep"


def test_only_who_edits_the_idea_adds_files(client: Client, colleague: Member, outsider: Member, idea: Idea) -> None:
    for member, status in [(colleague, 403), (outsider, 404)]:
        client.force_login(member)
        assert client.post(adding(idea), {"title": "Oproep", "stored": a_file()}).status_code == status
    client.force_login(colleague)
    assert adding(idea) not in page_of(client, idea)


def test_files_and_links_change_places(htmx: bool, follower_client: Client, idea: Idea) -> None:
    for title in ("Een", "Twee"):
        Attachment.objects.create(idea=idea, title=title, url="https://example.org", position=title == "Twee")
    second = Attachment.objects.get(title="Twee")
    address = reverse("ideas:order", args=[idea.pk, "attachments"])
    follower_client.post(address, {"row": second.pk, "to": "up"}, headers=HTMX if htmx else {})
    assert [row.title for row in Attachment.objects.filter(idea=idea)] == ["Twee", "Een"]


def test_fifty_files_and_events_take_no_more_queries_than_five(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    counts = []
    for number in (5, 50):
        whole = Picture(
            title="Veel",
            slug=f"veel-{number}",
            own_org=coordinator.organisation.name,
            partners=tuple(Partner(name=f"Partner {n}") for n in range(number)),
            goals=tuple(Goal(text=f"Doel {n}") for n in range(number)),
            transitions=tuple(event(verb=Verb.MOVE_ON, to_step=2) for _ in range(number)),
            attachments=tuple(AttachmentOfPicture(title=f"{n}", url="https://example.org") for n in range(number)),
        )
        idea = write_picture(whole, coordinator.organisation)
        with CaptureQueriesContext(connection) as captured:
            page_of(client, idea)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 35
