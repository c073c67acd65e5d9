"""Every command names the tables whose rows were left out: of the entity, its history, facts,
lookups and outcomes.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import salus
from salus.cli.main import main
from salus.errors import RejectedRowsWarning

MODEL = """\
version: 1
name: t
entity: {name: account, table: accounts, key: id, label: company, value: arr, starts: start, ends: end, history: {table: hist, time: at}}
sources:
  inv: {table: invoices, lookup: {table: contacts, on: contact}, key: id, time: day}
dimensions:
  d:
    measures:
      money: {sum: inv.amount, bad: 0, good: 1000}
      rate: {mean: inv.rate, bad: 0, good: 10}
outcomes:
  churned: {table: churn, key: id, time: day}
"""
TABLES = {
    "accounts": "id;company;arr;start;end\nA;Alpha;100;2024-01-01;\nB;Beta;200;2024-01-01;2027-01-31\nC;Gamma;200;2024-01-01;{}\n",
    "hist": "id;at;arr\nA;2024-01-01;90\nB;2024-01-01;190\nB;2025-01-01;{}\n",
    "contacts": "contact;id;rate\n1;A;5\n2;B;6\n3;C;{}\n",
    "invoices": "contact;day;amount\n1;2026-01-02;10\n2;2026-01-03;20\n3;2026-01-04;{}\n",
    "churn": "id;day\nC;{}\nB;2025-05-01\n",
}
GOOD = {"accounts": "", "hist": "200", "contacts": "7", "invoices": "30", "churn": "2026-01-05"}
READS = {
    "accounts": ["score", "explain", "report", "metrics", "replay", "plan"],
    "hist": ["score", "explain", "report", "metrics", "replay"],
    "contacts": ["score", "explain", "report", "replay"],
    "invoices": ["score", "explain", "report", "replay"],
    "churn": ["cancelled"],
}
VERBS = {
    "score": ["score", "--as-of", "2026-01-31", "--json"],
    "explain": ["explain", "A", "--as-of", "2026-01-31", "--json"],
    "report": ["report", "--as-of", "2026-01-31"],
    "metrics": ["metrics", "--quick", "--json", "--to", "2026-01-31"],
    "replay": [
        "replay",
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-31",
        "--every",
        "month",
        "--json",
    ],
    "plan": ["plan", "--model", "{}/salus.yaml", "--as-of", "2026-01-31", "--json"],
    "cancelled": ["metrics", "--quick", "--json", "--to", "2026-01-31", "--recognise", "on_cancel"],
}


def project(folder: Path, bad: str, value: str) -> Path:
    """A project with one bad value in one table."""
    (folder / "data").mkdir()
    (folder / "salus.yaml").write_text(MODEL)
    for name, rows in TABLES.items():
        (folder / "data" / f"{name}.csv").write_text(
            rows.format(value if name == bad else GOOD[name])
        )
    return folder


def run(folder: Path, verb: str) -> Result:
    return CliRunner().invoke(
        main, ["-C", str(folder), *(part.format(folder) for part in VERBS[verb])]
    )


@pytest.mark.parametrize("table", READS)
def test_every_verb_names_the_table_and_the_count(tmp_path: Path, table: str) -> None:
    folder = project(tmp_path, table, "broken")
    rows = TABLES[table].count("\n") - 1
    for verb in READS[table]:
        for _ in range(2):  # the second time the decoded file is used
            result = run(folder, verb)
            named = [line for line in result.stderr.splitlines() if "left out" in line]
            assert named and all(
                f"data/{table}.csv: warning: 1 of {rows} rows is left out" in line for line in named
            ), (verb, result.stderr)
            assert len(named) == 1, verb
            if "--json" in VERBS[verb] and result.exit_code == 0:
                json.loads(result.stdout)


def test_nothing_is_said_of_whole_tables(tmp_path: Path) -> None:
    folder = project(tmp_path, "", "")
    for verb in VERBS:
        assert "left out" not in run(folder, verb).stderr


def test_check_says_it_once_as_a_warning(tmp_path: Path) -> None:
    folder = project(tmp_path, "invoices", "broken")
    result = CliRunner().invoke(main, ["-C", str(folder), "check", "--json"])
    assert "left out" not in result.stderr
    assert [
        problem["severity"]
        for problem in json.loads(result.stdout)["problems"]
        if "left out" in problem["what"]
    ] == ["warning"]


def test_python_warns(tmp_path: Path) -> None:
    folder = project(tmp_path, "invoices", "broken")
    with pytest.warns(RejectedRowsWarning, match="1 of 3 rows is left out") as caught:
        salus.open_project(folder).score("2026-01-31")
    assert (
        isinstance(caught[0].message, RejectedRowsWarning)
        and caught[0].message.problem.file == "data/invoices.csv"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error", RejectedRowsWarning)
        with pytest.raises(RejectedRowsWarning):
            salus.open_project(folder).explain("A", "2026-01-31")
