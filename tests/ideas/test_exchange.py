import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given, settings

from checks.codes import Coordination, FinanceType, GoNoGo, Rating, Status
from checks.picture import Bundle, Decision, OwnOrganisation, Partner, Picture, Rated
from ideas import exchange_source
from ideas.exchange import (
    Exchange,
    ExchangeError,
    export,
    load,
    own_organisation,
    read_exchange,
    read_file,
)
from ideas.exchange_source import MOST_BYTES, MOST_VALUES
from ideas.models import Idea
from ideas.picture import read_pictures
from people.models import Organisation
from tests.pictures import ANY, OWN_ORG, pictures

DEMO = Path(__file__).parents[1] / "data" / "demo-ideas.yaml"
HEAD = f"own_org: {{name: {OWN_ORG}}}\nideas:\n"
numbers = count(1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def organisation(name: str = OWN_ORG, **told: str) -> Organisation:
    return Organisation.objects.create(name=name, slug=f"organisatie-{next(numbers)}", **told)


def recorded(at: Organisation) -> dict[str, Picture]:
    """What the database holds of an organisation, by slug."""
    return {whole.slug: whole for whole in read_pictures(list(at.ideas.values_list("pk", flat=True))).values()}


def exported(at: Organisation) -> str:
    ids = list(at.ideas.order_by("slug").values_list("pk", flat=True))
    found = read_pictures(ids)
    return export([found[pk] for pk in ids], own_organisation(at))


def in_yaml(text: str) -> str:
    return yaml.safe_dump(json.loads(text), sort_keys=False)


def refused(text: str, kind: exchange_source.Kind = "yaml") -> list[str]:
    with pytest.raises(ExchangeError) as caught:
        read_exchange(text, kind)
    return caught.value.lines()


# ---------- in and out again


@pytest.mark.django_db
def test_the_demo_comes_out_as_it_went_in() -> None:
    demo = read_file(DEMO)
    own = demo.own_org
    at = organisation(own.name, kind=own.kind or "", domain=own.domain or "", region=own.region)

    load(demo, at, imported=False)

    assert recorded(at) == {idea.slug: idea for idea in demo.ideas}
    again = read_exchange(exported(at), "json")
    assert again == replace(demo, ideas=tuple(sorted(demo.ideas, key=lambda idea: idea.slug)))


@settings(ANY, max_examples=40)
@given(pictures())
def test_any_picture_is_read_as_it_was_written(whole: Picture) -> None:
    exchange = read_file(DEMO)
    written = export([whole], exchange.own_org)

    assert read_exchange(written, "json").ideas == (whole,)
    assert read_exchange(in_yaml(written), "yaml").ideas == (whole,)


@pytest.mark.django_db
@settings(ANY, max_examples=40)
@given(pictures())
def test_any_picture_comes_out_of_the_database_as_it_went_in(whole: Picture) -> None:
    at, other = organisation(), organisation()

    load(Exchange(own_org=own_organisation(at), ideas=(whole,)), at, imported=False)

    assert recorded(at) == {whole.slug: whole}
    load(read_exchange(exported(at), "json"), other, imported=False)
    assert exported(other) == exported(at)


@pytest.mark.django_db
@settings(ANY, max_examples=5)
@given(pictures(full=True))
def test_a_picture_with_everything_filled_in_comes_out_as_it_went_in(whole: Picture) -> None:
    at, other = organisation(), organisation()

    load(Exchange(own_org=own_organisation(at), ideas=(whole,)), at, imported=False)

    assert recorded(at) == {whole.slug: whole}
    load(read_exchange(in_yaml(exported(at)), "yaml"), other, imported=False)
    assert exported(other) == exported(at)


def test_an_export_names_every_field_in_the_order_of_the_picture() -> None:
    demo = read_file(DEMO)

    text = export(demo.ideas, demo.own_org)

    told = json.loads(text)
    assert list(told) == ["format", "own_org", "ideas"]
    assert list(told["ideas"][0]) == [*Picture.__dataclass_fields__, "signals"]
    assert list(told["ideas"][2]["talk"][0]) == ["date", "with", "with_team", "with_partners", "learned", "door_open"]
    assert text.endswith("}\n")
    assert '\n  "own_org": {\n    "name"' in text
    assert "één" in text
    assert text == export(demo.ideas, demo.own_org)


@pytest.mark.django_db
def test_a_decision_that_comes_in_is_marked_imported_and_stays_so() -> None:
    whole = Picture(
        title="Woonklaar",
        slug="woonklaar",
        status=Status.RUNNING,
        decision=Decision(value=GoNoGo.GO),
        earlier_decisions=(Decision(value=GoNoGo.NO_GO),),
    )
    at, other = organisation(), organisation()
    text = export([whole], own_organisation(at))

    load(read_exchange(text, "json"), at)
    load(read_exchange(exported(at), "json"), other)

    found = recorded(at)["woonklaar"]
    assert found.decision == Decision(value=GoNoGo.GO, imported=True)
    assert found.earlier_decisions == (Decision(value=GoNoGo.NO_GO, imported=True),)
    assert exported(other) == exported(at)


# ---------- what people may write


def test_a_person_may_say_it_shorter() -> None:
    (idea,) = read_exchange(
        HEAD
        + """
- title: Woonklaar
  coordination: shared
  duration: 2 jaar
  finance: {type: investment}
  checks: {samenwerk: {equal: yes}}
  goals: [{text: Wonen, clear: no}]
  between: [Elke week bellen]
  votes: {counts: {1: 0, 2: 0, 3: 1, 4: 0, 5: 9}, remarks: [b, a]}
  talk: {date: 2026-01-31, with: team}
""",
        "yaml",
    ).ideas

    assert idea.own_org == OWN_ORG
    assert idea.checks.samenwerk.coordination.value is Coordination.SHARED
    assert idea.checks.drijfveer.finance.value is FinanceType.INVESTMENT
    assert idea.checks.samenwerk.equal == Rated(value=Rating.YES)
    assert idea.goals[0].clear is Rating.NO
    assert idea.duration == 24
    assert idea.between[0].what == "Elke week bellen"
    assert idea.votes
    assert idea.votes.counts == (0, 0, 1, 0, 9)
    assert idea.votes.remarks == ("a", "b")
    assert [talk.with_whom for talk in idea.talk] == ["team"]


@pytest.mark.parametrize(
    "written", ["yes", "off", "2026-01-31", "1:30", "010", "0x1f", "1e5", "1_000", "=", "True", "😀 שלום"]
)
def test_what_another_reader_would_turn_into_something_else_stays_a_text(written: str) -> None:
    assert read_exchange(f"{HEAD}- title: {written}", "yaml").ideas[0].title == written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ideas.yaml", HEAD + "- title: Woonklaar"),
        ("ideas.YML", "\ufeff" + HEAD + "- title: Woonklaar\r\n"),
        ("ideas", HEAD + "- title: Woonklaar"),
        ("ideas.json", '\ufeff{"own_org": {"name": "Ons"}, "ideas": [{"title": "Woonklaar"}]}'),
        ("ideas.txt", '\n{"own_org": {"name": "Ons"}, "format": 1, "ideas": [{"title": "Woonklaar",\t"round": 2}]}'),
    ],
)
def test_yaml_and_json_are_told_apart_by_suffix_or_by_content(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert [idea.title for idea in read_file(tmp_path / name).ideas] == ["Woonklaar"]


# ---------- what is refused, where, and what is allowed there


@pytest.mark.parametrize(
    ("idea", "told"),
    [
        (
            "- slug: a",
            "line 3: ideas[0].title: This key is missing. Allowed: one line of at most 200 characters, not empty.",
        ),
        (
            "- title: a\n  motive: zin",
            "line 4: ideas[0].motive: 'zin' cannot stand here. Allowed: one of voluntary, necessary, imposed.",
        ),
        (
            "- title: a\n  checks:\n    samenwerk:\n      equal: mja",
            "line 6: ideas[0].checks.samenwerk.equal: 'mja' cannot stand here. "
            "Allowed: one of yes, partly, no, unknown.",
        ),
        (
            "- title: a\n  coordination: zelf",
            "line 4: ideas[0].coordination: 'zelf' cannot stand here. "
            "Allowed: one of shared, lead_partner, external_coordinator, undecided.",
        ),
        (
            "- title: a\n  finance:\n    cost: 1\n    type: veel",
            "line 6: ideas[0].finance.type: 'veel' cannot stand here. "
            "Allowed: one of surplus, break_even, investment, unknown.",
        ),
        ("- title: a\n  piecs: []", "line 4: ideas[0].piecs: There is no such key here. Perhaps: pieces."),
        (
            "- title: a\n  origin:\n    qqq: 1",
            "line 5: ideas[0].origin.qqq: There is no such key here. Allowed: type, text, brought_by.",
        ),
        (
            "- title: 12",
            "line 3: ideas[0].title: 12 cannot stand here. Allowed: one line of at most 200 characters, not empty.",
        ),
        ("- title: a\n  pieces: Huis", "line 4: ideas[0].pieces: 'Huis' cannot stand here. Allowed: a list."),
        (
            "- title: a\n  flags: []",
            "line 4: ideas[0].flags: A list cannot stand here. Allowed: a record with the keys client_data_shared, "
            "data_agreement, staff_lent, costs_recharged, vat_checked, one_off.",
        ),
        (
            "- title: a\n  step: eerste",
            "line 4: ideas[0].step: 'eerste' cannot stand here. Allowed: a whole number from 1 to 4.",
        ),
        (
            "- title: a\n  confidential: yes",
            "line 4: ideas[0].confidential: 'yes' cannot stand here. Allowed: true, false.",
        ),
        (
            "- title: a\n  received: 31/01/2026",
            "line 4: ideas[0].received: '31/01/2026' cannot stand here. Allowed: a date such as 2026-01-31.",
        ),
        (
            "- title: a\n  finance: {own_share: -5}",
            "line 4: ideas[0].finance.own_share: -5 cannot stand here. "
            "Allowed: a number from 0 to 9999999999.99, with two decimals at the most.",
        ),
        (
            "- title: a\n  duration: lang",
            "line 4: ideas[0].duration: 'lang' cannot stand here. Allowed: a whole number from 1 to 1200 or "
            'indefinite or "5 maanden", "2 jaar" or nog te bepalen.',
        ),
        (
            "- title: a\n  votes: {counts: [1, 2]}",
            "line 4: ideas[0].votes.counts: A list cannot stand here. "
            "Allowed: a list of 5 or a record with the keys 1, 2, 3, 4, 5.",
        ),
        (
            f"- title: {'a' * 300}",
            f"line 3: ideas[0].title: '{'a' * 60}'… cannot stand here. "
            "Allowed: one line of at most 200 characters, not empty.",
        ),
        ('- title: "a\\x07"', r"line 3: ideas[0].title: 'a\x07' cannot stand here. Allowed: one line of at most"),
        (
            '- title: "\\u200b"',
            "line 3: ideas[0].title: '\\u200b' cannot stand here. "
            "Allowed: one line of at most 200 characters, not empty.",
        ),
        (
            "- title: a\n  team: |\n    b\n    c",
            r"line 4: ideas[0].team: 'b\nc' cannot stand here. Allowed: one line of at most 200 characters.",
        ),
        (
            "- title: a\n  goals:\n  - text: ' '",
            "line 5: ideas[0].goals[0].text: ' ' cannot stand here. "
            "Allowed: a text of at most 20000 characters, not empty.",
        ),
        (
            "- title: a\n  status: running",
            "line 3: ideas[0].decision: status running needs the decision go",
        ),
        ('- title: "a\\uD800"', "line 3: ideas[0].title: This holds half a character (a lone surrogate)."),
        (
            "- title: a\n  pieces:\n  - name: Huis\n    by:\n    - Zij",
            f"line 7: ideas[0].pieces[0].by[0]: 'Zij' is not known in this idea. Allowed here: '{OWN_ORG}'",
        ),
        (
            "- title: a\n  coordination: shared\n  checks: {samenwerk: {coordination: undecided}}",
            "line 3: ideas[0]: coordination and checks.samenwerk.coordination say something different.",
        ),
        ("- {title: a, slug: b}\n- {title: c, slug: b}", "line 4: ideas[1].slug: 'b' stands here more than once"),
    ],
)
def test_a_refusal_names_line_and_key_and_what_is_allowed(idea: str, told: str) -> None:
    lines = refused(HEAD + idea)

    assert [line for line in lines if line.startswith(told)], lines


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Nothing cannot stand here. Allowed: a record with the keys format, own_org, ideas."),
        ("ideas: []", "line 1: own_org: This key is missing. Allowed: a record with the keys name, kind, domain"),
        ("\nformat: 2\nversie: 3", "line 2: format: This file says format 2; here format 1 is read."),
        ("format: true", "line 1: format: This file says format true; here format 1 is read."),
        ("a: 'b", "line 1: This cannot be read as YAML: found unexpected end of stream."),
        ("a: [b\nc: d", "line 2: This cannot be read as YAML: expected ',' or ']', but got ':'."),
        ("a: 1\n\na: 2", "line 3: This cannot be read as YAML: the key a stands here twice."),
        ("a: &b c", "line 1: This cannot be read as YAML: anchors and aliases (& and *) are not used here."),
        ("a: *b", "line 1: This cannot be read as YAML: anchors and aliases (& and *) are not used here."),
        ("a:\n  !!python/name:os.system b", "line 2: This cannot be read as YAML: tags (!) are not used here."),
        ("? [a]\n: b", "line 1: This cannot be read as YAML: a key is a text."),
        ("a: b\nc: \x00", "line 2: This cannot be read as YAML: special characters are not allowed."),
        ("[" * 100_000, "line 1: This cannot be read as YAML: this is nested too deep."),
        ("- " * 21 + "a", "line 1: This cannot be read as YAML: this is nested too deep."),
        ("a: 1\n---\nb: 2", "line 2: This cannot be read as YAML: but found another document."),
    ],
)
def test_broken_yaml_is_refused_with_its_line(text: str, told: str) -> None:
    assert refused(text)[0].startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1,\n\n"b" 2}', "line 3: This cannot be read as JSON: something is missing or too much there."),
        ('{"a": {"b": 1, "b": 1}}', "This cannot be read as JSON: the key b stands here twice."),
        ('{"a": NaN}', "This cannot be read as JSON: NaN is no number."),
        ('{"a": -Infinity}', "This cannot be read as JSON: -Infinity is no number."),
        ("[" * 1_000_000, "This cannot be read as JSON: this is nested too deep."),
        ('{"a":' * 300_000, "This cannot be read as JSON: this is nested too deep."),
        ('{"format": ' + "9" * 5000 + "}", "format: This file says format inf; here format 1 is read."),
        ('{"ideas": [' + "{}," * MOST_VALUES["json"] + ' {}, {}]}', "This cannot be read as JSON: this holds more"),
    ],
)  # fmt: skip
def test_broken_json_is_refused(text: str, told: str) -> None:
    assert refused(text, "json")[0].startswith(told)


