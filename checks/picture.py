"""The picture: the one shape of a whole idea.

Signals, dossier, exchange file, seal and difference use nothing else. Every field has a default but the
title, so a smaller picture is a valid one. Texts that are not there are empty, codes and dates are None,
lists keep the order in which people put them. Amounts are in euro. Source: domain.md 1.2 and `questions.yaml`.

The types say what may be recorded; whether a file holds to them is checked by `PICTURE` and `EXCHANGE`.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, TypeAdapter
from pydantic_core import PydanticCustomError

from checks.codes import (
    AgreementAbout,
    Band,
    Benefit,
    Conclusion,
    ConditionStatus,
    Coordination,
    DirectorsOutcome,
    Domain,
    DroppedFrom,
    EvidenceAbout,
    FinanceType,
    FollowUpStatus,
    Form,
    GoNoGo,
    IndicatorKind,
    Motive,
    Objection,
    OrganisationKind,
    Origin,
    PartnerStatus,
    PieceStatus,
    PieceType,
    Rating,
    Role,
    SectorRelation,
    Severity,
    Status,
    TemperatureMethod,
    Theme,
    Triage,
    Verb,
    Verdict,
)

# Control characters, which no screen, PDF or database knows what to do with; what ends a line; what shows nothing.
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_BREAK = r"\n\r\x85\u2028\u2029"
_BLANK = (
    r"\t \xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u202a-\u202f\u205f-\u206f"
    r"\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
PRINTABLE = rf"^[^{_CONTROL}]*$"
ON_ONE_LINE = rf"^[^{_CONTROL}{_BREAK}]*$"
VISIBLE = rf"^[{_BLANK}{_BREAK}]*[^{_CONTROL}{_BREAK}{_BLANK}][^{_CONTROL}]*$"
VISIBLE_ON_ONE_LINE = rf"^[{_BLANK}]*[^{_CONTROL}{_BREAK}{_BLANK}][^{_CONTROL}{_BREAK}]*$"
LINE_LENGTH, TEXT_LENGTH, SLUG_LENGTH = 200, 20_000, 80


def _iso_day(given: object) -> object:
    """Only a date or its ISO wording: the library would take a number for seconds since 1970."""
    if isinstance(given, date) or (isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given)):
        return given
    raise PydanticCustomError("date_type", "a date such as 2026-01-31")


def _plain_number(given: object) -> object:
    if isinstance(given, (int, float, Decimal)) and not isinstance(given, bool):
        return Decimal(str(given))
    raise PydanticCustomError("number_type", "a number")


def _shortest_number(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


INDEFINITE: Literal["indefinite"] = "indefinite"
_DURATION = r"^([0-9]{1,3}) (maand|maanden|month|months|jaar|year|years)$"
LONGEST = 1200
type DurationInWords = Annotated[str, StringConstraints(pattern=_DURATION)] | Literal["nog te bepalen"]


def _duration(given: object) -> object:
    """Months, also from a wording such as "5 maanden" or "2 jaar"."""
    if given is None or given == "nog te bepalen":
        return None
    if isinstance(given, str) and (match := re.fullmatch(_DURATION, given)):
        given = int(match[1]) * (12 if match[2] in {"jaar", "year", "years"} else 1)
    if given == INDEFINITE or (type(given) is int and 1 <= given <= LONGEST):
        return given
    raise PydanticCustomError("duration_type", "months, or indefinite")


def _from_text(key: str) -> Callable[[object], object]:
    """Takes a bare text for a record of which only `key` is filled in."""
    return lambda given: {key: given} if isinstance(given, str) else given


def _none_or_two(given: object) -> object:
    if isinstance(given, (list, tuple)) and len(given) not in {0, 2}:
        raise PydanticCustomError("none_or_two", "none, or two")
    return given


def _alphabetical(remarks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(remarks))


def _from_one(given: object) -> object:
    """Takes one record for a list of one."""
    return [given] if isinstance(given, dict) else given


def _from_counts_by_value(given: object) -> object:
    """Takes the counts by value: {1: 0, 2: 0, 3: 1, 4: 2, 5: 3}."""
    if isinstance(given, dict) and sorted(str(value) for value in given) == list("12345"):
        return [given[value] for value in sorted(given, key=str)]
    return given


type Line = Annotated[str, StringConstraints(max_length=LINE_LENGTH, pattern=ON_ONE_LINE)]
type Name = Annotated[str, StringConstraints(min_length=1, max_length=LINE_LENGTH, pattern=VISIBLE_ON_ONE_LINE)]
type Text = Annotated[str, StringConstraints(max_length=TEXT_LENGTH, pattern=PRINTABLE)]
type Statement = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LENGTH, pattern=VISIBLE)]
type Slug = Annotated[str, StringConstraints(max_length=SLUG_LENGTH, pattern=r"^[a-z0-9_-]*$")]
type Url = Annotated[str, StringConstraints(max_length=1000, pattern=r"^(https?://[^\s\x00-\x1f]+)?$")]
type Sha256 = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
type Step = Annotated[int, Field(strict=True, ge=1, le=4)]
type Year = Annotated[int, Field(strict=True, ge=1900, le=2100)]
type Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]
type Months = Annotated[int, Field(strict=True, ge=1, le=LONGEST)]
type YesNo = Annotated[bool, Field(strict=True)]
type Day = Annotated[date, BeforeValidator(_iso_day, json_schema_input_type=date)]
type Amount = Annotated[
    Decimal,
    Field(ge=0, max_digits=12, decimal_places=2),
    BeforeValidator(_plain_number, json_schema_input_type=Annotated[float, Field(ge=0, le=9_999_999_999.99)]),
    PlainSerializer(_shortest_number, return_type=int | float, when_used="json"),
]
type Duration = Annotated[
    Months | Literal["indefinite"] | None,
    BeforeValidator(_duration, json_schema_input_type=Months | Literal["indefinite"] | DurationInWords | None),
]


class Record:
    """What every part of the picture has in common: a key that it does not know is refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnOrganisation(Record):
    """Whose idea it is."""

    name: Name
    kind: OrganisationKind | None = None
    domain: Domain | None = None
    region: Line = ""


