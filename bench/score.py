"""Scoring against SQL and Polars: the first score from raw Parquet, and a score from kept partials.

Contestants run one after the other in three rounds, each in a process of its own. The result is the
ratio of the medians of their CPU seconds, including the start of Python and imports. Before
anything is timed, the thirteen values of every account are compared with those of `reference.sql`.
The same events are measured with texts as keys, and with integers as users.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from bench.equal import assert_equal
from bench.events import AS_OF, Size, prepared
from bench.laid import laid
from bench.machine import load, machine
from bench.measured import Taken, middle, taken

ROUNDS = 3
LIMITS = {
    "first": 1.25,
    "kept": 4.0,
    "memory": 2.0,
    "first by polars": 2.2,
    "kept by polars": 1.0,
}


@dataclass(frozen=True)
class Field:
    """The folders of one run: the events, a project over them, one with the guard, and results."""

    events: Path
    project: Path
    guarded: Path
    results: Path
    integers: bool = False

    @classmethod
    def of(cls, size: Size, folder: Path) -> Field:
        events = prepared(size, folder).resolve()
        field = cls(
            events, events / "project", events / "guarded", events / "results", size.integers
        )
        laid(field.project, events)
        laid(field.guarded, events, ("missing_guard: 0d", "missing_guard: 30d"))
        field.results.mkdir(exist_ok=True)
        return field

    def run(self, name: str, project: Path | None = None, results: Path | None = None) -> Taken:
        command = [
            sys.executable,
            "-m",
            "bench.contestant",
            name,
            str(self.events),
            str(project or self.project),
        ]
        return taken(command + ([str(results)] if results else []))

    def first(self) -> Taken:
        """A score when nothing is kept yet."""
        shutil.rmtree(self.project / "partials", ignore_errors=True)
        return self.run("salus")


def compare(field: Field) -> int:
    """Assert that all thirteen values of every account are equal; returns the number of accounts."""
    usual, first, kept, polars = (
        field.results / f"{name}.parquet" for name in ("usual", "first", "kept", "polars")
    )
    field.run("usual", results=usual)
    shutil.rmtree(field.project / "partials", ignore_errors=True)
    field.run("salus", results=first)
    field.run("salus", results=kept)
    field.run("polars", results=polars)
    expected = pq.read_table(usual)
    for path in (first, kept, polars):
        assert_equal(pq.read_table(path), expected, path.stem)
    return len(expected)


def measure(size: Size, folder: Path) -> str:
    """The report, as Markdown."""
    texts, integers = Field.of(size, folder), Field.of(size.with_integers(), folder)
    accounts = compare(texts)
    assert compare(integers) == accounts, "one kind of keys has other accounts"
    before = load()
    results = rounds(texts), rounds(integers)
    return report(size, (accounts, _rows(texts)), before, *results)


def rounds(field: Field) -> dict[str, Taken]:
    """All contestants in turn. The bare scan measures texts, so it needs them."""
    contestants: dict[str, Callable[[], Taken]] = {
        "usual": lambda: field.run("usual"),
        "polars": lambda: field.run("polars"),
        "first": field.first,
        "scan": lambda: field.run("scan"),
        "kept": lambda: field.run("salus"),
        "guarded": lambda: field.run("salus", field.guarded),
    }
    if field.integers:
        del contestants["scan"], contestants["guarded"]
    else:
        field.run("salus", field.guarded)  # its partials
    runs: dict[str, list[Taken]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, contestant in contestants.items():
            runs[name].append(contestant())
            print(f"{name:8} {runs[name][-1].cpu:7.2f} s", flush=True)
    return {name: middle(taken) for name, taken in runs.items()}


def _rows(field: Field) -> int:
    return sum(
        pq.ParquetFile(part).metadata.num_rows for part in (field.events / "events").iterdir()
    )


CONTESTANTS = {
    "usual": ("the usual single query, one FILTER or DISTINCT per measure (`bench/reference.sql`)"),
    "polars": "the same by Polars, lazy and streaming (`bench/lazy.py`)",
    "first": "first score from raw Parquet, partials kept on the way",
    "scan": "bare scan of the columns over the longest window (`bench/scan.sql`)",
    "kept": "a score from kept partials",
    "guarded": "the same with `missing_guard: 30d`: 31 dates",
}


def report(
    size: Size,
    amounts: tuple[int, int],
    before: str,
    texts: dict[str, Taken],
    integers: dict[str, Taken],
) -> str:
    """The report from the number of accounts and events and the results of both kinds of keys."""
    accounts, rows = amounts
    memory = max(
        results[name].memory
        for results in (texts, integers)
        for name in ("first", "kept", "guarded")
        if name in results
    )
    lines = [
        (
            f"Measured with `make bench SIZE={size.name}` on {machine()}; {before} before the first"
            " round."
        ),
        "",
        (
            f"{rows:,} events over 400 days, {accounts:,} accounts, 13 event measures with windows"
            f" up to 90 days, as of {AS_OF}; Parquet compressed with snappy, rows in the order of"
            " time. Keys are texts, or users are integers and other ids coded by dictionaries."
            " All 13 values of every account, from raw rows, from kept partials and by Polars,"
            " equal those of `bench/reference.sql` with both."
        ),
        "",
        *_seconds("keys are texts", texts),
        "",
        *_seconds("users are integers", integers),
        "",
        "| ratio | measured | limit | |",
        "|---|---|---|---|",
        _ratio("first score ÷ usual query", _cpu(texts, "first", "usual"), LIMITS["first"]),
        _ratio("score from kept partials ÷ bare scan", _cpu(texts, "kept", "scan"), LIMITS["kept"]),
        *(
            _ratio(f"{what} ÷ Polars, {keys}", _cpu(results, name, "polars"), LIMITS[limit])
            for keys, results in (("texts", texts), ("integers", integers))
            for what, name, limit in (
                ("first score", "first", "first by polars"),
                ("score from kept partials", "kept", "kept by polars"),
            )
        ),
        _ratio("peak memory, GB", memory, LIMITS["memory"]),
    ]
    return "\n".join(lines) + "\n"


def _seconds(keys: str, results: dict[str, Taken]) -> list[str]:
    rows = (_line(text, results[name]) for name, text in CONTESTANTS.items() if name in results)
    return [f"| contestant, {keys} | CPU s | wall s | peak GB |", "|---|---|---|---|", *rows]


def _cpu(results: dict[str, Taken], name: str, other: str) -> float:
    return results[name].cpu / results[other].cpu


def _line(text: str, result: Taken) -> str:
    return f"| {text} | {result.cpu:.2f} | {result.wall:.2f} | {result.memory:.2f} |"


def _ratio(text: str, value: float, limit: float) -> str:
    return (
        f"| {text} | **{value:.2f}** | {limit:.2f} | {'met' if value <= limit else '**not met**'} |"
    )
