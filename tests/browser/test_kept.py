"""What is typed is not lost: it says how it stands, is sent again, and is kept, for nobody else, until confirmed."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Dialog, Locator, Page, Route, expect

from tests.browser.hands import SAVED, Hands, held, until
from tests.browser.kept import expect_kept, kept
from tests.browser.posts import Poster, poster

pytestmark = pytest.mark.browser

FOLLOWER, COORDINATOR = "opvolger@lindeveer.test", "coordinator@lindeveer.test"
CHALLENGE, APPROACH = "#s1-why-challenge", "#s1-how-approach"
NO_CONNECTION = "Niet opgeslagen: geen verbinding"

type SignIn = Callable[..., Page]


@pytest.fixture
def idea(browser: Browser, app: str) -> Iterator[str]:
    """The address of an idea of the demo's follower, which ends again, so that the board does not fill up."""
    follower = poster(browser, app, FOLLOWER)
    idea = follower.follow("Een idee dat in de vergadering groeit")
    yield idea
    follower.send(f"{idea}way/stop/", {"why": "De proef is gedaan."})


@pytest.fixture
def colleague(browser: Browser, app: str) -> Poster:
    return poster(browser, app, COORDINATOR)


@pytest.fixture
def page(sign_in: SignIn, idea: str) -> Page:
    page = sign_in(FOLLOWER)
    page.goto(f"{idea}explore/")
    return page


def loses_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def text(page: Page, form: str = CHALLENGE) -> Locator:
    return page.locator(f"{form} textarea[name=value]")


def state(page: Page, form: str = CHALLENGE) -> Locator:
    return page.locator(f"{form} .stands")


def signs_in(page: Page, mail: str) -> None:
    """Signs in with one click, where the demo asks for it."""
    page.get_by_role("button", name=mail).click()
    expect(page.locator("body")).to_have_attribute("data-mail", mail)


def kept_bytes(page: Page) -> str:
    """All that is kept, as somebody with this computer in hand could read it."""
    told: str = page.evaluate("""async () => JSON.stringify((await idbKeyval.entries()).map(([name, { iv, data }]) =>
        [name, new TextDecoder("latin1").decode(iv), new TextDecoder("latin1").decode(data)]))""")
    return told


def stands(at: Poster, idea: str) -> str:
    """What is recorded as the answer, seen by somebody else."""
    html = at.request.get(f"{idea}answer/s1.why.challenge/").text()
    return str(re.findall(r'name="value"[^>]*>([^<]*)</textarea>', html)[0])


def test_a_text_says_that_it_is_busy_and_when_it_is_saved_without_moving_anything(
    page: Page, idea: str, colleague: Poster
) -> None:
    below = page.locator("h2").nth(1)
    before = below.bounding_box()
    with held(page):
        text(page).press_sequentially("Buren kennen elkaar niet.", delay=10)
        expect(state(page)).to_have_text("Bezig…")
        assert stands(colleague, idea) == ""
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == "Buren kennen elkaar niet."
    assert below.bounding_box() == before
    expect(text(page)).to_be_focused()
    assert text(page).evaluate("field => field.selectionStart") == len("Buren kennen elkaar niet.")


def test_a_screen_reader_hears_that_a_text_was_saved_when_the_field_is_left(page: Page) -> None:
    said = page.locator("#announce")
    text(page).press_sequentially("Buren", delay=10)
    expect(state(page)).to_have_text(SAVED)
    expect(said).to_have_text("")
    text(page).blur()
    expect(said).to_have_text("Opgeslagen")


def test_a_screen_reader_hears_that_a_text_is_saved_once_it_is_when_the_field_is_left_before(page: Page) -> None:
    said = page.locator("#announce")
    with held(page):
        text(page).press_sequentially("Buren", delay=10)
        text(page).blur()
        expect(state(page)).to_have_text("Bezig…")
        expect(said).to_have_text("")
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


def test_what_is_typed_before_the_scripts_have_come_is_saved(page: Page, idea: str, colleague: Poster) -> None:
    coming: list[Route] = []
    page.route("**/saving*.js", lambda route: coming.append(route))
    page.goto(f"{idea}explore/", wait_until="commit")
    text(page).fill("Vlug getypt")
    until(page, lambda: coming)
    coming[0].continue_()
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == "Vlug getypt"


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
    expect_kept(page)


