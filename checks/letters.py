"""Kind messages to copy, for whoever waits for an answer. They tell the news, never what was thought inside.

Source: domain.md 1.2 and 2.4.
"""

from collections.abc import Mapping
from datetime import date

from checks.codes import GoNoGo
from checks.decision import partners_wait_for_an_answer
from checks.picture import Picture
from checks.words import Code, Words


class Letter(Code):
    """What the message is about. The first two go to whoever brought the idea, the others to the partners."""

    DECLINE = "decline", "bedanken voor een idee", "declining an idea with thanks"
    PARK = "park", "een idee parkeren", "parking an idea"
    PAUSE = "pause", "een idee pauzeren", "pausing an idea"
    STOP = "stop", "een idee stoppen", "stopping an idea"
    NO_GO = "no_go", "een no go", "a no go"
    GO = "go", "een go", "a go"
    BACK = "back", "het duurt wat langer", "it takes longer"


TO_WHO_BROUGHT_IT = frozenset({Letter.DECLINE, Letter.PARK})
# What is told: the news in one sentence, and what comes after it where no day is set.
NEWS: Mapping[Letter, tuple[Words, Words]] = {
    Letter.DECLINE: (
        Words(
            "We bekeken het met aandacht, maar we gaan er niet mee verder.",
            "We looked at it with care, but we will not go on with it.",
        ),
        Words(
            "Verandert er iets, of wil je erover praten? Laat het gerust weten.",
            "Does something change, or would you like to talk about it? Do let us know.",
        ),
    ),
    Letter.PARK: (
        Words("We kunnen er nu nog niet aan beginnen.", "We cannot start on it just yet."),
        Words("We vergeten het niet: je hoort nog van ons.", "We will not forget it: you will hear from us."),
    ),
    Letter.PAUSE: (
        Words("We leggen het even stil.", "We are putting it on hold for a while."),
        Words("Jullie horen van ons zodra we verdergaan.", "You will hear from us as soon as we go on."),
    ),
    Letter.STOP: (
        Words("We gaan er niet mee verder.", "We will not go on with it."),
        Words(
            "Willen jullie erover praten? Dat doen we graag.", "Would you like to talk about it? We would be glad to."
        ),
    ),
    Letter.NO_GO: (
        Words("We beslisten om er niet mee verder te gaan.", "We decided not to go on with it."),
        Words(
            "We praten er graag nog met jullie over: wat leerden we, en wat kan later wel?",
            "We would like to talk about it with you: what did we learn, and what may be possible later?",
        ),
    ),
    Letter.GO: (
        Words("Goed nieuws: we gaan ervoor!", "Good news: we are going ahead!"),
        Words(
            "We spreken binnenkort met jullie af hoe en wanneer we beginnen.",
            "We will soon agree with you how and when we begin.",
        ),
    ),
    Letter.BACK: (
        Words(
            "Het duurt wat langer: we willen eerst nog enkele dingen uitzoeken.",
            "It takes a little longer: we want to find out a few more things first.",
        ),
        Words(
            "Jullie horen van ons zodra we meer weten, of als we iets willen vragen.",
            "You will hear from us as soon as we know more, or if we want to ask something.",
        ),
    ),
}
# What ends, and what waits, until the day on which to look again. After a no go there is a talk as well.
ENDS = frozenset({Letter.DECLINE, Letter.STOP, Letter.NO_GO})
WAITS = frozenset({Letter.PARK, Letter.PAUSE})
MONTHS = Words(
    "januari februari maart april mei juni juli augustus september oktober november december",
    "January February March April May June July August September October November December",
)
ENDS_A_SENTENCE = (".", "!", "?", "…", ":", '"', "”", ")")


