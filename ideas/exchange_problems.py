"""What is wrong in an exchange file, in words: where, what stands there, and what is allowed there.

What is allowed comes from the JSON Schema of the file, so that it is the same for people and for programs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from checks.consistency import Place
from checks.picture import SAID_BESIDE, json_schema

type Schema = Mapping[str, Any]
type Named = tuple[str, Schema]

SHOWN = 20
LETTERS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file; `place` is its path of keys and list positions, `line` is None where not known."""

    message: str
    place: Place = ()
    line: int | None = None

    def __str__(self) -> str:
        line = _("line %(number)d") % {"number": self.line} if self.line else ""
        path = "".join(f"[{key}]" if isinstance(key, int) else f".{shown_key(key)}" for key in self.place)
        return ": ".join(part for part in (line, path.lstrip("."), self.message) if part)


class ExchangeError(Exception):
    """A file that is refused: its first `problems`, and how many `more` there are."""

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems, self.more = list(problems), more
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """The problems in words, one a line."""
        more = [_("and %(count)d more") % {"count": self.more}] if self.more else []
        return [*map(str, self.problems), *more]


def explained(error: Mapping[str, Any], data: object) -> tuple[Place, str]:
    """Where an error that pydantic found was written in the data, and what is wrong and allowed there."""
    loc = error["loc"]
    if error["type"] == "said_twice":
        return loc, _("%(beside)s and %(place)s say something different.") % error["ctx"]
    if error["type"] == "missing":
        place, holder = _reached(data, loc[:-1])
        if isinstance(holder, dict):
            allowed = _allowed(_schemas_at(loc))
            return (*place, loc[-1]), _("This key is missing. Allowed: %(allowed)s.") % {"allowed": allowed}
        loc = loc[:-1]
    if error["type"] == "string_unicode":
        return _reached(data, loc)[0], _("This holds half a character (a lone surrogate).")
    place, given = _reached(data, _as_written(loc, data))
    if error["type"] == "unexpected_keyword_argument":
        return place, _unknown_key(str(loc[-1]), _keys(_schemas_at(loc[:-1])))
    told = {"given": shown(given), "allowed": _allowed(_schemas_at(loc))}
    return place, _("%(given)s cannot stand here. Allowed: %(allowed)s.") % told


def _unknown_key(key: str, known: list[str]) -> str:
    near = get_close_matches(key[:LETTERS_SHOWN], known, n=3, cutoff=0.6)
    if near:
        return _("There is no such key here. Perhaps: %(keys)s.") % {"keys": ", ".join(near)}
    return _("There is no such key here. Allowed: %(keys)s.") % {"keys": ", ".join(known)}


def shown(given: object) -> str:
    """A value as it stands in a message: on one line, and short."""
    if isinstance(given, str):
        return repr(given[:LETTERS_SHOWN]) + ("…" if len(given) > LETTERS_SHOWN else "")
    if isinstance(given, dict):
        return _("A record with keys")
    if isinstance(given, list):
        return _("A list")
    return _("Nothing") if given is None else str(given).lower()


def shown_key(key: str) -> str:
    """A key as it stands in a message."""
    return key if key.isidentifier() and len(key) <= LETTERS_SHOWN else shown(key)


# ---------- where


def _reached(data: object, place: Place) -> tuple[Place, object]:
    """How far this place exists in the data, and what stands there."""
    reached: Place = ()
    for key in place:
        if isinstance(data, dict) and isinstance(key, int):
            continue  # one record where a list of them is asked
        if not (isinstance(data, dict) and key in data) and not (isinstance(data, list) and isinstance(key, int)):
            break
        data = data[key]  # type: ignore[index]
        reached = (*reached, key)
    return reached, data


def _as_written(loc: Place, data: object) -> Place:
    """Where an answer was written that may stand beside its question."""
    for beside, place in SAID_BESIDE.items():
        if loc[2 : 2 + len(place)] == place:
            written = (*loc[:2], *beside)
            if _reached(data, written)[0] == written:
                return written
    return loc


# ---------- what is allowed


@cache
def _whole_schema() -> Schema:
    return json_schema()


def _alternatives(schema: Schema, name: str = "") -> list[Named]:
    """The schemas between which a value may choose, each with the name of its type."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/")[-1]
        return _alternatives(_whole_schema()["$defs"][name], name)
    if "anyOf" in schema:
        return [found for one in schema["anyOf"] for found in _alternatives(one, name)]
    return [(name, schema)]


def _schemas_at(place: Place) -> list[Named]:
    """What the schema asks at this place, or as near above it as it knows."""
    here = _alternatives(_whole_schema())
    for key in place:
        inside = [
            found
            for _name, schema in here
            for one in [schema.get("items") if isinstance(key, int) else schema.get("properties", {}).get(key)]
            if one
            for found in _alternatives(one)
        ]
        if not inside:
            break
        here = inside
    return here


def _keys(schemas: list[Named]) -> list[str]:
    return [key for _name, schema in schemas for key in schema.get("properties", ())]


def _allowed(schemas: list[Named]) -> str:
    return _(" or ").join(dict.fromkeys(_in_words(*named) for named in schemas if named[1].get("type") != "null"))


def _in_words(name: str, schema: Schema) -> str:
    """What one schema allows."""
    special = {
        "Day": _("a date such as 2026-01-31"),
        "DurationInWords": '"5 maanden", "2 jaar"',
        "Name": _("one line of at most %(maxLength)d characters, not empty"),
        "Line": _("one line of at most %(maxLength)d characters"),
        "Statement": _("a text of at most %(maxLength)d characters, not empty"),
        "Slug": _("small letters, digits, - and _, at most %(maxLength)d"),
        "Url": _("a web address that opens with http:// or https://, at most %(maxLength)d characters"),
        "Sha256": _("64 hexadecimal digits"),
    }
    if "enum" in schema:
        return _("one of %(codes)s") % {"codes": ", ".join(schema["enum"])}
    if "const" in schema:
        return str(schema["const"])
    limits = {"minimum": 0, "maximum": 0, "maxLength": 0, **schema}
    if name in special:
        return special[name] % limits
    match schema["type"]:
        case "string":
            return _("a text of at most %(maxLength)d characters") % limits
        case "integer":
            return _("a whole number from %(minimum)d to %(maximum)d") % limits
        case "number":
            return _("a number from %(minimum)d to %(maximum).2f, with two decimals at the most") % limits
        case "boolean":
            return "true, false"
        case "array" if "maxItems" in schema:
            return _("a list of %(maxItems)d") % limits
        case "array":
            return _("a list")
    keys = _keys([(name, schema)]) or schema["propertyNames"]["enum"]
    return _("a record with the keys %(keys)s") % {"keys": ", ".join(keys)}
