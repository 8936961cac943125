"""Ideas in every state, made with the forms of the pages themselves, without showing them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import APIRequestContext, Browser

from ideas.steps.lists import LISTS
from tests.page_forms import filled, form_to, forms_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
IN_A_YEAR = "2099-01-31"


@dataclass(frozen=True)
class Poster:
    """Somebody of the demo who is signed in, and sends forms."""

    request: APIRequestContext

    def send(self, page: str, typed: Mapping[str, str | list[str]], to: str = "", *, fill: bool = False) -> str:
        """Sends the form on this page that goes `to` this address, or to the page itself; returns where it led."""
        form = form_to(to or page.partition("?")[0], self.request.get(page).text())
        sent = form.sent({**(filled(form) if fill else {}), **typed})
        answer = self.request.post(form.action, data=urlencode(sent, doseq=True), headers=FORM)
        assert answer.ok, f"{form.action}: {answer.status}"
        return urlsplit(answer.url).path

    def enter(self, title: str) -> str:
        """Enters an idea, and returns its address."""
        summary = "Eén avond per week eten buren en jongeren samen in de keuken van het jeugdhuis."
        return self.send("/idea/new/", {"title": title, "brought_by": "een vrijwilliger", "summary": summary})

    def follow(self, title: str) -> str:
        """Enters an idea and takes it up."""
        idea = self.enter(title)
        self.send(f"{idea}way/take_up/", {})
        return idea

    def row(self, idea: str, name: str) -> int:
        """The last row of a list."""
        html = self.request.get(f"{idea}list/{name}/", headers={"HX-Request": "true"}).text()
        return int(
            html.rpartition(f'id="{name}-rows"')[2].rpartition(f'<li class="record" id="{name}-')[2].partition('"')[0]
        )


@dataclass(frozen=True)
class States:
    """The addresses of ideas, each in a state of its own."""

    received: str
    parked: str
    empty: str
    full: str
    paused: str
    stopped: str
    merged: str
    rows: Mapping[str, int]


def poster(browser: Browser, app: str, mail: str) -> Poster:
    """Somebody of the demo, signed in."""
    request = browser.new_context(base_url=app).request
    form = next(form for form in forms_of(request.get("/sign-in/").text()) if form.action == "/sign-in/demo/")
    request.post(form.action, data=urlencode(form.sent({"member": mail}), doseq=True), headers=FORM)
    return Poster(request)


def made_by(at: Poster) -> States:
    """One idea in each state, followed by this person."""
    parked = at.enter("Een idee dat wacht op de lente")
    at.send(f"{parked}way/park/", {"revisit_on": IN_A_YEAR, "why": "Eerst de verhuis."})
    full = at.follow("Buurttafel: samen koken, samen eten en samen afwassen in de keuken van het jeugdhuis")
    paused = at.follow("Een idee dat stilstaat")
    at.send(f"{paused}way/pause/", {"why": "De partner verhuist.", "revisit_on": IN_A_YEAR})
    stopped = at.follow("Een idee dat stopte")
    at.send(f"{stopped}way/stop/", {"why": "We hebben er geen mensen voor."})
    merged = at.follow("Een idee dat elders verderging")
    at.send(f"{merged}way/merge/", {"into": full.strip("/").rpartition("/")[2], "why": "Het gaat over hetzelfde."})
    return States(
        received=at.enter("Een idee dat net binnenkwam"),
        parked=parked,
        empty=at.follow("Een leeg idee"),
        full=full,
        paused=paused,
        stopped=stopped,
        merged=merged,
        rows=fill(at, full),
    )


def fill(at: Poster, idea: str) -> dict[str, int]:
    """Brings an idea to step 4 with something in every list, a doubt and a reading; the last row of each list."""
    for name in LISTS:
        told = {"url": "https://voorbeeld.invalid/oproep"} if name in {"attachments", "proofs"} else {}
        told |= {"date": "2026-01-05", "value": "12"} if name in {"measures", "pulses"} else {}
        at.send(f"{idea}list/{name}/add/", told, fill=True)
    for name in ("goals", "evidence_answers", "partners", "bundles", "activities"):
        page = "concretise" if name in {"bundles", "activities"} else "explore"
        at.send(f"{idea}{page}/", {"lines": "Eerste\nTweede"}, f"{idea}list/{name}/")
    for page, answer in (("explore", "answer/s1.why.challenge"), ("check", "answer/s2.prep.team")):
        at.send(f"{idea}{page}/", {"value": "Jongeren en buren kennen elkaar niet. " * 5}, f"{idea}{answer}/")
    at.send(f"{idea}check/", {"value": "unknown", "note": "Wie weet dit?"}, f"{idea}answer/s2.exp.available/")
    at.send(f"{idea}check/", {"conclusion": "ok", "note": "Past."}, f"{idea}conclusion/drijfveer/")
    at.send(f"{idea}concretise/", {"value": "partly", "note": "Bijna."}, f"{idea}answer/s3.enough/")
    at.send(f"{idea}way/move_on/", {"to": "4"})
    at.send(f"{idea}temperature/", {"count_2": "3", "count_5": "4", "remarks": "Warm\nSpannend"})
    at.send(f"{idea}decide/", {"verdict": "question_marks", "note": "Er staan nog vragen open."}, f"{idea}verdict/")
    at.send(f"{idea}decide/", {"motivation": "Nog even niet."}, f"{idea}prepare/motivation/")
    return {name: at.row(idea, name) for name in LISTS}
