"""What waits for a member, part by part: see `ideas.waiting`."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from checks.codes import Check, Role, Status, Verdict, Waiting
from checks.decision import STILL_OPEN
from ideas.access import ideas_for
from ideas.models import AskedMember, Idea, Involvement, SupportMeeting
from ideas.waiting import Waits
from ideas.wording import say
from people.models import Member

# So long before an answer is needed it waits for who follows the idea.
ANSWER_SOON = timedelta(days=14)


def asked(member: Member, today: date) -> Iterator[Waits]:
    """What this member was asked and did not answer yet, also instead of somebody who is away."""
    rows = AskedMember.objects.unanswered().for_member(member, today).filter(idea__in=ideas_for(member).order_by())
    for row in rows.select_related("idea", "asking", "asking__asked_by", "member"):
        told = {"about": say(row.asking.told_about.words), "who": row.member.name if row.member else ""}
        what = _("Your answer: %(about)s") if row.member_id == member.pk else _("Your answer for %(who)s: %(about)s")
        link = reverse("ideas:answer_asked", args=[row.idea_id, row.pk])
        yield Waits(what % told, row.idea, link, row.asking.due, Waiting.ASKED)


def answer_needed(member: Member, today: date) -> Iterator[Waits]:
    """The ideas that this member follows and that need an answer soon."""
    follows = Q(idea_owner=member) | Q(stand_in=member, stand_in_until__gte=today)
    ideas = ideas_for(member).filter(follows, status__in=STILL_OPEN, answer_needed_by__lte=today + ANSWER_SOON)
    for idea in ideas.exclude(decisions__current=True):
        due = idea.answer_needed_by
        yield Waits(_("This idea needs an answer"), idea, _page(idea, "idea"), due, Waiting.ANSWER_NEEDED)


def to_take_up(member: Member, today: date) -> Iterator[Waits]:
    """The ideas that were received and that nobody follows yet: for the coordinator, and for who received one."""
    ideas = ideas_for(member).filter(status=Status.RECEIVED)
    for idea in ideas if member.coordinator else ideas.filter(entered_by=member):
        due = idea.answer_needed_by
        yield Waits(_("Received: who takes it up?"), idea, _page(idea, "idea"), due, Waiting.TAKE_UP)


def to_prepare(member: Member, today: date) -> Iterator[Waits]:
    """The ideas in step 2 that name this member as support service, and of which no preparation is noted yet."""
    named = Involvement.objects.filter(idea=OuterRef("pk"), member=member, role=Role.SUPPORT)
    talks = SupportMeeting.objects.filter(idea=OuterRef("pk"))
    ideas = ideas_for(member).filter(Exists(named), ~Exists(talks), status=Status.IN_STEP, step=2)
    for idea in ideas.filter(support_not_needed=""):
        link = f"{_page(idea, 'check')}#preparation"
        yield Waits(_("Prepare the checks"), idea, link, idea.answer_needed_by, Waiting.PREPARE)


def to_confirm_and_decide(member: Member, today: date) -> Iterator[Waits]:
    """For the policy team: lists to confirm once the three checks are concluded, and decisions to record."""
    if not member.policy_team:
        return
    concluded = Count("conclusions", filter=Q(conclusions__conclusion__isnull=False))
    ideas = ideas_for(member).filter(status=Status.IN_STEP, step__gte=2).exclude(decisions__current=True)
    for idea in ideas.annotate(concluded=concluded).select_related("control"):
        due, is_checked = idea.answer_needed_by, idea.concluded == len(Check)
        if idea.step == 4 and _verdict(idea):
            yield Waits(_("Record the decision"), idea, _page(idea, "decide"), due, Waiting.DECIDE)
        elif is_checked and not (idea.followups_confirmed and idea.conditions_confirmed):
            link = f"{_page(idea, 'check')}#come-to"
            yield Waits(_("Confirm both lists"), idea, link, due, Waiting.CONFIRM)


def _verdict(idea: Idea) -> Verdict | None:
    control = getattr(idea, "control", None)
    return control.verdict if control else None


def _page(idea: Idea, name: str) -> str:
    return reverse(f"ideas:{name}", args=[idea.pk])
