"""The text of a proposed model: the project's file with other weights, curves and band limits.

Comments and layout of the file are kept.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from salus.insight.learning.band_limits import BandLimits
from salus.model.curve import Scale, WordScale
from salus.model.model import Model

MIN_WEIGHT = 0.01  # of 100: a weight can't be 0


def set_weights(model: Model, shares: Mapping[str, float]) -> Model:
    """The model whose measures have these shares of the score as weights."""
    weights = {name: max(round(100 * share, 2), MIN_WEIGHT) for name, share in shares.items()}
    dimensions = []
    for dimension in model.dimensions:
        measures = tuple(
            replace(measure, weight=weights[measure.name]) for measure in dimension.measures
        )
        total = round(sum(measure.weight for measure in measures), 2)
        dimensions.append(replace(dimension, measures=measures, weight=total))
    return replace(model, dimensions=tuple(dimensions))


def set_limits(model: Model, bands: BandLimits) -> Model:
    """The model with the proposed limits; unchanged if none are proposed."""
    return replace(model, bands=bands.limits) if bands.limits else model


def has_percentile_limits(model: Model) -> bool:
    """Whether the file gives a band limit as a percentile; the model itself holds its number."""
    from ruamel.yaml import YAML

    bands = YAML(typ="safe").load(model.text).get("bands") or {}
    return any(isinstance(limit, str) and limit.startswith("p") for limit in bands.values())


def write_yaml(model: Model, new_curves: Collection[str], comments: list[str]) -> str:
    """The model's file with the weights and limits of `model`, under these comment lines.

    The measures named in `new_curves` also get the curve of `model`.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 4096
    document = yaml.load(model.text)
    for dimension in model.dimensions:
        block = document["dimensions"][dimension.name]
        block["weight"] = dimension.weight
        for measure in dimension.measures:
            fields = block["measures"][measure.name]
            fields["weight"] = measure.weight
            if measure.name in new_curves:
                _write_scale(fields, measure.scale)
    _write_limits(document, model)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return "".join(f"# {line}\n" for line in comments) + stream.getvalue()


def _write_limits(document: Any, model: Model) -> None:
    """Write the band limits that differ from those in the file, or from the default ones."""
    from ruamel.yaml.comments import CommentedMap

    own = document.get("bands")
    limits = {
        name: int(limit) if float(limit).is_integer() else limit
        for name, limit in model.bands
        if isinstance(limit, float)
    }
    if len(limits) < len(model.bands) or (own is None and tuple(model.bands) == Model.bands):
        return
    if own is None:
        own = document["bands"] = CommentedMap()
        own.fa.set_flow_style()
    own.update(
        {name: limit for name, limit in limits.items() if name not in own or own[name] != limit}
    )


def _write_scale(fields: Any, scale: Scale | None) -> None:
    """Replace the scale of a measure."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    for name in ("bad", "good", "curve", "points"):
        fields.pop(name, None)
    if isinstance(scale, WordScale):
        points = CommentedMap(scale.points)
        points.fa.set_flow_style()
        fields["points"] = points
    elif scale is not None:
        knots = CommentedSeq([CommentedSeq([value, points]) for value, points in scale.knots])
        knots.fa.set_flow_style()
        fields["curve"] = knots
