"""The text of `salus score`: the bands and the lowest scores; during a rollout for both models."""

from __future__ import annotations

from collections.abc import Iterable

from salus.channels.text.commands import name_project, suggest_command
from salus.channels.text.labels import format_label
from salus.channels.text.render import render
from salus.channels.text.score_notes import note_dead_zone
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_band, format_number
from salus.channels.text.width import add_command, wrap
from salus.channels.words.labels import words_for
from salus.model.model import UNKNOWN, Model
from salus.sanitize import one_line, sanitize
from salus.scores.rollout_scores import RolloutScores
from salus.scores.scores import Scores

MAX_ROWS = 10


@render.register
def render_scores(scores: Scores) -> str:
    """The number of entities and the value in each band, and the ten lowest scores."""
    return "\n".join(
        [*_tables(scores), *_coverage(scores.model), *_notes([scores]), *_next(scores)]
    )


def _tables(scores: Scores, which: str = "") -> list[str]:
    """The bands and the lowest scores. `which`: what the model is in a rollout."""
    model = scores.model
    lines = [
        f"{sanitize(model.name)} · {len(scores):,} {sanitize(model.entity.names)} on"
        f" {scores.as_of} · model {model.fingerprint}{which}",
        "",
    ]
    head = ["band", sanitize(model.entity.names), "share", *_value_head(model)]
    lines += format_table(head, _bands(scores))
    rows = lowest_first(scores)[:MAX_ROWS]
    if not rows:
        return lines
    lines += ["", *wrap(_title(scores, rows))]
    head = [sanitize(model.entity.name), "name", "band", "score", "coverage", *_value_head(model)]
    lines += format_entities(head, [_row(scores, row) for row in rows], 3)
    return lines + note_dead_zone(
        model, [(_score(scores, row), _band(scores, row)) for row in rows]
    )


def _title(scores: Scores, rows: list[int]) -> str:
    """What the rows are. If a rule limits several scores to the lowest one, it says so."""
    if len(rows) == 1:
        return "The only score"
    title = f"The {len(rows)} lowest scores"
    lowest = format_number(_score(scores, rows[0]))
    equal = [row for row in scores.order if format_number(_score(scores, row)) == lowest]
    limited = all(int(scores.scored.cap[row]) >= 0 for row in equal)
    if len(equal) == 1 or not limited:
        return title
    names = sanitize(scores.model.entity.names)
    order = f"; highest {amount} first" if (amount := _amount(scores.model)) else ""
    return f"{title} ({len(equal)} {names} have {lowest}, because a rule limits the score{order})"


def _coverage(model: Model) -> list[str]:
    return wrap(
        "Coverage is the share of the score's weight for which there is data. Below"
        f" {model.min_coverage:.0%} the band is {format_label(UNKNOWN)}."
    )


def _notes(parts: Iterable[Scores]) -> list[str]:
    """The notes of all parts; the same note appears once."""
    notes = dict.fromkeys(note for part in parts for note in part.notes)
    return [line for note in notes for line in wrap(f"Note: {one_line(name_project(note))}")]


def _next(scores: Scores) -> list[str]:
    first = scores.ids[lowest_first(scores)[0]] if len(scores) else None
    if first is None:
        return []
    explain = suggest_command("explain", one_line(first))
    return add_command("Next: see why the first score is so low", explain)


@render.register
def render_rollout_scores(scores: RolloutScores) -> str:
    """The scores of both models, one after the other."""
    official, candidate = scores.rollout.official, scores.rollout.candidate
    count, entities = len(scores.parts[1]), sanitize(official.entity.names)
    head = (
        f"{count:,} of {len(scores):,} {entities} ({count / max(len(scores), 1):.0%}) are scored by"
        f" model {candidate.fingerprint}, which is on trial. Model {official.fingerprint} of"
        " salus.yaml scores the others."
    )
    blocks = [
        "\n".join(_tables(part, which))
        for part, which in zip(scores.parts, (" (salus.yaml)", " (on trial)"), strict=True)
        if len(part)
    ]
    end = "\n".join([*_coverage(official), *_notes(scores.parts)])
    return "\n\n".join([head, *blocks, end])


def lowest_first(scores: Scores) -> list[int]:
    """The rows from the lowest score to the highest. Equal scores are sorted by value, the highest
    first, then by id.
    """
    return sorted(
        scores.order,
        key=lambda row: (_score(scores, row) or -1.0, -(scores.money[row] or 0.0), scores.ids[row]),
    )


def _row(scores: Scores, row: int) -> list[str]:
    return [
        sanitize(scores.ids[row]),
        sanitize(scores.labels[row] or ""),
        format_band(scores.model, _band(scores, row)),
        format_number(_score(scores, row)),
        f"{scores.scored.main.coverage[row]:.0%}",
        *([format_number(scores.money[row], 0)] if scores.model.entity.value else []),
    ]


def _value_head(model: Model) -> list[str]:
    """The title of the column of values, if the model has one."""
    entity = model.entity
    if entity.value is None:
        return []
    return [_amount(model) + (f", {sanitize(entity.currency)}" if entity.currency else "")]


def _amount(model: Model) -> str:
    """The word for the value of an entity, such as ARR; empty if the model has none."""
    if model.entity.value is None:
        return ""
    return sanitize(words_for(model, "en").amount_words()["amount"])


def _bands(scores: Scores) -> list[list[str]]:
    values: dict[str, float] = {}
    for row in range(len(scores)):
        band = _band(scores, row)
        values[band] = values.get(band, 0.0) + (scores.money[row] or 0.0)
    has_value = scores.model.entity.value is not None
    return [
        [
            format_band(scores.model, band),
            f"{count:,}",
            f"{count / len(scores):.0%}",
            *([format_number(values.get(band, 0.0), 0)] if has_value else []),
        ]
        for band, count in scores.bands().items()
    ]


def _band(scores: Scores, row: int) -> str:
    return scores.scored.band_name(int(scores.scored.band[row]))


def _score(scores: Scores, row: int) -> float | None:
    value = scores.scored.score[row]
    return None if value != value else float(value)
