"""The live sheet: change a value, a word or a weight, and the score follows by the engine's own
rules.

One row per entity. Columns from left to right: result, values (yellow cells are inputs), held and
last values, conditions, points, dimensions, steps to the score. Each formula carries the engine's
result, for viewers that don't compute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from salus.channels.workbook import points as formulas
from salus.channels.workbook import style
from salus.channels.workbook.column import (
    ROW,
    TemplateColumn,
    compute_column,
    fixed_values,
    list_numbers,
    number_format,
)
from salus.channels.workbook.condition import (
    CellValue,
    NotLive,
    fits_in_cell,
    text_literal,
    write_condition,
    write_value,
)
from salus.channels.workbook.model_sheet import NO_SEGMENT, ModelCells
from salus.channels.workbook.results import ScoreStep, TemplateResults
from salus.channels.workbook.sheet import MOST_COLUMNS, Formula, Sheet, column_name
from salus.channels.workbook.style import Styles
from salus.errors import UsageError
from salus.model.expressions import expression as ex
from salus.model.measure import Measure
from salus.model.model import UNKNOWN
from salus.scoring.scored import Floats, Scored

GROUP_ROW, TOP, HEAD_ROW, HEAD_ROWS = 1, 2, 3, 4
FAR_ROW = "1000000"  # as long as the number of a row gets
Key = tuple[str, str]


class Template:
    """Columns by key, in order: ("own", measure) are points of its value, ("mean", score) is a step
    to it.

    The main score has the name "".
    """

    def __init__(
        self,
        scored: Scored,
        found: TemplateResults,
        places: ModelCells,
        ids: Sequence[str],
        labels: Sequence[str | None],
    ) -> None:
        self.scored, self.model, self.results, self.places = scored, scored.model, found, places
        self.notes: list[str] = []  # what isn't live, and why; known once the sheet is written
        self.guarded = bool(scored.cells.last)
        self.zoned = scored.model.dead_zone > 0 and len(scored.model.bands) > 1
        self.columns: dict[Key, TemplateColumn] = {
            ("", "id"): TemplateColumn(group="", head="id", contents=ids, width=14),
            ("", "label"): TemplateColumn(group="", head="label", contents=labels, width=28),
        }
        for declare in (
            self._result,
            self._values,
            self._stand_ins,
            self._days_before,
            self._conditions,
            self._points,
            self._dimensions,
            self._steps,
        ):
            declare()
        if len(self.columns) > MOST_COLUMNS:
            raise UsageError(
                "the model has more measures than a sheet has columns", "write .parquet or .csv"
            )
        self._where = {key: position for position, key in enumerate(self.columns)}

    def _at(self, kind: str, name: str) -> str:
        """The cell of a column in the formula's own row."""
        return f"{column_name(self._where[kind, name])}{ROW}"

    def _across(self, kind: str, first: str, last: str, row: str = ROW) -> str:
        """The cells from one column to another; by default in the formula's own row."""
        one, other = column_name(self._where[kind, first]), column_name(self._where[kind, last])
        return f"{one}{row}:{other}{row}"

    def _all_dimensions(self, kind: str) -> str:
        return self._across(kind, self.model.dimensions[0].name, self.model.dimensions[-1].name)

    @property
    def _segment(self) -> str:
        """The row of the entity's segment among the weights, from 1; the first is for no
        segment.
        """
        return self._at("segment", "row") if self.model.segments else "1"

    # ------------------------------------------------------------ the result

    def _result(self) -> None:
        for score, step in self.results.steps.items():
            names = self.places.band_names[score]
            bands = [UNKNOWN if position < 0 else names[position] for position in step.band]
            self.columns["score", score] = TemplateColumn(
                group="Result",
                head=score or "score",
                contents=list_numbers(step.final),
                formula=partial(self._final, score),
                look={"bold": True},
                number=style.SCORE,
            )
            self.columns["band", score] = TemplateColumn(
                group="Result",
                head=f"{score} band".strip(),
                contents=bands,
                formula=partial(self._band, score),
            )
            self.columns["coverage", score] = TemplateColumn(
                group="Result",
                head=f"{score} coverage".strip(),
                contents=list_numbers(step.coverage),
                formula=partial(self._coverage, score),
                look={},
                number=style.SHARE,
            )
        if self.model.segments:
            names = [NO_SEGMENT, *(segment.name for segment in self.model.segments)]
            self.columns["segment", "name"] = TemplateColumn(
                group="Result",
                head="segment",
                contents=[names[position + 1] for position in self.scored.cells.segment],
                formula=lambda: f"INDEX({self.places.segments},{self._segment})",
            )

    def _final(self, score: str) -> str:
        steps = (
            [self._at("uncapped", "")]
            if not score and self.model.remembers
            else self._means_of(score)
        )
        if not score and self.model.caps:
            steps.append(self._at("cap", ""))
        return f'IF(ISNUMBER({steps[0]}),MIN({",".join(steps)}),"")'

    def _means_of(self, score: str) -> list[str]:
        """The cells of the mean and, with a guard, of the mean with last values: the lower one
        stands.
        """
        return [
            self._at(kind, score)
            for kind in ("mean", "mean with last")
            if kind == "mean" or self.guarded
        ]

    def _uncapped(self) -> str:
        steps = self._means_of("")
        lower = f"MIN({','.join(steps)})"
        if self.model.smooth:
            lower = f"({lower}+{self._at('past', 'total')})/(1+{self._at('past', 'weight')})"
        return f'IF(ISNUMBER({steps[0]}),{lower},"")'

    def _kept(self) -> str:
        return formulas.kept_formula(
            self._at("uncapped", ""),
            self._at("past", "band"),
            self.places.zone,
            self.places.bands[""][0],
            self.places.inner,
        )

    def _band(self, score: str) -> str:
        if not score and self.zoned:
            return formulas.kept_band_formula(
                self._at("score", ""),
                self._at("uncapped", ""),
                self._at("coverage", ""),
                self.places.least,
                self._at("kept", ""),
                *self.places.bands[""],
            )
        return formulas.band_formula(
            self._at("score", score),
            self._at("coverage", score),
            self.places.least,
            *self.places.bands[score],
        )

    def _coverage(self, score: str) -> str:
        weights = self._all_dimensions(f"weight {score}")
        return f"IF(SUM({weights})>0,SUMPRODUCT({weights},{self._all_dimensions('covered')})/SUM({weights}),0)"

    # ------------------------------------------------------------ values

    @property
    def _cells(self) -> dict[str, CellValue]:
        """Every name that a condition or formula can read."""
        known = {
            name: CellValue(self._at("value", name), values.kind)
            for name, values in self.scored.cells.values.items()
        }
        return {**known, "as_of": CellValue(self.places.as_of, "date")}

    def _values(self) -> None:
        measures = {measure.name: measure for measure in self.model.everything}
        for name, values in self.scored.cells.values.items():
            measure = measures.get(name)
            group = "Attributes" if measure is None else "Values" if measure.scored else "Inputs"
            node = _node(measure) if measure else None
            formula = partial(self._value, node, values.kind) if node else None
            self.columns["value", name] = TemplateColumn(
                group=group,
                head=name,
                contents=fixed_values(values, values.data),
                formula=formula,
                look={} if node else style.INPUT,
                number=number_format(values),
                choices=None if node else self.places.words.get(name),
            )

    def _value(self, node: ex.Expression, kind: str) -> str:
        if isinstance(node, ex.Name) and kind in ("text", "bool"):
            cell = self._at("value", node.name)
            return f'IF({"ISTEXT" if kind == "text" else "ISLOGICAL"}({cell}),{cell},"")'
        return write_value(node, self._cells)

    def _stand_ins(self) -> None:
        """What stands in for missing values comes from history, so these are inputs."""
        cells = self.scored.cells
        for measure in self.model.measures:
            if measure.if_missing == "hold":
                self._stand_in(
                    "held",
                    "Held values (if missing: hold)",
                    measure.name,
                    cells.held[measure.name].data,
                )
        for name, last in cells.last.items():
            self._stand_in("last", "Last values (guard)", name, last.data)

    def _stand_in(self, kind: str, group: str, name: str, data: Floats) -> None:
        values = self.scored.cells.values[name]
        self.columns[kind, name] = TemplateColumn(
            group=group,
            head=name,
            contents=fixed_values(values, data),
            formula=None,
            look=style.INPUT,
            number=number_format(values),
            choices=self.places.words.get(name),
        )

    def _days_before(self) -> None:
        """What the scores of the days before bring along comes from history, so these are inputs
        too.
        """
        past, group = self.scored.cells.past, "Days before"
        if past is not None and self.model.smooth:
            self.columns["past", "total"] = TemplateColumn(
                group=group,
                head="sum of weighted scores",
                contents=list_numbers(past.total),
                formula=None,
                look=style.INPUT,
            )
            self.columns["past", "weight"] = TemplateColumn(
                group=group,
                head="sum of weights",
                contents=list_numbers(past.weight),
                formula=None,
                look=style.INPUT,
            )
        if past is not None and self.zoned:
            names = [
                None if position < 0 else self.model.bands[position][0] for position in past.band
            ]
            self.columns["past", "band"] = TemplateColumn(
                group=group,
                head="band",
                contents=names,
                formula=None,
                look=style.INPUT,
                choices=self.places.bands[""][0],
            )

    # ------------------------------------------------------------ conditions

    def _conditions(self) -> None:
        for segment in self.model.segments:
            self._condition("is", segment.name, segment.when, "Segments")
        if self.model.segments:
            self.columns["segment", "row"] = TemplateColumn(
                group="Segments",
                head="first that holds",
                contents=list_numbers(self.scored.cells.segment + 2),
                formula=self._segment_row,
                look=style.WORKING,
            )
        for cap in self.model.caps:
            self._condition(
                "cap of",
                cap.name,
                cap.when,
                "Caps",
                Formula(self.places.caps[cap.name], cap.at_most),
            )
        if self.model.caps:
            self.columns["cap", ""] = TemplateColumn(
                group="Caps",
                head="lowest that holds",
                contents=list_numbers(self.results.ceiling),
                formula=self._ceiling,
                look=style.WORKING,
                number=style.CEILING,
            )

    def _condition(
        self, kind: str, name: str, when: ex.Expression, group: str, top: Formula | None = None
    ) -> None:
        self.columns[kind, name] = TemplateColumn(
            group=group,
            head=name,
            contents=self.results.holds[kind, name].tolist(),
            formula=lambda: write_condition(when, self._cells),
            look=style.WORKING,
            top=top,
        )

    def _segment_row(self) -> str:
        names = [segment.name for segment in self.model.segments]
        return f"IFERROR(MATCH(TRUE,{self._across('is', names[0], names[-1])},0),0)+1"

    def _ceiling(self) -> str:
        caps = (
            f"IF({self._at('cap of', cap.name)},{self.places.caps[cap.name]},1E+300)"
            for cap in self.model.caps
        )
        return f"MIN({','.join(caps)})"

    # ------------------------------------------------------------ points

    def _points(self) -> None:
        kinds: list[tuple[str, str, Callable[[Measure], str], dict[str, Floats]]] = [
            ("own", "Points of the values", self._own, self.results.own),
            ("counted", "Points that count", self._counted, self.results.counted),
        ]
        if self.guarded:
            kinds.append(
                ("lasting", "Points with last values", self._lasting, self.results.lasting)
            )
        for kind, group, formula, found in kinds:
            for measure in self.model.measures:
                self.columns[kind, measure.name] = TemplateColumn(
                    group=group,
                    head=measure.name,
                    contents=list_numbers(found[measure.name]),
                    formula=partial(formula, measure),
                    look=style.WORKING,
                    number=style.SCORE,
                    top=Formula(self.places.weights[measure.name], measure.weight),
                )

    def _own(self, measure: Measure) -> str:
        return self._scaled(measure, self._at("value", measure.name))

    def _scaled(self, measure: Measure, cell: str) -> str:
        """Points of a value on the scale of the entity's segment."""
        assert measure.scale is not None
        name, kind = measure.name, self.scored.cells.values[measure.name].kind
        usual = formulas.points_formula(cell, kind, measure.scale, self.places.scales[name, None])
        own = [
            (
                position,
                formulas.points_formula(
                    cell, kind, segment.scales[name], self.places.scales[name, segment.name]
                ),
            )
            for position, segment in enumerate(self.model.segments)
            if name in segment.scales
        ]
        return formulas.segment_formula(self._segment, usual, own)

    def _counted(self, measure: Measure) -> str:
        own, assumed = self._at("own", measure.name), self.places.assumed[measure.name]
        if measure.if_missing == "hold":
            held = self._scaled(measure, self._at("held", measure.name))
            assumed = f'IF({self.places.policies[measure.name]}="hold",{held},{assumed})'
        return f"IF(ISNUMBER({own}),{own},{assumed})"

    def _lasting(self, measure: Measure) -> str:
        own, counted, last = (self._at(kind, measure.name) for kind in ("own", "counted", "last"))
        points = self._scaled(measure, last)
        return f"IF(ISNUMBER({own}),{own},IF(ISNUMBER({points}),{points},{counted}))"

    # ------------------------------------------------------------ dimensions and steps

    def _dimensions(self) -> None:
        self._means("dimension", "Dimensions", "counted", self.results.dimensions)
        if self.guarded:
            self._means(
                "dimension with last",
                "Dimensions with last values",
                "lasting",
                self.results.dimensions_lasting,
            )
        for dimension in self.model.dimensions:
            self.columns["covered", dimension.name] = TemplateColumn(
                group="Weight with a value",
                head=dimension.name,
                contents=list_numbers(self.results.covered[dimension.name]),
                formula=partial(self._covered, dimension.measures),
                look=style.WORKING,
                number=style.SHARE,
            )

    def _means(self, kind: str, group: str, source: str, found: dict[str, Floats]) -> None:
        for dimension in self.model.dimensions:
            self.columns[kind, dimension.name] = TemplateColumn(
                group=group,
                head=dimension.name,
                contents=list_numbers(found[dimension.name]),
                formula=partial(self._mean, source, dimension.measures),
                look=style.WORKING,
                number=style.SCORE,
            )

    def _mean(self, kind: str, measures: Sequence[Measure]) -> str:
        first, last = measures[0].name, measures[-1].name
        return formulas.mean_formula(
            self._across(kind, first, last, f"${TOP + 1}"), self._across(kind, first, last)
        )

    def _covered(self, measures: Sequence[Measure]) -> str:
        first, last = measures[0].name, measures[-1].name
        weights = self._across("own", first, last, f"${TOP + 1}")
        return (
            f"SUMPRODUCT({weights},ISNUMBER({self._across('own', first, last)})*1)/SUM({weights})"
        )

    def _steps(self) -> None:
        for score, step in self.results.steps.items():
            for dimension in self.model.dimensions:
                self.columns[f"weight {score}", dimension.name] = TemplateColumn(
                    group=f"Weights of dimensions {score}".strip(),
                    head=dimension.name,
                    contents=list_numbers(step.nominal[dimension.name]),
                    formula=partial(self._weight, score, dimension.name),
                    look=style.WORKING,
                )
            self._step(score, step)
            if not score and self.model.remembers:
                self._remembered()

    def _remembered(self) -> None:
        """The main score with the days before, and the band that the dead zone gives it."""
        group, found = "Steps to the score", self.results
        self.columns["uncapped", ""] = TemplateColumn(
            group=group,
            head="before caps",
            contents=list_numbers(found.uncapped),
            formula=self._uncapped,
            look=style.WORKING,
            number=style.SCORE,
        )
        if self.zoned:
            self.columns["kept", ""] = TemplateColumn(
                group=group,
                head="band by dead zone",
                contents=list_numbers(found.kept),
                formula=self._kept,
                look=style.WORKING,
            )

    def _weight(self, score: str, dimension: str) -> str:
        return f"INDEX({self.places.shares[score, dimension]},{self._segment})"

    def _step(self, score: str, step: ScoreStep) -> None:
        for kind, dimensions, found in (
            ("mean", "dimension", step.plain),
            ("mean with last", "dimension with last", step.lasting),
        ):
            if kind == "mean" or self.guarded:
                self.columns[kind, score] = TemplateColumn(
                    group="Steps to the score",
                    head=f"{score} {kind}".strip(),
                    contents=list_numbers(found),
                    formula=partial(self._score, score, dimensions),
                    look=style.WORKING,
                    number=style.SCORE,
                )

    def _score(self, score: str, dimensions: str) -> str:
        return formulas.mean_formula(
            self._all_dimensions(f"weight {score}"), self._all_dimensions(dimensions)
        )

    # ------------------------------------------------------------ writing

    def write(self, sheet: Sheet, styles: Styles, title: str) -> None:
        """Fill the sheet, row by row."""
        texts = [self._text(column) for column in self.columns.values()]
        self._heads(sheet, styles, title)
        looks = [
            styles(
                dict(column.look) if text or not column.formula else style.INPUT,
                number=column.number,
            )
            for column, text in zip(self.columns.values(), texts, strict=True)
        ]
        columns = list(zip(self.columns.values(), texts, looks, strict=True))
        for i in range(len(self.scored)):
            row = HEAD_ROWS + i
            for position, (column, text, look) in enumerate(columns):
                content = column.contents[i]
                sheet.put(
                    row,
                    position,
                    content if text is None else compute_column(text, row, content),
                    look,
                )
        sheet.freeze_panes(HEAD_ROWS, 2)
        self._colours(sheet, styles)
        self._choices(sheet)

    def _text(self, column: TemplateColumn) -> str | None:
        """The formula of a column; None where its cells hold plain values."""
        if column.formula is None:
            return None
        try:
            text = column.formula()
            fits_in_cell(text.replace(ROW, FAR_ROW))
        except NotLive as why:
            self.notes.append(
                f"{column.group}, {column.head}: the cells keep what Salus found, because {why}."
            )
            return None
        return text

    def _heads(self, sheet: Sheet, styles: Styles, title: str) -> None:
        columns = list(self.columns.values())
        sheet.put(0, 0, title, styles(style.TITLE))
        for position, column in enumerate(columns):
            sheet.set_column(
                position, position, 20 if column.number == style.MOMENT else column.width
            )
            if position == 0 or column.group != columns[position - 1].group:
                sheet.put(GROUP_ROW, position, column.group or None, styles(style.GROUP))
        sheet.put(TOP, 0, "weight, or at most", styles(style.HINT))
        for position, column in enumerate(columns):
            if column.top is not None:
                sheet.put(TOP, position, column.top, styles(style.HINT))
        for position, column in enumerate(columns):
            sheet.put(HEAD_ROW, position, column.head, styles(style.HEAD))

    def _rows(self, column: int) -> tuple[int, int, int, int]:
        return HEAD_ROWS, column, HEAD_ROWS + len(self.scored) - 1, column

    def _colours(self, sheet: Sheet, styles: Styles) -> None:
        for score, names in self.places.band_names.items():
            for position in range(-1, len(names)):
                wanted = text_literal(names[position] if position >= 0 else UNKNOWN)
                looks: dict[str, Any] = {
                    "type": "cell",
                    "criteria": "==",
                    "value": f"={wanted}",
                    "format": styles(style.band_style(position, len(names))),
                }
                sheet.conditional_format(*self._rows(self._where["band", score]), looks)

    def _choices(self, sheet: Sheet) -> None:
        for position, column in enumerate(self.columns.values()):
            if column.choices:
                sheet.data_validation(
                    *self._rows(position),
                    {"validate": "list", "source": f"={column.choices}", "error_type": "warning"},
                )


def _node(measure: Measure) -> ex.Expression | None:
    """How a measure follows from other cells of the same day; None when it needs facts or another
    day.
    """
    if measure.ago or measure.kind not in ("formula", "value"):
        return None
    node = measure.formula if measure.kind == "formula" else ex.Name(str(measure.column))
    if node is None or measure.per is None:
        return node
    by = ex.Name(measure.per) if isinstance(measure.per, str) else ex.Constant(float(measure.per))
    return ex.Compute("/", node, by)
