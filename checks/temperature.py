"""How warm the own team is, from counts of votes 1 (cold) to 5 (very warm). Source: domain.md 2.2."""

from collections.abc import Sequence

from checks.codes import Band

FEWEST_VOTES = 3
FEWEST_TO_SHOW = 5
LIFTED_SHARE = 0.20


def band(counts: Sequence[int] | None) -> Band:
    """The band of `counts`, the number of votes for 1, 2, 3, 4 and 5; `unknown` below three votes."""
    if counts is None or sum(counts) < FEWEST_VOTES:
        return Band.UNKNOWN
    total = sum(counts)
    middle = median(counts)
    if middle >= 4 and sum(counts[:2]) / total < LIFTED_SHARE:
        return Band.MUCH
    if middle <= 2 and sum(counts[3:]) / total < LIFTED_SHARE:
        return Band.LITTLE
    return Band.MIXED


def median(counts: Sequence[int]) -> float:
    """The middle vote, halfway between the two middle ones for an even number. Raises ValueError without votes."""
    votes = [value for value, count in enumerate(counts, start=1) for _ in range(count)]
    if not votes:
        raise ValueError("there is no middle without votes")
    return (votes[(len(votes) - 1) // 2] + votes[len(votes) // 2]) / 2


def may_be_shown(counts: Sequence[int]) -> bool:
    """Whether the spread of the votes and the remarks may be shown: small teams are recognisable."""
    return sum(counts) >= FEWEST_TO_SHOW
