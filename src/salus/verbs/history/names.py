"""The keys and labels of today's entities, and the fingerprint of the data they come from.

A process that answers many questions asks for them again and again. They are kept as long as the
model, the settings and the data stay the same, which the identities of the tables tell without
reading any of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from salus.facts.cache.data_fingerprint import compute_data_fingerprint, tables_read
from salus.facts.population import load_attributes
from salus.scores.entity_lookup import match_row
from salus.sources.connection import Connection
from salus.sources.key import plain_key
from salus.workspace.connect import open_connection
from salus.workspace.workspace import Workspace

KEPT = 2  # models and states of data
SERVERS = ("spark:", "postgres")  # their columns can change without the identity of a table


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
    """What history needs of the data: its fingerprint and the names of the entities."""

    fingerprint: str
    names: EntityNames


class _Kept:
    """The data of the models that were asked for last."""

    def __init__(self) -> None:
        self._data: OrderedDict[tuple[str, ...], DataToday] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> DataToday | None:
        with self._lock:
            if key in self._data:
                self._data.move_to_end(key)
            return self._data.get(key)

    def add(self, key: tuple[str, ...], data: DataToday) -> None:
        with self._lock:
            self._data[key] = data
            while len(self._data) > KEPT:
                self._data.popitem(last=False)


_KEPT = _Kept()


def load_data_today(workspace: Workspace) -> DataToday:
    """The fingerprint of today's data and the names of the entities. Raises DataError if a column
    doesn't fit the model.
    """
    model, settings = workspace.model, workspace.settings
    if settings.url.startswith(SERVERS):
        with workspace.connected() as connection:
            return _load(workspace, connection)
    with closing(open_connection(workspace.folder, settings, model)) as unchecked:
        known = _KEPT.get(_key(workspace, unchecked))
    if known is not None:
        return known
    with workspace.connected() as connection:
        data = _load(workspace, connection)
        _KEPT.add(_key(workspace, connection), data)
    return data


def _load(workspace: Workspace, connection: Connection) -> DataToday:
    model = workspace.model
    fingerprint = compute_data_fingerprint(model, connection)
    label = model.entity.label
    if model.entity.table is None or label is None:
        return DataToday(fingerprint, EntityNames((), (), labelled=False))
    known = load_attributes(model, connection, 0, None)
    return DataToday(
        fingerprint, EntityNames(known.ids, known.columns[label].to_pylist(), labelled=True)
    )


def _key(workspace: Workspace, connection: Connection) -> tuple[str, ...]:
    """Everything that the names, the fingerprint and the checks of the columns depend on."""
    model = workspace.model
    tables = sorted({*tables_read(model), *(link.table for link in model.links.values())})
    existing = set(connection.tables())
    return (
        str(workspace.folder.resolve()),
        repr(workspace.settings),
        model.text,
        model.fingerprint,
        *(connection.identity(table) if table in existing else "" for table in tables),
    )
