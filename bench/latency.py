"""How long what a screen asks takes in an open process, in CPU milliseconds, beside the least that any
program would do for it.

Each line is a `Question`. To add one, write a function that takes the project and returns a
`Question`, and name it in `QUESTIONS`.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from salus.project import Project, open_project

PROGRAM = [sys.executable, "-m", "bench.plain"]
ROUNDS = 200
DATES = 365  # of a history
COLUMNS = ("score", "value", "label", "owner", "band", "coverage")
Ask = Callable[[int], object]  # by the number of the round


@dataclass(frozen=True)
class Question:
    """One line of the table. `least`: what is compared, doing the least; `limit`: of p95, in ms."""

    name: str
    ask: Ask
    least: Ask
    limit: float | None = None
    rounds: int = ROUNDS


def explanation(project: Project) -> Question:
    """Why an account has its score; least: its kept row by one query."""
    ids, row = _some_ids(project), _row_query(project)
    return Question(
        "explain one account",
        lambda turn: project.explain(ids[turn % len(ids)]).as_dict(),
        lambda turn: row(ids[turn % len(ids)]),
        _limit(project, 100, 150),
    )


def page(project: Project) -> Question:
    """50 rows by each column in turn; least: a stable sort of one column, and its rows."""
    table = project.scores().listing.columns.table

    def ask(turn: int) -> object:
        column, descending = COLUMNS[turn % len(COLUMNS)], turn % 4 < 2
        rows = project.scores().listing.sort(column, descending=descending)
        return rows.page(turn * 50 % len(rows), 50).to_pylist()

    return Question("page of 50, by any column", ask, _sorted_page(table), _limit(project, 30, 60))


def search(project: Project) -> Question:
    """50 rows of a band with a part of a name; least: the same sort without a condition."""
    table = project.scores().listing.columns.table
    parts = [label[:3] for label in table["label"].to_pylist() if label][:20]

    def ask(turn: int) -> object:
        rows = project.scores().listing.where(name=parts[turn % len(parts)], band="healthy")
        return rows.sort("value", descending=True).page(0, 50).to_pylist()

    return Question("page of 50, by part of a name", ask, _sorted_page(table))


def everything(project: Project) -> Question:
    """All accounts as JSON; least: the text of the finished document."""
    document = project.scores().as_dict()
    return Question(
        "all accounts as JSON",
        lambda turn: json.dumps(project.scores().as_dict()),
        lambda turn: json.dumps(document),
        rounds=5,
    )


def history(project: Project) -> Question:
    """The scores of one account on 365 dates, which are replayed before if need be; least: one query
    over the same files.
    """
    as_of = project.scores().as_of
    if not project.store.replay_files():
        project.replay(as_of - dt.timedelta(days=DATES - 1), as_of)
    ids, rows = _some_ids(project), _history_query(project)
    return Question(
        f"history of one account, {DATES} dates",
        lambda turn: project.history(ids[turn % len(ids)]).as_dict(),
        lambda turn: rows(ids[turn % len(ids)]),
        60,
    )


def edited_weight(project: Project) -> Question:
    """What an edited weight would change, by a model without `smooth` and `dead_zone`: the matrix
    and 50 movers with reasons; least: points times weights, sorted.
    """
    lines = project.model.text.splitlines(keepends=True)
    own = "".join(line for line in lines if not line.startswith(("smooth:", "dead_zone:")))
    (project.folder / "forgetful.yaml").write_text(own, encoding="utf-8")
    files = []
    for weight in range(20, 30):  # the pack has 35
        file = project.folder / f"weight-{weight}.yaml"
        file.write_text(own.replace("weight: 35", f"weight: {weight}", 1), encoding="utf-8")
        files.append(file)
    forgetful = project.with_model("forgetful.yaml")
    main = forgetful.scores().scored.main
    points = np.column_stack(list(main.contributions.values()))

    def ask(turn: int) -> object:
        plan = forgetful.plan(files[turn % len(files)])
        return plan.flows, [mover.as_dict() for mover in plan.movers[:50]]

    def least(turn: int) -> object:
        return np.argsort(points @ np.full(points.shape[1], turn + 1.0))[:50]

    return Question(
        "plan of an edited weight", ask, least, 500 if len(points) <= 10_000 else None, rounds=40
    )


QUESTIONS: tuple[Callable[[Project], Question], ...] = (
    explanation,
    page,
    search,
    everything,
    history,
    edited_weight,
)


def measure(folder: Path, accounts: int = 10_000) -> str:
    """The report, as Markdown."""
    company = folder / f"latency-{accounts}"
    if not company.is_dir():
        command = [*PROGRAM, "demo", str(company), "--accounts", str(accounts), "--years", "1"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    project = open_project(company)
    lines = [
        f"{len(project.scores()):,} accounts in one open process, CPU ms:\n",
        "| question | first | p50 | p95 | limit of p95 | | least, p50 | p50 ÷ least |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_line(make(project)) for make in QUESTIONS]
    return "\n".join(lines) + "\n"


def _line(question: Question) -> str:
    first, *times = (_ms(question.ask, turn) for turn in range(question.rounds + 1))
    least = float(np.median([_ms(question.least, turn) for turn in range(question.rounds)]))
    p50, p95 = np.percentile(times, [50, 95])
    limit = question.limit
    mark = "" if limit is None else "met" if p95 <= limit else "**not met**"
    return (
        f"| {question.name} | {first:.1f} | {p50:.1f} | {p95:.1f} | {limit or ''} | {mark}"
        f" | {least:.2f} | {p50 / least:.1f} |"
    )


def _ms(ask: Ask, turn: int) -> float:
    start = time.process_time()
    ask(turn)
    return (time.process_time() - start) * 1000


def _limit(project: Project, small: float, large: float) -> float:
    return small if len(project.scores()) <= 10_000 else large


def _some_ids(project: Project) -> Sequence[str]:
    ids = [str(key) for key in project.scores().listing.columns.table["id"].to_pylist()]
    return random.Random(1).sample(ids, min(len(ids), ROUNDS))


def _row_query(project: Project) -> Callable[[str], object]:
    file = project.store.at_end()[0]
    connection = duckdb.connect()
    text = f"SELECT * FROM read_parquet('{file.path}') WHERE entity = ?"
    return lambda key: connection.execute(text, [key]).fetchall()


def _history_query(project: Project) -> Callable[[str], object]:
    files = [str(path) for path in project.store.replay_files()]
    connection = duckdb.connect()
    connection.execute("SET parquet_metadata_cache = true")
    connection.execute("SET threads = 1")
    text = (
        "SELECT as_of, score, band, coverage FROM read_parquet(?) WHERE entity = ? ORDER BY as_of"
    )
    return lambda key: connection.execute(text, [files, key]).fetchall()


def _sorted_page(table: pa.Table) -> Ask:
    values = table["value"].to_numpy()

    def ask(turn: int) -> object:
        rows = np.argsort(values, kind="stable")[:50]
        return table.take(pa.array(rows)).to_pylist()

    return ask


if __name__ == "__main__":
    print(measure(Path(__file__).parent / ".data", *map(int, sys.argv[1:2])))
