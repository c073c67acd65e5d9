"""Finds the ways from every table to the customers, through the values that tables share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salus.draft.overlaps import (
    ColumnValues,
    NameMap,
    Overlap,
    compare,
    describe_values,
    name_maps,
)
from salus.draft.picture import KeyTerm, Step, TableRole, Way
from salus.draft.table_values import TableValues
from salus.model.key_functions.functions import apply_functions

ENOUGH = 0.5  # share of a column's rows that must reach a customer
FEWEST = 2  # distinct values that must be found
MOST_WAYS = 8  # a key of the model language has no more; each adds rows that no other way has
FEW = 0.001  # share of rows that a further way must add
AGREE = 0.9  # share of rows on which a further way must lead to the same entity
SEVERAL = "\0several"  # a row whose name leads to several entities
_ORDER: tuple[TableRole, ...] = (
    "customers",
    "lookup",
    "people",
    "contracts",
    "deals",
    "tickets",
    "invoices",
)
_NO_TARGETS: frozenset[TableRole] = frozenset(
    (
        "events",
        "ratings",
        "answers",
        "field_history",
        "copies",
        "activities",
        "endings",
        "snapshot",
        "payments",
    )
)
_KINDS = {"id": 0, "mail": 1, "name": 2, "host": 3}


@dataclass(frozen=True)
class Reached:
    """The ways of a table and the entity of each of its rows: None if unknown, or SEVERAL."""

    ways: tuple[Way, ...]
    entities: list[str | None]
    filled: list[bool]  # whether any key of the row has a value

    def count(self, values: TableValues) -> tuple[int, int, int, int]:
        """Rows that are matched, unknown, ambiguous and empty."""
        matched = unknown = ambiguous = empty = 0
        for entity, weight, filled in zip(self.entities, values.weights, self.filled, strict=True):
            if entity == SEVERAL:
                ambiguous += weight
            elif entity is not None:
                matched += weight
            elif filled:
                unknown += weight
            else:
                empty += weight
        return matched, unknown, ambiguous, empty


@dataclass(frozen=True)
class Replacements:
    """Rows of the customers' table that stand for another one: merged records, children."""

    column: str  # names the surviving or the parent record
    survivors: Mapping[str, str]  # key of the row -> key of the entity
    listed: bool = False  # the column is that of the surviving record, and lists the merged ones


def describe_tables(values: Mapping[str, TableValues]) -> dict[str, list[ColumnValues]]:
    """The columns of each table that may lead to others, by their values."""
    return {
        name: [
            column
            for column in (describe_values(table, header) for header in table.columns)
            if column is not None
        ]
        for name, table in values.items()
    }


