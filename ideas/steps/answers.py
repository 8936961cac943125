"""Answers that save themselves: the text or the code that answers one question, and the conclusion of a check."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from checks.catalogue import CHOICES, QUESTIONS, Question, QuestionType
from checks.codes import Check, Conclusion, Rating
from checks.words import Code
from ideas.access import IN_COMPANY, Act, HtmxHttpRequest, Standing, get_idea
from ideas.fields import CodeChoice
from ideas.forms import SavedForm, form_field, version_of
from ideas.models import Answer, CheckConclusion, Idea
from ideas.models.answers import ANSWERED_HERE
from ideas.once import once
from ideas.picture import Reading
from ideas.steps.saving import asked_of, posted, problems_of, saved

# Whose right it is to answer the questions of a step.
ACTS = {1: Act.EDIT, 2: Act.CHECK, 3: Act.EDIT}
PAGES = {1: "ideas:explore", 2: "ideas:check", 3: "ideas:concretise"}
TEMPLATE = "ideas/steps/answer.html#form"
ANSWERED = {slug for slugs in ANSWERED_HERE.values() for slug in slugs}


class AnswerForm(SavedForm[Answer]):
    """The answer to one question. `question` decides whether it takes a text or a code with a note."""

    class Meta:
        model = Answer
        fields = ["value", "note", "notes_private"]
        formfield_callback = form_field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = QUESTIONS[self.instance.question]
        self.fields["value"].label = ""
        if question.type is QuestionType.TEXT:
            del self.fields["note"]
            self.fields.pop("notes_private", None)
        else:
            self.fields["value"] = CodeChoice(codes=codes_of(question))

    def clean_value(self) -> str:
        return self.cleaned_data["value"] or ""


class ConclusionForm(SavedForm[CheckConclusion]):
    """The conclusion of a check, with its one remark."""

    class Meta:
        model = CheckConclusion
        fields = ["conclusion", "note", "notes_private"]
        formfield_callback = form_field


def codes_of(question: Question) -> list[Code]:
    """What may be answered, in order."""
    if question.type is QuestionType.RATING:
        return list(Rating)
    return [CHOICES[question.slug](option) for option in question.options]


@dataclass(frozen=True)
class Answering:
    """One answer as it stands on its page, or as it was typed where it was refused.

    `name` is the id on the page, `url` where it is sent to. `options` are the codes to choose from, None for a text.
    `between` is the form where somebody else changed the same. `saved_at` is when it was saved just now.
    """

    name: str
    url: str
    idea: Idea
    question: Question | None
    options: list[Code] | None
    value: str
    note: str
    may_edit: bool
    may_read_private_notes: bool
    notes_private: bool = False
    version: str = ""
    between: SavedForm[Any] | None = None
    saved_at: Any = None
    problems: list[str] = field(default_factory=list)
    in_company: bool = False

    @property
    def to(self) -> str:
        """Where it is sent to and asked for, which tells when others look on."""
        return f"{self.url}?{IN_COMPANY}" if self.in_company else self.url

    @property
    def is_unknown(self) -> bool:
        """Whether it is "weet ik niet", which may become an opvolgpunt."""
        return self.value == Rating.UNKNOWN

    @property
    def hides_note(self) -> bool:
        """Whether there is a note that this member does not get to see."""
        return self.notes_private and not self.may_read_private_notes


def answers_of(reading: Reading, standing: Standing, step: int) -> dict[str, Answering]:
    """The answers of a step by the last part of their question's slug, for templates."""
    rows = {row.question: row for row in reading.rows[Answer]}
    told = {slug: rows.get(slug) or Answer(question=slug) for slug in ANSWERED if QUESTIONS[slug].step == step}
    for row in told.values():
        row.idea = reading.idea
    return {slug.rsplit(".", 1)[1]: answering(row, standing) for slug, row in told.items()}


def answering(row: Answer, standing: Standing, form: SavedForm[Answer] | None = None) -> Answering:
    """The answer to a question, as it stands on the page."""
    question = QUESTIONS[row.question]
    is_text = question.type is QuestionType.TEXT
    return Answering(
        name=row.question.replace(".", "-"),
        url=reverse("ideas:answer", args=[row.idea_id, row.question]),
        idea=row.idea,
        question=question,
        options=None if is_text else codes_of(question),
        may_edit=standing.may(ACTS[question.step]),
        in_company=standing.in_company,
        **_as_it_stands(row, ["value"] if is_text else ["value", "note", "notes_private"], standing, form),
    )


def conclusion_of(
    row: CheckConclusion, standing: Standing, form: SavedForm[CheckConclusion] | None = None
) -> Answering:
    """The conclusion of a check, as it stands on the page."""
    return Answering(
        name=f"conclusion-{row.check_name}",
        url=reverse("ideas:conclusion", args=[row.idea_id, row.check_name]),
        idea=row.idea,
        question=None,
        options=list(Conclusion),
        may_edit=standing.may(Act.CHECK),
        in_company=standing.in_company,
        **_as_it_stands(row, ["conclusion", "note", "notes_private"], standing, form),
    )


def _as_it_stands(
    row: Answer | CheckConclusion, names: list[str], standing: Standing, form: SavedForm[Any] | None
) -> dict[str, Any]:
    """What the page shows: what is recorded, or what was typed where that was refused.

    Without a form, since a page shows many answers and a form each would be most of its time.
    """
    sees_private = standing.may(Act.READ_PRIVATE_NOTES)
    hidden = row.hidden_from(may_read_private_notes=sees_private)
    shown = {name: getattr(row, name) for name in names if name not in hidden}
    typed = {name: form[name].value() for name in shown} if form and form.is_bound else shown
    refused = form is not None and form.is_bound and not form.is_valid()
    return {
        "value": str(typed[names[0]] or ""),
        "note": str(typed.get("note") or ""),
        "notes_private": row.notes_private,
        "may_read_private_notes": sees_private,
        "version": form.version if form and refused else version_of(shown.items()),
        "between": form if form and refused and form.is_in_between else None,
        "problems": problems_of(form) if form and refused else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def answer(request: HtmxHttpRequest, idea_id: int, question: str) -> HttpResponse:
    """Saves one answer. On its own it is a page with just that question."""
    if question not in ANSWERED:
        raise Http404
    step = QUESTIONS[question].step
    idea, standing = get_idea(request, idea_id, asked_of(request, ACTS[step]), lock=request.method == "POST")
    row = Answer.objects.filter(idea=idea, question=question).first() or Answer(question=question)
    row.idea = idea
    form = AnswerForm(posted(request), instance=row, may_read_private_notes=standing.may(Act.READ_PRIVATE_NOTES))
    page = reverse(PAGES[step], args=[idea.pk])
    return saved(
        request, form, idea, lambda form: answering(row, standing, form), page, TEMPLATE, rights=standing.rights
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def conclusion(request: HtmxHttpRequest, idea_id: int, check: str) -> HttpResponse:
    """Saves the conclusion of a check with its remark. On its own it is a page with just that check."""
    if check not in set(Check):
        raise Http404
    idea, standing = get_idea(request, idea_id, asked_of(request, Act.CHECK), lock=request.method == "POST")
    found = CheckConclusion.objects.filter(idea=idea, check_name=check).first()
    row = found or CheckConclusion(check_name=Check(check))
    row.idea = idea
    form = ConclusionForm(posted(request), instance=row, may_read_private_notes=standing.may(Act.READ_PRIVATE_NOTES))
    page = reverse(PAGES[2], args=[idea.pk])
    return saved(
        request, form, idea, lambda form: conclusion_of(row, standing, form), page, TEMPLATE, rights=standing.rights
    )
