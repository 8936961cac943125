"""What is done by the clock."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from ideas.jobs import JOBS, do_job, tidy
from people.models import Chore, Invitation, Member
from tests.factories import Client

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


def test_of_a_session_that_is_over_nothing_is_kept(client: Client, follower: Member, colleague: Member) -> None:
    over = Client()
    for browser, member in [(client, follower), (over, colleague)]:
        browser.force_login(member)
        key = browser.session.session_key
        UserSession.objects.get_or_create(session_key=key, defaults={"user": member.account, "ip": "192.0.2.7"})
    Session.objects.filter(pk=over.session.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    tidy()
    assert [one.session_key for one in UserSession.objects.all()] == [client.session.session_key]
    assert [one.pk for one in Session.objects.all()] == [client.session.session_key]


def test_an_invitation_that_was_over_long_ago_is_forgotten(coordinator: Member) -> None:
    now, long_ago = timezone.now(), timezone.now() - timedelta(days=91)
    ours = {"organisation": coordinator.organisation, "by": coordinator}
    for name, told in {
        "withdrawn": {"withdrawn": long_ago, "until": long_ago},
        "accepted": {"accepted": long_ago, "until": long_ago},
        "late": {"until": long_ago},
        "waits": {"until": now + timedelta(days=1)},
        "just late": {"until": now - timedelta(days=1)},
        "just withdrawn": {"withdrawn": now, "until": now},
    }.items():
        email = f"{name.replace(' ', '-')}@nieuw.test"
        Invitation.objects.create(name=name, email=email, digest=name, **ours, **told)
    tidy()
    assert set(Invitation.objects.values_list("name", flat=True)) == {"waits", "just late", "just withdrawn"}
