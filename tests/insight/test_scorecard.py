"""The fitted scorecard: on Telco the known AUC, and points that say exactly what the fit says."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import special

from salus.insight.statistics.auc import auc
from salus.insight.statistics.calibration import calibration_error
from salus.insight.statistics.scorecard import Numeric, Scorecard, Worded, fit

FOLDS, TIMES = 5, 2


def test_points_and_weights_say_what_the_fit_says() -> None:
    draw = np.random.default_rng(4)
    use, kind = draw.gamma(2, 5, 800), draw.integers(0, 3, 800)
    had_outcome = draw.random(800) < special.expit(1 - 0.2 * use + np.array([0, 1, -1])[kind])
    card = fit([Numeric("use", use, -1), Worded("kind", kind, ("a", "b", "c"))], had_outcome)
    score = _score(card, use, kind)
    np.testing.assert_allclose(
        card.odds_of(score), card.odds({"use": use, "kind": kind}), atol=1e-9
    )
    assert sum(card.weights.values()) == pytest.approx(1)


def _score(card: Scorecard, use: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """The score as a model computes it: points between knots on straight lines, weighted."""
    lines = {line.name: line for line in card.lines}
    points = {
        "use": np.interp(use, np.array(lines["use"].at, dtype=float), lines["use"].points),
        "kind": lines["kind"].points[kind],
    }
    return np.sum([card.weights[name] * values for name, values in points.items()], axis=0)


def test_lines_are_monotone_whatever_the_data() -> None:
    draw = np.random.default_rng(5)
    values = draw.normal(size=500)
    had_outcome = draw.random(500) < special.expit(values)  # rises, where it is bound to fall
    [line] = fit([Numeric("wrong", values, -1)], had_outcome).lines
    assert (np.diff(line.risk) <= 1e-9).all()
    [line] = fit([Numeric("right", values, 1)], had_outcome).lines
    assert (np.diff(line.risk) >= -1e-9).all() and line.range > 1


def test_a_measure_that_never_changes_has_no_weight() -> None:
    draw = np.random.default_rng(6)
    had_outcome = draw.random(200) < 0.3
    card = fit(
        [Numeric("same", np.full(200, 7.0), 1), Numeric("other", draw.normal(size=200), 1)],
        had_outcome,
    )
    assert card.weights["same"] == 0


def telco(path: Path) -> tuple[list[Numeric | Worded], np.ndarray]:
    """All columns of the published table."""
    [file] = path.glob("*.csv")
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    measures: list[Numeric | Worded] = []
    for name in rows[0]:
        if name in ("customerID", "Churn"):
            continue
        texts = [row[name] for row in rows]
        if name in ("tenure", "MonthlyCharges", "TotalCharges"):
            values = np.array([float(text) if text.strip() else 0.0 for text in texts])
            measures.append(Numeric(name, values, 1 if name == "MonthlyCharges" else -1))
        else:
            words = tuple(sorted(set(texts)))
            measures.append(Worded(name, np.array([words.index(text) for text in texts]), words))
    return measures, np.array([row["Churn"] == "Yes" for row in rows])


def part(measure: Numeric | Worded, rows: np.ndarray) -> Numeric | Worded:
    if isinstance(measure, Numeric):
        return Numeric(measure.name, measure.values[rows], measure.sign)
    return Worded(measure.name, measure.values[rows], measure.words)


def test_telco(shared: Path) -> None:
    """Five folds, twice, pooled: AUC at least .847, calibration error at most .015 (reference .8503
    and .0071).
    """
    measures, had_outcome = telco(shared / "data" / "telco_ibm")
    values = {measure.name: measure.values for measure in measures}
    aucs, errors = [], []
    for time in range(TIMES):
        fold = np.random.default_rng(time).permutation(np.arange(len(had_outcome)) % FOLDS)
        odds = np.empty(len(had_outcome))
        for number in range(FOLDS):
            train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
            card = fit([part(measure, train) for measure in measures], had_outcome[train])
            odds[test] = card.odds({name: column[test] for name, column in values.items()})
        aucs.append(auc(odds, had_outcome, np.arange(len(had_outcome))).value)
        errors.append(calibration_error(special.expit(odds), had_outcome))
    assert np.mean(aucs) >= 0.847
    assert np.mean(errors) <= 0.015
