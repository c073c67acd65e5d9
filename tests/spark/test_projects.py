"""Whole projects whose tables Spark reads: the same scores, to the last bit, as from a folder."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from salus import open_project
from salus.demo import generate
from salus.project.project import Project
from salus.verbs.init.init import init
from tests.engine.bytes import table_bytes
from tests.project.company import write_company
from tests.spark.conftest import MASTER

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.usefixtures("spark")]


def on_spark(project: Project, folder: Path) -> Project:
    """A copy of the project whose tables are Parquet for Spark, with the types they were read with."""
    (folder / "tables").mkdir(parents=True)
    connection = project.connect()
    for name in connection.tables():
        columns = [exp.column(column.name, quoted=True) for column in connection.columns(name)]
        if columns:
            pq.write_table(
                connection.query(exp.select(*columns).from_(connection.table(name))),
                folder / "tables" / f"{name}.parquet",
            )
    connection.close()
    (folder / "salus.yaml").write_text(
        (project.folder / "salus.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "salus.toml").write_text(
        f'[data]\nurl = "{MASTER}"\n[spark]\ntables = "tables"\n', encoding="utf-8"
    )
    return open_project(folder)


def same(here: Project, remote: Project) -> None:
    day = here.data_end().day
    tables: list[pa.Table] = [
        project.score(day, keep=False).to_arrow() for project in (here, remote)
    ]
    assert len(tables[0]) > 30
    assert table_bytes(tables[0]) == table_bytes(tables[1])


def test_the_demo_company(tmp_path: Path) -> None:
    generate(tmp_path / "here", accounts=40, seed=7, years=1)
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    (tmp_path / "here" / "salus.yaml").write_text(pack, encoding="utf-8")
    same(
        open_project(tmp_path / "here"),
        on_spark(open_project(tmp_path / "here"), tmp_path / "there"),
    )


def test_a_real_event_log(shared: Path, tmp_path: Path) -> None:
    init(tmp_path / "here", source=str(shared / "data" / "openstack_company_activity"))
    here = open_project(tmp_path / "here")
    remote = on_spark(here, tmp_path / "there")
    assert remote.data_end().day == here.data_end().day
    same(here, remote)


def test_a_replay_by_the_workers_is_the_one_of_a_folder(tmp_path: Path) -> None:
    here = open_project(write_company(tmp_path / "here"))
    remote = on_spark(here, tmp_path / "there")
    local, far = (project.replay("2025-10-20", "2025-11-20", "week") for project in (here, remote))
    assert (far.computed, far.reused) == (2, 0)
    assert all(part.slab < 0 for part in far.replays.parts())
    assert local.bands == far.bands
    rows = [
        sorted(replay.to_arrow().to_pylist(), key=lambda row: (row["as_of"], row["entity"]))
        for replay in (local, far)
    ]
    assert rows[0] == rows[1]
    again = remote.replay("2025-10-20", "2025-11-20", "week")
    assert (again.computed, again.reused) == (0, 2)
    assert [point.as_of for point in remote.history("A-03").points] == list(far.dates)
