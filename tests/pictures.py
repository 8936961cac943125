"""Random pictures of ideas, for tests that must hold for any of them."""

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from checks import picture
from checks.catalogue import QUESTIONS
from checks.codes import Status
from checks.consistency import DECIDED, NOT_TAKEN_UP
from checks.picture import (
    COLLABORATION,
    LINE_LENGTH,
    ON_ONE_LINE,
    SLUG_LENGTH,
    VISIBLE,
    VISIBLE_ON_ONE_LINE,
    CaredFor,
    Decision,
    Picture,
)
from checks.words import Code

OWN_ORG = "Lindeveer vzw (fictief)"
# A picture has hundreds of values: a busy machine may take its time for one.
ANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# What people type, paste and import, and what breaks a careless reader, writer, page or PDF.
AWKWARD = [
    "yes", "no", "null", "~", "true", "NaN", "08", "1e5", "0x1f", "1:30", "12", "-", "2026-01-31", "collaboration",
    " a ", "- a: b", "a: b # c", "{a: [b", "&a *a !a", "%TAG", "| >", "'", '"', "''\"\"", "\\", "\\u0041", "`@",
    "{{ title }}", "{% now %}", "<script>alert(1)</script>", "a & b < c", "%(name)s", "';--",
    "één\ttab", "twee\nregels\n", "\r\n", "\n\n  a", "a\x85b\u2028c\u2029d", "\ufeffa", "a\ufffe\uffff", "e\u0301",
    "👩‍👩‍👧‍👦 🇧🇪 😀", "שלום, مرحبا ‮a", "Şğłč→✓", "𐍈" * 20, ("langwoordzonderspatie" * 10)[:LINE_LENGTH],
]  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in [*range(32), 127]])


TEXTS = (
    st.sampled_from(AWKWARD) | st.text(LETTERS, max_size=12) | st.sampled_from(["langwoord" * 100, "Een zin. " * 50])
)


def lines(pattern: str) -> st.SearchStrategy[str]:
    """Texts of at most 200 characters that fit this pattern."""
    fits = re.compile(pattern).fullmatch
    return st.sampled_from([awkward for awkward in AWKWARD if len(awkward) <= LINE_LENGTH and fits(awkward)]) | st.text(
        LETTERS, max_size=12
    ).filter(fits)


SLUGS = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12) | st.just("s" * SLUG_LENGTH)
CENTS = st.integers(0, 999_999_999_999).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))

OF_TYPE: dict[object, st.SearchStrategy[Any]] = {
    picture.Line: lines(ON_ONE_LINE),
    picture.Name: lines(VISIBLE_ON_ONE_LINE),
    picture.Text: TEXTS,
    picture.Statement: TEXTS.filter(re.compile(VISIBLE).fullmatch),
    picture.Slug: SLUGS,
    picture.Url: st.sampled_from(["", "http://a", "https://voorbeeld.invalid/pad?a=b&c=é#d"]),
    picture.Sha256: st.sampled_from(["", "0a" * 32]),
    picture.Day: DAYS,
    picture.Amount: CENTS,
    picture.Step: st.integers(1, 4),
    picture.Year: st.integers(1900, 2100),
    picture.Count: st.integers(0, 100_000),
    picture.Months: st.integers(1, 1200),
    picture.Duration: st.none() | st.just("indefinite") | st.integers(1, 1200),
    picture.YesNo: st.booleans(),
}
OF_FIELD: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (Picture, "own_org"): st.just(OWN_ORG),
    (Picture, "round"): st.integers(1, 1000),
    (Picture, "slug"): SLUGS,
    # What an idea is merged into must be there as well, so the tests of merging have pictures of their own.
    (Picture, "status"): st.sampled_from([status for status in Status if status is not Status.MERGED]),
    (Picture, "merged_into"): st.just(""),
    (Decision, "deciding_question"): st.sampled_from(["", *QUESTIONS]),
    (picture.Attachment, "size"): st.none() | st.integers(0, 2**53 - 1),
    (picture.Votes, "counts"): st.tuples(*[st.integers(0, 100_000)] * 5),
    (picture.Votes, "remarks"): st.lists(TEXTS, max_size=3).map(lambda remarks: tuple(sorted(remarks))),
    (picture.Alignment, "bundles"): st.just(()),
}
QUESTION = st.sampled_from(["", *QUESTIONS])


