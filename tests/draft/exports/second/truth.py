"""What is true of the second company: its customers, and what a perfect reader finds in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.draft.exports.second.account import Account
from tests.draft.exports.second.contracts import Contract
from tests.draft.exports.second.days import END
from tests.draft.exports.second.invented import stem
from tests.draft.exports.second.rates import ExchangeRates
from tests.draft.exports.second.table import ExportTable
from tests.draft.exports.second.world import World
from tests.draft.exports.truth import Customer, Truth

ROLES = {
    "companies": "customers",
    "contacts": "people",
    "deals": "deals",
    "activities": "activities",
    "company_property_history": "field_history",
    "deal_property_history": "field_history",
    "stripe_customers": "lookup",
    "stripe_subscriptions": "contracts",
    "stripe_invoices": "invoices",
    "stripe_credit_notes": "invoices",
    "stripe_prices": "lookup",
    "zendesk_tickets": "tickets",
    "zendesk_ticket_updates": "field_history",
    "segment_tracks": "events",
    "app_users": "people",
    "app_workspaces": "lookup",
    "typeform_nps": "answers",
    "fx_rates": "lookup",
}
TIMES = {
    "deals": "Close Date",
    "activities": "Activity date",
    "company_property_history": "Timestamp",
    "deal_property_history": "Timestamp",
    "stripe_subscriptions": "Start Date (UTC)",
    "stripe_invoices": "Date (UTC)",
    "stripe_credit_notes": "Created (UTC)",
    "zendesk_tickets": "Created at",
    "zendesk_ticket_updates": "Update timestamp",
    "segment_tracks": "timestamp",
    "typeform_nps": "Submit Date (UTC)",
}
#: Columns that are known only afterwards, or as of the day of the export; no measure may read them.
LEAKS = {
    "companies": (
        "Lifecycle Stage",
        "Last Activity Date",
        "Number of times contacted",
        "Last Modified Date",
    ),
    "stripe_customers": (
        "Delinquent",
        "Total Spend",
        "Payment Count",
        "Plan",
        "Status",
        "Cancel At Period End",
    ),
    "stripe_subscriptions": (
        "Status",
        "Cancellation Reason",
        "Cancel At Period End",
        "Current Period End (UTC)",
    ),
    "stripe_invoices": ("Status", "Paid", "Amount Paid"),
    "app_users": ("last_seen_at", "deactivated_at"),
    "app_workspaces": ("deleted_at",),
}
#: Those of them whose names mean nothing else in any table.
LEAK_NAMES = (
    "Lifecycle Stage",
    "Last Activity Date",
    "Number of times contacted",
    "Delinquent",
    "Total Spend",
    "Payment Count",
    "Cancellation Reason",
    "Cancel At Period End",
    "Amount Paid",
    "last_seen_at",
    "deactivated_at",
    "deleted_at",
)


@dataclass(frozen=True, kw_only=True)
class SecondCompany:
    """The folder of exports, the truth, and what its files hold."""

    exports: Path
    truth: Truth
    owners: Mapping[str, Sequence[str]]  # by table, the customer of each row or an empty text
    announced: frozenset[str]  # customers whose end lies after the day of the export
    children: Mapping[str, str]  # parts of a group without a contract, and their parents
    duplicates: Mapping[str, str]  # second records, and the customer that each stands for
    merged: Mapping[str, str]  # records that are gone, and the one that lists them

    @property
    def matches(self) -> dict[str, Counter[str]]:
        """The rows of each table by customer: what a perfect reader joins."""
        return {
            table: Counter(owner for owner in owners if owner)
            for table, owners in self.owners.items()
            if any(owners)
        }


def tell_truth(
    world: World,
    contracts: Sequence[Contract],
    rates: ExchangeRates,
    tables: Sequence[ExportTable],
    exports: Path,
) -> SecondCompany:
    """The truth of a world."""
    values: Counter[str] = Counter()
    for contract in contracts:
        if contract.runs(END):
            pounds = contract.net * rates.at(contract.account.currency, END)
            values[contract.account.record_id] += pounds * 12 / contract.months  # type: ignore[assignment]
    return SecondCompany(
        exports=exports,
        truth=Truth(tuple(_customer(each, values[each.record_id]) for each in world.customers)),
        owners={table.name: tuple(table.owners) for table in tables},
        announced=frozenset(
            each.record_id for each in world.customers if each.end and each.end > END
        ),
        children={
            child.record_id: child.parent.record_id for child in world.children if child.parent
        },
        duplicates={copy.record_id: original.record_id for copy, original in world.duplicates},
        merged={
            gone: account.record_id for account in world.accounts for gone in account.merged_ids
        },
    )


def _customer(account: Account, value: float) -> Customer:
    names = {
        account.record_id,
        account.name,
        account.spelling,
        stem(account.name),
        account.workspace,
    }
    names.update(account.merged_ids, account.customer_ids, account.domains)
    return Customer(
        id=account.record_id,
        names=frozenset(names),
        starts=account.start,
        ends=account.end,
        returns=account.returns,
        value=value,
    )