def letter_to_partners(picture: Picture) -> Words | None:
    """What the partners hear of the decision; None without one, or where no partner waits for an answer.

    A no-go tells the reasons that were written for them, what would change our mind, and the day to look again.
    """
    decision = picture.decision
    if decision is None or not partners_wait_for_an_answer(picture):
        return None
    if decision.value is GoNoGo.GO:
        return letter(Letter.GO, picture)
    return letter(Letter.NO_GO, picture, decision.reasons)


def letter(kind: Letter, picture: Picture, why: str = "") -> Words:
    """A short message in both languages; `why` is the reason in somebody's own words, told as it is."""
    return Words(_letter(kind, picture, why, "nl"), _letter(kind, picture, why, "en"))


def _letter(kind: Letter, picture: Picture, why: str, language: str) -> str:
    told = [
        _thanks(kind, picture),
        NEWS[kind][0],
        _reason(why),
        _would_change(kind, picture),
        *_afterwards(kind, picture.revisit_on),
    ]
    lines = [words.in_language(language) for words in told]
    own_org = picture.own_org.strip()
    farewell = FAREWELL.in_language(language) + (f",\n{own_org}" if own_org else "")
    return "\n\n".join(
        [_greeting(kind, picture).in_language(language), "\n".join(line for line in lines if line), farewell]
    )


FAREWELL = Words("Met vriendelijke groet", "Kind regards")


def _greeting(kind: Letter, picture: Picture) -> Words:
    """Who brought the idea is greeted by name, not by what stands there instead of one, such as "een buur"."""
    who = picture.origin.brought_by.strip()
    if kind not in TO_WHO_BROUGHT_IT:
        return Words("Dag allemaal,", "Hello everyone,")
    return Words(f"Dag {who},", f"Hello {who},") if who[:1].isupper() else Words("Dag,", "Hello,")


def _reason(why: str) -> Words:
    told = _ended(why)
    told = told[:1].upper() + told[1:]
    return Words(told, told)


def _ended(text: str) -> str:
    told = text.strip()
    return told if not told or told.endswith(ENDS_A_SENTENCE) else f"{told}."


def _would_change(kind: Letter, picture: Picture) -> Words:
    told = picture.decision.would_change if picture.decision and kind is Letter.NO_GO else ""
    said = _ended(told)
    if not said:
        return Words("", "")
    return Words(f"Dit zou ons van gedacht doen veranderen: {said}", f"This would change our mind: {said}")


def _thanks(kind: Letter, picture: Picture) -> Words:
    title, who = picture.title.strip(), picture.origin.brought_by.strip()
    if kind in TO_WHO_BROUGHT_IT:
        return Words(
            f"Bedankt dat je met het idee “{title}” naar ons kwam.", f"Thank you for bringing us the idea “{title}”."
        )
    if who:
        return Words(
            f"Bedankt aan {who} voor het idee “{title}”, en aan iedereen die meedacht.",
            f"Thank you to {who} for the idea “{title}”, and to everyone who thought along.",
        )
    return Words(
        f"Bedankt om mee te denken over het idee “{title}”.", f"Thank you for thinking along on the idea “{title}”."
    )


def _afterwards(kind: Letter, revisit_on: date | None) -> list[Words]:
    after = NEWS[kind][1]
    if revisit_on is None or kind not in ENDS | WAITS:
        return [after]
    day = in_words(revisit_on)
    if kind in WAITS:
        return [Words(f"We bekijken het opnieuw op {day.nl}.", f"We will look at it again on {day.en}.")]
    again = Words(
        f"Misschien kan het later wel: we bekijken het opnieuw op {day.nl}.",
        f"It may be possible later: we will look at it again on {day.en}.",
    )
    return [after, again] if kind is Letter.NO_GO else [again]


def in_words(day: date) -> Words:
    """A day such as 1 maart 2027, and 1 March 2027."""
    nl, en = MONTHS.nl.split()[day.month - 1], MONTHS.en.split()[day.month - 1]
    return Words(f"{day.day} {nl} {day.year}", f"{day.day} {en} {day.year}")
