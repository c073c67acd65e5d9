"""Attributes that scoring reads as they are today, because their history isn't kept."""

from __future__ import annotations

from collections.abc import Collection

from salus.kernel.cells import used_names
from salus.model.contracts import VALUE
from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.model import Model


def find_current_attributes(model: Model, changing: Collection[str]) -> tuple[str, ...]:
    """The attributes that scoring uses, without the `changing` ones, whose history is kept."""
    used = set(used_names(model)) - {measure.name for measure in model.everything}
    columns = {
        measure.column for measure in model.everything if measure.kind == "value" and measure.column
    }
    fixed = {model.entity.key, model.entity.starts, model.entity.ends}
    dated = {*changing, *([VALUE] if model.entity.valued_by_contracts else [])}
    return tuple(sorted((used | columns) - dated - fixed))


def find_current_measures(model: Model, changing: Collection[str]) -> tuple[str, ...]:
    """The scored measures that read such attributes, directly or through a formula."""
    attributes = set(find_current_attributes(model, changing))
    every = {measure.name: measure for measure in model.everything}
    return tuple(measure.name for measure in model.measures if attributes & _read(measure, every))


def find_current_names(model: Model, changing: Collection[str]) -> tuple[str, ...]:
    """The scored measures that read such attributes, then the attributes that none of them reads."""
    measures = find_current_measures(model, changing)
    every = {measure.name: measure for measure in model.everything}
    covered = set().union(*(_read(every[name], every) for name in measures))
    left = tuple(name for name in find_current_attributes(model, changing) if name not in covered)
    return (*measures, *left)


def _read(measure: Measure, every: dict[str, Measure]) -> set[str]:
    """The attributes that a measure depends on. Formulas never form a circle."""
    direct = set(find_names(measure.formula)) | (
        {measure.per} if isinstance(measure.per, str) else set()
    )
    direct |= {measure.column} if measure.kind == "value" and measure.column else set()
    further = [_read(every[name], every) for name in direct if name in every]
    return set().union(direct - set(every), *further)
