"""Step 4: the suggested verdict, and what a decision asks for. Source: domain.md 2.1, 2.3 and 2.4."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from checks.codes import (
    Band,
    Check,
    Conclusion,
    ConditionStatus,
    FollowUpStatus,
    GoNoGo,
    Need,
    Origin,
    PartnerStatus,
    Status,
    TemperatureMethod,
    Verb,
    Verdict,
)
from checks.picture import Picture
from checks.temperature import band_of_reading
from checks.words import Words


@dataclass(frozen=True, slots=True)
class Settings:
    """What an organisation chose where the instrument leaves room: A2, A3 and A6 of domain.md 2.1.

    `allow_conditional_go`: may there be a go with question marks?
    `trajectory_when_mixed`: how firmly does a trajectory follow when the team is of two minds?
    `temperature_method`: how is the temperature taken by default?
    """

    allow_conditional_go: bool = False
    trajectory_when_mixed: Need = Need.ADVISED
    temperature_method: TemperatureMethod = TemperatureMethod.VOTES


# ---------- the verdict


class Reason(Enum):
    """Why a verdict is suggested."""

    CANNOT_BE_MET = Words("een noodzakelijke voorwaarde is niet te halen", "a necessary condition cannot be met")
    NOT_YET_MET = Words(
        "een noodzakelijke voorwaarde is niet of maar deels voldaan", "a necessary condition is not or only partly met"
    )
    OPEN_POINT = Words("er staat nog een opvolgpunt open", "a follow-up point is still open")
    CHECK_NOT_OK = Words("een check kwam uit op niet ok", "a check came out as not ok")
    ALL_IN_ORDER = Words(
        "elke voorwaarde is voldaan en geen opvolgpunt staat open",
        "every condition is met and no follow-up point is open",
    )


@dataclass(frozen=True, slots=True)
class SuggestedVerdict:
    verdict: Verdict
    reasons: tuple[Reason, ...]


def suggested_verdict(picture: Picture) -> SuggestedVerdict | None:
    """The verdict that the lists and checks come to, with its reasons.

    None before the three checks have a conclusion and both lists are confirmed. A condition that is past its
    date weighs as one that cannot be met only once the group says so, and then it is recorded as such.
    """
    conclusions = {check: getattr(picture.checks, check).conclusion for check in Check}
    if None in conclusions.values() or None in (picture.confirmed.followups, picture.confirmed.conditions):
        return None
    statuses = {condition.status for condition in picture.conditions}
    if ConditionStatus.CANNOT_BE_MET in statuses:
        return SuggestedVerdict(Verdict.NOT_OK, (Reason.CANNOT_BE_MET,))
    reasons = []
    if statuses & {ConditionStatus.NOT_MET, ConditionStatus.PARTLY}:
        reasons.append(Reason.NOT_YET_MET)
    if any(point.status.is_open for point in picture.followups):
        reasons.append(Reason.OPEN_POINT)
    if any(_untreated(picture, check) for check, value in conclusions.items() if value is Conclusion.NOT_OK):
        reasons.append(Reason.CHECK_NOT_OK)
    if reasons:
        return SuggestedVerdict(Verdict.QUESTION_MARKS, tuple(reasons))
    return SuggestedVerdict(Verdict.OK, (Reason.ALL_IN_ORDER,))


def _untreated(picture: Picture, check: Check) -> bool:
    """A check that is not ok counts as treated once an opvolgpunt about one of its questions is solved or lapsed."""
    from_check = {Check.DRIJFVEER: "s2.drive.", Check.EXPERTISE: "s2.exp.", Check.SAMENWERK: "s2.collab."}[check]
    return not any(
        point.question.startswith(from_check) and point.status in {FollowUpStatus.SOLVED, FollowUpStatus.LAPSED}
        for point in picture.followups
    )


# ---------- the table


class Start(Enum):
    """Whether a go may start."""

    NOW = "now"
    AFTER_TRAJECTORY = "after_trajectory"
    CONDITIONAL = "conditional"
    BLOCKED = "blocked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class MustFollow:
    """What a decision asks for.

    `row` is the row of the table in domain.md 2.4. `start` is None for a no-go. `review_months` is the number of
    months after which the first review comes. `remark` is the advice for the row, for whether a go may start, and
    for a temperature that was not taken.
    """

    row: int
    start: Start | None
    trajectory: Need
    talk_team: Need
    talk_partners: Need
    review_months: int | None
    remark: Words

    @property
    def allowed(self) -> bool:
        """Whether this decision may be taken as things stand; a blocked go goes back to the open points instead."""
        return self.start not in {Start.BLOCKED, Start.NOT_APPLICABLE}


CHANGE_FIRST = Words(
    "Pas het voorstel eerst aan: het gaat terug als nieuwe ronde.",
    "Change the proposal first: it goes back as a new round.",
)
BACK = Words(
    "Er zijn nog vragen. Neem ze mee terug naar de juiste stap.", "Questions remain. Take them back to the right step."
)
REMARKS: Mapping[int, Words] = {
    1: Words(
        "Vier dit samen. Kijk de uren nog één keer na: neem niet te veel hooi op jullie vork.",
        "Celebrate together. Check the hours once more: do not take on too much.",
    ),
    2: Words(
        "Je team had zin in dit idee en het gaat niet door. Maak tijd om dat uit te leggen en te verwerken. "
        "Kijk wat in het klein nog kan.",
        "Your team was keen and it is not going ahead. Take time to explain and digest. "
        "See what can still be done on a small scale.",
    ),
    3: Words(
        "Praat met wie twijfelt en kijk na drie maanden terug.", "Talk with those in doubt; review after three months."
    ),
    4: Words("Praat met het deel van het team dat er wel zin in had.", "Talk with the part of the team that was keen."),
    5: Words(
        "Jullie gaan ervoor, maar je team is nog niet mee. Spreek af hoe je daarmee omgaat: "
        "waarom kiest het beleidsteam dit toch, en wat kan het team zelf vormgeven?",
        "You go ahead, but your team is not on board yet. Agree how to deal with that: "
        "why does the policy team choose this all the same, and what can the team shape itself?",
    ),
    6: Words("Beslissing en gevoel zitten op één lijn.", "Decision and feeling match."),
    7: BACK,
    8: Words(
        "Leg uit welke vraag de doorslag gaf. Je team had er zin in: maak tijd om het te verwerken.",
        "Explain which question decided it. Your team was keen: take time to digest it.",
    ),
    9: BACK,
    10: Words("Leg uit welke vraag de doorslag gaf.", "Explain which question decided it."),
    11: Words(
        "Er zijn nog vragen en het team is niet mee: twee rode lichten. Neem de vragen mee terug.",
        "Questions remain and the team is not on board: two red lights. Take the questions back.",
    ),
    12: Words("Beslissing en gevoel zitten op één lijn.", "Decision and feeling match."),
    13: CHANGE_FIRST,
    14: Words(
        "De ontgoocheling gaat over hoe het is, niet over het beleidsteam. Maak er samen tijd voor.",
        "The disappointment is with how things are, not with the policy team. Make time for it together.",
    ),
    15: CHANGE_FIRST,
    16: Words(
        "Dit voorstel lukt zo niet. Plan een gesprek: wat leerden we, wat kan later?",
        "This proposal does not work as it is. Plan a talk: what did we learn, what may be possible later?",
    ),
    17: CHANGE_FIRST,
    18: Words("Hou het gesprek kort, vooral met de partners.", "Keep the talk short, mainly with the partners."),
}
GO_WITH_QUESTIONS = Words(
    "Jullie gaan ervoor terwijl er nog vragen zijn. Zorg dat elk open punt een eigenaar en een datum heeft.",
    "You go ahead while questions remain. See to it that each open point has an owner and a date.",
)
# The remark of a go with question marks that goes on all the same: conditional, or let through by the coordinator.
REMARKS_OF_GO_WITH_QUESTIONS: Mapping[int, Words] = {
    7: GO_WITH_QUESTIONS,
    9: GO_WITH_QUESTIONS,
    11: Words(
        "Jullie gaan ervoor terwijl er nog vragen zijn en het team niet mee is. Zorg dat elk open punt een eigenaar "
        "en een datum heeft, en spreek met het team een traject af.",
        "You go ahead while questions remain and the team is not on board. See to it that each open point has an "
        "owner and a date, and agree on a trajectory with the team.",
    ),
}
NOT_MEASURED = Words(
    "De temperatuur van het team is niet gemeten. Praat met je team over deze beslissing.",
    "The temperature of the team was not taken. Talk with your team about this decision.",
)
# What comes after that, for the rows whose own remark says what part of the team thinks.
REMARKS_WHEN_NOT_MEASURED: Mapping[int, Words] = {
    3: Words("Kijk na drie maanden terug.", "Review after three months."),
    4: Words("Leg uit waarom het niet doorgaat.", "Explain why it is not going ahead."),
}

_VERDICTS = [Verdict.OK, Verdict.QUESTION_MARKS, Verdict.NOT_OK]
_BANDS = [Band.MUCH, Band.MIXED, Band.LITTLE]
_DECISIONS = [GoNoGo.GO, GoNoGo.NO_GO]


def row_of(verdict: Verdict, temperature: Band, decision: GoNoGo) -> int:
    """The number, 1 to 18, of a row of the table. A temperature that was not taken is treated as mixed."""
    warmth = Band.MIXED if temperature is Band.UNKNOWN else temperature
    return 6 * _VERDICTS.index(verdict) + 2 * _BANDS.index(warmth) + _DECISIONS.index(decision) + 1


def must_follow(
    verdict: Verdict,
    temperature: Band,
    decision: GoNoGo,
    *,
    partners_wait: bool,
    settings: Settings = Settings(),
    overridden: bool = False,
) -> MustFollow:
    """The row of the 18-row table for one combination, with what must follow.

    `partners_wait`: a partner is owed an answer (see `partners_wait_for_an_answer`).
    `overridden`: the coordinator lifted a blocked row with a note.
    """
    row = row_of(verdict, temperature, decision)
    warmth = Band.MIXED if temperature is Band.UNKNOWN else temperature
    go = decision is GoNoGo.GO
    start = _start(verdict, warmth, settings, overridden=overridden) if go else None
    trajectory = _trajectory(verdict, warmth, decision, settings)
    if start in {Start.BLOCKED, Start.NOT_APPLICABLE}:
        trajectory = Need.NONE
    no_go_talk = Need.REQUIRED if verdict is Verdict.NOT_OK else Need.ADVISED
    return MustFollow(
        row=row,
        start=start,
        trajectory=trajectory,
        talk_team=Need.NONE if go else no_go_talk,
        talk_partners=Need.REQUIRED if not go and partners_wait else Need.NONE,
        review_months=_review_months(start, verdict, warmth),
        remark=_remark(row, start, measured=temperature is not Band.UNKNOWN or verdict is Verdict.NOT_OK),
    )


def _remark(row: int, start: Start | None, *, measured: bool) -> Words:
    """The advice; `measured` is True as well where no temperature is asked for."""
    remark = REMARKS[row]
    if row in REMARKS_OF_GO_WITH_QUESTIONS and start is not Start.BLOCKED:
        remark = REMARKS_OF_GO_WITH_QUESTIONS[row]
    if measured:
        return remark
    after = REMARKS_WHEN_NOT_MEASURED.get(row, remark)
    return Words(f"{NOT_MEASURED.nl} {after.nl}", f"{NOT_MEASURED.en} {after.en}")


def _start(verdict: Verdict, warmth: Band, settings: Settings, *, overridden: bool) -> Start:
    if verdict is Verdict.NOT_OK:
        return Start.NOT_APPLICABLE
    if verdict is Verdict.OK:
        return Start.AFTER_TRAJECTORY if warmth is Band.LITTLE else Start.NOW
    if warmth is Band.LITTLE:
        return Start.AFTER_TRAJECTORY if overridden else Start.BLOCKED
    return Start.CONDITIONAL if settings.allow_conditional_go or overridden else Start.BLOCKED


def _trajectory(verdict: Verdict, warmth: Band, decision: GoNoGo, settings: Settings) -> Need:
    go = decision is GoNoGo.GO
    if go and warmth is Band.LITTLE:
        return Need.REQUIRED
    if not go and warmth is Band.MUCH:
        return Need.ADVISED if verdict is Verdict.NOT_OK else Need.REQUIRED
    if warmth is Band.MIXED and verdict is not Verdict.NOT_OK:
        return settings.trajectory_when_mixed
    return Need.NONE


def _review_months(start: Start | None, verdict: Verdict, warmth: Band) -> int | None:
    if start in {None, Start.BLOCKED, Start.NOT_APPLICABLE}:
        return None
    return 3 if verdict is Verdict.OK and warmth is not Band.MUCH else 6


def may_be_conditional(picture: Picture) -> bool:
    """Whether a go with question marks can be carried: no condition is open and each open point has owner and day.

    Source: domain.md 2.1, A2.
    """
    open_points = [point for point in picture.followups if point.status.is_open]
    return all(condition.status is ConditionStatus.MET for condition in picture.conditions) and all(
        point.owner and point.due for point in open_points
    )


def partners_wait_for_an_answer(picture: Picture) -> bool:
    """Whether a partner is approached, involved or confirmed, or brought the idea. Source: domain.md 2.4."""
    spoken_to = {PartnerStatus.APPROACHED, PartnerStatus.INVOLVED, PartnerStatus.CONFIRMED}
    return picture.origin.type is Origin.EXTERNAL_PARTNER or any(
        partner.status in spoken_to for partner in picture.partners
    )


def is_early(picture: Picture) -> bool:
    """Whether the decision was taken in step 0 or 1, by the way that the idea went or else by its step.

    A no-go that was put into other words stays as early as it was.
    """
    taken = [event for event in picture.transitions if event.verb is Verb.DECIDE]
    event = next((event for event in reversed(taken) if event.from_status is not Status.NO_GO), None)
    return (event.from_step if event else picture.step) in {None, 1}


def follows_from(picture: Picture, settings: Settings = Settings()) -> MustFollow | None:
    """What must follow the decision of this idea; None while verdict or decision is missing.

    A no-go in step 0 or 1 needs no talk with partners: a message counts as one. A go that was recorded as
    conditional stays one, whatever the settings are today.
    """
    if picture.verdict is None or picture.decision is None:
        return None
    conditional = picture.decision.conditional or (settings.allow_conditional_go and may_be_conditional(picture))
    return must_follow(
        picture.verdict,
        band_of(picture),
        picture.decision.value,
        partners_wait=partners_wait_for_an_answer(picture) and not is_early(picture),
        settings=replace(settings, allow_conditional_go=conditional),
        overridden=bool(picture.decision.override),
    )


def band_of(picture: Picture) -> Band:
    """How warm the own team is by the reading that counts: the last one, or for a decision the last one before it."""
    readings = [reading for reading in (*picture.earlier_votes, picture.votes) if reading]
    taken = [reading for reading in readings if _is_before_the_decision(reading.date, picture)]
    return band_of_reading(taken[-1] if taken else None)


def _is_before_the_decision(day: date | None, picture: Picture) -> bool:
    decided = picture.decision.date if picture.decision else None
    return day is None or decided is None or day <= decided


def is_since_the_decision(day: date | None, picture: Picture) -> bool:
    """Whether something of that day can follow the current decision, or one of the same value just before it."""
    if picture.decision is None or day is None:
        return True
    since = picture.decision.date
    for earlier in reversed(picture.earlier_decisions):
        if earlier.value is not picture.decision.value:
            break
        since = earlier.date
    return since is None or day >= since


class TalkWith(Enum):
    """With whom an evaluation talk is held."""

    TEAM = Words("het eigen team", "the own team")
    PARTNERS = Words("de partners", "the partners")


def is_talk_held(picture: Picture, whom: TalkWith) -> bool:
    """Whether an evaluation talk was held with them. A talk that does not say with whom counts for both."""
    return any(
        is_since_the_decision(talk.date, picture)
        and (
            (talk.with_team if whom is TalkWith.TEAM else talk.with_partners)
            or (talk.with_team is None and talk.with_partners is None)
        )
        for talk in picture.talk
    )


def talks_owed(picture: Picture, follows: MustFollow | None) -> tuple[TalkWith, ...]:
    """With whom a required evaluation talk is not held yet."""
    if follows is None:
        return ()
    needs = {TalkWith.TEAM: follows.talk_team, TalkWith.PARTNERS: follows.talk_partners}
    return tuple(whom for whom, need in needs.items() if need is Need.REQUIRED and not is_talk_held(picture, whom))


STILL_OPEN = frozenset({Status.RECEIVED, Status.IN_STEP})
DECIDED = frozenset({Status.RUNNING, Status.FINISHED, Status.NO_GO})


def is_decided(picture: Picture) -> bool:
    """Whether a decision stands, also one of which the start still waits for its trajectory."""
    return picture.status in DECIDED or (picture.status is Status.IN_STEP and picture.decision is not None)
