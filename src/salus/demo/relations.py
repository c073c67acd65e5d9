"""The tables of meetings, calls and mails, of the managers' pulse, of agreed goals, and of advocacy."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.demo.columns import join_texts, to_array, to_dates, to_instants, to_keys, to_words
from salus.demo.customers import CADENCE
from salus.demo.draw import make_generator, pick, pick_by_row, repeat_rows, sigmoid
from salus.demo.life import Life
from salus.demo.names import invent_csm_email
from salus.demo.people import People, make_contact_ids
from salus.demo.season import Floats, Ints
from salus.demo.texts import MOODS, REASONS
from salus.demo.usage import draw_times_of_day

KINDS = ("meeting", "call", "email", "ebr")
MEETING, CALL, EMAIL, EBR = range(4)
DURATION = np.array([45, 20, 0, 90])
OUTCOMES = ("held", "no_show", "cancelled")
PULSE_EVERY = 32  # days, on average
GOALS = (
    ("Faster order processing", "time saved per order", "percent", 100.0, 1),
    ("Fewer stock-outs", "stock-outs avoided", "percent", 100.0, 1),
    ("Savings in purchasing", "savings a year", "EUR", 40_000.0, 2),
)  # title, metric, unit, target, weight
ACTS = ("review", "reference_call", "referral", "case_study", "talk", "bad_review")
ACT_POINTS = np.array([2, 3, 4, 5, 3, -5])


def build_relation_tables(life: Life, people: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`interaction`, `pulse`, `objective`, `advocacy_event`."""
    return {
        "interaction": _interactions(
            life, people, make_generator(seed, part, "interactions"), part
        ),
        "pulse": _pulse(life, make_generator(seed, part, "pulse")),
        "objective": _objectives(life, make_generator(seed, part, "objectives")),
        "advocacy_event": _advocacy(life, people, make_generator(seed, part, "advocacy")),
    }


def _weekly(life: Life, rng: np.random.Generator, mean: Floats) -> tuple[Ints, Ints]:
    """The account and day of events with a mean number per week, mostly on busy days."""
    counts = rng.poisson(mean * life.alive)
    account, week = np.nonzero(counts)
    row = repeat_rows(counts[account, week])
    account, week = account[row], week[row]
    day = life.season.mondays[week] + pick_by_row(rng, life.season.busy[week])
    served = life.serves(account, day)
    return account[served], day[served]


def _interactions(life: Life, people: People, rng: np.random.Generator, part: int) -> pa.Table:
    """About two contacts per cadence. Unhappy people answer fewer mails and miss more meetings."""
    willing = np.exp(0.3 * life.sentiment) * np.sqrt(life.interest)
    often = 7 * 2.2 / CADENCE[life.customers.tier][:, None] * life.customers.has_meetings[:, None]
    account, day = _weekly(life, rng, often * willing)
    n, tier = len(account), life.customers.tier[account]
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
    contact = people.pick_contact(rng, account, day, towards=0.7)
    return pa.table(
        {
            "id": to_keys("X-", np.arange(n) + part * 1_000_000, 8),
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "contact_id": make_contact_ids(life, people).take(pa.array(contact)),
            "kind": to_words(KINDS, kind),
            "direction": to_words(("out", "two_way"), answered.astype(np.int64)),
            "at": to_instants(life.season.instants(day, draw_times_of_day(rng, n))),
            "duration_min": to_array(DURATION[kind], kind != EMAIL),
            "outcome": to_words(OUTCOMES, outcome),
            "rating": to_array(rating, (kind != EMAIL) & (outcome == 0) & (rng.random(n) < 0.6)),
            "owner": to_words(_managers(life), life.customers.csm[account]),
        }
    )


def _managers(life: Life) -> list[str]:
    return [invent_csm_email(number) for number in range(int(life.customers.csm.max()) + 1)]


