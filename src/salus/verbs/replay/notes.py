"""What a replay can't know as it was on each date. Its result says so."""

from __future__ import annotations

from collections.abc import Iterator

from salus.kernel.cells import used_names
from salus.model.contracts import VALUE
from salus.model.link import find_links
from salus.model.model import Model
from salus.sources.connection import Connection

DATED = ("date", "moment", "instant")  # types of a column


def find_notes(model: Model, connection: Connection) -> tuple[str, ...]:
    """One sentence for everything that is taken as it is today."""
    return (
        *_attributes(model, connection),
        *_lookups(model, connection),
        *_links(model, connection),
    )


def _attributes(model: Model, connection: Connection) -> Iterator[str]:
    entity = model.entity
    history = entity.history
    changing = (
        history.attributes(column.name for column in connection.columns(history.table))
        if history
        else frozenset()
    )
    used = set(used_names(model)) - {measure.name for measure in model.everything}
    today = sorted(
        used
        - changing
        - {entity.key, entity.starts, entity.ends, "as_of"}
        - ({VALUE} if entity.valued_by_contracts else set())
    )
    if today:
        columns = "such column" if len(today) == 1 else "such columns"
        reason = (
            f"table `{history.table}` has no {columns}"
            if history and history.changes is None
            else f"`fields` of the entity's history doesn't name {'it' if len(today) == 1 else 'them'}"
            if history
            else "the model declares no `history` of the entity"
        )
        values = "value is" if len(today) == 1 else "values are"
        yield f"{_list(today)}: today's {values} used for every date, because {reason}"


def _lookups(model: Model, connection: Connection) -> Iterator[str]:
    """The tables that sources look up as they are today."""
    sources: dict[str, list[str]] = {}
    for source in model.sources.values():
        if source.lookup is not None and source.lookup.time is None:
            sources.setdefault(source.lookup.table, []).append(source.name)
    if not sources:
        return
    tables = list(sources)
    names = [name for group in sources.values() for name in group]
    dated = [
        table
        for table in tables
        if any(column.type in DATED for column in connection.columns(table))
    ]
    columns = _list(dated, "or")
    yield (
        f"{_count('source', names)} {_list(names)} {_look(names)} up {_count('table', tables)}"
        f" {_list(tables)} without a date, so today's rows are used for every date. `salus validate`"
        " assumes that these rows never change"
        + (
            f". If a column of {columns} gives the date from which a row is valid, name it as `time:` in"
            " the lookup"
            if dated
            else ""
        )
    )


def _links(model: Model, connection: Connection) -> Iterator[str]:
    """The links through which keys are found as they are today."""
    today = [link for link in find_links(model.key_paths, model.links) if link.time is None]
    if not today:
        return
    names = [link.name for link in today]
    dated = [
        table
        for table in dict.fromkeys(link.table for link in today)
        if any(column.type in DATED for column in connection.columns(table))
    ]
    yield (
        f"{_count('link', names)} {_list(names)} {_have(names)} no `time`, so names lead to the same"
        f" {model.entity.names} on every date as today"
        + (
            f". If a column of {_list(dated, 'or')} gives the date from which a row applies, name it as"
            " `time:` of the link"
            if dated
            else ""
        )
    )


def _have(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _count(word: str, names: list[str]) -> str:
    return word if len(names) == 1 else f"{word}s"


def _look(names: list[str]) -> str:
    return "looks" if len(names) == 1 else "look"


def _list(names: list[str], last: str = "and") -> str:
    """The names in quotes: `a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in names]
    return f" {last} ".join([", ".join(quoted[:-1]), *quoted[-1:]] if len(quoted) > 1 else quoted)
