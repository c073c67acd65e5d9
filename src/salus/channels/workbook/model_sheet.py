"""The sheet of the model: weights, curves, words, caps and limits in cells that people may change.

In: a model. Out: rows of cells, and where each number stands, so that the template can point at it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from salus.channels.workbook import style
from salus.channels.workbook.sheet import Content, Formula, Sheet, cell_address
from salus.channels.workbook.style import Styles
from salus.model.curve import Curve, Scale
from salus.model.measure import Measure
from salus.model.model import FurtherScore, Model
from salus.scoring.score import ASSUMED, dimension_weights

NAME = "Model"
NO_SEGMENT = "(none)"

HEAD, LABEL, GIVEN, SHARE, DATE, WORKING = "head", "label", "given", "share", "date", "working"
Line = list[tuple[Content, str]]


@dataclass(kw_only=True)
class ModelCells:
    """Where the numbers of the model stand. The main score is ""; segment None is none."""

    as_of: str = ""
    least: str = ""  # coverage
    zone: str = ""  # points of the dead zone
    inner: str = ""  # the limits between two bands of the main score
    segments: str = ""  # names, the first for none
    weights: dict[str, str] = field(default_factory=dict)  # of measures
    policies: dict[str, str] = field(
        default_factory=dict
    )  # what is done when a measure is missing …
    assumed: dict[str, str] = field(default_factory=dict)  # … and the points this gives
    shares: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (score, dimension): by segment
    bands: dict[str, tuple[str, str]] = field(default_factory=dict)  # names and limits
    band_names: dict[str, list[str]] = field(default_factory=dict)
    caps: dict[str, str] = field(default_factory=dict)
    scales: dict[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)  # the words a measure knows


class ModelSheet:
    """The rows, built once; `places` says where everything is."""

    def __init__(self, model: Model, as_of: dt.date) -> None:
        self.model, self.places = model, ModelCells()
        self._lines: list[Line] = []
        self._choices: list[tuple[int, int, list[str]]] = []
        self._settings(as_of)
        self._bands("", model.bands)
        self._shares(None)
        for headline in model.scores:
            self._bands(headline.name, headline.bands)
            self._shares(headline)
        self._measures()
        self._caps()
        for measure in model.measures:
            self._scales(measure)

    def write(self, sheet: Sheet, styles: Styles) -> None:
        """Put the rows on the sheet."""
        looks = {
            "": None,
            HEAD: styles(style.HEAD),
            LABEL: styles(style.GROUP),
            GIVEN: styles(style.INPUT),
            SHARE: styles(style.INPUT, number=style.SHARE),
            DATE: styles(style.INPUT, number=style.DATE),
            WORKING: styles(style.WORKING),
        }
        for row, line in enumerate(self._lines):
            for column, (content, look) in enumerate(line):
                sheet.put(row, column, content, looks[look])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, max(5, len(self.model.dimensions)), 16)
        for row, column, choices in self._choices:
            sheet.data_validation(row, column, row, column, {"validate": "list", "source": choices})

    def _add(self, *cells: tuple[Content, str]) -> int:
        self._lines.append(list(cells))
        return len(self._lines) - 1

    def _block(self, title: str, *heads: str) -> None:
        self._add()
        self._add((title, LABEL))
        if heads:
            self._add(*((head, HEAD) for head in heads))

    def _settings(self, as_of: dt.date) -> None:
        self._add((f"Model {self.model.name}", LABEL))
        self._add(("Change a yellow cell; the sheet Template computes anew.", ""))
        self._add()
        row = self._add(("as_of", ""), (as_of, DATE))
        self.places.as_of = _at(row, 1)
        row = self._add(("min_coverage", ""), (self.model.min_coverage, SHARE))
        self.places.least = _at(row, 1)
        if self.model.dead_zone:
            row = self._add(("dead_zone", ""), (self.model.dead_zone, GIVEN))
            self.places.zone = _at(row, 1)

    def _bands(self, score: str, bands: tuple[tuple[str, Any], ...]) -> None:
        self._block(f"Bands{_of(score)}", "band", "from")
        first = len(self._lines)
        for name, limit in bands:
            last = self._add((name, ""), (limit, GIVEN))
        self.places.band_names[score] = [name for name, _ in bands]
        self.places.bands[score] = (_range(first, last, 0), _range(first, last, 1))
        if not score:
            self.places.inner = _range(first, last - 1, 1)

    def _shares(self, headline: FurtherScore | None) -> None:
        """Weights of dimensions, a row per segment; a segment without its own points at the first
        row.
        """
        model, score = self.model, headline.name if headline else ""
        self._block(
            f"Weights of dimensions{_of(score)}", "segment", *(one.name for one in model.dimensions)
        )
        first = len(self._lines)
        usual = dimension_weights(model, headline, -1)
        for position in range(-1, len(model.segments)):
            weights = dimension_weights(model, headline, position)
            own = model.segments[position].weights if position >= 0 and headline is None else {}
            cells: Line = [(model.segments[position].name if position >= 0 else NO_SEGMENT, "")]
            for column, dimension in enumerate(model.dimensions, 1):
                weight = weights.get(dimension.name, 0.0)
                usual_one = (
                    position >= 0
                    and weight == usual.get(dimension.name)
                    and dimension.name not in own
                )
                cells.append(
                    (Formula(cell_address(first, column), weight), GIVEN)
                    if usual_one
                    else (weight, GIVEN)
                )
            self._add(*cells)
        last = len(self._lines) - 1
        self.places.segments = _range(first, last, 0)
        for column, dimension in enumerate(model.dimensions, 1):
            self.places.shares[score, dimension.name] = _range(first, last, column)

    def _measures(self) -> None:
        self._block("Measures", "measure", "dimension", "weight", "if missing", "points if missing")
        for dimension in self.model.dimensions:
            for measure in dimension.measures:
                at = len(self._lines)
                policy = cell_address(at, 3)
                chosen = "".join(
                    f'IF({policy}="{name}",{points:g},' for name, points in ASSUMED.items()
                )
                assumed = Formula(
                    f'{chosen}""{")" * len(ASSUMED)}', ASSUMED.get(measure.if_missing, "")
                )
                self._add(
                    (measure.name, ""),
                    (dimension.name, ""),
                    (measure.weight, GIVEN),
                    (measure.if_missing, GIVEN),
                    (assumed, WORKING),
                )
                choices = ["skip", *ASSUMED, *(["hold"] if measure.if_missing == "hold" else [])]
                self._choices.append((at, 3, choices))
                self.places.weights[measure.name] = _at(at, 2)
                self.places.policies[measure.name] = _at(at, 3)
                self.places.assumed[measure.name] = _at(at, 4)

    def _caps(self) -> None:
        if self.model.caps:
            self._block("Caps", "cap", "at most")
        for cap in self.model.caps:
            self.places.caps[cap.name] = _at(self._add((cap.name, ""), (cap.at_most, GIVEN)), 1)

    def _scales(self, measure: Measure) -> None:
        assert measure.scale is not None
        self._scale(measure.name, None, measure.scale)
        for segment in self.model.segments:
            if measure.name in segment.scales:
                self._scale(measure.name, segment.name, segment.scales[measure.name])

    def _scale(self, measure: str, segment: str | None, scale: Scale) -> None:
        title = f"Points of {measure}" + (f" in segment {segment}" if segment else "")
        if isinstance(scale, Curve):
            self._block(title, "value", "points", "points per 1 more")
            ranges = self._knots(scale)
        else:
            self._block(title, "word", "points")
            first = len(self._lines)
            for word, points in scale.points.items():
                self._add((word, GIVEN), (points, GIVEN))
            last = len(self._lines) - 1
            ranges = (_range(first, last, 0), _range(first, last, 1))
            self.places.words.setdefault(measure, ranges[0])
        self.places.scales[measure, segment] = ranges

    def _knots(self, curve: Curve) -> tuple[str, ...]:
        """Value, points, and the slope up to the next knot: 0 from the last one on."""
        first, last = len(self._lines), len(self._lines) + len(curve.knots) - 1
        slope: Content
        for at, (value, points) in enumerate(curve.knots, first):
            assert isinstance(value, float | int)
            slope = 0.0
            if at < last:
                following, more = curve.knots[at - first + 1]
                assert isinstance(following, float | int)
                rise, run = (
                    f"({cell_address(at + 1, 1)}-{cell_address(at, 1)})",
                    f"({cell_address(at + 1, 0)}-{cell_address(at, 0)})",
                )
                slope = Formula(f"{rise}/{run}", (more - points) / (following - value))
            self._add((value, GIVEN), (points, GIVEN), (slope, WORKING))
        return tuple(_range(first, last, column) for column in range(3))


def _of(score: str) -> str:
    return f" of score {score}" if score else ""


def _at(row: int, column: int) -> str:
    return f"{NAME}!{cell_address(row, column, fixed=True)}"


def _range(first: int, last: int, column: int) -> str:
    return f"{_at(first, column)}:{cell_address(last, column, fixed=True)}"
