"""When the source changes, only the changed days are built again, and the result equals a first
build.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.facts.build import FactSet, load_facts
from salus.facts.cache.partial_cache import PartialCache
from salus.kernel.cells import compute_cells, join_cells, required_grid
from salus.model.model import Model
from salus.model.read import read_text
from salus.periods.day import day_number
from salus.sources.folder import Folder

MODEL = """
version: 1
name: shop
entity: {name: customer, table: customers, key: id}
sources: {visits: {table: visits, key: id, time: at%s}}
dimensions:
  use:
    measures:
      often: {count: visits, within: 40d, bad: 0, good: 10}
      people: {count_distinct: visits.who, within: 20d, bad: 0, good: 3}
      large: {count_distinct: visits.who, where: "amount > 50", within: 30d, bad: 0, good: 3}
      ever: {sum: visits.amount, bad: 0, good: 100}
      middle: {median: visits.amount, within: 30d, bad: 0, good: 100}
      quiet: {days_since: visits, bad: 30d, good: 0d}
      %s
missing_guard: 0d
"""
SOURCES = {
    "on time": "",
    "late": ", recorded: told",
    "ids": ", id: number, recorded: told",
    "ending": ", until: gone",
    "next": ", until: next, recorded: told",
    "looked up": ", lookup: {table: people, on: who}",
}
DAYS = np.array(
    [day_number(dt.date(2024, 5, 20)), day_number(dt.date(2024, 6, 11))], dtype=np.int32
)


def model(kind: str) -> Model:
    more = (
        "open: {count: visits, open: true, bad: 9, good: 0}" if kind in ("ending", "next") else ""
    )
    return read_text(MODEL % (SOURCES[kind], more.replace("open:", "still_open:", 1)))


def visits(numbers: list[int]) -> list[dict[str, object]]:
    """Visits of half a year, recorded up to 50 days later."""
    rows = []
    for number in numbers:
        draw = random.Random(number)
        at = dt.date(2024, 1, 1) + dt.timedelta(days=draw.randrange(170))
        rows.append(
            {
                "number": number,
                "id": f"c{draw.randrange(8)}",
                "who": f"w{draw.randrange(5)}",
                "amount": draw.randrange(1000) / 8,
                "at": at,
                "told": at + dt.timedelta(days=draw.choice([0, 0, 1, 9, 50])),
                "gone": at + dt.timedelta(days=draw.randrange(90)),
            }
        )
    return rows


class Shop:
    """A folder of tables whose visits are in several files, or in one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "visits").mkdir(parents=True)
        pq.write_table(
            pa.table({"id": [f"c{number}" for number in range(9)]}), path / "customers.parquet"
        )
        pq.write_table(
            pa.table({"who": [f"w{number}" for number in range(5)]}), path / "people.parquet"
        )

    def write(self, file: str, numbers: list[int]) -> None:
        target = self.path / "visits" / f"{file}.parquet"
        pq.write_table(pa.Table.from_pylist(visits(numbers)), target)
        os.utime(target, ns=(len(numbers), sum(numbers) + 1))  # whatever the clock's resolution

    def known(
        self, visit_model: Model, keep: PartialCache | None, days: np.ndarray = DAYS
    ) -> tuple[FactSet, list[str]]:
        connection = Folder(
            self.path, self.path.parent / "cache", self.path.parent / "rejected", {}, None, "UTC"
        )
        try:
            return load_facts(
                visit_model, connection, required_grid(visit_model, days), keep
            ), list(connection.audit)
        finally:
            connection.close()

    def values(
        self, visit_model: Model, keep: PartialCache | None, days: np.ndarray = DAYS
    ) -> dict[str, bytes]:
        cells = join_cells(
            list(compute_cells(visit_model, self.known(visit_model, keep, days)[0], days)),
            visit_model,
        )
        return {name: value.data.tobytes() for name, value in cells.values.items()}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop")


@pytest.mark.parametrize("kind", list(SOURCES))
@pytest.mark.parametrize("files", ["one", "several"])
def test_whatever_order_facts_come_in_nothing_differs_from_a_first_build(
    shop: Shop, tmp_path: Path, kind: str, files: str
) -> None:
    visit_model, draw, keep = (
        model(kind),
        random.Random(f"{kind} {files}"),
        PartialCache(tmp_path / "kept"),
    )
    rows: dict[str, list[int]] = {
        name: [] for name in (("a",) if files == "one" else ("a", "b", "c", "d"))
    }
    for step in range(4):
        for name in draw.sample(list(rows), draw.randint(1, len(rows))):
            rows[name] = [
                number for number in rows[name] if draw.random() > 0.05
            ]  # corrections and deletions
            rows[name] += [draw.randrange(10_000) for _ in range(draw.randrange(60))]
            shop.write(name, rows[name] or [step])
        assert shop.values(visit_model, keep) == shop.values(visit_model, None)
        assert shop.values(visit_model, keep) == shop.values(
            visit_model, None
        )  # and from kept facts


