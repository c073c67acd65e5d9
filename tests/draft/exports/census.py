"""Which customers a project knows, from when to when, and what they pay, seen from outside: by
scoring it on every day.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from salus import open_project
from tests.draft.exports.truth import DATES, EXPORT_DAY, TODAY, Truth

LEFT_OUT = ("inputs", "caps", "segments", "scores", "outcomes", "smooth", "frozen", "reference")


@dataclass(frozen=True, kw_only=True)
class Census:
    """The customers that a project knows. Customers have the ids of the truth."""

    today: frozenset[str]
    ever: frozenset[str]
    left: Mapping[str, dt.date]  # the last day of each customer that isn't there today
    doubled: int  # further entities today for a customer that is already counted
    others: int  # entities today that are no customers
    values: Mapping[str, float]  # today, per year

    def left_as_in(self, truth: Truth) -> int:
        """How many customers left on the true day, give or take one day."""
        return sum(
            customer.is_gone
            and customer.ends is not None
            and customer.id in self.left
            and abs((self.left[customer.id] - customer.ends).days) <= 1
            for customer in truth.customers
        )

    @property
    def value(self) -> float:
        """The value of all customers today."""
        return sum(self.values.values())


def take_census(project: Path, truth: Truth) -> Census:
    """Count the population of each day from the first date on. The model keeps its entities and
    sources; its measures are replaced by a single count, as only the population matters here.
    """
    counting = project.with_name(project.name + "-census")
    shutil.rmtree(counting, ignore_errors=True)
    shutil.copytree(project, counting, ignore=shutil.ignore_patterns("partials", "history", "data"))
    if (project / "data").is_dir():
        (counting / "data").symlink_to(project / "data", target_is_directory=True)
    yaml = YAML()
    document = yaml.load((project / "salus.yaml").read_text(encoding="utf-8"))
    for name in LEFT_OUT:
        document.pop(name, None)
    document["entity"].pop("renewal", None)  # it may name an input
    source = next(iter(document["sources"]))
    document["dimensions"] = {
        "all": {"measures": {"facts": {"count": source, "bad": 0, "good": 1}}}
    }
    with (counting / "salus.yaml").open("w", encoding="utf-8") as stream:
        yaml.dump(document, stream)
    opened = open_project(counting, today=TODAY)
    table = opened.replay(DATES[0], TODAY, every="day").to_arrow()
    last: dict[str, dt.date] = {}
    for entity, day in zip(table["entity"].to_pylist(), table["as_of"].to_pylist(), strict=True):
        customer = truth.by_name.get(entity)
        if customer is not None:
            last[customer] = max(last.get(customer, day), day)
    scores = opened.score(TODAY, keep=False)
    values: dict[str, float] = {}
    for entity, money in zip(scores.ids, scores.money, strict=True):
        customer = truth.by_name.get(entity)
        if customer is not None:
            values[customer] = values.get(customer, 0.0) + (money or 0.0)
    known = [truth.by_name.get(entity) for entity in scores.ids]
    return Census(
        today=frozenset(values),
        ever=frozenset(last),
        left={customer: day for customer, day in last.items() if day <= EXPORT_DAY},
        doubled=len(known) - known.count(None) - len(values),
        others=known.count(None),
        values=values,
    )
