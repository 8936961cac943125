"""How long a dossier takes beside a plain WeasyPrint document of the same words and tables, as JSON.

Run it as `python -m bench.dossiers`: the rows of a table. Both are rendered by turns, after one of each to warm up.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

import django
from pikepdf import Pdf
from weasyprint import HTML

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werktsamen.settings")
django.setup()

from checks.codes import DossierVersion  # noqa: E402
from checks.decision import Settings  # noqa: E402
from checks.picture import Picture  # noqa: E402
from ideas import demo  # noqa: E402
from ideas.dossier.record import Frame  # noqa: E402
from ideas.dossier.render import html, pdf  # noqa: E402
from ideas.exchange import read_file  # noqa: E402

RUNS = 5
WOONKLAAR = "woonklaar"
HEAD = ("", "pages", "ours ms", "pages", "plain ms", "ratio")


def frame(version: DossierVersion) -> Frame:
    told = {"organisation": "Lindeveer vzw (fictief)", "settings": Settings(), "day": date(2026, 1, 31)}
    return Frame(language="nl", version=version, **told)  # type: ignore[arg-type]


def to_measure() -> Iterator[tuple[str, Picture, Frame]]:
    """Woonklaar in its three versions, and the demo idea that says most in full."""
    files = sorted(Path(demo.__file__).parent.glob("*.yaml"), key=lambda file: file.name != "ideas.yaml")
    ideas = {idea.slug: idea for file in files for idea in read_file(file).ideas}
    for version in DossierVersion:
        yield f"dossier of {WOONKLAAR}, {version.words.en}", ideas[WOONKLAAR], frame(version)
    full = frame(DossierVersion.FULL)
    most = max(ideas, key=lambda slug: len(html(ideas[slug], full)))
    if most != WOONKLAAR:
        yield f"dossier of {most}, {full.version.words.en}", ideas[most], full


def plain(page: str) -> bytes:
    """The same words, headings and tables without any style of ours: as WeasyPrint prints them by itself."""
    body = page.partition("<body")[2].partition(">")[2].partition("</body")[0]
    bare = re.sub(r' (?:class|style|id|href)="[^"]*"', "", body)
    return bytes(HTML(string=f"<!doctype html><html lang=nl><title>-</title><body>{bare}").write_pdf())


def pages_of(made: bytes) -> int:
    with Pdf.open(BytesIO(made)) as document:
        return len(document.pages)


def took(render: Callable[[], bytes]) -> float:
    start = perf_counter()
    render()
    return (perf_counter() - start) * 1000


def row_of(name: str, picture: Picture, told: Frame) -> tuple[str, ...]:
    """The figures of one dossier, in the columns of HEAD."""
    pages, page = pages_of(pdf(picture, told)), html(picture, told)
    beside = pages_of(plain(page))
    pairs = [(took(lambda: pdf(picture, told)), took(lambda: plain(page))) for _ in range(RUNS)]
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    return name, str(pages), f"{ours:.0f}", str(beside), f"{theirs:.0f}", f"{ours / theirs:.1f}x"


if __name__ == "__main__":
    json.dump([HEAD, *(row_of(*told) for told in to_measure())], sys.stdout)
