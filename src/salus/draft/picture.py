"""The picture of a folder: what each table holds, how it leads to the customers, and what is unclear.

Names of tables and columns are those of the data. Conditions and expressions are texts of the model
language. What a person should know is a finding or a question, never a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from salus.draft.profile import TableProfile
from salus.finding import Finding

TableRole = Literal[
    "customers",
    "people",
    "contracts",
    "invoices",
    "open_items",
    "payments",
    "tickets",
    "ratings",
    "answers",
    "events",
    "deals",
    "field_history",
    "copies",
    "activities",
    "orders",
    "endings",
    "lookup",
    "snapshot",
    "unknown",
]


def quote_name(column: str) -> str:
    """A column as the model language writes it: in backticks unless it is a plain name.

    >>> quote_name("email"), quote_name("Company Name"), quote_name("a`b")
    ('email', '`Company Name`', '`a``b`')
    """
    plain = column.isascii() and column.isidentifier()
    return column if plain else "`" + column.replace("`", "``") + "`"


@dataclass(frozen=True)
class KeyTerm:
    """A column after functions of the model language, the innermost first."""

    column: str
    functions: tuple[str, ...] = ()  # "trim", "lower", "left 15", "digits", "domain", "company"

    @property
    def text(self) -> str:
        """The term as the model language writes it.

        >>> KeyTerm("Company Name", ("trim", "company")).text, KeyTerm("id", ("left 15",)).text
        ('company(trim(`Company Name`))', 'left(id, 15)')
        """
        text = quote_name(self.column)
        for function in self.functions:
            name, *arguments = function.split()
            text = f"{name}({', '.join([text, *arguments])})"
        return text


@dataclass(frozen=True, kw_only=True)
class Step:
    """Values of a column of `table` are found in a column of `target_table`.

    `rows` counts the rows of `table` with a value; each is matched, unknown or ambiguous.
    """

    table: str
    term: KeyTerm
    target_table: str
    target: KeyTerm
    rows: int
    matched: int
    unknown: int
    ambiguous: int


@dataclass(frozen=True, kw_only=True)
class Way:
    """The steps from a table to the customers' table; none for the customers' table itself.

    The first step starts at a column of the table. Each later step starts at a column of the table
    that the step before it reached. The last step's target identifies a customer.
    """

    steps: tuple[Step, ...]
    matched: int  # rows that reach exactly one entity by this way alone


@dataclass(frozen=True, kw_only=True)
class TablePicture:
    """What a table holds and how its rows reach customers.

    `ways` are in order of precedence: the first that is neither null nor unknown decides. Each row
    that `where` keeps is matched, unknown, ambiguous or empty.
    """

    profile: TableProfile
    role: TableRole
    tool: str | None = None  # the export profile that was recognised
    ways: tuple[Way, ...] = ()
    rows: int = 0
    matched: int = 0
    unknown: int = 0
    ambiguous: int = 0
    empty: int = 0
    row_id: str | None = None
    time: str | None = None
    recorded: str | None = None
    until: str | None = None
    where: str | None = None  # which rows count; the reason is a finding
    leaks: tuple[str, ...] = ()  # columns known only afterwards, or as of the export day
    findings: tuple[Finding, ...] = ()  # why a row, a column or the table isn't used

    @property
    def name(self) -> str:
        """The table's name."""
        return self.profile.name


@dataclass(frozen=True)
class RatesPicture:
    """A table of exchange rates: units of `currency` for 1 of the currency `per`.

    With `to`, the column of a second currency, a row says how many units of it are 1 of `currency`.
    """

    table: str
    date: str
    currency: str
    rate: str
    per: str
    to: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContractsPicture:
    """Where contracts are. Amount, months per amount and unit are texts of the model language."""

    table: str
    starts: str
    ends: str | None = None
    decided: str | None = None
    amount: str | None = None
    per_seat: str | None = None  # the amount if it is for one seat, where the data don't say that
    per: str | None = None
    unit: str | None = None
    currency: str | None = None
    rates: RatesPicture | None = None
    unrated: tuple[str, ...] = ()  # currencies of contracts that the rates don't know
    where: str | None = None  # main contracts only: no trials, add-ons or future ones


@dataclass(frozen=True, kw_only=True)
class CustomersPicture:
    """Which table lists the customers, by which key, and which of its rows."""

    table: str
    key: str
    where: str | None = None
    label: str | None = None
    owner: str | None = None
    contracts: ContractsPicture | None = None
    merged: str | None = None  # the column that names the surviving record
    parent: str | None = None  # the column that names the parent record
    starts: str | None = None
    ends: str | None = None
    value: str | None = None
    duplicates: int = 0
    replaced: Mapping[str, str] = field(default_factory=dict)  # records that stand for a customer
    unlisted: frozenset[str] = frozenset()  # those of them that `where` leaves out


@dataclass(frozen=True)
class DraftQuestion:
    """What a person must decide, with the options in the order of belief."""

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FolderPicture:
    """All tables of a folder. `customers` is None if the data can't tell who is a customer."""

    tables: tuple[TablePicture, ...]
    customers: CustomersPicture | None = None
    questions: tuple[DraftQuestion, ...] = ()

    def table(self, name: str) -> TablePicture | None:
        """The table of this name."""
        return next((table for table in self.tables if table.name == name), None)
