"""Rows of the customers' table that stand for another customer: merged records, children, duplicates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from salus.draft.headers import fold
from salus.draft.overlaps import describe_values
from salus.draft.table_values import TableValues
from salus.draft.ways import Replacements
from salus.model.key_functions.functions import SEPARATOR, apply_functions

MATCHES = 0.9  # share of the values of a column that must be keys of the same table
MOST_DUPLICATES = 50


@dataclass(frozen=True)
class StandIns:
    """Merged records and children with the customer they stand for, and duplicates of customers."""

    merged: Replacements | None
    parent: str | None
    children: Replacements | None  # without contracts of their own; their parent has some
    duplicates: Mapping[str, str]  # key of the duplicate -> key of the customer
    listed: Replacements | None = None  # merged records that only the surviving one names

    @property
    def replacements(self) -> tuple[Replacements, ...]:
        """What ways to the customers follow first."""
        kinds = (self.merged, self.children, self.listed)
        return tuple(each for each in kinds if each is not None and each.survivors)

    @property
    def survivors(self) -> dict[str, str]:
        """Every record that stands for another one, with the key of the customer."""
        of_records = {key: to for each in self.replacements for key, to in each.survivors.items()}
        return {**self.duplicates, **of_records}


def find_stand_ins(values: TableValues, key: str, paying: Collection[str]) -> StandIns:
    """`values`: all rows of the customers' table. `paying`: keys of entities with contracts."""
    keys = {text for text in values.columns[key] if text is not None}
    merged = _references(values, key, keys, "merged_into")
    parent = _references(values, key, keys, "parent")
    survivors = _follow(merged[1]) if merged else {}
    paying = {survivors.get(entity, entity) for entity in paying}
    children = {
        child: owner
        for child, owner in (parent[1] if parent else {}).items()
        if child not in paying and owner in paying and child not in survivors
    }
    taken = survivors.keys() | (parent[1].keys() if parent else set())
    duplicates = _duplicates(values, key, paying, taken) if paying else {}
    return StandIns(
        Replacements(merged[0], survivors) if merged else None,
        parent[0] if parent else None,
        Replacements(parent[0], children) if parent else None,
        duplicates,
        _listed(values, key, keys, survivors),
    )


def _references(
    values: TableValues, key: str, keys: set[str], meaning: str
) -> tuple[str, dict[str, str]] | None:
    """The column with the meaning that names other rows, and what each row names."""
    for name, texts in values.columns.items():
        if name == key or meaning not in values.meanings.get(name, ()):
            continue
        pairs = {
            own: other
            for own, other in zip(values.columns[key], texts, strict=True)
            if own is not None and other is not None and own != other
        }
        if pairs and sum(other in keys for other in pairs.values()) >= MATCHES * len(pairs):
            return name, {own: other for own, other in pairs.items() if other in keys}
    return None


def _listed(
    values: TableValues, key: str, keys: set[str], survivors: Mapping[str, str]
) -> Replacements | None:
    """The column that lists the ids of merged records, without those that are still rows."""
    for name, texts in values.columns.items():
        if name == key or "merged_from" not in values.meanings.get(name, ()):
            continue
        lists: dict[str, set[str]] = {}
        for own, text in zip(values.columns[key], texts, strict=True):
            for part in (text or "").split(SEPARATOR):
                record = apply_functions(("each",), part)
                if own is not None and record is not None and record not in keys:
                    lists.setdefault(record, set()).add(survivors.get(own, own))
        clear = {record: next(iter(own)) for record, own in lists.items() if len(own) == 1}
        if clear:
            return Replacements(name, clear, listed=True)
    return None


def _follow(pairs: Mapping[str, str]) -> dict[str, str]:
    """Each merged record with the last survivor; records in a circle have none."""
    survivors = {}
    for record in pairs:
        last, visited = pairs[record], {record}
        while last in pairs and last not in visited:
            visited.add(last)
            last = pairs[last]
        if last not in visited:
            survivors[record] = last
    return survivors


def _duplicates(
    values: TableValues, key: str, paying: Collection[str], taken: Collection[str]
) -> dict[str, str]:
    """Rows without contracts that have the company name or domain of exactly one row with some."""
    keys = values.columns[key]
    duplicates: dict[str, str] = {}
    for column, texts in values.columns.items():
        described = describe_values(values, column)
        if column == key or described is None or described.kind not in ("name", "host"):
            continue
        if described.kind == "name" and "name" not in described.meanings:
            continue
        names = described.names(("company",) if described.kind == "name" else ("domain",))
        owners: dict[str, set[str]] = {}
        written: dict[str, str] = {}
        for own, text in zip(keys, texts, strict=True):
            if own is not None and own in paying and text is not None and text in names:
                owners.setdefault(names[text], set()).add(own)
                written[own] = text
        for own, text in zip(keys, texts, strict=True):
            if own is None or own in paying or own in taken:
                continue
            if text is None or text not in names:
                continue
            same = owners.get(names[text], set())
            if len(same) != 1:
                continue
            owner = next(iter(same))
            if described.kind == "name" and _differ_in_form(text, written[owner], names[text]):
                continue
            duplicates.setdefault(own, owner)
    return duplicates


def _differ_in_form(name: str, other: str, bare: str) -> bool:
    """Whether two names have legal forms that differ: a firm's ApS isn't its I/S. `bare`: without.

    >>> _differ_in_form("Nord A/S", "NORD ApS", "nord"), _differ_in_form("Nord", "Nord ApS", "nord")
    (True, False)
    """
    left, right = ("".join(filter(str.isalnum, fold(text))) for text in (name, other))
    shortest = len("".join(filter(str.isalnum, bare)))
    formal = min(len(left), len(right)) > shortest
    return formal and not left.startswith(right) and not right.startswith(left)
