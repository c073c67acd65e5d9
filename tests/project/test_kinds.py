"""Every column has one kind. Where another kind is needed, `check` reports the place, and every
verb refuses in the same words.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from salus.errors import DataError
from salus.project import Project, open_project

MODEL = """\
version: 1
name: kinds
entity:
  name: account
  table: accounts
  key: id
  label: title
  value: arr
  starts: since
  ends: gone
  attributes: [seats, plan, cancel]
  history: {table: hist, time: at, recorded: rec}
  renewal: {decide_by: cancel}
sources:
  use: {table: use, id: nr, key: id, time: day, recorded: rec, columns: {twice: "2 * amt"}, where: "kind = 'a'"}
  open: {table: use, key: id, time: day, until: over}
inputs:
  newest: {max: use.day}
  said: {latest: use.mood}
dimensions:
  d:
    measures:
      seats_now: {value: seats, bad: 0, good: 10}
      each: {count: use, per: seats, bad: 0, good: 1}
      most: {max: use.amt, bad: 0, good: 10}
      last: {latest: use.amt, bad: 0, good: 10}
      total: {sum: use.amt, bad: 0, good: 10}
      double: {mean: use.twice, weighted_by: amt, bad: 0, good: 10}
      mood: {latest: use.mood, points: {good: 100, poor: 0}}
      people: {count_distinct: use.mood, bad: 0, good: 3}
      grown: {formula: "seats / 2", bad: 0, good: 10}
      many: {share: use, of: "amt > 3", bad: 0, good: 1}
      waits: {oldest_open: open, bad: 30d, good: 0d}
segments:
  big: {when: "plan = 'gold' and seats > 3", weights: {d: 2}}
outcomes:
  churned: {table: churn, key: id, time: day, decided: dec}
