"""Tables for data frame libraries, which are imported only when they are needed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pyarrow as pa

from salus.errors import UsageError


def require_library(library: str) -> None:
    """Raise UsageError if a library isn't installed that an extra of the same name installs."""
    if find_spec(library) is None:
        raise UsageError(f"{library} isn't installed", f"pip install 'salus[{library}]'")


def polars_frame(table: pa.Table) -> Any:
    """The table as a polars DataFrame."""
    import polars

    return polars.from_arrow(table)
