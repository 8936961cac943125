"""On which days somebody is reminded of a day by which something is to be done."""

from datetime import date, timedelta

WEEK = timedelta(days=7)


def is_reminded(due: date, day: date) -> bool:
    """Whether this is a day for it: a week before, the day itself, and each week after, as long as it is open."""
    return day >= due - WEEK and (day - due).days % WEEK.days == 0


def is_reminded_between(due: date, after: date, until: date) -> bool:
    """Whether there is such a day after the one and until the other, that one included.

    So what fell on a day on which nobody was told is told on the next one.
    """
    first = max(due - WEEK, after + timedelta(days=1))
    ahead = -(first - due).days % WEEK.days
    return first + timedelta(days=ahead) <= until
