"""Step 4 in the dossier: temperature, verdict, decision, and what follows."""

from collections.abc import Iterator
from itertools import batched, groupby
from operator import attrgetter

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from checks.catalogue import Part
from checks.codes import Need
from checks.decision import Settings, Start, follows_from, suggested_verdict
from checks.measures import by_day, reached
from checks.picture import Decision, Picture, Pulse, Votes
from checks.running import ASKED_AGAIN
from checks.temperature import FEWEST_VOTES, Temperature, temperature_of
from ideas.dossier.build import ChapterOfDossier, PartOfDossier, grid, row, rows
from ideas.dossier.comments import comments_on
from ideas.dossier.shapes import Bar, Block, Line, Row, Thermometer
from ideas.dossier.wording import answer, line, place, short_day
from ideas.wording import all_of, asked, capital, day, number, say

# The drawing of the votes, in millimetres: the width of a value, of its bar, and the height that bars have.
STRIDE, BREADTH, TALLEST, GROUND = 22, 14, 17, 23
# How many voices of a pulse stand beside each other, and how wide its questions are, in hundredths.
VOICES_BESIDE, QUESTION_WIDE = 3, 46


def _temperature(picture: Picture, settings: Settings) -> Iterator[Block]:
    if picture.votes is None:
        return
    temperature = temperature_of(picture.votes)
    if temperature.spread:
        yield _thermometer(temperature)
    yield from rows(*reading(picture.votes))


def reading(votes: Votes) -> list[list[Row]]:
    """A reading of the temperature, without what would tell who voted what."""
    temperature = temperature_of(votes)
    few = "" if temperature.votes >= FEWEST_VOTES else gettext("Fewer than three votes say too little.")
    return [
        row(
            gettext("How warm the own team is"),
            line(word=capital(say(temperature.band)), text=few),
            line(text=how_many(temperature)),
            line(gettext("How taken"), ", ".join(word for word in (say(votes.method), day(votes.date)) if word)),
        ),
        row(gettext("What the team said"), *(line(text=remark) for remark in temperature.remarks)),
        row(gettext("Note"), line(text=votes.note)),
    ]


def how_many(temperature: Temperature) -> str:
    """The number of votes, and the middle one where that may be shown."""
    words = ngettext("%(count)s vote", "%(count)s votes", temperature.votes) % {"count": number(temperature.votes)}
    if temperature.median is None:
        return words
    middle = number_format(f"{temperature.median:g}")
    return gettext("%(votes)s, median %(median)s on a scale of 1 to 5") % {"votes": words, "median": middle}


def _thermometer(temperature: Temperature) -> Thermometer:
    spread = temperature.spread[::-1]
    ends = {1: gettext("1 · cold"), 5: gettext("5 · very warm")}
    told = [
        ngettext("%(count)d vote for %(value)d", "%(count)d votes for %(value)d", bar.count)
        % {"count": bar.count, "value": bar.value}
        for bar in spread
    ]
    return Thermometer(
        alt=gettext("How the votes are spread: %(votes)s.") % {"votes": all_of(told)},
        bars=tuple(
            Bar(
                count=number(bar.count),
                word=ends.get(bar.value, str(bar.value)),
                left=(bar.value - 1) * STRIDE + (STRIDE - BREADTH) / 2,
                middle=(bar.value - 0.5) * STRIDE,
                top=GROUND - TALLEST * bar.percent / 100,
                height=TALLEST * bar.percent / 100,
                above=GROUND - TALLEST * bar.percent / 100 - 1.5,
            )
            for bar in spread
        ),
    )


def _control(picture: Picture, settings: Settings) -> Iterator[Block]:
    control = picture.control
    yield from rows(
        row(
            asked("s4.verdict"),
            line(word=capital(say(picture.verdict))),
            _suggestion(picture),
            line(text=control.note),
            line(gettext("Control on"), day(control.date)),
            line(gettext("Control by"), control.by),
            line(
                gettext("Goes back to"),
                place(None, picture.back_to_step) if picture.back_to_step else "",
            ),
        ),
    )


