"""Organisations and their teams."""

from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """The same codes as `checks.codes.Need`: how firmly a trajectory follows when the team is of two minds."""

    REQUIRED = "required", _("required")
    ADVISED = "advised", _("advised")
    NONE = "none", _("not needed")


class TemperatureMethod(models.TextChoices):
    """The same codes as `checks.codes.TemperatureMethod`: how the temperature is taken by default."""

    VOTES = "votes", _("anonymous votes")
    SHOW_OF_HANDS = "show_of_hands", _("show of hands")
    SLIPS = "slips", _("slips of paper")


class OrganisationManager(models.Manager["Organisation"]):
    def start(self, name: str, **told: Any) -> "Organisation":
        """A new organisation of this name, with a slug of its own."""
        head = slugify(name)[:70] or "organisation"
        taken = set(self.filter(slug__startswith=head).values_list("slug", flat=True))
        free = (slug for slug in [head, *(f"{head}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)
        return self.create(name=name, slug=next(free), **told)

    def hold(self, pk: int) -> "Organisation":
        """Until the end of the transaction nobody else changes its people: who comes at the same time waits."""
        return self.select_for_update().get(pk=pk)


class Organisation(models.Model):
    """A welfare organisation; everything belongs to one.

    `kind` and `domain` are codes of domain.md 4.3. `red_lines` are those of its strategy on collaborating: what it
    never does, whoever asks; `own_tip` is what it adds to the ten tips on collaborating. `allow_conditional_go`,
    `trajectory_when_mixed` and `temperature_method` are its choices A2, A3 and A6 of domain.md 2.1; `thresholds`
    holds, by slug, those of domain.md 3 that it set otherwise, `retention` for how many months a kind of thing is kept
    where that differs from what is usual.
    `demo` marks an invented organisation, whose people may sign in with one click.
    """

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=40, blank=True)
    domain = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=200, blank=True)
    mission = models.TextField(blank=True)
    vision = models.TextField(blank=True)
    assignment = models.TextField(blank=True)
    red_lines = models.TextField(blank=True)
    own_tip = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    retention = models.JSONField(default=dict)
    allow_conditional_go = models.BooleanField(default=False)
    trajectory_when_mixed = models.CharField(max_length=10, choices=Need, default=Need.ADVISED)
    temperature_method = models.CharField(max_length=20, choices=TemperatureMethod, default=TemperatureMethod.VOTES)
    thresholds = models.JSONField(default=dict, blank=True)

    objects = OrganisationManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(trajectory_when_mixed__in=Need.values), name="organisation_trajectory_when_mixed"
            ),
            models.CheckConstraint(
                condition=models.Q(temperature_method__in=TemperatureMethod.values),
                name="organisation_temperature_method",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name
