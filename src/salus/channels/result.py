"""What results share: a text, pictures, and rows as a table for data frame libraries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from salus.channels.text.notebook import MAX_ROWS, html_rows, html_values
from salus.channels.text.render import render
from salus.channels.text.tables import to_html
from salus.errors import translate_errors
from salus.sanitize import one_line

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from salus.channels.pictures import Picture


class Row(Protocol):
    """A row of a result."""

    def as_dict(self) -> Mapping[str, object]: ...


RowT_co = TypeVar("RowT_co", bound=Row, covariant=True)


MAX_SUBJECT = 40  # characters


def shorten(text: str) -> str:
    """A name from the data, on one line and short enough for `repr`."""
    line = one_line(text)
    return line if len(line) <= MAX_SUBJECT else f"{line[: MAX_SUBJECT - 1]}…"


class TextResult:
    """A result with a text. The `text.py` of its verb registers the text with `render`."""

    def __init_subclass__(cls) -> None:
        """Replace the `__repr__` of a dataclass: it would print all fields, up to millions of rows."""
        super().__init_subclass__()
        cls.__repr__ = TextResult.__repr__  # type: ignore[method-assign]

    def __str__(self) -> str:
        return render(self)

    def __repr__(self) -> str:
        """One line with the type, the number of rows, the dates and the model."""
        parts = [self._subject(), self._count(), self._dates(), self._model()]
        return f"<{type(self).__name__}: {', '.join(filter(None, parts))}>"

    def _repr_html_(self) -> str:
        """Tables for a notebook; the text where a result has no values to show."""
        values = self._values()
        return html_values(repr(self)[1:-1], values) if values else to_html(str(self))

    def _values(self) -> Mapping[str, object]:
        """The values that a notebook shows above the rows, by name."""
        return {}

    def _subject(self) -> str:
        """What the result is about, where the date and the model don't say it."""
        return ""

    def _count(self) -> str:
        return ""

    def _dates(self) -> str:
        dates = [getattr(self, name, None) for name in ("as_of", "first", "second", "last")]
        return " to ".join(str(date) for date in dates if date is not None)

    def _model(self) -> str:
        own = getattr(self, "model", self)
        fingerprint = getattr(own, "fingerprint", None)
        return f"model {fingerprint}" if fingerprint else ""


class RowResult(TextResult, Generic[RowT_co]):
    """A result that can be iterated over row by row and has a length."""

    @property
    def rows(self) -> Sequence[RowT_co]:
        """The rows, in the order of the text."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[RowT_co]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        """A result without rows is still a result."""
        return True

    def _count(self) -> str:
        return f"{len(self):,} {'row' if len(self) == 1 else 'rows'}"

    def _repr_html_(self) -> str:
        """Tables for a notebook: the values of the result, then its first rows."""
        title, values = repr(self)[1:-1], self._values()
        rows = [row.as_dict() for row in islice(self, MAX_ROWS)]
        if not rows:
            return html_values(title, values)
        above = html_values(title, values) if values else ""
        return above + html_rows(self._count() if above else title, rows, len(self))


class ChartResult(TextResult):
    """A result with pictures."""

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """The pictures that have something to show; `draw()` of each returns an Altair chart."""
        raise NotImplementedError

    @translate_errors()
    def draw(self, folder: Path, language: str = "en") -> list[Path]:
        """Write each picture as an SVG file and return the paths. Needs the extra `pictures`."""
        from salus.atomic import atomic_write
        from salus.channels.export import require_folder
        from salus.channels.pictures import draw_picture

        texts = {
            folder / f"{picture.name}.svg": str(draw_picture(picture))
            for picture in self.pictures(language)
        }
        require_folder(folder)
        folder.mkdir(exist_ok=True)
        for path, text in texts.items():
            with atomic_write(path) as draft:
                draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        return list(texts)


class TableResult(TextResult):
    """A result whose rows can be had as a table of a data frame library."""

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        raise NotImplementedError

    def to_pandas(self) -> pd.DataFrame:
        """`to_arrow` as a pandas DataFrame. Raises UsageError if pandas isn't installed."""
        from salus.channels.frames import require_library

        require_library("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """`to_arrow` as a polars DataFrame. Raises UsageError if polars isn't installed."""
        from salus.channels.frames import polars_frame, require_library

        require_library("polars")
        return polars_frame(self.to_arrow())
