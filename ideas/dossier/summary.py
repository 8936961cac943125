"""The cover of a dossier, and the page that a board reads in two minutes."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from checks.aftercare import agreed_review
from checks.catalogue import STEPS
from checks.catalogue import Part as PartOfStep
from checks.codes import Band, Check, ConditionStatus, GoNoGo, Need, PartnerStatus, Status
from checks.conclusion import suggested_conclusion
from checks.decision import MustFollow, Settings, follows_from, is_decided, talks_owed
from checks.picture import Decision, Picture, SignalTold
from checks.puzzle import gaps
from checks.temperature import Temperature, temperature_of
from ideas.dossier.build import row, sign_of
from ideas.dossier.decide import how_many
from ideas.dossier.shapes import Cover, Line, Row, StepReached, Summary, Tension
from ideas.dossier.signals import open_signals
from ideas.dossier.wording import line, named_team, place, short_line, shorten
from ideas.wording import all_of, capital, day, duration, euro, say

GOALS_IN_SUMMARY = 3
# Sizes of the title on the cover, each with the longest title in characters that it carries.
SIZES = {"large": 45, "medium": 90, "small": 200}
# The temperatures that a decision can differ from.
TELLING = {Band.MUCH, Band.LITTLE}


def cover(
    picture: Picture, settings: Settings, organisation: str, *, draft: bool, on: date, sealed: tuple[str, ...] = ()
) -> Cover:
    """The cover: whose idea it is, how it ended or where it stands, and since when."""
    here = len(STEPS) if is_decided(picture) else picture.step or 0
    return Cover(
        kind=gettext("Dossier of a decision to collaborate"),
        organisation=organisation,
        draft=gettext("Draft of %(day)s") % {"day": day(on)} if draft else "",
        exercise=gettext("Exercise") if picture.test else "",
        confidential=gettext("Confidential") if picture.confidential else "",
        size=_size(picture),
        outcome=_outcome(picture),
        told=_told(picture, settings),
        steps=tuple(
            StepReached(number=number, sign=sign_of(number), name=say(name), reached=number <= here)
            for number, name in STEPS.items()
        ),
        foot=tuple(
            words
            for words in (
                gettext("Followed by: %(who)s") % {"who": picture.idea_owner} if picture.idea_owner else "",
                named_team(picture.team),
                gettext("Received on %(day)s") % {"day": day(picture.received)} if picture.received else "",
                *sealed,
            )
            if words
        ),
    )


def shared_cover(picture: Picture, organisation: str, on: date, sealed: tuple[str, ...]) -> Cover:
    """The cover of what is shared with partners: whose idea it is and as of when, and nothing of how it goes inside."""
    return Cover(
        kind=gettext("What we share with our partners"),
        organisation=organisation,
        draft="",
        exercise=gettext("Exercise") if picture.test else "",
        confidential="",
        size=_size(picture),
        outcome="",
        told="",
        steps=(),
        foot=(gettext("As it stood on %(day)s") % {"day": day(on)}, *sealed),
    )


def _size(picture: Picture) -> str:
    return next((size for size, longest in SIZES.items() if len(picture.title) <= longest), "small")


def _outcome(picture: Picture) -> str:
    if is_decided(picture) and picture.decision:
        return capital(say(picture.decision.value))
    if picture.status in {Status.IN_STEP, Status.RECEIVED}:
        return gettext("Not decided yet")
    return capital(say(picture.status))


def _told(picture: Picture, settings: Settings) -> str:
    decision = picture.decision
    if not is_decided(picture) or decision is None:
        here = place(picture.status, picture.step, picture.round)
        changes = [event for event in picture.transitions if event.from_status is not event.to_status]
        last = changes[-1] if changes else None
        why = shorten(last.why, 200)[0] if last and last.to_status is picture.status is not Status.IN_STEP else ""
        return " ".join(word for word in (capital(here) + ".", why) if word)
    told = [gettext("Decided on %(day)s.") % {"day": day(decision.date)} if decision.date else ""]
    if decision.imported:
        told.append(gettext("This decision came in from a file."))
    if decision.conditional:
        told.append(gettext("With question marks that are still followed up."))
    if picture.trajectory:
        follows = follows_from(picture, settings)
        differ = follows and follows.trajectory is not Need.NONE and temperature_of(picture.votes).band in TELLING
        told.append(
            gettext("With a trajectory, because decision and feeling in the own team differ.")
            if differ
            else gettext("With a trajectory for the own team.")
        )
    if picture.status is Status.FINISHED:
        told.append(gettext("The collaboration is finished."))
    return " ".join(word for word in told if word)


# ---------- the summary


def summary(picture: Picture, settings: Settings, room: float, signals: Iterable[SignalTold] = ()) -> Summary:
    """What a board needs to know, on one page: long texts are cut, the shorter the less `room` (1 is the most)."""
    follows = follows_from(picture, settings)
    temperature = temperature_of(picture.votes)
    lead, anchor = _lead(picture)
    told = [
        row(gettext("Decision"), *_decision(picture, room)),
        *_no_to_partners(picture.decision, room),
        row(gettext("Raad van bestuur"), *_directors(picture, room)),
        row(gettext("The idea"), short_line(picture.summary, 240 * room, "idea") if anchor != "idea" else []),
        row(say(PartOfStep.WHY), short_line(picture.challenge, 240 * room, "why") if anchor != "why" else []),
        row(say(PartOfStep.GOALS), _goals(picture, room)),
        row(gettext("Form"), line(text=_form(picture, room))),
        row(say(PartOfStep.WHO), _with_whom(picture, room)),
        row(gettext("The puzzle"), _pieces(picture, room)),
        row(gettext("Money"), line(text=_money(picture))),
        row(gettext("Checks"), line(text=_checks(picture))),
        row(gettext("Points and conditions"), *_points(picture, room)),
        row(say(PartOfStep.CONTROL), line(word=capital(say(picture.verdict)), tone=picture.verdict or "")),
        row(say(PartOfStep.TEMPERATURE), _temperature(temperature)),
        row(gettext("What follows"), *_follows(picture, follows, room)),
        row(gettext("Asks for attention"), short_line(open_signals(signals), 240 * room, "signals")),
    ]
    return Summary(
        title=gettext("In short"),
        lead=short_line(lead or gettext("Nothing is filled in yet."), 420 * room, anchor)[0],
        rows=tuple(one for some in told for one in some),
        tension=_tension(follows, temperature.band),
    )


def _decision(picture: Picture, room: float) -> Iterator[list[Line]]:
    if picture.decision:
        yield line(word=capital(say(picture.decision.value)), text=day(picture.decision.date))
        present = all_of(picture.decision.present)
        yield short_line(present, 160 * room, "decision-itself", gettext("Present"))


def _no_to_partners(decision: Decision | None, room: float) -> Iterator[list[Row]]:
    """Why not, what would change our mind, and when to look again."""
    if decision and decision.value is GoNoGo.NO_GO:
        itself = "decision-itself"
        yield row(gettext("Reasons for the partners"), short_line(decision.reasons, 240 * room, itself))
        yield row(gettext("What would change our mind"), short_line(decision.would_change, 160 * room, itself))
        yield row(gettext("Look at it again on"), line(text=day(decision.look_again)))


def _directors(picture: Picture, room: float) -> Iterator[list[Line]]:
    """What the raad van bestuur said last."""
    for one in picture.directors[-1:]:
        word = capital(say(one.outcome)) if one.outcome else gettext("Outcome not known yet.")
        told = ", ".join(words for words in (day(one.date), shorten(one.text, 80 * room)[0]) if words)
        yield line(word=word, text=told)


def _lead(picture: Picture) -> tuple[str, str]:
    """What a board should read first, and where the whole of it stands."""
    texts = [
        (picture.decision.motivation if picture.decision else "", "decision-itself"),
        (picture.summary, "idea"),
        (picture.challenge, "why"),
    ]
    return next(((text, anchor) for text, anchor in texts if text.strip()), ("", ""))


def _goals(picture: Picture, room: float) -> list[Line]:
    lines = [one for goal in picture.goals[:GOALS_IN_SUMMARY] for one in short_line(goal.text, 160 * room, "goals")]
    more = len(picture.goals) - GOALS_IN_SUMMARY
    if more > 0:
        words = ngettext("and one more goal", "and %(count)d more goals", more) % {"count": more}
        lines.append(Line(text=words, more="goals"))
    return lines


def _form(picture: Picture, room: float) -> str:
    coordination = picture.checks.samenwerk.coordination.value
    words = [
        say(picture.form),
        gettext("coordinated by: %(who)s") % {"who": say(coordination)} if coordination else "",
        duration(picture.duration),
        shorten(picture.legal_form, 80 * room)[0],
    ]
    return capital(", ".join(word for word in words if word))


def _with_whom(picture: Picture, room: float) -> list[Line]:
    at_the_table = [p.name for p in picture.partners if p.status in {PartnerStatus.INVOLVED, PartnerStatus.CONFIRMED}]
    maybe = [p.name for p in picture.partners if p.status in {PartnerStatus.POSSIBLE, PartnerStatus.APPROACHED}]
    return [
        *short_line(all_of(at_the_table), 240 * room, "who"),
        *short_line(all_of(maybe), 120 * room, "who", gettext("Perhaps")),
    ]


def _pieces(picture: Picture, room: float) -> list[Line]:
    needed = [piece for piece in picture.pieces if piece.needed]
    lacking = [piece.name for piece in gaps(picture)]
    if not needed:
        return []
    words = ngettext(
        "%(brought)d of %(count)d needed piece has somebody who brings it.",
        "%(brought)d of %(count)d needed pieces have somebody who brings them.",
        len(needed),
    )
    return [
        *line(text=words % {"brought": len(needed) - len(lacking), "count": len(needed)}),
        *short_line(all_of(lacking), 120 * room, "puzzle", gettext("Nobody brings")),
    ]


def _money(picture: Picture) -> str:
    finance = picture.finance
    certain = [income.amount for income in finance.income if income.certain and income.amount is not None]
    words = [
        gettext("%(amount)s a year") % {"amount": euro(finance.cost_year)} if finance.cost_year is not None else "",
        gettext("%(amount)s certain") % {"amount": euro(sum(certain, Decimal(0)))} if certain else "",
        gettext("our own share %(amount)s") % {"amount": euro(finance.own_share)}
        if finance.own_share is not None
        else "",
        say(picture.checks.drijfveer.finance.value),
    ]
    return capital(", ".join(word for word in words if word))


def _checks(picture: Picture) -> str:
    told = []
    for check in Check:
        given, suggested = getattr(picture.checks, check).conclusion, suggested_conclusion(picture, check)
        if given:
            told.append(f"{say(check)} {say(given)}")
        elif suggested:
            told.append(
                gettext("%(check)s %(conclusion)s (suggested)") % {"check": say(check), "conclusion": say(suggested)}
            )
    return capital(", ".join(told))


def _points(picture: Picture, room: float) -> Iterator[list[Line]]:
    met = sum(condition.status is ConditionStatus.MET for condition in picture.conditions)
    if picture.conditions:
        words = ngettext(
            "%(met)d of %(count)d necessary condition met.",
            "%(met)d of %(count)d necessary conditions met.",
            len(picture.conditions),
        )
        yield line(text=words % {"met": met, "count": len(picture.conditions)})
    for status in (ConditionStatus.CANNOT_BE_MET, ConditionStatus.NOT_MET, ConditionStatus.PARTLY):
        unmet = " · ".join(condition.text for condition in picture.conditions if condition.status is status)
        yield short_line(unmet, 240 * room, "conditions", capital(say(status)))
    open_points = sum(point.status.is_open for point in picture.followups)
    if open_points:
        words = ngettext(
            "One follow-up point is still open.", "%(count)d follow-up points are still open.", open_points
        )
        yield line(text=words % {"count": open_points})
    elif picture.followups:
        yield line(text=gettext("No follow-up point is open any more."))


def _temperature(temperature: Temperature) -> list[Line]:
    if temperature.reading is None:
        return []
    return line(word=capital(say(temperature.band)), text=how_many(temperature))


def _follows(picture: Picture, follows: MustFollow | None, room: float) -> Iterator[list[Line]]:
    if follows and follows.trajectory is Need.REQUIRED and picture.trajectory is None:
        yield line(text=gettext("A trajectory with the team must still be planned."))
    if picture.trajectory:
        yield short_line(picture.trajectory.aim, 160 * room, "trajectory", gettext("Trajectory"))
    owed = all_of(say(whom.value) for whom in talks_owed(picture, follows))
    if owed:
        yield line(text=gettext("An evaluation talk with %(whom)s must still be held.") % {"whom": owed})
    for talk in picture.talk[-1:]:
        yield line(gettext("Evaluation talk"), day(talk.date))
    yield line(gettext("Review agreed for"), day(agreed_review(picture)))
    if picture.status is Status.IN_STEP and picture.back_to_step:
        yield line(gettext("Goes back to"), place(None, picture.back_to_step))


def _tension(follows: MustFollow | None, temperature: Band) -> Tension | None:
    if follows is None or not follows.allowed or follows.trajectory is Need.NONE:
        return None
    if temperature in TELLING:
        title = gettext("Decision and feeling in the own team differ.")
    elif temperature is Band.MIXED:
        title = gettext("The own team is of two minds.")
    else:
        title = gettext("What the own team feels is not known.")
    return Tension(need=follows.trajectory, title=title, text=say(follows.remark))
