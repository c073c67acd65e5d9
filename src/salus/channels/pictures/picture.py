"""A picture: a sentence, the figures as a table, and the function that draws the chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from altair import LayerChart

#: Rows of a table as texts. The first text of a row is its heading.
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart with its text. `legend` explains what only the chart shows.
    Only `draw` needs the extra `pictures`.
    """

    name: str  # letters and hyphens; it names the file and the HTML element
    title: str
    says: str
    head: tuple[str, ...]
    rows: Rows
    draw: Callable[[], LayerChart]
    legend: str = ""

    @property
    def caption(self) -> str:
        """The text beside the drawn chart, which screen readers read too."""
        return " ".join(filter(None, (self.says, self.legend)))
