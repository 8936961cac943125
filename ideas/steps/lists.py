"""The lists that people edit: which form, whose right, on which page. The pages themselves are in `rows`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse

from checks.catalogue import QUESTIONS, Question
from checks.codes import EvidenceAbout, IndicatorKind
from checks.words import Words
from ideas import models
from ideas.access import Act, Standing
from ideas.models import Idea, Row, Task
from ideas.picture import Reading
from ideas.steps import row_forms as forms

type RowForm = forms.RowForm[Any]


@dataclass(frozen=True)
class EditableList:
    """A list at an idea.

    `question` is the one that it answers; `page` the page on which it stands, under the id `name`. `act` is the right
    to change it. `first` is the field that a quickly added row gets, or empty where a row needs its whole form.
    `needs` are the lists to read besides, to show a row. `only` tells which rows of the model stand in this list, and
    what a new one gets. `refreshed_by` are the events after which it shows something else. `named` is what it is called
    where that is not the question itself. `within` is the row, by its field, inside which each of its rows stands.
    """

    name: str
    model: type[Row]
    form: type[RowForm]
    question: str
    page: str
    act: Act
    first: str = ""
    needs: tuple[type[Row], ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    without: Mapping[str, Any] = field(default_factory=dict)
    as_cards: bool = False
    refreshed_by: str = ""
    named: Words | None = None
    within: str = ""

    @property
    def asked(self) -> Question:
        return QUESTIONS[self.question]

    @property
    def title(self) -> Words:
        """What it is called on a page of its own."""
        return self.named or self.asked.words

    @property
    def tells_stories(self) -> bool:
        """Whether people write whole sentences in it, in which a client could be named."""
        return self.first == "text"

    @property
    def row_template(self) -> str:
        return f"ideas/steps/rows/{self.name}.html"

    def at(self, idea: Idea, row: Row | None = None) -> str:
        """Where it stands, or this row of it."""
        place = f"{self.within}-{getattr(row, f'{self.within}_id')}" if row and self.within else self.name
        return f"{reverse(self.page, args=[idea.pk])}#{place}"

    def listed(self, reading: Reading) -> "list[Listed]":
        """Its rows, in the order in which people put them."""
        return [
            Listed(row, record, f"{self.name}-{row.pk}")
            for row, record in reading.listed(self.model)
            if self.holds(row)
        ]

    def holds(self, row: Row) -> bool:
        """Whether a row of its model stands in this list, and not in another one of the same model."""
        return all(getattr(row, name) == value for name, value in self.only.items()) and not any(
            getattr(row, name) == value for name, value in self.without.items()
        )

    def standing_at(self, idea: Idea) -> "QuerySet[Row]":
        """Its rows in the database, without what was dropped."""
        kept = {"dropped": None} if issubclass(self.model, models.Droppable) else {}
        return self._not_without(self.model._default_manager.filter(idea=idea, **self.only, **kept))

    def ever_at(self, idea: Idea, row_id: int) -> Row | None:
        """A row of it in the database, also one that was dropped."""
        return self._not_without(self.model._default_manager.filter(idea=idea, pk=row_id, **self.only)).first()

    def _not_without(self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        return rows.exclude(**self.without) if self.without else rows

    def new_row(self, idea: Idea, **told: Any) -> Row:
        """A row at the end of the list, not saved yet."""
        last = self.model._default_manager.filter(idea=idea).aggregate(last=Max("position"))["last"]
        return self.model(idea=idea, position=0 if last is None else last + 1, **{**self.only, **told})


@dataclass(frozen=True)
class Listed:
    """A row with its record of the picture.

    `place` is its id on the page; `may_tick` tells whether one press says that it is done. Of a bundle, `inside` are
    its activities, and `touches` what it agreed with which other bundle.
    """

    row: Any
    told: Any
    place: str
    may_tick: bool = False
    inside: "Section | None" = None
    touches: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A list as it stands on its page. `focus` is the row to which the keyboard returns.

    `homes` are the bundles that an activity can be in.
    """

    edited: EditableList
    idea: Idea
    rows: list[Listed]
    may_edit: bool
    may_read_private_notes: bool
    focus: int | None = None
    is_ordering: bool = False
    homes: tuple[models.Bundle, ...] = ()


