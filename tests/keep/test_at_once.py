"""Several runs share the folder of kept facts. If one run removes files, the others don't take the
rest for all of them.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from salus.atomic import draft_folder_of
from salus.errors import DataError
from salus.facts.build import open_fact_reader
from salus.facts.cache import refresh
from salus.facts.cache.partial_cache import PartialCache
from salus.kernel.cells import required_grid
from salus.periods.day import day_number
from salus.sources.folder import Folder
from tests.keep.test_refresh import DAYS, Shop, dated, model


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    result = Shop(tmp_path / "shop")
    result.write("a", list(range(200)))
    result.write("b", list(range(200, 400)))  # none is known after 2024-08-07
    return result


def states(folder: Path) -> list[Path]:
    return [
        state
        for path in folder.glob("visits/*-*")
        if not path.name.startswith("marks-")
        for state in path.iterdir()
    ]


def add(shop: Shop, day: dt.date) -> np.ndarray:
    """Add a file with facts of a day after all others; returns the dates to score."""
    pq.write_table(dated(day, 6), shop.path / "visits" / f"b{day}.parquet")
    return np.array([day_number(day) + 1], dtype=np.int32)


def test_a_state_stays_though_one_that_is_being_removed_looks_newer(
    shop: Shop, tmp_path: Path
) -> None:
    visits, kept = model("late"), tmp_path / "kept"
    shop.values(visits, PartialCache(kept))
    before = states(kept)
    for state in before:
        other = state.with_name("0" * 16)
        shutil.copytree(state, other)
        os.utime(other, (2**32, 2**32))
    assert shop.values(visits, PartialCache(kept)) == shop.values(visits, None)
    assert sorted(states(kept)) == sorted(before)


def test_a_state_that_vanishes_is_not_taken_over_by_half(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits, kept = model("late"), tmp_path / "kept"
    for number in (9, 10):
        shop.values(visits, PartialCache(kept), add(shop, dt.date(2024, 8, number)))
    days = add(shop, dt.date(2024, 8, 11))
    assert any(
        list(state.glob("2024-08-01+*")) for state in states(kept)
    )  # a file that continues its month
    link = refresh._link

    def removed_after_the_first(file: Path, target: Path) -> None:
        link(file, target)
        if file.name == "2024-08-01.parquet":
            file.parent.rename(file.parent.with_name(".gone.1.part"))

    monkeypatch.setattr(refresh, "_link", removed_after_the_first)
    assert shop.values(visits, PartialCache(kept), days) == shop.values(visits, None, days)
    monkeypatch.undo()
    assert shop.values(visits, PartialCache(kept), days) == shop.values(visits, None, days)


def test_facts_that_another_run_removes_are_missed_and_not_made_again_in_part(
    shop: Shop, tmp_path: Path
) -> None:
    visits, kept = model("late"), tmp_path / "kept"
    connection = Folder(shop.path, tmp_path / "cache", tmp_path / "rejected", {}, None, "UTC")
    reader = open_fact_reader(visits, connection, required_grid(visits, DAYS), PartialCache(kept))
    for state in states(kept):
        shutil.rmtree(state)
    with pytest.raises(DataError, match="were removed while this run"):
        reader.read()
    assert states(kept) == []
    connection.close()


def test_what_a_run_that_ended_in_between_has_left_is_removed(shop: Shop, tmp_path: Path) -> None:
    visits, kept = model("late"), tmp_path / "kept"
    shop.values(visits, PartialCache(kept))
    definition = states(kept)[0].parent
    program = (
        "import os, sys; from pathlib import Path; from salus.atomic import draft_folder_of\n"
        "with draft_folder_of(Path(sys.argv[1])) as draft: draft.mkdir(); (draft / 'half').touch(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(definition / "0123")], check=True)
    left = set(definition.glob(".0123.*"))
    with draft_folder_of(definition / "4567") as running:
        running.mkdir()
        shop.values(visits, PartialCache(kept))
        assert running.is_dir()
    assert len(left) == 2
    assert not list(definition.glob(".*"))


@pytest.mark.parametrize("kind", ["on time", "late"])
def test_days_may_continue_a_month_from_its_first_day_on(
    shop: Shop, tmp_path: Path, kind: str
) -> None:
    visits, kept = model(kind), tmp_path / "kept"
    day = dt.date(2024, 9, 1)
    dates = np.array(
        [day_number(day) + 20], dtype=np.int32
    )  # September is kept, and is still empty
    for number in range(10):
        assert shop.values(visits, PartialCache(kept), dates) == shop.values(visits, None, dates)
        add(shop, day + dt.timedelta(days=number))


@pytest.mark.parametrize(
    "file", ["2024-08-01.parquet", "2024-08-01+2024-08-09.parquet", "2024-08-01+2024-08-10.parquet"]
)
@pytest.mark.filterwarnings("ignore::salus.errors.DamagedFileWarning")
def test_a_damaged_file_among_those_of_a_month_is_made_anew(
    shop: Shop, tmp_path: Path, file: str
) -> None:
    visits, kept = model("late"), tmp_path / "kept"
    for number in (8, 9, 10):
        days = add(shop, dt.date(2024, 8, number))
        shop.values(visits, PartialCache(kept), days)
    files = [state / file for state in states(kept) if (state / file).exists()]
    assert files
    for path in files:
        path.unlink()
        path.write_bytes(b"PAR1 no more")
    keep = PartialCache(kept)
    assert shop.values(visits, keep, days) == shop.values(visits, None, days)
    assert keep.notes
    assert shop.values(visits, PartialCache(kept), days) == shop.values(visits, None, days)