def test_too_many_values_are_refused_where_they_become_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(exchange_source.MOST_VALUES, "yaml", 10)

    assert refused("a\n".join(["- "] * 30)) == ["line 10: This cannot be read as YAML: this holds more than 10 values."]


@pytest.mark.parametrize("name", ["ideas.yaml", "ideas.json", "ideas"])
def test_a_file_that_is_too_large_is_refused_without_being_opened(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("it was opened"))

    with pytest.raises(ExchangeError, match=r"This is 50000 KB\. A (YAML|JSON) file can be \d+ KB at the most\."):
        read_file(tmp_path / name)


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_a_text_that_is_too_large_is_not_read_either(kind: exchange_source.Kind) -> None:
    assert refused(" " * (MOST_BYTES[kind] + 1), kind)[0].startswith("This is ")


def test_a_file_that_is_not_there_or_not_utf_8_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"a: 1\nb: caf\xe9")

    with pytest.raises(ExchangeError, match="line 2: This is no UTF-8 text"):
        read_file(tmp_path / "latin.yaml")
    with pytest.raises(ExchangeError, match="There is no file"):
        read_file(tmp_path / "niets.yaml")
    with pytest.raises(ExchangeError, match="There is no file"):
        read_file(tmp_path)


def test_all_problems_are_told_in_the_order_of_the_file_but_no_more_than_people_can_read() -> None:
    lines = refused(HEAD + "- title: a\n  step: 9\n  themes:\n" + "  - wonen\n" * 30 + "- slug: a\n")

    assert len(lines) == 21
    assert lines[-1] == "and 12 more"
    found = [int(match[1]) for line in lines if (match := re.match(r"line (\d+)", line))]
    assert found == sorted(found)


