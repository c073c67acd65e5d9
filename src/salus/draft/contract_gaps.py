"""Finds customers that get invoices and have no contract: the table of contracts isn't complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from salus.draft.customers import CustomerTable, FolderValues
from salus.draft.picture import DraftQuestion
from salus.draft.table_values import TableValues
from salus.draft.ways import SEVERAL, Reached

FEWEST_INVOICES = 3  # from which a customer pays again and again
FEWEST_CUSTOMERS = 3
SHARE = 0.25  # of the customers with invoices, those without a contract


SHARE_LOST = 0.03  # of the contracts, those that lead to no customer
FEWEST_LOST = 3


def ask_for_owners(
    choice: CustomerTable,
    contracts: str,
    reached: Mapping[str, Reached],
    values: Mapping[str, TableValues],
) -> DraftQuestion | None:
    """The question whose the contracts are that lead to no customer or to several, if they are
    more than a few: without the contract, nobody would be a customer.
    """
    if choice.rank != 0 or contracts not in reached:
        return None
    matched, unknown, ambiguous, _ = reached[contracts].count(values[contracts])
    lost, rows = unknown + ambiguous, matched + unknown + ambiguous
    if lost < max(FEWEST_LOST, SHARE_LOST * rows):
        return None
    parameters: dict[str, object] = {
        "table": choice.table,
        "contracts": contracts,
        "lacking": lost,
        "all": rows,
    }
    return DraftQuestion("customers.without_owner", parameters, (choice.table,))


def ask_for_contracts(
    folder: FolderValues,
    choice: CustomerTable,
    contracts: str,
    reached: Mapping[str, Reached],
    values: Mapping[str, TableValues],
) -> DraftQuestion | None:
    """The question whether contracts are missing, if many customers with invoices have none. Without
    a contract they would be no customers.
    """
    if choice.rank != 0:
        return None
    known = {e for n in folder.with_role("contracts") if n in reached for e in reached[n].entities}
    for name in folder.with_role("invoices"):
        if name not in reached:
            continue
        bills: Counter[str] = Counter()
        for entity, rows in zip(reached[name].entities, values[name].weights, strict=True):
            if entity is not None and entity != SEVERAL:
                bills[entity] += rows
        paying = {entity for entity, rows in bills.items() if rows >= FEWEST_INVOICES}
        lacking = len(paying - known)
        if lacking >= max(FEWEST_CUSTOMERS, SHARE * len(paying)):
            parameters: dict[str, object] = {
                "table": choice.table,
                "contracts": contracts,
                "invoices": name,
                "lacking": lacking,
                "all": len(paying),
            }
            return DraftQuestion("customers.without_contract", parameters, (choice.table,))
    return None
