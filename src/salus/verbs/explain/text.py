"""The text of `salus explain`: the main reasons, then the way to the next band. The full text also
has a table of all measures.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from salus.channels.difference import round_parts, round_to_sum, subtract_rounded
from salus.channels.text.commands import suggest_command
from salus.channels.text.labels import format_label, format_long_label, name_entity
from salus.channels.text.render import render, render_all
from salus.channels.text.score_notes import find_band
from salus.channels.text.tables import format_table
from salus.channels.text.values import format_number, format_signed
from salus.channels.text.width import wrap
from salus.channels.units import unit_of
from salus.channels.values import format_measure
from salus.channels.words.format import FIXED
from salus.channels.words.labels import words_for
from salus.model.model import UNKNOWN, Model
from salus.sanitize import one_line, sanitize
from salus.scoring.explanation import Contribution, Explanation, InputValue, Value
from salus.verbs.explain.missing import explain_missing
from salus.verbs.explain.result import ScoreExplanation

MAX_COSTS = 3  # measures named as costing most
MAX_CHANGES = 3
MAX_CHANGES_ALL = 10  # with the full table
MAX_MISSING = 6
MIN_POINTS = 0.05  # less is shown as 0.0


@render.register
def render_explanation(result: ScoreExplanation) -> str:
    """The main reasons; `render_all` also shows every measure."""
    format = ValueFormat(result.model)
    key = one_line(result.id)
    every = suggest_command("explain", key, "--all")
    history = suggest_command("history", key)
    return "\n".join(
        [
            *_head(result, format),
            "",
            *_reasons(result, format, MAX_CHANGES),
            *_next(result, format),
            "",
            f"Every measure: {every}",
            f"Over time: {history}",
        ]
    )


@render_all.register
def render_full_explanation(result: ScoreExplanation) -> str:
    """The reasons, then a table of every measure, whose last column sums to the score."""
    format = ValueFormat(result.model)
    return "\n".join(
        [
            *_head(result, format, 2),
            "",
            *_reasons(result, format, MAX_CHANGES_ALL),
            *_next(result, format),
            "",
            *_table(result, format),
            *_inputs(result, format),
            "",
            f"Model {result.model.fingerprint}",
        ]
    )


class ValueFormat:
    """The English labels of a model's names, and its values with their units."""

    def __init__(self, model: Model) -> None:
        self.model, self.words = model, words_for(model, "en")

    def name(self, name: str) -> str:
        return format_long_label(name, self.model)

    def value(self, measure: str, value: Value) -> str:
        """A value with its unit as in the report: 43%, 12 days, 0.5×, 4,800 EUR, yes."""
        if isinstance(value, dt.datetime):
            return value.date().isoformat()
        if isinstance(value, str):
            return sanitize(value)
        unit = unit_of(self.model, self.model.measure(measure))
        text = format_measure(self.words, measure, value, unit)
        return sanitize(text.replace(FIXED, " "))


def _head(result: ScoreExplanation, format: ValueFormat, digits: int = 1) -> list[str]:
    why = result.why
    lines = wrap(
        f"{name_entity(result.id, result.label)} · {result.as_of}"
        f" · score {format_number(why.score, digits)} · {format.name(why.band)}"
        f" · coverage {why.coverage:.0%}"
        + (f" · segment {format.name(why.segment)}" if why.segment else ""),
        following="  ",
    )
    if result.previous is not None:
        lines.append(
            f"Until {result.previous.last} it was scored by model {result.previous.fingerprint}."
        )
    return [*lines, *_unknown(result), *_dead_zone(result)]


def _unknown(result: ScoreExplanation) -> list[str]:
    """Why there is no band: too little data."""
    model, why = result.model, result.why
    if why.band != UNKNOWN or why.coverage >= model.min_coverage:
        return []
    return [f"{format_label(UNKNOWN)} because the coverage is below {model.min_coverage:.0%}."]


