"""The entity first: which column says whose row it is, in each table.

Bare `id`, `status` or `name` mean different things per file, so nothing else is decided before
this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.draft.dictionary import Role, is_near_synonym
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
OVERLAP = 0.5  # of the keys of two differently named columns that must be the same


@dataclass(frozen=True)
class EntityKey:
    """The entity: its word, its column in each table that has one, and how sure that is."""

    word: str
    header: str
    columns: Mapping[str, str]
    why: str


def choose_key(connection: Connection, profiles: Iterable[TableProfile]) -> EntityKey:
    """Pick the entity's column. Raises DataError when no column repeats or identifies anything."""
    tables = [table for table in profiles if table.rows]
    for name, candidates in (
        ("its header", _named(tables, "entity")),
        ("a near spelling", _nearly(tables)),
        ("its header; no column names a customer or account", _named(tables, "user")),
        ("its form only: an id that repeats", _ids(tables)),
        ("its header; no column names a customer, account or user", _named(tables, "region")),
    ):
        if candidates:
            return _picked(connection, tables, candidates, name)
    raise DataError(
        "no column tells whose rows these are",
        "add a column such as customer_id, or name the folder of "
        "other tables; a model can also be written by hand from `salus init DIR --pack b2b_saas`",
    )


Candidate = tuple[TableProfile, ColumnProfile]


def _usable(column: ColumnProfile) -> bool:
    return column.whole and column.distinct >= 2 and not column.could_be("label_of_outcome")


def _named(tables: list[TableProfile], role: Role) -> list[Candidate]:
    return [
        (table, column)
        for table in tables
        for column in table.columns
        if _usable(column) and column.could_be(role)
    ]


def _nearly(tables: list[TableProfile]) -> list[Candidate]:
    return [
        (table, column)
        for table in tables
        for column in table.columns
        if _usable(column) and not column.roles and is_near_synonym(column.name, "entity")
    ]


def _ids(tables: list[TableProfile]) -> list[Candidate]:
    """Columns called like an id that repeat within a table or across tables, and are no document or
    product.
    """
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


def _picked(
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
    return EntityKey(_word(best.name), best.name, columns, why)


def _rank(candidate: Candidate, candidates: list[Candidate]) -> tuple[object, ...]:
    table, column = candidate
    header = fold(column.name)
    alike = [other for _, other in candidates if fold(other.name) == header]
    bare = normalise(column.name).split()[-1] not in _NUMBERS and not header.endswith(
        ("nummer", "nr", "id")
    )
    return (
        bare,
        -len(alike),
        not any(other.unique for other in alike),
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
    """A column of another name that holds the same keys: `id` in the table of accounts, for
    instance.
    """
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
    """The share of the keys in `other` that the column has too."""
    return 1.0 - unknown_key_share(connection, other, key, table, column)


def unknown_key_share(
    connection: Connection, table: str, key: str, register: str, own: str
) -> float:
    """The share of a table's distinct keys that the register doesn't know."""
    keys, known = _keys(connection, table, key), _keys(connection, register, own)
    there = exp.column("k", table="known", quoted=True)
    counts = (exp.Count(this=exp.Star()).as_("keys"), exp.Count(this=there).as_("found"))
    same = exp.EQ(this=exp.column("k", table="asked", quoted=True), expression=there.copy())
    joined = (
        exp.select(*counts)
        .from_(keys.subquery("asked"))
        .join(known.subquery("known"), on=same, join_type="left")
    )
    row = connection.query(joined).to_pylist()[0]
    return 1.0 - row["found"] / row["keys"] if row["keys"] else 1.0


def _keys(connection: Connection, table: str, key: str) -> exp.Select:
    column = exp.column(key, quoted=True)
    text = exp.cast(column, "text").as_("k", quoted=True)
    filled = exp.not_(exp.Is(this=column.copy(), expression=exp.null()))
    return exp.select(text).distinct().from_(connection.table(table)).where(filled)


def _word(header: str) -> str:
    """The word the screens use: customer for Kundennummer, account for what is else known by an
    account's header.
    """
    run = fold(header)
    found = next((word for word, parts in _WORDS if any(part in run for part in parts)), None)
    if found:
        return found
    return "country" if run in ("country", "land") else "account"
