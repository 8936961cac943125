"""Restores a backup into an empty installation: all of it, or nothing."""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, models, transaction
from pydantic import ValidationError

from ideas.backup.contents import (
    CHUNK,
    FILES,
    FORMAT,
    LARGEST_MANIFEST,
    MANIFEST,
    MANIFESTS,
    ROWS,
    BackupError,
    Content,
    Manifest,
    content_of,
    kept_models,
    migrations_applied,
    refuse_unless_migrated,
)
from ideas.backup.numbers import go_on_after
from ideas.backup.rows import read_rows

# A name that does not fit in a header is written as a part of its own; a longer one is no name.
LONGEST_NAME = 16 << 10
# As many as one reads in a message.
SHOWN = 5


def restore(path: Path) -> Manifest:
    """Loads a backup. Raises `BackupError` or `OSError`, and then changes nothing."""
    refuse_unless_migrated()
    _refuse_unless_empty()
    with path.open("rb") as file, _damage_told(path):
        manifest = _verified(file)
        file.seek(0)
        _load(file, manifest)
    return manifest


def _refuse_unless_empty() -> None:
    """An installation with anything in it stays as it is."""
    if found := [label for label, model in kept_models().items() if model._base_manager.exists()]:
        raise BackupError(
            f"This installation is not empty (there are rows in {_some(found)}). Restore into a new one: "
            "a data folder or database of its own, after `migrate`."
        )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


# ---------- the archive


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError) as error:
        raise BackupError(f"{path} is damaged, or is no backup of WerktSamen: {error}") from error


