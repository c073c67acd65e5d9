"""Kept facts follow links: after any change they equal what the oracle joins anew."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pyarrow.parquet as pq
import pytest

from salus.facts.build import load_facts
from salus.facts.cache.partial_cache import PartialCache
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scoring.timeline import score_all
from salus.sources.folder import Folder
from tests.engine.compare import differences
from tests.engine.product import Result, read_model, to_arrow
from tests.links.test_worlds import DATES, expected_cells
from tests.links.worlds import MODEL, day, world
from tests.oracle.table import Row, Table


class Kept:
    """A folder of tables, and the facts that are kept of them."""

    def __init__(self, path: Path) -> None:
        self.path, self.cache = path, PartialCache(path / "kept")
        self.states = 0
        (path / "data").mkdir(parents=True)

    def write(self, tables: dict[str, Table]) -> None:
        self.states += 1
        for name, table in tables.items():
            file = self.path / "data" / f"{name}.parquet"
            before = pq.read_table(file) if file.exists() else None
            if before is None or not before.equals(to_arrow(table)):
                pq.write_table(to_arrow(table), file)
                os.utime(file, ns=(self.states, self.states))  # whatever the clock's resolution

    def scores(self, model: Model) -> Result | None:
        own = self.path
        folder = Folder(own / "data", own / "cache", own / "rejected", {}, None, "UTC")
        days = np.array([day_number(date) for date in DATES], dtype=np.int32)
        try:
            known = load_facts(model, folder, required_grid(model, days), self.cache)
        finally:
            folder.close()
        scores = score_all(model, known, days)
        return None if scores is None else Result(scores, tuple(known.attributes.ids))


def changed(rows: list[Row], random: Random, **values: object) -> None:
    """Give a third of the rows other values, drawn from those of the table."""
    for row in random.sample(rows, max(len(rows) // 3, 1)):
        row.update({name: random.choice(rows)[name] for name in values})


@pytest.mark.parametrize("seed", range(2))
def test_whatever_changes_nothing_differs_from_a_first_build(tmp_path: Path, seed: int) -> None:
    random, kept, model = Random(seed), Kept(tmp_path), read_model(MODEL)
    tables = world(40 + seed, 60)
    steps = (
        lambda: None,
        lambda: changed(tables["merges"].rows, random, new=1),
        lambda: changed(tables["companies"].rows, random, name=1, website=1),
        lambda: changed(tables["companies"].rows, random, stage=1),
        lambda: changed(tables["owners"].rows, random, id=1, since=1),
        lambda: changed(tables["events"].rows, random, payer=1, mail=1),
        lambda: tables["events"].rows.append({**tables["events"].rows[0], "nr": -1, "at": day(random)}),
        lambda: changed(tables["papers"].rows, random, client=1),
    )  # fmt: skip
    for step in steps:
        step()
        kept.write(tables)
        assert differences(kept.scores(model), expected_cells(tables)) == []


def test_corrections_belong_to_the_state_of_the_data(tmp_path: Path) -> None:
    """Names that lead nowhere lead to an entity by the file, and back."""
    kept, model, tables = Kept(tmp_path), read_model(MODEL), world(50, 90)
    kept.write(tables)
    first = kept.scores(model)
    keys = [str(row["id"]) for row in tables["companies"].rows if row["stage"] == "customer"]
    names = sorted({row["organisation"] for row in tables["events"].rows if row["organisation"]})
    pairs = tuple((name, keys[0]) for name in names)
    links = {**model.links, "name": replace(model.links["name"], corrected=pairs)}
    with_file = kept.scores(replace(model, links=links))
    fresh = Kept(tmp_path / "fresh")
    assert first is not None and with_file is not None
    again = kept.scores(model)
    assert again is not None and again.table.equals(first.table)
    assert not with_file.table.equals(first.table)
    fresh.write(tables)
    anew = fresh.scores(replace(model, links=links))
    assert anew is not None and anew.table.equals(with_file.table)
