"""What every page of one idea shows: its header, the way, and the next thing to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from checks.catalogue import STEPS
from checks.codes import Check, Status
from checks.decision import DECIDED, Settings
from checks.next_thing import next_thing
from checks.picture import Picture
from checks.places import is_begun, next_talk, open_questions
from checks.words import Words
from ideas.access import HtmxHttpRequest, Standing, get_idea
from ideas.models import Idea
from ideas.organisation import settings_of
from ideas.picture import Reading, read
from ideas.steps.lists import LISTS, Section, section_of
from ideas.way.offers import offered

CONCLUDED = {
    1: Words("1 check besloten", "1 check concluded"),
    2: Words("2 checks besloten", "2 checks concluded"),
    3: Words("3 checks besloten", "3 checks concluded"),
}


PAGES = {1: "ideas:explore", 2: "ideas:check", 3: "ideas:concretise", 4: "ideas:decide"}
DISCUSSED = Words("besproken", "discussed")
PARTLY_DISCUSSED = Words("deels besproken", "partly discussed")
SKIPPED = Words("overgeslagen", "skipped")
LATER = Words("later", "later")


@dataclass(frozen=True)
class StepOnTheWay:
    """One of the four steps as a landmark, with the name of its page: `state` is done, here or todo."""

    number: int
    name: Words
    says: Words
    state: str
    page: str


def way(picture: Picture) -> list[StepOnTheWay]:
    """The four steps, each with a word on how far the conversation is."""
    here = 5 if picture.status in DECIDED else picture.step or 0
    states = {number: "done" if number < here else "here" if number == here else "todo" for number in STEPS}
    return [
        StepOnTheWay(number, name, _says(picture, number, states[number]), states[number], PAGES[number])
        for number, name in STEPS.items()
    ]


def _says(picture: Picture, step: int, state: str) -> Words:
    concluded = sum(bool(getattr(picture.checks, check).conclusion) for check in Check)
    if step == 2 and concluded:
        return CONCLUDED[concluded]
    if step == 3 and picture.bundles:
        count = len(picture.bundles)
        return Words(
            f"{count} bundel" if count == 1 else f"{count} bundels",
            f"{count} bundle" if count == 1 else f"{count} bundles",
        )
    if step == 4 and picture.decision:
        return picture.decision.value.words
    if step == 4 and picture.verdict:
        return picture.verdict.words
    part = next_talk(picture, step) if state == "here" else None
    if part:
        return Words(f"gesprek: {part.words.nl.lower()}", f"talk: {part.words.en.lower()}")
    if not is_begun(picture, step):
        return LATER if state == "todo" else SKIPPED
    return PARTLY_DISCUSSED if open_questions(picture, step) else DISCUSSED


@dataclass(frozen=True)
class Page:
    """One idea as one member sees it: what the views of the steps add their own to."""

    idea: Idea
    standing: Standing
    reading: Reading
    picture: Picture
    settings: Settings

    def section(self, name: str) -> Section:
        """A list of the idea, as it stands on its page."""
        return section_of(LISTS[name], self.reading, self.standing)


def show_idea(
    request: HtmxHttpRequest,
    idea_id: int,
    template: str,
    step: int | None,
    more: Callable[[Page], dict[str, Any]] = lambda page: {},
    around: str = "ideas/steps/around.html",
) -> HttpResponse:
    """A page of one idea. `more` adds what only that page needs.

    An HTMX request gets `around`: what changes on the page when something on it was saved.
    """
    idea, standing = get_idea(request, idea_id)
    reading = read([idea.pk])[idea.pk]
    page = Page(idea, standing, reading, reading.whole(), settings_of(idea.organisation))
    coming = next_thing(page.picture, page.settings, today=timezone.localdate())
    return render(
        request,
        around if request.htmx else template,
        {
            "idea": idea,
            "picture": page.picture,
            "organisation": idea.organisation,
            "rights": standing.rights,
            "page_step": step,
            "page_step_name": STEPS[step] if step else None,
            "way": way(page.picture),
            "next_thing": coming,
            "next_page": PAGES[coming.step] if coming.step else None,
            "points_of_step": [point for point in page.picture.followups if point.step == step],
            "is_decided": page.picture.status in DECIDED,
            "is_under_way": page.picture.status is Status.IN_STEP,
            **offered(idea, page.picture, standing, coming),
            **more(page),
        },
    )
