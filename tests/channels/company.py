"""A small company as a project of CSV files: some accounts grow, some decline, some stop paying, and
one source has no new data.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

AS_OF = dt.date(2026, 11, 22)
START = dt.date(2025, 8, 1)

MODEL = """\
version: 1
name: acme
timezone: Europe/Berlin
entity: {name: account, table: accounts, key: account_id, label: company, owner: csm, value: arr, currency: EUR,
         starts: signed_on, attributes: [seats, arr]}
sources:
  logins:   {table: logins, key: account_id, time: at, fresh: 7d}
  tickets:  {table: tickets, key: account_id, time: opened_at, until: closed_at}
  invoices: {table: invoices, key: account_id, time: due_on, until: paid_on}
  answers:  {table: answers, key: account_id, time: answered_on, fresh: 60d}
inputs:
  overdue_days: {oldest_open: invoices}
dimensions:
  adoption:
    weight: 40
    measures:
      active_users: {count_distinct: logins.user_id, within: 28d, per: seats, bad: 10%, good: 70%, weight: 3}
      login_trend:  {trend: logins, within: 28d, baseline: 84d, bad: -60%, good: 10%}
      quiet:        {days_since: logins, bad: 30d, good: 3d}
  support:
    weight: 25
    measures:
      open_tickets: {count: tickets, open: true, bad: 6, good: 0}
  voice:
    weight: 15
    measures:
      nps:          {mean: answers.nps, within: 365d, bad: -50, good: 50}
  payment:
    weight: 20
    measures:
      delay:        {mean: invoices.open_days, within: 180d, curve: [[0, 100], [15, 70], [30, 40], [90, 0]]}
caps:
  - {name: 60 days overdue, when: "overdue_days > 60", at_most: 40}
"""

FIRST = (
    "Nordwind",
    "Ærø",
    "Blue Harbor",
    "Kestrel",
    "Öresund",
    "Marlowe",
    "Tyne",
    "Vela",
    "Fjord",
    "Quarry",
    "Lindqvist",
)
SECOND = (
    "Logistik GmbH",
    "Shipping",
    "Analytics",
    "& Sons",
    "Kraft",
    "Foods",
    "Robotics",
    "Insurance",
    "Media",
)


def company(folder: Path, count: int = 30, names: Sequence[str] = (), seed: int = 7) -> Path:
    """Write model and tables for `count` entities into a folder; the first of them get these names."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "salus.yaml").write_text(MODEL, encoding="utf-8")
    tables = ("accounts", "logins", "tickets", "invoices", "answers")
    rows: dict[str, list[list[object]]] = {name: [] for name in tables}
    for number in range(count):
        label = (
            names[number]
            if number < len(names)
            else (f"{FIRST[number % len(FIRST)]} {SECOND[number // len(FIRST) % len(SECOND)]}")
        )
        _one(rows, f"A-{number + 1:04d}", label, chance)
    for name, head in (
        ("accounts", "account_id,company,csm,arr,seats,signed_on"),
        ("logins", "account_id,user_id,at"),
        ("tickets", "account_id,opened_at,closed_at"),
        ("invoices", "account_id,due_on,paid_on"),
        ("answers", "account_id,answered_on,nps"),
    ):
        _write(folder / "data" / f"{name}.csv", head.split(","), rows[name])
    return folder


def _one(rows: dict[str, list[list[object]]], key: str, label: str, chance: random.Random) -> None:
    seats, pace, drift = (
        chance.randint(4, 40),
        chance.uniform(0.2, 0.9),
        chance.choice((-1.0, 0.0, 0.0, 0.3)),
    )
    rows["accounts"].append(
        [
            key,
            label,
            f"csm{chance.randint(1, 4)}@acme.example",
            seats * chance.randint(900, 3000),
            seats,
            START - dt.timedelta(days=chance.randint(0, 400)),
        ]
    )
    for week in range((AS_OF - START).days // 7):
        late = max(0.0, week / 34 - 1)  # drift begins half way
        users = round(
            seats * max(0.0, min(1.0, pace * (1 + drift * late + chance.uniform(-0.2, 0.2))))
        )
        day = START + dt.timedelta(days=7 * week + chance.randint(0, 6))
        rows["logins"] += [[key, f"{key}-{user}", day] for user in range(users)]
        if chance.random() < 0.12 * (2 if drift < 0 else 1):
            closed = (
                "" if drift < 0 and week > 50 else day + dt.timedelta(days=chance.randint(1, 30))
            )
            rows["tickets"].append([key, day, closed])
    slow = chance.choice((0, 5, 20, 45))
    for month in range(15):
        due = START + dt.timedelta(days=31 * month)
        paid = due + dt.timedelta(days=slow + chance.randint(0, 6))
        rows["invoices"].append(
            [key, due, "" if paid >= AS_OF or (slow == 45 and month > 12) else paid]
        )
    if chance.random() < 0.6:
        day = START + dt.timedelta(days=chance.randint(150, 330))
        rows["answers"].append([key, day, chance.choice((-100, 0, 100))])


def _write(path: Path, head: list[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
