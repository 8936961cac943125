"""The signals about step 4 and what follows it. Source: domain.md 3, S38 to S40, S60, S63 and S65."""

from collections.abc import Iterator
from datetime import timedelta

from checks.aftercare import Kind, State, aftercare
from checks.catalogue import QUESTIONS
from checks.codes import Band, Check, GoNoGo, Need, Severity, Status, Verdict
from checks.decision import band_of
from checks.picture import Review
from checks.places import is_answered, is_asked
from checks.signals.signal import Found, Look, Rule
from checks.words import Words

ATTENTION, SERIOUS = Severity.ATTENTION, Severity.SERIOUS
DAYS_OF_A_MONTH = 30.44


def temperature_is_not_taken(look: Look) -> Iterator[Found]:
    picture = look.picture
    conditional_go = picture.decision is not None and picture.decision.conditional
    if (picture.verdict is Verdict.OK or conditional_go) and band_of(picture) is Band.UNKNOWN:
        yield Found(rests_on=(picture.verdict, picture.votes.counts if picture.votes else None))


def tension_without_trajectory(look: Look) -> Iterator[Found]:
    for item in aftercare(look.picture, look.settings):
        if item.kind is Kind.TRAJECTORY and item.need is Need.REQUIRED and item.state is State.TO_DO:
            yield Found(rests_on=(look.picture.decision and look.picture.decision.value, band_of(look.picture)))


def no_talk_after_a_no(look: Look) -> Iterator[Found]:
    """Without a decision, the verdict that it does not work is such a no as well."""
    picture, decision = look.picture, look.picture.decision
    if decision is None:
        if picture.verdict is Verdict.NOT_OK and not picture.talk:
            yield Found(rests_on=(picture.verdict,))
    elif decision.value is GoNoGo.NO_GO:
        talks = {Kind.TALK_TEAM, Kind.TALK_PARTNERS}
        owed = [item for item in aftercare(picture, look.settings) if item.kind in talks and item.state is State.TO_DO]
        if owed or _all_talks_too_late(look):
            yield Found(rests_on=(decision.date, *(item.kind for item in owed)))


def _all_talks_too_late(look: Look) -> bool:
    """Whether the first talk is still to come, and later than the organisation finds kind."""
    decision, days = look.picture.decision, [talk.date for talk in look.picture.talk if talk.date]
    if decision is None or decision.date is None or not days:
        return False
    latest = decision.date.toordinal() + look.thresholds["talk_days"]
    return min(days) > look.today and min(days).toordinal() > latest


def not_reviewed_for_long(look: Look) -> Iterator[Found]:
    picture = look.picture
    started = picture.decision.date if picture.decision else None
    if picture.status is not Status.RUNNING or started is None:
        return
    last = max([started, *(review.date for review in _held(look) if review.date)])
    if (look.today - last).days > look.thresholds["review_months"] * DAYS_OF_A_MONTH:
        yield Found(rests_on=(last,), fills={"months": look.thresholds["review_months"]})


def _held(look: Look) -> list[Review]:
    """The reviews that were held, without those that only say when they come."""
    return [review for review in look.picture.reviews if review.date is not None and review.date <= look.today]


def agreed_review_has_passed(look: Look) -> Iterator[Found]:
    """The last day that was agreed on, by the decision or at the last review."""
    picture, held = look.picture, _held(look)
    if picture.status is not Status.RUNNING or picture.decision is None:
        return
    last = max(held, key=lambda review: review.date or look.today, default=None)
    agreed = last.next if last else picture.decision.review
    if agreed is not None and agreed + timedelta(days=1) <= look.today:
        yield Found(rests_on=(agreed,), fills={"date": f"{agreed.day}/{agreed.month}/{agreed.year}"})


def checks_are_not_complete(look: Look) -> Iterator[Found]:
    """A check is complete once it has a conclusion, or each of its questions an answer."""
    if look.step < 4:
        return
    open_checks = [check for check in Check if not _is_complete(look, check)]
    if open_checks:
        names = Words(*(", ".join(one.in_language(language) for one in open_checks) for language in ("nl", "en")))
        yield Found(rests_on=tuple(open_checks), fills={"checks": names})


