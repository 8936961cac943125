"""A coordinator sets up an organisation from nothing; colleagues come by mail, choose an idea together, and one goes.

All of it with two web processes, a worker and a mail server; the links are those in the mails that arrived there.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.hands import Hands
from tests.browser.test_every_page import RULES
from tests.browser.test_working import PHONE, confirm_both_lists, enter, take_up
from tests.people.post_office import PostOffice, an_office, opened
from tests.served import own_database, served, web_processes

pytestmark = pytest.mark.browser

PASSWORD = "een lang wachtwoord"
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
SOON = 30_000  # milliseconds
FOLLOWER, TEAMMATE, POLICY, SERVICE = (f"{who}@wilgenbos.test" for who in ("fien", "tom", "paula", "hr"))
CHALLENGE = "Veel mensen in de buurt eten elke dag alleen."


@dataclass(frozen=True)
class Empty:
    """An installation that nobody used yet: where it is found, where its data stand, and who takes its mail."""

    address: str
    data: Path
    office: PostOffice

    @property
    def start_code(self) -> str:
        found = re.search(r"Start code: (\S+)", (self.data / "log").read_text())
        assert found
        return found[1]

    def link_in_mail(self, to: str, subject: str) -> str:
        """The link in the last mail with this in its subject that arrived for somebody; waits until there is one."""
        until = time.monotonic() + SOON / 1000
        while not (texts := self.mails(to, subject)):
            assert time.monotonic() < until, f"no mail arrived for {to}: {self.mails(to)}"
            time.sleep(0.1)
        links: list[str] = re.findall(r"https?://\S+", texts[-1])
        assert links[0].startswith(f"{self.address}/"), links
        return links[0]

    def mails(self, to: str, subject: str = "") -> list[str]:
        """The texts that arrived for somebody."""
        arrived = [mail for mail in self.office.taken if mail["To"] == to and subject in str(mail["Subject"])]
        return [mail.get_content() for mail in arrived]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Empty]:
    data, office = tmp_path_factory.mktemp("empty"), an_office()
    told = {"WEB_PROCESSES": "2", "WERKTSAMEN_MAIL": f"smtp://127.0.0.1:{office.port}"}
    with (
        opened(office),
        own_database("werktsamen_from_nothing") as database,
        served(data, database, demo=False, **told) as address,
    ):
        assert web_processes(address) == 2
        yield Empty(address, data, office)


type Opens = Callable[[dict[str, Any]], Hands]


@pytest.fixture
def opens(browser: Browser, empty: Empty) -> Iterator[Opens]:
    """A function that gives somebody a browser of their own; afterwards no script failed in any."""
    contexts, failures = [], []

    def open_one(device: dict[str, Any]) -> Hands:
        context = browser.new_context(base_url=empty.address, reduced_motion="reduce", **device)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        return Hands(page, touch="has_touch" in device)

    yield open_one
    for context in contexts:
        context.close()
    assert failures == []


def fill(at: Hands, **told: str) -> None:
    for name, text in told.items():
        at.at(f"main [name={name}]").fill(text)


def go(at: Hands) -> None:
    at.page.locator("main form button.primary").first.click()


def holds(page: Page) -> None:
    """Nothing sticks out, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def heading(at: Hands, words: str | re.Pattern[str]) -> None:
    expect(at.at("h1")).to_have_text(words)


# ---------- an organisation from nothing


def starts(at: Hands, empty: Empty) -> None:
    """Makes the organisation; a wrong code first makes none."""
    at.page.goto("/idea/new/")
    heading(at, "Begin met je organisatie")
    holds(at.page)
    fill(at, organisation="Wilgenbos vzw", name="Cora", email="cora@wilgenbos.test")
    fill(at, password=PASSWORD, again=PASSWORD, code="AAAA-BBBB-CCCC-DDDD")
    go(at)
    expect(at.at(".has-error [name=code]")).to_be_visible()
    holds(at.page)
    fill(at, password=PASSWORD, again=PASSWORD, code=empty.start_code)
    go(at)
    heading(at, "Mensen")


