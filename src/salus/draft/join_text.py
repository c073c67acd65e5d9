"""How a table leads to customers, in plain words, as a comment of the model."""

from __future__ import annotations

from salus.draft.picture import CustomersPicture, Step, TablePicture, Way

_NAMES = {"company": "company name", "domain": "domain"}


def describe_join(table: TablePicture, customers: CustomersPicture, word: str) -> str:
    """By what the rows lead to an entity, called `word`. `salus check` says how many do.

    The text is empty for the customers' own table, and for a table that leads nowhere.
    """
    ways = list(dict.fromkeys(_by(way, customers) for way in table.ways if way.steps))
    if not ways:
        return ""
    article = "an" if word[:1] in "aeiou" else "a"
    return f"the rows lead to {article} {word} by {', or else by '.join(ways)}"


def _by(way: Way, customers: CustomersPicture) -> str:
    first = _name(way.steps[0])
    through = [step.target_table for step in way.steps[:-1] if step.target_table != customers.table]
    return f"{first} through {' and '.join(through)}" if through else first


def _name(step: Step) -> str:
    """What a step compares: a company name, a domain, or the values of a column."""
    for function, name in _NAMES.items():
        if function in step.term.functions:
            return f"{name} (`{step.term.column}`)"
    return f"`{step.term.column}`"
