"""Corrections of links: the names of records that stand for a customer, each with that customer."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from sqlglot import exp

from salus.draft.picture import CustomersPicture, KeyTerm
from salus.draft.table_values import as_text
from salus.model.key_functions.functions import apply_functions
from salus.sources.connection import Connection

MOST_REPLACED = 500  # records; more of them belong into a table of their own
MOST_ROWS = 200_000  # of the customers' table, whose names are compared
LONGEST = 400  # characters of a name


class NameCorrections:
    """Finds how links must be corrected, from the records of the customers' table."""

    def __init__(self, connection: Connection, customers: CustomersPicture) -> None:
        self.connection, self.customers = connection, customers
        replaced = customers.replaced
        self.replaced = replaced if len(replaced) <= MOST_REPLACED else {}

    def find(self, names: Mapping[str, KeyTerm]) -> dict[str, tuple[tuple[str, str], ...]]:
        """The corrections of each link that needs some: a name and the key of a customer.

        `names` says what each link reads in the customers' table. A name that leads to two customers
        isn't corrected, nor one that a customer has too whose other records are left out.
        """
        if not self.replaced or not names:
            return {}
        columns = {self.customers.key, *(term.column for term in names.values())}
        texts = self._read(sorted(columns))
        if len(texts[self.customers.key]) >= MOST_ROWS:
            return {}
        pairs_of = {link: tuple(sorted(self._pairs(term, texts))) for link, term in names.items()}
        return {link: pairs for link, pairs in pairs_of.items() if pairs}

    def _read(self, columns: list[str]) -> dict[str, list[str | None]]:
        selects = [exp.column(name, quoted=True).as_(f"c{n}") for n, name in enumerate(columns)]
        table = self.connection.table(self.customers.table)
        rows = self.connection.query(exp.select(*selects).from_(table).limit(MOST_ROWS))
        return {
            name: [as_text(value) for value in rows[f"c{number}"].to_pylist()]
            for number, name in enumerate(columns)
        }

    def _pairs(
        self, term: KeyTerm, texts: Mapping[str, list[str | None]]
    ) -> Iterator[tuple[str, str]]:
        records: dict[str, set[tuple[str, str]]] = {}  # what the link reads -> texts with keys
        owners: dict[str, set[str]] = {}  # the customers that have a name themselves
        listed: set[str] = set()  # names of records that aren't left out
        for key, text in zip(texts[self.customers.key], texts[term.column], strict=True):
            name = apply_functions(term.functions, text)
            if name is None or key is None or text is None:
                continue
            if key not in self.replaced:
                owners.setdefault(name, set()).add(key)
            elif len(text) <= LONGEST and text.isprintable():
                records.setdefault(name, set()).add((text.strip(), self.replaced[key]))
                if key not in self.customers.unlisted:
                    listed.add(name)
        for name, pairs in records.items():
            is_clear = len({key for _, key in pairs} | owners.get(name, set())) == 1
            if is_clear and (name not in owners or name in listed):
                yield min(pairs)


def render_corrections(pairs: tuple[tuple[str, str], ...]) -> str:
    """The text of a file of corrections."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("from", "to"))
    writer.writerows(pairs)
    return text.getvalue()
