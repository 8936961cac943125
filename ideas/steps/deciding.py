"""Step 4, decision: preparing it, what each choice meets or asks for, and recording it."""

import calendar
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from checks.aftercare import Aftercare, State, aftercare, may_start
from checks.catalogue import QUESTIONS, Question
from checks.codes import Band, GoNoGo, Status, Verb, Verdict
from checks.decision import MustFollow, Settings, Start, band_of, follows_from
from checks.gates import Block, blocks_of
from checks.letters import letter_to_partners
from checks.picture import LINE_LENGTH, Condition, Directors, FollowUp, Picture, SignalTold, Transition
from checks.picture import Decision as DecisionOfPicture
from checks.signals import Signal
from checks.temperature import Temperature, temperature_of
from checks.way import why_not
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, Standing, get_idea
from ideas.forms import Lines, SavedForm, form_field
from ideas.models import Decision, DecisionDraft, Idea
from ideas.once import once
from ideas.organisation import settings_of
from ideas.picture import TO_DECIDE, read_rows, with_single
from ideas.seal.sealing import seal
from ideas.signals.noticed import Noticed, noticed_at, told_in
from ideas.steps.not_now import not_now
from ideas.steps.page import Page
from ideas.steps.pages import PAGES
from ideas.steps.saving import QuickForm, Saving, asked_of, posted, saved, saving
from ideas.way.forms import Ahead
from ideas.wording import say
from people.weighty import weighty

PAGE = PAGES[4]
LATEST_REVIEW = 6
MAY_DECIDE_IT = [question for question in QUESTIONS.values() if question.step < 4]
LOOK_AGAIN = Words(
    "Er veranderde intussen iets. Kijk nog eens, en leg de beslissing dan vast.",
    "Something changed in the meantime. Look once more, and then record the decision.",
)


# ---------- the preparation: one form a field, so that neighbours never conflict


class DecidingQuestionForm(QuickForm[DecisionDraft]):
    deciding_question = forms.ChoiceField(
        required=False, choices=[("", ""), *((question.slug, question.slug) for question in MAY_DECIDE_IT)]
    )

    class Meta:
        model = DecisionDraft
        fields = ["deciding_question"]


class PresentForm(QuickForm[DecisionDraft]):
    class Meta:
        model = DecisionDraft
        formfield_callback = form_field
        fields = ["present"]

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if any(len(line.strip()) > LINE_LENGTH for line in present.split("\n")):
            raise forms.ValidationError(_("At most %(most)d characters a line, please.") % {"most": LINE_LENGTH})
        return present


class LookAgainForm(QuickForm[DecisionDraft]):
    look_again = Ahead(required=False)

    class Meta:
        model = DecisionDraft
        fields = ["look_again"]


def _form_for(name: str) -> Any:
    return forms.modelform_factory(DecisionDraft, form=QuickForm, fields=[name], formfield_callback=form_field)


@dataclass(frozen=True)
class Prepared:
    """One thing that is prepared, by its name in `DecisionDraft`: whose right it is, and how it is asked."""

    name: str
    act: Act
    label: Any
    help: Any = ""
    form: Any = None

    @property
    def form_class(self) -> type[SavedForm[DecisionDraft]]:
        made: type[SavedForm[DecisionDraft]] = self.form or _form_for(self.name)
        return made

    @property
    def is_a_day(self) -> bool:
        return self.name in DAYS


def _said(which: str) -> Any:
    """The words or the help of the question of the motivation, in the language of the page."""
    return lazy(lambda: say(getattr(QUESTIONS["s4.motivation"], which)), str)()


