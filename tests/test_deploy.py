"""The files of a real installation, as they are shipped."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.served import free_port, served

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
IN_TESTS_ONLY = {"WERKTSAMEN_DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE", "WERKTSAMEN_DEMO", "WERKTSAMEN_SECRET"}


def shipped() -> dict[str, str]:
    """What the shipped file tells, read as a shell does."""
    lines = shlex.split((DEPLOY / "werktsamen.env").read_text(), comments=True)
    return dict(line.split("=", 1) for line in lines)


def installed(data: Path) -> dict[str, str]:
    """The environment of an installation with the shipped file, whose data and database are here."""
    ours = {name: value for name, value in os.environ.items() if name not in IN_TESTS_ONLY}
    return ours | shipped() | {"WERKTSAMEN_DATA": str(data), "DATABASE_URL": f"sqlite:///{data}/werktsamen.sqlite3"}


def manage(data: Path, *command: str, **told: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=installed(data) | told,
        capture_output=True,
        text=True,
    )


def test_nothing_is_to_be_said_of_the_settings_that_are_shipped(tmp_path: Path) -> None:
    checked = manage(tmp_path, "check", "--deploy", "--fail-level", "INFO")
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_each_setting_that_is_shipped_is_one_that_exists() -> None:
    known = (ROOT / "werktsamen" / "settings.py").read_text().split('"""')[1] + (ROOT / "bin" / "serve").read_text()
    assert [name for name in shipped() if name not in known] == []


def test_each_value_stands_between_single_quotes_so_that_a_shell_and_systemd_read_the_same() -> None:
    lines = [line.lstrip("#") for line in (DEPLOY / "werktsamen.env").read_text().splitlines() if "=" in line]
    values = [line.split("=", 1)[1] for line in lines]
    assert len(values) >= len(shipped())
    assert [value for value in values if not (value[0] == value[-1] == "'" and "'" not in value[1:-1])] == []


def test_the_units_name_files_that_exist() -> None:
    named = [
        line.split("=", 1)[1].split()[0]
        for unit in DEPLOY.glob("*.service")
        for line in unit.read_text().splitlines()
        if line.startswith("ExecStart=/opt/werktsamen/")
    ]
    assert len(named) == 2
    for path in named:
        name = path.removeprefix("/opt/werktsamen/")
        assert name.startswith(".venv/") or os.access(ROOT / name, os.X_OK), name


@pytest.mark.parametrize("secret", [".env", ".git", "var", ".venv"])
def test_no_image_holds_what_is_secret_or_of_this_machine(secret: str) -> None:
    for file in (".containerignore", ".dockerignore"):
        assert secret in (ROOT / file).read_text().splitlines()


def test_the_log_does_not_name_the_address_of_a_page_that_is_refused(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/static/een-geheim/").status_code == 404
    assert caplog.text == ""


def test_a_worker_that_does_its_work_says_nothing(tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate", "--verbosity", "0").returncode == 0
    assert manage(tmp_path, "start_organisation", "--name", "Els vzw", "--mail", "els@lindeveer.test").returncode == 0
    worked = manage(tmp_path, "worker", "--batch", WERKTSAMEN_MAIL="")
    assert (worked.returncode, worked.stdout + worked.stderr) == (0, "")
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_an_app_that_answers_is_well_and_one_that_does_not_is_not(tmp_path: Path) -> None:
    def health(port: int) -> int:
        return subprocess.run(
            [ROOT / "bin" / "health"], env=os.environ | {"PORT": str(port)}, capture_output=True
        ).returncode

    with served(tmp_path, demo=False) as address:
        assert health(urlsplit(address).port or 0) == 0
    assert health(free_port()) == 1


def test_a_test_mail_that_does_not_go_says_where_and_why_in_one_line(tmp_path: Path) -> None:
    sent = manage(tmp_path, "sendtestemail", "els@lindeveer.test", WERKTSAMEN_MAIL=f"smtp://127.0.0.1:{free_port()}")
    assert sent.returncode == 1
    assert sent.stderr.startswith("CommandError: No mail went. 127.0.0.1: ")
    assert "refused" in sent.stderr
    assert sent.stderr.count("\n") == 1


def test_without_a_mail_server_a_test_mail_says_in_which_folder_it_is(tmp_path: Path) -> None:
    sent = manage(tmp_path, "sendtestemail", "els@lindeveer.test", WERKTSAMEN_MAIL="")
    assert sent.returncode == 0, sent.stderr
    assert f"The folder {tmp_path}/mail took the mail" in sent.stdout
    assert len(list((tmp_path / "mail").iterdir())) == 1
