"""Which form of collaboration: overleg, ad hoc, or one of the four kinds of network. Source: domain.md 4.1 and B5."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.advice.advised import TOO_LITTLE, Advice, Option, in_view
from checks.advice.wordings import words_of, written
from checks.codes import Form, Rating, SectorRelation
from checks.picture import INDEFINITE, Picture
from checks.words import Words

# Up to and including so many months it is short; a network asks several years.
SHORT, SEVERAL_YEARS = 12, 24
MOST_WORDS_NAMED = 3

SAYS: Mapping[Form, Words] = {
    Form.CONSULTATION: Words(
        "Je leert elkaar kennen en wisselt informatie uit. Niemand zit ergens aan vast.",
        "You get to know each other and exchange information. Nobody is bound to anything.",
    ),
    Form.AD_HOC: Words(
        "Eén gezamenlijke actie rond iets concreets. Daarna stopt het.",
        "One joint action on something concrete. Then it ends.",
    ),
    Form.NETWORK: Words(
        "Een gedeeld doel dat niemand alleen haalt, met een engagement voor langere tijd.",
        "A common goal that nobody reaches alone, with a commitment for a longer time.",
    ),
    Form.NETWORK_INFO: Words(
        "Een netwerk dat elkaar blijvend op de hoogte houdt.", "A network that lastingly keeps each other informed."
    ),
    Form.NETWORK_LEARNING: Words(
        "Een netwerk waarin je leert van elkaars praktijk.", "A network in which you learn from each other's practice."
    ),
    Form.NETWORK_RESOURCE: Words(
        "Een netwerk dat schaarse middelen deelt: geld, plaatsen, systemen.",
        "A network that shares scarce means: money, places, systems.",
    ),
    Form.NETWORK_ACTION: Words(
        "Een netwerk dat samen een opdracht of een project uitvoert.",
        "A network that carries out a task or a project together.",
    ),
}

CLOSES = Words(
    "Geen enkele vorm is beter dan een andere: kies wat bij je doel past.",
    "No form is better than another: choose what fits your goal.",
)


@dataclass(frozen=True, slots=True)
class Doing:
    """What a network mainly does, by the stems of the Dutch verbs that tell so, with their nouns."""

    form: Form
    words: Words
    stems: tuple[str, ...]


# By main verb: weten, leren, delen, doen. In the order of commitment, the lightest first.
DOINGS = (
    Doing(
        Form.NETWORK_INFO,
        Words("weten", "knowing"),
        (
            "weten", "weet", "informer", "geïnformeer", "informatie", "inlicht", "uitwissel", "uit te wissel", "wissel",
            "overleg", "bespre", "signaler", "op de hoogte", "doorgeven", "rondvra", "in kaart", "leren kennen",
            "kennismak",
        ),
    ),
    Doing(
        Form.NETWORK_LEARNING,
        Words("leren", "learning"),
        (
            "leren(?! kennen)", "leert", "leersess", "leertraject", "leernetwerk", "bijleren", "aanleren", "oefen",
            "intervisie", "vorming", "opleid", "training", "trainen", "onderzoek", "reflect", "uitprober",
        ),
    ),
    Doing(
        Form.NETWORK_RESOURCE,
        Words("delen", "sharing"),
        (
            "delen", "deelt", "gedeeld", "aankop", "aankoop", "kopen", "contract", "huren", "huurt", "uitlenen",
            "lenen", "poolen", "systeem", "systemen", "offerte", "ter beschikking", "bespar",
        ),
    ),
    Doing(
        Form.NETWORK_ACTION,
        Words("doen", "doing"),
        (
            "begeleid", "opvang", "opvolg", "help", "geholpen", "vind", "zoek", "bezoek", "huisbezoek", "onthal",
            "organiser", "maken", "bouw", "oprichten", "opstart", "starten", "uitvoer", "wonen", "krijg", "aanspreken",
            "luister", "doorverwij", "verzorg", "bemann", "koken", "kookt", "geven", "geeft", "ontmoet", "ondersteun",
            "bereik", "aanbied", "huisvest", "behandel",
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that was entered, and how strongly it points to a form, or away from it where `weight` is negative."""

    form: Form
    weight: int
    says: Words


