"""The questions of the instrument as typed data, read once from `questions.yaml`. Source: domain.md 1.3.

A malformed catalogue raises `CatalogueError` when this module is imported, so the app does not start with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from checks import codes
from checks.words import Code, Words

SOURCE = Path(__file__).with_name("questions.yaml")


class CatalogueError(Exception):
    """The catalogue is malformed; the message opens with the slug of the question."""


class QuestionType(StrEnum):
    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"
    RATING = "rating"
    REF = "ref"


class Part(Code):
    """The parts of the steps, in the order of the conversation. The value is the head of a question's slug."""

    INTAKE = "s0", "Idee ontvangen", "Idea received"
    WHY = "s1.why", "Waarom", "Why"
    GOALS = "s1.goals", "Doelen", "Goals"
    HOW = "s1.how", "Hoe", "How"
    WHO = "s1.who", "Met wie", "With whom"
    PREPARATION = "s2.prep", "Voorbereiding", "Preparation"
    DRIJFVEER = "s2.drive", "Drijfveercheck", "Drijfveercheck"
    EXPERTISE = "s2.exp", "Expertisecheck", "Expertisecheck"
    SAMENWERK = "s2.collab", "Samenwerkcheck", "Samenwerkcheck"
    FOLLOW_UPS = "s2.followups", "Opvolgpunten", "Follow-up points"
    CONDITIONS = "s2.conditions", "Noodzakelijke voorwaarden", "Necessary conditions"
    LOOK_BACK = "s3.back", "Terugblik", "Looking back"
    BUNDLES = "s3.bundles", "De puzzel leggen", "Laying the puzzle"
    BETWEEN = "s3.between", "Afstemming tussen bundels", "Alignment between bundles"
    OVERALL = "s3.overall", "Overkoepelend", "Overarching"
    INDICATORS = "s3.ind", "Indicatoren", "Indicators"
    CONTROL = "s4.check", "Controle", "Control"
    TEMPERATURE = "s4.temperature", "Temperatuur", "Temperature"
    DECISION = "s4.decision", "Beslissing", "Decision"
    AFTERCARE = "s4.talk", "Nazorg", "Aftercare"


STEPS: Mapping[int, Words] = {
    1: Words("Verkennen", "Explore"),
    2: Words("Intern checken", "Check internally"),
    3: Words("Concretiseren", "Concretise"),
    4: Words("Beslissen", "Decide"),
}

# Questions whose slug does not open with the value of their part.
PART_OF = {
    "s3.activities": Part.BUNDLES,
    "s3.bundle.mandate": Part.BUNDLES,
    "s3.enough": Part.OVERALL,
    "s4.verdict": Part.CONTROL,
    "s4.motivation": Part.DECISION,
    "s4.trajectory": Part.AFTERCARE,
}

# What a vote on the temperature may be: cold to very warm.
VOTES = (1, 2, 3, 4, 5)

# Which codes a choice takes; its `options` must be exactly these or some of them.
CHOICES: Mapping[str, type[Code]] = {
    "s0.origin": codes.Origin,
    "s0.motive": codes.Motive,
    "s2.drive.finance_type": codes.FinanceType,
    "s2.collab.coordination": codes.Coordination,
    "s3.back": codes.Triage,
    "s4.check.followups": codes.FollowUpStatus,
    "s4.check.conditions": codes.ConditionStatus,
    "s4.verdict": codes.Verdict,
    "s4.decision": codes.GoNoGo,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the instrument.

    `per` names the list of which every row gets this question (a goal, a partner, …), or is empty.
    `core` is true for a question of the instrument itself and false for one of ours.
    """

    slug: str
    step: int
    part: Part
    type: QuestionType
    words: Words
    help: Words
    core: bool
    per: str = ""
    check: codes.Check | None = None
    trait: str = ""
    when: str = ""
    options: tuple[str, ...] = ()


KEYS = frozenset(
    "slug step type origin nl en help_nl help_en per check trait when options options_type".split()  # noqa: SIM905
)
ROWS = frozenset({"", "goal", "partner", "followup", "condition", "bundle", "team_member"})
WHENS = frozenset({"", "verdict=not_ok or decision=no_go", "tension"})
TRAITS = frozenset({"", "doel", "differentiatie", "integratie", "coordinatie"})


def read_catalogue(text: str) -> Mapping[str, Question]:
    """The questions by slug, in the order of the text. Raises `CatalogueError`."""
    try:
        entries = [*yaml.safe_load(text)["questions"]]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise CatalogueError(f"questions.yaml: {error}") from error
    questions: dict[str, Question] = {}
    for number, entry in enumerate(entries, start=1):
        slug = str(entry.get("slug") or f"question {number}") if isinstance(entry, dict) else f"question {number}"
        try:
            question = _question(entry)
        except (ValueError, TypeError, KeyError) as error:
            raise CatalogueError(f"{slug}: {error}") from error
        if slug in questions:
            raise CatalogueError(f"{slug}: this slug stands twice")
        questions[slug] = question
    return questions


def _question(entry: Mapping[str, object]) -> Question:
    if not isinstance(entry, dict):
        raise ValueError("it has no keys")
    slug = _text(entry, "slug")
    if unknown := set(entry) - KEYS:
        raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
    step = entry["step"]
    if step not in range(5) or not slug.startswith(f"s{step}."):
        raise ValueError(f"step {step!r} does not fit the slug")
    origin = _text(entry, "origin")
    if origin not in {"core", "extra"}:
        raise ValueError(f"origin {origin!r} is not core or extra")
    per, trait = str(entry.get("per", "")), str(entry.get("trait", ""))
    if per not in ROWS or trait not in TRAITS:
        raise ValueError(f"unknown per {per!r} or trait {trait!r}")
    when = str(entry.get("when", ""))
    if when not in WHENS:
        raise ValueError(f"unknown when {when!r}")
    kind = QuestionType(_text(entry, "type"))
    check = entry.get("check")
    return Question(
        slug=slug,
        step=int(str(step)),
        part=_part(slug),
        type=kind,
        words=Words(_text(entry, "nl"), _text(entry, "en")),
        help=Words(_text(entry, "help_nl"), _text(entry, "help_en")),
        core=origin == "core",
        per=per,
        check=codes.Check(str(check)) if check else None,
        trait=trait,
        when=when,
        options=_options(slug, kind, entry.get("options", [])),
    )


def _text(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is missing or is no text")
    return value


def _part(slug: str) -> Part:
    if slug in PART_OF:
        return PART_OF[slug]
    for part in Part:
        if slug == part or slug.startswith(f"{part}."):
            return part
    raise ValueError("it belongs to no part of a step")


def _options(slug: str, kind: QuestionType, options: object) -> tuple[str, ...]:
    if not isinstance(options, list):
        raise ValueError("options is no list")
    given = tuple(str(option) for option in options)
    if (kind is QuestionType.CHOICE) != bool(given):
        raise ValueError("a choice needs options, and nothing else takes them")
    known = {str(vote) for vote in VOTES} if slug == "s4.temperature" else set(CHOICES.get(slug, ()))
    if not set(given) <= known:
        raise ValueError(f"options {', '.join(given)} are not among {', '.join(sorted(known)) or 'those of a choice'}")
    return given


QUESTIONS = read_catalogue(SOURCE.read_text(encoding="utf-8"))
