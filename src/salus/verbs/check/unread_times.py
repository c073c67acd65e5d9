"""Values of a database that aren't times in the form that `salus.toml` names: they count as empty."""

from __future__ import annotations

from collections.abc import Iterator

from salus.errors import Problem
from salus.facts.partials.requirements import columns_read
from salus.model.model import Model
from salus.sources.connection import Connection
from salus.sources.timed_connection import TimedConnection


def find_unread_times(model: Model, connection: Connection) -> Iterator[Problem]:
    """A warning for each column with such values that the model reads."""
    if not isinstance(connection, TimedConnection):
        return
    for table, forms in connection.times.items():
        read = columns_read(model, table)
        for column, form in forms.items():
            if column not in read:
                continue
            rows, example = connection.unread(table, column)
            if rows:
                yield Problem(
                    "salus.toml",
                    None,
                    None,
                    f"{rows:,} {'row' if rows == 1 else 'rows'} of {table} in `{column}` can't be read"
                    f" as {form.text}, such as {example!r}; they count as empty",
                    f"correct the values, or the form in [times.{table}]",
                    severity="warning",
                )
