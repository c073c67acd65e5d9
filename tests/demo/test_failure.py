"""`salus demo` that fails leaves an empty folder, so that the next one can use it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from salus.errors import SalusError
from salus.verbs.demo.demo import demo

MODULE = importlib.import_module("salus.verbs.demo.demo")
SMALL: dict[str, Any] = {"accounts": 12, "seed": 1, "years": 0.5}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_demo_leaves_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Data, scores and the model are there already when the report fails."""
    folder, left = tmp_path / "demo", []

    def fail(*_: object) -> None:
        left.extend(path.name for path in folder.iterdir())
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(MODULE, "report", fail)
        with pytest.raises((OSError, SalusError, KeyboardInterrupt)):
            demo(folder, **SMALL)
    assert {"data", "salus.yaml", "history"} <= set(left)
    assert list(folder.iterdir()) == []
    assert demo(folder, **SMALL).report.is_file()
