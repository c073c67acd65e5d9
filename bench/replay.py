"""Many dates against SQL for one: a year of daily dates from kept partials, with late facts, built anew, and written.

Contestants run one after the other, each in a process of its own: three rounds, one for those that take a minute
and a half or more. What counts is the ratio of the medians of their CPU seconds, children, start of Python and imports
included.
Before anything is timed, values of some of the dates are compared with those of SQL.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench import sql
from bench.equal import assert_equal
from bench.events import AS_OF, SIZES, Size, prepared
from bench.laid import laid
from bench.machine import load, machine
from bench.many import compared
from bench.measured import Taken, middle, taken

DATES = 365
FIRST = AS_OF - dt.timedelta(days=DATES - 1)
NEXT = AS_OF + dt.timedelta(days=1)
ROUNDS, LONG = 3, 90                         # rounds, and seconds from which on one round is enough
RECORDED = {"batch": "received_batch", "own": "received_own"}
FEW, MORE = 4, 12                            # dates of churn.sql
Found = dict[str, Taken]


def run(name: str, place: Path, first: dt.date = FIRST, last: dt.date = AS_OF, *more: str) -> Taken:
    """One contestant of many.py."""
    return taken([sys.executable, "-m", "bench.many", name, str(place), first.isoformat(), last.isoformat(), *more])


def rounds(contestants: Mapping[str, Callable[[], Taken]]) -> Found:
    """All of them in turn; in the further rounds only those that don't take long."""
    runs: dict[str, list[Taken]] = {name: [] for name in contestants}
    for number in range(ROUNDS):
        for name, contestant in contestants.items():
            if number == 0 or runs[name][0].wall < LONG:
                runs[name].append(contestant())
                one = runs[name][-1]
                print(f"{name:10} {one.cpu:8.2f} s {one.wall:8.2f} s wall {one.memory:5.2f} GB", flush=True)
    return {name: middle(several) for name, several in runs.items()}


def again(contestant: Callable[[], Taken]) -> Taken:
    """The middle one of its rounds."""
    runs = [contestant()]
    while len(runs) < ROUNDS and runs[0].wall < LONG:
        runs.append(contestant())
    return middle(runs)


def forget(project: Path, *folders: str) -> None:
    for folder in folders:
        shutil.rmtree(project / folder, ignore_errors=True)


