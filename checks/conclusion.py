"""The suggested conclusion of each check of step 2. Source: domain.md, end of 1.3."""

from collections.abc import Iterable, Mapping

from checks.catalogue import QUESTIONS, QuestionType
from checks.codes import Check, Conclusion, Rating
from checks.picture import FollowUp, Picture

KNOCK_OUT = frozenset({"s2.drive.mandate", "s2.collab.beyond", "s2.collab.shared"})

# The ratings of each check, by the slug of their question.
RATINGS: Mapping[Check, tuple[str, ...]] = {
    check: tuple(q.slug for q in QUESTIONS.values() if q.check == check and q.type is QuestionType.RATING)
    for check in Check
}


def ratings(picture: Picture, check: Check) -> dict[str, Rating | None]:
    """The ratings of a check, by question."""
    answers = getattr(picture.checks, check)
    return {slug: getattr(answers, slug.rsplit(".", 1)[1]).value for slug in RATINGS[check]}


def suggested_conclusion(picture: Picture, check: Check) -> Conclusion | None:
    """What the ratings of a check come to; None while one is missing. The group may conclude otherwise."""
    return conclude(ratings(picture, check), picture.followups)


def conclude(given: Mapping[str, Rating | None], followups: Iterable[FollowUp]) -> Conclusion | None:
    """The rule itself: a "no" on a knock-out question without a linked opvolgpunt is not ok."""
    linked = {followup.question for followup in followups}
    if None in given.values():
        return None
    if any(given[slug] is Rating.NO and slug not in linked for slug in KNOCK_OUT & given.keys()):
        return Conclusion.NOT_OK
    values = list(given.values())
    if Rating.NO in values or Rating.UNKNOWN in values or values.count(Rating.PARTLY) > 1:
        return Conclusion.OK_WITH_FOLLOWUPS
    return Conclusion.OK
