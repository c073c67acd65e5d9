"""The text of `salus compare`: the bands on both dates, then the largest falls and rises."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.text.labels import format_label
from salus.channels.text.render import render
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_number
from salus.sanitize import sanitize
from salus.scoring.change import ScoreChange
from salus.verbs.compare.result import Comparison, ScoreMove

MAX_MOVES = 10


@render.register
def render_comparison(result: Comparison) -> str:
    """The bands on both dates, then the ten largest falls and rises with their main reason."""
    rows = [
        [format_label(band), str(n["from"]), str(n["to"]), f"{n['to'] - n['from']:+d}"]
        for band, n in result.bands.items()
    ]
    lines = [f"{result.first} → {result.second}", ""]
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
    return "\n".join([*lines, *_moves("Biggest falls", falls), *_moves("Biggest rises", rises)])


def _points(move: ScoreMove) -> float:
    return 0.0 if move.change is None else move.change.score


def _moves(title: str, moves: Sequence[ScoreMove]) -> list[str]:
    rows = [
        [
            sanitize(move.id),
            sanitize(move.label or ""),
            f"{format_label(move.band_from or '')} → {format_label(move.band_to or '')}",
            format_number(move.score_from),
            format_number(move.score_to),
            f"{move.change.score:+.1f}",
            _main_reason(move.change, move.cap),
        ]
        for move in moves[:MAX_MOVES]
        if move.change is not None
    ]
    if not rows:
        return []
    head = ["", "name", "band", "from", "to", "change", "main reason"]
    return ["", title, *format_entities(head, rows, 3, text_last=True)]


def _main_reason(change: ScoreChange, cap: str | None) -> str:
    """The largest part of a change: a measure, a rule, the model or smoothing."""
    parts = [(format_label(name), effect) for name, effect in change.measures]
    parts += [
        ("another model", change.model),
        ("smoothing", change.smoothing or 0.0),
        ("a rule" if cap is None else f"rule “{format_label(cap)}”", change.caps),
    ]
    name, effect = max(parts, key=lambda part: abs(part[1]))
    return f"{name} {effect:+.1f}"
