"""The live sheet: change a value, a word or a weight, and the score follows by the engine's own rules.

One row per entity. Columns from left to right: result, values (yellow ones are inputs), last known values, conditions,
points, dimensions, and the steps to the score. Every formula carries the engine's result for viewers that don't compute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from salus.channels.workbook import points as formulas
from salus.channels.workbook import style
from salus.channels.workbook.condition import SERIAL_OF_EPOCH, Cell, NotLive, condition, fitting, value
from salus.channels.workbook.model_sheet import NO_SEGMENT, Places
from salus.channels.workbook.results import Results, Step
from salus.channels.workbook.sheet import Content, Formula, Sheet, Value, place, span
from salus.channels.workbook.style import Styles
from salus.kernel.values import Values
from salus.model import expression as ex
from salus.model.measure import Measure
from salus.model.model import UNKNOWN
from salus.scoring.scored import Floats, Scored

TOP, HEAD_ROW, HEAD_ROWS = 2, 3, 4
Key = tuple[str, str] | str
Fill = Callable[[int, int], Content]         # (row of the sheet, cell) → content


@dataclass
class Column:
    """One column: what stands above it and in each row."""

    group: str
    head: str
    fill: Fill
    look: dict[str, Any] = field(default_factory=dict)
    number: str | None = None
    top: Content = None                      # the weight or ceiling, above the head
    width: int = 12
    choices: str | None = None               # the range of words to choose from


class Template:
    """Columns are declared in order, each knowing the places of those it reads."""

    def __init__(self, scored: Scored, found: Results, places: Places, ids: Sequence[str],
                 labels: Sequence[str | None]) -> None:
        self.scored, self.model, self.results, self.places = scored, scored.model, found, places
        self.notes: list[str] = []           # what isn't live, and why
        self.columns: dict[Key, Column] = {}
        self._where: dict[Key, int] = {}
        self._guarded = bool(scored.cells.last)
        self._names(ids, labels)
        self._result()
        self._values()
        self._stand_ins()
        self._conditions()
        self._points()
        self._dimensions()
        self._steps()
        self._where = {key: position for position, key in enumerate(self.columns)}

    def at(self, key: Key, row: int) -> str:
        return place(row, self._where[key])

    def across(self, first: Key, last: Key, row: int, *, fixed_row: bool = False) -> str:
        return span(row, self._where[first], self._where[last], fixed_row=fixed_row)

    # ------------------------------------------------------------ who, and the result

    def _names(self, ids: Sequence[str], labels: Sequence[str | None]) -> None:
        self.columns["id"] = Column("", "id", lambda row, i: ids[i], width=14)
        self.columns["label"] = Column("", "label", lambda row, i: labels[i], width=28)

    def _result(self) -> None:
        for score in (None, *(one.name for one in self.model.scores)):
            step, name = self.results.steps[score], score or ""
            self.columns["score", name] = Column(
                "Result", score or "score", self._formula(lambda row, score=score: self._final(score, row), step.final),
                {"bold": True}, style.SCORE)
            bands = self.model.bands if score is None else next(s.bands for s in self.model.scores if s.name == score)
            words = [UNKNOWN if position < 0 else bands[position][0] for position in step.band]
            self.columns["band", name] = Column(
                "Result", f"{name} band".strip(),
                lambda row, i, score=score, words=words: Formula(self._band(score, row), words[i]))
            self.columns["coverage", name] = Column(
                "Result", f"{name} coverage".strip(),
                self._formula(lambda row, score=score: self._coverage(score, row), step.coverage), {}, style.SHARE)
        if self.model.segments:
            segments = [NO_SEGMENT, *(segment.name for segment in self.model.segments)]
            at = self.scored.cells.segment
            self.columns["segment"] = Column("Result", "segment", lambda row, i: Formula(
                f"INDEX({self.places.one['segments']},{self._segment(row)})", segments[int(at[i]) + 1]))

    def _final(self, score: str | None, row: int) -> str:
        name = score or ""
        plain = self.at(("plain", name), row)
        lower = [plain, *([self.at(("lasting", name), row)] if self._guarded else [])]
        if score is None and self.model.caps:
            lower.append(self.at("ceiling", row))
        return f'IF(ISNUMBER({plain}),MIN({",".join(lower)}),"")'

    def _band(self, score: str | None, row: int) -> str:
        name = score or ""
        names, limits = self.places.bands[score]
        return formulas.band(self.at(("score", name), row), self.at(("coverage", name), row), self.places.one["least"],
                             names, limits)

    def _coverage(self, score: str | None, row: int) -> str:
        dimensions = self.model.dimensions
        nominal = self._nominal(score, row)
        covered = self.across(("covered", dimensions[0].name), ("covered", dimensions[-1].name), row)
        return f"IF(SUM({nominal})>0,SUMPRODUCT({nominal},{covered})/SUM({nominal}),0)"

    def _nominal(self, score: str | None, row: int) -> str:
        first, last = self.model.dimensions[0].name, self.model.dimensions[-1].name
        return self.across((f"weight {score or ''}", first), (f"weight {score or ''}", last), row)

    def _segment(self, row: int) -> str:
        return self.at("segment row", row) if self.model.segments else "1"

    # ------------------------------------------------------------ values

    def _cells(self, row: int) -> dict[str, Cell]:
        """Every name that a condition or formula can read."""
        known = {name: Cell(self.at(("value", name), row), values.kind)
                 for name, values in self.scored.cells.values.items()}
        return {**known, "as_of": Cell(self.places.one["as_of"], "date")}

    def _values(self) -> None:
        measures = {measure.name: measure for measure in self.model.everything}
        scored = {measure.name for measure in self.model.measures}
        for name, values in self.scored.cells.values.items():
            measure = measures.get(name)
            group = "Attributes" if measure is None else "Values of measures" if name in scored else "Inputs"
            column = Column(group, name, _given(values, values.data), style.INPUT, _number_format(values),
                            choices=self.places.words.get(name))
            node = _node(measure) if measure else None
            if measure and node and self._is_live(name, node):
                column.fill, column.look = self._computed(node, values), {}
                column.choices = None
            self.columns["value", name] = column

    def _is_live(self, name: str, node: ex.Expression) -> bool:
        """Whether the measure follows from other cells; a note where it should and can't."""
        known = {one: Cell("A1", values.kind) for one, values in self.scored.cells.values.items()}
        try:
            self._value_formula(node, self.scored.cells.values[name].kind, {**known, "as_of": Cell("A1", "date")})
        except NotLive as why:
            self.notes.append(f"measure {name} keeps the value of Salus: {why}")
            return False
        return True

    def _value_formula(self, node: ex.Expression, kind: str, cells: dict[str, Cell]) -> str:
        if isinstance(node, ex.Name) and kind in ("text", "bool"):
            read = cells[node.name].place
            return f'IF({"ISTEXT" if kind == "text" else "ISLOGICAL"}({read}),{read},"")'
        return value(node, cells)

    def _computed(self, node: ex.Expression, values: Values) -> Fill:
        shown = _given(values, values.data)

        def fill(row: int, i: int) -> Content:
            found = shown(row, i)
            assert not isinstance(found, Formula)
            return Formula(self._value_formula(node, values.kind, self._cells(row)), found)
        return fill

    def _stand_ins(self) -> None:
        """What held and last values stand in for missing ones: they come from history, so they are inputs."""
        cells = self.scored.cells
        for measure in self.model.measures:
            if measure.name in cells.held and measure.if_missing == "hold":
                self._stand_in("held", "Held values (if missing: hold)", measure, cells.held[measure.name].data)
        for measure in self.model.measures:
            if measure.name in cells.last:
                self._stand_in("last", "Last values (guard)", measure, cells.last[measure.name].data)

    def _stand_in(self, kind: str, group: str, measure: Measure, data: Floats) -> None:
        values = self.scored.cells.values[measure.name]
        self.columns[kind, measure.name] = Column(group, measure.name, _given(values, data), style.INPUT,
                                                  _number_format(values), choices=self.places.words.get(measure.name))

    # ------------------------------------------------------------ conditions

    def _conditions(self) -> None:
        model, cells = self.model, self.scored.cells
        before = np.zeros(len(self.scored), dtype=bool)
        for position, segment in enumerate(model.segments):
            holds = cells.segment == position
            self._condition("is", segment.name, segment.when, "Segments: does the condition hold", holds)
            before |= holds
        if model.segments:
            names = [segment.name for segment in model.segments]
            self.columns["segment row"] = Column("Segments: does the condition hold", "first that holds", self._formula(
                lambda row: f"IFERROR(MATCH(TRUE,{self.across(('is', names[0]), ('is', names[-1]), row)},0),0)+1",
                cells.segment + 2.0), style.WORKING)
        for cap in model.caps:
            self._condition("cap", cap.name, cap.when, "Caps: does the condition hold", cells.capped[cap.name])
            self.columns["cap", cap.name].top = Formula(self.places.caps[cap.name], cap.at_most)

    def _condition(self, kind: str, name: str, when: ex.Expression, group: str, holds: Any) -> None:
        column = Column(group, name, lambda row, i: bool(holds[i]), style.INPUT)
        try:
            known = {one: Cell("A1", values.kind) for one, values in self.scored.cells.values.items()}
            condition(when, {**known, "as_of": Cell("A1", "date")})
        except NotLive as why:
            word = "segment" if kind == "is" else "cap"
            self.notes.append(f"{word} {name} keeps what Salus found: {why}")
        else:
            column.look = style.WORKING
            column.fill = lambda row, i: Formula(condition(when, self._cells(row)), bool(holds[i]))
        self.columns[kind, name] = column

    # ------------------------------------------------------------ points

    def _points(self) -> None:
        for kind, group in (("own", "Points of the values"), ("counted", "Points that count"),
                            ("lasting", "Points with last values")):
            if kind == "lasting" and not self._guarded:
                continue
            found: dict[str, Floats] = getattr(self.results, kind)
            for measure in self.model.measures:
                self.columns[kind, measure.name] = Column(
                    group, measure.name,
                    self._formula(lambda row, kind=kind, measure=measure: getattr(self, f"_{kind}")(measure, row),
                                  found[measure.name]),
                    style.WORKING, style.SCORE, Formula(self.places.weights[measure.name], measure.weight))

    def _own(self, measure: Measure, row: int) -> str:
        return self._scaled(measure, self.at(("value", measure.name), row), row)

    def _scaled(self, measure: Measure, cell: str, row: int) -> str:
        kind = self.scored.cells.values[measure.name].kind
        assert measure.scale is not None
        usual = formulas.points(cell, kind, measure.scale, self.places.scales[measure.name, None])
        own = [(position, formulas.points(cell, kind, segment.scales[measure.name],
                                          self.places.scales[measure.name, segment.name]))
               for position, segment in enumerate(self.model.segments) if measure.name in segment.scales]
        return formulas.by_segment(self._segment(row), usual, own)

    def _counted(self, measure: Measure, row: int) -> str:
        own, assumed = self.at(("own", measure.name), row), self.places.assumed[measure.name]
        if ("held", measure.name) in self.columns:
            held = self._scaled(measure, self.at(("held", measure.name), row), row)
            assumed = f'IF({self.places.policies[measure.name]}="hold",{held},{assumed})'
        return f"IF(ISNUMBER({own}),{own},{assumed})"

    def _lasting(self, measure: Measure, row: int) -> str:
        own, counted = self.at(("own", measure.name), row), self.at(("counted", measure.name), row)
        if ("last", measure.name) not in self.columns:
            return counted
        cell = self.at(("last", measure.name), row)
        last = self._scaled(measure, cell, row)
        return f"IF(OR(ISNUMBER({own}),{cell}=\"\"),{counted},IF(ISNUMBER({last}),{last},{counted}))"

    # ------------------------------------------------------------ dimensions and scores

    def _dimensions(self) -> None:
        kinds = [("dimension", "Dimensions", "counted", self.results.dimensions)]
        if self._guarded:
            kinds.append(("dimension lasting", "Dimensions with last values", "lasting",
                          self.results.dimensions_lasting))
        for kind, group, source, found in kinds:
            for dimension in self.model.dimensions:
                first, last = (source, dimension.measures[0].name), (source, dimension.measures[-1].name)
                self.columns[kind, dimension.name] = Column(group, dimension.name, self._formula(
                    lambda row, first=first, last=last: formulas.mean(
                        self.across(first, last, TOP, fixed_row=True), self.across(first, last, row)),
                    found[dimension.name]), style.WORKING, style.SCORE)
        for dimension in self.model.dimensions:
            first, last = ("own", dimension.measures[0].name), ("own", dimension.measures[-1].name)
            self.columns["covered", dimension.name] = Column("Share of weight with a value", dimension.name, self._formula(
                lambda row, first=first, last=last: self._covered(first, last, row),
                self.results.covered[dimension.name]), style.WORKING, style.SHARE)

    def _covered(self, first: Key, last: Key, row: int) -> str:
        weights, own = self.across(first, last, TOP, fixed_row=True), self.across(first, last, row)
        return f"SUMPRODUCT({weights},ISNUMBER({own})*1)/SUM({weights})"

    def _steps(self) -> None:
        for score, step in self.results.steps.items():
            self._step(score, step)
        if self.model.caps:
            ceiling = np.where(np.isinf(self.results.ceiling), 1e300, self.results.ceiling)
            self.columns["ceiling"] = Column("Steps to the score", "lowest cap", self._formula(
                lambda row: fitting(f"MIN({','.join(self._ceilings(row))})"), ceiling), style.WORKING, '[>1E+299]"none";0.0')

    def _step(self, score: str | None, step: Step) -> None:
        name = score or ""
        for dimension in self.model.dimensions:
            shares = self.places.shares[score, dimension.name]
            self.columns[f"weight {name}", dimension.name] = Column(
                f"Weights of dimensions {name}".strip(), dimension.name,
                self._formula(lambda row, shares=shares: f"INDEX({shares},{self._segment(row)})",
                              step.nominal[dimension.name]), style.WORKING)
        first, last = self.model.dimensions[0].name, self.model.dimensions[-1].name
        for kind, source, head, found in (("plain", "dimension", "mean", step.plain),
                                          ("lasting", "dimension lasting", "mean with last values", step.lasting)):
            if kind == "plain" or self._guarded:
                self.columns[kind, name] = Column("Steps to the score", f"{name} {head}".strip(), self._formula(
                    lambda row, source=source: formulas.mean(
                        self._nominal(score, row), self.across((source, first), (source, last), row)), found),
                    style.WORKING, style.SCORE)

    def _ceilings(self, row: int) -> list[str]:
        return [f"IF({self.at(('cap', cap.name), row)},{self.places.caps[cap.name]},1E+300)" for cap in self.model.caps]

    def _formula(self, text: Callable[[int], str], found: Any) -> Fill:
        """Cells of one formula with the engine's results; NaN is an empty text."""
        results: list[Value] = [None if number != number else float(number) for number in np.asarray(found).tolist()]
        return lambda row, i: Formula(fitting(text(row)), results[i])

    # ------------------------------------------------------------ writing

    def write(self, sheet: Sheet, styles: Styles, title: str) -> None:
        """Fill the sheet, row by row."""
        columns = list(self.columns.values())
        self._heads(sheet, styles, columns, title)
        looks = [styles(column.look, number=column.number) for column in columns]
        for i in range(len(self.scored)):
            row = HEAD_ROWS + i
            for position, column in enumerate(columns):
                sheet.put(row, position, column.fill(row, i), looks[position])
        sheet.freeze_panes(HEAD_ROWS, 2)
        self._colours(sheet, styles)
        self._choices(sheet, columns)

    def _heads(self, sheet: Sheet, styles: Styles, columns: list[Column], title: str) -> None:
        sheet.put(0, 0, title, styles(style.TITLE))
        before = ""
        for position, column in enumerate(columns):
            if column.group != before:
                sheet.put(1, position, column.group, styles(style.GROUP))
            before = column.group
        sheet.put(TOP, 0, "weight, or at most", styles(style.HINT))
        for position, column in enumerate(columns):
            if column.top is not None:
                sheet.put(TOP, position, column.top, styles(style.HINT))
        for position, column in enumerate(columns):
            sheet.put(HEAD_ROW, position, column.head, styles(style.HEAD))
            sheet.set_column(position, position, column.width)

    def _colours(self, sheet: Sheet, styles: Styles) -> None:
        for score in (None, *(one.name for one in self.model.scores)):
            names, _ = self.places.bands[score]
            count = len(self.model.bands if score is None else
                        next(one.bands for one in self.model.scores if one.name == score))
            column = self._where["band", score or ""]
            area = (HEAD_ROWS, column, HEAD_ROWS + len(self.scored) - 1, column)
            for position in range(-1, count):
                wanted = f"INDEX({names},{position + 1})" if position >= 0 else f'"{UNKNOWN}"'
                sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f"={wanted}",
                                                 "format": styles(style.band_look(position, count))})

    def _choices(self, sheet: Sheet, columns: list[Column]) -> None:
        for position, column in enumerate(columns):
            if column.choices:
                sheet.data_validation(HEAD_ROWS, position, HEAD_ROWS + len(self.scored) - 1, position, {
                    "validate": "list", "source": f"={column.choices}", "error_type": "warning"})


def _node(measure: Measure) -> ex.Expression | None:
    """How a measure follows from other cells of today; None when it needs facts or another day."""
    if measure.ago or measure.kind not in ("formula", "value"):
        return None
    node = measure.formula if measure.kind == "formula" else ex.Name(str(measure.column))
    if node is None or measure.per is None:
        return node
    by = ex.Name(measure.per) if isinstance(measure.per, str) else ex.Constant(float(measure.per))
    return ex.Compute("/", node, by)


def _given(values: Values, data: Floats) -> Fill:
    """Values as people write them: words, truth values, dates as serial numbers; missing is an empty cell."""
    def fill(row: int, i: int) -> Content:
        number = data[i]
        if np.isnan(number):
            return None
        if values.kind == "text":
            return values.words[int(number)]
        if values.kind == "bool":
            return bool(number)
        return float(number) + (SERIAL_OF_EPOCH if values.kind == "date" else 0)
    return fill


def _number_format(values: Values) -> str | None:
    if values.kind != "date":
        return None
    known = values.data[~np.isnan(values.data)]
    return style.DATE if bool(np.all(known == np.floor(known))) else style.MOMENT