def section_of(
    edited: EditableList, reading: Reading, standing: Standing, filtered: Callable[[Listed], bool] | None = None
) -> Section:
    rows = edited.listed(reading)
    if issubclass(edited.model, Task):
        rows = [replace(item, may_tick=may_tick(edited, item.row, standing)) for item in rows]
    if edited.model is models.Bundle:
        rows = _with_what_is_in_them(rows, reading, standing)
    return Section(
        edited,
        reading.idea,
        [row for row in rows if filtered(row)] if filtered else rows,
        may_edit=standing.may(edited.act),
        may_read_private_notes=standing.may(Act.READ_PRIVATE_NOTES),
        homes=tuple(reading.rows[models.Bundle]) if edited.model is models.Activity else (),
    )


def _with_what_is_in_them(bundles: list[Listed], reading: Reading, standing: Standing) -> list[Listed]:
    """The bundles, each with its activities and with what it agreed with another one."""
    activities, between = section_of(LISTS["activities"], reading, standing), reading.listed(models.Alignment)
    found = []
    for item in bundles:
        inside = [one for one in activities.rows if one.row.bundle_id == item.row.pk]
        touches = tuple(
            (told.what, next(name for name in told.bundles if name != item.told.name))
            for _row, told in between
            if item.told.name in told.bundles
        )
        found.append(replace(item, inside=replace(activities, rows=inside), touches=touches))
    return found


def loose(section: Section) -> Section:
    """The activities that are in no bundle yet, of those in this list."""
    homes = {bundle.pk for bundle in section.homes}
    return replace(section, rows=[item for item in section.rows if item.row.bundle_id not in homes])


def may_tick(edited: EditableList, task: Task, standing: Standing) -> bool:
    """Whether this member may say that a task is done: who sees to it, who may change the list, who may control it.

    Who replaces somebody sees to their tasks too.
    """
    if standing.merged:
        return False
    if task.owner_member_id == standing.member.pk or standing.may(edited.act) or standing.may(Act.CONTROL):
        return True
    return task.owner_member is not None and task.owner_member.is_replaced_by(standing.member)


EXPLORE, CHECK, CONCRETISE, DECIDE = "ideas:explore", "ideas:check", "ideas:concretise", "ideas:decide"
RUNNING = "ideas:running"

