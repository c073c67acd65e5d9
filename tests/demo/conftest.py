"""A demo company for all tests in this folder, and SQL over its tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from salus.demo import generate

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """500 accounts, two years to 2026-06-30."""
    folder = tmp_path_factory.mktemp("demo") / "company"
    generate(folder, seed=3)
    return folder


def asking(folder: Path) -> Ask:
    """SQL over the tables of a demo company; `data.ticket` is that table, `truth.health` that of
    the truth.
    """
    session = duckdb.connect()
    session.execute("set timezone = 'UTC'")

    def place(match: re.Match[str]) -> str:
        part, name = match.groups()
        for pattern in (f"{name}.csv", f"{name}.parquet", f"{name}/*.parquet"):
            if list((folder / part).glob(pattern)):
                return f"'{folder / part / pattern}'"
        raise AssertionError(f"no table {part}.{name}")

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return session.execute(re.sub(r"\b(data|truth)\.(\w+)", place, sql)).fetchall()

    return ask


@pytest.fixture(scope="session")
def ask(demo: Path) -> Ask:
    """SQL over the demo company."""
    return asking(demo)
