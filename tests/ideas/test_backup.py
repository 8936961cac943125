"""A backup is made while people work; a restore gives the same, or changes nothing and says why."""

import hashlib
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, models, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from checks.codes import ExportKind
from ideas.backup.contents import MADE_ANEW, PASSING, kept_models
from ideas.exchange import export, own_organisation
from ideas.management.commands.demo import load_demo
from ideas.models import Attachment, Change, Dossier, Export, FormSent, Goal, Idea
from ideas.picture import read_pictures, write_picture
from people.models import Account, Member, Organisation
from tests import factories
from tests.ideas.whole_idea import FULL, SMALLEST, UNDER_WAY

REPORT = "Verslag — ŞğłčΩ 🌉\r\n".encode() * 3
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
MOMENT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """What an installation says: the exchange file of each organisation, every row, every stored file."""

    ideas: dict[str, str]
    rows: dict[str, list[dict[str, Any]]]
    files: dict[str, bytes]


def told() -> Told:
    return Told(
        {one.slug: exchange_file(one) for one in Organisation.objects.all()},
        {label: rows_of(model) for label, model in kept_models().items()},
        stored_files(),
    )


def exchange_file(organisation: Organisation) -> str:
    ids = list(organisation.ideas.order_by("pk").values_list("pk", flat=True))
    return export(read_pictures(ids).values(), own_organisation(organisation))


def rows_of(model: type[models.Model]) -> list[dict[str, Any]]:
    """Every row, with the name of a content type for its number, which may differ."""
    kinds = {kind.pk: kind.natural_key() for kind in ContentType.objects.all()}
    rows = list(model._base_manager.order_by("pk").values())
    return [{name: kinds[at] if name == "content_type_id" else at for name, at in row.items()} for row in rows]


def stored_files() -> dict[str, bytes]:
    root = Path(default_storage.path(""))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def attach(idea: Idea, content: bytes, **more: Any) -> Attachment:
    digest = hashlib.sha256(content).hexdigest()
    attachment = Attachment(idea=idea, title="Verslag", file="verslag.pdf", size=len(content), sha256=digest, **more)
    attachment.stored.save("verslag.pdf", ContentFile(content), save=False)
    attachment.save()
    return attachment


def fill() -> int:
    """The demo, ideas with something in every field, files, a past, and what does not last.

    Gives the number of an idea that was made last, and removed.
    """
    load_demo("een-lang-wachtwoord")
    lindeveer = Organisation.objects.get(slug="lindeveer")
    follower = Member.objects.get(account__email="opvolger@lindeveer.test")
    ideas = [write_picture(picture, lindeveer) for picture in (FULL, UNDER_WAY, SMALLEST)]
    attach(ideas[0], REPORT)
    attach(ideas[1], REPORT, question="s1.how.approach")
    attach(ideas[2], b"")
    gone = attach(ideas[2], b"taken away, and kept for the past")
    kind = ContentType.objects.get_for_model(Attachment)
    Change.objects.create(
        idea=ideas[2],
        content_type=kind,
        object_id=gone.pk,
        action=Change.Action.DELETE,
        changes={"title": ["Verslag", None]},
        actor=follower,
        cid="one",
        timestamp=MOMENT,
        touched=MOMENT,
    )
    gone.delete()
    Change.objects.create(
        idea=ideas[2],
        content_type=ContentType.objects.create(app_label="ideas", model="of_an_earlier_version"),
        object_id=1,
        action=Change.Action.UPDATE,
        changes={"text": ["Eerst", "Dan"]},
        cid="two",
    )
    Dossier.objects.create(idea=ideas[0], language="nl", digest="0" * 64, pdf=b"%PDF")
    FormSent.objects.create(token=uuid4(), member=follower, said="0" * 64)
    Export.objects.create(member=follower, kind=ExportKind.LISTS, language="nl", file=b"PK")
    removed = Idea.objects.create(organisation=lindeveer, title="Weg", slug="weg")
    number = removed.pk
    removed.delete()
    return number


@dataclass(frozen=True)
class Made:
    """A backup of a whole installation, what that said, and the number of the idea that was removed last."""

    archive: bytes
    told: Told
    last_idea: int


