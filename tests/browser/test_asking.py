"""A follower asks a support service, which answers from the link in the mail, and the follower sees it arrive."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, SignIn
from tests.browser.hands import Hands
from tests.browser.post_office import PostOffice
from tests.browser.posts import poster
from tests.browser.test_every_page import RULES, WIDTHS
from tests.browser.test_working import Device, on_every_device

pytestmark = pytest.mark.browser

FOLLOWER, SUPPORT = "opvolger@lindeveer.test", "steun@lindeveer.test"

type SignedOut = Callable[[Device], Hands]


@pytest.fixture(scope="module")
def post_office(app: str, app_data: Path, app_database: str) -> PostOffice:
    return PostOffice(app_data, app_database)


@pytest.fixture
def signed_out(browser: Browser, app: str) -> Iterator[SignedOut]:
    """A function that gives the browser of somebody who is not signed in."""
    contexts = []

    def opened(device: Device) -> Hands:
        context = browser.new_context(base_url=app, **device.context)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Hands(context.new_page(), device.touch, device.scripts)

    yield opened
    for context in contexts:
        context.close()


def ask(at: Hands, idea: str) -> None:
    at.page.goto(f"{idea}check/")
    at.press("#asked-expertise a:has-text('Vraag iemand')")
    at.page.get_by_role("checkbox", name="Financiën (Steun)").check()
    at.page.get_by_label("Tegen vrijdag").check()
    at.page.get_by_label("Wat wil je weten?").fill("Kan dit binnen de uren?")
    at.press("role=button[name='Vraag het']")
    expect(at.at("#asked-expertise")).to_contain_text("Nog niemand")


@on_every_device
def test_a_service_answers_from_its_mail_in_three_taps_and_the_follower_sees_it_arrive(
    device: Device, sign_in: SignIn, signed_out: SignedOut, post_office: PostOffice, browser: Browser, app: str
) -> None:
    idea = poster(browser, app, FOLLOWER).follow(f"Samen strijken ({device.name})")
    follower, service = device.hands(sign_in, FOLLOWER), signed_out(device)
    ask(follower, idea)
    service.page.goto(post_office.last_link_to(SUPPORT, "/answer/"))
    expect(service.at("main")).to_contain_text("Kan dit binnen de uren?")
    expect(service.at("main")).to_contain_text("Je antwoordt als Steun")
    service.press("role=button[name='Liever overleg']")
    expect(service.at("main [role=status]")).to_contain_text("Je antwoord is binnen: liever overleg")
    if not device.scripts:
        follower.page.reload()
    expect(follower.at("#asked-expertise .chip")).to_have_text("liever overleg")
    service.page.get_by_label("Een zin erbij").fill("Er is niemand vrij in januari.")
    service.press("role=button[name='Bezwaar']")
    expect(service.at("main [role=status]")).to_contain_text("bezwaar")
    if not device.scripts:
        follower.page.reload()
    expect(follower.at("#asked-expertise")).to_contain_text("Er is niemand vrij in januari.")
    follower.press("#asked-expertise button:has-text('Maak er een opvolgpunt van')")
    expect(follower.at("#followups-rows")).to_contain_text("Er is niemand vrij in januari.")


def test_somebody_finds_what_waits_for_them_from_the_menu_and_answers_it(
    sign_in: SignIn, browser: Browser, app: str
) -> None:
    title = "Samen naar de markt"
    idea = poster(browser, app, FOLLOWER).follow(title)
    follower, phone = Hands(sign_in(FOLLOWER)), Hands(sign_in(SUPPORT, viewport={"width": 390, "height": 844}))
    ask(follower, idea)
    phone.page.reload()
    count = phone.at(".for-me .badge")
    expect(count).to_contain_text("wacht")
    phone.press(".for-me")
    phone.press(f"main a:has-text('{title}'):has-text('expertisecheck')")
    phone.press("role=button[name='Geen bezwaar']")
    expect(phone.at("main [role=status]")).to_contain_text("geen bezwaar")
    phone.press(".for-me")
    expect(phone.page.get_by_role("heading", name="Voor mij")).to_be_visible()
    expect(phone.at("main a").filter(has_text=title).filter(has_text="antwoord: expertisecheck")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_of_these_pages_and_axe_finds_nothing(
    width: str, scheme: str, sign_in: SignIn, browser: Browser, app: str, post_office: PostOffice
) -> None:
    idea = poster(browser, app, FOLLOWER).follow(f"Samen fietsen {width} {scheme}")
    size = dict(zip(["width", "height"], WIDTHS[width], strict=True))
    page = sign_in(FOLLOWER, viewport=size, color_scheme=scheme)
    ask(Hands(page), idea)
    asking = page.locator("#asked-expertise a[href*='/asking/']").get_attribute("href")
    link = post_office.last_link_to(SUPPORT, "/answer/")
    for address in ["/for-me/", f"{idea}check/", f"{idea}explore/", f"{idea}ask/", asking or "", link, "/answer/x/"]:
        page.goto(address)
        holds(page, address, WIDTHS[width][0])


def holds(page: Page, address: str, width: int) -> None:
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(fold => { fold.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{address}: {found.generate_report()}"
