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