class _Plain(tarfile.TarInfo):
    """A part of an archive that is nothing but a file."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        member = super().frombuf(buf, encoding, errors)
        is_name = member.type == tarfile.XHDTYPE and member.size <= LONGEST_NAME
        if not is_name and member.type != tarfile.REGTYPE:
            raise BackupError(f"The archive holds something that is no plain file: {member.name}")
        return member


def _parts(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """The parts of an archive in order, each to be read before the next one is asked for."""
    with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
        with tarfile.open(fileobj=unpacked, mode="r|", tarinfo=_Plain) as archive:
            for member in archive:
                stream = archive.extractfile(member)
                assert stream is not None  # noqa: S101 (a plain file has one)
                yield member.name, stream
        # Only at its end is it known whether the archive is whole.
        while unpacked.read(CHUNK):
            pass


def _verified(file: IO[bytes]) -> Manifest:
    """The manifest of a backup that is whole, of this version, and in which every part is as it was written."""
    found: dict[str, Content] = {}
    manifest: bytes | None = None
    for name, stream in _parts(file):
        if name in found or (name == MANIFEST and manifest is not None):
            raise BackupError(f"The backup holds {name} twice.")
        if not _stays_inside(name):
            raise BackupError(f"The backup holds a file outside its folder: {name}")
        if name == MANIFEST:
            manifest = stream.read(LARGEST_MANIFEST + 1)
        else:
            found[name] = content_of(stream)
    if manifest is None:
        raise BackupError(f"This is no backup of WerktSamen, or not a whole one: there is no {MANIFEST} in it.")
    told = _manifest(manifest)
    _refuse_other_version(told)
    _refuse_other_contents(told, found)
    return told


def _stays_inside(name: str) -> bool:
    place = PurePosixPath(name)
    return str(place) == name and not place.is_absolute() and ".." not in place.parts and "\\" not in name


def _manifest(text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        given = told.get("format") if isinstance(told, dict) else None
        if given != FORMAT:
            raise BackupError(f"This backup has format {given}; this version of WerktSamen reads format {FORMAT}.")
        return MANIFESTS.validate_json(text)
    except (ValidationError, ValueError, RecursionError) as error:
        raise BackupError(f"The {MANIFEST} of this backup cannot be read.") from error


def _refuse_other_version(manifest: Manifest) -> None:
    here, there = migrations_applied(), manifest.migrations
    if newer := sorted(set(there) - set(here)):
        raise BackupError(
            f"This backup is of a newer version of WerktSamen (with {_some(newer)}). "
            "Upgrade this installation first, or restore with the version that made it."
        )
    if older := sorted(set(here) - set(there)):
        raise BackupError(
            f"This backup is of an older version of WerktSamen (without {_some(older)}). "
            "Restore it with the version that made it, and then upgrade that installation."
        )


def _refuse_other_contents(manifest: Manifest, found: dict[str, Content]) -> None:
    told = manifest.contents
    if missing := sorted(told.keys() - found.keys()):
        raise BackupError(f"The backup is damaged: it lacks {_some(missing)}.")
    if surplus := sorted(found.keys() - told.keys()):
        raise BackupError(f"The backup is damaged: it holds {_some(surplus)}, of which its {MANIFEST} knows nothing.")
    if other := sorted(name for name in told if found[name] != told[name]):
        raise BackupError(f"The backup is damaged: {_some(other)} is not as it was written.")
    kept = kept_models()
    if {f"{ROWS}{label}.jsonl" for label in kept} != {name for name in told if not name.startswith(FILES)}:
        raise BackupError("The backup holds other tables than this version of WerktSamen has.")
    if manifest.rows.keys() != kept.keys():
        raise BackupError(f"The {MANIFEST} of this backup does not count its rows.")


# ---------- into the database


def _load(file: IO[bytes], manifest: Manifest) -> None:
    loading = _Loading(manifest)
    try:
        with transaction.atomic():
            _refuse_unless_empty()
            loading.whole(file)
    except BaseException as error:
        loading.take_back()
        if isinstance(error, DatabaseError):
            raise BackupError(f"The database does not take what is in the backup: {error}") from error
        raise


@dataclass
class _Loading:
    """Loads what was verified. `placed` are the stored files that it put in place, `named` those that rows name."""

    manifest: Manifest
    placed: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def whole(self, file: IO[bytes]) -> None:
        kept = kept_models()
        ContentType.objects.clear_cache()
        for app_label, model in self.manifest.content_types:
            ContentType.objects.get_or_create(app_label=app_label, model=model)
        for name, stream in _parts(file):
            if name.startswith(ROWS):
                self._rows(kept[name.removeprefix(ROWS).removesuffix(".jsonl")], stream)
            elif name.startswith(FILES):
                self._file(name, stream)
        if missing := sorted(name for name in self.named if f"{FILES}{name}" not in self.manifest.contents):
            raise BackupError(f"The backup lacks files that its rows name: {_some(missing)}.")
        connection.check_constraints()
        go_on_after(kept.values(), self.manifest.numbers)

    def _rows(self, model: Any, stream: IO[bytes]) -> None:
        file_fields = [one.attname for one in model._meta.concrete_fields if isinstance(one, models.FileField)]
        for rows in read_rows(model, stream):
            model._base_manager.bulk_create(rows)
            self.named.update(name for row in rows for at in file_fields if (name := getattr(row, at).name))

    def _file(self, part: str, stream: IO[bytes]) -> None:
        """Puts a stored file in place; one with the same bytes may be there already."""
        name = part.removeprefix(FILES)
        try:
            if not default_storage.exists(name):
                self.placed.append(name)
                if default_storage.save(name, File(stream)) == name:
                    return
            with default_storage.open(name) as there:
                if content_of(there) == self.manifest.contents[part]:
                    return
        except SuspiciousFileOperation as error:
            raise BackupError(f"The backup holds a file outside its folder: {part}") from error
        raise BackupError(f"There is another file at {default_storage.path(name)}: move it away first.")

    def take_back(self) -> None:
        """Removes the files that were put in place, and forgets what the database no longer holds."""
        for name in self.placed:
            default_storage.delete(name)
        ContentType.objects.clear_cache()
