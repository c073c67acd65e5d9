"""Checks of the whole model: names used twice, circles, percentiles without a date, unused sources."""

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

MOST_STEPS = 50  # of formulas that depend on one another
RESERVED = (AS_OF, *OF_RESULT)


def check_unique_names(root: MappingNode, context: ReadContext) -> None:
    """Check that no two measures, inputs, attributes, dimensions and scores have the same name.

    Conditions can use all of them, so a name must mean one thing.
    """
    taken: dict[str, str] = dict.fromkeys(context.names.attributes, "an attribute")
    for key, what in _named_keys(root):
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


def _named_keys(root: MappingNode) -> Iterable[tuple[Scalar, str]]:
    yield from ((key, "input") for key, _ in root.block("inputs").entries)
    for dimension, node in root.block("dimensions").entries:
        yield dimension, "dimension"
        if isinstance(node, MappingNode):
            yield from ((key, "measure") for key, _ in node.block("measures").entries)
    yield from ((key, "score") for key, _ in root.block("scores").entries)


def check_lookups(fields: Fields, model: Model, context: ReadContext) -> None:
    """Check that a lookup by the names of a link that changes over time has a time, too."""
    for key, own in fields.get("sources", []):
        source = model.sources[key.text]
        path = source.lookup.path if source.lookup is not None else None
        link = model.links.get(path.link or "") if path is not None else None
        if source.lookup is None or link is None or not source.lookup.uses_rows_of(link):
            continue
        if link.time is not None and source.lookup.time is None:
            context.error(
                own.get("lookup").place_of("on"),
                f"link `{link.name}` changes over time, but the lookup of source `{key.text}` has no"
                " time",
                f"add time: {link.time} to the lookup",
            )


def check_unused_blocks(fields: Fields, context: ReadContext) -> None:
    """Warn about blocks that Salus doesn't use yet."""
    for name in ("stages", "signals", "plays"):
        if fields.has(name):
            context.warning(
                fields.keys[name].place,
                f"`{name}` are checked, but Salus doesn't use them yet",
                "keep them for later, or remove them",
            )


def check_circles(measures: Iterable[Measure], context: ReadContext) -> None:
    """Check that no measure depends on itself."""
    every = {measure.name: measure for measure in measures}
    reads = {name: _reads(measure, every) for name, measure in every.items()}
    done: set[str] = set()
    for name in every:
        path: list[str] = []
        _follow_reads(name, reads, path, done, every, context)


def _reads(measure: Measure, every: Mapping[str, Measure]) -> list[str]:
    read = set(find_names(measure.formula)) | (
        {measure.per} if isinstance(measure.per, str) else set()
    )
    return sorted(read & set(every))


def _follow_reads(
    name: str,
    reads: Mapping[str, list[str]],
    path: list[str],
    done: set[str],
    every: Mapping[str, Measure],
    context: ReadContext,
) -> None:
    """Follow what a measure reads, depth first; `path` has the measures on the way.

    A very long chain is an error like a circle, because it could overflow the stack.
    """
    if name in path:
        circle = [*path[path.index(name) :], name]
        first = every[name]
        place = Place(first.line or 1, first.column_of_line or 1)
        context.error(
            place,
            "these measures depend on one another in a circle: "
            + " → ".join(f"`{step}`" for step in circle),
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
            _follow_reads(other, reads, [*path, name], done, every, context)
        done.add(name)


def check_percentiles(model: Model, context: ReadContext) -> None:
    """Check that percentiles have a reference date and values."""
    if not context.unresolved:
        return
    place, first = context.unresolved[0]
    if model.reference is None:
        context.error(
            place,
            f"the percentile {first} has no reference date",
            "add one, such as reference: 2026-01-31",
        )
        return
    count = len(context.unresolved)
    missing = (
        f"{count} percentiles have no values yet (the first is {first})"
        if count > 1
        else f"the percentile {first} has no value yet"
    )
    context.warning(place, f"{missing}, so nothing can be scored", "run `salus check --freeze`")


def check_dead_zone(model: Model, place: Place, context: ReadContext) -> None:
    """Check that each band has scores outside the dead zones of both of its limits."""
    limits = [100.0, *(limit for _, limit in model.bands if isinstance(limit, float | int))]
    if len(limits) <= len(model.bands):
        return  # some limits are percentiles without a value
    room = min((above - below) / 2 for above, below in pairwise(limits))
    if model.dead_zone >= room > 0:
        context.error(
            place,
            f"`dead_zone` must be less than half of the smallest band, not {model.dead_zone:g}",
            f"use less than {room:g}",
        )


def check_unread_sources(root: MappingNode, model: Model, context: ReadContext) -> None:
    """Warn about a source that nothing reads, which is probably a mistake.

    If the entity has no table, a source may be there only for the population.
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
