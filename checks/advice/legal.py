"""Which legal form deserves a look. Source: domain.md 4.5 (B8) and 4.6.

Most need no more than a samenwerkingsovereenkomst. It points to what is worth asking about and never drafts a deed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from checks.advice.advised import Advice, Option, at_the_table, in_view
from checks.advice.wordings import arranged, words_of
from checks.codes import AgreementAbout, Benefit, Domain, Form, OrganisationKind, Origin, Theme
from checks.picture import INDEFINITE, Picture
from checks.words import Code, Words

LAST_CHECKED = date(2026, 11, 23)
AT_MOST, LASTING, TEMPORARY, MANY = 3, 36, 24, 5
GOVERNMENT = frozenset({OrganisationKind.GOVERNMENT_LOCAL, OrganisationKind.GOVERNMENT_OTHER})


class LegalForm(Code):
    """What a collaboration may look like in Belgian and Flemish law. The names stay Dutch in both languages."""

    AGREEMENT = "agreement", "samenwerkingsovereenkomst", "samenwerkingsovereenkomst (agreement)"
    DE_FACTO = "de_facto", "feitelijke vereniging", "feitelijke vereniging (de facto association)"
    VZW = "vzw", "vzw", "vzw (non-profit association)"
    MAATSCHAP = "maatschap", "maatschap", "maatschap (partnership)"
    CV = "cv", "coöperatieve vennootschap (CV)", "coöperatieve vennootschap (cooperative)"
    FOUNDATION = "foundation", "private stichting", "private stichting (private foundation)"
    COST_SHARING = (
        "cost_sharing",
        "zelfstandige groepering (kostendelende vereniging)",
        "zelfstandige groepering (cost-sharing group)",
    )
    WELFARE_ASSOCIATION = "welfare_association", "welzijnsvereniging", "welzijnsvereniging (of public welfare centres)"
    LOCAL_GOVERNMENT_OTHER = (
        "local_government_other",
        "een andere vorm uit het Decreet lokaal bestuur",
        "another form of the Flemish decree on local government",
    )
    INTERMUNICIPAL = (
        "intermunicipal",
        "interlokale vereniging of projectvereniging",
        "interlokale vereniging or projectvereniging (of municipalities)",
    )
    EGTS = "egts", "EGTS", "EGTC (European grouping)"
    EMPLOYERS_GROUP = "employers_group", "werkgeversgroepering", "werkgeversgroepering (employers' group)"


@dataclass(frozen=True, slots=True)
class Told:
    """A legal form in one line, and what to watch."""

    says: Words
    caution: Words


TOLD: Mapping[LegalForm, Told] = {
    LegalForm.AGREEMENT: Told(
        Words("Een contract. Iedereen blijft zichzelf.", "A contract. All stay themselves."),
        Words(
            "Past niet om samen personeel aan te werven of iets te bezitten. Wie samen middelen inlegt om winst te "
            "delen, kan zonder het te willen een maatschap vormen.",
            "Does not fit hiring staff or owning something together. Who pools means to share a gain may form a "
            "maatschap without wanting to.",
        ),
    ),
    LegalForm.DE_FACTO: Told(
        Words(
            "Een groep met een naam, maar zonder eigen rechten. De leden staan zelf in voor de schulden.",
            "A group with a name but without rights of its own. The members answer for the debts themselves.",
        ),
        Words(
            "Niet voor personeel, een huurcontract of een subsidie die rechtspersoonlijkheid vraagt.",
            "Not for staff, a lease or a subsidy that asks legal personality.",
        ),
    ),
    LegalForm.VZW: Told(
        Words(
            "Een eigen organisatie met leden. Ze mag geld verdienen, maar niet uitdelen aan de leden.",
            "An organisation of its own with members. It may earn money, but not hand it out to the members.",
        ),
        Words(
            "Vraagt statuten, een bestuur en een boekhouding, jaar na jaar.",
            "Asks statutes, a board and accounts, year after year.",
        ),
    ),
    LegalForm.MAATSCHAP: Told(
        Words(
            "Samen ondernemen op contract. Je bent mee aansprakelijk voor alles.",
            "Doing business together by contract. You are liable for everything.",
        ),
        Words(
            "Is bedoeld om voordeel te delen. Dat past moeilijk bij een organisatie zonder winstoogmerk.",
            "Is meant to share a gain. That fits badly with a non-profit organisation.",
        ),
    ),
    LegalForm.CV: Told(
        Words("Een onderneming van en voor de gebruikers.", "A company of and for its users."),
        Words(
            "Vraagt drie oprichters, een notaris, een financieel plan en genoeg startgeld.",
            "Asks three founders, a notary, a financial plan and enough money to start.",
        ),
    ),
    LegalForm.FOUNDATION: Told(
        Words(
            "Geld of goederen, vastgezet voor een doel. Zonder leden.",
            "Money or goods, set aside for a purpose. Without members.",
        ),
        Words("Past niet als de partners zelf willen sturen.", "Does not fit where the partners want to steer."),
    ),
    LegalForm.COST_SHARING: Told(
        Words(
            "Een btw-regeling voor wie kosten deelt. Geen aparte rechtsvorm.",
            "A VAT rule for those who share costs. No legal form of its own.",
        ),
        Words(
            "De voorwaarden zijn streng: vooral vrijgestelde leden, enkel diensten, enkel het aandeel in de kosten. En "
            "je moet het melden bij de btw.",
            "The conditions are strict: mainly exempt members, services only, the share of the costs only. And it must "
            "be declared to the VAT office.",
        ),
    ),
    LegalForm.WELFARE_ASSOCIATION: Told(
        Words(
            "Een openbare rechtspersoon van OCMW's en partners.",
            "A public body of public welfare centres and partners.",
        ),
        Words(
            "Enkel met een OCMW erbij en zonder partners met winstoogmerk. Zwaar toezicht.",
            "Only with an OCMW and without partners for profit. Heavy supervision.",
        ),
    ),
    LegalForm.LOCAL_GOVERNMENT_OTHER: Told(
        Words(
            "Voor woonzorg en ziekenhuizen heeft het decreet eigen vormen, ook met private partners.",
            "For residential care and hospitals the decree has forms of its own, also with private partners.",
        ),
        Words("Vraagt een beslissing van het OCMW en veel tijd.", "Asks a decision of the OCMW and much time."),
    ),
    LegalForm.INTERMUNICIPAL: Told(
        Words(
            "Gemeenten die samen een project dragen, met of zonder eigen rechtspersoon.",
            "Municipalities that carry a project together, with or without a legal person of its own.",
        ),
        Words(
            "De gemeenten hebben de leiding en hun raden beslissen. De duur kan beperkt zijn.",
            "The municipalities lead and their councils decide. The duration may be limited.",
        ),
    ),
    LegalForm.EGTS: Told(
        Words(
            "Een Europese rechtspersoon voor besturen over de grens heen.",
            "A European legal person for authorities across the border.",
        ),
        Words(
            "Bedoeld voor overheden uit minstens twee landen. Een gewone vzw kan meestal niet meedoen.",
            "Meant for authorities from at least two countries. A plain vzw usually cannot join.",
        ),
    ),
    LegalForm.EMPLOYERS_GROUP: Told(
        Words(
            "Partners werven samen een medewerker aan die voor hen allemaal werkt.",
            "Partners together employ somebody who works for all of them.",
        ),
        Words(
            "Vraagt een toelating, en de leden staan samen in voor belastingen en sociale bijdragen.",
            "Asks a permission, and the members answer together for taxes and social contributions.",
        ),
    ),
}

CLOSES = Words(
    "Vraag altijd een jurist, een notaris of je koepel, en laat dit nakijken: het is geen juridisch advies.",
    "Always ask a lawyer, a notary or your umbrella organisation, and have this checked: it is no legal advice.",
)

HIRING = ("aanwerv", "aangeworven", "in dienst", "werkgever", "eigen personeel", "loonkost")
OWNING = ("eigendom", "gebouw", "pand", "aankop", "aankoop", "huurcontract", "onroerend", "patrimonium")
CONTRACTING = (
    "eigen rekening",
    "eigen budget",
    "rechtspersoon",
    "nieuwe vzw",
    "contracten tekenen",
    "eigen organisatie",
)
KEEPING = ("fonds", "nalatenschap", "schenking", "patrimonium", "vermogen")
BORDER = (
    "grensoverschrijdend",
    "over de grens",
    "interreg",
    "nederland",
    "duitsland",
    "frankrijk",
    "luxemburg",
    "europese",
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that was entered and points to a legal form, and how strongly."""

    form: LegalForm
    weight: int
    says: Words


