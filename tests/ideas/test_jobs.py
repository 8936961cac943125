"""What is done by the clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from ideas.jobs import JOBS, do_job
from people.models import Chore

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queue(settings: Settings) -> None:
    """The queue that an installation has."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.parametrize("name", JOBS)
def test_every_job_is_done_when_it_is_due(name: str) -> None:
    chore = Chore.objects.create(name=name, due=timezone.now() - timedelta(minutes=1))
    do_job.call(name=name)
    chore.refresh_from_db()
    assert chore.due == JOBS[name].following(timezone.now())


def test_old_work_is_forgotten_and_what_waits_is_not() -> None:
    now = timezone.now()
    told: dict[str, Any] = {"args_kwargs": {}, "task_path": "x", "backend_name": "default", "run_after": now}
    long_ago = now - timedelta(days=60)
    DBTaskResult.objects.create(status="SUCCESSFUL", finished_at=long_ago, **told)
    waits = DBTaskResult.objects.create(status="READY", **told)
    DBTaskResult.objects.update(enqueued_at=long_ago)
    Chore.objects.create(name="tidying up", due=now - timedelta(minutes=1))
    do_job.call(name="tidying up")
    assert list(DBTaskResult.objects.all()) == [waits]
