"""What the pages of an idea offer on its way, and why an idea stands still."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _

from checks.codes import Status, Verb
from checks.next_thing import NextThing
from checks.picture import Picture, Transition
from checks.running import is_or_was_running
from checks.way import is_possible, may_be_deleted
from checks.words import Code
from ideas.access import Act, Standing, ideas_for
from ideas.models import Idea
from ideas.way.doings import DOINGS
from ideas.way.people import people_of
from people.models import Member

# What comes first where an idea stands still.
WAY_BACK = {
    Status.PAUSED: Verb.RESUME,
    Status.STOPPED: Verb.REOPEN,
    Status.NOT_FOLLOWED: Verb.REOPEN,
    Status.NO_GO: Verb.REOPEN,
    Status.MERGED: Verb.UNMERGE,
}
STANDS_STILL = frozenset({Status.PAUSED, Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED})


@dataclass(frozen=True)
class Offer:
    """Something that can be done now, with the page on which to do it."""

    verb: Verb | None
    name: Promise | str
    url: str


@dataclass(frozen=True)
class Standstill:
    """Why an idea is paused, stopped, not followed or merged.

    `letter` is the page with the message, for who leads it. `other` is the idea in which it went on, None where the
    member may not read that.
    """

    event: Transition | None
    letter: str
    other: Idea | None


def offered(idea: Idea, picture: Picture, standing: Standing, coming: NextThing) -> dict[str, Any]:
    """For the template: the offer that comes first, the others, why the idea stands still, and who is named on it."""
    offers = _offers(idea, picture, standing)
    first = _first(offers, picture)
    return {
        "stands": stands(picture.status, picture.step),
        "first_offer": first,
        "first_is_next": first is not None and _is_next(first, picture, coming),
        "other_offers": [
            *_running(idea, picture),
            _meetings(idea),
            *(offer for offer in offers if offer is not first),
            Offer(None, _("Something like this before"), reverse("ideas:alike", args=[idea.pk])),
            _past(idea),
        ],
        "standstill": _standstill(idea, picture, standing) if picture.status in STANDS_STILL else None,
        "stand_in": _stand_in(idea),
        "people": SimpleLazyObject(lambda: people_of(idea, standing)),
    }


def stands(status: Status, step: int | None) -> Code:
    """Where an idea stands, in words: one that was put off before anybody took it up is parked."""
    return Verb.PARK if status is Status.PAUSED and step is None else status


def _offers(idea: Idea, picture: Picture, standing: Standing) -> list[Offer]:
    if not standing.may(Act.LEAD):
        return []
    now: dict[str, Any] = {
        "status": picture.status,
        "step": picture.step,
        "decided": picture.decision is not None,
        "closed": picture.closed is not None,
    }
    offers = [
        Offer(doing.verb, _name(doing.verb, doing.name, picture), reverse("ideas:way", args=[idea.pk, name]))
        for name, doing in DOINGS.items()
        if is_possible(doing.verb, **now)
    ]
    offers.append(Offer(None, _("Let somebody read along"), reverse("ideas:read_links", args=[idea.pk])))
    if picture.confidential:
        offers.append(Offer(None, _("Who read this"), reverse("ideas:readings", args=[idea.pk])))
    if may_be_deleted(picture):
        offers.append(Offer(None, _("Delete"), reverse("ideas:delete", args=[idea.pk])))
    return offers


def _running(idea: Idea, picture: Picture) -> list[Offer]:
    """How it goes since it runs, for everybody who reads the idea."""
    if not is_or_was_running(picture):
        return []
    return [Offer(None, _("How it runs"), reverse("ideas:running", args=[idea.pk]))]


def _past(idea: Idea) -> Offer:
    """What happened until now, for everybody who reads the idea."""
    return Offer(None, _("What happened"), reverse("ideas:timeline", args=[idea.pk]))


def _meetings(idea: Idea) -> Offer:
    """The meetings about it, for everybody who reads the idea."""
    return Offer(None, _("Meetings"), reverse("ideas:meetings", args=[idea.pk]))


def _name(verb: Verb, name: Promise, picture: Picture) -> Promise | str:
    if verb is Verb.MOVE_ON:
        return _("Go on to step %(step)s") % {"step": (picture.step or 0) + 1}
    return name


def _first(offers: Sequence[Offer], picture: Picture) -> Offer | None:
    """What most likely comes next on the way: on to the next step, taking it up, or the way back."""
    parked = picture.status is Status.PAUSED and picture.step is None
    wanted = {Status.RECEIVED: Verb.TAKE_UP, Status.IN_STEP: Verb.MOVE_ON, **WAY_BACK}.get(picture.status)
    wanted = Verb.TAKE_UP if parked else wanted
    return next((offer for offer in offers if offer.verb is wanted and wanted), None)


def _is_next(offer: Offer, picture: Picture, coming: NextThing) -> bool:
    """Whether this is the next thing to do, rather than something that is possible as well."""
    if offer.verb is Verb.MOVE_ON:
        return coming.step is not None and coming.step > (picture.step or 0)
    return offer.verb in {Verb.TAKE_UP, Verb.RESUME}


def _standstill(idea: Idea, picture: Picture, standing: Standing) -> Standstill:
    events = [event for event in picture.transitions if event.to_status is picture.status]
    event = next((event for event in reversed(events) if event.verb is not Verb.HAND_OVER), None)
    done = next((name for name, doing in DOINGS.items() if doing.is_done(picture.status, picture.step)), None)
    letter = reverse("ideas:way", args=[idea.pk, done]) if done and standing.may(Act.LEAD) else ""
    other = ideas_for(standing.member).filter(pk=idea.merged_into_id).first() if idea.merged_into_id else None
    return Standstill(event, letter, other)


def _stand_in(idea: Idea) -> Member | None:
    """Who follows the idea beside its follower today."""
    until = idea.stand_in_until
    return idea.stand_in if idea.stand_in_id and until and until >= timezone.localdate() else None