def tells_what_it_is_for(at: Hands) -> None:
    at.page.goto("/organisation/change/about/")
    fill(at, mission="Niemand valt tussen twee diensten.", red_lines="Nooit zonder de cliënt.")
    go(at)
    expect(at.at("main")).to_contain_text("Nooit zonder de cliënt.")


def makes_a_team(at: Hands) -> None:
    at.page.goto("/organisation/teams/")
    fill(at, name="Team buurtwerk")
    go(at)
    expect(at.at(".records")).to_contain_text("Team buurtwerk")


def invites(at: Hands, mail: str, *, team: bool = False, policy: bool = False, **told: str) -> None:
    at.page.goto("/organisation/people/")
    at.page.get_by_role("link", name="Nodig iemand uit").click()
    fill(at, email=mail, **told)
    if team:
        at.at("[name=team]").select_option(label="Team buurtwerk")
    at.at("[name=policy_team]").set_checked(policy)
    go(at)
    expect(at.at("#invitations")).to_contain_text(mail)


def joins(at: Hands, empty: Empty, mail: str, name: str) -> None:
    """Opens the link in the mail, and chooses a password."""
    link = empty.link_in_mail(mail, "nodigt je uit")
    at.page.goto(link)
    heading(at, "Wilgenbos vzw")
    holds(at.page)
    expect(at.at("main")).to_contain_text("Cora")
    fill(at, name=name, password=PASSWORD, again=PASSWORD)
    go(at)
    at.page.wait_for_url(f"{empty.address}/")


def an_organisation(opens: Opens, empty: Empty) -> dict[str, Hands]:
    """Who belongs to it, each in a browser of their own, by the start of their mail address."""
    cora = opens(LAPTOP)
    starts(cora, empty)
    tells_what_it_is_for(cora)
    makes_a_team(cora)
    invites(cora, FOLLOWER, team=True, function="buurtwerker")
    invites(cora, TEAMMATE, team=True, function="onthaalmedewerker")
    invites(cora, POLICY, policy=True)
    invites(cora, SERVICE, support_service="HR")
    fien, tom, paula, hr = opens(LAPTOP), opens(PHONE), opens(LAPTOP), opens(LAPTOP)
    joins(fien, empty, FOLLOWER, "Fien")
    joins(tom, empty, TEAMMATE, "Tom")
    joins(paula, empty, POLICY, "Paula")
    joins(hr, empty, SERVICE, "Hanne")
    cora.page.goto("/organisation/people/")
    expect(cora.at("#invitations .record")).to_have_count(0)
    expect(cora.at("tbody tr")).to_have_count(5)
    return {"cora": cora, "fien": fien, "tom": tom, "paula": paula}


# ---------- an idea, together


def names_a_colleague(at: Hands, idea: str, name: str) -> None:
    at.page.goto(f"{idea}people/")
    at.at("main [name=member]").select_option(label=name)
    go(at)
    expect(at.at("main")).to_contain_text(name)


def explore_together(laptop: Hands, phone: Hands, idea: str) -> None:
    """Two browsers at the same step: each sees the words of the other, and that they are there."""
    for each in (laptop, phone):
        each.page.goto(f"{idea}explore/")
    expect(laptop.at("#here")).to_contain_text("Tom", timeout=SOON)
    expect(phone.at("#here")).to_contain_text("Fien", timeout=SOON)
    phone.write("#s1-why-challenge", CHALLENGE)
    expect(laptop.at("#s1-why-challenge textarea")).to_have_value(CHALLENGE, timeout=SOON)
    laptop.add("goals", "Elke woensdag eten dertig buren samen")
    expect(phone.at("#goals-rows > li")).to_contain_text("dertig buren", timeout=SOON)


def says(at: Hands, place: str, text: str) -> None:
    """Says something at a place of the page."""
    at.press(f"#{place}-comments")
    at.at(f"#{place}-say-text").fill(text)
    at.press(f"#{place}-say button:has-text('Zeg het')")
    expect(at.at(f"#{place}-talk")).to_contain_text(text)


