"""The quick scan: collaborate or not?"""

from itertools import product

import pytest

from checks.advice.scan import HELP, NEXT, Outcome, ScanQuestion, scan
from checks.codes import Rating

YES, PARTLY, NO, UNKNOWN = Rating.YES, Rating.PARTLY, Rating.NO, Rating.UNKNOWN
TOGETHER = {
    ScanQuestion.ALONE: NO,
    ScanQuestion.ELSEWHERE: NO,
    ScanQuestion.SERVICE: NO,
    ScanQuestion.EXISTING: NO,
    ScanQuestion.WANTED: YES,
    ScanQuestion.READY: YES,
}
CASES = [
    ({}, Outcome.TOGETHER),
    ({ScanQuestion.ALONE: YES}, Outcome.ALONE),
    ({ScanQuestion.ELSEWHERE: YES}, Outcome.REFER),
    ({ScanQuestion.SERVICE: YES}, Outcome.BUY),
    ({ScanQuestion.EXISTING: YES}, Outcome.JOIN),
    ({ScanQuestion.WANTED: NO}, Outcome.NOT_NOW),
    ({ScanQuestion.READY: NO}, Outcome.NOT_NOW),
    ({ScanQuestion.ALONE: UNKNOWN, ScanQuestion.WANTED: UNKNOWN, ScanQuestion.READY: UNKNOWN}, Outcome.NOT_NOW),
]


@pytest.mark.parametrize(("otherwise", "outcome"), CASES)
def test_each_outcome_has_its_reasons(otherwise: dict[ScanQuestion, Rating], outcome: Outcome) -> None:
    found = scan(TOGETHER | otherwise)
    assert found.best is not None
    assert found.best.outcome is outcome
    assert found.best.reasons
    assert found.open == ()


def test_the_second_best_of_another_way_is_together_and_of_together_what_is_partly_so() -> None:
    alone = scan(TOGETHER | {ScanQuestion.ALONE: YES})
    together = scan(TOGETHER | {ScanQuestion.EXISTING: PARTLY})
    assert alone.second is not None
    assert alone.second.outcome is Outcome.TOGETHER
    assert together.best is not None
    assert together.best.outcome is Outcome.TOGETHER
    assert together.second is not None
    assert together.second.outcome is Outcome.JOIN
    assert scan(TOGETHER).second is None


def test_questions_without_an_answer_are_named_and_nothing_is_concluded() -> None:
    found = scan({ScanQuestion.ALONE: YES})
    assert found.best is None
    assert found.open == tuple(question for question in ScanQuestion if question is not ScanQuestion.ALONE)


def test_what_is_not_known_is_what_to_find_out_first() -> None:
    assert scan(TOGETHER | {ScanQuestion.WANTED: UNKNOWN}).unknown == (ScanQuestion.WANTED,)


def test_any_six_answers_come_to_an_outcome_with_words_in_both_languages() -> None:
    for answers in product(Rating, repeat=6):
        found = scan(dict(zip(ScanQuestion, answers, strict=True)))
        assert found.best is not None
        assert found.second is None or found.second.outcome is not found.best.outcome
        for words in [*found.best.reasons, *(found.second.reasons if found.second else ())]:
            assert words.nl
            assert words.en
    assert set(HELP) == set(ScanQuestion)
    assert set(NEXT) == set(Outcome)
