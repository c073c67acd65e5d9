"""The contacts of the accounts: who holds which role from when to when, and whom one meets on a
given day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import dates, joined, keys, nullable, words
from salus.demo.draw import generator, spread
from salus.demo.life import NEVER, Life
from salus.demo.names import FIRST, plain, surname
from salus.demo.season import Flags, Ints

ROLES = ("exec_sponsor", "champion", "admin", "finance", "user")
TITLES = ("Managing Director", "Head of Operations", "IT Administrator", "Accountant", "Clerk")
INFLUENCE = np.array([3, 3, 2, 1, 0])
ADMIN = 2  # never leaves: there is always somebody to talk to
UNRECORDED = 0.2  # departures that nobody entered


@dataclass(frozen=True)
class People:
    """One row per contact, sorted by account; the first four of an account are one of each role, in
    that order.
    """

    account: Ints
    number: Ints  # within the account
    role: Ints
    begins: Ints
    leaves: Ints  # the day, NEVER if still there
    recorded: Flags  # was the departure entered?
    first: Ints  # per account: its first row
    count: Ints  # per account

    def somebody(
        self, rng: np.random.Generator, account: Ints, days: Ints, towards: float = 1.0
    ) -> Ints:
        """A contact of each account who is there on the day; below 1, `towards` prefers the
        important roles.
        """
        drawn = (rng.random(len(account)) ** (1 / towards) * self.count[account]).astype(np.int64)
        chosen = self.first[account] + drawn
        there = (self.begins[chosen] <= days) & (days < self.leaves[chosen])
        return np.where(there, chosen, self.first[account] + ADMIN)


def people(life: Life, seed: int, part: int) -> People:
    """Draw the contacts: four roles, some users, and a successor for most who leave."""
    rng = generator(seed, part, "people")
    book, n = life.book, len(life.book)
    users = 1 + np.minimum(3, book.seats // 8)
    base = spread(4 + users)
    number = np.arange(len(base)) - np.searchsorted(base, base)
    role = np.minimum(number, 4)
    account, week = np.nonzero(life.departures.happens & life.alive)
    gone, leaver = np.full((n, 2), NEVER), life.departures.role[account, week]
    np.minimum.at(
        gone, (account, leaver), life.season.mondays[week] + rng.integers(0, 5, len(week))
    )
    leaves = np.where(role < 2, gone[base, np.minimum(role, 1)], NEVER)
    heirs = np.flatnonzero((leaves < NEVER) & (rng.random(len(base)) < 0.75))
    arrives = leaves[heirs] + rng.integers(14, 70, len(heirs))
    everyone = np.concatenate([base, base[heirs]])
    begins = np.concatenate(
        [book.since[base] + rng.integers(0, 14, len(base)) * (number > 1), arrives]
    )
    order = np.argsort(everyone, kind="stable")
    sorted_account = everyone[order]
    first = np.searchsorted(sorted_account, np.arange(n))
    return People(
        account=sorted_account,
        number=np.arange(len(order)) - first[sorted_account],
        role=np.concatenate([role, role[heirs]])[order],
        begins=begins[order],
        leaves=np.concatenate([leaves, np.full(len(heirs), NEVER)])[order],
        recorded=rng.random(len(order)) >= UNRECORDED,
        first=first,
        count=np.bincount(everyone, minlength=n),
    )


def contact_ids(life: Life, who: People) -> pa.Array:
    """The id of every contact."""
    return joined(keys("C-", life.book.numbers[who.account]), keys("-", who.number, 2))


def tables(life: Life, who: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`contact` and `contact_account`."""
    here = np.flatnonzero(who.begins <= life.season.last)
    account, ids = who.account[here], contact_ids(life, who).take(pa.array(here))
    left, known = who.leaves[here], who.recorded[here] & (who.leaves[here] <= life.season.last)
    rng = generator(seed, part, "contact names")
    first = [FIRST[i] for i in rng.integers(0, len(FIRST), len(here))]
    last = [surname(int(i)) for i in rng.integers(0, 1920, len(here))]
    domains = [life.book.firms[i].domain for i in account]
    contact = pa.table(
        {
            "contact_id": ids,
            "email": [
                f"{plain(a)}.{plain(b)}@{c}" for a, b, c in zip(first, last, domains, strict=True)
            ],
            "first_name": first,
            "last_name": last,
            "title": words(TITLES, who.role[here]),
            "language": [life.book.firms[i].language for i in account],
            "is_active": nullable(~known),
            "left_at": dates(left, known),
        }
    )
    role = pa.table(
        {
            "contact_id": ids,
            "account_id": pa.array(life.book.ids).take(pa.array(account)),
            "role": words(ROLES, who.role[here]),
            "is_primary": nullable(who.role[here] == 1),
            "influence": nullable(INFLUENCE[who.role[here]]),
            "valid_from": dates(who.begins[here]),
            "valid_to": dates(left, known),
        }
    )
    return {"contact": contact, "contact_account": role}
