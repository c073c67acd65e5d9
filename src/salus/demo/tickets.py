"""Support: tickets with their times, in working minutes too, and what was written in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import instants, joined, keys, nullable, words
from salus.demo.draw import generator, many, pick, pick_by_row, sigmoid, spread
from salus.demo.effects import pull
from salus.demo.life import Life
from salus.demo.people import People, contact_ids
from salus.demo.season import DAY, Flags, Floats, Ints
from salus.demo.texts import CATEGORIES, CIRCUMSTANCES, OPENINGS, POLARITY, SUBJECTS, TONES
from salus.demo.usage import time_of_day

PRIORITIES = ("urgent", "high", "normal", "low")
PRIORITY_SHARES = (0.05, 0.2, 0.55, 0.2)
REPLY_TARGET = np.array([60, 240, 480, 960])  # working minutes
SOLVE_TARGET = np.array([480, 960, 2400, 4800])
CHANNELS = ("email", "web", "chat", "phone")
USUAL = np.array([0.28, 0.3, 0.14, 0.06, 0.17, 0.0, 0.015, 0.003])  # shares of CATEGORIES
OPENS, WORKDAY = 9 * 60, 8 * 60
CLOSES_AFTER = 4 * DAY  # a solved ticket closes by itself
QUIET_RATE, USER_RATE = 0.03, 0.0075  # tickets a week: of an account, and of each user


@dataclass(frozen=True)
class Tickets:
    """One row per ticket; instants in local seconds, working times in minutes."""

    account: Ints
    day: Ints
    created: Ints
    priority: Ints
    category: Ints
    pain: Floats
    sentiment: Floats
    reply: Ints
    solve: Ints
    reopens: Ints


def tickets(life: Life, seed: int, part: int) -> Tickets:
    """Draw them: more where more is used, during outages and trouble; after a notice, questions
    about leaving.
    """
    rng = generator(seed, part, "tickets")
    users = life.adoption * life.seats * life.interest
    usual = (
        (QUIET_RATE + USER_RATE * users)
        * np.exp(pull(life.causes, "tickets"))
        * life.season.busy.sum(axis=1)
        / 5
    )
    counts = many(rng, usual * life.alive * life.book.has_tickets[:, None], 1.2)
    account, week = np.nonzero(counts)
    row = spread(counts[account, week])
    account, week = account[row], week[row]
    day = life.season.mondays[week] + pick_by_row(rng, life.season.busy[week])
    there = life.serves(account, day)
    account, week, day = account[there], week[there], day[there]
    pain = life.causes["support_pain"][account, week]
    category = pick_by_row(rng, _category_weights(life, account, week, day))
    priority = pick(rng, PRIORITY_SHARES, len(day))
    urgent = np.isin(category, [CATEGORIES.index("outage"), CATEGORIES.index("data loss")])
    priority = np.where(urgent & (rng.random(len(day)) < 0.35), 0, priority)
    slow = np.exp(life.hit.support_load[week] + 1.1 * pain)
    return Tickets(
        account,
        day,
        day * DAY + time_of_day(rng, len(day)),
        priority,
        category,
        pain,
        life.sentiment[account, week] + rng.normal(0, 0.7, len(day)),
        _minutes(rng, 0.4 * REPLY_TARGET[priority] * slow, 0.7),
        _minutes(rng, 0.45 * SOLVE_TARGET[priority] * slow, 0.8) + REPLY_TARGET[priority] // 4,
        rng.poisson(0.04 + 0.35 * pain),
    )


def _category_weights(life: Life, account: Ints, week: Ints, day: Ints) -> Floats:
    weights = np.tile(USUAL, (len(account), 1))
    weights[:, 0] += 0.4 * life.causes["support_pain"][account, week]
    weights[:, 6] += 0.04 * life.causes["support_pain"][account, week]
    weights[:, 5] = 0.9 * np.maximum(0, life.causes["outage"][account, week] - 0.3)
    weights[:, 3] += 0.12 * (life.causes["price_rise"][account, week] > 0)
    weights[:, 7] += 0.5 * (day > life.notice[account])
    return weights


def _minutes(rng: np.random.Generator, median: Floats, spread_of_log: float) -> Ints:
    drawn: Ints = np.maximum(1, median * np.exp(rng.normal(0, spread_of_log, len(median)))).astype(
        np.int64
    )
    return drawn


def after_working_minutes(created: Ints, minutes: Ints) -> Ints:
    """Local seconds at which that many working minutes (Monday to Friday, 9 to 17) have passed.

    >>> friday_noon = np.array([1 * DAY + 12 * 3600])            # 2 January 1970
    >>> after_working_minutes(friday_noon, np.array([6 * 60])) // DAY      # five hours on Friday, one on Monday
    array([4])
    """
    day, minute = created // DAY, created % DAY // 60
    week, weekday = np.divmod(day + 3, 7)
    spent = np.where(weekday < 5, np.clip(minute - OPENS, 0, WORKDAY), 0)
    total = (week * 5 + np.minimum(weekday, 5)) * WORKDAY + spent + minutes
    workday, rest = np.divmod(total, WORKDAY)
    week, weekday = np.divmod(workday, 5)
    return np.maximum(created + 60, (week * 7 + weekday - 3) * DAY + (OPENS + rest) * 60)


def ticket_tables(life: Life, who: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`ticket` and `ticket_text`."""
    found = tickets(life, seed, part)
    rng = generator(seed, part, "ticket rows")
    ids = keys("T-", np.arange(len(found.day)) + part * 1_000_000, 8)
    subject = _subjects(rng, found.category)
    return {
        "ticket": _ticket(life, who, found, ids, subject, rng),
        "ticket_text": _text(life, found, ids, rng),
    }


