"""Links: how the name that another system uses leads to the key of an entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SALUS_KEY = "salus_key"  # the column that holds a key that was found through links
SALUS_MATCH = "salus_match"  # the column of both tables of a lookup through a link


@dataclass(frozen=True)
class KeyExpression:
    """A column after functions, the innermost first: `company(trim(name))`.

    The function `each`, always the innermost, makes a name of each value in a cell: `1;2`.
    """

    column: str
    functions: tuple[str, ...] = ()  # "trim", "lower", "left 15", "digits", "domain", "company"

    @property
    def holds_list(self) -> bool:
        """Whether a cell can hold several names."""
        return self.functions[:1] == ("each",)


@dataclass(frozen=True)
class KeyPath:
    """A way from a row to an entity: an expression, and the link that knows its values.

    Without a link the expression is the key of the entity.
    """

    link: str | None
    expression: KeyExpression


@dataclass(frozen=True, kw_only=True)
class Link:
    """A table whose rows say which entity a name belongs to."""

    name: str
    table: str
    source: KeyExpression  # `from` in the model
    to: KeyPath
    time: str | None = None  # the time from which a row applies; None: all rows are today's
    corrections: str | None = None  # the file with names that a person assigned
    corrected: tuple[tuple[str, str], ...] = ()  # its names, each with the key of an entity


def columns_of(paths: Iterable[KeyPath]) -> tuple[str, ...]:
    """The columns that keys are made from, each once."""
    return tuple(dict.fromkeys(path.expression.column for path in paths))


def find_links(paths: Iterable[KeyPath], links: Mapping[str, Link]) -> tuple[Link, ...]:
    """Every link that the paths go through, each once, by name."""
    used: dict[str, Link] = {}
    names = [path.link for path in paths if path.link]
    while names:
        link = links[names.pop()]
        if link.name not in used:
            used[link.name] = link
            names += [link.to.link] if link.to.link else []
    return tuple(used[name] for name in sorted(used))