def test_a_refusal_is_told_in_dutch_as_well() -> None:
    with translation.override("nl"):
        (line,) = refused(HEAD + "- title: a\n  activities: [bellen, bellen]")

    assert line.endswith("ideas[0].activities[1]: 'bellen' staat hier al eens")


# ---------- into an organisation


def file_of(*ideas: Picture) -> Exchange:
    return read_exchange(export(ideas, own_organisation(Organisation(name=OWN_ORG))), "json")


def merged(slug: str, into: str) -> Picture:
    return Picture(title=slug, slug=slug, status=Status.MERGED, merged_into=into)


@pytest.mark.django_db
def test_an_idea_may_be_merged_into_one_further_on_in_the_file() -> None:
    at = organisation()

    ideas = load(file_of(merged("a", "b"), merged("b", "c"), Picture(title="c", slug="c")), at)

    assert [idea.slug for idea in ideas] == ["a", "b", "c"]
    assert {slug: idea.merged_into for slug, idea in recorded(at).items()} == {"a": "b", "b": "c", "c": ""}


@pytest.mark.django_db
def test_an_idea_may_be_merged_into_one_of_the_organisation() -> None:
    at = organisation()
    load(file_of(Picture(title="a", slug="a")), at)

    load(file_of(merged("b", "a")), at)

    assert recorded(at)["b"].merged_into == "a"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ideas", "told"),
    [
        ([merged("a", "a")], "ideas[0].merged_into: These ideas are merged into each other: a."),
        ([merged("a", "b"), merged("b", "a")], "These ideas are merged into each other: "),
        ([merged("a", "z")], "ideas[0].merged_into: There is no idea z in this file or at Lindeveer"),
        ([Picture(title="b"), Picture(title="a", slug="daar")], "ideas[1].slug: Lindeveer vzw (fictief) has an"),
    ],
)  # fmt: skip
def test_slugs_that_do_not_fit_are_refused(ideas: list[Picture], told: str) -> None:
    at = organisation()
    load(file_of(Picture(title="Er al", slug="daar")), at)

    with pytest.raises(ExchangeError, match=re.escape(told)):
        load(file_of(*ideas), at)
    assert list(recorded(at)) == ["daar"]


