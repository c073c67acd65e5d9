"""Spark: a date from kept partials against the usual single query from raw Parquet, both written as
Parquet by Spark.

`python -m bench.spark [SIZE]`: three rounds, each contestant in a process of its own. The result is
the ratio of the medians of CPU seconds, of Java and all Python processes together, including their
start. Before anything is timed, the thirteen values of every account are compared.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.dataset as ds
import sqlglot

from bench.equal import assert_equal
from bench.events import AS_OF, SIZES, prepared
from bench.machine import load, machine
from bench.measured import Taken, middle, taken
from salus.sources.spark_session import LOG

HERE = Path(__file__).parent
ROUNDS = 3
LIMIT = 1 / 3  # of the usual query's CPU seconds
MASTER = "spark:local[2]"
QUIET = {"spark.ui.enabled": "false"}
AS_SHIPPED = {
    "spark.driver.extraJavaOptions": LOG
}  # the usual query: Java as Spark starts it, without our settings


def usual(spark: Any, results: str) -> None:
    """`reference.sql` as Spark SQL."""
    text = (
        (HERE / "reference.sql")
        .read_text(encoding="utf-8")
        .replace("$as_of", f"DATE '{AS_OF.isoformat()}'")
    )
    query = sqlglot.parse_one(text, read="duckdb")
    for table in list(query.find_all(sqlglot.exp.Table)):
        if table.name in ("events", "accounts"):
            table.replace(
                sqlglot.exp.alias_(spark.table(table.name), table.alias or table.name, table=True)
            )
    for literal in list(query.find_all(sqlglot.exp.Literal)):
        if not literal.is_string and "." in literal.name:
            literal.replace(
                sqlglot.exp.cast(literal.copy(), "double")
            )  # or Spark would divide decimals
    spark.session.sql(query.sql("spark")).write.mode("overwrite").parquet(results)


def kept(spark: Any, results: str) -> None:
    """The scores of the date, by the product; missing partials are built."""
    from salus.model.read import read_model
    from salus.periods.day import day_number
    from salus.verbs.replay.spark import PartialsFolder, build_scores, write

    days = np.array([day_number(AS_OF)], dtype=np.int32)
    write(
        build_scores(
            read_model(HERE / "model.yaml"), spark, days, PartialsFolder(f"{results}/partials")
        ),
        f"{results}/scores",
    )


def contestant(name: str, events: str, results: str) -> None:
    """Run one contestant and wait for Java to end, so that its CPU seconds are counted."""
    from pyspark import SparkContext

    from salus.sources.spark import Spark

    spark = Spark(MASTER, events, QUIET | (AS_SHIPPED if name == "usual" else {}))
    {"usual": usual, "kept": kept}[name](spark, results)
    spark.session.stop()
    gateway = SparkContext._gateway
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


def compare(results: Path) -> int:
    """Assert that all thirteen values of every account are equal; returns the number of accounts."""
    expected = ds.dataset(results / "usual").to_table().sort_by("account_id")
    scores = ds.dataset(results / "kept" / "scores").to_table().sort_by("entity")
    names = expected.column_names
    actual = scores.select(["entity", *(f"value:{name}" for name in names[1:])]).rename_columns(
        names
    )
    assert_equal(actual, expected, "a date on Spark")
    return len(expected)


def measure(name: str) -> str:
    """The report, as Markdown."""
    events = prepared(SIZES[name], HERE / ".data").resolve()
    results = events / "spark"
    shutil.rmtree(results, ignore_errors=True)
    before = load()
    first = _taken("kept", events, results)
    _taken("usual", events, results)
    accounts = compare(results)
    runs: dict[str, list[Taken]] = {"usual": [], "kept": []}
    for _ in range(ROUNDS):
        for contestant_name, timings in runs.items():
            timings.append(_taken(contestant_name, events, results))
            print(f"{contestant_name:8} {timings[-1].cpu:7.2f} s", flush=True)
    return report(name, accounts, before, first, middle(runs["usual"]), middle(runs["kept"]))


def _taken(name: str, events: Path, results: Path) -> Taken:
    return taken([sys.executable, "-m", "bench.spark", name, str(events), str(results / name)])


def report(
    name: str, accounts: int, before: str, first: Taken, query: Taken, partials: Taken
) -> str:
    ratio = partials.cpu / query.cpu
    lines = [
        (
            f"Measured with `python -m bench.spark {name}` on {machine()}; {before} before the"
            f" first round. Spark local[2], {accounts:,} accounts, 13 event measures, as of"
            f" {AS_OF}; all values of every account are equal."
        ),
        "",
        "| contestant | CPU s, Java and Python | wall s |",
        "|---|---|---|",
        (
            f"| the usual single query from raw Parquet (`bench/reference.sql`) | {query.cpu:.1f} |"
            f" {query.wall:.1f} |"
        ),
        f"| a date, partials made on the way | {first.cpu:.1f} | {first.wall:.1f} |",
        f"| a date from kept partials | {partials.cpu:.1f} | {partials.wall:.1f} |",
        "",
        (
            f"From kept partials ÷ usual query: **{ratio:.2f}** (limit {LIMIT:.2f}:"
            f" {'met' if ratio <= LIMIT else '**not met**'})."
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 2:
        contestant(*sys.argv[1:4])
    else:
        print(measure(*(sys.argv[1:] or ["middle"])))
