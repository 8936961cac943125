"""The app for many people at once, with a database of its own that no other test reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import own_database, served


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app keeps its data and its log."""
    return tmp_path_factory.mktemp("load")


@pytest.fixture(scope="session")
def app(folder: Path) -> Iterator[str]:
    """The address of the app with its demo organisation, on SQLite or on the server in DATABASE_URL."""
    with own_database("werktsamen_load") as database, served(folder, database) as address:
        yield address