def test_a_save_of_which_the_answer_was_lost_is_no_conflict_with_oneself(
    page: Page, idea: str, colleague: Poster
) -> None:
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
    expect_kept(page, "Nog niet opgeslagen")
    if leaves == "reload":
        page.unroute("**/answer/**")
        page.reload()
    else:
        other = page.context.new_page()
        page.close()
        page = other
        page.goto(f"{idea}explore/")
    expect(text(page)).to_have_value("Nog niet opgeslagen")
    expect_kept(page)
    assert stands(colleague, idea) == "Nog niet opgeslagen"


def test_what_comes_back_does_not_overwrite_what_a_colleague_wrote_meanwhile(
    page: Page, idea: str, colleague: Poster
) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("Van mij", delay=10)
    expect_kept(page, "Van mij")
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
    text(page).click()
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
    with held(page):
        text(page).press_sequentially(" En verder.", delay=10)
        expect(state(page)).to_have_text("Bezig…")
    expect(state(page)).to_have_text(SAVED)
    assert stands(colleague, idea) == f"{becomes} En verder."


def test_a_row_that_was_being_edited_is_offered_where_it_stands(page: Page, idea: str) -> None:
    edits_a_goal(page, "Samen eten en afwassen")
    expect_kept(page, "Samen eten en afwassen")
    page.reload()
    offer = page.locator("#kept")
    expect(offer).to_contain_text("Samen eten en afwassen")
    offer.locator("summary").click()
    offer.get_by_role("link").click()
    expect(page.locator("form.editing textarea[name=text]")).to_have_value("Samen eten en afwassen")
    page.locator("form.editing button.primary").click()
    page.wait_for_url(re.compile("/explore/"))
    expect(page.locator("#goals-rows")).to_contain_text("Samen eten en afwassen")
    expect_kept(page)


def test_a_line_to_add_comes_back_and_what_is_thrown_away_does_not(page: Page, idea: str) -> None:
    page.locator("#goals-lines").fill("Nog toe te voegen")
    expect_kept(page, "Nog toe te voegen")
    page.reload()
    expect(page.locator("#goals-lines")).to_have_value("Nog toe te voegen")
    page.goto(f"{idea}check/")
    expect(page.locator("#kept")).to_contain_text("Nog toe te voegen")
    page.locator("#kept summary").click()
    page.locator("#kept").get_by_role("button").click()
    expect(page.locator("#kept")).to_be_hidden()
    page.goto(f"{idea}explore/")
    expect(page.locator("#goals-lines")).to_have_value("")


def test_a_reason_on_a_page_of_its_own_is_kept_until_it_is_saved(page: Page, idea: str) -> None:
    page.goto(f"{idea}way/pause/")
    page.locator("[name=why]").fill("De partner verhuist.")
    expect_kept(page, "De partner verhuist.")
    page.reload()
    expect(page.locator("[name=why]")).to_have_value("De partner verhuist.")
    with page.expect_navigation():
        page.locator("main form[data-keeps] button.primary").click()
    expect(page.locator("[name=why]")).to_have_count(0)
    expect_kept(page)


def test_what_is_kept_can_be_read_by_nobody_else(page: Page, idea: str, sign_in: SignIn) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("Geheim gesprek", delay=10)
    expect_kept(page, "Geheim gesprek")
    assert "Geheim" not in kept_bytes(page)
    assert "version" not in kept_bytes(page)
    key = page.evaluate("document.body.dataset.key")
    assert key not in json.dumps(page.evaluate("({ ...localStorage, ...sessionStorage })")) + kept_bytes(page)
    # The session ends without signing out, and a colleague signs in at the same computer.
    page.context.clear_cookies(name="sessionid")
    page.goto("/")
    signs_in(page, COORDINATOR)
    page.goto(f"{idea}explore/")
    page.wait_for_timeout(500)
    expect(text(page)).to_have_value("")
    expect(page.locator("#kept")).to_be_hidden()
    assert page.evaluate("document.body.dataset.key") != key
    # It is still there for whom it is of.
    page.context.clear_cookies(name="sessionid")
    page.goto("/")
    signs_in(page, FOLLOWER)
    page.unroute("**/answer/**")
    page.goto(f"{idea}explore/")
    expect(text(page)).to_have_value("Geheim gesprek")


