"""Which column says when a row happened, was recorded and ended, which identifies it, which leak."""

from __future__ import annotations

from collections.abc import Mapping

from salus.draft.headers import normalise
from salus.draft.picture import TableRole
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.table_roles import date_columns, is_moment

#: Meanings of the time column in the order of preference. Due dates, changes and the time of
#: processing are never the time.
_TIMES: Mapping[TableRole, tuple[str, ...]] = {
    "customers": ("created", "started", "happened"),
    "people": ("created", "started", "happened"),
    "contracts": ("started", "created", "happened"),
    "invoices": ("issued", "happened", "created", "sent"),
    "open_items": ("issued", "happened", "created"),
    "payments": ("paid", "happened", "created"),
    "tickets": ("created", "happened", "sent"),
    "ratings": ("answered", "created", "happened", "sent"),
    "answers": ("answered", "created", "happened", "sent", "ended", "started"),
    "events": ("happened", "sent", "created", "recorded"),
    "deals": ("close_date", "closed", "created", "happened"),
    "field_history": ("happened", "created", "modified"),
    "endings": ("ended", "notice", "happened"),
    "lookup": ("happened", "started"),
    "activities": ("happened", "created"),
    "orders": ("happened", "issued", "created"),
}
_GENERAL = ("happened", "issued", "created", "answered", "sent", "started")
_NEVER = frozenset(
    {"due", "modified", "last", "next", "recorded", "trial_end", "term_end", "replied"}
)
_ENDS: Mapping[TableRole, tuple[str, ...]] = {
    "invoices": ("paid", "closed"),
    "tickets": ("closed",),
    "contracts": ("ended",),
}
_IDS: Mapping[TableRole, str] = {
    "tickets": "ticket_id",
    "invoices": "invoice_id",
    "open_items": "invoice_id",
    "contracts": "contract_id",
}
_PERIODS = frozenset({"customers", "contracts", "people", "snapshot"})
_STATE_ROLES = frozenset({"customers", "contracts", "people", "invoices", "deals", "snapshot"})
#: The stage of a deal is known on the day on which it closes, and a list of open items only says
#: how things stand on its day.
_KNOWN_THEN = frozenset({"deals", "open_items"})
_TERM_WORDS = frozenset(
    [
        "months",
        "monate",
        "monat",
        "mdr",
        "maneder",
        "days",
        "tage",
        "dage",
        "period",
        "frist",
        "kundigungsfrist",
        "varsel",
        "uger",
        "weeks",
        "wochen",
    ]
)
NEARLY = 0.9


def find_time(table: TableProfile, role: TableRole) -> str | None:
    """The column that says when a row happened; None if there is none."""
    for name in _TIMES.get(role, _GENERAL):
        columns = [
            column
            for column in date_columns(table, name)
            if not column.meanings & _NEVER
            or name in ("answered", "close_date", "closed", "recorded")
        ]
        if columns:
            return max(columns, key=lambda c: _rank(c, role)).name
    rest = [
        column
        for column in table.columns
        if is_moment(column) and not column.meanings and column.share_filled > NEARLY
    ]
    return rest[0].name if len(rest) == 1 and role != "snapshot" else None


def _rank(column: ColumnProfile, role: TableRole) -> tuple[object, ...]:
    """The fullest column first. A contract that was a trial starts before it is activated."""
    activated = role == "contracts" and "activated" in column.meanings
    return not activated, round(column.share_filled, 1), -len(column.name)


def find_recorded(table: TableProfile, time: str | None) -> str | None:
    """The column that says when a row arrived."""
    columns = [
        c for c in date_columns(table, "recorded") if c.name != time and c.share_filled > 0.99
    ]
    return columns[0].name if columns else None


def find_until(table: TableProfile, role: TableRole) -> str | None:
    """The column that says when a row ended: paid, resolved, cancelled."""
    for meaning in _ENDS.get(role, ()):
        columns = date_columns(table, meaning)
        if columns:
            return max(columns, key=lambda c: (c.filled, c.name)).name
    return None


def find_row_id(table: TableProfile, role: TableRole) -> str | None:
    """The column whose value a row has for itself. Rows of one ticket are one ticket."""
    wanted = _IDS.get(role)
    own = [c for c in table.columns if _may_identify(c)]
    unique = [c for c in own if c.distinct > NEARLY * c.rows]
    if wanted:
        named = [c for c in own if wanted in c.meanings and c.share_filled > 0.99]
        if named and (role == "tickets" or named[0] in unique):
            return min(named, key=lambda c: (-c.distinct, len(c.name), c.name)).name
    others = frozenset({"people_id"} | ({"ticket_id"} if role == "ratings" else set()))
    rest = [c for c in unique if not c.meanings & others]
    best = min(rest, key=lambda c: (-c.distinct, len(c.name), c.name), default=None)
    return best.name if best else None


def _may_identify(column: ColumnProfile) -> bool:
    keys = {"key", "ticket_id", "invoice_id", "contract_id"} & column.meanings
    return bool(keys) and column.can_be_key and column.share_filled > 0.99


def find_leaks(table: TableProfile, role: TableRole) -> tuple[str, ...]:
    """Columns that are known only afterwards, or that say how things stand on the export day.

    The time and the end of a row are none.
    """
    moments = {find_time(table, role), find_until(table, role)}
    return tuple(
        column.name
        for column in table.columns
        if _leaks(column, role) and not (column.name in moments and is_moment(column))
    )


def _is_term(column: ColumnProfile) -> bool:
    """Whether a number says how long the notice is: `Kündigungsfrist (Monate)`."""
    words = set(normalise(column.name).split())
    return column.is_number and bool(words & _TERM_WORDS)


def _leaks(column: ColumnProfile, role: TableRole) -> bool:
    if not column.filled:
        return False
    means = column.meanings
    if means & {"last", "next", "modified"} and not means & {"first_name"}:
        return True
    if "leak" in means and role not in _KNOWN_THEN:
        return True
    if "reason" in means or (column.has_role("label_of_outcome") and not _is_term(column)):
        return True
    if role not in _STATE_ROLES:
        return False
    if role in ("invoices", "contracts") and "due" in means and not is_moment(column):
        return True
    status = bool(means & {"status", "balance"}) and not is_moment(column)
    return status or (role == "customers" and "type" in means)
