"""The report reads a replay of today's model on today's data, and is the same page byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.history.packed_reasons import unpack_reasons
from salus.history.replays import DAYS
from salus.project import Project, open_project
from tests.project.company import AS_OF, MODEL, write_company

MEMORY = "smooth: {half_life: 1w}\ndead_zone: 3\nmissing_guard: 20d\n"
HOLD = MODEL.replace("bad: 30d, good: 2d", "bad: 30d, good: 2d, if_missing: hold 9d")
PAST = "salus.verbs.report.months.score_dates"


@pytest.fixture(params=[MODEL, MODEL + MEMORY, HOLD])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    write_company(tmp_path / "small", request.param)
    project = open_project(tmp_path / "small")
    project.score(AS_OF)
    return project


def page(project: Project) -> str:
    path = project.folder / "page.html"
    open_project(project.folder).report(path, AS_OF)
    return path.read_text(encoding="utf-8")


def count_scoring(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One item per time that past dates are scored from facts."""
    from salus.verbs.report import months

    calls: list[None] = []
    original: Callable[..., Any] = months.score_dates

    def counted(*values: Any) -> Any:
        calls.append(None)
        return original(*values)

    monkeypatch.setattr(PAST, counted)
    return calls


def test_a_replay_gives_the_same_page(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page(project)
    project.replay("2024-11-01", AS_OF)
    calls = count_scoring(monkeypatch)
    assert page(project) == before
    assert not calls


@pytest.mark.parametrize(
    ("first", "last", "every"),
    [
        ("2025-01-01", AS_OF, "day"),  # without the first months
        ("2024-11-20", AS_OF, "month"),  # without the date to compare with
        ("2024-11-01", "2025-10-20", "day"),  # that date and the last month are missing, too
    ],
)
def test_a_replay_without_some_dates_is_not_read(
    project: Project, monkeypatch: pytest.MonkeyPatch, first: str, last: str, every: str
) -> None:
    before = page(project)
    project.replay(first, last, every)
    calls = count_scoring(monkeypatch)
    assert page(project) == before
    assert calls


def test_a_replay_of_other_data_is_not_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.replay("2024-11-01", AS_OF)
    events = project.folder / "data" / "events.csv"
    head, *lines = events.read_text(encoding="utf-8").splitlines(keepends=True)
    events.write_text(head + "".join(lines[::2]), encoding="utf-8")
    calls = count_scoring(monkeypatch)
    other = page(project)
    assert calls
    for path in project.store.replay_files():
        path.unlink()
    assert page(project) == other


def test_a_damaged_replay_is_computed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page(project)
    project.replay("2024-11-01", AS_OF)
    path = project.store.replay_files()[3]
    content = bytearray(path.read_bytes())
    content[20] ^= 0xFF  # in the first page, that of the entities
    path.write_bytes(bytes(content))
    calls = count_scoring(monkeypatch)
    assert page(project) == before
    assert calls


def test_files_as_spark_writes_them_give_the_same_page(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders per block, with words instead of codes and rows in another order."""
    before = page(project)
    days = list(project.replay("2024-11-01", AS_OF).days)
    for path in project.store.replay_files():
        table = pq.read_table(path)
        table = unpack_reasons(table.take(pa.array(range(len(table))[::-1])))
        plain = [
            column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
            for column in table.columns
        ]
        folder = path.parent / f"block={path.name[:10]}"
        folder.mkdir()
        pq.write_table(pa.table(plain, names=table.column_names), folder / "part-0.parquet")
        path.unlink()
    (folder.parent / DAYS).write_text(json.dumps(days), encoding="utf-8")
    calls = count_scoring(monkeypatch)
    assert page(project) == before
    assert not calls