PREPARED: Mapping[str, Prepared] = {
    told.name: told
    for told in [
        Prepared("motivation", Act.PREPARE, _said("words"), _said("help")),
        Prepared("present", Act.PREPARE, _("Who is there? One function a line."), _("No names, please."), PresentForm),
        Prepared("conditions_kept", Act.PREPARE, _("Which conditions stay in force afterwards?")),
        Prepared(
            "deciding_question",
            Act.PREPARE,
            _("Which question decides it?"),
            _("For a no go while questions remain."),
            DecidingQuestionForm,
        ),
        Prepared(
            "review",
            Act.PREPARE,
            _("First review after a go, on"),
            _("Left empty, it comes after three or six months."),
        ),
        Prepared(
            "reasons",
            Act.PREPARE,
            _("Why not? In words that the partners may read."),
            _("It stands in the letter to the partners, as you write it here."),
        ),
        Prepared(
            "would_change",
            Act.PREPARE,
            _("What would change our mind?"),
            _("It stands in the letter too. Left empty, the letter says nothing about it."),
        ),
        Prepared(
            "look_again",
            Act.PREPARE,
            _("Look at it again on"),
            _("Only if you want to. On that day the idea follower is asked to."),
            LookAgainForm,
        ),
        Prepared("not_measured", Act.PREPARE, _("Why do you decide without a temperature?")),
        Prepared(
            "override",
            Act.OVERRIDE,
            _("Why let the go through all the same?"),
            _("The coordinator may let it through. This note stays with the decision."),
        ),
    ]
}
UNFOLDS = ("present", "conditions_kept", "review")
FOR_A_NO_GO = ("reasons", "would_change", "look_again", "deciding_question")
DAYS = {"review", "look_again"}


@dataclass(frozen=True)
class Field:
    """One thing that is prepared, as it stands on the page; `it` is None for who only reads."""

    asked: Prepared
    value: Any
    it: Saving | None
    questions: Sequence[Question] = ()


def field_of(told: Prepared, draft: DecisionDraft, it: Saving | None) -> Field:
    questions = MAY_DECIDE_IT if told.name == "deciding_question" else ()
    return Field(told, getattr(draft, told.name), it, questions)


