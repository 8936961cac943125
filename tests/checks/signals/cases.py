"""For each signal: ideas that raise it, and ideas that come near and do not. Source: domain.md 3."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from checks.codes import (
    AgreementAbout,
    Conclusion,
    ConditionStatus,
    Coordination,
    FinanceType,
    FollowUpStatus,
    Form,
    GoNoGo,
    IndicatorKind,
    Motive,
    OrganisationKind,
    Origin,
    PartnerStatus,
    PieceType,
    Rating,
    SectorRelation,
    Status,
    Theme,
    Verb,
    Verdict,
)
from checks.picture import (
    Agreement,
    Alignment,
    Bundle,
    Checks,
    Condition,
    Confirmed,
    Control,
    Coordinated,
    Decision,
    Drijfveercheck,
    Evidence,
    Expertisecheck,
    Finance,
    FinanceTyped,
    Flags,
    FollowUp,
    Goal,
    Income,
    Indicator,
    OriginOfIdea,
    Partner,
    Picture,
    Piece,
    Rated,
    Review,
    Samenwerkcheck,
    Talk,
    Trajectory,
    TrajectoryAction,
    Transition,
    Votes,
)
from checks.signals import Around

TODAY = date(2026, 3, 16)
US = "Lindeveer vzw (fictief)"
YES, PARTLY, NO, UNKNOWN = Rating.YES, Rating.PARTLY, Rating.NO, Rating.UNKNOWN
INVOLVED, APPROACHED, DROPPED_OUT = PartnerStatus.INVOLVED, PartnerStatus.APPROACHED, PartnerStatus.DROPPED_OUT
RESULT, PROCESS = IndicatorKind.RESULT, IndicatorKind.PROCESS


@dataclass(frozen=True)
class Case:
    """`idle`, `followed` and `alike` are what lies outside the picture."""

    picture: Picture
    around: Around = field(default_factory=Around)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def idea(step: int | None = 1, **told: Any) -> Picture:
    """An idea under way in this step, or received, that somebody follows."""
    usual: dict[str, Any] = {
        "title": "Woonklaar",
        "own_org": US,
        "idea_owner": "teamcoach",
        "status": Status.IN_STEP if step else Status.RECEIVED,
        "step": step,
    }
    return Picture(**usual | told)


def running(**told: Any) -> Picture:
    return idea(4, **{"status": Status.RUNNING, "decision": Decision(value=GoNoGo.GO, date=days_ago(30))} | told)


def no_go(**told: Any) -> Picture:
    usual = {"status": Status.NO_GO, "verdict": Verdict.NOT_OK, "decision": said_no(30)}
    return idea(4, **usual | told)


def said_no(days: int, **told: Any) -> Decision:
    return Decision(value=GoNoGo.NO_GO, date=days_ago(days), **told)


def partner(name: str = "Woonwerf", status: PartnerStatus = INVOLVED, **told: Any) -> Partner:
    return Partner(name=name, status=status, **told)


def partners(number: int) -> tuple[Partner, ...]:
    return tuple(partner(f"Partner {n}") for n in range(number))


def piece(name: str = "Huis", *by: str, **told: Any) -> Piece:
    return Piece(name=name, by=by, **told)


def drijfveer(**told: Any) -> Checks:
    return Checks(drijfveer=Drijfveercheck(**told))


def expertise(**told: Any) -> Checks:
    return Checks(expertise=Expertisecheck(**told))


def samenwerk(coordination: Coordination | None = None, **ratings: Rating) -> Checks:
    rated: dict[str, Any] = {name: Rated(value=rating) for name, rating in ratings.items()}
    return Checks(samenwerk=Samenwerkcheck(coordination=Coordinated(value=coordination), **rated))


def money(**told: Any) -> Finance:
    return Finance(**{"meeting_hours": 20} | told)


def income(amount: int, **told: Any) -> Income:
    return Income(source="Stad", amount=Decimal(amount), **told)


def investment(finance: Finance) -> Picture:
    return idea(2, finance=finance, checks=drijfveer(finance=FinanceTyped(value=FinanceType.INVESTMENT)))


def bundle(name: str = "Wonen", *activities: str, **told: Any) -> Bundle:
    return Bundle(name=name, activities=activities, **{"mandate": "Kiest zelf de dagen."} | told)


def bundles(number: int) -> tuple[Bundle, ...]:
    return tuple(bundle(f"Bundel {n}", f"activiteit {n}") for n in range(number))


def links(number: int, *between: str) -> tuple[Alignment, ...]:
    return tuple(Alignment(what=f"Afspraak {n}", bundles=between) for n in range(number))


def indicator(kind: IndicatorKind = RESULT, **told: Any) -> Indicator:
    return Indicator(kind=kind, **{"text": "Jongeren met een woonst", "why": "Daarvoor doen we het."} | told)


def votes(*counts: int) -> Votes:
    return Votes(counts=counts)  # type: ignore[arg-type]


LITTLE, MUCH = votes(2, 4, 0, 0, 0), votes(0, 0, 0, 3, 3)
PLANNED = Trajectory(aim="Luisteren", owner="directie", actions=(TrajectoryAction(text="Gesprek", due=TODAY),))
ALL_RATED = Checks(
    drijfveer=Drijfveercheck(
        mission=Rated(value=YES),
        vision=Rated(value=YES),
        mandate=Rated(value=PARTLY),
        finance=FinanceTyped(value=FinanceType.BREAK_EVEN),
    ),
    expertise=Expertisecheck(conclusion=Conclusion.OK),
    samenwerk=Samenwerkcheck(conclusion=Conclusion.OK_WITH_FOLLOWUPS),
)
EARLY = (
    Transition(date=days_ago(60), verb=Verb.TAKE_UP, to_status=Status.IN_STEP, to_step=1),
    Transition(
        date=days_ago(30),
        verb=Verb.DECIDE,
        from_status=Status.IN_STEP,
        from_step=1,
        to_status=Status.NO_GO,
        to_step=4,
    ),
)

# Per signal: what raises it, and what does not.
CASES: dict[str, tuple[list[Picture | Case], list[Picture | Case]]] = {
    "S01": (
        [idea(None, idea_owner=""), idea(2, idea_owner=" "), running(idea_owner="")],
        [idea(None), idea(2, idea_owner="teamcoach"), idea(None, status=Status.PAUSED, idea_owner="")],
    ),
    "S02": (
        [Case(idea(2), Around(idle=30))],
        [
            idea(2),
            Case(idea(2), Around(idle=29)),
            Case(idea(2, status=Status.PAUSED), Around(idle=90)),
            Case(running(), Around(idle=90)),
        ],
    ),
    "S03": (
        [idea(goals=(Goal(text="Wonen"),)), idea(goals=(Goal(text="Wonen"),), challenge="  ")],
        [idea(), idea(goals=(Goal(text="Wonen"),), challenge="Geen woonst")],
    ),
    "S04": (
        [
            idea(challenge="Geen woonst"),
            idea(goals=(Goal(text="Wonen"),)),
            idea(challenge="Geen woonst", evidence=(Evidence(text="Telling", year=2020),)),
        ],
        [
            idea(),
            idea(challenge="Geen woonst", evidence=(Evidence(text="Telling", year=2021),)),
            idea(challenge="Geen woonst", evidence=(Evidence(text="Telling", year=2010), Evidence(text="Rondvraag"))),
        ],
    ),
    "S05": (
        [idea(goals=(Goal(text="Wonen", clear=NO),)), idea(goals=(Goal(text="Wonen", clear=UNKNOWN),))],
        [idea(goals=(Goal(text="Wonen", clear=PARTLY), Goal(text="Werken", clear=YES), Goal(text="Leren")))],
    ),
    "S06": (
        [idea(goals=(Goal(text="Wonen", feasible=NO),))],
        [idea(goals=(Goal(text="Wonen", feasible=UNKNOWN), Goal(text="Werken", feasible=PARTLY)))],
    ),
    "S07": (
        [idea(goals=tuple(Goal(text=f"Doel {n}") for n in range(6)))],
        [idea(goals=tuple(Goal(text=f"Doel {n}") for n in range(5)))],
    ),
    "S08": (
        [
            idea(pieces=(piece("Tolken"),)),
            idea(pieces=(piece("Tolken", "Woonwerf"),), partners=(partner(status=DROPPED_OUT),)),
        ],
        [
            idea(pieces=(piece("Tolken", needed=False),)),
            idea(pieces=(piece("Tolken", US),)),
            idea(pieces=(piece("Tolken", "Woonwerf"),), partners=(partner(status=APPROACHED),)),
        ],
    ),
    "S09": (
        [idea(partners=(partner(),)), idea(partners=(partner(status=PartnerStatus.CONFIRMED),))],
        [
            idea(partners=(partner(status=APPROACHED), partner("Kantelpunt", DROPPED_OUT))),
            idea(partners=(partner(),), pieces=(piece("Huis", "Woonwerf", needed=False),)),
            idea(partners=(partner(US),)),
        ],
    ),
    "S10": (
        [idea(pieces=(piece("Startgeld", "A", "B", US),))],
        [
            idea(pieces=(piece("Startgeld", "A", "B"),)),
            idea(pieces=(piece("Startgeld", "A", "B", "C", needed=False),)),
            idea(pieces=(piece("Startgeld", "A", "B", "C"),), partners=(partner("C", DROPPED_OUT),)),
        ],
    ),
    "S11": (
        [idea(partners=(partner(),), pieces=(piece("A", "Woonwerf"), piece("B", "Woonwerf"), piece("C", US)))],
        [
            idea(partners=(partner(),), pieces=(piece("A", US), piece("B", US), piece("C", "Woonwerf"))),
            idea(partners=(partner(),), pieces=(piece("A", "Woonwerf"), piece("B", "Woonwerf"))),
            idea(
                partners=(partner(),),
                pieces=tuple(piece(name, "Woonwerf" if name in "ABC" else US) for name in "ABCDE"),
            ),
        ],
    ),
    "S12": ([idea(2), idea(3)], [idea(1), idea(2, finance=Finance(text="Het kost niets."))]),
    "S13": (
        [
            idea(2, finance=money(cost_year=Decimal(100), income=(income(90, certain=True), income(50)))),
            idea(2, finance=money(cost_year=Decimal(100), own_share=Decimal(100))),
        ],
        [
            idea(1, finance=money(cost_year=Decimal(100))),
            idea(2, finance=money(cost_year=Decimal(100), income=(income(100, certain=True),))),
            idea(2, finance=money(income=(income(10),))),
            investment(money(cost_year=Decimal(100))),
        ],
    ),
    "S14": (
        [investment(money(cost_year=Decimal(100))), investment(money(term=36)), investment(money(payback="Veel"))],
        [
            investment(money(cost_year=Decimal(100), payback="Na drie jaar goedkoper")),
            investment(money(own_share=Decimal(100), term=36)),
            idea(2, finance=money(cost_year=Decimal(100))),
        ],
    ),
    "S15": (
        [
            idea(finance=money(income=(income(90, until=date(2028, 3, 16)), income(10)))),
            idea(finance=money(income=(income(90, until=days_ago(3)),))),
        ],
        [
            idea(finance=money(income=(income(90, until=date(2028, 3, 17)), income(10)))),
            idea(finance=money(income=(income(80, until=TODAY), income(20)))),
            idea(finance=money(income=(income(90),))),
        ],
    ),
    "S16": (
        [idea(finance=Finance(cost_year=Decimal(9))), idea(finance=Finance(text="Weinig", meeting_hours=0))],
        [idea(), idea(finance=money(text="Weinig"))],
    ),
    "S17": (
        [
            idea(partners=(partner(willing=UNKNOWN),), pieces=(piece("Huis", "Woonwerf"),)),
            idea(partners=(partner(willing=NO, status=APPROACHED),), pieces=(piece("Huis", "Woonwerf"),)),
        ],
        [
            idea(partners=(partner(willing=NO),), pieces=(piece("Huis", "Woonwerf", needed=False),)),
            idea(partners=(partner(willing=PARTLY),), pieces=(piece("Huis", "Woonwerf"),)),
            idea(partners=(partner(),), pieces=(piece("Huis", "Woonwerf"),)),
            idea(partners=(partner(willing=NO, status=DROPPED_OUT),), pieces=(piece("Huis", "Woonwerf"),)),
        ],
    ),
    "S18": (
        [idea(None, origin=OriginOfIdea(type=Origin.IMPOSED), motive=Motive.VOLUNTARY)],
        [
            idea(origin=OriginOfIdea(type=Origin.IMPOSED), motive=Motive.IMPOSED),
            idea(origin=OriginOfIdea(type=Origin.CALL_OR_SUBSIDY), motive=Motive.VOLUNTARY),
        ],
    ),
    "S19": ([idea(motive=Motive.IMPOSED)], [idea(motive=Motive.NECESSARY)]),
    "S20": (
        [idea(form=Form.NETWORK_ACTION, partners=(partner(), partner("Kantelpunt", DROPPED_OUT)))],
        [
            idea(form=Form.NETWORK, partners=(partner(), partner("Kantelpunt", APPROACHED))),
            idea(form=Form.NETWORK),
            idea(form=Form.AD_HOC, partners=(partner(),)),
        ],
    ),
    "S21": (
        [idea(partners=(partner(paid_supplier=True),))],
        [idea(partners=(partner(), partner("Kabelspoor", DROPPED_OUT, paid_supplier=True)))],
    ),
    "S22": (
        [idea(2, checks=drijfveer(mandate=Rated(value=NO)))],
        [idea(2, checks=drijfveer(mandate=Rated(value=PARTLY)))],
    ),
    "S23": (
        [idea(2, checks=drijfveer(mission=Rated(value=NO))), idea(2, checks=drijfveer(vision=Rated(value=NO)))],
        [idea(2, checks=drijfveer(mission=Rated(value=PARTLY), vision=Rated(value=UNKNOWN)))],
    ),
    "S24": (
        [idea(2, checks=expertise(inhouse=Rated(value=PARTLY)), pieces=(piece("Btw", type=PieceType.EXPERTISE),))],
        [
            idea(2, checks=expertise(inhouse=Rated(value=YES)), pieces=(piece("Btw", type=PieceType.EXPERTISE),)),
            idea(2, checks=expertise(inhouse=Rated(value=NO)), pieces=(piece("Bus", type=PieceType.MEANS),)),
            idea(2, checks=expertise(inhouse=Rated(value=NO)), pieces=(piece("Btw", "A", type=PieceType.EXPERTISE),)),
        ],
    ),
    "S25": (
        [
            idea(2, checks=expertise(inhouse=Rated(value=YES), available=Rated(value=answer)))
            for answer in (NO, UNKNOWN)
        ],
        [
            idea(2, checks=expertise(inhouse=Rated(value=YES), available=Rated(value=PARTLY))),
            idea(2, checks=expertise(inhouse=Rated(value=PARTLY), available=Rated(value=NO))),
            idea(2, checks=expertise(inhouse=Rated(value=YES))),
        ],
    ),
    "S26": (
        [
            idea(2, pieces=(piece("Begeleider", US, type=PieceType.PEOPLE),)),
            idea(
                2, pieces=(piece("Begeleider", US, type=PieceType.PEOPLE),), checks=expertise(attractive="Eigen wijk")
            ),
        ],
        [
            idea(2, pieces=(piece("Begeleider", "Woonwerf", type=PieceType.PEOPLE),)),
            idea(
                2,
                pieces=(piece("Begeleider", US, type=PieceType.PEOPLE),),
                checks=expertise(attractive="Eigen wijk", onboarding="Meelopen"),
            ),
        ],
    ),
    "S27": ([idea(2, checks=samenwerk(beyond=NO))], [idea(2, checks=samenwerk(beyond=PARTLY))]),
    "S28": (
        [idea(2, checks=samenwerk(shared=NO)), idea(2, checks=samenwerk(shared=PARTLY))],
        [idea(2, checks=samenwerk(shared=YES)), idea(2, checks=samenwerk(shared=UNKNOWN))],
    ),
    "S29": ([idea(2, checks=samenwerk(atmosphere=NO))], [idea(2, checks=samenwerk(atmosphere=PARTLY))]),
    "S30": (
        [idea(2, checks=samenwerk(equal=NO)), idea(2, checks=samenwerk(equal=PARTLY))],
        [idea(2, checks=samenwerk(equal=YES)), idea(2)],
    ),
    "S31": (
        [
            idea(2, checks=samenwerk(no_superfluous=YES), partners=(partner(),)),
            idea(2, checks=samenwerk(all_partners=YES), pieces=(piece("Tolken"),)),
        ],
        [
            idea(2, checks=samenwerk(no_superfluous=YES), pieces=(piece("Tolken"),)),
            idea(2, checks=samenwerk(all_partners=YES), partners=(partner(),)),
            idea(2, checks=samenwerk(all_partners=NO, no_superfluous=PARTLY), pieces=(piece("Tolken"),)),
        ],
    ),
    "S32": (
        [idea(2, partners=partners(5)), idea(2, partners=partners(5), checks=samenwerk(Coordination.UNDECIDED))],
        [
            idea(2, partners=partners(4)),
            idea(2, partners=(*partners(4), partner("Later", APPROACHED))),
            idea(2, partners=partners(5), checks=samenwerk(Coordination.SHARED)),
        ],
    ),
    "S33": (
        [idea(2, partners=partners(7), checks=samenwerk(Coordination.SHARED))],
        [
            idea(2, partners=partners(6), checks=samenwerk(Coordination.SHARED)),
            idea(2, partners=partners(7), checks=samenwerk(Coordination.LEAD_PARTNER)),
        ],
    ),
    "S34": (
        [idea(2, checks=samenwerk(Coordination.LEAD_PARTNER, equal=answer)) for answer in (NO, PARTLY, UNKNOWN)],
        [
            idea(2, checks=samenwerk(Coordination.LEAD_PARTNER, equal=YES)),
            idea(2, checks=samenwerk(Coordination.LEAD_PARTNER)),
            idea(2, checks=samenwerk(Coordination.SHARED, equal=NO)),
        ],
    ),
    "S35": (
        [
            idea(2, checks=samenwerk(Coordination.SHARED, atmosphere=PARTLY)),
            idea(2, checks=samenwerk(Coordination.SHARED, shared=NO)),
        ],
        [
            idea(2, checks=samenwerk(Coordination.SHARED, atmosphere=YES, shared=YES)),
            idea(2, checks=samenwerk(Coordination.LEAD_PARTNER, atmosphere=NO)),
        ],
    ),
    "S36": (
        [idea(3, form=Form.CONSULTATION, activities=("koken",)), idea(3, form=Form.CONSULTATION, bundles=bundles(1))],
        [idea(3, form=Form.CONSULTATION), idea(3, form=Form.AD_HOC, activities=("koken",))],
    ),
    "S37": (
        [idea(form=Form.NETWORK_LEARNING, flags=Flags(one_off=True))],
        [idea(form=Form.AD_HOC, flags=Flags(one_off=True)), idea(form=Form.NETWORK_LEARNING)],
    ),
    "S38": (
        [
            idea(4, verdict=Verdict.OK),
            idea(4, verdict=Verdict.OK, votes=votes(0, 0, 0, 1, 1)),
            running(verdict=Verdict.QUESTION_MARKS),
        ],
        [
            idea(4, verdict=Verdict.OK, votes=votes(0, 0, 0, 1, 2)),
            idea(4, verdict=Verdict.QUESTION_MARKS),
            no_go(),
        ],
    ),
    "S39": (
        [
            running(verdict=Verdict.OK, votes=LITTLE),
            no_go(verdict=Verdict.OK, votes=MUCH),
            running(verdict=Verdict.OK, votes=LITTLE, trajectory=Trajectory(aim="Luisteren")),
        ],
        [
            running(verdict=Verdict.OK, votes=LITTLE, trajectory=PLANNED),
            running(verdict=Verdict.OK, votes=MUCH),
            no_go(verdict=Verdict.OK, votes=LITTLE),
            no_go(votes=MUCH),
        ],
    ),
    "S40": (
        [
            no_go(partners=(partner(),)),
            no_go(verdict=None),
            no_go(partners=(partner(),), talk=(Talk(with_team=True, with_partners=False),)),
            idea(4, verdict=Verdict.NOT_OK, control=Control(date=days_ago(30))),
            idea(4, verdict=Verdict.NOT_OK),
        ],
        [
            no_go(partners=(partner(),), talk=(Talk(date=days_ago(20)),)),
            no_go(partners=(partner(),), talk=(Talk(date=TODAY + timedelta(days=2)),)),
            no_go(partners=(partner(),), decision=said_no(21)),
            no_go(verdict=Verdict.OK, votes=LITTLE, decision=said_no(30, talk_skipped="Het team koos het zelf.")),
            no_go(verdict=None, transitions=EARLY),
            idea(1, verdict=Verdict.NOT_OK),
            running(verdict=Verdict.OK, votes=MUCH),
        ],
    ),
    "S41": (
        [
            idea(2, conditions=(Condition(text="Er is voldoende steun."),)),
            idea(2, conditions=(Condition(text="Zo veel mogelijk partners tekenen."),)),
            idea(2, conditions=(Condition(text="woord " * 26),)),
        ],
        [
            idea(2, conditions=(Condition(text="De raad van bestuur keurt het jaarbudget goed."),)),
            idea(2, conditions=(Condition(text="Er is geen onvoldoende bij de brandweer."),)),
            idea(2, conditions=(Condition(text="woord " * 25),)),
        ],
    ),
    "S42": (
        [idea(2, conditions=tuple(Condition(text=f"Voorwaarde {n}") for n in range(8)))],
        [idea(2, conditions=tuple(Condition(text=f"Voorwaarde {n}") for n in range(7)))],
    ),
    "S43": (
        [idea(3), idea(2, checks=drijfveer(conclusion=Conclusion.OK))],
        [
            idea(2),
            idea(3, confirmed=Confirmed(conditions=TODAY)),
            idea(3, conditions=(Condition(text="De brandweer zegt ja.", status=ConditionStatus.MET),)),
        ],
    ),
    "S44": (
        [
            idea(2, followups=(FollowUp(text="Bel het CLB"),)),
            idea(2, followups=(FollowUp(text="Bel het CLB", owner="Woonwerf", due=days_ago(1)),)),
        ],
        [
            idea(2, followups=(FollowUp(text="Bel het CLB", owner="Woonwerf", due=TODAY),)),
            idea(2, followups=(FollowUp(text="Bel het CLB", status=FollowUpStatus.SOLVED, due=days_ago(1)),)),
            no_go(followups=(FollowUp(text="Bel het CLB"),)),
        ],
    ),
    "S45": (
        [
            idea(3, activities=("koken",)),
            idea(3, activities=("koken",), bundles=(bundle("Wonen", "poetsen"),)),
            idea(3, bundles=(bundle("Wonen", "koken"), bundle("Eten", "koken"))),
        ],
        [idea(3), idea(3, activities=("koken",), bundles=(bundle("Wonen", "koken"),))],
    ),
    "S46": ([idea(3, bundles=(bundle(mandate=" "),))], [idea(3, bundles=(bundle(),))]),
    "S47": (
        [
            idea(3, bundles=bundles(2), between=links(8, "Bundel 0", "Bundel 1")),
            idea(3, bundles=bundles(1), overall=tuple(Agreement(text=f"Afspraak {n}") for n in range(15))),
        ],
        [
            idea(3, bundles=bundles(2), between=links(7, "Bundel 0", "Bundel 1")),
            idea(3, bundles=bundles(1), overall=tuple(Agreement(text=f"Afspraak {n}") for n in range(14))),
        ],
    ),
    "S48": (
        [idea(3, bundles=bundles(2), between=links(5))],
        [idea(3, bundles=bundles(2), between=links(4)), idea(3, between=links(1))],
    ),
    "S49": (
        [idea(3, bundles=bundles(4))],
        [idea(3, bundles=bundles(3)), idea(3, bundles=(bundle("Wonen", "koken", "poetsen"), *bundles(2)))],
    ),
    "S50": (
        [idea(3), idea(3, indicators=(indicator(PROCESS), indicator(level="Woonwerf")))],
        [idea(2), idea(3, indicators=(indicator(),))],
    ),
    "S51": (
        [idea(3, partners=(partner(),), indicators=(indicator(),))],
        [
            idea(3, partners=(partner(),), indicators=(indicator(PROCESS, level="Woonwerf"),)),
            idea(3, partners=(partner(),), indicators=(indicator(IndicatorKind.NONE, level="Woonwerf"),)),
            idea(3, partners=(partner(status=APPROACHED),)),
        ],
    ),
    "S52": (
        [idea(3, indicators=(indicator(),)), idea(3, indicators=(indicator(PROCESS),))],
        [idea(3), idea(3, indicators=(indicator(), indicator(PROCESS)))],
    ),
    "S53": (
        [
            idea(3, indicators=tuple(indicator(text=f"Cijfer {n}") for n in range(6))),
            idea(3, indicators=(indicator(why=" "),)),
            idea(3, indicators=(indicator(PROCESS, why="", text=""),)),
        ],
        [
            idea(3, indicators=tuple(indicator(text=f"Cijfer {n}") for n in range(5))),
            idea(3, indicators=tuple(indicator(text=f"Cijfer {n}", level="Woonwerf") for n in range(6))),
            idea(3, indicators=(indicator(IndicatorKind.NONE, why=""),)),
        ],
    ),
    "S54": (
        [idea(3, duration="indefinite", overall=(Agreement(text="Stuurgroep om de drie maanden"),))],
        [
            idea(3, duration=24),
            idea(3, duration="indefinite", overall=(Agreement(text="Uitstappen kan met zes maanden vooraf"),)),
            idea(3, duration="indefinite", overall=(Agreement(text="Eerst praten", about=AgreementAbout.CONFLICT),)),
        ],
    ),
    "S55": (
        [idea(flags=Flags(client_data_shared=True))],
        [
            idea(),
            idea(flags=Flags(client_data_shared=True, data_agreement="Verwerkersovereenkomst")),
            idea(
                flags=Flags(client_data_shared=True),
                overall=(Agreement(text="Eén map", about=AgreementAbout.DATA),),
            ),
        ],
    ),
    "S56": ([idea(flags=Flags(staff_lent=True))], [idea()]),
    "S57": (
        [idea(flags=Flags(costs_recharged=True))],
        [idea(), idea(flags=Flags(costs_recharged=True, vat_checked=True))],
    ),
    "S58": (
        [
            idea(partners=(partner(),)),
            idea(partners=(partner("Samen Wortel", DROPPED_OUT, kind=OrganisationKind.CITIZENS), partner())),
        ],
        [
            idea(),
            idea(partners=(partner("Samen Wortel", kind=OrganisationKind.CITIZENS),)),
            idea(partners=(partner(),), pieces=(piece("Ervaringsdeskundige jongeren"),)),
        ],
    ),
    "S59": (
        [idea(themes=(Theme.HOUSING,), partners=(partner(relation=SectorRelation.SAME_SECTOR),))],
        [
            idea(themes=(Theme.HRM,), partners=(partner(relation=SectorRelation.SAME_SECTOR),)),
            idea(themes=(Theme.HOUSING,)),
            idea(
                themes=(Theme.HOUSING,),
                partners=(
                    partner(relation=SectorRelation.SAME_SECTOR),
                    partner("School", relation=SectorRelation.OUTSIDE),
                ),
            ),
        ],
    ),
    "S60": (
        [
            running(decision=Decision(value=GoNoGo.GO, date=days_ago(367))),
            running(
                decision=Decision(value=GoNoGo.GO, date=days_ago(900)), reviews=(Review(date=days_ago(400), text="Ja"),)
            ),
        ],
        [
            running(decision=Decision(value=GoNoGo.GO, date=days_ago(360))),
            running(
                decision=Decision(value=GoNoGo.GO, date=days_ago(900)), reviews=(Review(date=days_ago(40), text="Ja"),)
            ),
            no_go(decision=said_no(900)),
        ],
    ),
    "S61": (
        [Case(idea(None), Around(alike=("Woonanker",))), Case(idea(2), Around(alike=("Woonanker",)))],
        [idea(), Case(running(), Around(alike=("Woonanker",)))],
    ),
    "S62": (
        [Case(idea(), Around(followed=6)), Case(running(), Around(followed=6))],
        [Case(idea(), Around(followed=5)), Case(no_go(), Around(followed=6))],
    ),
    "S63": (
        [idea(4), idea(4, checks=drijfveer(mission=Rated(value=YES)))],
        [idea(4, checks=ALL_RATED), idea(3), running()],
    ),
    "S64": ([idea(2, round=3)], [idea(2, round=2), running(round=3)]),
    "S65": (
        [
            running(decision=Decision(value=GoNoGo.GO, review=days_ago(1))),
            running(reviews=(Review(date=days_ago(90), text="Goed", next=days_ago(1)),)),
        ],
        [
            running(decision=Decision(value=GoNoGo.GO, review=TODAY)),
            running(
                decision=Decision(value=GoNoGo.GO, review=days_ago(90)),
                reviews=(Review(date=days_ago(80), text="Goed"),),
            ),
            idea(4, status=Status.FINISHED, decision=Decision(value=GoNoGo.GO, review=days_ago(1))),
        ],
    ),
}
