"""People work in the same idea at the same time, each in a browser of their own."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import SignIn
from tests.browser.hands import Hands
from tests.browser.posts import poster

pytestmark = pytest.mark.browser

FOLLOWER, POLICY = "opvolger@lindeveer.test", "beleid@lindeveer.test"
SOON, GONE = 30_000, 60_000  # milliseconds


@pytest.fixture(scope="module")
def idea(browser: Browser, app: str) -> str:
    """The address of an idea that the demo's follower took up."""
    return poster(browser, app, FOLLOWER).follow("Samen tuinieren op zaterdag")


@pytest.fixture
def follower(sign_in: SignIn, idea: str) -> Hands:
    return Hands(sign_in(FOLLOWER))


@pytest.fixture
def policy(sign_in: SignIn, idea: str) -> Hands:
    return Hands(sign_in(POLICY))


def both_at(page: str, *hands: Hands) -> None:
    for each in hands:
        each.page.goto(page)


def top(element: Locator) -> float:
    """Where it stands on the screen."""
    place: float = element.evaluate("element => element.getBoundingClientRect().top")
    return place


def test_names_come_and_go_and_nothing_moves(follower: Hands, policy: Hands, idea: str, sign_in: SignIn) -> None:
    both_at(f"{idea}check/", follower)
    here, below = follower.at("#here"), follower.at("#preparation")
    expect(here).to_have_text("", timeout=GONE)
    before = top(below)
    both_at(f"{idea}explore/", policy)
    expect(here).to_contain_text("Beleid", timeout=SOON)
    assert top(below) == before
    policy.page.goto("about:blank")
    expect(here).to_have_text("", timeout=GONE)
    assert top(below) == before


def test_a_text_and_a_choice_come_in_with_who_made_them(follower: Hands, policy: Hands, idea: str) -> None:
    both_at(f"{idea}check/", follower, policy)
    policy.write("#s2-prep-team", "Het team ziet het zitten.")
    expect(follower.at("#s2-prep-team textarea")).to_have_value("Het team ziet het zitten.", timeout=SOON)
    expect(follower.at("#s2-prep-team .stands")).to_have_text(re.compile(r"Beleid.* \d\d:\d\d$"))
    policy.choose("#conclusion-drijfveer", "ok")
    expect(follower.at("#conclusion-drijfveer input[value=ok]")).to_be_checked(timeout=SOON)
    expect(follower.at("#way")).to_contain_text("1 check", timeout=SOON)


def test_a_row_that_is_added_edited_and_taken_away_comes_in(follower: Hands, policy: Hands, idea: str) -> None:
    both_at(f"{idea}check/", follower, policy)
    rows = follower.at("#followups-rows > li")
    policy.add("followups", "Wie heeft een sleutel?")
    expect(rows).to_have_text(re.compile("Wie heeft een sleutel"), timeout=SOON)
    policy.edit("followups", 1).locator("[name=text]").fill("Wie heeft de sleutel van de poort?")
    policy.save()
    expect(rows).to_have_text(re.compile("sleutel van de poort"), timeout=SOON)
    policy.edit("followups", 1)
    policy.take_away()
    expect(rows).to_have_count(0, timeout=SOON)


def test_what_is_being_typed_stays_and_so_does_its_place(follower: Hands, policy: Hands, idea: str) -> None:
    both_at(f"{idea}check/", follower, policy)
    mine = follower.at("#s2-prep-policy-text")
    mine.click()
    policy.write("#s2-prep-policy", "Van de ander.")
    mine.fill("Ons plan zegt het al.")
    mine.press_sequentially(" En ook")
    mine.press("ArrowLeft")
    caret, before = mine.evaluate("field => field.selectionStart"), top(mine)
    policy.write("#s2-prep-team", "\n".join(["Van het team.", *(f"Regel {number}" for number in range(12))]))
    expect(follower.at("#s2-prep-team textarea")).to_have_value(re.compile("Regel 11"), timeout=SOON)
    follower.page.wait_for_timeout(1_000)
    assert abs(top(mine) - before) < 1
    expect(mine).to_be_focused()
    expect(mine).to_have_value("Ons plan zegt het al. En ook")
    assert mine.evaluate("field => field.selectionStart") == caret


def test_what_waited_comes_in_when_the_field_is_left(follower: Hands, policy: Hands, idea: str) -> None:
    both_at(f"{idea}check/", follower, policy)
    mine = follower.at("#s2-prep-team textarea")
    before = mine.input_value()
    mine.focus()
    policy.write("#s2-prep-team", "Later gezegd.")
    expect(follower.at("#s2-prep-team [data-stale]")).to_have_count(1, timeout=SOON)
    expect(mine).to_be_focused()
    expect(mine).to_have_value(before)
    mine.blur()
    expect(mine).to_have_value("Later gezegd.", timeout=SOON)


def test_a_row_that_is_open_stays_open_and_folds_stay_open(follower: Hands, policy: Hands, idea: str) -> None:
    both_at(f"{idea}check/", follower, policy)
    policy.add("conditions", "Er is een tuin")
    expect(follower.at("#conditions-rows > li")).to_have_count(1, timeout=SOON)
    form = follower.edit("conditions", 1)
    form.locator("[name=text]").fill("Er is een tuin met")
    policy.add("conditions", "Er is water")
    follower.press("#s2-drive-mission details > summary")
    policy.choose("#s2-drive-mission", "yes")
    expect(follower.at("#s2-drive-mission input[value=yes]")).to_be_checked(timeout=SOON)
    expect(follower.at("#s2-drive-mission details")).to_have_attribute("open", "")
    expect(follower.at("#s2-drive-mission summary")).to_be_focused()
    expect(form.locator("[name=text]")).to_have_value("Er is een tuin met")
    follower.save()
    expect(follower.at("#conditions-rows > li")).to_have_count(2, timeout=SOON)
    expect(follower.at("#conditions-rows > li").first).to_contain_text("Er is een tuin met")


def test_whoever_is_signed_out_is_left_alone_until_they_sign_in_again(
    follower: Hands, policy: Hands, idea: str
) -> None:
    both_at(f"{idea}check/", follower, policy)
    kept = follower.page.context.cookies()
    follower.page.context.clear_cookies(name="sessionid")
    with follower.page.expect_response(lambda answer: "/now/" in answer.url and answer.status == 401):
        pass
    asked: list[str] = []
    follower.page.on("request", lambda request: asked.append(request.url))
    policy.write("#s2-prep-team", "Terwijl je weg was.")
    follower.page.wait_for_timeout(4_000)
    assert asked == []
    expect(follower.at("dialog[open]")).to_have_count(0)
    follower.page.context.add_cookies(kept)  # type: ignore[arg-type]
    follower.page.evaluate("document.dispatchEvent(new CustomEvent('werktsamen:signed-in'))")
    expect(follower.at("#s2-prep-team textarea")).to_have_value("Terwijl je weg was.", timeout=SOON)
