"""Results as plain text, for a terminal, a pipe and a notebook. Bands are shape and word, never
colour alone.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from salus.channels.text.tables import format_table
from salus.channels.text.values import format_band, format_number, format_value
from salus.model.model import UNKNOWN, Model
from salus.sanitize import one_line, sanitize
from salus.scoring.change import Change

if TYPE_CHECKING:
    from salus.scores.scores import Scores
    from salus.verbs.explain.explain import Explained
    from salus.verbs.history.history import Comparison, Line
    from salus.verbs.replay.replay import Replayed

TEN = 10
REPLAYED = 24  # dates of a replay that are shown


def portfolio(scores: Scores) -> str:
    """How many entities stand in each band, what is at stake there, and the ten worst."""
    model = scores.model
    lines = [
        (
            f"{sanitize(model.name)} · {len(scores)} {sanitize(model.entity.names)} on {scores.as_of} · "
            f"model {model.fingerprint}"
        ),
        "",
    ]
    lines += format_table(
        ["band", sanitize(model.entity.names), "share", *_money_head(model)], _bands(scores)
    )
    worst = scores.order[:TEN]
    lines += ["", f"the {len(worst)} lowest scores"]
    rows = [
        [
            sanitize(scores.ids[row]),
            sanitize(scores.labels[row] or ""),
            _band_of(scores, row),
            format_number(_score(scores, row)),
            f"{scores.scored.main.coverage[row]:.0%}",
            *([format_number(scores.money[row], 0)] if model.entity.value else []),
        ]
        for row in worst
    ]
    lines += format_table(
        [model.entity.name, "label", "band", "score", "coverage", *_money_head(model)], rows, 3
    )
    lines += [f"note: {one_line(note)}" for note in scores.notes]
    return "\n".join(lines)


def _money_head(model: Model) -> list[str]:
    if model.entity.value is None:
        return []
    return [
        model.entity.value
        + (f" {sanitize(model.entity.currency)}" if model.entity.currency else "")
    ]


def _bands(scores: Scores) -> list[list[str]]:
    money: dict[str, float] = {}
    for row in range(len(scores)):
        band = scores.scored.band_name(int(scores.scored.band[row]))
        money[band] = money.get(band, 0.0) + (scores.money[row] or 0.0)
    worth = scores.model.entity.value is not None
    return [
        [
            format_band(scores.model, band),
            f"{count:,}",
            f"{count / len(scores):.0%}",
            *([format_number(money.get(band, 0.0), 0)] if worth else []),
        ]
        for band, count in scores.bands().items()
    ]


def _band_of(scores: Scores, row: int) -> str:
    return format_band(scores.model, scores.scored.band_name(int(scores.scored.band[row])))


def _score(scores: Scores, row: int) -> float | None:
    value = scores.scored.score[row]
    return None if value != value else float(value)


def explanation(found: Explained) -> str:
    """Measure by measure; the last column sums to the score."""
    why = found.why
    name = f"{sanitize(found.id)} {sanitize(found.label)}" if found.label else sanitize(found.id)
    lines = [
        f"{name} · {found.as_of} · score {format_number(why.score)} · {why.band.replace('_', ' ')} · "
        f"coverage {why.coverage:.0%}"
        + (f" · segment {why.segment}" if why.segment else "")
        + f" · model {found.fingerprint}",
        *_other(found),
        "",
    ]
    rows = [
        [
            line.dimension,
            line.name,
            format_value(line.value) if line.missing is None else line.missing,
            format_number(line.points, 0),
            f"{line.weight:.1%}",
            format_number(line.contribution, 2),
        ]
        for line in why.measures
    ]
    rows += [
        ["held", line.measure, f"last seen {line.last_seen}", "", "", format_number(line.effect, 2)]
        for line in why.held
    ]
    if why.smoothing is not None:
        rows += [["smoothed", "", "the days before", "", "", format_number(why.smoothing, 2)]]
    rows += [
        [
            "cap",
            sanitize(line.name),
            f"at most {line.at_most:g}",
            "",
            "",
            format_number(line.effect, 2),
        ]
        for line in why.caps
    ]
    rows += [["", "score", "", "", "", format_number(why.score, 2)]]
    lines += format_table(["dimension", "measure", "value", "points", "weight", "adds"], rows, 2)
    if why.inputs:
        lines += [
            "",
            "also known: "
            + ", ".join(
                f"{line.name} {format_value(line.value) if line.missing is None else line.missing}"
                for line in why.inputs
            ),
        ]
    lines += ["", *_next(found)]
    return "\n".join([*lines, *_changed(found)])


def _other(found: Explained) -> list[str]:
    """Which model spoke before."""
    if found.other is None:
        return []
    return [f"until {found.other.last} the model {found.other.fingerprint} spoke"]


def _next(found: Explained) -> list[str]:
    if found.to_next_band is None:
        return ["nothing realistic reaches the next band"]
    if not found.to_next_band:
        return [
            (
                "in the best band"
                if found.best
                else "the next band is reached when everything stays as it is"
            )
        ]
    head = "to the next band, once it has stayed so:" if found.settles else "to the next band:"
    return [head] + [
        f"  {step.measure} from {format_value(step.start)} to {format_value(step.to)}  ({step.gain:+.1f})"
        for step in found.to_next_band
    ]


def _changed(found: Explained) -> list[str]:
    if found.since is None:
        return []
    if found.change is None:
        return ["", f"no score to compare with on {found.since}"]
    change = found.change
    parts = [
        f"{name} {value:+.1f}"
        for name, value in (
            ("data", change.data),
            ("missing", change.missing),
            ("model", change.model),
            ("smoothing", change.smoothing),
            ("caps", change.caps),
        )
        if value
    ]
    lines = [
        "",
        f"since {found.since}: {change.score:+.1f}" + (f" = {', '.join(parts)}" if parts else ""),
    ]
    return lines + [f"  {name} {effect:+.2f}" for name, effect in change.measures[:TEN]]


def line(found: Line) -> str:
    """One row per date."""
    rows = [
        [
            point.as_of.isoformat(),
            point.band.replace("_", " "),
            format_number(point.score),
            f"{point.coverage:.0%}",
            f"{point.fingerprint}{' replayed' if point.replayed else ''}",
        ]
        for point in found.points
    ]
    changed = [
        f"from {after.first} on the model {after.fingerprint} spoke, until {before.last}"
        f" {before.fingerprint}"
        for before, after in pairwise(found.spoke)
    ]
    return "\n".join(
        [
            sanitize(found.id),
            *format_table(["date", "band", "score", "coverage", "model"], rows, 2),
            *changed,
        ]
    )


def comparison(found: Comparison) -> str:
    """The bands at both dates, the ten biggest falls and rises with their main reason."""
    lines = [f"{found.first} → {found.second}", ""]
    lines += format_table(
        ["band", str(found.first), str(found.second), "change"],
        [
            [band.replace("_", " "), str(n["from"]), str(n["to"]), f"{n['to'] - n['from']:+d}"]
            for band, n in found.bands.items()
        ],
    )
    if found.crossed.model:
        lines += [
            "",
            (
                f"change of band: {found.crossed.data:,} by data, {found.crossed.model:,} by"
                " another model than then"
            ),
        ]
    moved = [move for move in found.moves if move.change is not None]
    falls = [move for move in moved if move.change is not None and move.change.score < 0][:TEN]
    rises = [move for move in reversed(moved) if move.change is not None and move.change.score > 0][
        :TEN
    ]
    for title, several in (("biggest falls", falls), ("biggest rises", rises)):
        rows = [
            [
                sanitize(move.id),
                sanitize(move.label or ""),
                (
                    f"{(move.band_from or '').replace('_', ' ')} → "
                    f"{(move.band_to or '').replace('_', ' ')}"
                ),
                format_number(move.score_from),
                format_number(move.score_to),
                f"{move.change.score:+.1f}",
                _reason(move.change),
            ]
            for move in several
            if move.change
        ]
        if rows:
            lines += [
                "",
                title,
                *format_table(["", "label", "band", "from", "to", "change", "mostly"], rows, 3),
            ]
    return "\n".join(lines)


def _reason(change: Change) -> str:
    """The largest part of a change: a measure, the model, the days before, or a cap."""
    others = [
        ("the model", change.model),
        ("the days before", change.smoothing or 0.0),
        ("a cap", change.caps),
    ]
    name, effect = max([*change.measures, *others], key=lambda part: abs(part[1]))
    return f"{name} {effect:+.1f}"


def replayed(replay: Replayed) -> str:
    """What a replay holds: how many stood in each band at its dates, thinned out to a page."""
    days = list(replay.dates)
    step = -(-len(days) // REPLAYED)
    shown = days[::-1][::step][::-1]
    names = [*(name for name, _ in replay.model.bands), UNKNOWN]
    rows = [
        [
            day.isoformat(),
            *(format_number(count, 0) for count in (sum(bands.values()), *bands.values())),
        ]
        for day in shown
        for bands in [replay.bands[day]]
    ]
    every = f" (every {step} of them shown)" if step > 1 else ""
    head = (
        f"{one_line(replay.model.name)}: {len(days)} dates, {days[0]} to {days[-1]}, every"
        f" {replay.every}{every}"
    )
    there = (
        f"files: {replay.computed} computed, {replay.there} were there for this model and these"
        " data"
    )
    notes = [f"note: {one_line(note)}" for note in replay.notes]
    lines = format_table(
        ["date", "population", *(format_band(replay.model, name) for name in names)], rows
    )
    return "\n".join([head, "", *lines, "", there, *notes])
