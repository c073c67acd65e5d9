"""Between people: meetings, calls and mails, the manager's pulse, agreed goals, and what customers
do for us.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.book import CADENCE
from salus.demo.columns import dates, instants, joined, keys, nullable, words
from salus.demo.draw import generator, pick, pick_by_row, sigmoid, spread
from salus.demo.life import Life
from salus.demo.names import csm
from salus.demo.people import People, contact_ids
from salus.demo.season import Floats, Ints
from salus.demo.texts import MOODS, REASONS
from salus.demo.usage import time_of_day

KINDS = ("meeting", "call", "email", "ebr")
MEETING, CALL, EMAIL, EBR = range(4)
DURATION = np.array([45, 20, 0, 90])
OUTCOMES = ("held", "no_show", "cancelled")
PULSE_EVERY = 32  # days, as a rule
GOALS = (
    ("Faster order processing", "time saved per order", "percent", 100.0, 1),
    ("Fewer stock-outs", "stock-outs avoided", "percent", 100.0, 1),
    ("Savings in purchasing", "savings a year", "EUR", 40_000.0, 2),
)  # title, metric, unit, target, weight
ACTS = ("review", "reference_call", "referral", "case_study", "talk", "bad_review")
ACT_POINTS = np.array([2, 3, 4, 5, 3, -5])


def relation_tables(life: Life, who: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`interaction`, `pulse`, `objective`, `advocacy_event`."""
    return {
        "interaction": _interactions(life, who, generator(seed, part, "interactions"), part),
        "pulse": _pulse(life, generator(seed, part, "pulse")),
        "objective": _objectives(life, generator(seed, part, "objectives")),
        "advocacy_event": _advocacy(life, who, generator(seed, part, "advocacy")),
    }


def _weekly(life: Life, rng: np.random.Generator, mean: Floats) -> tuple[Ints, Ints]:
    """Account and day of things that happen that often per week, on busy days of its life."""
    counts = rng.poisson(mean * life.alive)
    account, week = np.nonzero(counts)
    row = spread(counts[account, week])
    account, week = account[row], week[row]
    day = life.season.mondays[week] + pick_by_row(rng, life.season.busy[week])
    there = life.serves(account, day)
    return account[there], day[there]


def _interactions(life: Life, who: People, rng: np.random.Generator, part: int) -> pa.Table:
    """Two contacts per cadence or so; people who turn away answer fewer mails and miss more
    meetings.
    """
    willing = np.exp(0.3 * life.sentiment) * np.sqrt(life.interest)
    often = 7 * 2.2 / CADENCE[life.book.tier][:, None] * life.book.has_meetings[:, None]
    account, day = _weekly(life, rng, often * willing)
    n, tier = len(account), life.book.tier[account]
    feels = life.at(life.sentiment, account, day) - 1.0 * (day > life.notice[account])
    kind = pick_by_row(
        rng,
        np.column_stack(
            [np.full(n, 0.36), np.full(n, 0.27), np.full(n, 0.31), np.where(tier < 2, 0.06, 0.01)]
        ),
    )
    answered = (kind != EMAIL) | (rng.random(n) < sigmoid(0.9 + 0.8 * feels))
    missed = (kind != EMAIL) & (rng.random(n) < sigmoid(-2.7 - 0.9 * feels))
    outcome = np.where(missed, 1, np.where((kind != EMAIL) & (rng.random(n) < 0.06), 2, 0))
    rating = np.clip(np.round(4.2 + 0.65 * feels + rng.normal(0, 0.7, n)), 1, 5).astype(np.int64)
    contact = who.somebody(rng, account, day, towards=0.7)
    return pa.table(
        {
            "id": keys("X-", np.arange(n) + part * 1_000_000, 8),
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "contact_id": contact_ids(life, who).take(pa.array(contact)),
            "kind": words(KINDS, kind),
            "direction": words(("out", "two_way"), answered.astype(np.int64)),
            "at": instants(life.season.instants(day, time_of_day(rng, n))),
            "duration_min": nullable(DURATION[kind], kind != EMAIL),
            "outcome": words(OUTCOMES, outcome),
            "rating": nullable(rating, (kind != EMAIL) & (outcome == 0) & (rng.random(n) < 0.6)),
            "owner": words(_managers(life), life.book.csm[account]),
        }
    )