def _pulse(life: Life, rng: np.random.Generator) -> pa.Table:
    """The manager's view of the mood, a week late, with optimism and noise."""
    account, day = _weekly(
        life, rng, 7 / PULSE_EVERY * life.customers.has_pulse[:, None] * np.ones(life.alive.shape)
    )
    hope = rng.normal(0.2, 0.3, int(life.customers.csm.max()) + 1)
    view = 0.9 * life.at(life.sentiment, account, np.maximum(day - 7, life.season.first))
    view += hope[life.customers.csm[account]] + rng.normal(0, 0.5, len(account))
    mood = np.where(day > life.notice[account], 0, np.digitize(view, [-1.9, -0.65, 0.75]))
    reasons = [reason for name in MOODS for reason in REASONS[name]]
    sizes = np.array([len(REASONS[name]) for name in MOODS])
    chosen = (np.cumsum(sizes) - sizes)[mood] + (rng.random(len(mood)) * sizes[mood]).astype(
        np.int64
    )
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "given_at": to_instants(life.season.instants(day, draw_times_of_day(rng, len(day)))),
            "mood": to_words(MOODS, mood),
            "reason": to_words(reasons, chosen),
            "author": to_words(_managers(life), life.customers.csm[account]),
        }
    )


def _objectives(life: Life, rng: np.random.Generator) -> pa.Table:
    """Goals, with evidence about once a quarter. Progress follows fit and usage."""
    held = rng.random((len(life.customers), len(GOALS))) < 0.5
    account, goal = np.nonzero(held & life.customers.has_goals[:, None])
    row, wave = np.nonzero(np.ones((len(account), life.season.weeks // 13 + 1)))
    account, goal = account[row], goal[row]
    day = life.season.first + 91 * wave + rng.integers(0, 60, len(row))
    reported = (
        life.serves(account, day)
        & (day - life.customers.since[account] > 90)
        & (rng.random(len(row)) < 0.7)
    )
    account, goal, day = account[reported], goal[reported], day[reported]
    done = (
        0.75
        + 0.12 * life.customers.fit[account]
        + 0.5 * (life.at(life.adoption, account, day) - 0.7)
    )
    done = np.clip(done + rng.normal(0, 0.15, len(day)), 0, 1.3)
    scale = np.array([row[3] for row in GOALS])[goal]
    number = join_texts(to_keys("O-", life.customers.numbers[account]), to_keys("-", goal, 1))
    return pa.table(
        {
            "objective_id": number,
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "title": to_words([row[0] for row in GOALS], goal),
            "metric": to_words([row[1] for row in GOALS], goal),
            "unit": to_words([row[2] for row in GOALS], goal),
            "baseline": to_array(np.zeros(len(day))),
            "target": to_array(scale),
            "actual": to_array(np.round(done * scale, 1)),
            "evidence_on": to_dates(day),
            "status": to_words(("open", "reached"), (done >= 1).astype(np.int64)),
            "weight": to_array(np.array([row[4] for row in GOALS])[goal]),
        }
    )


def _advocacy(life: Life, people: People, rng: np.random.Generator) -> pa.Table:
    """Rare favours from happy customers, and a few bad reviews from unhappy ones."""
    account, day = _weekly(life, rng, 0.006 * np.exp(0.5 * np.abs(life.sentiment)))
    feels = life.at(life.sentiment, account, day) + rng.normal(0, 0.5, len(day))
    act = np.where(feels < -1.6, 5, pick(rng, (0.4, 0.25, 0.2, 0.05, 0.1), len(day)))
    kept = (feels < -1.6) | (feels > 0)
    account, day, act = account[kept], day[kept], act[kept]
    contact = people.pick_contact(rng, account, day)
    return pa.table(
        {
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "contact_id": make_contact_ids(life, people).take(pa.array(contact)),
            "kind": to_words(ACTS, act),
            "at": to_instants(life.season.instants(day, draw_times_of_day(rng, len(day)))),
            "points": to_array(ACT_POINTS[act]),
        }
    )