def advise_legal_form(picture: Picture) -> Advice:
    """At most three legal forms that deserve a look. The agreement is always among them, and mostly first."""
    signs = [*_signs(picture)]
    weights = {form: sum(sign.weight for sign in signs if sign.form is form) for form in LegalForm}
    ranked = [form for form in sorted(weights, key=lambda form: -weights[form]) if weights[form] > 0]
    looked_at = ranked[:AT_MOST]
    if LegalForm.AGREEMENT not in looked_at:
        looked_at = [*looked_at[: AT_MOST - 1], LegalForm.AGREEMENT]
    options = tuple(_option(form, signs) for form in looked_at)
    return Advice(
        opens=_opens(options),
        background="legal",
        closes=CLOSES,
        options=options,
        missing=tuple(_missing(picture)),
        alarms=tuple(_alarms(picture)),
        checked_on=LAST_CHECKED,
    )


def _opens(options: tuple[Option, ...]) -> Words:
    best = options[0].code.words
    if options[0].code is not LegalForm.AGREEMENT:
        return Words(f"Bekijk eens: {best.nl}.", f"Have a look at: {best.en}.")
    return Words(
        "Een samenwerkingsovereenkomst lijkt te volstaan."
        if len(options) == 1
        else "Begin met een samenwerkingsovereenkomst. Kijk ook eens verder.",
        "A samenwerkingsovereenkomst (agreement) seems to be enough."
        if len(options) == 1
        else "Begin with a samenwerkingsovereenkomst (agreement). Look a bit further too.",
    )