# ---------- step 0: the idea is received


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginOfIdea(Record):
    """`brought_by` is who brought it, to whom an answer is owed."""

    type: Origin | None = None
    text: Text = ""
    brought_by: Line = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition(Record):
    """One event on the way: from where to where, in which round of the step that it opens, by which role and why.

    `verb` is what was done; a file may leave it out.
    """

    date: Day
    verb: Verb | None = None
    from_status: Status | None = None
    from_step: Step | None = None
    to_status: Status
    to_step: Step | None = None
    round: Count = 1
    role: Role | None = None
    why: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment(Record):
    """A file or a link at the idea. Of a file, the name, the size in bytes and the SHA-256 are recorded here.

    `condition` is the text of the noodzakelijke voorwaarde for which it is evidence.
    """

    title: Name
    url: Url = ""
    file: Line = ""
    size: Annotated[int, Field(strict=True, ge=0, le=2**53 - 1)] | None = None
    sha256: Sha256 = ""
    question: Line = ""
    condition: Text = ""


# ---------- step 1: the infofiche


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence(Record):
    """A figure or an insight on the problem, or on an answer that already works."""

    text: Statement
    about: EvidenceAbout = EvidenceAbout.PROBLEM
    source: Line = ""
    year: Year | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal(Record):
    """`horizon` is when it should be reached, `benefits` who is better off."""

    text: Statement
    clear: Rating | None = None
    clear_note: Text = ""
    feasible: Rating | None = None
    feasible_note: Text = ""
    horizon: Line = ""
    who_benefits: Line = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece(Record):
    """A puzzle piece. `by` names the partners, or the own organisation, that bring it; `status` how far that is."""

    name: Name
    type: PieceType | None = None
    own_type: Line = ""
    needed: YesNo = True
    by: tuple[Name, ...] = ()
    status: PieceStatus | None = None
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Income(Record):
    """Income a year; `until` is the day on which the source stops."""

    source: Line
    amount: Amount | None = None
    certain: YesNo = False
    until: Day | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finance(Record):
    """The financial frame: amounts in euro a year, the term in months, meeting hours a year.

    What it does to the money of the organisation is answered in the drijfveercheck.
    """

    text: Text = ""
    cost_year: Amount | None = None
    own_share: Amount | None = None
    income: tuple[Income, ...] = ()
    term: Months | None = None
    payback: Text = ""
    meeting_hours: Count | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner(Record):
    """A partner: what it can and wants to bring, what is in it for them, who speaks for it with what mandate."""

    name: Name
    domain: Domain | None = None
    kind: OrganisationKind | None = None
    relation: SectorRelation | None = None
    status: PartnerStatus = PartnerStatus.POSSIBLE
    contribution: Text = ""
    can: Rating | None = None
    can_note: Text = ""
    willing: Rating | None = None
    willing_note: Text = ""
    own_interest: Text = ""
    represented_by: Line = ""
    mandate: Text = ""
    paid_supplier: YesNo = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Flags(Record):
    """Facts that call for care: shared client data, lent staff, recharged costs; and a one-off problem."""

    client_data_shared: YesNo = False
    data_agreement: Text = ""
    staff_lent: YesNo = False
    costs_recharged: YesNo = False
    vat_checked: YesNo = False
    one_off: YesNo = False


