"""The aspects of a world that an engine must handle: kinds of measures, kinds of partials, and
every step from a table to facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from salus.facts.partials.requirements import required_partials
from salus.model.model import Model
from tests.engine.product import read_model
from tests.engine.worlds import world


def covering(seeds: range) -> list[int]:
    """A few of `seeds` whose worlds together have all aspects of all seeds."""
    wanted = {seed: frozenset(aspects(of(seed))) for seed in seeds}
    left = frozenset().union(*wanted.values())
    chosen = []
    while left:
        chosen.append(max(wanted, key=lambda seed: len(wanted[seed] & left)))
        left -= wanted[chosen[-1]]
    return chosen


def of(seed: int) -> Model:
    case = world(Random(seed), 1)
    return read_model(case.model, case.holidays)


def aspects(model: Model) -> Iterator[tuple[object, ...]]:
    yield "table", model.entity.table is not None, model.entity.history is not None
    changes = None if model.entity.history is None else model.entity.history.changes
    yield "fields", changes is not None, changes is not None and changes.before is not None
    yield "active", model.entity.active is not None
    yield "contracts", model.entity.contracts is not None, model.entity.valued_by_contracts
    rates = None if model.entity.contracts is None else model.entity.contracts.rates
    yield "rates", rates is not None, rates is not None and rates.to is not None
    for measure in model.everything:
        yield "kind", measure.kind
        yield "weighted", measure.weighted_by is not None
    for need in required_partials(model).values():
        source, spec = model.sources[need.spec.source], need.spec
        late = source.recorded is not None
        yield "shape", spec.mode, spec.ending, late
        yield "end", spec.ending, source.until is not None, source.until_recorded is not None
        yield (
            "next",
            spec.ending and source.until_next,
            source.until_group is not None,
            late and not need.only_open,
        )
        yield (
            "lookup",
            source.lookup is not None,
            source.lookup is not None and source.lookup.time is not None,
        )
        yield "row", source.id is not None, bool(source.columns), source.where is not None
