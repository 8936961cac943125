"""Pictures of ideas: those of the demo, one with something in every field, one with hardly anything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from checks.codes import (
    Band,
    Benefit,
    Conclusion,
    DirectorsOutcome,
    EvidenceAbout,
    GoNoGo,
    IndicatorKind,
    PieceStatus,
    PieceType,
    Rating,
    Role,
    Status,
    TemperatureMethod,
    Triage,
    Verb,
)
from checks.picture import (
    PICTURE,
    Attachment,
    CaredFor,
    Comment,
    Decision,
    Directors,
    Evidence,
    FollowUp,
    Indicator,
    Measure,
    Picture,
    Piece,
    Pulse,
    Rated,
    Review,
    Talk,
    Trajectory,
    TrajectoryAction,
    Transition,
    Votes,
)
from checks.running import ASKED_AGAIN
from ideas import demo

FOLDER = Path(demo.__file__).parent
US = "Lindeveer vzw (fictief)"


def pictures_of(name: str) -> list[Picture]:
    told = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return [replace(PICTURE.validate_python(idea), own_org=told["own_org"]["name"]) for idea in told["ideas"]]


DEMO = [idea for name in ("ideas.yaml", "woonklaar.yaml", "other.yaml") for idea in pictures_of(name)]
[WOONKLAAR] = pictures_of("woonklaar.yaml")

DAY = date(2026, 3, 2)
# Woonklaar with something in each of the fields that no demo idea has, so that every field of the picture is written.
FULL = replace(
    WOONKLAAR,
    slug="elk-veld",
    status=Status.MERGED,
    merged_into="digimaat",
    round=3,
    revisit_on=DAY,
    closed=DAY,
    confidential=True,
    test=True,
    duration=18,
    flags=replace(WOONKLAAR.flags, staff_lent=True, costs_recharged=True, vat_checked=True, one_off=True),
    pieces=(
        Piece(
            name="Auto",
            status=PieceStatus.PROMISED,
            type=PieceType.OTHER,
            own_type="vervoer",
            needed=False,
            by=(US, "Samen Wortel"),
        ),
        Piece(name="Nog niemand", type=None),
    ),
    finance=replace(WOONKLAAR.finance, cost_year=Decimal("118000.55")),
    partners=tuple(replace(partner, paid_supplier=True) for partner in WOONKLAAR.partners),
    preparation=replace(WOONKLAAR.preparation, not_needed="Juridisch niet nodig."),
    checks=replace(
        WOONKLAAR.checks, samenwerk=replace(WOONKLAAR.checks.samenwerk, conclusion=Conclusion.OK_WITH_FOLLOWUPS)
    ),
    followups=(FollowUp(text="Navragen", step=1, triage=Triage.DROP), *WOONKLAAR.followups),
    conditions=(
        replace(WOONKLAAR.conditions[0], cared_for=CaredFor(between=WOONKLAAR.between[0].what, followup="Navragen")),
        *WOONKLAAR.conditions[1:],
    ),
    activities=("nog in geen bundel", "ook niet"),
    enough=Rated(value=None, note="Daar zijn we nog niet uit."),
    back_to_step=3,
    earlier_votes=(
        Votes(counts=(1, 1, 1, 0, 0), date=DAY, method=TemperatureMethod.SLIPS),
        Votes(counts=(0, 0, 0, 0, 0), number=4, band=Band.MIXED),
        Votes(counts=(0, 0, 4, 0, 0), remarks=("Eerst zien.", "Ja, maar."), note="Te vroeg."),
    ),
    decision=Decision(
        value=GoNoGo.GO,
        date=DAY,
        motivation="De puzzel klopt.",
        present=("directeur", "idee-opvolger"),
        review=DAY,
        conditions_kept="De woningen blijven tijdelijk.",
        deciding_question="s2.collab.shared",
        conditional=True,
        not_measured="Het team was met vakantie.",
        override="De stad wacht niet.",
        reasons="Er is dit jaar geen woonst vrij.",
        would_change="Als de stad twee woonsten vrijmaakt.",
        look_again=DAY,
        partners_told=DAY,
        trajectory_skipped="Het team vond het niet nodig.",
        talk_skipped="Iedereen was erbij.",
        imported=True,
    ),
    earlier_decisions=(Decision(value=GoNoGo.NO_GO, motivation="Te vroeg."), Decision(value=GoNoGo.NO_GO)),
    directors=(
        Directors(date=DAY, outcome=DirectorsOutcome.APPROVED, text="Unaniem."),
        Directors(text="Volgend jaar."),
    ),
    talk=(
        Talk(date=DAY, with_whom="eigen team", with_team=True, with_partners=False, learned="Rust.", door_open="Ja."),
        Talk(with_whom="Woonwerf", with_partners=True),
    ),
    trajectory=Trajectory(
        aim="Het team beslist mee.",
        owner="directie",
        actions=(TrajectoryAction(text="Praten", owner="directie", due=DAY, done=DAY), TrajectoryAction(text="Meten")),
        closed=DAY,
        outcome="Het team is mee.",
    ),
    reviews=(
        *WOONKLAAR.reviews,
        Review(date=DAY, works=Rating.PARTLY, benefits_seen=(Benefit.QUALITY, Benefit.INTEGRATED_OFFER)),
    ),
    indicators=(
        replace(
            WOONKLAAR.indicators[0],
            measures=(Measure(date=DAY, value="12,5 %", note="Nog niet alle woonsten."), Measure(date=DAY, value="20")),
        ),
        *WOONKLAAR.indicators[1:],
    ),
    pulses=(
        Pulse(date=DAY, who=US, note="De avonden wegen.", **dict.fromkeys(ASKED_AGAIN, Rating.PARTLY)),
        Pulse(date=DAY, who="Woonwerf Zonbeek", equal=Rating.YES),
    ),
    transitions=(
        *WOONKLAAR.transitions,
        Transition(date=DAY, verb=Verb.MERGE, to_status=Status.MERGED, role=Role.COORDINATOR, why="Hetzelfde idee."),
    ),
    comments=(
        Comment(
            text="Dit cijfer is nagekeken.",
            step=1,
            question="s1.why.challenge",
            role=Role.SUPPORT,
            date=DAY,
        ),
        Comment(text="We namen hier ruim de tijd voor.", step=3, role=Role.IDEA_OWNER, date=DAY),
    ),
    attachments=(
        *WOONKLAAR.attachments,
        Attachment(title="Verslag", file="verslag.pdf", size=2**40, sha256="0a" * 32, question="s1.how.approach"),
        Attachment(title="Huurcontract", file="huur.pdf", sha256="0b" * 32, condition=WOONKLAAR.conditions[0].text),
    ),
)
SMALLEST = Picture(title="Een naam is genoeg", slug="naam", own_org=US)
# The same in step 4, before its decision, with a row in every list that people edit.
UNDER_WAY = replace(
    FULL,
    slug="onderweg",
    status=Status.IN_STEP,
    merged_into="",
    step=4,
    closed=None,
    confidential=False,
    decision=None,
    evidence=tuple(Evidence(text=f"Cijfer {about}", about=about) for about in EvidenceAbout),
    indicators=tuple(
        Indicator(kind=kind, text=f"Maat {kind}", measures=(Measure(date=DAY, value="12"),)) for kind in IndicatorKind
    ),
)
