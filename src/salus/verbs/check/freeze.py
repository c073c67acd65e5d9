"""`salus check --freeze`: writes the numbers of percentiles at the reference date into salus.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from salus.atomic import atomic_write
from salus.errors import ModelError, Problem
from salus.facts.build import load_facts
from salus.kernel.cells import compute_cells, join_cells, required_grid
from salus.model.curve import Anchor, Curve, Percentile, Scale
from salus.model.model import Model
from salus.model.read import check_text
from salus.periods.day import day_number
from salus.scores.compute import empty_population
from salus.scoring.timeline import score_all
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace

Numbers = dict[str, float]
Bands = tuple[tuple[str, Anchor], ...]
ONE_BAND: Bands = (("any", 0.0),)


def freeze(workspace: Workspace) -> Path:
    """Write the `frozen:` block of `salus.yaml` and return the file's path.

    Raises ModelError and writes nothing if the model has no percentiles or no reference date.
    """
    path = workspace.folder / "salus.yaml"
    text = path.read_text(encoding="utf-8")
    model = _read(text, workspace.folder)
    if not _has_percentiles(model):
        raise _refuse(
            "the model has no percentiles, so there is nothing to freeze",
            "write a percentile as `bad: p10`",
        )
    if model.reference is None:
        raise _refuse(
            "the model has percentiles but no reference date",
            "write `reference: 2026-01-31` at the top level",
        )
    with workspace.connected() as connection:
        block = _block(model, connection, text, workspace)
    finished = without_block(text) + block
    _read(finished, workspace.folder, thaw=False)
    with atomic_write(path) as draft:
        draft.write_text(finished, encoding="utf-8")
    return path


def _read(text: str, folder: Path, *, thaw: bool = True) -> Model:
    model, problems = check_text(text, "salus.yaml", folder, thaw=thaw)
    if model is None:
        raise ModelError(problems)
    return model


def _block(model: Model, connection: Connection, text: str, workspace: Workspace) -> str:
    """The text of the block.

    The numbers of the measures come first, because the scores for the bands depend on them.
    """
    assert model.reference is not None
    days = np.array([day_number(model.reference)], dtype=np.int32)
    facts = load_facts(model, connection, required_grid(model, days), workspace.partials)
    parts = [part for part in compute_cells(model, facts, days) if len(part)]
    if not parts:
        raise empty_population(model, model.reference)
    cells = join_cells(parts, model)
    measures = {
        name: _percentiles(cells.values[name].data, ranks)
        for name, ranks in _of_measures(model).items()
    }
    block = _render(model, measures, {}, {})
    if not any(_of_bands(bands) for bands in _all_bands(model)):
        return block
    halfway = _read(without_block(text) + block, workspace.folder, thaw=False)
    without_bands = replace(
        halfway,
        bands=ONE_BAND,
        dead_zone=0.0,
        scores=tuple(replace(score, bands=ONE_BAND) for score in halfway.scores),
    )
    scored = score_all(without_bands, facts, days)
    assert scored is not None
    bands = _percentiles(scored.score, _of_bands(model.bands))
    scores = {
        score.name: _percentiles(scored.further[score.name].guarded, _of_bands(score.bands))
        for score in model.scores
    }
    return _render(
        model, measures, bands, {name: numbers for name, numbers in scores.items() if numbers}
    )


def _refuse(what: str, fix: str) -> ModelError:
    return ModelError([Problem("salus.yaml", None, None, what, fix)])


def _has_percentiles(model: Model) -> bool:
    return bool(_of_measures(model)) or any(_of_bands(bands) for bands in _all_bands(model))


def _all_bands(model: Model) -> list[Bands]:
    return [model.bands, *(score.bands for score in model.scores)]


def _scales(model: Model) -> Iterator[tuple[str, Scale]]:
    for measure in model.measures:
        if measure.scale is not None:
            yield measure.name, measure.scale
    for segment in model.segments:
        yield from segment.scales.items()


def _of_measures(model: Model) -> dict[str, list[Percentile]]:
    """The percentiles of each measure, in all segments."""
    percentiles: dict[str, dict[Percentile, None]] = {}
    for name, scale in _scales(model):
        if isinstance(scale, Curve) and scale.percentiles:
            percentiles.setdefault(name, {}).update(dict.fromkeys(scale.percentiles))
    return {name: list(ranks) for name, ranks in percentiles.items()}


def _of_bands(bands: Bands) -> list[Percentile]:
    return [limit for _, limit in bands if isinstance(limit, Percentile)]


def _percentiles(data: NDArray[np.float64], ranks: list[Percentile]) -> Numbers:
    """The percentiles of all values, linear between neighbours, to six decimals."""
    values = data[~np.isnan(data)]
    if ranks and not len(values):
        raise _refuse(
            "a measure or score with percentiles has no values at the reference date",
            "choose another `reference:` date",
        )
    return {str(rank): round(float(np.percentile(values, rank.rank)), 6) for rank in ranks}


def _render(
    model: Model, measures: Mapping[str, Numbers], bands: Numbers, scores: Mapping[str, Numbers]
) -> str:
    lines = [
        "frozen:                                # written by `salus check --freeze`",
        f"  reference: {model.reference}",
    ]
    if measures:
        lines += [
            "  measures:",
            *(f"    {name}: {_flow(numbers)}" for name, numbers in measures.items()),
        ]
    if bands:
        lines.append(f"  bands: {_flow(bands)}")
    if scores:
        lines += [
            "  scores:",
            *(f"    {name}: {_flow(numbers)}" for name, numbers in scores.items()),
        ]
    return "\n".join(lines) + "\n"


def _flow(numbers: Numbers) -> str:
    return "{" + ", ".join(f"{rank}: {number!r}" for rank, number in numbers.items()) + "}"


def without_block(text: str) -> str:
    """The text of a model without its `frozen:` block, with a line break at its end.

    >>> without_block("name: a\\nfrozen:\\n  bands: {p75: 3}\\ncaps: []")
    'name: a\\ncaps: []\\n'
    """
    kept, inside = [], False
    for line in text.splitlines():
        if re.match(r"frozen\s*:", line):
            inside = True
        elif inside and (not line.strip() or line[0] in " \t"):
            continue
        else:
            inside = False
            kept.append(line)
    return "\n".join(kept).rstrip() + "\n"