def _managers(life: Life) -> list[str]:
    return [csm(number) for number in range(int(life.book.csm.max()) + 1)]


def _pulse(life: Life, rng: np.random.Generator) -> pa.Table:
    """What the manager thinks: a view of the mood with a lag of a week, a habit of hope, and
    noise.
    """
    account, day = _weekly(
        life, rng, 7 / PULSE_EVERY * life.book.has_pulse[:, None] * np.ones(life.alive.shape)
    )
    hope = rng.normal(0.2, 0.3, int(life.book.csm.max()) + 1)
    seen = 0.9 * life.at(life.sentiment, account, np.maximum(day - 7, life.season.first))
    seen += hope[life.book.csm[account]] + rng.normal(0, 0.5, len(account))
    mood = np.where(day > life.notice[account], 0, np.digitize(seen, [-1.9, -0.65, 0.75]))
    reasons = [reason for name in MOODS for reason in REASONS[name]]
    sizes = np.array([len(REASONS[name]) for name in MOODS])
    chosen = (np.cumsum(sizes) - sizes)[mood] + (rng.random(len(mood)) * sizes[mood]).astype(
        np.int64
    )
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "given_at": instants(life.season.instants(day, time_of_day(rng, len(day)))),
            "mood": words(MOODS, mood),
            "reason": words(reasons, chosen),
            "author": words(_managers(life), life.book.csm[account]),
        }
    )


def _objectives(life: Life, rng: np.random.Generator) -> pa.Table:
    """Goals, one row per dated evidence, about every quarter; how far one gets follows fit and
    use.
    """
    held = rng.random((len(life.book), len(GOALS))) < 0.5
    account, goal = np.nonzero(held & life.book.has_goals[:, None])
    row, wave = np.nonzero(np.ones((len(account), life.season.weeks // 13 + 1)))
    account, goal = account[row], goal[row]
    day = life.season.first + 91 * wave + rng.integers(0, 60, len(row))
    told = (
        life.serves(account, day)
        & (day - life.book.since[account] > 90)
        & (rng.random(len(row)) < 0.7)
    )
    account, goal, day = account[told], goal[told], day[told]
    done = 0.75 + 0.12 * life.book.fit[account] + 0.5 * (life.at(life.adoption, account, day) - 0.7)
    done = np.clip(done + rng.normal(0, 0.15, len(day)), 0, 1.3)
    scale = np.array([row[3] for row in GOALS])[goal]
    number = joined(keys("O-", life.book.numbers[account]), keys("-", goal, 1))
    return pa.table(
        {
            "objective_id": number,
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "title": words([row[0] for row in GOALS], goal),
            "metric": words([row[1] for row in GOALS], goal),
            "unit": words([row[2] for row in GOALS], goal),
            "baseline": nullable(np.zeros(len(day))),
            "target": nullable(scale),
            "actual": nullable(np.round(done * scale, 1)),
            "evidence_on": dates(day),
            "status": words(("open", "reached"), (done >= 1).astype(np.int64)),
            "weight": nullable(np.array([row[4] for row in GOALS])[goal]),
        }
    )


def _advocacy(life: Life, who: People, rng: np.random.Generator) -> pa.Table:
    """Rare acts of the happy, and now and then a bad review of the unhappy."""
    account, day = _weekly(life, rng, 0.006 * np.exp(0.5 * np.abs(life.sentiment)))
    feels = life.at(life.sentiment, account, day) + rng.normal(0, 0.5, len(day))
    act = np.where(feels < -1.6, 5, pick(rng, (0.4, 0.25, 0.2, 0.05, 0.1), len(day)))
    kept = (feels < -1.6) | (feels > 0)
    account, day, act = account[kept], day[kept], act[kept]
    contact = who.somebody(rng, account, day)
    return pa.table(
        {
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "contact_id": contact_ids(life, who).take(pa.array(contact)),
            "kind": words(ACTS, act),
            "at": instants(life.season.instants(day, time_of_day(rng, len(day)))),
            "points": nullable(ACT_POINTS[act]),
        }
    )
