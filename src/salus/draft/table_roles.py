"""What the rows of a table are, from the meanings of its headers and the kinds of its values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from salus.draft.exports import recognise
from salus.draft.headers import normalise
from salus.draft.picture import TableRole
from salus.draft.profile import EMAIL, ColumnProfile, TableProfile

SECONDS = (946_684_800, 4_102_444_800)  # the years 2000 to 2100
NEARLY_UNIQUE = 0.98  # share of rows with a key of their own; a row may stand twice
_DAY = re.compile(
    r"\d{1,2}[-. /][A-Za-zäÄ]{3,9}\.?[-. /]\d{2,4}([T ,].*)?|\d{4}-\d{2}-\d{2}([T ].*)?"
)


def has(table: TableProfile, *names: str) -> bool:
    """Whether a filled column has one of the meanings."""
    return first(table, *names) is not None


def first(table: TableProfile, *names: str) -> ColumnProfile | None:
    """The fullest column with the first of the meanings that any column has."""
    for name in names:
        columns = [c for c in table.columns if c.filled and name in c.meanings]
        if columns:
            return min(columns, key=lambda c: (-c.filled, len(c.name), c.name))
    return None


def numeric(table: TableProfile, *names: str) -> ColumnProfile | None:
    """The fullest column of numbers with one of the meanings, in their order."""
    for name in names:
        columns = [c for c in table.columns if c.filled and c.is_number and name in c.meanings]
        if columns:
            return min(columns, key=lambda c: (-c.filled, len(c.name), c.name))
    return None


def is_moment(column: ColumnProfile) -> bool:
    """Whether a column holds dates or times: as such, as text, or as seconds since 1970."""
    if column.filled == 0:
        return False
    if column.is_time:
        return True
    if column.type in ("integer", "number") and column.minimum is not None:
        means = column.meanings
        scale = 1000 if float(column.minimum) > 1e11 else 1
        low, high = (limit * scale for limit in SECONDS)
        timely = means & {"happened", "recorded", "created", "modified", "sent", "started", "ended"}
        return bool(timely) and low < float(column.minimum) <= float(column.maximum) < high
    words = column.frequent_values
    total = sum(words.values())
    dated = sum(rows for word, rows in words.items() if _DAY.fullmatch(word.strip()))
    return column.dated_text or (total > 0 and dated > 0.9 * total)


def date_columns(table: TableProfile, *names: str) -> list[ColumnProfile]:
    """Columns of dates or times with the meanings, in their order."""
    return [
        column
        for name in names
        for column in sorted(table.columns, key=lambda c: (-c.filled, len(c.name), c.name))
        if name in column.meanings and is_moment(column)
    ]


def expires(column: ColumnProfile) -> bool:
    """Whether a date is one on which something expires: a contract, but also a link or a token."""
    return normalise(column.name).startswith("expire")


def is_mail(column: ColumnProfile) -> bool:
    """Whether most values are mail addresses."""
    total = sum(column.frequent_values.values())
    mails = sum(r for w, r in column.frequent_values.items() if EMAIL.fullmatch(w.strip()))
    return column.type == "text" and total > 0 and mails > 0.5 * total


def _field_history(table: TableProfile) -> bool:
    values = has(table, "new_value") and has(table, "old_value", "field")
    return values and any(is_moment(column) for column in table.columns)


def _lookup(table: TableProfile) -> bool:
    rate = numeric(table, "rate")
    small = len(table.columns) <= 8 and has(table, "currency", "unit")
    return (rate is not None and small and not has(table, "name", "invoice_id")) or _prices(table)


def _prices(table: TableProfile) -> bool:
    """Whether a table lists prices of plans, without saying who pays them."""
    price = numeric(table, "unit_price", "amount") is not None
    plans = has(table, "plan") and has(table, "period_unit")
    payer = has(table, "name", "email", "contract_id", "invoice_id", "seats", "status")
    ended = date_columns(table, "started", "ended", "term_end", "due")
    return price and plans and not payer and not ended


def _open_items(table: TableProfile) -> bool:
    balance = numeric(table, "balance", "debit")
    unpaid = not date_columns(table, "paid", "closed")
    dated = bool(date_columns(table, "due"))
    return balance is not None and dated and unpaid and has(table, "debit", "dunning", "balance")


def _contracts(table: TableProfile) -> bool:
    ends = date_columns(table, "ended", "notice", "term_end", "next", "trial_end")
    money = has(table, "monthly", "yearly", "unit_price", "amount", "seats", "plan")
    invoice = bool(date_columns(table, "issued", "due")) and not has(table, "plan")
    return bool(date_columns(table, "started")) and bool(ends) and money and not invoice


def _invoices(table: TableProfile) -> bool:
    money = numeric(table, "net", "amount", "balance") is not None
    dated = bool(date_columns(table, "issued", "happened", "created"))
    bill = date_columns(table, "due") or first(table, "invoice_id")
    return money and dated and bool(bill) and not _deals(table)


def _payments(table: TableProfile) -> bool:
    named = any(w in normalise(table.name) for w in ("payment", "zahlung", "betaling", "charge"))
    return named and numeric(table, "amount") is not None and not date_columns(table, "due")


def _deals(table: TableProfile) -> bool:
    money = numeric(table, "amount", "yearly") is not None
    return money and has(table, "stage", "probability") and has(table, "close_date", "probability")


def _ratings(table: TableProfile) -> bool:
    return has(table, "score") and has(table, "ticket_id") and not has(table, "subject", "status")


def _answers(table: TableProfile) -> bool:
    score = numeric(table, "score") or first(table, "score")
    dated = bool(date_columns(table, "answered", "created", "happened", "sent"))
    dated = dated or bool(date_columns(table, "started") and date_columns(table, "ended"))
    person = has(table, "email", "people_id", "name", "key")
    return score is not None and dated and person and not has(table, "subject", "status", "plan")


def _tickets(table: TableProfile) -> bool:
    dated = bool(date_columns(table, "created", "happened", "modified"))
    marks = [
        has(table, "ticket_id"),
        has(table, "priority"),
        bool(date_columns(table, "closed", "replied")),
        has(table, "agent"),
        has(table, "subject") and has(table, "status"),
    ]
    named = has(table, "ticket_id") or (marks[1] and marks[4])
    return dated and (sum(marks) >= 3 or (named and sum(marks) >= 2))


def _people(table: TableProfile) -> bool:
    mail = any(is_mail(c) and c.distinct > 0.8 * c.filled for c in table.columns)
    shared = any(  # people of one company
        1 < c.distinct < 0.8 * c.filled and c.can_be_key and c.meanings & {"key", "name"}
        for c in table.columns
        if not c.meanings & {"owner", "plan", "currency"}
    )
    money = has(table, "amount", "monthly", "yearly", "balance")
    person = has(table, "first_name") or (shared and not money and not has(table, "subject"))
    return mail and person and not has(table, "event", "score")


def _activities(table: TableProfile) -> bool:
    tasks = sum("task" in c.meanings for c in table.columns)
    dated = bool(date_columns(table, "happened", "created"))
    named = has(table, "key", "people_id", "name", "email") and not has(table, "event", "score")
    return dated and named and (tasks > 1 or (tasks == 1 and bool(date_columns(table, "happened"))))


def _endings(table: TableProfile) -> bool:
    left = date_columns(table, "ended", "notice")
    complete = any(column.share_filled > 0.9 and not expires(column) for column in left)
    return (
        complete
        and not has(table, "score")
        and has(table, "name", "key")
        and not has(table, "amount", "plan", "stage")
    )


def _events(table: TableProfile) -> bool:
    dated = bool(date_columns(table, "happened", "sent", "recorded", "created"))
    named = has(table, "people_id", "email", "website", "key", "name")
    return dated and named and (has(table, "event") or _visits(table))


def _visits(table: TableProfile) -> bool:
    """Whether rows only say who was there and when, as a log of logins does."""
    other = has(
        table, "score", "amount", "net", "unit_price", "seats", "subject", "status", "stage"
    )
    persons = [c for c in table.columns if c.meanings & {"people_id", "email"} and c.filled]
    again = any(column.distinct < 0.5 * column.filled for column in persons)
    kinds = any(
        "name" in c.meanings and c.type == "text" and 20 * c.distinct < c.filled
        for c in table.columns
    )
    dated = (
        bool(date_columns(table, "happened"))
        or (kinds and bool(date_columns(table, "created")))
        or (bool(date_columns(table, "recorded")) and not has(table, "created", "modified"))
    )
    return again and dated and not other


def _orders(table: TableProfile) -> bool:
    dated = bool(date_columns(table, "happened", "created"))
    money = numeric(table, "amount", "unit_price") is not None
    order = any(
        "order" in normalise(c.name) or "bestell" in normalise(c.name) for c in table.columns
    )
    return dated and money and (order or numeric(table, "seats") is not None)


def _customers(table: TableProfile) -> bool:
    key = any(
        c.distinct > NEARLY_UNIQUE * c.rows and c.can_be_key and "key" in c.meanings
        for c in table.columns
    )
    named = any("name" in c.meanings and c.distinct > 0.9 * c.filled for c in table.columns)
    return key and named and has(table, "website", "firmographic", "parent", "owner", "merged_into")


def _snapshot(table: TableProfile) -> bool:
    named = any(
        c.meanings & {"name", "key"} and c.distinct > 0.95 * c.filled > 0 for c in table.columns
    )
    return named and not date_columns(table, "happened", "created", "answered", "issued")


_RULES: tuple[tuple[TableRole, Callable[[TableProfile], bool]], ...] = (
    ("field_history", _field_history),
    ("lookup", _lookup),
    ("deals", _deals),
    ("contracts", _contracts),
    ("payments", _payments),
    ("open_items", _open_items),
    ("invoices", _invoices),
    ("ratings", _ratings),
    ("tickets", _tickets),
    ("activities", _activities),
    ("people", _people),
    ("customers", _customers),
    ("answers", _answers),
    ("events", _events),
    ("endings", _endings),
    ("orders", _orders),
    ("snapshot", _snapshot),
)


def find_role(table: TableProfile) -> TableRole:
    """The role that the tool's exports have, else the first whose rule fits, else `unknown`."""
    export = recognise(table)
    if export is not None and table.rows:
        return export.role
    return next((role for role, fits in _RULES if table.rows and fits(table)), "unknown")


def newest(column: ColumnProfile) -> dt.date | None:
    """The newest day of a column of dates or times; None for other columns."""
    value = column.maximum
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None
