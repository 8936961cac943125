"""What is written down while a collaboration runs: what indicators show, and the yearly pulse."""

from django.db import models

from checks.codes import Rating
from checks.running import ASKED_AGAIN
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import Row
from ideas.models.puzzle import Indicator


class Measure(Row):
    """What an indicator showed on a day: `value` begins with the figure, its unit may follow."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measures")
    date = models.DateField()
    value = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.value


class Pulse(Row):
    """The samenwerkcheck answered once more: `who` is the own organisation or a partner, by name."""

    date = models.DateField()
    who = models.CharField(max_length=200)
    beyond = CodeField(codes=Rating, null=True, blank=True)
    shared = CodeField(codes=Rating, null=True, blank=True)
    all_partners = CodeField(codes=Rating, null=True, blank=True)
    no_superfluous = CodeField(codes=Rating, null=True, blank=True)
    pieces_known = CodeField(codes=Rating, null=True, blank=True)
    pieces_connected = CodeField(codes=Rating, null=True, blank=True)
    equal = CodeField(codes=Rating, null=True, blank=True)
    atmosphere = CodeField(codes=Rating, null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = holds_codes("pulse", **dict.fromkeys(ASKED_AGAIN, Rating))

    def __str__(self) -> str:
        return self.who
