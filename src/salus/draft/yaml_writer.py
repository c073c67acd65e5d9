"""The lines of a model as YAML that people read: one line one measure, each with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from salus.draft.lines import DIMENSIONS, Body, InputDraft, MeasureDraft, SourceDraft

_PLAIN = re.compile(r"[A-Za-z_][\w./ -]*\w|[A-Za-z_]")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
WIDTH = 110  # of lines in comments


def render_scalar(value: object) -> str:
    """A value of a flow mapping; texts are quoted wherever YAML could read them as something else.

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
    raise TypeError(f"no YAML for {type(value).__name__}")


def _bare(text: str) -> bool:
    if re.fullmatch(r"-?\d{1,5}[dw]|-?\d+%", text):
        return True
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _WORDS


def render_comment(text: str) -> str:
    """A text as a comment: on one line, whatever a header or file name holds.

    >>> render_comment("a\\nb")
    '# a b'
    """
    return "# " + " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def render_block(
    name: str, lines: Iterable[tuple[str, Body, str]], indent: str = "  "
) -> list[str]:
    """A block of named flow mappings, aligned, with their reasons above them."""
    rows = list(lines)
    if not rows:
        return []
    width = max(len(render_scalar(row[0])) for row in rows)
    found = [f"{indent[:-2]}{name}:"]
    for key, body, why in rows:
        if why:
            found.append(indent + render_comment(why))
        found.append(f"{indent}{render_scalar(key) + ':':<{width + 1}} {render_scalar(body)}")
    return found


def render_model(
    title: Iterable[str],
    head: Body,
    entity: Mapping[str, tuple[object, str]],
    sources: Iterable[SourceDraft],
    inputs: Iterable[InputDraft],
    measures: Iterable[tuple[MeasureDraft, Body, str]],
    tail: Iterable[str],
) -> str:
    """The whole file. `measures` come with their points and how those came about."""
    lines = [
        "# yaml-language-server: $schema=./salus.schema.json",
        *(render_comment(line) for line in title),
    ]
    lines += [f"{key}: {render_scalar(value)}" for key, value in head.items()]
    lines.append("entity:")
    lines += [
        f"  {key}: {render_scalar(value)}" + (f"    {render_comment(why)}" if why else "")
        for key, (value, why) in entity.items()
    ]
    lines += render_block("sources", ((one.name, one.body, one.why) for one in sources))
    lines += render_block("inputs", ((one.name, one.body, one.why) for one in inputs))
    lines.append("dimensions:")
    scored = list(measures)
    for dimension in (
        name for name in DIMENSIONS if any(one.dimension == name for one, _, _ in scored)
    ):
        lines += [f"  {dimension}:", f"    weight: {DIMENSIONS[dimension]}"]
        own = [(one, points, how) for one, points, how in scored if one.dimension == dimension]
        lines += render_block(
            "measures",
            ((one.name, _whole(one, points), _reason(one, how)) for one, points, how in own),
            " " * 6,
        )
    return "\n".join([*lines, *tail]) + "\n"


def _whole(line: MeasureDraft, points: Body) -> Body:
    return {**line.body, **points, **({"weight": line.weight} if line.weight != 1 else {})}


def _reason(line: MeasureDraft, how: str) -> str:
    return f"{line.why}; anchors: {how}" if how else line.why
