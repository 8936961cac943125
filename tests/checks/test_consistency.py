from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from checks import picture
from checks.codes import Benefit, GoNoGo, IndicatorKind, Objection, Status, Theme
from checks.consistency import Inconsistency, Place, inconsistencies, inconsistencies_of_file
from checks.picture import Exchange, OwnOrganisation, Picture
from tests.pictures import ANY, OWN_ORG, pictures

PARTNER = picture.Partner(name="Samen Wortel")
GO, NO_GO = picture.Decision(value=GoNoGo.GO), picture.Decision(value=GoNoGo.NO_GO)
BUNDLES = (picture.Bundle(name="Wonen"), picture.Bundle(name="Werken"))


def idea(**told: object) -> Picture:
    return Picture(**{"title": "Woonklaar", "own_org": OWN_ORG, "partners": (PARTNER,), **told})  # type: ignore[arg-type]


def places(found: Iterable[Inconsistency]) -> list[Place]:
    return [one.place for one in found]


@settings(ANY, max_examples=60)
@given(pictures())
def test_a_picture_that_holds_together_has_no_inconsistencies(whole: Picture) -> None:
    assert list(inconsistencies(whole)) == []


@pytest.mark.parametrize(
    ("whole", "place"),
    [
        (idea(pieces=(picture.Piece(name="Huis", by=(OWN_ORG, "Wie?")),)), ("pieces", 0, "by", 1)),
        (idea(pieces=(picture.Piece(name="Huis", by=(OWN_ORG, OWN_ORG)),)), ("pieces", 0, "by", 1)),
        (idea(bundles=(picture.Bundle(name="Wonen", lead="Wie?"),)), ("bundles", 0, "lead")),
        (idea(bundles=(*BUNDLES, BUNDLES[0])), ("bundles", 2, "name")),
        (
            idea(indicators=(picture.Indicator(kind=IndicatorKind.RESULT, level="Wie?"),)),
            ("indicators", 0, "level"),
        ),
        (
            idea(bundles=BUNDLES, between=(picture.Alignment(what="Bellen", bundles=("Wonen", "Eten")),)),
            ("between", 0, "bundles", 1),
        ),
        (
            idea(bundles=BUNDLES, between=(picture.Alignment(what="Bellen", bundles=("Wonen", "Wonen")),)),
            ("between", 0, "bundles", 1),
        ),
        (idea(partners=(PARTNER, PARTNER)), ("partners", 1, "name")),
        (idea(partners=(picture.Partner(name=OWN_ORG),)), ("partners", 0, "name")),
        (idea(partners=(picture.Partner(name="collaboration"),)), ("partners", 0, "name")),
        (idea(own_org="collaboration"), ("own_org",)),
        (idea(activities=("bellen", "bellen")), ("activities", 1)),
        (
            idea(activities=("bellen",), bundles=(picture.Bundle(name="Wonen", activities=("bellen",)),)),
            ("bundles", 0, "activities", 0),
        ),
        (idea(themes=(Theme.ICT, Theme.ICT)), ("themes", 1)),
        (idea(benefits=(Benefit.QUALITY, Benefit.QUALITY)), ("benefits", 1)),
        (idea(objections=(Objection.LACK_TRUST, Objection.LACK_TRUST)), ("objections", 1)),
        (
            idea(reviews=(picture.Review(benefits_seen=(Benefit.QUALITY, Benefit.QUALITY)),)),
            ("reviews", 0, "benefits_seen", 1),
        ),
        (idea(status=Status.IN_STEP), ("step",)),
        (idea(merged_into="ander-idee"), ("merged_into",)),
        (idea(status=Status.MERGED), ("merged_into",)),
        (idea(status=Status.RECEIVED, step=1), ("step",)),
        (idea(status=Status.NOT_FOLLOWED, step=1), ("step",)),
        (idea(status=Status.RECEIVED, decision=GO), ("decision",)),
        (idea(status=Status.NOT_FOLLOWED, decision=NO_GO), ("decision",)),
        (idea(status=Status.RUNNING, step=4), ("decision",)),
        (idea(status=Status.FINISHED, step=4), ("decision",)),
        (idea(status=Status.NO_GO, step=4), ("decision",)),
        (idea(status=Status.RUNNING, step=4, decision=NO_GO), ("decision", "value")),
        (idea(status=Status.FINISHED, step=4, decision=NO_GO), ("decision", "value")),
        (idea(status=Status.NO_GO, step=4, decision=GO), ("decision", "value")),
        (
            idea(status=Status.PAUSED, decision=replace(GO, deciding_question="s9.niets")),
            ("decision", "deciding_question"),
        ),
        (
            idea(earlier_decisions=(NO_GO, replace(NO_GO, deciding_question="s9.niets"))),
            ("earlier_decisions", 1, "deciding_question"),
        ),
        (idea(followups=(picture.FollowUp(text="Bellen", question="s9.niets"),)), ("followups", 0, "question")),
        (idea(conditions=(picture.Condition(text="Geld", question="s9.niets"),)), ("conditions", 0, "question")),
        (
            idea(attachments=(picture.Attachment(title="Plan", file="plan.pdf", question="s9.niets"),)),
            ("attachments", 0, "question"),
        ),
        (idea(attachments=(picture.Attachment(title="Plan"),)), ("attachments", 0)),
        (idea(attachments=(picture.Attachment(title="Plan", url="http://a", file="plan.pdf"),)), ("attachments", 0)),
    ],
)
def test_what_does_not_fit_is_found_at_its_place(whole: Picture, place: Place) -> None:
    assert places(inconsistencies(whole)) == [place]


