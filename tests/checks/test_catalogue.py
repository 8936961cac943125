"""The question catalogue: complete, typed, and refused when malformed."""

from collections import Counter
from typing import Any

import pytest
import yaml

from checks import codes
from checks.catalogue import CHOICES, QUESTIONS, SOURCE, CatalogueError, Part, Question, QuestionType, read_catalogue
from checks.words import Code, Words


def test_there_are_56_questions_of_which_3_are_ours() -> None:
    assert len(QUESTIONS) == 56
    assert sum(question.core for question in QUESTIONS.values()) == 53
    ours = [slug for slug, question in QUESTIONS.items() if not question.core]
    assert ours == ["s0.motive", "s2.drive.give_up", "s4.motivation"]


def test_the_steps_have_their_questions_in_the_order_of_the_text() -> None:
    listed = [entry["slug"] for entry in yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["questions"]]
    assert list(QUESTIONS) == listed
    assert Counter(question.step for question in QUESTIONS.values()) == {0: 3, 1: 13, 2: 23, 3: 9, 4: 8}


def test_each_check_has_its_questions() -> None:
    assert Counter(question.check for question in QUESTIONS.values() if question.check) == {
        codes.Check.DRIJFVEER: 5,
        codes.Check.EXPERTISE: 4,
        codes.Check.SAMENWERK: 9,
    }


def test_the_samenwerkcheck_covers_the_four_traits_of_a_network() -> None:
    traits = Counter(q.trait for q in QUESTIONS.values() if q.check is codes.Check.SAMENWERK)
    assert traits == {"doel": 2, "differentiatie": 2, "integratie": 2, "coordinatie": 3}


def test_a_question_is_read_with_everything_that_stands_in_the_text() -> None:
    question = QUESTIONS["s3.back"]
    assert question == Question(
        slug="s3.back",
        step=3,
        part=Part.LOOK_BACK,
        type=QuestionType.CHOICE,
        words=Words("Moet je voor dit opvolgpunt terug naar stap 1?", "Does this point require going back to step 1?"),
        help=Words(
            "Terug is geen mislukking. Je vraagt het gewoon opnieuw, met wat je nu weet.", "Going back is not failing."
        ),
        core=True,
        per="followup",
        options=("back_to_1", "treat_now", "drop"),
    )
    assert QUESTIONS["s4.talk"].when == "verdict=not_ok or decision=no_go"
    assert QUESTIONS["s2.collab.beyond"].check is codes.Check.SAMENWERK
    assert QUESTIONS["s2.collab.beyond"].trait == "doel"


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_is_typed_and_worded_in_both_languages(question: Question) -> None:
    assert isinstance(question.type, QuestionType)
    assert isinstance(question.part, Part)
    assert question.slug.startswith(f"s{question.step}.")
    for words in (question.words, question.help):
        assert words.nl.strip()
        assert words.en.strip()
        assert words.nl != words.en


@pytest.mark.parametrize("slug", CHOICES)
def test_every_option_of_a_choice_has_words_in_both_languages(slug: str) -> None:
    assert QUESTIONS[slug].options
    for option in QUESTIONS[slug].options:
        words = CHOICES[slug](option).words
        assert words.nl.strip()
        assert words.en.strip()


def test_every_choice_has_its_codes_but_the_temperature_which_is_a_number() -> None:
    choices = {slug for slug, question in QUESTIONS.items() if question.type is QuestionType.CHOICE}
    assert choices - set(CHOICES) == {"s4.temperature"}
    assert set(CHOICES) <= choices
    assert QUESTIONS["s4.temperature"].options == ("1", "2", "3", "4", "5")


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("s0.origin", codes.Origin),
        ("s0.motive", codes.Motive),
        ("s2.drive.finance_type", codes.FinanceType),
        ("s2.collab.coordination", codes.Coordination),
        ("s3.back", codes.Triage),
        ("s4.check.conditions", codes.ConditionStatus),
        ("s4.verdict", codes.Verdict),
        ("s4.decision", codes.GoNoGo),
    ],
)
def test_a_choice_offers_every_code_of_its_kind(slug: str, kind: type[Code]) -> None:
    assert QUESTIONS[slug].options == tuple(code.value for code in kind)


