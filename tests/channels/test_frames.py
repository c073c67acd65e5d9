"""Results as data frames: the same rows in every library, and a plain message where one is missing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyarrow as pa
import pytest

from salus.channels import frames
from salus.channels.result import TableResult
from salus.errors import UsageError

ROWS = {"id": ["A-1", "A-2"], "score": [71.5, None]}
PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class Listing(TableResult):
    """Two rows, one with a missing score."""

    def to_arrow(self) -> pa.Table:
        return pa.table(ROWS)


def test_polars_has_the_same_rows() -> None:
    pytest.importorskip("polars", reason="the extra `polars` isn't installed")
    frame = Listing().to_polars()
    assert (type(frame).__name__, frame.to_dict(as_series=False)) == ("DataFrame", ROWS)


def test_pandas_has_the_same_rows() -> None:
    pytest.importorskip("pandas", reason="the extra `pandas` isn't installed")
    frame = Listing().to_pandas()
    assert frame["id"].tolist() == ROWS["id"]
    assert (frame["score"][0], frame["score"].isna().tolist()) == (71.5, [False, True])


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=f"{library} isn't installed") as error:
        getattr(Listing(), f"to_{library}")()
    assert error.value.problems[0].fix == f"pip install 'salus[{library}]'"
    extras = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert any(package.startswith(library) for package in extras[library])
