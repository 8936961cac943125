"""The numbers that the database gives to new rows: none is given twice, also not after a restore."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import connection, models
from django.db.models import Max

from ideas.backup.contents import Model


def last_numbers(kept: Iterable[Model]) -> dict[str, int]:
    """The last number that was given to a row of each of these models, 0 where there was none yet."""
    return {
        model._meta.label_lower: max(
            _last_given(model._meta.db_table, column),
            model._base_manager.aggregate(last=Max("pk"))["last"] or 0,
        )
        for model, column in _numbered(kept)
    }


def go_on_after(kept: Iterable[Model], numbers: Mapping[str, int]) -> None:
    """The next row of each of these models gets a number above these, and above those of its rows."""
    for model, column in _numbered(kept):
        last = max(numbers.get(model._meta.label_lower, 0), last_numbers([model])[model._meta.label_lower])
        if last:
            _give_after(model._meta.db_table, column, last)


def _numbered(kept: Iterable[Model]) -> Iterator[tuple[Model, str]]:
    """The models of which the database gives the rows a number, each with the column of that number."""
    for model in kept:
        if isinstance(model._meta.pk, models.AutoField) and model._meta.pk.column:
            yield model, model._meta.pk.column


def _last_given(table: str, column: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
        else:
            quoted = connection.ops.quote_name(table)
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)", [quoted, column])
        return cursor.fetchone()[0] or 0


def _give_after(table: str, column: str, last: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        else:
            quoted = connection.ops.quote_name(table)
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [quoted, column, last])
