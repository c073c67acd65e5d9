"""A small valid model for tests, and ways to change it."""

from __future__ import annotations

from salus.errors import Problem
from salus.model.model import Model
from salus.model.read import check_text, read_text

TINY = """\
version: 1
name: tiny
entity: {name: account, table: accounts, key: id, starts: since, ends: gone, attributes: [seats, plan]}
sources:
  logins: {table: events, key: id, time: at}
  tickets: {table: tickets, key: id, time: opened, until: closed}
dimensions:
  adoption:
    measures:
      quiet: {days_since: logins, bad: 30d, good: 3d}
      open_tickets: {count: tickets, open: true, bad: 8, good: 0}
"""


def with_measure(line: str) -> str:
    """Add a measure to the tiny model."""
    return f"{TINY}      {line}\n"


def with_top(block: str) -> str:
    """Add a block to the tiny model."""
    return f"{TINY}{block}\n"


def read(text: str) -> Model:
    return read_text(text)


def problems(text: str) -> tuple[Problem, ...]:
    return check_text(text)[1]


def messages(text: str) -> str:
    """Return all problems as one text."""
    return "\n".join(str(problem) for problem in problems(text))
