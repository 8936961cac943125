"""What is measured, each with its budget. Source: design.md 8."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.page_forms import PageForm, Sent, form_to, forms_of

# Who follows Woonklaar, the fullest idea of the demo, and so is shown most on its pages.
MEMBER = "opvolger@lindeveer.test"
QUESTION = "s1.why.challenge"


@dataclass(frozen=True)
class Asked:
    """A page, or with `is_fragment` what HTMX asks of it, or with `is_save` the answer to QUESTION that is saved.

    `times` and `times_p95` are the most that its median and its slowest twentieth may be of those of the bare app,
    `queries` the most that it may ask of the database; None where no budget tells.
    """

    name: str
    path: str
    is_fragment: bool = False
    is_save: bool = False
    times: float | None = None
    times_p95: float | None = None
    queries: int | None = None


def asked_of(idea: str) -> list[Asked]:
    """Everything to measure at the idea with this address."""
    steps = ["explore", "check", "concretise", "decide"]
    pages = [
        ("the whole idea", idea),
        *((f"step {number}, {step}", f"{idea}{step}/") for number, step in enumerate(steps, 1)),
    ]
    return [
        Asked("the board", "/", times=3),
        *(Asked(name, path, times=5, times_p95=6, queries=35) for name, path in pages),
        Asked("one answer saved", f"{idea}answer/{QUESTION}/", is_save=True, times=4, queries=10),
        Asked("the fragment that follows", f"{idea}explore/", is_fragment=True, queries=30),
        Asked("the same at step 2", f"{idea}check/", is_fragment=True, queries=30),
        Asked("the same at step 3, with board and mirror", f"{idea}concretise/", is_fragment=True, queries=30),
        Asked("the same at step 4", f"{idea}decide/", is_fragment=True, queries=30),
        Asked("what runs", f"{idea}running/", times=5, times_p95=6, queries=35),
        Asked("the puzzle", f"{idea}puzzle/", queries=35),
    ]


class Answering:
    """The form of an answer, filled in again and again with something else."""

    def __init__(self, address: str, html: str) -> None:
        self.form: PageForm = form_to(address, html)
        self.texts: Iterator[str] = (f"Jongeren vinden geen woonst, zegt versie {number}." for number in range(10**6))

    def next(self) -> Sent:
        return self.form.sent({"value": next(self.texts)})

    def saved(self, fragment: str) -> None:
        """Takes over what the answer says to send along the next time."""
        told = forms_of(f"<form>{fragment}</form>")[0].fields
        self.form.fields |= {name: control for name, control in told.items() if control.kind == "hidden"}