MOSTLY_ENOUGH = Words("De meeste samenwerkingen hebben niet meer nodig.", "Most collaborations need no more.")


def _option(form: LegalForm, signs: list[Sign]) -> Option:
    reasons = tuple(sign.says for sign in signs if sign.form is form)
    return Option(form, TOLD[form].says, reasons or (MOSTLY_ENOUGH,), (TOLD[form].caution,))


def _lasts(picture: Picture) -> bool:
    return picture.duration == INDEFINITE or (picture.duration or 0) >= LASTING


def _signs(picture: Picture) -> Iterator[Sign]:
    """The five questions of B8, as far as what was entered answers them."""
    yield from _stands_together(picture)
    yield from _shares_money(picture)
    yield from _public_authority(picture)
    yield from _light_or_temporary(picture)


def _stands_together(picture: Picture) -> Iterator[Sign]:
    """Do they hire staff, own property or sign contracts together?"""
    arrangements = arranged(picture)
    hiring, owning = words_of(arrangements, HIRING), words_of(arrangements, OWNING)
    together = [*hiring, *owning, *words_of(arrangements, CONTRACTING)]
    yield Sign(LegalForm.AGREEMENT, 3, MOSTLY_ENOUGH)
    if together and _lasts(picture):
        named = ", ".join(f"“{word}”" for word in dict.fromkeys(together[:3]))
        yield Sign(
            LegalForm.VZW,
            4,
            Words(
                f"Er staat {named}: wie is dan werkgever, eigenaar of ondertekenaar?",
                f"It says {named}: who then is the employer, the owner or the one who signs?",
            ),
        )
    if _lasts(picture) and picture.finance.income and len(at_the_table(picture)) >= MANY:
        yield Sign(
            LegalForm.VZW,
            1,
            Words(
                "Het blijft duren, met eigen inkomsten en veel partners.",
                "It lasts, with income of its own and many partners.",
            ),
        )
    if owning and (keeping := words_of(arrangements, KEEPING)):
        yield Sign(
            LegalForm.FOUNDATION,
            2,
            Words(f"Er moet iets bewaard blijven: “{keeping[0]}”.", f"Something must be kept safe: “{keeping[0]}”."),
        )
    if picture.flags.staff_lent:
        lent = Words("Personeel van de ene werkt voor de andere.", "Staff of one works for another.")
        yield Sign(LegalForm.EMPLOYERS_GROUP, 2 if _lasts(picture) or hiring else 1, lent)


def _shares_money(picture: Picture) -> Iterator[Sign]:
    """Is money shared, and is there VAT? How open are entry and exit?"""
    service = {Theme.ICT, Theme.HRM, Theme.FINANCE_PURCHASE, Theme.MANAGEMENT} & {*picture.themes}
    if picture.flags.costs_recharged:
        yield Sign(
            LegalForm.COST_SHARING,
            3 if service else 2,
            Words("Kosten worden doorgerekend tussen partners.", "Costs are recharged between partners."),
        )
    if (
        picture.form is Form.NETWORK_RESOURCE
        and _lasts(picture)
        and (service or Benefit.COST_SCALE in picture.benefits)
    ):
        yield Sign(
            LegalForm.CV,
            2,
            Words(
                "De partners gebruiken zelf wat ze samen dragen.",
                "The partners themselves use what they carry together.",
            ),
        )
    if (
        any(agreement.about is AgreementAbout.EXIT for agreement in picture.overall)
        and Benefit.COST_SCALE in picture.benefits
    ):
        yield Sign(LegalForm.CV, 1, Words("Wie meedoet, kan in- en uitstappen.", "Members can step in and out."))


