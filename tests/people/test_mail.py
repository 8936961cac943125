"""Mail against a real mail server: none is lost, none goes twice. The server counts what it took."""

import smtplib
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from people.mail import OVERDUE, post, send, send_what_was_left
from people.models import Account, Mail
from people.models.mail import KEEPS_TRYING, LONGEST_PAUSE, PATIENCE, TEXT_KEPT
from tests.people.post_office import OK, PostOffice, a_worker, an_office, breaks_off, opened, work
from werktsamen.settings import mailer

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> PostOffice:
    """A mail server that is not up yet, to which mail goes; and a text to mail."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "told.txt").write_text("Er wacht iets op je\n\nKijk op {{ address }}/daar/\n")
    settings.TEMPLATES = [{**django_settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.TASKS = QUEUE
    office = an_office()
    settings.MAILERS = office.mailer
    return office


@pytest.fixture
def up(office: PostOffice) -> Iterator[PostOffice]:
    with opened(office):
        yield office


def to(name: str = "els") -> Account:
    account: Account = Account.objects.get_or_create(email=f"{name}@lindeveer.test")[0]
    return account


def a_mail(key: str = "iets", name: str = "els") -> Mail:
    return post(to(name), key, "told", {})


def its_turn_comes() -> None:
    """Time goes by until whatever was put off may be tried again."""
    earlier = timezone.now() - OVERDUE - timedelta(seconds=1)
    Mail.objects.waiting().update(again=earlier)
    send_what_was_left()


def test_a_mail_arrives_with_the_headers_that_a_mail_needs(up: PostOffice) -> None:
    mail = a_mail()
    assert up.taken == []
    work()
    arrived = up.taken[0]
    assert (arrived["To"], arrived["Subject"]) == ("els@lindeveer.test", "Er wacht iets op je")
    assert arrived["From"] == django_settings.DEFAULT_FROM_EMAIL
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Date"]
    assert arrived["Message-ID"] == mail.message_id
    assert f"{django_settings.ADDRESS}/daar/" in arrived.get_content()
    mail.refresh_from_db()
    assert (bool(mail.sent), mail.tried) == (True, 1)


def test_what_is_asked_for_twice_is_mailed_once(up: PostOffice) -> None:
    for _ in range(3):
        a_mail()
    work()
    assert len(up.taken) == 1


def test_a_mail_that_was_asked_for_in_vain_does_not_go(up: PostOffice) -> None:
    def asks_in_vain() -> None:
        with transaction.atomic():
            a_mail()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asks_in_vain()
    work()
    assert up.taken == []


def test_a_server_that_is_down_delays_mail_and_loses_none(office: PostOffice) -> None:
    mails = [a_mail(f"iets {number}") for number in range(3)]
    for _ in range(4):
        work()
        its_turn_comes()
    with opened(office):
        work()
        its_turn_comes()
        work()
    assert sorted(office.ids) == sorted(mail.message_id for mail in mails)


def test_between_two_tries_it_waits_ever_longer(office: PostOffice) -> None:
    mail, pauses = a_mail(), []
    for _ in range(12):
        send.call(mail_id=mail.pk)
        mail.refresh_from_db()
        pauses.append(mail.again - timezone.now())
        Mail.objects.update(again=timezone.now())
    minutes = [round(pause / timedelta(minutes=1)) for pause in pauses]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240]
    assert timedelta(minutes=240) == LONGEST_PAUSE


def test_a_try_that_failed_leaves_the_next_one_in_the_queue(office: PostOffice) -> None:
    mail = a_mail()
    work()
    mail.refresh_from_db()
    with opened(office):
        work()
        assert office.taken == []
        waiting = DBTaskResult.objects.get(status="READY")
        assert waiting.run_after == mail.again
        Mail.objects.update(again=timezone.now())
        DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
        work()
    assert office.ids == [mail.message_id]


def test_somebody_whom_the_server_does_not_know_is_given_up_and_the_others_get_theirs(up: PostOffice) -> None:
    up.refused = {"weg@lindeveer.test"}
    mails = {name: a_mail(name, name) for name in ("els", "weg", "karim")}
    work()
    its_turn_comes()
    work()
    assert sorted(str(mail["To"]) for mail in up.taken) == ["els@lindeveer.test", "karim@lindeveer.test"]
    gone = mails["weg"]
    gone.refresh_from_db()
    assert gone.given_up == "550 5.1.1 Nobody here of that name"
    assert (gone.sent, gone.tried) == (None, 1)


@pytest.mark.parametrize("reply", ["450 4.2.1 Busy", "451 4.3.0 Later, please", "421 4.3.2 Closing down"])
def test_a_server_that_says_later_at_the_recipient_is_asked_later(up: PostOffice, reply: str) -> None:
    up.at_recipient = [reply, OK]
    mail = a_mail()
    work()
    assert up.taken == []
    its_turn_comes()
    work()
    assert up.ids == [mail.message_id]


@pytest.mark.parametrize("reply", ["451 4.3.0 Later, please", "421 4.3.2 Closing down", "554 5.3.0 Not today"])
def test_a_server_that_does_not_take_the_text_gets_it_later(up: PostOffice, reply: str) -> None:
    up.at_text = [reply, reply]
    mail = a_mail()
    for _ in range(4):
        work()
        its_turn_comes()
    assert up.ids == [mail.message_id]
    mail.refresh_from_db()
    assert (mail.tried, mail.given_up) == (3, "")


def test_after_a_connection_that_breaks_off_it_goes_again_as_the_same_mail(up: PostOffice) -> None:
    up.at_text = [breaks_off]
    mail = a_mail()
    work()
    assert up.taken == []
    its_turn_comes()
    work()
    assert up.ids == [mail.message_id]


def test_what_the_server_took_is_not_sent_again_whatever_comes_after(
    up: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(self: smtplib.SMTP) -> None:
        raise OSError("the line broke while saying goodbye")

    monkeypatch.setattr(smtplib.SMTP, "quit", breaks)
    mail = a_mail()
    for _ in range(3):
        work()
        send.enqueue(mail_id=mail.pk)
        its_turn_comes()
    assert up.ids == [mail.message_id]


def test_a_mail_that_no_server_takes_is_given_up_after_a_month(up: PostOffice) -> None:
    up.at_text = ["554 5.3.0 Never"] * 2
    mail = a_mail()
    work()
    Mail.objects.update(asked=timezone.now() - KEEPS_TRYING - timedelta(hours=1))
    its_turn_comes()
    work()
    mail.refresh_from_db()
    assert "Never" in mail.given_up


def test_the_log_says_why_a_mail_did_not_go_and_not_to_whom(up: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    up.at_recipient = ["550 5.1.1 <weg@lindeveer.test>: nobody here of that name"]
    mail = a_mail(name="weg")
    work()
    assert f"Mail {mail.pk} did not go: 550 5.1.1 <(address)>: nobody here of that name" in caplog.text
    assert "weg@lindeveer.test" not in caplog.text


def test_an_address_that_cannot_be_mailed_to_is_given_up(up: PostOffice) -> None:
    mail = a_mail()
    Mail.objects.update(to="élodie@lindeveer.test")
    work()
    mail.refresh_from_db()
    assert mail.given_up
    assert up.taken == []


@pytest.mark.parametrize("where", ["MAIL", "RCPT", "DATA"])
def test_a_worker_that_is_killed_while_it_sends_loses_nothing(up: PostOffice, where: str, tmp_path: Path) -> None:
    up.hangs_at = where
    mail = a_mail()
    killed = a_worker(up, tmp_path)
    for _ in range(600):
        if up.talks:
            break
        time.sleep(0.05)
    time.sleep(0.2)
    killed.kill()
    killed.wait(30)
    time.sleep(0.5)
    up.hangs_at = ""
    work()
    assert up.taken == []
    its_turn_comes()
    work()
    assert up.ids == [mail.message_id]


def test_one_that_is_killed_before_it_hears_the_answer_sends_what_can_be_told_to_be_the_same(
    up: PostOffice, tmp_path: Path
) -> None:
    up.hangs_at = "ANSWER"
    mail = a_mail()
    killed = a_worker(up, tmp_path)
    for _ in range(600):
        if up.taken:
            break
        time.sleep(0.05)
    killed.kill()
    killed.wait(30)
    up.hangs_at = ""
    its_turn_comes()
    work()
    its_turn_comes()
    work()
    assert up.ids == [mail.message_id] * 2


def test_a_worker_that_is_killed_before_it_begins_loses_nothing(up: PostOffice) -> None:
    mail = a_mail()
    DBTaskResult.objects.update(status="RUNNING")
    work()
    send_what_was_left()
    work()
    assert up.taken == []
    its_turn_comes()
    work()
    assert up.ids == [mail.message_id]


def test_one_that_another_worker_is_sending_is_left_to_it(up: PostOffice) -> None:
    mail = a_mail()
    assert Mail.objects.claim(mail.pk)
    work()
    send_what_was_left()
    work()
    assert up.taken == []
    mail.refresh_from_db()
    assert mail.again > timezone.now() + PATIENCE - timedelta(minutes=1)


def test_what_is_left_is_put_in_the_queue_once_however_often_one_looks(up: PostOffice) -> None:
    a_mail()
    work_of_killed = DBTaskResult.objects.get()
    DBTaskResult.objects.filter(pk=work_of_killed.pk).update(status="RUNNING")
    Mail.objects.update(again=timezone.now() - OVERDUE - timedelta(seconds=1))
    for _ in range(3):
        send_what_was_left()
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_two_workers_at_once_send_each_mail_once(up: PostOffice, tmp_path: Path) -> None:
    up.slow = 0.1
    mails = [a_mail(f"iets {number}", f"lid{number}") for number in range(15)]
    for mail in mails:
        send.enqueue(mail_id=mail.pk)
    for worker in [a_worker(up, tmp_path) for _ in range(2)]:
        assert worker.wait(120) == 0
    assert sorted(up.ids) == sorted(mail.message_id for mail in mails)


def test_without_a_mail_server_each_mail_becomes_a_file(office: PostOffice, settings: Settings) -> None:
    settings.MAILERS = {"default": {**mailer(""), "OPTIONS": {"file_path": str(settings.MEDIA_ROOT)}}}
    mail = a_mail()
    work()
    files = list(Path(settings.MEDIA_ROOT).glob("*.log"))
    assert [mail.message_id in file.read_text() for file in files] == [True]


def test_after_a_while_only_that_it_went_is_kept(up: PostOffice) -> None:
    went, waits = a_mail(), a_mail("later")
    Mail.objects.filter(pk=waits.pk).update(again=timezone.now() + timedelta(hours=1))
    work()
    Mail.objects.update(asked=timezone.now() - TEXT_KEPT - timedelta(days=1))
    Mail.objects.forget()
    went.refresh_from_db()
    waits.refresh_from_db()
    assert (went.body, went.subject, went.to) == ("", "", "")
    assert waits.body
    assert waits.to


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("smtp://localhost", {"host": "localhost", "use_tls": False, "use_ssl": False}),
        ("smtp://mail.example.org:25", {"port": 25, "use_tls": False}),
        ("smtp://mail.example.org:587", {"port": 587, "use_tls": True}),
        ("smtp://ik%40example.org:ge%2Fheim@mail.example.org", {"username": "ik@example.org", "password": "ge/heim"}),
        ("smtp://ik:geheim@mail.example.org:2525", {"use_tls": True, "use_ssl": False}),
        ("smtps://ik:geheim@mail.example.org", {"use_tls": False, "use_ssl": True}),
    ],
)
def test_a_mail_server_is_named_by_its_address(address: str, told: dict[str, object]) -> None:
    options = mailer(address)["OPTIONS"]
    assert {name: options[name] for name in told} == told


@pytest.mark.parametrize("address", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_what_is_no_address_of_a_mail_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="WERKTSAMEN_MAIL"):
        mailer(address)