@dataclass(frozen=True)
class Field:
    """The events of a size, a project over them and one for each way in which facts are late."""

    events: Path
    project: Path
    late: Mapping[str, Path]

    @classmethod
    def of(cls, size: Size, folder: Path) -> Field:
        events = prepared(size, folder).resolve()
        place = events / "replay"
        late = {name: laid(place / name, events, ("time: occurred_at", f"time: occurred_at, recorded: {column}"))
                for name, column in RECORDED.items()}
        return cls(events, laid(place / "project", events), late)

    @property
    def rows(self) -> int:
        return sum(pq.ParquetFile(part).metadata.num_rows for part in (self.events / "events").iterdir())

    def whole(self, first: dt.date = FIRST) -> Taken:
        """Partials, values, scores and files, where nothing is kept yet."""
        forget(self.project, "partials", "history")
        return run("replay", self.project, first)

    def written(self, processes: int) -> Taken:
        """The replay from kept partials, its files included."""
        forget(self.project, "history")
        return run("replay", self.project, FIRST, AS_OF, str(processes))

    def checksum(self) -> str:
        """Of all files of the replay, and their names."""
        total = hashlib.sha256()
        folder = self.project / "history" / "replay"
        for path in sorted(folder.rglob("*.parquet")):
            total.update(path.relative_to(folder).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()


def compare(field: Field) -> int:
    """Assert that values from partials equal SQL's, which knows no more than was received; partials are made on the way."""
    results = field.events / "results"
    results.mkdir(exist_ok=True)
    accounts = 0
    for project, recorded in ((field.project, None), *((field.late[name], RECORDED[name]) for name in RECORDED)):
        run("values", project, FIRST, AS_OF, str(results))
        days = compared(FIRST, AS_OF)
        for day in days[1::2] if recorded else days:
            found = pq.read_table(results / f"{day}.parquet")
            accounts = len(found)
            for file in ("reference.sql", *(() if recorded else ("best.sql",))):
                expected = sql.rows(file, field.events, day, recorded)
                assert_equal(found, expected, f"{file} on {day}, recorded {recorded}")
    _compare_churn(field)
    return accounts


def _compare_churn(field: Field) -> None:
    metric = sql.churn(field.events, AS_OF, AS_OF, 1)
    expected = sql.rows("reference.sql", field.events, AS_OF)
    columns = ", ".join(f"max(value) FILTER (WHERE name = '{name}') AS {name}" for name in expected.column_names[1:])
    found: pa.Table = metric.sql(f"SELECT account_id, {columns} FROM accounts LEFT JOIN metric USING (account_id) "
                                 "GROUP BY account_id ORDER BY account_id").to_arrow_table()
    assert_equal(found, expected, "churn.sql", sparse=True)


def dates(field: Field) -> Found:
    """The year of dates in all ways, and the best query for one."""
    sums: dict[str, str] = {}

    def written(processes: int) -> Taken:
        one = field.written(processes)
        sums[str(processes)] = field.checksum()
        return one
    found = rounds({
        "start": lambda: run("start", field.project), "best": lambda: run("best", field.events), "whole": field.whole,
        "values": lambda: run("values", field.project), "scores": lambda: run("scores", field.project),
        **{name: partial(run, "values", place) for name, place in field.late.items()},
        "written": lambda: written(1), "two": lambda: written(2)})
    assert sums["1"] == sums["2"], "two processes wrote other bytes than one"
    return found


def next_day(field: Field) -> Found:
    """One more day has come: scored with what was kept the day before, and with nothing kept."""
    project = laid(field.events / "replay" / "next", field.events)
    part = next((field.events / "next").iterdir())
    there = project / "data" / "events" / part.name

    def following() -> Taken:
        forget(project, "partials", "history")
        there.unlink(missing_ok=True)
        run("score", project)
        there.hardlink_to(part)
        return run("score", project, NEXT, NEXT)

    def anew() -> Taken:
        forget(project, "partials", "history")
        return run("score", project, NEXT, NEXT)
    return rounds({"following": following, "anew": anew})


@dataclass(frozen=True)
class Point:
    """What so much work took: from kept partials before writing, and everything."""

    what: str
    amount: float
    scores: float
    whole: float


def scaling(size: Size, field: Field, folder: Path, found: Found) -> dict[str, list[Point]]:
    """The cost against dates, accounts and events, less the start of the program."""
    start = found["start"].cpu

    def point(what: str, amount: float, scores: Taken, whole: Taken) -> Point:
        return Point(what, amount, scores.cpu - start, whole.cpu - start)

    def over(one: Field, what: str, amount: float, first: dt.date = FIRST) -> Point:
        whole = again(lambda: one.whole(first))      # leaves the partials that the other needs
        return point(what, amount, again(lambda: run("scores", one.project, first)), whole)
    here = found["scores"], found["whole"]
    days = [over(field, f"{number} dates", number, AS_OF - dt.timedelta(days=number - 1)) for number in (31, 122)]
    smaller = [one for one in sorted(SIZES.values(), key=lambda one: one.accounts) if one.accounts < size.accounts]
    accounts = [over(Field.of(one, folder), f"{one.accounts:,} accounts", one.accounts) for one in smaller]
    some = min(size, SIZES["middle"], key=lambda one: one.accounts)
    rates = []
    for times in (0.5, 1.0, 2.0):
        one = replace(some, rate=some.rate * times, name=some.name if times == 1 else f"{some.name}-x{times:g}")
        events = Field.of(one, folder) if one != size else field
        rates.append(over(events, f"{events.rows:,} events of {some.accounts:,} accounts", events.rows))
    return {"dates": [*days, point(f"{DATES} dates", DATES, *here)],
            "accounts": [*accounts, point(f"{size.accounts:,} accounts", size.accounts, *here)], "events": rates}


def measure(size: Size, folder: Path) -> str:
    """The report, as Markdown."""
    field = Field.of(size, folder)
    accounts = compare(field)
    before = load()
    found = dates(field) | next_day(field) | rounds({
        str(number): partial(run, "churn", field.events, FIRST, AS_OF, str(number)) for number in (FEW, MORE)})
    lines = [
        f"Measured with `make bench SIZE={size.name}` on {machine()}; {before} before the first round.", "",
        f"{field.rows:,} events over 400 days, {accounts:,} accounts, 13 event measures with windows up to 90 days, {DATES} "
        f"daily dates up to {AS_OF}; keys are texts. All 13 values of every account equal those of `bench/reference.sql` and "
        f"`bench/best.sql` on {', '.join(map(str, compared(FIRST, AS_OF)))}; with late facts, on two of these dates, those of "
        "SQL over what was received by then. The query that is the measure of all never looks at when a fact was received. The "
        "files of one process and of two are equal, byte for byte.", "",
        *_seconds(found), "", *_ratios(found), "", *_scaled(scaling(size, field, folder, found))]
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
    str(MORE): f"the same for {MORE} dates"}


