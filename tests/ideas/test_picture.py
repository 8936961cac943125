"""The database ↔ the picture: what is written is read again, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from checks.codes import (
    Benefit,
    IndicatorKind,
)
from checks.picture import (
    Alignment,
    Bundle,
    Picture,
    Piece,
    Votes,
)
from ideas import models
from ideas.models import Idea
from ideas.picture import LISTS, read_picture, read_pictures, write_picture
from people.models import Member, Organisation, Team
from tests import factories
from tests.ideas.whole_idea import DEMO, FULL, SMALLEST, WOONKLAAR, pictures_of

pytestmark = pytest.mark.django_db


def written(idea: Picture, organisation: Organisation) -> Idea:
    """The same picture in the database, of an organisation with the name that the picture has for its own."""
    if organisation.name != idea.own_org:
        organisation = factories.organisation(name=idea.own_org, slug="ander")
    return write_picture(idea, organisation)


def filled(record: object) -> Iterator[str]:
    """Every field in the whole record that has another value than its default, as "Goal.text"."""
    if isinstance(record, tuple):
        for item in record:
            yield from filled(item)
    elif is_dataclass(record):
        for field in fields(record):
            value = getattr(record, field.name)
            if field.default is MISSING or value != field.default:
                yield f"{type(record).__name__}.{field.name}"
            yield from filled(value)


def names(record: object) -> Iterator[str]:
    """Every field of every kind of record that occurs in the whole record."""
    if isinstance(record, tuple):
        for item in record:
            yield from names(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield f"{type(record).__name__}.{field.name}"
            yield from names(getattr(record, field.name))


def test_together_the_pictures_of_these_tests_fill_every_field() -> None:
    together = (*DEMO, FULL)
    # What was dropped is only told: it is of the idea where people dropped it.
    assert set(names(together)) - {"Picture.dropped"} == set(filled(together))


@pytest.mark.parametrize("idea", [*DEMO, SMALLEST], ids=lambda idea: f"{idea.slug}, {len(idea.approach)}")
def test_what_is_written_is_read_again(idea: Picture, organisation: Organisation) -> None:
    assert read_picture(written(idea, organisation)) == idea


def test_every_field_that_is_written_is_read_again(organisation: Organisation) -> None:
    write_picture(replace(SMALLEST, slug="digimaat"), organisation)
    assert read_picture(write_picture(FULL, organisation)) == FULL


def test_the_own_organisation_is_known_by_the_name_of_the_file_and_by_its_own() -> None:
    renamed = factories.organisation(name="Lindeveer Zonbeek", slug="lindeveer")
    read = read_picture(write_picture(WOONKLAAR, renamed))
    assert read.own_org == "Lindeveer Zonbeek"
    assert [piece.by for piece in read.pieces if "Lindeveer Zonbeek" in piece.by] == [("Lindeveer Zonbeek",)]
    assert read.bundles[0].lead == "Lindeveer Zonbeek"
    assert read.indicators[-1].level == "Lindeveer Zonbeek"


def test_remarks_are_kept_in_alphabetical_order_whoever_spoke_first(organisation: Organisation) -> None:
    votes = Votes(counts=(0, 1, 0, 1, 3), remarks=("Warm!", "Aarzeling.", "Misschien."))
    read = read_picture(write_picture(replace(SMALLEST, votes=votes), organisation))
    assert read.votes == replace(votes, remarks=("Aarzeling.", "Misschien.", "Warm!"))


def test_an_idea_without_slug_gets_one_that_is_free(organisation: Organisation) -> None:
    nameless = replace(SMALLEST, slug="", title="Samen wonen: een begin!")
    slugs = [write_picture(nameless, organisation).slug for _ in range(3)]
    assert slugs == ["samen-wonen-een-begin", "samen-wonen-een-begin-2", "samen-wonen-een-begin-3"]
    assert write_picture(replace(nameless, title="???"), organisation).slug == "idee"


def test_the_follower_and_the_team_are_found_where_one_fits(organisation: Organisation) -> None:
    elsewhere = factories.organisation(name="Elders", slug="elders")
    team = Team.objects.create(organisation=organisation, name=WOONKLAAR.team)
    Team.objects.create(organisation=elsewhere, name=WOONKLAAR.team)
    factories.member("opvolger", elsewhere, function=WOONKLAAR.idea_owner)
    assert write_picture(replace(WOONKLAAR, slug="nog-niemand"), organisation).idea_owner is None

    follower = factories.member("opvolger", organisation, function=WOONKLAAR.idea_owner)
    idea = write_picture(WOONKLAAR, organisation)
    assert (idea.idea_owner, idea.team) == (follower, team)

    factories.member("collega", organisation, function=WOONKLAAR.idea_owner)
    two_fit = write_picture(replace(WOONKLAAR, slug="twee"), organisation)
    assert two_fit.idea_owner is None
    assert two_fit.idea_owner_role == WOONKLAAR.idea_owner


def test_each_idea_gets_its_own_rows(organisation: Organisation) -> None:
    ideas = {written(idea, organisation).pk: idea for idea in pictures_of("ideas.yaml")}
    elsewhere = write_picture(WOONKLAAR, factories.organisation(name="Elders", slug="elders"))
    read = read_pictures([*ideas, elsewhere.pk, 0])
    assert set(read) == {*ideas, elsewhere.pk}
    assert {pk: read[pk] for pk in ideas} == ideas


def test_reading_takes_as_many_queries_for_one_idea_as_for_many_with_many_rows(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small = write_picture(SMALLEST, organisation)
    write_picture(replace(SMALLEST, slug="digimaat"), organisation)
    large = [write_picture(replace(many_rows(FULL), slug=f"groot-{n}"), organisation).pk for n in range(20)]

    with django_assert_num_queries(1 + len(LISTS)):
        read_picture(small)
    with django_assert_num_queries(1 + len(LISTS)):
        read = read_pictures(large)
    assert len(read) == 20
    assert {len(idea.goals) for idea in read.values()} == {30}
    assert {len(idea.pieces) for idea in read.values()} == {20}


def test_who_is_named_in_what_was_said_comes_along_by_what_they_do(
    idea: Idea, follower: Member, colleague: Member, policy: Member
) -> None:
    for text in ["@collega en @Beleid, wat denken jullie?", "Niets"]:
        models.Comment.objects.create(idea=idea, place="step-1", step=1, author=follower, text=text, in_dossier=True)
    read = read_picture(idea)
    assert [comment.text for comment in read.comments] == [
        f"@{colleague.function} en @{policy.role_words()}, wat denken jullie?",
        "Niets",
    ]


def test_rows_that_name_a_row_of_another_idea_are_read_without_it(organisation: Organisation) -> None:
    other = write_picture(replace(WOONKLAAR, slug="ander", own_org=organisation.name), organisation)
    partner, (bundle, other_bundle) = (
        models.Partner.objects.filter(idea=other)[0],
        models.Bundle.objects.filter(idea=other)[:2],
    )
    review = models.Review.objects.create(idea=other)
    trajectory = models.Trajectory.objects.create(idea=other)
    idea = write_picture(SMALLEST, organisation)
    piece = models.Piece.objects.create(idea=idea, name="Huis")
    for row in (
        models.Contribution(idea=idea, piece=piece, partner=partner),
        models.Contribution(idea=idea, piece=models.Piece.objects.filter(idea=other)[0], partner=None),
        models.Bundle(idea=idea, name="Wonen", lead=partner),
        models.Indicator(idea=idea, kind=IndicatorKind.RESULT, partner=partner),
        models.Activity(idea=idea, name="bellen", bundle=bundle),
        models.Alignment(idea=idea, what="Overdracht", bundle=bundle, other_bundle=other_bundle),
        models.TrajectoryAction(idea=idea, text="Praten", trajectory=trajectory),
        models.Tick(idea=idea, list=models.TickList.BENEFIT_SEEN, code=Benefit.VISIBILITY, review=review),
    ):
        row.save()

    read = read_picture(idea)

    assert read.pieces == (Piece(name="Huis"),)
    assert read.bundles == (Bundle(name="Wonen"),)
    assert read.activities == ("bellen",)
    assert read.between == (Alignment(what="Overdracht"),)
    assert (read.indicators, read.trajectory, read.reviews) == ((), None, ())


def many_rows(idea: Picture) -> Picture:
    return replace(
        idea,
        goals=idea.goals * 10,
        pieces=idea.pieces * 10,
        followups=idea.followups * 10,
        between=idea.between * 10,
        indicators=idea.indicators * 10,
        talk=idea.talk * 10,
        transitions=idea.transitions * 10,
    )


def test_writing_takes_no_more_queries_for_more_rows(organisation: Organisation) -> None:
    counts = []
    write_picture(replace(SMALLEST, slug="digimaat"), organisation)
    for slug, idea in [("gewoon", FULL), ("groot", many_rows(FULL))]:
        with CaptureQueriesContext(connection) as queries:
            write_picture(replace(idea, slug=slug), organisation)
        counts.append(len(queries))
    assert counts[0] == counts[1]
