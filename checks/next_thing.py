"""The one next thing to do for an idea, in words: what the next talk is about, never a score."""

from dataclasses import dataclass
from datetime import date

from checks.catalogue import QUESTIONS, STEPS
from checks.codes import GoNoGo, Need, Status
from checks.decision import Settings, follows_from, talks_owed
from checks.picture import Picture, Trajectory
from checks.places import next_talk, open_questions
from checks.words import Words


@dataclass(frozen=True, slots=True)
class NextThing:
    """`step` is the page on which to do it, None where that is the idea itself; `due` the day, where one is set."""

    what: Words
    why: Words
    step: int | None
    due: date | None = None


NOTHING = Words("", "")


def next_thing(
    picture: Picture,
    settings: Settings = Settings(),  # noqa: B008 (frozen)
    *,
    today: date | None = None,
) -> NextThing:
    """What comes next: an opvolgpunt of this step, the next talk, or what a decision asks for.

    A day before `today` is told as one that has passed.
    """
    if picture.status is Status.RECEIVED or (picture.status is Status.IN_STEP and picture.step is None):
        return NextThing(
            Words("Volgende: neem het idee op of bedank ervoor", "Next: take up the idea or decline with thanks"),
            Words("Wie het bracht, wacht op een antwoord.", "Whoever brought it is waiting for an answer."),
            None,
        )
    if picture.status is Status.IN_STEP:
        return _in_step(picture, picture.step or 1)
    if picture.status in {Status.RUNNING, Status.NO_GO}:
        return _after_decision(picture, settings, today)
    words = picture.status.words
    return NextThing(Words(f"Dit idee is {words.nl}", f"This idea is {words.en}"), NOTHING, None)


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


def _after_decision(picture: Picture, settings: Settings, today: date | None) -> NextThing:
    if picture.status is Status.RUNNING and picture.closed:
        return NextThing(
            Words("Dit idee is afgesloten", "This idea is closed"), Words("Sinds", "Since"), None, picture.closed
        )
    follows = follows_from(picture, settings)
    if follows and follows.trajectory is Need.REQUIRED and picture.trajectory is None:
        return NextThing(Words("Volgende: plan het traject", "Next: plan the trajectory"), follows.remark, 4)
    if picture.trajectory and not picture.trajectory.closed:
        return _in_trajectory(picture.trajectory, today)
    owed = [whom.value for whom in talks_owed(picture, follows)]
    if follows and owed:
        nl, en = " en ".join(f"met {whom.nl}" for whom in owed), " and ".join(f"with {whom.en}" for whom in owed)
        what = Words(f"Volgende: plan het evaluatiegesprek {nl}", f"Next: plan the evaluation talk {en}")
        return NextThing(what, follows.remark, 4)
    if picture.decision and picture.decision.value is GoNoGo.GO:
        return _look_back(picture.reviews[-1].next if picture.reviews else picture.decision.review, today)
    return NextThing(Words("Dit idee is beslist", "This idea is decided"), NOTHING, 4)


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
    return NextThing(what, why, 4, due)


def _is_past(due: date, today: date | None) -> bool:
    return today is not None and due < today
