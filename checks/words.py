"""The words of WerktSamen in its two languages, and the codes that stand for them in the data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

type Language = Literal["nl", "en"]

LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in Dutch (Flanders) and in English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The Dutch wording unless `language` is English."""
        return self.en if language.startswith("en") else self.nl


class Code(StrEnum):
    """An English slug for the data, with its wording on screen and paper."""

    words: Words

    def __new__(cls, value: str, nl: str = "", en: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = Words(nl, en)
        return member

    def in_language(self, language: str) -> str:
        """The wording of this code in Dutch, or in English."""
        return self.words.in_language(language)


def shortened(text: str) -> str:
    """A text as it is named in a sentence: on one line, without its full stop, cut where it is too long."""
    whole = " ".join(text.split()).rstrip(".")
    return whole if len(whole) <= LONGEST_NAME else whole[:LONGEST_NAME].rstrip(" ,;:.-") + "…"


def in_groups(code: str) -> str:
    """A long code as people compare it: in groups of eight characters."""
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))
