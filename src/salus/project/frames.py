"""Tables for the libraries people work with, imported only when asked for."""

from __future__ import annotations

from typing import Any

import pyarrow as pa


def polars_frame(table: pa.Table) -> Any:
    """The table as a polars DataFrame."""
    import polars
    return polars.from_arrow(table)
