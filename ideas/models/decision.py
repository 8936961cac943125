"""Step 4: control and verdict, temperature, decision, and what follows it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checks.codes import Band, DirectorsOutcome, GoNoGo, Rating, TemperatureMethod, Verdict
from ideas.fields import CodeField, holds_codes
from ideas.models.idea import STEPS, HasNotes, Idea, Row, Task, holds_questions


class Control(HasNotes):
    """The verdict on points and conditions, its note, the day, and who did the control (roles).

    `left_at` is when the idea last went back from here: what changed since is what the next control looks at.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="control")
    verdict = CodeField(codes=Verdict, null=True, blank=True)
    note = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=200, blank=True)
    back_to_step = models.PositiveSmallIntegerField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(back_to_step__isnull=True) | Q(back_to_step__in=STEPS), name="control_back_to_step"
            ),
            *holds_codes("control", verdict=Verdict),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}"

    def begin_anew(self) -> None:
        """Clears the verdict: whoever comes to step 4 again looks again. The note stays to be read."""
        self.verdict = self.date = self.back_to_step = None
        self.by = ""
        self.save()


class TemperatureReading(Row):
    """One count for each value and the remarks in alphabetical order; nothing ties a vote to a person.

    `remarks_aside` are those of which the writer did not want them in the dossier: they stand on the page of step 4 as
    long as the reading is current, and in no picture. `counted` tells that WerktSamen counted the votes itself: then
    only the note can be changed. Of fewer than five such votes only their `number` and the `band` are kept.
    """

    current = models.BooleanField(default=True)
    date = models.DateField(null=True, blank=True)
    method = CodeField(codes=TemperatureMethod, default=TemperatureMethod.VOTES)
    count_1 = models.PositiveIntegerField(default=0)
    count_2 = models.PositiveIntegerField(default=0)
    count_3 = models.PositiveIntegerField(default=0)
    count_4 = models.PositiveIntegerField(default=0)
    count_5 = models.PositiveIntegerField(default=0)
    remarks = models.JSONField(default=list)
    remarks_aside = models.JSONField(default=list)
    note = models.TextField(blank=True)
    counted = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=0)
    band = CodeField(codes=Band, null=True, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["idea"], condition=Q(current=True), name="reading_one_current"),
            *holds_codes("reading", method=TemperatureMethod, band=Band),
        ]

    @property
    def counts(self) -> list[int]:
        """How many gave 1, 2, 3, 4 and 5."""
        return [self.count_1, self.count_2, self.count_3, self.count_4, self.count_5]

    def begin_after_others(self) -> None:
        """Makes this new reading the current one. What earlier voters kept out of the dossier is kept no longer."""
        earlier = TemperatureReading.objects.filter(idea=self.idea)
        earlier.filter(current=True).update(current=False, remarks_aside=[])
        self.position = earlier.count()
        self.save()


class Decision(Row):
    """Go or no-go with its motivation; those present are named by role."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="decisions")
    current = models.BooleanField(default=True)
    value = CodeField(codes=GoNoGo)
    date = models.DateField(null=True, blank=True)
    motivation = models.TextField(blank=True)
    present = models.JSONField(default=list)
    review = models.DateField(null=True, blank=True)
    conditions_kept = models.TextField(blank=True)
    deciding_question = models.CharField(max_length=40, blank=True)
    conditional = models.BooleanField(default=False)
    not_measured = models.TextField(blank=True)
    override = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    would_change = models.TextField(blank=True)
    look_again = models.DateField(null=True, blank=True)
    partners_told = models.DateField(null=True, blank=True)
    trajectory_skipped = models.TextField(blank=True)
    talk_skipped = models.TextField(blank=True)
    imported = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["idea"], condition=Q(current=True), name="decision_one_current"),
            *holds_questions("decision", "deciding_question"),
            *holds_codes("decision", value=GoNoGo),
        ]


class DecisionDraft(models.Model):
    """What is prepared for the decision; those present are named by role, one a line.

    `not_measured` and `override` are the notes that a go without temperature or on a blocked row needs; `reasons`,
    `would_change` and `look_again` go with a no-go.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="decision_draft")
    motivation = models.TextField(blank=True)
    present = models.TextField(blank=True)
    conditions_kept = models.TextField(blank=True)
    deciding_question = models.CharField(max_length=40, blank=True)
    review = models.DateField(null=True, blank=True)
    not_measured = models.TextField(blank=True)
    override = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    would_change = models.TextField(blank=True)
    look_again = models.DateField(null=True, blank=True)

    class Meta:
        constraints = holds_questions("draft", "deciding_question")

    def __str__(self) -> str:
        return self.motivation

    def let_nothing_through(self) -> None:
        """The coordinator's note lets a go through in this round only."""
        self.override = ""
        self.save(update_fields=["override"])


class Directors(Row):
    """The decision before the raad van bestuur. Recorded beside the decision, which it never changes."""

    date = models.DateField(null=True, blank=True)
    outcome = CodeField(codes=DirectorsOutcome, null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = holds_codes("directors", outcome=DirectorsOutcome)


class Talk(Row):
    """An evaluation talk: when, with whom by role, and what those present agreed to write down."""

    date = models.DateField(null=True, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    with_team = models.BooleanField(null=True, blank=True)
    with_partners = models.BooleanField(null=True, blank=True)
    learned = models.TextField(blank=True)
    door_open = models.TextField(blank=True)


class Trajectory(models.Model):
    """How the tension between a decision and the team's feeling is dealt with."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="trajectory")
    aim = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    closed = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.aim


class TrajectoryAction(Row, Task):
    """A step of the trajectory."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField()
    done = models.DateField(null=True, blank=True)

    @property
    def is_open(self) -> bool:
        return self.done is None

    def tick_off(self) -> None:
        if self.is_open:
            self.done = timezone.localdate()
            self.save(update_fields=["done"])

    def open_again(self) -> None:
        if not self.is_open:
            self.done = None
            self.save(update_fields=["done"])


class Review(Row):
    """A look back after a go; `next` is the day of the next one."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="reviews")
    date = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    works = CodeField(codes=Rating, null=True, blank=True)
    next = models.DateField(null=True, blank=True)

    class Meta(Row.Meta):
        constraints = holds_codes("review", works=Rating)
