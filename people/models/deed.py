"""What was changed at an organisation and its people, by whom and when."""

import re
from collections.abc import Mapping

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.member import Member
from people.models.organisation import Organisation


class DeedQuerySet(models.QuerySet["Deed"]):
    def unname(self, name: str, words: str) -> None:
        """Puts these words where the name of somebody who was erased stands, as a word of its own."""
        named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for deed in self.exclude(told={}):
            told = {about: [named.sub(words, said) for said in pair] for about, pair in deed.told.items()}
            if told != deed.told:
                deed.told = told
                deed.save(update_fields=["told"])


class Deed(models.Model):
    """One change. `what` names what was done, `about` to whom; `told` has for each field what it was and became."""

    class What(models.TextChoices):
        CHANGED = "changed", _("changed how the organisation works")
        ROLES = "roles", _("changed what somebody does here")
        JOINED = "joined", _("came to belong here")
        ENDED = "ended", _("ended a membership")
        TEAM_MADE = "team_made", _("made a team")
        TEAM_RENAMED = "team_renamed", _("renamed a team")
        TEAM_GONE = "team_gone", _("took away a team")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="deeds")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    about = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=20, choices=What)
    told = models.JSONField(default=dict)

    objects = DeedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.what} ({self.at:%Y-%m-%d})"

    @classmethod
    def note(
        cls, by: Member, what: What, told: Mapping[str, tuple[str, str]] | None = None, about: Member | None = None
    ) -> None:
        """Writes down what this member did: of what is `told` that which differs, and nothing where nothing does."""
        differs = {name: list(pair) for name, pair in (told or {}).items() if pair[0] != pair[1]}
        if differs or told is None:
            cls.objects.create(organisation_id=by.organisation_id, by=by, about=about, what=what, told=differs)
