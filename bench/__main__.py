"""Measures both apps side by side and prints what came out. It only shows speed: no budget makes it fail."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from bench.asked import MEMBER, Answering, Asked, asked_of
from tests.load.writers import woonklaar, write_at_once
from tests.page_forms import form_to
from tests.served import ROOT, Reply, Visitor, ended, free_port, own_database, served, wait_for

WARM_UP, MOST_ROUNDS, SECONDS = 10, 200, 25
WRITING_SECONDS = 30

type Times = dict[str, tuple[list[float], list[float]]]
type Ask = Callable[[], Reply]


@contextmanager
def bare_served(folder: Path, database: str) -> Iterator[str]:
    """The address of the bare app, served as bin/serve serves ours."""
    port = str(free_port())
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"BARE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
    if database:
        environment["DATABASE_URL"] = database
    subprocess.run([sys.executable, "-m", "bench.bare"], env=environment, cwd=ROOT, check=True)
    granian = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--log-level", "warning"]
    served_by = ["--workers", str(os.cpu_count() or 1), "--blocking-threads", "1", "bench.bare:application"]
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *granian, *served_by], env=environment, cwd=ROOT, stdout=log, stderr=log
        )
        with ended(running):
            wait_for(f"http://localhost:{port}", running, folder / "log")
            yield f"http://localhost:{port}"


def told_by(module: str, *about: str, data: Path, database: str) -> Any:
    """What a module of this folder tells as JSON, with the environment of our app."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"WERKTSAMEN_DATA": str(data), "WERKTSAMEN_DEMO": "1"}
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", module, *about]
    told = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return json.loads(told.stdout)


def ask_ours(visitor: Visitor, asked: Asked) -> Ask:
    if not asked.is_save:
        return lambda: visitor.get(asked.path, fragment=asked.is_fragment)
    answering = Answering(asked.path, visitor.get(asked.path).html)

    def save() -> Reply:
        reply = visitor.post(asked.path, answering.next(), fragment=True)
        answering.saved(reply.html)
        return reply

    return save


def ask_bare(visitor: Visitor, asked: Asked) -> Ask:
    if not asked.is_save:
        return lambda: visitor.get("/")
    form = form_to("/note/1/", visitor.get("/").html)
    return lambda: visitor.post("/note/1/", form.sent({"text": "Somebody wrote something else."}))


def measured(pairs: Sequence[tuple[str, Ask, Ask]]) -> Times:
    """The seconds that each took, ours and bare in turns, so that what else happens on the machine hits both."""
    times: Times = {name: ([], []) for name, _, _ in pairs}
    end = 0.0
    for number in range(WARM_UP + MOST_ROUNDS):
        if number == WARM_UP:
            end = monotonic() + SECONDS
        elif end and monotonic() > end:
            break
        for name, *both in pairs:
            for took, ask in zip(times[name], both, strict=True):
                reply = ask()
                if reply.status != 200:
                    raise RuntimeError(f"{name}: {reply.status} {reply.html[:300]}")
                if number >= WARM_UP:
                    took.append(reply.seconds * 1000)
    return times


HEAD = ("", "ours ms", "p95", "bare ms", "p95", "ratio", "budget", "p95", "budget", "p10", "queries", "budget", "")


def row_of(asked: Asked, ours: list[float], bare: list[float], queries: int) -> tuple[str, ...]:
    """The figures of one thing that was measured, in the columns of HEAD.

    The ratio of the fastest tenths says most on a busy machine: what takes long is interrupted more often.
    """
    p95_ours, p95_bare = p95(ours), p95(bare)
    ratio, ratio_p95 = median(ours) / median(bare), p95_ours / p95_bare
    told = [(ratio, asked.times), (ratio_p95, asked.times_p95), (queries, asked.queries)]
    return (
        asked.name,
        *(f"{value:.1f}" for value in (median(ours), p95_ours, median(bare), p95_bare)),
        f"{ratio:.1f}x",
        most(asked.times, "x"),
        f"{ratio_p95:.1f}x",
        most(asked.times_p95, "x"),
        f"{quantiles(ours, n=10)[0] / quantiles(bare, n=10)[0]:.1f}x",
        str(queries),
        most(asked.queries),
        "over" if any(budget is not None and value > budget for value, budget in told) else "",
    )


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def most(budget: float | None, unit: str = "") -> str:
    return "" if budget is None else f"<= {budget:g}{unit}"


def table(rows: Sequence[tuple[str, ...]]) -> str:
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first.ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(others, wide[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def main() -> None:
    with (
        TemporaryDirectory() as ours_in,
        TemporaryDirectory() as bare_in,
        own_database("werktsamen_bench") as ours_at,
        own_database("werktsamen_bare") as bare_at,
        served(Path(ours_in), ours_at) as ours,
        bare_served(Path(bare_in), bare_at) as bare,
    ):
        database = "PostgreSQL" if ours_at else "SQLite"
        say(f"{database}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
        visitor, other = Visitor(ours), Visitor(bare)
        visitor.sign_in(MEMBER)
        other.get("/enter/")
        idea = woonklaar(visitor)
        counts = told_by("bench.queries", idea, data=Path(ours_in), database=ours_at)
        to_ask = asked_of(idea)
        times = measured([(asked.name, ask_ours(visitor, asked), ask_bare(other, asked)) for asked in to_ask])
        say(table([HEAD, *(row_of(asked, *times[asked.name], counts[asked.name]) for asked in to_ask)]))
        rounds = len(times[to_ask[0].name][0])
        say(f"{rounds} rounds, ours and bare in turns; load {os.getloadavg()[0]:.1f} at the end\n")
        say(table(told_by("bench.dossiers", data=Path(ours_in), database=ours_at)))
        say("median of five, by turns; plain has the same words and tables, without our styles, tags or archive\n")
        outcome = write_at_once(ours, WRITING_SECONDS)
        say("\n".join([outcome.figures, *outcome.problems]))


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
