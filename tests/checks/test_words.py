"""A code is its slug in the data, and has words in two languages."""

import enum
import inspect

import pytest

from checks import codes
from checks.catalogue import Part
from checks.codes import Rating
from checks.words import Code, Words

ALL_CODES = [kind for _, kind in inspect.getmembers(codes, inspect.isclass) if issubclass(kind, Code) and kind != Code]


@pytest.mark.parametrize(
    ("language", "wording"), [("nl", "ja"), ("nl-be", "ja"), ("fr", "ja"), ("en", "yes"), ("en-gb", "yes")]
)
def test_words_are_dutch_unless_the_language_is_english(language: str, wording: str) -> None:
    assert Rating.YES.in_language(language) == wording
    assert Words("ja", "yes").in_language(language) == wording


def test_a_code_equals_its_slug_and_is_found_by_it() -> None:
    slug: str = Rating.YES
    assert slug == "yes"
    assert str(Rating.YES) == "yes"
    assert Rating("yes") is Rating.YES
    with pytest.raises(ValueError, match="ja"):
        Rating("ja")


@pytest.mark.parametrize("kind", [*ALL_CODES, Part], ids=lambda kind: kind.__name__)
def test_every_code_has_words_in_both_languages_and_no_two_share_them(kind: type[Code]) -> None:
    for code in kind:
        assert code.words.nl.strip(), code
        assert code.words.en.strip(), code
    assert len({code.words.nl for code in kind}) == len(list(kind))
    assert len({code.words.en for code in kind}) == len(list(kind))


def test_no_code_hides_behind_another_with_the_same_slug() -> None:
    for kind in ALL_CODES:
        enum.unique(kind)