@pytest.mark.django_db
def test_ideas_without_slug_get_one_that_is_free() -> None:
    at = organisation()

    load(file_of(Picture(title="Woon klaar"), Picture(title="Ander", slug="woon-klaar"), Picture(title="a_b 😀")), at)

    assert {slug: idea.title for slug, idea in recorded(at).items()} == {
        "woon-klaar": "Ander",
        "woon-klaar-2": "Woon klaar",
        "a_b": "a_b 😀",
    }
    assert len(read_exchange(exported(at), "json").ideas) == 3


@pytest.mark.django_db
def test_an_idea_of_another_organisation_becomes_that_of_the_one_that_gets_it() -> None:
    at = organisation("Hier vzw")
    text = f"{HEAD}- {{title: a, slug: a, bundles: [{{name: Wonen, lead: {OWN_ORG}}}]}}"

    load(read_exchange(text, "yaml"), at)

    assert recorded(at)["a"].bundles == (Bundle(name="Wonen", lead="Hier vzw"),)


@pytest.mark.django_db
def test_an_organisation_does_not_get_an_idea_in_which_it_is_the_partner() -> None:
    exchange = file_of(Picture(title="a", partners=(Partner(name="Hier vzw"),)))

    with pytest.raises(ExchangeError, match=re.escape("ideas[0].partners[0].name: this is the own organisation")):
        load(exchange, organisation("Hier vzw"))
    assert not Idea.objects.exists()


