from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from checks.codes import GoNoGo, Status
from ideas.models import Decision, FollowUp, Idea
from ideas.portfolio.overview import ON_A_PAGE, ON_THE_BOARD
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client

OVERVIEW = reverse("ideas:overview")


def lane(html: str, slug: str) -> str:
    """The part of the board from this lane's heading to the next section."""
    return html.partition(f'aria-labelledby="lane-{slug}"')[2].partition("<section")[0]


def test_each_idea_stands_in_the_step_where_it_is(
    client: Client, coordinator: Member, organisation: Organisation
) -> None:
    told = [("Alfa", Status.IN_STEP, 1), ("Beta", Status.IN_STEP, 3), ("Gamma", Status.NO_GO, 4)]
    told += [("Delta", Status.STOPPED, 2)]
    for title, status, step in told:
        factories.idea(organisation, title=title, status=status, step=step)
    factories.idea(organisation, title="Epsilon", status=Status.RECEIVED, step=None)
    client.force_login(coordinator)
    html = client.get(OVERVIEW).content.decode()
    for slug, title in [
        ("step-1", "Alfa"),
        ("step-3", "Beta"),
        ("step-4", "Gamma"),
        ("away", "Delta"),
        ("received", "Epsilon"),
    ]:
        assert title in lane(html, slug)


def test_a_card_says_the_outcome_or_what_waits(client: Client, coordinator: Member, idea: Idea) -> None:
    FollowUp.objects.create(idea=idea, text="Tolken zoeken")
    client.force_login(coordinator)
    assert "1 opvolgpunt staat open" in client.get(OVERVIEW).content.decode()
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    Idea.objects.update(status=Status.RUNNING, step=4)
    html = client.get(OVERVIEW).content.decode()
    assert 'data-code="go"' in html
    assert "opvolgpunt staat open" not in html


def test_an_empty_organisation_is_told_what_will_stand_here(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    assert "Nog geen ideeën" in client.get(OVERVIEW).content.decode()


def test_the_ideas_of_another_organisation_are_nowhere(client: Client, idea: Idea, outsider: Member) -> None:
    client.force_login(outsider)
    for url in [OVERVIEW, reverse("ideas:lane", args=["step-1"])]:
        assert idea.title not in client.get(url).content.decode()


def test_the_board_takes_the_same_few_queries_for_one_idea_as_for_many(
    client: Client, coordinator: Member, idea: Idea, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(coordinator)
    with django_assert_num_queries(10):
        client.get(OVERVIEW)
    for _ in range(40):
        FollowUp.objects.create(idea=factories.idea(idea.organisation), text="x")
    with django_assert_num_queries(10):
        client.get(OVERVIEW)


def test_a_long_lane_goes_on_page_after_page_without_losing_an_idea(
    client: Client, coordinator: Member, organisation: Organisation
) -> None:
    ideas = [factories.idea(organisation, title=f"Idee nummer {n}!") for n in range(ON_A_PAGE + 5)]
    client.force_login(coordinator)
    board = client.get(OVERVIEW).content.decode()
    assert board.count("Idee nummer") == ON_THE_BOARD
    url = reverse("ideas:lane", args=["step-1"])
    assert url in board
    first = client.get(url).content.decode()
    last_on_it = ideas[-ON_A_PAGE]
    assert f"?before={last_on_it.pk}" in first
    second = client.get(url, {"before": last_on_it.pk}).content.decode()
    for idea in ideas:
        assert (f"{idea.title}" in first) != (f"{idea.title}" in second)


def test_a_place_to_go_on_from_that_makes_no_sense_shows_the_first_page(
    client: Client, coordinator: Member, idea: Idea
) -> None:
    client.force_login(coordinator)
    for before in ["9" * 5000, "-1", "x", ""]:
        html = client.get(reverse("ideas:lane", args=["step-1"]), {"before": before}).content.decode()
        assert idea.title in html


def test_a_lane_that_is_not_there_answers_404(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    assert client.get(reverse("ideas:lane", args=["nergens"])).status_code == 404