def _dead_zone(result: ScoreExplanation) -> list[str]:
    """Why the band isn't the one of the score: the score hasn't left the dead zone."""
    model, why = result.model, result.why
    limits = {name: limit for name, limit in model.bands if isinstance(limit, int | float)}
    if why.score is None or why.caps or why.band not in limits or not model.dead_zone:
        return []
    by_score = find_band(model, why.score)
    if by_score is None or by_score == why.band:
        return []
    worse = limits[by_score] < limits[why.band]
    limit = limits[why.band] if worse else limits[by_score]
    edge = limit - model.dead_zone if worse else limit + model.dead_zone
    return wrap(
        f"Still {format_label(why.band)}: the band changes only {'below' if worse else 'from'}"
        f" {edge:.4g}{'' if worse else ' on'} ({limit:.4g} {'minus' if worse else 'plus'} a margin"
        f" of {model.dead_zone:.4g})."
    )


def _reasons(result: ScoreExplanation, format: ValueFormat, max_changes: int) -> list[str]:
    """What limits the score, what costs most, what changed, what is missing."""
    return [
        *_limits(result.why, format),
        *_costs(result.why, format),
        *_changes(result, format, max_changes),
        *_missing(result),
    ]


def _limits(why: Explanation, format: ValueFormat) -> list[str]:
    return [
        f"Limited to {cap.at_most:g} by the rule “{format.name(cap.name)}”"
        f" ({format_number(cap.effect)} points)"
        for cap in why.caps
    ]


def _costs(why: Explanation, format: ValueFormat) -> list[str]:
    """The measures that cost most: those with few points, and those whose last value still lowers the
    score.
    """
    costs = [
        (line.weight * 100 - line.contribution, line.name, format.value(line.name, line.value))
        for line in why.measures
        if line.points is not None
    ]
    costs += [(-line.effect, line.measure, f"no value since {line.last_seen}") for line in why.held]
    costs = sorted((cost for cost in costs if cost[0] >= MIN_POINTS), key=lambda cost: -cost[0])
    if not costs:
        return [] if why.score is None else ["No measure costs points."]
    rows = [
        [f"  {format.name(name)}", value, f"{points:.1f}"]
        for points, name, value in costs[:MAX_COSTS]
    ]
    return format_table(["What costs most", "value", "points lost"], rows)


def _columns(rows: list[list[str]]) -> list[str]:
    """The lines of a table without a head."""
    return format_table(rows[0], rows[1:])


def _changes(result: ScoreExplanation, format: ValueFormat, most: int) -> list[str]:
    if result.since is None:
        return []
    if result.change is None:
        return [f"There is no score for {result.since} to compare with."]
    change = result.change
    score = result.why.score
    total = change.score if score is None else subtract_rounded(score, score - change.score)
    known = [
        (name, effect)
        for name, effect in (
            ("changed values", change.data),
            ("missing values", change.missing),
            ("model", change.model),
            ("smoothing", change.smoothing),
            ("rules", change.caps),
        )
        if effect
    ]
    rules = round(change.caps, 1)  # as the rule is shown above
    others = [(name, effect) for name, effect in known if name != "rules"]
    effects = round_parts(round(total - rules, 1), [effect for _, effect in others])
    parts = [
        f"{name} {format_signed(effect)}"
        for name, effect in (
            *((name, effect) for (name, _), effect in zip(others, effects, strict=True)),
            ("rules", rules),
        )
        if effect
    ]
    head = f"What changed since {result.since}: {format_signed(total)} points"
    missing = {line.name for line in result.why.measures if line.missing is not None}
    rows = [
        [
            f"  {format.name(name)}{' (now missing)' if name in missing else ''}",
            format_signed(effect),
        ]
        for name, effect in change.measures[:most]
        if abs(effect) >= MIN_POINTS
    ]
    causes = wrap(f"  {', '.join(parts)}", following="    ") if parts else []
    return [head, *causes, *(_columns(rows) if rows else [])]


