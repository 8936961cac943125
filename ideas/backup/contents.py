"""What a backup holds, and what has to be the same on both sides."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Annotated, Protocol

from django.apps import apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pydantic import Field, TypeAdapter

# Raise it when what stands in a backup changes, or what is left out.
FORMAT = 1
MANIFEST, ROWS, FILES = "manifest.json", "rows/", "files/"

# What says nothing lasting. A reading that is open is left out as well: two backups would tell who voted what in
# between.
PASSING = frozenset(
    {
        "django_tasks_database.dbtaskresult",
        "ideas.dossier",
        "ideas.export",
        "ideas.formsent",
        "ideas.openreading",
        "ideas.presence",
        "ideas.slipcode",
        "people.chore",
        "sessions.session",
        "usersessions.usersession",
    }
)
# What `migrate` makes by itself. A row that points at it names it by its natural key, since its number may differ.
MADE_ANEW = frozenset({"auth.permission", "contenttypes.contenttype"})

CHUNK = 1 << 20
# A row is read as a whole, and so is the manifest: what is larger is none of ours.
LARGEST_ROW = 64 << 20
LARGEST_MANIFEST = 256 << 20

type Model = type[models.Model]


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why, and what to do."""


@dataclass(frozen=True)
class Content:
    """What one part of a backup holds: its size in bytes and its SHA-256."""

    size: Annotated[int, Field(ge=0)]
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    `migrations` are those of the kept models, as "ideas.0001_initial"; `content_types` all of "app", "model".
    `rows` counts the rows of each kept model; `numbers` has the last number that its rows were given, so that
    the number of a row that was removed is not given again. `contents` is by the name of the part.
    """

    made: datetime
    migrations: tuple[str, ...]
    content_types: tuple[tuple[str, str], ...]
    rows: dict[str, int]
    numbers: dict[str, Annotated[int, Field(ge=0, lt=1 << 63)]]
    contents: dict[str, Content]
    format: int = FORMAT

    @property
    def ideas(self) -> int:
        """How many ideas there are in it."""
        return self.rows["ideas.idea"]

    @property
    def files(self) -> int:
        """How many stored files there are in it."""
        return sum(name.startswith(FILES) for name in self.contents)


MANIFESTS = TypeAdapter(Manifest)


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Digesting:
    """Reads on from a source, and knows what it read until now."""

    def __init__(self, source: Readable) -> None:
        self._source, self._size, self._digest = source, 0, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._source.read(size)
        self._size += len(chunk)
        self._digest.update(chunk)
        return chunk

    def content(self) -> Content:
        return Content(self._size, self._digest.hexdigest())


def content_of(source: IO[bytes]) -> Content:
    """Reads a source to its end."""
    digesting = Digesting(source)
    while digesting.read(CHUNK):
        pass
    return digesting.content()


def kept_models() -> dict[str, Model]:
    """Every model but those left out, by its label."""
    labelled = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    return {
        label: model
        for label, model in labelled.items()
        if model._meta.managed and not model._meta.proxy and label not in PASSING | MADE_ANEW
    }


def migrations_applied() -> tuple[str, ...]:
    """The migrations of the apps of the kept models by which this database was made."""
    loader, kept = MigrationLoader(connection), {model._meta.app_label for model in kept_models().values()}
    applied = loader.applied_migrations.keys() & loader.graph.nodes.keys()
    return tuple(sorted(f"{app}.{name}" for app, name in applied if app in kept))


def refuse_unless_migrated() -> None:
    """Raises `BackupError` where the database is not yet as this version of WerktSamen needs it."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupError("The database is not up to date with this version of WerktSamen: run `migrate` first.")
