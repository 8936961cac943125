"""“Klopt dit dossier?”: each file gets the answer that it deserves, and no more than that."""

import io
import json
import subprocess
import sys
import zlib
from typing import Any

import pikepdf
import pytest

from checks.codes import Role
from ideas.dossier.record import ATTACHED
from ideas.models import SealedRecord
from ideas.privacy import forgetting
from ideas.seal.attached import MEMORY, attached
from ideas.seal.checking import LARGEST_RECORD, TAKES_OUT, Answer, Found, check
from ideas.seal.record import KIND
from ideas.seal.sealing import black_out
from people.models import Member
from tests.factories import Client
from tests.ideas.seal.sealed import CONFIDED, decided


@pytest.fixture
def kept(client: Client, follower: Member, policy: Member) -> SealedRecord:
    return decided(client, follower, policy)


@pytest.fixture
def paper(pages: None, client: Client, follower: Member, policy: Member) -> bytes:
    """The Dutch PDF of a sealed record."""
    return bytes(decided(client, follower, policy).pages.get(version="full", language="nl").pdf)


def attachment(pdf: pikepdf.Pdf, given: bytes) -> pikepdf.AttachedFileSpec:
    return pikepdf.AttachedFileSpec(
        pdf, given, description="", filename=ATTACHED, mime_type="application/json", creation_date="", mod_date=""
    )


def changed(pdf: bytes, what: str) -> bytes:
    """A PDF in which somebody changed what is drawn on its pages, or what is attached."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if what == "pages":
            page = opened.pages[0]
            page.contents_add(b"BT /F1 12 Tf (GO) Tj ET")
        if what == "record":
            told = json.loads(opened.attachments[ATTACHED].get_file().read_bytes())
            told["picture"]["decision"]["value"] = "go"
            opened.attachments[ATTACHED] = attachment(opened, json.dumps(told).encode())
        if what == "attachment":
            del opened.attachments[ATTACHED]
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def test_the_bytes_that_were_kept_are_sealed(paper: bytes) -> None:
    assert check(paper) == Answer(Found.SEALED)
    assert check(SealedRecord.objects.get().json.encode()) == Answer(Found.SEALED)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("pages", Found.OTHER_PAGES),
        ("nothing but its bytes", Found.OTHER_PAGES),
        ("record", Found.ALTERED),
        ("attachment", Found.UNKNOWN),
    ],
)
def test_a_pdf_that_was_worked_on_is_told_from_the_one_that_was_kept(paper: bytes, what: str, found: Found) -> None:
    assert check(changed(paper, what)).found is found


def test_the_same_record_written_by_another_tool_is_genuine(kept: SealedRecord) -> None:
    other = json.dumps(json.loads(kept.json), indent=2, ensure_ascii=True).encode()
    assert check(other) == Answer(Found.OTHER_PAGES)


def test_one_letter_in_a_record_alters_it(kept: SealedRecord) -> None:
    assert check(kept.json.replace("sterker", "Sterker").encode()) == Answer(Found.ALTERED)


@pytest.mark.parametrize("more", ['"z":NaN', '"z":1e999', '"z":"\\ud800"'])
def test_a_record_with_what_no_record_can_hold_is_altered(kept: SealedRecord, more: str) -> None:
    assert check(kept.json.replace("{", "{" + more + ",", 1).encode()) == Answer(Found.ALTERED)


def test_a_record_that_says_something_twice_is_not_taken_for_the_genuine_one(kept: SealedRecord) -> None:
    assert check(kept.json.replace("{", '{"organisation":"Iemand anders",', 1).encode()) == Answer(Found.UNKNOWN)


def test_a_record_of_elsewhere_is_not_known(kept: SealedRecord) -> None:
    told = json.loads(kept.json) | {"record": "11111111-1111-4111-8111-111111111111"}
    assert check(json.dumps(told).encode()) == Answer(Found.UNKNOWN)


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"%PDF-1.7 and then nothing that is one",
        b"PK\x03\x04",
        b"\xff\xfe\x00",
        b"null",
        b"[" * 100_000,
        b'{"kind": "%b"}' % KIND.encode(),
        b'{"kind": "%b", "record": 7}' % KIND.encode(),
        b'{"kind": "%b", "record": "x", "big": 1e999}' % KIND.encode(),
        b'{"kind": "%b", "record": "x", "big": %b}' % (KIND.encode(), b"9" * 5000),
        b'{"kind": "%b", "text": "\\ud800"}' % KIND.encode(),
        b'{"kind": "%b", "text": "%b"}' % (KIND.encode(), b"x" * LARGEST_RECORD),
    ],
    ids=range(12),
)
def test_whatever_else_is_brought_is_not_known(kept: SealedRecord, given: bytes) -> None:
    assert check(given) == Answer(Found.UNKNOWN)


@pytest.mark.parametrize(
    "lie",
    [
        None,
        3,
        pikepdf.Dictionary(Type=pikepdf.Name.Filespec),
        pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=3),
        pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary()),
        pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=pikepdf.Dictionary(A=1))),
    ],
    ids=range(6),
)
def test_a_pdf_that_names_a_record_it_does_not_have_is_not_known(kept: SealedRecord, lie: Any) -> None:
    pdf, out = pikepdf.new(), io.BytesIO()
    names = pikepdf.Array([pikepdf.String(ATTACHED), lie])
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))
    pdf.save(out)
    assert check(out.getvalue()) == Answer(Found.UNKNOWN)


def bomb(megabytes: int) -> bytes:
    """A small PDF of which the table of contents unpacks to so much."""
    squeezed = zlib.compressobj(9)
    packed = b"".join(squeezed.compress(bytes(1 << 20)) for _ in range(megabytes)) + squeezed.flush()
    start = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    table = b"3 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return start + table + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(start)


# Runs a program, and tells the most memory that it had, in KB.
MEASURED = """
import re, runpy, sys
program, *sys.argv[1:] = sys.argv[1:]
try:
    runpy.run_path(program, run_name="__main__")
