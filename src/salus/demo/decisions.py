"""Lists when an account can leave: before the deadline of each term, each month, or because it
doesn't pay.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from salus.demo.customers import CustomerBase
from salus.demo.months import add_months, compute_notice_deadline, find_month_end
from salus.demo.season import Flags, Floats, Ints, Season

KINDS = ("term", "month", "involuntary")
TERM, MONTH, INVOLUNTARY = range(3)
SETTLING = 60  # days after signing in which nobody leaves
END_AFTER = 30  # days from an involuntary decision to the end


@dataclass(frozen=True)
class TermDecisions:
    """One row for each day on which an account could give notice, even if it had left before."""

    account: Ints  # row of the account
    kind: Ints
    decided: Ints
    deadline: Ints  # last day for a notice
    ends: Ints  # last day of service, if notice is given

    def __len__(self) -> int:
        return len(self.account)

    def where(self, flags: Flags) -> TermDecisions:
        """The rows that meet a condition."""
        return TermDecisions(*(getattr(self, field.name)[flags] for field in fields(self)))


@dataclass(frozen=True)
class Terms:
    """Accounts × terms, from the current one at the start of the season. All are day numbers."""

    begins: Ints
    ends: Ints
    deadline: Ints


def plan_terms(customers: CustomerBase, season: Season) -> Terms:
    """The terms of contracts. For monthly contracts they have no meaning."""
    length = np.maximum(customers.term_months, 12)
    elapsed = np.maximum(0, season.first - customers.since) / (30.44 * length)
    number = np.floor(elapsed).astype(np.int64)[:, None] + np.arange(season.weeks // 52 + 3)
    since = np.broadcast_to(customers.since[:, None], number.shape)
    ends = add_months(since, (number + 1) * length[:, None]) - 1
    return Terms(
        add_months(since, number * length[:, None]),
        ends,
        compute_notice_deadline(ends, customers.notice_months[:, None]),
    )


def list_decisions(
    customers: CustomerBase, season: Season, terms: Terms, rng: np.random.Generator
) -> TermDecisions:
    """All decisions within the season."""
    parts = (
        _of_terms(customers, terms, rng),
        _of_months(customers, season, rng, MONTH),
        _of_months(customers, season, rng, INVOLUNTARY),
    )
    every = TermDecisions(
        *(
            np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(TermDecisions)
        )
    )
    settled = every.decided >= customers.since[every.account] + SETTLING
    by_month = customers.monthly[every.account]
    applies = np.select([every.kind == TERM, every.kind == MONTH], [~by_month, by_month], True)
    return every.where(season.has(every.decided) & settled & applies)


def _of_terms(customers: CustomerBase, terms: Terms, rng: np.random.Generator) -> TermDecisions:
    """Decisions days or weeks before the deadline of a term, some on the last day."""
    shape = terms.ends.shape
    early = np.minimum(rng.exponential(22, shape), 90).astype(np.int64)
    account = np.broadcast_to(np.arange(len(customers))[:, None], shape)
    columns = (
        account,
        np.full(shape, TERM),
        terms.deadline - early,
        terms.deadline,
        terms.ends,
    )
    return TermDecisions(*(column.ravel() for column in columns))


def _of_months(
    customers: CustomerBase, season: Season, rng: np.random.Generator, kind: int
) -> TermDecisions:
    """A decision in each month of the season."""
    starts = np.unique(season.days.astype("datetime64[D]").astype("datetime64[M]"))
    first = starts.astype("datetime64[D]").astype(np.int64)
    shape = len(customers), len(first)
    decided = first + rng.integers(0, 28, shape)
    ends = find_month_end(decided, 1) if kind == MONTH else decided + END_AFTER
    account = np.broadcast_to(np.arange(len(customers))[:, None], shape)
    return TermDecisions(
        *(column.ravel() for column in (account, np.full(shape, kind), decided, decided, ends))
    )


def values_at(values: Floats, rows: TermDecisions, season: Season) -> Floats:
    """The value at each decision, from values of accounts × weeks."""
    at_decisions: Floats = values[rows.account, season.week(rows.decided)]
    return at_decisions
