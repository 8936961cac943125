"""Something like this before: how near two ideas are, by theme, partners and words. Source: domain.md 3, S61."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checks.codes import GoNoGo, Status, Theme
from checks.words import Words

# So many of the same partners make an idea on the same theme similar (S61).
SAME_PARTNERS = 2
MOST_SHOWN = 5
MOST_WORDS = 12
# Shorter words say too little, and these say nothing.
SHORTEST = 4
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        deze voor naar over door samen samenwerken samenwerking idee project organisatie organisaties
        partner partners beter meer veel onze hebben worden kunnen willen moeten zonder tussen onder tegen
        waar wordt elkaar iedereen mensen with from that this have will their they them more better other
        together into about people idea
        """,
    )
)
# Endings that say nothing about what a word is about, the longest first.
ENDINGS = ("ingen", "heden", "ing", "en", "je", "s", "e")


@dataclass(frozen=True, slots=True)
class IdeaInShort:
    """What is compared of an idea, with how it ended. `why` is the reason that was given."""

    id: int
    title: str
    text: str = ""
    themes: frozenset[Theme] = frozenset()
    partners: frozenset[str] = frozenset()
    status: Status = Status.RECEIVED
    decision: GoNoGo | None = None
    why: str = ""
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """An idea that is like another one, and in what: themes, partners, words."""

    idea: IdeaInShort
    themes: tuple[Theme, ...]
    partners: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def nearness(self) -> int:
        """Orders ideas, and is never shown: a partner says more than a theme, a theme more than a word."""
        return 3 * len(self.partners) + 2 * len(self.themes) + len(self.words)

    @property
    def is_similar(self) -> bool:
        """Whether it is so near that it is worth saying unasked (S61)."""
        return bool(self.themes) and len(self.partners) >= SAME_PARTNERS

    @property
    def because(self) -> Words:
        """In what they are alike."""
        parts = []
        if self.themes:
            names = [theme.words for theme in self.themes]
            parts.append(
                Words(
                    f"hetzelfde thema: {', '.join(name.nl for name in names)}",
                    f"the same theme: {', '.join(name.en for name in names)}",
                )
            )
        if self.partners:
            named = ", ".join(self.partners)
            parts.append(Words(f"ook met {named}", f"with {named} as well"))
        if self.words:
            named = ", ".join(self.words)
            parts.append(Words(f"dezelfde woorden: {named}", f"the same words: {named}"))
        return Words("; ".join(part.nl for part in parts), "; ".join(part.en for part in parts))


def stem(word: str) -> str:
    """A word without its ending: "woningen" and "woning" are the same."""
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    for ending in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST:
            return plain[: -len(ending)]
    return plain


def words_of(text: str) -> dict[str, str]:
    """The words of a text that say something, by their stem, in their own order."""
    told: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]+", text):
        if len(word) >= SHORTEST and word.casefold() not in STOP_WORDS:
            told.setdefault(stem(word), word.casefold())
    return told


def telling_words(text: str) -> list[str]:
    """What to look for elsewhere, the first ones: a title comes before what follows it.

    The beginnings of words with their accents, as they are written there.
    """
    return [word[: len(found)] for found, word in words_of(text).items() if len(found) >= SHORTEST][:MOST_WORDS]


def nearest(one: IdeaInShort, others: Iterable[IdeaInShort]) -> tuple[Alike, ...]:
    """The ideas most like this one, the nearest first; those that share a single word only are left out."""
    mine = words_of(f"{one.title} {one.text}")
    found = []
    for other in others:
        if other.id == one.id:
            continue
        theirs = words_of(f"{other.title} {other.text}")
        alike = Alike(
            other,
            tuple(sorted(one.themes & other.themes)),
            tuple(sorted(one.partners & other.partners)),
            tuple(word for told, word in mine.items() if told in theirs),
        )
        if alike.themes or alike.partners or len(alike.words) > 1 or (alike.words and not one.text):
            found.append(alike)
    return tuple(sorted(found, key=lambda alike: (-alike.nearness, -alike.idea.id))[:MOST_SHOWN])
