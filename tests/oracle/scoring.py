"""Points, dimensions, score, guard, smoothing, caps and bands of one entity at one date, by plain
loops.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from .measures import Measures, Value
from .reading import anchors, days, number, spelled
from .table import Table

ASSUMED = {"bad": 0.0, "neutral": 50.0, "good": 100.0}
YEAR = 365
BANDS = {"healthy": 75, "watch": 50, "at_risk": 0}


@dataclass
class Weighed:
    """One score: the main one or a further one, before caps."""

    plain: float | None  # before the guard
    guarded: float | None
    coverage: float
    weights: dict[str, float]  # effective, by measure
    contributions: dict[str, float]
    dimensions: dict[str, tuple[float | None, float]]  # score, share
    held: dict[str, float] = field(default_factory=dict)  # effect of the guard, by measure


@dataclass
class Cell:
    """All results of one entity at one date."""

    values: dict[str, Value]
    segment: str | None
    points: dict[str, float | None]  # that take part
    reasons: dict[str, str | None]
    last_seen: dict[str, int]  # of measures that went missing
    main: Weighed
    score: float | None
    band: str
    cap: tuple[str, float] | None  # name, effect
    further: dict[str, Weighed]
    further_bands: dict[str, str]
    smoothing: float = 0.0  # effect


@dataclass
class Today:
    """The results of one day's facts, before the earlier days and the caps count."""

    segment: str | None
    values: dict[str, Value]
    real: dict[str, float | None]
    reasons: dict[str, str | None]
    taking: dict[str, float | None]
    last: dict[str, float | None]
    last_seen: dict[str, int | None]
    main: Weighed


def points_on(knots: list[tuple[float, float]], value: float) -> float:
    """Points on a piecewise-linear curve, clamped at both ends."""
    if value <= knots[0][0]:
        return knots[0][1]
    for (x0, p0), (x1, p1) in zip(knots, knots[1:], strict=False):
        if value <= x1:
            return p0 + (p1 - p0) * (value - x0) / (x1 - x0)
    return knots[-1][1]


def points_of(scale: dict, value: Any, frozen: dict | None = None) -> float | None:
    """Points of a value that is there; an unknown word has none."""
    knots = anchors(scale, frozen)
    if knots is not None:
        return points_on(knots, float(value))
    words = {spelled(word): float(points) for word, points in scale["points"].items()}
    return words.get(spelled(value))


