"""Fitted curves: the file that is written, scored by the ordinary engine, says exactly what was
fitted.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy import special

from salus.insight.learning.curves import Card, fit_card
from salus.insight.statistics.scorecard import RiskCurve
from salus.insight.validation.panel import OutcomeWindow, Panel, build_rows
from salus.model.curve import Curve
from salus.outcomes.events import OutcomeEvents
from salus.periods.day import day_number
from salus.project import open_project
from salus.scores.scores import Scores
from salus.verbs.learn.model_file import write_yaml

DAY = dt.date(2025, 1, 1)
MODEL = """\
version: 1
name: fitted
entity: {{name: customer, table: {table}, key: {key}, attributes: [{attributes}]}}
dimensions:
  all:
    measures:
{measures}
missing_guard: 0d
"""


def scored(folder: Path, file: str = "salus.yaml") -> Scores:
    return open_project(folder).with_model(folder / file).score(DAY, keep=False)


def panel_of(scores: Scores, had_outcome: np.ndarray) -> Panel:
    """The rows of one date; the outcome comes on it."""
    gone = np.flatnonzero(had_outcome)
    day = np.full(len(gone), day_number(DAY), dtype=np.int32)
    window = OutcomeWindow(OutcomeEvents(gone, day, day), 1, day_number(DAY) + 1)
    return build_rows(scores.scored, None, window, 0, with_values=True)


def refitted(folder: Path, had_outcome: np.ndarray) -> tuple[Card, Panel, Scores]:
    """The card of a project's measures, its rows, and the scores of the file that holds it."""
    scores = scored(folder)
    panel = panel_of(scores, had_outcome)
    card = fit_card(scores.model, panel)
    (folder / "learned.yaml").write_text(
        write_yaml(card.model, card.new_curves, ["fitted"]), encoding="utf-8"
    )
    return card, panel, scored(folder, "learned.yaml")


