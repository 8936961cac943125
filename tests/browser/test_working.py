"""People work in the app: a small idea from intake to decision, a kind no, and two people at the same page."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Locator, Route, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import SAVED, Hands, held, is_calm, until

pytestmark = pytest.mark.browser

FOLLOWER, POLICY = "opvolger@lindeveer.test", "beleid@lindeveer.test"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@dataclass(frozen=True)
class Device:
    """What a person works on."""

    name: str
    context: dict[str, Any]
    touch: bool = False
    scripts: bool = True

    def hands(self, sign_in: SignIn, mail: str) -> Hands:
        return Hands(sign_in(mail, **self.context), self.touch, self.scripts)


DEVICES = [
    Device("phone", PHONE, touch=True),
    Device("laptop", {}),
    Device("no scripts", {"java_script_enabled": False}, scripts=False),
]
on_every_device = pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)


def enter(at: Hands, title: str) -> str:
    """Enters an idea, and returns its address."""
    at.page.goto("/")
    at.press("main >> role=link[name='Nieuw idee']")
    at.page.get_by_label("Hoe heet het idee?").fill(title)
    at.page.get_by_label("Wie bracht het?").fill("een vrijwilliger van het onthaal")
    at.page.get_by_label("Het idee in één zin").fill("Eén avond per week eten buren en jongeren samen.")
    at.press("role=button[name='Breng dit idee binnen']")
    expect(at.page.get_by_role("heading", level=1)).to_have_text(title)
    return at.page.url


def take_up(at: Hands) -> None:
    at.press("role=link[name='Neem het op']")
    at.press("role=button[name='Neem het op']")
    at.page.wait_for_url("**/explore/")


@on_every_device
def test_a_small_idea_goes_from_intake_to_a_decision(device: Device, sign_in: SignIn) -> None:
    follower, policy = device.hands(sign_in, FOLLOWER), device.hands(sign_in, POLICY)
    idea = enter(follower, f"Buurttafel op donderdag ({device.name})")
    take_up(follower)
    explore(follower)
    check(follower)
    policy.page.goto(f"{idea}check/")
    confirm_both_lists(policy)
    follower.page.reload()
    concretise(follower)
    control(follower)
    follower.page.goto(idea)
    policy.page.goto(f"{idea}decide/")
    record_a_go(policy)
    follower.page.goto(f"{idea}decide/")
    tell_the_partners(follower)
    if device.scripts:
        hears_of_it(policy)
    follower.press("main a[href$='/dossier/']")
    expect(follower.at("main form[action$='/dossier/']").first).to_be_visible()


def explore(at: Hands) -> None:
    """Step 1: the challenge, goals, a partner, and a piece of the puzzle with who brings it."""
    at.write("#s1-why-challenge", "Jongeren en buren in Kouterlo kennen elkaar niet.")
    at.add("goals", "Dertig buren eten maandelijks mee", "Vijf jongeren koken zelf", "Nog iets")
    at.add("partners", "Jeugdhuis Kantelpunt")
    at.edit("partners", 1).locator("[name=status]").select_option("confirmed")
    at.save()
    at.write("#s1-how-finance", "De buurtwerking betaalt het eten: zo'n honderd euro per maand.")
    at.add("pieces", "Een keuken")
    form = at.edit("pieces", 1)
    form.get_by_label("Jeugdhuis Kantelpunt").check()
    at.save()
    at.unfold("#pieces-rows")
    expect(at.at("#pieces-rows > li")).to_contain_text("Jeugdhuis Kantelpunt")

    at.edit("goals", 1).locator("[name=text]").fill("Dertig buren eten elke maand mee")
    at.save()
    expect(at.at("#goals-rows > li .says").first).to_have_text("Dertig buren eten elke maand mee")

    at.press("#goals a.reorder")
    at.press("#goals-rows > li:nth-child(2) button[value=up]")
    expect(at.at("#goals-rows > li .says").first).to_have_text("Vijf jongeren koken zelf")
    at.press("#goals > p:last-child a")

    at.edit("goals", 3)
    at.take_away()
    expect(at.at("#goals-rows > li")).to_have_count(2)


def check(at: Hands) -> None:
    """Step 2: the three conclusions, a question nobody can answer yet, and a condition."""
    at.press("#next a[href$='/way/move_on/']")
    expect(at.page.get_by_text("Hoe wil je de doelen bereiken?")).to_be_visible()
    at.press("role=button[name='Ga toch naar stap 2']")

    at.choose("#conclusion-drijfveer", "ok")
    at.choose("#conclusion-expertise", "ok")
    at.choose("#conclusion-samenwerk", "ok")
    at.write("#conclusion-drijfveer", "Samen eten hoort bij onthaal.", name="note")

    at.choose("#s2-exp-available", "unknown")
    at.press("#s2-exp-available .offer a")
    form = at.at("main form.editing")
    form.locator("[name=text]").fill("Vragen wie er op donderdag kan")
    form.locator("[name=step]").select_option("3")
    at.save()
    expect(at.at("#followups-rows > li")).to_contain_text("Vragen wie er op donderdag kan")
    at.add("conditions", "De eigenaar van de keuken gaat akkoord.")


def confirm_both_lists(at: Hands) -> None:
    for name in ("followups", "conditions"):
        at.press(f"#{name}-confirmed >> role=button[name='Bevestig deze lijst']")
        expect(at.at(f"#{name}-confirmed")).to_have_attribute("data-confirmed", "")


def concretise(at: Hands) -> None:
    """Step 3: one agreement for the whole, one bundle that decides for itself, and how they will see that it works."""
    at.goes_on(3)
    at.add("overall", "Wie kookt, koopt ook in.")
    at.add("bundles", "Koken en ontvangen")
    at.edit("bundles", 1).locator("[name=mandate]").fill("Kiest het menu en nodigt uit.")
    at.save()
    at.unfold("#bundles-rows")
    expect(at.at("#bundles-rows > li")).to_contain_text("Kiest het menu en nodigt uit.")
    at.add("indicators_result", "Buren die elke maand terugkomen")


def control(at: Hands) -> None:
    """Step 4: the point is solved, the condition met; the verdict, the temperature, and a motivation."""
    at.goes_on(4)
    at.choose("#conditions form", "met")
    at.choose("#followups form", "solved")
    at.choose("#verdict", "ok")
    at.press("#temperature a.button[href$='/temperature/']")
    at.at("#id_count_4").fill("4")
    at.at("#id_count_5").fill("2")
    at.press("main form button.primary")
    expect(at.at("#temperature [aria-current=true]")).to_be_visible()
    at.write("#draft-motivation", "Klein, warm, en de keuken is er.", name="motivation")


def record_a_go(at: Hands) -> None:
    at.press("#to-go")
    expect(at.at("main")).to_contain_text("Klein, warm, en de keuken is er.")
    at.press("role=button[name='Leg deze beslissing vast: go']")
    expect(at.at("#decision .outcome .word")).to_have_text("go")
    expect(at.at("main h1 ~ .meta .chip").first).to_have_attribute("data-code", "running")


def tell_the_partners(at: Hands) -> None:
    expect(at.at("#letter")).to_have_value(re.compile("Buurttafel op donderdag"))
    at.press("role=button[name='We brachten hen op de hoogte']")
    at.unfold("form[action$='/told/']")
    expect(at.at("form[action$='/told/'] button")).to_have_attribute("name", "undo")


def hears_of_it(at: Hands) -> None:
    """What changes for whoever looks on comes in whole."""
    expect(at.at("#aftercare")).to_contain_text("De partners hoorden het", timeout=30_000)
    for part in ("asks", "choices", "follows", "ending"):
        expect(at.at(f"#{part}")).to_have_count(1)


@on_every_device
def test_a_kind_no_takes_one_sentence(device: Device, sign_in: SignIn) -> None:
    at = device.hands(sign_in, FOLLOWER)
    title = f"Nachtloop ({device.name})"
    enter(at, title)
    take_up(at)
    at.press("main a[href$='/way/stop/']")
    at.page.get_by_label("Waarom? Eén zin volstaat.").fill("We hebben er dit jaar geen mensen voor.")
    at.press("role=button[name='Stop dit idee']")
    letter = at.page.get_by_label("Een vriendelijk bericht om te kopiëren")
    expect(letter).to_have_value(re.compile(re.escape(title)))
    expect(letter).not_to_have_value(re.compile("geen mensen voor"))


CHALLENGE, APPROACH = "#s1-why-challenge", "#s1-how-approach"


@pytest.fixture
def follower(sign_in: SignIn) -> Hands:
    """The follower of a new idea on a laptop, at step 1."""
    at = Hands(sign_in(FOLLOWER))
    enter(at, "Samen fietsen herstellen")
    take_up(at)
    return at


def caret(field: Locator) -> dict[str, Any]:
    """Where a field stands on the screen, what is in it, and where one types in it."""
    told: dict[str, Any] = field.evaluate(
        """field => ({top: field.getBoundingClientRect().top, value: field.value, at: field.selectionStart,
            is_typed_in: document.activeElement === field})"""
    )
    return told


@pytest.mark.parametrize("device", DEVICES[:2], ids=lambda device: device.name)
def test_typing_goes_on_while_a_neighbouring_answer_saves(device: Device, sign_in: SignIn) -> None:
    at = device.hands(sign_in, FOLLOWER)
    enter(at, "Samen fietsen herstellen")
    take_up(at)
    challenge, approach = at.at(f"{CHALLENGE} textarea"), at.at(f"{APPROACH} textarea")
    challenge.fill("Fietsen blijven kapot staan.")
    approach.scroll_into_view_if_needed()
    top = caret(approach)["top"]
    approach.click()
    at.page.keyboard.type("Elke maand een hersteldag")
    at.page.keyboard.press("Home")
    while_typing = {
        "top": pytest.approx(top, abs=1),
        "value": "Elke maand een hersteldag",
        "at": 0,
        "is_typed_in": True,
    }
    expect(at.at(f"{CHALLENGE} .state")).to_have_text(SAVED)
    assert caret(approach) == while_typing
    expect(at.at(f"{APPROACH} .state")).to_have_text(SAVED)
    expect(at.at("#next")).to_contain_text("Wat weet je al over dit probleem?")
    assert caret(approach) == while_typing
    at.page.keyboard.type("In de lente: ")
    explore = at.page.url
    at.press("#way [data-step='2']")
    at.page.wait_for_url("**/check/")
    at.page.goto(explore)
    expect(challenge).to_have_value("Fietsen blijven kapot staan.")
    expect(approach).to_have_value("In de lente: Elke maand een hersteldag")


def test_typing_goes_on_while_a_list_saves(follower: Hands) -> None:
    follower.at("#goals-lines").fill("Honderd fietsen rijden weer")
    with held(follower.page, "**/list/goals/"):
        follower.press("#goals-add button")
        follower.press(f"{APPROACH} textarea")
        follower.page.keyboard.type("Elke maand ")
    expect(follower.at("#goals-rows > li")).to_have_count(1)
    is_calm(follower.page)
    follower.page.keyboard.type("een hersteldag")
    expect(follower.at(f"{APPROACH} textarea")).to_have_value("Elke maand een hersteldag")


def test_a_double_click_adds_once(follower: Hands) -> None:
    follower.at("#goals-lines").fill("Honderd fietsen rijden weer")
    follower.at("#goals-add button").dblclick()
    expect(follower.at("#goals-rows > li")).to_have_count(1)
    follower.page.reload()
    expect(follower.at("#goals-rows > li")).to_have_count(1)


def test_pressing_again_because_the_answer_does_not_come_adds_once(follower: Hands, sign_in: SignIn) -> None:
    page = sign_in(FOLLOWER, java_script_enabled=False)
    page.goto(follower.page.url)
    unheard: list[APIResponse] = []

    def answers_late(route: Route) -> None:
        if unheard:
            route.continue_()
        else:
            unheard.append(route.fetch(max_redirects=0))

    page.route("**/list/goals/", answers_late)
    page.locator("#goals-lines").fill("Honderd fietsen rijden weer")
    page.locator("#goals-add button").scroll_into_view_if_needed()
    button = page.locator("#goals-add button").bounding_box()
    assert button
    page.mouse.click(button["x"] + 9, button["y"] + 9)
    until(page, lambda: unheard)
    page.mouse.click(button["x"] + 9, button["y"] + 9)
    expect(page.locator("#goals-rows > li")).to_have_count(1)
    assert [answer.status for answer in unheard] == [302]


def test_the_second_of_two_tabs_is_told_and_loses_nothing(follower: Hands) -> None:
    second = Hands(follower.page.context.new_page())
    second.page.goto(follower.page.url)
    field, state = second.at(f"{CHALLENGE} > .field textarea"), second.at(f"{CHALLENGE} .state")
    field.click()
    follower.write(CHALLENGE, "Wat het eerste tabblad zegt.")
    field.fill("Wat het tweede tabblad zegt.")
    field.blur()
    expect(state.locator("[data-theirs]")).to_have_text("Wat het eerste tabblad zegt.")
    expect(field).to_have_value("Wat het tweede tabblad zegt.")
    follower.page.reload()
    expect(follower.at(f"{CHALLENGE} textarea")).to_have_value("Wat het eerste tabblad zegt.")

    state.locator("button[name=mine]").click()
    expect(state).to_have_text(SAVED)
    follower.page.reload()
    expect(follower.at(f"{CHALLENGE} textarea")).to_have_value("Wat het tweede tabblad zegt.")


def test_the_second_to_edit_a_row_is_told_and_loses_nothing(follower: Hands) -> None:
    follower.add("goals", "Fietsen rijden weer")
    second = Hands(follower.page.context.new_page())
    second.page.goto(follower.page.url)
    mine = second.edit("goals", 1).locator("[name=text]")
    follower.edit("goals", 1).locator("[name=text]").fill("Honderd fietsen rijden weer")
    follower.save()

    mine.fill("Vijftig fietsen rijden weer")
    second.press("main form.editing button.primary")
    expect(second.at("main form.editing .problem")).to_contain_text("Honderd fietsen rijden weer")
    expect(mine).to_have_value("Vijftig fietsen rijden weer")
    second.press("main form.editing button[name=mine]")
    expect(second.at("#goals-rows > li .says")).to_have_text("Vijftig fietsen rijden weer")


def test_a_row_that_is_edited_in_a_new_tab_is_saved(follower: Hands) -> None:
    follower.add("goals", "Fietsen rijden weer")
    with follower.page.context.expect_page() as opened:
        follower.at("#goals-rows .acts a:not(.earlier)").click(button="middle")
    second = Hands(opened.value)
    second.at("main [name=text]").fill("Honderd fietsen rijden weer")
    second.press("main form.editing button.primary")
    second.page.wait_for_url("**/explore/#goals")
    expect(second.at("#goals-rows > li .says")).to_have_text("Honderd fietsen rijden weer")


def test_what_was_typed_without_a_connection_stays_and_is_saved_afterwards(follower: Hands) -> None:
    field, state = follower.at(f"{CHALLENGE} textarea"), follower.at(f"{CHALLENGE} .state")
    follower.page.context.set_offline(True)
    field.fill("Getypt in de trein.")
    field.blur()
    expect(state).to_have_text("Niet opgeslagen: geen verbinding")
    expect(field).to_have_value("Getypt in de trein.")
    follower.page.context.set_offline(False)
    follower.write(CHALLENGE, "Getypt in de trein, en verder.")