except BaseException:
    print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def test_what_a_small_pdf_unpacks_to_takes_no_more_memory_than_it_may() -> None:
    given = bomb(900)
    assert len(given) < 1 << 20
    program = [sys.executable, "-I", "-c", MEASURED, str(TAKES_OUT), ATTACHED, "9"]
    told = subprocess.run(program, input=given, capture_output=True, check=True).stdout
    assert 0 < int(told) < MEMORY >> 10


def test_a_small_pdf_with_a_record_that_unpacks_to_gigabytes_is_not_unpacked(kept: SealedRecord) -> None:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.attachments[ATTACHED] = attachment(pdf, b"{}")
    stream = pdf.attachments[ATTACHED].get_file().obj
    stream.write(zlib.compress(bytes(200 << 20), 9), filter=pikepdf.Name.FlateDecode)
    pdf.save(out, compress_streams=False)
    assert len(out.getvalue()) < 1 << 20
    assert len(attached(out.getvalue(), ATTACHED, 1000)) == 1000
    assert check(out.getvalue()) == Answer(Found.UNKNOWN)


def test_a_pdf_with_a_password_is_not_known(kept: SealedRecord, paper: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    assert check(out.getvalue()) == Answer(Found.UNKNOWN)


def test_who_has_a_file_from_before_a_passage_was_blacked_out_can_show_that_it_was_sealed(
    paper: bytes, kept: SealedRecord
) -> None:
    before = SealedRecord.objects.get(pk=kept.pk).json.encode()
    (anew,) = black_out(kept.idea, CONFIDED, role=Role.COORDINATOR, why="naam van een cliënt")
    since = check(before).since
    assert check(before).found is Found.SEALED
    assert since is not None
    assert since.becomes == anew.sha256
    assert check(anew.json.encode()) == Answer(Found.SEALED)
    assert check(before.replace(b"sterker", b"Sterker")).found is Found.ALTERED


def test_who_has_the_file_of_an_idea_that_is_gone_can_show_that_it_was_sealed(
    pages: None, client: Client, follower: Member, policy: Member
) -> None:
    kept = decided(client, follower, policy)
    record, paper = kept.json.encode(), bytes(kept.pages.get(version="full", language="en").pdf)
    forgetting._remove(kept.idea)
    for given in (record, paper):
        answer = check(given)
        assert answer.found is Found.SEALED
        assert answer.since is not None
        assert answer.since.done == "removal"
    assert check(changed(paper, "pages")).found is Found.OTHER_PAGES