def values(kind: Any, full: bool) -> st.SearchStrategy[Any]:
    """Values of a type of the picture; `full` leaves no field of a record and no list empty."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in OF_TYPE:
        return OF_TYPE[kind]
    if isinstance(kind, TypeAliasType):
        return values(kind.__value__, full)
    if origin is Annotated:
        return values(arguments[0], full)
    if origin in {Union, UnionType}:
        return st.one_of([values(one, full) for one in arguments if not (full and one is NoneType)])
    if origin is tuple:
        return st.lists(values(arguments[0], full), min_size=2 if full else 0, max_size=2).map(tuple)
    if kind is NoneType:
        return st.none()
    if issubclass(kind, Code):
        return st.sampled_from(list(kind))
    assert is_dataclass(kind), kind
    return records(kind, full)


def records(shape: Any, full: bool) -> st.SearchStrategy[Any]:
    """Records of this shape: each field has its default, unless `full`, or any value of its type."""
    hints = get_type_hints(shape, include_extras=True)
    given: dict[str, st.SearchStrategy[Any]] = {}
    for field in fields(shape):
        if (shape, field.name) in OF_FIELD:
            given[field.name] = OF_FIELD[shape, field.name]
        elif full or field.default is MISSING:
            given[field.name] = values(hints[field.name], full)
        else:
            given[field.name] = st.just(field.default) | values(hints[field.name], full)
    return st.builds(shape, **given)


def one_of(names: Sequence[str], full: bool) -> st.SearchStrategy[str]:
    """One of these names, or none of them unless `full`."""
    return st.sampled_from([*names] if full and names else ["", *names])


@st.composite
def pictures(draw: st.DrawFn, full: bool = False) -> Picture:
    """Any picture that holds together, of an idea of `OWN_ORG`; `full` leaves nothing out and no list empty."""
    whole: Picture = draw(records(Picture, full))
    names = distinct(partner.name for partner in whole.partners)
    partners = tuple(replace(row, name=name) for row, name in zip(whole.partners, names, strict=True))
    known = [OWN_ORG, *names]
    activities = distinct([*whole.activities, *(name for row in whole.bundles for name in row.activities)])
    loose = tuple(activities.pop(0) for _name in whole.activities)
    bundles = tuple(
        replace(
            row,
            name=name,
            lead=draw(st.sampled_from(known if full else ["", *known])),
            activities=tuple(activities.pop(0) for _name in row.activities),
        )
        for row, name in zip(whole.bundles, distinct(row.name for row in whole.bundles), strict=True)
    )
    pairs = [(a.name, b.name) for a in bundles for b in bundles if a is not b]
    return replace(
        whole,
        step=None if whole.status in NOT_TAKEN_UP else whole.step or (1 if whole.status is Status.IN_STEP else None),
        decision=fitting(whole),
        dropped=(),
        themes=once(whole.themes),
        benefits=once(whole.benefits),
        objections=once(whole.objections),
        reviews=tuple(replace(row, benefits_seen=once(row.benefits_seen)) for row in whole.reviews),
        partners=partners,
        pieces=tuple(
            replace(row, by=tuple(draw(st.lists(st.sampled_from(known), unique=True, min_size=int(full)))))
            for row in whole.pieces
        ),
        activities=loose,
        bundles=bundles,
        between=tuple(
            replace(row, bundles=draw(st.sampled_from(pairs if full else [(), *pairs]))) for row in whole.between
        ),
        indicators=tuple(
            replace(
                row,
                level=draw(st.sampled_from([COLLABORATION, *known])),
                goal=draw(one_of([goal.text for goal in whole.goals], full)),
            )
            for row in whole.indicators
        ),
        followups=tuple(replace(row, question=draw(QUESTION)) for row in whole.followups),
        conditions=tuple(
            replace(
                row,
                question=draw(QUESTION),
                cared_for=CaredFor(
                    bundle=draw(one_of([bundle.name for bundle in bundles], full)),
                    between=draw(one_of([told.what for told in whole.between], full)),
                    overall=draw(one_of([told.text for told in whole.overall], full)),
                    followup=draw(one_of([point.text for point in whole.followups], full)),
                ),
            )
            for row in whole.conditions
        ),
        comments=tuple(replace(row, question=draw(QUESTION)) for row in whole.comments),
        attachments=tuple(
            replace(
                row,
                question=draw(QUESTION),
                url="" if row.file else "https://voorbeeld.invalid",
                condition=draw(one_of([told.text for told in whole.conditions], full)),
            )
            for row in whole.attachments
        ),
    )


def fitting(whole: Picture) -> Decision | None:
    """The decision of this picture, as far as its status allows it and as it asks."""
    if whole.status in NOT_TAKEN_UP:
        return None
    if whole.status in DECIDED:
        value = DECIDED[whole.status]
        return replace(whole.decision, value=value) if whole.decision else Decision(value=value)
    return whole.decision


def once[T](ticked: tuple[T, ...]) -> tuple[T, ...]:
    """The same without what stands there twice."""
    return tuple(dict.fromkeys(ticked))


def distinct(names: Iterable[str]) -> list[str]:
    """The same number of names, none of which stands there twice or means something else."""
    found: list[str] = []
    for name in names:
        free = name not in {*found, OWN_ORG, COLLABORATION}
        found.append(name if free else f"{name[: LINE_LENGTH - 4]} {len(found)}")
    return found
