"""Where at an idea something can be said: at every question, list, row, conclusion and step."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from checks.catalogue import QUESTIONS, STEPS
from checks.codes import Check
from ideas.ids import id_in
from ideas.models import Comment, Idea
from ideas.steps.lists import LISTS
from ideas.steps.pages import PAGES
from ideas.wording import say

# The step of the checks; and the one to which belongs what stands on the page of the whole idea.
CHECKING, FIRST = 2, 1


@dataclass(frozen=True)
class Place:
    """A place at an idea. `name` is its id on its `page`, `title` what stands there.

    `step` is the one that it belongs to, `question` the slug of the question, if any.
    """

    name: str
    step: int
    title: str
    page: str
    question: str = ""

    def at(self, idea: Idea) -> str:
        """Where it stands."""
        return f"{reverse(self.page, args=[idea.pk])}#{self.name}"


def place_named(idea: Idea, name: str) -> Place:
    """The place of this name. Raises Http404 where the idea has none, and nothing was ever said there."""
    slug = name.replace("-", ".")
    head, _, tail = name.rpartition("-")
    if name in LISTS:
        return _in_list(name, name)
    if slug in QUESTIONS and QUESTIONS[slug].step:
        return Place(name, QUESTIONS[slug].step, say(QUESTIONS[slug].words), PAGES[QUESTIONS[slug].step], slug)
    if head == "step" and tail in map(str, STEPS):
        return Place(name, int(tail), say(STEPS[int(tail)]), PAGES[int(tail)])
    if head == "conclusion" and tail in set(Check):
        return Place(name, CHECKING, say(Check(tail)).capitalize(), PAGES[CHECKING])
    if head in LISTS and id_in(tail):
        return _of_row(idea, head, int(tail))
    raise Http404


def places_of(idea: Idea, names: Iterable[str]) -> list[Place]:
    """The places of these names, in the order of the steps: a query for each list of which rows are among them."""
    rows: dict[str, list[int]] = {}
    places = []
    for name in names:
        head, _, tail = name.rpartition("-")
        if head in LISTS and tail.isdecimal():
            rows.setdefault(head, []).append(int(tail))
        else:
            places.append(place_named(idea, name))
    for head, ids in rows.items():
        stand = LISTS[head].model._default_manager.filter(idea=idea).in_bulk(ids)
        places += [_in_list(head, f"{head}-{pk}", str(stand.get(pk, ""))) for pk in ids]
    return sorted(places, key=lambda place: (place.step, place.name))


def _in_list(list_name: str, name: str, title: str = "") -> Place:
    edited = LISTS[list_name]
    return Place(name, edited.asked.step or FIRST, title or say(edited.title), edited.page, edited.question)


def _of_row(idea: Idea, list_name: str, row_id: int) -> Place:
    edited, name = LISTS[list_name], f"{list_name}-{row_id}"
    row = edited.ever_at(idea, row_id)
    if row is None and not Comment.objects.filter(idea=idea, place=name).exists():
        raise Http404
    return _in_list(list_name, name, str(row or ""))
