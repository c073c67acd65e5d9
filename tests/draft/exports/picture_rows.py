"""Which customer each row of a table leads to by the ways of a picture, row by row and as slowly as
they read, without the product's code for links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salus.draft.picture import FolderPicture, KeyTerm, Step, Way
from tests.draft.exports.names import FUNCTIONS, Row

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class RowsMatched:
    """Rows of a table that belong to a customer, and how many of them reach it. `wrong` reach another
    one; `others` belong to nobody and reach a customer.
    """

    rows: int
    right: int
    wrong: int
    others: int


class PictureRows:
    """Follows the ways of a picture over the rows of its tables."""

    def __init__(
        self, picture: FolderPicture, tables: Mapping[str, Rows], records: frozenset[str]
    ) -> None:
        self.picture, self.tables, self.records = picture, tables, records
        self.targets: dict[tuple[str, KeyTerm], dict[str, list[Row]]] = {}

    def count(self, table: str, owners: Sequence[str]) -> RowsMatched:
        """Compare the rows of a table with their true customers."""
        right = wrong = others = 0
        for row, owner in zip(self.tables[table], owners, strict=True):
            entities = self._reach(table, row)
            reached = next(iter(entities)) if len(entities) == 1 else ""
            right += bool(owner) and reached == owner
            wrong += bool(owner) and reached not in ("", owner)
            others += not owner and bool(reached)
        return RowsMatched(sum(map(bool, owners)), right, wrong, others)

    def _reach(self, table: str, row: Row) -> set[str]:
        """The entities that the first way with any leads to. A row follows all ways of each table that
        it passes.
        """
        found, customers = self.picture.table(table), self.picture.customers
        assert found is not None and customers is not None
        if table == customers.table:
            return {row[customers.key]} & self.records
        for way in found.ways:
            entities = self._follow(way, row)
            if entities:
                return entities
        return set()

    def _follow(self, way: Way, row: Row) -> set[str]:
        """The entities of the rows that a way's first step finds. A second step from the customers'
        table to itself replaces a record by another one.
        """
        first, *further = way.steps
        result: set[str] = set()
        seen: set[str] = set()
        for target in self._targets(first).get(_value(first.term, row), ()):
            mark = repr(target)
            if mark in seen:
                continue
            seen.add(mark)
            if further and further[0].target_table == first.target_table:
                column, customers = further[0].term.column, self.picture.customers
                assert customers is not None
                result |= {target[column]} & self.records
            else:
                result |= self._reach(first.target_table, target)
        return result

    def _targets(self, step: Step) -> dict[str, list[Row]]:
        """The rows that a step may find, by name."""
        places = (step.target_table, step.target)
        if places not in self.targets:
            self.targets[places] = {}
            for target in self.tables[step.target_table]:
                for name in _names(step.target, target):
                    self.targets[places].setdefault(name, []).append(target)
        return self.targets[places]


def _names(term: KeyTerm, row: Row) -> list[str]:
    """The names of a row in the table of a step: each id in a list of merged records."""
    if term.functions[:1] != ("each",):
        return [name for name in [_value(term, row)] if name]
    plain = KeyTerm(term.column, term.functions[1:])
    parts = (part.strip() for part in (row[term.column] or "").split(";"))
    return [_value(plain, {**row, term.column: part}) for part in parts if part]


def _value(term: KeyTerm, row: Row) -> str:
    value = row[term.column] or ""
    for function in term.functions:
        name, *arguments = function.split()
        value = value[: int(arguments[0])] if name == "left" else FUNCTIONS[name](value)
    return value
