"""The tables of a folder and their customers as plain values. `verbs/init/content.py` collects them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.finding import Finding

LEFT_OUT = "rows.left_out"  # the code of a finding


@dataclass(frozen=True)
class JoinStep:
    """Values of `column` are found in the column `target` of a table.

    `compared`: what is compared of them, such as the domain, in the language of the page.
    """

    column: str
    table: str
    target: str
    compared: str = ""


@dataclass(frozen=True, kw_only=True)
class FolderTable:
    """A table: what it holds, how its rows lead to customers, and what it is used for.

    Of `rows`, `kept` count. Of the `dated` rows, or else of those that count, each is matched,
    unknown, ambiguous, empty, or leads to a row of the customers' table that is left out.
    """

    name: str
    role: str  # a TableRole of the draft
    tool: str | None = None  # that exported it
    rows: int = 0
    kept: int = 0
    matched: int = 0
    unknown: int = 0
    ambiguous: int = 0
    empty: int = 0
    left_out: int = 0
    dated: int | None = None  # the rows with a time, if the model's own keys counted them
    ever: int | None = None  # of the rows that list customers: those that are or were customers
    ways: tuple[tuple[JoinStep, ...], ...] = ()
    where: str | None = None
    time: str | None = None
    uses: tuple[str, ...] = ()  # customers, contracts, history, link, lookup, outcome, rates
    measures: tuple[str, ...] = ()
    leaks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_used(self) -> bool:
        return bool(self.uses or self.measures)

    @property
    def is_joined(self) -> bool:
        """Whether its rows lead to customers of another table."""
        return any(self.ways)

    @property
    def share(self) -> float | None:
        """The share of the rows that reach a customer; None without rows or a way."""
        return self.matched / self.joinable if self.joinable and self.is_joined else None

    @property
    def uncounted(self) -> int:
        """The rows that don't count, and those that every measure leaves out."""
        known = [finding for finding in self.findings if finding.code == LEFT_OUT]
        rows = [each.get("rows") for each in known if each.get("by") == "measures"]
        return self.rows - self.kept + sum(n for n in rows if isinstance(n, int))

    @property
    def joinable(self) -> int:
        """The rows of which `matched` reach a customer."""
        return self.kept if self.dated is None else self.dated


@dataclass(frozen=True, kw_only=True)
class FolderPopulation:
    """How many customers the proposed model finds."""

    as_of: dt.date
    today: int
    ever: int
    left: int | None = None  # in the last 18 months
    value: float | None = None
    currency: str | None = None


@dataclass(frozen=True, kw_only=True)
class FolderContent:
    """A folder with its tables, and what is still open."""

    name: str
    version: str
    customers: str | None  # the table that lists them
    tables: tuple[FolderTable, ...]
    population: FolderPopulation | None = None
    questions: tuple[str, ...] = ()  # in the language of the page
    notes: tuple[str, ...] = ()  # in English, as the model's comments have them

    @property
    def ordered(self) -> tuple[FolderTable, ...]:
        """The table of customers first, then the tables that are used, by their role and name."""
        return tuple(
            sorted(
                self.tables,
                key=lambda table: (
                    table.name != self.customers,
                    not table.is_used,
                    table.role,
                    table.name,
                ),
            )
        )
