"""What waits for each member, from every part that has something of the kind."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import prefetch_related_objects

from ideas import due
from ideas.access import standing_of, with_named
from ideas.for_me import providers
from ideas.meetings import waits as meetings
from ideas.models import Idea
from ideas.waiting import Provider, Waits
from people.models import Member

# Each part that knows what waits for somebody names its provider here.
PROVIDERS: tuple[Provider, ...] = (
    due.tasks,
    due.followed,
    meetings.meetings,
    providers.asked,
    providers.mentioned,
    providers.to_take_up,
    providers.to_prepare,
    providers.to_confirm_and_decide,
)


def waits_for(members: Iterable[Member], today: date, *, handed_over: bool = True) -> dict[int, list[Waits]]:
    """What waits for each of these members (by id), the most urgent first, in a fixed number of queries.

    Where `handed_over`, what waits for somebody who is away stands with whoever replaces them. What is about a
    confidential idea comes to those only who read it.
    """
    asked = {member.pk: member for member in members}
    at = receivers(asked, today) if handed_over else {pk: pk for pk in asked}
    told = [(asked[at[waits.member]], waits) for provide in PROVIDERS for waits in provide(at.keys(), today)]
    prefetch_related_objects([waits.idea for _, waits in told if waits.idea.confidential], with_named(), "idea_owner")
    found: dict[int, list[Waits]] = {pk: [] for pk in asked}
    for member, waits in told:
        if not waits.idea.confidential or _reads(member, waits.idea):
            found[member.pk].append(waits)
    return {pk: sorted(each, key=_urgency) for pk, each in found.items()}


def receivers(asked: Mapping[int, Member], today: date) -> dict[int, int]:
    """With which of these members stands what waits for whom: their own, and that of those whom they replace."""
    organisations = {member.organisation_id for member in asked.values()}
    away = {
        member.pk: member.replacement_id
        for member in Member.objects.present().filter(
            organisation__in=organisations, away_from__lte=today, away_until__gte=today
        )
    }
    found = {}
    for pk in {*asked, *away}:
        at = _at_last(pk, away)
        if at in asked:
            found[pk] = at
    return found


def _at_last(pk: int, away: Mapping[int, int | None]) -> int:
    """Who has it in the end, where a replacement may be away too; where that leads nowhere it waits for them."""
    seen = [pk]
    while seen[-1] in away:
        replacement = away[seen[-1]]
        if replacement is None or replacement in seen:
            return pk
        seen.append(replacement)
    return seen[-1]


def _reads(member: Member, idea: Idea) -> bool:
    return member.policy_team or member.coordinator or standing_of(member, idea).named


def _urgency(waits: Waits) -> tuple[bool, date, str]:
    return waits.day is None, waits.day or date.max, waits.key
