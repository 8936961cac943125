"""The signals about step 4 and what follows it. Source: domain.md 3, S38 to S40, S60, S63 and S65."""

from collections.abc import Iterator
from datetime import date

from checks.aftercare import Kind, State, aftercare, agreed_review, is_held
from checks.catalogue import QUESTIONS, QuestionType
from checks.codes import Band, Check, Need, Severity, Status, Verdict
from checks.decision import TalkWith, band_of, follows_from, is_early, is_talk_held, talks_owed
from checks.letters import in_words
from checks.picture import Picture
from checks.places import is_answered
from checks.running import runs_since
from checks.signals.signal import Found, Look, Rule, counted, listed
from checks.way import LAST_STEP
from checks.words import Words

ATTENTION, SERIOUS = Severity.ATTENTION, Severity.SERIOUS
DAYS_OF_A_MONTH = 365.25 / 12


def temperature_is_not_taken(look: Look) -> Iterator[Found]:
    """Once the verdict asks for it: when all is in order, or when they decide while questions remain."""
    picture = look.picture
    decided_with_questions = picture.verdict is Verdict.QUESTION_MARKS and picture.decision is not None
    if (picture.verdict is Verdict.OK or decided_with_questions) and band_of(picture) is Band.UNKNOWN:
        yield Found(rests_on=(picture.verdict, picture.votes.counts if picture.votes else None))


def tension_without_trajectory(look: Look) -> Iterator[Found]:
    for item in aftercare(look.picture, look.settings):
        if item.kind is Kind.TRAJECTORY and item.need is Need.REQUIRED and item.state is State.TO_DO:
            yield Found(rests_on=(look.picture.decision and look.picture.decision.value, band_of(look.picture)))


def no_talk_after_a_no(look: Look) -> Iterator[Found]:
    """Once the days for it have passed. After a no whose day nobody wrote down, at once."""
    if not _waits_for_a_talk(look):
        return
    day = _day_of_the_no(look.picture)
    if day is None or (look.today - day).days > look.thresholds["talk_days"]:
        days = counted(look.thresholds["talk_days"], Words("dag", "day"), Words("dagen", "days"))
        yield Found(rests_on=(day,), fills={"days": days})


def _waits_for_a_talk(look: Look) -> bool:
    """Whether a talk is owed, or none at all was planned and nobody said why. Early on a message counts as one."""
    picture, decision = look.picture, look.picture.decision
    nobody_heard = not any(is_talk_held(picture, whom) for whom in TalkWith)
    if decision is None:
        return picture.verdict is Verdict.NOT_OK and look.step == LAST_STEP and nobody_heard
    if not look.is_a_no:
        return False
    left_out = decision.talk_skipped.strip() or is_early(picture)
    return bool(talks_owed(picture, follows_from(picture, look.settings))) or (nobody_heard and not left_out)


def _day_of_the_no(picture: Picture) -> date | None:
    """The day of the decision, or before that of the control."""
    return picture.decision.date if picture.decision else picture.control.date


def not_reviewed_for_long(look: Look) -> Iterator[Found]:
    """Since the go, or since the last time that they looked back."""
    picture, months = look.picture, look.thresholds["review_months"]
    if picture.status is not Status.RUNNING:
        return
    days = [
        picture.decision.date if picture.decision else runs_since(picture),
        *(review.date for review in picture.reviews if is_held(review)),
    ]
    last = max((day for day in days if day is not None), default=None)
    if last is not None and (look.today - last).days > months * DAYS_OF_A_MONTH:
        told = counted(months, Words("maand", "month"), Words("maanden", "months"))
        yield Found(rests_on=(last,), fills={"months": told})


def agreed_review_has_passed(look: Look) -> Iterator[Found]:
    agreed = agreed_review(look.picture)
    if look.picture.status is Status.RUNNING and agreed is not None and agreed < look.today:
        yield Found(rests_on=(agreed,), fills={"date": in_words(agreed)})


def checks_are_not_complete(look: Look) -> Iterator[Found]:
    """A check is complete once it has a conclusion, or each of its ratings and choices an answer."""
    if look.step < LAST_STEP:
        return
    open_checks = [check for check in Check if not _is_complete(look, check)]
    if open_checks:
        yield Found(rests_on=tuple(open_checks), fills={"checks": listed([check.words.nl for check in open_checks])})


def _is_complete(look: Look, check: Check) -> bool:
    if getattr(look.picture.checks, check).conclusion:
        return True
    rated = {QuestionType.RATING, QuestionType.CHOICE}
    asked = [one.slug for one in QUESTIONS.values() if one.check == check and one.type in rated]
    return all(is_answered(look.picture, slug) for slug in asked)


RULES = [
    Rule(
        "S38",
        ATTENTION,
        4,
        "s4.temperature",
        "temperature",
        Words("De temperatuur is niet (genoeg) gemeten.", "The temperature is not (sufficiently) taken."),
        Words(
            "Er zijn nog geen drie stemmen van het eigen team.",
            "There are not three votes of the own team yet.",
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
        opens=0,
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
            "Het werd een nee, en na {days} staat er nog geen gesprek.",
            "It became a no, and after {days} there is no talk yet.",
        ),
        Words(
            "Prik een dag. Een half uur volstaat: wat leerden we, wat kan later?",
            "Pick a day. Half an hour will do: what did we learn, what may come later?",
        ),
        no_talk_after_a_no,
        opens=0,
    ),
    Rule(
        "S60",
        ATTENTION,
        4,
        "",
        "maintaining",
        Words(
            "Deze samenwerking is al {months} niet bekeken. Werkt ze nog?",
            "This collaboration was not reviewed for {months}. Does it still work?",
        ),
        Words(
            "Sinds de go, of sinds de vorige terugblik, ging meer dan {months} voorbij.",
            "Since the go, or since the last review, more than {months} went by.",
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
        "",
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
