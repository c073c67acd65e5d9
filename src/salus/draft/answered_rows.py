"""The rows that a person names as customers: a condition on their table."""

from __future__ import annotations

from salus.draft.profile import TableProfile
from salus.errors import OptionError
from salus.model.expressions.conditions import parse
from salus.model.expressions.expression import find_names
from salus.model.expressions.unsupported_syntax import UnsupportedSyntax
from salus.model.suggest import did_you_mean
from salus.sanitize import sanitize


def check_rows(where: str, table: TableProfile) -> None:
    """Raise OptionError unless `where` is a condition on columns of the table."""
    try:
        condition = parse(where)
    except UnsupportedSyntax as error:
        raise OptionError(f"--where: {error.what}", error.fix) from None
    columns = [column.name for column in table.columns]
    for name in sorted(find_names(condition) - set(columns)):
        raise OptionError(
            f"--where: table '{table.name}' has no column '{sanitize(name)}'",
            did_you_mean(name, columns) or "name one of its columns, in backticks if it has blanks",
        )
