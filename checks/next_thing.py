"""The one next thing to do for an idea, in words: what the next talk is about, never a score."""

from dataclasses import dataclass
from datetime import date

from checks.aftercare import Aftercare, Kind, State, aftercare, agreed_review, may_start
from checks.catalogue import QUESTIONS, STEPS
from checks.codes import GoNoGo, Need, Status
from checks.decision import DECIDED, MustFollow, Settings, Start, follows_from, talks_owed
from checks.gates import NO_VERDICT, blocks_closing
from checks.picture import Picture, Trajectory
from checks.places import next_talk, open_questions
from checks.words import Words


@dataclass(frozen=True, slots=True)
class NextThing:
    """`step` is the page on which to do it, None where that is the idea itself; `due` the day, where one is set.

    `runs` tells that it is done on the page of the collaboration that runs.
    """

    what: Words
    why: Words
    step: int | None
    due: date | None = None
    runs: bool = False


NOTHING = Words("", "")
PLAN_THE_TRAJECTORY = Words("Volgende: plan het traject", "Next: plan the trajectory")


def next_thing(
    picture: Picture,
    settings: Settings = Settings(),  # noqa: B008 (frozen)
    *,
    today: date | None = None,
) -> NextThing:
    """What comes next: an opvolgpunt of this step, the next talk, what a decision asks for, or another look.

    A day before `today` is told as one that has passed.
    """
    if picture.status is Status.RECEIVED or (picture.status is Status.IN_STEP and picture.step is None):
        return NextThing(
            Words("Volgende: neem het idee op of bedank ervoor", "Next: take up the idea or decline with thanks"),
            Words("Wie het bracht, wacht op een antwoord.", "Whoever brought it is waiting for an answer."),
            None,
        )
    if picture.status is Status.IN_STEP:
        if picture.decision and picture.decision.value is GoNoGo.GO:
            return _go_that_waits(picture, settings)
        return _in_step(picture, picture.step or 1)
    if picture.status in DECIDED:
        return _after_decision(picture, settings, today)
    return _laid_aside(picture, today)


def _go_that_waits(picture: Picture, settings: Settings) -> NextThing:
    if may_start(picture, settings):
        why = Words("Er is een go. Niets houdt het nog tegen.", "There is a go. Nothing holds it back any more.")
        return NextThing(Words("Volgende: start", "Next: start"), why, 4)
    follows = follows_from(picture, settings)
    if follows and follows.start is Start.AFTER_TRAJECTORY:
        why = Words("Dan kan het starten.", "Then it can start.")
        return NextThing(PLAN_THE_TRAJECTORY, why, 4)
    why = follows.remark if follows else NO_VERDICT.why
    return NextThing(Words("Volgende: bekijk de beslissing opnieuw", "Next: look at the decision again"), why, 4)


# What to do again with an idea that was laid aside, and since what it waits.
LOOK_AGAIN = Words("Volgende: bekijk het opnieuw", "Next: look at it again")
RESUME = Words("Volgende: hervat het, of stop ermee", "Next: resume it, or stop")


def _laid_aside(picture: Picture, today: date | None) -> NextThing:
    """A paused idea is taken up again; an idea that ended only where a day was set for that."""
    words, due = picture.status.words, picture.revisit_on
    is_so = Words(f"Dit idee is {words.nl}", f"This idea is {words.en}")
    if picture.status is Status.MERGED:
        what = Words("Dit idee ging verder in een ander idee", "This idea went on in another idea")
        return NextThing(what, Words("Daar vind je wat volgt.", "What comes next stands there."), None)
    if picture.status is Status.PAUSED:
        what = RESUME if picture.step else LOOK_AGAIN
        is_so = is_so if picture.step else Words("Dit idee is geparkeerd", "This idea is parked")
    elif due is None:
        return NextThing(is_so, NOTHING, None)
    else:
        what = LOOK_AGAIN
    return NextThing(what, _agreed(is_so, due, today), None, due)


def _agreed(is_so: Words, due: date | None, today: date | None) -> Words:
    """The words before the day on which to look again."""
    if due is None:
        return Words(f"{is_so.nl}.", f"{is_so.en}.")
    if _is_past(due, today):
        return Words(f"{is_so.nl}. Dat was afgesproken op", f"{is_so.en}. That was agreed for")
    return Words(f"{is_so.nl}. Afgesproken op", f"{is_so.en}. Agreed for")


def _in_step(picture: Picture, step: int) -> NextThing:
    waiting = [point for point in picture.followups if point.step == step and point.status.is_open]
    if waiting:
        more = len(waiting) - 1
        return NextThing(
            Words(f"Volgende: {waiting[0].text}", f"Next: {waiting[0].text}"),
            Words(
                f"Een opvolgpunt voor stap {step}" + (f", en nog {more} andere." if more else "."),
                f"A follow-up point for step {step}" + (f", and {more} more." if more else "."),
            ),
            step,
        )
    part = next_talk(picture, step)
    if part is not None:
        question = open_questions(picture, step)[0].words
        return NextThing(
            Words(f"Volgende gesprek: {part.words.nl.lower()}", f"Next talk: {part.words.en.lower()}"), question, step
        )
    if step == 4:
        return NextThing(
            Words("Alles ligt op tafel voor de beslissing", "Everything is on the table for the decision"),
            QUESTIONS["s4.decision"].words,
            4,
        )
    name = STEPS[step + 1]
    return NextThing(
        Words(f"Klaar voor stap {step + 1}: {name.nl.lower()}", f"Ready for step {step + 1}: {name.en.lower()}"),
        Words("Elke vraag van deze stap heeft een antwoord.", "Every question of this step has an answer."),
        step + 1,
    )


