"""Who has the pages of an idea open now."""

from django.db import models
from django.utils import timezone

from ideas.models.idea import Idea
from people.models import Member


class Presence(models.Model):
    """Somebody who had a page of the idea before them at this time. What is older than a moment says nothing."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "member"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.idea_id}"