def _is_complete(look: Look, check: Check) -> bool:
    if getattr(look.picture.checks, check).conclusion:
        return True
    asked = [one for one in QUESTIONS.values() if one.check == check and one.core and is_asked(look.picture, one)]
    return all(is_answered(look.picture, question.slug) for question in asked)


RULES = [
    Rule(
        "S38",
        ATTENTION,
        4,
        "s4.temperature",
        "temperature",
        Words("De temperatuur is niet (genoeg) gemeten.", "The temperature is not (sufficiently) taken."),
        Words(
            "Alles is in orde, en er zijn nog geen drie stemmen van het eigen team.",
            "All is in order, and there are no three votes of the own team yet.",
        ),
        Words(
            "Meet ze: een stem per persoon, dertig seconden. In een klein team volstaat een gesprek of hand opsteken.",
            "Take it: one vote each, thirty seconds. In a small team a talk or a show of hands will do.",
        ),
        temperature_is_not_taken,
    ),
    Rule(
        "S39",
        SERIOUS,
        4,
        "s4.trajectory",
        "temperature",
        Words(
            "Beslissing en gevoel in het team botsen. Plan een traject.",
            "Decision and team feeling clash. Plan a trajectory.",
        ),
        Words(
            "De beslissing gaat tegen de temperatuur in, en er is nog geen traject met doel, trekker en datum.",
            "The decision goes against the temperature, and there is no trajectory with aim, owner and date yet.",
        ),
        Words(
            "Kies wie het trekt en wanneer jullie voor het eerst samenzitten.",
            "Choose who leads it, and when you first sit together.",
        ),
        tension_without_trajectory,
    ),
    Rule(
        "S40",
        ATTENTION,
        4,
        "s4.talk",
        "no",
        Words(
            "Wie zich inzette, heeft recht op een gesprek. Plan het.",
            "Those who put in effort deserve a talk. Plan it.",
        ),
        Words(
            "Het werd een nee, en het gesprek is nog niet gepland of komt pas laat.",
            "It became a no, and the talk is not planned yet or comes late.",
        ),
        Words(
            "Prik een dag binnen drie weken. Een half uur volstaat: wat leerden we, wat kan later?",
            "Pick a day within three weeks. Half an hour will do: what did we learn, what may come later?",
        ),
        no_talk_after_a_no,
    ),
    Rule(
        "S60",
        ATTENTION,
        4,
        "s4.trajectory",
        "maintaining",
        Words(
            "Deze samenwerking is al lang niet bekeken. Werkt ze nog?",
            "This collaboration was not reviewed for long. Does it still work?",
        ),
        Words(
            "Ze loopt meer dan {months} maanden zonder dat er een terugblik staat.",
            "It runs for more than {months} months without a review.",
        ),
        Words(
            "Kijk een uur samen terug: werkt het, wat stopt, wanneer kijken we weer?",
            "Look back together for an hour: does it work, what stops, when do we look again?",
        ),
        not_reviewed_for_long,
    ),
    Rule(
        "S63",
        SERIOUS,
        4,
        "s4.verdict",
        "embedding",
        Words("De interne checks zijn nog niet klaar.", "The internal checks are not complete."),
        Words(
            "Nog geen conclusie, en niet elke vraag beantwoord: {checks}.",
            "No conclusion yet, and not every question answered: {checks}.",
        ),
        Words(
            "Geef elke check in stap 2 een conclusie. Voor een klein idee kan dat in vijf minuten.",
            "Give each check of step 2 a conclusion. For a small idea that takes five minutes.",
        ),
        checks_are_not_complete,
        while_under_way=True,
    ),
    Rule(
        "S65",
        ATTENTION,
        4,
        "s4.trajectory",
        "maintaining",
        Words(
            "De afgesproken terugblik van {date} is nog niet gebeurd.",
            "The agreed review of {date} has not taken place.",
        ),
        Words("Die dag is voorbij, en er staat geen terugblik.", "That day has passed, and no review is recorded."),
        Words("Hou de terugblik, of spreek een nieuwe dag af.", "Hold the review, or agree on another day."),
        agreed_review_has_passed,
    ),
]
