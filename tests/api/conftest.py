"""The runs that the tests of this folder share."""

from __future__ import annotations

import pytest

from tests.api.documents import Run, run_all


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    """Every verb on small projects."""
    return list(run_all(tmp_path_factory.mktemp("runs")))