def rows_of(folder: Path) -> dict[str, int]:
    """The files of kept facts by name, and the file on the disk behind each."""
    return {
        f"{path.parts[-3].split('-')[0]}/{path.name}": path.stat().st_ino
        for path in folder.rglob("*.parquet")
        if not path.parts[-2].startswith("marks-")
    }


def newest_state(folder: Path) -> dict[str, int]:
    result: dict[str, int] = {}
    for definition in (folder / "visits").iterdir():
        if not definition.name.startswith("marks-"):
            state = max(definition.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            result.update(
                {
                    f"{definition.name.split('-')[0]}/{path.name}": path.stat().st_ino
                    for path in state.iterdir()
                }
            )
    return result


@pytest.mark.parametrize("kind", ["on time", "late"])
def test_months_without_a_touched_day_are_taken_over_as_they_are(
    shop: Shop, tmp_path: Path, kind: str
) -> None:
    visit_model, keep = model(kind), PartialCache(tmp_path / "kept")
    shop.write("a", list(range(900)))
    shop.write("b", [1000])
    shop.values(visit_model, keep)
    before = newest_state(tmp_path / "kept")
    shop.write(
        "c",
        [
            next(
                n
                for n in range(2000, 99_000)
                if visits([n])[0]["at"] == visits([n])[0]["told"] == dt.date(2024, 6, 3)
            )
        ],
    )
    shop.values(visit_model, keep)
    after = newest_state(tmp_path / "kept")
    assert before.keys() == after.keys()
    changed = {name for name in after if after[name] != before[name] and "before" not in name}
    assert changed and all(name.endswith("2024-06-01.parquet") for name in changed)


def test_a_new_file_is_read_and_the_old_ones_are_not(shop: Shop, tmp_path: Path) -> None:
    visit_model, keep = model("late"), PartialCache(tmp_path / "kept")
    for name, numbers in (("a", range(300)), ("b", range(300, 600))):
        shop.write(name, list(numbers))
    shop.known(visit_model, keep)
    shop.write(
        "c",
        [
            next(
                n
                for n in range(2000, 99_000)
                if visits([n])[0]["at"] == visits([n])[0]["told"] == dt.date(2024, 6, 3)
            )
        ],
    )
    [marking] = [text for text in shop.known(visit_model, keep)[1] if " AS piece" in text]
    assert "/c.parquet" in marking
    assert "/a.parquet" not in marking and "/b.parquet" not in marking


def test_a_deleted_fact_is_forgotten(shop: Shop, tmp_path: Path) -> None:
    visit_model, keep = model("on time"), PartialCache(tmp_path / "kept")
    shop.write("a", list(range(200)))
    shop.write("b", list(range(200, 400)))
    full = shop.values(visit_model, keep)
    shop.write("a", list(range(1, 200)))
    assert shop.values(visit_model, keep) == shop.values(visit_model, None) != full


def dated(day: dt.date, rows: int) -> pa.Table:
    """Visits of one day that are known on that day."""
    draw = random.Random(day.isoformat())
    return pa.Table.from_pylist(
        [
            {
                "number": day_number(day) * 10 + row,
                "id": f"c{draw.randrange(8)}",
                "who": f"w{draw.randrange(5)}",
                "amount": draw.randrange(1000) / 8,
                "at": day,
                "told": day,
                "gone": day + dt.timedelta(days=draw.randrange(90)),
            }
            for row in range(rows)
        ]
    )


@pytest.mark.parametrize("kind", ["on time", "late", "next"])
def test_a_day_after_all_others_lies_beside_its_month_until_the_month_is_made_one(
    shop: Shop, tmp_path: Path, kind: str
) -> None:
    visit_model, keep = model(kind), PartialCache(tmp_path / "kept")
    shop.write("a", list(range(400)))  # none is known after 2024-08-08
    beside: list[int] = []
    for number in range(10):
        shop.values(visit_model, keep)
        day = dt.date(2024, 8, 9) + dt.timedelta(days=number)
        pq.write_table(dated(day, 6), shop.path / "visits" / f"b{day}.parquet")
        days = np.array([day_number(day) + 1], dtype=np.int32)
        assert shop.values(visit_model, keep, days) == shop.values(visit_model, None, days)
        beside.append(
            sum(name.startswith("keys/2024-08-01+") for name in newest_state(tmp_path / "kept"))
        )
    if kind != "next":  # where a new fact ends an earlier one
        assert beside == [0, 1, 2, 3, 4, 5, 6, 7, 0, 1]
