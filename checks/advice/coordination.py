"""Which coordination: shared, a lead partner, or external.

Source: domain.md part 5, after Provan and Kenis (2008): four contingencies, and for each form what fits it. What comes
out as an order is never told as a number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.advice.advised import TOO_LITTLE, Advice, Option, at_the_table
from checks.codes import Coordination, Motive, OrganisationKind, Origin, Rating
from checks.picture import Picture
from checks.words import Words

GOVERNMENT = frozenset({OrganisationKind.GOVERNMENT_LOCAL, OrganisationKind.GOVERNMENT_OTHER})
RATED = {Rating.YES: 2, Rating.PARTLY: 1, Rating.NO: 0}
LOW, MIDDLE, HIGH = 0, 1, 2
# Up to and including so many organisations are few; then moderate; more are many.
FEW, MODERATE = 5, 10
# Pieces times demands from outside, up to and including which little, or some skill is asked of who coordinates.
LITTLE_SKILL, SOME_SKILL = 6, 15
# Means of answers (0 to 2) from which trust is high, and up to which it is low.
MUCH_TRUST, LITTLE_TRUST = 1.5, 0.5
ENOUGH = 2

SAYS: Mapping[Coordination, Words] = {
    Coordination.SHARED: Words(
        "De partners sturen samen: iedereen beslist en regelt mee.",
        "The partners steer together: all decide and arrange.",
    ),
    Coordination.LEAD_PARTNER: Words(
        "Eén partner trekt, roept samen en houdt het geheel bijeen.",
        "One partner leads, convenes and keeps the whole together.",
    ),
    Coordination.EXTERNAL_COORDINATOR: Words(
        "Iemand die geen partner is, coördineert. De partners zien daarop toe.",
        "Somebody who is no partner coordinates. The partners watch over it.",
    ),
}

CLOSES = Words(
    "Het onderzoek hierover is verdeeld: neem dit als hulp, niet als wet.",
    "Research on this is fragmented: take it as an aid, not as a law.",
)


@dataclass(frozen=True, slots=True)
class Contingency:
    """One of the four: how it stands here, low, middle or high, and in words; and at which levels each form fits."""

    level: int
    says: Words
    fits: Mapping[Coordination, frozenset[int]]

    def fit(self, form: Coordination) -> float:
        """1 where this form fits, a half where it is one off, else 0."""
        distance = min(abs(self.level - level) for level in self.fits[form])
        return max(0.0, 1 - distance / 2)


def _fits(shared: set[int], lead: set[int], external: set[int]) -> Mapping[Coordination, frozenset[int]]:
    return {
        Coordination.SHARED: frozenset(shared),
        Coordination.LEAD_PARTNER: frozenset(lead),
        Coordination.EXTERNAL_COORDINATOR: frozenset(external),
    }


TRUST = _fits({HIGH}, {LOW}, {MIDDLE})
ORGANISATIONS = _fits({LOW}, {MIDDLE}, {MIDDLE, HIGH})
CONSENSUS = _fits({HIGH}, {LOW, MIDDLE}, {MIDDLE, HIGH})
SKILL = _fits({LOW}, {MIDDLE}, {HIGH})

TRUSTED = (
    Words("Er is weinig vertrouwen in elkaar.", "There is little trust in each other."),
    Words("Het vertrouwen in elkaar is gemengd.", "Trust in each other is mixed."),
    Words("Er is veel vertrouwen in elkaar.", "There is much trust in each other."),
)
AGREED = (
    Words("De partners delen de doelen nog niet.", "The partners do not share the goals yet."),
    Words("De partners delen de doelen deels.", "The partners share the goals in part."),
    Words("De partners delen de doelen.", "The partners share the goals."),
)
ASKED = (
    Words("Het geheel vraagt weinig extra van wie coördineert", "The whole asks little extra of who coordinates"),
    Words("Het geheel vraagt iets extra van wie coördineert", "The whole asks something of who coordinates"),
    Words("Het geheel vraagt veel van wie coördineert", "The whole asks much of who coordinates"),
)


def advise_coordination(picture: Picture) -> Advice:
    """The coordination that fits best and second best. Where two fit as well, the lighter one comes first."""
    known = [*_known(picture)]
    fits = {form: sum(one.fit(form) for one in known) for form in SAYS}
    ranked = sorted(fits, key=lambda form: -fits[form])[:2] if len(known) >= ENOUGH else []
    options = tuple(_option(form, known) for form in ranked)
    return Advice(
        opens=_opens(options[0]) if options else TOO_LITTLE,
        background="coordination",
        closes=CLOSES,
        options=options,
        missing=tuple(_missing(picture)),
        chosen=picture.checks.samenwerk.coordination.value,
    )


def _opens(best: Option) -> Words:
    opens = {
        Coordination.SHARED: Words(
            "Samen coördineren lijkt hier te passen.", "Coordinating together seems to fit here."
        ),
        Coordination.LEAD_PARTNER: Words(
            "Een partner die trekt, lijkt hier te passen.", "A partner that leads seems to fit here."
        ),
        Coordination.EXTERNAL_COORDINATOR: Words(
            "Een coördinator van buiten lijkt hier te passen.", "A coordinator from outside seems to fit here."
        ),
    }
    return opens[Coordination(best.code)]


NEAREST = Words(
    "Van de drie ligt dit het dichtst bij wat je invulde.", "Of the three this lies nearest to what you entered."
)


def _option(form: Coordination, known: list[Contingency]) -> Option:
    reasons = tuple(one.says for one in known if one.fit(form) == 1)
    against = tuple(one.says for one in known if one.fit(form) == 0)
    return Option(form, SAYS[form], reasons or (NEAREST,), against)


def _known(picture: Picture) -> Iterator[Contingency]:
    """The contingencies on which something was entered."""
    check = picture.checks.samenwerk
    answers = [RATED[one] for one in (check.atmosphere.value, check.shared.value, check.equal.value) if one in RATED]
    if answers:
        mean = sum(answers) / len(answers)
        level = HIGH if mean >= MUCH_TRUST else LOW if mean <= LITTLE_TRUST else MIDDLE
        yield Contingency(level, TRUSTED[level], TRUST)
    if partners := at_the_table(picture):
        count = len(partners) + 1
        level = LOW if count <= FEW else MIDDLE if count <= MODERATE else HIGH
        yield Contingency(level, _how_many(count, level), ORGANISATIONS)
    if check.shared.value in RATED:
        level = RATED[check.shared.value]
        yield Contingency(level, AGREED[level], CONSENSUS)
    if pieces := sum(piece.needed for piece in picture.pieces):
        demands = [*_demands(picture)]
        asked = pieces * len(demands)
        level = LOW if asked <= LITTLE_SKILL else MIDDLE if asked <= SOME_SKILL else HIGH
        yield Contingency(level, _what_it_asks(level, pieces, demands), SKILL)


NO_DEMANDS = Words("geen eisen van buiten", "no demands from outside")


def _how_many(count: int, level: int) -> Words:
    nl = ("Jullie zijn met weinig", "Jullie zijn al een hele groep", "Jullie zijn met veel")[level]
    en = ("You are few", "You are quite a group", "You are many")[level]
    return Words(f"{nl}: {count} organisaties.", f"{en}: {count} organisations.")


def _what_it_asks(level: int, pieces: int, demands: list[Words]) -> Words:
    demands = demands or [NO_DEMANDS]
    nl = "1 nodig puzzelstuk" if pieces == 1 else f"{pieces} nodige puzzelstukken"
    en = "1 needed piece" if pieces == 1 else f"{pieces} needed pieces"
    return Words(
        f"{ASKED[level].nl}: {', '.join([nl, *(one.nl for one in demands)])}.",
        f"{ASKED[level].en}: {', '.join([en, *(one.en for one in demands)])}.",
    )


def _demands(picture: Picture) -> Iterator[Words]:
    """What the outside asks of the collaboration as a whole."""
    asked = picture.origin.type in {Origin.CALL_OR_SUBSIDY, Origin.IMPOSED} or picture.motive is Motive.IMPOSED
    if asked:
        yield Words("een opdracht of oproep van buiten", "an assignment or call from outside")
    if picture.flags.client_data_shared:
        yield Words("gegevens van cliënten", "client data")
    if picture.flags.staff_lent:
        yield Words("personeel dat voor een ander werkt", "staff that works for another")
    if picture.flags.costs_recharged:
        yield Words("kosten die je doorrekent", "costs that are recharged")
    if any(partner.kind in GOVERNMENT for partner in at_the_table(picture)):
        yield Words("een overheid als partner", "a public authority as partner")


def _missing(picture: Picture) -> Iterator[Words]:
    check = picture.checks.samenwerk
    if not at_the_table(picture):
        yield Words("welke partners betrokken of bevestigd zijn", "which partners are involved or confirmed")
    if check.shared.value not in RATED:
        yield Words("of de partners de doelen delen", "whether the partners share the goals")
    if check.equal.value not in RATED:
        yield Words("of de partners gelijkwaardig zijn", "whether the partners are equal")
    if check.atmosphere.value not in RATED:
        yield Words("hoe de sfeer is", "how the atmosphere is")
    if not any(piece.needed for piece in picture.pieces):
        yield Words("welke puzzelstukken nodig zijn", "which puzzle pieces are needed")
