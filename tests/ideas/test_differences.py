"""Two texts beside each other: which words differ, and the two put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.differences import ON_ONE_LINE, differences, merged

TEXTS = st.lists(st.sampled_from(["wonen", "in", "de", "stad", "\n", "buurt.", "  "]), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other", "marked", "together"),
    [
        ("Buren koken samen", "Buren eten samen", (["koken "], ["eten "]), "Buren eten koken samen"),
        ("Buren koken", "Buren koken samen", ([], ["samen"]), "Buren koken samen"),
        ("Wij", "", (["Wij"], []), "Wij"),
        ("Wij", "Zij", (["Wij"], ["Zij"]), "Zij\n\nWij"),
        ("Wij wonen.\nEn dan.", "Wij wonen.\nNu dan.", (["En "], ["Nu "]), "Wij wonen.\nNu En dan."),
        ("Eerst.\nDan.", "Eerst.\nEn dan.\n", (["Dan."], ["En dan.\n"]), "Eerst.\nEn dan.\nDan."),
        (
            "Wij willen eten",
            "Zij willen koken met buren",
            (["Wij ", "eten"], ["Zij ", "koken met buren"]),
            "Zij willen koken met buren\n\nWij willen eten",
        ),
        ("Buren", "Buren koken samen in de buurt", ([], ["koken samen in de buurt"]), "Buren koken samen in de buurt"),
        (
            "Wij eten hier",
            "Zij koken ginder",
            (["Wij eten hier"], ["Zij koken ginder"]),
            "Zij koken ginder\n\nWij eten hier",
        ),
        ("Gelijk", "Gelijk", ([], []), "Gelijk"),
    ],
)
def test_the_words_that_differ_are_marked_and_all_of_them_are_put_together(
    one: str, other: str, marked: tuple[list[str], list[str]], together: str
) -> None:
    mine, theirs = differences(one, other)
    assert tuple([span.words for span in spans if span.differs] for spans in (mine, theirs)) == marked
    assert merged(mine, theirs) == together


def test_two_names_on_one_line_that_share_nothing_stand_beside_each_other() -> None:
    assert merged(*differences("Woonwerf", "De Stad"), ON_ONE_LINE) == "De Stad / Woonwerf"


@given(one=TEXTS, other=TEXTS)
def test_each_text_is_the_whole_of_its_stretches_and_no_word_is_left_out(one: str, other: str) -> None:
    mine, theirs = differences(one, other)
    assert "".join(span.words for span in mine) == one
    assert "".join(span.words for span in theirs) == other
    assert [span.words.split() for span in mine if not span.differs] == [
        span.words.split() for span in theirs if not span.differs
    ]
    together = merged(mine, theirs).split()
    for text in (one, other):
        assert all(together.count(word) >= text.split().count(word) for word in text.split())
