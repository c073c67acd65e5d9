"""Which rows of each table a model leads to which customer, by its links, compared with a model that
is known to be right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.draft.exports.joined import read_tables, resolver
from tests.draft.exports.truth import Truth


@dataclass(frozen=True)
class Match:
    """Rows of a table by customer. `right` are those that lead to the customer they should."""

    rows: int
    right: int
    wrong: int

    @property
    def share(self) -> float:
        """The share of the rows that can be matched."""
        return self.right / self.rows if self.rows else 1.0


def compare_matches(
    model: Path, exports: Path, reference: Mapping[str, Counter[str]], truth: Truth
) -> dict[str, Match]:
    """How well the model's keys match each table that the reference matches."""
    counts = count_matches(model, exports, truth)
    result = {}
    for table, expected in reference.items():
        actual = counts.get(table, Counter())
        right = sum((expected & actual).values())
        result[table] = Match(sum(expected.values()), right, sum(actual.values()) - right)
    return result


def count_matches(model: Path, exports: Path, truth: Truth) -> dict[str, Counter[str]]:
    """The rows of each table by customer, before any condition of a source."""
    document = YAML().load(model.read_text(encoding="utf-8"))
    tables = read_tables(document, exports)
    names = resolver(document, tables, exports)
    counts: dict[str, Counter[str]] = {}
    for table, key in _keys(document):
        if table not in tables:  # a sheet of a workbook
            continue
        counter = Counter(
            customer
            for row in tables[table]
            if (customer := truth.by_name.get(names.resolve(key, row))) is not None
        )
        counts[table] = max(counts.get(table, Counter()), counter, key=lambda each: each.total())
    return counts


def _keys(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    contracts = document["entity"].get("contracts")
    for place in (*([contracts] if contracts else []), *document["sources"].values()):
        if "lookup" not in place:
            yield place["table"], place["key"]
