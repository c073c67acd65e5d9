"""Scoring against SQL: the first score from raw Parquet, and a score from kept partials.

Contestants run one after the other in three rounds, each in a process of its own. The result is the
ratio of the medians of their CPU seconds, including the start of Python and imports. Before
anything is timed, the thirteen values of every account are compared with those of `reference.sql`.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from bench.equal import assert_equal
from bench.events import AS_OF, Size, prepared
from bench.laid import laid
from bench.machine import load, machine
from bench.measured import Taken, middle, taken

ROUNDS = 3
LIMITS = {"first": 1.25, "kept": 4.0, "memory": 2.0}


@dataclass(frozen=True)
class Field:
    """The folders of one run: the events, a project over them, one with the guard, and results."""

    events: Path
    project: Path
    guarded: Path
    results: Path

    @classmethod
    def of(cls, size: Size, folder: Path) -> Field:
        events = prepared(size, folder).resolve()
        field = cls(events, events / "project", events / "guarded", events / "results")
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
    usual, first, kept = (field.results / f"{name}.parquet" for name in ("usual", "first", "kept"))
    field.run("usual", results=usual)
    shutil.rmtree(field.project / "partials", ignore_errors=True)
    field.run("salus", results=first)
    field.run("salus", results=kept)
    expected = pq.read_table(usual)
    for path in (first, kept):
        assert_equal(pq.read_table(path), expected, path.stem)
    return len(expected)


def measure(size: Size, folder: Path) -> str:
    """The report, as Markdown."""
    field = Field.of(size, folder)
    accounts = compare(field)
    before = load()
    field.run("salus", field.guarded)
    runs: dict[str, list[Taken]] = {}
    for _ in range(ROUNDS):
        for name, contestant in (
            ("usual", lambda: field.run("usual")),
            ("first", field.first),
            ("scan", lambda: field.run("scan")),
            ("kept", lambda: field.run("salus")),
            ("guarded", lambda: field.run("salus", field.guarded)),
        ):
            runs.setdefault(name, []).append(contestant())
            print(f"{name:8} {runs[name][-1].cpu:7.2f} s", flush=True)
    return report(
        size,
        accounts,
        _rows(field),
        before,
        {name: middle(results) for name, results in runs.items()},
    )


def _rows(field: Field) -> int:
    return sum(
        pq.ParquetFile(part).metadata.num_rows for part in (field.events / "events").iterdir()
    )


def report(size: Size, accounts: int, rows: int, before: str, results: dict[str, Taken]) -> str:
    first, kept = (
        results["first"].cpu / results["usual"].cpu,
        results["kept"].cpu / results["scan"].cpu,
    )
    memory = max(results["first"].memory, results["kept"].memory, results["guarded"].memory)
    lines = [
        (
            f"Measured with `make bench SIZE={size.name}` on {machine()}; {before} before the first"
            " round."
        ),
        "",
        (
            f"{rows:,} events over 400 days, {accounts:,} accounts, 13 event measures with windows"
            f" up to 90 days, as of {AS_OF}; keys are texts, Parquet compressed with snappy, rows"
            " in the order of time. All 13 values of every account, from raw rows and from kept"
            " partials, equal those of `bench/reference.sql`."
        ),
        "",
        "| contestant | CPU s | wall s | peak GB |",
        "|---|---|---|---|",
        *(
            _line(text, results[name])
            for name, text in (
                (
                    "usual",
                    (
                        "the usual single query, one FILTER or DISTINCT per measure"
                        " (`bench/reference.sql`)"
                    ),
                ),
                ("first", "first score from raw Parquet, partials kept on the way"),
                ("scan", "bare scan of the columns over the longest window (`bench/scan.sql`)"),
                ("kept", "a score from kept partials"),
                ("guarded", "the same with `missing_guard: 30d`: 31 dates"),
            )
        ),
        "",
        "| ratio | measured | limit | |",
        "|---|---|---|---|",
        _ratio("first score ÷ usual query", first, LIMITS["first"]),
        _ratio("score from kept partials ÷ bare scan", kept, LIMITS["kept"]),
        _ratio("peak memory, GB", memory, LIMITS["memory"]),
    ]
    return "\n".join(lines) + "\n"


def _line(text: str, result: Taken) -> str:
    return f"| {text} | {result.cpu:.2f} | {result.wall:.2f} | {result.memory:.2f} |"


def _ratio(text: str, value: float, limit: float) -> str:
    return (
        f"| {text} | **{value:.2f}** | {limit:.2f} | {'met' if value <= limit else '**not met**'} |"
    )
