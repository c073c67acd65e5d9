"""Telco, five folds twice: the additive scorecard beside boosted trees, on the same folds.

The parameters of the boosters were set by hand before any run, as a careful person would set them
for 7,000 rows, and were never tuned. Differences are paired by fold. Their standard error is that
of Nadeau and Bengio (2003, "Inference for the generalization error"): variance × (1/J + test share
÷ train share), because folds share most of their training rows.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import lightgbm
import numpy as np
from scipy import special
from sklearn import ensemble
from tests.insight.test_scorecard import FOLDS, TIMES, part, telco

from salus.insight.statistics.auc import auc
from salus.insight.statistics.calibration import calibration
from salus.insight.statistics.scorecard import Numeric, Worded, fit

Measures = list[Numeric | Worded]
Contender = Callable[[Measures, np.ndarray, np.ndarray, np.ndarray], np.ndarray]

OURS = "scorecard"
LEAST, NEAR, ERROR = 0.847, 0.003, 0.015


def scorecard(
    measures: Measures, churned: np.ndarray, train: np.ndarray, test: np.ndarray
) -> np.ndarray:
    card = fit([part(each, train) for each in measures], churned[train])
    return card.odds({each.name: each.values[test] for each in measures})


def codes(measures: Measures) -> tuple[np.ndarray, list[int]]:
    """Words as numbers, and the columns that hold them."""
    return (
        np.column_stack([each.values for each in measures]).astype(float),
        [place for place, each in enumerate(measures) if isinstance(each, Worded)],
    )


def dummies(measures: Measures) -> np.ndarray:
    """A column of 0 and 1 for each word."""
    return np.column_stack(
        [
            (
                each.values[:, None] == np.arange(len(each.words))
                if isinstance(each, Worded)
                else each.values[:, None]
            )
            for each in measures
        ]
    ).astype(float)


def by_codes(make: Callable[[list[int]], object]) -> Contender:
    def odds(
        measures: Measures, churned: np.ndarray, train: np.ndarray, test: np.ndarray
    ) -> np.ndarray:
        columns, words = codes(measures)
        return predicted(make(words), columns, churned, train, test)

    return odds


def by_dummies(make: Callable[[], object]) -> Contender:
    def odds(
        measures: Measures, churned: np.ndarray, train: np.ndarray, test: np.ndarray
    ) -> np.ndarray:
        return predicted(make(), dummies(measures), churned, train, test)

    return odds


def predicted(
    model: object, columns: np.ndarray, churned: np.ndarray, train: np.ndarray, test: np.ndarray
) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # columns have no names, on purpose
        model.fit(columns[train], churned[train])  # type: ignore[attr-defined]
        return special.logit(model.predict_proba(columns[test])[:, 1])  # type: ignore[attr-defined]


def light(**more: object) -> object:
    return lightgbm.LGBMClassifier(random_state=0, n_jobs=1, verbose=-1, **more)


def hist(**more: object) -> object:
    return ensemble.HistGradientBoostingClassifier(random_state=0, **more)


CONTENDERS: dict[str, Contender] = {
    OURS: scorecard,
    "LightGBM, default": by_codes(lambda words: light(categorical_feature=words)),
    "LightGBM, by hand": by_dummies(
        lambda: light(
            n_estimators=400,
            learning_rate=0.02,
            num_leaves=8,
            min_child_samples=40,
            subsample=0.8,
            subsample_freq=1,
            colsample_bytree=0.5,
            reg_lambda=1.0,
        )
    ),
    "LightGBM, stumps": by_dummies(
        lambda: light(
            n_estimators=800,
            learning_rate=0.05,
            num_leaves=2,
            min_child_samples=40,
            subsample=0.8,
            subsample_freq=1,
            colsample_bytree=0.5,
        )
    ),
    "HistGB, default": by_codes(lambda words: hist(categorical_features=words)),
    "HistGB, by hand": by_dummies(
        lambda: hist(
            max_iter=300,
            learning_rate=0.03,
            max_leaf_nodes=8,
            min_samples_leaf=40,
            l2_regularization=1.0,
            max_features=0.5,
        )
    ),
}


def folds(number: int) -> list[tuple[np.ndarray, np.ndarray, int]]:
    """Training rows, test rows and the number of the repeat; the folds of the narrow test."""
    result = []
    for time in range(TIMES):
        fold = np.random.default_rng(time).permutation(np.arange(number) % FOLDS)
        result += [
            (np.flatnonzero(fold != each), np.flatnonzero(fold == each), time)
            for each in range(FOLDS)
        ]
    return result


def nadeau_bengio(differences: np.ndarray) -> float:
    """Standard error of the mean difference over folds, each of which tests 1 part and learns from
    FOLDS − 1 parts.
    """
    return float(np.sqrt(differences.var(ddof=1) * (1 / len(differences) + 1 / (FOLDS - 1))))


def test_the_scorecard_beside_boosted_trees(shared: Path) -> None:
    measures, churned = telco(shared / "data" / "telco_ibm")
    everyone = np.arange(len(churned))
    pooled, errors, floors, by_fold = {}, {}, {}, {}
    for name, contender in CONTENDERS.items():
        odds = np.empty((TIMES, len(churned)))
        by_fold[name] = np.empty(TIMES * FOLDS)
        for place, (train, test, time) in enumerate(folds(len(churned))):
            odds[time, test] = contender(measures, churned, train, test)
            by_fold[name][place] = auc(odds[time, test], churned[test], test).value
        pooled[name] = float(np.mean([auc(each, churned, everyone).value for each in odds]))
        calibrations = [calibration(special.expit(each), churned, everyone) for each in odds]
        errors[name] = float(
            np.mean([each.ece for each in calibrations if each and each.ece is not None])
        )
        floors[name] = float(
            np.mean(
                [each.ece_floor for each in calibrations if each and each.ece_floor is not None]
            )
        )
    for name in CONTENDERS:
        difference = by_fold[OURS] - by_fold[name]
        print(
            f"{name}: AUC {pooled[name]:.4f}, ECE {errors[name]:.4f} (floor {floors[name]:.4f}),"
            f" scorecard's AUC less this by fold {difference.mean():+.4f}, standard error"
            f" {nadeau_bengio(difference):.4f}"
        )
    best = max(value for name, value in pooled.items() if name != OURS)
    assert pooled[OURS] >= LEAST
    assert pooled[OURS] >= best - NEAR
    assert errors[OURS] <= ERROR
