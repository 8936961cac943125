"""Meetings about an idea: who comes together when, on what, and what was said."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from checks.agenda import SHARED, TOPICS
from checks.asking import About
from checks.codes import Company
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import Idea
from ideas.models.points import SupportMeeting
from ideas.wording import day
from people.models import Member

SHORTEST, LONGEST = 5, 720  # minutes


class Meeting(models.Model):
    """A meeting about an idea, on a day, perhaps at an hour and so many minutes long.

    `present` names who was there by role, one a line. It `began` when it was first shown on the screen; it has `ended`
    when somebody said so. `support_row` is the row of the preparation of step 2 that it became.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="meetings")
    date = models.DateField()
    time = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    place = models.CharField(max_length=200, blank=True)
    with_whom = CodeField(codes=Company)
    invited = models.ManyToManyField(Member, related_name="+", blank=True)
    planned_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    present = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    began = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    support_row = models.ForeignKey(SupportMeeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["date", "time", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="meeting_minutes"
            ),
            *holds_codes("meeting", with_whom=Company),
        ]

    def __str__(self) -> str:
        return day(self.date)

    @property
    def starts(self) -> datetime | None:
        """The moment at which it starts, where it has an hour."""
        return timezone.make_aware(datetime.combine(self.date, self.time)) if self.time else None

    @property
    def until(self) -> datetime | None:
        """The moment until which it lasts, where that is known; so much later also where the clock changes."""
        return self.starts.astimezone(UTC) + timedelta(minutes=self.minutes) if self.starts and self.minutes else None

    @property
    def since(self) -> datetime:
        """As of when what happens belongs to it: since it began, its hour, or else the whole day."""
        midnight = timezone.make_aware(datetime.combine(self.date, datetime.min.time()))
        return self.began or self.starts or midnight

    @property
    def is_ours(self) -> bool:
        """Whether only people of the organisation are there, so that what is internal may be shown."""
        return bool(self.with_whom.is_ours)

    def may_show(self, topic: str) -> bool:
        """Whether a topic may be opened at it: where others look on, only what is shared with partners."""
        return self.is_ours or topic in SHARED

    def put_on_agenda(self, topics: Iterable[str] = (), own: Iterable[str] = ()) -> None:
        """Adds these topics and texts at the end, those that stand on it already no second time.

        What is internal is left out where others than colleagues are there.
        """
        stands = list(self.items.all())
        known = {item.topic for item in stands} | {item.text for item in stands}
        place = max((item.position for item in stands), default=-1) + 1
        told = [(topic, "") for topic in topics if self.may_show(topic)] + [("", text) for text in own]
        for topic, text in told:
            if (topic or text) not in known:
                self.items.create(idea=self.idea, topic=topic, text=text, position=place)
                place += 1

    def move(self, item: "AgendaItem", *, up: bool) -> None:
        """Moves an item of the agenda one place; nothing happens at the end."""
        items = list(self.items.all())
        place = items.index(item)
        other = place - 1 if up else place + 1
        if 0 <= other < len(items):
            items[place], items[other] = items[other], items[place]
            for position, one in enumerate(items):
                one.position = position
            AgendaItem.objects.bulk_update(items, ["position"])

    def begin(self) -> None:
        """It begins, once."""
        if self.began is None:
            self.began = timezone.now()
            self.save(update_fields=["began"])

    def end(self) -> None:
        if self.ended is None:
            self.ended = timezone.now()
            self.save(update_fields=["ended"])

    def open_again(self) -> None:
        """It is not over after all."""
        if self.ended is not None:
            self.ended = None
            self.save(update_fields=["ended"])

    def become_preparation(self, row: SupportMeeting) -> None:
        """Stands from now on among the talks with support services, once."""
        if self.support_row is None:
            row.save()
            self.support_row = row
            self.save(update_fields=["support_row"])


class AgendaItem(models.Model):
    """One thing on the agenda: a `topic` of `checks.agenda.TOPICS`, or a `text` of people's own; and what was said."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(default=0)
    topic = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    dealt_with = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=["", *(str(slug) for slug in TOPICS)]), name="agenda_topic"),
            models.CheckConstraint(
                condition=(Q(topic="") & ~Q(text="")) | (~Q(topic="") & Q(text="")), name="agenda_topic_or_text"
            ),
            models.UniqueConstraint(fields=["meeting", "topic"], condition=~Q(topic=""), name="agenda_topic_once"),
        ]

    def __str__(self) -> str:
        return self.topic or self.text

    @property
    def about(self) -> About | None:
        """The part of the instrument that it is about; None for a text of people's own."""
        return TOPICS.get(self.topic)

    def deal_with(self) -> None:
        self.dealt_with = self.dealt_with or timezone.now()
        self.save(update_fields=["dealt_with"])

    def open_again(self) -> None:
        self.dealt_with = None
        self.save(update_fields=["dealt_with"])
