"""The signals about step 2: the three checks, what they come to. Source: domain.md 3, S22 to S36 and S41 to S44."""

import re
from collections.abc import Iterator

from checks.codes import Check, Coordination, Form, PieceType, Rating, Severity
from checks.letters import in_words
from checks.puzzle import gaps
from checks.signals.explore import nobody_brings, partner_brings_nothing
from checks.signals.signal import Found, Look, Rule, listed
from checks.words import Words

INFO, ATTENTION, SERIOUS = Severity.INFO, Severity.ATTENTION, Severity.SERIOUS
NOT_YET = frozenset({Rating.NO, Rating.PARTLY})
LONGEST_CONDITION = 25
# "goed" is not among them: "keurt goed" can be answered by yes or no.
VAGUE = re.compile(r"\b(zo ?veel mogelijk|voldoende|zo snel mogelijk|liefst)\b", re.IGNORECASE)


def outside_our_assignment(look: Look) -> Iterator[Found]:
    if look.picture.checks.drijfveer.mandate.value is Rating.NO:
        yield Found()


def outside_mission_or_vision(look: Look) -> Iterator[Found]:
    check = look.picture.checks.drijfveer
    no = {"mission": check.mission.value, "vision": check.vision.value}
    if Rating.NO in no.values():
        where = "s2.drive.mission" if check.mission.value is Rating.NO else "s2.drive.vision"
        yield Found(rests_on=tuple(no.values()), question=where)


def expertise_is_nowhere(look: Look) -> Iterator[Found]:
    inhouse = look.picture.checks.expertise.inhouse.value
    lacking = [piece.name for piece in gaps(look.picture) if piece.type is PieceType.EXPERTISE]
    if inhouse in NOT_YET and lacking:
        yield Found(", ".join(lacking), (inhouse,), {"inhouse": inhouse, "pieces": listed(lacking)})


def expertise_is_not_free(look: Look) -> Iterator[Found]:
    check = look.picture.checks.expertise
    if check.inhouse.value is Rating.YES and check.available.value in {Rating.NO, Rating.UNKNOWN}:
        yield Found(rests_on=(check.available.value,), fills={"available": check.available.value})


def new_staff_is_not_thought_of(look: Look) -> Iterator[Found]:
    """Once the own organisation brings people."""
    check, own = look.picture.checks.expertise, look.picture.own_org
    people = [one.name for one in look.picture.pieces if one.type is PieceType.PEOPLE and own in one.by]
    if people and not (check.attractive.strip() and check.onboarding.strip()):
        where = "s2.exp.onboarding" if check.attractive.strip() else "s2.exp.attractive"
        told = (bool(check.attractive.strip()), bool(check.onboarding.strip()))
        yield Found(", ".join(people), told, {"pieces": listed(people)}, question=where)


def one_could_do_it_alone(look: Look) -> Iterator[Found]:
    if look.picture.checks.samenwerk.beyond.value is Rating.NO:
        yield Found()


def goals_are_not_shared(look: Look) -> Iterator[Found]:
    shared = look.picture.checks.samenwerk.shared.value
    if shared in NOT_YET:
        yield Found(rests_on=(shared,), fills={"shared": shared}, severity=SERIOUS if shared is Rating.NO else None)


def talks_are_strained(look: Look) -> Iterator[Found]:
    if look.picture.checks.samenwerk.atmosphere.value is Rating.NO:
        yield Found()


def partners_are_not_equal(look: Look) -> Iterator[Found]:
    equal = look.picture.checks.samenwerk.equal.value
    if equal in NOT_YET:
        yield Found(rests_on=(equal,), fills={"equal": equal})


EVERYBODY_IS_NEEDED = Words("elke partner nodig is", "every partner is needed")
ALL_TAKE_PART = Words("alle nodige partners meedoen", "all necessary partners are on board")
NO_PIECE = Words("partners zonder puzzelstuk", "partners without a piece")
NOBODY_YET = Words("puzzelstukken die niemand inbrengt", "pieces that nobody brings")