def talk_about_it(laptop: Hands, phone: Hands, another: Hands, empty: Empty, idea: str) -> None:
    """Who is named in a comment gets a mail, reads it there, and replies; who did not look yet sees that it is new."""
    says(laptop, "s1-why-challenge", "@Tom weet jij hoeveel het er zijn?")
    phone.page.goto(empty.link_in_mail(TEAMMATE, "vraagt je om iets te bekijken"))
    expect(phone.at("main")).to_contain_text("weet jij hoeveel het er zijn?")
    holds(phone.page)
    phone.press("main summary:has-text('Antwoorden')")
    phone.at(".comment [name=text]").first.fill("Zestig, zegt de huisarts.")
    phone.press(".comment button:has-text('Antwoorden')")
    expect(phone.at("main")).to_contain_text("Zestig, zegt de huisarts.")
    expect(laptop.at("#s1-why-challenge-talk")).to_contain_text("Zestig, zegt de huisarts.", timeout=SOON)
    another.page.goto(idea)
    expect(another.at("#all-comments .chip")).to_have_text("2 nieuw")


def asks_the_service(at: Hands, idea: str) -> None:
    at.page.goto(f"{idea}check/")
    at.press("#asked-expertise a:has-text('Vraag iemand')")
    at.page.get_by_role("checkbox", name="HR (Hanne)").check()
    at.page.get_by_label("Tegen vrijdag").check()
    at.page.get_by_label("Wat wil je weten?").fill("Kan er iemand op woensdagavond?")
    at.press("role=button[name='Vraag het']")
    expect(at.at("#asked-expertise")).to_contain_text("Nog niemand")
    at.page.goto("/for-me/")
    expect(at.at("#awaited ~ ul")).to_contain_text("HR")
    holds(at.page)
    at.page.goto(f"{idea}check/")


def answers_from_the_mail(phone: Hands, empty: Empty) -> None:
    """One tap on the link and one on the answer, without signing in."""
    phone.page.goto(empty.link_in_mail(SERVICE, "vraagt jouw antwoord"))
    expect(phone.at("main")).to_contain_text("Kan er iemand op woensdagavond?")
    expect(phone.at("main")).to_contain_text("Je antwoordt als Hanne")
    holds(phone.page)
    phone.press("role=button[name='Geen bezwaar']")
    expect(phone.at("main [role=status]")).to_contain_text("geen bezwaar")
    assert not [cookie for cookie in phone.page.context.cookies() if cookie["name"] == "sessionid"]


def check_together(follower: Hands, policy: Hands, teammate: Hands, idea: str) -> None:
    """The three checks, with a point for a colleague; each finds what waits for them."""
    policy.page.goto(f"{idea}check/")
    expect(policy.at("#drijfveer")).to_contain_text("Niemand valt tussen twee diensten.")
    expect(policy.at("#drijfveer")).to_contain_text("Nooit zonder de cliënt.")
    policy.choose("#conclusion-drijfveer", "ok")
    expect(follower.at("#conclusion-drijfveer input[value=ok]")).to_be_checked(timeout=SOON)
    follower.choose("#conclusion-expertise", "ok")
    follower.choose("#conclusion-samenwerk", "ok")
    gives_a_point(follower, "Een zaal vragen aan de stad", "Tom (onthaalmedewerker)")
    teammate.page.goto("/for-me/")
    expect(teammate.at("main a:has-text('Opvolgpunt')")).to_contain_text("Samen koken op woensdag")
    holds(teammate.page)
    policy.page.goto("/for-me/")
    policy.press("main a:has-text('Beide lijsten bevestigen')")
    policy.page.wait_for_url(f"{idea}check/#come-to")
    confirm_both_lists(policy)


def gives_a_point(at: Hands, text: str, name: str) -> None:
    at.add("followups", text)
    form = at.edit("followups", 1)
    form.locator("[name=owner_member]").select_option(label=name)
    form.locator("[name=due]").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    at.save()
    expect(at.at("#followups-rows > li")).to_contain_text("onthaalmedewerker")


