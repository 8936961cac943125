"""What Django itself says of an installation behind https: nothing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
IN_TESTS_ONLY = {"WERKTSAMEN_DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def test_nothing_is_to_be_said_of_an_installation_behind_https(tmp_path: Path) -> None:
    told = {"WERKTSAMEN_HTTPS": "1", "WERKTSAMEN_DATA": str(tmp_path), "WERKTSAMEN_HOSTS": "werktsamen.example"}
    told["WERKTSAMEN_MAIL"] = "smtp://werktsamen:geheim@mail.example:587"
    environment = os.environ | told | {"WERKTSAMEN_SECRET": "lang-en-willekeurig-" * 4 + "0123456789abcdef"}
    environment = {name: value for name, value in environment.items() if name not in IN_TESTS_ONLY}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout
