"""Each kind of warning alone: compared with a second computation, and on data with a known answer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from salus.facts.cache.recording_stats import RecordingStats
from salus.insight.learning.challenger import compare_splits, find_split_gaps, learned_comparison
from salus.insight.quality.drift import chi_square, find_drift, measure_drift, psi
from salus.insight.quality.missingness import find_informative_gaps
from salus.insight.quality.recordings import check_recordings
from salus.insight.quality.size_proxy import correlate_ranks, find_size_proxies, ranks
from salus.insight.quality.staleness import (
    TableNews,
    find_stale_sources,
    find_stopped_outcome,
    usual_gap,
)
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import each_of
from salus.insight.validation.late_signal import find_late_signals, pair_rows
from salus.insight.validation.panel import Panel

ENTITIES, DATES, STEP = 200, 18, 30


def model_of(*names: str) -> Any:
    """As much of a model as warnings read."""
    measures = tuple(
        SimpleNamespace(
            name=name, weight=1.0, kind="sum", source="s", column="x", of=None, per=None
        )
        for name in names
    )
    return SimpleNamespace(
        measures=measures,
        dimensions=(SimpleNamespace(name="d", weight=1.0, measures=measures),),
        everything=measures,
        entity=SimpleNamespace(name="shop", names="shops", columns=("size",), value="size"),
    )


def panel_of(
    points: dict[str, Any], had_outcome: Any, entity: Any, day: Any, score: Any = None
) -> Panel:
    real = {name: ~np.isnan(values) for name, values in points.items()}
    first = next(iter(points.values()))
    return Panel(
        entity=entity,
        day=day.astype(np.int32),
        score=first if score is None else score,
        band=np.zeros(len(entity), np.int8),
        points=points,
        real=real,
        segment=np.full(len(entity), -1, np.int16),
        had_outcome=had_outcome,
        when=np.where(had_outcome, day, 2**30).astype(np.int32),
    )


def world(seed: int, entities: int = ENTITIES) -> tuple[np.random.Generator, Any, Any, Any, Any]:
    """Entities on dates with a slow risk; an entity leaves with its outcome. Generator, entity,
    day, risk, came.
    """
    draw = np.random.default_rng(seed)
    risk = np.empty((entities, DATES))
    risk[:, 0] = draw.normal(size=entities)
    for date in range(1, DATES):
        risk[:, date] = 0.95 * risk[:, date - 1] + np.sqrt(1 - 0.95**2) * draw.normal(size=entities)
    had_outcome = draw.random((entities, DATES)) < 1 / (1 + np.exp(3.5 - 1.2 * risk))
    waiting = np.cumsum(had_outcome, axis=1) - had_outcome == 0
    entity, date = np.nonzero(waiting)
    return draw, entity.astype(np.int64), date * STEP, risk[waiting], had_outcome[waiting]


# --- the interval for many at once
# ---------------------------------------------------------------------------------------


def test_the_best_of_thirty_noises_is_no_finding() -> None:
    """By 95 % intervals most worlds would have a finding; by those for thirty hardly any."""
    plain = together = 0
    for seed in range(40):
        draw, entity, _, _, had_outcome = world(seed, 120)
        aucs = [auc(draw.normal(size=len(had_outcome)), had_outcome, entity) for _ in range(30)]
        plain += any(0.5 not in measure_auc.interval for measure_auc in aucs)
        together += any(0.5 not in measure_auc.at(each_of(30)) for measure_auc in aucs)
    assert plain >= 20 and together <= 2


# --- absence
# -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "expected"), [(0.05, set()), (0.95, {"a"})])
def test_absence_is_found_where_it_certainly_tells_much(share: float, expected: set[str]) -> None:
    """A third has no value by chance; of those with the outcome 5 % more, or nearly all."""
    draw, entity, day, risk, had_outcome = world(1)
    gone = (draw.random(len(had_outcome)) < 0.33) | (
        had_outcome & (draw.random(len(had_outcome)) < share)
    )
    panel = panel_of({"a": np.where(gone, np.nan, 50 - 10 * risk)}, had_outcome, entity, day)
    assert {warning.measure for warning in find_informative_gaps(model_of("a"), panel)} == expected


# --- the decision
# --------------------------------------------------------------------------------------------------------


def test_pairs_are_those_of_a_search_by_hand() -> None:
    _, entity, day, risk, had_outcome = world(2, 12)
    mixed = np.random.default_rng(0).permutation(len(entity))
    panel = panel_of({"a": risk}, had_outcome, entity, day).at(mixed)
    now, before = pair_rows(panel, 45)
    expected = {}
    for row in range(len(panel)):
        earlier = [
            before
            for before in range(len(panel))
            if panel.entity[before] == panel.entity[row]
            and panel.day[before] <= panel.day[row] - 45
        ]
        if earlier:
            expected[row] = max(earlier, key=lambda before: panel.day[before])
    assert dict(zip(now.tolist(), before.tolist(), strict=True)) == expected


def test_what_is_read_off_the_decision_is_found_and_slow_risk_is_not() -> None:
    draw, entity, day, risk, had_outcome = world(3, 500)
    slow = 50 - 10 * risk
    panel = panel_of(
        {
            "slow": slow,
            "talk": np.where(had_outcome & (draw.random(len(had_outcome)) < 0.8), 0.0, 100.0),
        },
        had_outcome,
        entity,
        day,
        slow,
    )
    assert {
        warning.measure for warning in find_late_signals(model_of("slow", "talk"), panel, -1.0, 30)
    } == {"talk"}


# --- size
# ----------------------------------------------------------------------------------------------------------------


def test_rank_correlation_is_scipys() -> None:
    draw = np.random.default_rng(4)
    values, other = draw.integers(0, 9, 300).astype(float), draw.integers(0, 9, 300).astype(float)
    other += values
    assert ranks(values).tolist() == stats.rankdata(values).tolist()
    assert correlate_ranks(values, other, 0.95)[0] == pytest.approx(
        stats.spearmanr(values, other).statistic
    )


def test_the_bound_of_a_rank_correlation_holds() -> None:
    """Normal pairs of correlation .8 have a rank correlation of .786; at most one bound in forty
    lies above it (one side of 95 %).
    """
    draw, above = np.random.default_rng(5), 0
    for _ in range(400):
        x = draw.normal(size=200)
        above += correlate_ranks(x, 0.8 * x + 0.6 * draw.normal(size=200), 0.95)[
            1
        ] > 6 / np.pi * np.arcsin(0.4)
    assert above <= 22


def test_a_measure_of_size_is_found() -> None:
    draw, entity, day, risk, had_outcome = world(6)
    size = np.exp(draw.normal(size=ENTITIES))
    points = {
        "logins": np.clip(20 * size[entity] * np.exp(0.2 * draw.normal(size=len(entity))), 0, 100),
        "honest": 50 - 10 * risk,
    }
    panel = panel_of(points, had_outcome, entity, day)
    warnings = [*find_size_proxies(model_of("logins", "honest"), panel, {"size": size})]
    assert [(warning.kind, warning.measure) for warning in warnings] == [
        ("size", "logins")
    ] and warnings[0].get("attribute") == "size"


# --- drift
# ---------------------------------------------------------------------------------------------------------------


def test_psi_and_its_noise() -> None:
    """The published vector; and two samples of one distribution have about the PSI that is
    expected.
    """
    assert psi(np.full(10, 0.1), np.array([0.2, *[0.8 / 9] * 9])) == pytest.approx(
        0.081093, abs=1e-6
    )
    draw, drifts, noise = np.random.default_rng(7), [], []
    for _ in range(300):
        drift = measure_drift(
            draw.uniform(0, 100, 150), np.zeros(150, dtype=int), draw.uniform(0, 100, 150)
        )
        drifts.append(drift.psi)
        noise.append(drift.noise)
    assert np.mean(drifts) == pytest.approx(np.mean(noise), rel=0.15)


def test_the_chi_square_test_is_scipys() -> None:
    draw = np.random.default_rng(8)
    then, now = draw.integers(5, 50, 11).astype(float), draw.integers(5, 50, 11).astype(float)
    assert chi_square(then, now) == pytest.approx(stats.chi2_contingency(np.array([then, now]))[1])


@pytest.mark.parametrize("entities", [120, 700])
@pytest.mark.parametrize(("shift", "expected"), [(0.0, set()), (25.0, {"a"})])
def test_drift_is_found_in_few_and_in_many(entities: int, shift: float, expected: set[str]) -> None:
    draw = np.random.default_rng(9)
    entity, day = np.repeat(np.arange(entities), 8), np.tile(np.arange(8) * STEP, entities)
    points = draw.normal(50, 12, len(entity))
    panel = panel_of({"a": points}, np.zeros(len(entity), dtype=bool), entity, day)
    entity = np.arange(entities)
    now = panel_of(
        {"a": draw.normal(50 - shift, 12, entities)},
        np.zeros(entities, dtype=bool),
        entity,
        np.full(entities, 330),
    )
    assert {warning.measure for warning in find_drift(model_of("a"), panel, now)} == expected


def test_a_day_that_swings_like_others_has_not_drifted() -> None:
    """After a weekend everybody was away for three days; so it was on two of the past dates."""
    entity, day = np.repeat(np.arange(300), 8), np.tile(np.arange(8) * STEP, 300)
    monday = np.isin(day, (2 * STEP, 5 * STEP))
    panel = panel_of(
        {"a": np.where(monday, 85.0, 100.0)}, np.zeros(len(entity), dtype=bool), entity, day
    )
    entity = np.arange(300)
    now = panel_of({"a": np.full(300, 85.0)}, np.zeros(300, dtype=bool), entity, np.full(300, 330))
    assert [*find_drift(model_of("a"), panel, now)] == []


# --- silence
# -------------------------------------------------------------------------------------------------------------


def test_a_silence_twice_as_long_as_any_is_rare_by_chance() -> None:
    """Forty days drawn among a thousand: the promise is about one in n², which is one in 1,600."""
    draw, alarms = np.random.default_rng(10), 0
    for _ in range(4000):
        days = np.unique(draw.integers(0, 1000, 40))
        limit = usual_gap(days, 1000)
        alarms += limit is not None and 999 - int(days.max()) > limit
    assert alarms <= 12


def test_stopped_feeds_and_outcomes() -> None:
    model = SimpleNamespace(
        sources={
            name: SimpleNamespace(fresh=fresh)
            for name, fresh in (("a", None), ("b", None), ("c", 7))
        }
    )
    known = {"a": np.arange(0, 300), "b": np.arange(0, 400, 5), "c": np.arange(0, 390)}

    def stale(days: Any, per_entity: float) -> list[tuple[str, str | None]]:
        found = find_stale_sources(model, known, 400, lambda _: TableNews(days, per_entity))  # type: ignore[arg-type]
        return [(warning.kind, warning.source) for warning in found]

    assert stale(known["a"], 9) == [("stale", "a"), ("stale", "c")]
    # other rows of the table are new; half of the entities have one fact: only `fresh` counts
    assert stale(np.arange(0, 400, 7), 9) == stale(known["a"], 1) == [("stale", "c")]
    assert [
        warning.kind for warning in find_stopped_outcome("gone", np.arange(0, 300, 9), 400)
    ] == ["stopped"]
    assert [*find_stopped_outcome("gone", np.arange(0, 400, 9), 400)] == []
    assert [*find_stopped_outcome("gone", np.arange(0, 300, 30), 400)] == []  # too few to tell


# --- what a source is
# -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("journal", "expected"),
    [
        (RecordingStats("s", 100, 100), {"one row each"}),
        (RecordingStats("s", 130, 100), set()),
        (RecordingStats("s", 20, 20), set()),
        (RecordingStats("s", 40, 40), set()),
        (RecordingStats("s", 900, 100, late=300), {"recorded late"}),
        (RecordingStats("s", 900, 100, late=100), set()),
        (RecordingStats("s", 900, 100, ids=900, changed=90), {"revised"}),
        (RecordingStats("s", 900, 100, ids=900, changed=9), set()),
    ],
)
def test_sources_that_are_no_history(journal: RecordingStats, expected: set[str]) -> None:
    """Of 100 shops: one row each; some more; too few; less than half of them; late and changed
    ones.
    """
    model = model_of("a")
    model.sources = {"s": SimpleNamespace(name="s", ends=False)}
    assert {warning.kind for warning in check_recordings(model, 100, journal)} == expected


def test_counted_rows_are_no_state() -> None:
    """A first login comes once by its nature."""
    model = model_of("a")
    model.sources = {"s": SimpleNamespace(name="s", ends=False)}
    model.everything[0].kind = "days_since"
    assert [*check_recordings(model, 100, RecordingStats("s", 100, 100))] == []


# --- ways to split
# --------------------------------------------------------------------------------------------------------


def test_honest_measures_have_no_gap_and_learned_weights_stand_on_later_rows() -> None:
    for seed in range(3):
        _, entity, day, risk, had_outcome = world(seed, 400)
        noise = np.random.default_rng(seed + 50).uniform(0, 100, len(had_outcome))
        panel = panel_of(
            {"slow": 50 - 10 * risk, "noise": noise},
            had_outcome,
            entity,
            day,
            (50 - 10 * risk + noise) / 2,
        )
        splits, beside = (
            compare_splits(model_of("slow", "noise"), panel, STEP),
            learned_comparison(model_of("slow", "noise"), panel, STEP),
        )
        assert splits is not None and beside is not None and [*find_split_gaps(splits)] == []
        later = day >= np.unique(day)[12]
        assert beside.rows == splits.rows == int(later.sum())
        score = auc(-panel.score[later], had_outcome[later], entity[later])
        assert beside.auc.value + beside.difference.value == pytest.approx(score.value)
        assert beside.difference.high < 0  # noise is half of the score, and is left out


def test_a_relation_that_moved_shows_as_a_gap() -> None:
    """A sign that predicts early is noise later, and the reverse; random folds see both."""
    draw, entity, day, risk, had_outcome = world(11, 800)
    early, noise = day < np.unique(day)[12], draw.normal(size=len(had_outcome))
    panel = panel_of(
        {
            "was": 50 - 10 * np.where(early, risk, noise),
            "is": 50 - 10 * np.where(early, noise, risk),
        },
        had_outcome,
        entity,
        day,
    )
    assert "random split" in {
        warning.kind
        for warning in find_split_gaps(compare_splits(model_of("was", "is"), panel, STEP))
    }


def test_who_an_entity_is_shows_as_a_gap() -> None:
    """Forty measures that never change, and fates that differ by entity alone: other rows of the
    same entity tell its fate.
    """
    draw, entities = np.random.default_rng(12), 120
    entity, day = np.repeat(np.arange(entities), DATES), np.tile(np.arange(DATES) * STEP, entities)
    new_curves = np.repeat(draw.normal(0, 2.5, entities), DATES)
    had_outcome = draw.random(len(entity)) < 1 / (1 + np.exp(1.5 - new_curves))
    points = {f"m{i}": np.repeat(draw.uniform(0, 100, entities), DATES) for i in range(40)}
    panel = panel_of(points, had_outcome, entity, day)
    splits = compare_splits(model_of(*points), panel, STEP)
    assert splits is not None and splits.random.value > splits.grouped.value + 0.05
    assert "fingerprint" in {warning.kind for warning in find_split_gaps(splits)}