def _missing(result: ScoreExplanation) -> list[str]:
    """The measures that have no value, one line per reason."""
    reasons: dict[str, list[str]] = {}
    for line in result.why.measures:
        if line.missing is not None and line.points is None:
            reason = explain_missing(result.model, result.why, line.name, line.missing)
            reasons.setdefault(reason, []).append(format_long_label(line.name, result.model))
    if not reasons:
        return []
    lines = ["What is missing"]
    for reason, names in reasons.items():
        more = f" and {len(names) - MAX_MISSING} more" if len(names) > MAX_MISSING else ""
        missing = f"{', '.join(names[:MAX_MISSING])}{more} ({reason})"
        lines += wrap(missing, "  ", "    ")
    return lines


def _next(result: ScoreExplanation, format: ValueFormat) -> list[str]:
    """The way to the next band."""
    if result.next_band is None:
        return [] if result.to_next_band is None else ["", "This is the best band."]
    band = format.name(result.next_band)
    if result.to_next_band is None:
        return ["", f"No realistic change reaches {band}."]
    if not result.to_next_band:
        return ["", f"To reach {band}: keep all values as they are."]
    rows = [
        [
            f"  {format.name(step.measure)}",
            format.value(step.measure, step.start),
            format.value(step.measure, step.to),
            format_signed(step.gain),
        ]
        for step in result.to_next_band
    ]
    table = format_table(["  measure", "from", "to", "points"], rows)
    notes = " ".join([*_target(result), *_dilution(result)])
    return ["", f"One way to reach {band}{_needed(result)}:", *table, *wrap(notes, "  ")]


def _target(result: ScoreExplanation) -> list[str]:
    """Where the way to the next band starts, and the score that is needed."""
    why, model = result.why, result.model
    limit = dict(model.bands).get(result.next_band or "")
    if not isinstance(limit, int | float):
        return []
    margin = f" ({limit:.4g} plus a margin of {model.dead_zone:.4g})" if model.dead_zone else ""
    target = f"{format_label(result.next_band or '')} needs {limit + model.dead_zone:.4g}{margin}."
    if why.score is None or abs(why.smoothing or 0.0) < MIN_POINTS:
        return [target]
    start = why.score - (why.smoothing or 0.0) - sum(cap.effect for cap in why.caps)
    if why.caps:
        return [
            f"The points are counted from {why.score:.1f}, to which the rule limits the score."
            f" Without the rule and smoothing, it would be {start:.1f}. {target}"
        ]
    return [f"The points are counted from {start:.1f}, the score without smoothing; {target}"]


def _dilution(result: ScoreExplanation) -> list[str]:
    """Why a step adds less than its measure costs: the last values of missing measures still count."""
    lost = {line.name: line.weight * 100 - line.contribution for line in result.why.measures}
    fewer = any(
        step.gain < lost.get(step.measure, 0.0) - MIN_POINTS for step in result.to_next_band or ()
    )
    if not (fewer and result.why.held):
        return []
    names = [format_label(line.measure, result.model) for line in result.why.held]
    if len(names) > MAX_COSTS:
        names[MAX_COSTS:] = [f"{len(names) - MAX_COSTS} more"]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    values = "value" if len(names) == 1 else "values"
    count = "counts" if len(names) == 1 else "count"
    return [
        f"Some gains are smaller than the points lost above, because the last {values} of"
        f" {listed} still {count}."
    ]


def _needed(result: ScoreExplanation) -> str:
    """That all changes are needed, and that they must last if the score is smoothed."""
    together = result.to_next_band is not None and len(result.to_next_band) > 1
    lasting = result.model.remembers
    if together:
        return f" (all of these together{', and they must last' if lasting else ''})"
    return " (it must last)" if lasting else ""


