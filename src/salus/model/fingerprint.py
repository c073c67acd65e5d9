"""The fingerprint of a model: eight hex digits that depend on everything that affects its scores.

It doesn't depend on comments, on spelling (`4w` or `28d`), on the order of sources and inputs, on
labels, outcomes, metrics, stages, signals and plays. It depends on the order of dimensions,
measures, bands, caps and segments, because sums are added in this order.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from salus.model.model import Model

_NOT_IN_SCORES = frozenset(
    {
        "Model.name",
        "Model.outcomes",
        "Model.metrics",
        "Model.reference",
        "Model.stages",
        "Model.signals",
        "Model.plays",
        "Model.file",
        "Model.text",
        "Model.fingerprint",
        "Entity.name",
        "Entity.label",
        "Entity.owner",
        "Entity.value",
        "Entity.currency",
        "Entity.attributes",
        "Entity.population",
        "Entity.smallest_group",
        "Entity.renewal",
        "Entity.purchases",
        "Source.purpose",
        "Link.name",
        "Link.corrected",  # belongs to the state of the data
        "FurtherScore.goal",
        "Measure.line",
        "Measure.column_of_line",
        "Measure.dimension",
        "Measure.label",
    }
)

# The hashed text contains class names. A renamed class keeps its first name there; otherwise every
# stored model would get another fingerprint.
_STORED_NAMES = {"FurtherScore": "Headline", "WordScale": "Words"}


def fingerprint(model: Model) -> str:
    """Return eight hex digits, equal for models that give the same scores."""
    text = json.dumps(
        _to_plain(_sorted_inputs(model)), sort_keys=True, ensure_ascii=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:8]


def _sorted_inputs(model: Model) -> Model:
    """Sort the inputs, and leave out the holidays unless a measure counts working days."""
    counts_working_days = any(measure.working for measure in model.everything)
    inputs = tuple(sorted(model.inputs, key=lambda measure: measure.name))
    return dataclasses.replace(
        model, inputs=inputs, holidays=model.holidays if counts_working_days else ()
    )


def _to_plain(value: Any) -> Any:
    """Turn a value into plain JSON values.

    Fields with their default value are left out, so that a new field doesn't change fingerprints.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        fields = {
            field.name: _to_plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if f"{name}.{field.name}" not in _NOT_IN_SCORES
            and getattr(value, field.name) != _default_of(field)
        }
        return {"": _STORED_NAMES.get(name, name), **fields}
    if isinstance(value, Mapping):
        return {str(key): _to_plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_to_plain(each) for each in value]
    return {"date": value.isoformat()} if isinstance(value, dt.date) else value


def _default_of(field: dataclasses.Field[Any]) -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    return (
        field.default_factory()
        if field.default_factory is not dataclasses.MISSING
        else dataclasses.MISSING
    )
