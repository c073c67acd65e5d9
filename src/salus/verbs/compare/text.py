"""The text of `salus compare`: the bands on both dates, then the largest falls and rises."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_band_change, format_label
from salus.channels.text.render import render
from salus.channels.text.score_notes import SMOOTHING, note_dead_zone
from salus.channels.text.tables import format_entity_groups, format_table
from salus.channels.text.values import format_band, format_difference, format_number, format_signed
from salus.channels.text.width import add_command, wrap
from salus.model.model import Model
from salus.sanitize import one_line, sanitize
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
    groups = [group for group in (falls[:MAX_MOVES], rises[:MAX_MOVES]) if group]
    lines += _tables(groups, result.model)
    moves = [move for group in groups for move in group]
    return "\n".join([*lines, *_notes(result.model, moves), *_next(result, falls)])


def _counts(before: int, after: int) -> list[str]:
    return [f"{before:,}", f"{after:,}", format_signed(after - before, 0)]


def _notes(model: Model, moves: Sequence[ScoreMove]) -> list[str]:
    """How to read the reasons and the bands."""
    if not moves:
        return []
    reasons = [_main_reason(move, model) for move in moves]
    smoothing = any("smoothing" in reason for reason in reasons)
    bands = [(move.score_from, move.band_from) for move in moves]
    bands += [(move.score_to, move.band_to) for move in moves]
    return [
        "",
        *wrap("A main reason can be larger than the change if other reasons work against it."),
        *(wrap(SMOOTHING) if smoothing else []),
        *note_dead_zone(model, bands),
    ]


def _next(result: Comparison, falls: Sequence[ScoreMove]) -> list[str]:
    """How to see all reasons for the biggest fall."""
    if not falls:
        return []
    explain = suggest_command(
        "explain", one_line(falls[0].id), "--as-of", result.second, "--since", result.first
    )
    return add_command("Next: see all reasons for the biggest fall", explain)


def _points(move: ScoreMove) -> float:
    return 0.0 if move.change is None else move.change.score


def _tables(groups: Sequence[Sequence[ScoreMove]], model: Model) -> list[str]:
    """A table of the falls and one of the rises, with columns of the same width."""
    head = [sanitize(model.entity.name), "name", "band", "from", "to", "change", "main reason"]
    rows = [[_row(move, model) for move in moves] for moves in groups]
    lines: list[str] = []
    for moves, table in zip(
        groups, format_entity_groups(head, rows, 3, text_last=True), strict=True
    ):
        title = "Biggest falls" if _points(moves[0]) < 0 else "Biggest rises"
        lines += ["", title, *table]
    return lines


def _row(move: ScoreMove, model: Model) -> list[str]:
    return [
        sanitize(move.id),
        sanitize(move.label or ""),
        format_band_change(move.band_from or "", move.band_to or ""),
        format_number(move.score_from),
        format_number(move.score_to),
        format_difference(move.score_to, move.score_from),
        _main_reason(move, model),
    ]


def _rule(move: ScoreMove, effect: float) -> str:
    """The rule that limits the score on one of the dates."""
    cap = move.cap_to if effect < 0 else move.cap_from
    if cap is None:
        return "a rule"
    label = f"rule “{format_label(cap)}”"
    return f"{label} no longer applies" if effect > 0 and move.cap_to != cap else label


def _main_reason(move: ScoreMove, model: Model) -> str:
    """The largest part in the direction of a change: a measure, a rule or the model. If it is
    smoothing, the largest measure comes first.
    """
    change = move.change
    assert change is not None  # only entities with two scores are shown
    direction = 1 if change.score > 0 else -1
    parts = [(format_label(name, model), effect) for name, effect in change.measures]
    parts += [
        ("another model", change.model),
        ("smoothing", change.smoothing or 0.0),
        (_rule(move, change.caps), change.caps),
    ]
    name, effect = max(parts, key=lambda part: direction * part[1])
    reason = f"{name} {format_signed(effect)}"
    measures = [part for part in change.measures if direction * part[1] > 0]
    if name != "smoothing" or not measures:
        return reason
    measure, points = measures[0]
    return f"{format_label(measure, model)} {format_signed(points)}, {reason}"
