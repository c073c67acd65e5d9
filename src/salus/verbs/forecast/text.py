"""A forecast as plain text: the money first, then what it rests on and how such forecasts fared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from salus.channels.text.tables import format_table
from salus.channels.text.values import format_number
from salus.insight.forecast.expansion import ExpansionCandidates
from salus.insight.forecast.purchase_value import RELATED
from salus.insight.forecast.renewal_decisions import EntitySnapshots
from salus.insight.statistics.interval import Interval
from salus.periods.day import date_of
from salus.sanitize import one_line, sanitize
from salus.verbs.forecast.document import order
from salus.verbs.forecast.renewals import RenewalForecast

if TYPE_CHECKING:
    from salus.verbs.forecast.forecast import Forecast

MOST = 10  # lines of a list


def render_forecast(found: Forecast) -> str:
    """The whole text."""
    who = sanitize(found.model.entity.names)
    lines = [
        f"{one_line(found.model.name)}: {len(found.now):,} {who} on {found.as_of}, looking"
        f" {found.horizon} days ahead"
    ]
    parts = (
        _renewals(found),
        _supposed(found),
        _trials(found),
        _log(found),
        _growth(found),
        _paths(found),
        _lifetime(found),
        _purchases(found),
        (f"note: {one_line(note)}" for note in found.notes),
    )
    for part in parts:
        several = list(part)
        lines += ["", *several] if several else []
    return "\n".join(lines)


def _money(found: Forecast, value: float) -> str:
    unit = (
        found.model.entity.currency if found.model.entity.value else f"{found.model.entity.names}"
    )
    return f"{value:,.0f}" + (f" {sanitize(unit)}" if unit else "")


def _range(found: Forecast, one: Interval) -> str:
    return f"{_money(found, one.value)} (80 %: {one.low:,.0f} to {one.high:,.0f})"


def _renewals(found: Forecast) -> Iterator[str]:
    asked = found.renewing
    if asked is None:
        yield (
            "renewals: the model doesn't say when terms are decided; add `renewal: {decide_by: …}`"
            " to its entity, the column of the last day for a notice"
        )
        return
    until = found.as_of + dt.timedelta(days=found.horizon - 1)
    yield (
        f"{len(asked.due):,} terms are decided by {until}, worth"
        f" {_money(found, float(asked.stake.sum()))}"
    )
    if not len(asked.due):
        yield from _beside(found, asked)
        return
    if asked.forecast is not None and asked.at_risk is not None:
        yield (
            f"expected to be renewed: {_range(found, asked.forecast.total)}; at risk:"
            f" {_money(found, asked.at_risk)}"
        )
        yield (
            f"learned from {asked.past:,} earlier terms, {asked.lost:,} of them lost; a period's"
            f" common luck: ±{asked.shock:.2f} in log odds"
        )
    else:
        yield f"no forecast: {one_line(asked.reason or '')}"
    yield from _beside(found, asked)
    rows = [_renewal(found, asked, row) for row in order(found, asked)[:MOST]]
    if rows:
        title = "most to lose first" if asked.forecast is not None else "the first to be decided"
        yield from ["", f"{title}, {len(rows)} of {len(asked.due):,}"]
        yield from format_table(
            [found.model.entity.name, "label", "decide by", "value", "score", "renewal", "80 %"],
            rows,
            2,
        )


def _beside(found: Forecast, asked: RenewalForecast) -> Iterator[str]:
    def one(rows: EntitySnapshots) -> str:
        return f"{len(rows):,}" + (
            f", worth {_money(found, float(np.nansum(rows.value)))}"
            if found.model.entity.value
            else ""
        )

    if len(asked.gone):
        yield f"lost already, as notice was given: {one(asked.gone)}"
    if len(asked.unscored):
        yield f"without a score, so not foretold: {one(asked.unscored)}"
    if len(asked.undated):
        yield f"without a day of decision, so not in these figures: {one(asked.undated)}"


def _renewal(found: Forecast, asked: RenewalForecast, row: int) -> list[str]:
    rows, forecast = asked.due.rows, asked.forecast
    place = int(rows.entity[row])
    chance = (
        ["–", ""]
        if forecast is None
        else [
            f"{forecast.probability[row]:.0%}",
            f"{forecast.low[row]:.0%} – {forecast.high[row]:.0%}",
        ]
    )
    value = None if np.isnan(rows.value[row]) else float(rows.value[row])
    return [
        sanitize(found.ids[place]),
        sanitize(found.label(place) or ""),
        str(date_of(int(rows.decide_by[row]))),
        format_number(value, 0),
        f"{rows.score[row]:.1f}",
        *chance,
    ]


def _supposed(found: Forecast) -> Iterator[str]:
    supposed, asked = found.supposed, found.renewing
    if supposed is None:
        return
    changes = ", ".join(sanitize(one.text) for one in supposed.changes)
    moves = supposed.score - found.now.score
    there = moves[~np.isnan(moves)]
    yield f"supposing {changes}: scores {there.mean() if len(there) else 0.0:+.1f} in the mean"
    if asked is None or asked.forecast is None or supposed.forecast is None or not len(asked.due):
        yield "nothing follows for renewals, as none is foretold"
        return
    change = supposed.forecast.total.value - asked.forecast.total.value
    yield (
        f"expected to be renewed then: {_range(found, supposed.forecast.total)}, {change:+,.0f}; of"
        f" {_money(found, supposed.due)} due"
    )
    yield (
        "this is association, no effect: the chance is that of others with such a score, and nobody"
        " knows from it what a change would bring about"
    )


def _trials(found: Forecast) -> Iterator[str]:
    trials = found.renewing.trials if found.renewing else ()
    if trials:
        held = sum(one.actual in one.total for one in trials)
        yield (
            f"asked of {len(trials)} earlier dates, with what was known then: {held} of"
            f" {len(trials)} held what came"
        )
        yield from format_table(
            ["as of", "terms", "expected", "80 %", "came"],
            [
                _line(
                    date_of(one.day),
                    one.renewals,
                    one.total.value,
                    one.total.low,
                    one.total.high,
                    one.actual,
                )
                for one in trials
            ],
        )


def _log(found: Forecast) -> Iterator[str]:
    if found.fared:
        held = sum(one.held for one in found.fared)
        yield f"forecasts told before that are over: {held} of {len(found.fared)} held what came"
        yield from format_table(
            ["as of", "terms", "expected", "80 %", "came"],
            [
                _line(one.as_of, one.renewals, one.expected, one.low, one.high, one.actual)
                for one in found.fared[-MOST:]
            ],
        )


def _line(
    as_of: object, renewals: int, expected: float, low: float, high: float, actual: float
) -> list[str]:
    mark = "" if low <= actual <= high else " outside"
    return [
        str(as_of),
        f"{renewals:,}",
        f"{expected:,.0f}",
        f"{low:,.0f} – {high:,.0f}",
        f"{actual:,.0f}{mark}",
    ]


def _growth(found: Forecast) -> Iterator[str]:
    for name, (goal, chances) in found.growth.items():
        if chances.reason is not None:
            yield f"`{sanitize(goal)}` by the score `{sanitize(name)}`: no forecast, {chances.reason}"
            continue
        yield (
            f"`{sanitize(goal)}` within {found.horizon} days, most likely first, by the score"
            f" `{sanitize(name)}`"
        )
        yield from format_table(
            [found.model.entity.name, "label", "score", "chance", "80 %"],
            _candidates(found, chances),
            2,
        )


def _candidates(found: Forecast, chances: ExpansionCandidates) -> Sequence[list[str]]:
    return [
        [
            sanitize(found.ids[place]),
            sanitize(found.label(place) or ""),
            f"{chances.score[row]:.1f}",
            f"{chances.probability[row]:.0%}",
            f"{chances.low[row]:.0%} – {chances.high[row]:.0%}",
        ]
        for row, place in enumerate(chances.entity[:MOST])
    ]


def _paths(found: Forecast) -> Iterator[str]:
    known = {days: one for days, one in found.paths.items() if one is not None}
    if not known:
        yield "where scores go: too few pairs of dates have been seen"
        return
    marks = np.array([30.0, 50.0, 70.0, 90.0])
    yield "where a score goes while no notice is given: its middle and 80 % range"
    rows = []
    for days, one in known.items():
        ahead = [f"{middle:.0f} ({low:.0f} – {high:.0f})" for low, middle, high in one.ahead(marks)]
        held = (
            "–"
            if one.held is None
            else f"{one.held.value:.0%} ({one.held.low:.0%} – {one.held.high:.0%})"
        )
        rows.append([f"after {days} days", *ahead, held])
    yield from format_table(
        ["from a score of", *(f"{mark:.0f}" for mark in marks), "held on later dates, 95 %"], rows
    )


def _lifetime(found: Forecast) -> Iterator[str]:
    one = found.lifetime
    if one is None:
        return
    known = ~np.isnan(one.days)
    yield (
        f"worth of the contracts in the next {one.cap / 365:.0f} years, if"
        f" {sanitize(found.model.entity.value)} is a year's: {_range(found, one.total)}"
    )
    yield (
        f"{int(known.sum()):,} {sanitize(found.model.entity.names)} may be expected to stay"
        f" {one.days[known].mean() / 365.25:.1f} of these years, by how long {one.left:,} that left"
        " had stayed"
        + (
            f"; for {int(one.cut.sum()):,} the curve ends earlier, so they count for less than"
            " they are"
            if one.cut.any()
            else ""
        )
    )


def _purchases(found: Forecast) -> Iterator[str]:
    one = found.worth
    if one is None or isinstance(one, str):
        yield from [] if one is None else [f"what will still be bought: no forecast; {one}"]
        return
    yield (
        f"expected to be bought within {one.days} days: {one.purchases.sum():,.0f} purchases, worth"
        f" {one.money.sum():,.0f}, by {one.alive.sum():,.0f} of {len(one.buyer):,} that are still"
        " there"
    )
    if one.check is not None:
        yield (
            f"the same asked {one.days} days before: {one.check.purchases:,.0f} purchases foretold,"
            f" {one.check.came:,} came; {one.check.money:,.0f} foretold, {one.check.earned:,.0f}"
            " earned"
        )
    if abs(one.related) > RELATED:
        yield (
            "how often somebody buys and for how much hang together (correlation"
            f" {one.related:.2f}): the money is doubtful, the format_number isn't"
        )
