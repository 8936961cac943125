"""The JSON Schema of the exchange file, which others use to read and write one."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from checks.picture import EXCHANGE, SCHEMA, Exchange, OwnOrganisation, Picture, json_schema, json_schema_text
from tests.pictures import ANY, OWN_ORG, pictures

DEMO = Path(__file__).parents[1] / "data" / "demo-ideas.yaml"
# Nothing that anybody sees: spaces, line ends, a soft hyphen, characters without width, a blank braille cell.
BLANK = [" ", "\t \xa0", "\n\n", "\xad", "\u200b\u200d\ufeff", "\u2060", "\u2800", "\u3164"]
STATEMENTS = [
    ("goals", "text"), ("evidence", "text"), ("followups", "text"), ("conditions", "text"),
    ("between", "what"), ("overall", "text"),
]  # fmt: skip
VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def accepts(given: object) -> bool:
    """Whether the schema takes this, and the importer's types as well; they must agree."""
    by_schema = VALIDATOR.is_valid(given)
    try:
        EXCHANGE.validate_python(given)
    except ValidationError:
        assert not by_schema, "only the schema takes this"
        return False
    assert by_schema, "only the importer takes this"
    return True


def file_of(**idea: object) -> dict[str, Any]:
    return {"own_org": {"name": OWN_ORG}, "ideas": [{"title": "Woonklaar", **idea}]}


def test_the_kept_schema_is_that_of_the_picture() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == json_schema_text(), "write it again: manage.py export_schema"


def test_the_schema_is_a_valid_one_with_a_title_and_a_description() -> None:
    Draft202012Validator.check_schema(json_schema())

    assert json_schema()["title"] == "WerktSamen exchange file, version 1"
    assert json_schema()["description"]


def test_the_schema_accepts_the_demo() -> None:
    demo = yaml.safe_load(DEMO.read_text(encoding="utf-8"))

    assert accepts(json.loads(json.dumps(demo, default=str)))


@settings(ANY, max_examples=20)
@given(pictures())
def test_the_schema_accepts_every_written_picture(whole: Picture) -> None:
    exchange = Exchange(own_org=OwnOrganisation(name=OWN_ORG), ideas=(whole,))

    assert accepts(EXCHANGE.dump_python(exchange, mode="json", by_alias=True))


@pytest.mark.parametrize(
    "idea",
    [
        {"coordination": "shared"},
        {"coordination": None},
        {"finance": {"type": "investment", "cost_year": 10.5}},
        {"finance": {"type": {"value": "investment", "note": "even kijken"}}},
        {"checks": {"samenwerk": {"equal": "yes", "coordination": {"value": "shared", "note": "goed zo"}}}},
        {"between": ["Elke week bellen", {"what": "Overdracht", "how": "aan tafel"}], "overall": ["Eén stuurgroep"]},
        {"votes": {"counts": {"1": 0, "2": 0, "3": 1, "4": 2, "5": 3}}},
        {"votes": {"counts": [0, 0, 1, 2, 3]}},
        {"duration": "5 maanden"},
        {"duration": "2 years"},
        {"duration": "nog te bepalen"},
        {"duration": "indefinite"},
        {"duration": 18},
        {"summary": ""},
        {"summary": "Eerst dit.\nDan dat."},
        {"goals": [{"text": "\n Wonen.\n\u00ad"}]},
        {"activities": ["\u00a0bellen\tof mailen "]},
        {"pieces": [{"name": "Huis", "status": "promised"}]},
        {"talk": {"with": "eigen team"}},
        {"talk": [{"with": "eigen team"}, {"learned": "veel"}]},
        {"test": True},
        {"transitions": [{"date": "2026-01-05", "to_status": "in_step", "to_step": 1}]},
        {"transitions": [{"date": "2026-01-05", "verb": "take_up", "to_status": "in_step", "to_step": 1}]},
        {"decision": {"value": "go", "partners_told": "2026-01-31"}},
        {"decision": {"value": "no_go", "trajectory_skipped": "Is besproken.", "talk_skipped": "Iedereen was erbij."}},
    ],
)
def test_the_schema_accepts_the_shorter_ways_to_say_it(idea: dict[str, object]) -> None:
    assert accepts(file_of(**idea))


