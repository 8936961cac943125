"""The background pages: whole, in both languages, and about steps and questions that exist."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from checks.background import BACKGROUND, FOLDER, SLUGS, BackgroundError, Page, read_page
from checks.catalogue import QUESTIONS, STEPS
from checks.words import Words

SHORTEST, LONGEST = 120, 350
THAT_AGE = {"legal", "why_now", "money"}
A_PAGE = (FOLDER / "tips.yaml").read_text(encoding="utf-8")


def words_of(page: Page, *, with_tables: bool = True) -> Iterator[Words]:
    yield from (page.title, page.lead, *page.exercise)
    for section in page.sections:
        yield from (section.heading, *section.paragraphs, *(item.words for item in section.items))
        if section.table and with_tables:
            yield from (section.table.caption, *section.table.head)
            yield from (cell for row in section.table.rows for cell in row)


def test_there_is_a_page_for_whatever_a_signal_points_to() -> None:
    assert set(BACKGROUND) == {path.stem for path in FOLDER.glob("*.yaml")}
    assert set(SLUGS) == {
        *("tips", "why_now", "when", "embedding", "motives", "work", "starting", "legal", "maintaining"),
        *("forms", "coordination", "goals", "puzzle", "bundles", "indicators", "money", "no", "temperature"),
    }


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_is_short_and_whole_in_both_languages(slug: str, language: str) -> None:
    page = BACKGROUND[slug]
    said = [words.in_language(language) for words in words_of(page, with_tables=False)]
    assert all(said)
    assert SHORTEST <= sum(len(text.split()) for text in said) <= LONGEST
    assert page.exercise
    assert page.sources
    assert all(section.paragraphs or section.items or section.table for section in page.sections)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_says_each_thing_once_and_in_two_languages(slug: str) -> None:
    """Names and short cells may be the same in both."""
    told = [words for words in words_of(BACKGROUND[slug], with_tables=False) if len(words.nl.split()) > 3]
    assert [words for words in told if words.nl == words.en] == []
    assert len({words.nl for words in told}) == len(told)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_of_a_step_and_serves_questions_that_exist(slug: str) -> None:
    page = BACKGROUND[slug]
    assert page.step in {0, *STEPS}
    asked = [*page.serves, *(item.question for section in page.sections for item in section.items if item.question)]
    assert asked
    assert set(asked) <= set(QUESTIONS)


def test_pages_that_age_say_when_they_were_looked_over_and_what_to_have_verified() -> None:
    assert {slug for slug, page in BACKGROUND.items() if page.checked} == THAT_AGE
    assert {slug for slug, page in BACKGROUND.items() if page.verify} == THAT_AGE


def test_there_are_ten_tips_each_with_its_question() -> None:
    tips = BACKGROUND["tips"].sections[0]
    assert tips.is_numbered
    assert len({item.question for item in tips.items if item.question}) == len(tips.items) == 10


def test_each_legal_form_says_what_to_have_verified() -> None:
    tables = [section.table for section in BACKGROUND["legal"].sections if section.table]
    assert [table.head[-1].nl for table in tables] == ["Laat dit nakijken"]
    assert all(row[-1].nl for row in tables[0].rows)


def test_the_two_figures_of_the_survey_keep_their_own_denominator() -> None:
    told = " ".join(words.nl for words in words_of(BACKGROUND["why_now"]))
    assert re.search(r"2011[^.]*77% van de voorzieningen", told)
    assert "Van de samenwerkingen zelf telde 57% meer dan vijf partners" in told


def test_an_unproven_rule_of_thumb_says_so() -> None:
    assert "om uit te proberen, niet bewezen" in " ".join(words.nl for words in words_of(BACKGROUND["work"]))


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("step: 0", "step: 7", "no step 7"),
        ("question: s1.why.challenge", "question: s1.why.nothing", "s1.why.nothing"),
        ('{nl: "Tien tips", en: "Ten tips"}', '{nl: "Tien tips"}', "en"),
        ('{nl: "Tien tips", en: "Ten tips"}', '{nl: "Tien tips", en: " "}', "two languages"),
        ("serves: []", "serves: []\nextra: 1", "unknown key extra"),
        ("serves: []", "serves: []\nchecked: soon", "no day"),
        ("  steps:\n", "  stappen:\n", "stappen"),
        ("exercise:", "exercise: [", "tips"),
    ],
)
def test_a_malformed_page_is_refused(was: str, becomes: str, says: str) -> None:
    assert was in A_PAGE
    with pytest.raises(BackgroundError, match=f"^tips: .*{says}" if says != "tips" else "^tips: "):
        read_page("tips", A_PAGE.replace(was, becomes))


def test_a_page_is_read_as_it_stands() -> None:
    assert read_page("tips", A_PAGE) == replace(BACKGROUND["tips"])
