"""What a replay can't know as it was on each date. Its result says so."""

from __future__ import annotations

from collections.abc import Iterator

from salus.kernel.cells import used_names
from salus.model.model import Model
from salus.sources.connection import Connection


def find_notes(model: Model, connection: Connection) -> tuple[str, ...]:
    """One sentence for everything that is taken as it is today."""
    return (*_attributes(model, connection), *_lookups(model))


def _attributes(model: Model, connection: Connection) -> Iterator[str]:
    entity = model.entity
    history = entity.history
    changing = {column.name for column in connection.columns(history.table)} if history else set()
    used = set(used_names(model)) - {measure.name for measure in model.everything}
    today = sorted(used - changing - {entity.key, entity.starts, entity.ends, "as_of"})
    if today:
        reason = (
            "entity.history has no such column"
            if history
            else "the model declares no entity.history"
        )
        yield (
            f"{', '.join(f'`{name}`' for name in today)}: today's value is used on every date, because"
            f" {reason}"
        )


def _lookups(model: Model) -> Iterator[str]:
    for source in model.sources.values():
        if source.lookup is not None and source.lookup.time is None:
            yield (
                f"source `{source.name}` uses today's rows of `{source.lookup.table}` on every date;"
                " declare `time:` in its lookup to use the rows valid on each date"
            )