"""
TABLES = {
    "accounts": "id,title,arr,since,gone,seats,plan,cancel\nA,Co A,100,2024-01-01,,5,gold,2026-03-01\nB,Co B,9,2024-01-01,2027-01-01,4,tin,2026-04-01\n",
    "hist": "id,at,rec,arr,seats\nA,2024-01-01,2024-01-01,90,3\nB,2024-01-01,2024-01-01,80,3\n",
    "use": "nr,id,day,rec,over,amt,kind,mood\n1,A,2026-01-02,2026-01-02,2026-01-09,7,a,good\n2,B,2026-01-03,2026-01-03,,8,a,poor\n",
    "churn": "id,day,dec\nB,2026-01-20,2026-01-10\n",
}


def project(
    folder: Path, tables: dict[str, str] = TABLES, model: str = MODEL, *, database: bool = False
) -> Project:
    """The project, over files or over a DuckDB file."""
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    for name, text in tables.items():
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    if database:
        with duckdb.connect(str(folder / "facts.duckdb")) as file:
            for name in tables:
                file.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{data / name}.csv')")
        (folder / "salus.toml").write_text(
            '[data]\nurl = "duckdb:///facts.duckdb"\n', encoding="utf-8"
        )
    return open_project(folder)


def with_column(table: str, column: str, *values: str) -> dict[str, str]:
    """The tables with other values in one column."""
    head, *rows = TABLES[table].splitlines()
    place = head.split(",").index(column)
    cells = [row.split(",") for row in rows]
    for row, value in zip(cells, values * len(cells), strict=False):
        row[place] = value
    return {**TABLES, table: "\n".join([head, *map(",".join, cells)]) + "\n"}


@pytest.mark.parametrize("database", [False, True])
def test_a_sound_project_is_scored(tmp_path: Path, database: bool) -> None:
    sound = project(tmp_path, database=database)
    assert sound.check() == []
    assert sound.score("2026-01-31").ids == ("A", "B")


@pytest.mark.parametrize("database", [False, True])
@pytest.mark.parametrize(
    ("table", "column", "value", "keys"),
    [
        ("accounts", "arr", "100 Stk", ["value"]),
        ("accounts", "since", "spring", ["starts"]),
        ("accounts", "gone", "nein", ["ends"]),
        ("accounts", "seats", "9 Stk", ["seats_now"]),
        ("accounts", "cancel", "soon", ["decide_by"]),
        ("hist", "at", "Jan 2 24", ["time"]),
        ("hist", "rec", "Jan 2 24", ["recorded"]),
        ("hist", "arr", "100 Stk", ["value"]),
        ("hist", "seats", "9 Stk", ["seats_now", "each", "grown", "big"]),
        ("use", "day", "monday", ["time"]),
        ("use", "rec", "monday", ["recorded"]),
        ("use", "over", "monday", ["until"]),
        ("use", "amt", "70 kg", ["most", "last", "total", "double", "many", "twice"]),
    ],
)
def test_text_is_no_number_and_no_date(
    tmp_path: Path, table: str, column: str, value: str, keys: list[str], database: bool
) -> None:
    broken = project(tmp_path, with_column(table, column, value), database=database)
    errors = [each for each in broken.check() if each.severity == "error"]
    assert errors
    said = "\n".join(map(str, errors))
    lines = MODEL.splitlines()
    for key in keys:  # each place that needs another kind is named
        assert any(
            re.search(rf"\b{key}\b", lines[each.line - 1]) for each in errors if each.line
        ), key
    assert f"{table}.{column}` is text" in said or f"`{column}` is text" in said
    with pytest.raises(DataError) as refused:
        broken.score("2026-01-31")
    assert refused.value.problems == tuple(errors)  # the same words
    assert not (tmp_path / "history").exists()
    with pytest.raises(DataError, match="is text"):
        broken.metrics("2025-01-31", "2026-01-31", quick=True)
    with pytest.raises(DataError, match="is text"):
        broken.replay("2026-01-01", "2026-01-31")


@pytest.mark.parametrize("database", [False, True])
@pytest.mark.parametrize(("column", "key"), [("day", "time"), ("dec", "decided")])
def test_an_outcome_of_words_is_no_outcome(
    tmp_path: Path, column: str, key: str, database: bool
) -> None:
    """A score doesn't read it. So it is refused where it is read, and by `check`."""
    broken = project(tmp_path, with_column("churn", column, "last year"), database=database)
    (problem,) = (each for each in broken.check() if each.severity == "error")
    assert problem.what.startswith(
        f"`churn.{column}` is text, but `{key}` of outcome `churned` needs a date"
    )
    assert (problem.line, problem.column) == (
        len(MODEL.splitlines()),
        MODEL.splitlines()[-1].index(f"{key}:") + 1,
    )
    assert broken.score("2026-01-31").ids == ("A", "B")
    with pytest.raises(DataError) as refused:
        broken.metrics("2025-01-31", "2026-01-31", quick=True, recognise="on_cancel")
    assert refused.value.problems == (problem,)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            'bad_where: {count: use, where: "mood > 3", bad: 0, good: 1}',
            "`mood` is text; a number is needed here",
        ),
        (
            "bad_text: {count: use, where: \"amt = '7'\", bad: 0, good: 1}",
            "'7' is text; a number is needed here",
        ),
        (
            "bad_date: {count: use, where: \"day > 'soon'\", bad: 0, good: 1}",
            "'soon' is text; a date is needed here",
        ),
        (
            'bad_truth: {count: use, where: "mood", bad: 0, good: 1}',
            "`mood` is text; a condition is needed here",
        ),
        (
            "bad_like: {count: use, where: \"amt like '7%'\", bad: 0, good: 1}",
            "`amt` is a number; text is needed here",
        ),
        (
            "bad_median: {median: use.mood, bad: 0, good: 1}",
            "`use.mood` is text, but measure `bad_median` needs a number",
        ),
        (
            "bad_latest: {latest: use.kind, bad: 0, good: 1}",
            "`use.kind` is text, but measure `bad_latest` needs a number",
        ),
        (
            "bad_input: {count: use, per: said, bad: 0, good: 1}",
            "`said` is text, but `per` of measure `bad_input` needs a number",
        ),
        (
            'bad_formula: {formula: "plan", bad: 0, good: 1}',
            "the formula of measure `bad_formula` gives text",
        ),
        (
            "bad_plan: {value: plan, bad: 0, good: 1}",
            "`accounts.plan` is text, but measure `bad_plan` needs a number",
        ),
        (
            "bad_words: {value: since, points: {x: 1}}",
            "`accounts.since` is a date, but measure `bad_words` needs a number",
        ),
        ("lost: {sum: use.amount, bad: 0, good: 1}", "table `use` has no column `amount`"),
        (
            "lost: {count: use, where: \"mod = 'good'\", bad: 0, good: 1}",
            "table `use` has no column `mod`",
        ),
    ],
)
def test_a_measure_that_reads_the_wrong_kind_is_refused_at_its_line(
    tmp_path: Path, line: str, says: str
) -> None:
    model = MODEL.replace("segments:\n", f"      {line}\nsegments:\n")
    broken = project(tmp_path, model=model)
    errors = [each for each in broken.check() if each.severity == "error"]
    assert [each for each in errors if each.what.startswith(says) or says in each.what], errors
    assert all(
        each.line == model.splitlines().index(f"      {line}") + 1 and each.column
        for each in errors
    )
    with pytest.raises(DataError) as refused:
        broken.score("2026-01-31")
    assert refused.value.problems == tuple(errors)


