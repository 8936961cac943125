"""Makes a backup while people work."""

import gzip
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile, mkstemp
from typing import IO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils import timezone

from ideas.backup.contents import (
    FILES,
    MANIFEST,
    MANIFESTS,
    ROWS,
    BackupError,
    Content,
    Digesting,
    Manifest,
    kept_models,
    migrations_applied,
    refuse_unless_migrated,
)
from ideas.backup.numbers import last_numbers
from ideas.backup.rows import write_rows

SUFFIX = ".tar.gz"
# How often it begins anew when a file was taken away meanwhile.
TRIES = 5


@dataclass(frozen=True)
class Made:
    """A backup that was made; `size` in bytes."""

    path: Path
    size: int
    manifest: Manifest


class _GoneError(Exception):
    """A file that belongs in the backup is no longer there."""


def back_up(target: Path | None) -> Made:
    """Makes a backup in this folder or with this file name, by default in the data folder.

    Raises `BackupError` or `OSError`, and then leaves nothing behind.
    """
    refuse_unless_migrated()
    path = _place(target)
    gone = ""
    for _ in range(TRIES):
        try:
            with _whole_or_not_at_all(path) as file:
                manifest = _write(file, path.parent)
        except _GoneError as error:
            gone = str(error)
        else:
            return Made(path, path.stat().st_size, manifest)
    raise BackupError(f"A stored file that the ideas name is not there: {default_storage.path(gone)}")


def _place(target: Path | None) -> Path:
    if target is None:
        target = settings.DATA_DIR / "backups"
        target.mkdir(mode=0o700, exist_ok=True)
    if target.is_dir():
        target /= f"werktsamen-{timezone.localtime():%Y-%m-%d-%H%M%S}{SUFFIX}"
    if not target.name.endswith(SUFFIX):
        raise BackupError(f"There is no folder {target}; a file name ends in {SUFFIX}.")
    if target.exists():
        raise _exists(target)
    return target


def _exists(path: Path) -> BackupError:
    return BackupError(f"{path} exists already, and is left as it is.")


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[IO[bytes]]:
    """A file, for its owner only, that gets its name once it is whole and on the disk."""
    descriptor, name = mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:  # a disk that knows no second name for a file
        if path.exists():
            raise _exists(path) from error
        draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read within was so at one moment, and nobody who saves has to wait for it."""
    if connection.vendor == "sqlite":
        # Django's own transactions would take the lock for writing.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _write(file: IO[bytes], folder: Path) -> Manifest:
    """Writes a whole backup; `folder` has room for the rows of a model. Raises `_GoneError`."""
    kept = kept_models()
    # Looked up first: a file that is there now and gone later belongs to what the rows may still speak of.
    files = set(_stored())
    with (
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=file) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        writer = _Writer(archive)
        with _one_moment():
            rows = {label: writer.add_rows(label, model, folder) for label, model in kept.items()}
            files.update(_named(kept.values()))
            content_types = tuple(ContentType.objects.order_by("pk").values_list("app_label", "model"))
            migrations, numbers = migrations_applied(), last_numbers(kept.values())
        for name in sorted(files):
            writer.add_file(name)
        manifest = Manifest(writer.made, migrations, content_types, rows, numbers, writer.contents.copy())
        told = MANIFESTS.dump_json(manifest, indent=1)
        writer.add(MANIFEST, BytesIO(told), len(told))
    return manifest


def _stored(folder: str = "") -> Iterator[str]:
    """The names of all stored files: the past of an idea may bring back one that no row names now."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from _stored(f"{folder}{name}/")


def _named(kept: Iterable[type[models.Model]]) -> Iterator[str]:
    """The stored files that rows name."""
    for model in kept:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                named = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from filter(None, named.iterator())


class _Writer:
    """Adds parts to an archive, and knows what they hold."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self.archive, self.made, self.contents = archive, timezone.now(), dict[str, Content]()

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(self.made.timestamp())
        digesting = Digesting(source)
        self.archive.addfile(member, digesting)
        self.contents[name] = digesting.content()

    def add_rows(self, label: str, model: type[models.Model], folder: Path) -> int:
        with TemporaryFile(dir=folder) as drafted:
            count = write_rows(model, drafted)
            size = drafted.tell()
            drafted.seek(0)
            self.add(f"{ROWS}{label}.jsonl", drafted, size)
        return count

    def add_file(self, name: str) -> None:
        try:
            stored = default_storage.open(name)
        except FileNotFoundError as error:
            raise _GoneError(name) from error
        with stored:
            self.add(f"{FILES}{name}", stored, stored.size)
