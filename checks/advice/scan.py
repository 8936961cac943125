"""The quick scan: collaborate or not? Six questions before an idea is entered. Source: domain.md 4.5 (B3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from checks.codes import Rating
from checks.words import Code, Words


class ScanQuestion(Code):
    """One of the six, each answered by yes, partly, no or don't know."""

    ALONE = "alone", "Kan jouw organisatie dit even goed alleen?", "Could your organisation do this as well alone?"
    ELSEWHERE = (
        "elsewhere",
        "Doet een andere organisatie dit al, zodat je mensen kan doorverwijzen?",
        "Does another organisation do this already, so that you can refer people?",
    )
    SERVICE = (
        "service",
        "Gaat het eigenlijk om één dienst of één antwoord dat je kan kopen of vragen?",
        "Is it really about one service or one answer that you can buy or ask for?",
    )
    EXISTING = (
        "existing",
        "Is er al een netwerk of samenwerking rond dit onderwerp?",
        "Is there a network or collaboration on this subject already?",
    )
    WANTED = (
        "wanted",
        "Ligt wat je nodig hebt bij verschillende organisaties, en willen die dit ook?",
        "Does what is needed lie with several organisations, and do they want this too?",
    )
    READY = (
        "ready",
        "Kan je eigen huis dit nu dragen: tijd, mandaat en een duidelijk doel?",
        "Can your own house carry this now: time, mandate and a clear goal?",
    )

    @property
    def help(self) -> Words:
        """A line under the question."""
        return HELP[self]


HELP: Mapping[str, Words] = {
    ScanQuestion.ALONE: Words(
        "Als één partner het alleen kan, kost samenwerken meer dan het opbrengt.",
        "If one partner can do it alone, collaborating costs more than it brings.",
    ),
    ScanQuestion.ELSEWHERE: Words(
        "Soms is goed doorverwijzen alles wat iemand nodig heeft.",
        "Sometimes a good referral is all that somebody needs.",
    ),
    ScanQuestion.SERVICE: Words(
        "Expertise inkopen mag, maar het is geen samenwerking.",
        "Buying expertise is fine, but it is no collaboration.",
    ),
    ScanQuestion.EXISTING: Words(
        "Denk aan je eerstelijnszone, het Huis van het Kind, een overleg in de buurt.",
        "Think of your primary care zone, the Huis van het Kind, a consultation nearby.",
    ),
    ScanQuestion.WANTED: Words(
        "Doet een partner die je echt nodig hebt niet mee, dan lukt het niet.",
        "If a partner that you cannot do without won't join, it won't work.",
    ),
    ScanQuestion.READY: Words(
        "Ook samenwerken is werken. In een crisis lukt het zelden.",
        "Collaborating is work too. In a crisis it rarely succeeds.",
    ),
}


class Outcome(Code):
    """What may be the better way."""

    ALONE = "alone", "Doe het zelf", "Do it alone"
    REFER = "refer", "Verwijs door", "Refer"
    BUY = "buy", "Koop het of vraag het", "Buy it or ask for it"
    JOIN = "join", "Sluit aan bij wat er al is", "Join what is there already"
    NOT_NOW = "not_now", "Nu niet", "Not now"
    TOGETHER = "together", "Pak het samen aan", "Take it up together"

    @property
    def next(self) -> Words:
        """What to do then."""
        return NEXT[self]


NEXT: Mapping[str, Words] = {
    Outcome.ALONE: Words("Begin eraan, en vertel de anderen wat je doet.", "Start, and tell the others what you do."),
    Outcome.REFER: Words(
        "Bel die organisatie: wie kan er terecht, en hoe verwijs je goed door?",
        "Call that organisation: who is welcome there, and how do you refer well?",
    ),
    Outcome.BUY: Words(
        "Schrijf op wat je nodig hebt en vraag een offerte, of bel wie het weet.",
        "Write down what you need and ask for a quotation, or call who knows.",
    ),
    Outcome.JOIN: Words(
        "Zoek uit wie daar trekt en vraag of je idee daar past.",
        "Find out who leads there and ask whether your idea fits.",
    ),
    Outcome.NOT_NOW: Words(
        "Schrijf op wat er eerst moet kloppen, en zet een datum om opnieuw te kijken.",
        "Write down what must be right first, and set a date to look again.",
    ),
    Outcome.TOGETHER: Words(
        "Voer het idee in. Daarna verken je het samen, zonder dat iets beslist is.",
        "Enter the idea. Then you explore it together, with nothing decided yet.",
    ),
}

YES, PARTLY, NO, UNKNOWN = Rating.YES, Rating.PARTLY, Rating.NO, Rating.UNKNOWN
# From so many that nobody knows, finding out comes first.
TOO_MUCH_UNKNOWN = 3

