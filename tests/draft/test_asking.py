"""`salus init` on a terminal, in a script and from Python: the same small folder of exports."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import salus
from salus.cli import init as face
from salus.cli.main import main
from salus.errors import DataError, OptionError, Problem
from salus.verbs.init.init import REPORT
from salus.workspace import clock

END = dt.date(2026, 10, 31)


@pytest.fixture(autouse=True)
def _day_after_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Companies, contracts whose amounts have no period, and tickets that name a company."""
    folder, draw = tmp_path_factory.mktemp("exports"), random.Random(1)
    names = [
        a + b
        for a in ("Nord", "West", "Berg", "See")
        for b in ("wind", "tech", "werk", "bau", "data")
    ]
    companies, contracts, tickets = [], [], []
    for i, name in enumerate(names):
        companies.append(
            f"{9000 + i * 17},{name} GmbH,owner{i % 4},{'Partner' if i < 2 else 'Customer'}"
        )
        first = END - dt.timedelta(days=draw.randint(200, 900))
        last = first + dt.timedelta(days=draw.randint(100, 800))
        contracts.append(
            f"S{i},{name.upper()} gmbh,{first},{last if last < END else ''},{draw.choice([99, 199, 499])}.00"
        )
        for _ in range(draw.randint(3, 15)):
            day = first + dt.timedelta(days=draw.randint(0, max((min(last, END) - first).days, 1)))
            until = day + dt.timedelta(days=draw.randint(0, 9))
            tickets.append(
                f"T{len(tickets)},{name},{day} 10:00:00,{until} 12:00:00,{draw.choice(['Low', 'Urgent'])}"
            )
    for table, head, rows in (
        ("companies", "Record ID,Company name,Company owner,Kind", companies),
        ("subscriptions", "id,customer_company,started_at,ended_at,amount", contracts),
        ("tickets", "Ticket ID,Company Name,Created time,Resolved time,Priority", tickets),
    ):
        (folder / f"{table}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


def run(exports: Path, target: Path, *options: str, typed: str | None = None) -> Result:
    line = ["init", str(target), "--from", str(exports), *options]
    return CliRunner().invoke(main, line, input=typed)


def test_a_script_without_answers_writes_nothing(exports: Path, tmp_path: Path) -> None:
    result = run(exports, tmp_path / "p")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--per month or --per year" in result.stderr
    assert not (tmp_path / "p").exists()


def test_yes_leaves_out_what_is_open_and_says_so(exports: Path, tmp_path: Path) -> None:
    result = run(exports, tmp_path / "p", "--yes")
    assert result.exit_code == 0
    assert "left out: Is an amount in “subscriptions” for a month or for a year?" in result.stderr
    assert {REPORT, "salus.yaml"} <= {path.name for path in (tmp_path / "p").iterdir()}
    assert "amount:" not in (tmp_path / "p" / "salus.yaml").read_text(encoding="utf-8")
    assert "for a month or for a year" in (tmp_path / "p" / REPORT).read_text(encoding="utf-8")


def test_a_person_answers_on_a_terminal(
    exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face, "can_ask", lambda: True)
    result = run(exports, tmp_path / "p", typed="\n9\n2\n")
    assert result.exit_code == 0, result.output
    first, second = (
        "I think “companies”: 20 of 20 rows",
        "“subscriptions” for a month or for a year",
    )
    assert 0 < result.stderr.index(first) < result.stderr.index(second)
    assert "'9' is not one of the options" in result.stderr
    text = (tmp_path / "p" / "salus.yaml").read_text(encoding="utf-8")
    assert "per: year" in text


def test_the_end_of_the_input_writes_nothing(
    exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face, "can_ask", lambda: True)
    result = run(exports, tmp_path / "p", typed="\n")
    assert result.exit_code == 1 and not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--entity", "nope"), "no table 'nope'"),
        (("--key", "nope"), "no column 'nope'"),
        (("--outcome", "nope"), "no column 'nope'"),
        (("--where", "Kimd = 'Customer'"), "has no column 'Kimd'"),
        (("--where", "Kind ="), "--where: "),
        (("--where", "Kind = 'a'; drop table x"), "--where: "),
    ],
)
def test_a_wrong_answer_is_wrong_usage(
    exports: Path, tmp_path: Path, options: tuple[str, ...], what: str
) -> None:
    result = run(exports, tmp_path / "p", "--per", "year", *options)
    assert result.exit_code == 2 and what in result.stderr, result.output
    assert not (tmp_path / "p").exists()


def test_python_takes_the_same_answers(exports: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        salus.init(tmp_path / "p", source=exports)
    assert [type(problem) for problem in error.value.problems] == [Problem]
    created = salus.init(
        tmp_path / "p", source=exports, per="year", where="Kind = 'Customer'", language="de"
    )
    assert created.content is not None and created.content.population is not None
    assert created.content.population.ever == 18
    assert created.content.questions == ()
    assert next(table.kept for table in created.content.tables if table.name == "companies") == 18
    assert 'lang="de"' in (tmp_path / "p" / REPORT).read_text(encoding="utf-8")


def test_answers_without_tables_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="--entity says something about tables"):
        salus.init(tmp_path / "p", entity="Account")
