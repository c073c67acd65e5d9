"""The end of the data is one rule for every verb: facts after today, a mistyped year and due dates
don't move it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from click.testing import CliRunner

from salus import open_project
from salus.cli.main import main
from salus.errors import UsageError
from salus.facts.data_end import DataEnd, SourceDays, find_data_end, split_doubtful
from salus.project.project import Project
from salus.verbs.init.init import init

DAY = dt.timedelta(days=1)
LAST = dt.date(2025, 6, 30)  # of every source, but for what a test adds
MODEL = """\
version: 1
name: small
entity: {name: account, table: accounts, key: id, starts: since, ends: until}
sources:
  use: {table: use, key: id, time: day}
  invoices: {table: invoices, key: id, time: due, until: paid}
dimensions:
  d:
    measures:
      quiet: {days_since: use, bad: 60, good: 1}
      unpaid: {count: invoices, open: true, bad: 3, good: 0}
outcomes:
  churned: {table: churn, key: id, time: day}
"""


def tables() -> dict[str, list[str]]:
    """Thirty accounts over a year and a half, some of which leave; invoices are due thirty days
    later.
    """
    random, first = np.random.default_rng(3), dt.date(2024, 1, 1)
    result: dict[str, list[str]] = {
        "accounts": ["id,since,until"],
        "use": ["id,day"],
        "invoices": ["id,due,paid"],
        "churn": ["id,day"],
    }
    for number in range(30):
        end = dt.date(2024, 9, 1) + number * 9 * DAY if number < 20 else None
        result["accounts"].append(f"A{number},2023-12-01,{end or ''}")
        result["churn"] += [f"A{number},{end}"] if end else []
        for day in range(0, (LAST - first).days + 1, int(random.integers(3, 7))):
            when = LAST - day * DAY
            result["use"] += [f"A{number},{when}"] if end is None or when <= end else []
        for day in range(0, (LAST - first).days, 30):
            due = LAST - day * DAY + 30 * DAY
            paid = due + int(random.integers(-9, 20)) * DAY
            if end is None or due <= end:
                result["invoices"].append(f"A{number},{due},{paid if paid <= LAST else ''}")
    return result


def as_csv(folder: Path, name: str, lines: list[str]) -> None:
    (folder / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def as_parquet(folder: Path, name: str, lines: list[str]) -> None:
    as_csv(folder, name, lines)
    path = folder / "data" / f"{name}.csv"
    duckdb.sql(f"copy (from read_csv('{path}')) to '{path.with_suffix('.parquet')}'")
    path.unlink()


def as_database(folder: Path, name: str, lines: list[str]) -> None:
    as_csv(folder, name, lines)
    path = folder / "data" / f"{name}.csv"
    with duckdb.connect(str(folder / "facts.duckdb")) as connection:
        connection.execute(f"create table {name} as from read_csv('{path}')")
    path.unlink()
    (folder / "salus.toml").write_text('[data]\nurl = "duckdb:///facts.duckdb"\n', encoding="utf-8")


WRITERS = (as_csv, as_parquet, as_database)


def project(
    folder: Path,
    write: Callable[[Path, str, list[str]], None] = as_csv,
    today: str | None = None,
    **more: str,
) -> Project:
    """The project, with lines added to some table."""
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL, encoding="utf-8")
    for name, lines in tables().items():
        write(folder, name, lines + ([more[name]] if name in more else []))
    return open_project(folder, today)


STRAY = {
    "a mistyped year": {"use": "A25,2205-03-01"},
    "a mistyped year by today": {"use": "A25,2025-12-01"},
    "an invoice due next month": {"invoices": "A25,2025-08-20,"},
    "a fact ahead": {"use": "A25,2025-07-25"},
    "nothing": {},
}


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("stray", STRAY)
def test_no_stray_fact_moves_the_end(
    stray: str, write: Callable[[Path, str, list[str]], None], tmp_path: Path
) -> None:
    today = "2025-07-20" if stray == "a fact ahead" else "2026-05-01"
    here = project(tmp_path / "p", write, today, **STRAY[stray])
    end = here.data_end()
    assert (end.day, end.midnight) == (LAST, LAST + DAY)
    assert [(each.source, each.facts) for each in end.doubtful] == (
        [("use", 1)] if "year" in stray else []
    )


@pytest.mark.parametrize("stray", ["a mistyped year", "an invoice due next month"])
def test_no_verb_follows_a_stray_fact(stray: str, tmp_path: Path) -> None:
    here, plain = (
        project(tmp_path / "p", today="2026-05-01", **STRAY[stray]),
        project(tmp_path / "q", today="2026-05-01"),
    )
    for verb in (
        lambda each: each.score(),
        lambda each: each.metrics(quick=True),
        lambda each: each.validate("churned"),
    ):
        document = [_without_names(verb(each).as_dict()) for each in (here, plain)]
        assert document[0] == document[1]


def _without_names(document: dict[str, Any]) -> str:
    """A result without the names of the doubtful day and of the unpaid invoice."""
    kept = {
        name: value for name, value in document.items() if name not in ("warnings", "notes", "dso")
    }
    return re.sub(r'"unpaid": \{.*?\}', "", json.dumps(kept, sort_keys=True))


def test_a_day_alone_is_named_by_check_and_by_the_verbs(tmp_path: Path) -> None:
    here = project(tmp_path / "p", as_csv, "2026-05-01", use="A25,2205-03-01")
    named = [problem for problem in here.check() if "2205-03-01" in problem.what]
    assert [problem.severity for problem in named] == ["warning"]
    assert "`use`" in named[0].what
    assert "1 March 2205" in here.metrics(quick=True).as_dict()["notes"][0]
    assert "1 March 2205" in str(here.metrics(quick=True))
    assert [
        each.source for each in here.validate("churned").warnings if each.kind == "doubtful day"
    ] == ["use"]


@pytest.mark.parametrize(
    ("today", "scored"),
    [
        ("2025-06-30", "2025-06-30"),
        ("2025-07-01", "2025-07-01"),
        ("2025-07-05", "2025-07-01"),
        ("2025-07-31", "2025-07-01"),
    ],
)
def test_the_default_date_is_today_until_the_data_are_old(
    today: str, scored: str, tmp_path: Path
) -> None:
    here = project(tmp_path / "p", today=today)
    assert str(here.score(keep=False).as_of) == scored
    assert str(here.explain("A25").as_of) == scored
    assert str(here.metrics(quick=True).stop) == min(
        "2025-07-01", today
    )  # what today brings isn't over


VERBS: dict[str, Callable[[Project, str], Any]] = {
    "score": lambda each, day: each.score(day),
    "explain": lambda each, day: each.explain("A25", day),
    "since": lambda each, day: each.explain("A25", since=day),
    "replay": lambda each, day: each.replay("2025-06-01", day),
    "compare": lambda each, day: each.compare("2025-06-01", day),
    "plan": lambda each, day: each.plan("salus.yaml", day),
    "metrics": lambda each, day: each.metrics(None, day),
    "validate": lambda each, day: each.validate("churned", last=day),
    "learn": lambda each, day: each.learn("churned", last=day),
    "forecast": lambda each, day: each.forecast(day),
    "report": lambda each, day: each.report(as_of=day),
    "preview": lambda each, day: each.preview("salus.yaml", day),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_date_after_today_is_refused(verb: str, tmp_path: Path) -> None:
    here = project(tmp_path / "p", today="2025-07-05")
    with pytest.raises(UsageError, match="2025-07-06 is after today"):
        VERBS[verb](here, "2025-07-06")
    assert not (tmp_path / "p" / "history").exists()


def test_the_command_refuses_a_date_ahead_and_says_where_old_data_end(tmp_path: Path) -> None:
    project(tmp_path / "p", use="A25,2205-03-01")
    refused = CliRunner().invoke(
        main, ["-C", str(tmp_path / "p"), "score", "--as-of", "9000-01-01"]
    )
    assert refused.exit_code == 1
    assert "is after today" in refused.stderr
    document = CliRunner().invoke(main, ["-C", str(tmp_path / "p"), "score", "--json"])
    assert json.loads(document.stdout)["as_of"] == "2025-07-01"
    assert "The data ends on 2025-06-30" in document.stderr
    assert "2205-03-01" in document.stderr


def test_a_draft_looks_at_the_day_on_which_the_data_end(tmp_path: Path) -> None:
    texts = []
    for name, more in (("one", {}), ("two", {"use": "A25,2205-03-01"})):
        (tmp_path / name / "data").mkdir(parents=True)
        for table, lines in tables().items():
            document = [re.sub("^id,", "account_id,", line) for line in lines]
            as_csv(tmp_path / name, table, document + ([more[table]] if table in more else []))
        init(
            tmp_path / name / "made",
            source=str(tmp_path / name / "data"),
            today=dt.date(2026, 5, 1),
        )
        texts.append((tmp_path / name / "made" / "salus.yaml").read_text(encoding="utf-8"))
    texts = [re.sub(r"[\d,]+ (rows|usage events)", "rows", text) for text in texts]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("seed", range(40))
def test_the_rule_is_the_one_of_the_language(seed: int) -> None:
    """Daily sources: a slow reading of the rule, day by day."""
    random = np.random.default_rng(seed)
    first = dt.date(2024, 1, 1)
    steps = np.cumsum(random.integers(1, 5, 60))
    days = {first + int(step) * DAY for step in steps}
    days |= {
        max(days) + int(step) * DAY for step in random.integers(1, 400, int(random.integers(0, 2)))
    }
    today = first + int(random.integers(100, 500)) * DAY
    alone = [day for day in days if all(day - other > 31 * DAY for other in days - {day})]
    expected = max((day for day in days if day <= today and day not in alone), default=None)
    source = SourceDays("use", dict.fromkeys(sorted(days), 1))
    end = find_data_end([source], today)
    assert end.day == expected
    assert split_doubtful(sorted(days), today)[1] == alone


def test_a_due_date_counts_only_as_far_as_something_was_paid() -> None:
    use = SourceDays("use", {dt.date(2025, 6, 1): 1, dt.date(2025, 6, 20): 1})
    due = SourceDays(
        "due",
        {dt.date(2025, 6, 1): 1, dt.date(2025, 7, 15): 1},
        may_be_due=True,
        ended=dt.date(2025, 6, 22),
    )
    today = dt.date(2026, 1, 1)
    assert find_data_end([use, due], today).day == dt.date(2025, 6, 22)
    assert find_data_end([due], today).day == dt.date(
        2025, 7, 15
    )  # nothing else tells where they end


def every(first: str, last: str, step: int, facts: int = 1) -> dict[dt.date, int]:
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days
    return {
        dt.date.fromisoformat(last) - back * DAY: facts
        for back in range(days - days % step, -1, -step)
    }


def test_feeds_that_died_outvote_no_live_one_and_steps_of_a_plan_move_no_end() -> None:
    dead = [
        SourceDays(name, every("2023-01-01", "2024-03-01", 1, 50))
        for name in ("use", "calls", "visits")
    ]
    live = SourceDays("orders", every("2023-01-01", "2025-06-30", 2, 20))
    today = dt.date(2026, 1, 1)
    assert find_data_end([*dead, live], today).day == dt.date(2025, 6, 30)
    assert find_data_end([dead[0], live], today).day == dt.date(2025, 6, 30)
    plan = SourceDays("steps", every("2023-01-01", "2024-08-10", 5, 2))
    assert (
        find_data_end([*dead, plan], today).day
        == find_data_end([dead[0], plan], today).day
        == dt.date(2024, 3, 1)
    )


@pytest.mark.parametrize(
    ("step", "silent", "old"),
    [(1, 1, False), (1, 2, True), (7, 7, False), (7, 8, True), (35, 31, False), (35, 32, True)],
)
def test_an_export_is_old_when_it_was_silent_for_longer_than_ever_before(
    step: int, silent: int, old: bool
) -> None:
    use = SourceDays("use", every("2023-01-01", "2025-06-30", step))
    assert find_data_end([use], LAST + silent * DAY).old == old


def test_pauses_are_those_of_all_sources_together_in_the_last_year() -> None:
    use = every("2023-01-01", "2025-06-30", 1)
    holiday = {dt.date(2025, 4, 1) + day * DAY for day in range(6)}
    quiet = SourceDays("use", {day: n for day, n in use.items() if day not in holiday})
    other = SourceDays("calls", {min(holiday): 1, max(holiday): 1})
    long_ago = {dt.date(2024, 1, 1) + day * DAY for day in range(20)}
    before = SourceDays("use", {day: n for day, n in use.items() if day not in long_ago})
    silences = [
        find_data_end(each, LAST).silence.days for each in ([quiet], [quiet, other], [before])
    ]
    assert silences == [7, 5, 1]


def test_meetings_to_come_hide_no_old_export() -> None:
    use = SourceDays("use", every("2024-01-01", "2025-06-30", 1, 20))
    meetings = SourceDays("meetings", every("2024-01-01", "2025-09-30", 2, 2))
    for silent in (3, 20, 31):
        end = find_data_end([use, meetings], LAST + silent * DAY)
        assert (end.day, end.old) == (LAST, True)
    stray = SourceDays("orders", {**every("2024-01-01", "2025-07-10", 1, 20), LAST + 30 * DAY: 1})
    assert find_data_end([use, stray], LAST + 11 * DAY).day == LAST + 10 * DAY
    long_ago = SourceDays("use", every("2023-01-01", "2024-06-30", 1, 20))
    orders = SourceDays("orders", every("2023-01-01", "2025-09-30", 1, 9))
    assert find_data_end([long_ago, orders], LAST).day == LAST  # the live one takes orders ahead


def test_a_few_days_do_not_tell_how_long_pauses_are() -> None:
    nine = SourceDays("use", every("2025-06-22", "2025-06-30", 1))
    ten = SourceDays("use", every("2025-06-21", "2025-06-30", 1))
    assert len(nine.days) == 9
    assert [find_data_end([each], LAST + 9 * DAY).old for each in (nine, ten)] == [False, True]


def test_no_fact_at_all() -> None:
    end = DataEnd(dt.date(2026, 1, 1), None)
    assert (end.midnight, end.as_of, end.old, end.notes) == (None, dt.date(2026, 1, 1), False, ())


def test_one_module_reads_the_clock() -> None:
    package = Path(__file__).parents[2] / "src" / "salus"
    clock = re.compile(r"\.now\(|\.today\(\)|utcnow|localtime|time\.time\(")
    result = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if clock.search(path.read_text(encoding="utf-8"))
    }
    assert result == {"workspace/clock.py"}


def test_a_moment_is_taken_for_its_day(tmp_path: Path) -> None:
    """Whoever asks with the clock, or with a timestamp of pandas, has a moment in hand."""
    here = open_project(project(tmp_path / "p").folder, today=dt.datetime(2025, 7, 1, 9))
    assert here.today == dt.date(2025, 7, 1)
    assert here.score(dt.datetime(2025, 6, 20, 14, 30), keep=False).as_of == dt.date(2025, 6, 20)
    with pytest.raises(UsageError, match="2025-07-02 is after today"):
        here.score(dt.datetime(2025, 7, 2), keep=False)
    wrong: Any = 20250620
    with pytest.raises(UsageError, match="'20250620' is not a valid date"):
        here.score(wrong, keep=False)
