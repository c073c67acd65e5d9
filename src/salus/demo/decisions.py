"""When an account may leave: the deadline of each term, each month, and the ends that come from
outside.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from salus.demo.book import CustomerBase
from salus.demo.months import add_months, cancel_by, month_end
from salus.demo.season import Flags, Floats, Ints, Season

KINDS = ("term", "month", "involuntary")
TERM, MONTH, INVOLUNTARY = range(3)
SETTLING = 60  # days after signing on which nobody leaves yet
END_AFTER = 30  # days from an involuntary decision to the end


@dataclass(frozen=True)
class TermDecisions:
    """One row per moment at which an account could give notice, whether or not it was still
    there.
    """

    account: Ints  # row in the book
    kind: Ints
    decided: Ints
    deadline: Ints  # last day of receipt
    ends: Ints  # last day of service, if notice is given

    def __len__(self) -> int:
        return len(self.account)

    def where(self, flags: Flags) -> TermDecisions:
        """The rows that meet a condition."""
        return TermDecisions(*(getattr(self, field.name)[flags] for field in fields(self)))


@dataclass(frozen=True)
class Terms:
    """Accounts × terms, from the one that runs when the season begins: their last days and
    deadlines.
    """

    begins: Ints
    ends: Ints
    deadline: Ints


def terms(book: CustomerBase, season: Season) -> Terms:
    """The terms of contracts; for those paid by the month they mean nothing."""
    length = np.maximum(book.term_months, 12)
    gone = np.maximum(0, season.first - book.since) / (30.44 * length)
    number = np.floor(gone).astype(np.int64)[:, None] + np.arange(season.weeks // 52 + 3)
    since = np.broadcast_to(book.since[:, None], number.shape)
    ends = add_months(since, (number + 1) * length[:, None]) - 1
    return Terms(
        add_months(since, number * length[:, None]),
        ends,
        cancel_by(ends, book.notice_months[:, None]),
    )


def decisions(
    book: CustomerBase, season: Season, planned: Terms, rng: np.random.Generator
) -> TermDecisions:
    """Every moment of decision within the season."""
    parts = (
        _of_terms(book, planned, rng),
        _of_months(book, season, rng, MONTH),
        _of_months(book, season, rng, INVOLUNTARY),
    )
    found = TermDecisions(
        *(
            np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(TermDecisions)
        )
    )
    settled = found.decided >= book.since[found.account] + SETTLING
    by_month = book.monthly[found.account]
    applies = np.select([found.kind == TERM, found.kind == MONTH], [~by_month, by_month], True)
    return found.where(season.has(found.decided) & settled & applies)


def _of_terms(book: CustomerBase, planned: Terms, rng: np.random.Generator) -> TermDecisions:
    """People write days or weeks ahead of the deadline, some on the last day."""
    shape = planned.ends.shape
    early = np.minimum(rng.exponential(22, shape), 90).astype(np.int64)
    account = np.broadcast_to(np.arange(len(book))[:, None], shape)
    columns = (
        account,
        np.full(shape, TERM),
        planned.deadline - early,
        planned.deadline,
        planned.ends,
    )
    return TermDecisions(*(column.ravel() for column in columns))


def _of_months(
    book: CustomerBase, season: Season, rng: np.random.Generator, kind: int
) -> TermDecisions:
    starts = np.unique(season.days.astype("datetime64[D]").astype("datetime64[M]"))
    first = starts.astype("datetime64[D]").astype(np.int64)
    shape = len(book), len(first)
    decided = first + rng.integers(0, 28, shape)
    ends = month_end(decided, 1) if kind == MONTH else decided + END_AFTER
    account = np.broadcast_to(np.arange(len(book))[:, None], shape)
    return TermDecisions(
        *(column.ravel() for column in (account, np.full(shape, kind), decided, decided, ends))
    )


def weekly(values: Floats, rows: TermDecisions, season: Season) -> Floats:
    """The value of accounts × weeks at each decision."""
    found: Floats = values[rows.account, season.week(rows.decided)]
    return found
