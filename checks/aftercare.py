"""What must follow a decision, and how far each part of it is. Source: domain.md 1.2 (4d) and 2.4."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from checks.codes import GoNoGo, Need, Status
from checks.decision import (
    MustFollow,
    Settings,
    Start,
    TalkWith,
    follows_from,
    is_early,
    is_since_the_decision,
    is_talk_held,
    partners_wait_for_an_answer,
)
from checks.picture import Decision, Picture, Review, Trajectory
from checks.words import Code, Words


class Kind(Code):
    """What follows a decision."""

    START = "start", "de start", "the start"
    MESSAGE = "message", "bericht aan de partners", "message to the partners"
    TRAJECTORY = "trajectory", "traject met het team", "trajectory with the team"
    TALK_TEAM = "talk_team", "gesprek met het eigen team", "talk with the own team"
    TALK_PARTNERS = "talk_partners", "gesprek met de partners", "talk with the partners"
    REVIEW = "review", "samen terugkijken", "looking back together"


class State(Code):
    """How far it is."""

    TO_DO = "todo", "nog te doen", "to do"
    PLANNED = "planned", "gepland", "planned"
    DONE = "done", "gedaan", "done"
    SKIPPED = "skipped", "overgeslagen, met een reden", "skipped, with a reason"


@dataclass(frozen=True, slots=True)
class Aftercare:
    """One thing that follows a decision: how firmly, how far it is, and in words what to do or what was done."""

    kind: Kind
    need: Need
    state: State
    words: Words


PLAN_THE_TRAJECTORY = Words(
    "Plan eerst het traject met je team: doel, wie het trekt en een eerste datum. Dan kan de samenwerking starten.",
    "First plan the trajectory with your team: its aim, who leads it and a first date. "
    "Then the collaboration can start.",
)
SETTLE_THE_REVIEW = Words(
    "De samenwerking is gestart. Spreek nog af wanneer jullie voor het eerst terugkijken.",
    "The collaboration has started. Still agree when you look back for the first time.",
)
WORDS: Mapping[tuple[Kind, State], Words] = {
    (Kind.START, State.TO_DO): Words(
        "Start de samenwerking, en spreek af wanneer jullie voor het eerst terugkijken.",
        "Start the collaboration, and agree when you look back for the first time.",
    ),
    (Kind.START, State.DONE): Words("De samenwerking is gestart.", "The collaboration has started."),
    (Kind.MESSAGE, State.TO_DO): Words("Breng de partners op de hoogte.", "Let the partners know."),
    (Kind.MESSAGE, State.DONE): Words("De partners weten het.", "The partners know."),
    (Kind.TRAJECTORY, State.TO_DO): Words(
        "Plan een traject met je team: doel, wie het trekt en een eerste datum.",
        "Plan a trajectory with your team: its aim, who leads it and a first date.",
    ),
    (Kind.TRAJECTORY, State.PLANNED): Words(
        "Het traject met je team is gepland. Rond het af als het doel bereikt is.",
        "The trajectory with your team is planned. Close it once its aim is reached.",
    ),
    (Kind.TRAJECTORY, State.DONE): Words(
        "Het traject met je team is afgerond.", "The trajectory with your team is closed."
    ),
    (Kind.TRAJECTORY, State.SKIPPED): Words(
        "Er komt geen traject met je team.", "There will be no trajectory with your team."
    ),
    (Kind.TALK_TEAM, State.TO_DO): Words(
        "Praat met je eigen team: wat leerden we, wat kan later?",
        "Talk with your own team: what did we learn, what may be possible later?",
    ),
    (Kind.TALK_TEAM, State.DONE): Words("Het eigen team is gehoord.", "The own team was heard."),
    (Kind.TALK_TEAM, State.SKIPPED): Words(
        "Er komt geen gesprek met het eigen team.", "There will be no talk with the own team."
    ),
    (Kind.TALK_PARTNERS, State.TO_DO): Words(
        "Praat met de partners: wat leerden we, wat kan later?",
        "Talk with the partners: what did we learn, what may be possible later?",
    ),
    (Kind.TALK_PARTNERS, State.DONE): Words("De partners zijn gehoord.", "The partners were heard."),
    (Kind.TALK_PARTNERS, State.SKIPPED): Words(
        "Er komt geen gesprek met de partners.", "There will be no talk with the partners."
    ),
    (Kind.REVIEW, State.TO_DO): Words(
        "Spreek af wanneer jullie samen terugkijken.", "Agree when you look back together."
    ),
    (Kind.REVIEW, State.PLANNED): Words(
        "Jullie spraken af wanneer jullie samen terugkijken.", "You agreed when you look back together."
    ),
    (Kind.REVIEW, State.DONE): Words("Jullie keken al samen terug.", "You have looked back together."),
}
STARTED = frozenset({Status.RUNNING, Status.FINISHED})


def aftercare(picture: Picture, settings: Settings = Settings()) -> tuple[Aftercare, ...]:  # noqa: B008 (frozen)
    """What must or may follow the current decision, in the order in which to do it. Nothing without a decision.

    As long as the verdict is missing, neither trajectory nor talks are known.
    """
    if picture.decision is None:
        return ()
    follows = follows_from(picture, settings)
    return tuple(
        Aftercare(kind, need, state, _words(picture, follows, kind, state))
        for kind, need, state in _all(picture, picture.decision, follows)
        if need is not Need.NONE
    )


def _all(picture: Picture, decision: Decision, follows: MustFollow | None) -> Iterator[tuple[Kind, Need, State]]:
    go = decision.value is GoNoGo.GO
    if go:
        yield Kind.START, Need.REQUIRED, _start(picture, decision)
    if partners_wait_for_an_answer(picture) and (go or is_early(picture)):
        yield Kind.MESSAGE, Need.REQUIRED, State.DONE if decision.partners_told else State.TO_DO
    if follows:
        yield (
            Kind.TRAJECTORY,
            follows.trajectory,
            _trajectory(current_trajectory(picture), decision, follows.trajectory),
        )
        yield Kind.TALK_TEAM, follows.talk_team, _talk(picture, TalkWith.TEAM, follows.talk_team)
        yield Kind.TALK_PARTNERS, follows.talk_partners, _talk(picture, TalkWith.PARTNERS, follows.talk_partners)
    if go:
        yield Kind.REVIEW, Need.ADVISED, _review(picture, decision)


def _start(picture: Picture, decision: Decision) -> State:
    """A go is started once it runs and the first review is planned; what is finished has been started."""
    if picture.status is Status.FINISHED:
        return State.DONE
    planned = decision.review is not None or bool(picture.reviews)
    return State.DONE if picture.status is Status.RUNNING and planned else State.TO_DO


def _trajectory(trajectory: Trajectory | None, decision: Decision, need: Need) -> State:
    if trajectory and trajectory.closed:
        return State.DONE
    if need is Need.ADVISED and decision.trajectory_skipped.strip():
        return State.SKIPPED
    return State.PLANNED if is_planned(trajectory) else State.TO_DO


def _talk(picture: Picture, whom: TalkWith, need: Need) -> State:
    if is_talk_held(picture, whom):
        return State.DONE
    skipped = need is Need.ADVISED and picture.decision and picture.decision.talk_skipped.strip()
    return State.SKIPPED if skipped else State.TO_DO


def _review(picture: Picture, decision: Decision) -> State:
    if any(is_held(review) for review in picture.reviews):
        return State.DONE
    return State.PLANNED if decision.review or picture.reviews else State.TO_DO


def is_held(review: Review) -> bool:
    """Whether a review took place: one that only says when it comes did not yet."""
    return replace(review, next=None) != Review()


def agreed_review(picture: Picture) -> date | None:
    """The day on which to look back next, as the last review says, or else the decision."""
    if picture.reviews:
        return picture.reviews[-1].next
    return picture.decision.review if picture.decision else None


def _words(picture: Picture, follows: MustFollow | None, kind: Kind, state: State) -> Words:
    if kind is Kind.START and state is State.TO_DO:
        if picture.status in STARTED:
            return SETTLE_THE_REVIEW
        if _waits_for_its_trajectory(picture, follows):
            return PLAN_THE_TRAJECTORY
    return WORDS[kind, state]


def current_trajectory(picture: Picture) -> Trajectory | None:
    """The trajectory, unless it was closed before this decision and so belongs to another one."""
    trajectory = picture.trajectory
    return trajectory if trajectory and is_since_the_decision(trajectory.closed, picture) else None


def is_planned(trajectory: Trajectory | None) -> bool:
    """Whether a trajectory has an aim, an owner and a first action with a date, or is closed already."""
    if trajectory is None:
        return False
    dated = any(action.due or action.done for action in trajectory.actions)
    return trajectory.closed is not None or bool(trajectory.aim.strip() and trajectory.owner.strip() and dated)


def _waits_for_its_trajectory(picture: Picture, follows: MustFollow | None) -> bool:
    return (
        follows is not None and follows.start is Start.AFTER_TRAJECTORY and not is_planned(current_trajectory(picture))
    )


def may_start(picture: Picture, settings: Settings = Settings()) -> bool:  # noqa: B008 (frozen)
    """Whether a go that is not running yet may start: at once, or as soon as its trajectory is planned.

    A go that cannot stand as things are now, because the verdict changed, may not.
    """
    follows = follows_from(picture, settings)
    if picture.status is not Status.IN_STEP or follows is None or follows.start is None:
        return False
    return follows.allowed and not _waits_for_its_trajectory(picture, follows)
