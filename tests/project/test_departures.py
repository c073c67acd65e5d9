"""What became of the customers that `validate` looks at, against days counted one by one."""

from __future__ import annotations

from pathlib import Path

from salus import open_project
from salus.verbs.validate.departures import FoundDepartures
from salus.verbs.validate.text import _departures
from tests.oracle.contracts import ends
from tests.project.test_contracts import FIRST, TODAY, contracts, members, works


def test_those_who_left_came_back_and_announced_add_up(tmp_path: Path) -> None:
    result = works(tmp_path / "works").validate("churned", horizon=60)
    found = result.departures
    assert found is not None and str(found.as_of) == TODAY
    stop, now = (found.as_of - FIRST).days, members(found.as_of)
    over = {
        (key, day): last for key, own in contracts().items() for day, last in ends(own, 30, stop)
    }
    counts = {"left": 0, "returned": 0, "announced": 0}
    for miss in result.validation.misses:
        day = miss.day - FIRST.toordinal() + EPOCH
        last = over[miss.id, day]
        word = "announced" if last >= stop else "returned" if miss.id in now else "left"
        counts[word] += 1
    assert found.as_dict() == {"as_of": TODAY, **counts}
    assert sum(counts.values()) == len(result.validation.misses) and counts["returned"]


def test_check_counts_who_came_back(tmp_path: Path) -> None:
    """Five come back after half a year; a pause of a fortnight is no end."""
    works(tmp_path / "works")
    inspection = open_project(tmp_path / "works", "2024-09-01").inspect()
    summary = inspection.population
    assert summary is not None and summary.left is not None
    (outcome,) = summary.outcomes
    assert inspection.returned == {"churned": 5} and outcome.recent == summary.left + 5


EPOCH = 719_163  # the ordinal of 1970-01-01


def test_the_sentence_names_only_what_there_is() -> None:
    date = FIRST
    assert list(_departures(FoundDepartures(date, 48, 3, 5))) == [
        "By 2023-01-01, 48 have left, 3 came back and 5 announced it."
    ]
    assert list(_departures(FoundDepartures(date, 1, 0, 5))) == [
        "By 2023-01-01, 1 has left and 5 announced it."
    ]
    assert list(_departures(FoundDepartures(date, 48, 0, 0))) == list(_departures(None)) == []
