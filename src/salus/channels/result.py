"""What every result can do: show itself in a notebook, and hand out its rows to the libraries of
data frames.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from salus.errors import translated

if TYPE_CHECKING:
    from salus.channels.pictures import Picture


class Printed:
    """A result that tells itself as text."""

    def _repr_html_(self) -> str:
        from salus.channels.text.results import as_html

        return as_html(str(self))


class Drawn(Printed):
    """A result that has pictures."""

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """Those that have figures to show; `draw()` of each is an Altair chart."""
        raise NotImplementedError

    @translated()
    def draw(self, folder: Path, language: str = "en") -> list[Path]:
        """Write each picture as an SVG file; the extra `pictures` must be installed."""
        from salus.atomic import whole
        from salus.channels.export import require_folder
        from salus.channels.pictures import draw_picture

        files = {
            folder / f"{one.name}.svg": str(draw_picture(one)) for one in self.pictures(language)
        }
        require_folder(folder)
        folder.mkdir(exist_ok=True)
        for path, text in files.items():
            with whole(path) as draft:
                draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        return list(files)


class Tabular(Printed):
    """A result whose rows are an Arrow table."""

    def to_arrow(self) -> Any:
        """The rows."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """`to_arrow` as a pandas DataFrame. Raises UsageError where pandas isn't installed."""
        from salus.channels.frames import needs

        needs("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """`to_arrow` as a polars DataFrame. Raises UsageError where polars isn't installed."""
        from salus.channels.frames import needs, polars_frame

        needs("polars")
        return polars_frame(self.to_arrow())
