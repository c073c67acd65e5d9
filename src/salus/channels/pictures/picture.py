"""One picture: what it says in a sentence, the figures behind it, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from altair import LayerChart

#: Rows of a table: written figures, the first of each row its head.
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """`says` is told to those who don't see it too; `draw` needs the extra `pictures`, everything
    else does not.
    """

    name: str  # letters and hyphens: of a file, of an element
    title: str
    says: str
    head: tuple[str, ...]
    rows: Rows
    draw: Callable[[], LayerChart]
