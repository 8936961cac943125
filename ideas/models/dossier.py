"""A rendered dossier, kept so that the same record is not rendered twice."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from checks.codes import DossierVersion
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import Idea

# A worker that is still busy after this time has stopped: the dossier may be asked for again.
PATIENCE = timedelta(minutes=2)


class Language(models.TextChoices):
    NL = "nl", "Nederlands"
    EN = "en", "English"


class Dossier(models.Model):
    """One version of the dossier of an idea in one language.

    It is as it stood at `digest`, the SHA-256 of the picture and its frame. `made_at` is empty while the worker is
    busy; `failed` tells that it could not be made.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="dossiers")
    version = CodeField(codes=DossierVersion, default=DossierVersion.FULL)
    language = models.CharField(max_length=2, choices=Language)
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    failed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "version", "language"], name="dossier_once_a_version"),
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="dossier_language"),
            *holds_codes("dossier", version=DossierVersion),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.version} ({self.language})"

    @property
    def is_ready(self) -> bool:
        """Whether the PDF can be downloaded."""
        return self.made_at is not None

    @property
    def is_busy(self) -> bool:
        """Whether the worker is still at it."""
        return not self.is_ready and not self.failed and timezone.now() - self.asked_at < PATIENCE
