"""Two texts beside each other: which words differ, and the two put together."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# How two texts that have little in common stand together: one beneath the other, or beside it on one line.
BENEATH, ON_ONE_LINE = "\n\n", " / "
# As much of their words two texts share at the least to be put together word by word.
ALIKE = 1 / 3


@dataclass(frozen=True)
class Span:
    """A stretch of a text, with whether it differs from the other text."""

    words: str
    differs: bool


def differences(one: str, other: str) -> tuple[list[Span], list[Span]]:
    """Both texts in stretches of the same or of other words. Each text is the whole of its stretches."""
    words, others = _words(one), _words(other)
    ones, theirs = [], []
    alike = SequenceMatcher(None, [word.strip() for word in words], [word.strip() for word in others])
    for what, start, end, from_, to in alike.get_opcodes():
        ones.append(Span("".join(words[start:end]), what != "equal"))
        theirs.append(Span("".join(others[from_:to]), what != "equal"))
    return [span for span in ones if span.words], [span for span in theirs if span.words]


def merged(one: list[Span], other: list[Span], apart: str = BENEATH) -> str:
    """The two texts of `differences` put together: what they share once, and every word that only one of them has.

    Where they share too little for that, the other text comes first and the one after it, with `apart` between them.
    """
    if not _are_alike(one, other):
        return f"{_whole(other).rstrip()}{apart}{_whole(one).lstrip()}"
    pieces = []
    left, right = list(one), list(other)
    while left or right:
        for side in (right, left):
            while side and side[0].differs:
                pieces.append(side.pop(0).words)
        if left and right:
            pieces.append(left.pop(0).words)
            right.pop(0)
    return _spaced(pieces)


def _are_alike(one: list[Span], other: list[Span]) -> bool:
    """Whether they share at least a third of their words, or one of them holds all words of the other."""
    counts = [len(_whole(spans).split()) for spans in (one, other)]
    shared = sum(len(span.words.split()) for span in one if not span.differs)
    return shared == min(counts) or 2 * shared >= ALIKE * sum(counts)


def _whole(spans: list[Span]) -> str:
    return "".join(span.words for span in spans)


def _words(text: str) -> list[str]:
    """The words of a text, each with the white space after it."""
    return re.findall(r"^\s+|\S+\s*", text)


def _spaced(pieces: list[str]) -> str:
    """The pieces one after the other, with a space where two words would run into each other."""
    text = ""
    for piece in pieces:
        text += (" " if text and not text[-1].isspace() else "") + piece
    return text
