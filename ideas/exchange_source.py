"""The text of a file → plain data, with the line on which each value stands.

People write these files, so their text is read with limits that keep a refusal below a second: on its size, on how
many values it holds, and on how deep they lie. Measured on two cores: PyYAML reads at worst 110 KB a second.
"""

import json
import re
from typing import Any, Literal

import yaml
from django.utils.translation import gettext as _

from checks.consistency import Place
from ideas.exchange_problems import ExchangeError, Problem, shown_key

type Kind = Literal["yaml", "json"]

MOST_BYTES: dict[Kind, int] = {"yaml": 250_000, "json": 2_000_000}
MOST_VALUES: dict[Kind, int] = {"yaml": 25_000, "json": 55_000}
DEEPEST = 20
LONGEST_NUMBER = 20


def refuse_size(size: int, kind: Kind) -> None:
    """Raises `ExchangeError` when a file of `size` bytes is too large to be read."""
    if size > MOST_BYTES[kind]:
        told = {"size": f"{size / 1000:.0f}", "most": f"{MOST_BYTES[kind] / 1000:.0f}", "kind": kind.upper()}
        raise ExchangeError([Problem(_("This is %(size)s KB. A %(kind)s file can be %(most)s KB at the most.") % told)])


def read_source(text: str, kind: Kind) -> tuple[object, yaml.Node | None]:
    """The data, and the YAML nodes it came from. Raises `ExchangeError`."""
    refuse_size(len(text), kind)
    return _read_yaml(text) if kind == "yaml" else (_read_json(text), None)


def line_of(root: yaml.Node | None, place: Place) -> int | None:
    """The line, from 1, on which this place stands, or the nearest above it; None where that is not known."""
    node: Any = root
    line: int | None = root.start_mark.line + 1 if root else None
    for key in place:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            found = (node.value[key], node.value[key])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _too_many(kind: Kind) -> str:
    return _("this holds more than %(most)d values") % {"most": MOST_VALUES[kind]}


def _too_deep() -> str:
    return _("this is nested too deep")


def _twice(key: str) -> str:
    return _("the key %(key)s stands here twice") % {"key": shown_key(key)}


# ---------- YAML


class _Loader(yaml.SafeLoader):
    """PyYAML in Python (its C loader crashes on deep nesting), without what people do not write by hand."""

    depth = values = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        self.depth += 1
        self.values += 1
        if event.anchor:
            raise _refused(_("anchors and aliases (& and *) are not used here"), event)
        if getattr(event, "tag", None):
            raise _refused(_("tags (!) are not used here"), event)
        if self.depth > DEEPEST:
            raise _refused(_too_deep(), event)
        if self.values > MOST_VALUES["yaml"]:
            raise _refused(_too_many("yaml"), event)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _refused(message: str, at: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=message, problem_mark=at.start_mark)


def _read_yaml(text: str) -> tuple[object, yaml.Node | None]:
    try:
        root = yaml.compose(text, Loader=_Loader)
        return _plain(root), root
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told, line = error.problem or error.context, mark.line + 1 if mark else None
    except yaml.reader.ReaderError as error:
        told, line = str(error.reason), text.count("\n", 0, error.position) + 1
    raise ExchangeError([Problem(_("This cannot be read as YAML: %(problem)s.") % {"problem": told}, line=line)])


def _plain(node: yaml.Node | None) -> object:
    match node:
        case yaml.MappingNode():
            record: dict[str, object] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise _refused(_("a key is a text"), key)
                if key.value in record:
                    raise _refused(_twice(key.value), key)
                record[key.value] = _plain(value)
            return record
        case yaml.SequenceNode():
            return [_plain(item) for item in node.value]
        case yaml.ScalarNode(style=None):
            return _unquoted(node.value)
    return node and node.value


def _unquoted(text: str) -> object:
    """What a text without quotes means in YAML 1.2: `yes` stays a text, and so does a date."""
    if re.fullmatch(r"[-+]?(0|[1-9][0-9]*)", text):
        return _whole(text)
    if re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", text):
        return float(text)
    return {"": None, "~": None, "null": None, "true": True, "false": False}.get(text, text)


# ---------- JSON


def _read_json(text: str) -> object:
    line = None
    try:
        if text.count(",") > MOST_VALUES["json"]:
            raise ValueError(_too_many("json"))
        return json.loads(text, object_pairs_hook=_record, parse_int=_whole, parse_constant=_no_number)
    except RecursionError:
        told = _too_deep()
    except json.JSONDecodeError as error:
        told, line = _("something is missing or too much there"), error.lineno
    except ValueError as error:
        told = str(error)
    raise ExchangeError([Problem(_("This cannot be read as JSON: %(problem)s.") % {"problem": told}, line=line)])


def _record(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise ValueError(_twice(key))
            seen.add(key)
    return record


def _whole(digits: str) -> int | float:
    """A number too large for any place becomes one that is refused there."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else float(digits)


def _no_number(word: str) -> object:
    raise ValueError(_("%(word)s is no number") % {"word": word})
