"""Every page and what happens on it, in four looks: nothing sticks out, no script fails, and axe finds nothing."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.hands import is_calm
from tests.browser.posts import States, made_by, poster

pytestmark = pytest.mark.browser

COORDINATOR, FOLLOWER, POLICY, COLLEAGUE = (
    f"{head}@lindeveer.test" for head in ("coordinator", "opvolger", "beleid", "collega")
)
WIDTHS = {"phone": (390, 844), "laptop": (1280, 800), "projector": (1920, 1080)}
BACKGROUND_PAGES = [f"/background/{rest}" for rest in ("", "tips/", "coordination/", "legal/")]
STEPS = ["", "explore/", "check/", "concretise/", "decide/", "running/", "dossier/"]
LOOKS = [("phone", "light", "nl"), ("laptop", "dark", "nl"), ("projector", "light", "en"), ("phone", "dark", "en")]
# Each scheme and each kind of layout once; what axe looks at is the same in the other two.
LOOKS_FOR_AXE = LOOKS[:2]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# What a browser notes of a page or a fragment that was refused, as these tests ask for.
REFUSED = re.compile(r"Failed to load resource.* (403|409|422) |Response Status Error Code (409|422)")


class Look:
    """A screen of some width, scheme and language, at which several people work in turn."""

    def __init__(self, browser: Browser, app: str, look: tuple[str, str, str]) -> None:
        self.browser, self.app, self.look = browser, app, look
        self.width, self.scheme, self.language = look
        self.has_axe = look in LOOKS_FOR_AXE
        self.pages: dict[str, Page] = {}
        self.failures: list[str] = []

    def page(self, mail: str = "") -> Page:
        """The page of this person; without a name that of somebody who is signed out."""
        if mail not in self.pages:
            page = self._context().new_page()
            page.on("pageerror", lambda error: self.failures.append(str(error)))
            page.on("console", self._hears)
            page.goto("/")
            if mail:
                page.get_by_role("button", name=mail).click()
                page.wait_for_url(f"{self.app}/")
            self.pages[mail] = page
        return self.pages[mail]

    def _context(self) -> BrowserContext:
        size: Any = dict(zip(["width", "height"], WIDTHS[self.width], strict=True))
        scheme: Any = self.scheme
        context = self.browser.new_context(
            base_url=self.app, viewport=size, color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "django_language", "value": self.language, "url": self.app}])
        return context

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSED.search(f"{message.text} "):
            self.failures.append(message.text)

    def hold(self, page: Page, what: str, *, axe: bool = True) -> None:
        """What must hold for the page as it stands."""
        page.wait_for_load_state()
        width = WIDTHS[self.width][0]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{what} is wider than {width}"
        assert self.failures == [], what
        if self.has_axe and axe:
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{what}: {found.generate_report()}"

    def visit(self, mail: str, address: str, status: int = 200, *, axe: bool = True) -> Page:
        """Opens a page with all that is folded in it, and holds it."""
        page = self.page(mail)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, address
        assert page.locator("form[data-unsaved]").count() == 0, f"nobody typed at {address}"
        unfold(page)
        self.hold(page, f"{address} for {mail or 'nobody'}", axe=axe)
        return page

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


def unfold(page: Page) -> None:
    """Opens all that is folded, but for the menus: one sees those alone."""
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(fold => { fold.open = true })")


@pytest.fixture
def look(request: pytest.FixtureRequest, browser: Browser, app: str) -> Iterator[Look]:
    seen = Look(browser, app, request.param)
    yield seen
    seen.close()


@pytest.fixture(scope="session")
def ideas(browser: Browser, app: str) -> States:
    """Ideas of the demo's follower, each in a state of its own."""
    return made_by(poster(browser, app, FOLLOWER))


