"""What is done by the clock is done once, at its hour in Brussels, however many workers there are and whoever ends."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from people.clock import PATIENCE, Job, do, put_what_is_due
from people.models import Account, Chore, Mail
from tests.people.post_office import a_worker, an_office, opened


def nothing() -> None:
    pass


def utc(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "moment", "due"),
    [
        pytest.param(7, utc("2026-01-10", 5, 59), utc("2026-01-10", 6), id="in winter, an hour from London"),
        pytest.param(7, utc("2026-01-10", 6), utc("2026-01-11", 6), id="at the hour itself, the next day"),
        pytest.param(7, utc("2026-07-10", 4, 59), utc("2026-07-10", 5), id="in summer, two hours"),
        pytest.param(7, utc("2026-03-28", 6), utc("2026-03-29", 5), id="over the night in which summer begins"),
        pytest.param(7, utc("2026-10-24", 5), utc("2026-10-25", 6), id="over the night in which winter begins"),
        pytest.param(2, utc("2026-03-28", 12), utc("2026-03-29", 1), id="an hour that is not there"),
        pytest.param(2, utc("2026-03-29", 1), utc("2026-03-30", 0), id="and the next day it is"),
        pytest.param(2, utc("2026-10-24", 12), utc("2026-10-25", 0), id="an hour that is there twice, the first time"),
        pytest.param(2, utc("2026-10-25", 0), utc("2026-10-26", 1), id="and not the second"),
        pytest.param(2, utc("2026-10-25", 0, 30), utc("2026-10-26", 1), id="nor from between the two"),
        pytest.param(3, utc("2026-03-29", 0, 59), utc("2026-03-29", 1), id="the hour after the one that is not there"),
        pytest.param(0, utc("2026-12-31", 22, 59), utc("2026-12-31", 23), id="midnight"),
        pytest.param(None, utc("2026-10-25", 0, 59), utc("2026-10-25", 1), id="each quarter through the change"),
        pytest.param(None, utc("2026-03-29", 1), utc("2026-03-29", 1, 15), id="and through the other"),
    ],
)
def test_a_job_is_due_at_its_hour_in_brussels(hour: int | None, moment: datetime, due: datetime) -> None:
    assert Job(nothing, hour).following(moment) == due


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("begins", ["2026-03-27", "2026-10-23"])
def test_each_day_has_it_once(hour: int, begins: str) -> None:
    moment, days = utc(begins, 12), []
    for _ in range(5):
        moment = Job(nothing, hour).following(moment)
        days.append(timezone.localtime(moment).date())
    assert days == [days[0] + timedelta(days=number) for number in range(5)]


@pytest.fixture
def said() -> list[str]:
    return []


def due_now(name: str = "werk", busy_until: datetime | None = None) -> Chore:
    return Chore.objects.create(name=name, due=timezone.now() - timedelta(minutes=1), busy_until=busy_until)


@pytest.mark.django_db
def test_a_new_job_waits_for_its_time(said: list[str]) -> None:
    put_what_is_due({"werk": Job(nothing, hour=7)}, said.append)
    assert said == []
    assert Chore.objects.get().due == Job(nothing, hour=7).following(timezone.now())


@pytest.mark.django_db
def test_what_is_due_is_asked_for_once(said: list[str]) -> None:
    due_now()
    for _ in range(3):
        put_what_is_due({"werk": Job(nothing)}, said.append)
    assert said == ["werk"]


@pytest.mark.django_db
def test_once_done_it_has_its_next_time(said: list[str]) -> None:
    chore, jobs = due_now(), {"werk": Job(lambda: said.append("gedaan"), hour=7)}
    put_what_is_due(jobs, lambda name: do(jobs, name))
    do(jobs, "werk")
    chore.refresh_from_db()
    assert said == ["gedaan"]
    assert (chore.due, chore.busy_until) == (jobs["werk"].following(timezone.now()), None)


@pytest.mark.django_db
def test_what_a_killed_worker_was_at_is_asked_for_again_after_a_while(said: list[str]) -> None:
    due_now(busy_until=timezone.now() + PATIENCE)
    put_what_is_due({"werk": Job(nothing)}, said.append)
    assert said == []
    Chore.objects.update(busy_until=timezone.now())
    put_what_is_due({"werk": Job(nothing)}, said.append)
    assert said == ["werk"]


@pytest.mark.django_db
def test_what_fails_is_still_due(said: list[str]) -> None:
    chore = due_now()
    jobs = {"werk": Job(lambda: said.append("half") or 1 // 0)}  # type: ignore[arg-type, func-returns-value]
    with pytest.raises(ZeroDivisionError):
        do(jobs, "werk")
    assert Chore.objects.get() == chore
    assert Chore.objects.get().due == chore.due


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_does_not_take_it_leaves_it_due(said: list[str]) -> None:
    def refuses(name: str) -> None:
        raise RuntimeError(name)

    due_now()
    with pytest.raises(RuntimeError):
        put_what_is_due({"werk": Job(nothing)}, refuses)
    put_what_is_due({"werk": Job(nothing)}, said.append)
    assert said == ["werk"]


@pytest.mark.django_db
def test_what_nobody_does_any_more_is_left_alone(said: list[str]) -> None:
    due_now("vroeger")
    put_what_is_due({}, said.append)
    do({}, "vroeger")
    assert said == []


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_look_at_once_one_asks(said: list[str]) -> None:
    due_now()
    together = Barrier(6)

    def looks() -> None:
        together.wait()
        put_what_is_due({"werk": Job(nothing)}, said.append)
        connection.close()

    threads = [Thread(target=looks) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["werk"]


def wait_until(so: Callable[[], bool]) -> None:
    for _ in range(600):
        if so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")


@pytest.mark.django_db(transaction=True)
def test_a_worker_takes_up_by_the_clock_what_a_killed_one_left(tmp_path: Path) -> None:
    account = Account.objects.create_user("els@lindeveer.test")
    earlier = timezone.now() - timedelta(hours=1)
    mail = Mail.objects.create(key="iets", account=account, to=account.email, subject="Dag", body="Dag", again=earlier)
    due_now("mail that was left", busy_until=timezone.now() - timedelta(seconds=1))
    with opened(an_office()) as office:
        workers = [a_worker(office, tmp_path, batch=False) for _ in range(2)]
        try:
            wait_until(lambda: Mail.objects.filter(sent=None).count() == 0)
            wait_until(lambda: Chore.objects.get(name="mail that was left").due > timezone.now())
        finally:
            for worker in workers:
                worker.terminate()
                worker.wait(30)
        assert office.ids == [mail.message_id]
