"""The forms of a page, as a browser reads them and sends them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

type Sent = dict[str, list[str]]


@dataclass
class Field:
    """One control. `offers` are the values to choose from, `value` what stands there; `wrong` is what is refused."""

    name: str
    kind: str
    value: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    wrong: bool = False


@dataclass
class PageForm:
    """A form: where it sends what stands in it."""

    action: str
    htmx: str = ""
    id: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, typed: Mapping[str, str | list[str]] | None = None) -> Sent:
        """What a browser sends with these things typed over what stands there; line ends as browsers send them."""
        values = {name: told.value for name, told in self.fields.items()}
        for name, told in (typed or {}).items():
            values[name] = [told] if isinstance(told, str) else told
        return {name: [re.sub(r"\r?\n", "\r\n", one) for one in told] for name, told in values.items() if told}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.within: Field | None = None
        self.text: str | None = None
        self.chosen: list[str] = []
        self.elsewhere: list[tuple[str, dict[str, str | None]]] = []

    def read(self, html: str) -> list[PageForm]:
        """The forms, each with its controls, those that stand elsewhere on the page included."""
        self.feed(html)
        for form, told in self.elsewhere:
            for found in self.forms:
                if found.id == form:
                    self._input(found, told.get("name") or "", told)
        return self.forms

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.form = PageForm(told.get("action") or "", told.get("hx-post") or "", told.get("id") or "")
            self.forms.append(self.form)
        if tag == "input" and told.get("form"):
            self.elsewhere.append((str(told["form"]), told))
            return
        if self.form is None:
            return
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "button" and name:
            self.form.buttons.append((name, value))
        elif tag == "input" and name:
            self._input(self.form, name, told)
        elif tag in {"textarea", "select"} and name:
            self.within = self.form.fields.setdefault(name, Field(name, tag))
            self.within.wrong = "aria-invalid" in told
            self.text, self.chosen = ("" if tag == "textarea" else None), []
        elif tag == "option" and self.within:
            self.within.offers.append(value)
            if "selected" in told:
                self.chosen.append(value)

    def _input(self, form: PageForm, name: str, told: dict[str, str | None]) -> None:
        kind = told.get("type") or "text"
        control = form.fields.setdefault(name, Field(name, told.get("inputmode") or kind))
        control.wrong = control.wrong or "aria-invalid" in told
        value = told.get("value") or ""
        if kind in {"checkbox", "radio"}:
            control.offers.append(told.get("value", "on") or "")
            if "checked" in told:
                control.value.append(told.get("value", "on") or "")
        elif kind != "file":
            control.value.append(value)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.within:
            self.within.value, self.text, self.within = [(self.text or "").removeprefix("\n")], None, None
        elif tag == "select" and self.within:
            self.within.value, self.within = self.chosen or self.within.offers[:1], None


def forms_of(html: str) -> list[PageForm]:
    """Every form on the page."""
    return _Reader().read(html)


def form_to(address: str, html: str) -> PageForm:
    """The one form on the page that is sent to this address, whatever follows the question mark."""
    found = [form for form in forms_of(html) if address in {form.action.partition("?")[0], form.action}]
    assert len(found) == 1, f"{len(found)} forms to {address}"
    return found[0]


# What is typed in a control of each kind. A box is ticked, of a choice the last one is taken.
TYPED = {
    "text": "Woord {}",
    "url": "https://voorbeeld.invalid/{}",
    "textarea": "Zin {},\nen nog een.",
    "date": "2026-03-{:02d}",
    "decimal": "1{:03d},50",
    "number": "20{:02d}",
}


def filled(form: PageForm) -> dict[str, list[str]]:
    """Something in every control that a person sees, each text another one."""
    typed: dict[str, list[str]] = {}
    for number, control in enumerate((told for told in form.fields.values() if told.kind != "hidden"), start=1):
        if control.kind == "checkbox":
            typed[control.name] = control.offers
        elif control.offers:
            typed[control.name] = control.offers[-1:]
        elif control.kind in TYPED:
            typed[control.name] = [TYPED[control.kind].format(number)]
    return typed
