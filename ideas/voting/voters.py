"""Who votes on an idea."""

from django.db.models import QuerySet

from ideas.access import readers_of
from ideas.models import Idea
from people.models import Member


def voters_of(idea: Idea) -> QuerySet[Member]:
    """The members of the own team who may read the idea. Nobody votes in the place of somebody else."""
    return readers_of(idea).filter(team=idea.team_id) if idea.team_id else Member.objects.none()
