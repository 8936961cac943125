"""Many people who write at once in one idea, and what became of everything that they saved."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from statistics import median, quantiles
from threading import Barrier
from time import monotonic

from tests.page_forms import PageForm, form_to, forms_of
from tests.served import Reply, Visitor

WRITERS = 20
# Who may answer the checks of Woonklaar. Several writers are the same person, each with a session of their own.
PEOPLE = [f"{name}@lindeveer.test" for name in ("opvolger", "collega", "steun", "beleid", "coordinator")]
WOONKLAAR = re.compile(r'href="(/idea/\d+/)">Woonklaar')
SHARED = 3
LIST = "followups"
ROW = re.compile(rf'id="{LIST}-(\d+)"')

type Texts = dict[str, str]
type Turn = Callable[[], None]


@dataclass(frozen=True)
class Save:
    """A save that was confirmed: where, what stood there as its writer saw it, what they made of it, in how long."""

    where: str
    seen: str
    text: str
    seconds: float


@dataclass
class Box:
    """One text on its page: the address of its form, its name there. `form` is None until somebody reads it."""

    address: str
    name: str
    form: PageForm | None = None

    @property
    def seen(self) -> str:
        return self.form.fields[self.name].value[0] if self.form else ""

    def saved(self, text: str, fragment: str) -> None:
        """Goes on with what the answer holds; without a version the form has to be opened again."""
        told = forms_of(f"<form>{fragment}</form>")[0].fields
        if self.form is None or "version" not in told:
            self.form = None
            return
        self.form.fields |= {name: control for name, control in told.items() if control.kind == "hidden"}
        self.form.fields[self.name].value = [text]


@dataclass
class Outcome:
    """What the writers were told, in `seconds`; `problems` is everything but a save and an honest conflict."""

    seconds: float
    saves: list[Save] = field(default_factory=list)
    conflicts: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        return max(save.seconds for save in self.saves)

    @property
    def figures(self) -> str:
        took = [save.seconds for save in self.saves]
        if len(took) < 2:
            return f"{len(took)} saves"
        return (
            f"{WRITERS} writers at once for {self.seconds:.0f} s: {len(took)} saves, "
            f"{len(took) / self.seconds:.0f} commits a second; a save took {median(took) * 1000:.0f} ms (median), "
            f"{quantiles(took, n=20)[-1] * 1000:.0f} ms (p95), {self.slowest * 1000:.0f} ms (slowest); "
            f"{self.conflicts} conflicts, each told and settled; {len(self.problems)} errors"
        )


class Writer:
    """One person with a session: writes in an own text, in those that all share, and in rows that they add."""

    def __init__(self, number: int, address: str) -> None:
        self.number, self.texts = number, count(1)
        self.visitor = Visitor(address)
        self.visitor.sign_in(PEOPLE[number % len(PEOPLE)])
        self.idea = woonklaar(self.visitor)
        boxes = boxes_of(self.idea, self.visitor)
        self.own, self.shared = boxes[number], boxes[WRITERS : WRITERS + SHARED]
        self.adding = form_to(self.list, self.visitor.get(f"{self.idea}check/").html)
        self.row: Box | None = None
        self.outcome = Outcome(0)

    @property
    def list(self) -> str:
        return f"{self.idea}list/{LIST}/"

    def text(self) -> str:
        """What nobody else writes, nor they themselves a second time."""
        return f"Schrijver {self.number}, zin {next(self.texts)}."

    def write_until(self, end: float) -> Outcome:
        for doing in self._turns(end):
            if monotonic() >= end:
                break
            try:
                doing()
            except (OSError, HTTPException) as error:
                self.outcome.problems.append(f"writer {self.number}: {error!r}")
                self.visitor.connection.close()
        return self.outcome

    def _turns(self, end: float) -> Iterator[Turn]:
        for number in count(self.number):
            if number % 4 == self.number % 4:
                yield self.add
            yield lambda: self.write(self.own, end)
            yield lambda: self.write(self.shared[number % SHARED], end)  # noqa: B023 (done before the next one)
            yield lambda: self.write(self.own, end)
            if self.row:
                yield lambda: self.write(self.row, end)

    def write(self, box: Box | None, end: float) -> None:
        """Saves a new text over the one that was seen; on a conflict reads what stands, and saves over that."""
        text = self.text()
        while box and (box.form or self._reads(box)) and box.form:
            reply = self.visitor.post(box.address, box.form.sent({box.name: text}), fragment=True)
            if reply.status == 200:
                self.outcome.saves.append(Save(box.address, box.seen, text, reply.seconds))
                box.saved(text, reply.html)
                return
            if reply.status != 409:
                self._is_wrong(box.address, reply)
                return
            self.outcome.conflicts += 1
            box.form = None
            if monotonic() >= end:
                return

    def _reads(self, box: Box) -> bool:
        reply = self.visitor.get(box.address)
        if reply.status == 200:
            box.form = form_to(box.address, reply.html)
            return True
        self._is_wrong(box.address, reply)
        return False

    def add(self) -> None:
        """Adds a row, in which they write from then on."""
        text = self.text()
        reply = self.visitor.post(self.list, self.adding.sent({"lines": text}), fragment=True)
        added = ROW.findall(reply.html)
        if reply.status != 200 or len(added) != 1:
            self._is_wrong(self.list, reply)
            return
        self.adding = form_to(self.list, reply.html)
        self.row = Box(f"{self.list}{added[0]}/", "text")
        self.outcome.saves.append(Save(self.row.address, "", text, reply.seconds))

    def _is_wrong(self, where: str, reply: Reply) -> None:
        self.outcome.problems.append(f"writer {self.number} at {where}: {reply.status} {reply.html[:300]}")


def woonklaar(visitor: Visitor) -> str:
    """The address of the demo's fullest idea."""
    found = WOONKLAAR.search(visitor.get("/").html)
    if found is None:
        raise RuntimeError("the demo's ideas are not on the board")
    return found[1]