SOUND: dict[str, Any] = {
    "slug": "s4.verdict",
    "step": 4,
    "type": "choice",
    "origin": "core",
    "options": ["ok", "question_marks", "not_ok"],
    "nl": "Hoe staat het voorstel ervoor?",
    "en": "Where does the proposal stand?",
    "help_nl": "Jullie kiezen.",
    "help_en": "You choose.",
}


def catalogue(*entries: object) -> str:
    return yaml.safe_dump({"questions": list(entries)})


def test_a_sound_question_is_read() -> None:
    assert read_catalogue(catalogue(SOUND))["s4.verdict"].options == ("ok", "question_marks", "not_ok")


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        pytest.param({"nl": None}, "nl", id="no Dutch wording"),
        pytest.param({"nl": "  "}, "nl", id="an empty Dutch wording"),
        pytest.param({"nl": 5}, "nl", id="a wording that is a number"),
        pytest.param({"en": None}, "en", id="no English wording"),
        pytest.param({"help_nl": None}, "help_nl", id="no Dutch help"),
        pytest.param({"help_en": ""}, "help_en", id="no English help"),
        pytest.param({"type": None}, "type", id="no type"),
        pytest.param({"type": "rateing"}, "rateing", id="an unknown type"),
        pytest.param({"type": ["choice"]}, "type", id="a type that is a list"),
        pytest.param({"step": None}, "step", id="no step"),
        pytest.param({"step": 3}, "step 3", id="a step that does not fit the slug"),
        pytest.param({"step": 5}, "step 5", id="a step that does not exist"),
        pytest.param({"step": "4"}, "step '4'", id="a step that is a text"),
        pytest.param({"origin": None}, "origin", id="no origin"),
        pytest.param({"origin": "cor"}, "cor", id="an unknown origin"),
        pytest.param({"per": "goals"}, "goals", id="an unknown list of rows"),
        pytest.param({"trait": "doelen"}, "doelen", id="an unknown trait"),
        pytest.param({"check": "drijfveren"}, "drijfveren", id="an unknown check"),
        pytest.param({"options": None}, "options", id="options that are missing"),
        pytest.param({"options": []}, "options", id="a choice without options"),
        pytest.param({"options": "ok"}, "options", id="options that are no list"),
        pytest.param({"options": ["ok", "maybe"]}, "maybe", id="an option that is no verdict"),
        pytest.param({"hlep_nl": "Kies."}, "hlep_nl", id="a mistyped key"),
        pytest.param({"slug": "s4.elsewhere"}, "part", id="a question that belongs to no part"),
    ],
)
def test_a_malformed_question_is_refused_by_its_slug(fault: dict[str, object], named: str) -> None:
    entry = {key: value for key, value in {**SOUND, **fault}.items() if value is not None}
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(catalogue({**SOUND, "slug": "s4.decision", "options": ["go", "no_go"]}, entry))
    assert str(refused.value).startswith(f"{entry['slug']}: ")
    assert named in str(refused.value)


def test_a_slug_that_stands_twice_is_refused_by_that_slug() -> None:
    with pytest.raises(CatalogueError, match=r"^s4\.verdict: .*twice"):
        read_catalogue(catalogue(SOUND, SOUND))


@pytest.mark.parametrize("entry", ["s4.verdict", None, [], {**SOUND, "slug": ""}, {"step": 4}])
def test_a_question_without_slug_is_refused_by_its_number(entry: object) -> None:
    with pytest.raises(CatalogueError, match=r"^question 2: "):
        read_catalogue(catalogue(SOUND, entry))


@pytest.mark.parametrize("text", ["", "question: []", "questions:", "questions: [", "- slug: s4.verdict"])
def test_a_text_that_holds_no_questions_is_refused_by_the_name_of_the_file(text: str) -> None:
    with pytest.raises(CatalogueError, match=r"^questions\.yaml: "):
        read_catalogue(text)