# ---------- step 2: the checks


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated(Record):
    value: Rating | None = None
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FinanceTyped(Record):
    value: FinanceType | None = None
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coordinated(Record):
    value: Coordination | None = None
    note: Text = ""


type RatedAnswer = Annotated[Rated, BeforeValidator(_from_text("value"), json_schema_input_type=Rated | Rating)]
type FinanceAnswer = Annotated[
    FinanceTyped, BeforeValidator(_from_text("value"), json_schema_input_type=FinanceTyped | FinanceType)
]
type CoordinationAnswer = Annotated[
    Coordinated, BeforeValidator(_from_text("value"), json_schema_input_type=Coordinated | Coordination)
]


@dataclass(frozen=True, kw_only=True, slots=True)
class SupportMeeting(Record):
    """A talk with the support services: which service, who was there (by role), and their remarks."""

    date: Day | None = None
    service: Line = ""
    who: Line = ""
    remarks: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Preparation(Record):
    """What support services, own team and policy team say; `not_needed` is why no support service was asked."""

    support: tuple[SupportMeeting, ...] = ()
    not_needed: Text = ""
    team: Text = ""
    policy: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drijfveercheck(Record):
    """Does it fit what the organisation is for? `note` is the one remark beside the conclusion."""

    mission: RatedAnswer = Rated()
    vision: RatedAnswer = Rated()
    mandate: RatedAnswer = Rated()
    finance: FinanceAnswer = FinanceTyped()
    give_up: Text = ""
    conclusion: Conclusion | None = None
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expertisecheck(Record):
    """Do we have what is asked of us?"""

    inhouse: RatedAnswer = Rated()
    available: RatedAnswer = Rated()
    attractive: Text = ""
    onboarding: Text = ""
    conclusion: Conclusion | None = None
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Samenwerkcheck(Record):
    """Is it a good collaboration?"""

    beyond: RatedAnswer = Rated()
    shared: RatedAnswer = Rated()
    all_partners: RatedAnswer = Rated()
    no_superfluous: RatedAnswer = Rated()
    pieces_known: RatedAnswer = Rated()
    pieces_connected: RatedAnswer = Rated()
    equal: RatedAnswer = Rated()
    atmosphere: RatedAnswer = Rated()
    coordination: CoordinationAnswer = Coordinated()
    conclusion: Conclusion | None = None
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checks(Record):
    drijfveer: Drijfveercheck = Drijfveercheck()
    expertise: Expertisecheck = Expertisecheck()
    samenwerk: Samenwerkcheck = Samenwerkcheck()


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp(Record):
    """An opvolgpunt: `step` is where it belongs, `question` the slug of what it is about, `remark` that of step 4."""

    text: Statement
    step: Step | None = None
    owner: Line = ""
    due: Day | None = None
    status: FollowUpStatus = FollowUpStatus.OPEN
    triage: Triage | None = None
    remark: Text = ""
    question: Line = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaredFor(Record):
    """What takes care of a condition: a bundle by its name, an alignment, an agreement or an opvolgpunt by its text."""

    bundle: Line = ""
    between: Text = ""
    overall: Text = ""
    followup: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition(Record):
    """A noodzakelijke voorwaarde: met on `due` at the latest, checked by a support service (a role)."""

    text: Statement
    evidence_wanted: Text = ""
    checked_by: Line = ""
    due: Day | None = None
    status: ConditionStatus = ConditionStatus.NOT_MET
    remark: Text = ""
    question: Line = ""
    cared_for: CaredFor = CaredFor()


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmed(Record):
    """The day on which the policy team confirmed each list at the end of step 2."""

    followups: Day | None = None
    conditions: Day | None = None