class Scoring:
    """Scores of one model over its tables."""

    def __init__(
        self, model: dict, tables: dict[str, Table], holidays: frozenset[dt.date] = frozenset()
    ) -> None:
        self.model = model
        self.measures = Measures(model, tables, holidays)
        self.lines: dict[str, dict] = {
            name: measure
            for dimension in model["dimensions"].values()
            for name, measure in dimension["measures"].items()
        }
        self.guard = days(model.get("missing_guard", "30d"))
        self.bands = model.get("bands") or BANDS
        self.zone = float(model.get("dead_zone", 0))
        self.daily: dict[tuple[str, int], float | None] = {}

    def cells(self, dates: list[dt.date]) -> dict[tuple[str, dt.date], Cell]:
        return {
            (entity, date): self.cell(entity, date.toordinal())
            for entity in self.measures.entities()
            for date in dates
            if self.measures.scored(entity, date.toordinal())
        }

    def cell(self, entity: str, at: int) -> Cell:
        today = self.today(entity, at)
        main = today.main
        uncapped = self.smoothed(entity, at)
        score, cap = self.capped(uncapped, entity, at)
        further = {
            name: self.weighed(
                self.nominal(today.segment, each), today.taking, today.real, today.last
            )
            for name, each in (self.model.get("scores") or {}).items()
        }
        bands = {
            name: self.band(
                each.guarded,
                each.coverage,
                self.model["scores"][name]["bands"],
                self.frozen("scores", name),
            )
            for name, each in further.items()
        }
        band = self.band(score, main.coverage, self.bands, self.frozen("bands"))
        if self.zone and band != "unknown":
            kept = self.kept(entity, at)
            band = max(kept, band, key=list(self.bands).index) if cap else kept
        return Cell(
            today.values,
            today.segment,
            today.taking,
            today.reasons,
            {name: observed for name, observed in today.last_seen.items() if observed},
            main,
            score,
            band,
            cap,
            further,
            bands,
            0.0 if uncapped is None else uncapped - main.guarded,
        )

    def today(self, entity: str, at: int) -> Today:
        """What one day alone says."""
        segment = self.segment(entity, at)
        values = {name: self.measures.value(name, entity, at) for name in self.measures.named}
        real, reasons, taking, last, last_seen = {}, {}, {}, {}, {}
        for name, measure in self.lines.items():
            scale = self.scale(name, segment)
            frozen = self.frozen("measures", name)
            real[name] = (
                None if values[name].missing else points_of(scale, values[name].value, frozen)
            )
            reasons[name] = values[name].missing or ("unknown word" if real[name] is None else None)
            held, guarded, last_seen[name] = self.stand_ins(name, measure, entity, at)
            taking[name] = real[name]
            if real[name] is None and measure.get("if_missing") in ASSUMED:
                taking[name] = ASSUMED[measure["if_missing"]]
            elif real[name] is None and held is not None:
                taking[name] = points_of(scale, held, frozen)
            last[name] = (
                points_of(scale, guarded, frozen)
                if real[name] is None and guarded is not None
                else None
            )
        main = self.weighed(self.nominal(segment, None), taking, real, last)
        return Today(segment, values, real, reasons, taking, last, last_seen, main)

    # ------------------------------------------------------------ the days before

    def guarded_on(self, entity: str, at: int) -> float | None:
        """The main score of a day before smoothing and caps; None on days without one."""
        if (entity, at) not in self.daily:
            present = self.measures.scored(entity, at)
            self.daily[entity, at] = self.today(entity, at).main.guarded if present else None
        return self.daily[entity, at]

    def smoothed(self, entity: str, at: int) -> float | None:
        """The weighted mean of the scores of four half-lives; a day one half-life older counts
        half.
        """
        today = self.guarded_on(entity, at)
        if today is None or not self.model.get("smooth"):
            return today
        half_life = days(self.model["smooth"]["half_life"])
        known = [
            (0.5 ** (back / half_life), score)
            for back in range(4 * half_life)
            if (score := self.guarded_on(entity, at - back)) is not None
        ]
        return sum(weight * score for weight, score in known) / sum(weight for weight, _ in known)

    @property
    def limits(self) -> list[float]:
        """The limits between two bands, best first."""
        return [number(limit, self.frozen("bands")) for limit in self.bands.values()][:-1]

    def clear(self, score: float) -> bool:
        return all(
            not round(limit - self.zone, 9) < round(score, 9) < round(limit + self.zone, 9)
            for limit in self.limits
        )

    def kept(self, entity: str, at: int) -> str:
        """The band, given the days since the score was last outside all dead zones, or since the
        first score of the year.
        """
        line: list[float] = []
        for back in range(YEAR + 1):
            score = self.smoothed(entity, at - back)
            if score is not None:
                line.insert(0, score)
                if self.clear(score):
                    break
        names = list(self.bands)
        band = names.index(self.band(line[0], 1.0, self.bands, self.frozen("bands")))
        for score in line[1:]:
            past = [round(score, 9) >= round(limit + self.zone, 9) for limit in self.limits]
            near = [round(score, 9) > round(limit - self.zone, 9) for limit in self.limits]
            lowest = past.index(True) if True in past else len(names) - 1
            highest = near.index(True) if True in near else len(names) - 1
            band = min(max(band, highest), lowest)
        return names[band]

    def segment(self, entity: str, at: int) -> str | None:
        """The first that matches."""
        for name, segment in (self.model.get("segments") or {}).items():
            if self.measures.holds(segment["when"], entity, at):
                return name
        return None

    def scale(self, name: str, segment: str | None) -> dict:
        own = (self.model["segments"][segment].get("measures") or {}) if segment else {}
        return own.get(name, self.lines[name])

    def stand_ins(
        self, name: str, measure: dict, entity: str, at: int
    ) -> tuple[Any, Any, int | None]:
        """The value held by `if_missing: hold`, the one that the guard may use, and the day of
        each.
        """
        words = str(measure.get("if_missing", "skip")).split()
        hold = days(words[1]) if words[0] == "hold" else 0
        for back in range(hold + self.guard + 1):
            result = self.measures.value(name, entity, at - back)
            if (
                not result.missing
                and points_of(measure, result.value, self.frozen("measures", name)) is not None
            ):
                if back == 0:
                    return None, None, None
                held = result.value if back <= hold else None
                return held, None if back <= hold else result.value, at - back
        return None, None, None

    # ------------------------------------------------------------ weights

    def nominal(self, segment: str | None, headline: dict | None) -> dict[str, float]:
        """The weight of each dimension, in file order."""
        own = self.model["segments"][segment] if segment else {}
        result = {}
        for name, dimension in self.model["dimensions"].items():
            if name in (own.get("without") or []) or (
                headline is not None and name not in headline["weights"]
            ):
                continue
            weight = dimension.get("weight", 1) if headline is None else headline["weights"][name]
            if headline is None:
                weight = (own.get("weights") or {}).get(name, weight)
            result[name] = float(weight)
        return result

    def lines_of(self, dimension: str) -> dict[str, float]:
        measures = self.model["dimensions"][dimension]["measures"]
        return {name: float(measure.get("weight", 1)) for name, measure in measures.items()}

    def means(
        self,
        nominal: dict[str, float],
        points: dict[str, float | None],
    ) -> tuple[float | None, dict[str, float | None], dict[str, float], dict[str, float]]:
        """Score, dimension scores, dimension shares and effective weights: two levels of weighted
        means.
        """
        scores: dict[str, float | None] = {}
        for dimension in nominal:
            present = {
                name: weight
                for name, weight in self.lines_of(dimension).items()
                if points[name] is not None
            }
            total = sum(weight * points[name] for name, weight in present.items())
            scores[dimension] = total / sum(present.values()) if present else None
        whole = sum(
            weight for dimension, weight in nominal.items() if scores[dimension] is not None
        )
        shares = {
            dimension: weight / whole if scores[dimension] is not None else 0.0
            for dimension, weight in nominal.items()
        }
        weights = {}
        for dimension, share in shares.items():
            present = {
                name: weight
                for name, weight in self.lines_of(dimension).items()
                if points[name] is not None
            }
            weights.update(
                {name: share * weight / sum(present.values()) for name, weight in present.items()}
            )
        score = (
            sum(shares[name] * scores[name] for name in nominal if scores[name] is not None)
            if whole
            else None
        )
        return score, scores, shares, weights

    def weighed(
        self,
        nominal: dict[str, float],
        points: dict[str, float | None],
        real: dict[str, float | None],
        last: dict[str, float | None],
    ) -> Weighed:
        plain, scores, shares, weights = self.means(nominal, points)
        contributions = {name: weight * points[name] for name, weight in weights.items()}
        held = self.guarded(nominal, points, last, plain)
        total = None if plain is None else plain + sum(held.values())
        return Weighed(
            plain,
            total,
            self.coverage(nominal, real),
            weights,
            contributions,
            {name: (scores[name], shares[name]) for name in nominal},
            held,
        )

    def coverage(self, nominal: dict[str, float], real: dict[str, float | None]) -> float:
        """Share of the nominal weight that has a value of its own."""
        present = 0.0
        for dimension, weight in nominal.items():
            lines = self.lines_of(dimension)
            present += (
                weight
                * sum(lines[name] for name in lines if real[name] is not None)
                / sum(lines.values())
            )
        return present / sum(nominal.values()) if nominal else 0.0

    def guarded(
        self,
        nominal: dict[str, float],
        points: dict[str, float | None],
        last: dict[str, float | None],
        plain: float | None,
    ) -> dict[str, float]:
        """What each last value takes away, in file order, if together they lower the score."""
        if plain is None:
            return {}
        now, before, effects = dict(points), plain, {}
        for name in self.lines:
            if last[name] is not None:
                now[name] = last[name]
                after = self.means(nominal, now)[0]
                effects[name] = after - before
                before = after
        return effects if before < plain else {}

    # ------------------------------------------------------------ the end

    def capped(
        self, score: float | None, entity: str, at: int
    ) -> tuple[float | None, tuple[str, float] | None]:
        """The lowest cap that applies, if it lowers the score."""
        holding = [
            cap
            for cap in self.model.get("caps") or []
            if self.measures.holds(cap["when"], entity, at)
        ]
        lowest = min(holding, key=lambda cap: cap["at_most"], default=None)
        if score is None or lowest is None or lowest["at_most"] >= score:
            return score, None
        return float(lowest["at_most"]), (lowest["name"], lowest["at_most"] - score)

    def frozen(self, *path: str) -> dict:
        """The numbers of the percentiles of a measure, of the bands, or of a further score."""
        result = self.model.get("frozen") or {}
        for part in path:
            result = result.get(part) or {}
        return result

    def band(self, score: float | None, coverage: float, bands: dict, frozen: dict) -> str:
        """By inclusive lower bound; to nine decimals, so that a weighted mean of 75s reaches 75."""
        least = number(self.model.get("min_coverage", "50%"))
        if score is None or round(coverage, 9) < round(least, 9):
            return "unknown"
        return next(
            name for name, limit in bands.items() if round(score, 9) >= number(limit, frozen)
        )
