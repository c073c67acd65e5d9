"""Many dates against SQL for one: a year of daily dates from kept partials, with late facts, built
again, and written.

Contestants run one after the other, each in a process of its own, in three rounds; those that take
a minute and a half or more run once. The result is the ratio of the medians of their CPU seconds,
including children, the start of Python and imports. Before anything is timed, the values of some
dates are compared with those of SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench import sql
from bench.equal import assert_equal
from bench.events import AS_OF, Size
from bench.field import DATES, FIRST, RECORDED, ROUNDS, Field, forget, run
from bench.growth import growth, table
from bench.laid import laid
from bench.machine import load, machine
from bench.many import compared
from bench.measured import Taken, middle

NEXT = AS_OF + dt.timedelta(days=1)
LONG = 90  # seconds from which on one round is enough
NEW_DAY = {20_000: 0.15, 100_000: 0.09}  # the limit by the number of accounts
FEW, MORE = 4, 12  # dates of churn.sql
Results = dict[str, Taken]


def rounds(contestants: Mapping[str, Callable[[], Taken]]) -> Results:
    """All of them in turn; in further rounds only those that don't take long."""
    runs: dict[str, list[Taken]] = {name: [] for name in contestants}
    for number in range(ROUNDS):
        for name, contestant in contestants.items():
            if number == 0 or runs[name][0].wall < LONG:
                runs[name].append(contestant())
                latest = runs[name][-1]
                print(
                    f"{name:10} {latest.cpu:8.2f} s {latest.wall:8.2f} s wall {latest.memory:5.2f} GB",
                    flush=True,
                )
    return {name: middle(results) for name, results in runs.items()}


def compare(field: Field, late: Mapping[str, Path]) -> int:
    """Assert that values from partials equal SQL's, which uses only what was received; partials are
    built meanwhile.
    """
    results = field.events / "results"
    results.mkdir(exist_ok=True)
    accounts = 0
    for project, recorded in (
        (field.project, None),
        *((place, RECORDED[name]) for name, place in late.items()),
    ):
        run("values", project, FIRST, AS_OF, str(results))
        days = compared(FIRST, AS_OF)
        for day in days[1::2] if recorded else days:
            actual = pq.read_table(results / f"{day}.parquet")
            accounts = len(actual)
            for file in ("reference.sql", *(() if recorded else ("best.sql",))):
                expected = sql.rows(file, field.events, day, recorded)
                assert_equal(actual, expected, f"{file} on {day}, recorded {recorded}")
    return accounts


def _compare_churn(field: Field) -> None:
    metric = sql.churn(field.events, AS_OF, AS_OF, 1)
    expected = sql.rows("reference.sql", field.events, AS_OF)
    columns = ", ".join(
        f"max(value) FILTER (WHERE name = '{name}') AS {name}" for name in expected.column_names[1:]
    )
    actual: pa.Table = metric.sql(
        f"SELECT account_id, {columns} FROM accounts LEFT JOIN metric USING (account_id) "
        "GROUP BY account_id ORDER BY account_id"
    ).to_arrow_table()
    assert_equal(actual, expected, "churn.sql", sparse=True)


def dates(field: Field) -> Results:
    """The year of dates in all ways, and the best query for one date."""
    sums: dict[str, str] = {}

    def written(processes: int) -> Taken:
        single = field.written(processes)
        sums[str(processes)] = field.checksum()
        return single

    results = rounds(
        {
            "start": lambda: run("start", field.project),
            "best": lambda: run("best", field.events),
            "whole": field.whole,
            "values": lambda: run("values", field.project),
            "scores": lambda: run("scores", field.project),
            **{name: partial(run, "values", place) for name, place in field.late.items()},
            "written": lambda: written(1),
            "two": lambda: written(2),
        }
    )
    assert sums["1"] == sums["2"], "two processes wrote other bytes than one"
    return results


def few(field: Field) -> Results:
    """The best query for one date, and what its ratios need."""
    return rounds(
        {
            "start": lambda: run("start", field.project),
            "best": lambda: run("best", field.events),
            "whole": field.whole,
            "values": lambda: run("values", field.project),
        }
    )


def next_day(field: Field) -> Results:
    """One more day has arrived: scored with the partials of the day before, and without any."""
    project = laid(field.events / "replay" / "next", field.events)
    part = next((field.events / "next").iterdir())
    target = project / "data" / "events" / part.name

    def following() -> Taken:
        forget(project, "partials", "history")
        target.unlink(missing_ok=True)
        run("score", project)
        target.hardlink_to(part)
        return run("score", project, NEXT, NEXT)

    def anew() -> Taken:
        forget(project, "partials", "history")
        return run("score", project, NEXT, NEXT)

    return rounds({"following": following, "anew": anew})


