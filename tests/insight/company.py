"""The demo company with the pack on it, and copies of it in which something is planted."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

from salus.demo import generate
from salus.verbs.init.init import name_pack, render_settings


def make_company(folder: Path, accounts: int, seed: int) -> Path:
    """As `salus demo` does, without scoring it."""
    generate(folder, accounts=accounts, seed=seed)
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    (folder / "salus.yaml").write_text(name_pack(pack, "demo"), encoding="utf-8")
    (folder / "salus.toml").write_text(render_settings("data/"), encoding="utf-8")
    return folder


def copy_of(company: Path, folder: Path) -> Path:
    """Everything but what was kept of earlier runs, and the truth."""
    shutil.copytree(company, folder, ignore=shutil.ignore_patterns("truth", "partials", "history"))
    return folder


class Tables:
    """The tables of a project, to be edited: a CSV file, or a folder of Parquet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> pa.Table:
        if (self.folder / "data" / name).is_dir():
            return parquet.read_table(self.folder / "data" / name)
        return csv.read_csv(
            self.folder / "data" / f"{name}.csv",
            convert_options=csv.ConvertOptions(strings_can_be_null=True),
        )

    def write(self, name: str, table: pa.Table) -> None:
        folder = self.folder / "data" / name
        if folder.is_dir():
            shutil.rmtree(folder)
            folder.mkdir()
            parquet.write_table(table, folder / "all.parquet")
            return
        csv.write_csv(table, self.folder / "data" / f"{name}.csv")

    def edit(self, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
        self.write(name, change(self.read(name)))

    def model(self, *changes: tuple[str, str]) -> None:
        """Replace texts that occur once in the model."""
        path = self.folder / "salus.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def deal_outcomes(folder: Path, seed: int) -> None:
    """Who left, and when, dealt out anew among all accounts, wherever a table tells it: nothing
    foretells it any more.

    Notice by notice, in the order of time, each to one of those who are there and have none: so on
    every date all have the same chance. Facts stay as they are, also those after the end that an
    account is dealt.
    """
    tables, draw = Tables(folder), np.random.default_rng(seed)
    account, churn = tables.read("account"), tables.read("churn")
    ids, since = account["account_id"].to_pylist(), account["customer_since"].to_pylist()
    dealt: dict[str, int] = {}
    for row in np.argsort(churn["notice_on"].to_numpy(), kind="stable"):
        notice = churn["notice_on"][int(row)].as_py()
        free = [
            key
            for key, begun in zip(ids, since, strict=True)
            if key not in dealt and begun < notice
        ]
        dealt[str(draw.choice(free))] = int(row)
    order = pa.array(list(dealt.values()))
    ended = dict(zip(dealt, churn["ended_on"].take(order).to_pylist(), strict=True))
    notice = dict(zip(dealt, churn["notice_on"].take(order).to_pylist(), strict=True))
    tables.write("churn", churn.take(order).set_column(0, "account_id", pa.array(list(dealt))))
    tables.edit(
        "account",
        lambda table: _put(
            _put(table, "ended_on", [ended.get(key) for key in ids]),
            "notice_received_at",
            [notice.get(key) for key in ids],
        ),
    )
    tables.edit(
        "account_history", lambda table: _put(table, "notice_received_at", [None] * len(table))
    )


def _put(table: pa.Table, name: str, values: list[object]) -> pa.Table:
    place = table.column_names.index(name)
    return table.set_column(place, name, pa.array(values, pa.date32()))


def rows_where(table: pa.Table, name: str, keep: Callable[[object], bool]) -> pa.Table:
    """The rows whose value of a column is to be kept."""
    return table.filter(pa.array([keep(key) for key in table[name].to_pylist()]))


def day_of(moment: object) -> dt.date:
    """The day of a date or moment."""
    assert isinstance(moment, dt.date)
    return moment.date() if isinstance(moment, dt.datetime) else moment
