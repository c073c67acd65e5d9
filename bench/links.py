"""`python -m bench.links PLACE`: the CPU seconds of one score whose keys go through links, beside those
of the same score over tables that have the keys.

20,000 people of 2,000 companies write their addresses in two ways, and the companies have names in
many spellings, half of them with letters beyond ASCII.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from random import Random
from statistics import median

COMPANIES, PEOPLE, ROUNDS = 2_000, 20_000, 3
SIZES = (200_000, 1_000_000)  # rows of each of two tables
FORMS = ("GmbH", "GmbH & Co. KG", "A/S", "Ltd.", "AB", "S.A.S.")
STEMS = ("Nord", "Süd", "Ost", "West", "Smør", "Ærø")
ENDS = ("wind", "meer", "berg", "gaard")
FIRST = dt.date(2026, 1, 1)
AS_OF = "2026-09-15"
LINKS = """\
links:
  site: {table: companies, from: domain(site), to: id}
  name: {table: companies, from: company(name), to: id}
"""
MODEL = """\
version: 1
name: links
entity: {{name: account, table: companies, key: id}}
{links}sources:
  use: {{table: events, key: {mail}, time: at}}
  tickets: {{table: tickets, key: {name}, time: at}}
dimensions:
  d:
    measures:
      users: {{count_distinct: use.mail, within: 30d, bad: 0, good: 10}}
      trend: {{trend: use, within: 28d, baseline: 84d, bad: -40%, good: 20%}}
      quiet: {{days_since: use, bad: 30d, good: 2d}}
      asked: {{count: tickets, within: 90d, bad: 9, good: 0}}
      grave: {{mean: tickets.severity, within: 90d, bad: 5, good: 0}}
"""


def write(folder: Path, rows: int) -> tuple[Path, Path]:
    """Two projects over the same tables: one with links, one that reads the keys from a column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = Random(rows)
    names = [f"{random.choice(STEMS)}{random.choice(ENDS)} {n}" for n in range(COMPANIES)]
    companies = {
        "id": [str(n) for n in range(COMPANIES)],
        "name": [f"{name} {random.choice(FORMS)}" for name in names],
        "site": [f"https://www.company{n}.example/" for n in range(COMPANIES)],
    }
    people = [random.randrange(PEOPLE) for _ in range(rows)]
    mails = [f"user{n}@company{n % COMPANIES}.example" for n in range(PEOPLE)]
    events = {
        "mail": [mails[n] if random.random() < 0.9 else mails[n].upper() for n in people],
        "account": [str(n % COMPANIES) for n in people],
        "at": [FIRST + dt.timedelta(days=random.randrange(250)) for _ in people],
    }
    askers = [random.randrange(COMPANIES) for _ in range(rows)]
    tickets = {
        "company": [f"{names[n].upper()}, {random.choice(FORMS)}" for n in askers],
        "account": [str(n) for n in askers],
        "at": [FIRST + dt.timedelta(days=random.randrange(250)) for _ in askers],
        "severity": [float(random.randrange(5)) for _ in askers],
    }
    projects = folder / f"linked-{rows}", folder / f"joined-{rows}"
    keys = ("{site: domain(mail)}", "{name: company(company)}"), ("account", "account")
    for project, (mail, name), links in zip(projects, keys, (LINKS, ""), strict=True):
        (project / "data").mkdir(parents=True, exist_ok=True)
        for table, columns in (("companies", companies), ("events", events), ("tickets", tickets)):
            pq.write_table(pa.table(columns), project / "data" / f"{table}.parquet")
        text = MODEL.format(links=links, mail=mail, name=name)
        (project / "salus.yaml").write_text(text, encoding="utf-8")
        (project / "salus.toml").write_text('[data]\nurl = "data/"\n', encoding="utf-8")
    return projects


def seconds(project: Path) -> float:
    """The CPU seconds of a score, without the start of the program."""
    from salus import open_project

    opened = open_project(project, AS_OF)
    begun = time.process_time()
    opened.score(AS_OF, keep=False)
    return time.process_time() - begun


def measure(folder: Path) -> str:
    """The report, as Markdown."""
    lines = [
        f"One score of {COMPANIES:,} companies, in CPU seconds: keys through links, and keys in a column.",
        "",
        "| rows of each of two tables | links | column | ratio |",
        "|---|---|---|---|",
    ]
    for rows in SIZES:
        projects = write(folder / "links", rows)
        for project in projects:
            seconds(project)  # loads the program and the files' states
        linked, joined = (median(seconds(each) for _ in range(ROUNDS)) for each in projects)
        lines.append(f"| {rows:,} | {linked:.2f} | {joined:.2f} | {linked / joined:.2f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(measure(Path(sys.argv[1])))