def advise_form(picture: Picture) -> Advice:
    """The forms that fit best and second best by what was entered.

    Only exchange makes overleg, a one-off action ad hoc; several years, complex and not possible alone a network, of
    the kind that its main verb tells. Where two fit as well, the lighter one comes first.
    """
    text = written(picture)
    told = {doing: words_of(text, doing.stems) for doing in DOINGS}
    signs = [*_signs(picture, told)]
    missing = tuple(_missing(picture, told))
    weights = {
        form: sum(sign.weight for sign in signs if sign.form is form)
        for form in (Form.CONSULTATION, Form.AD_HOC, Form.NETWORK)
    }
    ranked = [form for form in sorted(weights, key=lambda form: -weights[form]) if weights[form] > 0]
    options = [option for form in ranked for option in _options(form, signs, told)][:2]
    return Advice(
        opens=_opens(options[0]) if options else TOO_LITTLE,
        background="forms",
        closes=CLOSES,
        options=tuple(options),
        missing=missing,
        chosen=picture.form,
    )


def _options(form: Form, signs: list[Sign], told: Mapping[Doing, list[str]]) -> Iterator[Option]:
    """A form; for a network its two most likely kinds, or the network as such where no verb tells its kind."""
    reasons = tuple(sign.says for sign in signs if sign.form is form and sign.weight > 0)
    against = tuple(sign.says for sign in signs if sign.form is form and sign.weight < 0)
    kinds = sorted((doing for doing in told if told[doing]), key=lambda doing: -len(told[doing]))
    if form is not Form.NETWORK or not kinds:
        yield Option(form, SAYS[form], reasons, against)
        return
    for number, doing in enumerate(kinds):
        why = (*reasons, _verb(doing, told[doing])) if number == 0 else (_verb(doing, told[doing]),)
        yield Option(doing.form, SAYS[doing.form], why, against if number == 0 else ())


def _opens(option: Option) -> Words:
    article = "een " if option.code in {Form.AD_HOC, *_NETWORKS} else ""
    an = "" if option.code is Form.CONSULTATION else "an " if option.code.words.en[0] in "aeiou" else "a "
    return Words(
        f"Wat je invulde, lijkt het meest op {article}{option.code.words.nl}.",
        f"What you entered looks most like {an}{option.code.words.en}.",
    )


_NETWORKS = frozenset(form for form in Form if form.startswith("network"))


def _verb(doing: Doing, found: list[str]) -> Words:
    named = ", ".join(f"“{word}”" for word in found[:MOST_WORDS_NAMED])
    return Words(f"Het gaat om {doing.words.nl}: er staat {named}.", f"It is about {doing.words.en}: it says {named}.")


def _signs(picture: Picture, told: Mapping[Doing, list[str]]) -> Iterator[Sign]:
    yield from _signs_of_time(picture)
    yield from _signs_of_work(picture, told)
    yield from _signs_of_need(picture)


def _signs_of_time(picture: Picture) -> Iterator[Sign]:
    months = picture.duration
    if picture.flags.one_off:
        once = Words("Je noemt het een eenmalig probleem.", "You call it a one-off problem.")
        yield Sign(Form.AD_HOC, 4, once)
        yield Sign(Form.NETWORK, -3, once)
    if months == INDEFINITE:
        lasting = Words("Het heeft geen einddatum.", "It has no end date.")
        yield Sign(Form.NETWORK, 2, lasting)
        yield Sign(Form.AD_HOC, -2, lasting)
    elif months is not None and months <= SHORT:
        brief = Words(f"Het duurt kort: {_months(months).nl}.", f"It is short: {_months(months).en}.")
        yield Sign(Form.AD_HOC, 4, brief)
        yield Sign(Form.NETWORK, -3, brief)
    elif months is not None and months < SEVERAL_YEARS:
        yield Sign(Form.AD_HOC, 1, Words("Het heeft een einddatum.", "It has an end date."))
    elif months is not None:
        yield Sign(
            Form.NETWORK,
            2,
            Words(
                f"Het duurt meer dan één jaar: {_months(months).nl}.", f"It takes over a year: {_months(months).en}."
            ),
        )