BEFORE_THE_TRAJECTORY = {
    Kind.START: (
        Words("Volgende: spreek af wanneer jullie terugkijken", "Next: agree when you look back"),
        Words("Een eerste terugblik hoort bij de start.", "A first review belongs to the start."),
    ),
    Kind.MESSAGE: (
        Words("Volgende: breng de partners op de hoogte", "Next: let the partners know"),
        Words("Er staat een bericht klaar om te kopiëren.", "A message is ready to copy."),
    ),
}


def _after_decision(picture: Picture, settings: Settings, today: date | None) -> NextThing:
    if picture.closed and picture.status is Status.RUNNING and agreed_review(picture):
        return _look_back(agreed_review(picture), today)
    if picture.closed:
        what = Words("Dit idee is afgesloten", "This idea is closed")
        return NextThing(what, Words("Sinds", "Since"), None, picture.closed)
    follows = follows_from(picture, settings)
    owed = [
        item for item in aftercare(picture, settings) if item.need is Need.REQUIRED and item.state is not State.DONE
    ]
    if owed and owed[0].kind in BEFORE_THE_TRAJECTORY:
        is_review = owed[0].kind is Kind.START
        return NextThing(*BEFORE_THE_TRAJECTORY[owed[0].kind], None if is_review else 4, runs=is_review)
    if picture.trajectory and not picture.trajectory.closed:
        return _in_trajectory(picture.trajectory, today)
    if owed:
        return _owed(owed[0], picture, follows)
    if picture.decision and not blocks_closing(picture, settings):
        done = Words("Alles wat moest volgen, is gedaan.", "All that had to follow is done.")
        if picture.status is Status.RUNNING:
            what = Words("Volgende: rond de beslissing af", "Next: wrap up the decision")
            goes_on = Words("De samenwerking loopt gewoon verder.", "The collaboration simply goes on.")
            return NextThing(what, Words(f"{done.nl} {goes_on.nl}", f"{done.en} {goes_on.en}"), 4)
        return NextThing(Words("Volgende: sluit af", "Next: close it"), done, 4)
    if picture.status is Status.RUNNING:
        return _look_back(agreed_review(picture), today)
    ended = Words("Dit idee is afgerond", "This idea is finished")
    decided = Words("Dit idee is beslist", "This idea is decided")
    return NextThing(ended if picture.status is Status.FINISHED else decided, NOTHING, 4)


def _owed(item: Aftercare, picture: Picture, follows: MustFollow | None) -> NextThing:
    """The trajectory or the talks that must follow; talks with both are told together."""
    why = follows.remark if follows else item.words
    if item.kind is Kind.TRAJECTORY:
        return NextThing(PLAN_THE_TRAJECTORY, why, 4)
    whom = [whom.value for whom in talks_owed(picture, follows)]
    nl, en = " en ".join(f"met {one.nl}" for one in whom), " and ".join(f"with {one.en}" for one in whom)
    return NextThing(Words(f"Volgende: plan het evaluatiegesprek {nl}", f"Next: plan the evaluation talk {en}"), why, 4)


def _in_trajectory(trajectory: Trajectory, today: date | None) -> NextThing:
    what = Words("Volgende in het traject", "Next in the trajectory")
    action = next((action for action in trajectory.actions if not action.done), None)
    if action is None:
        return NextThing(what, Words(trajectory.aim, trajectory.aim), 4)
    if action.due is None:
        why = Words(action.text, action.text)
    elif _is_past(action.due, today):
        text = action.text.rstrip(" .")
        why = Words(f"{text}. Dat was afgesproken tegen", f"{text}. That was agreed for")
    else:
        why = Words(f"{action.text}, tegen", f"{action.text}, by")
    return NextThing(what, why, 4, action.due)


def _look_back(due: date | None, today: date | None) -> NextThing:
    what = Words("Volgende: kijk samen terug", "Next: look back together")
    if due is None:
        why = Words("Werkt het nog zoals bedoeld?", "Does it still work as intended?")
    elif _is_past(due, today):
        why = Words(
            "Werkt het nog zoals bedoeld? Dat was afgesproken op",
            "Does it still work as intended? That was agreed for",
        )
    else:
        why = Words("Werkt het nog zoals bedoeld? Afgesproken op", "Does it still work as intended? Agreed for")
    return NextThing(what, why, None, due, runs=True)


def _is_past(due: date, today: date | None) -> bool:
    return today is not None and due < today
