"""A plan as plain text, and as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salus.channels.text.render import render, render_markdown
from salus.channels.text.tables import format_table
from salus.channels.text.values import format_number
from salus.sanitize import one_line, sanitize
from salus.verbs.plan.result import Mover, Plan

MOST = 10  # changes, and weights, that are shown
MANY = 100  # of those who change band, in Markdown


@render.register
def _(plan: Plan) -> str:
    lines = [*_head(plan), ""]
    if plan.moves:
        lines += format_table(*_matrix(plan))
    shown = _biggest(plan.movers, MOST)
    if shown:
        lines += ["", f"the {len(shown)} biggest changes", *format_table(*_movers(shown), 3)]
    return "\n".join([*lines, *_judgement(plan)])


@render_markdown.register
def _(plan: Plan) -> str:
    """The same as Markdown; what comes from tables is escaped."""
    lines = [f"**{_head(plan)[0]}**", "", *_head(plan)[1:], ""]
    lines += _grid(*_matrix(plan)) if plan.moves else []
    moving = [one for one in plan.movers if one.band_from != one.band_to]
    others = [one for one in _biggest(plan.movers, MOST) if one not in moving]
    if moving:
        more = (
            f": the {MANY} of {len(moving):,} whose score changes most"
            if len(moving) > MANY
            else ""
        )
        lines += [
            "",
            f"<details><summary>Who changes band{more}</summary>",
            "",
            *_grid(*_movers(_biggest(moving, MANY))),
            "",
            "</details>",
        ]
    if others:
        lines += ["", "Big changes within a band:", "", *_grid(*_movers(others))]
    return "\n".join([*lines, *_judgement(plan)]) + "\n"


def _head(plan: Plan) -> list[str]:
    moving = sum(one.entities for one in plan.moves)
    lines = [
        f"On {plan.as_of} the edited model moves {moving:,} of {plan.entities:,}"
        f" {sanitize(plan.own.entity.names)} to another band and changes the score of"
        f" {len(plan.movers):,}" + (f"; the model {one_line(plan.part)}" if plan.part else "")
    ]
    order = sorted(plan.weights, key=lambda one: -abs((one[2] or 0) - (one[1] or 0)))
    weights = [
        f"{sanitize(name)} {_share(before)} → {_share(after)}"
        for name, before, after in order[:MOST]
    ]
    more = f", and {len(order) - MOST} more" if len(order) > MOST else ""
    return lines + ([f"weights: {', '.join(weights)}{more}"] if weights else [])


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _matrix(plan: Plan) -> tuple[list[str], list[list[str]]]:
    """From each band (a line) to each (a column): how many, and in brackets what is at stake with
    them.
    """
    flows = {(one.band_from, one.band_to): one for one in plan.flows}
    rows, columns = (
        [name for name in plan.bands if any(pair[side] == name for pair in flows)]
        for side in (0, 1)
    )

    def cell(pair: tuple[str, str]) -> str:
        one = flows.get(pair)
        if one is None:
            return "·"
        return f"{one.entities:,}" + (
            f" ({format_number(one.value, 0)})" if plan.own.entity.value else ""
        )

    money = plan.own.entity.value
    head = f"from ↓ to →, {sanitize(plan.own.entity.names)}" + (
        f" ({sanitize(money)})" if money else ""
    )
    return [head, *map(_band, columns)], [
        [_band(name), *(cell((name, other)) for other in columns)] for name in rows
    ]


def _biggest(movers: Sequence[Mover], most: int) -> list[Mover]:
    """Those that change most, falls first."""
    chosen = {
        one.id
        for one in sorted(
            movers, key=lambda one: -abs((one.score_to or 0) - (one.score_from or 0))
        )[:most]
    }
    return [one for one in movers if one.id in chosen]


def _movers(shown: Iterable[Mover]) -> tuple[list[str], list[list[str]]]:
    rows = [
        [
            sanitize(one.id),
            sanitize(one.label or ""),
            f"{_band(one.band_from)} → {_band(one.band_to)}",
            format_number(one.score_from),
            format_number(one.score_to),
            (
                ""
                if one.reason is None
                else sanitize(one.reason[0]) + (f" {one.reason[1]:+.1f}" if one.reason[1] else "")
            ),
        ]
        for one in shown
    ]
    return ["", "label", "band", "from", "to", "mostly"], rows


def _band(name: str) -> str:
    return name.replace("_", " ")


def _judgement(plan: Plan) -> list[str]:
    found = plan.judgement
    if plan.outcome is None:
        return []
    if found is None:
        return [
            "",
            (
                f"`{sanitize(plan.outcome)}`: all rows of past dates have the same outcome, so they can't show"
                " which model predicts better"
            ),
        ]
    gain = found.difference
    what = (
        "better"
        if gain.low > 0
        else "worse"
        if gain.high < 0
        else "not certain to be better or worse"
    )
    rows = (
        f", {found.rows:,} rows"
        if found.horizon is None
        else f" within {found.horizon} days, {found.rows:,} rows of past dates"
    )
    return [
        "",
        (
            f"`{sanitize(found.outcome)}`{rows}: AUC {found.own.value:.3f} → {found.edited.value:.3f} "
            f"({gain.value:+.3f}, 95 %: {gain.low:+.3f} to {gain.high:+.3f}): {what}"
        ),
    ]


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(_escaped(cell) for cell in line) + " |" for line in lines]


def _escaped(text: str) -> str:
    """Without what Markdown or HTML would take for its own."""
    return (
        "".join(f"\\{c}" if c in "\\`*_{}[]<>|#!~" else c for c in text) if text != "---" else text
    )
