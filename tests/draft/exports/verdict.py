"""What is right about a proposal, and what isn't, in words that a failed test can show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from tests.draft.exports.census import Census
from tests.draft.exports.matches import compare_matches
from tests.draft.exports.proposed import Proposed
from tests.draft.exports.truth import TODAY, Truth

#: Columns that are known only afterwards, or as of the export day; no measure may read them.
LEAKS = (
    "Churn_Reason__c",
    "LastActivityDate",
    "cancel_reason_code",
    "due_invoices_count",
    "next_billing_at",
    "last_seen_at",
    "mrr",
    "Amount Due",
)
#: Share of a table's rows that a proposal may lead to a customer beyond the reference: those of a
#: customer's children without contracts and of its duplicates, which the reference leaves out.
FURTHER = 0.05
TOLERANCE = 0.05  # of a population, where a folder is incomplete


def wrong_customers(census: Census, truth: Truth) -> list[str]:
    """What the complete folder must give: the population today and ever, who left, the money."""
    problems = []
    if census.today != truth.active(TODAY) or census.others or census.doubled:
        missing, more = truth.active(TODAY) - census.today, census.today - truth.active(TODAY)
        problems.append(
            f"today: {len(missing)} customers are missing, {len(more)} have left, {census.others}"
            f" are no customers, {census.doubled} count twice"
        )
    if len(census.ever) != len(truth.customers):
        problems.append(f"{len(census.ever)} customers ever, not {len(truth.customers)}")
    gone = sum(customer.is_gone for customer in truth.customers)
    if len(census.left) != gone or census.left_as_in(truth) < gone - 2:
        problems.append(f"{len(census.left)} left, {census.left_as_in(truth)} of them on the day")
    value = sum(customer.value for customer in truth.customers)
    if abs(census.value - value) > 0.02 * value:
        problems.append(f"the value is {census.value:,.0f}, not {value:,.0f}")
    return problems


def wrong_matches(
    project: Path, exports: Path, truth: Truth, expected: Mapping[str, Counter[str]]
) -> list[str]:
    """Tables of which less than 95 % of the rows that can be matched lead to their customer."""
    matches = compare_matches(project / "salus.yaml", exports, expected, truth)
    return [
        f"{table}: {match.right} of {match.rows} rows, {match.wrong} to somebody else"
        for table, match in matches.items()
        if match.share < 0.95 or match.wrong > FURTHER * match.rows
    ]


def leaks(model: Path, names: Sequence[str] = LEAKS) -> list[str]:
    """The leaks that measures, inputs or attributes name."""
    document = YAML(typ="safe").load(model.read_text(encoding="utf-8"))
    text = StringIO()
    parts = [document["dimensions"], document.get("inputs"), document["entity"].get("attributes")]
    YAML(typ="safe").dump(parts, text)
    return [
        name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.getvalue())
    ]


def is_question(proposed: Proposed) -> bool:
    """Whether `init` stopped with a question and wrote no model."""
    written = (proposed.folder / "salus.yaml").exists()
    return proposed.code == 1 and "?" in proposed.output and not written


def is_close(census: Census, truth: Truth) -> bool:
    """Whether the population of an incomplete folder is nearly the true one."""
    active = truth.active(TODAY)
    unlisted = len(census.today - active) + census.others + census.doubled
    return len(census.today & active) >= (1 - TOLERANCE) * len(active) and unlisted <= (
        TOLERANCE * len(active)
    )
