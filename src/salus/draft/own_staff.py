"""Rows of the vendor's own people: they belong to no customer, and that is as it should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salus.draft.overlaps import ColumnValues
from salus.draft.profile import TableProfile
from salus.draft.table_roles import is_mail
from salus.draft.table_values import Exclusion, TableValues, read_values
from salus.draft.ways import Reached
from salus.finding import Finding
from salus.model.key_functions.functions import apply_functions
from salus.sources.connection import Connection

STAFF = "staff"  # the reason why rows of people are left out


def find_staff_domains(
    connection: Connection,
    profiles: Mapping[str, TableProfile],
    left_out: Mapping[str, Sequence[Exclusion]],
) -> frozenset[str]:
    """The domains of people who are marked as staff, and of those who own customers or tickets."""
    mails: set[str] = set()
    for name, profile in profiles.items():
        columns = [column for column in profile.columns if is_mail(column)]
        for column in columns:
            if column.meanings & {"owner", "agent"}:
                mails.update(column.frequent_values)
        staff = [item for item in left_out[name] if item.reason == STAFF]
        if staff and columns:
            further = [each for item in staff for each in item.columns]
            values = read_values(connection, profile, (), further)
            marked = (
                row
                for row in range(len(values.weights))
                if any(item.leaves_out(values.columns, row) for item in staff)
            )
            texts = [values.columns[c.name] for c in columns if c.name in values.columns]
            mails.update(mail for row in marked for text in texts if (mail := text[row]))
    domains = (apply_functions(("domain",), mail) for mail in mails)
    return frozenset(domain for domain in domains if domain is not None)


def count_own_staff(
    columns: Sequence[ColumnValues],
    reached: Reached,
    values: TableValues,
    domains: frozenset[str],
    paying: frozenset[str],
) -> tuple[Finding, ...]:
    """How many rows have an address in one of the domains, and lead to nobody who pays; nothing if
    none do.

    `columns` are those of the table. The vendor's own company may be among the customers' rows.
    """
    rows: dict[str, int] = {}
    for column in columns if domains else ():
        if column.kind != "mail":
            continue
        named = column.names(("domain",))
        for text, entity, weight in zip(
            values.columns[column.column], reached.entities, values.weights, strict=True
        ):
            domain = named.get(text) if text is not None and entity not in paying else None
            if domain in domains:
                rows[column.column] = rows.get(column.column, 0) + weight
    if not rows:
        return ()
    best = max(rows, key=lambda name: (rows[name], name))
    return (Finding("rows.own_staff", column=best, rows=rows[best]),)
