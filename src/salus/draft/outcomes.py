"""The outcome that a person names: `TABLE.COLUMN` of dates, or `TABLE.COLUMN=VALUE`."""

from __future__ import annotations

from collections.abc import Mapping

from salus.draft.lines import Body, KeyBody
from salus.draft.links import plain_name
from salus.draft.picture import FolderPicture, TablePicture, quote_name
from salus.draft.profile import ColumnProfile
from salus.errors import OptionError
from salus.model.yaml.findings import shorten

NOBODY = "none"  # the answer that no table says who left


def answered_outcome(
    answer: str, picture: FolderPicture, keys: Mapping[str, KeyBody], customers: str | None
) -> Body:
    """The body of the outcome. Raises OptionError if the tables don't hold it.

    A value in the table `customers` is a flag; in another table it needs the time of the row.
    """
    named, equals, value = answer.partition("=")
    table, column = _find_column(named.strip(), picture)
    if table.name not in keys:
        raise OptionError(
            f"the rows of table {table.name} lead to no customer", "choose another outcome"
        )
    if not equals:
        if not column.is_time:
            raise OptionError(
                f"`{column.name}` of table {table.name} holds no dates",
                f"write --outcome {table.name}.{column.name}=VALUE",
            )
        return {"table": table.name, "key": keys[table.name], "time": plain_name(column.name)}
    if table.name == customers:
        return {"flag": plain_name(column.name), "is": value.strip()}
    if table.time is None:
        raise OptionError(
            f"no date in table {table.name} says when that happened", "choose another outcome"
        )
    quoted = value.strip().replace("'", "''")
    return {
        "table": table.name,
        "key": keys[table.name],
        "time": plain_name(table.time),
        "where": f"{quote_name(column.name)} = '{quoted}'",
    }


def _find_column(text: str, picture: FolderPicture) -> tuple[TablePicture, ColumnProfile]:
    """The column of a text such as `TABLE.COLUMN`; names of tables may hold dots too."""
    for table in picture.tables:
        name = text.removeprefix(f"{table.name}.")
        if name != text and table.profile.has(name):
            return table, table.profile.column(name)
    raise OptionError(
        f"there is no column '{shorten(text)}'",
        "write the outcome as TABLE.COLUMN or TABLE.COLUMN=VALUE",
    )
