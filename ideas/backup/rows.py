"""Rows ↔ lines of JSON, by Django's own serializers."""

import json
from collections.abc import Iterator
from datetime import datetime, time
from io import TextIOWrapper
from itertools import batched
from typing import IO, Any

from django.core.serializers import jsonl
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from ideas.backup.contents import LARGEST_ROW, MADE_ANEW, BackupError, Model

BATCH = 500


class _Encoder(DjangoJSONEncoder):
    """Django's own leaves out the microseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


class _Serializer(jsonl.Serializer):
    """Names what is made anew by its natural key, everything else by its number."""

    def handle_fk_field(self, obj: models.Model, field: Any) -> None:
        if _is_made_anew(field):
            super().handle_fk_field(obj, field)
        else:
            self.handle_field(obj, field)

    def handle_m2m_field(self, obj: models.Model, field: Any) -> None:
        """Nothing: the rows between two models are rows of a model too."""

    def end_object(self, obj: models.Model) -> None:
        line = json.dumps(self.get_dump_object(obj), cls=_Encoder, ensure_ascii=False) + "\n"
        if len(line.encode()) > LARGEST_ROW:
            raise BackupError(f"{obj._meta.label} {obj.pk} is too large for a backup.")
        self.stream.write(line)


def write_rows(model: Model, stream: IO[bytes]) -> int:
    """Writes all rows of a model, and tells how many."""
    named = [field.name for field in model._meta.concrete_fields if field.is_relation and _is_made_anew(field)]
    rows = model._base_manager.select_related(*named) if named else model._base_manager.all()
    count = 0

    def counted() -> Iterator[models.Model]:
        nonlocal count
        for row in rows.order_by("pk").iterator(chunk_size=BATCH):
            count += 1
            yield row

    text = TextIOWrapper(stream, encoding="utf-8", newline="\n")
    _Serializer().serialize(counted(), stream=text, use_natural_foreign_keys=True)
    text.detach()
    return count


def read_rows(model: Model, stream: IO[bytes]) -> Iterator[tuple[models.Model, ...]]:
    """The rows of a model in batches. Raises `BackupError` at the first line that is no row of it."""
    label = model._meta.label
    try:
        lines: Any = _lines(label, stream)
        for batch in batched(jsonl.Deserializer(lines), BATCH):
            rows = tuple(one.object for one in batch)
            if any(type(row) is not model or row.pk is None for row in rows):
                raise BackupError(f"The backup holds a row at {label} that is none.")
            yield rows
    except DeserializationError as error:
        why = error or error.__cause__
        raise BackupError(f"The backup holds a row of {label} that this version cannot read: {why}") from error


def _lines(label: str, stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(LARGEST_ROW + 1):
        if len(line) > LARGEST_ROW:
            raise BackupError(f"The backup holds a row of {label} that is too large.")
        yield line


def _is_made_anew(field: Any) -> bool:
    return field.related_model._meta.label_lower in MADE_ANEW
