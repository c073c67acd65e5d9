"""The contacts of the accounts: their roles, and when they begin and leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from salus.demo.columns import join_texts, to_array, to_dates, to_keys, to_words
from salus.demo.draw import make_generator, repeat_rows
from salus.demo.life import NEVER, Life
from salus.demo.names import FIRST, invent_surname, to_ascii
from salus.demo.season import Flags, Ints

ROLES = ("exec_sponsor", "champion", "admin", "finance", "user")
TITLES = ("Managing Director", "Head of Operations", "IT Administrator", "Accountant", "Clerk")
INFLUENCE = np.array([3, 3, 2, 1, 0])
ADMIN = 2  # never leaves, so every account always has a contact
UNRECORDED = 0.2  # share of departures that nobody entered


@dataclass(frozen=True, kw_only=True)
class People:
    """One row per contact, sorted by account.

    The first four contacts of an account have the first four roles, in that order.
    """

    account: Ints
    number: Ints  # within the account
    role: Ints
    begins: Ints
    leaves: Ints  # the day, or NEVER
    recorded: Flags  # whether the departure was entered
    first: Ints  # per account: its first row
    count: Ints  # per account

    def pick_contact(
        self, rng: np.random.Generator, account: Ints, days: Ints, towards: float = 1.0
    ) -> Ints:
        """A contact of each account who is active on the day.

        A `towards` below 1 prefers the important roles.
        """
        drawn = (rng.random(len(account)) ** (1 / towards) * self.count[account]).astype(np.int64)
        chosen = self.first[account] + drawn
        active = (self.begins[chosen] <= days) & (days < self.leaves[chosen])
        return np.where(active, chosen, self.first[account] + ADMIN)


def draw_people(life: Life, seed: int, part: int) -> People:
    """Draw the contacts: four roles, some users, and a successor for most who leave."""
    rng = make_generator(seed, part, "people")
    customers, n = life.customers, len(life.customers)
    users = 1 + np.minimum(3, customers.seats // 8)
    base = repeat_rows(4 + users)
    number = np.arange(len(base)) - np.searchsorted(base, base)
    role = np.minimum(number, 4)
    account, week = np.nonzero(life.departures.happens & life.alive)
    departure, leaver = np.full((n, 2), NEVER), life.departures.role[account, week]
    np.minimum.at(
        departure, (account, leaver), life.season.mondays[week] + rng.integers(0, 5, len(week))
    )
    leaves = np.where(role < 2, departure[base, np.minimum(role, 1)], NEVER)
    successors = np.flatnonzero((leaves < NEVER) & (rng.random(len(base)) < 0.75))
    arrives = leaves[successors] + rng.integers(14, 70, len(successors))
    everyone = np.concatenate([base, base[successors]])
    begins = np.concatenate(
        [customers.since[base] + rng.integers(0, 14, len(base)) * (number > 1), arrives]
    )
    order = np.argsort(everyone, kind="stable")
    sorted_account = everyone[order]
    first = np.searchsorted(sorted_account, np.arange(n))
    return People(
        account=sorted_account,
        number=np.arange(len(order)) - first[sorted_account],
        role=np.concatenate([role, role[successors]])[order],
        begins=begins[order],
        leaves=np.concatenate([leaves, np.full(len(successors), NEVER)])[order],
        recorded=rng.random(len(order)) >= UNRECORDED,
        first=first,
        count=np.bincount(everyone, minlength=n),
    )


def make_contact_ids(life: Life, people: People) -> pa.Array:
    """The id of every contact."""
    return join_texts(
        to_keys("C-", life.customers.numbers[people.account]), to_keys("-", people.number, 2)
    )


def build_people_tables(life: Life, people: People, seed: int, part: int) -> dict[str, pa.Table]:
    """`contact` and `contact_account`."""
    here = np.flatnonzero(people.begins <= life.season.last)
    account, ids = people.account[here], make_contact_ids(life, people).take(pa.array(here))
    left, known = (
        people.leaves[here],
        people.recorded[here] & (people.leaves[here] <= life.season.last),
    )
    rng = make_generator(seed, part, "contact names")
    first = [FIRST[i] for i in rng.integers(0, len(FIRST), len(here))]
    last = [invent_surname(int(i)) for i in rng.integers(0, 1920, len(here))]
    domains = [life.customers.firms[i].domain for i in account]
    contact = pa.table(
        {
            "contact_id": ids,
            "email": [
                f"{to_ascii(a)}.{to_ascii(b)}@{c}"
                for a, b, c in zip(first, last, domains, strict=True)
            ],
            "first_name": first,
            "last_name": last,
            "title": to_words(TITLES, people.role[here]),
            "language": [life.customers.firms[i].language for i in account],
            "is_active": to_array(~known),
            "left_at": to_dates(left, known),
        }
    )
    role = pa.table(
        {
            "contact_id": ids,
            "account_id": pa.array(life.customers.ids).take(pa.array(account)),
            "role": to_words(ROLES, people.role[here]),
            "is_primary": to_array(people.role[here] == 1),
            "influence": to_array(INFLUENCE[people.role[here]]),
            "valid_from": to_dates(people.begins[here]),
            "valid_to": to_dates(left, known),
        }
    )
    return {"contact": contact, "contact_account": role}
