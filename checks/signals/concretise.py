"""The signals about step 3: bundles, agreements, indicators. Source: domain.md 3, S45 to S54."""

import re
from collections.abc import Iterator

from checks.codes import AgreementAbout, IndicatorKind, Severity
from checks.meter import (
    activities,
    agreements,
    agreements_of,
    bundles_with_many,
    every_activity_alone,
    most_agreements,
    too_many_agreements,
    too_many_links,
)
from checks.picture import COLLABORATION, INDEFINITE
from checks.signals.signal import Found, Look, Rule, counted
from checks.words import Words

INFO, ATTENTION = Severity.INFO, Severity.ATTENTION
ENDS_WELL = frozenset({AgreementAbout.EXIT, AgreementAbout.CONFLICT})
SPEAKS_OF_ENDING = re.compile(
    r"uitstap|uit te stappen|opzeg|stopzet|conflict|ruzie|botst|geschil|bemiddel"
    r"|\bexit\b|\bleav(e|ing)\b|dispute|mediat",
    re.IGNORECASE,
)


def activity_is_in_no_bundle_or_two(look: Look) -> Iterator[Found]:
    bundled = [name for bundle in look.picture.bundles for name in bundle.activities]
    for name in look.picture.activities:
        if name not in bundled:
            yield Found(name, ("none",))
    for name in dict.fromkeys(bundled):
        if bundled.count(name) > 1:
            yield Found(name, ("more",), says=IN_MORE)


def bundle_has_no_mandate(look: Look) -> Iterator[Found]:
    for bundle in look.picture.bundles:
        if not bundle.mandate.strip():
            yield Found(bundle.name)


def agreements_are_many(look: Look) -> Iterator[Found]:
    picture, limits = look.picture, look.thresholds
    for name in bundles_with_many(picture, limits):
        count = agreements_of(picture, name)
        yield Found(name, (count,), {"n": count, "most": limits["agreements_of_a_bundle"]})
    if too_many_agreements(picture, limits):
        total, most = agreements(picture), most_agreements(picture, limits)
        yield Found(rests_on=(total, most), fills={"n": total, "most": most}, says=MANY_IN_ALL, question="s3.overall")


def links_are_many(look: Look) -> Iterator[Found]:
    picture = look.picture
    if too_many_links(picture, look.thresholds):
        numbers = (len(picture.between), len(picture.bundles))
        bundles = counted(numbers[1], Words("bundel", "bundle"), Words("bundels", "bundles"))
        yield Found(rests_on=numbers, fills={"n": numbers[0], "bundles": bundles})


def activities_stand_alone(look: Look) -> Iterator[Found]:
    picture = look.picture
    if every_activity_alone(picture):
        count = activities(picture)
        yield Found(rests_on=(count,), fills={"n": count, "bundles": len(picture.bundles)})


def no_result_for_the_whole(look: Look) -> Iterator[Found]:
    indicators = look.picture.indicators
    if not any(one.kind is IndicatorKind.RESULT and one.level == COLLABORATION for one in indicators):
        yield Found()


def partner_has_no_indicator(look: Look) -> Iterator[Found]:
    """One that says that the common goal is enough counts as well."""
    levels = {indicator.level for indicator in look.picture.indicators}
    for partner in look.at_the_table:
        if partner.name not in levels:
            yield Found(partner.name)


def only_one_kind(look: Look) -> Iterator[Found]:
    kinds = {one.kind for one in look.picture.indicators} - {IndicatorKind.NONE}
    if len(kinds) == 1:
        (kind,) = kinds
        where = "s3.ind.process" if kind is IndicatorKind.RESULT else "s3.ind.result"
        yield Found(rests_on=(kind,), fills={"kind": kind}, question=where)


