"""Results as plain text, for a terminal, a pipe and a notebook. Bands are shape and word, never
colour alone.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from salus.channels.text.lines import safe, safe_line
from salus.model.model import UNKNOWN, Model
from salus.scoring.change import Change
from salus.scoring.explanation import Value, plain

if TYPE_CHECKING:
    from salus.scores.scores import Scores
    from salus.verbs.explain.explain import Explained
    from salus.verbs.history.history import Comparison, Line
    from salus.verbs.replay.replay import Replayed

TEN = 10
REPLAYED = 24  # dates of a replay that are shown


def mark(model: Model, band: str) -> str:
    """A band's shape and word: ● the best, ▼ the worst, ◆ between, ○ unknown."""
    names = [name for name, _ in model.bands]
    shape = (
        "○"
        if band == UNKNOWN or band not in names
        else "●"
        if band == names[0]
        else "▼"
        if band == names[-1]
        else "◆"
    )
    return f"{shape} {band.replace('_', ' ')}"


def number(value: float | None, digits: int = 1) -> str:
    """A number with thousands apart, `–` for none.

    >>> number(1234567.25), number(None), number(0.43, 2)
    ('1,234,567.2', '–', '0.43')
    """
    return "–" if value is None else f"{value:,.{digits}f}"


def told(value: Value) -> str:
    """A measure's value: whole numbers without decimals, others with four significant digits."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"
    return safe(plain(value))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> list[str]:
    """Lines of a table; the first `left` columns flush left, the others right."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def as_html(text: str) -> str:
    """The text for a notebook."""
    return f"<pre>{html.escape(text)}</pre>"


def portfolio(scores: Scores) -> str:
    """How many entities stand in each band, what is at stake there, and the ten worst."""
    model = scores.model
    lines = [
        (
            f"{safe(model.name)} · {len(scores)} {safe(model.entity.names)} on {scores.as_of} · "
            f"model {model.fingerprint}"
        ),
        "",
    ]
    lines += table(["band", safe(model.entity.names), "share", *_money_head(model)], _bands(scores))
    worst = scores.order[:TEN]
    lines += ["", f"the {len(worst)} lowest scores"]
    rows = [
        [
            safe(scores.ids[row]),
            safe(scores.labels[row] or ""),
            _band_of(scores, row),
            number(_score(scores, row)),
            f"{scores.scored.main.coverage[row]:.0%}",
            *([number(scores.money[row], 0)] if model.entity.value else []),
        ]
        for row in worst
    ]
    lines += table(
        [model.entity.name, "label", "band", "score", "coverage", *_money_head(model)], rows, 3
    )
    lines += [f"note: {safe_line(note)}" for note in scores.notes]
    return "\n".join(lines)


def _money_head(model: Model) -> list[str]:
    if model.entity.value is None:
        return []
    return [
        model.entity.value + (f" {safe(model.entity.currency)}" if model.entity.currency else "")
    ]


def _bands(scores: Scores) -> list[list[str]]:
    money: dict[str, float] = {}
    for row in range(len(scores)):
        band = scores.scored.band_name(int(scores.scored.band[row]))
        money[band] = money.get(band, 0.0) + (scores.money[row] or 0.0)
    worth = scores.model.entity.value is not None
    return [
        [
            mark(scores.model, band),
            f"{count:,}",
            f"{count / len(scores):.0%}",
            *([number(money.get(band, 0.0), 0)] if worth else []),
        ]
        for band, count in scores.bands().items()
    ]


def _band_of(scores: Scores, row: int) -> str:
    return mark(scores.model, scores.scored.band_name(int(scores.scored.band[row])))


def _score(scores: Scores, row: int) -> float | None:
    value = scores.scored.score[row]
    return None if value != value else float(value)


def explanation(found: Explained) -> str:
    """Measure by measure; the last column sums to the score."""
    why = found.why
    name = f"{safe(found.id)} {safe(found.label)}" if found.label else safe(found.id)
    lines = [
        f"{name} · {found.as_of} · score {number(why.score)} · {why.band.replace('_', ' ')} · "
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
            told(line.value) if line.missing is None else line.missing,
            number(line.points, 0),
            f"{line.weight:.1%}",
            number(line.contribution, 2),
        ]
        for line in why.measures
    ]
    rows += [
        ["held", line.measure, f"last seen {line.last_seen}", "", "", number(line.effect, 2)]
        for line in why.held
    ]
    if why.smoothing is not None:
        rows += [["smoothed", "", "the days before", "", "", number(why.smoothing, 2)]]
    rows += [
        ["cap", safe(line.name), f"at most {line.at_most:g}", "", "", number(line.effect, 2)]
        for line in why.caps
    ]
    rows += [["", "score", "", "", "", number(why.score, 2)]]
    lines += table(["dimension", "measure", "value", "points", "weight", "adds"], rows, 2)
    if why.inputs:
        lines += [
            "",
            "also known: "
            + ", ".join(
                f"{line.name} {told(line.value) if line.missing is None else line.missing}"
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
        f"  {step.measure} from {told(step.start)} to {told(step.to)}  ({step.gain:+.1f})"
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
            number(point.score),
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
        [safe(found.id), *table(["date", "band", "score", "coverage", "model"], rows, 2), *changed]
    )


def comparison(found: Comparison) -> str:
    """The bands at both dates, the ten biggest falls and rises with their main reason."""
    lines = [f"{found.first} → {found.second}", ""]
    lines += table(
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
                safe(move.id),
                safe(move.label or ""),
                (
                    f"{(move.band_from or '').replace('_', ' ')} → "
                    f"{(move.band_to or '').replace('_', ' ')}"
                ),
                number(move.score_from),
                number(move.score_to),
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
                *table(["", "label", "band", "from", "to", "change", "mostly"], rows, 3),
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
        [day.isoformat(), *(number(count, 0) for count in (sum(bands.values()), *bands.values()))]
        for day in shown
        for bands in [replay.bands[day]]
    ]
    every = f" (every {step} of them shown)" if step > 1 else ""
    head = (
        f"{safe_line(replay.model.name)}: {len(days)} dates, {days[0]} to {days[-1]}, every"
        f" {replay.every}{every}"
    )
    there = (
        f"files: {replay.computed} computed, {replay.there} were there for this model and these"
        " data"
    )
    notes = [f"note: {safe_line(note)}" for note in replay.notes]
    lines = table(["date", "population", *(mark(replay.model, name) for name in names)], rows)
    return "\n".join([head, "", *lines, "", there, *notes])