def _months(months: int) -> Words:
    return Words("1 maand" if months == 1 else f"{months} maanden", "1 month" if months == 1 else f"{months} months")


def _signs_of_work(picture: Picture, told: Mapping[Doing, list[str]]) -> Iterator[Sign]:
    knowing, *other = told
    found = [doing for doing in other if told[doing]]
    if told[knowing] and not found:
        yield Sign(
            Form.CONSULTATION,
            4,
            Words("Je beschrijft vooral uitwisselen en bespreken.", "You mainly describe exchanging and discussing."),
        )
    if found:
        doing = max(found, key=lambda one: len(told[one]))
        says = Words(
            f"Jullie willen meer dan praten: het gaat ook om {doing.words.nl}.",
            f"You want more than talking: it is about {doing.words.en} too.",
        )
        yield Sign(Form.CONSULTATION, -3, says)
        yield Sign(Form.AD_HOC, 1, Words("Er is iets concreets te doen.", "There is something concrete to do."))
    if picture.bundles or picture.activities:
        work = Words("Er is werk verdeeld.", "Work has been divided.")
        yield Sign(Form.CONSULTATION, -2, work)


def _signs_of_need(picture: Picture) -> Iterator[Sign]:
    partners, alone = in_view(picture), picture.checks.samenwerk.beyond.value
    if len(partners) == 1:
        yield Sign(
            Form.NETWORK,
            -2,
            Words(
                "Er is één partner: een netwerk begint bij drie organisaties.",
                "There is one partner: a network begins at three organisations.",
            ),
        )
        yield Sign(Form.AD_HOC, 1, Words("Jullie zijn met twee.", "There are two of you."))
    bringers = {name for piece in picture.pieces if piece.needed for name in piece.by}
    if len(bringers) > 2:
        yield Sign(
            Form.NETWORK,
            2,
            Words(
                f"De puzzelstukken liggen bij {len(bringers)} organisaties.",
                f"The pieces lie with {len(bringers)} organisations.",
            ),
        )
    elif len(partners) > 1:
        yield Sign(
            Form.NETWORK,
            1,
            Words(
                f"Er zijn {len(partners) + 1} organisaties in beeld.", f"{len(partners) + 1} organisations are in view."
            ),
        )
    if len(partners) > 1 and any(partner.relation is SectorRelation.OUTSIDE for partner in partners):
        yield Sign(
            Form.NETWORK,
            1,
            Words(
                "Het vraagt partners van buiten welzijn en gezondheid.",
                "It asks partners from outside welfare and health.",
            ),
        )
    if alone is Rating.YES:
        yield Sign(Form.NETWORK, 1, Words("Niemand haalt dit doel alleen.", "Nobody reaches this goal alone."))
    if alone is Rating.NO:
        yield Sign(
            Form.NETWORK,
            -2,
            Words(
                "Volgens de samenwerkcheck kan één partner dit alleen.",
                "One partner could do it alone, says the samenwerkcheck.",
            ),
        )


def _missing(picture: Picture, told: Mapping[Doing, list[str]]) -> Iterator[Words]:
    if not any(told.values()):
        yield Words("wat jullie samen gaan doen (doelen en aanpak)", "what you will do together (goals and approach)")
    if picture.duration is None and not picture.flags.one_off:
        yield Words("hoelang het duurt", "how long it takes")
    if not in_view(picture):
        yield Words("met wie", "with whom")
    if picture.checks.samenwerk.beyond.value in {None, Rating.UNKNOWN}:
        yield Words("of het doel meer vraagt dan één partner kan", "whether the goal asks more than one partner can do")