def test_whoever_signs_out_leaves_nothing_behind(page: Page, idea: str) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("Geheim gesprek", delay=10)
    expect_kept(page, "Geheim gesprek")
    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stays)
    page.locator(".top summary").click()
    sign_out = page.locator("[data-signs-out] button")
    sign_out.click()
    until(page, lambda: asked)
    assert len(asked) == 1
    expect_kept(page, "Geheim gesprek")
    page.once("dialog", lambda dialog: dialog.accept())
    sign_out.click()
    page.wait_for_url(re.compile("/sign-in/"))
    signs_in(page, FOLLOWER)
    page.goto(f"{idea}check/")
    assert kept(page) == []


def test_two_tabs_of_one_person_do_not_take_over_what_the_other_holds(page: Page, idea: str) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    text(page).press_sequentially("In het eerste tabblad", delay=10)
    expect_kept(page, "In het eerste tabblad")
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


# ---------- what is easily lost on the way


def edits_a_goal(page: Page, typed: str) -> Locator:
    """Adds a goal, opens it, and types something else in it; returns its form."""
    hands = Hands(page)
    hands.add("goals", "Samen eten")
    form = hands.edit("goals", 1)
    form.locator("textarea[name=text]").fill(typed)
    return form


def test_what_was_typed_in_a_row_that_is_gone_stays_readable(page: Page, idea: str, colleague: Poster) -> None:
    edits_a_goal(page, "Samen eten en afwassen")
    expect_kept(page, "Samen eten en afwassen")
    page.goto("/about/")
    removing = f"{idea}list/goals/{colleague.row(idea, 'goals')}/remove/"
    colleague.send(removing, {}, removing)
    page.goto(f"{idea}explore/")
    page.locator("#kept summary").click()
    page.locator("#kept").get_by_role("link").click()
    expect(page.locator("#kept")).to_contain_text("Samen eten en afwassen")
    expect_kept(page, "Samen eten en afwassen")


def test_the_field_can_be_typed_in_again_after_a_choice(page: Page, idea: str, colleague: Poster) -> None:
    text(page).click()
    colleague.send(f"{idea}explore/", {"value": "Buren eten samen"}, f"{idea}answer/s1.why.challenge/")
    text(page).fill("Buren koken samen")
    between = page.locator(f"{CHALLENGE} .between")
    between.locator("summary").click()
    between.locator("textarea").fill("Buren eten en koken samen")
    between.locator("button[name=mine]").click()
    expect(state(page)).to_have_text(SAVED)
    expect(text(page)).to_be_editable()


def test_an_idea_that_was_entered_is_not_offered_again_as_a_new_one(page: Page, idea: str) -> None:
    page.goto("/idea/new/")
    page.locator("[name=title]").fill("Een gloednieuw idee")
    expect_kept(page, "Een gloednieuw idee")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/idea/\d+/"))
    expect_kept(page)


def test_texts_of_two_tabs_that_closed_are_both_given_back(page: Page, idea: str) -> None:
    second = page.context.new_page()
    second.goto(f"{idea}explore/")
    page.locator("#goals-lines").fill("Uit het eerste tabblad")
    second.locator("#goals-lines").fill("Iets anders uit het tweede")
    expect_kept(page, "Uit het eerste tabblad", "Iets anders uit het tweede")
    third = page.context.new_page()
    page.close()
    second.close()
    third.goto(f"{idea}explore/")
    expect(third.locator("#goals-lines")).to_have_value("Iets anders uit het tweede")
    expect(third.locator("#kept")).to_contain_text("Uit het eerste tabblad")


def test_a_choice_that_a_colleague_made_too_is_not_taken_for_my_own(page: Page, idea: str, colleague: Poster) -> None:
    page.goto(f"{idea}check/")
    action = f"{idea}answer/s2.drive.mission/"
    form = page.locator(f"form[action='{action}']")
    page.route("**/answer/**", lambda route: route.abort())
    form.locator("[value=yes]").evaluate("pill => pill.click()")
    expect(form.locator(".stands")).to_have_text(NO_CONNECTION)
    colleague.send(f"{idea}check/", {"value": "yes"}, action)
    form.locator("[value=no]").evaluate("pill => pill.click()")
    page.unroute("**/answer/**")
    expect(form.locator(".between")).to_have_count(1, timeout=30_000)
    assert re.findall(r'name="value" value="(\w*)" checked', colleague.request.get(action).text()) == ["yes"]


