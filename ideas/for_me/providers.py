"""What waits for members: what they were asked, and what their role in the organisation brings. See `ideas.waiting`."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from checks.codes import Check, Role, Status
from checks.words import Words
from ideas.access import Act
from ideas.came import at_the_latest, changed_at, of_idea
from ideas.due import goes_on
from ideas.models import (
    AskedMember,
    CheckConclusion,
    Comment,
    CommentsSeen,
    Control,
    Idea,
    Involvement,
    SupportMeeting,
)
from ideas.waiting import Waits
from people.models import Member

ASKED = Words("Jouw antwoord", "Your answer")
MENTIONED = Words("Iemand vraagt je om te kijken", "Somebody would like you to look")
TAKE_UP = Words("Ontvangen: wie neemt het op?", "Received: who takes it up?")
PREPARE = Words("De checks voorbereiden", "Prepare the checks")
CONFIRM = Words("Beide lijsten bevestigen", "Confirm both lists")
DECIDE = Words("De beslissing noteren", "Record the decision")


def asked(members: Collection[int], today: date) -> Iterator[Waits]:
    """What they were asked and did not answer yet."""
    rows = AskedMember.objects.unanswered().filter(goes_on("idea__"), member__in=members)
    for row in rows.select_related("idea", "asking", "member"):
        link = reverse("ideas:answer_asked", args=[row.idea_id, row.pk])
        yield Waits(
            row.member_id or 0,
            f"asked-{row.pk}",
            ASKED,
            row.idea,
            link,
            row.asking.due,
            came=row.asking.asked_at,
            about=row.asking.told_about.words,
            of_whom=row.member.name if row.member else "",
        )


def mentioned(members: Collection[int], today: date) -> Iterator[Waits]:
    """Where a colleague named them in a comment that they did not see yet, nor who replaces them; one by one."""
    seen = CommentsSeen.objects.filter(
        idea=OuterRef("comment__idea"), place=OuterRef("comment__place"), upto__gte=OuterRef("comment")
    )
    seen_instead = Q(Exists(seen.filter(member=OuterRef("member__replacement"))), member__in=Member.objects.away())
    unseen = ~Exists(seen.filter(member=OuterRef("member"))) & ~seen_instead
    named = Comment.mentions.through.objects.filter(unseen, member__in=members)
    for one in named.filter(comment__dealt_with=None).select_related("comment__idea").order_by("-comment"):
        comment = one.comment
        link = f"{reverse('ideas:comments_at', args=[comment.idea_id, comment.place])}#comment-{comment.pk}"
        yield Waits(one.member_id, f"mention-{comment.pk}", MENTIONED, comment.idea, link, came=comment.at)


def to_take_up(members: Collection[int], today: date) -> Iterator[Waits]:
    """The ideas that were received and that nobody follows yet: for the coordinators, and for who received one."""
    coordinators = _by_organisation(members, coordinator=True)
    whose = Q(organisation__in=coordinators) | Q(entered_by__in=members)
    ideas = Idea.objects.filter(whose, status=Status.RECEIVED, test=False)
    for idea in ideas.annotate(entered=of_idea(Idea, "status")):
        received_by = {pk for pk in members if pk == idea.entered_by_id}
        for member in received_by.union(coordinators.get(idea.organisation_id, [])):
            yield Waits(
                member,
                f"received-{idea.pk}",
                TAKE_UP,
                idea,
                _page(idea, "idea"),
                idea.answer_needed_by,
                came=idea.entered or at_the_latest(idea),
                to=Act.LEAD,
            )


def to_prepare(members: Collection[int], today: date) -> Iterator[Waits]:
    """The ideas in step 2 that name them as support service, and of which no preparation is noted yet."""
    talks = SupportMeeting.objects.filter(idea=OuterRef("idea"))
    named = Involvement.objects.filter(~Exists(talks), member__in=members, role=Role.SUPPORT)
    in_step_2 = Q(idea__status=Status.IN_STEP, idea__step=2, idea__support_not_needed="", idea__test=False)
    there = changed_at(Idea, "step", idea=OuterRef("idea"))
    for one in named.filter(in_step_2).annotate(there=there).select_related("idea"):
        link = f"{_page(one.idea, 'check')}#preparation"
        came = one.there or at_the_latest(one.idea)
        needed_by = one.idea.answer_needed_by
        yield Waits(one.member_id, f"prepare-{one.idea_id}", PREPARE, one.idea, link, needed_by, came=came)


def to_confirm_and_decide(members: Collection[int], today: date) -> Iterator[Waits]:
    """For the policy team: lists to confirm once the three checks are concluded, and decisions to record."""
    policy_team = _by_organisation(members, policy_team=True)
    concluded = Count("conclusions", filter=Q(conclusions__conclusion__isnull=False))
    ideas = Idea.objects.filter(organisation__in=policy_team, status=Status.IN_STEP, step__gte=2, test=False)
    ideas = ideas.exclude(decisions__current=True).annotate(
        concluded=concluded,
        verdict=F("control__verdict"),
        concluded_at=of_idea(CheckConclusion, "conclusion"),
        controlled_at=of_idea(Control, "verdict"),
    )
    for idea in ideas:
        for member in policy_team[idea.organisation_id]:
            needed_by = idea.answer_needed_by
            if idea.step == 4 and idea.verdict:
                came = idea.controlled_at or at_the_latest(idea)
                link = _page(idea, "decide")
                yield Waits(member, f"decide-{idea.pk}", DECIDE, idea, link, needed_by, came=came, to=Act.DECIDE)
            elif idea.concluded == len(Check) and not (idea.followups_confirmed and idea.conditions_confirmed):
                link = f"{_page(idea, 'check')}#come-to"
                came = idea.concluded_at or at_the_latest(idea)
                yield Waits(member, f"confirm-{idea.pk}", CONFIRM, idea, link, needed_by, came=came, to=Act.CONFIRM)


def _by_organisation(members: Collection[int], **role: bool) -> Mapping[int, list[int]]:
    """Those of these members who have this role, by organisation."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk, organisation in Member.objects.filter(pk__in=members, **role).values_list("pk", "organisation"):
        found[organisation].append(pk)
    return found


def _page(idea: Idea, name: str) -> str:
    return reverse(f"ideas:{name}", args=[idea.pk])
