"""What a replay can't know as it was then: told with its result."""

from __future__ import annotations

from collections.abc import Iterator

from salus.kernel.cells import used_names
from salus.model.model import Model
from salus.sources.connection import Connection


def notes_of(model: Model, connection: Connection) -> tuple[str, ...]:
    """A sentence for whatever was taken as it is today."""
    return (*_attributes(model, connection), *_lookups(model))


def _attributes(model: Model, connection: Connection) -> Iterator[str]:
    entity = model.entity
    history = entity.history
    changing = {column.name for column in connection.columns(history.table)} if history else set()
    used = set(used_names(model)) - {measure.name for measure in model.everything}
    today = sorted(used - changing - {entity.key, entity.starts, entity.ends, "as_of"})
    if today:
        where = (
            "entity.history has no such column"
            if history
            else "the model declares no entity.history"
        )
        yield (
            f"{', '.join(f'`{name}`' for name in today)}: as of today on every date, since {where}"
        )


def _lookups(model: Model) -> Iterator[str]:
    for source in model.sources.values():
        if source.lookup is not None and source.lookup.time is None:
            yield (
                f"source `{source.name}` looks up `{source.lookup.table}` as it is today; `time:`"
                " there would tell how it was"
            )
