"""What is known about a person: to take along, and to erase. Records keep the role, not the name."""

from typing import Any

from auditlog.context import disable_auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation

from ideas.models import (
    Change,
    Comment,
    CommentsSeen,
    FollowUp,
    FormSent,
    Idea,
    Involvement,
    Meeting,
    Presence,
    TrajectoryAction,
    Transition,
)
from ideas.models.past import RECORDED
from ideas.organisation.leaving import to_hand_over
from people.models import Account, Deed, Invitation, Member


class StillNeededError(Exception):
    """Somebody still follows ideas, which are handed over first."""


def known_about(account: Account) -> dict[str, Any]:
    """Everything that is recorded about a person, in all of their organisations, as plain data."""
    return {
        "account": {"mail": account.email, "language": account.language, "last_sign_in": account.last_login},
        "organisations": [_known_as(member) for member in account.members.select_related("organisation", "team")],
    }


def _known_as(member: Member) -> dict[str, Any]:
    ideas = Idea.objects.filter(organisation=member.organisation_id)
    names = {kind.pk: model.__name__ for model, kind in ContentType.objects.get_for_models(*RECORDED).items()}
    return {
        "organisation": member.organisation.name,
        "name": member.name,
        "function": member.function,
        "team": member.team.name if member.team else "",
        "support_service": member.support_service,
        "policy_team": member.policy_team,
        "coordinator": member.coordinator,
        "away": [member.away_from, member.away_until],
        "ended": member.ended,
        "follows": list(ideas.filter(idea_owner=member).values_list("title", flat=True)),
        "stands_in": list(ideas.filter(stand_in=member).values_list("title", flat=True)),
        "entered": list(ideas.filter(entered_by=member).values_list("title", flat=True)),
        "named_on": list(Involvement.objects.filter(member=member).values("idea__title", "role")),
        "events": list(Transition.objects.filter(member=member).values("idea__title", "date", "verb", "role", "why")),
        "invited_to": list(Meeting.objects.filter(invited=member).values("idea__title", "date", "time", "place")),
        "comments": list(Comment.objects.filter(author=member).values("idea__title", "at", "text")),
        "changes": [
            {"idea": title, "at": at, "what": names.get(kind, ""), "from_to": changes}
            for title, at, kind, changes in Change.objects.filter(actor=member).values_list(
                "idea__title", "timestamp", "content_type", "changes"
            )
        ],
    }


def erase(member: Member) -> None:
    """Ends a membership and takes away who it was: name, function, mail address, days away, where they were named.

    What they wrote stays, under their role. An account without another organisation goes too.
    Raises StillNeededError where ideas still wait for this person.
    """
    if to_hand_over(member).exists():
        raise StillNeededError
    account = member.account
    with transaction.atomic(), disable_auditlog():
        with translation.override("nl"):
            role = member.role_words() if member.coordinator or member.policy_team or member.support_service else ""
        member.name, member.function, member.team = role or "medewerker", "", None
        member.away_from = member.away_until = member.replacement = member.calendar = None
        member.ended, member.account = member.ended or timezone.localdate(), None
        member.save()
        Idea.objects.filter(stand_in=member).update(stand_in=None, stand_in_until=None)
        for task in (FollowUp, TrajectoryAction):
            task.objects.filter(owner_member=member).update(owner_member=None)
        Meeting.invited.through.objects.filter(member=member).delete()
        Member.objects.filter(replacement=member).update(replacement=None)
        Deed.objects.filter(about=member).update(told={})
        if account:
            Invitation.objects.filter(organisation=member.organisation_id, email=account.email).delete()
        for model in (Involvement, Presence, FormSent, CommentsSeen):
            model.objects.filter(member=member).delete()
        Comment.mentions.through.objects.filter(member=member).delete()
        if account and not account.members.exists():
            account.delete()
