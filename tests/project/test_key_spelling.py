"""Keys are compared by value: 17, 17.0 and '17' are equal wherever a key or id is used; leading
zeros count.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.errors import DataError, UsageError
from salus.project import Project, open_project
from salus.sources.key import plain_key

MODEL = """\
version: 1
name: keys
entity: {name: account, table: accounts, key: id, label: company, attributes: [seats], history: {table: hist, time: at}}
sources:
  use: {table: use, key: id, id: nr, time: day}
  talks: {table: talks, lookup: {table: contacts, on: contact}, key: id, time: day}
dimensions:
  d:
    measures:
      n: {count: use, bad: 0, good: 10}
      talks_n: {count: talks, bad: 0, good: 10}
      seats_then: {value: seats, bad: 0, good: 10}
outcomes:
  gone: {table: churn, key: id, time: day}
"""
TABLES = {
    "accounts": "id,company,seats\n17,Alpha,1\n18,Beta,1\n0017,Gamma,1\n",
    "hist": "id,at,seats\n17.00,2024-01-01,7\n18.0,2024-01-01,8\n",
    "use": "nr,id,day\n1.0,17.0,2026-01-02\n1,17.0,2026-01-03\n2,17,2026-01-04\n3,18.0,2026-01-04\n4,0017,2026-01-05\n",
    "talks": "contact,day\n5.0,2026-01-02\n6,2026-01-02\n",
    "contacts": "contact,id\n5,17.0\n5.0,17\n6.0,18\n",
    "churn": "id,day\n18.0,2026-01-20\n",
}


def project(folder: Path, kind: str) -> Project:
    """The project over CSV files, over Parquet with text keys, or over a DuckDB file with text
    keys.
    """
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL, encoding="utf-8")
    for name, text in TABLES.items():
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    if kind == "csv":
        return open_project(folder)
    texts = "types={'id': 'VARCHAR', 'nr': 'VARCHAR', 'contact': 'VARCHAR'}"
    with duckdb.connect(str(folder / "facts.duckdb")) as file:
        for name in TABLES:
            wanted = ", ".join(
                f"'{head}': 'VARCHAR'"
                for head in TABLES[name].splitlines()[0].split(",")
                if head in texts
            )
            file.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_csv('{data / name}.csv', types={{{wanted}}})"
            )
            if kind == "parquet":
                pq.write_table(file.table(name).to_arrow_table(), data / f"{name}.parquet")
                (data / f"{name}.csv").unlink()
    if kind == "duckdb":
        (folder / "salus.toml").write_text(
            '[data]\nurl = "duckdb:///facts.duckdb"\n', encoding="utf-8"
        )
    return open_project(folder)


@pytest.mark.parametrize("kind", ["csv", "parquet", "duckdb"])
def test_every_key_and_id_is_compared_by_value(tmp_path: Path, kind: str) -> None:
    keys = project(tmp_path, kind)
    assert keys.check() == []
    scores = keys.score("2026-01-31")
    assert scores.ids == ("0017", "17", "18")
    values = {
        each: {name: measure.data[row] for name, measure in scores.scored.cells.values.items()}
        for row, each in enumerate(scores.ids)
    }
    assert {each: value["n"] for each, value in values.items()} == {
        "0017": 1,
        "17": 2,
        "18": 1,
    }  # the first row of an id
    assert {each: value["talks_n"] for each, value in values.items()} == {
        "0017": 0,
        "17": 1,
        "18": 1,
    }
    assert (values["17"]["seats_then"], values["18"]["seats_then"]) == (7, 8)
    assert keys.explain("17.0", "2026-01-31").id == "17"
    assert keys.history("17.0").id == "17"
    with pytest.raises(UsageError):
        keys.explain("017", "2026-01-31")


def test_two_spellings_of_one_key_are_two_rows_of_it(tmp_path: Path) -> None:
    keys = project(tmp_path, "csv")
    (tmp_path / "data" / "accounts.csv").write_text(
        TABLES["accounts"] + "17.0,Delta,1\n", encoding="utf-8"
    )
    (problem,) = keys.check()
    assert problem.what == "table accounts has more than one row for 17, in lines 2, 5"
    with pytest.raises(DataError, match="more than one row for 17"):
        open_project(tmp_path).score("2026-01-31")


def test_a_double_matches_a_text(tmp_path: Path) -> None:
    keys = project(tmp_path, "csv")
    (tmp_path / "data" / "use.csv").unlink()
    pq.write_table(
        pa.table({"nr": [1.0, 2.0], "id": [17.0, 18.0], "day": ["2026-01-02", "2026-01-03"]})
        .cast(pa.schema([("nr", pa.float64()), ("id", pa.float64()), ("day", pa.string())]))
        .set_column(2, "day", pa.array(["2026-01-02", "2026-01-03"]).cast(pa.date32())),
        tmp_path / "data" / "use.parquet",
    )
    assert keys.check() == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("17", "17"),
        ("17.0", "17"),
        ("17.000", "17"),
        ("0.0", "0"),
        ("-3.0", "-3"),
        ("100.0", "100"),
        ("007.0", "007.0"),
        ("17.", "17."),
        ("17.50", "17.50"),
        ("a.0", "a.0"),
        ("1.0.0", "1.0.0"),
        ("00.0", "00.0"),
        ("17.0\n", "17.0\n"),
        ("-0.0", "-0.0"),
    ],
)
def test_engines_and_python_say_the_same(text: str, key: str) -> None:
    from sqlglot import exp

    from salus.facts.sql.dialect import dialect

    select = (
        exp.select(dialect("duckdb").key(exp.column("k"), "text").as_("k")).from_("t").sql("duckdb")
    )
    assert plain_key(text) == key
    assert duckdb.connect().execute(f"WITH t AS (SELECT ? AS k) {select}", [text]).fetchall() == [
        (key,)
    ]