@pytest.mark.parametrize(
    "whole",
    [
        idea(status=Status.RUNNING, step=4, decision=GO),
        idea(status=Status.FINISHED, decision=GO),
        idea(status=Status.NO_GO, step=4, decision=NO_GO),
        idea(status=Status.MERGED, merged_into="ander-idee"),
        idea(status=Status.NOT_FOLLOWED),
        idea(status=Status.STOPPED, step=2),
        idea(status=Status.PAUSED, step=4, decision=replace(GO, deciding_question="s2.collab.shared")),
    ],
    ids=lambda whole: whole.status,
)
def test_a_status_with_what_belongs_to_it_fits(whole: Picture) -> None:
    assert places(inconsistencies(whole)) == []


def test_the_message_names_what_stands_there_and_what_may_stand_there() -> None:
    (found,) = inconsistencies(idea(pieces=(picture.Piece(name="Huis", by=("Wie?",)),)))

    assert "'Wie?'" in found.words.en
    assert f"'{OWN_ORG}', 'Samen Wortel'" in found.words.en
    assert f"'{OWN_ORG}', 'Samen Wortel'" in found.words.nl


def test_a_long_list_of_names_is_cut_short() -> None:
    partners = tuple(picture.Partner(name=f"Partner {number}") for number in range(500))

    (found,) = inconsistencies(idea(partners=partners, bundles=(picture.Bundle(name="Wonen", lead="Wie?"),)))

    assert "'Partner 18', …" in found.words.en
    assert len(found.words.en) < 1000


def test_a_partner_cannot_bear_the_name_of_the_organisation_that_gets_the_idea() -> None:
    assert places(inconsistencies(idea(), "Samen Wortel")) == [("partners", 0, "name")]


def test_a_file_holds_no_slug_twice_and_one_own_organisation() -> None:
    ideas = (idea(slug="a"), idea(), idea(), idea(slug="a", own_org="Een ander", partners=()))
    exchange = Exchange(own_org=OwnOrganisation(name=OWN_ORG), ideas=ideas)

    assert places(inconsistencies_of_file(exchange)) == [("ideas", 3, "own_org"), ("ideas", 3, "slug")]


def test_a_file_tells_in_which_idea_something_does_not_fit() -> None:
    exchange = Exchange(own_org=OwnOrganisation(name=OWN_ORG), ideas=(idea(), idea(activities=("bellen", "bellen"))))

    assert places(inconsistencies_of_file(exchange)) == [("ideas", 1, "activities", 1)]