# What an answer points to, and why; in order: the first outcome that a firm answer points to comes first.
POINTS: Mapping[tuple[ScanQuestion, Rating], tuple[Outcome, Words]] = {
    (ScanQuestion.ALONE, YES): (
        Outcome.ALONE,
        Words("Je organisatie kan dit even goed alleen.", "Your organisation could do this as well alone."),
    ),
    (ScanQuestion.SERVICE, YES): (
        Outcome.BUY,
        Words("Je hebt één dienst of één antwoord nodig.", "You need one service or one answer."),
    ),
    (ScanQuestion.ELSEWHERE, YES): (
        Outcome.REFER,
        Words("Een andere organisatie doet dit al.", "Another organisation does this already."),
    ),
    (ScanQuestion.EXISTING, YES): (
        Outcome.JOIN,
        Words(
            "Er is al een netwerk of samenwerking rond dit onderwerp.", "There is a network or collaboration already."
        ),
    ),
    (ScanQuestion.WANTED, NO): (
        Outcome.NOT_NOW,
        Words(
            "Wie je nodig hebt, wil dit nog niet of is nog niet in beeld.",
            "Those you need don't want this yet or are not in view.",
        ),
    ),
    (ScanQuestion.READY, NO): (
        Outcome.NOT_NOW,
        Words("Je eigen huis kan dit nu niet dragen.", "Your own house cannot carry this now."),
    ),
    (ScanQuestion.ALONE, PARTLY): (
        Outcome.ALONE,
        Words("Een deel ervan kan je organisatie alleen.", "Your organisation could do a part alone."),
    ),
    (ScanQuestion.SERVICE, PARTLY): (
        Outcome.BUY,
        Words("Een deel ervan kan je kopen of vragen.", "A part of it you can buy or ask for."),
    ),
    (ScanQuestion.ELSEWHERE, PARTLY): (
        Outcome.REFER,
        Words("Een andere organisatie doet dit deels al.", "Another organisation does a part of this."),
    ),
    (ScanQuestion.EXISTING, PARTLY): (
        Outcome.JOIN,
        Words("Er is al een begin van een samenwerking.", "There is the beginning of a collaboration."),
    ),
    (ScanQuestion.WANTED, PARTLY): (
        Outcome.NOT_NOW,
        Words("Nog niet iedereen die je nodig hebt, wil mee.", "Not all that you need want to join yet."),
    ),
    (ScanQuestion.READY, PARTLY): (
        Outcome.NOT_NOW,
        Words("Je eigen huis kan dit nu maar deels dragen.", "Your own house can carry this only in part now."),
    ),
}
SPEAKS_FOR_TOGETHER: Mapping[tuple[ScanQuestion, Rating], Words] = {
    (ScanQuestion.ALONE, NO): Words("Alleen lukt het niet.", "It does not work alone."),
    (ScanQuestion.ELSEWHERE, NO): Words("Niemand anders doet dit al.", "Nobody else does this already."),
    (ScanQuestion.EXISTING, NO): Words("Er is nog geen samenwerking rond.", "There is no collaboration on it yet."),
    (ScanQuestion.WANTED, YES): Words("Wie nodig is, wil mee.", "Those who are needed want to join."),
    (ScanQuestion.READY, YES): Words("Je eigen huis kan het dragen.", "Your own house can carry it."),
}
NOTHING_ELSE = Words("Niets wijst een andere weg.", "Nothing points another way.")


@dataclass(frozen=True, slots=True)
class Way:
    """An outcome with its reasons."""

    outcome: Outcome
    reasons: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What six answers point to: `best`, or None as long as questions are `open`; and the `second` best, if any.

    `unknown` are the questions of which the answer is not known: what to find out first.
    """

    best: Way | None = None
    second: Way | None = None
    open: tuple[ScanQuestion, ...] = ()
    unknown: tuple[ScanQuestion, ...] = ()


def scan(answers: Mapping[ScanQuestion, Rating]) -> Scanned:
    """What these answers point to.

    A firm answer that points another way counts before collaborating; what is only partly so is the second best.
    """
    unanswered = tuple(question for question in ScanQuestion if question not in answers)
    unknown = tuple(question for question in ScanQuestion if answers.get(question) is UNKNOWN)
    if unanswered:
        return Scanned(open=unanswered, unknown=unknown)
    firm, partly = _ways(answers, {YES, NO}), _ways(answers, {PARTLY})
    if len(unknown) >= TOO_MUCH_UNKNOWN:
        firm = _joined(firm, Way(Outcome.NOT_NOW, (_much_is_unknown(len(unknown)),)))
    reasons = tuple(words for key, words in SPEAKS_FOR_TOGETHER.items() if answers[key[0]] is key[1])
    together = Way(Outcome.TOGETHER, reasons or (NOTHING_ELSE,))
    ranked = [*firm, together, *partly] if not firm else [*firm, *partly, together]
    best = ranked[0]
    second = next((way for way in ranked[1:] if way.outcome is not best.outcome), None)
    return Scanned(best, second, unknown=unknown)


def _ways(answers: Mapping[ScanQuestion, Rating], given: set[Rating]) -> list[Way]:
    """The outcomes to which the answers of this kind point, each with all its reasons."""
    found: dict[Outcome, tuple[Words, ...]] = {}
    for (question, rating), (outcome, says) in POINTS.items():
        if answers[question] is rating and rating in given:
            found[outcome] = (*found.get(outcome, ()), says)
    return [Way(outcome, reasons) for outcome, reasons in found.items()]


def _joined(ways: list[Way], more: Way) -> list[Way]:
    """The ways with this one, after those that are there; where it is among them, its reasons are added."""
    if more.outcome not in {way.outcome for way in ways}:
        return [*ways, more]
    return [Way(way.outcome, (*way.reasons, *more.reasons)) if way.outcome is more.outcome else way for way in ways]


def _much_is_unknown(count: int) -> Words:
    return Words(f"Van {count} vragen weet je het nog niet.", f"You don't know the answer to {count} questions yet.")
