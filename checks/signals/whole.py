"""The signals about the idea as a whole: its follower, its pace, others like it. Source: domain.md 3."""

from collections.abc import Iterator

from checks.codes import Severity, Status
from checks.signals.signal import Found, Look, Rule
from checks.words import Words

INFO, ATTENTION, SERIOUS = Severity.INFO, Severity.ATTENTION, Severity.SERIOUS


def nobody_follows(look: Look) -> Iterator[Found]:
    open_still = look.picture.status in {Status.RECEIVED, Status.IN_STEP}
    if open_still and not look.picture.idea_owner.strip():
        yield Found()


def is_idle(look: Look) -> Iterator[Found]:
    """An acceptance rests on since when, so that it lasts until something happens."""
    idle = look.around.idle
    if look.is_under_way and idle is not None and idle >= look.thresholds["idle_days"]:
        yield Found(rests_on=(look.today.toordinal() - idle,), fills={"n": idle})


def is_alike(look: Look) -> Iterator[Found]:
    for title in look.around.alike:
        yield Found(title)


def follower_follows_many(look: Look) -> Iterator[Found]:
    followed, most = look.around.followed, look.thresholds["ideas_followed"]
    if followed > most:
        yield Found(look.picture.idea_owner, (followed,), {"n": followed, "most": most})


def is_here_again(look: Look) -> Iterator[Found]:
    """Counts how often the step in which it is was opened."""
    if look.is_under_way and look.picture.round >= look.thresholds["rounds"]:
        told = {"n": look.picture.step, "round": look.picture.round}
        yield Found(rests_on=(look.picture.step, look.picture.round), fills=told)


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
        while_under_way=True,
    ),
    Rule(
        "S62",
        INFO,
        0,
        "s0.owner",
        "embedding",
        Words("{about} volgt {n} ideeën op. Is dat haalbaar?", "{about} follows {n} ideas. Is that feasible?"),
        Words(
            "Meer dan {most} vinden jullie veel. Alleen die persoon en de coördinator zien dit.",
            "You call more than {most} many. Only that person and the coordinator see this.",
        ),
        Words("Geef er een door, of pauzeer er een met een datum.", "Hand one over, or pause one with a date."),
        follower_follows_many,
    ),
    Rule(
        "S64",
        INFO,
        1,
        "",
        "no",
        Words(
            "Je bent voor de {round}e keer in stap {n}. Wat blijft haken?",
            "You are in step {n} for the {round}th time. What keeps snagging?",
        ),
        Words("Stap {n} ging al {round} keer open.", "Step {n} was opened {round} times."),
        Words(
            "Benoem samen het ene punt dat blijft terugkomen. Los dat op, of stop.",
            "Name the one point that keeps coming back. Solve it, or stop.",
        ),
        is_here_again,
    ),
]
