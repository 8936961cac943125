"""The order of work of step 3, and how far each part is. It shows the way and holds nobody back. Source: domain.md 5.

First bundles with as much say as possible, then what aligns them, then the whole only as far as needed, then the
indicators.
"""

from dataclasses import dataclass

from checks.codes import IndicatorKind
from checks.picture import Picture
from checks.words import Words


@dataclass(frozen=True, slots=True)
class Landmark:
    """One part of the work. `lists` are those in which it is done; `asks` that something in it is still open."""

    number: int
    name: Words
    says: Words
    is_begun: bool
    asks: bool
    lists: tuple[str, ...]

    @property
    def state(self) -> str:
        """How far it is: `todo`, `open` while something is still asked, `begun`."""
        return "todo" if not self.is_begun else "open" if self.asks else "begun"


NOT_YET = Words("nog niet begonnen", "not begun yet")
NOTHING_TO_ALIGN = Words("niets af te stemmen", "nothing to align")


def order_of_work(picture: Picture) -> tuple[Landmark, ...]:
    """The four landmarks, in the order of the instrument."""
    return (_bundles(picture), _between(picture), _overall(picture), _indicators(picture))


def is_begun(picture: Picture) -> bool:
    """Whether anything of step 3 is there."""
    return any(landmark.is_begun for landmark in order_of_work(picture))


def _bundles(picture: Picture) -> Landmark:
    bundles, loose = len(picture.bundles), len(picture.activities)
    silent = sum(not bundle.mandate.strip() for bundle in picture.bundles)
    told = [
        _count(bundles, "bundel", "bundels", "bundle", "bundles"),
        _count(silent, "zonder mandaat", "zonder mandaat", "without a mandate", "without a mandate"),
        _count(loose, "losse activiteit", "losse activiteiten", "loose activity", "loose activities"),
    ]
    return Landmark(
        1,
        Words("Bundels die veel zelf beslissen", "Bundles that decide much themselves"),
        _joined(told),
        bool(bundles or loose),
        bool(silent or loose),
        ("activities", "bundles"),
    )


def _between(picture: Picture) -> Landmark:
    links = _count(len(picture.between), "keer afstemming", "keer afstemming", "alignment", "alignments")
    is_needless = not picture.between and len(picture.bundles) == 1
    says = NOTHING_TO_ALIGN if is_needless else _joined([links])
    name = Words("Afstemming tussen bundels", "Alignment between bundles")
    return Landmark(2, name, says, bool(picture.between) or is_needless, False, ("between",))


def _overall(picture: Picture) -> Landmark:
    told = _count(len(picture.overall), "afspraak", "afspraken", "agreement", "agreements")
    name = Words("Het geheel, zover als nodig", "The whole, as far as needed")
    return Landmark(3, name, _joined([told]), bool(picture.overall), False, ("overall",))


def _indicators(picture: Picture) -> Landmark:
    kinds = [indicator.kind for indicator in picture.indicators]
    process, result = kinds.count(IndicatorKind.PROCESS), kinds.count(IndicatorKind.RESULT)
    told = [
        _count(process, "over het proces", "over het proces", "on the process", "on the process"),
        _count(result, "over het resultaat", "over het resultaat", "on the result", "on the result"),
    ]
    name = Words("Indicatoren", "Indicators")
    is_half = bool(process) != bool(result)
    return Landmark(4, name, _joined(told), bool(process or result), is_half, ("indicators_process",))


def _count(number: int, one_nl: str, more_nl: str, one_en: str, more_en: str) -> Words | None:
    if not number:
        return None
    return Words(f"{number} {one_nl if number == 1 else more_nl}", f"{number} {one_en if number == 1 else more_en}")


def _joined(told: list[Words | None]) -> Words:
    said = [words for words in told if words]
    if not said:
        return NOT_YET
    return Words(", ".join(words.nl for words in said), ", ".join(words.en for words in said))
