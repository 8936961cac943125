"""The pages are there to read all that is recorded: every field of a full picture stands on one of them."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from checks.catalogue import QUESTIONS
from checks.codes import IndicatorKind
from checks.consistency import inconsistencies
from checks.picture import CaredFor, Indicator, Picture
from checks.words import Code
from ideas.picture import read_picture, write_picture
from ideas.wording import day, duration, euro, say
from people.models import Organisation
from tests.factories import Client
from tests.ideas.dossier.pictures import full, leaves
from tests.pictures import once

PAGES = ["idea", "explore", "check", "concretise", "decide", "running", "comments"]
# Shown otherwise than as themselves (a link, a size, bars, the question under which evidence or an indicator stands),
# or only technical: names in addresses, digests.
NOT_AS_SUCH = {"about", "slug", "own_org", "sha256", "size", "url", "counts", "number", "band"}


@pytest.fixture
def whole(organisation: Organisation) -> Picture:
    """A decided idea with something in every field, of which the names fit together so that it can be recorded."""
    told = full(2)
    partner, (piece, other_piece), (event, other_event) = told.partners[0].name, told.pieces, told.transitions
    kinds = (IndicatorKind.PROCESS, IndicatorKind.RESULT)
    return replace(
        told,
        own_org=organisation.name,
        merged_into="",
        confidential=False,
        # A kind of one's own stands in the place of one of ours.
        pieces=(replace(piece, own_type="", by=(partner, organisation.name)), replace(other_piece, type=None, by=())),
        bundles=tuple(replace(bundle, lead=partner) for bundle in told.bundles),
        # What was dropped is of the idea where it was dropped: it is not recorded from a file.
        dropped=(),
        between=tuple(replace(row, bundles=(told.bundles[0].name, told.bundles[1].name)) for row in told.between),
        indicators=(
            *(
                replace(row, kind=kind, level=partner, goal=told.goals[0].text)
                for row, kind in zip(told.indicators, kinds, strict=True)
            ),
            Indicator(kind=IndicatorKind.NONE, level=organisation.name, text="Het doel zegt het al."),
        ),
        followups=tuple(replace(row, question="s2.collab.shared") for row in told.followups),
        conditions=tuple(
            replace(row, question="s2.collab.equal", cared_for=cared_for)
            for row in told.conditions
            for cared_for in [
                CaredFor(
                    bundle=told.bundles[0].name,
                    between=told.between[0].what,
                    overall=told.overall[0].text,
                    followup=told.followups[0].text,
                )
            ]
        ),
        attachments=tuple(
            replace(row, url="", question=question, condition=condition)
            for row, (question, condition) in zip(
                told.attachments, (("s0.origin", ""), ("", told.conditions[0].text)), strict=True
            )
        ),
        comments=tuple(replace(row, question="s2.collab.shared", step=2) for row in told.comments),
        # A go asks for no talk that could be left out.
        decision=replace(told.decision, deciding_question="s2.collab.shared", talk_skipped="")
        if told.decision
        else None,
        earlier_decisions=tuple(replace(row, deciding_question="s2.drive.mission") for row in told.earlier_decisions),
        # What was done says where an idea went; an event from a file may tell that only.
        transitions=(replace(event, verb=None), replace(other_event, to_status=told.status)),
        themes=once(told.themes),
        benefits=once(told.benefits),
        objections=once(told.objections),
    )


def test_a_picture_with_something_in_every_field_can_be_recorded(whole: Picture, organisation: Organisation) -> None:
    assert list(inconsistencies(whole)) == []
    assert read_picture(write_picture(whole, organisation)) == whole


@pytest.mark.parametrize("who", ["colleague", "policy", "coordinator"])
def test_every_recorded_field_stands_on_a_page(
    who: str, whole: Picture, client: Client, organisation: Organisation, request: pytest.FixtureRequest
) -> None:
    """Also for who changes nothing, so that no form stands in for the page."""
    client.force_login(request.getfixturevalue(who))
    idea = write_picture(whole, organisation)
    pages = [reverse(f"ideas:{page}", args=[idea.pk]) for page in PAGES]
    read = " ".join(unescape(re.sub(r"<[^>]+>", " ", client.get(page).content.decode())) for page in pages)
    shown = " ".join(read.split()).casefold()
    with translation.override("nl"):
        missing = [
            (path, value)
            for path, value in leaves(whole)
            if not NOT_AS_SUCH & {str(step) for step in path}
            and not isinstance(value, IndicatorKind)
            and _wording(path, value).casefold() not in shown
        ]
    assert not missing, missing


def _wording(path: tuple[object, ...], value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Code):
        return say(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return euro(value)
    if path[-1] in {"duration", "term"} and isinstance(value, int):
        return duration(value)
    if isinstance(value, str) and value in QUESTIONS:
        return say(QUESTIONS[value].words)
    return " ".join(str(value).split())
