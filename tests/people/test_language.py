import pytest
from django.urls import reverse

from tests.factories import Client


@pytest.mark.django_db
def test_a_page_is_dutch_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get(reverse("about"), headers={"Accept-Language": "en-GB"})
    assert '<html lang="nl">' in page.content.decode()
    assert page.headers["Content-Language"] == "nl"


@pytest.mark.django_db
def test_english_stays_once_it_is_chosen_and_dutch_is_one_click_away(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": reverse("about")})
    assert '<html lang="en">' in client.get(reverse("about")).content.decode()
    client.post(reverse("set_language"), {"language": "nl"})
    assert '<html lang="nl">' in client.get(reverse("about")).content.decode()


@pytest.mark.django_db
def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.cookies["django_language"] = "xx"
    assert '<html lang="nl">' in client.get(reverse("about")).content.decode()
