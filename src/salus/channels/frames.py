"""Tables for data frame libraries. A library is imported only when it is needed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pyarrow as pa

from salus.errors import UsageError
from salus.pandas_import import ask_for_pandas


def require_library(library: str) -> None:
    """Raise UsageError if the library isn't installed. The extra that installs it has its name."""
    if library == "pandas":
        ask_for_pandas()
    if find_spec(library) is None:
        raise UsageError(f"{library} isn't installed", f"pip install 'salus[{library}]'")


def polars_frame(table: pa.Table) -> Any:
    """The table as a polars DataFrame."""
    import polars

    return polars.from_arrow(table)
