"""Points learned from a flag: which columns tell who left, in which direction, and how much.

A number gets a curve through its percentiles that only rises or only falls, a word gets points. All
are fitted at once, with a penalty for large differences (`insight.statistics.scorecard`). A column
that doesn't tell who left beyond chance is left out, and so is one that nearly gives it away, because
it was probably written afterwards. The whole procedure is repeated in five parts of the rows, each
judged by the points of the other four.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.draft.anchors import round_anchor
from salus.draft.flag_sample import FOLDS, FlagSample, SampleColumn
from salus.insight.statistics.auc import Auc, auc
from salus.insight.statistics.interval import each_of
from salus.insight.statistics.scorecard import Numeric, RiskCurve, Scorecard, Worded, fit
from salus.scoring.scored import Floats

FEWEST_LEFT = 50  # customers who left, and who stayed, that points need
FEWEST_ROWS = 30  # of a word; rarer words are neutral
TOO_GOOD = 0.90  # AUC of one column alone from which it gives the flag away
NEARLY_ALL = 0.98  # share of a group that left from which its column gives the flag away
SMALLEST = 0.01  # share of all points; smaller measures are left out
PERCENTILES = (10, 50, 90)


@dataclass(frozen=True)
class LearnedMeasure:
    """The points of one column and its weight, in per cent of all."""

    column: str
    points: Mapping[str, float] | tuple[tuple[float, float], ...]  # of words, or knots of a curve
    weight: int
    neutral: tuple[str, ...] = ()  # words with few rows


@dataclass(frozen=True)
class LearnedPoints:
    """The measures, how well they tell who left out of sample, and the columns left out by reason."""

    measures: tuple[LearnedMeasure, ...]
    auc: Auc
    leaks: tuple[str, ...]
    contrary: tuple[str, ...]  # the header says that more is better, those who left had more, or so
    useless: tuple[str, ...]


def enough_to_learn(sample: FlagSample) -> bool:
    """Whether enough customers left and stayed."""
    left = int(sample.left.sum())
    return min(left, len(sample.left) - left) >= FEWEST_LEFT


def learn_points(sample: FlagSample, signs: Mapping[str, int]) -> LearnedPoints | None:
    """Learn the points of all columns; None if none of them tells who left.

    `signs`: 1 for columns of which more is worse by their header, -1 for better.
    """
    leaks = tuple(name for name, column in sample.columns.items() if gives_away(sample, column))
    rest = {name: column for name, column in sample.columns.items() if name not in leaks}
    clean = FlagSample(sample.left, sample.fold, rest)
    directions = {name: direction(clean, column) for name, column in rest.items()}
    contrary = tuple(
        name for name, sign in signs.items() if name in rest and directions[name] == -sign
    )
    clean = FlagSample(clean.left, clean.fold, {k: v for k, v in rest.items() if k not in contrary})
    card = _fit(clean)
    if card is None:
        return None
    measures = _measures(clean, card)
    used = {measure.column for measure in measures}
    useless = tuple(name for name in clean.columns if name not in used)
    return LearnedPoints(measures, _out_of_sample(clean), leaks, contrary, useless)


def gives_away(sample: FlagSample, column: SampleColumn) -> bool:
    """Whether a column nearly tells who left: by its values, by having one, or by a value that
    hardly anyone who stayed has.
    """
    alone = _alone(sample, column).value
    if max(alone, 1 - alone) > TOO_GOOD:
        return True
    known = np.isfinite(column.values)
    groups = [known, ~known]
    if column.words:
        groups += [column.values == code for code in range(len(column.words))]
    elif known.any():
        values, counts = np.unique(column.values[known], return_counts=True)
        groups.append(known & (column.values != values[np.argmax(counts)]))
    base = float(sample.left.mean())
    return base < 0.9 and any(
        group.sum() >= FEWEST_ROWS and sample.left[group].mean() >= NEARLY_ALL for group in groups
    )


def direction(sample: FlagSample, column: SampleColumn) -> int:
    """1 if those who left had more of a number, -1 if less, 0 if that isn't clear or for words."""
    if column.words:
        return 0
    rows = np.flatnonzero(np.isfinite(column.values))
    if not 0 < sample.left[rows].sum() < len(rows):
        return 0
    alone = auc(column.values[rows], sample.left[rows], rows.astype(np.int64))
    interval = alone.at(each_of(max(len(sample.columns), 1)))
    return 1 if interval.low > 0.5 else -1 if interval.high < 0.5 else 0


