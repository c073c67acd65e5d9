"""Company activity, forward in time: the learned score beside logistic regression on the same
features, and recency alone.

Learned by `learn` from the training dates only; whether it proposes weights, or curves too, it
decides on the later of those dates. The model it proposes is written to a file, and the ordinary
engine scores the test dates by it. Rows and outcome are taken twice: as the published baselines
have them (recency .814, logistic regression .825), and as the product asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from sklearn import linear_model

from prove.activity import (
    HORIZON,
    OUTCOME,
    TEST,
    TRAIN,
    as_published,
    by_the_product,
    read,
    write_project,
)
from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.insight.learning.curves import fit_card
from salus.insight.learning.learning import Learned, learn
from salus.insight.learning.risks import Risks
from salus.insight.learning.trial import EARLIER
from salus.insight.learning.weights import average_fits
from salus.insight.statistics.auc import Auc, auc
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import design_effect
from salus.insight.validation.panel import Panel, join_panels
from salus.project.project import Project
from salus.verbs.learn.model_file import set_weights, write_yaml

WORSE = 0.005
FOLDS = 5
LEARNED, LINEAR, RECENCY = "learned score", "logistic regression", "recency alone"
Rows = Callable[[Project, list[dt.date]], Panel]


@pytest.fixture(scope="module")
def project(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_project(shared, tmp_path_factory.mktemp("activity") / "project")


@pytest.fixture(scope="module")
def published(shared: Path) -> Rows:
    activity = read(shared)
    return lambda project, dates: as_published(project, activity, dates)


def features(panel: Panel) -> np.ndarray:
    """All measures, as the baselines take them: log(1 + value), of trends log(2 + value)."""
    return np.column_stack(
        [np.log1p(values + ("trend" in name)) for name, values in panel.values.items()]
    )


def linear(train: Panel, test: Panel) -> np.ndarray:
    """Log odds by logistic regression on standardised features; the mean where there is none."""
    before, after = features(train), features(test)
    mean, spread = np.nanmean(before, axis=0), np.nanstd(before, axis=0)
    before, after = (np.nan_to_num((one - mean) / spread) for one in (before, after))
    return (
        linear_model.LogisticRegression(max_iter=5000)
        .fit(before, train.had_outcome)
        .decision_function(after)
    )


def weighed(project: Project, train: Panel, test: Panel) -> np.ndarray:
    """Log odds by weights centred on the model's own."""
    risks = Risks.of(project.model, train)
    values = risks.values(train)
    found = average_fits(
        values,
        train.had_outcome,
        risks.priors(values),
        1 / design_effect(train.had_outcome, train.entity),
    )
    return found.intercept + risks.values(test) @ found.beta


def new_curves(project: Project, train: Panel, test: Panel) -> np.ndarray:
    """Log odds by fitted curves, whether `learn` may propose them or not."""
    return fit_card(project.model, train, 1 / design_effect(train.had_outcome, train.entity)).odds(
        test
    )


@dataclass(frozen=True)
class Trial:
    """What was learned, the project with the proposed model, and risks on the same rows of later
    dates.
    """

    train: Panel
    test: Panel
    learned: Learned
    proposed: Project
    aucs: dict[str, Auc]

    def less(self, other: str) -> Interval:
        """The learned score's AUC less another one."""
        return self.aucs[LEARNED].against(self.aucs[other])


def run_trial(project: Project, rows: Rows, name: str) -> Trial:
    train, test = rows(project, TRAIN), rows(project, TEST)
    learned = learn(project.model, train, HORIZON, ())
    proposed = with_learned(project, learned, name)
    ours = rows(proposed, TEST)
    assert all(
        (getattr(ours, one) == getattr(test, one)).all() for one in ("entity", "day", "had_outcome")
    )
    risks = {
        LEARNED: -ours.score,
        LINEAR: linear(train, test),
        RECENCY: test.values["quiet"],
        "own weights": -test.score,
        "fitted curves": new_curves(project, train, test),
    }
    return Trial(
        train,
        test,
        learned,
        proposed,
        {key: auc(risk, test.had_outcome, test.entity) for key, risk in risks.items()},
    )


def with_learned(project: Project, learned: Learned, name: str) -> Project:
    """From a file, as `salus learn` writes it."""
    model, new_curves = (
        (learned.card.model, learned.card.new_curves)
        if learned.card
        else (set_weights(project.model, learned.weights), ())
    )
    path = project.folder / f"{name}.yaml"
    path.write_text(write_yaml(model, new_curves, [name]), encoding="utf-8")
    return project.with_model(path)


