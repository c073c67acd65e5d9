"""A forecast as plain text: renewals first, then their basis and the other parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from salus.channels.text.labels import format_label, format_outcome
from salus.channels.text.render import render
from salus.channels.text.tables import format_entities, format_table
from salus.channels.text.values import format_band, format_difference, format_number
from salus.channels.text.width import wrap
from salus.finding import Finding
from salus.insight.forecast.purchase_value import RELATED
from salus.insight.forecast.renewal_decisions import EntitySnapshots
from salus.insight.statistics.interval import Interval
from salus.periods.day import date_of
from salus.sanitize import one_line, sanitize
from salus.verbs.forecast.parts import ExpansionForecast
from salus.verbs.forecast.renewals import RenewalForecast
from salus.verbs.forecast.result import NOT_DECLARED, Forecast

MOST = 10  # lines of a list
RANGE = "80% range"
LEVEL = 0.8  # of this range
TRACK_RECORD = ["as of", "renewals due", "expected", RANGE, "actual", ""]


@render.register
def render_forecast(result: Forecast) -> str:
    """The whole text."""
    entities = sanitize(result.model.entity.names)
    lines = wrap(
        f"{one_line(result.model.name)}: {result.size:,} {entities} on {result.as_of}, looking"
        f" {result.horizon} days ahead"
    )
    parts = (
        _renewals(result),
        _scenario(result),
        _backtests(result),
        _track_record(result),
        _expansion(result),
        _scores(result),
        _lifetime(result),
        _purchases(result),
        (line for note in result.notes for line in wrap(f"Note: {_write(result, note)}")),
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
    return f"{_money(result, value.value)} ({RANGE} {value.low:,.0f} to {value.high:,.0f})"


def _amount(result: Forecast) -> str:
    """The word for the value of an entity, such as ARR."""
    return sanitize(result.words.amount_words()["amount"])


def _count(result: Forecast, number: int) -> str:
    entity = result.model.entity
    return f"{number:,} {sanitize(entity.name if number == 1 else entity.names)}"


def _renewals(result: Forecast) -> Iterator[str]:
    part = result.renewals
    if part is None:
        yield from wrap(f"No renewal forecast. {_write(result, NOT_DECLARED)}")
        return
    until = _last_day(result)
    value = f" ({_amount(result)} {_money(result, part.due_value)})" if part.has_value else ""
    have = "has its" if len(part.due) == 1 else "have their"
    yield from wrap(f"{_count(result, len(part.due))} {have} notice deadline by {until}{value}.")
    if not len(part.due):
        yield from _left_out(result, part)
        return
    if part.chances is not None and part.expected_loss is not None:
        yield from wrap(
            f"Expected to renew: {_range(result, part.chances.total)}. Expected loss:"
            f" {_money(result, part.expected_loss)}."
        )
        yield from wrap(
            f"Learned from {part.decisions:,} earlier renewals whose deadline and score are known;"
            f" {part.lost:,} of them were lost. The range allows for renewal rates that are"
            " better in some periods than in others."
        )
    elif part.reason is not None:
        yield from wrap(f"No forecast of these renewals. {_write(result, part.reason)}")
    yield from _left_out(result, part)
    rows = [_renewal(part, row) for row in part.order()[:MOST]]
    predicted = part.chances is not None
    title = "largest expected loss first" if predicted else "earliest first"
    more = "; all: --json" if len(rows) < len(part.due) else ""
    head = [result.model.entity.name, "name", "notice deadline", _amount(result), "score"]
    chance = ["renewal", RANGE, "expected loss"] if predicted else []
    yield from ["", f"Renewals due, {title} ({len(rows)} of {len(part.due):,}{more})"]
    yield from format_entities([*head, *chance], rows, 2)


def _last_day(result: Forecast) -> dt.date:
    """The last day of the horizon."""
    return result.as_of + dt.timedelta(days=result.horizon - 1)


def _left_out(result: Forecast, part: RenewalForecast) -> Iterator[str]:
    def count(rows: EntitySnapshots) -> str:
        if not result.model.entity.value:
            return ""
        return f" ({_amount(result)} {_money(result, float(np.nansum(rows.value)))})"

    def describe_due(rows: EntitySnapshots, text: str) -> list[str]:
        names = f"more {sanitize(entity.name if len(rows) == 1 else entity.names)}"
        verb = "has" if len(rows) == 1 else "have"
        deadline = f"with a notice deadline by {_last_day(result)}"
        return wrap(f"{len(rows):,} {names}{count(rows)} {deadline} {verb} {text}.")

    entity = result.model.entity
    if len(part.notice_given):
        yield from describe_due(part.notice_given, "already given notice")
    if len(part.without_score):
        yield from describe_due(part.without_score, "no score")
    if len(part.without_date):
        fix = ""
        columns = () if entity.renewal is None else entity.renewal.columns
        if columns and entity.table is not None:
            column, table = sanitize(columns[0]), sanitize(entity.table)
            fix = f" Fill in `{column}` in table `{table}`."
        missing = (
            "has no notice deadline and is"
            if len(part.without_date) == 1
            else "have no notice deadline and are"
        )
        yield from wrap(
            f"{_count(result, len(part.without_date))}{count(part.without_date)} {missing} not among"
            f" the {len(part.due):,}.{fix}"
        )


def _renewal(part: RenewalForecast, row: int) -> list[str]:
    rows, chances = part.due.rows, part.chances
    position = int(rows.entity[row])
    chance = (
        []
        if chances is None
        else [
            f"{chances.probability[row]:.0%}",
            f"{chances.low[row]:.0%} to {chances.high[row]:.0%}",
            format_number(float(part.stake[row] * (1 - chances.probability[row])), 0),
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
    mean = format_difference(float(known.mean()) if len(known) else 0.0, 0.0)
    yield from wrap(f"Scenario {changes}: scores change by {mean} on average.")
    if base is None or base.chances is None or scenario.chances is None or not len(base.due):
        yield "There is no renewal forecast to compare with."
        return
    change = format_difference(scenario.chances.total.value, base.chances.total.value, 0)
    yield from wrap(
        f"Expected to renew in this scenario: {_range(result, scenario.chances.total)},"
        f" {change} compared with today. {_amount(result)} due:"
        f" {_money(result, scenario.due)}."
    )
    yield from wrap(
        f"This shows how {sanitize(result.model.entity.names)} with such scores renewed in the"
        " past. It doesn’t show what a change would cause."
    )


def _backtests(result: Forecast) -> Iterator[str]:
    backtests = result.renewals.backtests if result.renewals else ()
    if backtests:
        held = sum(backtest.held for backtest in backtests)
        yield from wrap(
            f"Check of past forecasts: in {held} of {len(backtests)}, the actual value was within"
            " the range. Each forecast uses only what was known then."
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
        yield from wrap(
            f"Check of saved forecasts whose time is over: in {held} of {len(record)}, the actual"
            " value was within the range."
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
    mark = (
        "(below the range)"
        if actual < expected.low
        else "(above the range)"
        if actual > expected.high
        else ""
    )
    return [
        str(as_of),
        f"{renewals:,}",
        f"{expected.value:,.0f}",
        f"{expected.low:,.0f} to {expected.high:,.0f}",
        f"{actual:,.0f}",
        mark,
    ]


def _expansion(result: Forecast) -> Iterator[str]:
    for name, part in result.expansion.items():
        goal, score = format_outcome(part.goal), format_label(name)
        if part.candidates.reason is not None:
            reason = _write(result, part.candidates.reason)
            yield from wrap(
                f"No expansion candidates (outcome “{goal}”, score “{score}”). {reason}"
            )
            continue
        yield from wrap(
            f"{sanitize(result.words.entity_words()['Entities'])} most likely to expand within"
            f" {result.horizon} days (outcome “{goal}”, score “{score}”)"
        )
        yield from format_entities(
            [result.model.entity.name, "name", score, "chance", RANGE, "health"],
            _candidates(result, part),
            2,
        )


def _candidates(result: Forecast, part: ExpansionForecast) -> Sequence[list[str]]:
    """One row per candidate; the last cell is the band of the main score."""
    entities, candidates = part.entities, part.candidates
    return [
        [
            sanitize(entities.ids[position]),
            sanitize(entities.label(position) or ""),
            f"{candidates.score[row]:.1f}",
            f"{candidates.probability[row]:.0%}",
            f"{candidates.low[row]:.0%} to {candidates.high[row]:.0%}",
            format_band(result.model, part.bands[position]),
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
        yield "No forecast of scores, because too few past scores are known."
        return
    starts = np.array([30.0, 50.0, 70.0, 90.0])
    yield from wrap(
        f"How scores usually move ({sanitize(result.model.entity.names)} that gave no notice):"
        f" middle value, and {RANGE}"
    )
    rows = []
    for days, transition in transitions.items():
        ahead = [
            f"{middle:.0f} ({low:.0f} to {high:.0f})"
            for low, middle, high in transition.ahead(starts)
        ]
        held = transition.held
        rows.append(
            [
                f"after {days} days",
                *ahead,
                "–" if held is None else f"{held.value:.0%} ({held.low:.0%} to {held.high:.0%})",
            ]
        )
    header = [f"{start:.0f}" for start in starts]
    yield from format_table(
        ["from a score of", *header, "past scores in the range (95% interval)"], rows
    )
    yield from wrap(_ranges_in_the_past({days: each.held for days, each in transitions.items()}))


def _ranges_in_the_past(held: Mapping[int, Interval | None]) -> str:
    """How to read the last column: whether the ranges hold as many scores as they are made to hold."""
    text = (
        "The range is made to hold 80% of the scores. The last column says how many of the past ones it"
        " would have held"
    )
    narrow = [days for days, share in held.items() if share is not None and share.high < LEVEL]
    if not narrow:
        return f"{text}."
    when = "" if len(narrow) == len(held) else f" after {' and '.join(map(str, narrow))} days"
    return f"{text}: fewer{when}, so the true range is wider there."


def _returned(result: Forecast) -> str:
    """That a departure doesn't count if the customer came back."""
    return " and those who came back left out" if result.outcome.contracts else ""