def _public_authority(picture: Picture) -> Iterator[Sign]:
    """Is a public authority taking part?"""
    partners = in_view(picture)
    local = [one for one in partners if one.kind is OrganisationKind.GOVERNMENT_LOCAL]
    public = [one for one in partners if one.kind in GOVERNMENT]
    for_profit = any(one.kind is OrganisationKind.PROFIT for one in partners)
    if local and _lasts(picture) and not for_profit:
        yield Sign(
            LegalForm.WELFARE_ASSOCIATION,
            1,
            Words("Een lokaal bestuur of OCMW doet voor lang mee.", "A local government or OCMW takes part for long."),
        )
    if local and any(one.domain in {Domain.ELDERLY, Domain.HEALTH} for one in partners) and _lasts(picture):
        yield Sign(
            LegalForm.LOCAL_GOVERNMENT_OTHER,
            2,
            Words("Het gaat om zorg, samen met een lokaal bestuur.", "It is about care, with a local government."),
        )
    if len(local) > 1:
        yield Sign(
            LegalForm.INTERMUNICIPAL,
            2,
            Words(f"Er doen {len(local)} lokale besturen mee.", f"{len(local)} local governments take part."),
        )
    if public and (found := words_of(f"{arranged(picture)} {picture.challenge} {picture.origin.text}", BORDER)):
        yield Sign(
            LegalForm.EGTS,
            2,
            Words(
                f"Er staat “{found[0]}”, en er doet een overheid mee.",
                f"It says “{found[0]}”, and an authority takes part.",
            ),
        )


def _light_or_temporary(picture: Picture) -> Iterator[Sign]:
    light = picture.form in {Form.CONSULTATION, Form.NETWORK_INFO, Form.NETWORK_LEARNING}
    careful = picture.flags.client_data_shared or picture.flags.staff_lent or picture.flags.costs_recharged
    if light and not careful and not picture.finance.cost_year:
        yield Sign(
            LegalForm.DE_FACTO,
            1,
            Words("Het blijft licht: weinig geld, weinig risico.", "It stays light: little money, little risk."),
        )
    months = picture.duration
    brief = picture.flags.one_off or (isinstance(months, int) and months <= TEMPORARY)
    if brief and picture.origin.type is Origin.CALL_OR_SUBSIDY:
        yield Sign(
            LegalForm.MAATSCHAP,
            1,
            Words("Het is tijdelijk, voor één oproep of opdracht.", "It is temporary, for one call or assignment."),
        )


def _missing(picture: Picture) -> Iterator[Words]:
    arrangements = arranged(picture)
    if not words_of(arrangements, (*HIRING, *OWNING, *CONTRACTING)):
        yield Words(
            "of jullie samen personeel aanwerven, iets bezitten of contracten tekenen",
            "whether you hire staff, own something or sign contracts together",
        )
    about = {agreement.about for agreement in picture.overall}
    if AgreementAbout.MONEY not in about:
        yield Words("wie het risico draagt", "who carries the risk")
    if AgreementAbout.EXIT not in about:
        yield Words("hoe partners in- en uitstappen", "how partners step in and out")
    if picture.duration is None:
        yield Words("hoelang het duurt", "how long it takes")
    if any(partner.kind is None for partner in in_view(picture)) or not in_view(picture):
        yield Words("wat voor organisaties de partners zijn", "what kind of organisations the partners are")


def _alarms(picture: Picture) -> Iterator[Words]:
    """The three alarms of B8."""
    if picture.flags.staff_lent:
        yield Words(
            "Personeel uitlenen is in principe verboden. Er zijn uitzonderingen: laat ze nakijken.",
            "Lending staff is forbidden in principle. There are exceptions: have them checked.",
        )
    if picture.flags.costs_recharged and not picture.flags.vat_checked:
        yield Words(
            "Op doorgerekende kosten kan btw komen. Laat dat eerst nakijken.",
            "Recharged costs may carry VAT. Have that checked first.",
        )
    if picture.flags.client_data_shared and not picture.flags.data_agreement.strip():
        yield Words(
            "Jullie delen gegevens van cliënten. Spreek af wie waarvoor instaat, ook voor het beroepsgeheim.",
            "You share client data. Agree who answers for what, professional secrecy included.",
        )
