"""What blocks a go, a no-go and a closing; nothing else is ever blocked. Source: domain.md 1.2, 2.1 (A2) and 2.4."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from checks.aftercare import Kind, State, aftercare
from checks.codes import Band, ConditionStatus, GoNoGo, Need, Verdict
from checks.decision import Settings, Start, band_of, may_be_conditional, must_follow, partners_wait_for_an_answer
from checks.picture import Condition, Picture
from checks.running import entered_running
from checks.signals.signal import Signal
from checks.words import Words, shortened

type Section = Literal["control", "temperature", "decision", "aftercare", "conditions", "signals-others"]

NAMED_AT_MOST = 3
# The signals that only a decision brings about (domain.md 3).
AFTER_A_DECISION = frozenset({"S38", "S39", "S40"})


@dataclass(frozen=True, slots=True)
class Block:
    """`why` something is blocked, what `lifts` that, and the section on the page of step 4 where that is done."""

    why: Words
    lifts: Words
    place: Section


NO_VERDICT = Block(
    Words("Jullie zeiden nog niet hoe het voorstel ervoor staat.", "You have not said where the proposal stands yet."),
    Words(
        "Kies het bij de controle: alles in orde, nog vragen, of het lukt zo niet.",
        "Choose it at the control: all in order, questions left, or it does not work as it is.",
    ),
    "control",
)
NOT_MEASURED = Block(
    Words("De temperatuur van je team is nog niet bekend.", "The temperature of your team is not known yet."),
    Words(
        "Meet ze, met minstens drie stemmen. Of schrijf erbij waarom jullie zonder temperatuur beslissen.",
        "Take it, with at least three votes. Or note why you decide without a temperature.",
    ),
    "temperature",
)
WENT_BACK = Block(
    Words("Na de laatste controle ging het idee terug.", "After the last control the idea went back."),
    Words(
        "Kom eerst opnieuw in stap 4 en overloop de punten en voorwaarden.",
        "First come to step 4 again and go through the points and conditions.",
    ),
    "control",
)
DOES_NOT_WORK = Block(
    Words("Het voorstel lukt zo niet. Daar past geen go bij.", "The proposal does not work as it is. No go fits it."),
    Words(
        "Pas het voorstel eerst aan: stuur het terug naar een eerdere stap, als nieuwe ronde. Of beslis een no go.",
        "Change the proposal first: send it back to an earlier step, as a new round. Or decide on a no go.",
    ),
    "control",
)
COORDINATOR = Words(
    "Kan het niet wachten? De coördinator kan de go met een nota toch toelaten.",
    "Can it not wait? The coordinator can let the go through with a note.",
)
TWO_RED_LIGHTS = Block(
    Words(
        "Er zijn nog vragen en je team is niet mee: twee rode lichten.",
        "Questions remain and your team is not on board: two red lights.",
    ),
    Words(
        f"Neem de vragen mee terug naar de juiste stap. {COORDINATOR.nl}",
        f"Take the questions back to the right step. {COORDINATOR.en}",
    ),
    "control",
)
QUESTIONS_REMAIN = Block(
    Words("Er zijn nog vragen over het voorstel.", "Questions remain about the proposal."),
    TWO_RED_LIGHTS.lifts,
    "control",
)
UNCLAIMED_LIFTS = Words(
    f"Zet bij elk open punt wie ervoor zorgt en tegen wanneer. {COORDINATOR.nl}",
    f"Say for each open point who sees to it, and by when. {COORDINATOR.en}",
)


def blocks_of(
    picture: Picture,
    settings: Settings,
    value: GoNoGo,
    *,
    not_measured: str = "",
    override: str = "",
    signals: Sequence[Signal] = (),
) -> tuple[Block, ...]:
    """What stands in the way of this decision as things are now.

    `not_measured` is the note that goes with a decision without temperature, `override` that of the coordinator who
    lets through a go with question marks. It lifts neither a necessary condition nor a proposal that does not work.
    `signals` are the serious ones that are neither solved nor let through by the coordinator.
    """
    anew = replace(picture, decision=None)
    blocks = _blocks(anew, settings, value, not_measured.strip(), override.strip())
    return (*blocks, *(_of_signal(signal) for signal in signals if value is GoNoGo.GO and may_block(signal)))


def may_block(signal: Signal) -> bool:
    """Whether a go waits for this serious signal; what only a decision brings about is in the way of none."""
    return signal.id not in AFTER_A_DECISION


def _of_signal(signal: Signal) -> Block:
    lifts = Words(
        f"{signal.do.nl} Kan het niet wachten? De coördinator kan dit signaal zelf toelaten, met een reden.",
        f"{signal.do.en} Can it not wait? The coordinator can let this signal through, with a reason.",
    )
    return Block(signal.says, lifts, "signals-others")


def _blocks(picture: Picture, settings: Settings, value: GoNoGo, not_measured: str, override: str) -> Iterator[Block]:
    if picture.verdict is None:
        yield NO_VERDICT
    if value is GoNoGo.GO:
        if _went_back(picture):
            yield WENT_BACK
        if picture.verdict is not None:
            yield from _of_the_table(picture, picture.verdict, settings, override)
        yield from _of_the_conditions(picture.conditions)
    asks_temperature = picture.verdict in {Verdict.OK, Verdict.QUESTION_MARKS}
    if asks_temperature and band_of(picture) is Band.UNKNOWN and not not_measured:
        yield NOT_MEASURED


def _went_back(picture: Picture) -> bool:
    """Whether the idea left step 4 for an earlier one and did not come back there since."""
    came_back = False
    for event in reversed(picture.transitions):
        came_back = came_back or event.to_step == 4
        if event.from_step == 4 and event.to_step in {1, 2, 3}:
            return not came_back
    return False


def _of_the_table(picture: Picture, verdict: Verdict, settings: Settings, override: str) -> Iterator[Block]:
    """A go that its row of the table does not allow."""
    conditional = settings.allow_conditional_go and may_be_conditional(picture)
    follows = must_follow(
        verdict,
        band_of(picture),
        GoNoGo.GO,
        partners_wait=partners_wait_for_an_answer(picture),
        settings=replace(settings, allow_conditional_go=conditional),
        overridden=bool(override),
    )
    if follows.start is Start.NOT_APPLICABLE:
        yield DOES_NOT_WORK
    elif follows.start is Start.BLOCKED and band_of(picture) is Band.LITTLE:
        yield TWO_RED_LIGHTS
    elif follows.start is Start.BLOCKED and not settings.allow_conditional_go:
        yield QUESTIONS_REMAIN
    elif follows.start is Start.BLOCKED:
        yield from _of_the_points(picture)


def _of_the_points(picture: Picture) -> Iterator[Block]:
    """The points that a conditional go leaves to nobody, or without a day. Its conditions are told by themselves."""
    unclaimed = [point.text for point in picture.followups if point.status.is_open and not (point.owner and point.due)]
    if unclaimed:
        named = _named(unclaimed)
        yield Block(
            Words(
                f"Een go onder voorbehoud kan als elk open punt een eigenaar en een datum heeft. Nog niet: {named.nl}.",
                f"A conditional go needs an owner and a date for each open point. Not yet: {named.en}.",
            ),
            UNCLAIMED_LIFTS,
            "control",
        )


def _of_the_conditions(conditions: Sequence[Condition]) -> Iterator[Block]:
    """The necessary conditions that are not met, those that cannot be met by themselves."""
    lost = [condition.text for condition in conditions if condition.status is ConditionStatus.CANNOT_BE_MET]
    unmet = [
        condition.text
        for condition in conditions
        if condition.status in {ConditionStatus.NOT_MET, ConditionStatus.PARTLY}
    ]
    if lost:
        yield _cannot_be_met(lost)
    if unmet:
        yield _not_yet_met(unmet)


def _cannot_be_met(texts: Sequence[str]) -> Block:
    named = _named(texts)
    why = (
        Words(
            f"Een noodzakelijke voorwaarde is niet te halen: {named.nl}.",
            f"A necessary condition cannot be met: {named.en}.",
        )
        if len(texts) == 1
        else Words(
            f"Deze noodzakelijke voorwaarden zijn niet te halen: {named.nl}.",
            f"These necessary conditions cannot be met: {named.en}.",
        )
    )
    lifts = Words(
        "Zo kan er geen go komen. Pas het voorstel aan, of bespreek in stap 2 of dit echt nodig is.",
        "There can be no go like this. Change the proposal, or discuss in step 2 whether this is really necessary.",
    )
    return Block(why, lifts, "conditions")


def _not_yet_met(texts: Sequence[str]) -> Block:
    named = _named(texts)
    if len(texts) == 1:
        return Block(
            Words(
                f"Een noodzakelijke voorwaarde is nog niet voldaan: {named.nl}.",
                f"A necessary condition is not met yet: {named.en}.",
            ),
            Words(
                "Zodra ze voldaan is, kan de go. Klopt ze niet meer? Bespreek ze opnieuw in stap 2.",
                "The go is possible once it is met. Does it no longer hold? Discuss it again in step 2.",
            ),
            "conditions",
        )
    return Block(
        Words(
            f"Deze noodzakelijke voorwaarden zijn nog niet voldaan: {named.nl}.",
            f"These necessary conditions are not met yet: {named.en}.",
        ),
        Words(
            "Zodra ze voldaan zijn, kan de go. Klopt er een niet meer? Bespreek ze opnieuw in stap 2.",
            "The go is possible once they are met. Does one no longer hold? Discuss it again in step 2.",
        ),
        "conditions",
    )


def _named(texts: Sequence[str]) -> Words:
    """Texts as in a sentence: the first three, between quotation marks and on one line."""
    names = [f"“{shortened(text)}”" for text in texts[:NAMED_AT_MOST]]
    if len(texts) > NAMED_AT_MOST:
        listed = ", ".join(names)
        return Words(f"{listed} en nog andere", f"{listed} and others")
    *head, last = names
    if not head:
        return Words(last, last)
    return Words(f"{', '.join(head)} en {last}", f"{', '.join(head)} and {last}")


# ---------- closing

NO_MOTIVATION = Block(
    Words("De beslissing heeft nog geen motivatie.", "The decision has no motivation yet."),
    Words("Schrijf in enkele zinnen waarom jullie dit beslissen.", "Write in a few sentences why you decide so."),
    "decision",
)
# What is not done yet of the aftercare, and what to do about it.
NOT_DONE: Mapping[Kind, tuple[Words, Words]] = {
    Kind.START: (
        Words(
            "De samenwerking is nog niet gestart, of jullie spraken nog niet af wanneer jullie terugkijken.",
            "The collaboration has not started yet, or you have not agreed when you look back.",
        ),
        Words("Start ze, en kies een dag om terug te kijken.", "Start it, and choose a day to look back."),
    ),
    Kind.MESSAGE: (
        Words("De partners weten het nieuws nog niet.", "The partners have not heard the news yet."),
        Words("Breng hen op de hoogte, en noteer op welke dag.", "Let them know, and note on which day."),
    ),
    Kind.TRAJECTORY: (
        Words("Het traject met je team is nog niet afgerond.", "The trajectory with your team is not closed yet."),
        Words(
            "Rond het af als het doel bereikt is, en noteer wat het opleverde.",
            "Close it once its aim is reached, and note what came of it.",
        ),
    ),
    Kind.TALK_TEAM: (
        Words("Het gesprek met je eigen team moet nog komen.", "The talk with your own team is still to come."),
        Words("Hou het gesprek, en noteer wat jullie leerden.", "Hold the talk, and note what you learned."),
    ),
    Kind.TALK_PARTNERS: (
        Words("Het gesprek met de partners moet nog komen.", "The talk with the partners is still to come."),
        Words("Hou het gesprek, en noteer wat jullie leerden.", "Hold the talk, and note what you learned."),
    ),
}
OR_SAY_WHY_NOT = Words("Of schrijf op waarom jullie het niet doen.", "Or note why you leave it out.")


def blocks_closing(picture: Picture, settings: Settings) -> tuple[Block, ...]:
    """What stands in the way of closing an idea. Looking back comes later, and never does."""
    return tuple(_blocks_closing(picture, settings))


def _blocks_closing(picture: Picture, settings: Settings) -> Iterator[Block]:
    if not entered_running(picture) and (picture.decision is None or not picture.decision.motivation.strip()):
        yield NO_MOTIVATION
    for item in aftercare(picture, settings):
        if item.kind is Kind.REVIEW or item.state in {State.DONE, State.SKIPPED}:
            continue
        why, lifts = NOT_DONE[item.kind]
        if item.need is Need.ADVISED:
            lifts = Words(f"{lifts.nl} {OR_SAY_WHY_NOT.nl}", f"{lifts.en} {OR_SAY_WHY_NOT.en}")
        yield Block(why, lifts, "aftercare")
