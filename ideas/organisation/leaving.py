"""Somebody leaves the organisation: first the ideas that they follow go to others, then their membership ends."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from checks.codes import FollowUpStatus, Role, Status, Verb
from checks.way import FROM
from ideas.access import HtmxHttpRequest, ideas_for
from ideas.models import FollowUp, Idea, Involvement, TrajectoryAction
from ideas.models.past import is_done_by
from ideas.once import once
from ideas.way.forms import MemberChoice
from people.mail import post
from people.members import get_member
from people.models import Deed, Mail, Member
from people.weighty import weighty

# What is over needs no new follower, nor anybody who works on it.
GOES_ON = Q(closed=None, status__in=FROM[Verb.HAND_OVER] | {Status.RECEIVED})


def to_hand_over(member: Member) -> QuerySet[Idea]:
    """The ideas that need another follower once this member leaves."""
    parked = Q(status=Status.PAUSED, step=None)
    followed = Idea.objects.filter(idea_owner=member, closed=None, status__in=FROM[Verb.HAND_OVER])
    return followed.exclude(parked).order_by("pk")


@dataclass(frozen=True)
class Owed:
    """Something that is open, at an idea, and by when; `given` to them by name, or beside their function."""

    what: str
    idea: Idea
    due: date | None
    given: bool


@dataclass(frozen=True)
class Ties:
    """What still ties somebody to ideas beside following them, as far as the reader may know."""

    stands_in: list[Idea]
    named_on: list[Involvement]
    owes: list[Owed]

    @property
    def given(self) -> list[Owed]:
        """What was given to them, and goes to whoever follows its idea."""
        return [one for one in self.owes if one.given]

    @property
    def by_function(self) -> list[Owed]:
        return [one for one in self.owes if not one.given]


def ties_of(member: Member, reader: Member) -> Ties:
    """In four queries. What somebody owes is given to them, or stands beside their function."""
    seen = ideas_for(reader).order_by()
    stands_in = Idea.objects.filter(stand_in=member, stand_in_until__gte=timezone.localdate())
    named = Involvement.objects.filter(member=member, idea__in=seen.filter(GOES_ON)).select_related("idea")
    return Ties(list(stands_in.order_by("pk")), list(named.order_by("idea")), list(_owed(member, seen)))


def _owed(member: Member, ideas: QuerySet[Idea]) -> Iterator[Owed]:
    by_function = Q(owner__iexact=member.function, owner_member=None) if member.function else Q(pk__in=[])
    going_on = (Q(owner_member=member) | by_function) & Q(idea__in=ideas.filter(GOES_ON))
    for task in _open_tasks(going_on):
        yield Owed(str(task), task.idea, task.due, task.owner_member_id == member.pk)


def _open_tasks(only: Q) -> Iterator[FollowUp | TrajectoryAction]:
    """The opvolgpunten and the actions of a trajectory that are still to be done, with their idea and its follower."""
    still = [status for status in FollowUpStatus if status.is_open]
    yield from FollowUp.objects.filter(only, status__in=still).select_related("idea__idea_owner")
    yield from TrajectoryAction.objects.filter(only, done=None).select_related("idea__idea_owner")


class LeavingForm(forms.Form):
    """A new follower for every idea: one for all, or another one for some."""

    def __init__(self, *args: Any, ideas: Iterable[Idea], leaves: Member, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.ideas = list(ideas)
        here = Member.objects.present().filter(organisation=leaves.organisation_id).exclude(pk=leaves.pk)
        colleagues = here.select_related("team", "replacement").order_by("name")
        told = [(one.pk, MemberChoice().label_from_instance(one)) for one in colleagues] if self.ideas else []
        if self.ideas:
            asks = ngettext("Who follows it from now on?", "Who follows them from now on?", len(self.ideas))
            self.fields["all"] = _colleague(asks, _("Choose a colleague"), colleagues, told)
        if len(self.ideas) > 1:
            for idea in self.ideas:
                self.fields[f"idea-{idea.pk}"] = _colleague(idea.title, _("The same colleague"), colleagues, told)

    @property
    def one_by_one(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "all"]

    @property
    def is_chosen_one_by_one(self) -> bool:
        return self.is_bound and any(field.value() for field in self.one_by_one)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.ideas and not all(self._follower(idea) for idea in self.ideas) and "all" not in self.errors:
            self.add_error("all", _("Every idea needs somebody who follows it."))
        return cleaned

    def _follower(self, idea: Idea) -> Member | None:
        chosen: Member | None = self.cleaned_data.get(f"idea-{idea.pk}") or self.cleaned_data.get("all")
        return chosen

    @property
    def followers(self) -> Mapping[Idea, Member]:
        """Who follows which idea from now on, once the form is valid."""
        return {idea: follower for idea in self.ideas if (follower := self._follower(idea))}


def _colleague(label: Any, nobody: Any, colleagues: QuerySet[Member], told: list[tuple[int, str]]) -> MemberChoice:
    """A choice of colleagues, who are read once for all choices on the page."""
    field = MemberChoice(label=label, empty_label=nobody, required=False)
    field.queryset = colleagues
    field.choices = [("", nobody), *told]
    return field


@require_http_methods(["GET", "HEAD", "POST"])
@weighty
@once
def leaving(request: HtmxHttpRequest, member_id: int) -> HttpResponse:
    """Ends the membership of somebody, who can do so themselves; what they follow is handed over first."""
    posted = request.method == "POST"
    me, somebody = get_member(request, member_id, lock=posted)
    if not me.coordinator and me != somebody:
        raise PermissionDenied
    if somebody.is_only_coordinator():
        return render(
            request, "ideas/organisation/must_stay.html", {"somebody": somebody}, status=409 if posted else 200
        )
    ideas = to_hand_over(somebody)
    form = LeavingForm(
        request.POST if posted else None, ideas=ideas.select_for_update() if posted else ideas, leaves=somebody
    )
    if form.is_bound and form.is_valid():
        _end(somebody, me, form.followers)
        return redirect("people" if me != somebody else "/")
    context = {"somebody": somebody, "form": form, "ties": ties_of(somebody, me), "by_themselves": me == somebody}
    return render(request, "ideas/organisation/leaving.html", context, status=422 if form.is_bound else 200)


def _end(somebody: Member, by: Member, followers: Mapping[Idea, Member]) -> None:
    """Hands over, takes them off what goes on, and ends the membership."""
    role = Role.COORDINATOR if by.coordinator else Role.IDEA_OWNER
    is_done_by(by, role)
    for idea, follower in followers.items():
        idea.hand_over(by, role, follower)
    for idea in Idea.objects.filter(stand_in=somebody).select_for_update():
        idea.stand_in = idea.stand_in_until = None
        idea.save(update_fields=["stand_in", "stand_in_until"])
    _give_tasks(somebody)
    Involvement.objects.filter(member=somebody, idea__in=Idea.objects.filter(GOES_ON)).delete()
    somebody.end()
    Mail.objects.to_member(somebody).withdraw()
    Deed.note(by, Deed.What.ENDED, about=somebody)
    _tell(somebody, by, followers.values())


def _give_tasks(somebody: Member) -> None:
    """What they still had to do is from now on for whoever follows the idea."""
    followed = Idea.objects.filter(GOES_ON, idea_owner__isnull=False)
    for task in list(_open_tasks(Q(owner_member=somebody, idea__in=followed))):
        task.give_to(task.idea.idea_owner)


def _tell(somebody: Member, by: Member, followers: Iterable[Member]) -> None:
    """Mails each new follower how many ideas are theirs now; who ended it knows already."""
    for follower, count in Counter(followers).items():
        if follower.account and follower != by:
            key = f"handed-over-{somebody.pk}-{somebody.ended}-{follower.pk}"
            context = {"somebody": somebody, "follower": follower, "count": count}
            post(follower.account, key, "follows_now", context)
