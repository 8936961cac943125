"""What happens when something cannot be saved: nothing is lost, it is told once, and the keyboard stays at work."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import SAVED, is_calm
from tests.browser.kept import expect_kept
from tests.browser.posts import Poster, poster

pytestmark = pytest.mark.browser

FOLLOWER, COORDINATOR = "opvolger@lindeveer.test", "coordinator@lindeveer.test"
CHALLENGE = "#s1-why-challenge"
NO_CONNECTION = "Niet opgeslagen: geen verbinding"
PHONE = {"viewport": {"width": 390, "height": 844}}
LATER = 30_000  # milliseconds


@pytest.fixture(scope="module")
def follower(browser: Browser, app: str) -> Poster:
    return poster(browser, app, FOLLOWER)


@pytest.fixture(scope="module")
def colleague(browser: Browser, app: str) -> Poster:
    return poster(browser, app, COORDINATOR)


@pytest.fixture
def idea(follower: Poster) -> str:
    """The address of an idea with two goals."""
    idea = follower.follow("Een idee op een slechte verbinding")
    follower.send(f"{idea}explore/", {"lines": "Samen eten\nSamen koken"}, f"{idea}list/goals/")
    return idea


@pytest.fixture
def page(sign_in: SignIn, idea: str) -> Page:
    page = sign_in(FOLLOWER)
    page.goto(f"{idea}explore/")
    return page


def goals(page: Page) -> Locator:
    return page.locator("#goals-rows .says")


def goals_of(at: Poster, idea: str) -> list[str]:
    """The goals that are recorded, for somebody who looks now."""
    html = at.request.get(f"{idea}list/goals/", headers={"HX-Request": "true"}).text()
    return [told.strip() for told in re.findall(r'class="says">([^<]*)<', html)]


def edits(page: Page, row: int = 1) -> Locator:
    """Opens a goal, and returns its form."""
    page.locator(f"#goals-rows > li:nth-child({row}) .acts a:not(.earlier)").click()
    form = page.locator("main form.editing")
    expect(form).to_be_visible()
    is_calm(page)
    return form


def changes_goal(at: Poster, idea: str, text: str) -> None:
    """Somebody else gives the last goal other words."""
    at.send(f"{idea}list/goals/{at.row(idea, 'goals')}/", {"text": text}, fill=True)


def answers(at: Poster, idea: str, text: str) -> None:
    at.send(f"{idea}explore/", {"value": text}, f"{idea}answer/s1.why.challenge/")


def in_conflict(page: Page, idea: str, colleague: Poster) -> Locator:
    """Types what a colleague changed meanwhile; returns what then shows both."""
    field = page.locator(f"{CHALLENGE} textarea[name=value]")
    field.click()
    answers(colleague, idea, "Buren eten samen")
    field.fill("Buren koken samen")
    between = page.locator(f"{CHALLENGE} .between")
    expect(between).to_be_visible()
    return between


def puts_two_texts_together(page: Page, idea: str, colleague: Poster) -> Locator:
    """The same, with the two put together by hand and not saved yet."""
    between = in_conflict(page, idea, colleague)
    between.locator("summary").click()
    between.locator("textarea").fill("Buren koken en eten samen")
    return between


def loses_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def is_asked(route: Route) -> bool:
    return route.request.method == "GET"


def expire(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def signs_in_again(page: Page) -> None:
    page.locator("dialog[open] [name=password]").fill(settings.DEMO_PASSWORD)
    page.locator("dialog[open] [name=password]").press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)


# ---------- two texts that are put together


def test_two_texts_that_are_being_put_together_are_there_again_and_not_saved(
    page: Page, idea: str, colleague: Poster, follower: Poster
) -> None:
    between = puts_two_texts_together(page, idea, colleague)
    expect_kept(page, "Buren koken en eten samen")
    page.reload()
    expect(between.locator("textarea")).to_have_value("Buren koken en eten samen")
    expect(between.locator("textarea")).to_be_visible()
    expect(page.locator(f"{CHALLENGE} textarea[name=value]")).to_have_value("Buren koken samen")
    page.wait_for_timeout(1500)
    assert "Buren koken" not in follower.request.get(f"{idea}answer/s1.why.challenge/").text()
    between.locator("button[name=merged]").click()
    expect(page.locator(f"{CHALLENGE} textarea[name=value]")).to_have_value("Buren koken en eten samen")
    expect_kept(page)


def test_two_texts_that_became_one_meanwhile_leave_what_was_put_together_readable(
    page: Page, idea: str, colleague: Poster
) -> None:
    between = puts_two_texts_together(page, idea, colleague)
    expect_kept(page, "Buren koken en eten samen")
    page.goto("/about/")
    answers(colleague, idea, "Buren koken samen")
    for _ in range(2):
        page.goto(f"{idea}explore/")
        expect(page.locator("#kept")).to_contain_text("Buren koken en eten samen")
        expect(between).to_have_count(0)


def test_a_row_that_is_being_put_together_is_there_again(page: Page, idea: str, colleague: Poster) -> None:
    form = edits(page, 2)
    changes_goal(colleague, idea, "Samen bakken")
    form.locator("textarea[name=text]").fill("Samen koken en afwassen")
    form.locator("button.primary").click()
    merging = form.locator("[name=merged-text]")
    form.locator(".merge summary").click()
    merging.fill("Samen bakken, koken en afwassen")
    expect_kept(page, "Samen bakken, koken en afwassen")
    page.reload()
    kept = page.locator("#kept")
    expect(kept).to_contain_text("Samen bakken, koken en afwassen")
    kept.locator("summary").click()
    kept.get_by_role("link").click()
    expect(form.locator("textarea[name=text]")).to_have_value("Samen koken en afwassen")
    form.locator("button.primary").click()
    expect(merging).to_have_value("Samen bakken, koken en afwassen")
    form.locator("button[name=merged]").click()
    page.wait_for_url(re.compile("/explore/"))
    expect(goals(page).last).to_have_text("Samen bakken, koken en afwassen")
    expect_kept(page)


# ---------- what was sent with a button


def test_a_row_that_could_not_be_added_is_added_once_by_itself(page: Page, idea: str, follower: Poster) -> None:
    page.context.set_offline(True)
    page.locator("#goals-lines").fill("Samen afwassen")
    page.locator("#goals-add button").click()
    expect(page.locator("#goals-add .stands")).to_have_text(NO_CONNECTION)
    page.context.set_offline(False)
    expect(goals(page)).to_have_text(["Samen eten", "Samen koken", "Samen afwassen"])
    expect(page.locator("#goals-add .stands")).to_have_count(0)
    expect(page.locator("#goals-lines")).to_have_value("")
    page.wait_for_timeout(4000)
    assert goals_of(follower, idea) == ["Samen eten", "Samen koken", "Samen afwassen"]


def test_a_row_of_which_the_answer_got_lost_is_added_once(page: Page, idea: str, follower: Poster) -> None:
    page.route("**/list/goals/", loses_the_answer, times=1)
    page.locator("#goals-lines").fill("Samen afwassen")
    page.locator("#goals-add button").click()
    expect(page.locator("#goals-add .stands")).to_have_text(NO_CONNECTION)
    expect(page.locator("#goals-lines")).to_have_value("", timeout=LATER)
    expect(page.locator("#goals-add .stands")).to_have_count(0)
    expect(goals(page)).to_have_text(["Samen eten", "Samen koken", "Samen afwassen"])
    assert goals_of(follower, idea) == ["Samen eten", "Samen koken", "Samen afwassen"]


def test_what_was_only_typed_is_not_sent_by_itself(page: Page, idea: str, follower: Poster) -> None:
    form = edits(page)
    page.context.set_offline(True)
    form.locator("textarea[name=text]").fill("Samen eten en drinken")
    form.locator("button.primary").click()
    expect(form.locator(".stands")).to_have_text(NO_CONNECTION)
    form.locator("textarea[name=text]").fill("Samen eten en")
    page.locator("#goals-lines").fill("Samen afwassen")
    page.context.set_offline(False)
    page.wait_for_timeout(4000)
    expect(form.locator("textarea[name=text]")).to_have_value("Samen eten en")
    assert goals_of(follower, idea) == ["Samen eten", "Samen koken"]


def test_a_row_that_was_refused_is_saved_after_signing_in_again(page: Page, idea: str, follower: Poster) -> None:
    form = edits(page)
    expire(page)
    form.locator("textarea[name=text]").fill("Samen eten en drinken")
    form.locator("button.primary").click()
    signs_in_again(page)
    expect(goals(page)).to_have_text(["Samen eten en drinken", "Samen koken"])
    expect(form).to_have_count(0)
    assert goals_of(follower, idea) == ["Samen eten en drinken", "Samen koken"]


def test_two_texts_put_together_without_a_connection_are_saved_by_themselves(
    page: Page, idea: str, colleague: Poster
) -> None:
    between = puts_two_texts_together(page, idea, colleague)
    page.context.set_offline(True)
    between.locator("button[name=merged]").click()
    expect(page.locator(f"{CHALLENGE} .stands")).to_have_text(NO_CONNECTION)
    page.context.set_offline(False)
    expect(page.locator(f"{CHALLENGE} .stands")).to_have_text(SAVED)
    expect(page.locator(f"{CHALLENGE} textarea[name=value]")).to_have_value("Buren koken en eten samen")


# ---------- where the keyboard is


def test_the_keyboard_goes_into_the_row_that_opens_and_to_the_way_back_of_one_that_is_gone(page: Page) -> None:
    form = edits(page)
    expect(form.locator("textarea[name=text]")).to_be_focused()
    form.locator("a.end").press("Enter")
    sure = page.locator("#goals-rows form button[autofocus]")
    expect(sure).to_be_focused()
    is_calm(page)
    sure.press("Enter")
    back = page.locator("#goals-removed button")
    expect(back).to_be_focused()
    page.wait_for_timeout(4000)
    expect(back).to_be_focused()
    back.press("Enter")
    edit = page.locator("#goals-rows > li").first.get_by_role("link", name="Bewerk")
    expect(edit).to_be_focused()
    page.wait_for_timeout(4000)
    expect(edit).to_be_focused()


def test_the_keyboard_stays_on_the_button_that_moves_a_row(page: Page, idea: str, sign_in: SignIn) -> None:
    page.locator("#goals .reorder").click()
    expect(page.locator("#goals-rows button").first).to_be_focused()
    is_calm(page)
    row = page.locator("#goals-rows > li").first.get_attribute("id")
    down, up = page.locator(f"#{row} button[value=down]"), page.locator(f"#{row} button[value=up]")
    down.press("Enter")
    expect(page.locator("#goals-rows > li").last).to_have_id(str(row))
    page.wait_for_timeout(300)
    expect(down).to_be_focused()
    page.route("**/list/goals/order/", lambda route: route.abort() if is_asked(route) else route.continue_())
    other = sign_in(COORDINATOR)
    other.goto(f"{idea}list/goals/order/")
    other.locator(f"#{row} button[value=up]").click()
    expect(other.locator("#goals-rows > li").first).to_have_id(str(row))
    up.press("Enter")
    expect(page.locator("#goals .problem")).to_be_visible()
    page.wait_for_timeout(300)
    expect(up).to_be_focused()


def test_what_is_refused_comes_into_view_on_a_phone(sign_in: SignIn, idea: str, colleague: Poster) -> None:
    page = sign_in(FOLLOWER, **PHONE)
    page.goto(f"{idea}explore/")
    form = edits(page, 2)
    changes_goal(colleague, idea, "Samen bakken")
    form.locator("textarea[name=text]").fill("Samen koken en afwassen")
    form.locator("button.primary").click()
    told = form.locator(".between [role=alert]")
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport(ratio=1)
    removing = f"{idea}list/goals/{colleague.row(idea, 'goals')}/remove/"
    colleague.send(removing, {}, removing)
    form.locator("button[name=mine]").click()
    gone = form.locator(".problem[role=alert]")
    expect(gone).to_contain_text("weg")
    expect(gone).to_be_focused()
    expect(gone).to_be_in_viewport()


def test_who_types_on_is_not_taken_away_by_a_conflict(page: Page, idea: str, colleague: Poster) -> None:
    in_conflict(page, idea, colleague)
    page.wait_for_timeout(300)
    expect(page.locator(f"{CHALLENGE} textarea[name=value]")).to_be_focused()


def test_who_goes_on_elsewhere_is_not_taken_back_by_what_is_sent_again(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("#goals-lines").fill("Samen afwassen")
    page.locator("#goals-add button").click()
    expect(page.locator("#goals-add .stands")).to_have_text(NO_CONNECTION)
    elsewhere = page.locator(f"{CHALLENGE} .earlier:not(.says-here)")
    elsewhere.focus()
    page.context.set_offline(False)
    expect(goals(page)).to_have_count(3)
    page.wait_for_timeout(300)
    expect(elsewhere).to_be_focused()


# ---------- what is told


def test_a_click_without_a_connection_says_so_until_the_next_that_works(page: Page) -> None:
    page.context.set_offline(True)
    edit = page.locator("#goals-rows > li").first.get_by_role("link", name="Bewerk")
    edit.click()
    told = page.locator("#goals-rows [role=alert]")
    expect(told).to_have_text("Dat lukte niet. Is er verbinding? Probeer het nog eens.")
    edit.click()
    expect(told).to_have_count(1)
    page.context.set_offline(False)
    edit.click()
    expect(page.locator("main form.editing")).to_be_visible()
    expect(told).to_have_count(0)


def test_a_conflict_is_told_once_and_a_new_one_again(page: Page, idea: str, colleague: Poster) -> None:
    between = in_conflict(page, idea, colleague)
    expect(between.locator("[role=alert]")).to_have_count(1)
    field = page.locator(f"{CHALLENGE} textarea[name=value]")
    for text in ["Buren koken samen,", "Buren koken samen, en"]:
        field.fill(text)
        expect(between.locator("blockquote").first).to_have_text(text)
        expect(between.locator("p strong").first).to_be_visible()
        expect(between.locator("[role=alert]")).to_have_count(0)
    answers(colleague, idea, "Buren bakken samen")
    field.fill("Buren koken samen, en dan?")
    expect(between.locator("[data-theirs]")).to_have_text("Buren bakken samen")
    expect(between.locator("[role=alert]")).to_have_count(1)


def test_the_past_opens_and_closes_in_its_place(page: Page, idea: str) -> None:
    earlier = page.locator(f"{CHALLENGE} .earlier:not(.says-here)")
    past = page.locator(f"{CHALLENGE}-past > *")
    expect(earlier).to_have_attribute("aria-expanded", "false")
    earlier.click()
    expect(past).to_have_count(1)
    expect(earlier).to_have_attribute("aria-expanded", "true")
    earlier.press("Enter")
    expect(past).to_have_count(0)
    expect(earlier).to_have_attribute("aria-expanded", "false")
    expect(earlier).to_be_focused()
    earlier.press("Enter")
    page.locator(f"{CHALLENGE}-past [data-closes]").press("Enter")
    expect(earlier).to_have_attribute("aria-expanded", "false")
    expect(earlier).to_be_focused()
