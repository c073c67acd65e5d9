"""Chooses the column of each table that says which entity a row belongs to.

This comes first, because a bare `id`, `status` or `name` means something else in every table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.draft.dictionary import Role, is_near_synonym
from salus.draft.flag import lists_customers
from salus.draft.headers import fold, normalise
from salus.draft.profile import ColumnProfile, TableProfile
from salus.errors import DataError
from salus.sources.connection import Connection

_NUMBERS = ("id", "no", "nr", "number", "nummer", "key", "code", "kennung", "schlussel")
_WORDS = (
    (
        "customer",
        ("customer", "kunde", "client", "debit", "debtor", "buyer", "kaufer", "subscriber", "cust"),
    ),
    ("household", ("household", "haushalt", "husstand")),
    ("user", ("user", "nutzer", "bruger", "anwender")),
    ("contact", ("contact", "kontakt", "person")),
)
_BARE = ("id", "uuid", "guid", "row number")
GUESS = "because its ids repeat; its header isn't known"
OVERLAP = 0.5  # share of keys that two columns with different names must have in common


@dataclass(frozen=True)
class EntityKey:
    """The key of the entity."""

    word: str  # for the entity: account, customer, user …
    header: str
    columns: Mapping[str, str]  # table -> its column that holds the key
    why: str  # the column was chosen

    @property
    def is_guess(self) -> bool:
        """Whether the key was chosen only because its values repeat."""
        return self.why == GUESS


def choose_key(connection: Connection, profiles: Iterable[TableProfile]) -> EntityKey:
    """Choose the key of the entity. Raises DataError if no column can be one."""
    tables = [table for table in profiles if table.rows]
    for why, candidates in (
        ("by its header", _with_role(tables, "entity")),
        ("by its header, which is spelled almost like a known one", _near_synonyms(tables)),
        ("by its header; no column identifies a customer or account", _with_role(tables, "user")),
        ("because no other column tells customers apart", _row_numbers(tables)),
        (GUESS, _ids(tables)),
        (
            "by its header; no column identifies a customer, account or user",
            _with_role(tables, "region"),
        ),
    ):
        if candidates:
            return _entity_key(connection, tables, candidates, why)
    raise DataError(
        "no column says which customer a row belongs to",
        "add a column such as customer_id, or choose another folder; a model can also be written by"
        " hand from `salus init DIR --pack b2b_saas`",
    )


Candidate = tuple[TableProfile, ColumnProfile]


def _usable(column: ColumnProfile) -> bool:
    return (
        column.can_be_key and column.distinct >= 2 and not column.may_have_role("label_of_outcome")
    )


def _with_role(tables: list[TableProfile], role: Role) -> list[Candidate]:
    return [
        (table, column)
        for table in tables
        for column in table.columns
        if _usable(column) and column.may_have_role(role)
    ]


def _near_synonyms(tables: list[TableProfile]) -> list[Candidate]:
    return [
        (table, column)
        for table in tables
        for column in table.columns
        if _usable(column) and not column.roles and is_near_synonym(column.name, "entity")
    ]


def _row_numbers(tables: list[TableProfile]) -> list[Candidate]:
    """The number of the row, or a bare id with a value of its own in each row, in the only table, if
    a flag shows that its rows are customers.
    """
    if len(tables) != 1 or not lists_customers(tables[0]):
        return []
    (table,) = tables
    own = [column for column in table.columns if _usable(column) and column.unique]
    bare = [column for column in own if normalise(column.name) in _BARE]
    return [(table, column) for column in bare[:1]]


def _ids(tables: list[TableProfile]) -> list[Candidate]:
    """Columns with a header like an id and without another meaning, whose values repeat."""
    return [
        (table, column)
        for table in tables
        for column in table.columns
        if _usable(column)
        and not column.roles
        and not column.personal
        and _is_id(column.name)
        and (column.unique or column.distinct * 1.5 <= column.filled)
    ]


def _is_id(header: str) -> bool:
    words = normalise(header).split()
    return len(words) > 1 and words[-1] in _NUMBERS


def _entity_key(
    connection: Connection, tables: list[TableProfile], candidates: list[Candidate], why: str
) -> EntityKey:
    _, best = min(candidates, key=lambda candidate: _rank(candidate, candidates))
    header = fold(best.name)
    columns: dict[str, str] = {}
    for table in tables:
        own = [column for owner, column in candidates if owner.name == table.name]
        same = [column for column in own if fold(column.name) == header]
        if same:
            columns[table.name] = same[0].name
    for table in tables:
        if table.name not in columns:
            other = _other(connection, table, candidates, columns)
            if other is not None:
                columns[table.name] = other
    return EntityKey(entity_word(best.name), best.name, columns, why)


def _rank(candidate: Candidate, candidates: list[Candidate]) -> tuple[object, ...]:
    table, column = candidate
    header = fold(column.name)
    same_header = [other for _, other in candidates if fold(other.name) == header]
    bare = normalise(column.name).split()[-1] not in _NUMBERS and not header.endswith(
        ("nummer", "nr", "id")
    )
    return (
        bare,
        -len(same_header),
        not any(other.unique for other in same_header),
        -column.share_filled,
        column.name,
        table.name,
    )


def _other(
    connection: Connection,
    table: TableProfile,
    candidates: list[Candidate],
    columns: Mapping[str, str],
) -> str | None:
    """A column with another name and the same keys, such as `id` in the table of accounts."""
    own = [column for owner, column in candidates if owner.name == table.name]
    own += [column for column in table.columns if normalise(column.name) == "id" and column.unique]
    for column in own:
        if any(
            _overlap(connection, table.name, column.name, other, key) >= OVERLAP
            for other, key in columns.items()
        ):
            return column.name
    return None


def _overlap(connection: Connection, table: str, column: str, other: str, key: str) -> float:
    """The share of the keys in `other` that are in the column too."""
    return 1.0 - unknown_key_share(connection, other, key, table, column)


def unknown_key_share(
    connection: Connection, table: str, key: str, entity_table: str, own: str
) -> float:
    """The share of the distinct keys in a table that are missing from the entity table."""
    keys, known = _keys(connection, table, key), _keys(connection, entity_table, own)
    match = exp.column("k", table="known", quoted=True)
    counts = (exp.Count(this=exp.Star()).as_("keys"), exp.Count(this=match).as_("matches"))
    same = exp.EQ(this=exp.column("k", table="used", quoted=True), expression=match.copy())
    joined = (
        exp.select(*counts)
        .from_(keys.subquery("used"))
        .join(known.subquery("known"), on=same, join_type="left")
    )
    row = connection.query(joined).to_pylist()[0]
    return 1.0 - row["matches"] / row["keys"] if row["keys"] else 1.0


def _keys(connection: Connection, table: str, key: str) -> exp.Select:
    column = exp.column(key, quoted=True)
    text = exp.cast(column, "text").as_("k", quoted=True)
    filled = exp.not_(exp.Is(this=column.copy(), expression=exp.null()))
    return exp.select(text).distinct().from_(connection.table(table)).where(filled)


def entity_word(header: str) -> str:
    """The word for the entity: customer for Kundennummer, and account where nothing else fits."""
    run = fold(header)
    word = next((word for word, parts in _WORDS if any(part in run for part in parts)), None)
    if word:
        return word
    return "country" if run in ("country", "land") else "account"