LISTS = {
    edited.name: edited
    for edited in [
        EditableList(
            "evidence_problem",
            models.Evidence,
            forms.EvidenceForm,
            "s1.why.evidence_problem",
            EXPLORE,
            Act.EDIT,
            "text",
            only={"about": EvidenceAbout.PROBLEM},
        ),
        EditableList(
            "evidence_answers",
            models.Evidence,
            forms.EvidenceForm,
            "s1.why.evidence_answers",
            EXPLORE,
            Act.EDIT,
            "text",
            only={"about": EvidenceAbout.ANSWER},
        ),
        EditableList("goals", models.Goal, forms.GoalForm, "s1.goals.list", EXPLORE, Act.EDIT, "text"),
        EditableList(
            "pieces",
            models.Piece,
            forms.PieceForm,
            "s1.how.pieces",
            EXPLORE,
            Act.EDIT,
            "name",
            needs=(models.Contribution, models.Partner),
            refreshed_by="saved-partners from:body",
        ),
        EditableList("income", models.Income, forms.IncomeForm, "s1.how.finance", EXPLORE, Act.EDIT, "source"),
        EditableList(
            "partners",
            models.Partner,
            forms.PartnerForm,
            "s1.who.involved",
            EXPLORE,
            Act.EDIT,
            "name",
            as_cards=True,
            refreshed_by="saved-pieces from:body",
        ),
        EditableList("support", models.SupportMeeting, forms.SupportMeetingForm, "s2.prep.support", CHECK, Act.CHECK),
        EditableList("followups", models.FollowUp, forms.FollowUpForm, "s2.followups", CHECK, Act.CHECK, "text"),
        EditableList(
            "conditions",
            models.Condition,
            forms.ConditionForm,
            "s2.conditions",
            CHECK,
            Act.CHECK,
            "text",
            needs=tuple(forms.CARERS.values()),
            refreshed_by="saved-followups from:body",
        ),
        EditableList(
            "activities",
            models.Activity,
            forms.ActivityForm,
            "s3.activities",
            CONCRETISE,
            Act.EDIT,
            "name",
            needs=(models.Bundle,),
            refreshed_by="saved-bundles from:body",
        ),
        EditableList(
            "bundles",
            models.Bundle,
            forms.BundleForm,
            "s3.bundles",
            CONCRETISE,
            Act.EDIT,
            "name",
            needs=(models.Activity, models.Alignment, models.Partner),
            as_cards=True,
            refreshed_by="saved-activities from:body, saved-between from:body",
        ),
        EditableList(
            "between",
            models.Alignment,
            forms.AlignmentForm,
            "s3.between",
            CONCRETISE,
            Act.EDIT,
            "what",
            needs=(models.Bundle,),
            refreshed_by="saved-bundles from:body",
        ),
        EditableList("overall", models.Agreement, forms.AgreementForm, "s3.overall", CONCRETISE, Act.EDIT, "text"),
        EditableList(
            "indicators_process",
            models.Indicator,
            forms.ProcessIndicatorForm,
            "s3.ind.process",
            CONCRETISE,
            Act.EDIT,
            "text",
            needs=(models.Partner,),
            only={"kind": IndicatorKind.PROCESS},
        ),
        EditableList(
            "indicators_result",
            models.Indicator,
            forms.ResultIndicatorForm,
            "s3.ind.result",
            CONCRETISE,
            Act.EDIT,
            "text",
            needs=(models.Partner,),
            only={"kind": IndicatorKind.RESULT},
        ),
        EditableList(
            "indicators_none",
            models.Indicator,
            forms.NoIndicatorForm,
            "s3.ind.result",
            CONCRETISE,
            Act.EDIT,
            needs=(models.Partner,),
            only={"kind": IndicatorKind.NONE},
            named=Words("Voor wie volstaat het gezamenlijke doel?", "For whom is the common goal enough?"),
        ),
        EditableList(
            "directors",
            models.Directors,
            forms.DirectorsForm,
            "s4.decision",
            DECIDE,
            Act.FOLLOW_THROUGH,
            named=Words("Naar de raad van bestuur", "To the board of directors"),
        ),
        EditableList(
            "proofs",
            models.Attachment,
            forms.ProofForm,
            "s2.conditions",
            DECIDE,
            Act.CONTROL,
            needs=(models.Condition,),
            without={"condition_id": None},
            named=Words("Bewijs bij de voorwaarden", "Evidence for the conditions"),
        ),
        EditableList("talks", models.Talk, forms.TalkForm, "s4.talk", DECIDE, Act.FOLLOW_THROUGH),
        EditableList(
            "actions",
            models.TrajectoryAction,
            forms.TrajectoryActionForm,
            "s4.trajectory",
            DECIDE,
            Act.FOLLOW_THROUGH,
        ),
        EditableList(
            "reviews",
            models.Review,
            forms.ReviewForm,
            "s4.trajectory",
            RUNNING,
            Act.FOLLOW_THROUGH,
            needs=(models.Tick,),
            named=Words("Samen terugkijken", "Looking back together"),
        ),
        EditableList(
            "measures",
            models.Measure,
            forms.MeasureForm,
            "s3.ind.result",
            RUNNING,
            Act.FOLLOW_THROUGH,
            named=Words("Metingen", "Measures"),
            within="indicator",
        ),
        EditableList(
            "pulses",
            models.Pulse,
            forms.PulseForm,
            "s2.collab.atmosphere",
            RUNNING,
            Act.FOLLOW_THROUGH,
            named=Words("Jaarlijkse puls", "Yearly pulse"),
        ),
        EditableList(
            "attachments",
            models.Attachment,
            forms.AttachmentForm,
            "s0.origin",
            "ideas:idea",
            Act.EDIT,
            only={"condition_id": None},
            named=Words("Bestanden en links", "Files and links"),
        ),
    ]
}
# The lists of what somebody sees to.
TASKS = [name for name, edited in LISTS.items() if issubclass(edited.model, Task)]
