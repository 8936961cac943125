"""Who read what is confidential, and the link by which somebody without an account reads one page."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from checks.codes import Role
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import Idea
from people.models import Member

# So long a link works, in days.
SHORT, LONG = 7, 30


class Reading(models.Model):
    """Somebody read a confidential idea on this day, or took it along as a dossier; in which role.

    Noted once a day. `link` tells that it was by a link, by somebody without an account.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="readings")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    role = CodeField(codes=Role, null=True, blank=True)
    took_along = models.BooleanField(default=False)
    link = models.ForeignKey("ReadLink", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    date = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "member", "took_along", "date"],
                condition=models.Q(link__isnull=True),
                name="reading_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["idea", "link", "date"],
                condition=models.Q(link__isnull=False),
                name="reading_by_link_once_a_day",
            ),
            *holds_codes("reading", role=Role),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} on {self.date}"

    @classmethod
    def note(cls, idea: Idea, member: Member, role: Role | None, *, took_along: bool = False) -> None:
        """Notes it, unless that was done today; only of a confidential idea."""
        if not idea.confidential:
            return
        noted = cls._default_manager.filter(
            idea=idea, member=member, took_along=took_along, link=None, date=timezone.localdate()
        )
        if not noted.exists():
            cls._note(cls(idea=idea, member=member, role=role, took_along=took_along))

    @classmethod
    def note_by_link(cls, link: "ReadLink") -> None:
        if link.idea.confidential:
            cls._note(cls(idea=link.idea, link=link))

    @classmethod
    def note_taken_along(cls, member: Member, roles: Mapping[Idea, Role | None]) -> None:
        """Notes of those of these ideas that are confidential that they were taken along, in which role."""
        cls._note(
            *(
                cls(idea=idea, member=member, role=role, took_along=True)
                for idea, role in roles.items()
                if idea.confidential
            )
        )

    @classmethod
    def _note(cls, *readings: Self) -> None:
        cls._default_manager.bulk_create(readings, ignore_conflicts=True)


class ReadLinkQuerySet(models.QuerySet["ReadLink"]):
    def working(self) -> Self:
        """Those by which one can read today."""
        return self.filter(revoked=None, until__gte=timezone.localdate())


class ReadLink(models.Model):
    """A link by which somebody without an account reads one page of an idea, until a day or until it is revoked.

    The link itself is shown once; `digest` is the SHA-256 of its secret. `for_whom` is a function, no name.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="read_links")
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    for_whom = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    until = models.DateField()
    revoked = models.DateTimeField(null=True, blank=True)
    last_opened = models.DateField(null=True, blank=True)

    objects = ReadLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.for_whom

    @classmethod
    def make(cls, idea: Idea, by: Member, for_whom: str, days: int) -> str:
        """Makes a link, and returns its secret, which is kept nowhere."""
        secret = secrets.token_urlsafe(24)
        until = timezone.localdate() + timedelta(days=days)
        cls._default_manager.create(idea=idea, made_by=by, for_whom=for_whom, digest=digest_of(secret), until=until)
        return secret

    @property
    def is_working(self) -> bool:
        return self.revoked is None and self.until >= timezone.localdate()

    def revoke(self) -> None:
        self.revoked = self.revoked or timezone.now()
        self.save(update_fields=["revoked"])

    def open(self) -> None:
        """Notes that it was used today."""
        Reading.note_by_link(self)
        if self.last_opened != timezone.localdate():
            self.last_opened = timezone.localdate()
            self.save(update_fields=["last_opened"])


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
