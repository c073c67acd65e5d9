"""Chooses the table that lists the customers, by agreement with contracts, invoices and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salus.draft.answers import DraftAnswers
from salus.draft.headers import normalise
from salus.draft.overlaps import NEARLY_UNIQUE, ColumnValues
from salus.draft.picture import DraftQuestion, TableRole
from salus.draft.profile import TableProfile
from salus.draft.table_values import TableValues
from salus.draft.ways import Reached, WayFinder
from salus.errors import OptionError

MOST_CANDIDATES = 6
_SAME: tuple[tuple[str, ...], ...] = ((), ("trim",), ("left 15",), ("digits",))
_MONEY: tuple[TableRole, ...] = ("contracts", "invoices", "open_items", "payments", "orders")


@dataclass(frozen=True)
class FolderValues:
    """The tables of a folder: their profiles, roles and the values that may link them."""

    profiles: Mapping[str, TableProfile]
    roles: Mapping[str, TableRole]
    values: Mapping[str, TableValues]
    columns: Mapping[str, list[ColumnValues]]

    def with_role(self, *roles: TableRole) -> list[str]:
        """The tables with one of the roles."""
        return [name for name, role in self.roles.items() if role in roles]


@dataclass(frozen=True)
class CustomerTable:
    """A table that may list the customers, by a key, and the tables that lead to it."""

    table: str
    key: str
    reached: Mapping[str, Reached]
    rank: int  # 0: a table of customers, 1: billing

    def others(self) -> frozenset[str]:
        """The other tables whose rows reach a customer."""
        return frozenset(self.reached) - {self.table}


def choose_customers(
    folder: FolderValues, answers: DraftAnswers | None = None
) -> tuple[CustomerTable | None, tuple[DraftQuestion, ...]]:
    """The table that lists the customers. Without a safe choice: None and a question.

    Raises OptionError for an answer that the tables contradict.
    """
    if answers is not None and (answers.entity is not None or answers.key is not None):
        return _chosen(folder, answers), ()
    masters = [c for c in _candidates(folder, ("customers",)) if c.others()]
    if not masters:
        masters = [c for c in _candidates(folder, ("snapshot", "unknown")) if len(c.others()) > 1]
    lists = [c for c in masters if _lists_names(c, folder)]
    masters = [c for c in masters if c not in lists]
    billing = folder.with_role("contracts")
    if masters:
        best = min(masters, key=lambda c: _belief(c, folder))
        return _checked(best, masters, folder)
    choices = [c for c in (_billing(folder, name) for name in billing) if c is not None]
    if choices:
        best = min(choices, key=lambda c: _belief(c, folder))
        return _checked(best, choices, folder)
    if lists:
        best = min(lists, key=lambda c: _belief(c, folder))
        options = tuple(dict.fromkeys((best.table, *(c.table for c in lists))))
        named: dict[str, object] = {"table": best.table, "column": best.key}
        return None, (DraftQuestion("customers.names_only", named, options),)
    options = tuple(folder.with_role("customers", "snapshot", "people", "invoices", "endings"))
    return None, (DraftQuestion("customers.table", {"tables": len(folder.profiles)}, options),)


def _chosen(folder: FolderValues, answers: DraftAnswers) -> CustomerTable:
    """The table and the key that a person named; the key that most tables lead to, if none is named."""
    if answers.entity is not None and answers.entity not in folder.profiles:
        raise OptionError(
            f"there is no table '{answers.entity}' with rows",
            f"choose one of {', '.join(sorted(folder.profiles))}",
        )
    choices = [
        CustomerTable(name, column.column, _find(folder, name, column.column), _rank(folder, name))
        for name, column in _named_keys(folder, answers)[:MOST_CANDIDATES]
    ]
    if not choices:
        place = f"table '{answers.entity}'" if answers.entity is not None else "any table"
        key = f"column '{answers.key}'" if answers.key is not None else "column"
        raise OptionError(
            f"there is no {key} in {place} that can be the key of a customer", "name another one"
        )
    return min(choices, key=lambda c: (_lists_names(c, folder), _belief(c, folder)))


def _named_keys(folder: FolderValues, answers: DraftAnswers) -> list[tuple[str, ColumnValues]]:
    """The columns that may be the key that a person named."""
    tables = [answers.entity] if answers.entity is not None else list(folder.profiles)
    columns = [(n, c) for n in tables for c in folder.columns[n] if c.kind in ("id", "name")]
    if answers.key is not None:
        named = [(n, c) for n, c in columns if c.column == answers.key]
        unique = [pair for pair in named if pair[1].is_unique]
        return named if answers.entity is not None else unique
    filled = [
        (n, c)
        for n, c in columns
        if sum(c.counts.values()) >= NEARLY_UNIQUE * folder.values[n].rows
    ]
    unique = [pair for pair in filled if pair[1].is_unique]
    billing = [pair for pair in filled if _CUSTOMER_WORDS & set(normalise(pair[1].column).split())]
    return billing if billing and folder.roles[tables[0]] == "contracts" else unique


def _rank(folder: FolderValues, name: str) -> int:
    return 1 if folder.roles[name] == "contracts" else 0


_OTHERS = frozenset(
    [
        "prospect",
        "lead",
        "opportunity",
        "subscriber",
        "interessent",
        "interessenten",
        "emne",
        "partner",
        "reseller",
        "vendor",
        "supplier",
        "lieferant",
        "leverandor",
        "former",
        "ehemalig",
        "tidligere",
    ]
)
_MARKS = frozenset({"type", "status", "stage"})
MOST_WORDS = 30


def ask_for_rows(table: TableProfile) -> DraftQuestion | None:
    """The question which rows are customers, if a column shows that the table lists others too.

    The options are the values of the column, those that read like a customer first.
    """
    for column in table.columns:
        words = column.frequent_values
        if not column.meanings & _MARKS or not 1 < len(words) <= MOST_WORDS:
            continue
        if any(_OTHERS & set(normalise(word).split()) for word in words):
            options = sorted(words, key=lambda word: (not _reads_like_customer(word), -words[word]))
            parameters: dict[str, object] = {"table": table.name, "column": column.name}
            return DraftQuestion("customers.rows", parameters, tuple(options))
    return None


def _reads_like_customer(word: str) -> bool:
    words = set(normalise(word).split())
    return bool(words & _CUSTOMER_WORDS) and not words & _OTHERS


def _lists_names(choice: CustomerTable, folder: FolderValues) -> bool:
    """Whether the key is a name, as in a list that is kept by hand: it may lack customers."""
    columns = folder.columns[choice.table]
    return any(c.column == choice.key and c.kind == "name" for c in columns)


def _belief(choice: CustomerTable, folder: FolderValues) -> tuple[object, ...]:
    """The likeliest first: contracts and invoices lead to it, then most tables, then most rows."""
    money = [name for name in choice.others() if folder.roles[name] in _MONEY]
    rows = sum(
        reached.count(folder.values[name])[0]
        for name, reached in choice.reached.items()
        if name != choice.table
    )
    named = normalise(choice.key).split()[-1:] == ["id"]
    others = choice.others()
    return -len(money), -len(others), -_direct(choice), not named, -rows, choice.table, choice.key


def _direct(choice: CustomerTable) -> int:
    """How many tables hold the key itself."""
    return sum(
        any(
            len(way.steps) == 1
            and way.steps[0].target.column == choice.key
            and way.steps[0].target.functions in _SAME
            for way in reached.ways
        )
        for reached in choice.reached.values()
    )


def _candidates(folder: FolderValues, roles: tuple[TableRole, ...]) -> list[CustomerTable]:
    """Tables of these roles, each with the keys by which other tables may lead to it."""
    keys = [
        (name, column)
        for name in folder.with_role(*roles)
        for column in folder.columns[name]
        if len(column.counts) >= max(2, NEARLY_UNIQUE * folder.values[name].rows)
        and column.kind in ("id", "name")
        and ("key" in column.meanings or column.kind == "name")
    ]
    keys.sort(key=lambda pair: (pair[1].kind != "id", folder.values[pair[0]].rows == 0, pair[0]))
    choices: list[CustomerTable] = []
    for name, column in keys[:MOST_CANDIDATES]:
        if column.kind == "name" and any(c.table == name for c in choices):
            continue
        choices.append(CustomerTable(name, column.column, _find(folder, name, column.column), 0))
    return choices


def _billing(folder: FolderValues, name: str) -> CustomerTable | None:
    """Contracts that list the customers: by a column whose values may repeat, not by their own id."""
    values, columns = folder.values[name], folder.columns[name]
    keys = [
        c
        for c in columns
        if c.kind == "id"
        and sum(c.counts.values()) >= NEARLY_UNIQUE * values.rows
        and any(word in normalise(c.column).split() for word in _CUSTOMER_WORDS)
    ]
    named = [c for c in columns if c.kind == "name" and "name" in c.meanings]
    choices = [
        CustomerTable(name, c.column, _find(folder, name, c.column), 1) for c in (*keys, *named)[:3]
    ]
    best = min(choices, key=lambda c: _belief(c, folder), default=None)
    numbered = [c for c in choices[: len(keys)] if best is not None and best.others() <= c.others()]
    return min(numbered, key=lambda c: _belief(c, folder), default=best)


_CUSTOMER_WORDS = frozenset(
    [
        "customer",
        "account",
        "company",
        "client",
        "organization",
        "kunde",
        "kunden",
        "kundennummer",
        "kundennr",
        "kundenummer",
        "debitor",
        "debtor",
    ]
)


def _find(folder: FolderValues, table: str, key: str) -> dict[str, Reached]:
    finder = WayFinder(
        values=folder.values,
        roles=folder.roles,
        customers=table,
        key=key,
        columns=folder.columns,
    )
    return finder.find()


def _checked(
    best: CustomerTable, choices: Sequence[CustomerTable], folder: FolderValues
) -> tuple[CustomerTable | None, tuple[DraftQuestion, ...]]:
    """The best table, unless contracts don't lead to it or another one has tables of its own."""
    contracts = folder.with_role("contracts")
    lost = [n for n in contracts if n not in best.reached]
    if lost and len(lost) == len(contracts):
        unmatched = {"table": best.table, "contracts": lost[0]}
        return None, (
            DraftQuestion("customers.contracts_unmatched", unmatched, (best.table, *lost)),
        )
    known = best.others() | {best.table}
    for other in choices:
        own = [n for n in other.others() - known if folder.roles[n] not in ("lookup", "unknown")]
        if other.table not in known and (own or lost):
            parameters: dict[str, object] = {
                "table": best.table,
                "other": other.table,
                "tables": len(own),
            }
            options = (best.table, other.table)
            return None, (DraftQuestion("customers.several", parameters, options),)
    if lost:
        unmatched = {"table": best.table, "contracts": lost[0]}
        lists = (best.table, *contracts)
        return None, (DraftQuestion("customers.several_contracts", unmatched, lists),)
    return best, ()
