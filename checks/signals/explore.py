"""The signals about step 1: why, which goals, how, with whom. Source: domain.md 3, S03 to S21 and S58, S59."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from checks.codes import (
    AgreementAbout,
    FinanceType,
    Form,
    Motive,
    OrganisationKind,
    Origin,
    Rating,
    SectorRelation,
    Severity,
    Theme,
)
from checks.letters import in_words
from checks.puzzle import bringers, brought_by_many, carry_nearly_all, gaps, without_a_piece
from checks.signals.signal import Found, Look, Rule, euro, listed
from checks.way import EMPTY_FRAME, has_no_frame
from checks.words import Words

INFO, ATTENTION, SERIOUS = Severity.INFO, Severity.ATTENTION, Severity.SERIOUS
# Within this many months money that ends is near enough to speak of it.
SOON = 24
# Of fewer needed pieces it says nothing that one partner brings most.
FEWEST_PIECES = 3
# What belongs to more than one sector by its nature.
CROSSING = frozenset({Theme.HOUSING, Theme.PREVENTION, Theme.ACCESS})
SPEAKS_FOR_PEOPLE = re.compile(
    r"ervaringsdeskundig|ervaringswerk|ervaring van|doelgroep|cliëntenraad|gebruikersraad|lived experience"
    r"|experts? by experience",
    re.IGNORECASE,
)


def challenge_is_missing(look: Look) -> Iterator[Found]:
    if look.picture.goals and not look.picture.challenge.strip():
        yield Found()


def evidence_is_missing_or_old(look: Look) -> Iterator[Found]:
    """Says nothing of an idea of which neither problem nor goal is written yet. Without a year it counts as recent."""
    picture = look.picture
    if not (picture.challenge.strip() or picture.goals):
        return
    oldest = look.today.year - look.thresholds["evidence_years"]
    if all(told.year is not None and told.year < oldest for told in picture.evidence):
        fills = {"years": look.thresholds["evidence_years"]}
        yield Found(rests_on=tuple(told.year for told in picture.evidence), fills=fills)


def goal_is_unclear(look: Look) -> Iterator[Found]:
    for goal in look.picture.goals:
        if goal.clear in {Rating.NO, Rating.UNKNOWN}:
            yield Found(goal.text, (goal.clear,), {"clear": goal.clear})


def goal_is_not_feasible(look: Look) -> Iterator[Found]:
    for goal in look.picture.goals:
        if goal.feasible is Rating.NO:
            yield Found(goal.text, (goal.feasible,))


def goals_are_many(look: Look) -> Iterator[Found]:
    most, goals = look.thresholds["goals"], look.picture.goals
    if len(goals) > most:
        yield Found(rests_on=tuple(goal.text for goal in goals), fills={"n": len(goals), "most": most})


def nobody_brings(look: Look) -> Iterator[Found]:
    for piece in gaps(look.picture):
        yield Found(piece.name)


def partner_brings_nothing(look: Look) -> Iterator[Found]:
    for partner in without_a_piece(look.picture):
        if partner.name != look.picture.own_org:
            yield Found(partner.name, fills={"status": partner.status})


def many_bring_the_same(look: Look) -> Iterator[Found]:
    for piece in brought_by_many(look.picture, look.thresholds["bringers"]):
        names = bringers(look.picture, piece)
        yield Found(piece.name, tuple(sorted(names)), {"n": len(names), "who": listed(names)})


def nearly_all_hangs_on_one(look: Look) -> Iterator[Found]:
    """A partner that could leave: what the own organisation brings itself does not count."""
    needed = [piece for piece in look.picture.pieces if piece.needed]
    if len(needed) < FEWEST_PIECES:
        return
    for partner in carry_nearly_all(look.picture, look.thresholds["share_of_one_partner"]):
        if partner.name != look.picture.own_org:
            brought = tuple(piece.name for piece in needed if partner.name in piece.by)
            yield Found(partner.name, (len(needed), brought), {"n": len(brought), "all": len(needed)})


def frame_is_empty(look: Look) -> Iterator[Found]:
    if has_no_frame(look.picture):
        yield Found()


def costs_exceed_income(look: Look) -> Iterator[Found]:
    """The own share is no income: whoever pays it themselves calls it an investment, or names it as a source."""
    finance, kind = look.picture.finance, look.picture.checks.drijfveer.finance.value
    certain = sum((told.amount or Decimal() for told in finance.income if told.certain), Decimal())
    if finance.cost_year and finance.cost_year > certain and kind is not FinanceType.INVESTMENT:
        yield Found(
            rests_on=(float(finance.cost_year), float(certain), kind),
            fills={"cost": euro(finance.cost_year), "certain": euro(certain)},
        )


def investment_says_too_little(look: Look) -> Iterator[Found]:
    finance = look.picture.finance
    if look.picture.checks.drijfveer.finance.value is not FinanceType.INVESTMENT:
        return
    amount = finance.own_share is not None or finance.cost_year is not None
    how_long_or_back = finance.term is not None or finance.payback.strip()
    if not (amount and how_long_or_back):
        yield Found(rests_on=(amount, bool(how_long_or_back)))


def money_is_of_one_source(look: Look) -> Iterator[Found]:
    income = [told for told in look.picture.finance.income if told.amount]
    total = sum(told.amount or 0 for told in income)
    for told in income:
        nearly_all = 100 * (told.amount or 0) > look.thresholds["share_of_one_source"] * total
        if nearly_all and told.until is not None and _is_within(SOON, told.until, look.today):
            yield Found(
                told.source, (told.until, float(told.amount or 0), float(total)), {"date": in_words(told.until)}
            )


def _is_within(months: int, day: date, today: date) -> bool:
    """Whether that day comes at most so many months from now, or has passed."""
    ahead = 12 * (day.year - today.year) + day.month - today.month
    return (ahead, day.day) <= (months, today.day)


def no_hours_for_meeting(look: Look) -> Iterator[Found]:
    if not has_no_frame(look.picture) and not look.picture.finance.meeting_hours:
        yield Found()


def partner_may_not_want_to(look: Look) -> Iterator[Found]:
    needed = {name for piece in look.picture.pieces if piece.needed for name in piece.by}
    for partner in look.partners:
        if partner.name in needed and partner.willing in {Rating.NO, Rating.UNKNOWN}:
            says = NOT_ASKED_YET if partner.willing is Rating.UNKNOWN else None
            yield Found(partner.name, (partner.willing,), {"willing": partner.willing}, says=says)


def imposed_and_yet_voluntary(look: Look) -> Iterator[Found]:
    if look.picture.origin.type is Origin.IMPOSED and look.picture.motive is Motive.VOLUNTARY:
        yield Found()


def is_imposed(look: Look) -> Iterator[Found]:
    if look.picture.motive is Motive.IMPOSED:
        yield Found()


def network_of_two(look: Look) -> Iterator[Found]:
    form = look.picture.form
    if form is not None and form.startswith(Form.NETWORK.value) and len(look.partners) == 1:
        yield Found(look.partners[0].name, (form,), {"form": form})


def partner_is_a_supplier(look: Look) -> Iterator[Found]:
    for partner in look.partners:
        if partner.paid_supplier:
            yield Found(partner.name)


def one_off_network(look: Look) -> Iterator[Found]:
    form = look.picture.form
    if form is not None and form.startswith(Form.NETWORK.value) and look.picture.flags.one_off:
        yield Found(rests_on=(form,), fills={"form": form})


def client_data_without_agreement(look: Look) -> Iterator[Found]:
    """An agreement on data among those of step 3 counts as well."""
    flags = look.picture.flags
    agreed = flags.data_agreement.strip() or any(told.about is AgreementAbout.DATA for told in look.picture.overall)
    if flags.client_data_shared and not agreed:
        yield Found()


def staff_is_lent(look: Look) -> Iterator[Found]:
    if look.picture.flags.staff_lent:
        yield Found()


def vat_is_not_checked(look: Look) -> Iterator[Found]:
    if look.picture.flags.costs_recharged and not look.picture.flags.vat_checked:
        yield Found()


def nobody_speaks_for_the_people(look: Look) -> Iterator[Found]:
    """Says nothing before there is a partner at all."""
    pieces = (f"{piece.name} {piece.note}" for piece in look.picture.pieces)
    if look.partners and not (
        any(partner.kind is OrganisationKind.CITIZENS for partner in look.partners)
        or any(SPEAKS_FOR_PEOPLE.search(text) for text in pieces)
    ):
        yield Found(rests_on=tuple(sorted(partner.name for partner in look.partners)))


def all_from_one_sector(look: Look) -> Iterator[Found]:
    crossing = sorted(CROSSING.intersection(look.picture.themes))
    same = [partner.relation is SectorRelation.SAME_SECTOR for partner in look.partners]
    if crossing and same and all(same):
        yield Found(rests_on=tuple(sorted(one.name for one in look.partners)), fills={"theme": crossing[0]})


NOT_ASKED_YET = Words(
    "Wil “{about}” dit ook echt? Dat is nog niet gevraagd.", "Is “{about}” really willing? They were not asked yet."
)

RULES = [
    Rule(
        "S03",
        ATTENTION,
        1,
        "s1.why.challenge",
        "goals",
        Words(
            "Er zijn doelen, maar het probleem erachter staat er nog niet.",
            "There are goals, but not the problem behind them.",
        ),
        Words(
            "Je schreef doelen, en de vraag naar de uitdaging is nog leeg.",
            "You wrote goals, and the question about the challenge is still empty.",
        ),
        Words(
            "Schrijf in één of twee zinnen wie waar last van heeft.",
            "Write in a sentence or two who is troubled by what.",
        ),
        challenge_is_missing,
    ),
    Rule(
        "S04",
        ATTENTION,
        1,
        "s1.why.evidence_problem",
        "goals",
        Words(
            "Je hebt nog geen (recente) cijfers of inzichten over het probleem.",
            "No (recent) figures or insights on the problem yet.",
        ),
        Words(
            "Er staat geen cijfer of inzicht, of alles is ouder dan {years} jaar.",
            "There is no figure or insight, or all are more than {years} years old.",
        ),
        Words(
            "Eén cijfer uit je eigen registratie, of wat drie cliënten vertelden, volstaat om te beginnen.",
            "One figure of your own, or what three clients told, is enough to begin.",
        ),
        evidence_is_missing_or_old,
    ),
    Rule(
        "S05",
        ATTENTION,
        1,
        "s1.goals.list",
        "goals",
        Words("Het doel “{about}” is nog niet duidelijk.", "Goal “{about}” is not clear yet."),
        Words(
            "Bij de vraag of dit doel duidelijk is, staat: {clear}.",
            "To the question whether this goal is clear, the answer is: {clear}.",
        ),
        Words(
            "Zeg wat er voor wie verandert, en tegen wanneer. Lukt dat niet, schrap het doel dan.",
            "Say what changes for whom, and by when. If that does not work, drop the goal.",
        ),
        goal_is_unclear,
        serious_from=4,
    ),
    Rule(
        "S06",
        ATTENTION,
        1,
        "s1.goals.list",
        "goals",
        Words(
            "Het doel “{about}” lijkt niet haalbaar. Kan het kleiner?",
            "Goal “{about}” seems unfeasible. Can it be smaller?",
        ),
        Words(
            "Bij de vraag of dit doel haalbaar is, staat: nee.",
            "To the question whether this goal is feasible, the answer is: no.",
        ),
        Words(
            "Kies een eerste stuk dat wel lukt, of geef het meer tijd.",
            "Choose a first part that will work, or give it more time.",
        ),
        goal_is_not_feasible,
    ),
    Rule(
        "S07",
        INFO,
        1,
        "s1.goals.list",
        "goals",
        Words("Veel doelen. Welke twee of drie tellen het meest?", "Many goals. Which two or three matter most?"),
        Words(
            "Er staan {n} doelen; meer dan {most} vinden jullie veel.",
            "There are {n} goals; you call more than {most} many.",
        ),
        Words(
            "Zet de belangrijkste bovenaan. De andere kunnen later, of zijn een middel.",
            "Put the most important ones first. The others may come later, or are a means.",
        ),
        goals_are_many,
    ),
    Rule(
        "S08",
        ATTENTION,
        1,
        "s1.how.pieces",
        "puzzle",
        Words("Niemand brengt het puzzelstuk “{about}” in.", "Nobody brings piece “{about}”."),
        Words(
            "Dit stuk is nodig, en geen partner brengt het in, jullie zelf ook niet.",
            "This piece is needed, and neither a partner nor your own organisation brings it.",
        ),
        Words(
            "Vraag rond wie het kan brengen, breng het zelf in, of noem het “mooi meegenomen”.",
            "Ask around who can bring it, bring it yourself, or call it nice to have.",
        ),
        nobody_brings,
        serious_from=3,
    ),
    Rule(
        "S09",
        ATTENTION,
        1,
        "s1.who.involved",
        "puzzle",
        Words(
            "“{about}” brengt nog geen puzzelstuk in. Is die partner nodig, of kan je die gewoon informeren?",
            "“{about}” brings no piece yet. Are they needed, or can you simply keep them informed?",
        ),
        Words(
            "Deze partner is {status}, en staat bij geen enkel puzzelstuk.",
            "This partner is {status}, and is named at no piece.",
        ),
        Words(
            "Vraag wat de partner wil inbrengen, of spreek af dat je die op de hoogte houdt.",
            "Ask what they want to bring, or agree that you keep them informed.",
        ),
        partner_brings_nothing,
    ),
    Rule(
        "S10",
        INFO,
        1,
        "s1.how.pieces",
        "puzzle",
        Words(
            "{n} partners brengen “{about}” in. Is dat sterk, of dubbel werk?",
            "{n} partners bring “{about}”. Is that strength, or double work?",
        ),
        Words("Dit stuk komt van {who}.", "This piece comes from {who}."),
        Words(
            "Spreek af wie wat doet, of laat één partner dit stuk brengen.",
            "Agree who does what, or let one partner bring it.",
        ),
        many_bring_the_same,
    ),
    Rule(
        "S11",
        ATTENTION,
        1,
        "s1.how.pieces",
        "puzzle",
        Words(
            "Bijna alles hangt aan “{about}”. Wat als die afhaakt? En is dit wel samenwerken?",
            "Nearly everything hangs on “{about}”. What if they leave? And is this collaborating?",
        ),
        Words(
            "Deze partner brengt {n} van de {all} nodige puzzelstukken in.",
            "This partner brings {n} of the {all} pieces that are needed.",
        ),
        Words(
            "Zoek voor één stuk iemand die het ook kan brengen, of koop de dienst gewoon in.",
            "Find somebody else who can bring one of the pieces as well, or simply buy the service.",
        ),
        nearly_all_hangs_on_one,
    ),
    Rule(
        "S12",
        ATTENTION,
        1,
        "s1.how.finance",
        "money",
        EMPTY_FRAME,
        Words(
            "Stap 1 is voorbij, en over geld staat er nog niets.",
            "Step 1 is over, and nothing is said about money yet.",
        ),
        Words(
            "Schat ruw: kosten per jaar, wie betaalt, hoe zeker. Kost het niets? Zeg dat dan.",
            "A rough estimate: costs a year, who pays, how certain. Does it cost nothing? Then say so.",
        ),
        frame_is_empty,
        serious_from=3,
        opens=2,
    ),
    Rule(
        "S13",
        SERIOUS,
        2,
        "s2.drive.finance_type",
        "money",
        Words(
            "De kosten zijn hoger dan de zekere inkomsten, maar je noemt het geen investering.",
            "Costs exceed certain income, but you do not call it an investment.",
        ),
        Words(
            "De kosten zijn {cost} per jaar. Zeker is {certain}.",
            "The costs are {cost} a year. {certain} is certain.",
        ),
        Words(
            "Zoek zekere inkomsten, maak het kleiner, of kies bewust voor een investering.",
            "Find certain income, make it smaller, or choose an investment on purpose.",
        ),
        costs_exceed_income,
    ),
    Rule(
        "S14",
        ATTENTION,
        2,
        "s2.drive.finance_type",
        "money",
        Words(
            "Je noemt het een investering. Hoeveel, hoelang en wat levert het op?",
            "You call it an investment. How much, how long, for what?",
        ),
        Words(
            "Het bedrag ontbreekt, of er staat geen termijn en ook niet wat het opbrengt.",
            "The amount is missing, or there is neither a term nor what it brings.",
        ),
        Words(
            "Vul bij het geld in stap 1 het bedrag, de termijn en wat het opbrengt in.",
            "Fill in the amount, the term and what comes back, at the money in step 1.",
        ),
        investment_says_too_little,
    ),
    Rule(
        "S15",
        ATTENTION,
        1,
        "s1.how.finance",
        "money",
        Words(
            "Bijna al het geld komt van één bron die op {date} stopt.",
            "Nearly all money is from one source that ends on {date}.",
        ),
        Words("Het gaat om de bron “{about}”.", "It is the source “{about}”."),
        Words(
            "Spreek nu al af wat er daarna gebeurt: een andere bron, kleiner verder, of stoppen.",
            "Agree now what happens then: another source, going on smaller, or stopping.",
        ),
        money_is_of_one_source,
    ),
    Rule(
        "S16",
        ATTENTION,
        1,
        "s1.how.finance",
        "work",
        Words(
            "Er zijn geen uren voor overleg en coördinatie begroot. Samenwerken is ook werken.",
            "No hours for meetings and coordination are counted. Collaborating is work too.",
        ),
        Words("Bij het geld staan geen uren voor overleg.", "The money says nothing of meeting hours."),
        Words(
            "Tel de uren van het overleg, en evenveel om voor te bereiden en door te vertellen.",
            "Count the meeting hours, and as many to prepare and to pass on.",
        ),
        no_hours_for_meeting,
    ),
    Rule(
        "S17",
        ATTENTION,
        1,
        "s1.who.involved",
        "starting",
        Words("Wil “{about}” dit ook echt?", "Is “{about}” really willing?"),
        Words(
            "Deze partner brengt een nodig stuk in. Bij “wil deze partner dat ook echt doen?” staat: {willing}.",
            "They bring a piece that is needed. To “does this partner really want to?” the answer is: {willing}.",
        ),
        Words(
            "Vraag wat de partner er zelf aan heeft, en wat die nodig heeft om mee te doen.",
            "Ask what is in it for them, and what they need to take part.",
        ),
        partner_may_not_want_to,
    ),
    Rule(
        "S18",
        ATTENTION,
        0,
        "s0.motive",
        "motives",
        Words(
            "Het idee komt van een opgelegde vraag, maar staat als vrijwillig. Wat klopt?",
            "The idea stems from an obligation but is marked voluntary. Which is right?",
        ),
        Words(
            "Als herkomst staat: opgelegd door de overheid. Als drijfveer: vrijwillig.",
            "Its origin is: imposed by government. Its motive: voluntary.",
        ),
        Words(
            "Zeg eerlijk wat moet en wat je wil. Dat maakt het gesprek met partners makkelijker.",
            "Say honestly what you must and what you want. That makes talking with partners easier.",
        ),
        imposed_and_yet_voluntary,
    ),
    Rule(
        "S19",
        INFO,
        0,
        "s0.motive",
        "motives",
        Words(
            "Deze samenwerking is opgelegd. Zoek samen welke ruimte je wél hebt en wat je er zelf aan hebt.",
            "This collaboration is imposed. Find your room to move, and what is in it for you.",
        ),
        Words("Als drijfveer staat: opgelegd.", "Its motive is: imposed."),
        Words(
            "Schrijf op wat vastligt en wat jullie zelf mogen kiezen. Begin bij dat laatste.",
            "Write down what is fixed and what you may choose. Begin with the latter.",
        ),
        is_imposed,
    ),
    Rule(
        "S20",
        INFO,
        1,
        "s1.who.involved",
        "forms",
        Words(
            "Met één partner is dit geen netwerk. Volstaat een afspraak tussen jullie twee?",
            "With one partner this is no network. Is an agreement between you two enough?",
        ),
        Words(
            "Als vorm staat: {form}. De enige partner is “{about}”.",
            "Its form is: {form}. The only partner is “{about}”.",
        ),
        Words(
            "Kies een lichtere vorm, of zoek wie er nog nodig is.", "Choose a lighter form, or find who else is needed."
        ),
        network_of_two,
    ),
    Rule(
        "S21",
        INFO,
        1,
        "s1.who.involved",
        "when",
        Words(
            "“{about}” lijkt een dienst die je inkoopt. Dat mag, maar dan heb je geen samenwerkingsverband nodig.",
            "“{about}” resembles a service that you buy. That is fine, but then you need no collaboration.",
        ),
        Words(
            "Bij deze partner staat dat jullie die betalen als leverancier.",
            "With this partner it says that you pay them as a supplier.",
        ),
        Words(
            "Maak er een gewone opdracht van, met een offerte en een contract.",
            "Make it an ordinary order, with an offer and a contract.",
        ),
        partner_is_a_supplier,
    ),
    Rule(
        "S37",
        INFO,
        1,
        "s1.how.approach",
        "forms",
        Words(
            "Voor iets eenmaligs volstaat een ad-hocsamenwerking.", "For a one-off, an ad hoc collaboration is enough."
        ),
        Words(
            "Als vorm staat: {form}, en je duidde aan dat het iets eenmaligs is.",
            "Its form is: {form}, and you marked it as a one-off.",
        ),
        Words(
            "Kies een lichtere vorm, of zeg wat er na die ene keer blijft.",
            "Choose a lighter form, or say what remains after that one time.",
        ),
        one_off_network,
    ),
    Rule(
        "S55",
        ATTENTION,
        1,
        "s1.how.approach",
        "legal",
        Words(
            "Jullie delen cliëntgegevens. Wie is verantwoordelijk en wat met het beroepsgeheim?",
            "You share client data. Who is responsible, and what about professional secrecy?",
        ),
        Words(
            "Je duidde aan dat er cliëntgegevens gedeeld worden, en er staat geen afspraak over.",
            "You marked that client data are shared, and there is no agreement on it.",
        ),
        Words(
            "Noteer bij de feiten welke afspraak er is. Laat ze nakijken door wie bij jullie over gegevens waakt.",
            "Note at the facts which agreement there is, and have it checked by your data protection officer.",
        ),
        client_data_without_agreement,
        serious_from=3,
    ),
    Rule(
        "S56",
        ATTENTION,
        1,
        "s1.how.approach",
        "legal",
        Words(
            "Opgelet: personeel uitlenen is in België strikt geregeld. Vraag advies.",
            "Mind: lending staff is strictly regulated in Belgium. Ask for advice.",
        ),
        Words(
            "Je duidde aan dat personeel van de ene organisatie onder leiding van een andere werkt.",
            "You marked that staff of one organisation work under the lead of another.",
        ),
        Words(
            "Leg het voor aan je sociaal secretariaat of koepel voor iemand begint.",
            "Put it to your social secretariat or umbrella organisation before anybody starts.",
        ),
        staff_is_lent,
    ),
    Rule(
        "S57",
        ATTENTION,
        1,
        "s1.how.finance",
        "legal",
        Words("Jullie rekenen kosten door. Laat de btw nakijken.", "You recharge costs. Have VAT checked."),
        Words(
            "Je duidde aan dat partners elkaar kosten doorrekenen, en de btw is nog niet nagekeken.",
            "You marked that partners recharge costs, and VAT is not checked yet.",
        ),
        Words(
            "Vraag je boekhouder of een vrijstelling kan, voor de eerste factuur.",
            "Ask your accountant whether an exemption applies, before the first invoice.",
        ),
        vat_is_not_checked,
    ),
    Rule(
        "S58",
        INFO,
        1,
        "s1.who.involved",
        "starting",
        Words("Wie spreekt voor de mensen om wie het gaat?", "Who speaks for the people concerned?"),
        Words(
            "Geen partner is een groep burgers of ervaringsdeskundigen, en geen puzzelstuk gaat daarover.",
            "No partner is a group of citizens or experts by experience, and no piece is about them.",
        ),
        Words(
            "Vraag een cliënt of ervaringsdeskundige wat jullie over het hoofd zien.",
            "Ask a client or an expert by experience what you overlook.",
        ),
        nobody_speaks_for_the_people,
    ),
    Rule(
        "S59",
        INFO,
        1,
        "s1.who.involved",
        "starting",
        Words(
            "Alle partners komen uit je eigen sector. Mis je onderwijs, wonen, gezondheid…?",
            "All partners are from your own sector. Do you miss education, housing, health…?",
        ),
        Words(
            "Het idee gaat ook over: {theme}. Dat doet geen sector alleen.",
            "The idea is also about: {theme}. No sector does that alone.",
        ),
        Words(
            "Vraag aan een partner wie er volgens hen nog aan tafel hoort.",
            "Ask a partner who else belongs at the table.",
        ),
        all_from_one_sector,
    ),
]
