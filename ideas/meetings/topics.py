"""What an agenda can name: what is proposed, what it is called, and how it stands in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checks.agenda import agenda
from checks.agenda import topic_of as topic_of_question
from checks.asking import About
from checks.catalogue import QUESTIONS, Question, QuestionType
from checks.codes import Check, Reply
from checks.picture import Picture
from checks.places import answer_at
from checks.temperature import temperature_of
from checks.words import Code
from ideas.access import Act, Standing
from ideas.models import AgendaItem, Answer, AskedMember, CheckConclusion, Comment, Idea
from ideas.picture import Reading
from ideas.steps.answers import ANSWERED, codes_of
from ideas.steps.lists import LISTS, EditableList
from ideas.steps.pages import PAGES
from ideas.wording import capital, day, say

# A question that is answered in the list of another one.
ANSWERED_IN = {"s1.who.needed": "s1.how.pieces"}


@dataclass(frozen=True)
class Raised:
    """What others raised: by those who were asked, and in comments that are not dealt with. By topic."""

    concerns: Mapping[str, list[AskedMember]]
    comments: Mapping[str, list[Comment]]


def raised_at(idea: Idea, standing: Standing) -> Raised:
    """What was raised at an idea, in two queries. What was answered is for who may check the idea."""
    concerns: dict[str, list[AskedMember]] = {}
    comments: dict[str, list[Comment]] = {}
    if standing.may(Act.CHECK):
        asked = AskedMember.objects.filter(idea=idea, reply__in=[Reply.OBJECTION, Reply.RATHER_TALK], point=None)
        for one in asked.select_related("asking", "member"):
            concerns.setdefault(one.asking.about, []).append(one)
    said = Comment.objects.filter(idea=idea, reply_to=None, dealt_with=None).select_related("author")
    for comment in said:
        comments.setdefault(topic_of(comment), []).append(comment)
    return Raised(concerns, comments)


def topic_of(comment: Comment) -> str:
    """The topic of an agenda under which a comment is talked about."""
    check = comment.place.removeprefix("conclusion-")
    if check in set(Check):
        return check
    return topic_of_question(QUESTIONS[comment.question]) if comment.question else f"step-{comment.step}"


def proposed(picture: Picture, raised: Raised, stands: Iterable[AgendaItem] = ()) -> list[str]:
    """The topics that are open and do not stand on the agenda yet."""
    on_it = {item.topic for item in stands}
    return [topic for topic in agenda(picture, raised.concerns, raised.comments) if topic not in on_it]


def name_of(item: AgendaItem) -> str:
    """What an item is called."""
    return called(item.about) if item.about else item.text


def called(about: About) -> str:
    return capital(say(about.words))


def page_of(about: About) -> str:
    """The name of the page on which a topic stands."""
    return PAGES[about.step]


def lists_of(topic: str) -> list[EditableList]:
    """The lists that answer a question; none for one that is answered otherwise."""
    question = ANSWERED_IN.get(topic, topic)
    return [] if topic in ANSWERED else [edited for edited in LISTS.values() if edited.question == question]


def answer_to(reading: Reading, topic: str) -> Answer | None:
    """The answer to a question that has one of its own, perhaps a new one."""
    if topic not in ANSWERED:
        return None
    row = next((row for row in reading.rows[Answer] if row.question == topic), None) or Answer(question=topic)
    row.idea = reading.idea
    return row


def conclusion_to(reading: Reading, topic: str) -> CheckConclusion | None:
    """The conclusion of a check, perhaps a new one."""
    if topic not in set(Check):
        return None
    rows = reading.rows[CheckConclusion]
    row = next((row for row in rows if row.check_name == topic), None) or CheckConclusion(check_name=Check(topic))
    row.idea = reading.idea
    return row


def questions_of(check: str, reading: Reading) -> list[tuple[Question, str]]:
    """The questions of a check, each with its answer in words, for who draws the conclusion."""
    rows = {row.question: row for row in reading.rows[Answer]}
    asked = [question for slug, question in QUESTIONS.items() if question.check == check and slug in ANSWERED]
    return [
        (question, _worded(question, rows[question.slug].value) if question.slug in rows else "") for question in asked
    ]


def stands(topic: str, reading: Reading, picture: Picture) -> list[str]:
    """How a topic stands, in words a line; nothing while it is open. Private notes are never among them."""
    if answer := answer_to(reading, topic):
        return _with_note(_worded(QUESTIONS[topic], answer.value), answer)
    if conclusion := conclusion_to(reading, topic):
        return _with_note(capital(say(conclusion.conclusion)), conclusion)
    if lists := lists_of(topic):
        return [f"- {one}" for edited in lists for one in map(in_a_line, rows_of(edited, reading)) if one]
    return list(_of_step_4(topic, reading, picture))


def rows_of(edited: EditableList, reading: Reading) -> list[Any]:
    return [item.row for item in edited.listed(reading)]


def in_a_line(row: Any) -> str:
    """A row in short: what it says, how far it is, who sees to it and by when."""
    told = [str(row), say(getattr(row, "status", None)), getattr(row, "owner", ""), day(getattr(row, "due", None))]
    return " · ".join(filter(None, told))


def _with_note(said: str, thing: Answer | CheckConclusion) -> list[str]:
    return [line for line in (said, "" if thing.notes_private else thing.note) if line]


def _worded(question: Question, value: str) -> str:
    if question.type is QuestionType.TEXT:
        return value
    code: Code | None = next((code for code in codes_of(question) if code == value), None)
    return capital(say(code))


def _of_step_4(topic: str, reading: Reading, picture: Picture) -> Iterator[str]:
    control = getattr(reading.idea, "control", None)
    match topic:
        case "s4.verdict" if picture.verdict:
            yield capital(say(picture.verdict))
            if control and control.note and not control.notes_private:
                yield control.note
        case "s4.temperature" if picture.votes:
            yield capital(say(temperature_of(picture.votes).band))
        case "s4.decision" | "s4.motivation" if picture.decision:
            told = answer_at(picture, topic)
            yield capital(say(told)) if isinstance(told, Code) else str(told or "")
