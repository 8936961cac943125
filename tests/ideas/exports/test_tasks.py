"""What the worker makes of a selection: an idea at a time, with what did not come in named."""

import sys
from datetime import timedelta
from io import BytesIO
from subprocess import run
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import override_settings
from django.utils import timezone

from checks.codes import ExportKind, Role
from checks.picture import Picture
from ideas.dossier import render
from ideas.dossier import tasks as dossiers
from ideas.dossier.record import Frame
from ideas.exports import tasks
from ideas.exports.tasks import TooManyError, ask_again, ask_for, make_next, titles_left_out
from ideas.jobs import tidy
from ideas.models import Dossier, Export, FollowUp, Idea, Involvement, SealedPages, SealedRecord
from ideas.privacy.persons import erase
from ideas.seal.sealing import black_out
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.seal.sealed import decided


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the ideas of which a dossier is rendered; rendering takes no time, and one that is torn fails."""
    titles: list[str] = []

    def pdf(picture: Picture, frame: Frame) -> bytes:
        if picture.title == "Gescheurd":
            raise ValueError("a page is torn")
        titles.append(picture.title)
        return f"%PDF {picture.title} {frame.version} {frame.language}".encode()

    monkeypatch.setattr(render, "pdf", pdf)
    return titles


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the worker was asked, which it does not do by itself."""
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.make_next.__class__, "enqueue", lambda task, **told: asked.append(told))
    return asked


def works(waiting: list[dict[str, Any]]) -> None:
    """The worker does one thing."""
    make_next.call(**waiting.pop(0))


@pytest.fixture
def ideas(organisation: Organisation) -> list[Idea]:
    return [factories.idea(organisation, title=title, slug=title.lower()) for title in ("Brug", "Huis", "Tuin")]


def asked_by(member: Member, ideas: list[Idea], kind: ExportKind = ExportKind.FULL, language: str = "nl") -> Export:
    export = ask_for(member, kind, language, [idea.pk for idea in ideas])
    export.refresh_from_db()
    return export


def opened(export: Export) -> dict[str, str]:
    with ZipFile(BytesIO(export.file or b"")) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist()}


@pytest.mark.parametrize(
    ("kind", "name"),
    [(ExportKind.FULL, "dossier"), (ExportKind.BOARD, "bestuur"), (ExportKind.PARTNER, "partners")],
)
def test_a_zip_holds_the_dossier_of_every_idea_in_the_version_and_language_asked(
    kind: ExportKind, name: str, ideas: list[Idea], policy: Member, rendered: list[str]
) -> None:
    export = asked_by(policy, ideas, kind, "en")
    assert opened(export) == {
        f"{name}-brug-en.pdf": f"%PDF Brug {kind} en",
        f"{name}-huis-en.pdf": f"%PDF Huis {kind} en",
        f"{name}-tuin-en.pdf": f"%PDF Tuin {kind} en",
    }
    assert (export.is_ready, export.done, export.left_out) == (True, 3, [])


def test_after_each_idea_it_says_how_far_it_is(
    ideas: list[Idea], policy: Member, rendered: list[str], waiting: list[dict[str, Any]]
) -> None:
    export = asked_by(policy, ideas)
    seen = []
    while waiting:
        seen.append((export.done, export.is_busy, list(rendered)))
        works(waiting)
        export.refresh_from_db()
    assert seen == [
        (0, True, []),
        (1, True, ["Brug"]),
        (2, True, ["Brug", "Huis"]),
        (3, True, ["Brug", "Huis", "Tuin"]),
    ]
    assert export.is_ready


def test_a_kept_dossier_is_taken_and_one_of_before_is_made_anew(
    ideas: list[Idea], policy: Member, rendered: list[str]
) -> None:
    dossiers.ask_for(ideas[0], "nl")
    dossiers.ask_for(ideas[1], "nl")
    ideas[1].summary = "Nu anders."
    ideas[1].save()
    rendered.clear()
    asked_by(policy, ideas)
    assert rendered == ["Huis", "Tuin"]