# ---------- the commands


def run(*arguments: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(*[str(argument) for argument in arguments], stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_ideas_are_imported_and_exported_by_command(tmp_path: Path) -> None:
    at = organisation()

    out, err = run("import_ideas", DEMO, "--organisation", at.slug)

    assert (out.splitlines()[-1], err) == ("5 ideas were loaded.", "")
    idea = at.ideas.get(slug="woonklaar")
    out, err = run("export_idea", idea.pk)
    assert err == ""
    assert read_exchange(out, "json").ideas == (recorded(at)["woonklaar"],)
    assert recorded(at)["woonklaar"].decision.imported  # type: ignore[union-attr]
    run("export_idea", idea.pk, "--output", tmp_path / "idee.json")
    assert (tmp_path / "idee.json").read_text(encoding="utf-8") == out


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["kind", "domain"])
def test_an_organisation_with_an_unknown_code_is_not_exported_and_told_why(key: str) -> None:
    at = organisation(**{key: "kerk"})
    load(Exchange(own_org=OwnOrganisation(name=OWN_ORG), ideas=(Picture(title="a", own_org=OWN_ORG),)), at)

    out, err = run("export_idea", at.ideas.get().pk)

    assert out == ""
    assert err.startswith(f"own_org.{key}: 'kerk' cannot stand here. Allowed: one of ")


@pytest.mark.django_db
def test_a_bad_file_loads_nothing_and_tells_why_line_by_line(tmp_path: Path) -> None:
    at = organisation()
    (tmp_path / "ideas.yaml").write_text(HEAD + "- title: goed\n- title: fout\n  motive: zin\n- slug: fout")

    out, err = run("import_ideas", tmp_path / "ideas.yaml", "--organisation", at.slug)

    assert out == ""
    assert [line.split(": ")[0] for line in err.splitlines()] == ["line 5", "line 6", "Nothing was loaded."]
    assert not Idea.objects.exists()


@pytest.mark.django_db
def test_the_commands_say_what_is_there_when_something_is_not(tmp_path: Path) -> None:
    at = organisation()

    assert run("import_ideas", DEMO, "--organisation", "niemand")[1] == (
        f"There is no organisation niemand. There are: {at.slug}."
    )
    assert run("export_idea", 12345)[1] == "There is no idea with number 12345."
    load(file_of(Picture(title="a")), at)
    assert "No such file" in run("export_idea", at.ideas.get().pk, "--output", tmp_path / "nergens" / "a.json")[1]
