"""Every file of a folder of exports is read whole: records counted, headings and totals left out."""

from __future__ import annotations

import json
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from sqlglot import exp

from salus.draft import open_folder


def test_each_table_has_the_records_of_its_file(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "exports_crm"
    if not folder.is_dir():
        pytest.skip("the folder of exports isn't here")
    tables = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["tables"]
    wanted = {}
    for file, table in tables.items():
        name = file.rpartition(".")[0]
        if "sheets" in table:
            wanted |= {f"{name}.{sheet}": rows for sheet, rows in table["sheets"].items()}
        else:
            wanted[name] = table.get("rows", table.get("rows_of_items"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = open_folder(folder / "raw", tmp_path)
    with closing(opened.connection) as connection:
        rows = {}
        types: dict[str, str] = {}
        for name in connection.tables():
            count = exp.select(exp.Count(this=exp.Star()).as_("rows"))
            rows[name] = connection.query(count.from_(connection.table(name))).to_pylist()[0][
                "rows"
            ]
            types |= {f"{name}.{column.name}": column.type for column in connection.columns(name)}
    assert rows == wanted and not opened.left_out
    assert {types[name] for name in ("events.time", "subscriptions.cancelled_at")} == {"instant"}
    assert types["invoices.Invoice Date"] == types["tickets.Created time"] == "moment"
    assert types["responses.Created at"] == types["satisfaction_ratings.Responded at"] == "instant"
    assert types["tickets.First response time (in hrs)"] == "number"
    assert types["OPOS_Debitoren_20261031.Saldo"] == "number"
