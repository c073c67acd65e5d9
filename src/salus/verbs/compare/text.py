"""The text of `salus compare`: the bands on both dates, then the largest falls and rises."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_band_change, format_label
from salus.channels.text.render import render
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_band, format_difference, format_number
from salus.channels.text.width import add_command
from salus.sanitize import one_line, sanitize
from salus.scoring.change import ScoreChange
from salus.verbs.compare.result import Comparison, ScoreMove

MAX_MOVES = 10


@render.register
def render_comparison(result: Comparison) -> str:
    """The bands on both dates, then the ten largest falls and rises with their main reason."""
    entity = result.model.entity
    rows = [
        [format_band(result.model, band), *_counts(count["from"], count["to"])]
        for band, count in result.bands.items()
    ]
    total = [sum(count[side] for count in result.bands.values()) for side in ("from", "to")]
    rows.append([f"all {sanitize(entity.names)}", *_counts(*total)])
    lines = [f"{sanitize(result.model.name)} · {result.first} → {result.second}", ""]
    lines += format_table(["band", str(result.first), str(result.second), "change"], rows)
    changes = result.band_changes
    if changes.model:
        lines += [
            "",
            f"Changes of band: {changes.data:,} because the data changed, {changes.model:,} because"
            " the model changed",
        ]
    falls = [move for move in result.moves if _points(move) < 0]
    rises = [move for move in reversed(result.moves) if _points(move) > 0]
    for title, moves in (("Biggest falls", falls), ("Biggest rises", rises)):
        lines += _moves(title, moves, sanitize(entity.name))
    return "\n".join([*lines, *_ending(result, falls)])


def _counts(before: int, after: int) -> list[str]:
    return [f"{before:,}", f"{after:,}", f"{after - before:+,}" if after != before else "0"]


def _ending(result: Comparison, falls: Sequence[ScoreMove]) -> list[str]:
    """How to read the reasons, and what to do next."""
    if not any(_points(move) for move in result.moves):
        return []
    lines = [
        "",
        "A main reason can be larger than the change if other reasons work against it.",
    ]
    if falls:
        explain = suggest_command(
            "explain", one_line(falls[0].id), "--as-of", result.second, "--since", result.first
        )
        lines += add_command("Next: see all reasons for the biggest fall", explain)
    return lines


def _points(move: ScoreMove) -> float:
    return 0.0 if move.change is None else move.change.score


def _moves(title: str, moves: Sequence[ScoreMove], entity: str) -> list[str]:
    rows = [
        [
            sanitize(move.id),
            sanitize(move.label or ""),
            format_band_change(move.band_from or "", move.band_to or ""),
            format_number(move.score_from),
            format_number(move.score_to),
            format_difference(move.score_to, move.score_from),
            _main_reason(move.change, move.cap),
        ]
        for move in moves[:MAX_MOVES]
        if move.change is not None
    ]
    if not rows:
        return []
    head = [entity, "name", "band", "from", "to", "change", "main reason"]
    return ["", title, *format_entities(head, rows, 3, text_last=True)]


def _main_reason(change: ScoreChange, cap: str | None) -> str:
    """The largest part in the direction of a change: a measure, a rule or the model. If it is
    smoothing, the largest measure comes first.
    """
    direction = 1 if change.score > 0 else -1
    parts = [(format_label(name), effect) for name, effect in change.measures]
    parts += [
        ("another model", change.model),
        ("smoothing", change.smoothing or 0.0),
        ("a rule" if cap is None else f"rule “{format_label(cap)}”", change.caps),
    ]
    name, effect = max(parts, key=lambda part: direction * part[1])
    reason = f"{name} {effect:+.1f}"
    measures = [part for part in change.measures if direction * part[1] > 0]
    if name != "smoothing" or not measures:
        return reason
    measure, points = measures[0]
    return f"{format_label(measure)} {points:+.1f}, {reason}"
