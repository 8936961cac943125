"""A meeting on the screen: one thing of the agenda at a time, large, with its answer as it stands and as it changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.agenda import TOPICS
from checks.asking import About
from checks.catalogue import Question
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.meetings.forms import ItemNoteForm
from ideas.meetings.topics import (
    answer_to,
    conclusion_to,
    in_a_line,
    lists_of,
    name_of,
    page_of,
    questions_of,
    raised_at,
    rows_of,
    stands,
)
from ideas.meetings.views import INKS, item_of, meeting_of, note_saving, screen_of
from ideas.models import AgendaItem, AskedMember, Comment, Meeting
from ideas.once import once
from ideas.steps.answers import Answering, answering, conclusion_of
from ideas.steps.lists import EditableList
from ideas.steps.page import Page, show_idea
from ideas.steps.rows import add_lines


@dataclass(frozen=True)
class Large:
    """A list on the screen: its rows in a line each, and whether one can add to it."""

    edited: EditableList
    rows: list[str]
    may_add: bool


@dataclass(frozen=True)
class Shown:
    """What stands on the screen of one thing: how it is answered is one of `it`, `lists` and `stands`.

    `questions` are those of a check with their answers. What colleagues raised is shown among colleagues only.
    """

    item: AgendaItem
    name: str
    about: About | None
    page: str
    it: Answering | None
    lists: list[Large]
    stands: list[str]
    questions: list[tuple[Question, str]]
    concerns: list[AskedMember]
    comments: list[Comment]


@require_safe
@vary_on_headers("HX-Request")
def screen(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """One thing on the agenda (`item`, or else the first that is not dealt with); `ink` is light or dark."""
    template = "ideas/meetings/screen.html"

    def told(page: Page) -> dict[str, Any]:
        return on_screen(
            page, meeting_of(page.idea, meeting_id), request.GET.get("item", ""), request.GET.get("ink", "")
        )

    return show_idea(request, idea_id, template, None, told, template)


def on_screen(page: Page, meeting: Meeting, asked: str, ink: str) -> dict[str, Any]:
    """The thing on the screen, what comes before and after it, and how it looks."""
    items = list(meeting.items.all())
    for item in items:
        item.meeting, item.idea = meeting, page.idea
    place = _place(items, asked)
    ink = ink if ink in INKS else ""
    shown = shown_of(page, meeting, items[place]) if items else None
    may_edit = page.standing.may(Act.MEET)
    return {
        "meeting": meeting,
        "shown": shown,
        "place": place + 1,
        "count": len(items),
        "before": screen_of(meeting, items[place - 1].pk, ink) if place else "",
        "after": screen_of(meeting, items[place + 1].pk, ink) if place + 1 < len(items) else "",
        "here_at": screen_of(meeting, items[place].pk, ink) if items else "",
        "ink": ink,
        "inks": [(look, screen_of(meeting, items[place].pk, look)) for look in INKS] if items else [],
        "may_edit": may_edit,
        "note": note_saving(items[place], ItemNoteForm(instance=items[place])) if items and may_edit else None,
        "left": sum(not item.dealt_with for item in items),
    }


def _place(items: Sequence[AgendaItem], asked: str) -> int:
    """The place of what is asked for, or else of the first that is not dealt with. Raises Http404 for another."""
    if asked:
        place = next((place for place, item in enumerate(items) if str(item.pk) == asked), None)
        if place is None:
            raise Http404
        return place
    return next((place for place, item in enumerate(items) if not item.dealt_with), 0)


def shown_of(page: Page, meeting: Meeting, item: AgendaItem) -> Shown:
    """What stands on the screen of this thing. Others look on: private notes stay shut.

    Of what is internal only the name stands there where they are no colleagues.
    """
    topic = item.topic if meeting.may_show(item.topic) else ""
    about, standing = TOPICS.get(topic), replace(page.standing, in_company=True)
    answer, conclusion = answer_to(page.reading, topic), conclusion_to(page.reading, topic)
    lists = [
        Large(
            edited,
            [in_a_line(row) for row in rows_of(edited, page.reading)],
            standing.may(edited.act) and bool(edited.first),
        )
        for edited in lists_of(topic)
    ]
    raised = raised_at(page.idea, standing) if topic and meeting.is_ours else None
    it = answering(answer, standing) if answer else conclusion_of(conclusion, standing) if conclusion else None
    return Shown(
        item,
        name_of(item),
        about,
        page_of(about) if about else "",
        it,
        lists,
        [] if it or lists or not topic else stands(topic, page.reading, page.picture),
        questions_of(topic, page.reading) if conclusion else [],
        raised.concerns.get(topic, []) if raised else [],
        raised.comments.get(topic, []) if raised else [],
    )


@require_POST
@once
def add(request: HtmxHttpRequest, idea_id: int, meeting_id: int, item_id: int, name: str) -> HttpResponse:
    """Quickly adds rows to a list that is on the screen, and leads back to it."""
    idea, _standing = get_idea(request, idea_id)
    item = item_of(meeting_of(idea, meeting_id), item_id)
    edited = next((one for one in lists_of(item.topic) if one.name == name and one.first), None)
    if edited is None:
        raise Http404
    answer = add_lines(request, edited, idea.pk)
    if answer.status_code >= 400:
        return answer
    return redirect(f"{screen_of(item.meeting, item.pk, request.POST.get('ink', ''))}#{name}-lines")
