"""The tables of support tickets: times, also in working minutes, and texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import join_texts, to_array, to_instants, to_keys, to_words
from salus.demo.draw import draw_counts, make_generator, pick, pick_by_row, repeat_rows, sigmoid
from salus.demo.effects import sum_effects
from salus.demo.life import Life
from salus.demo.people import People, make_contact_ids
from salus.demo.season import DAY, Flags, Floats, Ints
from salus.demo.texts import CATEGORIES, CIRCUMSTANCES, OPENINGS, POLARITY, SUBJECTS, TONES
from salus.demo.usage import draw_times_of_day

PRIORITIES = ("urgent", "high", "normal", "low")
PRIORITY_SHARES = (0.05, 0.2, 0.55, 0.2)
REPLY_TARGET = np.array([60, 240, 480, 960])  # working minutes
SOLVE_TARGET = np.array([480, 960, 2400, 4800])
CHANNELS = ("email", "web", "chat", "phone")
USUAL = np.array([0.28, 0.3, 0.14, 0.06, 0.17, 0.0, 0.015, 0.003])  # shares of CATEGORIES
OPENS, WORKDAY = 9 * 60, 8 * 60
CLOSES_AFTER = 4 * DAY  # a solved ticket closes by itself
QUIET_RATE, USER_RATE = 0.03, 0.0075  # tickets per week of an account, and of each of its users


@dataclass(frozen=True, kw_only=True)
class Tickets:
    """One row per ticket. Times are local seconds, durations are working minutes."""

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


def draw_tickets(life: Life, seed: int, part: int) -> Tickets:
    """Draw tickets: more with more usage, during outages and in trouble.

    After a notice, many are about cancellation.
    """
    rng = make_generator(seed, part, "tickets")
    users = life.adoption * life.seats * life.interest
    usual = (
        (QUIET_RATE + USER_RATE * users)
        * np.exp(sum_effects(life.causes, "tickets"))
        * life.season.busy.sum(axis=1)
        / 5
    )
    counts = draw_counts(rng, usual * life.alive * life.customers.has_tickets[:, None], 1.2)
    account, week = np.nonzero(counts)
    row = repeat_rows(counts[account, week])
    account, week = account[row], week[row]
    day = life.season.mondays[week] + pick_by_row(rng, life.season.busy[week])
    served = life.serves(account, day)
    account, week, day = account[served], week[served], day[served]
    pain = life.causes["support_pain"][account, week]
    category = pick_by_row(rng, _category_weights(life, account, week, day))
    priority = pick(rng, PRIORITY_SHARES, len(day))
    urgent = np.isin(category, [CATEGORIES.index("outage"), CATEGORIES.index("data loss")])
    priority = np.where(urgent & (rng.random(len(day)) < 0.35), 0, priority)
    slow = np.exp(life.incidents.support_load[week] + 1.1 * pain)
    target = REPLY_TARGET[priority]
    return Tickets(  # the order of the draws decides the data
        account=account,
        day=day,
        created=day * DAY + draw_times_of_day(rng, len(day)),
        priority=priority,
        category=category,
        pain=pain,
        sentiment=life.sentiment[account, week] + rng.normal(0, 0.7, len(day)),
        reply=_minutes(rng, 0.4 * target * slow, 0.7),
        solve=_minutes(rng, 0.45 * SOLVE_TARGET[priority] * slow, 0.8) + target // 4,
        reopens=rng.poisson(0.04 + 0.35 * pain),
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


def add_working_minutes(created: Ints, minutes: Ints) -> Ints:
    """The local seconds when some working minutes (Monday to Friday, 9 to 17) have passed.

    >>> friday_noon = np.array([1 * DAY + 12 * 3600])            # 2 January 1970
    >>> add_working_minutes(friday_noon, np.array([6 * 60])) // DAY      # five hours on Friday, one on Monday
    array([4])
    """
    day, minute = created // DAY, created % DAY // 60
    week, weekday = np.divmod(day + 3, 7)
    spent = np.where(weekday < 5, np.clip(minute - OPENS, 0, WORKDAY), 0)
    total = (week * 5 + np.minimum(weekday, 5)) * WORKDAY + spent + minutes
    workday, rest = np.divmod(total, WORKDAY)
    week, weekday = np.divmod(workday, 5)
    return np.maximum(created + 60, (week * 7 + weekday - 3) * DAY + (OPENS + rest) * 60)


def build_ticket_tables(life: Life, people: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`ticket` and `ticket_text`."""
    tickets = draw_tickets(life, seed, part)
    rng = make_generator(seed, part, "ticket rows")
    ids = to_keys("T-", np.arange(len(tickets.day)) + part * 1_000_000, 8)
    subject = _subjects(rng, tickets.category)
    return {
        "ticket": _ticket(life, people, tickets, ids, subject, rng),
        "ticket_text": _text(life, tickets, ids, rng),
    }


