"""`salus check --freeze`: the numbers of percentiles, taken at the model's reference date and
written into its file.
"""

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
ONE_BAND: tuple[tuple[str, Anchor], ...] = (("any", 0.0),)


def freeze(workspace: Workspace) -> Path:
    """Write the `frozen:` block of `salus.yaml`. Raises ModelError, and writes nothing, when that
    can't be done.
    """
    path = workspace.folder / "salus.yaml"
    text = path.read_text(encoding="utf-8")
    model = _read(text, workspace.folder)
    if not _any(model):
        raise ModelError(
            [
                Problem(
                    "salus.yaml",
                    None,
                    None,
                    "the model has no percentile, so there is nothing to freeze",
                    "write one as `bad: p10`",
                )
            ]
        )
    if model.reference is None:
        raise ModelError(
            [
                Problem(
                    "salus.yaml",
                    None,
                    None,
                    "percentiles need a date at which they are taken",
                    "write `reference: 2026-01-31` at the top level",
                )
            ]
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
    """The block's text: numbers of measures first, with which the scores are made that bands are
    taken from.
    """
    assert model.reference is not None
    days = np.array([day_number(model.reference)], dtype=np.int32)
    known = load_facts(model, connection, required_grid(model, days), workspace.partials)
    parts = [part for part in compute_cells(model, known, days) if len(part)]
    if not parts:
        raise empty_population(model, model.reference)
    found = join_cells(parts, model)
    measures = {
        name: _percentiles(found.values[name].data, ranks)
        for name, ranks in _of_measures(model).items()
    }
    block = _written(model, measures, {}, {})
    if not _of_bands(model.bands) and not any(_of_bands(one.bands) for one in model.scores):
        return block
    halfway = _read(without_block(text) + block, workspace.folder, thaw=False)
    plain = replace(
        halfway,
        bands=ONE_BAND,
        dead_zone=0.0,
        scores=tuple(replace(one, bands=ONE_BAND) for one in halfway.scores),
    )
    scored = score_all(plain, known, days)
    assert scored is not None
    bands = _percentiles(scored.score, _of_bands(model.bands))
    scores = {
        one.name: _percentiles(scored.further[one.name].guarded, _of_bands(one.bands))
        for one in model.scores
    }
    return _written(
        model, measures, bands, {name: numbers for name, numbers in scores.items() if numbers}
    )


def _any(model: Model) -> bool:
    return bool(
        _of_measures(model)
        or _of_bands(model.bands)
        or any(_of_bands(one.bands) for one in model.scores)
    )


def _scales(model: Model) -> Iterator[tuple[str, Scale]]:
    for measure in model.measures:
        if measure.scale is not None:
            yield measure.name, measure.scale
    for segment in model.segments:
        yield from segment.scales.items()


def _of_measures(model: Model) -> dict[str, list[Percentile]]:
    found: dict[str, dict[Percentile, None]] = {}
    for name, scale in _scales(model):
        if isinstance(scale, Curve) and scale.percentiles:
            found.setdefault(name, {}).update(dict.fromkeys(scale.percentiles))
    return {name: list(ranks) for name, ranks in found.items()}


def _of_bands(bands: tuple[tuple[str, Anchor], ...]) -> list[Percentile]:
    return [limit for _, limit in bands if isinstance(limit, Percentile)]


def _percentiles(data: NDArray[np.float64], ranks: list[Percentile]) -> Numbers:
    """Linear between neighbours, to six decimals."""
    there = data[~np.isnan(data)]
    if ranks and not len(there):
        raise ModelError(
            [
                Problem(
                    "salus.yaml",
                    None,
                    None,
                    "no value at the reference date to take percentiles of",
                    "choose another `reference:` date",
                )
            ]
        )
    return {str(rank): round(float(np.percentile(there, rank.rank)), 6) for rank in ranks}


def _written(
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
    """The file without its `frozen:` block, ending in a line break.

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