def answer_and_data_differ(look: Look) -> Iterator[Found]:
    """The answers of the samenwerkcheck held against the puzzle."""
    check = look.picture.checks.samenwerk
    idle = [found.about for found in partner_brings_nothing(look)]
    if check.no_superfluous.value is Rating.YES and idle:
        yield Found(
            ", ".join(idle),
            ("no_superfluous",),
            {"answer": EVERYBODY_IS_NEEDED, "shows": NO_PIECE, "names": listed(idle)},
            question="s2.collab.no_superfluous",
        )
    missing = [found.about for found in nobody_brings(look)]
    if check.all_partners.value is Rating.YES and missing:
        yield Found(
            ", ".join(missing),
            ("all_partners",),
            {"answer": ALL_TAKE_PART, "shows": NOBODY_YET, "names": listed(missing)},
            question="s2.collab.all_partners",
        )


def nobody_coordinates(look: Look) -> Iterator[Found]:
    coordination = look.picture.checks.samenwerk.coordination.value
    most = look.thresholds["organisations_without_coordination"]
    if look.organisations > most and coordination in {None, Coordination.UNDECIDED}:
        yield Found(rests_on=(look.organisations,), fills={"n": look.organisations, "most": most})


def too_many_to_share(look: Look) -> Iterator[Found]:
    most = look.thresholds["organisations_that_share_coordination"]
    if look.organisations > most and look.picture.checks.samenwerk.coordination.value is Coordination.SHARED:
        yield Found(rests_on=(look.organisations,), fills={"n": look.organisations, "most": most})


def one_leads_unequals(look: Look) -> Iterator[Found]:
    check = look.picture.checks.samenwerk
    unequal = check.equal.value not in {None, Rating.YES}
    if check.coordination.value is Coordination.LEAD_PARTNER and unequal:
        yield Found(rests_on=(check.equal.value,))


def sharing_asks_trust(look: Look) -> Iterator[Found]:
    check = look.picture.checks.samenwerk
    low = check.atmosphere.value in NOT_YET or check.shared.value in NOT_YET
    if check.coordination.value is Coordination.SHARED and low:
        yield Found(rests_on=(check.atmosphere.value, check.shared.value))


def talking_or_doing(look: Look) -> Iterator[Found]:
    if look.picture.form is Form.CONSULTATION and (look.picture.activities or look.picture.bundles):
        yield Found()


def condition_is_not_testable(look: Look) -> Iterator[Found]:
    for condition in look.picture.conditions:
        vague = VAGUE.search(condition.text)
        if vague or len(condition.text.split()) > LONGEST_CONDITION:
            why = (
                Words(f"Er staat “{vague[0]}” in.", f"It says “{vague[0]}”.")
                if vague
                else Words(
                    f"De voorwaarde telt meer dan {LONGEST_CONDITION} woorden.",
                    f"The condition has more than {LONGEST_CONDITION} words.",
                )
            )
            yield Found(condition.text, fills={"because": why})


def conditions_are_many(look: Look) -> Iterator[Found]:
    most, conditions = look.thresholds["conditions"], look.picture.conditions
    if len(conditions) > most:
        yield Found(rests_on=tuple(one.text for one in conditions), fills={"n": len(conditions), "most": most})


def conditions_are_missing(look: Look) -> Iterator[Found]:
    """Once the checks are talked about: a conclusion is there, or the idea is past step 2."""
    picture = look.picture
    talked = look.reached > 2 or any(getattr(picture.checks, check).conclusion for check in Check)
    if talked and not picture.conditions and picture.confirmed.conditions is None:
        yield Found()


def point_is_loose(look: Look) -> Iterator[Found]:
    """After a no-go the points need nobody any more."""
    for point in look.picture.followups:
        if look.is_a_no or not point.status.is_open:
            continue
        if not point.owner.strip():
            yield Found(point.text, (point.owner, point.due), {"because": NOBODY_SEES_TO_IT})
        elif point.due is not None and point.due < look.today:
            day = in_words(point.due)
            because = Words(
                f"Het moest klaar zijn op {day.nl}, en het staat nog open.",
                f"It was due on {day.en}, and is still open.",
            )
            yield Found(point.text, (point.owner, point.due), {"because": because}, says=OVERDUE)


