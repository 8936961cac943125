"""What has a past of its own: where it stands, whose right it is to change it, and what its fields are called."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, QuerySet, TextField
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from checks.catalogue import QUESTIONS
from checks.codes import Check
from ideas import models
from ideas.access import Act
from ideas.models import Change, Idea, Row
from ideas.past.present import Present
from ideas.steps import control
from ideas.steps.aftercare import SKIPPED
from ideas.steps.answers import ACTS, ANSWERED, PAGES
from ideas.steps.deciding import PREPARED
from ideas.steps.lists import LISTS, EditableList
from ideas.steps.look_back import TriageForm
from ideas.steps.parts import PARTS
from ideas.steps.row_forms import PRIVATE, DroppedForm, ProofForm
from ideas.wording import say

type Labels = Mapping[str, str | Promise]

DECIDE = "ideas:decide"
NOTE = {"note": _("Note"), "notes_private": PRIVATE}
# Forms besides that of the list in which a row is changed.
ALSO_IN: Mapping[str, tuple[type[forms.BaseForm], ...]] = {
    "between": (DroppedForm,),
    "overall": (DroppedForm,),
    "followups": (control.PointForm, TriageForm),
    "conditions": (control.ConditionForm,),
    # What was evidence of a condition that went became one of these.
    "attachments": (ProofForm,),
}
# What a recorded field is called where no form says it.
ELSEWHERE: Labels = {
    "file": _("A file"),
    "question": _("About"),
    "triage": lazy(lambda: say(QUESTIONS["s3.back"].words), str)(),
}
# What is changed in other words than it is recorded: of these fields the form's own stands in the past.
TOLD_AS = {"lead": "led_by", "led_by_us": "led_by", "partner": "level", "for_us": "level"}
TEAM = ("team", "team_name")
FILE = ("file", "stored", "size", "sha256")


@dataclass(frozen=True)
class Thing:
    """An answer, a part, a row: something with a past.

    `labels` are its fields in order, as a form calls them. `found_by` tells which of the model it is; None for one that
    an idea has one of. `name` is the id on the page of one that unfolds its past there. `only` is the one field that it
    is, of a record that holds several things. `named` is what a row is called; its `title` is that of its list.
    """

    kind: type[Model]
    title: str
    labels: Labels
    act: Act
    place: str
    url: str
    found_by: Mapping[str, Any] | None = None
    acts: Mapping[str, Act] = field(default_factory=dict)
    only: str = ""
    edited: EditableList | None = None
    name: str = ""
    named: str = ""

    @property
    def heading(self) -> str:
        """What it is called on a page of its own."""
        return self.named or self.title

    @property
    def columns(self) -> set[str]:
        """The recorded fields that it consists of."""
        told = set(self.labels) | {raw for raw, name in TOLD_AS.items() if name in self.labels}
        if "team_name" in self.labels:
            told |= set(TEAM)
        if self.kind is models.Attachment:
            told |= set(FILE)
        return told

    def act_for(self, name: str) -> Act:
        """The right to change this field of it."""
        return self.acts.get(name, self.act)

    def changes(self, idea: Idea) -> QuerySet[Change]:
        """All that was changed in it, the last one first."""
        kind = ContentType.objects.get_for_model(self.kind)
        changes: QuerySet[Change] = Change.objects.filter(idea=idea, content_type=kind)
        changes = changes.select_related("actor").order_by("-id")
        if self.edited is None:
            changes = changes.filter(changes__has_any_keys=sorted(self.columns))
        if self.found_by is None:
            return changes
        if "pk" in self.found_by:
            return changes.filter(object_id=self.found_by["pk"])
        return changes.filter(object_id__in=self.kind._default_manager.filter(idea=idea, **self.found_by).values("pk"))


def labels_of(*told: type[forms.BaseForm]) -> dict[str, str | Promise]:
    """What these forms call their fields, in their order."""
    labels: dict[str, str | Promise] = {}
    for form in told:
        asks = getattr(form, "asks", {})
        base: Mapping[str, forms.Field] = form.base_fields  # type: ignore[attr-defined]
        for name in dict.fromkeys([*(form.field_order or ()), *base]):
            if name in base:
                label = say(QUESTIONS[asks[name]].words) if name in asks else base[name].label
                labels.setdefault(name, ELSEWHERE.get(name, label or ""))
    return labels


def _answer(idea: Idea, question: str) -> Thing:
    if question not in ANSWERED:
        raise Http404
    asked = QUESTIONS[question]
    name = question.replace(".", "-")
    return Thing(
        models.Answer,
        say(asked.words),
        {"value": "", **NOTE},
        ACTS[asked.step],
        f"{reverse(PAGES[asked.step], args=[idea.pk])}#{name}",
        reverse("ideas:answer_past", args=[idea.pk, question]),
        {"question": question},
        name=name,
    )


def _conclusion(idea: Idea, check: str) -> Thing:
    if check not in set(Check):
        raise Http404
    return Thing(
        models.CheckConclusion,
        say(Check(check)).capitalize(),
        {"conclusion": _("Conclusion"), **NOTE},
        Act.CHECK,
        f"{reverse(PAGES[2], args=[idea.pk])}#conclusion-{check}",
        reverse("ideas:conclusion_past", args=[idea.pk, check]),
        {"check_name": check},
        name=f"conclusion-{check}",
    )


TITLES: Mapping[str, Promise] = {
    "facts": _("In short"),
    "money": _("Money"),
    "support_not_needed": _("Not needed? Say why in a sentence."),
    "trajectory": _("The trajectory"),
}


def _part(idea: Idea, name: str) -> Thing:
    if name not in PARTS:
        raise Http404
    part = PARTS[name]
    labels = labels_of(part.form)
    acts = {}
    if name == "facts":
        labels["team_name"] = labels.pop("team")
        acts = dict.fromkeys((*TEAM, "confidential", "test"), Act.LEAD)
    kind: type[Model] = part.form._meta.model
    url = reverse("ideas:part_past", args=[idea.pk, name])
    return Thing(kind, str(TITLES[name]), labels, part.act, part.at(idea), url, acts=acts)


def _prepared(idea: Idea, name: str) -> Thing:
    if name not in PREPARED:
        raise Http404
    told = PREPARED[name]
    return Thing(
        models.DecisionDraft,
        str(told.label),
        {name: ""},
        told.act,
        f"{reverse(DECIDE, args=[idea.pk])}#draft-{name}",
        reverse("ideas:prepare_past", args=[idea.pk, name]),
        only=name,
    )


def _verdict(idea: Idea) -> Thing:
    return Thing(
        models.Control,
        say(QUESTIONS["s4.verdict"].words),
        labels_of(control.ControlForm),
        Act.CONTROL,
        f"{reverse(DECIDE, args=[idea.pk])}#verdict",
        reverse("ideas:verdict_past", args=[idea.pk]),
    )


def _skipped(idea: Idea, what: str) -> Thing:
    if what not in SKIPPED:
        raise Http404
    return Thing(
        models.Decision,
        str(_("It is advised, not required. Why do you leave it out?")),
        {f"{what}_skipped": ""},
        Act.FOLLOW_THROUGH,
        f"{reverse(DECIDE, args=[idea.pk])}#aftercare",
        reverse("ideas:skip_past", args=[idea.pk, what]),
        {"current": True},
        only=f"{what}_skipped",
    )


def _row(idea: Idea, name: str, row_id: int) -> Thing:
    if name not in LISTS:
        raise Http404
    edited = LISTS[name]
    row = edited.ever_at(idea, row_id)
    if row is not None:
        return row_of(idea, edited, row_id, str(row))
    went = next((change for change in _removals(idea, edited, row_id) if _was_in(change, edited)), None)
    if went is None:
        raise Http404
    return row_of(idea, edited, row_id, named_in(went))


def row_of(idea: Idea, edited: EditableList, row_id: int, named: str = "") -> Thing:
    """A row of this list, whether it is still there or not."""
    return Thing(
        edited.model,
        say(edited.title),
        labels_of(edited.form, *ALSO_IN.get(edited.name, ())) | _only_of_files(edited),
        edited.act,
        edited.at(idea),
        reverse("ideas:row_past", args=[idea.pk, edited.name, row_id]),
        {"pk": row_id},
        acts=_acts_of(edited),
        edited=edited,
        named=named,
    )


def named_in(change: Change) -> str:
    """What a row was called when it went, or as it came."""
    return next((name for place in (0, 1) if (name := _named(change, place))), "")


def _named(change: Change, place: int) -> str:
    texts = {column.name for column in change.kind._meta.concrete_fields if type(column) in {CharField, TextField}}
    return str(change.kind(**{name: pair[place] or "" for name, pair in change.changes.items() if name in texts}))


def _only_of_files(edited: EditableList) -> dict[str, str | Promise]:
    return {"file": ELSEWHERE["file"]} if edited.model is models.Attachment else {}


def _acts_of(edited: EditableList) -> dict[str, Act]:
    """Whose right it is to say how far a point or condition is, and whether to go back for it."""
    if edited.name not in control.CONTROLLED:
        return {}
    return {"status": Act.CONTROL, "triage": Act.EDIT}


MEETING_PARTS: Mapping[str, Promise] = {
    "present": _("Who was there? One function a line."),
    "notes": _("Notes of the meeting"),
}


def _meeting(idea: Idea, meeting_id: int, name: str) -> Thing:
    if name not in MEETING_PARTS or not models.Meeting.objects.filter(idea=idea, pk=meeting_id).exists():
        raise Http404
    return Thing(
        models.Meeting,
        str(MEETING_PARTS[name]),
        {name: ""},
        Act.MEET,
        f"{reverse('ideas:meeting', args=[idea.pk, meeting_id])}#meeting-{meeting_id}-{name}",
        reverse("ideas:meeting_past", args=[idea.pk, meeting_id, name]),
        {"pk": meeting_id},
        only=name,
    )


def _agenda_note(idea: Idea, meeting_id: int, item_id: int) -> Thing:
    item = models.AgendaItem.objects.filter(idea=idea, meeting=meeting_id, pk=item_id).first()
    if item is None:
        raise Http404
    return Thing(
        models.AgendaItem,
        str(_("Note")),
        {"note": ""},
        Act.MEET,
        f"{reverse('ideas:meeting_screen', args=[idea.pk, meeting_id])}?item={item_id}",
        reverse("ideas:agenda_note_past", args=[idea.pk, meeting_id, item_id]),
        {"pk": item_id},
        only="note",
        named=say(item.about.words) if item.about else item.text,
    )


KINDS: Mapping[str, Callable[..., Thing]] = {
    "answer": _answer,
    "conclusion": _conclusion,
    "part": _part,
    "prepared": _prepared,
    "verdict": _verdict,
    "skipped": _skipped,
    "row": _row,
    "meeting": _meeting,
    "agenda_note": _agenda_note,
}


def thing_at(idea: Idea, kind: str, **about: Any) -> Thing:
    """The thing at this address. Raises Http404 where the idea has none."""
    return KINDS[kind](idea, **about)


# ---------- from what was changed to the thing


def list_of(present: Present, change: Change) -> EditableList | None:
    """The list in which the row of this change stands, or stood."""
    lists = [edited for edited in LISTS.values() if edited.model is change.kind]
    if len(lists) < 2:
        return lists[0] if lists else None
    row = present.row(change)
    if row is not None:
        return next((one for one in lists if one.holds(row)), None)
    removals = present.removals(change)
    return next((one for one in lists if removals and _was_in(removals[-1], one)), None)


def _was_in(removal: Change, edited: EditableList) -> bool:
    """Whether a row that was taken away stood in this list."""

    def was(key: str) -> Any:
        column = edited.model._meta.get_field(key)
        default = column.get_default() if column.has_default() else None  # type: ignore[union-attr]
        return removal.changes.get(column.name, [default])[0]

    return all(was(key) == told for key, told in edited.only.items()) and not any(
        was(key) == told for key, told in edited.without.items()
    )


def _removals(idea: Idea, edited: EditableList, row_id: int | None = None) -> QuerySet[Change]:
    kind = ContentType.objects.get_for_model(edited.model)
    removed: QuerySet[Change] = Change.objects.filter(idea=idea, content_type=kind, action=Change.Action.DELETE)
    removed = removed if row_id is None else removed.filter(object_id=row_id)
    return removed.select_related("actor").order_by("-id")


def removals(idea: Idea, edited: EditableList, before: int | None = None) -> Iterable[Change]:
    """The rows that were taken out of this list and are still gone, the last one first."""
    stands = edited.model._default_manager.filter(idea=idea).values("pk")
    gone = _removals(idea, edited).exclude(object_id__in=stands)
    seen = set()
    for change in gone.filter(pk__lt=before) if before else gone:
        if change.object_id not in seen and _was_in(change, edited):
            seen.add(change.object_id)
            yield change


def removal_of(idea: Idea, edited: EditableList, row_id: int) -> Change | None:
    """How this row was taken out of this list, None where it never stood in it."""
    last = _removals(idea, edited, row_id).first()
    return last if last and _was_in(last, edited) else None


def _name_of(present: Present, change: Change) -> str:
    """What the row of this change is called, or was when it went."""
    row, removals = present.row(change), present.removals(change)
    return str(row) if row is not None else named_in(removals[-1]) if removals else ""


def thing_of(present: Present, change: Change, only: str = "") -> Thing | None:
    """What this change is about, None where it belongs to the way of the idea. `only` names the one field meant."""
    idea, kind = present.idea, change.kind
    names = set(change.changes)
    if issubclass(kind, Row) and kind is not models.Decision:
        edited = list_of(present, change)
        return row_of(idea, edited, change.object_id, _name_of(present, change)) if edited else None
    match kind:
        case models.Answer:
            answer = present.row(change)
            return _answer(idea, answer.question) if answer else None
        case models.CheckConclusion:
            concluded = present.row(change)
            return _conclusion(idea, str(concluded.check_name)) if concluded else None
        case models.Control:
            return _verdict(idea)
        case models.DecisionDraft:
            chosen = only if only in PREPARED else next((name for name in PREPARED if name in names), "")
            return _prepared(idea, chosen) if chosen else None
        case models.Decision:
            what = only.removesuffix("_skipped") or next((w for w in SKIPPED if f"{w}_skipped" in names), "")
            return _skipped(idea, what) if what in SKIPPED else None
        case models.Meeting:
            chosen = only if only in MEETING_PARTS else next((name for name in MEETING_PARTS if name in names), "")
            return _meeting(idea, change.object_id, chosen) if chosen and present.row(change) else None
        case models.AgendaItem:
            item = present.row(change)
            return _agenda_note(idea, item.meeting_id, item.pk) if item and "note" in names else None
        case _:
            parts = [_part(idea, name) for name in PARTS]
            return next((part for part in parts if part.kind is kind and part.columns & names), None)