def _saving(told: Prepared, draft: DecisionDraft, form: SavedForm[DecisionDraft]) -> Saving:
    return saving(form, f"draft-{told.name}", reverse("ideas:prepare", args=[draft.idea_id, told.name]))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def prepare(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """Saves one thing that is prepared for the decision. On its own it is a page with just that."""
    if name not in PREPARED:
        raise Http404
    told = PREPARED[name]
    idea, standing = get_idea(request, idea_id, asked_of(request, told.act), lock=request.method == "POST")
    draft, may_edit = draft_of(idea), standing.may(told.act)
    form = told.form_class(posted(request), instance=draft)
    return saved(
        request,
        form,
        idea,
        lambda form: _saving(told, draft, form) if may_edit else None,
        reverse(PAGE, args=[idea.pk]),
        "ideas/steps/draft_field.html",
        field=field_of(told, draft, None),
    )


def draft_of(idea: Idea) -> DecisionDraft:
    return DecisionDraft.objects.filter(idea=idea).first() or DecisionDraft(idea=idea)


# The rows of the table in domain.md 2 for a no while questions remain, which asks for the question that decided it.
NO_WITH_QUESTIONS = (8, 10)


# ---------- what a choice meets, and what it asks for


@dataclass(frozen=True)
class Choice:
    """Go or no go as things stand: what blocks it, or else the decision as it would be recorded and what it asks for.

    `letter` tells the partners, where they wait for an answer.
    `starts` is whether the collaboration then starts at once. `seen` is a digest of what it all rests on.
    """

    value: GoNoGo
    blocks: tuple[Block, ...]
    decision: DecisionOfPicture
    follows: MustFollow | None
    asks: tuple[Aftercare, ...]
    letter: Words | None
    starts: bool
    seen: str

    @property
    def lacks_question(self) -> bool:
        """Whether it is a no while questions remain, of which nobody said which one decided it."""
        asks = self.value is GoNoGo.NO_GO and self.follows is not None and self.follows.row in NO_WITH_QUESTIONS
        return asks and not self.decision.deciding_question


def choice_of(
    picture: Picture, settings: Settings, value: GoNoGo, draft: DecisionDraft, signals: Sequence[Signal] = ()
) -> Choice:
    """`signals` are those that block a go."""
    decision = decision_of(picture, settings, value, draft)
    decided = as_decided(picture, decision)
    status = status_after(decided, settings)
    return Choice(
        value,
        blocks_of(picture, settings, value, not_measured=draft.not_measured, override=draft.override, signals=signals),
        decision,
        follows_from(decided, settings),
        _still_to_do(replace(decided, status=status), settings),
        letter_to_partners(decided),
        status is Status.RUNNING,
        _seen(picture, settings, draft),
    )


def _still_to_do(decided: Picture, settings: Settings) -> tuple[Aftercare, ...]:
    return tuple(item for item in aftercare(decided, settings) if item.state is State.TO_DO)


def decision_of(picture: Picture, settings: Settings, value: GoNoGo, draft: DecisionDraft) -> DecisionOfPicture:
    """What was prepared, as the decision that it would be. A note that it does not need is left out."""
    decision = DecisionOfPicture(
        value=value,
        date=timezone.localdate(),
        motivation=draft.motivation,
        present=tuple(Lines(required=False).clean(draft.present)),
        conditions_kept=draft.conditions_kept,
        deciding_question=draft.deciding_question,
        not_measured=draft.not_measured if asks_temperature(picture) else "",
        override=draft.override if value is GoNoGo.GO and is_overridable(picture, settings) else "",
    )
    if value is GoNoGo.NO_GO:
        decision = replace(
            decision, reasons=draft.reasons, would_change=draft.would_change, look_again=draft.look_again
        )
    follows = follows_from(as_decided(picture, decision), settings)
    if value is GoNoGo.NO_GO or follows is None:
        return decision
    review = draft.review or (months_after(timezone.localdate(), follows.review_months or LATEST_REVIEW))
    return replace(decision, review=review, conditional=follows.start is Start.CONDITIONAL)


def as_decided(picture: Picture, decision: DecisionOfPicture) -> Picture:
    """The idea as it would be with this decision, before it starts."""
    event = Transition(
        date=timezone.localdate(),
        verb=Verb.DECIDE,
        from_status=picture.status,
        from_step=picture.step,
        to_status=Status.IN_STEP,
        to_step=4,
    )
    return replace(
        picture,
        decision=decision,
        status=Status.IN_STEP,
        step=4,
        revisit_on=decision.look_again,
        transitions=(*picture.transitions, event),
    )


def status_after(decided: Picture, settings: Settings) -> Status:
    """Where an idea stands right after this decision: a go that may start runs at once."""
    if decided.decision and decided.decision.value is GoNoGo.NO_GO:
        return Status.NO_GO
    return Status.RUNNING if may_start(decided, settings) else Status.IN_STEP


def asks_temperature(picture: Picture) -> bool:
    """Whether a decision asks for a temperature that is not known."""
    warmth = band_of(replace(picture, decision=None))
    return picture.verdict in {Verdict.OK, Verdict.QUESTION_MARKS} and warmth is Band.UNKNOWN


def is_overridable(picture: Picture, settings: Settings) -> bool:
    """Whether the coordinator may let through a go that its row of the table blocks."""
    go = follows_from(replace(picture, decision=DecisionOfPicture(value=GoNoGo.GO)), settings)
    return go is not None and go.start is Start.BLOCKED


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _seen(picture: Picture, settings: Settings, draft: DecisionDraft) -> str:
    """A digest of what a decision rests on, to notice that it changed after somebody looked."""
    rests_on = (
        picture.verdict,
        picture.control,
        picture.votes,
        picture.conditions,
        picture.followups,
        picture.decision,
        picture.directors,
        settings,
        *(getattr(draft, name) for name in PREPARED),
    )
    return hashlib.sha256(repr(rests_on).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Deciding:
    """The decision as it is prepared: its texts, the two choices, or why nothing can be decided now.

    Of the two notes that only some decisions need, `asks_…` tells whether this one does.
    """

    motivation: Field
    unfolds: list[Field]
    for_a_no_go: list[Field]
    not_measured: Field
    override: Field
    asks_temperature: bool
    asks_override: bool
    choices: list[Choice]
    why_not: Words | None

    @property
    def shows_more(self) -> bool:
        """Whether there is more to write, or to read."""
        return any(field.it or field.value for field in self.unfolds)

    @property
    def shows_no_go(self) -> bool:
        """Whether there is something to write for a no-go, or to read."""
        return any(field.it or field.value for field in self.for_a_no_go)


def deciding(page: Page) -> Deciding:
    picture, settings = page.picture, page.settings
    draft = getattr(page.reading.idea, "decision_draft", None) or DecisionDraft(idea=page.reading.idea)
    fields = {name: _field(told, draft, page.standing) for name, told in PREPARED.items()}
    decided, closed = picture.decision is not None, picture.closed is not None
    return Deciding(
        motivation=fields["motivation"],
        unfolds=[fields[name] for name in UNFOLDS],
        for_a_no_go=[fields[name] for name in FOR_A_NO_GO],
        not_measured=fields["not_measured"],
        override=fields["override"],
        asks_temperature=asks_temperature(picture),
        asks_override=is_overridable(picture, settings),
        choices=[choice_of(picture, settings, value, draft, blocking_of(page)) for value in GoNoGo],
        why_not=why_not(Verb.DECIDE, status=picture.status, step=picture.step, decided=decided, closed=closed),
    )


def blocking_of(page: Page) -> list[Signal]:
    return [one.signal for one in page.signals.blocking] if page.signals else []


def _field(told: Prepared, draft: DecisionDraft, standing: Standing) -> Field:
    it = _saving(told, draft, told.form_class(instance=draft)) if standing.may(told.act) else None
    return field_of(told, draft, it)


# ---------- recording it


@weighty
@require_http_methods(["GET", "HEAD", "POST"])
@once
def record(request: HtmxHttpRequest, idea_id: int, value: str) -> HttpResponse:
    """One page that shows what was prepared, and what blocks this choice or must follow it; POST records it."""
    if value not in set(GoNoGo):
        raise Http404
    ideas = with_single(Idea.objects.all())
    idea, standing = get_idea(request, idea_id, Act.DECIDE, lock=request.method == "POST", ideas=ideas)
    reason = idea.why_not(Verb.DECIDE)
    if reason:
        return not_now(request, idea, reason)
    picture = read_rows([idea], TO_DECIDE)[idea.pk].whole()
    noticed = noticed_at(idea, picture)
    signals = [one.signal for one in noticed if one.blocks_go]
    choice = choice_of(picture, settings_of(idea.organisation), GoNoGo(value), draft_of(idea), signals)
    changed = request.method == "POST" and request.POST.get("seen") != choice.seen
    if request.method == "POST" and not changed and not choice.blocks:
        _record(idea, standing, choice, told_in(noticed))
        return redirect(f"{reverse(PAGE, args=[idea.pk])}#decision")
    context = {
        "idea": idea,
        "choice": choice,
        "decision": choice.decision,
        "rests_on": rests_on(picture, noticed, is_voting=hasattr(idea, "open_reading")),
        "changed": LOOK_AGAIN if changed else None,
        "page": reverse(PAGE, args=[idea.pk]),
    }
    return render(request, "ideas/steps/record.html", context, status=409 if request.method == "POST" else 200)


@dataclass(frozen=True)
class RestsOn:
    """What a decision rests on, to read before it is recorded: control, temperature, what is still open."""

    verdict: Verdict | None
    note: str
    temperature: Temperature
    conditions: tuple[Condition, ...]
    open_points: tuple[FollowUp, ...]
    signals: tuple[Signal, ...]
    accepted: tuple[Noticed, ...]
    directors: tuple[Directors, ...]
    is_voting: bool


def rests_on(picture: Picture, noticed: Sequence[Noticed], *, is_voting: bool) -> RestsOn:
    """A signal that was accepted is open no more, and one that is only a thought is not told here.

    `is_voting` tells that a reading is open, of which nothing is in the temperature yet.
    """
    return RestsOn(
        picture.verdict,
        picture.control.note,
        temperature_of(picture.votes),
        picture.conditions,
        tuple(point for point in picture.followups if point.status.is_open),
        tuple(one.signal for one in noticed if one.accepted is None and one.asks_reason),
        tuple(one for one in noticed if one.accepted and one.asks_reason),
        picture.directors,
        is_voting,
    )


# What stays true of an earlier decision when the same one is taken again in other words.
STAYS = ("partners_told", "trajectory_skipped", "talk_skipped")


def _record(idea: Idea, standing: Standing, choice: Choice, signals: tuple[SignalTold, ...]) -> None:
    decision = choice.decision
    told = {
        "date": decision.date,
        "motivation": decision.motivation,
        "present": list(decision.present),
        "review": decision.review,
        "conditions_kept": decision.conditions_kept,
        "deciding_question": decision.deciding_question,
        "conditional": decision.conditional,
        "not_measured": decision.not_measured,
        "override": decision.override,
        "reasons": decision.reasons,
        "would_change": decision.would_change,
        "look_again": decision.look_again,
    }
    earlier = Decision.objects.filter(idea=idea, current=True, value=choice.value).first()
    told |= {name: getattr(earlier, name) for name in STAYS} if earlier else {}
    role = standing.role_for(Act.DECIDE)
    idea.decide(standing.member, role, choice.value, starts=choice.starts, blocks=choice.blocks, **told)
    DecisionDraft.objects.filter(idea=idea).delete()
    seal(idea, signals)
