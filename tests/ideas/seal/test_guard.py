"""Nobody who speaks SQL changes, replaces or removes a sealed record: tried in the database itself."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import DatabaseError, InternalError

from checks.codes import DossierVersion, UnsealedFor
from ideas.models import SealedPages, SealedRecord, Unsealing
from ideas.seal import guard
from people.models import Member
from tests.factories import Client
from tests.ideas.seal.sealed import decided

REFUSED = (IntegrityError, InternalError, DatabaseError)
MODELS: list[type[models.Model]] = [SealedRecord, SealedPages, Unsealing]
is_postgresql = connection.vendor == "postgresql"


@pytest.fixture
def kept(client: Client, follower: Member, policy: Member) -> SealedRecord:
    """A sealed record with pages, and something that was written down of another one."""
    kept = decided(client, follower, policy)
    SealedPages.objects.create(sealed=kept, version=DossierVersion.FULL, language="nl", pdf=b"%PDF-1.7")
    Unsealing.objects.create(
        organisation=kept.idea.organisation,
        record="00000000-0000-4000-8000-000000000000",
        sha256="0" * 64,
        done=UnsealedFor.REMOVAL,
        why="de bewaartijd is voorbij",
    )
    return kept


def rows() -> list[list[tuple[object, ...]]]:
    told = []
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")  # noqa: S608 (our own names)
            told.append([tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in cursor])
    return told


def is_refused(statement: str) -> None:
    before = rows()
    with pytest.raises(REFUSED, match=guard.STAYS), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert rows() == before


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def over_it(model: type[models.Model]) -> str:
    """Inserts a row over the one that is there, with something else in it."""
    table, names = model._meta.db_table, columns(model)
    told = ", ".join("'x'" if name in {"json", "why"} else name for name in names)
    if is_postgresql:
        takes = f"ON CONFLICT (id) DO UPDATE SET sha256 = '{'1' * 64}'"
        return f"INSERT INTO {table} ({', '.join(names)}) SELECT {told} FROM {table} LIMIT 1 {takes}"  # noqa: S608
    return f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) SELECT {told} FROM {table} LIMIT 1"  # noqa: S608


def over_its_number(model: type[models.Model]) -> str:
    """The same with another number, but of the same record."""
    table, names = model._meta.db_table, columns(model)[1:]
    verb = "INSERT" if is_postgresql else "INSERT OR REPLACE"
    takes = f"ON CONFLICT (sha256) DO UPDATE SET sha256 = '{'1' * 64}'" if is_postgresql else ""
    return f"{verb} INTO {table} ({', '.join(names)}) SELECT {', '.join(names)} FROM {table} LIMIT 1 {takes}"  # noqa: S608


STATEMENTS: list[Callable[[type[models.Model]], str]] = [
    lambda model: f"UPDATE {model._meta.db_table} SET sha256 = '{'f' * 64}'",  # noqa: S608
    lambda model: f"UPDATE {model._meta.db_table} SET id = id + 100",  # noqa: S608
    lambda model: f"DELETE FROM {model._meta.db_table}",  # noqa: S608
    over_it,
    over_its_number,
]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_raw_sql_changes_replaces_and_removes_nothing(
    kept: SealedRecord, model: type[models.Model], statement: Callable[[type[models.Model]], str]
) -> None:
    is_refused(statement(model))


@pytest.mark.parametrize("model", MODELS)
def test_a_table_cannot_be_emptied_at_once(kept: SealedRecord, model: type[models.Model]) -> None:
    table = model._meta.db_table
    # PostgreSQL empties no table of which it still has to look at rows: what was made above is looked at first.
    connection.check_constraints()
    is_refused(f"TRUNCATE {table} CASCADE" if is_postgresql else f"DELETE FROM {table} WHERE 1")  # noqa: S608


def test_a_session_that_switches_triggers_off_changes_nothing_either(kept: SealedRecord) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica" if is_postgresql else "PRAGMA recursive_triggers=0"
        )
        is_refused(f"DELETE FROM {SealedRecord._meta.db_table}")  # noqa: S608


def test_a_record_goes_only_once_that_is_written_down(kept: SealedRecord) -> None:
    is_refused(f"DELETE FROM {SealedRecord._meta.db_table}")  # noqa: S608
    Unsealing.objects.create(
        organisation=kept.idea.organisation,
        record=kept.record,
        sha256=kept.sha256,
        done=UnsealedFor.REMOVAL,
        why="de bewaartijd is voorbij",
    )
    SealedPages.objects.all().delete()
    kept.delete()
    is_refused(f"DELETE FROM {Unsealing._meta.db_table}")  # noqa: S608


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", MODELS)
def test_another_migration_leaves_the_guard_standing(kept: SealedRecord, model: type[models.Model]) -> None:
    """On SQLite a field that changes makes the whole table anew, and its triggers are gone with it."""
    was = next(field for field in model._meta.concrete_fields if field.name == "sha256")
    wider = models.CharField(max_length=100, unique=True)
    wider.set_attributes_from_name("sha256")
    wider.model = model
    guard.step_aside(connection.alias, plan=["a migration"])
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(model, was, wider)
        guard.stand_guard(connection.alias)
        for statement in STATEMENTS:
            is_refused(statement(model))
    finally:
        guard.step_aside(connection.alias, plan=["back"])
        with connection.schema_editor() as editor:
            editor.alter_field(model, wider, was)
        guard.stand_guard(connection.alias)


@pytest.mark.django_db(transaction=True)
def test_every_run_of_migrate_stands_guard_anew(kept: SealedRecord) -> None:
    guard.execute(connection, guard.lifts(connection))
    call_command("migrate", verbosity=0)
    is_refused(f"DELETE FROM {SealedRecord._meta.db_table}")  # noqa: S608


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_fails_leaves_the_guard_standing(kept: SealedRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_told: object) -> None:
        guard.step_aside(connection.alias, plan=["a migration"])
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migrate", fails)
    with pytest.raises(RuntimeError):
        call_command("migrate", verbosity=0)
    is_refused(f"DELETE FROM {SealedRecord._meta.db_table}")  # noqa: S608