@dataclass(kw_only=True)
class WayFinder:
    """Resolves tables one after the other; each way leads only to tables resolved before.

    `customers` and `key` name the table and column of the entities. `replacements` are followed
    where the key leads to none of the rows that count.
    """

    values: Mapping[str, TableValues]
    roles: Mapping[str, TableRole]
    customers: str
    key: str
    columns: Mapping[str, list[ColumnValues]]
    replacements: tuple[Replacements, ...] = ()
    maps: list[NameMap] = field(default_factory=list)
    reached: dict[str, Reached] = field(default_factory=dict)
    _compared: dict[tuple[int, int], Overlap | None] = field(default_factory=dict)

    def find(self) -> dict[str, Reached]:
        """The ways of each table that reaches customers, by table."""
        own = self.values[self.customers].columns[self.key]
        self._add(
            self.customers, Reached((Way(steps=(), matched=len(own)),), own, [True] * len(own))
        )
        waiting = [name for name in self.values if name != self.customers]
        while waiting:
            choice = self._choose(sorted(waiting, key=self._rank))
            if choice is None:
                break
            name, reached = choice
            self._add(name, reached)
            waiting.remove(name)
        return self.reached

    def _choose(self, waiting: list[str]) -> tuple[str, Reached] | None:
        """The first table that reaches customers. Among people, one that only has the host of its
        addresses comes last: the addresses themselves may be in another table of people.
        """
        by_host: tuple[str, Reached] | None = None
        for name in waiting:
            if by_host is not None and self.roles.get(name) != "people":
                break
            reached = self._resolve(name)
            if reached is None:
                continue
            if self.roles.get(name) != "people" or not _only_hosts(reached):
                return name, reached
            by_host = by_host or (name, reached)
        return by_host

    def _rank(self, name: str) -> tuple[int, int, str]:
        role = self.roles.get(name, "unknown")
        place = _ORDER.index(role) if role in _ORDER else len(_ORDER)
        return place, self.values[name].rows, name

    def _add(self, name: str, reached: Reached) -> None:
        self.reached[name] = reached
        if self.roles.get(name, "unknown") in _NO_TARGETS and name != self.customers:
            return
        known = [None if entity == SEVERAL else entity for entity in reached.entities]
        self.maps += name_maps(self.values[name], self.columns[name], known)

    def _resolve(self, name: str) -> Reached | None:
        """The ways of a table in the order of precedence; None if too few rows reach a customer."""
        overlaps = [
            overlap
            for column in self.columns[name]
            for overlap in self._best_targets(column)
            if overlap.matched + overlap.ambiguous >= ENOUGH * overlap.rows
            and overlap.targets >= min(FEWEST, len(column.counts))
        ]
        overlaps.sort(key=self._preference)
        reached = None
        for overlap in [o for best in overlaps for o in (*self._exact(best), best)]:
            if reached is None or (len(reached.ways) < MOST_WAYS and _is_new(reached, overlap)):
                reached = self._extend(self.values[name], reached, overlap)
        if reached is None:
            return None
        matched, unknown, ambiguous, _ = reached.count(self.values[name])
        return reached if matched >= ENOUGH * (matched + unknown + ambiguous) else None

    def _best_targets(self, column: ColumnValues) -> list[Overlap]:
        """For each table and kind, the target with the most matches."""
        best: dict[tuple[str, bool], Overlap] = {}
        for target in self.maps:
            if target.values.table == column.table:
                continue
            overlap = self._compare(column, target)
            if overlap is None:
                continue
            place = target.values.table, target.functions == ("domain",)
            mine = best.get(place)
            if mine is None or _quality(overlap, self.key) > _quality(mine, self.key):
                best[place] = overlap
        return list(best.values())

    def _exact(self, overlap: Overlap) -> list[Overlap]:
        """The names as they are written, where names without their legal form lead to several."""
        if not overlap.ambiguous or overlap.source.kind != "name":
            return []
        same = [
            exact
            for target in self.maps
            if target.values is overlap.map.values
            and (exact := self._compare(overlap.source, target)) is not None
            and exact.ambiguous == 0
            and exact.matched >= ENOUGH * exact.rows
        ]
        return [max(same, key=lambda exact: _quality(exact, self.key))] if same else []

    def _compare(self, column: ColumnValues, target: NameMap) -> Overlap | None:
        pair = id(column), id(target)
        if pair not in self._compared:
            customers = target.values.table == self.customers
            self._compared[pair] = compare(column, target, customers)
        return self._compared[pair]

    def _preference(self, overlap: Overlap) -> tuple[object, ...]:
        kind = "host" if overlap.map.functions == ("domain",) else overlap.source.kind
        steps = len(self.reached[overlap.map.values.table].ways[0].steps)
        return (
            _KINDS[kind],
            steps > 0,
            -round(overlap.matched / overlap.rows, 2),
            steps,
            -overlap.matched,
            overlap.source.column,
            overlap.map.values.table,
        )

    def _extend(
        self, values: TableValues, before: Reached | None, overlap: Overlap
    ) -> Reached | None:
        """Add a way if it agrees with those before and leads further rows to a customer."""
        known = overlap.source.names(overlap.map.functions)
        names = [
            known.get(text) if text is not None else None
            for text in values.columns[overlap.source.column]
        ]
        entities = [self._entity(name, overlap.map) for name in names]
        if before is None:
            return Reached(
                (self._way(overlap), *self._replaced(names, values, overlap)),
                self._follow(names, entities, overlap),
                [name is not None for name in names],
            )
        merged, new, same, other = [], 0, 0, 0
        for old, entity, weight in zip(before.entities, entities, values.weights, strict=True):
            if old is None and entity is not None and entity != SEVERAL:
                new += weight
            elif old is not None and entity is not None and SEVERAL not in (old, entity):
                same, other = same + weight * (old == entity), other + weight * (old != entity)
            merged.append(old if old is not None else entity)
        if new < FEW * values.rows or not new or same < AGREE * (same + other):
            return before
        filled = [a or b is not None for a, b in zip(before.filled, names, strict=True)]
        return Reached((*before.ways, self._way(overlap)), merged, filled)

    def _entity(self, name: str | None, target: NameMap) -> str | None:
        if name is None or name not in target.entities:
            return None
        return target.entities[name] or SEVERAL

    def _is_key(self, overlap: Overlap) -> bool:
        target = overlap.map.values
        return target.table == self.customers and target.column == self.key

    def _follow(
        self, names: list[str | None], entities: list[str | None], overlap: Overlap
    ) -> list[str | None]:
        """The entities, with those of merged records and children replaced."""
        if not self._is_key(overlap):
            return entities
        survivors = {
            apply_functions(overlap.map.functions, key): survivor
            for replacement in self.replacements
            for key, survivor in replacement.survivors.items()
        }
        return [survivors.get(name, entity) for name, entity in zip(names, entities, strict=True)]

    def _replaced(
        self, names: list[str | None], values: TableValues, overlap: Overlap
    ) -> list[Way]:
        """The ways through merged records and children that rows of the table take."""
        if not self._is_key(overlap):
            return []
        functions = overlap.map.functions
        ways = []
        for replacement in self.replacements:
            keys = {apply_functions(functions, key) for key in replacement.survivors}
            rows = sum(w for n, w in zip(names, values.weights, strict=True) if n in keys)
            if rows and replacement.listed:
                lists = KeyTerm(replacement.column, ("each", *functions))
                ways.append(Way(steps=(self._step(overlap, lists),), matched=rows))
            elif rows:
                first = self._step(overlap, KeyTerm(self.key, functions))
                second = Step(
                    table=self.customers,
                    term=KeyTerm(replacement.column, functions),
                    target_table=self.customers,
                    target=KeyTerm(self.key, functions),
                    rows=len(replacement.survivors),
                    matched=len(replacement.survivors),
                    unknown=0,
                    ambiguous=0,
                )
                ways.append(Way(steps=(first, second), matched=rows))
        return ways

    def _way(self, overlap: Overlap) -> Way:
        target = overlap.map.values
        first = self._step(overlap, KeyTerm(target.column, overlap.map.functions))
        further = next(
            (w for w in self.reached[target.table].ways if not _through_itself(w)),
            Way(steps=(), matched=0),
        )
        return Way(steps=(first, *further.steps), matched=overlap.matched)

    def _step(self, overlap: Overlap, target: KeyTerm) -> Step:
        return Step(
            table=overlap.source.table,
            term=KeyTerm(overlap.source.column, overlap.map.functions),
            target_table=overlap.map.values.table,
            target=target,
            rows=overlap.rows,
            matched=overlap.matched,
            unknown=overlap.unknown,
            ambiguous=overlap.ambiguous,
        )


def _only_hosts(reached: Reached) -> bool:
    """Whether all ways of a table begin with the host of an address."""
    return all("domain" in way.steps[0].term.functions for way in reached.ways if way.steps)


def _is_new(reached: Reached, overlap: Overlap) -> bool:
    """Whether the column isn't used yet, or may be looked up in a second table."""
    named = overlap.source.kind != "id" or overlap.map.values.is_unique
    used = sum(
        way.steps[0].term.column == overlap.source.column
        and ("domain" in way.steps[0].term.functions) == (overlap.map.functions == ("domain",))
        and not _through_itself(way)
        for way in reached.ways
    )
    return used < (2 if named else 1)


def _through_itself(way: Way) -> bool:
    """Whether a way passes a merged or a child record."""
    return any(
        step.table == step.target_table or "each" in step.target.functions for step in way.steps
    )


def _quality(overlap: Overlap, key: str) -> tuple[object, ...]:
    """More matches, then the key, then fewer functions, then the same names in any order of rows."""
    target = overlap.map
    return (
        overlap.matched,
        -overlap.ambiguous,
        target.values.column == key,
        -len(target.functions),
        -len(target.entities),
        target.values.column,
    )
