"""Proposes lines for events of use: who, how often, how broadly, and compared with the past.

Events that a machine makes, such as a synchronisation, an incident or a delivery, are no use, nor
are those of service accounts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salus.draft.headers import normalise
from salus.draft.lines import (
    TREND,
    Body,
    DraftLines,
    FixedPoints,
    MeasureDraft,
    OmittedRows,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_columns, find_person, find_words, reference
from salus.draft.roles.concepts import says, words_of
from salus.draft.roles.conditions import all_of, is_none_of, literal, omit
from salus.draft.table import DatedTable

DAYS = 3  # active days of a typical customer in a window
MOST_ACCOUNTS = 20  # service accounts that a condition names
_MACHINE_TABLE = frozenset(
    [
        "severity",
        "endpoint",
        "webhook",
        "delivery",
        "attempt",
        "attempts",
        "retries",
        "http",
        "response",
        "impact",
        "incident",
    ]
)


def draft_events(
    table: DatedTable, names: UniqueNames, seats: str | None = None, first: bool = True
) -> DraftLines:
    """The lines for a table of events. `seats`: the input with the seats that are paid for.

    `first`: whether it has the most rows of all tables of events. The others, such as the events of
    an app for phones, only say whether use goes on: many good customers never use that channel.
    """
    event = find_words(table, "event", constant=True)
    machines = words_of(event, "machine") if event is not None else []
    reason = _no_use(table, event, machines)
    if reason:
        return DraftLines(left_out=(f"table {table.profile.name}: {reason}",))
    user = find_person(table)
    where, notes, omitted = _people_only(table, event, machines, user)
    source = names.new("use", table.name)
    use = _Use(table, names, source, user, event, seats if first else None)
    level = (*use.people(), *use.volume()) if first else ()
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                table.source(where=where),
                f"events, from {table.profile.rows:,} rows; windows of {_window(table)} days",
            ),
        ),
        measures=(*level, *use.momentum(1 if first else 0)),
        weights={"usage": 35, "momentum": 20} if first else {},
        outcomes={"silent": {"quiet": source, "for": f"{table.pace.inactivity_days}d"}},
        guessed=(
            f"table {table.profile.name} holds usage events (called `{source}` in the model)",
            *notes,
        ),
        omitted=omitted,
    )


def _window(table: DatedTable) -> int:
    """The days of the shortest window of whole weeks with several active days of a customer."""
    enough = (days for days in (28, 56, 84, 182) if days >= DAYS * table.pace.gap)
    return min(next(enough, 182), max(table.pace.span // 2 // 7 * 7, 7))


def _no_use(table: DatedTable, event: ColumnProfile | None, machines: list[str]) -> str | None:
    """Why the rows aren't use; None if they are."""
    headers = {word for c in table.profile.columns for word in normalise(c.name).split()}
    if len(headers & _MACHINE_TABLE) >= 2:
        return "its columns are those of incidents or deliveries, so its rows don't count as use"
    if event is not None and machines and len(machines) == event.distinct:
        return (
            f"machines make its events, such as {literal(machines[0])}, so they don't count as use"
        )
    return None


def _people_only(
    table: DatedTable, event: ColumnProfile | None, machines: list[str], user: ColumnProfile | None
) -> tuple[str | None, tuple[str, ...], tuple[OmittedRows, ...]]:
    """The rows that people make, and notes on the others."""
    conditions, notes, omitted = [], [], []
    if event is not None and machines:
        conditions.append(is_none_of(event, machines))
        omitted.append(omit(table, "machine", event, machines))
        notes.append(
            f"table {table.profile.name}: events made by machines don't count as use:"
            f" {', '.join(map(literal, machines[:6]))}"
        )
    service = _service_accounts(user)
    if user is not None and service:
        name = quote_name(user.name)
        others = " and ".join(f"{name} not like {literal(start + '%')}" for start in service)
        others = others if user.filled == user.rows else f"({name} is null or {others})"
        conditions.append(others)
        omitted.append(replace(omit(table, "service", user, service), keeps=others))
        notes.append(
            f"table {table.profile.name}: events of service accounts don't count as use:"
            f" {', '.join(f'`{start}`' for start in service[:6])}"
        )
    return all_of(*conditions), tuple(notes), tuple(omitted)


def _service_accounts(user: ColumnProfile | None) -> list[str]:
    """The beginnings, up to the @, of addresses that belong to no person."""
    if user is None:
        return []
    starts = {
        value.split("@")[0] + "@"
        for value in user.frequent_values
        if "@" in value and says(value.split("@")[0], "service_account")
    }
    plain = {start for start in starts if "%" not in start and "_" not in start}
    return sorted(plain)[:MOST_ACCOUNTS]


@dataclass(frozen=True)
class _Use:
    """The measures of one source of events."""

    table: DatedTable
    names: UniqueNames
    source: str
    user: ColumnProfile | None
    event: ColumnProfile | None
    seats: str | None

    @property
    def within(self) -> str:
        return f"{_window(self.table)}d"

    def people(self) -> list[MeasureDraft]:
        if self.user is None:
            return []
        body: Body = {
            "count_distinct": reference(self.source, self.user.name),
            "within": self.within,
        }
        if self.seats:
            return [
                self._measure(
                    "licence_utilisation",
                    {**body, "per": self.seats},
                    "share of the seats in use",
                    2,
                )
            ]
        return [self._measure("active_users", body, "number of people who use it", 2)]

    def volume(self) -> list[MeasureDraft]:
        body: Body = {"active_days": self.source, "within": self.within}
        measures = [self._measure("active_days", body, "number of days with use", 2)]
        kinds = [c for c in (self.event, *find_columns(self.table, "plan")) if c is not None]
        broad = next((c for c in kinds if c.distinct > 2 and c.type == "text"), None)
        if broad is not None:
            body = {
                "count_distinct": reference(self.source, broad.name),
                "within": self.within,
            }
            measures.append(
                self._measure("breadth", body, f"number of different values in `{broad.name}`")
            )
        return measures

    def momentum(self, more: int) -> list[MeasureDraft]:
        """The measures of change; `more` is added to their weights."""
        measures = [
            MeasureDraft(
                self.names.new("last_active_days", self.table.name),
                "momentum",
                {"days_since": self.source},
                SpreadPoints("bad"),
                "days since the last event",
                1 + more,
            )
        ]
        window = _window(self.table)
        past = 3 * window if self.table.pace.span >= 6 * window else window
        if self.table.pace.span >= 2 * window:
            body: Body = {
                "trend": self.source,
                "within": f"{window}d",
                "baseline": f"{past}d",
                "at_least": 5,
            }
            why = "events per day, compared with the customer's own past; whole weeks, so weekends don't matter"
            measures.append(
                MeasureDraft(
                    self.names.new("usage_trend", self.table.name),
                    "momentum",
                    body,
                    FixedPoints(TREND),
                    why,
                    1 + 2 * more,
                )
            )
        return measures

    def _measure(self, name: str, body: Body, why: str, weight: int = 1) -> MeasureDraft:
        unique = self.names.new(name, self.table.name)
        return MeasureDraft(unique, "usage", body, SpreadPoints("good"), why, weight)
