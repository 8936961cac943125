"""What waits for somebody at ideas, as each part of the house tells it: see `ideas.for_me.everything`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from checks.codes import Waiting
from ideas.models import Idea
from people.models import Member


@dataclass(frozen=True)
class Waits:
    """One thing that waits: `what` in words, `link` the exact spot, `due` the day by which."""

    what: str
    idea: Idea
    link: str
    due: date | None
    kind: Waiting


# Tells what waits for a member on a day, only of ideas that they may read, in a fixed number of queries.
type Provider = Callable[[Member, date], Iterable[Waits]]
