"""What is true of an invented company: who its customers are, when they come and leave, and what
they pay.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

EXPORT_DAY = dt.date(2026, 10, 31)
TODAY = EXPORT_DAY + dt.timedelta(days=1)
HORIZON = 90  # days
#: Monthly dates with three months of data before them and a whole horizon after them.
DATES = tuple(dt.date(2025 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(8, 21))


@dataclass(frozen=True, kw_only=True)
class Customer:
    """One customer. `names` are all its names in the tools: ids, spellings and domains."""

    id: str
    names: frozenset[str]
    starts: dt.date
    ends: dt.date | None
    returns: dt.date | None
    value: float  # EUR per year on the export day

    def is_active(self, day: dt.date) -> bool:
        """Whether it is a customer at the start of the day; the day of its end still counts."""
        if self.returns is not None and self.returns < day:
            return True
        return self.starts < day and (self.ends is None or self.ends >= day)

    def leaves(self, day: dt.date) -> bool:
        """Whether it ends within the horizon from the day on."""
        return self.ends is not None and 0 <= (self.ends - day).days < HORIZON

    @property
    def is_gone(self) -> bool:
        """Whether it has left by the export day and didn't return."""
        return self.ends is not None and self.ends <= EXPORT_DAY and self.returns is None


@dataclass(frozen=True)
class Truth:
    """All customers that there have ever been."""

    customers: tuple[Customer, ...]

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The customer that a name in any tool stands for, without the names of several."""
        owners: dict[str, set[str]] = {}
        for customer in self.customers:
            for name in customer.names:
                owners.setdefault(name, set()).add(customer.id)
        return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}

    def active(self, day: dt.date) -> set[str]:
        """The ids of the customers at the start of a day."""
        return {customer.id for customer in self.customers if customer.is_active(day)}

    def rows(self, day: dt.date) -> Iterator[tuple[str, bool]]:
        """Each customer of the day, and whether it leaves within the horizon."""
        for customer in self.customers:
            if customer.is_active(day):
                yield customer.id, customer.leaves(day)


def read_truth(path: Path) -> Truth:
    """The truth as the generator wrote it."""
    with path.open(encoding="utf-8", newline="") as stream:
        return Truth(tuple(_customer(row) for row in csv.DictReader(stream)))


def _customer(row: Mapping[str, str]) -> Customer:
    lists = ("chargebee_customer_ids", "subscription_ids", "cf_debitor", "domains")
    single = ("salesforce_account_id", "name", "freshdesk_name", "users_csv_name", "xlsx_name")
    names = {row[column] for column in single} | {row["salesforce_account_id"][:15]}
    names.update(*(row[column].split() for column in lists))
    return Customer(
        id=row["salesforce_account_id"],
        names=frozenset(name for name in names if name),
        starts=dt.date.fromisoformat(row["start"]),
        ends=_day(row["end"]),
        returns=_day(row["reactivated_on"]),
        value=12 * float(row["mrr_eur_on_export_day"]),
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