def test_an_idea_that_cannot_be_made_is_named_and_the_others_come(
    ideas: list[Idea], policy: Member, rendered: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    Idea.objects.filter(pk=ideas[1].pk).update(title="Gescheurd")
    export = asked_by(policy, ideas)
    told = opened(export)
    assert list(told) == ["dossier-brug-nl.pdf", "dossier-tuin-nl.pdf", "LEESMIJ.txt"]
    assert "- Gescheurd" in told["LEESMIJ.txt"]
    assert titles_left_out(export) == ["Gescheurd"]
    assert "a page is torn" in caplog.text


def test_where_nothing_can_be_made_that_is_told(
    organisation: Organisation, policy: Member, rendered: list[str]
) -> None:
    export = asked_by(policy, [factories.idea(organisation, title="Gescheurd")])
    assert (export.failed, export.is_ready, export.is_busy, export.file) == (True, False, False, None)


def test_two_ideas_of_one_name_have_files_of_their_own(
    organisation: Organisation, policy: Member, rendered: list[str]
) -> None:
    one = factories.idea(organisation, slug="")
    other = factories.idea(organisation, slug=str(one.pk))
    assert sorted(opened(asked_by(policy, [one, other]))) == [
        f"dossier-{one.pk}-nl-2.pdf",
        f"dossier-{one.pk}-nl.pdf",
    ]


def test_an_idea_that_they_may_no_longer_take_along_stays_out(
    ideas: list[Idea], colleague: Member, rendered: list[str], waiting: list[dict[str, Any]]
) -> None:
    for idea in ideas:
        Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    export = asked_by(colleague, ideas)
    works(waiting)
    Involvement.objects.all().delete()
    Involvement.objects.create(idea=ideas[2], member=colleague, role=Role.COLLABORATOR)
    Idea.objects.filter(pk=ideas[0].pk).update(confidential=True)
    while waiting:
        works(waiting)
    export.refresh_from_db()
    told = opened(export)
    assert list(told) == ["dossier-tuin-nl.pdf", "LEESMIJ.txt"]
    assert "Brug" not in told["LEESMIJ.txt"]
    assert titles_left_out(export)[0] == "Huis"


def test_of_who_left_meanwhile_nothing_is_made(
    ideas: list[Idea], colleague: Member, policy: Member, rendered: list[str], waiting: list[dict[str, Any]]
) -> None:
    export = asked_by(policy, ideas)
    policy.ended = timezone.localdate()
    policy.save()
    while waiting:
        works(waiting)
    export.refresh_from_db()
    assert export.failed
    assert rendered == []


def test_a_worker_that_stopped_is_told_and_asked_again_and_what_it_still_had_does_nothing(
    ideas: list[Idea], policy: Member, rendered: list[str], waiting: list[dict[str, Any]]
) -> None:
    export = asked_by(policy, ideas)
    works(waiting)
    old = waiting.pop()
    Export.objects.update(moved_at=timezone.now() - timedelta(minutes=2, seconds=1))
    export.refresh_from_db()
    assert (export.is_busy, export.is_ready, export.failed) == (False, False, False)
    ask_again(export)
    make_next.call(**old)
    export.refresh_from_db()
    assert (export.done, export.is_busy) == (0, True)
    while waiting:
        works(waiting)
    export.refresh_from_db()
    assert len(opened(export)) == 3


def test_a_third_one_waits_until_one_of_two_is_there(
    ideas: list[Idea], policy: Member, coordinator: Member, rendered: list[str], waiting: list[dict[str, Any]]
) -> None:
    first = asked_by(policy, ideas)
    asked_by(policy, ideas, ExportKind.LISTS)
    with pytest.raises(TooManyError):
        asked_by(policy, ideas)
    assert Export.objects.filter(member=policy).count() == 2
    asked_by(coordinator, ideas)
    Export.objects.filter(pk=first.pk).update(failed=True)
    asked_by(policy, ideas)


def test_a_list_holds_what_may_come_in(ideas: list[Idea], policy: Member, waiting: list[dict[str, Any]]) -> None:
    FollowUp.objects.create(idea=ideas[0], text="Bel de stad")
    export = asked_by(policy, ideas, ExportKind.LISTS)
    works(waiting)
    export.refresh_from_db()
    assert (export.is_ready, export.done, export.holds) == (True, 3, [idea.pk for idea in ideas])
    with ZipFile(BytesIO(export.file or b"")) as book:
        assert "Bel de stad" in book.read("xl/sharedStrings.xml").decode()


def test_of_a_decision_that_stands_the_sealed_pages_come(
    pages: None, client: Client, follower: Member, policy: Member, rendered: list[str]
) -> None:
    idea = decided(client, follower, policy).idea
    rendered.clear()
    export = asked_by(policy, [idea])
    sealed = SealedPages.objects.get(version="full", language="nl")
    assert list(opened(export).values()) == [bytes(sealed.pdf).decode()]
    assert rendered == []


def test_what_changed_since_its_decision_comes_as_it_stands_now(
    pages: None, client: Client, follower: Member, policy: Member, rendered: list[str]
) -> None:
    idea = decided(client, follower, policy).idea
    Idea.objects.filter(pk=idea.pk).update(motive=None, summary="Nu anders.")
    rendered.clear()
    assert len(opened(asked_by(policy, [idea]))) == 1
    assert rendered == [idea.title]


def test_with_a_passage_that_is_blacked_out_every_file_with_that_idea_goes(
    client: Client, follower: Member, policy: Member, ideas: list[Idea], rendered: list[str]
) -> None:
    idea = decided(client, follower, policy, summary="Bel An Peeters.").idea
    asked_by(policy, [idea, ideas[0]])
    other = asked_by(policy, ideas)
    assert SealedRecord.objects.exists()
    black_out(idea, "An Peeters", role=Role.COORDINATOR, why="naam")
    assert list(Export.objects.all()) == [other]


def test_after_seven_days_it_is_forgotten(ideas: list[Idea], policy: Member, rendered: list[str]) -> None:
    old, young = asked_by(policy, ideas), asked_by(policy, ideas)
    Export.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=7, minutes=1))
    Export.objects.filter(pk=young.pk).update(asked_at=timezone.now() - timedelta(days=6, hours=23))
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        tidy()
    assert list(Export.objects.values_list("pk", flat=True)) == [young.pk]
    assert Dossier.objects.count() == 3


def test_who_is_erased_leaves_none(ideas: list[Idea], colleague: Member, rendered: list[str]) -> None:
    Involvement.objects.create(idea=ideas[0], member=colleague, role=Role.COLLABORATOR)
    asked_by(colleague, ideas[:1])
    erase(colleague)
    assert not Export.objects.exists()


def test_what_is_gone_when_the_worker_comes_to_it_is_no_trouble(db: None) -> None:
    make_next.call(export_id=999, asked=timezone.now().isoformat())


def test_the_web_processes_load_nothing_that_writes_a_spreadsheet() -> None:
    loaded = "import sys, django; django.setup(); import ideas.urls; print('xlsxwriter' in sys.modules)"
    assert run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.strip() == "False"