def boxes_of(idea: str, visitor: Visitor) -> list[Box]:
    """Every text that saves itself on the page of the checks, as it stands there."""
    boxes = []
    for form in forms_of(visitor.get(f"{idea}check/").html):
        name = next((name for name in ("note", "value") if name in form.fields), "")
        if name and form.fields[name].kind == "textarea":
            boxes.append(Box(form.action, name, form))
    return boxes


def texts_of(idea: str, visitor: Visitor) -> Texts:
    """What stands in every text and in every row, by the address of its form."""
    rows = ROW.findall(visitor.get(f"{idea}list/{LIST}/", fragment=True).html)
    addresses = [f"{idea}list/{LIST}/{row}/" for row in rows]
    opened = [Box(address, "text", form_to(address, visitor.get(address).html)) for address in addresses]
    return {box.address: box.seen for box in boxes_of(idea, visitor) + opened}


def lost(saves: list[Save], before: Texts, after: Texts) -> list[str]:
    """What went wrong, in words: nothing where each text was only replaced by who had seen it, and the last one stands.

    No text is written twice, so the saves at one place make one chain: each over the text of the one before it.
    """
    faults = []
    for where in sorted({save.where for save in saves} | before.keys() | after.keys()):
        over: dict[str, str] = {}
        for save in (save for save in saves if save.where == where):
            if save.seen in over:
                faults.append(f"{where}: {save.text!r} and {over[save.seen]!r} both replaced {save.seen!r}")
            over[save.seen] = save.text
        text = before.get(where, "")
        while text in over:
            text = over.pop(text)
        faults += [
            f"{where}: {text!r} was written over {seen!r}, which never stood there" for seen, text in over.items()
        ]
        if where not in after:
            faults.append(f"{where} is gone, with {text!r}")
        elif after[where] != text or (where not in before and not text):
            faults.append(f"{where}: {after[where]!r} stands there, and not {text!r}")
    return faults


def write_at_once(address: str, seconds: float) -> Outcome:
    """Lets the writers loose on a demo that was just loaded; what was lost is among the problems."""
    writers = [Writer(number, address) for number in range(WRITERS)]
    reader, idea = writers[-1].visitor, writers[-1].idea
    before = texts_of(idea, reader)
    ready = Barrier(WRITERS)

    def write(writer: Writer) -> Outcome:
        ready.wait(30)
        return writer.write_until(monotonic() + seconds)

    start = monotonic()
    with ThreadPoolExecutor(WRITERS) as pool:
        told = list(pool.map(write, writers))
    outcome = Outcome(
        monotonic() - start,
        [save for one in told for save in one.saves],
        sum(one.conflicts for one in told),
        [problem for one in told for problem in one.problems],
    )
    outcome.problems += lost(outcome.saves, before, texts_of(idea, reader))
    return outcome
