"""The way of an idea: what can be done with it where it stands, and what a step leaves behind.

Source: domain.md 1.2 and 2.1 (A7), design.md §4.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto

from checks.codes import Status, Verb
from checks.picture import Finance, FollowUp, Picture
from checks.places import open_questions
from checks.words import Words

FIRST_STEP, LAST_STEP = 1, 4

# From which statuses each thing can be done; `why_not` asks more of some.
FROM: Mapping[Verb, frozenset[Status]] = {
    Verb.RECEIVE: frozenset(),
    Verb.TAKE_UP: frozenset({Status.RECEIVED, Status.PAUSED}),
    Verb.DECLINE: frozenset({Status.RECEIVED, Status.PAUSED}),
    Verb.PARK: frozenset({Status.RECEIVED}),
    Verb.MOVE_ON: frozenset({Status.IN_STEP}),
    Verb.SEND_BACK: frozenset({Status.IN_STEP}),
    Verb.PAUSE: frozenset({Status.IN_STEP}),
    Verb.RESUME: frozenset({Status.PAUSED}),
    Verb.STOP: frozenset({Status.IN_STEP, Status.PAUSED}),
    Verb.REOPEN: frozenset({Status.STOPPED, Status.NO_GO, Status.NOT_FOLLOWED}),
    Verb.HAND_OVER: frozenset({Status.IN_STEP, Status.PAUSED, Status.RUNNING, Status.NO_GO}),
    Verb.MERGE: frozenset({Status.RECEIVED, Status.IN_STEP, Status.PAUSED}),
    Verb.UNMERGE: frozenset({Status.MERGED}),
    Verb.DECIDE: frozenset({Status.IN_STEP, Status.RUNNING, Status.NO_GO}),
    Verb.START: frozenset({Status.IN_STEP}),
    Verb.RENEW: frozenset({Status.RUNNING}),
    Verb.FINISH: frozenset({Status.RUNNING}),
    Verb.CLOSE: frozenset({Status.RUNNING, Status.FINISHED, Status.NO_GO}),
}
# The statuses of an idea into which another may be merged.
MAY_TAKE_IN = frozenset({Status.RECEIVED, Status.IN_STEP, Status.PAUSED, Status.RUNNING})

PARKED_ONLY = frozenset({Verb.TAKE_UP, Verb.DECLINE})
NOT_WHEN_PARKED = frozenset({Verb.STOP, Verb.HAND_OVER})
NOT_WHEN_CLOSED = frozenset({Verb.DECIDE, Verb.CLOSE})
WHILE_A_GO_WAITS = frozenset({Verb.START, Verb.DECIDE, Verb.HAND_OVER})


class Stand(Enum):
    """Where an idea stands, as far as it matters for what can be done with it."""

    RECEIVED = auto()
    PARKED = auto()
    IN_STEP = auto()
    GO_WAITS = auto()
    PAUSED = auto()
    STOPPED = auto()
    NOT_FOLLOWED = auto()
    MERGED = auto()
    NO_GO = auto()
    RUNNING = auto()
    FINISHED = auto()


ALREADY_RECEIVED = Words(
    "Dit idee is al ontvangen. Gaat het om iets anders? Breng het dan in als een nieuw idee.",
    "This idea was received already. Is it about something else? Then enter it as a new idea.",
)
ALREADY_CLOSED = Words(
    "Dit idee is al afgesloten. Je hoeft niets meer te doen.",
    "This idea is closed already. There is nothing left to do.",
)
DECISION_STANDS = Words(
    "Dit idee is afgesloten, de beslissing ligt vast. Wil je iets nieuws? Breng het in als een nieuw idee.",
    "This idea is closed, the decision stands. Do you want something new? Enter it as a new idea.",
)
NO_GO_STANDS = Words(
    "Dit idee is afgesloten met een no go. Wil je er toch mee verder? Open het dan opnieuw.",
    "This idea was closed with a no go. Do you want to go on with it after all? Then reopen it.",
)
# Why something cannot be done where the idea stands, and what to do instead.
INSTEAD: Mapping[Stand, Words] = {
    Stand.RECEIVED: Words(
        "Dit idee wacht nog op een antwoord. Neem het eerst op, of bedank ervoor.",
        "This idea is still waiting for an answer. Take it up first, or decline with thanks.",
    ),
    Stand.PARKED: Words(
        "Dit idee is geparkeerd. Neem het eerst op, of bedank ervoor.",
        "This idea is parked. Take it up first, or decline with thanks.",
    ),
    Stand.IN_STEP: Words(
        "Dit idee is al opgenomen en onderweg. Ga verder in de stap waar het nu is.",
        "This idea is taken up and under way. Go on in the step where it is now.",
    ),
    Stand.GO_WAITS: Words(
        "Er is een go, maar het idee is nog niet gestart. Start het eerst, of neem de beslissing opnieuw.",
        "There is a go, but the idea has not started yet. Start it first, or take the decision again.",
    ),
    Stand.PAUSED: Words(
        "Dit idee is gepauzeerd. Hervat het eerst.",
        "This idea is paused. Resume it first.",
    ),
    Stand.STOPPED: Words(
        "Dit idee is gestopt. Wil je er toch mee verder? Open het dan opnieuw.",
        "This idea is stopped. Do you want to go on with it after all? Then reopen it.",
    ),
    Stand.NOT_FOLLOWED: Words(
        "Voor dit idee is bedankt. Wil je er toch mee verder? Open het dan opnieuw.",
        "This idea was declined with thanks. Do you want to go on with it after all? Then reopen it.",
    ),
    Stand.MERGED: Words(
        "Dit idee ging verder in een ander idee. Werk daar verder, of maak het eerst weer los.",
        "This idea went on in another one. Work on it there, or take it apart again first.",
    ),
    Stand.NO_GO: Words(
        "Dit idee kreeg een no go. Wil je er toch mee verder? Open het dan opnieuw.",
        "This idea got a no go. Do you want to go on with it after all? Then reopen it.",
    ),
    Stand.RUNNING: Words(
        "Dit idee loopt al. Is het klaar of stopt de samenwerking? Rond het dan af.",
        "This idea is running already. Is it done, or does the collaboration stop? Then finish it.",
    ),
    Stand.FINISHED: Words(
        "Deze samenwerking is afgerond. Komt er een vervolg? Breng het in als een nieuw idee.",
        "This collaboration is finished. Is there a sequel? Enter it as a new idea.",
    ),
}
STOP_INSTEAD = Words(
    "Dit idee was al opgenomen. Gaat het niet door? Stop het dan.",
    "This idea was taken up already. Is it not going ahead? Then stop it.",
)
DECLINE_INSTEAD = Words(
    "Dit idee is nog niet opgenomen. Gaat het niet door? Bedank er dan voor.",
    "This idea is not taken up yet. Is it not going ahead? Then decline with thanks.",
)
DECIDE_FIRST = Words(
    "Er is nog geen go. Neem eerst de beslissing in stap 4.",
    "There is no go yet. Take the decision in step 4 first.",
)
NOTHING_TO_TAKE_APART = Words(
    "Dit idee staat op zichzelf. Je hoeft het niet los te maken.",
    "This idea stands on its own. There is nothing to take apart.",
)
# The same for one thing in particular.
INSTEAD_OF: Mapping[tuple[Stand, Verb], Words] = {
    (Stand.RECEIVED, Verb.PAUSE): Words(
        "Dit idee is nog niet opgenomen. Moet het wachten? Parkeer het dan.",
        "This idea is not taken up yet. Must it wait? Then park it.",
    ),
    (Stand.RECEIVED, Verb.STOP): DECLINE_INSTEAD,
    (Stand.PARKED, Verb.STOP): DECLINE_INSTEAD,
    (Stand.IN_STEP, Verb.DECLINE): STOP_INSTEAD,
    (Stand.PAUSED, Verb.DECLINE): STOP_INSTEAD,
    (Stand.IN_STEP, Verb.PARK): Words(
        "Dit idee was al opgenomen. Moet het wachten? Pauzeer het dan.",
        "This idea was taken up already. Must it wait? Then pause it.",
    ),
    (Stand.IN_STEP, Verb.MOVE_ON): Words(
        "Dit is de laatste stap. Neem hier de beslissing: go of no go.",
        "This is the last step. Take the decision here: go or no go.",
    ),
    (Stand.IN_STEP, Verb.SEND_BACK): Words(
        "Dit is de eerste stap: verder terug kan niet. Vul hier gewoon aan wat nog ontbreekt.",
        "This is the first step: there is nothing to go back to. Just add here what is still missing.",
    ),
    (Stand.IN_STEP, Verb.START): DECIDE_FIRST,
    (Stand.IN_STEP, Verb.RENEW): DECIDE_FIRST,
    (Stand.IN_STEP, Verb.FINISH): DECIDE_FIRST,
    (Stand.IN_STEP, Verb.CLOSE): Words(
        "Er is nog niets beslist. Neem eerst de beslissing in stap 4, of stop het idee.",
        "Nothing is decided yet. Take the decision in step 4 first, or stop the idea.",
    ),
}


def is_possible(verb: Verb, *, status: Status, step: int | None, decided: bool, closed: bool) -> bool:
    """Whether this can be done with an idea as it stands; `decided` is whether it has a current decision."""
    return why_not(verb, status=status, step=step, decided=decided, closed=closed) is None


def why_not(verb: Verb, *, status: Status, step: int | None, decided: bool, closed: bool) -> Words | None:
    """Why this cannot be done now and what to do instead, or None where it can.

    `decided` is whether the idea has a current decision. In a step, that is a go that is not started yet.
    """
    if verb is Verb.RECEIVE:
        return ALREADY_RECEIVED
    stand = _stand(status, step, decided)
    if closed and verb in NOT_WHEN_CLOSED and status in FROM[verb]:
        if verb is Verb.CLOSE:
            return ALREADY_CLOSED
        return NO_GO_STANDS if status is Status.NO_GO else DECISION_STANDS
    if status in FROM[verb] and _fits(verb, stand, step):
        return None
    if verb is Verb.UNMERGE:
        return NOTHING_TO_TAKE_APART
    return INSTEAD_OF.get((stand, verb), INSTEAD[stand])


def _stand(status: Status, step: int | None, decided: bool) -> Stand:
    if status is Status.PAUSED and step is None:
        return Stand.PARKED
    if status is Status.IN_STEP and decided:
        return Stand.GO_WAITS
    return Stand[status.name]


def _fits(verb: Verb, stand: Stand, step: int | None) -> bool:
    """What a thing asks beyond the status: a later step or an earlier one, a go that waits, an idea that is parked."""
    if stand is Stand.GO_WAITS:
        return verb in WHILE_A_GO_WAITS
    if stand is Stand.PARKED:
        return verb not in NOT_WHEN_PARKED
    if stand is Stand.PAUSED:
        return verb not in PARKED_ONLY
    if verb is Verb.MOVE_ON:
        return step != LAST_STEP
    if verb is Verb.SEND_BACK:
        return step != FIRST_STEP
    return verb is not Verb.START


# ---------- an idea that may disappear

# What the intake records, the way included.
INTAKE = (
    "title", "slug", "own_org", "summary", "status", "step", "round", "received", "answer_needed_by", "revisit_on",
    "confidential", "test", "origin", "idea_owner", "team", "motive", "themes", "transitions",
)  # fmt: skip
_NOTHING = Picture(title="-")


def may_be_deleted(picture: Picture) -> bool:
    """Whether an idea may disappear: an exercise, or one of which nothing but the intake is recorded.

    Never once it was decided, and not while it goes on in another idea.
    """
    if picture.decision or picture.earlier_decisions or picture.merged_into:
        return False
    return picture.test or replace(picture, **{name: getattr(_NOTHING, name) for name in INTAKE}) == _NOTHING


# ---------- what a step leaves behind

# Signal S12 of domain.md 3.
EMPTY_FRAME = Words("Het financiële kader is nog leeg.", "The financial frame is still empty.")


def has_no_frame(picture: Picture) -> bool:
    """Whether nothing at all is said about money."""
    return picture.finance == Finance()


def missing_before(picture: Picture, step: int) -> tuple[Words, ...]:
    """What was not talked about yet in this step, in the order of the conversation: open questions, then open points.

    An empty financial frame is named as such, instead of by its question.
    """
    questions = (
        EMPTY_FRAME if question.slug == "s1.how.finance" and has_no_frame(picture) else question.words
        for question in open_questions(picture, step)
    )
    points = (Words(point.text, point.text) for point in points_by_step(picture).get(step, ()))
    return (*questions, *points)


def points_by_step(picture: Picture) -> Mapping[int, tuple[FollowUp, ...]]:
    """The open opvolgpunten that name a step, by that step, the first step first."""
    waiting = [point for point in picture.followups if point.status.is_open]
    steps = sorted({point.step for point in waiting if point.step is not None})
    return {step: tuple(point for point in waiting if point.step == step) for step in steps}


def back_to(picture: Picture) -> int:
    """The step to which question marks return: the lowest that an open opvolgpunt names before step 4, or else step 1.

    Source: domain.md 2.1, A7.
    """
    lowest = min(points_by_step(picture), default=FIRST_STEP)
    return FIRST_STEP if lowest == LAST_STEP else lowest
