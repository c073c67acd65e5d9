"""Finds columns of different tables that hold the same values, after functions of the model language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from salus.draft.headers import fold, normalise
from salus.draft.profile import EMAIL
from salus.draft.table_values import TableValues
from salus.model.key_functions.functions import apply_functions
from salus.model.key_functions.letters import BLANKS

ValueKind = Literal["id", "mail", "name", "host"]
FORMS: Mapping[ValueKind, tuple[tuple[str, ...], ...]] = {
    "id": ((), ("trim",), ("left 15",), ("digits",)),
    "mail": (("trim", "lower"), ("domain",)),
    "name": ((), ("trim",), ("company",)),
    "host": (("domain",),),
}
TRIM = ("trim",)
DENSE = 0.2  # share of a range of numbers from which two columns agree by chance
NEARLY_UNIQUE = 0.95
AMBIGUOUS = 0.3  # share of names that may lead to several entities
SAMPLE = 500
_RECORD_ID = re.compile(r"[0-9A-Za-z]{15}([0-9A-Za-z]{3})?")
_HOST = re.compile(r"(https?://)?(www\.)?[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}(/.*)?")
_NUMBER = re.compile(r"(?<=.{4})(nummer|nr)$")  # of compounds
_GENERIC = frozenset(
    [
        "id",
        "no",
        "nr",
        "number",
        "nummer",
        "key",
        "code",
        "ref",
        "name",
        "the",
        "of",
        "external",
        "cf",
        "c",
    ]
)
_CUSTOMER = frozenset(
    [
        "customer",
        "account",
        "company",
        "client",
        "organization",
        "organisation",
        "org",
        "tenant",
        "kunde",
        "kunden",
        "debitor",
        "debtor",
        "firma",
        "virksomhed",
        "konto",
    ]
)


@dataclass(frozen=True, kw_only=True)
class ColumnValues:
    """The values of one column: their kind, their rows, and whether they are a range of numbers."""

    table: str
    column: str
    kind: ValueKind
    counts: Mapping[str, int]
    dense: bool
    meanings: frozenset[str] = frozenset()
    _names: dict[tuple[str, ...], dict[str, str]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _rows: dict[tuple[str, ...], dict[str, int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def names(self, functions: tuple[str, ...]) -> Mapping[str, str]:
        """Each value that is something after the functions, with that."""
        if functions == TRIM and self.is_trimmed:
            functions = ()
        if functions not in self._names and not functions:
            self._names[functions] = {text: text for text in self.counts if text.strip()}
        if functions not in self._names:
            named = ((text, apply_functions(functions, text)) for text in self.counts)
            self._names[functions] = {text: name for text, name in named if name is not None}
        return self._names[functions]

    def rows(self, functions: tuple[str, ...]) -> Mapping[str, int]:
        """The number of rows of each name after the functions."""
        if functions == TRIM and self.is_trimmed:
            functions = ()
        if functions not in self._rows:
            rows: dict[str, int] = {}
            for text, name in self.names(functions).items():
                rows[name] = rows.get(name, 0) + self.counts[text]
            self._rows[functions] = rows
        return self._rows[functions]

    @cached_property
    def is_trimmed(self) -> bool:
        """Whether no value has blanks around it, so that trimming changes nothing."""
        return all(text == text.strip(BLANKS) for text in self.counts)

    @cached_property
    def is_unique(self) -> bool:
        """Whether nearly every row has its own value."""
        return len(self.counts) >= NEARLY_UNIQUE * sum(self.counts.values())

    @cached_property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The functions after which the values are compared."""
        if self.kind != "id":
            return FORMS[self.kind]
        sample = list(self.counts)[:SAMPLE]
        forms: list[tuple[str, ...]] = [(), ("trim",)]
        if all(_RECORD_ID.fullmatch(value) for value in sample) and not all(
            value.isdigit() for value in sample
        ):
            forms.append(("left 15",))
        if all(any(c.isdigit() for c in value) and len(value) <= 20 for value in sample) and all(
            re.fullmatch(r"[A-Za-z]{0,4}[-_ ]?\d+", value) for value in sample
        ):
            forms.append(("digits",))
        return tuple(forms)


def describe_values(values: TableValues, column: str) -> ColumnValues | None:
    """The values of a column by their kind; None if there are none."""
    counts = values.counts(column)
    if not counts:
        return None
    sample = list(counts)[:SAMPLE]
    means = values.meanings.get(column, frozenset())
    if _share(sample, EMAIL) > 0.5:
        kind: ValueKind = "mail"
    elif _share(sample, _HOST) > 0.8 and "name" not in means:
        kind = "host"
    elif _looks_named(sample) or ("name" in means and not _looks_coded(sample)):
        kind = "name"
    else:
        kind = "id"
    return ColumnValues(
        table=values.name,
        column=column,
        kind=kind,
        counts=counts,
        dense=_is_dense(counts),
        meanings=means,
    )