def _ticket(
    life: Life,
    who: People,
    found: Tickets,
    ids: pa.Array,
    subject: pa.Array,
    rng: np.random.Generator,
) -> pa.Table:
    end = (life.season.last + 1) * DAY
    replied = after_working_minutes(found.created, found.reply)
    solved_first = np.maximum(after_working_minutes(found.created, found.solve), replied + 60)
    again = found.reopens * rng.integers(1, 6, len(replied)) * DAY
    solved = solved_first + again
    never = rng.random(len(replied)) < 0.01
    has_reply, has_first, has_last = (
        replied < end,
        (solved_first < end) & ~never,
        (solved < end) & ~never,
    )
    closed = solved + CLOSES_AFTER
    moved = np.where(
        rng.random(len(replied)) < 0.08, np.maximum(0, found.priority - 1), found.priority
    )
    contact = who.somebody(rng, found.account, found.day, towards=2.0)
    status = np.where(
        has_last & (closed < end), 3, np.where(has_last, 2, np.where(has_reply, 1, 0))
    )
    late = found.reply > REPLY_TARGET[found.priority]

    def utc(local: Ints, known: Flags | None = None) -> pa.Array:
        return instants(life.season.instants(local // DAY, local % DAY), known)

    return pa.table(
        {
            "ticket_id": ids,
            "account_id": pa.array(life.book.ids).take(pa.array(found.account)),
            "contact_id": contact_ids(life, who).take(pa.array(contact)),
            "subject": subject,
            "category": words(CATEGORIES, found.category, rng.random(len(replied)) > 0.04),
            "priority": words(PRIORITIES, moved),
            "priority_at_creation": words(PRIORITIES, found.priority),
            "status": words(("new", "open", "solved", "closed"), status),
            "channel": words(CHANNELS, pick(rng, (0.5, 0.25, 0.15, 0.1), len(replied))),
            "created_at": utc(found.created),
            "first_public_reply_at": utc(replied, has_reply),
            "first_solved_at": utc(solved_first, has_first),
            "last_solved_at": utc(solved, has_last),
            "closed_at": utc(closed, has_last & (closed < end)),
            "reopens": nullable(found.reopens * has_first),
            "first_reply_bm": nullable(found.reply, has_reply),
            "full_resolution_bm": nullable(found.solve + again // DAY * WORKDAY, has_last),
            "sla_target_min": nullable(REPLY_TARGET[found.priority]),
            "resolution_target_min": nullable(SOLVE_TARGET[found.priority]),
            "sla_breached": nullable(late, has_reply),
        }
    )


def _subjects(rng: np.random.Generator, category: Ints) -> pa.Array:
    flat = [subject for name in CATEGORIES for subject in SUBJECTS[name]]
    sizes = np.array([len(SUBJECTS[name]) for name in CATEGORIES])
    first = np.cumsum(sizes) - sizes
    return words(
        flat, first[category] + (rng.random(len(category)) * sizes[category]).astype(np.int64)
    )


def _text(life: Life, found: Tickets, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
    """The first message: its tone follows how people feel, and its polarity is what a text step
    made of it.
    """
    n = len(found.day)
    tone = np.where(
        rng.random(n) < sigmoid(-1.2 - 1.1 * found.sentiment),
        0,
        np.where(rng.random(n) < sigmoid(-1.5 + 0.9 * found.sentiment), 2, 1),
    )
    closings = pa.array([closing for tones in TONES for closing in tones])
    first = np.cumsum([0, len(TONES[0]), len(TONES[1])])
    sizes = np.array([len(tones) for tones in TONES])
    chosen = closings.take(pa.array(first[tone] + (rng.random(n) * sizes[tone]).astype(np.int64)))
    text = joined(
        words(OPENINGS, rng.integers(0, len(OPENINGS), n)),
        " ",
        words(CIRCUMSTANCES, rng.integers(0, len(CIRCUMSTANCES), n)),
        " ",
        chosen,
    )
    polarity = np.round(np.clip(np.array(POLARITY)[tone] + rng.normal(0, 0.2, n), -1, 1), 2)
    return pa.table(
        {
            "ticket_id": ids,
            "account_id": pa.array(life.book.ids).take(pa.array(found.account)),
            "created_at": instants(life.season.instants(found.day, found.created % DAY)),
            "language": ["en"] * n,
            "text": text,
            "polarity": nullable(polarity),
        }
    )
