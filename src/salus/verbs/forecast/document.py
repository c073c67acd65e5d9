"""A forecast as JSON: the document that the command prints, and the part of it that is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from salus.insight.forecast.renewals import RenewalChances
from salus.insight.statistics.interval import Interval
from salus.periods.day import date_of
from salus.scoring.explanation import number
from salus.verbs.forecast.renewals import RenewalForecast

if TYPE_CHECKING:
    from salus.verbs.forecast.forecast import Forecast

CHANCE = ("probability", "low", "high")
GROWING = 50  # candidates of a further score that are listed


def document(told: Forecast) -> dict[str, Any]:
    """The document of `salus forecast --json`."""
    found = told.renewing
    return {
        "model": _model(told),
        "as_of": told.as_of.isoformat(),
        "horizon_days": told.horizon,
        "outcome": told.outcome.name,
        "unit": told.model.entity.value,
        "currency": told.model.entity.currency,
        "renewals": (
            [] if found is None else [_renewal(told, found, row) for row in order(told, found)]
        ),
        "total": (
            None if found is None or found.forecast is None else _interval(found.forecast.total)
        ),
        "due": None if found is None else float(found.stake.sum()),
        "at_risk": None if found is None else found.at_risk,
        "reason": _reason(found),
        **_beside(told),
        "scenario": _scenario(told),
        "candidates": {name: _candidates(told, name) for name in told.growth},
        "paths": [_path(told, days) for days in told.paths],
        "scores": list(_scores(told)),
        "lifetime": _lifetime(told),
        "purchases": _purchases(told),
        "log": [one.as_dict() for one in told.fared],
        "notes": list(told.notes),
    }


def renewals(told: Forecast) -> pa.Table:
    """The terms that are decided, as a table."""
    found = told.renewing
    rows = [] if found is None else [_renewal(told, found, row) for row in order(told, found)]
    types = {"id": pa.string(), "label": pa.string(), "decide_by": pa.date32()}
    columns = {
        name: [row[name] for row in rows]
        for name in ("id", "label", "decide_by", "value", "score", *CHANCE)
    }
    columns["decide_by"] = [dt.date.fromisoformat(day) for day in columns["decide_by"]]
    return pa.table(
        {name: pa.array(values, types.get(name, pa.float64())) for name, values in columns.items()}
    )


def kept(told: Forecast, found: RenewalForecast, forecast: RenewalChances) -> dict[str, Any]:
    """What is written down, to be compared with what comes."""
    renewals = [
        {
            "id": told.ids[entity],
            "seen": date_of(int(seen)).isoformat(),
            "stake": float(stake),
            "probability": float(chance),
        }
        for entity, seen, stake, chance in zip(
            found.due.rows.entity, found.due.seen, found.stake, forecast.probability, strict=True
        )
    ]
    return {
        "model": _model(told),
        "as_of": told.as_of.isoformat(),
        "horizon_days": told.horizon,
        "outcome": told.outcome.name,
        "total": _interval(forecast.total),
        "renewals": renewals,
    }


def order(told: Forecast, found: RenewalForecast) -> list[int]:
    """Rows of what is due: most money to lose first, without a forecast by their day; then by
    id.
    """
    rows = found.due.rows
    loss = (
        found.due.rows.decide_by
        if found.forecast is None
        else -found.stake * (1 - found.forecast.probability)
    )
    return sorted(range(len(rows)), key=lambda row: (float(loss[row]), told.ids[rows.entity[row]]))


def _model(told: Forecast) -> dict[str, str]:
    return {"name": told.model.name, "fingerprint": told.model.fingerprint}


def _interval(found: Interval) -> dict[str, float]:
    return {"value": found.value, "low": found.low, "high": found.high}


def _reason(found: RenewalForecast | None) -> str | None:
    return (
        "the model doesn't say when terms are decided: add `renewal` to its entity"
        if found is None
        else found.reason
    )


def _renewal(told: Forecast, found: RenewalForecast, row: int) -> dict[str, Any]:
    rows, forecast = found.due.rows, found.forecast
    place = int(rows.entity[row])
    figures = () if forecast is None else (forecast.probability, forecast.low, forecast.high)
    return {
        "id": told.ids[place],
        "label": told.label(place),
        "decide_by": date_of(int(rows.decide_by[row])).isoformat(),
        "value": number(rows.value[row]),
        "score": float(rows.score[row]),
        **dict.fromkeys(CHANCE),
        **{name: float(one[row]) for name, one in zip(CHANCE, figures, strict=False)},
    }


def _beside(told: Forecast) -> dict[str, Any]:
    found = told.renewing
    if found is None:
        return {}

    def sums(rows: Any) -> dict[str, Any]:
        return {
            "entities": len(rows),
            "value": float(np.nansum(rows.value)) if told.model.entity.value else None,
        }

    trials = [
        {
            "as_of": date_of(one.day).isoformat(),
            "renewals": one.renewals,
            "expected": one.total.value,
            "low": one.total.low,
            "high": one.total.high,
            "actual": one.actual,
            "held": one.actual in one.total,
        }
        for one in found.trials
    ]
    return {
        "history": {"decisions": found.past, "lost": found.lost, "shock": found.shock},
        "trials": trials,
        "notice_given": sums(found.gone),
        "without_score": sums(found.unscored),
        "without_date": sums(found.undated),
    }


def _scenario(told: Forecast) -> dict[str, Any] | None:
    found, supposed = told.renewing, told.supposed
    if supposed is None:
        return None
    head = {"changes": [one.text for one in supposed.changes]}
    if found is None or found.forecast is None or supposed.forecast is None:
        return {**head, "total": None, "renewals": []}
    rows = [
        {
            "id": told.ids[place],
            "score_from": float(before),
            "score_to": number(after),
            "probability_from": float(was),
            "probability_to": number(now),
        }
        for place, before, after, was, now in zip(
            found.due.rows.entity,
            found.due.rows.score,
            supposed.due_score,
            found.forecast.probability,
            supposed.forecast.probability,
            strict=True,
        )
    ]
    return {
        **head,
        "due": supposed.due,
        "total": _interval(supposed.forecast.total),
        "renewals": rows,
    }


def _candidates(told: Forecast, name: str) -> dict[str, Any]:
    goal, found = told.growth[name]
    rows = zip(
        found.entity[:GROWING], found.score, found.probability, found.low, found.high, strict=False
    )
    return {
        "goal": goal,
        "reason": found.reason,
        "entities": [
            {
                "id": told.ids[place],
                "label": told.label(place),
                "score": float(score),
                "probability": float(chance),
                "low": float(low),
                "high": float(high),
            }
            for place, score, chance, low, high in rows
        ],
    }


def _path(told: Forecast, days: int) -> dict[str, Any]:
    found = told.paths[days]
    if found is None:
        return {"days": days, "moves": None, "held": None}
    return {
        "days": days,
        "moves": found.moves,
        "held": None if found.held is None else _interval(found.held),
    }


def _scores(told: Forecast) -> Iterator[dict[str, Any]]:
    """Each entity of today with a score and without a notice: where it goes."""
    scores = told.now.score
    ahead = {days: found.ahead(scores) for days, found in told.paths.items() if found is not None}
    for row, entity in enumerate(told.now.cells.entity):
        if told.asked[row] and not np.isnan(scores[row]):
            yield {
                "id": told.ids[entity],
                "score": float(scores[row]),
                "ahead": [
                    {
                        "days": days,
                        "value": float(each[row][1]),
                        "low": float(each[row][0]),
                        "high": float(each[row][2]),
                    }
                    for days, each in ahead.items()
                ],
            }


def _lifetime(told: Forecast) -> dict[str, Any] | None:
    found = told.lifetime
    if found is None:
        return None
    known = ~np.isnan(found.days)
    return {
        "cap_days": found.cap,
        "entities": int(known.sum()),
        "left": found.left,
        "cut": int(found.cut.sum()),
        "mean_days": float(found.days[known].mean()) if known.any() else None,
        "total": _interval(found.total),
        "each": [
            {"id": told.ids[place], "days": number(days), "value": number(worth)}
            for place, days, worth in zip(
                told.now.cells.entity[told.asked], found.days, found.worth, strict=True
            )
        ],
    }


def _purchases(told: Forecast) -> dict[str, Any] | None:
    found = told.worth
    if found is None:
        return None
    if isinstance(found, str):
        return {
            "reason": found,
            **dict.fromkeys(("days", "purchases", "value", "related", "check")),
            "entities": [],
        }
    check = (
        None
        if found.check is None
        else {
            "purchases": found.check.purchases,
            "came": found.check.came,
            "money": found.check.money,
            "earned": found.check.earned,
        }
    )
    buyers = [
        {
            "id": told.ids[place],
            "alive": float(alive),
            "purchases": float(some),
            "value": float(money),
        }
        for place, alive, some, money in zip(
            found.buyer, found.alive, found.purchases, found.money, strict=True
        )
    ]
    return {
        "reason": None,
        "days": found.days,
        "purchases": float(found.purchases.sum()),
        "value": float(found.money.sum()),
        "related": found.related,
        "check": check,
        "entities": buyers,
    }
