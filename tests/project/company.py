"""A company of a dozen accounts, small enough to know by heart: Alice uses the product, Bob
stopped, Charlie is new.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

AS_OF = "2025-11-20"
MODEL = """\
version: 1
name: small
entity: {name: account, table: accounts, key: account_id, label: name, owner: owner, value: arr, currency: EUR,
         starts: since, ends: until, attributes: [seats]}
sources:
  use: {table: events, id: event_id, key: account_id, time: at, recorded: got}
  tickets: {table: tickets, key: account_id, time: opened, until: closed}
  pulse: {table: pulse, key: account_id, time: given}
inputs:
  waiting: {oldest_open: tickets}
dimensions:
  usage:
    weight: 3
    measures:
      users: {count_distinct: use.user, within: 28d, per: seats, bad: 0%, good: 60%}
      quiet: {days_since: use, bad: 30d, good: 2d}
  support:
    measures:
      open_tickets: {count: tickets, open: true, bad: 6, good: 0}
  voice:
    measures:
      mood: {latest: pulse.mood, within: 45d, points: {great: 100, fine: 70, worried: 30, leaving: 0}}
caps:
  - {name: ticket waits, when: "waiting > 30", at_most: 40}
segments:
  new: {when: "as_of - since < 90", without: [voice]}
"""


def write_company(folder: Path, model: str = MODEL) -> Path:
    """Write the project into `folder`."""
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "salus.yaml").write_text(model, encoding="utf-8")
    names = [
        "Alice GmbH",
        "Bob & Sons",
        "Charlie ApS",
        "=Danger()",
        "Eva",
        "Finn",
        "Gro",
        "Hans",
        "Ida",
        "Jens",
        "Kaj",
        "Lis",
    ]
    rows = [
        f"A-{i:02},{name},csm{i % 2}@example.com,{1000 * (i + 1)},{_since(i)},{'2025-03-01' if i == 11 else ''},{5 + i}"
        for i, name in enumerate(names)
    ]
    _write(data / "accounts.csv", "account_id,name,owner,arr,since,until,seats", rows)
    _write(data / "events.csv", "event_id,account_id,user,at,got", _events())
    _write(
        data / "tickets.csv",
        "account_id,opened,closed",
        [
            "A-01,2025-09-01,",
            "A-01,2025-10-01,",
            "A-01,2025-11-01,2025-11-05",
            "A-04,2025-11-10,",
            "A-05,2025-10-01,2025-11-15",
        ],
    )
    _write(
        data / "pulse.csv",
        "account_id,given,mood",
        [
            "A-00,2025-11-01,great",
            "A-01,2025-09-15,worried",
            "A-01,2025-10-20,leaving",
            "A-02,2025-11-01,fine",
            "A-05,2025-10-01,worried",
            "A-06,2025-11-12,odd",
        ],
    )
    return folder


def _since(i: int) -> str:
    return "2025-10-15" if i == 2 else "2024-01-01"


def _events() -> list[str]:
    rows = []
    for i in range(12):
        stop = dt.date(2025, 10, 1) if i == 1 else dt.date(2025, 12, 1)
        day = dt.date(2025, 6, 1)
        while day < stop:
            for user in range(1 + (i + day.day) % 4):
                late = dt.timedelta(days=3 if day.day % 7 == 0 else 0)
                rows.append(
                    f"e{i}-{day}-{user},A-{i:02},u{user},{day} 10:00:00,{day + late} 10:00:00"
                )
            day += dt.timedelta(days=1 + i % 3)
    return rows


def _write(path: Path, head: str, rows: list[str]) -> None:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