# ---------- step 3: the puzzle


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle(Record):
    """Activities that one team does as a whole; `lead` names a partner or the own organisation."""

    name: Name
    activities: tuple[Name, ...] = ()
    team: Line = ""
    lead: Line = ""
    mandate: Text = ""
    not_alone: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alignment(Record):
    """What two bundles agree; `bundles` names both, or is empty while that is open."""

    what: Statement
    how: Line = ""
    how_often: Line = ""
    bundles: Annotated[
        tuple[Name, ...], BeforeValidator(_none_or_two, json_schema_input_type=tuple[()] | tuple[Name, Name])
    ] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement(Record):
    """What is arranged for the whole."""

    text: Statement
    about: AgreementAbout | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dropped(Record):
    """An agreement that was let go, by whom (a role) and why. It is told to readers; who reads a file in ignores it."""

    text: Statement
    kind: DroppedFrom
    date: Day | None = None
    by: Role | None = None
    why: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(Record):
    """What an indicator showed on a day while the collaboration ran: `value` begins with the figure."""

    date: Day
    value: Name
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator(Record):
    """`level` is "collaboration", or the name of a partner or of the own organisation; `goal` the text of a goal."""

    kind: IndicatorKind
    level: Name = "collaboration"
    goal: Text = ""
    text: Text = ""
    baseline: Line = ""
    target: Line = ""
    source: Line = ""
    frequency: Line = ""
    why: Text = ""
    measures: tuple[Measure, ...] = ()


COLLABORATION = "collaboration"


# ---------- step 4: the decision


@dataclass(frozen=True, kw_only=True, slots=True)
class Control(Record):
    """What stands beside the verdict: the note, the day, who did the control (roles)."""

    note: Text = ""
    date: Day | None = None
    by: Line = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Votes(Record):
    """A temperature reading: how many gave 1, 2, 3, 4 and 5, and the remarks in alphabetical order.

    Of an anonymous vote of fewer than five only the `number` of votes and the `band` were kept; the counts are zero.
    """

    counts: Annotated[
        tuple[Count, Count, Count, Count, Count],
        BeforeValidator(
            _from_counts_by_value,
            json_schema_input_type=tuple[Count, Count, Count, Count, Count]
            | dict[Literal["1", "2", "3", "4", "5"], Count],
        ),
    ]
    remarks: Annotated[tuple[Text, ...], AfterValidator(_alphabetical)] = ()
    date: Day | None = None
    method: TemperatureMethod = TemperatureMethod.VOTES
    note: Text = ""
    number: Count = 0
    band: Band | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision(Record):
    """Go or no-go, with who was there by role; `review` is the day of the first review.

    `conditions_kept` are the conditions that still hold after it; `deciding_question` is the slug of the question
    that decided it, row 8 of the table in domain.md 2.4.
    `conditional` is a go with question marks (setting A2); `not_measured` is the note that a decision without
    temperature needs; `override` the coordinator's note; `imported` marks a decision that came in from a file.
    Of a no-go, `reasons` are those that the partners read too, `would_change` is what would change our mind, and
    `look_again` the day on which to look at it again.
    `partners_told` is the day on which the partners heard the news; `trajectory_skipped` and `talk_skipped` are why
    an advised trajectory or talk was left out.
    """

    value: GoNoGo
    date: Day | None = None
    motivation: Text = ""
    present: tuple[Name, ...] = ()
    review: Day | None = None
    conditions_kept: Text = ""
    deciding_question: Line = ""
    conditional: YesNo = False
    not_measured: Text = ""
    override: Text = ""
    reasons: Text = ""
    would_change: Text = ""
    look_again: Day | None = None
    partners_told: Day | None = None
    trajectory_skipped: Text = ""
    talk_skipped: Text = ""
    imported: YesNo = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Directors(Record):
    """The decision before the raad van bestuur: on which day, and with what outcome once that is known."""

    date: Day | None = None
    outcome: DirectorsOutcome | None = None
    text: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk(Record):
    """An evaluation talk: with whom, what was learned, whether the door is open."""

    date: Day | None = None
    with_whom: Annotated[Line, Field(alias="with")] = ""
    with_team: YesNo | None = None
    with_partners: YesNo | None = None
    learned: Text = ""
    door_open: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrajectoryAction(Record):
    text: Statement
    owner: Line = ""
    due: Day | None = None
    done: Day | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Trajectory(Record):
    """How team and policy team deal with a decision that clashes with the team's feeling."""

    aim: Text = ""
    owner: Line = ""
    actions: tuple[TrajectoryAction, ...] = ()
    closed: Day | None = None
    outcome: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Review(Record):
    """A look back after a go: does it still work, which benefits are seen?"""

    date: Day | None = None
    text: Text = ""
    works: Rating | None = None
    benefits_seen: tuple[Benefit, ...] = ()
    next: Day | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse(Record):
    """The samenwerkcheck once more, a year on: `who` is the own organisation or a partner, by name."""

    date: Day
    who: Name
    beyond: Rating | None = None
    shared: Rating | None = None
    all_partners: Rating | None = None
    no_superfluous: Rating | None = None
    pieces_known: Rating | None = None
    pieces_connected: Rating | None = None
    equal: Rating | None = None
    atmosphere: Rating | None = None
    note: Text = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment(Record):
    """What somebody said at a step, or at the question of this slug, and is to be printed in the dossier."""

    text: Statement
    step: Step
    question: Line = ""
    role: Role | None = None
    date: Day


