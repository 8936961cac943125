"""The cast that all tests share: one organisation with a person for every role, and a neighbour."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management.commands.flush import Command as Flush
from django.db import connection
from django.test import override_settings

from ideas.models import Idea
from ideas.seal import guard
from people.models import Member, Organisation, Team
from tests import factories
from tests.factories import Client

# Playwright runs an event loop in this thread, in which Django would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def as_in_a_test(tmp_path: Path) -> Iterator[None]:
    """Quick passwords, tasks at once, files in a folder of the test's own."""
    with override_settings(
        DEMO=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        TASKS={"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}},
        STORAGES=django_settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        MEDIA_ROOT=tmp_path,
    ):
        yield


@pytest.fixture(autouse=True)
def no_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of a sealed record take a second to render: a test that needs them asks for `pages`."""
    if "pages" not in request.fixturenames:
        for module in ("sealing", "views"):
            monkeypatch.setattr(f"ideas.seal.{module}.make_pages", SimpleNamespace(enqueue=lambda **_given: None))


@pytest.fixture
def pages() -> None:
    """The pages of a sealed record are rendered."""


@pytest.fixture(autouse=True, scope="session")
def guard_steps_aside_for_teardown() -> Iterator[None]:
    """The database lets no sealed record go, not even to empty it after a test that is no transaction."""
    empties = Flush.handle

    def handle(self: Flush, **options: Any) -> None:
        guard.execute(connection, guard.lifts(connection))
        empties(self, **options)
        guard.stand_guard(connection.alias)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flush, "handle", handle)
        yield


@pytest.fixture
def organisation(db: None) -> Organisation:
    return factories.organisation()


@pytest.fixture
def team(organisation: Organisation) -> Team:
    return Team.objects.create(organisation=organisation, name="Team jongerenonthaal")


@pytest.fixture
def follower(organisation: Organisation, team: Team) -> Member:
    return factories.member("opvolger", organisation, team=team, function="teamcoach jongerenonthaal")


@pytest.fixture
def colleague(organisation: Organisation) -> Member:
    return factories.member("collega", organisation, function="onthaalmedewerker")


@pytest.fixture
def support(organisation: Organisation) -> Member:
    return factories.member("steun", organisation, support_service="financiën")


@pytest.fixture
def policy(organisation: Organisation) -> Member:
    return factories.member("beleid", organisation, policy_team=True)


@pytest.fixture
def coordinator(organisation: Organisation) -> Member:
    return factories.member("coordinator", organisation, coordinator=True)


@pytest.fixture
def outsider(db: None) -> Member:
    """The coordinator of another organisation."""
    neighbour = factories.organisation(name="De Meander vzw (fictief)", slug="de-meander")
    return factories.member("buur", neighbour, coordinator=True)


@pytest.fixture
def idea(organisation: Organisation, follower: Member, team: Team) -> Idea:
    """A small idea in step 1, followed by the follower."""
    return factories.idea(organisation, idea_owner=follower, idea_owner_role=follower.function, team=team)


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def signed_in(client: Client) -> factories.SignIn:
    """A function that gives a client in which this member is signed in."""

    def sign_in(member: Member) -> Client:
        client.force_login(member)
        return client

    return sign_in


# The name under which a test records what it measured.
FIGURES = "figures"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Shows what a test measured, also when it passed."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, told in report.user_properties:
            if name == FIGURES:
                terminalreporter.write_line(str(told))