@pytest.mark.parametrize(
    "idea",
    [
        {"titel": "Woonklaar"},
        {"title": ""},
        {"title": "a" * 201},
        {"title": "a\x07"},
        {"title": None},
        *({"title": blank} for blank in BLANK),
        {"title": "a\nb"},
        {"title": "a\rb"},
        {"title": "a\x85b"},
        {"title": "a\u2028b"},
        {"team": "a\nb"},
        {"activities": [" "]},
        *({shape: [{key: blank}]} for shape, key in STATEMENTS for blank in ["", *BLANK]),
        {"between": ["\n"]},
        {"overall": ["\u200b"]},
        {"trajectory": {"actions": [{"text": " "}]}},
        {"pieces": [{"name": "Huis", "status": "bijna"}]},
        {"step": 5},
        {"step": "1"},
        {"status": "lopend"},
        {"themes": ["ict", "wonen"]},
        {"themes": "ict"},
        {"received": "2026-02-30"},
        {"received": "1577836800"},
        {"received": 20260101},
        {"confidential": "yes"},
        {"slug": "Woonklaar!"},
        {"duration": "lang"},
        {"duration": 0},
        {"duration": True},
        {"coordination": "ikzelf"},
        {"finance": {"type": "winst"}},
        {"finance": "veel"},
        {"finance": {"cost_year": -1}},
        {"finance": {"cost_year": "10"}},
        {"finance": {"cost_year": 10_000_000_000}},
        {"checks": {"samenwerk": {"equal": "mja"}}},
        {"votes": {"counts": [1, 2, 3]}},
        {"votes": {"counts": {"1": 1, "6": 1}}},
        {"between": [{"what": "Bellen", "bundles": ["Wonen"]}]},
        {"evidence": [{"year": 2025}]},
        {"evidence": [{"text": "Cijfer", "year": 1800}]},
        {"test": "yes"},
        {"transitions": [{"date": "2026-01-05", "verb": "opgenomen", "to_status": "in_step"}]},
        {"decision": {"value": "go", "partners_told": "gisteren"}},
        {"attachments": [{"title": "Plan", "url": "ftp://a"}]},
        {"attachments": [{"title": "Plan", "file": "a", "sha256": "nee"}]},
        {"attachments": [{"title": "Plan", "file": "a", "size": 2**63}]},
    ],
)
def test_the_schema_refuses_what_the_importer_refuses(idea: dict[str, object]) -> None:
    assert not accepts(file_of(**idea))


@pytest.mark.parametrize("idea", [{"title": "a\n"}, {"team": "a\n"}, {"idea_owner": "\n"}])
def test_a_line_does_not_end_in_a_line_break(idea: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        EXCHANGE.validate_python(file_of(**idea))


@pytest.mark.parametrize("change", [{"format": 2}, {"ideas": {}}, {"own_org": {}}, {"version": 1}])
def test_the_schema_refuses_another_shape_of_file(change: dict[str, object]) -> None:
    assert not accepts({**file_of(), **change})


def test_what_stands_beside_its_question_may_stand_twice_only_where_both_agree() -> None:
    given = file_of(coordination="shared", checks={"samenwerk": {"coordination": "shared"}})
    other = copy.deepcopy(given)
    other["ideas"][0]["coordination"] = "undecided"

    assert EXCHANGE.validate_python(given).ideas[0].checks.samenwerk.coordination.value == "shared"
    with pytest.raises(ValidationError, match=r"coordination and checks\.samenwerk\.coordination differ"):
        EXCHANGE.validate_python(other)
