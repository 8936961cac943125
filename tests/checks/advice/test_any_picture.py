"""Whatever is recorded, an adviser says something or nothing, and never fails."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given

from checks.advice.advised import Advice
from checks.advice.coordination import advise_coordination
from checks.advice.forms import advise_form
from checks.advice.legal import advise_legal_form
from checks.picture import Picture
from checks.words import Words
from tests.pictures import ANY, pictures

ADVISERS = [advise_form, advise_coordination, advise_legal_form]


def words_of(advice: Advice) -> Iterator[Words]:
    yield from (advice.opens, advice.closes, *advice.missing, *advice.alarms)
    for option in advice.options:
        yield from (option.code.words, option.says, *option.reasons, *option.against)


@pytest.mark.parametrize("adviser", ADVISERS)
@given(picture=pictures())
@ANY
def test_no_picture_makes_an_adviser_fail(adviser: Callable[[Picture], Advice], picture: Picture) -> None:
    advice = adviser(picture)
    assert len({option.code for option in advice.options}) == len(advice.options) <= 3
    assert all(option.reasons for option in advice.options)
    assert advice.options or advice.missing
    for words in words_of(advice):
        assert words.nl.strip()
        assert words.en.strip()
