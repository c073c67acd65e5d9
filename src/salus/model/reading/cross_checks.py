"""What only the whole model shows: names used twice, circles, percentiles without a date, sources
nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.plural import with_article
from salus.model.reading.context import AS_OF, OF_RESULT, ReadContext
from salus.model.yaml.document import MappingNode, Scalar
from salus.model.yaml.findings import Place
from salus.model.yaml.section import Fields

MOST_STEPS = 50  # formulas that need one another in a row
RESERVED = (AS_OF, *OF_RESULT)


def unique_names(root: MappingNode, context: ReadContext) -> None:
    """Measures, inputs, attributes, dimensions and scores share conditions, so each name means one
    thing.
    """
    taken: dict[str, str] = dict.fromkeys(context.names.attributes, "an attribute")
    for key, what in _named(root):
        if key.text in RESERVED:
            context.error(
                key.place,
                f"`{key.text}` is a reserved name in conditions",
                f"give this {what} another name",
            )
        elif key.text in taken:
            context.error(
                key.place,
                f"`{key.text}` is already the name of {taken[key.text]}",
                f"give this {what} another name",
            )
        else:
            taken[key.text] = f"{with_article(what)} on line {key.place.line}"


def _named(root: MappingNode) -> Iterable[tuple[Scalar, str]]:
    yield from ((key, "input") for key, _ in root.block("inputs").entries)
    for dimension, node in root.block("dimensions").entries:
        yield dimension, "dimension"
        if isinstance(node, MappingNode):
            yield from ((key, "measure") for key, _ in node.block("measures").entries)
    yield from ((key, "score") for key, _ in root.block("scores").entries)


def waiting(fields: Fields, context: ReadContext) -> None:
    """What the language has, and nothing acts on yet."""
    for name in ("stages", "signals", "plays"):
        if fields.says(name):
            context.warning(
                fields.keys[name].place,
                f"`{name}` are checked, but Salus doesn't use them yet",
                "keep them for later, or remove them",
            )


def circles(measures: Iterable[Measure], context: ReadContext) -> None:
    """A measure that needs itself has no value."""
    every = {measure.name: measure for measure in measures}
    reads = {name: _reads(measure, every) for name, measure in every.items()}
    done: set[str] = set()
    for name in every:
        path: list[str] = []
        _follow(name, reads, path, done, every, context)


def _reads(measure: Measure, every: Mapping[str, Measure]) -> list[str]:
    read = set(find_names(measure.formula)) | (
        {measure.per} if isinstance(measure.per, str) else set()
    )
    return sorted(read & set(every))


def _follow(
    name: str,
    reads: Mapping[str, list[str]],
    path: list[str],
    done: set[str],
    every: Mapping[str, Measure],
    context: ReadContext,
) -> None:
    """Depth first; `path` is the way here. A chain longer than the stack allows is refused like a
    circle.
    """
    if name in path:
        round_ = [*path[path.index(name) :], name]
        first = every[name]
        place = Place(first.line or 1, first.column_of_line or 1)
        context.error(
            place,
            "these measures depend on one another in a circle: "
            + " → ".join(f"`{step}`" for step in round_),
            "compute one of them from the sources",
        )
    elif len(path) > MOST_STEPS:
        first = every[name]
        context.error(
            Place(first.line or 1, first.column_of_line or 1),
            f"more than {MOST_STEPS} formulas depend on one another in a row",
            "combine some of them",
        )
    elif name not in done:
        for other in reads[name]:
            _follow(other, reads, [*path, name], done, every, context)
        done.add(name)


def percentiles(model: Model, context: ReadContext) -> None:
    """Percentiles need a date, and then their numbers."""
    if not context.loose:
        return
    place, first = context.loose[0]
    if model.reference is None:
        context.error(
            place,
            f"the percentile {first} has no reference date",
            "add one, such as reference: 2026-01-31",
        )
        return
    count = len(context.loose)
    missing = (
        f"{count} percentiles have no values yet (the first is {first})"
        if count > 1
        else f"the percentile {first} has no value yet"
    )
    context.warning(place, f"{missing}, so nothing can be scored", "run `salus check --freeze`")


def zone(model: Model, place: Place, context: ReadContext) -> None:
    """Between two limits, and up to 100, there must be scores that lie clear of both zones."""
    limits = [100.0, *(limit for _, limit in model.bands if isinstance(limit, float | int))]
    if len(limits) <= len(model.bands):
        return  # some are percentiles without a number yet
    room = min((above - below) / 2 for above, below in pairwise(limits))
    if model.dead_zone >= room > 0:
        context.error(
            place,
            f"`dead_zone` must be less than half of the smallest band, not {model.dead_zone:g}",
            f"use less than {room:g}",
        )


def unread_sources(root: MappingNode, model: Model, context: ReadContext) -> None:
    """A source that nothing reads is most often a slip; where the entity has no table it still
    makes the population.
    """
    read = {measure.source for measure in model.everything} | {
        outcome.quiet for outcome in model.outcomes
    }
    read |= {quantity.source for quantity in model.metrics.declared.values()}
    if model.entity.active is not None:
        read.add(model.entity.active.source)
    if model.entity.purchases is not None:
        read.add(model.entity.purchases.source)
    if model.entity.table is None:
        return
    for key, _ in root.block("sources").entries:
        if key.text not in read:
            context.warning(
                key.place,
                f"no measure reads source `{key.text}`",
                "remove it, or add a measure",
            )
