"""Tables for the libraries people work with, imported only when asked for."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pyarrow as pa

from salus.errors import UsageError


def needs(library: str) -> None:
    """Refuse to go on without a library that an extra of the same name brings."""
    if find_spec(library) is None:
        raise UsageError(f"{library} isn't installed", f"pip install 'salus[{library}]'")


def polars_frame(table: pa.Table) -> Any:
    """The table as a polars DataFrame."""
    import polars

    return polars.from_arrow(table)
