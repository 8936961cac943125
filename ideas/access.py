"""Who may do what with an idea. Views ask here and nowhere else. Source: design.md, "Who may do what"."""

from enum import Enum, auto

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ideas.models import Idea
from people.models import Member


class Act(Enum):
    """What a person may do with an idea that they may see."""

    READ = auto()
    EXPORT = auto()


def member_of(request: HttpRequest) -> Member:
    """Who is signed in. Every page but those for signing in asks for that first, so nobody is a fault of ours."""
    user: Member | AnonymousUser = request.user
    if not isinstance(user, Member):
        raise TypeError("this page is open to members only")
    return user


def ideas_for(member: Member, act: Act = Act.READ) -> QuerySet[Idea]:
    """The ideas with which this member may do this.

    They read those of their organisation, a confidential one only when they are named on it; they export their own.
    Policy team and coordinator read and export them all.
    """
    ideas = Idea.objects.filter(organisation=member.organisation_id)
    if member.policy_team or member.coordinator:
        return ideas
    named_on = Q(pk__in=Idea.objects.filter(Q(idea_owner=member) | Q(involvements__member=member)))
    ideas = ideas.filter(Q(confidential=False) | named_on)
    if act is Act.EXPORT:
        own_team = Q(team=member.team_id) if member.team_id else Q(pk__in=[])
        return ideas.filter(named_on | own_team)
    return ideas


def get_idea(request: HttpRequest, idea_id: int, to: Act = Act.READ) -> Idea:
    """The idea, with its organisation, if the signed-in member may do this with it; Http404 otherwise."""
    return get_object_or_404(ideas_for(member_of(request), to).select_related("organisation"), pk=idea_id)


def may(member: Member, idea: Idea, act: Act) -> bool:
    """Whether to offer this; `get_idea` decides."""
    return ideas_for(member, act).filter(pk=idea.pk).exists()
