"""NPS and shares: golden values, the airport's survey, and refusals."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from salus.errors import DataError
from salus.insight.surveys import nps, wilson
from salus.insight.survival import survival


@pytest.mark.parametrize(("answers", "value"), [([9, 10, 7, 0], 25), ([10] * 5, 100), ([0, 6], -100), ([7, 8], 0)])
def test_golden_values(answers: list[int], value: float) -> None:
    assert nps(np.array(answers, dtype=float)).value == value


def test_the_interval_covers_what_the_book_says() -> None:
    """Drawn from a book of NPS 20: nineteen of twenty intervals hold it."""
    draw = np.random.default_rng(1)
    found = [nps(draw.choice([0.0, 7.0, 10.0], 200, p=[.25, .3, .45])) for _ in range(1000)]
    assert 0.93 <= np.mean([20 in one for one in found]) <= 0.97


@pytest.mark.parametrize("answers", [[], [11.0, 9.0], [-1.0], [np.nan, 9.0]])
def test_other_codes_are_refused(answers: list[float]) -> None:
    with pytest.raises(DataError, match="from 0 to 10"):
        nps(np.array(answers))


def test_the_airport_in_2017(shared: Path) -> None:
    """+39.8 of 2,746 answers; code 11 and blanks are none."""
    with gzip.open(shared / "data" / "sfo_nps_survey" / "sfo_2017.csv.gz", "rt", encoding="utf-8") as file:
        texts = [row["NETPRO"].strip() for row in csv.DictReader(file)]
    answers = np.array([float(text) for text in texts if text and float(text) <= 10])
    assert len(answers) == 2746
    assert nps(answers).value == pytest.approx(39.8, abs=0.05)


def test_wilson_at_the_ends() -> None:
    assert (wilson(0, 20).low, wilson(20, 20).high) == (0, 1)
    assert wilson(0, 20).high == pytest.approx(0.1611, abs=1e-4)


def naive(time: np.ndarray, came: np.ndarray, at: float) -> float:
    share = 1.0
    for when in sorted({one for one, hit in zip(time, came, strict=True) if hit and one <= at}):
        share *= 1 - np.sum((time == when) & came) / np.sum(time >= when)
    return share


def test_survival_against_the_product_by_hand() -> None:
    draw = np.random.default_rng(2)
    time, came = np.ceil(draw.exponential(10, 80)), draw.random(80) < 0.6
    found = survival(time, came)
    for at in (0.5, 3, 7, 15, 60):
        assert found.at(at) == pytest.approx(naive(time, came, at), abs=1e-12)
    assert (found.low <= found.share + 1e-12).all() and (found.high >= found.share - 1e-12).all()
    assert found.mean_until(12) == pytest.approx(np.mean([found.at(x) for x in np.arange(0, 12, 0.001)]) * 12, rel=1e-3)


def test_where_most_still_wait_there_is_no_median() -> None:
    assert survival(np.array([1.0, 5.0, 5.0]), np.array([True, False, False])).median is None
