"""Where in the picture each question is answered, and whether it is."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter

from checks.catalogue import QUESTIONS, Part, Question
from checks.codes import EvidenceAbout, FollowUpStatus, GoNoGo, IndicatorKind, Need, PartnerStatus, Verdict
from checks.decision import follows_from
from checks.picture import Partner, Picture

# The questions of which the answer is one text, code, or code with a note, by its dotted place.
PLACES: Mapping[str, str] = {
    "s0.origin": "origin.type",
    "s0.owner": "idea_owner",
    "s0.motive": "motive",
    "s1.why.challenge": "challenge",
    "s1.how.approach": "approach",
    "s1.how.finance": "finance.text",
    "s2.prep.team": "preparation.team",
    "s2.prep.policy": "preparation.policy",
    "s2.drive.mission": "checks.drijfveer.mission",
    "s2.drive.vision": "checks.drijfveer.vision",
    "s2.drive.mandate": "checks.drijfveer.mandate",
    "s2.drive.finance_type": "checks.drijfveer.finance",
    "s2.drive.give_up": "checks.drijfveer.give_up",
    "s2.exp.inhouse": "checks.expertise.inhouse",
    "s2.exp.available": "checks.expertise.available",
    "s2.exp.attractive": "checks.expertise.attractive",
    "s2.exp.onboarding": "checks.expertise.onboarding",
    "s2.collab.beyond": "checks.samenwerk.beyond",
    "s2.collab.shared": "checks.samenwerk.shared",
    "s2.collab.all_partners": "checks.samenwerk.all_partners",
    "s2.collab.no_superfluous": "checks.samenwerk.no_superfluous",
    "s2.collab.pieces_known": "checks.samenwerk.pieces_known",
    "s2.collab.pieces_connected": "checks.samenwerk.pieces_connected",
    "s2.collab.equal": "checks.samenwerk.equal",
    "s2.collab.atmosphere": "checks.samenwerk.atmosphere",
    "s2.collab.coordination": "checks.samenwerk.coordination",
    "s3.enough": "enough",
    "s4.verdict": "verdict",
    "s4.decision": "decision",
    "s4.motivation": "decision.motivation",
}


def answer_at(picture: Picture, slug: str) -> object:
    """The text, the code, or the code with a note that answers a question of `PLACES`; None without a decision."""
    if picture.decision is None and PLACES[slug].startswith("decision"):
        return None
    return attrgetter(PLACES[slug])(picture)


def _every(rows: Iterable[object], answer: str) -> bool:
    """Whether there are rows and each has this answer."""
    answers = [getattr(row, answer) for row in rows]
    return bool(answers) and all(answers)


_NOTHING = Picture(title="-")
_DONE = {FollowUpStatus.SOLVED, FollowUpStatus.LAPSED}

_LISTS: Mapping[str, Callable[[Picture], bool]] = {
    "s1.why.evidence_problem": lambda p: any(e.about is EvidenceAbout.PROBLEM for e in p.evidence),
    "s1.why.evidence_answers": lambda p: any(e.about is EvidenceAbout.ANSWER for e in p.evidence),
    "s1.goals.list": lambda p: bool(p.goals),
    "s1.goals.clear": lambda p: _every(p.goals, "clear"),
    "s1.goals.feasible": lambda p: _every(p.goals, "feasible"),
    "s1.how.pieces": lambda p: bool(p.pieces),
    "s1.how.finance": lambda p: bool(p.finance.text) or p.finance.cost_year is not None,
    "s1.who.needed": lambda p: any(piece.by for piece in p.pieces),
    "s1.who.involved": lambda p: bool(p.partners),
    "s1.who.contribution": lambda p: _every(_still_in(p), "contribution"),
    "s1.who.willing": lambda p: _every(_still_in(p), "willing"),
    "s2.prep.support": lambda p: bool(p.preparation.support or p.preparation.not_needed),
    "s2.followups": lambda p: bool(p.followups or p.confirmed.followups),
    "s2.conditions": lambda p: bool(p.conditions or p.confirmed.conditions),
    "s3.back": lambda p: all(point.triage or point.status in _DONE for point in p.followups if point.step == 1),
    "s3.activities": lambda p: bool(p.activities or any(bundle.activities for bundle in p.bundles)),
    "s3.bundles": lambda p: bool(p.bundles),
    "s3.bundle.mandate": lambda p: _every(p.bundles, "mandate"),
    "s3.between": lambda p: bool(p.between),
    "s3.overall": lambda p: bool(p.overall),
    "s3.ind.process": lambda p: any(indicator.kind is IndicatorKind.PROCESS for indicator in p.indicators),
    "s3.ind.result": lambda p: any(indicator.kind is IndicatorKind.RESULT for indicator in p.indicators),
    "s4.check.followups": lambda p: all(point.status in _DONE for point in p.followups),
    "s4.check.conditions": lambda p: bool(p.conditions or p.confirmed.conditions),
    "s4.temperature": lambda p: p.votes is not None,
    "s4.talk": lambda p: bool(p.talk),
    "s4.trajectory": lambda p: p.trajectory is not None,
}


_ROWS: Mapping[str, Callable[[Picture], Iterable[object]]] = {
    "goal": lambda p: p.goals,
    "partner": lambda p: _still_in(p),
    "followup": lambda p: p.followups,
    "condition": lambda p: p.conditions,
    "bundle": lambda p: p.bundles,
}


def _still_in(picture: Picture) -> list[Partner]:
    return [partner for partner in picture.partners if partner.status is not PartnerStatus.DROPPED_OUT]


def is_answered(picture: Picture, slug: str) -> bool:
    """Whether a question has an answer; "weet ik niet" is one. A question for each row is, once every row has one."""
    if slug in _LISTS:
        return _LISTS[slug](picture)
    answer = answer_at(picture, slug)
    return bool(getattr(answer, "value", answer))


def is_begun(picture: Picture, step: int) -> bool:
    """Whether anything of a step was answered."""
    return any(
        is_answered(picture, slug) and not is_answered(_NOTHING, slug)
        for slug, question in QUESTIONS.items()
        if question.step == step
    )


def is_asked(picture: Picture, question: Question) -> bool:
    """Whether a question is put at all: some wait for a certain outcome of step 4, some for a row to be put to."""
    if question.per in _ROWS:
        return bool(_ROWS[question.per](picture))
    return _WHEN[question.when](picture)


def _is_a_no(picture: Picture) -> bool:
    decided_against = picture.decision is not None and picture.decision.value is GoNoGo.NO_GO
    return picture.verdict is Verdict.NOT_OK or decided_against


def _has_tension(picture: Picture) -> bool:
    follows = follows_from(picture)
    return picture.trajectory is not None or (follows is not None and follows.trajectory is not Need.NONE)


_WHEN: Mapping[str, Callable[[Picture], bool]] = {
    "": lambda p: True,
    "verdict=not_ok or decision=no_go": _is_a_no,
    "tension": _has_tension,
}


def open_questions(picture: Picture, step: int) -> list[Question]:
    """The core questions of a step that are put and have no answer yet, in the order of the conversation."""
    return [
        question
        for question in QUESTIONS.values()
        if question.step == step
        and question.core
        and is_asked(picture, question)
        and not is_answered(picture, question.slug)
    ]


def next_talk(picture: Picture, step: int) -> Part | None:
    """What the next talk is about: the first part of the step with an open question; None when there is none."""
    return next((question.part for question in open_questions(picture, step)), None)
