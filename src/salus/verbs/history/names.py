"""The keys and labels of today's entities, and the fingerprint of the data they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.facts.population import load_attributes
from salus.scores.entity_lookup import match_row
from salus.sources.key import plain_key
from salus.workspace.source_state import source_state
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class EntityNames:
    """The keys of today's entities, and their labels by row. Both are empty if the model has no
    label.
    """

    ids: Sequence[str]
    labels: Sequence[str | None]
    labelled: bool

    def find(self, entity: str) -> tuple[str, str | None]:
        """The key and the label of an entity, by its key or its label.

        If today's table doesn't have it, the text is taken as the key: history also has entities
        that have left the table.
        """
        if not self.labelled:
            return plain_key(entity), None
        row = match_row(entity, self.ids, self.labels)
        return (entity, None) if row is None else (self.ids[row], self.labels[row])


@dataclass(frozen=True)
class DataToday:
    """What history needs of the data."""

    fingerprint: str | None  # None: nothing was replayed, so nobody has to know it
    names: EntityNames


def load_data_today(workspace: Workspace, replayed: Sequence[str]) -> DataToday:
    """The names of the entities, and the fingerprint if there are replays. `replayed`: the names of
    their folders. Both stay in memory while no file of the data and no folder changes. Raises
    DataError if a column doesn't fit the model.
    """
    model = workspace.model
    files = source_state(workspace.folder, workspace.settings)
    return workspace.kept.get(
        ("history", model.fingerprint, model.text),
        None if files is None else (files, tuple(replayed)),
        lambda: _load(workspace, with_fingerprint=bool(replayed)),
        lambda data: len(data.names.ids),
    )


def _load(workspace: Workspace, *, with_fingerprint: bool) -> DataToday:
    model = workspace.model
    with workspace.connected() as connection:
        fingerprint = compute_data_fingerprint(model, connection) if with_fingerprint else None
        label = model.entity.label
        if model.entity.table is None or label is None:
            return DataToday(fingerprint, EntityNames((), (), labelled=False))
        known = load_attributes(model, connection, 0, None)
        labels = known.columns[label].to_pylist()
    return DataToday(fingerprint, EntityNames(known.ids, labels, labelled=True))
