"""The sealed record of a decision: what it was based on, kept as it was. Source: design.md 5.

The database itself refuses to change, replace or remove these rows (see `ideas/seal/guard.py`).
"""

import uuid
from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checks.codes import DossierVersion, Role, UnsealedFor
from checks.words import in_groups
from ideas.fields import CodeField, holds_codes
from ideas.models.decision import Decision
from ideas.models.dossier import Language
from ideas.models.idea import Idea
from people.models import Organisation

SHA256_LENGTH = 64


class SealedRecord(models.Model):
    """The record that a decision was based on: canonical JSON, with its SHA-256.

    `record` names it and stays the same where a passage is blacked out. `replaces` is the SHA-256 of the record of the
    decision that this one corrects, or of the one in which a passage was blacked out.
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="sealed")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sealed")
    record = models.UUIDField(default=uuid.uuid4, unique=True)
    format = models.PositiveSmallIntegerField()
    sealed_at = models.DateTimeField()
    role = CodeField(codes=Role, null=True, blank=True)
    json = models.TextField()
    sha256 = models.CharField(max_length=SHA256_LENGTH, unique=True)
    replaces = models.CharField(max_length=SHA256_LENGTH, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = holds_codes("sealed", role=Role)

    def __str__(self) -> str:
        return self.sha256

    def save(self, *args: object, **kwargs: object) -> None:
        self.sha256 = sha256(self.json.encode()).hexdigest()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def code(self) -> str:
        """The SHA-256 as people compare it: in groups of eight."""
        return in_groups(self.sha256)

    @property
    def was_blacked_out(self) -> bool:
        """Whether words in it were made unreadable after it was sealed."""
        return '"blacked_out":[]' not in self.json


class SealedPages(models.Model):
    """A PDF that was rendered from a sealed record, with its own SHA-256."""

    sealed = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="pages")
    version = CodeField(codes=DossierVersion, default=DossierVersion.FULL)
    language = models.CharField(max_length=2, choices=Language)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=SHA256_LENGTH, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sealed", "version", "language"], name="sealed_pages_once"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="sealed_pages_language"),
            *holds_codes("sealed_pages", version=DossierVersion),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"

    def save(self, *args: object, **kwargs: object) -> None:
        self.sha256 = sha256(self.pdf).hexdigest()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @classmethod
    def without_bytes(cls) -> models.Prefetch[str]:
        """The pages of sealed records, read along with these to say which there are."""
        return models.Prefetch("pages", cls.objects.defer("pdf").order_by("-language"))


class Unsealing(models.Model):
    """That a sealed record was removed, or a passage in it blacked out: written before that is done, and kept.

    `sha256` is that of the record as it was, `pages` those of its PDFs, one a line, `becomes` that of the record that
    took its place.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    record = models.UUIDField()
    sha256 = models.CharField(max_length=SHA256_LENGTH, unique=True)
    pages = models.TextField(blank=True)
    becomes = models.CharField(max_length=SHA256_LENGTH, blank=True)
    done = CodeField(codes=UnsealedFor)
    at = models.DateTimeField(default=timezone.now)
    role = CodeField(codes=Role, null=True, blank=True)
    why = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="unsealing_has_a_reason"),
            models.CheckConstraint(
                condition=Q(done=UnsealedFor.REMOVAL.value, becomes="")
                | (Q(done=UnsealedFor.BLACKOUT.value) & ~Q(becomes="")),
                name="unsealing_becomes",
            ),
            *holds_codes("unsealing", done=UnsealedFor, role=Role),
        ]

    def __str__(self) -> str:
        return f"{self.done}: {self.sha256}"

    @classmethod
    def of(cls, code: str) -> "Unsealing | None":
        """What was done with the record, or the record of the pages, of this SHA-256; None where nothing was."""
        return cls.objects.filter(Q(sha256=code) | Q(pages__contains=code)).first()
