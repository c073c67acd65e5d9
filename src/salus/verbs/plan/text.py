"""The text of `salus plan`, and the Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_band_change, format_label, format_outcome
from salus.channels.text.render import render, render_markdown
from salus.channels.text.score_notes import SMOOTHING, find_band, note_dead_zone
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_difference, format_number, format_signed
from salus.channels.text.width import add_command, wrap
from salus.channels.words.labels import words_for
from salus.channels.words.words import capitalize
from salus.model.model import UNKNOWN, Model
from salus.sanitize import one_line, sanitize
from salus.verbs.plan.mover import Mover
from salus.verbs.plan.result import Plan

MAX_CHANGES = 10  # entities, and weights, that are shown
MAX_MARKDOWN = 100  # entities with another band that are shown in Markdown
REASONS = {
    "smoothing": "smoothing",
    "another population": "scored by one model only",
    "other limits of bands": "different band limits",
}
MARKDOWN = "\\`*_{}[]<>|#!~"  # characters with a meaning in Markdown or HTML


@render.register
def render_plan(plan: Plan) -> str:
    """What changes in all, the table of bands, the biggest changes, and how well both predict."""
    lines = wrap(_head(plan))
    if plan.weights:
        lines += ["", *format_table(*_weights(plan))]
    if plan.moves:
        lines += ["", *wrap(_matrix_title(plan)), *format_table(*_matrix(plan))]
    movers = plan.movers.biggest(MAX_CHANGES)
    if movers:
        title = "The biggest change" if len(movers) == 1 else f"The {len(movers)} biggest changes"
        lines += ["", title, *format_entities(*_movers(plan, movers), 3, text_last=True)]
        lines += _notes(plan, movers)
    judgement = [line for text in _judgement(plan) for line in wrap(text) or [""]]
    return "\n".join([*lines, *judgement, "", *_next_step(plan)])


@render_markdown.register
def render_plan_as_markdown(plan: Plan) -> str:
    """The same as Markdown; text from the tables is escaped."""
    lines = [f"**{_head(plan)}**", ""]
    lines += [*_grid(*_weights(plan)), ""] if plan.weights else []
    lines += [_matrix_title(plan), "", *_grid(*_matrix(plan))] if plan.moves else []
    movers = plan.movers.with_another_band()
    biggest = plan.movers.biggest(MAX_CHANGES)
    others = [mover for mover in biggest if mover.band_from == mover.band_to]
    if movers:
        more = (
            f": the {MAX_MARKDOWN} of {len(movers):,} whose score changes most"
            if len(movers) > MAX_MARKDOWN
            else ""
        )
        lines += [
            "",
            f"<details><summary>Who changes band{more}</summary>",
            "",
            *_grid(*_movers(plan, movers.biggest(MAX_MARKDOWN))),
            "",
            "</details>",
        ]
    if others:
        lines += ["", "Big changes within a band:", "", *_grid(*_movers(plan, others))]
    return "\n".join([*lines, *_judgement(plan)]) + "\n"


def _head(plan: Plan) -> str:
    """How many change."""
    moving = sum(move.entities for move in plan.moves)
    moves = "1 moves" if moving == 1 else f"{moving:,} move"
    part = f"; the model {one_line(plan.part)}" if plan.part else ""
    return (
        f"On {plan.as_of} the edited model changes the score of {len(plan.movers):,} of"
        f" {plan.entities:,} {sanitize(plan.own.entity.names)}; {moves} to another band{part}."
    )


def _weights(plan: Plan) -> tuple[list[str], list[list[str]]]:
    """A table of the weights that change most, as shares of the score."""
    order = sorted(plan.weights, key=lambda weight: -abs((weight[2] or 0) - (weight[1] or 0)))
    rows = [
        [format_label(name, plan.own), _share(before), _share(after)]
        for name, before, after in order[:MAX_CHANGES]
    ]
    if len(order) > MAX_CHANGES:
        rows.append([f"and {len(order) - MAX_CHANGES} more", "", ""])
    return ["share of the score", "now", "edited"], rows


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _matrix_title(plan: Plan) -> str:
    """What the table of bands counts."""
    entity = plan.own.entity
    value = ""
    if entity.value:
        amount = words_for(plan.own, "en").amount_words()["amount"]
        unit = ", ".join(sanitize(part) for part in (amount, entity.currency) if part)
        value = f" ({unit})"
    return (
        f"{sanitize(capitalize(entity.names))}{value}. Rows: the band now. Columns: the band with"
        " the edited model."
    )


def _matrix(plan: Plan) -> tuple[list[str], list[list[str]]]:
    """A table of entities by their present band (row) and their new band (column), with their value
    in brackets.
    """
    flows = {(move.band_from, move.band_to): move for move in plan.flows}
    rows, columns = (
        [name for name in plan.bands if any(pair[side] == name for pair in flows)]
        for side in (0, 1)
    )
    value = plan.own.entity.value

    def cell(pair: tuple[str, str]) -> str:
        move = flows.get(pair)
        if move is None:
            return "·"
        return f"{move.entities:,}" + (f" ({format_number(move.value, 0)})" if value else "")

    return ["band now", *map(format_label, columns)], [
        [format_label(name), *(cell((name, other)) for other in columns)] for name in rows
    ]


def _movers(plan: Plan, movers: Iterable[Mover]) -> tuple[list[str], list[list[str]]]:
    rows = [
        [
            sanitize(mover.id),
            sanitize(mover.label or ""),
            format_band_change(mover.band_from, mover.band_to),
            format_number(mover.score_from),
            format_number(mover.score_to),
            format_difference(mover.score_to, mover.score_from),
            _reason(mover, plan.own),
        ]
        for mover in movers
    ]
    return [
        sanitize(plan.own.entity.name),
        "name",
        "band",
        "from",
        "to",
        "change",
        "main reason",
    ], rows


def _notes(plan: Plan, movers: Sequence[Mover]) -> list[str]:
    """How to read the reasons and the bands of the biggest changes."""
    reasons = [reason[0] for mover in movers if (reason := _shown_reason(mover))]
    bands = [(mover.score_from, mover.band_from) for mover in movers]
    edited_bands = [(mover.score_to, mover.band_to) for mover in movers]
    dead_zone = note_dead_zone(plan.own, bands)
    return [
        *(wrap(SMOOTHING) if "smoothing" in reasons else []),
        *(dead_zone or note_dead_zone(plan.edited, edited_bands)),
        *_edited_bands(plan.edited, movers),
        *_unknown(plan, movers),
    ]


def _edited_bands(model: Model, movers: Sequence[Mover]) -> list[str]:
    """Why a new band isn't the one of the new score: the edited model's earlier scores count."""
    limits = {name: limit for name, limit in model.bands if isinstance(limit, int | float)}
    for mover in movers:
        if not model.dead_zone or mover.score_to is None or mover.band_to not in limits:
            continue
        band = find_band(model, mover.score_to)
        if band is None or band == mover.band_to:
            continue
        kept, other = limits[mover.band_to], limits[band]
        better = kept > other
        edge = kept - model.dead_zone if better else other + model.dead_zone
        label = format_label(mover.band_to)
        return wrap(
            "The edited model's band also depends on its own bands on earlier dates:"
            f" {sanitize(model.entity.names)} that were {label} then stay {label}"
            f" {'down to' if better else 'below'} {edge:.4g}."
        )
    return []


def _unknown(plan: Plan, movers: Sequence[Mover]) -> list[str]:
    """Why a band is unknown: the coverage is too low."""
    shares = {
        model.min_coverage
        for model, bands in (
            (plan.own, [mover.band_from for mover in movers]),
            (plan.edited, [mover.band_to for mover in movers]),
        )
        if UNKNOWN in bands
    }
    if len(shares) != 1:
        return []
    return wrap(
        f"{format_label(UNKNOWN)}: less than {shares.pop():.0%} of the score’s weight has data, so"
        " there is no band."
    )


def _shown_reason(mover: Mover) -> tuple[str, float] | None:
    """The largest effect on the score if it changed, also where a band is unknown."""
    return mover.effect if mover.effect and mover.effect[1] else mover.reason


def _reason(mover: Mover, model: Model) -> str:
    reason = _shown_reason(mover)
    if reason is None:
        return ""
    name, effect = reason
    if name == "what is known":
        return f"{'too little' if mover.band_to == UNKNOWN else 'enough'} of the weight has data"
    return _reason_label(name, model) + (f" {format_signed(effect)}" if effect else "")


def _reason_label(name: str, model: Model) -> str:
    """A measure, `held` and a measure, `cap` and a rule, or a reason in words."""
    kind, _, rest = name.partition(" ")
    match kind:
        case "held" if rest:
            return f"{format_label(rest, model)} (last known value)"
        case "cap" if rest:
            return f"rule “{format_label(rest)}”"
    return REASONS.get(name) or format_label(name, model)


def _judgement(plan: Plan) -> list[str]:
    """Which model predicts the outcome better."""
    if plan.outcome is None:
        return []
    outcome, judgement = format_outcome(plan.outcome), plan.judgement
    if judgement is None:
        return [
            "",
            f"“{outcome}”: all rows of past dates have the same outcome, so they can’t show which"
            " model predicts better.",
        ]
    gain = judgement.difference
    if gain.low > 0:
        verdict = f"The edited model predicts “{outcome}” better"
    elif gain.high < 0:
        verdict = f"The edited model predicts “{outcome}” worse"
    else:
        verdict = f"It isn’t clear whether the edited model predicts “{outcome}” better"
    dates = "" if judgement.horizon is None else f" of past dates, {judgement.horizon} days ahead"
    difference = format_difference(judgement.edited.value, judgement.own.value, 3)
    return [
        "",
        f"{verdict}: its AUC is {judgement.edited.value:.3f} instead of {judgement.own.value:.3f}"
        f" (difference {difference}, 95% interval {format_signed(gain.low, 3)} to"
        f" {format_signed(gain.high, 3)};"
        f" {judgement.rows:,} rows{dates}).",
    ]


def _next_step(plan: Plan) -> list[str]:
    """How to use the edited model step by step, or how to go on."""
    file = plan.file or "MODEL"
    edit = f"edit {one_line(str(file))} and run this command again"
    if not plan.movers:
        return wrap(f"Next: {edit}, because no score changes.")
    if plan.dry_run:
        return wrap(
            "Nothing was changed. Next: if you want this, run the command without --dry-run; if not,"
            f" {edit}."
        )
    names = sanitize(plan.own.entity.names)
    shadow = suggest_command("adopt", file, "--shadow")
    share = suggest_command("adopt", file, "--share", "20%")
    return [
        *add_command("Next: if you want this, first let it score in the background", shadow),
        *add_command(f"Or use it for some of the {names}", share),
        *wrap(f"If not, {edit}."),
    ]


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table."""
    lines = [[_escape(cell) for cell in row] for row in (head, *rows)]
    lines.insert(1, ["---"] * len(head))
    return [f"| {' | '.join(line)} |" for line in lines]


def _escape(text: str) -> str:
    """The text without a meaning in Markdown or HTML."""
    return "".join(f"\\{char}" if char in MARKDOWN else char for char in text)
