"""What was asked and what came back, as it stands on the pages of an idea."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from checks.asking import ABOUT, PLACES, About
from checks.codes import Body, Reply
from checks.decision import STILL_OPEN
from ideas.access import Act, Standing
from ideas.models import AskedMember, Asking, Change, Idea
from ideas.steps.pages import PAGES
from ideas.wording import capital, say
from people.models import Member

STEP_OF_CHECKS = 2


@dataclass(frozen=True)
class AskedPart:
    """One question, with who answered and who did not yet. `asking` has the sentence and the day."""

    asking: Asking
    about: About
    answered: list[AskedMember]
    waiting: list[AskedMember]

    @property
    def whom(self) -> str:
        """The body by name; colleagues are named one by one."""
        if self.asking.body is Body.COLLEAGUE:
            return ", ".join(one.member.name for one in [*self.answered, *self.waiting] if one.member)
        return capital(self.asking.service or say(self.asking.body))

    @property
    def idea(self) -> Idea:
        return [*self.answered, *self.waiting][0].idea

    @property
    def names_waiting(self) -> str:
        """Who did not answer yet; with who left since, as nobody answers for them."""
        return ", ".join(_name_waiting(one.member) for one in self.waiting if one.member)


def _name_waiting(member: Member) -> str:
    return gettext("%(name)s (belongs here no more)") % {"name": member.name} if member.ended else member.name


@dataclass(frozen=True)
class AskedHere:
    """All that was asked at one place of the pages. `mine` is what this member is asked to answer.

    `parts` are empty for who may not see what is answered.
    """

    place: str
    idea: Idea
    parts: list[AskedPart]
    mine: list[AskedMember]
    may_ask: bool
    may_see: bool

    @property
    def about(self) -> About:
        """What is asked about here by default."""
        return ABOUT[self.place]

    @property
    def in_a_sheet(self) -> bool:
        """Whether it stands within a part of its page: on that of step 2, beside what it is about."""
        return self.about.step == STEP_OF_CHECKS

    @property
    def ask_at(self) -> str:
        """The form for asking, with the part that stands here chosen."""
        return f"{reverse('ideas:ask', args=[self.idea.pk])}?about={self.place}"


def place_of(idea: Idea, about: About) -> str:
    """The address where the answers on this part of an idea stand."""
    return f"{reverse(PAGES[about.step], args=[idea.pk])}#asked-{about.place}"


def asked_rows(idea: Idea) -> QuerySet[AskedMember]:
    """Who was asked what at an idea, in one query."""
    return (
        AskedMember.objects.filter(idea=idea)
        .select_related("asking", "asking__asked_by", "member", "answered_by", "point")
        .order_by("asking", "pk")
    )


def parts_of(rows: Iterable[AskedMember]) -> list[AskedPart]:
    """The questions, each with its people; one that was withdrawn before anybody answered is not told."""
    by_asking: dict[int, list[AskedMember]] = {}
    for row in rows:
        by_asking.setdefault(row.asking_id, []).append(row)
    parts = []
    for those in by_asking.values():
        asking, answered = those[0].asking, [one for one in those if one.reply]
        open_ones = [] if asking.withdrawn else [one for one in those if not one.reply]
        if answered or not asking.withdrawn:
            parts.append(AskedPart(asking, asking.told_about, answered, open_ones))
    return parts


@dataclass(frozen=True)
class Said:
    """What somebody answered at some time, also where they said something else later."""

    who: str
    at: datetime
    reply: Reply | None
    note: str


def said_before(idea: Idea, asked: Iterable[int]) -> list[Said]:
    """Each time that one of these people answered, the last one first: in one query."""
    changes = Change.objects.filter(
        idea=idea,
        content_type=ContentType.objects.get_for_model(AskedMember),
        object_id__in=asked,
        action=Change.Action.UPDATE,
    )
    told: list[Said] = []
    stood: dict[int, dict[str, str]] = {}
    for change in changes.select_related("actor").order_by("id"):
        now = {name: pair[1] or "" for name, pair in change.changes.items() if name in {"reply", "note"}}
        if now:
            stands = stood[change.object_id] = stood.get(change.object_id, {}) | now
            reply = Reply(stands["reply"]) if stands.get("reply") else None
            who = change.actor.name if change.actor else ""
            told.append(Said(who, change.touched, reply, stands.get("note", "")))
    return told[::-1]


def asked_at(idea: Idea, standing: Standing) -> Mapping[str, AskedHere]:
    """What was asked at each place of the pages of an idea, read in one query when it is first shown."""
    return SimpleLazyObject(lambda: _read(idea, standing))  # type: ignore[return-value]


def _read(idea: Idea, standing: Standing) -> dict[str, AskedHere]:
    rows = list(asked_rows(idea))
    for row in rows:
        row.idea = row.asking.idea = idea
    may_see, is_open = standing.may(Act.CHECK), idea.status in STILL_OPEN
    parts = parts_of(rows) if may_see else []
    mine = [
        one
        for one in rows
        if is_open and one.member_id == standing.member.pk and not one.reply and not one.asking.withdrawn
    ]
    return {
        place: AskedHere(
            place,
            idea,
            [part for part in parts if part.about.place == place],
            [one for one in mine if one.asking.told_about.place == place],
            may_ask=standing.may(Act.EDIT) and is_open,
            may_see=may_see,
        )
        for place in PLACES
    }
