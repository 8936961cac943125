"""What happened at an idea, by step and period, each line a sentence by role: it is no surveillance."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from checks.asking import ABOUT
from checks.catalogue import QUESTIONS, STEPS, QuestionType
from checks.codes import Check, Conclusion, Role, Status, Verb, Verdict
from checks.words import Words
from ideas import models
from ideas.forms import plain
from ideas.models import Change, Idea, Transition
from ideas.models.past import RECORDED
from ideas.past.earlier import folded, in_short
from ideas.past.things import named_in
from ideas.steps.answers import codes_of
from ideas.steps.deciding import PREPARED
from ideas.steps.lists import LISTS
from ideas.steps.parts import PARTS
from ideas.wording import all_of, capital, day, say

WHO: Mapping[Role | None, Words] = {
    Role.IDEA_OWNER: Words("De idee-opvolger", "The idea follower"),
    Role.COLLABORATOR: Words("Een medewerker", "A collaborator"),
    Role.OWN_TEAM: Words("Het eigen team", "The own team"),
    Role.SUPPORT: Words("Steun", "Support"),
    Role.POLICY_TEAM: Words("Het beleidsteam", "The policy team"),
    Role.EXTERNAL_PARTNER: Words("Een externe partner", "An external partner"),
    Role.COORDINATOR: Words("De samenwerkingscoördinator", "The portfolio coordinator"),
    None: Words("Iemand", "Somebody"),
}
CHECKS = {
    Check.DRIJFVEER: Words("de drijfveercheck", "the drijfveercheck"),
    Check.EXPERTISE: Words("de expertisecheck", "the expertisecheck"),
    Check.SAMENWERK: Words("de samenwerkcheck", "the samenwerkcheck"),
}


@dataclass(frozen=True)
class RowWords:
    """What a sentence calls one row of a list, the row of this name, so many of them, and the list itself."""

    one: Words
    named: Words
    several: Words
    all: Words


def _row_words(
    article_nl: str, one_nl: str, several_nl: str, article_en: str, one_en: str, several_en: str
) -> RowWords:
    return RowWords(
        Words(f"een {one_nl}", f"{article_en} {one_en}"),
        Words(f"{article_nl} {one_nl}", f"the {one_en}"),
        Words(f"%d {several_nl}", f"%d {several_en}"),
        Words(f"de {several_nl}", f"the {several_en}"),
    )


ROWS: Mapping[type[Model], RowWords] = {
    kind: _row_words(*words)
    for kind, *words in [
        (models.Evidence, "het", "cijfer of inzicht", "cijfers en inzichten",
         "a", "figure or insight", "figures and insights"),
        (models.Goal, "het", "doel", "doelen", "a", "goal", "goals"),
        (models.Piece, "het", "puzzelstuk", "puzzelstukken", "a", "puzzle piece", "puzzle pieces"),
        (models.Income, "de", "bron van inkomsten", "bronnen van inkomsten",
         "a", "source of money", "sources of money"),
        (models.Partner, "de", "partner", "partners", "a", "partner", "partners"),
        (models.SupportMeeting, "het", "gesprek met een dienst", "gesprekken met diensten",
         "a", "talk with a service", "talks with services"),
        (models.FollowUp, "het", "opvolgpunt", "opvolgpunten", "a", "follow-up point", "follow-up points"),
        (models.Condition, "de", "noodzakelijke voorwaarde", "noodzakelijke voorwaarden",
         "a", "necessary condition", "necessary conditions"),
        (models.Activity, "de", "activiteit", "activiteiten", "an", "activity", "activities"),
        (models.Bundle, "de", "bundel", "bundels", "a", "bundle", "bundles"),
        (models.Alignment, "de", "afstemming", "afstemmingen", "an", "alignment", "alignments"),
        (models.Agreement, "de", "afspraak", "afspraken", "an", "agreement", "agreements"),
        (models.Indicator, "de", "indicator", "indicatoren", "an", "indicator", "indicators"),
        (models.Talk, "het", "gesprek", "gesprekken", "a", "talk", "talks"),
        (models.TrajectoryAction, "de", "actie van het traject", "acties van het traject",
         "an", "action of the trajectory", "actions of the trajectory"),
        (models.Review, "de", "terugblik", "terugblikken", "a", "review", "reviews"),
        (models.Measure, "de", "meting", "metingen", "a", "measure", "measures"),
        (models.Pulse, "de", "puls", "pulsen", "a", "pulse", "pulses"),
        (models.Directors, "het", "punt voor de raad van bestuur", "punten voor de raad van bestuur",
         "a", "point for the board of directors", "points for the board of directors"),
        (models.Meeting, "het", "overleg", "overleggen", "a", "meeting", "meetings"),
        (models.Attachment, "de", "bijlage", "bijlagen", "an", "attachment", "attachments"),
        (models.AcceptedSignal, "de", "reden bij een signaal", "redenen bij signalen",
         "a", "reason beside a signal", "reasons beside signals"),
    ]
}  # fmt: skip
# What somebody did with the idea itself.
WENT: Mapping[Verb, Words] = {
    Verb.RECEIVE: Words("ontving het idee", "received the idea"),
    Verb.TAKE_UP: Words("nam het idee op", "took the idea up"),
    Verb.DECLINE: Words("bedankte voor het idee", "declined the idea with thanks"),
    Verb.PARK: Words("parkeerde het idee", "parked the idea"),
    Verb.MOVE_ON: Words("ging verder", "moved on"),
    Verb.SEND_BACK: Words("nam het idee terug", "took the idea back"),
    Verb.PAUSE: Words("pauzeerde het idee", "paused the idea"),
    Verb.RESUME: Words("hervatte het idee", "resumed the idea"),
    Verb.STOP: Words("stopte het idee", "stopped the idea"),
    Verb.REOPEN: Words("opende het idee opnieuw", "reopened the idea"),
    Verb.HAND_OVER: Words("droeg het idee over", "handed the idea over"),
    Verb.MERGE: Words("voegde het idee samen met een ander", "merged the idea into another one"),
    Verb.UNMERGE: Words("maakte het idee weer los", "took the idea apart again"),
    Verb.DECIDE: Words("legde de beslissing vast", "recorded the decision"),
    Verb.START: Words("startte de samenwerking", "started the collaboration"),
    Verb.RENEW: Words("vernieuwde de samenwerking", "renewed the collaboration"),
    Verb.FINISH: Words("rondde de samenwerking af", "finished the collaboration"),
    Verb.CLOSE: Words("sloot het idee af", "closed the idea"),
}
TO_STEP = Words("naar stap %d", "to step %d")
# As many rows as a sentence names.
MOST_NAMED = 5
PART_WORDS = {
    "facts": Words("de feiten over het idee", "the facts about the idea"),
    "money": Words("de bedragen", "the amounts"),
    "support_not_needed": Words("waarom steun niet nodig is", "why support is not needed"),
    "trajectory": Words("het traject", "the trajectory"),
}
PREPARED_WORDS = {
    "motivation": Words("de motivatie", "the motivation"),
    "present": Words("wie bij de beslissing is", "who is there for the decision"),
    "conditions_kept": Words("welke voorwaarden blijven gelden", "which conditions stay in force"),
    "deciding_question": Words("welke vraag de doorslag geeft", "which question decides it"),
    "review": Words("wanneer jullie terugblikken", "when to look back"),
    "not_measured": Words("waarom er geen temperatuur is", "why there is no temperature"),
    "override": Words("waarom de go toch mag", "why the go may pass all the same"),
}
VERDICT = Words("de controle", "the control")
NOTED = Words("wat er in een overleg gezegd is", "what was said at a meeting")
PARTNERS_TOLD = Words("dat de partners het nieuws kennen", "that the partners heard the news")
LEFT_OUT = Words("wat wordt overgeslagen, en waarom", "what is left out, and why")
CONFIRMED = {"followups_confirmed": models.FollowUp, "conditions_confirmed": models.Condition}
# What says how far a point or a condition is, which belongs to the control of step 4.
HOW_FAR = {"status", "remark"}
# Days are told one by one as long ago as this; what is older by month.
BY_DAY = timedelta(days=31)
STEP_OF: dict[type[Model], int] = {
    **{edited.model: edited.asked.step for edited in LISTS.values()},
    models.FinancialFrame: 1,
    models.DecisionDraft: 4,
    models.Decision: 4,
    models.Control: 4,
    models.Trajectory: 4,
    models.Asking: 2,
    models.AskedMember: 2,
    models.Meeting: 0,
    models.AgendaItem: 0,
    models.AcceptedSignal: 0,
}
COLUMNS = {
    name: set(part.form.base_fields) | ({"team_name"} if name == "facts" else set()) for name, part in PARTS.items()
}


@dataclass(frozen=True)
class Happened:
    """One thing that changed, before it becomes a sentence: `what` sorts it with alike things.

    `key` tells apart things that are counted together; `name` is what a row is called. `was` and `became` are what one
    field said.
    """

    on: date
    step: int
    role: Role | None
    verb: str
    what: Any
    key: Any
    was: str = ""
    became: str = ""
    name: str = ""


@dataclass(frozen=True)
class StepOfPeriod:
    """What happened in one step; 0 is what is about the idea as a whole."""

    step: int
    name: str
    lines: list[str]


@dataclass(frozen=True)
class Period:
    """A day, or a month of longer ago."""

    name: str
    steps: list[StepOfPeriod]


@dataclass(frozen=True)
class Month:
    """A month in which something happened, as the first of its days."""

    first: date

    @property
    def slug(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        return f"{MONTHS[self.first.month]} {self.first.year}"


def months_of(idea: Idea) -> list[Month]:
    """The months in which something happened, the last one first."""
    changed = Change.objects.filter(idea=idea).datetimes("timestamp", "month")
    went = Transition.objects.filter(idea=idea).dates("date", "month")
    firsts = {timezone.localtime(moment).date() for moment in changed} | set(went)
    return [Month(first) for first in sorted(firsts, reverse=True)]


def periods_of(idea: Idea, month: Month) -> list[Period]:
    """What happened in this month, the last period first, in as many queries however much it is."""
    told: dict[date, list[Happened]] = defaultdict(list)
    went: dict[date, list[Transition]] = defaultdict(list)
    for one in _happened(idea, month):
        told[_period(one.on)].append(one)
    for event in Transition.objects.filter(idea=idea, date__year=month.first.year, date__month=month.first.month):
        went[_period(event.date)].append(event)
    return [
        Period(day(first) if _is_recent(first) else month.name, _by_step(told[first], went[first]))
        for first in sorted({*told, *went}, reverse=True)
        if told[first] or went[first]
    ]


def _is_recent(on: date) -> bool:
    return on > timezone.localdate() - BY_DAY


def _period(on: date) -> date:
    """The day itself, or the first of a month of longer ago."""
    return on if _is_recent(on) else on.replace(day=1)


def _by_step(told: Iterable[Happened], went: Iterable[Transition]) -> list[StepOfPeriod]:
    lines: dict[int, list[str]] = defaultdict(list)
    for event in sorted(went, key=lambda event: event.pk, reverse=True):
        lines[0].append(_of_the_way(event))
    for step, line in _lines(told):
        lines[step].append(line)
    names = {0: _("The idea as a whole"), **{step: say(words) for step, words in STEPS.items()}}
    return [StepOfPeriod(step, names[step], list(dict.fromkeys(lines[step]))) for step in sorted(lines)]


# ---------- from changes to what happened


def _happened(idea: Idea, month: Month) -> Iterator[Happened]:
    start = timezone.make_aware(datetime.combine(month.first, datetime.min.time()))
    following = (month.first + timedelta(days=32)).replace(day=1)
    end = timezone.make_aware(datetime.combine(following, datetime.min.time()))
    changes = list(Change.objects.filter(idea=idea, timestamp__gte=start, timestamp__lt=end))
    kinds = {content_type.pk: kind for kind, content_type in _content_types().items()}
    removed = {change.cid: change.content_type_id for change in changes if change.action == Change.Action.DELETE}
    asked: dict[type[Model], dict[int, str]] = {
        models.Answer: dict(models.Answer.objects.filter(idea=idea).values_list("pk", "question")),
        models.CheckConclusion: dict(models.CheckConclusion.objects.filter(idea=idea).values_list("pk", "check_name")),
        models.AskedMember: dict(models.AskedMember.objects.filter(idea=idea).values_list("pk", "asking__about")),
    }
    names = _names(idea, {kinds[change.content_type_id] for change in changes} & ROWS.keys())
    for change in changes:
        kind = kinds[change.content_type_id]
        if (
            change.action == Change.Action.UPDATE
            and removed.get(change.cid, change.content_type_id) != change.content_type_id
        ):
            continue
        for one in _of_change(change, kind, asked):
            yield replace(one, name=names.get((kind, change.object_id), "") if kind in ROWS else "")


def _names(idea: Idea, kinds: Iterable[type[Model]]) -> dict[tuple[type[Model], int], str]:
    """What the rows of these lists are called, or were when they went."""
    types = _content_types()
    gone = Change.objects.filter(
        idea=idea, content_type__in=[types[kind] for kind in kinds], action=Change.Action.DELETE
    )
    names = {(change.kind, change.object_id): named_in(change) for change in gone}
    for kind in kinds:
        names |= {(kind, row.pk): str(row) for row in kind._default_manager.filter(idea=idea)}
    return names


def _content_types() -> dict[type[Model], ContentType]:
    return ContentType.objects.get_for_models(*RECORDED)


def _of_change(change: Change, kind: type[Model], asked: Mapping[type[Model], Mapping[int, str]]) -> Iterator[Happened]:
    on, role, pk = timezone.localtime(change.timestamp).date(), change.role, change.object_id
    told = {
        name: pair
        for name, pair in folded(kind, change.changes).items()
        if name == "order" or plain(pair[0]) != plain(pair[1])
    }
    if kind in ROWS:
        if verb := _verb(change, told):
            yield Happened(on, _step(kind, verb, told), role, verb, kind, pk)
    elif kind is models.Asking:
        if change.action == Change.Action.CREATE:
            yield from _asked(on, role, "ask", plain(told.get("about", ("", ""))[1]))
    elif kind is models.AskedMember:
        if change.action == Change.Action.UPDATE and "reply" in told:
            yield from _asked(on, role, "reply", asked[kind].get(pk, ""))
    elif kind in asked:
        if about := asked[kind].get(pk):
            yield from _answered(on, role, kind, about, told)
    elif kind is models.DecisionDraft and change.action != Change.Action.DELETE:
        for name in told.keys() & PREPARED.keys():
            yield Happened(on, 4, role, "text", PREPARED_WORDS[name], name, *_both(told[name]))
    elif kind is models.Decision and change.action == Change.Action.UPDATE:
        if "partners_told" in told:
            yield Happened(on, 4, role, "text", PARTNERS_TOLD, "told", *_both(told["partners_told"]))
        elif told:
            yield Happened(on, 4, role, "change", LEFT_OUT, "skip")
    elif kind is models.Control:
        yield from _judged(on, role, told)
    elif kind is models.AgendaItem:
        if "note" in told and change.action == Change.Action.UPDATE:
            yield Happened(on, STEP_OF[kind], role, "text", NOTED, pk, *_both(told["note"]))
    else:
        yield from _of_part(on, role, kind, told)


def _verb(change: Change, told: Mapping[str, Any]) -> str:
    match change.action:
        case Change.Action.CREATE:
            return "back" if change.alone else "add"
        case Change.Action.DELETE:
            return "remove"
        case _ if set(told) == {"order"}:
            return "order"
        case _:
            return "change" if told else ""


def _step(kind: type[Model], verb: str, told: Mapping[str, Any]) -> int:
    """The step to which it belongs: how far a point is belongs to step 4, whether to go back for it to step 3."""
    if kind in {models.FollowUp, models.Condition} and verb == "change":
        if "triage" in told:
            return QUESTIONS["s3.back"].step
        if told.keys() <= HOW_FAR and "status" in told:
            return 4
    return STEP_OF[kind]


def _answered(
    on: date, role: Role | None, kind: type[Model], about: str, told: Mapping[str, Any]
) -> Iterator[Happened]:
    concluded = kind is models.CheckConclusion
    name, what = ("conclusion", CHECKS[Check(about)]) if concluded else ("value", QUESTIONS[about].words)
    step = 2 if concluded else QUESTIONS[about].step
    is_text = not concluded and QUESTIONS[about].type is QuestionType.TEXT
    if name in told:
        yield Happened(on, step, role, "text" if is_text else "code", what, about, *_both(told[name]))
    elif "note" in told:
        yield Happened(on, step, role, "note", what, about)


def _asked(on: date, role: Role | None, verb: str, about: str) -> Iterator[Happened]:
    """That somebody was asked, or answered: what they said is for who may check the idea."""
    if part := ABOUT.get(about):
        yield Happened(on, part.step, role, verb, part.words, (verb, about))


def _judged(on: date, role: Role | None, told: Mapping[str, Any]) -> Iterator[Happened]:
    if "verdict" in told:
        yield Happened(on, 4, role, "code", VERDICT, "verdict", *_both(told["verdict"]))
    elif told:
        yield Happened(on, 4, role, "change", VERDICT, "verdict")


def _of_part(on: date, role: Role | None, kind: type[Model], told: Mapping[str, Any]) -> Iterator[Happened]:
    for name, part in PARTS.items():
        if part.form._meta.model is kind and told.keys() & COLUMNS[name]:
            yield Happened(
                on, STEP_OF.get(kind, 2 if name == "support_not_needed" else 0), role, "change", PART_WORDS[name], name
            )
    for name, listed in CONFIRMED.items():
        if kind is models.Idea and name in told:
            yield Happened(on, 2, role, "confirm" if told[name][1] else "reopen", ROWS[listed].all, name)


def _both(pair: Any) -> tuple[str, str]:
    return plain(pair[0]), plain(pair[1])


# ---------- from what happened to sentences


def _lines(told: Iterable[Happened]) -> Iterator[tuple[int, str]]:
    """A line for what one role did with one thing, or with the rows of one list; what was done last comes first."""
    groups: dict[Any, list[Happened]] = {}
    told = list(told)
    added = {(one.what, one.key) for one in told if one.verb == "add"}
    for one in told:
        if one.verb == "change" and (one.what, one.key) in added:
            continue
        is_row = isinstance(one.what, type)
        verb = one.verb if is_row or one.verb in {"confirm", "reopen"} else ""
        group = one.step, one.role, one.what, "" if is_row else one.key, verb
        groups[group] = [*groups.pop(group, []), one]
    for (step, role, *_rest), ones in reversed(groups.items()):
        if line := _sentence(say(WHO[role]), ones):
            yield step, line


def _sentence(who: str, ones: list[Happened]) -> str:
    last = ones[-1]
    if isinstance(last.what, type):
        return _of_rows(who, last, {one.key: one.name for one in ones})
    quoted = last.what in {question.words for question in QUESTIONS.values()}
    what = f"“{say(last.what)}”" if quoted else say(last.what)
    valued = [one for one in ones if one.verb in {"text", "code"}]
    if not valued:
        return _plainly(last.verb) % {"who": who, "what": what}
    was, became = valued[0].was, valued[-1].became
    if was == became:
        return ""
    if not became:
        return _("%(who)s emptied %(what)s") % {"who": who, "what": what}
    if valued[-1].verb == "code":
        return _("%(who)s set %(what)s to %(value)s") % {"who": who, "what": what, "value": _value(valued[-1])}
    sentence = _("%(who)s changed %(what)s") if was else _("%(who)s noted %(what)s")
    return sentence % {"who": who, "what": what}


def _plainly(verb: str) -> str:
    match verb:
        case "confirm":
            return _("%(who)s confirmed %(what)s")
        case "reopen":
            return _("%(who)s opened %(what)s again")
        case "ask":
            return _("%(who)s asked others about %(what)s")
        case "reply":
            return _("%(who)s answered what was asked about %(what)s")
        case "note":
            return _("%(who)s added a note to %(what)s")
        case _:
            return _("%(who)s changed %(what)s")


def _of_rows(who: str, one: Happened, names: Mapping[Any, str]) -> str:
    """What was done to these rows, each by its id with its name."""
    words = ROWS[one.what]
    told = {"who": who, "what": _several(words, list(names.values())) if len(names) > 1 else _single(words, one.name)}
    match one.verb:
        case "add":
            return _("%(who)s added %(what)s") % told
        case "remove":
            return _("%(who)s took away %(what)s") % told
        case "back":
            return _("%(who)s brought back %(what)s") % told
        case "order":
            return _("%(who)s put %(what)s in another order") % {**told, "what": say(words.all)}
        case _:
            return _("%(who)s changed %(what)s") % told


def _single(words: RowWords, name: str) -> str:
    return f"{say(words.named)} {in_short(name)}" if name else say(words.one)


def _several(words: RowWords, names: list[str]) -> str:
    told = say(words.several) % len(names)
    return f"{told} ({all_of(map(in_short, names))})" if all(names) and len(names) <= MOST_NAMED else told


def _value(one: Happened) -> str:
    """What a code says in a sentence."""
    if one.key in set(Check):
        codes: Iterable[Any] = Conclusion
    elif one.key == "verdict":
        codes = Verdict
    else:
        codes = codes_of(QUESTIONS[one.key])
    return next((say(code) for code in codes if code.value == one.became), one.became)


def _of_the_way(event: Transition) -> str:
    """An event on the way, by role: what was done and where it led."""
    if event.verb and event.role:
        did = f"{say(WHO[event.role])} {say(WENT[event.verb])}"
    else:
        did = capital(say(event.verb or event.to_status))
    if event.verb is Verb.DECIDE and event.to_status is not Status.IN_STEP:
        did = f"{did}: {say(event.to_status)}"
    if event.to_step and event.from_step != event.to_step:
        did = f"{did} {say(TO_STEP) % event.to_step}"
    return did
