"""Which form of collaboration fits."""

from dataclasses import replace

import pytest

from checks.advice.forms import DOINGS, SAYS, advise_form
from checks.codes import Form, PartnerStatus, Rating
from checks.picture import Checks, Flags, Goal, Partner, Picture, Piece, Rated, Samenwerkcheck

TWO = (Partner(name="De Brug"), Partner(name="De Kade"))
NETWORK = Picture(
    title="Samen wonen",
    own_org="Wij",
    duration="indefinite",
    partners=TWO,
    pieces=(Piece(name="Huis", by=("De Brug",)), Piece(name="Tuin", by=("De Kade",)), Piece(name="Tijd", by=("Wij",))),
    checks=Checks(samenwerk=Samenwerkcheck(beyond=Rated(value=Rating.YES))),
)
CASES = {
    "only exchange": (
        Picture(title="a", approach="We overleggen en wisselen informatie uit.", partners=TWO),
        Form.CONSULTATION,
        "uitwisselen en bespreken",
    ),
    "a one-off problem": (
        Picture(title="a", approach="We koken samen.", flags=Flags(one_off=True), partners=TWO),
        Form.AD_HOC,
        "eenmalig probleem",
    ),
    "a few months": (
        Picture(title="a", approach="We koken samen.", duration=5, partners=TWO),
        Form.AD_HOC,
        "5 maanden",
    ),
    "a network by what it informs": (replace(NETWORK, approach="We informeren elkaar."), Form.NETWORK_INFO, "weten"),
    "a network by what it learns": (replace(NETWORK, approach="We oefenen en leren."), Form.NETWORK_LEARNING, "leren"),
    "a network by what it shares": (replace(NETWORK, approach="We huren en delen."), Form.NETWORK_RESOURCE, "delen"),
    "a network by what it does": (replace(NETWORK, approach="We begeleiden en koken."), Form.NETWORK_ACTION, "doen"),
    "a network of which no verb tells the kind": (NETWORK, Form.NETWORK, "3 organisaties"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_form_is_advised_with_its_reason(case: str) -> None:
    picture, form, reason = CASES[case]
    advice = advise_form(picture)
    assert advice.best is not None
    assert advice.best.code is form
    assert any(reason in said.nl for said in advice.best.reasons), advice.best.reasons
    assert form.words.nl in advice.opens.nl


def test_the_second_best_has_its_reasons_too() -> None:
    advice = advise_form(replace(NETWORK, approach="We begeleiden, helpen en leren."))
    assert advice.second is not None
    assert advice.second.code is Form.NETWORK_LEARNING
    assert advice.second.reasons[0].nl == "Het gaat om leren: er staat “leren”."


def test_what_is_not_answered_is_missing_and_never_guessed() -> None:
    advice = advise_form(Picture(title="a"))
    assert advice.best is None
    assert [one.en for one in advice.missing] == [
        "what you will do together (goals and approach)",
        "how long it takes",
        "with whom",
        "whether the goal asks more than one partner can do",
    ]
    assert advise_form(replace(NETWORK, approach="We koken.")).missing == ()


def test_what_speaks_against_a_form_is_told() -> None:
    alone = replace(NETWORK, approach="We koken.", partners=TWO[:1])
    advice = advise_form(alone)
    assert advice.best is not None
    assert "Er is één partner: een netwerk begint bij drie organisaties." in [said.nl for said in advice.best.against]


def test_who_dropped_out_no_longer_counts() -> None:
    gone = replace(TWO[0], status=PartnerStatus.DROPPED_OUT)
    advice = advise_form(Picture(title="a", partners=(gone,)))
    assert "with whom" in [one.en for one in advice.missing]


def test_the_main_verb_is_the_one_that_is_said_most() -> None:
    goals = (Goal(text="Iedereen leert."), Goal(text="We begeleiden en helpen elke gast."))
    advice = advise_form(replace(NETWORK, goals=goals))
    assert advice.best is not None
    assert advice.best.code is Form.NETWORK_ACTION


def test_what_was_chosen_is_known() -> None:
    chosen = advise_form(replace(NETWORK, approach="We koken.", form=Form.NETWORK_ACTION))
    assert chosen.is_chosen
    assert not advise_form(replace(NETWORK, approach="We koken.", form=Form.AD_HOC)).is_chosen


def test_every_form_has_its_line_and_every_kind_of_network_its_verb() -> None:
    assert set(SAYS) == set(Form)
    assert {doing.form for doing in DOINGS} == {form for form in Form if form.startswith("network.")}
