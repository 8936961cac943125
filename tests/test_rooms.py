"""Imports run one way: werktsamen -> ideas -> checks and ideas -> people. Source: design.md 1.

Read from the syntax of each module, so that an import counts wherever it stands and however it is spelled.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each room with the rooms that it may import.
ROOMS: dict[str, set[str]] = {
    "checks": set(),
    "people": set(),
    "ideas": {"checks", "people"},
    "werktsamen": {"checks", "people", "ideas"},
}
MODULES = [path.relative_to(ROOT) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]

IMPORTERS = {"import_module", "__import__", "import_string"}
# What takes the name of an app as a text: a call, a subscript, an assignment in a migration.
CALLS = {"get_model", "get_registered_model", "get_app_config"}
SUBSCRIPTS = {"all_models", "app_configs", "modules"}
ASSIGNED = {"dependencies", "run_before", "replaces"}

WATCHED = "|".join([*ROOMS, "django", "weasyprint"])
MODULE = re.compile(rf"({WATCHED})\.(\w+(\.\w+)*)?")
APP = re.compile(WATCHED)


class Way(Enum):
    AT_THE_TOP = auto()
    HIDDEN = auto()
    BY_TEXT = auto()


@dataclass(frozen=True)
class Reach:
    """A module that another one reaches for; the name is empty where an importer hides it."""

    line: int
    name: str
    way: Way


def reaches(source: str) -> Iterator[Reach]:
    """What this source reaches for: by an import, by an importer, by a text that names a module or an app."""
    tree = ast.parse(source)
    aliases = {
        name.asname: name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names
    }
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        way = Way.AT_THE_TOP if node in tree.body else Way.HIDDEN
        if isinstance(node, ast.Import):
            yield from (Reach(line, name.name, way) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield Reach(line, node.module or "", way)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and MODULE.fullmatch(node.value):
            yield Reach(line, node.value, Way.BY_TEXT)
        elif isinstance(node, ast.Call) and _called(node, aliases) in IMPORTERS:
            yield Reach(line, "", Way.HIDDEN)
        else:
            yield from (Reach(line, app, Way.BY_TEXT) for app in _apps_named_by(node, aliases))


def _called(call: ast.Call, aliases: dict[str | None, str]) -> str:
    return aliases.get(_last_name(call.func), _last_name(call.func))


def _apps_named_by(node: ast.AST, aliases: dict[str | None, str]) -> list[str]:
    places: list[ast.AST] = []
    if isinstance(node, ast.Call):
        named = _called(node, aliases) in CALLS
        places = [*node.args] if named else []
        places += [keyword.value for keyword in node.keywords if named or keyword.arg == "app_label"]
    elif isinstance(node, ast.Subscript) and _last_name(node.value) in SUBSCRIPTS:
        places = [node.slice]
    elif isinstance(node, ast.Assign) and {_last_name(target) for target in node.targets} & ASSIGNED:
        places = [node.value]
    texts = [inner.value for place in places for inner in ast.walk(place) if isinstance(inner, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and APP.fullmatch(text)]


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def faults(path: Path, source: str) -> list[str]:
    """What this module may not reach for, each with its line and the reason."""
    found = [(reach, _fault(path, reach)) for reach in reaches(source)]
    return [f"{path}:{reach.line} {reach.name}: {why}" for reach, why in found if why]


def _fault(path: Path, reach: Reach) -> str:
    room, top = path.parts[0], reach.name.split(".")[0]
    other_room = top in ROOMS and top != room
    if other_room and top not in ROOMS[room]:
        return f"{room} does not import {top}"
    if not reach.name or (other_room and reach.way is Way.HIDDEN):
        return "an import of another room is written as one, at the top of its module"
    if room == "checks" and top.startswith("django"):
        return "checks knows no Django"
    if top == "weasyprint" and path.parts[:2] != ("ideas", "dossier"):
        return "only the dossier is made with WeasyPrint"
    return ""


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    assert faults(path, (ROOT / path).read_text(encoding="utf-8")) == []


def test_every_room_is_read() -> None:
    assert {path.parts[0] for path in MODULES} == set(ROOMS)
    assert {Path("checks/picture.py"), Path("people/views.py"), Path("ideas/models/idea.py")} <= set(MODULES)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("checks/signals/step1.py", "import ideas"),
        ("checks/advice.py", "import ideas.models as recorded"),
        ("checks/advice.py", "from people.models import Member"),
        ("checks/advice.py", "import math, people"),
        ("people/views.py", "from ideas import access"),
        ("people/views.py", "from checks.codes import Need"),
        ("people/views.py", "import werktsamen.settings"),
        ("ideas/access.py", "from werktsamen import settings"),
    ],
)
def test_an_import_against_the_way_is_seen(path: str, source: str) -> None:
    assert len(faults(Path(path), source)) == 1


@pytest.mark.parametrize("path", ["people/views.py", "ideas/access.py"])
@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def show():\n    from checks import codes", id="in a function"),
        pytest.param("async def show():\n    import checks.codes", id="in an async function"),
        pytest.param("class View:\n    from checks import codes", id="in a class"),
        pytest.param("if TYPE_CHECKING:\n    from checks import codes", id="for the types only"),
        pytest.param("import typing\nif typing.TYPE_CHECKING:\n    import checks", id="for the types, dotted"),
        pytest.param("try:\n    import checks\nexcept ImportError:\n    pass", id="in a try"),
        pytest.param("import importlib\nimportlib.import_module('checks.codes')", id="by importlib"),
        pytest.param("from importlib import import_module\nimport_module(name)", id="by a name that is made up"),
        pytest.param("from importlib import import_module as load\nload('che' + 'cks')", id="by another name"),
        pytest.param("__import__('checks')", id="by __import__"),
        pytest.param("import_string('checks.codes.Need')", id="by import_string"),
    ],
)
def test_a_hidden_import_is_seen_whichever_way_it_goes(path: str, source: str) -> None:
    assert faults(Path(path), source)


@pytest.mark.parametrize("path", ["people/models.py", "checks/advice.py"])
@pytest.mark.parametrize(
    "source",
    [
        pytest.param("apps.get_model('ideas', 'Idea')", id="a model by its app"),
        pytest.param("apps.get_model(app_label='ideas', model_name='Idea')", id="a model by a keyword"),
        pytest.param("apps.get_model('ideas.Idea')", id="a model by its dotted name"),
        pytest.param("from django.apps.registry import get_model as model\nmodel('ideas', 'Idea')", id="by an alias"),
        pytest.param("apps.get_app_config('ideas')", id="an app"),
        pytest.param("apps.all_models['ideas']['idea']", id="all models of an app"),
        pytest.param("ContentType.objects.get(app_label='ideas')", id="a content type"),
        pytest.param("models.ForeignKey('ideas.Idea', on_delete=models.CASCADE)", id="a relation"),
        pytest.param("class Note:\n    idea = models.ManyToManyField(to='ideas.Idea')", id="a relation by keyword"),
        pytest.param("sys.modules['ideas.models']", id="a module that is loaded"),
        pytest.param("name = f'ideas.{model}'", id="a name that is put together"),
        pytest.param("class Migration:\n    dependencies = [('ideas', '0001_initial')]", id="a migration"),
    ],
)
def test_a_text_that_names_another_room_is_seen(path: str, source: str) -> None:
    reasons = [fault for fault in faults(Path(path), source) if "does not import ideas" in fault]
    assert len(reasons) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import django",
        "from django.utils import timezone",
        "from django_htmx.http import HttpResponseClientRedirect",
        "def today():\n    from django.utils import timezone",
        "if TYPE_CHECKING:\n    from django.db import models",
        "lookup = 'django.utils.timezone'",
    ],
)
def test_django_in_checks_is_seen(source: str) -> None:
    assert len(faults(Path("checks/advice.py"), source)) == 1
    assert faults(Path("ideas/access.py"), source) == []


@pytest.mark.parametrize(
    "source",
    ["import weasyprint", "from weasyprint.text.fonts import FontConfiguration", "def pdf():\n    import weasyprint"],
)
def test_weasyprint_outside_the_dossier_is_seen(source: str) -> None:
    assert len(faults(Path("ideas/exchange.py"), source)) == 1
    assert len(faults(Path("werktsamen/views.py"), source)) == 1
    assert faults(Path("ideas/dossier/pdf.py"), source) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("ideas/access.py", "from checks import codes\nfrom people.models import Member"),
        ("ideas/models/idea.py", "models.ForeignKey('people.Member', on_delete=models.CASCADE)"),
        ("ideas/access.py", "def late():\n    from ideas import models"),
        ("ideas/migrations/0002.py", "class Migration:\n    dependencies = [('people', '0001_initial')]"),
        ("werktsamen/urls.py", "path('', include('ideas.urls'))"),
        ("werktsamen/settings.py", "LOGGING = {'loggers': {'weasyprint': {'level': 'ERROR'}}}"),
        ("people/views.py", "from django.core import checks"),
        ("people/models.py", "models.ForeignKey(Organisation, related_name='ideas', on_delete=models.CASCADE)"),
        ("people/views.py", "'Where ideas. and checks. are only words'"),
        ("people/views.py", "from . import models"),
        ("checks/codes.py", "PEOPLE = 'people', 'personen', 'people'"),
        ("checks/places.py", "PLACES = {'s2.drive.mission': 'checks.drijfveer.mission'}"),
    ],
)
def test_what_a_room_may_do_is_not_taken_for_a_fault(path: str, source: str) -> None:
    assert faults(Path(path), source) == []
