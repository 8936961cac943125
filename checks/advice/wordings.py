"""What people wrote, searched for the stems of Dutch words. A stem is where a word begins."""

import re
from collections.abc import Iterable

from checks.picture import Picture


def written(picture: Picture) -> str:
    """What the collaboration is to do: the goals, the approach, the activities, and the pieces that it takes."""
    return " ".join(
        [
            *(goal.text for goal in picture.goals),
            picture.approach,
            *picture.activities,
            *(name for bundle in picture.bundles for name in bundle.activities),
            *(piece.name for piece in picture.pieces),
        ]
    )


def arranged(picture: Picture) -> str:
    """What is to be arranged for it: the approach, money, conditions and agreements."""
    return " ".join(
        [
            picture.approach,
            picture.finance.text,
            *(condition.text for condition in picture.conditions),
            *(agreement.text for agreement in picture.overall),
        ]
    )


def words_of(text: str, stems: Iterable[str]) -> list[str]:
    """The words of a text that begin with one of these stems, as they stand there, each once, in small letters."""
    found = re.findall(rf"\b(?:{'|'.join(stems)})\w*", text.lower())
    return list(dict.fromkeys(found))