def _lifetime(result: Forecast) -> Iterator[str]:
    if result.lifetime is None:
        return
    part, known = result.lifetime.lifetime, int(result.lifetime.known.sum())
    entities, years = sanitize(result.model.entity.names), f"{part.cap / 365:.0f} years"
    short = int(part.truncated.sum())
    yield from wrap(
        f"Value of the contracts over the next {years}, if {_amount(result)} stays as it is:"
        f" {_range(result, part.total)}{', probably more' if short else ''}."
    )
    stay = f"{part.days[result.lifetime.known].mean() / 365.25:.1f}"
    yield from wrap(
        f"In these {years}, {known:,} {entities} stay {'at least ' if short else ''}{stay} years on"
        f" average. This is learned from all {part.left:,} departures that are known, announced"
        f" ones included{_returned(result)}."
    )
    if short:
        yield from wrap(
            f"For {short:,} of the {known:,} the value is too low: their last years aren’t counted,"
            f" because too few {entities} of that age are known. The range doesn’t allow for this."
        )
    yield from _without_lifetime(result, len(result.lifetime.ids), known)


def _without_lifetime(result: Forecast, without_notice: int, known: int) -> Iterator[str]:
    """The entities whose remaining time isn't estimated, by reason."""
    notice, unknown = result.size - without_notice, without_notice - known
    parts = [f"{notice:,} gave notice"] if notice else []
    if unknown:
        parts.append(f"{unknown:,} started too early or on an unknown day")
    if parts:
        yield from wrap(f"Not included: {_count(result, notice + unknown)} ({'; '.join(parts)}).")


def _purchases(result: Forecast) -> Iterator[str]:
    if result.purchases is None:
        return
    part = result.purchases.value
    if isinstance(part, Finding):
        yield from wrap(f"No purchase forecast. {_write(result, part)}")
        return
    yield from wrap(
        f"Purchases expected within {part.days} days: {part.purchases.sum():,.0f}, value"
        f" {part.money.sum():,.0f}. Of {len(part.buyer):,} buyers {part.alive.sum():,.0f} are"
        " expected to be still active."
    )
    if part.backtest is not None:
        yield from wrap(
            f"The same forecast {part.days} days ago: {part.backtest.purchases:,.0f} purchases"
            f" predicted, {part.backtest.actual:,} made; value {part.backtest.money:,.0f}"
            f" predicted, {part.backtest.earned:,.0f} actual."
        )
    if abs(part.related) > RELATED:
        yield from wrap(
            "How often a buyer buys is related to how much (correlation"
            f" {part.related:.2f}). So the value is uncertain; the number of purchases isn’t."
        )