def _alone(sample: FlagSample, column: SampleColumn) -> Auc:
    """The AUC of a column alone. Each word counts with its share in the other folds, and so does a
    missing value; a number counts as it is.
    """
    risk = column.values.copy()
    if column.words:
        code = np.where(np.isfinite(risk), risk, len(column.words)).astype(np.intp)
        base, size = float(sample.left.mean()), len(column.words) + 1
        for fold in range(FOLDS):
            inside = sample.fold == fold
            hits = np.bincount(code[~inside], weights=sample.left[~inside], minlength=size)
            rows = np.bincount(code[~inside], minlength=size)
            risk[inside] = ((hits + 10 * base) / (rows + 10))[code[inside]]
    else:
        known = np.isfinite(risk)
        risk[~known] = np.median(risk[known]) if known.any() else 0.0
    return auc(risk, sample.left, np.arange(len(risk), dtype=np.int64))


def _fit(sample: FlagSample) -> Scorecard | None:
    """Fit the columns that tell who left beyond chance, then again those that matter."""
    chosen = _inputs(sample)
    card = fit(chosen, sample.left) if chosen else None
    if card is None or not card.total:
        return None
    kept = [item for item in chosen if card.weights[item.name] >= SMALLEST]
    return fit(kept, sample.left) if len(kept) < len(chosen) else card


def _inputs(sample: FlagSample) -> list[Numeric | Worded]:
    """The columns that tell who left beyond chance. Those that tell most come first, so that the fit
    doesn't depend on headers.
    """
    inputs: list[tuple[float, str, Numeric | Worded]] = []
    level = each_of(max(len(sample.columns), 1))
    for name, column in sample.columns.items():
        alone = _alone(sample, column)
        if column.words:
            if len(frequent_words(column)) > 1 and alone.at(level).low > 0.5:
                words = Worded(name, _codes(column), column.words)
                inputs.append((alone.value, name, words))
            continue
        sign, knots = direction(sample, column), _knots(column)
        if sign and len(knots) > 1:
            number = Numeric(name, column.values, sign, knots)
            inputs.append((0.5 + abs(alone.value - 0.5), name, number))
    return [item for _, _, item in sorted(inputs, key=lambda each: (-each[0], each[1]))]


def frequent_words(column: SampleColumn) -> set[int]:
    """The positions of the words with enough rows."""
    known = column.values[np.isfinite(column.values)].astype(np.intp)
    return set(np.flatnonzero(np.bincount(known, minlength=1) >= FEWEST_ROWS).tolist())


def _codes(column: SampleColumn) -> NDArray[np.intp]:
    """Positions of words; -1 for rare ones and missing values, which then have no effect."""
    frequent = np.array(sorted(frequent_words(column)), dtype=np.float64)
    return np.where(np.isin(column.values, frequent), column.values, -1.0).astype(np.intp)


def _knots(column: SampleColumn) -> tuple[float, ...]:
    known = column.values[np.isfinite(column.values)]
    knots = {round_anchor(float(value)) for value in np.percentile(known, PERCENTILES)}
    if len(knots) < 2:
        knots = {round_anchor(float(known.min())), round_anchor(float(known.max()))}
    return tuple(sorted(map(float, knots)))


def _measures(sample: FlagSample, card: Scorecard) -> tuple[LearnedMeasure, ...]:
    weights = {line.name: max(round(100 * card.weights[line.name]), 1) for line in card.lines}
    return tuple(
        _measure(line, sample.columns[line.name], weights[line.name])
        for line in card.lines
        if line.range > 0
    )


def _measure(line: RiskCurve, column: SampleColumn, weight: int) -> LearnedMeasure:
    if not column.words:
        knots = zip(map(float, line.at), line.points.round().tolist(), strict=True)
        return LearnedMeasure(line.name, tuple(knots), weight)
    frequent, codes = frequent_words(column), _codes(column)
    risks = line.risk[sorted(frequent)]  # a rare word has no row of its own in the fit
    scale = float(np.ptp(risks)) or 1.0
    mean = float(line.risk[codes[codes >= 0]].mean())
    points = {
        word: float(
            round(100 * (risks.max() - (line.risk[code] if code in frequent else mean)) / scale)
        )
        for code, word in enumerate(column.words)
    }
    neutral = tuple(word for code, word in enumerate(column.words) if code not in frequent)
    return LearnedMeasure(line.name, points, weight, neutral)


def _out_of_sample(sample: FlagSample) -> Auc:
    """The AUC of log odds that were fitted on other rows, choice of columns and directions included."""
    odds = np.zeros(len(sample.left))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(sample.fold == fold), np.flatnonzero(sample.fold != fold)
        card = _fit(sample.at(outside))
        if card is not None and len(inside):
            odds[inside] = _odds(card, sample.at(inside))
    return auc(odds, sample.left, np.arange(len(odds), dtype=np.int64))


def _odds(card: Scorecard, sample: FlagSample) -> Floats:
    """The log odds of rows; a missing value or an unknown word adds the middle of its measure."""
    total = np.full(len(sample.left), card.intercept)
    for line in card.lines:
        values = sample.columns[line.name].values
        known = np.isfinite(values)
        filled = line.of(np.where(known, values, 0.0))
        total += np.where(known, filled, float(line.risk.mean()))
    return total
