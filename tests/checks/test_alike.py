"""Something like this before: how near two ideas are."""

from hypothesis import given
from hypothesis import strategies as st

from checks.alike import MOST_SHOWN, IdeaInShort, nearest, stem, telling_words
from checks.codes import Theme

NEW = IdeaInShort(
    id=1,
    title="Nachtopvang in Kouterlo",
    text="Mensen slapen buiten in de winter.",
    themes=frozenset({Theme.ACCESS}),
    partners=frozenset({"Gemeente", "Soepkring"}),
)


def other(number: int, title: str = "Iets anders", **told: object) -> IdeaInShort:
    return IdeaInShort(id=number, title=title, **told)  # type: ignore[arg-type]


def test_the_idea_with_the_same_theme_and_partners_comes_first() -> None:
    close = other(2, themes=NEW.themes, partners=NEW.partners)
    far = other(3, "Winterse nachtopvang buiten")
    assert [found.idea.id for found in nearest(NEW, [far, close])] == [2, 3]


def test_two_of_the_same_partners_on_the_same_theme_make_an_idea_similar() -> None:
    both, one = (
        other(2, themes=NEW.themes, partners=NEW.partners),
        other(3, themes=NEW.themes, partners=frozenset({"Gemeente"})),
    )
    assert {found.idea.id: found.is_similar for found in nearest(NEW, [both, one])} == {2: True, 3: False}


def test_it_says_in_what_they_are_alike() -> None:
    [found] = nearest(NEW, [other(2, "Nachtopvang", themes=NEW.themes, partners=frozenset({"Soepkring"}))])
    assert found.because.nl == "hetzelfde thema: toegang tot hulp; ook met Soepkring; dezelfde woorden: nachtopvang"


def test_an_idea_that_shares_one_word_only_is_left_out() -> None:
    assert nearest(NEW, [other(2, "Wandelen in de winter")]) == ()


def test_an_idea_is_not_like_itself() -> None:
    assert nearest(NEW, [NEW]) == ()


def test_the_nearest_few_are_shown() -> None:
    assert len(nearest(NEW, [other(n, themes=NEW.themes) for n in range(2, 30)])) == MOST_SHOWN


def test_words_that_differ_in_their_ending_are_the_same_and_empty_words_count_for_nothing() -> None:
    assert stem("woningen") == stem("woning")
    assert telling_words("Samen een idee voor iedereen") == []


@given(st.text(), st.text())
def test_any_text_can_be_compared(title: str, text: str) -> None:
    found = nearest(other(1, title, text=text), [other(2, title, text=text)])
    assert len(found) <= 1
