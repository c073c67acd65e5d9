"""The kept values of past dates: they never change a result, and are used only where they hold."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from salus.datasets import past_cells
from salus.datasets.backtest import BacktestData, BacktestRequest, DateRange, build_panel
from salus.datasets.cell_files import CellFiles
from salus.errors import DamagedFileWarning
from salus.project import open_project
from salus.workspace.workspace import Workspace
from tests.insight.company import Tables, make_company
from tests.insight.portfolio import write_book


@pytest.fixture(autouse=True)
def keep_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past_cells, "LEAST", 0)


@pytest.fixture(scope="module", params=["book", "pack"])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model, and the pack, which smooths and has a dead zone and a guard."""
    folder = tmp_path_factory.mktemp(request.param) / "project"
    return write_book(folder) if request.param == "book" else make_company(folder, 60, 3)


@pytest.fixture
def project(company: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(company, tmp_path / "copy"))


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first entity of each range that is computed."""
    first: list[int] = []
    compute = past_cells.PastCells._compute

    def record(self: past_cells.PastCells, position: int) -> Any:
        first.append(position)
        return compute(self, position)

    monkeypatch.setattr(past_cells.PastCells, "_compute", record)
    return first


def backtest(folder: Path, horizon: int = 90, model: str = "salus.yaml") -> BacktestData:
    workspace = Workspace(folder, folder / model)
    period = DateRange(None, None, "month")
    return build_panel(workspace, BacktestRequest("churned", horizon, period), with_values=True)


def bits(data: BacktestData) -> tuple[Any, ...]:
    """Everything that a backtest holds, the arrays as bytes."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        return value.tobytes() if isinstance(value, np.ndarray) else value

    panel = {name: plain(value) for name, value in vars(data.panel).items()}
    return panel, plain(data.money), data.misses, data.warnings, data.question


def without_keeping(folder: Path, monkeypatch: pytest.MonkeyPatch, **options: Any) -> BacktestData:
    with monkeypatch.context() as patch:
        patch.setattr(past_cells, "LEAST", 10**9)
        return backtest(folder, **options)


def panels(folder: Path) -> list[Path]:
    return sorted((folder / "history" / "panels").iterdir())


def test_kept_values_give_the_same_rows(
    project: Path, computed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_cells, "RANGE", 25)
    expected = {h: without_keeping(project, monkeypatch, horizon=h) for h in (90, 120)}
    computed.clear()
    assert bits(backtest(project)) == bits(expected[90])
    assert len(computed) > 1
    computed.clear()
    for horizon in (90, 120):
        assert bits(backtest(project, horizon)) == bits(expected[horizon])
    assert not computed


def shorten(folder: Path) -> None:
    """Leave out the last quarter of the rows of a table."""
    file = folder / "data" / "coins.parquet"
    if not file.exists():
        Tables(folder).edit("ticket", lambda rows: rows.slice(0, len(rows) * 3 // 4))
        return
    rows = pq.read_table(file)
    pq.write_table(rows.slice(0, len(rows) * 3 // 4), file)


def test_changed_data_are_computed_again(
    project: Path, computed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    backtest(project)
    [before] = panels(project)
    shorten(project)
    computed.clear()
    data = backtest(project)
    assert computed
    assert bits(data) == bits(without_keeping(project, monkeypatch))
    [after] = panels(project)
    assert after != before


def test_a_damaged_file_is_computed_again(project: Path, computed: list[int]) -> None:
    expected = bits(backtest(project))
    for file in panels(project)[0].glob("*.arrow"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(bytes(data))
    computed.clear()
    with pytest.warns(DamagedFileWarning, match="computed again"):
        assert bits(backtest(project)) == expected
    assert computed == [0]


def test_a_folder_that_cannot_be_written_is_no_obstacle(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(CellFiles, "_save", refuse)
    assert bits(backtest(project)) == bits(without_keeping(project, monkeypatch))


def edited(folder: Path, *changes: tuple[str, str]) -> str:
    text = (folder / "salus.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "edited.yaml").write_text(text, encoding="utf-8")
    return "edited.yaml"


def test_models_share_what_only_weights_and_bands_change(
    tmp_path: Path, computed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_book(tmp_path / "project")
    backtest(folder)
    text = (folder / "salus.yaml").read_text(encoding="utf-8")
    assert "min_coverage" not in text
    other = edited(folder, ("version: 1", "version: 1\nmin_coverage: 20%\nbands: {a: 60, b: 0}"))
    expected = without_keeping(folder, monkeypatch, model=other)
    computed.clear()
    assert bits(backtest(folder, model=other)) == bits(expected)
    assert not computed
    guarded = edited(folder, ("missing_guard: 0d", "missing_guard: 3d"))
    assert bits(backtest(folder, model=guarded)) == bits(
        without_keeping(folder, monkeypatch, model=guarded)
    )
    assert len(panels(folder)) == 2


def test_verbs_say_the_same_with_kept_values(
    project: Path, computed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def texts() -> list[str]:
        own = open_project(project)
        return [str(own.validate("churned")), str(own.metrics()), str(own.forecast(keep=False))]

    with monkeypatch.context() as patch:
        patch.setattr(past_cells, "LEAST", 10**9)
        expected = texts()
    assert texts() == expected
    computed.clear()
    assert texts() == expected
    assert not computed
