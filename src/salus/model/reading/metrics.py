"""Reads `metrics:`."""

from __future__ import annotations

from collections.abc import Mapping

from salus.model.expressions.names import split_name
from salus.model.metrics import Metrics, Quantity
from salus.model.reading.context import ReadContext
from salus.model.source import Source
from salus.model.yaml.section import Fields

SURVEYS = ("csat", "ces")
AMOUNTS = ("invoiced", "overdue")


def read_metrics(fields: Fields, sources: Mapping[str, Source], context: ReadContext) -> Metrics:
    """Read the metrics. Each key names a source, or a source and a column."""
    quantities = {
        name: _read_survey(name, fields.get(name), context)
        for name in SURVEYS
        if fields.get(name) is not None
    }
    for name in ("nps", "first_value", *AMOUNTS):
        if fields.get(name) is not None:
            quantities[name] = _read_citation(
                name, fields, name, context, whole_facts=name == "first_value"
            )
    for name in AMOUNTS:
        quantity = quantities.get(name)
        source = sources.get(quantity.source) if quantity else None
        if source is not None and not source.ends:
            context.error(
                fields.place_of(name),
                f"`{name}` needs the day of payment, but source `{source.name}` has no `until`",
                f"add until: with the column of the payment to source `{source.name}`",
            )
    return Metrics(**quantities)


def _read_citation(
    name: str, fields: Fields, key: str, context: ReadContext, *, whole_facts: bool
) -> Quantity | None:
    """Read `source.column`, or a source if the metric reads whole facts."""
    source, column = split_name(str(fields.get(key)))
    place, title = (
        fields.place_of(key),
        f"metric `{name}`" if key == name else f"`{key}` of metric `{name}`",
    )
    if not context.check_declared(
        source, place, context.names.sources, f"metric `{name}` reads source"
    ):
        return None
    if whole_facts and column:
        context.error(place, f"{title} reads whole facts, not a column", f"write {key}: {source}")
    if not whole_facts and not column:
        context.error(place, f"{title} needs a column", f"write {key}: {source}.column")
    return Quantity(source, column or None)


def _read_survey(name: str, fields: Fields, context: ReadContext) -> Quantity | None:
    """Read a survey: the share of answers that meet a condition, or the mean of a scale."""
    kinds = [kind for kind in ("share", "mean") if fields.has(kind)]
    if len(kinds) != 1:
        if not fields.strange or kinds:
            context.error(
                fields.place,
                f"metric `{name}` has {'both' if kinds else 'neither'} `share` {'and' if kinds else 'nor'} `mean`",
                'write {share: source, of: "score >= 4"} or {mean: source.column, bad: 1, good: 7}',
            )
        return None
    _check_survey(name, kinds[0], fields, context)
    of = context.expression(fields, "of")
    cited = (
        _read_citation(name, fields, kinds[0], context, whole_facts=kinds[0] == "share")
        if fields.get(kinds[0]) is not None
        else None
    )
    return (
        None
        if cited is None
        else Quantity(cited.source, cited.column, of, fields.get("bad"), fields.get("good"))
    )


def _check_survey(name: str, kind: str, fields: Fields, context: ReadContext) -> None:
    needed, forbidden = (
        (("of",), ("bad", "good")) if kind == "share" else (("bad", "good"), ("of",))
    )
    missing = [key for key in needed if not fields.has(key)]
    if missing:
        reason = (
            "which answers count"
            if kind == "share"
            else "the worst and the best answer of the scale"
        )
        context.error(
            fields.place,
            f"metric `{name}` needs {' and '.join(f'`{key}`' for key in missing)}: {reason}",
            f"add {', '.join(f'{key}: …' for key in missing)}",
        )
    for key in filter(fields.has, forbidden):
        context.error(
            fields.keys[key].place,
            f"`{key}` can't be used with `{kind}` in metric `{name}`",
            "remove it",
        )
    bad, good = fields.get("bad"), fields.get("good")
    if bad is not None and bad == good:
        context.error(
            fields.place_of("good"),
            f"`bad` and `good` of metric `{name}` are equal",
            "write the worst and the best answer of the scale",
        )
