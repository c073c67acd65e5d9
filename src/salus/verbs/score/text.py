"""The text of `salus score`: the bands and the lowest scores; during a rollout for both models."""

from __future__ import annotations

from salus.channels.text.render import render
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_band, format_number
from salus.channels.words.labels import words_for
from salus.model.model import Model
from salus.sanitize import one_line, sanitize
from salus.scores.rollout_scores import RolloutScores
from salus.scores.scores import Scores

MAX_ROWS = 10


@render.register
def render_scores(scores: Scores) -> str:
    """The number of entities and the value in each band, and the ten lowest scores."""
    model = scores.model
    lines = [
        f"{sanitize(model.name)} · {len(scores):,} {sanitize(model.entity.names)} on"
        f" {scores.as_of} · model {model.fingerprint}",
        "",
    ]
    head = ["band", sanitize(model.entity.names), "share", *_value_head(model)]
    lines += format_table(head, _bands(scores))
    rows = lowest_first(scores)[:MAX_ROWS]
    lines += ["", f"The {len(rows)} lowest scores"]
    head = [sanitize(model.entity.name), "name", "band", "score", "coverage", *_value_head(model)]
    lines += format_entities(head, [_row(scores, row) for row in rows], 3)
    lines += [f"Note: {one_line(note)}" for note in scores.notes]
    return "\n".join(lines)


@render.register
def render_rollout_scores(scores: RolloutScores) -> str:
    """The scores of both models, one after the other."""
    official, candidate = scores.rollout.official, scores.rollout.candidate
    count, entities = len(scores.parts[1]), sanitize(official.entity.names)
    head = (
        f"{count:,} of {len(scores):,} {entities} are scored by model {candidate.fingerprint}, the"
        f" others by model {official.fingerprint}."
    )
    return "\n\n".join([head, *(render(part) for part in scores.parts if len(part))])


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
        format_band(scores.model, scores.scored.band_name(int(scores.scored.band[row]))),
        format_number(_score(scores, row)),
        f"{scores.scored.main.coverage[row]:.0%}",
        *([format_number(scores.money[row], 0)] if scores.model.entity.value else []),
    ]


def _value_head(model: Model) -> list[str]:
    """The title of the column of values, if the model has one."""
    entity = model.entity
    if entity.value is None:
        return []
    amount = words_for(model, "en").amount_words()["amount"]
    return [sanitize(amount) + (f" {sanitize(entity.currency)}" if entity.currency else "")]


def _bands(scores: Scores) -> list[list[str]]:
    values: dict[str, float] = {}
    for row in range(len(scores)):
        band = scores.scored.band_name(int(scores.scored.band[row]))
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


def _score(scores: Scores, row: int) -> float | None:
    value = scores.scored.score[row]
    return None if value != value else float(value)
