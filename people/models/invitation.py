"""Invitations: how somebody comes to belong to an organisation."""

import hashlib
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string

from people.models.deed import Deed
from people.models.member import Account, Member
from people.models.organisation import Organisation, Team

# So long an invitation can be accepted.
STANDS = timedelta(days=14)
CODE_LENGTH = 32
# So long it is kept after it was accepted or withdrawn, or could be accepted last: it holds a name and an address.
KEPT = timedelta(days=90)


class InvitationEndedError(Exception):
    """It was accepted already, was withdrawn, or nobody accepted it in time."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Those that nobody accepted or withdrew yet, also when their time is over: they can be mailed again."""
        return self.filter(accepted=None, withdrawn=None)

    def of_code(self, code: str) -> "InvitationQuerySet":
        """The one that this code opens."""
        return self.filter(digest=digest_of(code))

    def forget(self) -> None:
        """Takes away those that were over some time ago."""
        past = timezone.now() - KEPT
        self.filter(Q(accepted__lt=past) | Q(withdrawn__lt=past) | Q(accepted=None, until__lt=past)).delete()


class Invitation(models.Model):
    """Somebody is asked by mail to belong to an organisation, and what they will be there.

    `by` is who invites, empty where it is whoever runs the installation. Of the code in the mailed address only the
    digest is kept. It opens once, until `until`. By its `token` a form that is sent twice is known.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    function = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    support_service = models.CharField(max_length=200, blank=True)
    policy_team = models.BooleanField(default=False)
    coordinator = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted__isnull=True, withdrawn__isnull=True),
                name="invitation_waiting_once",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted now."""
        return self.accepted is None and self.withdrawn is None and self.until > timezone.now()

    @property
    def is_late(self) -> bool:
        """Whether nobody accepted it in time."""
        return self.accepted is None and self.withdrawn is None and not self.is_open

    @property
    def mail_key(self) -> str:
        """By which the mail with its latest link is known."""
        return f"invitation-{self.pk}-{self.digest[:16]}"

    def role_words(self) -> str:
        """What they will be in the organisation, in words."""
        asked = Member(
            function=self.function,
            team=self.team,
            support_service=self.support_service,
            policy_team=self.policy_team,
            coordinator=self.coordinator,
        )
        return asked.role_words()

    def renew(self) -> str:
        """A new code for it, which opens it from now on; one that was mailed before opens nothing any more."""
        code = get_random_string(CODE_LENGTH)
        self.digest, self.until = digest_of(code), timezone.now() + STANDS
        self.save()
        return code

    def withdraw(self) -> None:
        """It opens nothing any more. Raises `InvitationEndedError` where somebody was first."""
        self.hold()
        self.withdrawn = timezone.now()
        self.save(update_fields=["withdrawn"])

    def accept(self, account: Account, name: str) -> Member:
        """Whoever signs in with this account belongs to the organisation from now on; call it in a transaction.

        Who belonged there before does so again, under the same name. Raises `InvitationEndedError` where it is over.
        """
        self.hold()
        if not self.is_open:
            raise InvitationEndedError
        member = Member.objects.filter(account=account, organisation=self.organisation_id).first()
        member = member or Member(account=account, organisation_id=self.organisation_id, name=name)
        member.ended = None
        member.function = self.function or member.function
        member.team = self.team
        member.support_service = self.support_service
        member.policy_team, member.coordinator = self.policy_team, self.coordinator
        member.save()
        self.accepted = timezone.now()
        self.save(update_fields=["accepted"])
        Deed.note(member, Deed.What.JOINED, about=member)
        return member

    def hold(self) -> None:
        """Holds it until the end of the transaction. Raises `InvitationEndedError` where it is over by now."""
        now = Invitation.objects.select_for_update().get(pk=self.pk)
        self.accepted, self.withdrawn, self.until = now.accepted, now.withdrawn, now.until
        if self.accepted or self.withdrawn or self.digest != now.digest:
            raise InvitationEndedError


def digest_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
