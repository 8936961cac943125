"""What waits for somebody: one thing, and who can name such things."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext

from checks.words import Words
from ideas.access import Act
from ideas.models import Idea


@dataclass(frozen=True)
class Waits:
    """One thing that waits for a member (its id).

    `key` tells it from all others, for as long as it exists ("followup-12"). `kind` is what it is, with a capital.
    `link` is the exact spot, as a path. `due` is by when: a day, or a moment with a zone for what has an hour, which
    may last `until` another; what is `held` takes place then, perhaps at a `place`. `since` is the day since which it
    waits, where that is not at once. `came` is when it came to them: the next digest says so. `to` is what whoever does
    it instead must be allowed to do; what is `personal` nobody does instead. `about` says more of what it is, `of_whom`
    whose it is, for who does it instead.
    """

    member: int
    key: str
    kind: Words
    idea: Idea
    link: str
    due: date | datetime | None = None
    until: datetime | None = None
    since: date | None = None
    came: datetime | None = None
    to: Act = Act.READ
    personal: bool = False
    about: Words | None = None
    of_whom: str = ""
    held: bool = False
    place: str = ""

    @property
    def called(self) -> str:
        """The title of its idea, in words that may stand anywhere: that of a confidential one stands nowhere."""
        return gettext("a confidential idea") if self.idea.confidential else self.idea.title

    @property
    def day(self) -> date | None:
        """The day by when."""
        return timezone.localtime(self.due).date() if isinstance(self.due, datetime) else self.due

    @property
    def hour(self) -> str:
        """The hour at which it starts, where it has one."""
        return f"{timezone.localtime(self.due):%H:%M}" if isinstance(self.due, datetime) else ""


# Names what waits for these members on this day, in a number of queries that does not grow with them.
type Provider = Callable[[Collection[int], date], Iterable[Waits]]
