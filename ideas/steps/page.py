"""What every page of one idea shows: its header, the way, and the next thing to do."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from checks.catalogue import STEPS
from checks.codes import Check, Status
from checks.decision import DECIDED, Settings
from checks.next_thing import next_thing
from checks.picture import Picture
from checks.places import is_begun, next_talk, open_questions
from checks.signals import ENDED
from checks.words import Words
from ideas.access import HtmxHttpRequest, Standing, get_idea
from ideas.asking.shown import asked_at
from ideas.models import AcceptedSignal, Change, Comment, FollowUp, Idea, TemperatureReading
from ideas.organisation import settings_of
from ideas.picture import (
    AT_THE_DECISION,
    ON_A_PAGE,
    ON_A_STEP,
    TO_DECIDE,
    WITHOUT_TALK,
    Reading,
    read_rows,
    with_single,
)
from ideas.seal.since import SEAL
from ideas.signals.noticed import AROUND, Signals, around_of, noticed_in, signals_for
from ideas.steps.lists import LISTS, Section, section_of
from ideas.steps.pages import PAGES
from ideas.way.offers import offered
from people.models import Member

CONCLUDED = {
    1: Words("1 check besloten", "1 check concluded"),
    2: Words("2 checks besloten", "2 checks concluded"),
    3: Words("3 checks besloten", "3 checks concluded"),
}


DISCUSSED = Words("besproken", "discussed")
PARTLY_DISCUSSED = Words("deels besproken", "partly discussed")
SKIPPED = Words("overgeslagen", "skipped")
LATER = Words("later", "later")
# Before the first change of any idea.
NO_CHANGE_YET = datetime(2000, 1, 1, tzinfo=UTC)
MOST_NAMES = 3


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
class Here:
    """Who else is at an idea, and what the page knows, to be told when that is no longer all.

    `since` is when the newest change was recorded that the page shows; `reading` the temperature that counts;
    `comment` what was said last.
    """

    idea_id: int
    since: datetime
    reading: int | None
    comment: int | None
    others: tuple[Member, ...] | None = None

    @property
    def warmth(self) -> int:
        return self.reading or 0

    @property
    def seen(self) -> str:
        """What the page knows of the temperature, of what was said and of who is here."""
        return f"{self.warmth}-{self.comment or 0}-{','.join(str(member.pk) for member in self.others or ())}"

    @property
    def address(self) -> str:
        """Where the page asks whether that is still so."""
        told = urlencode({"since": self.since.isoformat(), "seen": self.seen})
        return f"{reverse('ideas:now', args=[self.idea_id])}?{told}"

    @property
    def names(self) -> str:
        """The first names on the list, as many as fit on a line."""
        return ", ".join(member.name for member in (self.others or ())[:MOST_NAMES])

    @property
    def more(self) -> int:
        """How many are here besides those."""
        return max(0, len(self.others or ()) - MOST_NAMES)


def newest_of(idea_id: int) -> tuple[datetime, int | None]:
    """When the newest change of this idea was recorded, and what was said last; if there is none, nothing yet.

    Ask it before reading the idea: then nothing is missed.
    """
    touched = Change.objects.filter(idea=OuterRef("pk")).order_by("-touched").values("touched")
    said = Comment.objects.filter(idea=OuterRef("pk")).order_by("-pk").values("pk")
    known = Idea.objects.filter(pk=idea_id).order_by().values_list(Subquery(touched[:1]), Subquery(said[:1]))
    newest, comment = known.first() or (None, None)
    return newest or NO_CHANGE_YET, comment


@dataclass(frozen=True)
class Page:
    """One idea as one member sees it: what the views of the steps add their own to."""

    idea: Idea
    standing: Standing
    reading: Reading
    picture: Picture
    settings: Settings
    signals: Signals | None = None

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
    sections: Container[str] = (),
    similar: Callable[[Idea], tuple[str, ...]] | None = None,
    told: Sequence[type[Model]] | None = None,
) -> HttpResponse:
    """A page of one idea. `more` adds what only that page needs, `told` are the lists that it tells of, if not all.

    The page of a step shows signals, and so does that of the whole idea, which gives what is `similar` to it.

    An HTMX request gets `around`: what changes on the page when something on it was saved; or the one of its `sections`
    that it asks for.
    """
    since, comment = (NO_CHANGE_YET, None) if request.htmx else newest_of(idea_id)
    also = {**(AROUND if step or similar else {}), **(SEAL if step in {None, 4} else {})}
    idea, standing = get_idea(request, idea_id, ideas=with_single(Idea.objects.all(), also))
    section = request.GET.get("section", "")
    fragment = f"{template}#{section}" if section in sections else around
    notices = idea.status not in ENDED and (bool(step) or (similar is not None and not request.htmx))
    lists: Sequence[type[Model]] = (ON_A_STEP if step else ON_A_PAGE) if notices else WITHOUT_TALK
    if step == 4 and (not request.htmx or section in sections):
        lists = AT_THE_DECISION if notices else TO_DECIDE
    lists = told or lists
    reading = read_rows([idea], lists)[idea.pk]
    page = Page(idea, standing, reading, reading.whole(), settings_of(idea.organisation))
    if notices:
        around_it = around_of(idea, page.picture, standing.member, similar(idea) if similar and idea.step else ())
        found = noticed_in(page.picture, idea, reading.rows[AcceptedSignal], around_it, page.settings)
        page = replace(page, signals=signals_for(found, standing, page.picture, step))
    asked = asked_at(idea, standing)
    coming = next_thing(page.picture, page.settings, today=timezone.localdate())
    return render(
        request,
        fragment if request.htmx else template,
        {
            "idea": idea,
            "here": Here(
                idea.pk, since, next((row.pk for row in reading.rows[TemperatureReading] if row.current), None), comment
            ),
            "picture": page.picture,
            "organisation": idea.organisation,
            "rights": standing.rights,
            "asked": asked,
            "signals": page.signals,
            "asked_on_step": SimpleLazyObject(lambda: asked[f"step-{step}"]),
            "add_to": {name: reverse("ideas:add", args=[idea.pk, name]) for name in ("followups", "conditions")},
            "page_step": step,
            "page_step_name": STEPS[step] if step else None,
            "way": way(page.picture),
            "next_thing": coming,
            "next_page": PAGES[coming.step] if coming.step else None,
            "points_of_step": [point for point in page.reading.rows[FollowUp] if point.step == step],
            "is_decided": page.picture.status in DECIDED,
            "is_under_way": page.picture.status is Status.IN_STEP,
            **offered(idea, page.picture, standing, coming),
            **more(page),
        },
    )
