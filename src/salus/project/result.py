"""What every result can do: show itself in a notebook, and hand out its rows to the libraries of data frames."""

from __future__ import annotations

from typing import Any


class Printed:
    """A result that tells itself as text."""

    def _repr_html_(self) -> str:
        from salus.project.text import as_html
        return as_html(str(self))


class Tabular(Printed):
    """A result whose rows are an Arrow table."""

    def to_arrow(self) -> Any:
        """The rows."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """`to_arrow` as a pandas DataFrame."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """`to_arrow` as a polars DataFrame."""
        from salus.project.frames import polars_frame
        return polars_frame(self.to_arrow())
