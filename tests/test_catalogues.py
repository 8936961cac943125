"""Every word on screen stands in both catalogues, and what is compiled is what stands there."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import Settings

LOCALE: Path = settings.BASE_DIR / "locale"
LANGUAGES = ["nl", "en"]


def gettext_tool(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def messages(catalogue: Path) -> list[str]:
    """The entries of a catalogue in a fixed order, without its header, which holds the time of collecting."""
    return gettext_tool("msgcat", "--no-location", "--no-wrap", "--sort-output", catalogue).split("\n\n")[1:]


@pytest.fixture
def collected(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogues as they would be after collecting all words anew."""
    for folder in ["checks", "ideas", "people", "werktsamen", "templates", "locale"]:
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=LANGUAGES, no_obsolete=True, add_location="file", verbosity=0)
    return tmp_path / "locale"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(language: str, collected: Path) -> None:
    catalogue = collected / language / "LC_MESSAGES" / "django.po"
    assert gettext_tool("msgattrib", "--untranslated", catalogue) == ""
    assert gettext_tool("msgattrib", "--only-fuzzy", catalogue) == ""


TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def test_no_word_is_translated_inside_another_text() -> None:
    """There it would not be collected, and stay English unseen."""
    found = [
        f"{file.name}:{text.lineno}"
        for room in ["checks", "ideas", "people", "werktsamen"]
        for file in (settings.BASE_DIR / room).rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for part in ast.walk(text)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in TRANSLATES
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_no_word_that_is_not_used(language: str, collected: Path) -> None:
    kept, fresh = (folder / language / "LC_MESSAGES" / "django.po" for folder in (LOCALE, collected))
    assert messages(kept) == messages(fresh)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language: str, tmp_path: Path) -> None:
    source = LOCALE / language / "LC_MESSAGES" / "django.po"
    gettext_tool("msgfmt", "--check-format", "-o", tmp_path / "django.mo", source)
    compiled, fresh = source.with_suffix(".mo"), tmp_path / "django.mo"
    assert gettext_tool("msgunfmt", compiled) == gettext_tool("msgunfmt", fresh)