def in_looks(looks: list[tuple[str, str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("look", looks, indirect=True, ids=["-".join(look) for look in looks])


in_every_look = in_looks(LOOKS)
# On a projector a page for working looks as on a laptop.
in_working_looks = in_looks([look for look in LOOKS if look[0] != "projector"])


@in_every_look
def test_nothing_sticks_out_and_axe_finds_nothing(look: Look) -> None:
    look.visit("", "/sign-in/")
    cards = look.page(COORDINATOR).locator(".card a").all()
    ideas = [address for card in cards if (address := card.get_attribute("href"))][-5:]
    assert len(ideas) == 5
    for address in [
        "/",
        "/about/",
        *BACKGROUND_PAGES,
        "/ideas/step-4/",
        *(f"{idea}{step}" for idea in ideas for step in STEPS),
    ]:
        look.visit(COORDINATOR, address)


def addresses(ideas: States) -> list[tuple[str, str, int]]:
    """The pages that an idea has in some state or for somebody: who opens which, and with what status."""
    full, empty = ideas.full, ideas.empty
    goal = f"{full}list/goals/{ideas.rows['goals']}/"
    for_follower = [
        "/",
        "/idea/new/",
        "/scan/",
        "/scan/?alone=no&elsewhere=no&service=no&existing=partly&wanted=yes&ready=unknown",
        "/scan/?alone=no",
        "/ideas/received/",
        *(f"/exports/{rest}" for rest in ("", "?lane=step-1&all=1")),
        ideas.received,
        *(f"{ideas.received}way/{verb}/" for verb in ("take_up", "decline", "park")),
        *(f"{ideas.parked}{rest}" for rest in ("", "way/park/")),
        *(f"{ideas.paused}{rest}" for rest in ("", "way/pause/", "way/resume/")),
        *(f"{ideas.stopped}{rest}" for rest in ("", "way/stop/", "way/stop/?why", "way/reopen/")),
        *(f"{ideas.merged}{rest}" for rest in ("", "explore/", "way/unmerge/", "way/stop/", "people/")),
        *(f"{empty}{rest}" for rest in ("", "explore/", "check/", "concretise/", "decide/")),
        *(f"{empty}way/{verb}/" for verb in ("move_on", "stop", "pause", "hand_over", "merge", "delete")),
        *(f"{empty}{rest}" for rest in ("people/", "temperature/")),
        *(f"{full}{rest}" for rest in ("", "explore/", "check/", "concretise/", "decide/")),
        *(f"{idea}puzzle/{rest}" for idea in (full, empty) for rest in ("", "print/")),
        *(f"{full}meetings/{rest}" for rest in ("", "plan/")),
        *(f"{idea}running/" for idea in (full, empty)),
        *(f"{full}{rest}" for rest in ("voting/", "pass-on/")),
        *(f"/idea/1/{rest}" for rest in ("way/renew/", "sealed/", "pass-on/")),
        "/idea/new/file/",
        *(f"{full}{rest}" for rest in ("way/send_back/", "way/delete/", "temperature/", "questions-back/")),
        f"{goal}remove/",
        f"{goal}past/",
        *(
            f"{full}{rest}past/"
            for rest in (
                "",
                "answer/s1.why.challenge/",
                "list/goals/",
                "part/facts/",
                "verdict/",
                "prepare/motivation/",
            )
        ),
        f"{full}list/partners/{ideas.rows['partners']}/remove/",
        f"{full}list/goals/order/",
        f"{full}list/followups/add/?question=s2.exp.available",
        *(f"{full}part/{name}/" for name in ("facts", "money", "support_not_needed", "trajectory")),
        *(
            f"{full}{rest}"
            for rest in ("answer/s2.exp.available/", "answer/s1.why.challenge/", "conclusion/drijfveer/")
        ),
    ]
    return [
        *((FOLLOWER, address, 200) for address in for_follower),
        *((POLICY, f"{full}{rest}", 200) for rest in ("check/", "decide/", "record/go/", "record/no_go/")),
        *((COLLEAGUE, f"{full}{rest}", 200) for rest in ("check/", "concretise/", "decide/")),
        (COLLEAGUE, f"{full}way/stop/", 403),
        (FOLLOWER, f"{empty}questions-back/", 409),
        *(("", address, 200) for address in ("/check/", "/vote/")),
        *((COORDINATOR, f"/idea/1/{rest}", 200) for rest in ("finish/", "sealed/black-out/")),
        (COORDINATOR, "/organisation/", 200),
        *((COORDINATOR, f"/organisation/change/{part}/", 200) for part in ("about", "choices", "thresholds")),
        *((COORDINATOR, f"/organisation/teams/{rest}", 200) for rest in ("", "1/", "1/take-away/")),
        *((COORDINATOR, f"/organisation/people/{rest}", 200) for rest in ("", "invite/", "1/", "1/leaving/")),
        (COORDINATOR, "/organisation/people/5/leaving/", 200),
        *((COLLEAGUE, address, 200) for address in ("/organisation/", "/organisation/people/", "/me/")),
        (COLLEAGUE, "/organisation/people/invite/", 403),
        (POLICY, "/idea/1/record/no_go/", 200),
    ]


@in_working_looks
def test_pages_for_whoever_works_with_an_idea(look: Look, ideas: States) -> None:
    """Axe looks at each of them once, by turns on a phone and on a laptop."""
    for number, (mail, address, status) in enumerate(addresses(ideas)):
        look.visit(mail, address, status, axe=LOOKS[number % 2] == look.look)


@in_looks(LOOKS[:1])
def test_the_form_of_a_row_of_every_list(look: Look, ideas: States) -> None:
    for name, row in ideas.rows.items():
        look.visit(FOLLOWER, f"{ideas.full}list/{name}/{row}/")


# ---------- what happens on a page


def press(page: Page, selector: str, then: str) -> None:
    """Presses something, and waits for what comes of it, and until that can be pressed."""
    page.locator(selector).first.click()
    expect(page.locator(then).first).to_be_visible()
    is_calm(page)


def make_stale(page: Page, form: str, field: str) -> None:
    """Types in a form as if somebody else had saved another answer since the page was opened."""
    page.locator(f"{form} input[name=version]").evaluate("field => { field.value = 'of-before' }")
    page.locator(f"{form} [name={field}]").fill("Wat ik intussen typte.")
    page.locator(f"{form} [name={field}]").blur()
    for save in page.locator(f"{form} button.primary").all():
        save.click()
    expect(page.locator(f"{form} .problem button[name=mine]")).to_be_visible()


def clear_and_save(page: Page, form: str, field: str) -> None:
    page.locator(f"{form} [name={field}]").fill("")
    press(page, f"{form} button.primary", f"{form} .errorlist")


def edit(page: Page, name: str, row: int | str = "first-child") -> str:
    """Opens a row of a list, and returns where its form stands."""
    item = f"#{name}-{row}" if isinstance(row, int) else f"#{name}-rows > li:{row}"
    press(page, f"{item} .acts a:not(.earlier)", f"#{name}-rows form.editing")
    return f"#{name}-rows form.editing"


def exploring(page: Page, ideas: States) -> None:
    edit(page, "goals")
    press(page, "#goals-rows a.end", "#goals-rows form button[autofocus]")
    edit(page, "partners", "nth-child(2)")
    clear_and_save(page, edit(page, "evidence_problem"), "text")
    make_stale(page, edit(page, "pieces"), "name")
    make_stale(page, "#s1-why-challenge", "value")
    press(page, "#money a.act", "#money form.editing")
    press(page, "#evidence_answers a.reorder", "#evidence_answers .moving")


def checking(page: Page, ideas: States) -> None:
    press(page, "#s2-exp-available .offer a", "#s2-exp-available-arises form.editing")
    press(page, "#s2-exp-available-arises button.primary", "#s2-exp-available-arises .errorlist")
    press(page, "#support a.button", "#support-new form.editing")
    edit(page, "followups")
    edit(page, "conditions")
    make_stale(page, "#conclusion-drijfveer", "note")


def concretising(page: Page, ideas: States) -> None:
    for name in ("activities", "between", "overall", "indicators_process", "indicators_none"):
        edit(page, name)
    press(page, "#bundles a.reorder", "#bundles .moving")
    make_stale(page, "#s3-enough", "note")


def controlling(page: Page, ideas: States) -> None:
    make_stale(page, f"#conditions-{ideas.rows['conditions']}", "remark")
    make_stale(page, "#verdict", "note")
    make_stale(page, "#draft-motivation", "motivation")


def running(page: Page, ideas: States) -> None:
    clear_and_save(page, edit(page, "pulses"), "date")
    press(page, "#reviews a.button", "#reviews-new form.editing")


def looking_after(page: Page, ideas: States) -> None:
    press(page, "#facts a.act", "#facts form.editing")
    clear_and_save(page, edit(page, "attachments"), "title")


def refused(page: Page, ideas: States) -> None:
    press(page, "main form:has(> input[name=token]) button.primary", "main .errorlist")


def opening_a_menu(page: Page, ideas: States) -> None:
    press(page, ".idea-actions summary", ".idea-actions .panel a")


STATES: list[tuple[str, Callable[[States], str], Callable[[Page, States], None]]] = [
    (FOLLOWER, lambda ideas: f"{ideas.full}explore/", exploring),
    (FOLLOWER, lambda ideas: f"{ideas.full}check/", checking),
    (FOLLOWER, lambda ideas: f"{ideas.full}concretise/", concretising),
    (FOLLOWER, lambda ideas: f"{ideas.full}decide/", controlling),
    (FOLLOWER, lambda ideas: f"{ideas.full}running/", running),
    (FOLLOWER, lambda ideas: ideas.full, looking_after),
    (FOLLOWER, lambda ideas: ideas.full, opening_a_menu),
    (FOLLOWER, lambda ideas: "/idea/new/", refused),
    (FOLLOWER, lambda ideas: f"{ideas.empty}way/stop/", refused),
    (FOLLOWER, lambda ideas: f"{ideas.empty}way/hand_over/", refused),
    (FOLLOWER, lambda ideas: f"{ideas.empty}people/", refused),
    (FOLLOWER, lambda ideas: f"{ideas.empty}temperature/", refused),
    (COORDINATOR, lambda ideas: "/organisation/teams/", refused),
    (COORDINATOR, lambda ideas: "/organisation/people/1/leaving/", refused),
]


@in_working_looks
def test_what_happens_on_a_page(look: Look, ideas: States) -> None:
    for mail, address, happens in STATES:
        page = look.page(mail)
        page.goto(address(ideas))
        unfold(page)
        happens(page, ideas)
        unfold(page)
        look.hold(page, f"{happens.__name__} at {address(ideas)}")
