"""Which customer each row of a table leads to by the ways of a picture, row by row and as slowly as
they read, without the product's code for links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salus.draft.picture import FolderPicture, KeyTerm, Way
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
        found = self.picture.table(table)
        assert found is not None
        right = wrong = others = 0
        for row, owner in zip(self.tables[table], owners, strict=True):
            reached = self._reach(found.ways, row)
            right += bool(owner) and reached == owner
            wrong += bool(owner) and reached not in ("", owner)
            others += not owner and bool(reached)
        return RowsMatched(sum(map(bool, owners)), right, wrong, others)

    def _reach(self, ways: Sequence[Way], row: Row) -> str:
        """The first way that leads to a record decides; one that leads to two leads to nobody."""
        for way in ways:
            entities = self._follow(way, 0, row)
            if entities:
                return next(iter(entities)) if len(entities) == 1 else ""
        return ""

    def _follow(self, way: Way, number: int, row: Row) -> set[str]:
        customers = self.picture.customers
        assert customers is not None
        if number == len(way.steps):
            key = row[customers.key]
            return {key} & self.records
        step = way.steps[number]
        value = _value(step.term, row)
        if not value:
            return set()
        places = (step.target_table, step.target)
        if places not in self.targets:
            self.targets[places] = {}
            for target in self.tables[step.target_table]:
                name = _value(step.target, target)
                if name:
                    self.targets[places].setdefault(name, []).append(target)
        result: set[str] = set()
        seen: set[tuple[str, ...]] = set()
        following = way.steps[number + 1].term if number + 1 < len(way.steps) else None
        for target in self.targets[places].get(value, ()):
            mark = (target[following.column if following else customers.key],)
            if mark not in seen:
                seen.add(mark)
                result |= self._follow(way, number + 1, target)
        return result


def _value(term: KeyTerm, row: Row) -> str:
    value = row[term.column] or ""
    for function in term.functions:
        name, *arguments = function.split()
        value = value[: int(arguments[0])] if name == "left" else FUNCTIONS[name](value)
    return value
