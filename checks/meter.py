"""What has been laid down, counted: minimal critical specification. Source: domain.md 3, S47 to S49, and 5.

An agreement is an alignment between bundles (`between`) or one for the whole (`overall`). The agreements of a bundle
are the alignments that name it. What a team decides by itself is no agreement: it leaves room instead of taking it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from checks.picture import Picture
from checks.words import Code, Words

# So many activities can each stand alone without a question.
FEW_ACTIVITIES = 3
# From this share of the threshold on, in percent, it is getting much.
GETTING_MUCH = 75


class Laid(Code):
    """How much has been laid down."""

    ENOUGH = "enough", "genoeg", "enough"
    MUCH = "much", "het wordt veel", "it is getting much"
    TOO_MUCH = "too_much", "te veel", "too much"


@dataclass(frozen=True, slots=True)
class Gauge:
    """One count beside what the organisation calls many: more than `most` is too much. `bundle` names the one meant."""

    what: Words
    count: int
    most: int
    bundle: str = ""

    @property
    def level(self) -> Laid:
        if self.count > self.most:
            return Laid.TOO_MUCH
        return Laid.MUCH if self.count * 100 > self.most * GETTING_MUCH else Laid.ENOUGH

    @property
    def end(self) -> int:
        """Where the meter ends, so that also what is too much stands on it."""
        return max(self.most + max(1, self.most // 4), self.count)

    @property
    def high(self) -> float:
        """From where on it is getting much."""
        return self.most * GETTING_MUCH / 100


ALL_TOGETHER = Words("Alle afspraken samen", "All agreements together")
LINKS = Words("Afstemming tussen bundels", "Alignment between bundles")
OF_A_BUNDLE = Words("Afstemming van één bundel", "Alignment of one bundle")


def agreements(picture: Picture) -> int:
    """All agreements: between bundles and for the whole."""
    return len(picture.between) + len(picture.overall)


def most_agreements(picture: Picture, thresholds: Mapping[str, int]) -> int:
    """As many agreements as there may be before they are too many."""
    return thresholds["agreements_for_each_bundle"] * len(picture.bundles) + thresholds["agreements_on_top"]


def too_many_agreements(picture: Picture, thresholds: Mapping[str, int]) -> bool:
    return agreements(picture) > most_agreements(picture, thresholds)


def agreements_of(picture: Picture, bundle: str) -> int:
    """The agreements of the bundle of this name: the alignments that name it."""
    return sum(bundle in told.bundles for told in picture.between)


def bundles_with_many(picture: Picture, thresholds: Mapping[str, int]) -> tuple[str, ...]:
    """The names of the bundles that have too many agreements."""
    most = thresholds["agreements_of_a_bundle"]
    return tuple(bundle.name for bundle in picture.bundles if agreements_of(picture, bundle.name) > most)


def most_links(picture: Picture, thresholds: Mapping[str, int]) -> int:
    """As many alignments as there may be between these bundles."""
    return thresholds["links_for_each_bundle"] * len(picture.bundles)


def too_many_links(picture: Picture, thresholds: Mapping[str, int]) -> bool:
    return bool(picture.bundles) and len(picture.between) > most_links(picture, thresholds)


def activities(picture: Picture) -> int:
    """All activities, in a bundle or in none yet."""
    return len(picture.activities) + sum(len(bundle.activities) for bundle in picture.bundles)


def every_activity_alone(picture: Picture) -> bool:
    """Whether there are as many bundles as activities, and more than a few of those."""
    return activities(picture) > FEW_ACTIVITIES and len(picture.bundles) >= activities(picture)


def meter(picture: Picture, thresholds: Mapping[str, int]) -> tuple[Gauge, ...]:
    """What to show of it: all agreements, the links where there are any, and each bundle that has much."""
    if not agreements(picture):
        return ()
    most = thresholds["agreements_of_a_bundle"]
    bundles = [Gauge(OF_A_BUNDLE, agreements_of(picture, bundle.name), most, bundle.name) for bundle in picture.bundles]
    links = [Gauge(LINKS, len(picture.between), most_links(picture, thresholds))]
    return (
        Gauge(ALL_TOGETHER, agreements(picture), most_agreements(picture, thresholds)),
        *(links if picture.bundles and picture.between else []),
        *(gauge for gauge in bundles if gauge.level is not Laid.ENOUGH),
    )


def invites_to_drop(gauges: tuple[Gauge, ...]) -> bool:
    """Whether something on the meter is too much."""
    return any(gauge.level is Laid.TOO_MUCH for gauge in gauges)