def _suggestion(picture: Picture) -> list[Line]:
    """What the lists and checks come to, where the group said otherwise or nothing yet."""
    suggested = suggested_verdict(picture)
    if suggested is None or suggested.verdict is picture.verdict:
        return []
    words = gettext("The lists and checks come to: %(verdict)s, because %(reasons)s.")
    reasons = all_of(say(reason.value) for reason in suggested.reasons)
    return line(text=words % {"verdict": say(suggested.verdict), "reasons": reasons})


def _decision(picture: Picture, settings: Settings) -> Iterator[Block]:
    if picture.decision:
        yield from rows(*decision_rows(picture.decision))


def decision_rows(decision: Decision) -> list[list[Row]]:
    """A decision with all that was said at it."""
    return [
        row(
            asked("s4.decision"),
            line(word=capital(say(decision.value))),
            line(gettext("Decided on"), day(decision.date)),
            line(text=gettext("A go with question marks: each open point has an owner and a date."))
            if decision.conditional
            else [],
            line(text=gettext("This decision came in from a file.")) if decision.imported else [],
        ),
        row(asked("s4.motivation"), line(text=decision.motivation)),
        row(gettext("Reasons for the partners"), line(text=decision.reasons)),
        row(gettext("What would change our mind"), line(text=decision.would_change)),
        row(gettext("Look at it again on"), line(text=day(decision.look_again))),
        row(gettext("Conditions that stay"), line(text=decision.conditions_kept)),
        row(
            gettext("The question that decided it"),
            line(text=asked(decision.deciding_question) if decision.deciding_question else ""),
        ),
        row(gettext("Present"), line(text=capital(all_of(decision.present)))),
        row(gettext("Decided without temperature"), line(text=decision.not_measured)),
        row(gettext("The coordinator let it through"), line(text=decision.override)),
        row(gettext("First review"), line(text=day(decision.review))),
        row(gettext("The partners heard the news on"), line(text=day(decision.partners_told))),
        row(gettext("Why no trajectory"), line(text=decision.trajectory_skipped)),
        row(gettext("Why no talk"), line(text=decision.talk_skipped)),
    ]


def _directors(picture: Picture, settings: Settings) -> Iterator[Block]:
    told: list[Row] = []
    for directors in picture.directors:
        told += row(
            gettext("Raad van bestuur"),
            line(word=capital(say(directors.outcome)) if directors.outcome else gettext("Outcome not known yet.")),
            line(text=directors.text),
            name=True,
            remark=day(directors.date),
        )
    yield from rows(told)


# ---------- what follows


def _must_follow(picture: Picture, settings: Settings) -> Iterator[Block]:
    told = follows_from(picture, settings)
    if told is None:
        return
    may_start = {
        Start.NOW: gettext("The collaboration can start."),
        Start.AFTER_TRAJECTORY: gettext("The collaboration can start once the trajectory is planned."),
        Start.CONDITIONAL: gettext("The collaboration can start, with each open point in somebody's hands."),
        Start.BLOCKED: gettext("This go cannot stand yet: questions remain."),
        Start.NOT_APPLICABLE: gettext("A go does not fit here: change the proposal first."),
        None: "",
    }[told.start]
    months = told.review_months
    yield from rows(
        row(gettext("Advice"), line(text=say(told.remark)), line(text=may_start)),
        row(gettext("Trajectory with the team"), _needed(told.trajectory)),
        row(gettext("Talk with the own team"), _needed(told.talk_team)),
        row(gettext("Talk with the partners"), _needed(told.talk_partners)),
        row(
            gettext("First review"),
            line(text=ngettext("after %(count)d month", "after %(count)d months", months) % {"count": months})
            if months
            else [],
        ),
    )


def _needed(need: Need) -> list[Line]:
    return [] if need is Need.NONE else line(word=capital(say(need)))


def _talks(picture: Picture, settings: Settings) -> Iterator[Block]:
    told: list[Row] = []
    for talk in picture.talk:
        with_whom = [
            talk.with_whom,
            gettext("the own team") if talk.with_team else "",
            gettext("the partners") if talk.with_partners else "",
        ]
        without = [
            gettext("the own team") if talk.with_team is False else "",
            gettext("the partners") if talk.with_partners is False else "",
        ]
        told += row(
            gettext("Evaluation talk"),
            line(gettext("With"), all_of(with_whom)),
            line(gettext("Without"), all_of(without)),
            line(gettext("Agreed to write down"), talk.learned),
            line(gettext("About later"), talk.door_open),
            name=True,
            remark=day(talk.date),
        )
    yield from rows(told)