def test_what_is_refused_is_kept_on_a_page_and_in_place(page: Page, idea: str) -> None:
    page.goto(f"{idea}list/evidence_problem/add/")
    page.locator("main [name=text]").fill("Een cijfer dat lang getypt werd")
    page.locator("main [name=year]").fill("3000")
    page.locator("main form button.primary").click()
    expect(page.locator("main [aria-invalid=true]")).to_be_visible()
    expect_kept(page, "Een cijfer dat lang getypt werd")
    page.locator("main [name=year]").fill("2025")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile("/explore/"))
    expect_kept(page)
    page.locator("details:has(#evidence_problem-lines)").first.evaluate("fold => { fold.open = true }")
    Hands(page).edit("evidence_problem", 1)
    page.locator("form.editing [name=year]").fill("3000")
    page.locator("form.editing button.primary").click()
    expect(page.locator("form.editing [aria-invalid=true]")).to_be_visible()
    page.locator("form.editing [name=source]").press("x")
    page.locator("form.editing [name=source]").press("Backspace")
    page.wait_for_timeout(300)
    expect_kept(page, "Een cijfer dat lang getypt werd")


def test_a_browser_that_could_not_keep_once_keeps_the_next_time(page: Page, idea: str) -> None:
    page.route("**/answer/**", lambda route: route.abort())
    page.evaluate("""() => {
        const set = idbKeyval.set;
        idbKeyval.set = () => { idbKeyval.set = set; return Promise.reject(new Error("full")); };
    }""")
    text(page).press_sequentially("Dit moet bewaard blijven", delay=20)
    expect_kept(page, "Dit moet bewaard blijven")


def test_what_is_typed_while_a_choice_is_on_its_way_is_not_lost(page: Page, idea: str, colleague: Poster) -> None:
    text(page).click()
    colleague.send(f"{idea}explore/", {"value": "Buren eten samen"}, f"{idea}answer/s1.why.challenge/")
    text(page).fill("Buren koken samen")
    theirs = page.locator(f"{CHALLENGE} button[name=theirs]")
    theirs.wait_for()
    with held(page):
        theirs.click(no_wait_after=True)
        text(page).press_sequentially(" plus dit", delay=5)
    expect(page.locator(f"{CHALLENGE} [data-theirs]")).to_have_text("Buren eten samen", timeout=30_000)
    expect(text(page)).to_have_value("Buren koken samen plus dit")


def test_a_row_that_was_saved_already_closes_when_it_is_sent_again(page: Page, idea: str) -> None:
    form = edits_a_goal(page, "Samen eten en afwassen")
    page.route("**/list/goals/**", loses_the_answer, times=1)
    form.locator("button.primary").click()
    expect(form.locator(".stands")).to_have_text(NO_CONNECTION)
    form.locator("button.primary").click()
    expect(form).to_have_count(0)
    expect(page.locator("#goals-rows .says")).to_have_text("Samen eten en afwassen")


def test_what_was_typed_in_a_row_is_there_again_after_all(page: Page, idea: str) -> None:
    hands, form = Hands(page), edits_a_goal(page, "Samen eten en afwassen")
    form.locator("a[href$='/remove/']").click()
    hands.press("role=link[name='Laat het staan']")
    expect(form).to_have_count(0)
    hands.edit("goals", 1)
    expect(form.locator("textarea[name=text]")).to_have_value("Samen eten en afwassen")
    form.locator("a[data-drops]").click()
    expect(form).to_have_count(0)
    hands.edit("goals", 1)
    expect(form.locator("textarea[name=text]")).to_have_value("Samen eten")
    expect_kept(page)


def test_what_comes_late_does_not_hide_what_was_saved_since(page: Page, idea: str, colleague: Poster) -> None:
    page.goto(f"{idea}check/")
    action = f"{idea}answer/s2.drive.mission/"
    form = page.locator(f"form[action='{action}']")
    asked: list[APIResponse] = []

    def late(route: Route) -> None:
        if route.request.method == "GET" and not asked:
            asked.append(route.fetch())
            page.wait_for_timeout(2500)
            route.fulfill(response=asked[0])
        else:
            route.continue_()

    page.route(f"**{action}", late)
    page.wait_for_timeout(1500)
    colleague.send(f"{idea}check/", {"note": "Van een collega"}, action)
    until(page, lambda: asked)
    form.locator("[value=no]").evaluate("pill => pill.click()")
    page.wait_for_timeout(4000)
    expect(form.locator("[value=no]")).to_be_checked()
    expect(form.locator("[name=note]")).to_have_value("Van een collega", timeout=30_000)
