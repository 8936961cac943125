"""From how many on a signal speaks: numbers that an organisation can set otherwise. Source: domain.md 3, marked †."""

from collections.abc import Mapping
from dataclasses import dataclass

from checks.words import Words


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number with its bounds, both included. `signal` is where domain.md uses it, `does` what it does, in words."""

    slug: str
    signal: str
    default: int
    least: int
    most: int
    unit: Words
    does: Words


DAYS, MONTHS, YEARS = Words("dagen", "days"), Words("maanden", "months"), Words("jaar", "years")
GOALS, PERCENT = Words("doelen", "goals"), Words("procent", "percent")
PARTNERS, ORGANISATIONS = Words("partners", "partners"), Words("organisaties", "organisations")
CONDITIONS, AGREEMENTS = Words("voorwaarden", "conditions"), Words("afspraken", "agreements")
INDICATORS, IDEAS, ROUNDS = Words("indicatoren", "indicators"), Words("ideeën", "ideas"), Words("rondes", "rounds")

THRESHOLDS: Mapping[str, Threshold] = {
    threshold.slug: threshold
    for threshold in [
        Threshold(
            "idle_days",
            "S02",
            30,
            7,
            365,
            DAYS,
            Words(
                "Een idee ligt stil als er zo lang niets gebeurde.",
                "An idea is idle when nothing happened for so long.",
            ),
        ),
        Threshold(
            "evidence_years",
            "S04",
            5,
            1,
            30,
            YEARS,
            Words(
                "Cijfers en inzichten zijn recent tot ze zo oud zijn.",
                "Figures and insights are recent up to this age.",
            ),
        ),
        Threshold(
            "goals",
            "S07",
            5,
            1,
            50,
            GOALS,
            Words(
                "Meer doelen dan dit zijn er veel.",
                "More goals than this are many.",
            ),
        ),
        Threshold(
            "bringers",
            "S10",
            3,
            2,
            20,
            PARTNERS,
            Words(
                "Brengen er zoveel hetzelfde puzzelstuk in, dan vragen we of dat dubbel werk is.",
                "When so many bring the same piece, we ask whether it is double work.",
            ),
        ),
        Threshold(
            "share_of_one_partner",
            "S11",
            60,
            10,
            100,
            PERCENT,
            Words(
                "Brengt één partner meer dan dit deel van de nodige puzzelstukken in, dan hangt bijna alles daaraan.",
                "When one partner brings more than this share of the needed pieces, nearly everything hangs on them.",
            ),
        ),
        Threshold(
            "share_of_one_source",
            "S15",
            80,
            10,
            100,
            PERCENT,
            Words(
                "Komt meer dan dit deel van het geld van één bron die stopt, dan zeggen we dat.",
                "When more than this share of the money comes from one source that ends, we say so.",
            ),
        ),
        Threshold(
            "organisations_without_coordination",
            "S32",
            5,
            2,
            50,
            ORGANISATIONS,
            Words(
                "Met meer organisaties dan dit is het nodig dat iemand coördineert. Je eigen organisatie telt mee.",
                "With more organisations than this somebody must coordinate. Your own organisation counts.",
            ),
        ),
        Threshold(
            "organisations_that_share_coordination",
            "S33",
            7,
            2,
            50,
            ORGANISATIONS,
            Words(
                "Met meer organisaties dan dit is alles samen regelen moeilijk.",
                "With more organisations than this, arranging all of it together is hard.",
            ),
        ),
        Threshold(
            "talk_days",
            "S40",
            21,
            1,
            365,
            DAYS,
            Words(
                "Binnen deze tijd na een nee is er een gesprek gepland.",
                "Within this time after a no a talk is planned.",
            ),
        ),
        Threshold(
            "conditions",
            "S42",
            7,
            1,
            50,
            CONDITIONS,
            Words(
                "Bij meer noodzakelijke voorwaarden dan dit vragen we of ze allemaal nodig zijn.",
                "With more necessary conditions than this we ask whether all of them are needed.",
            ),
        ),
        Threshold(
            "agreements_of_a_bundle",
            "S47",
            7,
            1,
            50,
            AGREEMENTS,
            Words(
                "Meer afspraken dan dit zijn er veel voor één bundel.",
                "More agreements than this are many for one bundle.",
            ),
        ),
        Threshold(
            "agreements_for_each_bundle",
            "S47",
            4,
            1,
            50,
            AGREEMENTS,
            Words(
                "Alle afspraken samen: zoveel mogen er zijn per bundel, en dan nog wat hieronder staat.",
                "All agreements together: so many there may be for each bundle, and what is named below on top.",
            ),
        ),
        Threshold(
            "agreements_on_top",
            "S47",
            10,
            0,
            200,
            AGREEMENTS,
            Words(
                "Alle afspraken samen: zoveel bovenop het aantal per bundel.",
                "All agreements together: so many on top of the number for each bundle.",
            ),
        ),
        Threshold(
            "links_for_each_bundle",
            "S48",
            2,
            1,
            20,
            Words("keer afstemming", "points of coordination"),
            Words(
                "Meer afstemming tussen bundels dan dit aantal per bundel is veel.",
                "More coordination between bundles than this number for each bundle is much.",
            ),
        ),
        Threshold(
            "indicators",
            "S53",
            5,
            1,
            50,
            INDICATORS,
            Words(
                "Meer indicatoren dan dit voor het geheel zijn er veel.",
                "More indicators than this for the whole are many.",
            ),
        ),
        Threshold(
            "review_months",
            "S60",
            12,
            1,
            60,
            MONTHS,
            Words(
                "Een samenwerking die zo lang loopt zonder terugblik, is toe aan een.",
                "A collaboration that runs for so long without a review is due for one.",
            ),
        ),
        Threshold(
            "ideas_followed",
            "S62",
            5,
            1,
            50,
            IDEAS,
            Words(
                "Volgt iemand er meer op dan dit, dan vragen we die persoon en de coördinator of dat haalbaar is.",
                "When somebody follows more than this, we ask them and the coordinator whether that is feasible.",
            ),
        ),
        Threshold(
            "rounds",
            "S64",
            3,
            2,
            20,
            ROUNDS,
            Words(
                "Na zoveel keer dezelfde stap vragen we wat blijft haken.",
                "After so many times in one step we ask what keeps snagging.",
            ),
        ),
    ]
}


def thresholds(set_otherwise: Mapping[str, int]) -> dict[str, int]:
    """All of them by slug, with what an organisation set otherwise; what is out of bounds does not count."""
    return {slug: _number(threshold, set_otherwise.get(slug)) for slug, threshold in THRESHOLDS.items()}


def _number(threshold: Threshold, told: object) -> int:
    if not isinstance(told, int) or isinstance(told, bool):
        return threshold.default
    return told if threshold.least <= told <= threshold.most else threshold.default
