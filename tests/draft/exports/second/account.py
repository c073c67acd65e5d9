"""A company that the vendor knows: a customer, a prospect, a part of a group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

CURRENCIES = {"GB": "GBP", "SE": "SEK", "DE": "GBP", "US": "USD"}
COUNTRIES = {"GB": "United Kingdom", "SE": "Sweden", "DE": "Germany", "US": "United States"}


@dataclass(kw_only=True)
class User:
    """A person who works with the product."""

    id: str
    first: str
    last: str
    email: str
    role: str = "member"
    contact_id: str = ""  # in HubSpot


@dataclass(kw_only=True)
class Account:
    """A company. What only customers have is empty for others."""

    kind: str  # customer, child (without a contract), prospect, other
    name: str
    country: str
    domains: list[str]
    record_id: str  # in HubSpot
    created: dt.date
    owner: str = ""
    parent: Account | None = None
    merged_ids: list[str] = field(default_factory=list)  # HubSpot's ids of records merged into it
    spelling: str = ""  # its name in the helpdesk
    users: list[User] = field(default_factory=list)
    customer_ids: list[str] = field(default_factory=list)  # in Stripe
    signed_by_person: bool = False  # Stripe knows it by the name of a person
    workspace: str = ""  # in the product
    plan: str = ""
    months: int = 0  # between two invoices
    seats: int = 0
    quality: float = 0.5
    start: dt.date = dt.date.max
    notice: dt.date | None = None
    end: dt.date | None = None
    returns: dt.date | None = None
    decline: dt.date | None = None

    @property
    def currency(self) -> str:
        return CURRENCIES[self.country]

    @property
    def is_customer(self) -> bool:
        return self.kind == "customer"

    def is_active(self, day: dt.date) -> bool:
        """Whether a paid contract runs on the day."""
        if self.returns and day >= self.returns:
            return True
        return self.start <= day and (self.end is None or day < self.end)

    def is_gone(self, day: dt.date) -> bool:
        """Whether it has left for good by the day."""
        return self.end is not None and self.end <= day and self.returns is None

    def health(self, day: dt.date) -> float:
        """How well it does, from 0 to 1: its quality, less while it declines."""
        if not self.decline or day <= self.decline or (self.returns and day >= self.returns):
            return self.quality
        days = (day - self.decline).days
        if self.end and self.notice:  # it declines until it gives notice, and doesn't recover
            return self.quality * max(0.12, 1 - 0.75 * days / (self.notice - self.decline).days)
        return self.quality * (1 - 0.45 * max(0.0, 1 - abs(days - 75) / 75))  # a passing decline

    def activity(self, day: dt.date) -> float:
        """How busy it is on the day, about 1 for a usual customer: less at first and in holidays."""
        first = self.returns if self.returns and day >= self.returns else self.start
        begun = 0.35 + 0.65 * min(1.0, (day - first).days / 40)
        season = 0.6 if day.month == 7 else 0.4 if (day.month, day.day) > (12, 22) else 1.0
        return (0.25 + 0.75 * self.quality) * self.health(day) / self.quality * begun * season
