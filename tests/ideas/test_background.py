"""The background pages on screen: for every member, in both languages, with the tip of the own organisation."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from checks.background import BACKGROUND, SLUGS
from people.models import Member, Organisation
from tests.factories import Client

PAGES = [reverse("ideas:backgrounds"), *(reverse("ideas:background", args=[slug]) for slug in SLUGS)]


def opened(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def reader(colleague: Member) -> Client:
    client = Client()
    client.force_login(colleague)
    return client


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_opens_in_both_languages(slug: str, language: str, reader: Client) -> None:
    reader.post(reverse("set_language"), {"language": language})
    html, page = opened(reader, reverse("ideas:background", args=[slug])), BACKGROUND[slug]
    for words in [page.title, page.lead, *page.exercise, *(section.heading for section in page.sections)]:
        assert escape(words.in_language(language)) in html


def test_the_list_names_every_page_under_its_step(reader: Client) -> None:
    html = opened(reader, reverse("ideas:backgrounds"))
    assert [slug for slug in SLUGS if reverse("ideas:background", args=[slug]) not in html] == []
    assert html.index("Voor je begint") < html.index("Verkennen") < html.index("Concretiseren")


def test_the_list_is_found_from_the_page_about_the_instrument(reader: Client) -> None:
    assert reverse("ideas:backgrounds") in opened(reader, reverse("about")).partition("<main")[2].partition("</main")[0]


@pytest.mark.django_db
def test_the_page_about_the_instrument_still_opens_before_signing_in(client: Client) -> None:
    assert reverse("ideas:backgrounds") not in opened(client, reverse("about"))


def test_a_page_that_does_not_exist_is_not_there(reader: Client) -> None:
    assert reader.get(reverse("ideas:background", args=["nergens"])).status_code == 404


def test_what_ages_says_when_it_was_looked_over(reader: Client) -> None:
    assert "23 november 2026" in opened(reader, reverse("ideas:background", args=["legal"]))


def test_a_page_asks_the_database_for_nothing_but_who_reads_it(reader: Client) -> None:
    opened(reader, reverse("about"))
    counts = set()
    for address in [reverse("about"), *PAGES]:
        with CaptureQueriesContext(connection) as asked:
            opened(reader, address)
        counts.add(len(asked))
    assert len(counts) == 1


def test_the_own_tip_of_an_organisation_is_shown_as_text(
    reader: Client, organisation: Organisation, outsider: Member, client: Client
) -> None:
    tips = reverse("ideas:background", args=["tips"])
    assert 'class="empty"' in opened(reader, tips)
    Organisation.objects.filter(pk=organisation.pk).update(own_tip="Breng <b>taart</b> mee.")
    html = opened(reader, tips)
    assert "Breng &lt;b&gt;taart&lt;/b&gt; mee." in html
    assert "<b>taart" not in html
    assert "taart" in opened(reader, reverse("ideas:organisation"))
    assert "taart" not in opened(reader, reverse("ideas:background", args=["no"]))
    client.force_login(outsider)
    assert "taart" not in opened(client, tips)


def test_only_who_coordinates_is_offered_to_change_the_tip(reader: Client, coordinator: Member, client: Client) -> None:
    tips, change = reverse("ideas:background", args=["tips"]), reverse("ideas:change_organisation", args=["about"])
    assert change not in opened(reader, tips)
    client.force_login(coordinator)
    assert change in opened(client, tips)
