"""What waits for somebody at ideas: each part tells its own, and all of it together is in one order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import import_string

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


type Provider = Callable[[Member, date], Iterable[Waits]]
# What tells what waits for a member on a day, only of ideas that they may read: each in a fixed number of queries.
PROVIDERS = (
    "ideas.for_me.providers.asked",
    "ideas.for_me.providers.answer_needed",
    "ideas.for_me.providers.to_take_up",
    "ideas.for_me.providers.to_prepare",
    "ideas.for_me.providers.to_confirm_and_decide",
)


def waits_for(member: Member, today: date) -> list[Waits]:
    """All that waits for this member, the most urgent first; what has no day comes last."""
    providers: list[Provider] = [import_string(path) for path in PROVIDERS]
    told = [waits for provider in providers for waits in provider(member, today)]
    return sorted(told, key=lambda waits: (waits.due is None, waits.due or today))
