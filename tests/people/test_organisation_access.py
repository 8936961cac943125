"""Who opens which page of an organisation: every address, for every role, and for another organisation."""

from typing import Any

import pytest
from django.urls import reverse

from people.models import Deed, Invitation, Member, Organisation, Team
from people.models.invitation import digest_of
from tests.factories import Client
from tests.ideas.test_access import every_url

ROLES = ["follower", "colleague", "support", "policy", "coordinator"]
# What everybody may read. All else is for who coordinates.
FOR_ALL = {
    "people",
    "profile",
    "my_mail",
    "ideas:organisation",
    "ideas:my_calendar",
    "ideas:my_data",
    "ideas:my_data_file",
}
# Signing in is for everybody, and who is erased left before: both have tests of their own.
NOT_HERE = {"switch", "sign_in_with", "sign_in_at", "ideas:erase_person"}
ONLY_POSTED = {"invite_again", "withdraw", "switch"}
FOUND = {
    name: set(pattern.pattern.converters)
    for name, pattern in every_url()
    if name not in NOT_HERE and str(pattern.pattern).startswith(("organisation/", "me/"))
}
FOR_COORDINATORS = sorted(FOUND.keys() - FOR_ALL)
WITH_A_NUMBER = sorted(name for name, parts in FOUND.items() if any(part.endswith("_id") for part in parts))


@pytest.fixture
def invitation(organisation: Organisation, coordinator: Member) -> Invitation:
    waiting = Invitation(organisation=organisation, by=coordinator, email="nieuw@lindeveer.test")
    waiting.renew()
    return waiting


@pytest.fixture
def addresses(colleague: Member, team: Team, invitation: Invitation) -> dict[str, str]:
    known: dict[str, Any] = {
        "member_id": colleague.pk,
        "team_id": team.pk,
        "invitation_id": invitation.pk,
        "part": "about",
    }
    return {name: reverse(name, kwargs={part: known[part] for part in parts}) for name, parts in FOUND.items()}


def everything() -> list[list[Any]]:
    return [list(model._default_manager.values()) for model in (Organisation, Member, Team, Invitation, Deed)]


def test_every_page_of_an_organisation_is_known_here() -> None:
    assert {"member", "invite", "ideas:leaving", "ideas:teams", "ideas:change_organisation"} <= set(FOR_COORDINATORS)
    assert FOUND.keys() >= FOR_ALL | {"withdraw"}


@pytest.mark.parametrize("name", sorted(FOUND))
@pytest.mark.parametrize("who", ROLES)
def test_a_role_opens_what_is_for_it(
    who: str, name: str, addresses: dict[str, str], client: Client, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    request.getfixturevalue("coordinator")
    client.force_login(member)
    may = member.coordinator or name in FOR_ALL or (name == "ideas:leaving" and who == "colleague")
    before = everything()
    opened = client.get(addresses[name]).status_code
    assert opened == (405 if name in ONLY_POSTED else 200 if may else 403)
    if not may:
        assert client.post(addresses[name], {"name": "Iets anders", "to": "", "coordinator": "on"}).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", WITH_A_NUMBER)
def test_another_organisation_finds_nothing(
    name: str, method: str, addresses: dict[str, str], outsider: Member, client: Client
) -> None:
    client.force_login(outsider)
    before = everything()
    assert getattr(client, method)(addresses[name]).status_code == (
        405 if method == "get" and name in ONLY_POSTED else 404
    )
    assert everything() == before


def test_pages_about_us_show_nothing_of_another_organisation(
    addresses: dict[str, str], outsider: Member, organisation: Organisation, follower: Member, client: Client
) -> None:
    client.force_login(outsider)
    for name, address in addresses.items():
        if name not in WITH_A_NUMBER:
            page = client.get(address).content.decode()
            assert organisation.name not in page
            assert follower.name not in page.partition("<main")[2]


def test_mail_addresses_are_for_who_coordinates(client: Client, follower: Member, coordinator: Member) -> None:
    for who, sees in [(follower, False), (coordinator, True)]:
        client.force_login(who)
        page = client.get(reverse("people")).content.decode().partition("<main")[2]
        assert ("collega@" in page or follower.email in page) is sees


def test_the_people_take_as_many_queries_however_many_there_are(
    client: Client, coordinator: Member, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests import factories

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("people"))
        return len(queries)

    def one_more(number: int) -> None:
        someone = factories.member(f"nog{number}", organisation, team=team, support_service="HR")
        Invitation.objects.create(
            organisation=organisation,
            by=someone,
            email=f"x{number}@x.test",
            digest=digest_of(str(number)),
            until="2099-01-01T00:00Z",
        )

    client.force_login(coordinator)
    team = Team.objects.create(organisation=organisation, name="Team")
    one_more(0)
    few = count()
    for number in range(1, 20):
        one_more(number)
    assert count() == few
