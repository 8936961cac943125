"""The signals about the idea as a whole: its follower, its pace, others like it. Source: domain.md 3."""

from collections.abc import Iterator

from checks.codes import Severity, Status
from checks.signals.signal import Found, Look, Rule, counted
from checks.words import Words

INFO, ATTENTION, SERIOUS = Severity.INFO, Severity.ATTENTION, Severity.SERIOUS
UNDECIDED = frozenset({Status.RECEIVED, Status.IN_STEP, Status.PAUSED})
NTH = {
    2: Words("tweede", "second"),
    3: Words("derde", "third"),
    4: Words("vierde", "fourth"),
    5: Words("vijfde", "fifth"),
    6: Words("zesde", "sixth"),
}


def nobody_follows(look: Look) -> Iterator[Found]:
    to_be_followed = look.picture.status in {Status.RECEIVED, Status.IN_STEP, Status.RUNNING}
    if to_be_followed and not look.picture.idea_owner.strip():
        yield Found()


def is_idle(look: Look) -> Iterator[Found]:
    """An acceptance rests on since when, so that it lasts until something happens."""
    idle = look.around.idle
    if look.is_under_way and idle is not None and idle >= look.thresholds["idle_days"]:
        yield Found(rests_on=(look.today.toordinal() - idle,), fills={"n": idle})


def is_alike(look: Look) -> Iterator[Found]:
    """Before a decision, also while it waits for an answer."""
    if look.picture.status in UNDECIDED:
        for title in look.around.alike:
            yield Found(title)


def follower_follows_many(look: Look) -> Iterator[Found]:
    followed, most = look.around.followed, look.thresholds["ideas_followed"]
    if look.picture.idea_owner.strip() and not look.is_a_no and followed > most:
        role = look.picture.idea_owner.strip()
        told = counted(most, Words("idee", "idea"), Words("ideeën", "ideas"))
        yield Found(role, (followed,), {"role": f"{role[0].upper()}{role[1:]}", "n": followed, "most": told})


def is_here_again(look: Look) -> Iterator[Found]:
    """Counts how often the step in which it is was opened."""
    step, times = look.picture.step, look.picture.round
    if look.is_under_way and step is not None and times >= look.thresholds["rounds"]:
        yield Found(rests_on=(step, times), fills={"n": step, "round": _nth(times), "times": times})


def _nth(number: int) -> Words:
    """Such as derde and 12e, third and 12th."""
    if number in NTH:
        return NTH[number]
    last = number % 10 if number % 100 not in {11, 12, 13} else 0
    return Words(f"{number}e", f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }")


RULES = [
    Rule(
        "S01",
        SERIOUS,
        0,
        "s0.owner",
        "embedding",
        Words(
            "Dit idee heeft nog geen idee-opvolger. Wie neemt het op?",
            "This idea has no follower yet. Who takes it up?",
        ),
        Words("Niemand staat genoemd als idee-opvolger.", "Nobody is named as its follower."),
        Words(
            "Neem het zelf op, vraag een collega, of zeg vriendelijk nee.",
            "Take it up, ask a colleague, or say a kind no.",
        ),
        nobody_follows,
    ),
    Rule(
        "S02",
        ATTENTION,
        0,
        "",
        "no",
        Words(
            "Dit idee ligt al {n} dagen stil. Gaat het verder, of stop je ermee?",
            "This idea has been idle for {n} days. Continue or stop?",
        ),
        Words("Al {n} dagen veranderde er niets.", "Nothing changed for {n} days."),
        Words(
            "Plan het volgende gesprek, pauzeer met een datum, of stop. Stoppen is ook een keuze.",
            "Plan the next talk, pause with a date, or stop. Stopping is a choice too.",
        ),
        is_idle,
    ),
    Rule(
        "S61",
        INFO,
        0,
        "",
        "when",
        Words(
            "Er is al iets gelijkaardigs: {about}. Aansluiten?", "Something similar is there already: {about}. Join?"
        ),
        Words(
            "Het gaat over hetzelfde thema, met minstens twee dezelfde partners.",
            "It is about the same theme, with at least two of the same partners.",
        ),
        Words(
            "Bel wie dat idee opvolgt. Samen verdergaan spaart tijd.",
            "Call who follows that idea. Going on together saves time.",
        ),
        is_alike,
    ),
    Rule(
        "S62",
        INFO,
        0,
        "s0.owner",
        "embedding",
        Words("{role} volgt {n} ideeën op. Is dat haalbaar?", "{role} follows {n} ideas. Is that feasible?"),
        Words(
            "Meer dan {most} tegelijk vinden jullie veel. Alleen die persoon en de coördinator zien dit.",
            "You call more than {most} at once many. Only that person and the coordinator see this.",
        ),
        Words("Geef er een door, of pauzeer er een met een datum.", "Hand one over, or pause one with a date."),
        follower_follows_many,
    ),
    Rule(
        "S64",
        INFO,
        0,
        "",
        "no",
        Words(
            "Je bent voor de {round} keer in stap {n}. Wat blijft haken?",
            "You are in step {n} for the {round} time. What keeps snagging?",
        ),
        Words("Stap {n} ging al {times} keer open.", "Step {n} was opened {times} times."),
        Words(
            "Benoem samen het ene punt dat blijft terugkomen. Los dat op, of stop.",
            "Name the one point that keeps coming back. Solve it, or stop.",
        ),
        is_here_again,
    ),
]