def meet(follower: Hands, phone: Hands, empty: Empty, idea: str) -> None:
    """A meeting that is planned, noted and over; what stands in its report."""
    follower.page.goto(f"{idea}meetings/plan/")
    follower.at("[name=date]").fill(timezone.localdate().isoformat())
    follower.at("[name=with_whom]").select_option("own_team")
    follower.at("[name=own]").fill("Wie doet de inkopen?")
    go(follower)
    expect(follower.at("#agenda-now .record").first).to_be_visible()
    meeting = follower.page.url
    phone.page.goto(empty.link_in_mail(TEAMMATE, "Overleg op"))
    assert phone.page.url == meeting
    phone.write("section:has(#noted)", "Tom koopt in, Fien kookt.", "notes")
    expect(follower.at("section:has(#noted) textarea")).to_have_value("Tom koopt in, Fien kookt.", timeout=SOON)
    follower.press("role=button[name='Het overleg is voorbij']")
    follower.press("role=link[name='Verslag om te plakken']")
    expect(follower.at("#report")).to_have_value(re.compile("Tom koopt in, Fien kookt."))
    expect(follower.at("#report")).to_have_value(re.compile("Wie doet de inkopen?"))
    holds(follower.page)


# ---------- who goes


def ends_the_membership(at: Hands, name: str, *, hands_over_to: str) -> None:
    """Not before somebody else follows the ideas of who goes."""
    at.page.goto("/organisation/people/")
    at.page.get_by_role("link", name=f"{name} wijzigen").click()
    at.page.get_by_role("link", name=f"{name} verlaat de organisatie").click()
    expect(at.at("main")).to_contain_text("Samen koken op woensdag")
    go(at)
    expect(at.at(".errorlist")).to_be_visible()
    holds(at.page)
    at.at("[name=all]").select_option(label=hands_over_to)
    go(at)
    expect(at.at(f"tr:has-text('{name}')")).to_have_count(0)


def follows_it_now(at: Hands, idea: str) -> None:
    at.page.goto(idea)
    expect(at.at("#people")).to_contain_text("Tom")
    at.page.goto(f"{idea}way/pause/")
    fill(at, why="Na de zomer.")
    go(at)
    at.page.goto(f"{idea}past/")
    expect(at.at("main")).to_contain_text("De samenwerkingscoördinator droeg het idee over")


def test_an_organisation_from_nothing_chooses_an_idea_together(opens: Opens, empty: Empty) -> None:
    people = an_organisation(opens, empty)
    fien, tom, paula = people["fien"], people["tom"], people["paula"]
    enter(fien, "Samen koken op woensdag")
    idea = fien.page.url
    take_up(fien)
    names_a_colleague(fien, idea, "Tom (onthaalmedewerker)")
    explore_together(fien, tom, idea)
    talk_about_it(fien, tom, paula, empty, idea)
    fien.goes_on(2)
    asks_the_service(fien, idea)
    answers_from_the_mail(opens(PHONE), empty)
    expect(fien.at("#asked-expertise .chip")).to_have_text("geen bezwaar", timeout=SOON)
    check_together(fien, paula, tom, idea)
    meet(fien, tom, empty, idea)
    ends_the_membership(people["cora"], "Fien", hands_over_to="Tom (onthaalmedewerker)")
    fien.page.goto(idea)
    heading(fien, "Je hoort op dit moment bij geen organisatie")
    follows_it_now(tom, idea)
    nothing_is_told_in_a_mail(empty)


def nothing_is_told_in_a_mail(empty: Empty) -> None:
    """Each mail came once, and tells that something waits, not what somebody wrote."""
    assert len(set(empty.office.ids)) == len(empty.office.ids)
    texts = "\n".join(mail.get_content() for mail in empty.office.taken)
    for written in (CHALLENGE, "hoeveel het er zijn", "op woensdagavond", "Een zaal vragen", "Wie doet de inkopen"):
        assert written not in texts
