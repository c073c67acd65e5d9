"""What results share: a text, pictures, and rows as a table for data frame libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from salus.channels.text.render import render
from salus.channels.text.tables import to_html
from salus.errors import translated

if TYPE_CHECKING:
    from salus.channels.pictures import Picture


class TextResult:
    """A result with a text, which its verb's `text.py` registers with `render`."""

    def __str__(self) -> str:
        return render(self)

    def _repr_html_(self) -> str:
        return to_html(str(self))


class ChartResult(TextResult):
    """A result with pictures."""

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """The pictures that have something to show; `draw()` of each returns an Altair chart."""
        raise NotImplementedError

    @translated()
    def draw(self, folder: Path, language: str = "en") -> list[Path]:
        """Write each picture as an SVG file and return the paths. Needs the extra `pictures`."""
        from salus.atomic import whole
        from salus.channels.export import there
        from salus.channels.pictures import drawn

        texts = {
            folder / f"{picture.name}.svg": str(drawn(picture))
            for picture in self.pictures(language)
        }
        there(folder)
        folder.mkdir(exist_ok=True)
        for path, text in texts.items():
            with whole(path) as draft:
                draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        return list(texts)


class TableResult(TextResult):
    """A result with rows."""

    def to_arrow(self) -> Any:
        """The rows as an Arrow table."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """`to_arrow` as a pandas DataFrame. Raises UsageError if pandas isn't installed."""
        from salus.channels.frames import require_library

        require_library("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """`to_arrow` as a polars DataFrame. Raises UsageError if polars isn't installed."""
        from salus.channels.frames import polars_frame, require_library

        require_library("polars")
        return polars_frame(self.to_arrow())