def _seconds(found: Found) -> list[str]:
    rows = (f"| {text} | {found[name].cpu:.2f} | {found[name].wall:.2f} | {found[name].memory:.2f} |"
            for name, text in CONTESTANTS.items())
    return ["| contestant | CPU s | wall s | peak GB |", "|---|---|---|---|", *rows]


def churned(few: float, more: float) -> float:
    """The seconds of all dates, on the straight line through two measurements.

    >>> churned(4.0, 12.0)
    365.0
    """
    return more + (more - few) / (MORE - FEW) * (DATES - MORE)


def _ratios(found: Found) -> list[str]:
    start, best, churn = found["start"].cpu, found["best"].cpu, churned(found[str(FEW)].cpu, found[str(MORE)].cpu)
    rows = [
        _ratio(f"{DATES} dates from kept partials ÷ one date by SQL", found["values"].cpu / best, 2.5),
        _ratio("the same with scores", found["scores"].cpu / best),
        _ratio("the same, facts late together", found["batch"].cpu / best, 3),
        _ratio("the same, each fact late by itself", found["own"].cpu / best, 5),
        _ratio("with building partials, scores and files", found["whole"].cpu / best, 18),
        _ratio(f"one INSERT per metric, scaled to {DATES} dates ({churn:,.0f} s) ÷ {DATES} dates from kept partials",
               churn / found["values"].cpu, 80, least=True),
        _ratio(f"the same ÷ all of the {DATES} dates", churn / found["whole"].cpu),
        _ratio("a new day ÷ the same with nothing kept, both less the start of the program",
               (found["following"].cpu - start) / (found["anew"].cpu - start), 0.1),
        _ratio("the same, start included", found["following"].cpu / found["anew"].cpu),
        _ratio(f"peak memory of {DATES} dates, GB", max(found["whole"].memory, found["written"].memory), 2),
        _ratio("wall time of one process ÷ two", found["written"].wall / found["two"].wall, 1.7, least=True)]
    return ["| ratio | measured | limit | |", "|---|---|---|---|", *rows]


def _ratio(text: str, value: float, limit: float | None = None, *, least: bool = False) -> str:
    if limit is None:
        return f"| {text} | {value:.3g} | | |"
    met = value >= limit if least else value <= limit
    return f"| {text} | **{value:.3g}** | {'≥' if least else '≤'} {limit:g} | {'met' if met else '**not met**'} |"


def _scaled(found: dict[str, list[Point]]) -> list[str]:
    lines = ["How the cost grows, less the start of the program; the exponent to the one before is 1 where it is linear.", "",
             "| | scores from kept partials, CPU s | exponent | from raw, with files, CPU s | exponent |",
             "|---|---|---|---|---|"]
    for what, points in found.items():
        for before, one in zip([None, *points], points, strict=False):
            scores, whole = ("", "") if before is None else _growth(before, one)
            lines.append(f"| {one.what} | {one.scores:.2f} | {scores} | {one.whole:.2f} | {whole} |")
        first, last = points[0], points[-1]
        if first.amount == last.amount:          # there is no smaller size
            continue
        scores, whole = _growth(first, last)
        lines.append(f"| **{what}: {last.amount / first.amount:.3g} times** | {last.scores / first.scores:.3g} times | "
                     f"**{scores}** | {last.whole / first.whole:.3g} times | **{whole}** |")
    return lines


def _growth(before: Point, after: Point) -> tuple[str, str]:
    """The exponents of scores and of everything."""
    amounts = before.amount, after.amount
    return f"{exponent(*amounts, before.scores, after.scores):.2f}", f"{exponent(*amounts, before.whole, after.whole):.2f}"


def exponent(before: float, after: float, cost_before: float, cost_after: float) -> float:
    """Of the power by which the cost grew with the amount.

    >>> exponent(10, 20, 3.0, 12.0)
    2.0
    """
    return math.log(cost_after / cost_before) / math.log(after / before)
