"""What a picture must hold beyond its types: names that are listed, nothing twice, nothing without what it needs.

What passes here, the database takes. The types of `checks.picture` see to lengths, numbers and codes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checks.catalogue import QUESTIONS
from checks.codes import GoNoGo, Status
from checks.picture import COLLABORATION, Exchange, Picture
from checks.running import entered_running
from checks.words import Words

type Place = tuple[str | int, ...]

NAMES_SHOWN = 20
# The decision that an idea with this status has; ideas that nobody took up have neither a step nor a decision.
DECIDED = {Status.RUNNING: GoNoGo.GO, Status.FINISHED: GoNoGo.GO, Status.NO_GO: GoNoGo.NO_GO}
NOT_TAKEN_UP = {Status.RECEIVED, Status.NOT_FOLLOWED}


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """What does not fit. `place` is the path of keys and list positions, as ("pieces", 0, "by", 1)."""

    place: Place
    words: Words


def inconsistencies_of_file(exchange: Exchange, organisation: str = "") -> Iterator[Inconsistency]:
    """What does not fit in an exchange file: in each of its ideas, and between them."""
    own = exchange.own_org.name
    for number, whole in enumerate(exchange.ideas):
        for found in inconsistencies(whole, organisation):
            yield Inconsistency(("ideas", number, *found.place), found.words)
        if whole.own_org != own:
            yield Inconsistency(
                ("ideas", number, "own_org"),
                Words(f"dit bestand is van {own!r}: laat dit leeg", f"this file is of {own!r}: leave this empty"),
            )
    yield from _twice((("ideas", n, "slug"), whole.slug) for n, whole in enumerate(exchange.ideas) if whole.slug)


def inconsistencies(whole: Picture, organisation: str = "") -> Iterator[Inconsistency]:
    """What does not fit in a picture; `organisation` is the name of the one that gets it, where that is known."""
    yield from _way(whole)
    yield from _own_name(whole, {whole.own_org, organisation})
    yield from _names(whole)
    yield from _questions(whole)
    for number, attachment in enumerate(whole.attachments):
        if bool(attachment.url) is bool(attachment.file):
            yield Inconsistency(
                ("attachments", number), Words("geef ofwel een url, ofwel een file", "give either a url or a file")
            )
    yield from _repeated(whole)


def _questions(whole: Picture) -> Iterator[Inconsistency]:
    asked: list[tuple[Place, str]] = [
        *((("followups", n, "question"), row.question) for n, row in enumerate(whole.followups)),
        *((("conditions", n, "question"), row.question) for n, row in enumerate(whole.conditions)),
        *((("attachments", n, "question"), row.question) for n, row in enumerate(whole.attachments)),
        *((("comments", n, "question"), row.question) for n, row in enumerate(whole.comments)),
        *(
            (("earlier_decisions", n, "deciding_question"), row.deciding_question)
            for n, row in enumerate(whole.earlier_decisions)
        ),
    ]
    if whole.decision:
        asked.append((("decision", "deciding_question"), whole.decision.deciding_question))
    for place, slug in asked:
        if slug and slug not in QUESTIONS:
            yield Inconsistency(place, Words(f"er is geen vraag {slug!r}", f"there is no question {slug!r}"))


def _way(whole: Picture) -> Iterator[Inconsistency]:
    status, decision = whole.status, whole.decision
    if status is Status.IN_STEP and whole.step is None:
        yield Inconsistency(
            ("step",), Words("bij status in_step hoort een stap van 1 tot 4", "status in_step needs a step from 1 to 4")
        )
    if whole.merged_into and status is not Status.MERGED:
        yield Inconsistency(
            ("merged_into",), Words("dit kan alleen bij status merged", "this goes with status merged only")
        )
    if status is Status.MERGED and not whole.merged_into:
        yield Inconsistency(
            ("merged_into",),
            Words("bij status merged hoort het andere idee", "status merged needs the other idea"),
        )
    if status in NOT_TAKEN_UP:
        if whole.step is not None:
            yield Inconsistency(
                ("step",), Words(f"bij status {status} hoort geen stap", f"status {status} has no step")
            )
        if decision:
            yield Inconsistency(
                ("decision",), Words(f"bij status {status} hoort geen beslissing", f"status {status} has no decision")
            )
    if status in DECIDED and not entered_running(whole) and (decision is None or decision.value is not DECIDED[status]):
        yield Inconsistency(
            ("decision", "value") if decision else ("decision",),
            Words(
                f"bij status {status} hoort de beslissing {DECIDED[status]}",
                f"status {status} needs the decision {DECIDED[status]}",
            ),
        )


def _own_name(whole: Picture, own: set[str]) -> Iterator[Inconsistency]:
    if COLLABORATION in own:
        yield Inconsistency(
            ("own_org",),
            Words(
                f"{COLLABORATION!r} betekent de samenwerking zelf", f"{COLLABORATION!r} means the collaboration itself"
            ),
        )
    for number, partner in enumerate(whole.partners):
        if partner.name in own:
            words = Words("dit is de eigen organisatie, geen partner", "this is the own organisation, no partner")
        elif partner.name == COLLABORATION:
            words = Words("dit woord betekent de samenwerking zelf", "this word means the collaboration itself")
        else:
            continue
        yield Inconsistency(("partners", number, "name"), words)


def _names(whole: Picture) -> Iterator[Inconsistency]:
    """Names that must be listed elsewhere in the picture."""
    known = [name for name in (whole.own_org, *(partner.name for partner in whole.partners)) if name]
    bundles = [bundle.name for bundle in whole.bundles]
    yield from _unlisted(
        (
            *((("pieces", n, "by", m), name) for n, row in enumerate(whole.pieces) for m, name in enumerate(row.by)),
            *((("bundles", n, "lead"), row.lead) for n, row in enumerate(whole.bundles) if row.lead),
        ),
        known,
    )
    yield from _unlisted(
        ((("indicators", n, "level"), row.level) for n, row in enumerate(whole.indicators)), [COLLABORATION, *known]
    )
    yield from _unlisted(
        (
            (("between", n, "bundles", m), name)
            for n, row in enumerate(whole.between)
            for m, name in enumerate(row.bundles)
        ),
        bundles,
    )
    yield from _unlisted(
        ((("indicators", n, "goal"), row.goal) for n, row in enumerate(whole.indicators) if row.goal),
        [goal.text for goal in whole.goals],
    )
    carers = {
        "bundle": bundles,
        "between": [told.what for told in whole.between],
        "overall": [told.text for told in whole.overall],
        "followup": [told.text for told in whole.followups],
    }
    for kind, known in carers.items():
        named = ((("conditions", n, "cared_for", kind), row.cared_for) for n, row in enumerate(whole.conditions))
        yield from _unlisted(((place, name) for place, told in named if (name := getattr(told, kind))), known)


def _unlisted(named: Iterable[tuple[Place, str]], known: Sequence[str]) -> Iterator[Inconsistency]:
    listed = set(known)
    shown = ", ".join(repr(name) for name in known[:NAMES_SHOWN]) + (", …" if len(known) > NAMES_SHOWN else "")
    for place, name in named:
        if name not in listed:
            yield Inconsistency(
                place,
                Words(
                    f"{name!r} is niet bekend in dit idee. Hier kan: {shown or 'niets'}",
                    f"{name!r} is not known in this idea. Allowed here: {shown or 'nothing'}",
                ),
            )


def _repeated(whole: Picture) -> Iterator[Inconsistency]:
    lists: list[tuple[Place, Sequence[str]]] = [
        (("themes",), whole.themes),
        (("benefits",), whole.benefits),
        (("objections",), whole.objections),
        *((("reviews", n, "benefits_seen"), row.benefits_seen) for n, row in enumerate(whole.reviews)),
        *((("pieces", n, "by"), row.by) for n, row in enumerate(whole.pieces)),
        *((("between", n, "bundles"), row.bundles) for n, row in enumerate(whole.between)),
    ]
    for place, names in lists:
        yield from _twice(((*place, n), name) for n, name in enumerate(names))
    yield from _twice((("partners", n, "name"), row.name) for n, row in enumerate(whole.partners))
    yield from _twice((("bundles", n, "name"), row.name) for n, row in enumerate(whole.bundles))
    yield from _twice(
        (
            *((("activities", n), name) for n, name in enumerate(whole.activities)),
            *(
                (("bundles", n, "activities", m), name)
                for n, row in enumerate(whole.bundles)
                for m, name in enumerate(row.activities)
            ),
        )
    )


def _twice(named: Iterable[tuple[Place, str]]) -> Iterator[Inconsistency]:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield Inconsistency(
                place, Words(f"{str(name)!r} staat hier al eens", f"{str(name)!r} stands here more than once")
            )
        seen.add(name)
