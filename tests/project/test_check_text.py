"""The text of `check`: the tables, their joins, who is counted, then the problems."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import openpyxl

from salus import open_project
from salus.channels.text.width import limit_width
from salus.datasets.population_summary import MonthCount, OutcomeSummary, PopulationSummary
from salus.facts.sql.keys import KeyCounts
from salus.verbs.check.population_text import render_population
from salus.verbs.check.result import Inspection, TableUse
from salus.verbs.check.tables_text import render_tables
from salus.verbs.check.text import render_inspection
from tests.links.test_check import MODEL, TABLES, write
from tests.project.test_kinds import project


def test_a_workbook_with_one_sheet_is_one_table(tmp_path: Path) -> None:
    write(tmp_path)
    texts = project(tmp_path, TABLES, MODEL)
    for name in ("companies", "plans"):
        book = openpyxl.Workbook()
        for row in csv.reader(TABLES.get(name, "id\n1\n").splitlines()):
            book.active.append(row)
        book.save(tmp_path / "data" / f"{name}.xlsx")
    (tmp_path / "data" / "companies.csv").unlink()
    assert open_project(texts.folder).inspect().unused_tables == ("plans",)


def test_the_picture_of_links(tmp_path: Path) -> None:
    write(tmp_path)
    with limit_width(200):
        text = str(project(tmp_path, {**TABLES, "plans": "id\n1\n"}, MODEL).inspect())
    lines = text.splitlines()
    assert "  4 of 5 rows are accounts" in lines
    assert "  links `site`, `name`" in lines
    words = " ".join(text.split())
    assert (
        "source `tickets`: 5 of 9 rows belong to accounts (56%), 1 unknown, 1 ambiguous,"
        " 1 of non-accounts, 1 without a key joined by `Organization` (company name) ="
        " `Name` in `companies`; else `mail` (domain) = `Company Domain` in `companies`"
    ) in words
    assert "1 other table isn't used by the model: plans" in lines
    assert text.index("4 accounts, on every date") < text.index("warning:")


def test_names_are_escaped_and_long_lists_end() -> None:
    counts = KeyCounts(of="x", facts=3, without=0, unknown=3, examples=())
    use = TableUse(table="a\x1b[31m", title="source `\x1b[31m`", ways=("`\x1b`",), counts=counts)
    result = Inspection(
        problems=(),
        uses=(use,),
        unused=20,
        unused_tables=tuple(f"t{number}\n" for number in range(20)),
        entity=("acc\x1b", "accs\x1b"),
    )
    text = render_inspection(result)
    assert "\x1b" not in text
    assert "t11 and 8 more" in " ".join(text.split())
    assert "0 of 3 rows belong" in text


def outcome(name: str, year: int, month: int, events: list[int]) -> OutcomeSummary:
    months = [dt.date(year + (month - 1 + n) // 12, (month - 1 + n) % 12 + 1, 1) for n in range(18)]
    return OutcomeSummary(
        name=name, months=tuple(map(MonthCount, months, events)), last_year=7, before=2, ahead=5
    )


def test_outcomes_by_month() -> None:
    events = [0, 0, 0, 0, 2, 3, 4, 2, 2, 5, 2, 8, 10, 3, 5, 2, 1, 2]
    summary = PopulationSummary(
        as_of=dt.date(2026, 11, 1),
        today=192,
        year_before=203,
        ever=240,
        left=48,
        left_last_year=31,
        value=1_994_567.8,
        value_year_before=1_000_000.0,
        without_value=1,
        currency="EUR",
        outcomes=(outcome("churned", 2025, 5, events), outcome("silent", 2025, 5, [0] * 18)),
    )
    lines = render_population(
        Inspection(
            problems=(),
            population=summary,
            entity=("account", "accounts"),
            returned={"churned": 3},
        )
    )
    assert lines == [
        "240 accounts ever, 192 on 2026-11-01, 203 a year before; 48 left in the last 18 months, 31 of them",
        "  in the last 12.",
        "Value: 1,994,568 EUR on 2026-11-01, 1,000,000 EUR a year before; 1 of the accounts has no value.",
        "Outcome `churned`: 51 in the last 18 months, 7 of them in the last 12; 3 of the 51 came back; 2",
        "  earlier; 5 announced.",
        "Outcome `silent`: 0 in the last 18 months, 7 of them in the last 12; 2 earlier; 5 announced.",
        "by month       01  02  03  04  05  06  07  08  09  10  11  12",
        "churned   2025                  0   0   0   0   2   3   4   2",
        "          2026  2   5   2   8  10   3   5   2   1   2",
    ]


def test_a_table_of_a_database_has_no_file() -> None:
    counts = KeyCounts(of="x", facts=1, without=0, unknown=0, examples=())
    use = TableUse(table="public.use", title="source `use`", ways=("`id`",), counts=counts)
    result = Inspection(problems=(), uses=(use,), entity=("account", "accounts"))
    assert render_tables(result) == [
        "public.use",
        "  source `use` by `id`: 1 of 1 row belongs to accounts (100%)",
    ]


def test_long_lists_of_ways_end() -> None:
    counts = KeyCounts(of="x", facts=1, without=0, unknown=0, examples=())
    ways = tuple(f"`c{number}` = `id` in `t`" for number in range(5))
    use = TableUse(table="use", title="source `use`", ways=ways, counts=counts)
    lines = render_tables(Inspection(problems=(), uses=(use,), entity=("account", "accounts")))
    text = " ".join(" ".join(lines).split())
    assert text.endswith("else `c2` = `id` in `t`; and 2 more ways")


def test_a_broken_model_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "salus.yaml").write_text("version: 1\nname: x\n", encoding="utf-8")
    inspection = open_project(tmp_path).inspect()
    assert inspection.population is None
    assert inspection.as_dict()["population"] is None