def _share(sample: list[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(value.strip())) for value in sample) / len(sample)


def _looks_named(sample: list[str]) -> bool:
    return sum(" " in value.strip() for value in sample) > 0.5 * len(sample)


def _looks_coded(sample: list[str]) -> bool:
    """Whether most values hold digits, as ids do."""
    return sum(any(c.isdigit() for c in value) for value in sample) > 0.5 * len(sample)


def _is_dense(counts: Mapping[str, int]) -> bool:
    """Whether the values are whole numbers of which a range is full, such as 1 to 240."""
    numbers = [int(value) for value in counts if value.isdigit() and len(value) < 16]
    if len(numbers) < 0.9 * len(counts):
        return False
    return len(numbers) > DENSE * (max(numbers) - min(numbers) + 1)


@dataclass(frozen=True)
class NameMap:
    """Where the values of a column lead: to an entity, or to None if they lead to several."""

    values: ColumnValues
    functions: tuple[str, ...]
    entities: Mapping[str, str | None]

    @property
    def useful(self) -> bool:
        """Whether most values lead to one entity."""
        ambiguous = sum(entity is None for entity in self.entities.values())
        return bool(self.entities) and ambiguous <= AMBIGUOUS * len(self.entities)


@dataclass(frozen=True)
class Overlap:
    """How the rows of a column fare in a map. `targets`: distinct values that are found there."""

    source: ColumnValues
    map: NameMap
    rows: int
    matched: int
    ambiguous: int
    targets: int

    @property
    def unknown(self) -> int:
        """Rows whose value isn't in the map."""
        return self.rows - self.matched - self.ambiguous


def name_maps(
    values: TableValues, columns: Iterable[ColumnValues], entities: list[str | None]
) -> list[NameMap]:
    """For each column and each form of its values, where they lead. `entities`: that of each row."""
    maps: list[NameMap] = []
    for column in columns:
        texts = values.columns[column.column]
        pairs = set(zip(texts, entities, strict=True))
        for functions in column.forms:
            if functions == TRIM and column.is_trimmed and maps and maps[-1].values is column:
                maps.append(replace(maps[-1], functions=TRIM))
                continue
            leads: dict[str, str | None] = {}
            names = column.names(functions)
            for text, entity in pairs:
                name = names.get(text) if text is not None else None
                if name is not None and entity is not None:
                    leads[name] = entity if leads.get(name, entity) == entity else None
            result = NameMap(column, functions, leads)
            if result.useful:
                maps.append(result)
    return maps


def compare(source: ColumnValues, target: NameMap, customers: bool) -> Overlap | None:
    """Look up the values of a column. None if they can't be compared, or only agree by chance.

    `customers`: whether the target is the table of customers.
    """
    kinds = {source.kind, target.values.kind}
    if len(kinds) > 1 and (target.functions != ("domain",) or kinds != {"mail", "host"}):
        return None
    if target.functions not in source.forms:
        return None
    if target.functions == TRIM and source.is_trimmed and target.values.is_trimmed:
        return None  # as without it, and fewer functions are better
    by_chance = source.dense or target.values.dense
    if by_chance and not headers_agree(source, target.values, customers):
        return None
    rows = source.rows(target.functions)
    shared = rows.keys() & target.entities.keys()
    matched = sum(rows[name] for name in shared if target.entities[name] is not None)
    if not matched:
        return None
    ambiguous = sum(rows[name] for name in shared) - matched
    total = sum(source.counts.values())
    return Overlap(source, target, total, matched, ambiguous, len(shared))


def headers_agree(source: ColumnValues, target: ColumnValues, customers: bool) -> bool:
    """Whether two headers speak of the same thing, because numbers alone can agree by chance."""
    if fold(source.column) == fold(target.column) and fold(source.column) != "id":
        return True
    left, right = _words(source.column), _words(target.column)
    table = _words(target.table)
    if left & right or {w.rstrip("s") for w in left} & {w.rstrip("s") for w in table}:
        return True
    return customers and bool(left & _CUSTOMER)


def _words(header: str) -> set[str]:
    """The telling words of a header; `Kundennummer` is `Kunden-Nr.`"""
    words = (_NUMBER.sub("", word) for word in normalise(header).split())
    return {word for word in words if word} - _GENERIC
