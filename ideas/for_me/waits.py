"""What waits for each member, from every part that has something of the kind."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, prefetch_related_objects

from ideas import due
from ideas.access import standing_of, with_named
from ideas.for_me import providers
from ideas.meetings import waits as meetings
from ideas.models import Idea
from ideas.voting import waits as voting
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
    voting.to_vote,
)


def waits_for(members: Iterable[Member], today: date, *, handed_over: bool = True) -> dict[int, list[Waits]]:
    """What waits for each of these members (by id), the most urgent first, in a fixed number of queries.

    Where `handed_over`, what waits for somebody who is away stands with whoever replaces them, where those may do it;
    otherwise it stays with the one who is away. What is about a confidential idea comes to those only who read it.
    """
    asked = {member.pk: member for member in members}
    owners = asked | (_replaced_by(asked, today) if handed_over else {})
    told = [waits for provide in PROVIDERS for waits in provide(owners.keys(), today)]
    instead = {pk: one.replacement for pk, one in owners.items() if handed_over and one.is_away_on(today)}
    guarded = [waits.idea for waits in told if waits.idea.confidential or instead.get(waits.member)]
    prefetch_related_objects(guarded, with_named(), "idea_owner")
    found: dict[int, dict[str, Waits]] = {pk: {} for pk in asked}
    for waits in told:
        owner = owners[waits.member]
        replacement = None if waits.personal else instead.get(waits.member)
        if replacement and _reads(replacement, waits.idea) and standing_of(replacement, waits.idea).may(waits.to):
            at = replacement
        elif _reads(owner, waits.idea):
            at = owner
        else:
            continue
        if at.pk in found:
            found[at.pk].setdefault(waits.key, waits)
    return {pk: sorted(each.values(), key=_urgency) for pk, each in found.items()}


def _replaced_by(asked: Mapping[int, Member], today: date) -> dict[int, Member]:
    """Those who are away and whom one of these members replaces, and those of these members who are away themselves.

    A replacement is one step, here as everywhere: who replaces somebody who in turn replaces another has nothing of it.
    """
    away = Member.objects.present().filter(away_from__lte=today, away_until__gte=today, replacement__ended=None)
    theirs = away.filter(Q(replacement__in=asked) | Q(pk__in=asked))
    return {member.pk: member for member in theirs.select_related("replacement")}


def _reads(member: Member, idea: Idea) -> bool:
    return not idea.confidential or member.policy_team or member.coordinator or standing_of(member, idea).named


def _urgency(waits: Waits) -> tuple[bool, date, str]:
    return waits.day is None, waits.day or date.max, waits.key
