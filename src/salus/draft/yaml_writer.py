"""Writes a model as YAML for people: one line for each measure, below a comment with its reason."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from salus.draft.lines import DIMENSIONS, Body, InputDraft, LinkDraft, MeasureDraft, SourceDraft

_PLAIN = re.compile(r"[A-Za-z_][\w./ -]*\w|[A-Za-z_]")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
BlockLine = tuple[str, Body, str]  # name, body, comment


def render_scalar(value: object) -> str:
    """A value in a flow mapping. A text is quoted if YAML could read it as something else.

    >>> render_scalar("28d"), render_scalar("No"), render_scalar("Customer: id"), render_scalar([[0.5, 100], [1, 0]]), render_scalar({"a": True})
    ('28d', '"No"', '"Customer: id"', '[[0.5, 100], [1, 0]]', '{a: true}')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:.15g}"
        case str():
            return value if _bare(value) else json.dumps(value, ensure_ascii=False)
        case Mapping():
            return (
                "{"
                + ", ".join(
                    f"{render_scalar(key)}: {render_scalar(inner)}" for key, inner in value.items()
                )
                + "}"
            )
        case list() | tuple():
            return "[" + ", ".join(render_scalar(inner) for inner in value) + "]"
    raise TypeError(f"a {type(value).__name__} can't be written as YAML")


def _bare(text: str) -> bool:
    if re.fullmatch(r"-?\d{1,5}[dw]|-?\d+%", text):
        return True
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _WORDS


def render_comment(text: str) -> str:
    """A text as a comment of one line, whatever characters a header or file name holds.

    >>> render_comment("a\\nb")
    '# a b'
    """
    return "# " + " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def render_block(name: str, lines: Iterable[BlockLine], indent: str = "  ") -> list[str]:
    """A block of named flow mappings, aligned, each with its comment above it."""
    rows = list(lines)
    if not rows:
        return []
    width = max(len(render_scalar(row[0])) for row in rows)
    text = [f"{indent[:-2]}{name}:"]
    for key, body, why in rows:
        if why:
            text.append(indent + render_comment(why))
        text.append(f"{indent}{render_scalar(key) + ':':<{width + 1}} {render_scalar(body)}")
    return text


@dataclass(frozen=True)
class ScoredMeasure:
    """A measure with its points; `how` says how its anchors were chosen."""

    draft: MeasureDraft
    points: Body
    how: str = ""
    label: str | None = None

    @property
    def line(self) -> BlockLine:
        """Its line in the block of measures."""
        weight = {"weight": self.draft.weight} if self.draft.weight != 1 else {}
        why = f"{self.draft.why}; {self.how}" if self.how else self.draft.why
        body = {**_labelled(self.label), **self.draft.body, **self.points, **weight}
        return self.draft.name, body, why


def _labelled(label: str | None) -> Body:
    return {} if label is None else {"label": label}


@dataclass(frozen=True, kw_only=True)
class ModelText:
    """Everything that a model's file holds, in the order of the file."""

    title: tuple[str, ...]  # comments
    head: Body
    entity: Mapping[str, tuple[object, str]]  # key -> value and comment
    sources: tuple[SourceDraft, ...]
    inputs: tuple[InputDraft, ...]
    measures: tuple[ScoredMeasure, ...]
    tail: tuple[str, ...]  # lines of YAML
    weights: Mapping[str, int] = field(default_factory=dict)  # of dimensions, instead of the usual
    links: tuple[LinkDraft, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # of inputs
    zone_note: str = ""  # a comment above the time zone


def render_model(model: ModelText) -> str:
    """The whole file."""
    lines = [
        "# yaml-language-server: $schema=./salus.schema.json",
        *(render_comment(line) for line in model.title),
    ]
    for key, value in model.head.items():
        if key == "timezone" and model.zone_note:
            lines.append(render_comment(model.zone_note))
        lines.append(f"{key}: {render_scalar(value)}")
    lines.append("entity:")
    lines += [
        f"  {key}: {render_scalar(value)}" + (f"    {render_comment(why)}" if why else "")
        for key, (value, why) in model.entity.items()
    ]
    lines += render_block("links", ((line.name, line.body, line.why) for line in model.links))
    lines += render_block("sources", ((line.name, line.body, line.why) for line in model.sources))
    inputs = [
        (line.name, {**_labelled(model.labels.get(line.name)), **line.body}, line.why)
        for line in model.inputs
    ]
    lines += render_block("inputs", inputs)
    return "\n".join([*lines, *_dimensions(model), *model.tail]) + "\n"


def _dimensions(model: ModelText) -> list[str]:
    """The dimensions that have measures."""
    by_dimension = defaultdict(list)
    for measure in model.measures:
        by_dimension[measure.draft.dimension].append(measure.line)
    lines = ["dimensions:    " + render_comment("weights needn't add up to 100")]
    for dimension, weight in DIMENSIONS.items():
        if dimension in by_dimension:
            lines += [f"  {dimension}:", f"    weight: {model.weights.get(dimension, weight)}"]
            lines += render_block("measures", by_dimension[dimension], " " * 6)
    return lines
