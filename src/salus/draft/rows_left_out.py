"""Which rows of a table don't count: deleted, tests, voided, spam, unanswered, service accounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlglot import exp

from salus.draft.exports import recognise
from salus.draft.headers import fold
from salus.draft.picture import TableRole
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.table_roles import date_columns, is_mail
from salus.draft.table_values import Exclusion
from salus.sources.connection import Connection

TRUE = frozenset(["true", "yes", "y", "1", "ja", "j", "x", "wahr", "sand"])
_FLAGS = {"deleted": "deleted", "test": "test"}
#: For roles: the reason and the words (folded) of a status, type or rating.
_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "invoices": (
        ("voided", "void, voided, storniert, annulliert, annulleret, makuleret"),
        ("draft", "draft, entwurf, kladde, udkast"),
    ),
    "tickets": (("spam", "spam, junk, unerwunscht"), ("deleted", "deleted, geloscht, slettet")),
    "ratings": (
        (
            "unanswered",
            "offered, unoffered, not offered, no answer, keine antwort, intet svar, none",
        ),
    ),
    "answers": (("unanswered", "no answer, keine antwort, intet svar"),),
    "people": (
        ("staff", "internal, intern, staff, employee, mitarbeiter, medarbejder"),
        (
            "service",
            "service account, service, bot, system, api, integration, dienstkonto, servicekonto",
        ),
        ("trial", "trial, test, testkunde, prove"),
    ),
    "contracts": (
        (
            "trial",
            "in trial, trial, trialing, trialling, trial expired, test, testphase, probe, prove, provetid",
        ),
        (
            "future",
            "future, pending, draft, scheduled, geplant, kunftig, kommende, fremtidig, entwurf",
        ),
        ("unpaid", "incomplete, incomplete expired"),
    ),
    "customers": (("test", "test, test account, testkunde"),),
}
#: The reasons of tools' profiles that have another name here.
_REASONS = {"own_staff": "staff", "not_answered": "unanswered", "never_paid": "unpaid"}
_COLUMNS = frozenset({"status", "type", "score"})
_SERVICE = re.compile(
    r"(svc|service|no-?reply|do-?not-?reply|bot|system|api|sync|integration)[-_.+]?"
)


def find_exclusions(table: TableProfile, role: TableRole) -> tuple[Exclusion, ...]:
    """The rows of a table that don't count, each kind with its reason."""
    exclusions = _of_tool(table)
    for column in table.columns:
        for item in _of_column(column, role):
            taken = {v for other in exclusions if other.column == item.column for v in other.values}
            rest = tuple(value for value in item.values if value not in taken)
            if rest:
                exclusions.append(replace(item, values=rest))
    if role == "contracts":
        exclusions += _unpaid_trials(table, exclusions)
    return tuple(exclusions)


def _of_tool(table: TableProfile) -> list[Exclusion]:
    """The rows that don't count in the exports of the tool, as far as the table has such rows."""
    export = recognise(table)
    exclusions = []
    for item in export.left_out if export else ():
        for column in table.columns:
            if fold(column.name) != fold(item.column) or not column.frequent_values:
                continue
            nulls, reason = column.filled < column.rows, _REASONS.get(item.reason, item.reason)
            starts = tuple(v[:-1] for v in item.values if v.endswith("*"))
            starts = tuple(
                s for s in starts if any(v.startswith(s) for v in column.frequent_values)
            )
            wanted = {fold(value) for value in item.values}
            values = tuple(sorted(v for v in column.frequent_values if fold(v) in wanted))
            if starts:
                exclusions.append(
                    Exclusion(
                        column=column.name, values=starts, reason=reason, prefix=True, nulls=nulls
                    )
                )
            if values and len(values) < column.distinct + nulls:
                truth = column.type == "bool"
                exclusions.append(
                    Exclusion(
                        column=column.name, values=values, reason=reason, truth=truth, nulls=nulls
                    )
                )
    return exclusions


def _of_column(column: ColumnProfile, role: TableRole) -> list[Exclusion]:
    means = column.meanings
    nulls = column.filled < column.rows
    for meaning, reason in _FLAGS.items():
        values = tuple(sorted(w for w in column.frequent_values if w.strip().lower() in TRUE))
        truth = column.type == "bool"
        if meaning in means and values and (truth or column.distinct <= 2):
            rows = sum(column.frequent_values[value] for value in values)
            if rows < 0.5 * column.rows:
                return [
                    Exclusion(
                        column=column.name, values=values, reason=reason, truth=truth, nulls=nulls
                    )
                ]
    if role == "events" and column.type == "text" and (is_mail(column) or "people_id" in means):
        return _service_accounts(column)
    if not means & _COLUMNS or column.type != "text":
        return []
    return [
        Exclusion(column=column.name, values=values, reason=reason, nulls=nulls)
        for reason, words in _WORDS.get(role, ())
        if (values := _values(column, words)) and len(values) < column.distinct
    ]


def find_lapsed_trials(connection: Connection, table: TableProfile) -> list[Exclusion]:
    """Contracts that ended with their trial, so that nobody ever paid for them."""
    ends, trials = date_columns(table, "ended"), date_columns(table, "trial_end")
    ends = [column for column in ends if column.is_time]
    trials = [column for column in trials if column.is_time]
    if (
        not ends
        or not trials
        or any("activated" in c.meanings and 0 < c.filled < c.rows for c in table.columns)
    ):
        return []
    end, trial = (exp.column(column.name, quoted=True) for column in (ends[0], trials[0]))
    query = exp.select(exp.Count(this=exp.Star()).as_("rows")).from_(connection.table(table.name))
    rows = connection.query(query.where(exp.LTE(this=end, expression=trial))).to_pylist()[0]["rows"]
    if not 0 < rows < 0.5 * table.rows:
        return []
    return [
        Exclusion(
            column=ends[0].name,
            values=(),
            reason="unpaid_trial",
            after=trials[0].name,
            rows=rows,
        )
    ]


def _values(column: ColumnProfile, words: str) -> tuple[str, ...]:
    wanted = {fold(word) for word in words.split(",")}
    return tuple(sorted(value for value in column.frequent_values if fold(value) in wanted))


def _service_accounts(column: ColumnProfile) -> list[Exclusion]:
    """Mail addresses that a program uses, by how they begin: svc-…, no-reply…"""
    starts = {
        match.group(0)
        for value in column.frequent_values
        if (match := _SERVICE.match(value)) and value[match.end() - 1] in "-_.+"
    }
    if not starts:
        return []
    nulls = column.filled < column.rows
    return [
        Exclusion(
            column=column.name,
            values=tuple(sorted(starts)),
            reason="service",
            prefix=True,
            nulls=nulls,
        )
    ]


def _unpaid_trials(table: TableProfile, exclusions: list[Exclusion]) -> list[Exclusion]:
    """Contracts that were never paid for: without the date on which a trial became a contract."""
    named = [c for c in table.columns if "activated" in c.meanings]
    trials = any("trial_end" in c.meanings and c.filled for c in table.columns)
    return [
        Exclusion(column=column.name, values=(), reason="unpaid_trial")
        for column in named[:1]
        if (trials or exclusions) and 0.5 * column.rows < column.filled < column.rows
    ]