def report(name: str, trial: Trial) -> None:
    """Print the figures."""
    for part, panel in (("train", trial.train), ("test", trial.test)):
        print(
            f"{name}, {part}: {len(panel)} rows, {len(np.unique(panel.entity))} companies, base"
            f" rate {panel.had_outcome.mean():.3f}"
        )
    print(
        f"  proposed: {'curves and weights' if trial.learned.card else 'weights'},"
        f" {trial.learned.events} companies with the outcome, {trial.learned.allowed}:"
        f" {trial.learned.reason}"
    )
    for other, one in trial.aucs.items():
        at, less = one.interval, trial.less(other)
        print(
            f"  {other}: AUC {at.value:.4f} ({at.low:.3f} to {at.high:.3f}); learned less this"
            f" {less.value:+.4f} ({less.low:+.4f} to {less.high:+.4f})"
        )


def test_as_published(project: Project, published: Rows) -> None:
    trial = run_trial(project, published, "published")
    report("as published", trial)
    assert (len(trial.train), len(trial.test), len(np.unique(trial.test.entity))) == (
        1228,
        767,
        218,
    )
    assert (trial.train.had_outcome.mean(), trial.test.had_outcome.mean()) == pytest.approx(
        (0.230, 0.240), abs=5e-4
    )
    assert trial.aucs[RECENCY].value == pytest.approx(0.814, abs=5e-4)
    assert trial.less(LINEAR).value >= -WORSE


def test_as_the_product_asks(project: Project) -> None:
    """`salus validate` of the proposed model tells the difference to recency with its interval, and
    calls it by its name.
    """
    trial = run_trial(project, by_the_product, "proposed")
    report("as the product asks", trial)
    assert trial.less(LINEAR).value >= -WORSE
    told = trial.proposed.validate(OUTCOME, HORIZON, TEST[0], TEST[-1]).as_dict()
    beside = {one["name"]: one for one in told["comparisons"]}
    print("  monthly:", told["verdict"])
    print(
        "  monthly, less recency:", beside["quiet"]["difference"], beside["quiet"]["difference_ci"]
    )
    low, high = beside["quiet"]["difference_ci"]
    assert low < beside["quiet"]["difference"] < high
    best = told["comparisons"][0]
    chance = best["difference_ci"][0] <= 0 <= best["difference_ci"][1]
    assert ("can't be told" in told["verdict"]) == chance


def test_the_reported_figure_is_the_forward_one(project: Project) -> None:
    """`salus learn` over all dates reports what it foretold on the later ones, having learned from
    those before.
    """
    trial = project.learn(OUTCOME, HORIZON, first=TRAIN[0], last=TEST[-1]).learned.trial
    rows = build_panel(
        project, BacktestRequest(OUTCOME, HORIZON, DateRange(TRAIN[0], TEST[-1], "month"))
    ).panel
    cut = np.unique(rows.day)[int(len(np.unique(rows.day)) * EARLIER)]
    before, after = (
        rows.at(np.flatnonzero(some)) for some in (rows.day + HORIZON <= cut, rows.day >= cut)
    )
    forward = auc(weighed(project, before, after), after.had_outcome, after.entity).value
    print(f"reported {trial.auc_learned.value:.4f} on {trial.rows} later rows of {len(rows)}")
    assert trial.rows == len(after)
    assert trial.auc_learned.value == pytest.approx(forward, abs=1e-12)


def test_rows_dealt_at_random_look_better_than_they_are(project: Project, published: Rows) -> None:
    """Which is why no figure of the product comes from them."""
    train, test = published(project, TRAIN), published(project, TEST)
    rows = join_panels([train, test])
    part = np.random.default_rng(0).permutation(np.arange(len(rows)) % FOLDS)
    for name, odds in ((LEARNED, lambda *parts: weighed(project, *parts)), (LINEAR, linear)):
        dealt = np.empty(len(rows))
        for one in range(FOLDS):
            dealt[part == one] = odds(
                rows.at(np.flatnonzero(part != one)), rows.at(np.flatnonzero(part == one))
            )
        random, forward = (
            auc(risk, panel.had_outcome, panel.entity).value
            for risk, panel in ((dealt, rows), (odds(train, test), test))
        )
        print(f"{name}: rows at random {random:.4f}, forward {forward:.4f}")
        assert random > forward