NOBODY_SEES_TO_IT = Words(
    "Het punt staat nog open, en niemand zorgt ervoor.", "The point is still open, and nobody sees to it."
)
OVERDUE = Words("Opvolgpunt “{about}” is over datum.", "Follow-up point “{about}” is overdue.")

RULES = [
    Rule(
        "S22",
        SERIOUS,
        2,
        "s2.drive.mandate",
        "embedding",
        Words("Het idee hoort niet bij onze opdracht.", "The idea is outside our assignment."),
        Words(
            "In de drijfveercheck staat: nee, het hoort niet bij onze opdracht.",
            "The drijfveercheck says: no, it is not part of our assignment.",
        ),
        Words(
            "Verwijs door, pas het doel aan, of leg uit welk stuk wel onze opdracht is. Een nette nee mag ook.",
            "Refer, change the goal, or explain which part is ours. A decent no is fine too.",
        ),
        outside_our_assignment,
    ),
    Rule(
        "S23",
        ATTENTION,
        2,
        "s2.drive.mission",
        "embedding",
        Words(
            "Het past niet bij onze missie of visie. Waarom zouden we het toch doen?",
            "It does not fit mission or vision. Why do it?",
        ),
        Words(
            "In de drijfveercheck staat nee bij missie of visie.", "The drijfveercheck says no to mission or vision."
        ),
        Words(
            "Schrijf in één zin waarom het toch de moeite is, of laat het los.",
            "Say in one sentence why it is worth it all the same, or let it go.",
        ),
        outside_mission_or_vision,
    ),
    Rule(
        "S24",
        SERIOUS,
        2,
        "s2.exp.inhouse",
        "puzzle",
        Words(
            "De gevraagde kennis is er niet, bij ons niet en bij de partners niet.",
            "The expertise is neither with us nor with partners.",
        ),
        Words(
            "Niemand brengt dit in: {pieces}. Bij “hebben wij de kennis en ervaring?” staat: {inhouse}.",
            "Nobody brings this: {pieces}. To “do we have the expertise?” the answer is: {inhouse}.",
        ),
        Words(
            "Zoek een partner die het wel kan, of plan wie het leert en tegen wanneer.",
            "Find a partner who can, or plan who learns it, and by when.",
        ),
        expertise_is_nowhere,
    ),
    Rule(
        "S25",
        ATTENTION,
        2,
        "s2.exp.available",
        "work",
        Words(
            "De kennis is er, maar niet vrij. Wie neemt het werk over?",
            "The expertise is there, but not free. Who takes over the work?",
        ),
        Words("Kennis in huis: ja. Beschikbaar: {available}.", "Expertise in house: yes. Available: {available}."),
        Words(
            "Zeg welk werk stopt of naar wie het gaat, met uren en een begindatum.",
            "Say which work stops or who gets it, with hours and a first day.",
        ),
        expertise_is_not_free,
    ),
    Rule(
        "S26",
        INFO,
        2,
        "s2.exp.attractive",
        "work",
        Words(
            "Nog niets genoteerd over boeiend werk of inwerken.", "Nothing yet on attractive work or on settling in."
        ),
        Words(
            "Jullie brengen zelf mensen in: {pieces}. Niet elke vraag over hun werk heeft een antwoord.",
            "You bring people yourselves: {pieces}. Not every question about their work has an answer.",
        ),
        Words(
            "Vraag een ervaren collega wat dit werk boeiend maakt, en wie nieuwe mensen inwerkt.",
            "Ask an experienced colleague what makes it attractive, and who helps new people settle in.",
        ),
        new_staff_is_not_thought_of,
    ),
    Rule(
        "S27",
        SERIOUS,
        2,
        "s2.collab.beyond",
        "when",
        Words("Eén partner kan dit ook alleen. Waarom dan samen?", "One partner could do this alone. Why together?"),
        Words(
            "In de samenwerkcheck staat: nee, de doelen gaan niet verder dan wat elk alleen kan.",
            "The samenwerkcheck says: no, the goals do not go beyond what each can do alone.",
        ),
        Words(
            "Laat die partner het doen, of maak het doel zo groot dat jullie elkaar nodig hebben.",
            "Let that partner do it, or make the goal so large that you need each other.",
        ),
        one_could_do_it_alone,
    ),
    Rule(
        "S28",
        ATTENTION,
        2,
        "s2.collab.shared",
        "goals",
        Words("De partners delen de doelen nog niet.", "The partners do not share the goals yet."),
        Words(
            "Bij “staan alle partners achter dezelfde doelen?” staat: {shared}.",
            "To “do all partners share the goals?” the answer is: {shared}.",
        ),
        Words(
            "Leg de doelen samen op tafel en schrap tot iedereen ja zegt.",
            "Put the goals on the table together, and drop until everybody says yes.",
        ),
        goals_are_not_shared,
    ),
    Rule(
        "S29",
        ATTENTION,
        2,
        "s2.collab.atmosphere",
        "maintaining",
        Words(
            "De gesprekken lopen stroef. Praat daar eerst over, eventueel met iemand van buiten.",
            "Talks are strained. Talk about that first, with somebody from outside if needed.",
        ),
        Words("Bij de sfeer staat: nee.", "To the atmosphere the answer is: no."),
        Words(
            "Vraag elke partner apart wat er wringt, voor jullie verder afspreken.",
            "Ask each partner apart what rubs, before you agree on more.",
        ),
        talks_are_strained,
    ),
    Rule(
        "S30",
        ATTENTION,
        2,
        "s2.collab.equal",
        "coordination",
        Words(
            "De partners staan niet op gelijke voet. Wie beslist waarover?",
            "The partners are not on equal footing. Who decides on what?",
        ),
        Words(
            "Bij “bouwen we gelijkwaardigheid in?” staat: {equal}.",
            "To “do we build equal partnership in?” the answer is: {equal}.",
        ),
        Words(
            "Spreek af waarover iedereen evenveel te zeggen heeft, hoe groot of klein ook.",
            "Agree on what all have an equal say in, however large or small.",
        ),
        partners_are_not_equal,
    ),
    Rule(
        "S31",
        ATTENTION,
        2,
        "s2.collab.no_superfluous",
        "puzzle",
        Words(
            "Je zegt dat {answer}, maar de puzzel toont {shows}. Wat klopt?",
            "You say that {answer}, but the puzzle shows {shows}. Which is right?",
        ),
        Words(
            "In de samenwerkcheck staat: ja. In de puzzel van stap 1 gaat het om: {names}.",
            "The samenwerkcheck says: yes. In the puzzle of step 1 it is about: {names}.",
        ),
        Words(
            "Pas aan wat niet klopt: het antwoord, of de puzzel.",
            "Change what is not right: the answer, or the puzzle.",
        ),
        answer_and_data_differ,
    ),
    Rule(
        "S32",
        ATTENTION,
        2,
        "s2.collab.coordination",
        "coordination",
        Words(
            "Meer dan {most} organisaties, en nog niemand die coördineert.",
            "More than {most} organisations, and nobody who coordinates yet.",
        ),
        Words(
            "Jullie zijn met {n} organisaties, de eigen meegeteld. Wie het geheel bij elkaar houdt, is niet beslist.",
            "You are {n} organisations, your own included. Who keeps it together is not decided.",
        ),
        Words(
            "Kies samen: een trekker, of iemand van buiten. Wat past, staat bij de vraag.",
            "Choose together: a lead, or somebody from outside. What fits stands with the question.",
        ),
        nobody_coordinates,
        serious_from=3,
    ),
    Rule(
        "S33",
        ATTENTION,
        2,
        "s2.collab.coordination",
        "coordination",
        Words(
            "Met zoveel partners is alles samen regelen moeilijk. Denk aan een trekker of aparte coördinator.",
            "With so many partners, arranging all of it together is hard. Think of a lead or a separate coordinator.",
        ),
        Words(
            "Jullie zijn met {n} organisaties en coördineren samen.",
            "You are {n} organisations and coordinate together.",
        ),
        Words(
            "Spreek minstens af wie de vergaderingen trekt en wie tussendoor mag beslissen.",
            "Agree at least who leads the meetings, and who may decide in between.",
        ),
        too_many_to_share,
    ),
    Rule(
        "S34",
        ATTENTION,
        2,
        "s2.collab.coordination",
        "coordination",
        Words(
            "Er is één trekker, en niet iedereen voelt zich gelijk. Spreek af waar die níet alleen over beslist.",
            "There is one lead, and the partners do not feel equal. Agree what the lead cannot decide alone.",
        ),
        Words(
            "De coördinatie ligt bij een trekker, en bij gelijkwaardigheid staat geen ja.",
            "Coordination is with a lead, and there is no yes to equal partnership.",
        ),
        Words(
            "Maak een lijstje van drie dingen die jullie altijd samen beslissen.",
            "List three things that you always decide together.",
        ),
        one_leads_unequals,
    ),
    Rule(
        "S35",
        ATTENTION,
        2,
        "s2.collab.coordination",
        "coordination",
        Words(
            "Samen coördineren vraagt veel vertrouwen. Is dat er?",
            "Coordinating together asks much trust. Is it there?",
        ),
        Words(
            "Jullie coördineren samen, en bij sfeer of gedeelde doelen staat nee of deels.",
            "You coordinate together, and atmosphere or shared goals say no or partly.",
        ),
        Words(
            "Werk eerst aan het vertrouwen, of kies voorlopig iemand die het geheel bewaakt.",
            "Work on trust first, or choose somebody to guard the whole for now.",
        ),
        sharing_asks_trust,
    ),
    Rule(
        "S36",
        INFO,
        3,
        "s3.activities",
        "forms",
        Words(
            "Je koos voor overleg, maar je wilt samen iets doen. Past een netwerk beter?",
            "You chose consultation, but want to do something together. Does a network fit better?",
        ),
        Words(
            "De vorm is overleg, en in stap 3 staan al activiteiten of bundels.",
            "The form is consultation, and step 3 has activities or bundles already.",
        ),
        Words("Pas de vorm aan, of hou het bij uitwisselen.", "Change the form, or keep to exchanging."),
        talking_or_doing,
    ),
    Rule(
        "S41",
        INFO,
        2,
        "s2.conditions",
        "no",
        Words(
            "Kan je bij deze voorwaarde met ja of nee antwoorden? “{about}”",
            "Can this condition be answered yes or no? “{about}”",
        ),
        Words("{because}", "{because}"),
        Words(
            "Schrijf wat je op de dag van de beslissing wil zien: een getal, een papier, een handtekening.",
            "Write what you want to see on the day of the decision: a number, a paper, a signature.",
        ),
        condition_is_not_testable,
    ),
    Rule(
        "S42",
        INFO,
        2,
        "s2.conditions",
        "no",
        Words("Zijn al deze voorwaarden echt noodzakelijk?", "Are all of these conditions truly necessary?"),
        Words(
            "Er staan {n} noodzakelijke voorwaarden; meer dan {most} vinden jullie veel.",
            "There are {n} necessary conditions; you call more than {most} many.",
        ),
        Words(
            "Vraag bij elke: zeggen we nee als dit niet lukt? Zo niet, maak er een opvolgpunt van.",
            "Ask of each: do we say no if this fails? If not, make it a follow-up point.",
        ),
        conditions_are_many,
    ),
    Rule(
        "S43",
        ATTENTION,
        2,
        "s2.conditions",
        "no",
        Words(
            "Er staan geen noodzakelijke voorwaarden. Klopt dat?", "There are no necessary conditions. Is that right?"
        ),
        Words(
            "De lijst is leeg, en het beleidsteam bevestigde dat nog niet.",
            "The list is empty, and the policy team has not confirmed that yet.",
        ),
        Words(
            "Vraag: wat moet er zijn, of we doen het niet? Is er niets, bevestig dan de lege lijst.",
            "Ask: what must be there, or we do not do it? If nothing, confirm the empty list.",
        ),
        conditions_are_missing,
    ),
    Rule(
        "S44",
        ATTENTION,
        2,
        "s2.followups",
        "embedding",
        Words("Opvolgpunt “{about}” heeft geen eigenaar.", "Follow-up point “{about}” has no owner."),
        Words("{because}", "{because}"),
        Words(
            "Spreek af wie ervoor zorgt en tegen wanneer, of laat het punt vervallen.",
            "Agree who sees to it and by when, or let it lapse.",
        ),
        point_is_loose,
    ),
]