def indicators_are_many_or_mean_nothing(look: Look) -> Iterator[Found]:
    measured = [one for one in look.picture.indicators if one.kind is not IndicatorKind.NONE]
    for_all = [one for one in measured if one.level == COLLABORATION]
    most = look.thresholds["indicators"]
    if len(for_all) > most:
        because = Words(
            f"Er staan er {len(for_all)} voor het geheel. Meer dan {most} vinden jullie veel.",
            f"There are {len(for_all)} for the whole. You call more than {most} many.",
        )
        yield Found(rests_on=(len(for_all),), fills={"because": because}, says=MANY_INDICATORS)
    for one in measured:
        if not one.why.strip():
            where = "s3.ind.process" if one.kind is IndicatorKind.PROCESS else "s3.ind.result"
            says = None if one.text.strip() else WITHOUT_TEXT
            yield Found(one.text, (one.kind, one.level), {"because": NO_MEANING}, says=says, question=where)


def nothing_on_ending(look: Look) -> Iterator[Found]:
    agreed = look.picture.overall
    ends_well = any(told.about in ENDS_WELL or SPEAKS_OF_ENDING.search(told.text) for told in agreed)
    if look.picture.duration == INDEFINITE and not ends_well:
        yield Found()


IN_MORE = Words("Activiteit “{about}” hoort bij meer dan één bundel.", "Activity “{about}” is in more than one bundle.")
MANY_IN_ALL = Words("Veel afspraken samen. Welke kan je schrappen?", "Many agreements in all. Which can go?")
MANY_INDICATORS = Words(
    "Weinig cijfers die iets zeggen, is beter dan veel. Welke tellen het meest?",
    "Few meaningful figures beat many. Which matter most?",
)
WITHOUT_TEXT = Words(
    "Waarom telt deze indicator? Weinig cijfers die iets zeggen, is beter dan veel.",
    "Why does this indicator count? Few meaningful figures beat many.",
)
NO_MEANING = Words(
    "Bij deze indicator staat nog niet waarom hij iets zegt.", "This indicator does not say yet why it matters."
)

