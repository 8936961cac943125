"""Asking for a dossier: made once, kept until the record changes, asked again after a failure or a long wait."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from checks.codes import Status
from checks.picture import Picture
from ideas.dossier import render, tasks
from ideas.dossier.tasks import ask_for, digest_of, make_dossier
from ideas.models import Dossier, Idea
from people.models import Organisation
from tests import factories
from tests.ideas.dossier.pictures import frame


@pytest.fixture
def idea(organisation: Organisation) -> Idea:
    return factories.idea(organisation)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The dossiers that the worker was asked for, which it does not make."""
    ids: list[int] = []
    monkeypatch.setattr(tasks.make_dossier.__class__, "enqueue", lambda task, dossier_id: ids.append(dossier_id))
    return ids


def ask(idea: Idea, language: str = "nl") -> Dossier:
    dossier = ask_for(idea, language)
    dossier.refresh_from_db()
    return dossier


def test_the_worker_makes_what_is_asked(idea: Idea) -> None:
    dossier = ask(idea)
    assert dossier.is_ready
    assert bytes(dossier.pdf or b"").startswith(b"%PDF-1.7")


def test_a_kept_dossier_is_given_again_and_a_changed_record_is_made_anew(idea: Idea, asked: list[int]) -> None:
    dossier = ask(idea)
    make_dossier.call(dossier.pk)
    assert ask(idea).is_ready
    assert asked == [dossier.pk]
    idea.summary = "Nu anders."
    idea.save()
    assert not ask(idea).is_ready
    assert asked == [dossier.pk] * 2


def test_asking_twice_while_the_worker_is_busy_asks_it_once(idea: Idea, asked: list[int]) -> None:
    first = ask(idea)
    assert first.is_busy
    assert ask(idea) == first
    assert asked == [first.pk]


def test_each_language_is_a_dossier_of_its_own(idea: Idea, asked: list[int]) -> None:
    assert ask(idea) != ask(idea, "en")
    assert len(asked) == 2


def test_a_worker_that_stopped_is_asked_again(idea: Idea, asked: list[int]) -> None:
    dossier = ask(idea)
    Dossier.objects.update(asked_at=timezone.now() - timedelta(minutes=2, seconds=1))
    assert ask(idea).is_busy
    assert asked == [dossier.pk] * 2


def test_a_failure_is_kept_told_and_asked_again(
    idea: Idea,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*told: object) -> bytes:
        raise ValueError("a page is torn")

    with monkeypatch.context() as patch:
        patch.setattr(render, "pdf", broken)
        dossier = ask(idea)
    assert (dossier.failed, dossier.is_ready, dossier.is_busy) == (True, False, False)
    assert "a page is torn" in caplog.text
    assert ask(idea).is_ready


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_the_worker_is_asked_together_with_what_is_kept_or_not_at_all(idea: Idea) -> None:
    with transaction.atomic():
        ask_for(idea, "nl")
        transaction.set_rollback(True)
    assert (Dossier.objects.count(), DBTaskResult.objects.count()) == (0, 0)
    ask_for(idea, "nl")
    assert (Dossier.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_the_worker_makes_the_same_dossier_only_once(idea: Idea, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def note(picture: Picture, *told: object) -> bytes:
        made.append(picture.summary)
        return b"%PDF"

    monkeypatch.setattr(render, "pdf", note)
    dossier = ask(idea)
    make_dossier.call(dossier.pk)
    assert made == [idea.summary]
    idea.summary = "Nu anders."
    idea.save()
    make_dossier.call(dossier.pk)
    assert made[1:] == ["Nu anders."]


def test_a_dossier_that_is_gone_when_the_worker_comes_to_it_is_no_trouble(db: None) -> None:
    make_dossier.call(999)


def test_the_web_processes_do_not_load_weasyprint() -> None:
    loaded = "import sys, django; django.setup(); import ideas.urls; print('weasyprint' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_the_digest_tells_records_frames_and_days_of_drafts_apart() -> None:
    draft, decided = Picture(title="Idee"), Picture(title="Idee", status=Status.NO_GO)
    today, tomorrow = frame(), frame()
    object.__setattr__(tomorrow, "day", date(2026, 11, 23))
    assert digest_of(draft, today) == digest_of(Picture(title="Idee"), frame())
    assert digest_of(draft, today) != digest_of(draft, tomorrow)
    assert digest_of(decided, today) == digest_of(decided, tomorrow)
    told = [draft, decided, Picture(title="Idee!")]
    assert len({digest_of(picture, frame(language)) for picture in told for language in ("nl", "en")}) == 6
    assert digest_of(draft, frame(organisation="Een ander")) != digest_of(draft, today)
