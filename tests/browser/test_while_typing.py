"""Whoever types while an answer comes back goes on where they were; it shows once, and chooses nothing for them."""

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import SAVED, Hands
from tests.browser.posts import poster

pytestmark = pytest.mark.browser

LATER = 30_000  # milliseconds
FOLLOWER, COORDINATOR = "opvolger@lindeveer.test", "coordinator@lindeveer.test"


@pytest.fixture
def both(browser: Browser, sign_in: SignIn, app: str) -> tuple[Hands, Hands]:
    """Two at the same infofiche."""
    idea = poster(browser, app, FOLLOWER).follow("Samen typen")
    hands = Hands(sign_in(FOLLOWER)), Hands(sign_in(COORDINATOR))
    for each in hands:
        each.page.goto(f"{idea}explore/")
    return hands


def challenge_of(hands: Hands) -> Locator:
    return hands.at("#s1-why-challenge > .field textarea")


def in_conflict(one: Hands, other: Hands) -> None:
    """The other sees two texts: what they typed, and what the one saved meanwhile."""
    challenge_of(other).click()
    one.write("#s1-why-challenge", "Alleen")
    challenge_of(other).press_sequentially("Bang en moe")
    expect(other.at("#s1-why-challenge .between blockquote").first).to_have_text("Bang en moe")


def merge(hands: Hands) -> Locator:
    hands.at("#s1-why-challenge .merge").evaluate("fold => { fold.open = true }")
    return hands.at("#s1-why-challenge button[name=merged]")


def test_whoever_goes_on_to_the_next_field_as_an_answer_comes_in_stays_there(both: tuple[Hands, Hands]) -> None:
    one, _ = both
    one.page.evaluate(
        "document.querySelector('#s1-why-challenge').addEventListener('htmx:afterSwap',"
        " () => document.querySelector('#s1-how-approach textarea').focus(), { once: true })"
    )
    challenge_of(one).press_sequentially("Alleen")
    expect(one.at("#s1-how-approach textarea")).to_be_focused()
    one.page.wait_for_timeout(200)
    expect(one.at("#s1-how-approach textarea")).to_be_focused()


def test_whoever_types_at_the_end_goes_on_at_the_end_of_the_two_texts_together(both: tuple[Hands, Hands]) -> None:
    one, other = both
    in_conflict(one, other)
    button = merge(other)
    challenge_of(other).press("Control+End")
    button.evaluate("button => button.click()")
    expect(challenge_of(other)).to_have_value("Alleen\n\nBang en moe")
    other.page.keyboard.type(" samen")
    expect(challenge_of(other)).to_have_value("Alleen\n\nBang en moe samen")


def test_a_choice_that_could_not_be_sent_is_not_made_about_what_was_typed_since(both: tuple[Hands, Hands]) -> None:
    one, other = both
    in_conflict(one, other)
    button = merge(other)
    other.page.context.set_offline(True)
    challenge_of(other).press_sequentially(" en boos")
    button.click()
    other.page.wait_for_timeout(500)
    with other.page.expect_response(lambda told: told.request.method == "POST" and "/answer/" in told.url) as answered:
        other.page.context.set_offline(False)
    assert answered.value.status == 409
    expect(other.at("#s1-why-challenge .between")).to_contain_text("en boos")
    merge(other).click()
    expect(challenge_of(other)).to_have_value("Alleen\n\nBang en moe en boos")


def test_a_page_that_hears_of_what_it_saved_before_the_answer_comes_shows_it_once(both: tuple[Hands, Hands]) -> None:
    one, _ = both

    def answers_late(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        answer = route.fetch()
        with one.page.expect_response(lambda told: "/now/" in told.url and told.status == 200):
            pass
        one.page.wait_for_timeout(100)
        route.fulfill(response=answer)

    for where in ["**/list/goals/", "**/answer/s1.how.approach/"]:
        one.page.route(where, answers_late)
    approach = one.at("#s1-how-approach textarea").first
    approach.fill("Elke week samen eten.")
    approach.blur()
    expect(one.at("#s1-how-approach .stands")).to_have_text(SAVED)
    one.page.wait_for_timeout(500)
    expect(one.at("#s1-how-approach .stands")).to_have_text(SAVED)
    one.add("goals", "Buren kennen elkaar")
    one.page.wait_for_timeout(500)
    expect(one.at("#goals-rows > li")).to_have_count(1)


def test_what_a_colleague_changed_comes_in_later_where_it_could_not_be_fetched(both: tuple[Hands, Hands]) -> None:
    one, other = both
    unheard: list[str] = []

    def gets_lost(route: Route) -> None:
        unheard.append(route.request.url)
        route.abort()

    other.page.route("**/answer/s1.how.approach/", gets_lost, times=1)
    one.write("#s1-how-approach", "Elke week samen eten.")
    expect(other.at("#s1-how-approach textarea").first).to_have_value("Elke week samen eten.", timeout=LATER)
    assert len(unheard) == 1