def direct(card: Card, panel: Panel) -> np.ndarray:
    """The fitted log odds line by line, from values."""
    total = np.full(len(panel), card.worst - sum(float(line.risk.max()) for line in card.lines))
    for line in card.lines:
        total += line.of(
            panel.points[line.name] if line.at == (0.0, 100.0) else panel.values[line.name]
        )
    return total


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A table of a number, one that turns, words, and one that says nothing."""
    draw = np.random.default_rng(3)
    number = 1_500
    use, kind = draw.gamma(2, 5, number), draw.choice(["gold", "iron", "clay"], number)
    turn, same = draw.uniform(0, 10, number), np.full(number, 4.0)
    odds = (
        1.5
        - 0.3 * np.minimum(use, 12)
        + np.where(kind == "clay", 1.0, -0.5)
        + 0.4 * np.abs(turn - 5)
    )
    had_outcome = draw.random(number) < special.expit(odds)
    (tmp_path / "data").mkdir()
    pq.write_table(
        pa.table(
            {
                "id": [f"{i:05}" for i in range(number)],
                "a_use": use,
                "a_kind": kind,
                "a_turn": turn,
                "a_same": same,
                "came": had_outcome,
            }
        ),
        tmp_path / "data" / "customers.parquet",
    )
    lines = (
        "      use: {value: a_use, bad: 0, good: 20}  # logins",
        "      kind: {value: a_kind, points: {gold: 50, iron: 50, clay: 50}}",
        "      turn: {value: a_turn, curve: [[0, 0], [5, 100], [10, 0]]}",
        "      same: {value: a_same, bad: 0, good: 10}",
    )
    model = MODEL.format(
        table="customers",
        key="id",
        attributes="a_use, a_kind, a_turn, a_same",
        measures="\n".join(lines),
    )
    (tmp_path / "salus.yaml").write_text(model, encoding="utf-8")
    (tmp_path / "salus.toml").write_text('[data]\nurl = "data/"\n', encoding="utf-8")
    return tmp_path


def came_of(folder: Path) -> np.ndarray:
    return np.array(pq.read_table(folder / "data" / "customers.parquet")["came"].to_pylist())


def test_the_engine_scores_the_file_as_it_was_fitted(folder: Path) -> None:
    card, panel, scores = refitted(folder, came_of(folder))
    np.testing.assert_allclose(card.odds_of(scores.scored.score), direct(card, panel), atol=1e-9)
    np.testing.assert_allclose(card.odds(panel), direct(card, panel), atol=1e-9)


def test_lines_bend_where_the_outcome_does(folder: Path) -> None:
    card, _, _ = refitted(folder, came_of(folder))
    scales = {measure.name: measure.scale for measure in card.model.measures}
    use = scales["use"]
    assert isinstance(use, Curve)
    low, high = use.points(np.array([2.0, 10.0])), use.points(np.array([14.0, 22.0]))
    assert low[1] - low[0] > 4 * (high[1] - high[0]) >= 0  # past 12 more use means nothing
    assert scales["kind"].points["clay"] == 0 and scales["kind"].points["gold"] > 80  # type: ignore[union-attr]


def test_a_curve_that_turns_and_one_without_effect_stay(folder: Path) -> None:
    card, _, _ = refitted(folder, came_of(folder))
    assert card.new_curves == {"use", "kind"}
    text = (folder / "learned.yaml").read_text(encoding="utf-8")
    assert "curve: [[0, 0], [5, 100], [10, 0]]" in text and "# logins" in text
    assert "same: {value: a_same, bad: 0, good: 10, weight: 0.01}" in text


def test_rows_without_a_value_pull_in_no_direction(folder: Path) -> None:
    table = pq.read_table(folder / "data" / "customers.parquet")
    whole, _, _ = refitted(folder, came_of(folder))
    draw = np.random.default_rng(8)
    use = np.where(draw.random(len(table)) < 0.3, np.nan, table["a_use"].to_numpy())
    pq.write_table(
        table.set_column(1, "a_use", pa.array(use, from_pandas=True)),
        folder / "data" / "customers.parquet",
    )
    card, panel, _ = refitted(folder, came_of(folder))
    assert np.isnan(panel.values["use"]).sum() == np.isnan(use).sum() > 300
    assert not np.isnan(card.odds(panel)).any()
    before, after = (
        line_of(fitted, "use").risk.max() - line_of(fitted, "use").risk.min()
        for fitted in (whole, card)
    )
    assert after == pytest.approx(before, rel=0.25)


def line_of(card: Card, name: str) -> RiskCurve:
    return next(line for line in card.lines if line.name == name)


def test_telco(shared: Path, tmp_path: Path) -> None:
    """All columns of the published table as measures: the learned file scored by the engine equals
    the fitted model at 1e-9.
    """
    [file] = (shared / "data" / "telco_ibm").glob("*.csv")
    (tmp_path / "data").mkdir()
    shutil.copy(file, tmp_path / "data" / "telco.csv")
    with file.open(encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: row["customerID"])
    ends = {
        "tenure": "bad: 0, good: 72",
        "MonthlyCharges": "bad: 120, good: 20",
        "TotalCharges": "bad: 0, good: 8000",
    }
    measures = []
    for name in rows[0]:
        if name not in ("customerID", "Churn"):
            words = ", ".join(f"'{word}': 50" for word in sorted({row[name] for row in rows}))
            measures.append(
                f"      m_{name.lower()}: {{value: {name}, {ends.get(name) or f'points: {{{words}}}'}}}"
            )
    attributes = ", ".join(name for name in rows[0] if name not in ("customerID", "Churn"))
    model = MODEL.format(
        table="telco", key="customerID", attributes=attributes, measures="\n".join(measures)
    )
    (tmp_path / "salus.yaml").write_text(model, encoding="utf-8")
    (tmp_path / "salus.toml").write_text('[data]\nurl = "data/"\n', encoding="utf-8")
    had_outcome = np.array([row["Churn"] == "Yes" for row in rows])
    card, panel, scores = refitted(tmp_path, had_outcome)
    whole = np.flatnonzero(~np.isnan(panel.values["m_totalcharges"]))
    assert len(panel) == 7043 and len(whole) == 7032 and panel.had_outcome.sum() == 1869
    np.testing.assert_allclose(
        card.odds_of(scores.scored.score)[whole], direct(card, panel)[whole], atol=1e-9
    )
    assert special.expit(card.odds(panel)).mean() == pytest.approx(had_outcome.mean(), abs=0.005)