@pytest.fixture(scope="module")
def made(
    django_db_setup: None,
    guard_steps_aside_for_teardown: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Made:
    folder = tmp_path_factory.mktemp("made")
    target = folder / "all.tar.gz"
    with django_db_blocker.unblock():
        try:
            with override_settings(MEDIA_ROOT=folder / "files", PASSWORD_HASHERS=[QUICK]):
                with transaction.atomic():
                    last_idea = fill()
                call_command("backup", target, verbosity=0)
                return Made(target.read_bytes(), told(), last_idea)
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def archive(made: Made, tmp_path: Path) -> Path:
    """The backup as a file, beside the folder for stored files."""
    path = tmp_path.parent / f"{tmp_path.name}.tar.gz"
    path.write_bytes(made.archive)
    return path


def restore(path: Path) -> None:
    call_command("restore", path, verbosity=0)


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """What is done within is refused in these words, and changes nothing."""
    before, kinds = told(), set(ContentType.objects.values_list("app_label", "model"))
    with pytest.raises(CommandError) as refusal:
        yield
    for word in words:
        assert word in str(refusal.value)
    assert told() == before
    assert set(ContentType.objects.values_list("app_label", "model")) == kinds


# ---------- the same comes back


def test_a_restore_gives_the_same_pictures_rows_and_files_byte_for_byte(db: None, made: Made, archive: Path) -> None:
    restore(archive)
    now = told()
    assert now.ideas == made.told.ideas
    assert now.rows == made.told.rows
    assert now.files == made.told.files
    assert sum(len(rows) for rows in now.rows.values()) > 300
    assert sorted(now.files.values()) == sorted([REPORT, REPORT, b"", b"taken away, and kept for the past"])
    assert Change.objects.get(cid="one").timestamp == MOMENT


def test_the_past_speaks_of_the_same_things_where_content_types_have_other_numbers(
    db: None, made: Made, archive: Path
) -> None:
    kind = ContentType.objects.get_for_model(Attachment)
    number = kind.pk
    kind.delete()
    restore(archive)
    assert Change.objects.get(cid="one").content_type_id != number
    assert told().rows == made.told.rows


def test_the_number_of_an_idea_that_was_removed_is_not_given_again(db: None, made: Made, archive: Path) -> None:
    restore(archive)
    assert factories.idea(Organisation.objects.get(slug="lindeveer"), slug="nieuw").pk > made.last_idea


def test_people_keep_their_passwords(db: None, archive: Path) -> None:
    restore(archive)
    assert Account.objects.get(email="beleid@lindeveer.test").check_password("een-lang-wachtwoord")


def test_files_that_are_there_already_with_the_same_bytes_stay(db: None, made: Made, archive: Path) -> None:
    name, content = next(iter(made.told.files.items()))
    default_storage.save(name, ContentFile(content))
    restore(archive)
    assert stored_files() == made.told.files


def test_a_backup_that_was_packed_anew_in_another_order_is_as_good(db: None, made: Made, archive: Path) -> None:
    packed_anew(archive, dict(sorted(parts_of(archive).items())))
    restore(archive)
    assert told() == made.told


def test_every_model_is_kept_but_the_few_that_are_left_out() -> None:
    every = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert every - kept_models().keys() == PASSING | MADE_ANEW


def test_no_row_that_is_kept_points_at_one_that_does_not_last() -> None:
    pointed_at = {
        field.related_model._meta.label_lower
        for model in kept_models().values()
        for field in model._meta.concrete_fields
        if field.is_relation and isinstance(field.related_model, type)
    }
    assert not pointed_at & PASSING


def test_no_field_of_a_row_that_is_kept_fills_itself_in_when_it_comes_back() -> None:
    # When allauth noted that somebody came in by a provider; nothing here looks at it.
    unused = {"socialaccount.socialaccount"}
    kept = [model for label, model in kept_models().items() if label not in unused]
    fields = [field for model in kept for field in model._meta.concrete_fields]
    assert [
        field for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ] == []


def test_a_restored_installation_has_nothing_that_does_not_last(db: None, archive: Path) -> None:
    restore(archive)
    assert not Dossier.objects.exists()
    assert not FormSent.objects.exists()
    assert not Export.objects.exists()


# ---------- while people work


@pytest.fixture
def installed(transactional_db: None, tmp_path: Path) -> Iterator[Idea]:
    """An idea in a database that other connections see, its files in a folder beside the backups."""
    with override_settings(MEDIA_ROOT=tmp_path / "files"):
        yield factories.idea(factories.organisation())


@contextmanager
def when_it_reads(table: str, do: Callable[[], object]) -> Iterator[list[bool]]:
    """Somebody else does this, once, just before the backup reads that table; it tells whether it was done."""
    done: list[bool] = []

    def work() -> None:
        do()
        done.append(True)
        connections.close_all()

    def wrapper(execute: Any, sql: str, *args: Any) -> Any:
        if not done and f'FROM "{table}"' in sql:
            thread = Thread(target=work)
            thread.start()
            thread.join(15)
        return execute(sql, *args)

    with connection.execute_wrapper(wrapper):
        yield done


def test_who_saves_meanwhile_does_not_wait_and_the_backup_is_of_one_moment(installed: Idea, tmp_path: Path) -> None:
    before = told()

    def work() -> None:
        with transaction.atomic():
            late = factories.idea(installed.organisation, slug="laat")
            Goal.objects.create(idea=late, text="Wonen")
            Goal.objects.create(idea=installed, text="Werken")
            Idea.objects.filter(pk=installed.pk).update(title="Anders")

    with when_it_reads("ideas_goal", work) as done:
        call_command("backup", tmp_path / "a.tar.gz", verbosity=0)
    assert done
    assert Idea.objects.count() == Goal.objects.count() == 2
    call_command("flush", verbosity=0, interactive=False)
    restore(tmp_path / "a.tar.gz")
    assert told() == before


def test_an_idea_that_is_removed_with_its_files_meanwhile_is_wholly_in_it_or_not(
    installed: Idea, tmp_path: Path
) -> None:
    other = factories.idea(installed.organisation)
    attach(installed, b"stays")
    attach(other, b"goes")
    with when_it_reads("ideas_goal", Idea.objects.get(pk=other.pk).delete) as done:
        call_command("backup", tmp_path / "a.tar.gz", verbosity=0)
    assert done
    after = told()
    assert list(after.files.values()) == [b"stays"]
    call_command("flush", verbosity=0, interactive=False)
    restore(tmp_path / "a.tar.gz")
    assert told() == after


def test_a_file_of_the_past_that_goes_meanwhile_goes_with_its_idea(installed: Idea, tmp_path: Path) -> None:
    other = factories.idea(installed.organisation)
    attach(other, b"of the past only").delete()
    assert stored_files()
    with when_it_reads("ideas_goal", Idea.objects.get(pk=other.pk).delete) as done:
        call_command("backup", tmp_path / "a.tar.gz", verbosity=0)
    assert done
    assert "rows/ideas.goal.jsonl" in parts_of(tmp_path / "a.tar.gz")
    assert str(other.slug).encode() not in parts_of(tmp_path / "a.tar.gz")["rows/ideas.idea.jsonl"]


def test_a_file_that_is_lost_is_named_and_no_backup_is_made(installed: Idea, tmp_path: Path) -> None:
    lost = str(attach(installed, b"lost").stored.name)
    default_storage.delete(lost)
    with pytest.raises(CommandError, match=lost):
        call_command("backup", tmp_path / "a.tar.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


def test_it_tells_what_it_made_and_only_the_owner_may_read_it(
    installed: Idea, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attach(installed, b"one")
    call_command("backup", tmp_path)
    [path] = tmp_path.glob("werktsamen-*.tar.gz")
    shown = capsys.readouterr().out
    assert str(path) in shown
    assert "ideas: 1, files: 1" in shown
    assert path.stat().st_mode & 0o777 == 0o600


def test_without_a_target_it_lands_in_the_data_folder(installed: Idea, tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path):
        call_command("backup", verbosity=0)
    assert len(list((tmp_path / "backups").glob("werktsamen-*.tar.gz"))) == 1
    assert (tmp_path / "backups").stat().st_mode & 0o777 == 0o700


def test_a_file_that_exists_is_never_overwritten(installed: Idea, tmp_path: Path) -> None:
    target = tmp_path / "a.tar.gz"
    target.write_text("precious")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", target)
    assert target.read_text() == "precious"


def test_a_file_that_comes_meanwhile_is_not_overwritten_either(installed: Idea, tmp_path: Path) -> None:
    target = tmp_path / "a.tar.gz"
    with (
        when_it_reads("ideas_goal", lambda: target.write_text("precious")),
        pytest.raises(CommandError, match="exists already"),
    ):
        call_command("backup", target)
    assert target.read_text() == "precious"
    assert {path.name for path in tmp_path.iterdir()} == {"a.tar.gz"}


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.tar.gz"])
def test_a_folder_that_is_not_there_is_said(name: str, installed: Idea, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("backup", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


# ---------- what is refused


@pytest.mark.parametrize("what", ["organisation", "follower", "idea"])
def test_an_installation_with_anything_in_it_is_left_as_it_is(
    what: str, archive: Path, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(what)
    with refused("not empty"):
        restore(archive)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda whole: b"", id="nothing in it"),
        pytest.param(lambda whole: b"no archive " * 100, id="another file"),
        pytest.param(lambda whole: whole[: len(whole) // 2], id="half of it"),
        pytest.param(lambda whole: whole[:-1], id="all but the last byte"),
        pytest.param(lambda whole: whole[:5000] + b"\0\0\0\0" + whole[5004:], id="zeros in the middle"),
        pytest.param(lambda whole: whole[:-8] + bytes(4) + whole[-4:], id="another checksum"),
    ],
)
def test_a_damaged_file_is_refused(damage: Callable[[bytes], bytes], db: None, archive: Path) -> None:
    archive.write_bytes(damage(archive.read_bytes()))
    with refused("Nothing was restored", "damaged"):
        restore(archive)


def test_a_file_that_is_not_there_is_refused(db: None, tmp_path: Path) -> None:
    with refused("nowhere.tar.gz"):
        restore(tmp_path / "nowhere.tar.gz")


type Parts = dict[str, bytes]


def parts_of(path: Path) -> Parts:
    with tarfile.open(path) as archive:
        streams = {member.name: archive.extractfile(member) for member in archive}
        return {name: stream.read() for name, stream in streams.items() if stream}


def packed_anew(path: Path, parts: Parts, *more: tarfile.TarInfo) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
        for member in more:
            archive.addfile(member, BytesIO(bytes(member.size)))


def manifest_of(parts: Parts) -> Any:
    return json.loads(parts["manifest.json"])


def with_manifest(parts: Parts, **changes: Any) -> Parts:
    return {**parts, "manifest.json": json.dumps({**manifest_of(parts), **changes}).encode()}


def without_the_last_of_people(migrations: list[str]) -> list[str]:
    last = max(name for name in migrations if name.startswith("people."))
    return [name for name in migrations if name != last]


def with_part(parts: Parts, name: str, content: bytes | None) -> Parts:
    """The same with another part, or without it, and a manifest to match."""
    parts = {key: value for key, value in parts.items() if key != name}
    contents = {key: value for key, value in manifest_of(parts)["contents"].items() if key != name}
    if content is not None:
        parts[name] = content
        contents[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return with_manifest(parts, contents=contents)


GOALS = "rows/ideas.goal.jsonl"


def changed_goal(parts: Parts, **fields: Any) -> Parts:
    first, *others = parts[GOALS].splitlines()
    row = json.loads(first)
    row["fields"].update(fields)
    return with_part(parts, GOALS, b"\n".join([json.dumps(row).encode(), *others]))


def one_bit_off(content: bytes) -> bytes:
    return bytes([content[0] ^ 1]) + content[1:]


def named_file(parts: Parts) -> str:
    return next(name for name, content in parts.items() if name.startswith("files/") and content == REPORT)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda p: with_manifest(p, format=2), ["format 2", "format 1"], id="another format"),
        pytest.param(lambda p: with_manifest(p, format=None), ["format None"], id="no format"),
        pytest.param(lambda p: {**p, "manifest.json": b"[1]"}, ["format None"], id="another manifest"),
        pytest.param(lambda p: {**p, "manifest.json": b"\xff{"}, ["cannot be read"], id="a manifest that is no text"),
        pytest.param(lambda p: {**p, "manifest.json": b"[" * 9999}, ["cannot be read"], id="a manifest without end"),
        pytest.param(lambda p: with_manifest(p, rows=[]), ["cannot be read"], id="a manifest of other types"),
        pytest.param(lambda p: with_manifest(p, rows={}), ["does not count"], id="no counts"),
        pytest.param(
            lambda p: with_manifest(p, numbers={"ideas.idea": 1 << 70}), ["cannot be read"], id="a number too large"
        ),
        pytest.param(
            lambda p: {name: content for name, content in p.items() if name != "manifest.json"},
            ["no backup", "no manifest.json"],
            id="no manifest",
        ),
        pytest.param(
            lambda p: with_manifest(p, migrations=without_the_last_of_people(manifest_of(p)["migrations"])),
            ["older", "without people."],
            id="an older version",
        ),
        pytest.param(
            lambda p: with_manifest(p, migrations=[*manifest_of(p)["migrations"], "ideas.9999_later"]),
            ["newer", "ideas.9999_later", "Upgrade"],
            id="a newer version",
        ),
        pytest.param(
            lambda p: {name: content for name, content in p.items() if name != GOALS},
            ["lacks", GOALS],
            id="a part less",
        ),
        pytest.param(lambda p: {**p, "rows/more.jsonl": b""}, ["rows/more.jsonl", "nothing"], id="a part more"),
        pytest.param(lambda p: {**p, GOALS: p[GOALS] + b"\n"}, [GOALS, "not as it was"], id="another size"),
        pytest.param(lambda p: {**p, GOALS: one_bit_off(p[GOALS])}, [GOALS, "not as it was"], id="other rows"),
        pytest.param(
            lambda p: {**p, named_file(p): one_bit_off(REPORT)}, ["files/", "not as it was"], id="another file"
        ),
        pytest.param(lambda p: with_part(p, GOALS, None), ["other tables"], id="a table less"),
        pytest.param(lambda p: with_part(p, "rows/ideas.dream.jsonl", b""), ["other tables"], id="a table more"),
        pytest.param(
            lambda p: with_part(p, named_file(p), None), ["lacks files", "ideas/"], id="a file that rows name"
        ),
        pytest.param(lambda p: with_part(p, "../secret-key", b"x"), ["outside", "../secret-key"], id="a way out"),
        pytest.param(lambda p: with_part(p, "files/../../x", b"x"), ["outside"], id="a way out of the files"),
        pytest.param(lambda p: with_part(p, "/etc/x", b"x"), ["outside", "/etc/x"], id="a place of the system's"),
        pytest.param(lambda p: with_part(p, "files/..\\x", b"x"), ["outside"], id="a way out on another system"),
        pytest.param(lambda p: with_part(p, GOALS, b"no row\n"), ["row of ideas.Goal"], id="a line that is no row"),
        pytest.param(lambda p: with_part(p, GOALS, b"\xff\n"), ["row of ideas.Goal"], id="a line that is no text"),
        pytest.param(lambda p: with_part(p, GOALS, b"[]\n"), ["row of ideas.Goal"], id="a line of another shape"),
        pytest.param(
            lambda p: with_part(p, GOALS, p["rows/people.team.jsonl"]), ["at ideas.Goal"], id="rows of another model"
        ),
        pytest.param(
            lambda p: with_part(p, GOALS, b'{"model": "ideas.goal", "fields": {}}\n'),
            ["at ideas.Goal"],
            id="a row without a number",
        ),
        pytest.param(lambda p: changed_goal(p, dream="x"), ["row of ideas.Goal"], id="a field that is none"),
        pytest.param(lambda p: changed_goal(p, idea="x"), ["row of ideas.Goal"], id="a value that does not fit"),
        pytest.param(lambda p: changed_goal(p, idea=987654), ["database"], id="a row of an idea that is not there"),
        pytest.param(lambda p: changed_goal(p, idea=None), ["database"], id="a row that the database refuses"),
    ],
)
def test_a_backup_that_is_not_as_it_was_made_is_refused(
    change: Callable[[Parts], Parts], words: list[str], db: None, archive: Path
) -> None:
    packed_anew(archive, change(parts_of(archive)))
    with refused(*words):
        restore(archive)


def test_a_part_that_is_there_twice_is_refused(db: None, archive: Path) -> None:
    packed_anew(archive, parts_of(archive), tarfile.TarInfo(GOALS))
    with refused(GOALS, "twice"):
        restore(archive)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_what_is_no_plain_file_is_refused(kind: bytes, db: None, archive: Path) -> None:
    member = tarfile.TarInfo("files/x")
    member.type, member.linkname = kind, "/etc/passwd"
    packed_anew(archive, parts_of(archive), member)
    with refused("no plain file"):
        restore(archive)


def test_a_name_without_end_is_refused(db: None, archive: Path) -> None:
    packed_anew(archive, {"files/" + "x" * 100_000: b"", **parts_of(archive)})
    with refused("no plain file"):
        restore(archive)


def test_a_file_with_other_bytes_is_left_where_it_is(db: None, made: Made, archive: Path) -> None:
    name = list(made.told.files)[-1]
    default_storage.save(name, ContentFile(b"other"))
    with refused("another file", name):
        restore(archive)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_that_is_not_up_to_date_is_left_as_it_is(command: str, archive: Path) -> None:
    table = "django_migrations"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(name) FROM {table} WHERE app = 'people'")  # noqa: S608
        [(last,)] = cursor.fetchall()
        cursor.execute(f"UPDATE {table} SET name = 'other' WHERE app = 'people' AND name = %s", [last])  # noqa: S608
    try:
        with refused("`migrate` first"):
            call_command(command, archive.parent if command == "backup" else archive)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET name = %s WHERE name = 'other'", [last])  # noqa: S608
