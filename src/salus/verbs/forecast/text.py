"""A forecast as plain text: renewals first, then their basis and the other parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from salus.channels.text.labels import format_label, format_outcome
from salus.channels.text.render import render
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_number
from salus.finding import Finding
from salus.insight.forecast.expansion import ExpansionCandidates
from salus.insight.forecast.purchase_value import RELATED
from salus.insight.forecast.renewal_decisions import EntitySnapshots
from salus.insight.statistics.interval import Interval
from salus.periods.day import date_of
from salus.sanitize import one_line, sanitize
from salus.verbs.forecast.entities import EntityLabels
from salus.verbs.forecast.renewals import RenewalForecast
from salus.verbs.forecast.result import NOT_DECLARED, Forecast

MOST = 10  # lines of a list
TRACK_RECORD = ["as of", "renewals due", "expected", "80 %", "actual"]


@render.register
def render_forecast(result: Forecast) -> str:
    """The whole text."""
    entities = sanitize(result.model.entity.names)
    lines = [
        f"{one_line(result.model.name)}: {result.size:,} {entities} on {result.as_of}, looking"
        f" {result.horizon} days ahead"
    ]
    parts = (
        _renewals(result),
        _scenario(result),
        _backtests(result),
        _track_record(result),
        _expansion(result),
        _scores(result),
        _lifetime(result),
        _purchases(result),
        (f"note: {_write(result, note)}" for note in result.notes),
    )
    for part in parts:
        block = list(part)
        lines += ["", *block] if block else []
    return "\n".join(lines)


def _write(result: Forecast, finding: Finding) -> str:
    return one_line(result.words.finding(finding))


def _money(result: Forecast, value: float) -> str:
    entity = result.model.entity
    unit = entity.currency if entity.value else entity.names
    return f"{value:,.0f}" + (f" {sanitize(unit)}" if unit else "")


def _range(result: Forecast, value: Interval) -> str:
    return f"{_money(result, value.value)} (80 %: {value.low:,.0f} to {value.high:,.0f})"


def _renewals(result: Forecast) -> Iterator[str]:
    part = result.renewals
    if part is None:
        yield f"no renewal forecast: {_write(result, NOT_DECLARED)}"
        return
    until = result.as_of + dt.timedelta(days=result.horizon - 1)
    yield (
        f"{len(part.due):,} renewals are due by {until}; their value is"
        f" {_money(result, part.due_value)}"
    )
    if not len(part.due):
        yield from _left_out(result, part)
        return
    if part.chances is not None and part.expected_loss is not None:
        yield (
            f"expected to renew: {_range(result, part.chances.total)}; expected loss:"
            f" {_money(result, part.expected_loss)}"
        )
        yield (
            f"learned from {part.decisions:,} earlier renewals, {part.lost:,} of them lost; good"
            f" and bad periods differ by ±{part.shock:.2f} in log odds"
        )
    elif part.reason is not None:
        yield f"no forecast: {_write(result, part.reason)}"
    yield from _left_out(result, part)
    rows = [_renewal(part, row) for row in part.order()[:MOST]]
    if rows:
        title = "largest expected loss first" if part.chances is not None else "earliest first"
        yield from ["", f"renewals due, {title} ({len(rows)} of {len(part.due):,})"]
        yield from format_entities(
            [result.model.entity.name, "name", "decide by", "value", "score", "renewal", "80 %"],
            rows,
            2,
        )


def _left_out(result: Forecast, part: RenewalForecast) -> Iterator[str]:
    def count(rows: EntitySnapshots) -> str:
        value = _money(result, float(np.nansum(rows.value))) if result.model.entity.value else ""
        return f"{len(rows):,}" + (f", value {value}" if value else "")

    if len(part.notice_given):
        yield f"notice already given, so lost: {count(part.notice_given)}"
    if len(part.without_score):
        yield f"no forecast because there is no score: {count(part.without_score)}"
    if len(part.without_date):
        yield f"left out because the renewal date is missing: {count(part.without_date)}"


def _renewal(part: RenewalForecast, row: int) -> list[str]:
    rows, chances = part.due.rows, part.chances
    position = int(rows.entity[row])
    chance = (
        ["–", ""]
        if chances is None
        else [
            f"{chances.probability[row]:.0%}",
            f"{chances.low[row]:.0%} – {chances.high[row]:.0%}",
        ]
    )
    value = None if np.isnan(rows.value[row]) else float(rows.value[row])
    return [
        sanitize(part.entities.ids[position]),
        sanitize(part.entities.label(position) or ""),
        str(date_of(int(rows.decide_by[row]))),
        format_number(value, 0),
        f"{rows.score[row]:.1f}",
        *chance,
    ]


def _scenario(result: Forecast) -> Iterator[str]:
    scenario, base = result.scenario, result.renewals
    if scenario is None:
        return
    changes = ", ".join(sanitize(change.text) for change in scenario.changes)
    known = scenario.difference[~np.isnan(scenario.difference)]
    mean = known.mean() if len(known) else 0.0
    yield f"scenario {changes}: scores change by {mean:+.1f} on average"
    if base is None or base.chances is None or scenario.chances is None or not len(base.due):
        yield "there is no renewal forecast to compare with"
        return
    change = scenario.chances.total.value - base.chances.total.value
    yield (
        f"expected to renew in this scenario: {_range(result, scenario.chances.total)},"
        f" {change:+,.0f}; value due {_money(result, scenario.due)}"
    )
    yield (
        "This is an association, not an effect: entities with such scores renewed at this rate."
        " It doesn't show what a change would cause."
    )


def _backtests(result: Forecast) -> Iterator[str]:
    backtests = result.renewals.backtests if result.renewals else ()
    if backtests:
        held = sum(backtest.held for backtest in backtests)
        yield (
            f"the same forecast made on {len(backtests)} earlier dates, with what was known then:"
            f" the actual value was within the range for {held} of {len(backtests)}"
        )
        yield from format_table(
            TRACK_RECORD,
            [
                _comparison(
                    date_of(backtest.day), backtest.renewals, backtest.total, backtest.actual
                )
                for backtest in backtests
            ],
        )


def _track_record(result: Forecast) -> Iterator[str]:
    record = result.track_record
    if record:
        held = sum(past.held for past in record)
        yield (
            "saved forecasts that are over: the actual value was within the range for"
            f" {held} of {len(record)}"
        )
        yield from format_table(
            TRACK_RECORD,
            [
                _comparison(
                    past.as_of,
                    past.renewals,
                    Interval(past.expected, past.low, past.high),
                    past.actual,
                )
                for past in record[-MOST:]
            ],
        )


def _comparison(as_of: object, renewals: int, expected: Interval, actual: float) -> list[str]:
    mark = "" if expected.low <= actual <= expected.high else " outside"
    return [
        str(as_of),
        f"{renewals:,}",
        f"{expected.value:,.0f}",
        f"{expected.low:,.0f} – {expected.high:,.0f}",
        f"{actual:,.0f}{mark}",
    ]


def _expansion(result: Forecast) -> Iterator[str]:
    for name, part in result.expansion.items():
        goal, score = format_outcome(part.goal), format_label(name)
        if part.candidates.reason is not None:
            reason = _write(result, part.candidates.reason)
            yield f"no expansion candidates for “{goal}” by the score “{score}”: {reason}"
            continue
        yield (
            f"expansion candidates: “{goal}” within {result.horizon} days by the score “{score}”,"
            " most likely first"
        )
        yield from format_entities(
            [result.model.entity.name, "name", "score", "chance", "80 %"],
            _candidates(part.entities, part.candidates),
            2,
        )


def _candidates(entities: EntityLabels, candidates: ExpansionCandidates) -> Sequence[list[str]]:
    return [
        [
            sanitize(entities.ids[position]),
            sanitize(entities.label(position) or ""),
            f"{candidates.score[row]:.1f}",
            f"{candidates.probability[row]:.0%}",
            f"{candidates.low[row]:.0%} – {candidates.high[row]:.0%}",
        ]
        for row, position in enumerate(candidates.entity[:MOST])
    ]


def _scores(result: Forecast) -> Iterator[str]:
    transitions = {
        days: transition
        for days, transition in result.scores.transitions.items()
        if transition is not None
    }
    if not transitions:
        yield "no forecast of scores: too few pairs of scores are known"
        return
    starts = np.array([30.0, 50.0, 70.0, 90.0])
    yield "how scores change without a notice: median and 80 % range"
    rows = []
    for days, transition in transitions.items():
        ahead = [
            f"{middle:.0f} ({low:.0f} – {high:.0f})"
            for low, middle, high in transition.ahead(starts)
        ]
        held = transition.held
        rows.append(
            [
                f"after {days} days",
                *ahead,
                "–" if held is None else f"{held.value:.0%} ({held.low:.0%} – {held.high:.0%})",
            ]
        )
    header = [f"{start:.0f}" for start in starts]
    yield from format_table(["from a score of", *header, "within range later, 95 %"], rows)


def _lifetime(result: Forecast) -> Iterator[str]:
    if result.lifetime is None:
        return
    part, known = result.lifetime.lifetime, result.lifetime.known
    entities = sanitize(result.model.entity.names)
    amount = sanitize(result.words.amount_words()["amount"])
    yield (
        f"value of the contracts over the next {part.cap / 365:.0f} years, taking {amount} as a"
        f" yearly value: {_range(result, part.total)}"
    )
    yield (
        f"{int(known.sum()):,} {entities} are expected to stay {part.days[known].mean() / 365.25:.1f}"
        f" of these years on average, judging by {part.left:,} that left"
    )
    if part.truncated.any():
        yield (
            f"the value of {int(part.truncated.sum()):,} {entities} is underestimated: the known"
            " times are shorter than these years"
        )


def _purchases(result: Forecast) -> Iterator[str]:
    if result.purchases is None:
        return
    part = result.purchases.value
    if isinstance(part, Finding):
        yield f"no purchase forecast: {_write(result, part)}"
        return
    yield (
        f"purchases expected within {part.days} days: {part.purchases.sum():,.0f}, value"
        f" {part.money.sum():,.0f}; {part.alive.sum():,.0f} of {len(part.buyer):,} buyers are"
        " expected to be still active"
    )
    if part.backtest is not None:
        yield (
            f"the same forecast {part.days} days ago: {part.backtest.purchases:,.0f} purchases"
            f" predicted, {part.backtest.actual:,} made; value {part.backtest.money:,.0f}"
            f" predicted, {part.backtest.earned:,.0f} actual"
        )
    if abs(part.related) > RELATED:
        yield (
            "How often a buyer buys is related to how much (correlation"
            f" {part.related:.2f}): the value is uncertain, the number of purchases isn't."
        )
