"""Band limits that follow from risk, and the plain message that the worst band misses most."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import special

from salus.finding import Finding
from salus.insight.learning.band_limits import BandLimits, band_limits, count_missed
from salus.insight.validation.misses import Miss, PriorScore
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.model.read import read_model, read_text
from salus.periods.day import NEVER
from salus.project import open_project
from tests.insight.activity import write_activity

MODEL = """\
version: 1
name: limits
entity: {name: account, table: accounts, key: id}
sources: {use: {table: use, key: id, time: day}}
dimensions: {all: {measures: {uses: {count: use, within: 30d, bad: 0, good: 10}}}}
"""


def model(bands: str = "") -> Model:
    return read_text(MODEL + bands, "salus.yaml", Path())


def panel(score: np.ndarray, had_outcome: np.ndarray) -> Panel:
    """A row an entity."""
    size = len(score)
    zeros = np.zeros(size, dtype=np.int32)
    return Panel(
        entity=np.arange(size),
        day=zeros,
        score=score.astype(np.float64),
        band=zeros.astype(np.int8),
        points={},
        real={},
        segment=zeros.astype(np.int16),
        had_outcome=had_outcome,
        when=np.where(had_outcome, 0, NEVER).astype(np.int32),
    )


def drawn(intercept: float = 1.0, slope: float = -0.06, size: int = 40_000) -> Panel:
    draw = np.random.default_rng(4)
    score = draw.uniform(0, 100, size)
    return panel(score, draw.random(size) < special.expit(intercept + slope * score))


def test_limits_lie_where_risk_is_twice_and_half_the_usual() -> None:
    """Solved by hand from the true curve, within two points."""
    rows = drawn()
    limits = band_limits(model(), rows)
    base = rows.had_outcome.mean()
    wanted = [(special.logit(times * base) - 1.0) / -0.06 for times in (0.5, 2.0)]
    assert [limit for _, limit in limits.limits] == pytest.approx([*wanted, 0], abs=2)
    assert [name for name, _ in limits.limits] == ["healthy", "watch", "at_risk"]


def test_shares_are_counted() -> None:
    rows = drawn(size=5000)
    limits = band_limits(model(), rows)
    low = [0.0, *sorted(limit for _, limit in limits.limits)[1:], 101.0]
    for band, (start, stop) in zip(
        reversed(limits.shares), zip(low, low[1:], strict=False), strict=True
    ):
        inside = (rows.score >= start) & (rows.score < stop)
        assert band.share.value == pytest.approx(inside.mean()) and band.share.value in band.share
        assert band.rate is not None and band.rate.value == pytest.approx(
            rows.had_outcome[inside].mean()
        )
        assert band.captured.value == pytest.approx(
            (rows.had_outcome & inside).sum() / rows.had_outcome.sum()
        )
    assert sum(band.share.value for band in limits.shares) == pytest.approx(1)
    assert sum(band.captured.value for band in limits.shares) == pytest.approx(1)


@pytest.mark.parametrize(
    ("rows", "bands", "reason"),
    [
        (drawn(slope=0.0), "", "bands.no_sign"),
        (drawn(slope=0.06, intercept=-4), "", "bands.no_sign"),
        (panel(np.arange(100.0), np.zeros(100, dtype=bool)), "", "bands.alike"),
        (drawn(intercept=6.0), "", "bands.no_limit"),
    ],
)
def test_no_limits_without_a_reason(rows: Panel, bands: str, reason: str) -> None:
    limits = band_limits(model(bands), rows)
    assert limits.limits == () and limits.reason is not None and limits.reason.code == reason


def test_bands_of_other_numbers() -> None:
    two = band_limits(model("bands: {fine: 50, bad: 0}\n"), drawn())
    three = band_limits(model(), drawn())
    assert two.limits == (("fine", three.at_risk), ("bad", 0.0))
    five = band_limits(model("bands: {a: 90, b: 80, c: 70, d: 20, e: 0}\n"), drawn())
    assert five.limits == () and five.reason == Finding("bands.no_limit")


def miss(*scores: float | None) -> Miss:
    said = tuple(
        PriorScore(days, score, None) for days, score in zip((90, 60, 30), scores, strict=True)
    )
    return Miss(
        id="A",
        label=None,
        day=0,
        prior_scores=said,
        missed=all(score is None or score >= 50 for score in scores),
        lowest=None,
        points=None,
        missing=(),
    )


def test_what_another_limit_would_have_caught() -> None:
    limits = BandLimits(0.1, at_risk=64.0)
    register = (miss(70, 60, 66), miss(90, 90, 90), miss(40, 30, 20), miss(None, None, 63.9))
    limits = count_missed(model(), register, limits)
    assert limits is not None
    assert (limits.band, limits.missed, limits.all, limits.limit, limits.caught) == (
        "at_risk",
        3,
        4,
        64.0,
        2,
    )
    lower = count_missed(model(), register, BandLimits(0.1, at_risk=40.0))
    assert lower is not None and lower.limit is None and lower.caught == 0
    assert count_missed(model(), (), limits) is None


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = write_activity(tmp_path_factory.mktemp("limits") / "project", signal=1.2, accounts=300)
    return open_project(folder).learn("churned")


def test_learn_writes_them_into_the_proposal(learned: Any) -> None:
    bands = learned.as_dict()["limits"]
    assert bands["reason"] is None and set(bands["limits"]) == {"healthy", "watch", "at_risk"}
    assert dict(read_model(learned.path).bands) == bands["limits"]
    assert "limits by risk: At risk below" in str(learned)
    text = learned.path.read_text(encoding="utf-8")
    assert "# Limits by risk (usual rate" in text


def test_they_hold_for_the_scores_of_the_proposed_model(learned: Any) -> None:
    """The at-risk band by the proposed file itself: `validate` counts as many rows in it."""
    project = open_project(learned.path.parent)
    at_risk = learned.as_dict()["limits"]["bands"][-1]
    proposed = project.with_model(learned.path)
    from salus.datasets.backtest import BacktestRequest, DateRange, build_panel

    rows = build_panel(
        proposed,
        BacktestRequest("churned", 90, DateRange(None, None, "month")),
        with_warnings=False,
    ).panel
    inside = (rows.band == 2)[~np.isnan(rows.score)]
    assert at_risk["share"] == pytest.approx(inside.mean())
    assert at_risk["rate"] >= 1.5 * rows.had_outcome.mean()


def test_validate_says_plainly_what_the_bands_miss(learned: Any) -> None:
    """Limits so low that hardly anybody stands below them."""
    project = open_project(learned.path.parent)
    strict = learned.path.parent / "strict.yaml"
    text = re.sub(
        r"(?m)^bands:.*$",
        "bands: {healthy: 20, watch: 5, at_risk: 0}",
        learned.path.read_text(encoding="utf-8"),
    )
    strict.write_text(text, encoding="utf-8")
    validation = project.with_model(strict).validate("churned")
    missed = validation.as_dict()["missed"]
    assert (
        missed["missed"] > missed["of"] / 2
        and missed["limit"] > 5
        and 0 < missed["caught"] <= missed["missed"]
    )
    assert (
        f"Of the {missed['of']} accounts that churned, {missed['of'] - missed['missed']} were At risk"
        f" 90, 60 or 30 days before; {missed['missed']} were not."
        f" If At risk began below {missed['limit']:.0f} instead of 5, {missed['caught']} more would have"
        " been At risk."
    ) in " ".join(str(validation).split())
