"""What is typed is not lost: it says how it stands, is sent again, and is kept, for nobody else, until confirmed."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect

from tests.browser.hands import SAVED
from tests.browser.posts import Poster, poster

pytestmark = pytest.mark.browser

FOLLOWER, COORDINATOR = "opvolger@lindeveer.test", "coordinator@lindeveer.test"
CHALLENGE, APPROACH = "#s1-why-challenge", "#s1-how-approach"
NO_CONNECTION = "Niet opgeslagen: geen verbinding"

type SignIn = Callable[..., Page]


@pytest.fixture
def idea(browser: Browser, app: str) -> str:
    """The address of an idea of the demo's follower."""
    return poster(browser, app, FOLLOWER).follow("Een idee dat in de vergadering groeit")


@pytest.fixture
def colleague(browser: Browser, app: str) -> Poster:
    return poster(browser, app, COORDINATOR)


@pytest.fixture
def page(sign_in: SignIn, idea: str) -> Page:
    page = sign_in(FOLLOWER)
    page.goto(f"{idea}explore/")
    return page


def text(page: Page, form: str = CHALLENGE) -> Locator:
    return page.locator(f"{form} textarea[name=value]")


def state(page: Page, form: str = CHALLENGE) -> Locator:
    return page.locator(f"{form} .stands")


def kept(page: Page) -> list[str]:
    """The names under which something is kept in this browser."""
    names: list[str] = page.evaluate("idbKeyval.keys()")
    return names


def kept_bytes(page: Page) -> str:
    """All that is kept, as somebody with this computer in hand could read it."""
    told: str = page.evaluate("""async () => JSON.stringify((await idbKeyval.entries()).map(([name, { iv, data }]) =>
        [name, new TextDecoder("latin1").decode(iv), new TextDecoder("latin1").decode(data)]))""")
    return told


def expect_kept(page: Page, count: int) -> None:
    for _ in range(50):
        if len(kept(page)) == count:
            return
        page.wait_for_timeout(100)
    assert len(kept(page)) == count


def stands(at: Poster, idea: str) -> str:
    """What is recorded as the answer, seen by somebody else."""
    html = at.request.get(f"{idea}answer/s1.why.challenge/").text()
    return str(re.findall(r'name="value"[^>]*>([^<]*)</textarea>', html)[0])


def test_a_text_says_that_it_is_busy_and_when_it_is_saved_without_moving_anything(
    page: Page, idea: str, colleague: Poster
) -> None:
    below = page.locator("h2").nth(1)
    before = below.bounding_box()
    text(page).press_sequentially("Buren kennen elkaar niet.", delay=10)
    expect(state(page)).to_have_text("Bezig…")
    assert stands(colleague, idea) == ""
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == "Buren kennen elkaar niet."
    assert below.bounding_box() == before
    expect(text(page)).to_be_focused()
    assert text(page).evaluate("field => field.selectionStart") == len("Buren kennen elkaar niet.")


def test_a_screen_reader_hears_once_that_a_text_is_saved_when_the_field_is_left(page: Page) -> None:
    said = page.locator("#announce")
    text(page).press_sequentially("Buren", delay=10)
    expect(state(page)).to_have_text(SAVED)
    expect(said).to_have_text("")
    text(page).press_sequentially(" en jongeren", delay=10)
    text(page).blur()
    expect(said).to_have_text("Opgeslagen")