def _trajectory(picture: Picture, settings: Settings) -> Iterator[Block]:
    trajectory = picture.trajectory
    if trajectory is None:
        return
    yield from rows(
        row(
            asked("s4.trajectory"),
            line(text=trajectory.aim or gettext("The aim is not written down yet.")),
            line(gettext("Owner"), trajectory.owner),
            line(gettext("Closed on"), day(trajectory.closed)),
            line(gettext("Outcome"), trajectory.outcome),
        )
    )
    yield from grid(
        [(gettext("Action"), 48), (gettext("Who"), 22), (gettext("Due"), 15), (gettext("Done on"), 15)],
        (
            [
                line(text=action.text),
                line(text=action.owner),
                line(text=short_day(action.due)),
                line(text=short_day(action.done)),
            ]
            for action in trajectory.actions
        ),
    )


def _reviews(picture: Picture, settings: Settings) -> Iterator[Block]:
    told: list[Row] = []
    for review in picture.reviews:
        told += row(
            gettext("Review"),
            answer(review.works, label=gettext("Does it work?")),
            line(text=review.text),
            line(gettext("Benefits seen"), " · ".join(map(say, review.benefits_seen))),
            line(gettext("Next review"), day(review.next)),
            name=True,
            remark=day(review.date),
        )
    yield from rows(told)


def _measures(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from rows(
        *(
            row(
                indicator.text,
                line(gettext("Target"), indicator.target),
                *(
                    line(text=" · ".join(part for part in (short_day(one.date), one.value, one.note) if part))
                    for one in by_day(indicator.measures)
                ),
                name=True,
                remark=say(outcome) if (outcome := reached(indicator)) else "",
            )
            for indicator in picture.indicators
            if indicator.measures
        )
    )


def _pulses(picture: Picture, settings: Settings) -> Iterator[Block]:
    """The questions with what each voice answered beside each other, a few voices at a time; of a day together."""
    for when, those in groupby(sorted(picture.pulses, key=attrgetter("date")), key=attrgetter("date")):
        for voices in batched(those, VOICES_BESIDE):
            width = (100 - QUESTION_WIDE) // len(voices)
            yield from grid(
                [
                    (gettext("Answered on %(day)s") % {"day": day(when)}, QUESTION_WIDE),
                    *((one.who, width) for one in voices),
                ],
                [
                    [line(text=say(question.words)), *(answer(getattr(one, name)) for one in voices)]
                    for name, question in ASKED_AGAIN.items()
                    if any(getattr(one, name) for one in voices)
                ],
            )
            yield from rows(*(row(one.who, line(text=one.note), name=not _answers(one)) for one in voices))


def _answers(pulse: Pulse) -> bool:
    return any(getattr(pulse, name) for name in ASKED_AGAIN)


DECISION = ChapterOfDossier(
    lambda: gettext("The decision"),
    "decision",
    4,
    [
        PartOfDossier(lambda: say(Part.TEMPERATURE), "temperature", _temperature),
        PartOfDossier(lambda: say(Part.CONTROL), "control", _control),
        PartOfDossier(lambda: say(Part.DECISION), "decision-itself", _decision),
        PartOfDossier(lambda: gettext("Raad van bestuur"), "directors", _directors, named=False),
        comments_on(4),
    ],
)
FOLLOWS = ChapterOfDossier(
    lambda: gettext("What follows"),
    "follows",
    4,
    [
        PartOfDossier(lambda: gettext("What the decision asks"), "must-follow", _must_follow, named=False),
        PartOfDossier(lambda: gettext("Talks"), "talks", _talks, named=False),
        PartOfDossier(lambda: gettext("Trajectory"), "trajectory", _trajectory, named=False),
        PartOfDossier(lambda: gettext("Reviews"), "reviews", _reviews, named=False),
        PartOfDossier(lambda: gettext("Measures"), "measures", _measures),
        PartOfDossier(lambda: gettext("Yearly pulse"), "pulses", _pulses),
    ],
)
