"""All that waits for a member, whichever part of the house tells it."""

from datetime import date

from ideas.for_me import providers
from ideas.waiting import Provider, Waits
from people.models import Member

PROVIDERS: tuple[Provider, ...] = (
    providers.asked,
    providers.answer_needed,
    providers.to_take_up,
    providers.to_prepare,
    providers.to_confirm_and_decide,
)


def waits_for(member: Member, today: date) -> list[Waits]:
    """All that waits for this member, the most urgent first; what has no day comes last."""
    told = [waits for provider in PROVIDERS for waits in provider(member, today)]
    return sorted(told, key=lambda waits: (waits.due is None, waits.due or today))