def test_typing_on_while_a_text_is_saved_loses_nothing_and_never_says_saved_too_early(
    page: Page, idea: str, colleague: Poster
) -> None:
    def slowly(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/answer/**", slowly)
    for word in ["een", "twee", "drie", "vier"]:
        text(page).press_sequentially(f"{word} ", delay=5)
        page.wait_for_timeout(700)
        if SAVED.search(state(page).inner_text()):
            assert stands(colleague, idea) == text(page).input_value().strip()
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == "een twee drie vier"


def test_without_a_connection_the_text_says_so_and_is_saved_by_itself_afterwards(
    page: Page, idea: str, colleague: Poster
) -> None:
    page.context.set_offline(True)
    text(page).press_sequentially("In de kelder getypt", delay=10)
    expect(state(page)).to_have_text(NO_CONNECTION)
    expect(page.locator("#announce")).to_have_text(NO_CONNECTION)
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == "In de kelder getypt"
    expect_kept(page, 0)


def test_a_save_of_which_the_answer_was_lost_is_no_conflict_with_oneself(
    page: Page, idea: str, colleague: Poster
) -> None:
    def loses_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/answer/**", loses_the_answer, times=1)
    text(page).press_sequentially("Eerst dit", delay=10)
    expect(state(page)).to_have_text(NO_CONNECTION)
    assert stands(colleague, idea) == "Eerst dit"
    text(page).press_sequentially(", en dan dat", delay=10)
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == "Eerst dit, en dan dat"
    expect(page.locator(".between")).to_have_count(0)


@pytest.mark.parametrize("leaves", ["reload", "close"])
def test_what_was_just_typed_comes_back_and_is_saved(leaves: str, page: Page, idea: str, colleague: Poster) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("Nog niet opgeslagen", delay=10)
    expect_kept(page, 1)
    if leaves == "reload":
        page.unroute("**/answer/**")
        page.reload()
    else:
        other = page.context.new_page()
        page.close()
        page = other
        page.goto(f"{idea}explore/")
    expect(text(page)).to_have_value("Nog niet opgeslagen")
    expect_kept(page, 0)
    assert stands(colleague, idea) == "Nog niet opgeslagen"


def test_what_comes_back_does_not_overwrite_what_a_colleague_wrote_meanwhile(
    page: Page, idea: str, colleague: Poster
) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("Van mij", delay=10)
    expect_kept(page, 1)
    colleague.send(f"{idea}explore/", {"value": "Van een collega"}, f"{idea}answer/s1.why.challenge/")
    page.unroute("**/answer/**")
    page.reload()
    expect(page.locator(f"{CHALLENGE} .between")).to_contain_text("Van een collega")
    expect(text(page)).to_have_value("Van mij")
    assert stands(colleague, idea) == "Van een collega"
    page.locator(f"{CHALLENGE} button[name=mine]").click()
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == "Van mij"


@pytest.mark.parametrize(
    ("choice", "becomes"),
    [("mine", "Buren koken samen"), ("theirs", "Buren eten samen"), ("merged", "Buren eten koken samen!")],
)
def test_of_two_texts_one_keeps_either_or_puts_them_together(
    choice: str, becomes: str, page: Page, idea: str, colleague: Poster
) -> None:
    colleague.send(f"{idea}explore/", {"value": "Buren eten samen"}, f"{idea}answer/s1.why.challenge/")
    text(page).fill("Buren koken samen")
    between = page.locator(f"{CHALLENGE} .between")
    expect(between.locator("mark")).to_have_text(["koken", "eten"])
    if choice == "merged":
        between.locator("summary").click()
        expect(between.locator("textarea")).to_have_value("Buren eten koken samen")
        between.locator("textarea").fill("Buren eten koken samen!")
        page.wait_for_timeout(1500)
    between.locator(f"button[name={choice}]").click()
    expect(state(page)).to_have_text(SAVED)
    expect(text(page)).to_have_value(becomes)
    expect(text(page)).to_be_focused()
    expect(between).to_have_count(0)
    assert stands(colleague, idea) == becomes
    text(page).press_sequentially(" En verder.", delay=10)
    expect(state(page)).to_have_text("Bezig…")
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == f"{becomes} En verder."


def test_a_row_that_was_being_edited_is_offered_where_it_stands(page: Page, idea: str) -> None:
    page.locator("#goals-lines").fill("Samen eten")
    page.locator("#goals-add button").click()
    page.locator("#goals-rows .acts a").first.click()
    page.locator("form.editing textarea[name=text]").fill("Samen eten en afwassen")
    expect_kept(page, 1)
    page.reload()
    offer = page.locator("#kept")
    expect(offer).to_contain_text("Samen eten en afwassen")
    offer.get_by_role("link").click()
    expect(page.locator("form.editing textarea[name=text]")).to_have_value("Samen eten en afwassen")
    page.locator("form.editing button.primary").click()
    page.wait_for_url(re.compile("/explore/"))
    expect(page.locator("#goals-rows")).to_contain_text("Samen eten en afwassen")
    expect_kept(page, 0)


def test_a_line_to_add_comes_back_and_what_is_thrown_away_does_not(page: Page, idea: str) -> None:
    page.locator("#goals-lines").fill("Nog toe te voegen")
    expect_kept(page, 1)
    page.reload()
    expect(page.locator("#goals-lines")).to_have_value("Nog toe te voegen")
    page.goto(f"{idea}check/")
    expect(page.locator("#kept")).to_contain_text("Nog toe te voegen")
    page.locator("#kept").get_by_role("button").click()
    expect(page.locator("#kept")).to_be_hidden()
    page.goto(f"{idea}explore/")
    expect(page.locator("#goals-lines")).to_have_value("")


def test_a_reason_on_a_page_of_its_own_is_kept_until_it_is_saved(page: Page, idea: str) -> None:
    page.goto(f"{idea}way/pause/")
    page.locator("[name=why]").fill("De partner verhuist.")
    expect_kept(page, 1)
    page.reload()
    expect(page.locator("[name=why]")).to_have_value("De partner verhuist.")
    page.locator("main form[data-keeps] button.primary").click()
    expect(page.locator("[name=why]")).to_have_count(0)
    expect_kept(page, 0)


def test_what_is_kept_can_be_read_by_nobody_else(page: Page, idea: str, sign_in: SignIn) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("Geheim gesprek", delay=10)
    expect_kept(page, 1)
    assert "Geheim" not in kept_bytes(page)
    assert "version" not in kept_bytes(page)
    key = page.evaluate("document.body.dataset.key")
    assert key not in json.dumps(page.evaluate("({ ...localStorage, ...sessionStorage })")) + kept_bytes(page)
    # The session ends without signing out, and a colleague signs in at the same computer.
    page.context.clear_cookies(name="sessionid")
    page.goto("/")
    page.get_by_role("button", name=COORDINATOR).click()
    page.goto(f"{idea}explore/")
    page.wait_for_timeout(500)
    expect(text(page)).to_have_value("")
    expect(page.locator("#kept")).to_be_hidden()
    assert page.evaluate("document.body.dataset.key") != key
    # It is still there for whom it is of.
    page.context.clear_cookies(name="sessionid")
    page.goto("/")
    page.get_by_role("button", name=FOLLOWER).click()
    page.unroute("**/answer/**")
    page.goto(f"{idea}explore/")
    expect(text(page)).to_have_value("Geheim gesprek")


def test_whoever_signs_out_leaves_nothing_behind(page: Page, idea: str) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("Geheim gesprek", delay=10)
    expect_kept(page, 1)
    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stays)
    page.locator(".top summary").click()
    sign_out = page.locator("[data-signs-out] button")
    sign_out.click()
    assert len(asked) == 1
    expect_kept(page, 1)
    page.once("dialog", lambda dialog: dialog.accept())
    sign_out.click()
    page.wait_for_url(re.compile("/sign-in/"))
    page.get_by_role("button", name=FOLLOWER).click()
    page.goto(f"{idea}check/")
    assert kept(page) == []


def test_two_tabs_of_one_person_do_not_take_over_what_the_other_holds(page: Page, idea: str) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("In het eerste tabblad", delay=10)
    expect_kept(page, 1)
    second = page.context.new_page()
    second.goto(f"{idea}explore/")
    second.wait_for_timeout(500)
    expect(text(second)).to_have_value("")
    expect(second.locator("#kept")).to_be_hidden()


def test_votes_are_not_kept(page: Page, idea: str) -> None:
    page.goto(f"{idea}temperature/")
    page.locator("[name=remarks]").fill("Ik twijfel.")
    page.wait_for_timeout(300)
    assert kept(page) == []
