"""Who may do what with an idea. Views ask here and nowhere else. Source: design.md, "Who may do what"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from checks.codes import Role, Status
from ideas.models import Idea, Involvement, Reading
from ideas.models.past import is_done_by
from people.current import current_member, members_of, stand_as
from people.models import Member

FOLLOWER, COLLABORATOR, OWN_TEAM = Role.IDEA_OWNER, Role.COLLABORATOR, Role.OWN_TEAM
SUPPORT, POLICY, COORDINATOR = Role.SUPPORT, Role.POLICY_TEAM, Role.COORDINATOR


class Act(Enum):
    """What a person may do with an idea that they may see."""

    READ = "read"
    EXPORT = "export"
    READ_PRIVATE_NOTES = "read_private_notes"
    LEAD = "lead"
    EDIT = "edit"
    CHECK = "check"
    MEET = "meet"
    CONFIRM = "confirm"
    CONTROL = "control"
    TAKE_TEMPERATURE = "take_temperature"
    VOTE = "vote"
    PREPARE = "prepare"
    DECIDE = "decide"
    OVERRIDE = "override"
    FOLLOW_THROUGH = "follow_through"
    BLACK_OUT = "black_out"
    COMMENT = "comment"


# For each act the roles that have it, the one in which it is done first. Whoever reads an idea may comment on it, and
# does so in the first of these roles that they have.
ROLES: Mapping[Act, tuple[Role, ...]] = {
    Act.EXPORT: (FOLLOWER, COLLABORATOR, OWN_TEAM, POLICY, COORDINATOR),
    Act.READ_PRIVATE_NOTES: (FOLLOWER, POLICY),
    Act.LEAD: (FOLLOWER, COORDINATOR),
    Act.EDIT: (FOLLOWER, COLLABORATOR, COORDINATOR),
    Act.CHECK: (FOLLOWER, COLLABORATOR, SUPPORT, POLICY, COORDINATOR),
    Act.MEET: (FOLLOWER, COLLABORATOR, SUPPORT, POLICY, COORDINATOR),
    Act.CONFIRM: (POLICY,),
    Act.CONTROL: (FOLLOWER, SUPPORT),
    Act.TAKE_TEMPERATURE: (FOLLOWER, COORDINATOR),
    Act.VOTE: (OWN_TEAM,),
    Act.PREPARE: (FOLLOWER, COLLABORATOR, POLICY),
    Act.DECIDE: (POLICY,),
    Act.OVERRIDE: (COORDINATOR,),
    Act.FOLLOW_THROUGH: (FOLLOWER, COLLABORATOR, POLICY, COORDINATOR),
    Act.BLACK_OUT: (COORDINATOR,),
    Act.COMMENT: (FOLLOWER, COLLABORATOR, SUPPORT, POLICY, COORDINATOR, OWN_TEAM),
}
# Who reads every idea of the organisation, a confidential one too.
READ_ALL = (POLICY, COORDINATOR)
# What an address says of a page at which others look on.
IN_COMPANY = "in_company"
# What may still be done with an idea that went on in another one.
WHEN_MERGED = {Act.READ, Act.EXPORT, Act.READ_PRIVATE_NOTES, Act.LEAD}


class HtmxHttpRequest(HttpRequest):
    """A request that says whether it asks for a fragment."""

    htmx: HtmxDetails


@dataclass(frozen=True)
class Standing:
    """A member of its organisation before an idea: in which roles, and whether named on it.

    `in_company` tells that others look on, as at a meeting: then private notes stay shut.
    """

    member: Member
    roles: frozenset[Role]
    named: bool
    confidential: bool = False
    merged: bool = False
    in_company: bool = False

    def may(self, act: Act) -> bool:
        """Whether this may be done. Who is not `named` reads a confidential idea only as policy team or coordinator.

        A support service takes along the dossier only of an idea that names it.
        """
        if act is Act.READ:
            return not self.confidential or self.named or not self.roles.isdisjoint(READ_ALL)
        if self.merged and act not in WHEN_MERGED:
            return False
        if self.in_company and act is Act.READ_PRIVATE_NOTES:
            return False
        if act is Act.COMMENT:
            return True
        return bool(self.roles.intersection(ROLES[act])) or (act is Act.EXPORT and self.named)

    def role_for(self, act: Act) -> Role:
        """The role in which it is done. Call it only where `may` is true."""
        return next(role for role in ROLES[act] if role in self.roles)

    @property
    def comments_as(self) -> Role | None:
        """The role in which this member comments, None for a colleague who has none before this idea."""
        return next((role for role in ROLES[Act.COMMENT] if role in self.roles), None)

    @property
    def rights(self) -> dict[str, bool]:
        """Every act by name, for templates: what to offer. The views decide."""
        return {act.value: self.may(act) for act in Act}


def member_of(request: HttpRequest) -> Member:
    """Who is signed in. Every page but those for signing in asks for that first, so nobody is a fault of ours."""
    member = current_member(request)
    if member is None:
        raise TypeError("this page is open to members only")
    return member


def standing_of(member: Member, idea: Idea) -> Standing:
    """In which roles this member stands before this idea; its follower is read along with it.

    Who received it follows it until it has a follower. Whoever replaces a follower who is away follows it too, and
    stands before it as a support service in the place of one who is named on it and away.
    """
    involved = {one.role for one in idea.involvements.all() if _is_named(member, one)}
    stands_in = idea.stand_in_id == member.pk and (idea.stand_in_until or timezone.localdate()) >= timezone.localdate()
    replaces = idea.idea_owner is not None and idea.idea_owner.is_replaced_by(member)
    received = idea.idea_owner_id is None and idea.step is None and idea.entered_by_id == member.pk
    roles = {
        FOLLOWER: idea.idea_owner_id == member.pk or stands_in or replaces or received,
        COLLABORATOR: COLLABORATOR in involved,
        OWN_TEAM: idea.team_id is not None and idea.team_id == member.team_id,
        SUPPORT: bool(member.support_service) or SUPPORT in involved,
        POLICY: member.policy_team,
        COORDINATOR: member.coordinator,
    }
    return Standing(
        member,
        frozenset(role for role, stands in roles.items() if stands),
        named=roles[FOLLOWER] or bool(involved),
        confidential=idea.confidential,
        merged=idea.status == Status.MERGED,
    )


def _is_named(member: Member, involvement: Involvement) -> bool:
    """Whether this names the member on the idea, today: as themselves, or in the place of a support service."""
    if involvement.member_id == member.pk:
        return True
    named = involvement.member
    return involvement.role == SUPPORT and named.is_away and named.replacement_id == member.pk


def with_named() -> Prefetch[str]:
    """Who is named on ideas, read along with these as `standing_of` asks for them."""
    return Prefetch("involvements", Involvement.objects.select_related("member"))


def ideas_for(member: Member) -> QuerySet[Idea]:
    """The ideas that this member reads: those of the organisation, a confidential one only when named on it.

    Policy team and coordinator read them all. `Act.READ` of many ideas at once; asks which confidential ones those are.
    """
    ideas = Idea.objects.filter(organisation=member.organisation_id)
    if member.policy_team or member.coordinator:
        return ideas
    confidential = ideas.filter(_names(member), confidential=True).values_list("pk", flat=True).distinct()
    return ideas.filter(Q(confidential=False) | Q(pk__in=list(confidential)))


def ideas_to_take_along(member: Member) -> QuerySet[Idea]:
    """The ideas that this member reads and may export: `Act.EXPORT` of many ideas at once."""
    ideas = ideas_for(member)
    if member.policy_team or member.coordinator:
        return ideas
    of_own_team = Q(team=member.team_id) if member.team_id else Q(pk__in=[])
    return ideas.filter(of_own_team | Q(pk__in=Idea.objects.filter(_names(member))))


def _names(member: Member) -> Q:
    """The ideas that name this member today: as who follows them or works on them, also for somebody else."""
    received = Q(entered_by=member, idea_owner=None, step=None)
    instead = Q(involvements__role=SUPPORT, involvements__member__in=Member.objects.replaced_by(member))
    return followed_by(member) | received | Q(involvements__member=member) | instead


def followed_by(member: Member) -> Q:
    """The ideas that this member follows today, also for somebody else."""
    return (
        Q(idea_owner=member)
        | Q(stand_in=member, stand_in_until__gte=timezone.localdate())
        | Q(idea_owner__in=Member.objects.replaced_by(member))
    )


def readers_of(idea: Idea) -> QuerySet[Member]:
    """The members who read this idea, the other way round than `ideas_for`: who can be asked something about it."""
    members = Member.objects.present().filter(organisation=idea.organisation_id).order_by("name", "pk")
    if not idea.confidential:
        return members
    named = {idea.idea_owner_id}
    if (idea.stand_in_until or timezone.localdate()) >= timezone.localdate():
        named.add(idea.stand_in_id)
    if idea.idea_owner and idea.idea_owner.is_away:
        named.add(idea.idea_owner.replacement_id)
    if idea.idea_owner_id is None and idea.step is None:
        named.add(idea.entered_by_id)
    involved = Involvement.objects.filter(idea=idea)
    instead = involved.filter(role=SUPPORT, member__in=Member.objects.present().away()).values("member__replacement")
    return members.filter(
        Q(policy_team=True)
        | Q(coordinator=True)
        | Q(pk__in=named - {None})
        | Q(pk__in=involved.values("member"))
        | Q(pk__in=instead)
    )


def get_idea(
    request: HttpRequest, idea_id: int, to: Act = Act.READ, *, lock: bool = False, ideas: QuerySet[Idea] | None = None
) -> tuple[Idea, Standing]:
    """The idea with its organisation, and how the signed-in member stands before it.

    Raises Http404 where they may not read it, and PermissionDenied with the roles that may where they do not.
    `lock` holds the idea until the end of the transaction, so that two who change it wait for each other; what is
    changed from then on is recorded as done by this member. Where the address says that others look on, it counts.
    Who belongs to several organisations stands before an idea as a member of the one that it is of.
    `ideas` is how to read it, where more is asked along with it.
    """
    ideas = Idea.objects.all() if ideas is None else ideas
    ideas = ideas.filter(pk=idea_id).select_related("organisation", "idea_owner").prefetch_related(with_named())
    idea, standing = _find(request, ideas.select_for_update(of=("self",)) if lock else ideas)
    if not standing.may(to):
        raise PermissionDenied(*ROLES[to])
    if lock:
        is_done_by(standing.member, None if to in {Act.READ, Act.COMMENT} else standing.role_for(to))
    else:
        Reading.note(idea, standing.member, standing.comments_as, took_along=to is Act.EXPORT)
    return idea, standing


def _find(request: HttpRequest, ideas: QuerySet[Idea]) -> tuple[Idea, Standing]:
    """The one among these that somebody who is signed in here reads, and how they stand before it."""
    for member in members_of(request):
        idea = ideas.filter(organisation=member.organisation_id).first()
        standing = idea and replace(standing_of(member, idea), in_company=IN_COMPANY in request.GET)
        if idea and standing and standing.may(Act.READ):
            stand_as(request, member)
            return idea, standing
    raise Http404
