"""What the model uses each table for, and how its rows lead to entities, in words."""

from __future__ import annotations

from collections.abc import Iterator

from salus.channels.words import load_words
from salus.channels.words.key_terms import describe_functions
from salus.facts.sql.keys import KeyColumn
from salus.model.link import KeyExpression, KeyPath, Link
from salus.model.model import Model
from salus.model.yaml.findings import shorten
from salus.verbs.check.result import TableUse


def describe_ways(model: Model, column: KeyColumn) -> tuple[str, ...]:
    """How the rows of a table lead to entities, in the order in which the ways are tried: the columns
    that are compared.
    """
    if not column.paths:
        return (f"`{shorten(column.key)}`",)
    return tuple(_describe_path(model, path) for path in column.paths)


def _describe_path(model: Model, path: KeyPath) -> str:
    words = _describe_expression(path.expression)
    while path.link is not None:
        link = model.links[path.link]
        words += f" = `{shorten(link.source.column)}` in `{shorten(link.table)}`"
        if _ends(model, link):
            return words
        path = link.to
        words += f", then {_describe_expression(path.expression)}"
    return words


def _ends(model: Model, link: Link) -> bool:
    """Whether a row of the link's table is the row of an entity."""
    key = KeyExpression(model.entity.key)
    return link.to == KeyPath(None, key) and link.table == model.entity.table


def _describe_expression(expression: KeyExpression) -> str:
    """A column, and in brackets what is compared of it.

    >>> _describe_expression(KeyExpression("Website", ("trim", "domain")))
    '`Website` (domain)'
    >>> _describe_expression(KeyExpression("Id", ("left 15",)))
    '`Id` (first 15 characters)'
    """
    compared = describe_functions(expression.functions, load_words())
    return f"`{shorten(expression.column)}`" + (f" ({compared})" if compared else "")


def find_other_uses(model: Model) -> Iterator[TableUse]:
    """The uses of tables whose rows belong to no entity of their own: links, look-ups and
    exchange rates.
    """
    for link in model.links.values():
        yield TableUse(table=link.table, title=f"link `{link.name}`")
    for source in model.sources.values():
        if source.lookup is not None:
            yield TableUse(table=source.lookup.table, title=f"look-up of source `{source.name}`")
    rates = None if model.entity.contracts is None else model.entity.contracts.rates
    if rates is not None:
        yield TableUse(table=rates.table, title="exchange rates of contracts")
