"""Findings about a folder of exports in English."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": "Rows of the customers’ table that repeat another customer and are left out: {rows:n}.",
    "customers.repeated_key": "Rows of the customers’ table with a key that another row has, too: {rows:n}.",
    "rows.left_out": "Rows left out because of the column “{column}”: {rows:n}.",
    "table.no_time": "No date column says when the rows of this table happened, so it isn’t used.",
    "table.no_way": "No column connects the rows of this table with a customer, so it isn’t used.",
}
