"""What keeps a sealed record as it is: triggers in the database, on SQLite and PostgreSQL.

They refuse to change, to insert over what is there, to empty the table, and to remove a record of which nothing was
written down first (an `Unsealing`). They hold for everything that speaks to the database, but for who may change its
schema: who may do that can also take a trigger away.
"""

# ruff: noqa: S608 (the statements hold nothing but names of our own)

from collections.abc import Sequence
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from ideas.models import SealedPages, SealedRecord, Unsealing

STAYS = "a sealed record stays as it is"

RECORD, PAGES, UNSEALING = (model._meta.db_table for model in (SealedRecord, SealedPages, Unsealing))
# When a row of this table may go: it was written down first.
WRITTEN_DOWN = {
    RECORD: f"EXISTS (SELECT 1 FROM {UNSEALING} u WHERE u.sha256 = OLD.sha256)",
    PAGES: f"EXISTS (SELECT 1 FROM {UNSEALING} u JOIN {RECORD} r ON r.sha256 = u.sha256 WHERE r.id = OLD.sealed_id)",
    UNSEALING: "1 = 0",
}
MODELS: tuple[type[models.Model], ...] = (SealedRecord, SealedPages, Unsealing)


def stand_guard(using: str, **_sent: Any) -> None:
    """Makes the triggers anew, once the tables are there. Comes after every migration."""
    connection = connections[using]
    if set(WRITTEN_DOWN) <= set(connection.introspection.table_names()):
        execute(connection, [*lifts(connection), *_makes(connection)])


def step_aside(using: str, plan: Sequence[Any] = (), **_sent: Any) -> None:
    """Takes them away before a migration on SQLite: it makes a table anew only where no trigger names it."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        execute(connection, lifts(connection))


def execute(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lifts(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that take the triggers away."""
    if connection.vendor == "postgresql" and RECORD not in connection.introspection.table_names():
        return []
    on = " ON {}" if connection.vendor == "postgresql" else ""
    return [
        f"DROP TRIGGER IF EXISTS {table}_{deed}{on.format(table)}"
        for table in WRITTEN_DOWN
        for deed in ("change", "remove", "insert", "empty")
    ]


def _makes(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "postgresql":
        return [one for table in WRITTEN_DOWN for one in _on_postgresql(table)]
    return [one for model in MODELS for one in _on_sqlite(model)]


# ---------- SQLite


def _on_sqlite(model: type[models.Model]) -> list[str]:
    """`INSERT OR REPLACE` removes what it replaces without asking the trigger for that, so it is refused before."""
    table = model._meta.db_table
    taken = " OR ".join(f"({' AND '.join(f'{name} = NEW.{name}' for name in names)})" for names in _unique(model))
    refuse = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    return [
        f"CREATE TRIGGER {table}_change BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_remove BEFORE DELETE ON {table} WHEN NOT {WRITTEN_DOWN[table]} {refuse}",
        f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {refuse}",
    ]


def _unique(model: type[models.Model]) -> list[list[str]]:
    """The columns, or columns together, of which no two rows have the same."""
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    single = [[field.attname] for field in model._meta.concrete_fields if field.unique]
    together = [
        [columns[name] for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return [*single, *together]


# ---------- PostgreSQL


def _on_postgresql(table: str) -> list[str]:
    """`ALWAYS` also holds where triggers are switched off for a session, as replication does."""
    on = {
        "change": f"BEFORE UPDATE ON {table} FOR EACH ROW",
        "remove": f"BEFORE DELETE ON {table} FOR EACH ROW",
        "empty": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
    }
    triggers = [f"CREATE TRIGGER {table}_{deed} {when} EXECUTE FUNCTION {table}_stays()" for deed, when in on.items()]
    always = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{deed}" for deed in on]
    return [_function(table), *triggers, *always]


def _function(table: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF {WRITTEN_DOWN[table]} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