@dataclass(frozen=True, kw_only=True, slots=True)
class SignalTold(Record):
    """A signal as an exchange file tells it, for who reads the file: it is worked out anew, and never read in.

    `accepted` is the reason with which it was accepted, `by` in which role, `on` the day.
    """

    id: Name
    severity: Severity
    about: Text = ""
    says: Text = ""
    says_en: Text = ""
    accepted: Text = ""
    by: Role | None = None
    on: Day | None = None


# ---------- the whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture(Record):
    """A whole idea. `own_org` is the name by which pieces, bundles and indicators mean the own organisation.

    `test` marks an exercise or a test, which is no real idea.
    """

    title: Name
    slug: Slug = ""
    own_org: Line = ""
    summary: Text = ""
    status: Status = Status.RECEIVED
    step: Step | None = None
    round: Annotated[int, Field(strict=True, ge=1, le=1000)] = 1
    received: Day | None = None
    answer_needed_by: Day | None = None
    revisit_on: Day | None = None
    closed: Day | None = None
    merged_into: Slug = ""
    confidential: YesNo = False
    test: YesNo = False
    origin: OriginOfIdea = OriginOfIdea()
    idea_owner: Line = ""
    team: Line = ""
    motive: Motive | None = None
    themes: tuple[Theme, ...] = ()
    form: Form | None = None
    duration: Duration = None
    legal_form: Text = ""
    benefits: tuple[Benefit, ...] = ()
    objections: tuple[Objection, ...] = ()
    flags: Flags = Flags()
    challenge: Text = ""
    evidence: tuple[Evidence, ...] = ()
    goals: tuple[Goal, ...] = ()
    approach: Text = ""
    pieces: tuple[Piece, ...] = ()
    finance: Finance = Finance()
    partners: tuple[Partner, ...] = ()
    preparation: Preparation = Preparation()
    checks: Checks = Checks()
    followups: tuple[FollowUp, ...] = ()
    conditions: tuple[Condition, ...] = ()
    confirmed: Confirmed = Confirmed()
    activities: tuple[Name, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    between: tuple[
        Annotated[Alignment, BeforeValidator(_from_text("what"), json_schema_input_type=Alignment | Statement)], ...
    ] = ()
    overall: tuple[
        Annotated[Agreement, BeforeValidator(_from_text("text"), json_schema_input_type=Agreement | Statement)], ...
    ] = ()
    dropped: tuple[Dropped, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    enough: RatedAnswer = Rated()
    control: Control = Control()
    verdict: Verdict | None = None
    back_to_step: Step | None = None
    votes: Votes | None = None
    earlier_votes: tuple[Votes, ...] = ()
    decision: Decision | None = None
    earlier_decisions: tuple[Decision, ...] = ()
    directors: tuple[Directors, ...] = ()
    talk: Annotated[tuple[Talk, ...], BeforeValidator(_from_one, json_schema_input_type=Talk | tuple[Talk, ...])] = ()
    trajectory: Trajectory | None = None
    reviews: tuple[Review, ...] = ()
    pulses: tuple[Pulse, ...] = ()
    transitions: tuple[Transition, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    comments: tuple[Comment, ...] = ()


# What a file may say beside the question that asks for it, and where that question stands.
SAID_BESIDE = {
    ("coordination",): ("checks", "samenwerk", "coordination"),
    ("finance", "type"): ("checks", "drijfveer", "finance"),
}


# What a file tells of an idea without being read in.
FOR_READERS = frozenset({"signals"})
SIGNALS: TypeAdapter[tuple[SignalTold, ...]] = TypeAdapter(tuple[SignalTold, ...])


def _in(given: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        given = given.get(key) if isinstance(given, dict) else None
    return given


def _with(given: object, keys: tuple[str, ...], value: object) -> object:
    """A copy with this value there. What is no record stays as it is: its type will be refused."""
    if not keys:
        return value
    if not isinstance(given, dict):
        return given
    return {**given, keys[0]: _with(given.get(keys[0], {}), keys[1:], value)}


def _code(answer: object) -> object:
    return answer.get("value") if isinstance(answer, dict) else answer


def _said_once(given: object) -> object:
    """Moves what stands beside its question to its question; both may be given where they agree.

    What a file tells for readers only is left out.
    """
    if isinstance(given, dict):
        given = {key: told for key, told in given.items() if key not in FOR_READERS}
    for beside, place in SAID_BESIDE.items():
        *above, last = beside
        holder = _in(given, tuple(above))
        if not isinstance(holder, dict) or last not in holder:
            continue
        value, answer = holder[last], _in(given, place)
        given = _with(given, tuple(above), {key: told for key, told in holder.items() if key != last})
        if value is None:
            continue
        if answer is None:
            given = _with(given, place, value)
        elif _code(answer) != _code(value):
            raise PydanticCustomError(
                "said_twice",
                "{beside} and {place} differ",
                {"beside": ".".join(beside), "place": ".".join(place)},
            )
    return given


type WholeIdea = Annotated[Picture, BeforeValidator(_said_once)]
PICTURE: TypeAdapter[Picture] = TypeAdapter(WholeIdea)


# ---------- the exchange file

FORMAT: Literal[1] = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange(Record):
    """An exchange file: ideas of one organisation."""

    format: Literal[1] = FORMAT
    own_org: OwnOrganisation
    ideas: tuple[WholeIdea, ...]


EXCHANGE: TypeAdapter[Exchange] = TypeAdapter(Exchange)
# Where the JSON Schema is kept for those who read or write exchange files with other tools.
SCHEMA = Path(__file__).with_name("exchange.schema.json")


def json_schema_text() -> str:
    """The JSON Schema as it is kept in `SCHEMA`."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the exchange file: what the types ask, not what must fit together."""
    schema = EXCHANGE.json_schema(mode="validation")
    for (*above, last), place in SAID_BESIDE.items():
        known = _properties(schema, place[:-1])[place[-1]]
        _properties(schema, above)[last] = {"anyOf": [{"$ref": known["$ref"]}, {"type": "null"}], "default": None}
    told = SIGNALS.json_schema(mode="serialization", ref_template="#/$defs/{model}")
    schema["$defs"] |= told.pop("$defs")
    schema["$defs"]["Picture"]["properties"]["signals"] = told | {"description": "For readers only."}
    schema["title"] = f"WerktSamen exchange file, version {FORMAT}"
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "", "description": ""}
    return head | schema


def _properties(schema: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """What the records at this place of the picture hold."""
    record = schema["$defs"]["Picture"]
    for key in keys:
        record = schema["$defs"][record["properties"][key]["$ref"].rsplit("/")[-1]]
    properties: dict[str, Any] = record["properties"]
    return properties