def _ticket(
    life: Life,
    people: People,
    tickets: Tickets,
    ids: pa.Array,
    subject: pa.Array,
    rng: np.random.Generator,
) -> pa.Table:
    end = (life.season.last + 1) * DAY
    replied = add_working_minutes(tickets.created, tickets.reply)
    solved_first = np.maximum(add_working_minutes(tickets.created, tickets.solve), replied + 60)
    again = tickets.reopens * rng.integers(1, 6, len(replied)) * DAY
    solved = solved_first + again
    never = rng.random(len(replied)) < 0.01
    has_reply, has_first, has_last = (
        replied < end,
        (solved_first < end) & ~never,
        (solved < end) & ~never,
    )
    closed = solved + CLOSES_AFTER
    moved = np.where(
        rng.random(len(replied)) < 0.08, np.maximum(0, tickets.priority - 1), tickets.priority
    )
    contact = people.pick_contact(rng, tickets.account, tickets.day, towards=2.0)
    status = np.where(
        has_last & (closed < end), 3, np.where(has_last, 2, np.where(has_reply, 1, 0))
    )
    late = tickets.reply > REPLY_TARGET[tickets.priority]

    def utc(local: Ints, known: Flags | None = None) -> pa.Array:
        return to_instants(life.season.instants(local // DAY, local % DAY), known)

    return pa.table(
        {
            "ticket_id": ids,
            "account_id": pa.array(life.customers.ids).take(pa.array(tickets.account)),
            "contact_id": make_contact_ids(life, people).take(pa.array(contact)),
            "subject": subject,
            "category": to_words(CATEGORIES, tickets.category, rng.random(len(replied)) > 0.04),
            "priority": to_words(PRIORITIES, moved),
            "priority_at_creation": to_words(PRIORITIES, tickets.priority),
            "status": to_words(("new", "open", "solved", "closed"), status),
            "channel": to_words(CHANNELS, pick(rng, (0.5, 0.25, 0.15, 0.1), len(replied))),
            "created_at": utc(tickets.created),
            "first_public_reply_at": utc(replied, has_reply),
            "first_solved_at": utc(solved_first, has_first),
            "last_solved_at": utc(solved, has_last),
            "closed_at": utc(closed, has_last & (closed < end)),
            "reopens": to_array(tickets.reopens * has_first),
            "first_reply_bm": to_array(tickets.reply, has_reply),
            "full_resolution_bm": to_array(tickets.solve + again // DAY * WORKDAY, has_last),
            "sla_target_min": to_array(REPLY_TARGET[tickets.priority]),
            "resolution_target_min": to_array(SOLVE_TARGET[tickets.priority]),
            "sla_breached": to_array(late, has_reply),
        }
    )


def _subjects(rng: np.random.Generator, category: Ints) -> pa.Array:
    flat = [subject for name in CATEGORIES for subject in SUBJECTS[name]]
    sizes = np.array([len(SUBJECTS[name]) for name in CATEGORIES])
    first = np.cumsum(sizes) - sizes
    return to_words(
        flat, first[category] + (rng.random(len(category)) * sizes[category]).astype(np.int64)
    )


def _text(life: Life, tickets: Tickets, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
    """The first message of each ticket. Its tone follows the mood; `polarity` rates the text."""
    n = len(tickets.day)
    tone = np.where(
        rng.random(n) < sigmoid(-1.2 - 1.1 * tickets.sentiment),
        0,
        np.where(rng.random(n) < sigmoid(-1.5 + 0.9 * tickets.sentiment), 2, 1),
    )
    closings = pa.array([closing for tones in TONES for closing in tones])
    first = np.cumsum([0, len(TONES[0]), len(TONES[1])])
    sizes = np.array([len(tones) for tones in TONES])
    chosen = closings.take(pa.array(first[tone] + (rng.random(n) * sizes[tone]).astype(np.int64)))
    text = join_texts(
        to_words(OPENINGS, rng.integers(0, len(OPENINGS), n)),
        " ",
        to_words(CIRCUMSTANCES, rng.integers(0, len(CIRCUMSTANCES), n)),
        " ",
        chosen,
    )
    polarity = np.round(np.clip(np.array(POLARITY)[tone] + rng.normal(0, 0.2, n), -1, 1), 2)
    return pa.table(
        {
            "ticket_id": ids,
            "account_id": pa.array(life.customers.ids).take(pa.array(tickets.account)),
            "created_at": to_instants(life.season.instants(tickets.day, tickets.created % DAY)),
            "language": ["en"] * n,
            "text": text,
            "polarity": to_array(polarity),
        }
    )
