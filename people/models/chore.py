"""What the worker does by the clock."""

from django.db import models


class Chore(models.Model):
    """When something that is done by the clock is due. Until `busy_until` a worker is at it, and no other begins."""

    name = models.CharField(max_length=100, unique=True)
    due = models.DateTimeField()
    busy_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
