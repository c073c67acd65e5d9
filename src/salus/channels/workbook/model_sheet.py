"""The sheet of the model: weights, curves, words, caps and limits in cells that people can change.

It also knows the cell of each number, so that the template can refer to it.
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
from salus.scoring.points import ASSUMED
from salus.scoring.weights import dimension_weights

NAME = "Model"
NO_SEGMENT = "(none)"

HEAD, LABEL, GIVEN, SHARE, DATE, WORKING = "head", "label", "given", "share", "date", "working"
SheetRow = list[tuple[Content, str]]  # contents with their styles


@dataclass(kw_only=True)
class ModelCells:
    """The addresses of the model's numbers. The main score has the name ""."""

    as_of: str = ""
    least: str = ""  # the least coverage
    zone: str = ""  # the points of the dead zone
    inner: str = ""  # the limits between two bands of the main score
    segments: str = ""  # the names of the segments; the first cell stands for none
    #: measure -> weight
    weights: dict[str, str] = field(default_factory=dict)
    #: measure -> what to do if it is missing
    policies: dict[str, str] = field(default_factory=dict)
    #: measure -> points if it is missing
    assumed: dict[str, str] = field(default_factory=dict)
    #: (score, dimension) -> weights by segment
    shares: dict[tuple[str, str], str] = field(default_factory=dict)
    #: score -> names and limits of its bands
    bands: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: score -> names of its bands, as texts
    band_names: dict[str, list[str]] = field(default_factory=dict)
    #: cap -> what it limits the score to
    caps: dict[str, str] = field(default_factory=dict)
    #: (measure, segment or None) -> ranges of the scale
    scales: dict[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)
    #: measure -> the words of its scale
    words: dict[str, str] = field(default_factory=dict)


class ModelSheet:
    """The rows of the sheet. `places` has the addresses of all numbers."""

    def __init__(self, model: Model, as_of: dt.date) -> None:
        self.model, self.places = model, ModelCells()
        self._rows: list[SheetRow] = []
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
        """Write the rows to the sheet."""
        cell_styles = {
            "": None,
            HEAD: styles(style.HEAD),
            LABEL: styles(style.GROUP),
            GIVEN: styles(style.INPUT),
            SHARE: styles(style.INPUT, number=style.SHARE),
            DATE: styles(style.INPUT, number=style.DATE),
            WORKING: styles(style.WORKING),
        }
        for position, row in enumerate(self._rows):
            for column, (content, name) in enumerate(row):
                sheet.put(position, column, content, cell_styles[name])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, max(5, len(self.model.dimensions)), 16)
        for at, column, choices in self._choices:
            sheet.data_validation(at, column, at, column, {"validate": "list", "source": choices})

    def _add(self, *cells: tuple[Content, str]) -> int:
        self._rows.append(list(cells))
        return len(self._rows) - 1

    def _block(self, title: str, *heads: str) -> None:
        self._add()
        self._add((title, LABEL))
        if heads:
            self._add(*((head, HEAD) for head in heads))

    def _settings(self, as_of: dt.date) -> None:
        self._add((f"Model {self.model.name}", LABEL))
        self._add(("Change a yellow cell, and the sheet Template recomputes the scores.", ""))
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
        first = len(self._rows)
        for name, limit in bands:
            last = self._add((name, ""), (limit, GIVEN))
        self.places.band_names[score] = [name for name, _ in bands]
        self.places.bands[score] = (_range(first, last, 0), _range(first, last, 1))
        if not score:
            self.places.inner = _range(first, last - 1, 1)

    def _shares(self, headline: FurtherScore | None) -> None:
        """The weights of dimensions, a row per segment. A segment without its own weight refers to
        the first row.
        """
        model, score = self.model, headline.name if headline else ""
        self._block(
            f"Weights of dimensions{_of(score)}",
            "segment",
            *(dimension.name for dimension in model.dimensions),
        )
        first = len(self._rows)
        usual = dimension_weights(model, headline, -1)
        for position in range(-1, len(model.segments)):
            weights = dimension_weights(model, headline, position)
            own = model.segments[position].weights if position >= 0 and headline is None else {}
            cells: SheetRow = [(model.segments[position].name if position >= 0 else NO_SEGMENT, "")]
            for column, dimension in enumerate(model.dimensions, 1):
                weight = weights.get(dimension.name, 0.0)
                is_usual = (
                    position >= 0
                    and weight == usual.get(dimension.name)
                    and dimension.name not in own
                )
                cells.append(
                    (Formula(cell_address(first, column), weight), GIVEN)
                    if is_usual
                    else (weight, GIVEN)
                )
            self._add(*cells)
        last = len(self._rows) - 1
        self.places.segments = _range(first, last, 0)
        for column, dimension in enumerate(model.dimensions, 1):
            self.places.shares[score, dimension.name] = _range(first, last, column)

    def _measures(self) -> None:
        self._block("Measures", "measure", "dimension", "weight", "if missing", "points if missing")
        for dimension in self.model.dimensions:
            for measure in dimension.measures:
                at = len(self._rows)
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
            first = len(self._rows)
            for word, points in scale.points.items():
                self._add((word, GIVEN), (points, GIVEN))
            last = len(self._rows) - 1
            ranges = (_range(first, last, 0), _range(first, last, 1))
            self.places.words.setdefault(measure, ranges[0])
        self.places.scales[measure, segment] = ranges

    def _knots(self, curve: Curve) -> tuple[str, ...]:
        """The value, the points, and the slope to the next knot. The last knot has the slope 0."""
        first, last = len(self._rows), len(self._rows) + len(curve.knots) - 1
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