def _table(result: ScoreExplanation, format: ValueFormat) -> list[str]:
    """Every measure below its dimension, then what else changes the score."""
    why = _rounded(result.why)
    rows: list[list[str]] = []
    for dimension in dict.fromkeys(line.dimension for line in why.measures):
        rows.append([format.name(dimension), "", "", "", ""])
        rows += [_row(result, line, format) for line in why.measures if line.dimension == dimension]
    if why.held:
        rows.append(["Now missing", "", "", "", ""])
    rows += [
        _effect(f"  {format.name(line.measure)}", f"last on {line.last_seen}", line.effect)
        for line in why.held
    ]
    if why.smoothing is not None:
        rows.append(_effect("Smoothing", "earlier days", why.smoothing))
    rows += [
        _effect(format.name(cap.name), f"at most {cap.at_most:g}", cap.effect) for cap in why.caps
    ]
    rows.append(_effect("Score", "", why.score))
    table = format_table(["measure", "value", "points", "weight", "adds"], rows)
    return [*table, *_legend(why, times=any("×" in row[1] for row in rows))]


def _rounded(why: Explanation) -> Explanation:
    """The explanation with parts of two decimals, which add up to the score of two decimals."""
    if why.score is None:
        return why
    smoothing = [] if why.smoothing is None else [why.smoothing]
    parts = [line.contribution for line in why.measures]
    effects = [*(line.effect for line in why.held), *(cap.effect for cap in why.caps)]
    added = iter(round_to_sum(why.score, [*parts, *effects, *smoothing], 2))
    return replace(
        why,
        measures=tuple(replace(line, contribution=next(added)) for line in why.measures),
        held=tuple(replace(line, effect=next(added)) for line in why.held),
        caps=tuple(replace(cap, effect=next(added)) for cap in why.caps),
        smoothing=None if why.smoothing is None else next(added),
    )


def _row(result: ScoreExplanation, line: Contribution, format: ValueFormat) -> list[str]:
    return [
        f"  {format.name(line.name)}",
        "assumed" if _is_assumed(line) else _value(result, line, format),
        format_number(line.points, 0),
        f"{line.weight:.1%}",
        format_number(line.contribution, 2),
    ]


def _effect(name: str, value: str, points: float | None) -> list[str]:
    """A row of the table without points and weight of its own."""
    return [name, value, "", "", format_number(points, 2)]


def _is_assumed(line: Contribution) -> bool:
    return line.missing is not None and line.points is not None


def _legend(why: Explanation, *, times: bool) -> list[str]:
    """What the columns and words of the table mean."""
    parts = ["“adds”: points × weight. The column sums to the score."]
    if any(line.missing is not None and line.points is None for line in why.measures):
        parts[0] += " The weight of missing measures goes to the others."
    if times:
        parts.append("“0.5×”: half of what was promised, agreed or usual.")
    if any(_is_assumed(line) for line in why.measures):
        parts.append("“assumed”: there is no value, and the model says what to assume.")
    if why.held:
        parts.append(
            "“Now missing”: these measures had values until recently. Their last values are kept"
            " while they lower the score as a whole, so that it doesn't rise only because data is"
            " missing. The lines show by how much they change it."
        )
    if why.smoothing is not None:
        parts.append("“Smoothing”: part of the score comes from earlier days.")
    return [line for part in parts for line in wrap(part, "", "  ")]


def _inputs(result: ScoreExplanation, format: ValueFormat) -> list[str]:
    """Measures that are shown but not scored, with their names in salus.yaml."""
    if not result.why.inputs:
        return []
    rows = [
        [f"  {format.name(line.name)}", sanitize(line.name), _value(result, line, format)]
        for line in result.why.inputs
    ]
    return ["", *format_table(["Not scored", "in salus.yaml", "value"], rows, 2)]


def _value(result: ScoreExplanation, line: Contribution | InputValue, format: ValueFormat) -> str:
    """The value of a measure, or why it has none."""
    if line.missing is None:
        return format.value(line.name, line.value)
    return explain_missing(result.model, result.why, line.name, line.missing)
