"""Keys and labels of the entities in a forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class EntityLabels:
    """The keys of all entities by position, and the labels of the entities that are active today."""

    ids: tuple[str, ...]
    labels: Mapping[int, str | None]

    def label(self, position: int) -> str | None:
        """The label of an entity; None where it has none or isn't active today."""
        return self.labels.get(position)
