"""Recognises a log of changes that looks like contracts: a row per change, not per contract."""

from __future__ import annotations

from sqlglot import exp

from salus.draft.headers import normalise
from salus.draft.picture import ContractsPicture, FolderPicture, quote_name
from salus.draft.profile import ColumnProfile
from salus.errors import DataError
from salus.sources.connection import Connection

FEWEST = 3  # contracts with an older row
SHARE = 0.8  # of the contracts that ended, those with an older row, from which it is a log
_FULL = 0.99
_CUSTOMER = frozenset(
    [
        "customer",
        "account",
        "company",
        "client",
        "organization",
        "kunde",
        "kunden",
        "debitor",
        "debtor",
    ]
)


def refuse_changes(
    connection: Connection, picture: FolderPicture, contracts: ContractsPicture
) -> None:
    """Raise DataError if nearly every contract that ended also has a row that says that it runs.

    Such a row is an earlier state of the same contract; the customer would never leave.
    """
    table = picture.table(contracts.table)
    if table is None or contracts.ends is None:
        return
    for column in table.profile.columns:
        if not _names_contracts(column):
            continue
        ended, both = _count(connection, contracts, column.name)
        if both >= max(FEWEST, SHARE * ended):
            name = quote_name(column.name)
            raise DataError(
                f"Which row of a contract counts? Table {contracts.table} has several rows for one "
                f"{name}: {both} contracts have an end in one row and none in another",
                "export one row per contract, not one per change, or keep the newest row of each",
            )


def _names_contracts(column: ColumnProfile) -> bool:
    """Whether a column may be the id of a contract, of which rows repeat."""
    words = set(normalise(column.name).split())
    key = bool(column.meanings & {"key", "contract_id"}) and column.can_be_key
    repeated = 1 < column.distinct < column.filled
    return key and repeated and column.share_filled > _FULL and not words & _CUSTOMER


def _count(connection: Connection, contracts: ContractsPicture, key: str) -> tuple[int, int]:
    """How many values of the key have an end, and how many of these with one start also have a row
    without an end.
    """
    starts = exp.column(contracts.starts, quoted=True)
    ends = exp.column(contracts.ends or contracts.starts, quoted=True)
    each = (
        exp.select(
            exp.Count(this=exp.Star()).as_("all_rows"),
            exp.Count(this=ends).as_("ended_rows"),
            exp.Count(this=exp.Distinct(expressions=[starts])).as_("starts"),
        )
        .from_(connection.table(contracts.table))
        .group_by(exp.column(key, quoted=True))
    )
    ended = both = 0
    for row in connection.query(each).to_pylist():
        ended += row["ended_rows"] > 0
        both += 0 < row["ended_rows"] < row["all_rows"] and row["starts"] == 1
    return ended, both
