"""Which legal form deserves a look."""

from dataclasses import replace

import pytest

from checks.advice.legal import AT_MOST, LAST_CHECKED, TOLD, LegalForm, advise_legal_form
from checks.codes import AgreementAbout, Benefit, Domain, Form, OrganisationKind, Origin, Theme
from checks.picture import Agreement, Flags, OriginOfIdea, Partner, Picture

LASTING = Picture(title="a", duration="indefinite")
TOWN, OTHER_TOWN = (Partner(name=name, kind=OrganisationKind.GOVERNMENT_LOCAL) for name in ("Zonbeek", "Kouterlo"))
CASES = {
    LegalForm.AGREEMENT: (Picture(title="a"), "niet meer nodig"),
    LegalForm.DE_FACTO: (Picture(title="a", form=Form.NETWORK_LEARNING), "blijft licht"),
    LegalForm.VZW: (replace(LASTING, approach="We nemen samen iemand in dienst."), "“in dienst”"),
    LegalForm.MAATSCHAP: (
        Picture(title="a", duration=12, origin=OriginOfIdea(type=Origin.CALL_OR_SUBSIDY)),
        "tijdelijk",
    ),
    LegalForm.CV: (replace(LASTING, form=Form.NETWORK_RESOURCE, benefits=(Benefit.COST_SCALE,)), "gebruiken zelf"),
    LegalForm.FOUNDATION: (
        Picture(title="a", approach="Het gebouw komt uit een nalatenschap."),
        "“nalatenschap”",
    ),
    LegalForm.COST_SHARING: (
        Picture(title="a", flags=Flags(costs_recharged=True), themes=(Theme.ICT,)),
        "doorgerekend",
    ),
    LegalForm.WELFARE_ASSOCIATION: (replace(LASTING, partners=(TOWN,)), "voor lang"),
    LegalForm.LOCAL_GOVERNMENT_OTHER: (
        replace(LASTING, partners=(TOWN, Partner(name="Rusthuis", domain=Domain.ELDERLY))),
        "om zorg",
    ),
    LegalForm.INTERMUNICIPAL: (Picture(title="a", partners=(TOWN, OTHER_TOWN)), "2 lokale besturen"),
    LegalForm.EGTS: (Picture(title="a", partners=(TOWN,), approach="Een grensoverschrijdend project."), "“grens"),
    LegalForm.EMPLOYERS_GROUP: (Picture(title="a", flags=Flags(staff_lent=True)), "werkt voor de andere"),
}


@pytest.mark.parametrize("form", LegalForm)
def test_each_form_can_deserve_a_look_with_its_reason_and_its_caution(form: LegalForm) -> None:
    picture, reason = CASES[form]
    option = next(option for option in advise_legal_form(picture).options if option.code is form)
    assert any(reason in said.nl for said in option.reasons), option.reasons
    assert option.against == (TOLD[form].caution,)
    assert option.says == TOLD[form].says


def test_most_need_only_an_agreement() -> None:
    advice = advise_legal_form(Picture(title="a"))
    assert [option.code for option in advice.options] == [LegalForm.AGREEMENT]
    assert advice.opens.nl == "Een samenwerkingsovereenkomst lijkt te volstaan."


def test_who_hires_together_is_sent_to_another_form_first_and_the_agreement_stays_in_view() -> None:
    advice = advise_legal_form(CASES[LegalForm.VZW][0])
    assert [option.code for option in advice.options] == [LegalForm.VZW, LegalForm.AGREEMENT]
    assert advice.opens.nl == "Bekijk eens: vzw."


def test_there_are_three_at_most_and_the_agreement_is_one_of_them() -> None:
    everything = replace(
        LASTING,
        partners=(TOWN, OTHER_TOWN, Partner(name="Rusthuis", domain=Domain.ELDERLY)),
        form=Form.NETWORK_RESOURCE,
        themes=(Theme.ICT,),
        approach="Interreg betaalt, we nemen iemand in dienst in ons gebouw.",
        flags=Flags(costs_recharged=True, staff_lent=True),
        benefits=(Benefit.COST_SCALE,),
    )
    options = advise_legal_form(everything).options
    assert len(options) == AT_MOST
    assert LegalForm.AGREEMENT in {option.code for option in options}


def test_it_always_sends_to_somebody_who_knows_the_law_and_says_when_it_was_checked() -> None:
    advice = advise_legal_form(Picture(title="a"))
    assert "jurist, een notaris of je koepel" in advice.closes.nl
    assert "laat dit nakijken" in advice.closes.nl
    assert advice.checked_on == LAST_CHECKED
    assert advice.background == "legal"


def test_lent_staff_recharged_costs_and_client_data_are_alarms() -> None:
    flags = Flags(staff_lent=True, costs_recharged=True, client_data_shared=True)
    assert len(advise_legal_form(Picture(title="a", flags=flags)).alarms) == 3
    settled = replace(flags, vat_checked=True, data_agreement="Overeenkomst van 3 mei.", staff_lent=False)
    assert advise_legal_form(Picture(title="a", flags=settled)).alarms == ()


def test_what_the_five_questions_still_ask_is_told() -> None:
    about = [AgreementAbout.MONEY, AgreementAbout.EXIT]
    agreed = tuple(Agreement(text="Zo doen we het.", about=one) for one in about)
    asked = {one.en for one in advise_legal_form(Picture(title="a")).missing}
    assert "who carries the risk" in asked
    assert asked - {one.en for one in advise_legal_form(Picture(title="a", overall=agreed)).missing} == {
        "who carries the risk",
        "how partners step in and out",
    }
