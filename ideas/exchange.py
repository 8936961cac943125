"""The exchange file, version 1: pictures ↔ a YAML or JSON file.

A file is loaded as a whole or refused as a whole, with everything that is wrong in it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import yaml
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import ValidationError

from checks.codes import Domain, OrganisationKind
from checks.consistency import Inconsistency, Place, inconsistencies_of_file
from checks.picture import EXCHANGE, FORMAT, SIGNALS, Exchange, OwnOrganisation, Picture, SignalTold
from checks.words import Code
from ideas.exchange_problems import SHOWN, ExchangeError, Problem, explained, shown
from ideas.exchange_source import Kind, line_of, read_source, refuse_size
from ideas.models import Idea
from ideas.picture import write_picture
from people.models import Organisation

__all__ = ["Exchange", "ExchangeError", "export", "load", "own_organisation", "read_exchange", "read_file"]

KINDS: dict[str, Kind] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def read_file(path: Path) -> Exchange:
    """What an exchange file holds: YAML or JSON by its suffix, else by how it opens. Raises `ExchangeError`."""
    kind = KINDS.get(path.suffix.lower())
    try:
        if not path.is_file():
            raise ExchangeError([Problem(_("There is no file %(path)s.") % {"path": path})])
        refuse_size(path.stat().st_size, kind or "json")
        given = path.read_bytes()
    except OSError as error:
        raise ExchangeError([Problem(str(error))]) from error
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = given.count(b"\n", 0, error.start) + 1
        raise ExchangeError([Problem(_("This is no UTF-8 text: save the file as UTF-8."), line=line)]) from error
    return read_exchange(text, kind or ("json" if text.lstrip().startswith("{") else "yaml"))


def read_exchange(text: str, kind: Kind) -> Exchange:
    """What the text of an exchange file holds. Every idea gets the name of its own organisation.

    Raises `ExchangeError`.
    """
    data, root = read_source(text, kind)
    found = data.get("format", FORMAT) if isinstance(data, dict) else FORMAT
    if found != FORMAT or isinstance(found, bool):
        told = {"given": shown(found), "format": FORMAT}
        message = _("This file says format %(given)s; here format %(format)d is read.") % told
        raise ExchangeError([Problem(message, ("format",), line_of(root, ("format",)))])
    try:
        exchange = EXCHANGE.validate_python(data)
    except ValidationError as error:
        raise _refused(
            error.errors(include_url=False, include_input=False), lambda one: explained(one, data), root
        ) from error
    own = exchange.own_org.name
    exchange = replace(exchange, ideas=tuple(replace(idea, own_org=idea.own_org or own) for idea in exchange.ideas))
    if found := list(inconsistencies_of_file(exchange)):
        raise _refused(found, _in_words, root)
    return exchange


def _refused[E](
    errors: Sequence[E], explain: Callable[[E], tuple[Place, str]], root: yaml.Node | None = None
) -> ExchangeError:
    """Explains the first errors, as many as people can read at once."""
    told = dict(explain(error) for error in errors[:SHOWN])
    problems = [Problem(message, place, line_of(root, place)) for place, message in told.items()]
    return ExchangeError(sorted(problems, key=lambda problem: problem.line or 0), len(errors[SHOWN:]))


def _in_words(found: Inconsistency) -> tuple[Place, str]:
    return found.place, found.words.in_language(get_language() or "")


# ---------- pictures → the database


def load(exchange: Exchange, organisation: Organisation, *, imported: bool = True) -> list[Idea]:
    """Records all ideas of a file that was read, or none. Raises `ExchangeError`.

    The decisions in it are marked imported: they were not taken here, so they are never sealed. Without `imported`
    they come in as the file says, which is for our own demo.
    """
    ideas = [_marked(idea) if imported else idea for idea in exchange.ideas]
    with transaction.atomic():
        taken = set(organisation.ideas.values_list("slug", flat=True))
        if found := list(inconsistencies_of_file(exchange, organisation.name)):
            raise _refused(found, _in_words)
        if told := list(_not_in(organisation, ideas, taken)):
            raise ExchangeError(told[:SHOWN], len(told[SHOWN:]))
        written = {number: write_picture(ideas[number], organisation) for number in _order(ideas)}
    return [written[number] for number in range(len(ideas))]


def _marked(idea: Picture) -> Picture:
    return replace(
        idea,
        decision=idea.decision and replace(idea.decision, imported=True),
        earlier_decisions=tuple(replace(decision, imported=True) for decision in idea.earlier_decisions),
    )


def _not_in(organisation: Organisation, ideas: Sequence[Picture], taken: set[str]) -> Iterator[Problem]:
    """Slugs that the organisation has already, and slugs that nobody has."""
    known = taken.union(idea.slug for idea in ideas)
    for number, idea in enumerate(ideas):
        told = {"slug": idea.slug, "organisation": organisation.name, "other": idea.merged_into}
        if idea.slug in taken:
            message = _("%(organisation)s has an idea %(slug)s already.") % told
            yield Problem(message, ("ideas", number, "slug"))
        if idea.merged_into not in known | {""}:
            message = _("There is no idea %(other)s in this file or at %(organisation)s.") % told
            yield Problem(message, ("ideas", number, "merged_into"))


def _order(ideas: Sequence[Picture]) -> list[int]:
    """An idea comes after the one that it was merged into, and one that still gets its slug comes last."""
    numbers = {idea.slug: number for number, idea in enumerate(ideas)}
    merged = {
        number: [numbers[idea.merged_into]] if idea.merged_into in numbers and idea.merged_into else []
        for number, idea in enumerate(ideas)
    }
    try:
        order = list(TopologicalSorter(merged).static_order())
    except CycleError as error:
        circle = error.args[1]
        message = _("These ideas are merged into each other: %(slugs)s.")
        told = {"slugs": ", ".join(dict.fromkeys(ideas[number].slug for number in circle))}
        raise ExchangeError([Problem(message % told, ("ideas", circle[0], "merged_into"))]) from error
    return sorted(order, key=lambda number: not ideas[number].slug)


# ---------- pictures → a file


def export(
    pictures: Iterable[Picture], own_org: OwnOrganisation, signals: Mapping[str, tuple[SignalTold, ...]] | None = None
) -> str:
    """An exchange file in JSON with every recorded field. The same pictures give the same text.

    `signals` are told along, by the slug of their idea, for who reads the file.
    """
    exchange = EXCHANGE.dump_python(Exchange(own_org=own_org, ideas=tuple(pictures)), mode="json", by_alias=True)
    for idea in exchange["ideas"]:
        idea["signals"] = SIGNALS.dump_python((signals or {}).get(idea["slug"], ()), mode="json")
    return json.dumps(exchange, ensure_ascii=False, indent=2) + "\n"


def own_organisation(organisation: Organisation) -> OwnOrganisation:
    """How an organisation stands in its own exchange file. Raises `ExchangeError` where its codes are not known."""
    return OwnOrganisation(
        name=organisation.name,
        kind=_known("kind", OrganisationKind, organisation.kind),
        domain=_known("domain", Domain, organisation.domain),
        region=organisation.region,
    )


def _known[C: Code](key: str, codes: type[C], given: str) -> C | None:
    if not given:
        return None
    try:
        return codes(given)
    except ValueError as error:
        told = {"given": shown(given), "allowed": _("one of %(codes)s") % {"codes": ", ".join(codes)}}
        message = _("%(given)s cannot stand here. Allowed: %(allowed)s.") % told
        raise ExchangeError([Problem(message, ("own_org", key))]) from error