RULES = [
    Rule(
        "S45",
        ATTENTION,
        3,
        "s3.activities",
        "bundles",
        Words("Activiteit “{about}” hoort nog bij geen bundel.", "Activity “{about}” is in no bundle yet."),
        Words(
            "Elke activiteit hoort bij precies één bundel: dan weet één team dat het van hen is.",
            "Each activity is in exactly one bundle: then one team knows that it is theirs.",
        ),
        Words(
            "Leg ze op het bord bij het team dat ze van begin tot einde doet.",
            "Put it on the board with the team that does it from beginning to end.",
        ),
        activity_is_in_no_bundle_or_two,
    ),
    Rule(
        "S46",
        ATTENTION,
        3,
        "s3.bundles",
        "bundles",
        Words("Wat mag het team van “{about}” zelf beslissen?", "What may the team of “{about}” decide?"),
        Words(
            "Bij deze bundel staat nog niet wat het team zelf beslist.",
            "This bundle does not say yet what its team decides.",
        ),
        Words(
            "Schrijf één zin: dit beslist het team alleen, tot hier. Begin ruim.",
            "Write one sentence: this the team decides alone, up to here. Begin wide.",
        ),
        bundle_has_no_mandate,
    ),
    Rule(
        "S47",
        ATTENTION,
        3,
        "s3.between",
        "bundles",
        Words("Veel afspraken voor “{about}”. Welke kan je schrappen?", "Many agreements for “{about}”. Which can go?"),
        Words("Het zijn er {n}; meer dan {most} vinden jullie veel.", "There are {n}; you call more than {most} many."),
        Words(
            "Vraag bij elke afspraak wie ze zou missen. Niemand? Laat ze vallen: ze blijft bewaard.",
            "Ask of each agreement who would miss it. Nobody? Drop it: it is kept.",
        ),
        agreements_are_many,
    ),
    Rule(
        "S48",
        ATTENTION,
        3,
        "s3.between",
        "bundles",
        Words(
            "Veel afstemming tussen bundels. Misschien moet je anders bundelen.",
            "Much coordination between bundles. Perhaps bundle differently.",
        ),
        Words("{n} keer afstemming voor {bundles}.", "{n} points of coordination for {bundles}."),
        Words(
            "Leg werk dat elkaar voortdurend nodig heeft in dezelfde bundel.",
            "Put work that needs each other all the time in the same bundle.",
        ),
        links_are_many,
    ),
    Rule(
        "S49",
        INFO,
        3,
        "s3.bundles",
        "bundles",
        Words("Elke activiteit staat apart. Wat hoort samen?", "Each activity stands alone. What belongs together?"),
        Words("Er zijn {n} activiteiten en {bundles} bundels.", "There are {n} activities and {bundles} bundles."),
        Words(
            "Zoek wat één team als een geheel kan doen, van begin tot einde.",
            "Look for what one team can do as a whole, from beginning to end.",
        ),
        activities_stand_alone,
    ),
    Rule(
        "S50",
        ATTENTION,
        3,
        "s3.ind.result",
        "indicators",
        Words("Er is nog geen resultaatsindicator voor het geheel.", "There is no result indicator for the whole yet."),
        Words(
            "Geen enkele resultaatsindicator gaat over de samenwerking als geheel.",
            "No result indicator is about the collaboration as a whole.",
        ),
        Words(
            "Kies er één: waaraan zie je over een jaar dat het werkte?",
            "Choose one: by what will you see in a year that it worked?",
        ),
        no_result_for_the_whole,
        serious_from=3,
    ),
    Rule(
        "S51",
        ATTENTION,
        3,
        "s3.ind.result",
        "indicators",
        Words("Voor “{about}” is er nog geen indicator.", "There is no indicator for “{about}” yet."),
        Words(
            "Deze partner doet mee, en geen indicator gaat over wat die bijdraagt.",
            "This partner takes part, and no indicator is about what they contribute.",
        ),
        Words(
            "Vraag de partner zelf wat telt. Volstaat het gezamenlijke doel? Zeg dat dan.",
            "Ask the partner what matters. Is the common goal enough? Then say so.",
        ),
        partner_has_no_indicator,
    ),
    Rule(
        "S52",
        ATTENTION,
        3,
        "s3.ind.process",
        "indicators",
        Words("Kijk naar het samenwerken én naar wat het oplevert.", "Watch the collaborating and what comes of it."),
        Words("Tot nu is er enkel een {kind}.", "So far there is only a {kind}."),
        Words("Voeg er één van de andere soort bij.", "Add one of the other kind."),
        only_one_kind,
    ),
    Rule(
        "S53",
        INFO,
        3,
        "s3.ind.result",
        "indicators",
        Words(
            "Waarom telt “{about}”? Weinig cijfers die iets zeggen, is beter dan veel.",
            "Why does “{about}” count? Few meaningful figures beat many.",
        ),
        Words("{because}", "{because}"),
        Words(
            "Hou wat je zou missen als het er niet was, en zeg in één zin waarom.",
            "Keep what you would miss, and say why in one sentence.",
        ),
        indicators_are_many_or_mean_nothing,
    ),
    Rule(
        "S54",
        INFO,
        3,
        "s3.overall",
        "maintaining",
        Words(
            "Voor onbepaalde duur, maar nog niets over uitstappen of ruzie.",
            "Indefinite, but nothing yet on leaving or disputes.",
        ),
        Words(
            "De duur is onbepaald, en geen afspraak gaat over uitstappen of over wat als het botst.",
            "It is indefinite, and no agreement is about leaving or about what if it clashes.",
        ),
        Words(
            "Spreek het af nu de sfeer goed is: hoe stapt iemand eruit, en wie bemiddelt?",
            "Agree on it while the mood is good: how does somebody leave, and who mediates?",
        ),
        nothing_on_ending,
    ),
]
