"""What a replay can't know as it was on each date. Its result says so."""

from __future__ import annotations

from collections.abc import Iterator

from salus.kernel.cells import used_names
from salus.model.model import Model
from salus.sources.connection import Connection

DATED = ("date", "moment", "instant")  # types of a column


def find_notes(model: Model, connection: Connection) -> tuple[str, ...]:
    """One sentence for everything that is taken as it is today."""
    return (*_attributes(model, connection), *_lookups(model, connection))


def _attributes(model: Model, connection: Connection) -> Iterator[str]:
    entity = model.entity
    history = entity.history
    changing = {column.name for column in connection.columns(history.table)} if history else set()
    used = set(used_names(model)) - {measure.name for measure in model.everything}
    today = sorted(used - changing - {entity.key, entity.starts, entity.ends, "as_of"})
    if today:
        columns = "such column" if len(today) == 1 else "such columns"
        reason = (
            f"table `{history.table}` has no {columns}"
            if history
            else "the model declares no `history` of the entity"
        )
        yield f"{_quote(today)}: today's value is used on every date, because {reason}"


def _lookups(model: Model, connection: Connection) -> Iterator[str]:
    """The tables that sources look up as they are today, one sentence for each."""
    sources: dict[str, list[str]] = {}
    for source in model.sources.values():
        if source.lookup is not None and source.lookup.time is None:
            sources.setdefault(source.lookup.table, []).append(source.name)
    for table, names in sources.items():
        users = f"{'source' if len(names) == 1 else 'sources'} {_quote(names)}"
        columns = connection.columns(table)
        if any(column.type in DATED for column in columns):
            lookups = "its lookup" if len(names) == 1 else "their lookups"
            yield (
                f"today's rows of table `{table}` are used on every date by {users}; declare"
                f" `time:` in {lookups} to use the rows valid on each date"
            )
        elif len(columns) == len(connection.names(table)):
            yield (
                f"table `{table}` has no dates, so its rows of today are used on every date"
                f" ({users})"
            )
        else:
            yield (
                f"the model names no date of table `{table}`, so its rows of today are used on"
                f" every date ({users})"
            )


def _quote(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
