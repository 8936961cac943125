"""What is known about a person: to take along, and to erase. Records keep the role, not the name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from auditlog.context import disable_auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from ideas.access import ideas_for, standing_of, with_named
from ideas.models import (
    AskedMember,
    Asking,
    Change,
    Comment,
    CommentsSeen,
    Export,
    FollowUp,
    FormSent,
    Idea,
    Involvement,
    Meeting,
    Presence,
    Reading,
    TrajectoryAction,
    Transition,
)
from ideas.models.past import RECORDED
from ideas.organisation.leaving import to_hand_over
from people.models import Account, Deed, Invitation, Mail, Member


class StillNeededError(Exception):
    """Somebody still follows ideas, which are handed over first."""


@dataclass
class _Ideas:
    """The ideas that a member reads, by title. `told` are those of which something was taken along."""

    member: Member
    told: set[int] = field(default_factory=set)

    @cached_property
    def titles(self) -> dict[int, str]:
        return dict(ideas_for(self.member).order_by().values_list("pk", "title"))

    def title(self, idea: int) -> str | None:
        """The title, None of an idea that this member does not read."""
        if idea in self.titles:
            self.told.add(idea)
        return self.titles.get(idea)

    def titles_of(self, found: QuerySet[Idea]) -> list[str]:
        titles = [self.title(pk) for pk in found.values_list("pk", flat=True)]
        return [title for title in titles if title is not None]

    def rows(self, found: "QuerySet[Any]", *own: str, beside: Iterable[str] = ()) -> list[dict[str, Any]]:
        """What is the member's `own` of these rows; what stands `beside` it only where they read the idea."""
        rows = []
        for row in found.values("idea", *own, *beside):
            title = self.title(row.pop("idea"))
            rows.append({"idea": title} | {name: row[name] for name in (row if title is not None else own)})
        return rows


def known_about(account: Account, members: Iterable[Member], *, sessions: bool) -> dict[str, Any]:
    """What is recorded about a person as these members, as plain data.

    Confidential ideas in it are noted as taken along. Of an idea that they do not read (any more) it holds what they
    did and wrote themselves, and not which idea it is. With `sessions` it tells from where they signed in.
    """
    told: dict[str, Any] = {
        "account": {"mail": account.email, "language": account.language, "last_sign_in": account.last_login},
        "organisations": [_known_as(member) for member in members],
    }
    if sessions:
        told["sessions"] = list(
            UserSession.objects.filter(user=account).values("ip", "user_agent", "created_at", "last_seen_at")
        )
    return told


def _known_as(member: Member) -> dict[str, Any]:
    ideas = _Ideas(member)
    told = _known_of_member(member) | _known_at_ideas(member, ideas) | _asked_and_owed(member, ideas)
    confidential = Idea.objects.filter(pk__in=ideas.told, confidential=True)
    found = confidential.select_related("idea_owner").prefetch_related(with_named())
    Reading.note_taken_along(member, {idea: standing_of(member, idea).comments_as for idea in found})
    return told


def _known_of_member(member: Member) -> dict[str, Any]:
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
        "digest": {"rhythm": member.digest, "hour": member.digest_hour, "until": member.digest_until},
        "calendar": bool(member.calendar),
    }


def _known_at_ideas(member: Member, ideas: _Ideas) -> dict[str, Any]:
    here = Idea.objects.filter(organisation=member.organisation_id)
    names = {kind.pk: model.__name__ for model, kind in ContentType.objects.get_for_models(*RECORDED).items()}
    changes = ideas.rows(Change.objects.filter(actor=member), "timestamp", "content_type", beside=["changes"])
    return {
        "follows": ideas.titles_of(here.filter(idea_owner=member)),
        "stands_in": ideas.titles_of(here.filter(stand_in=member)),
        "entered": ideas.titles_of(here.filter(entered_by=member)),
        "named_on": ideas.rows(Involvement.objects.filter(member=member), "role"),
        "events": ideas.rows(Transition.objects.filter(member=member), "date", "verb", "role", "why"),
        "invited_to": ideas.rows(Meeting.objects.filter(invited=member), "date", "time", beside=["place"]),
        "comments": ideas.rows(Comment.objects.filter(author=member), "at", "text"),
        "changes": [
            {
                "idea": row["idea"],
                "at": row["timestamp"],
                "what": names.get(row["content_type"], ""),
                "from_to": row.get("changes"),
            }
            for row in changes
        ],
    }


def _asked_and_owed(member: Member, ideas: _Ideas) -> dict[str, Any]:
    asked, answered = AskedMember.objects.filter(member=member), AskedMember.objects.filter(answered_by=member)
    return {
        "asked": ideas.rows(Asking.objects.filter(asked_by=member), "about", "body", "sentence", "due", "asked_at"),
        "was_asked": ideas.rows(asked, "asking__about", "asking__asked_at", "reminded", beside=["asking__sentence"]),
        "answered": ideas.rows(answered, "asking__about", "reply", "note", "answered_at"),
        "follow_up_points": ideas.rows(FollowUp.objects.filter(owner_member=member), "due", "status", beside=["text"]),
        "trajectory_actions": ideas.rows(
            TrajectoryAction.objects.filter(owner_member=member), "due", "done", beside=["text"]
        ),
        "exports": list(Export.objects.filter(member=member).values("kind", "language", "asked_at")),
        "read": ideas.rows(Reading.objects.filter(member=member), "date", "role", "took_along"),
    }


def erase(member: Member) -> None:
    """Ends a membership and takes away who it was: name, function, mail address, days away, where they were named.

    What they wrote stays, under their role. What was mailed about them, and by which number the provider of the
    organisation knows them, goes. An account without another organisation goes too, with the mail to it.
    Raises StillNeededError where ideas still wait for this person.
    """
    if to_hand_over(member).exists():
        raise StillNeededError
    account = member.account
    with transaction.atomic(), disable_auditlog():
        with translation.override("nl"):
            role = member.role_words() if member.coordinator or member.policy_team or member.support_service else ""
        name = member.name
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
        if name:
            Deed.objects.filter(organisation=member.organisation_id).unname(name, member.name)
            Mail.objects.unname(name)
        if account:
            Invitation.objects.filter(organisation=member.organisation_id, email=account.email).delete()
            SocialAccount.objects.filter(user=account, provider=str(member.organisation_id)).delete()
        for model in (Involvement, Presence, FormSent, CommentsSeen, Export):
            model.objects.filter(member=member).delete()
        Comment.mentions.through.objects.filter(member=member).delete()
        if account and not account.members.exists():
            Mail.objects.filter(to=account.email).delete()
            account.delete()