def measure(size: Size, folder: Path) -> str:
    """The report, as Markdown."""
    field, other = Field.of(size, folder), Field.of(size.with_integers(), folder)
    accounts = compare(field, field.late)
    _compare_churn(field)
    compare(other, {})
    before = load()
    results = (
        dates(field)
        | next_day(field)
        | rounds(
            {
                str(number): partial(run, "churn", field.events, FIRST, AS_OF, str(number))
                for number in (FEW, MORE)
            }
        )
    )
    integers = few(other) | next_day(other)
    lines = [
        (
            f"Measured with `make bench SIZE={size.name}` on {machine()}; {before} before the first"
            " round."
        ),
        "",
        (
            f"{field.rows:,} events over 400 days, {accounts:,} accounts, 13 event measures with"
            f" windows up to 90 days, {DATES} daily dates up to {AS_OF}; keys are texts,"
            " or users are integers and other ids coded by dictionaries. All 13"
            " values of every account equal those of `bench/reference.sql` and `bench/best.sql` on"
            f" {', '.join(map(str, compared(FIRST, AS_OF)))}; with late facts, on two of these"
            " dates, those of SQL over what was received by then. The query that is the measure of"
            " all never looks at when a fact was received. The files of one process and of two are"
            " equal, byte for byte."
        ),
        "",
        *_seconds("keys are texts", results),
        "",
        *_seconds("users are integers", integers),
        "",
        *_ratios(results, size),
        *_integers(integers, size),
        "",
        *table(growth(size, field, folder)),
    ]
    return "\n".join(lines) + "\n"


CONTESTANTS = {
    "start": "start of the program: imports, the model, the connection",
    "best": "one date by the best SQL found, from raw (`bench/best.sql`)",
    "values": f"{DATES} dates from kept partials: the values",
    "scores": "the same with scores",
    "batch": "the values, 30 % of facts late, those of a user and day together",
    "own": "the values, 30 % of facts late, each by a delay of its own",
    "written": "values, scores and their files, from kept partials",
    "two": "the same in two processes",
    "whole": "partials, values, scores and files, from raw",
    "following": "the next day, from what was kept the day before: its partials, score and rows",
    "anew": "the next day with nothing kept",
    str(FEW): f"`bench/churn.sql`: one `INSERT … SELECT` per metric, {FEW} dates",
    str(MORE): f"the same for {MORE} dates",
}


def _seconds(keys: str, results: Results) -> list[str]:
    rows = (
        f"| {text} | {results[name].cpu:.2f} | {results[name].wall:.2f} | {results[name].memory:.2f} |"
        for name, text in CONTESTANTS.items()
        if name in results
    )
    return [f"| contestant, {keys} | CPU s | wall s | peak GB |", "|---|---|---|---|", *rows]


def churned(few: float, more: float) -> float:
    """The seconds for all dates, on the straight line through two measurements.

    >>> churned(4.0, 12.0)
    365.0
    """
    return more + (more - few) / (MORE - FEW) * (DATES - MORE)


def _ratios(results: Results, size: Size) -> list[str]:
    best, churn = (
        results["best"].cpu,
        churned(results[str(FEW)].cpu, results[str(MORE)].cpu),
    )
    rows = [
        _ratio(
            f"{DATES} dates from kept partials ÷ one date by SQL", results["values"].cpu / best, 1.8
        ),
        _ratio("the same with scores", results["scores"].cpu / best),
        _ratio("the same, facts late together", results["batch"].cpu / best, 3),
        _ratio("the same, each fact late by itself", results["own"].cpu / best, 5),
        _ratio("with building partials, scores and files", results["whole"].cpu / best, 14),
        _ratio(
            f"one INSERT per metric, scaled to {DATES} dates ({churn:,.0f} s) ÷ {DATES} dates from"
            " kept partials",
            churn / results["values"].cpu,
            80,
            least=True,
        ),
        _ratio(f"the same ÷ all of the {DATES} dates", churn / results["whole"].cpu),
        *_new_day(results, size),
        _ratio(
            f"peak memory of {DATES} dates, GB",
            max(results["whole"].memory, results["written"].memory),
            2,
        ),
        _ratio(
            "wall time of one process ÷ two",
            results["written"].wall / results["two"].wall,
            1.7,
            least=True,
        ),
    ]
    return ["| ratio | measured | limit | |", "|---|---|---|---|", *rows]


def _integers(results: Results, size: Size) -> list[str]:
    """The ratios of the events whose users are integers."""
    best = results["best"].cpu
    return [
        _ratio(
            f"{DATES} dates from kept partials ÷ one date by SQL, integers",
            results["values"].cpu / best,
            2.8,
        ),
        _ratio(
            "with building partials, scores and files, integers", results["whole"].cpu / best, 17
        ),
        *_new_day(results, size, ", integers"),
    ]


def _new_day(results: Results, size: Size, keys: str = "") -> list[str]:
    start, following, anew = (results[name].cpu for name in ("start", "following", "anew"))
    return [
        _ratio(
            f"a new day ÷ the same with nothing kept, both less the start of the program{keys}",
            (following - start) / (anew - start),
            NEW_DAY.get(size.accounts),
        ),
        _ratio(f"the same, start included{keys}", following / anew),
    ]


def _ratio(text: str, value: float, limit: float | None = None, *, least: bool = False) -> str:
    if limit is None:
        return f"| {text} | {value:.3g} | | |"
    met = value >= limit if least else value <= limit
    return (
        f"| {text} | **{value:.3g}** | {'≥' if least else '≤'} {limit:g} |"
        f" {'met' if met else '**not met**'} |"
    )
