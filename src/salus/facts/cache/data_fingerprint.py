"""The fingerprint of all the data that a model reads."""

from __future__ import annotations

from salus.facts.partials.requirements import required_partials
from salus.facts.sql.origin import FORMAT, short_hash
from salus.model.model import Model
from salus.sources.connection import Connection


def compute_data_fingerprint(model: Model, connection: Connection) -> str:
    """A short text that changes whenever a table changes that scores depend on."""
    tables = sorted(tables_read(model))
    corrected = [repr(link.corrected) for link in model.links.values() if link.corrected]
    return short_hash(
        "\n".join(
            [
                str(FORMAT),
                connection.dialect,
                *(connection.identity(table) for table in tables),
                *corrected,
            ]
        )
    )


def tables_read(model: Model) -> frozenset[str]:
    """The tables that scores depend on: the entity's, its history, its contracts, and those of the sources that
    measures read.
    """
    entity = model.entity
    tables = {entity.table, entity.history.table if entity.history else None}
    if entity.contracts is not None:
        tables.add(entity.contracts.table)
        tables.add(entity.contracts.rates.table if entity.contracts.rates else None)
    linked = {link.table for link in model.links.values()}
    parts = (entity.history, entity.contracts)
    if any(part.keys for part in parts if part is not None):
        tables |= linked
    for name in {spec.source for spec in required_partials(model)}:
        source = model.sources[name]
        if source.keys or (source.lookup and source.lookup.path):
            tables |= linked
        tables |= {source.table, source.lookup.table if source.lookup else None}
    return frozenset(table for table in tables if table)
