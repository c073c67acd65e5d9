"""The number of months of kept facts that one query builds."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pytest

from salus.facts.cache import partition_plan
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.cache.partition import Partition
from salus.facts.cache.partition_plan import batch_months
from salus.facts.partials.day_ranges import month_after
from salus.periods.day import day_number
from tests.keep.test_refresh import Shop, model, visits

DAYS = np.arange(day_number(dt.date(2024, 3, 1)), day_number(dt.date(2024, 6, 20)), dtype=np.int32)


def months(*numbers: int) -> list[Partition]:
    firsts = [dt.date(2024, number, 1) for number in numbers]
    return [Partition(first, month_after(first)) for first in firsts]


def sizes(facts: list[int], size: int = 4) -> list[int]:
    return [len(batch) for batch in batch_months(months(*range(1, len(facts) + 1)), facts, size)]


def test_few_facts_come_by_the_number_of_months() -> None:
    assert sizes([5, 0, 9, 1, 7, 7]) == [4, 2]


def test_many_facts_come_by_their_number_and_a_month_is_never_parted() -> None:
    most = partition_plan.MOST
    assert sizes([most // 2, most // 2, 1, most * 3, 1, most]) == [2, 1, 1, 1, 1]


def test_a_part_of_a_month_comes_alone() -> None:
    first, second, third = months(1, 2, 3)
    part = Partition(dt.date(2024, 2, 9), second.stop, after=second.since)
    assert list(batch_months([first, part, third], [1, 1, 1], 4)) == [[first], [part], [third]]


def by_month(numbers: range) -> dict[int, list[int]]:
    """Visits by the month they began in."""
    result: dict[int, list[int]] = {}
    for number, row in zip(numbers, visits(list(numbers)), strict=True):
        at = row["at"]
        assert isinstance(at, dt.date)
        result.setdefault(at.month, []).append(number)
    return result


def groupings(audit: list[str]) -> int:
    """Queries that group visits by their day."""
    return sum(1 for text in audit if re.search(r"SELECT \"salus_entity\", \"salus_e\"", text))


@pytest.mark.parametrize("kind", ["on time", "late"])
@pytest.mark.parametrize("files", ["by month", "mixed"])
def test_large_months_come_one_by_one_unless_files_would_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, files: str
) -> None:
    shop, visit_model = Shop(tmp_path / "shop"), model(kind)
    parts = by_month(range(600))
    for name, numbers in (
        parts.items()
        if files == "by month"
        else enumerate([list(range(300)), list(range(300, 600))])
    ):
        shop.write(str(name), numbers)
    _, few = shop.known(visit_model, PartialCache(tmp_path / "few"), DAYS)
    monkeypatch.setattr(partition_plan, "MOST", 1)
    _, many = shop.known(visit_model, PartialCache(tmp_path / "many"), DAYS)
    assert (groupings(many) > groupings(few)) == (kind == "on time" and files == "by month")
    assert shop.values(visit_model, PartialCache(tmp_path / "many"), DAYS) == shop.values(
        visit_model, PartialCache(tmp_path / "few"), DAYS
    )
    made = {path.relative_to(tmp_path / "few") for path in (tmp_path / "few").rglob("*.parquet")}
    assert made
    for path in made:
        assert (tmp_path / "few" / path).read_bytes() == (tmp_path / "many" / path).read_bytes()