def test_a_database_key_of_truths_tells_no_one_apart(tmp_path: Path) -> None:
    broken = project(tmp_path, database=True)
    with duckdb.connect(str(tmp_path / "facts.duckdb")) as file:
        file.execute("ALTER TABLE use ALTER id TYPE BOOLEAN USING true")
        file.execute("ALTER TABLE hist ALTER id TYPE INTEGER[] USING [1]")
    said = "\n".join(each.what for each in broken.check() if each.severity == "error")
    assert "`use.id` is true or false, but `key` of source `use` needs a key" in said
    assert "column `id` of table `hist` is of a type that can't be read" in said


def test_all_tables_are_looked_at(tmp_path: Path) -> None:
    """History and outcomes, too: kinds that can't be decided, missing columns, and unknown keys."""
    tables = {
        **TABLES,
        "hist": "id,at,rec,arr,seats\nA,2024-01-01,,1.200,3\nB,2024-01-01,,2.300,3\n",
        "churn": "id,day,dec\nX,03/04/2025,2025-01-10\nY,05/04/2025,2025-01-10\n",
    }
    said = "\n".join(map(str, project(tmp_path, tables).check()))
    assert "data/hist.csv: column `arr`: `1.200` is 1200 in one country" in said
    assert "data/churn.csv: column `day`" in said
    tables = {
        **TABLES,
        "hist": TABLES["hist"].replace("B,", "X,"),
        "churn": TABLES["churn"].replace("B,", "X,"),
    }
    result = {each.what: each.severity for each in project(tmp_path / "keys", tables).check()}
    assert result == {
        "1 row of table `hist` (history) belongs to 'X', which isn't in table `accounts`; it isn't"
        " counted": "warning",
        "1 row of table `churn` (outcome `churned`) belongs to 'X', which isn't in table"
        " `accounts`; it isn't counted": "error",
    }


@pytest.mark.parametrize("database", [False, True])
def test_a_key_stands_once(tmp_path: Path, database: bool) -> None:
    accounts = TABLES["accounts"] + "A,Co C,1,2024-01-01,,1,tin,\n,Co D,1,2024-01-01,,1,tin,\n"
    broken = project(tmp_path, {**TABLES, "accounts": accounts}, database=database)
    (problem,) = (each for each in broken.check() if each.severity == "error")
    what = "table accounts has 1 row without `id` and more than one row for A"
    assert problem.what == what + ("" if database else ", in lines 2, 4, 5")
    assert (problem.line, problem.column) == (6, 3)
    with pytest.raises(DataError, match="more than one row for A"):
        broken.score("2026-01-31")


def test_an_attribute_without_any_value_is_of_no_kind(tmp_path: Path) -> None:
    """A database says that an empty column is text, but no value can be misread."""
    assert project(tmp_path, with_column("accounts", "gone", ""), database=True).score(
        "2026-01-31"
    ).ids == ("A", "B")
