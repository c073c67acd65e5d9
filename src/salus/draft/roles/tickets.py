"""Proposes lines for support tickets: what they are about, how many are open, and how they ended.

What is known only later has a source of its own: a reply counts from the reply on, a solution from
the solution on. Later rows of one ticket are the same ticket.
"""

from __future__ import annotations

from dataclasses import dataclass

from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_concept, find_time, find_words, reference
from salus.draft.roles.concepts import says, share_of, words_of
from salus.draft.roles.conditions import all_of, is_none_of, is_one_of, literal, omit
from salus.draft.roles.ratings import draft_rated_tickets
from salus.draft.table import DatedTable

WITHIN = 182  # days of the windows
FEW = {"curve": [[0, 100], [1, 40], [2, 0]]}  # of rare and serious things


def draft_tickets(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of support tickets."""
    kind = find_words(table, "type")
    notices = words_of(kind, "cancellation") if kind is not None else []
    where = is_none_of(kind, notices) if kind is not None and notices else None
    tickets = _Tickets(table, names, kind, where)
    parts = (tickets.opened(), tickets.replied(), tickets.closed())
    rated = draft_rated_tickets(table, names, where)
    notes = (
        (
            f"table {table.profile.name}: rows with {is_one_of(kind, notices)} are the notice"
            " itself, so they aren't counted",
        )
        if kind is not None and notices
        else ()
    )
    return DraftLines(
        sources=tuple(source for part in (*parts, rated) for source in part.sources),
        measures=tuple(measure for part in (*parts, rated) for measure in part.measures),
        metrics=rated.metrics,
        omitted=(omit(table, "notice", kind, notices),) if kind is not None and notices else (),
        guessed=(
            f"table {table.profile.name} holds support tickets (called `{parts[0].sources[0].name}`"
            " in the model)",
            *notes,
        ),
        left_out=tuple(note for part in parts for note in part.left_out),
    )


@dataclass(frozen=True)
class _Tickets:
    """A table of tickets, the column that says what they are about, and the rows that count."""

    table: DatedTable
    names: UniqueNames
    kind: ColumnProfile | None
    where: str | None

    def opened(self) -> DraftLines:
        """What is known when a ticket is opened, and the tickets that are open."""
        source = self.names.new("tickets", self.table.name)
        body = self.table.source(where=self.where, until=self.table.until)
        measures = [self._trend(source)]
        if self.table.until:
            counted: Body = {"count": source, "open": True}
            measures.append(
                self._measure("open_tickets", counted, FixedPoints({"bad": 5, "good": 0}), "number of open tickets")
            )  # fmt: skip
        measures += self._kinds(source)
        why = f"support tickets, from {self.table.profile.rows:,} rows"
        return DraftLines(
            sources=(SourceDraft(source, body, why),),
            measures=tuple(measures),
        )

    def _trend(self, source: str) -> MeasureDraft:
        body: Body = {"trend": source, "within": "56d", "baseline": "182d", "at_least": 3}
        return self._measure(
            "ticket_trend", body, FixedPoints({"curve": [[0, 100], [1, 60], [3, 0]]}), "tickets per day, compared with the customer's own past"
        )  # fmt: skip

    def _kinds(self, source: str) -> list[MeasureDraft]:
        """Shares and numbers of tickets by their type and priority."""
        measures = []
        priority = find_words(self.table, "priority")
        if self.kind is not None:
            problems = [
                word for word in words_of(self.kind, "problem") if not says(word, "complaint")
            ]
            if problems and share_of(problems, self.kind.frequent_values) < 0.9:
                measures.append(self._share("problem_share", source, self.kind, problems))
            complaints = words_of(self.kind, "complaint")
            if complaints:
                body: Body = {
                    "count": source,
                    "where": is_one_of(self.kind, complaints),
                    "within": "120d",
                }
                measures.append(
                    self._measure("complaints", body, FixedPoints(FEW), "number of complaints", 2)
                )
        urgent = words_of(priority, "urgent") if priority is not None else []
        if priority is not None and urgent and share_of(urgent, priority.frequent_values) < 0.9:
            measures.append(self._share("urgent_share", source, priority, urgent))
        return measures

    def _share(
        self, name: str, source: str, column: ColumnProfile, words: list[str]
    ) -> MeasureDraft:
        body: Body = {
            "share": source,
            "of": is_one_of(column, words),
            "within": f"{WITHIN}d",
            "at_least": 2,
        }
        listed = ", ".join(map(literal, words[:4]))
        return self._measure(name, body, SpreadPoints("bad"), f"share of tickets with `{column.name}` = {listed}")  # fmt: skip

    def replied(self) -> DraftLines:
        """What is known at the first reply: how long it took, and whether it kept the promise."""
        at = find_time(self.table, "replied")
        if at is None:
            return DraftLines()
        source = self.names.new("replies", self.table.name)
        waited = self._hours("reply_hours", at.name)
        measures = [self._hours_measure("hours_to_reply", source, "reply_hours", "reply")]
        missed = self._missed(reply=True)
        if missed is not None:
            measures.append(self._missed_measure("sla_breach_rate", source, missed))
        body = self.table.source(at.name, where=self.where, columns=waited)
        why = "the first replies, each counted from the time of the reply"
        return DraftLines(sources=(SourceDraft(source, body, why),), measures=tuple(measures))

    def closed(self) -> DraftLines:
        """What is known when a ticket is closed."""
        until = self.table.until
        if until is None:
            return DraftLines()
        source = self.names.new("solved", self.table.name)
        needed = self._hours("solving_hours", until)
        measures = [self._hours_measure("hours_to_solve", source, "solving_hours", "solution")]
        measures += self._reply_durations(source)
        missed = self._missed(reply=False)
        if missed is not None:
            measures.append(self._missed_measure("late_solutions", source, missed))
        reopened = self._reopened()
        if reopened is not None:
            body: Body = {"share": source, "of": reopened, "within": f"{WITHIN}d", "at_least": 2}
            measures.append(self._measure("reopen_rate", body, SpreadPoints("bad"), "share of solved tickets that were opened again"))  # fmt: skip
        escalated = find_concept(self.table, "complaint", "bool", settled=True)
        if escalated is not None:
            body = {"count": source, "where": quote_name(escalated.name), "within": "120d"}
            measures.append(
                self._measure("escalations", body, FixedPoints(FEW), "number of escalated tickets")
            )
        where = all_of(self.where)
        body = self.table.source(until, where=where, columns=needed)
        why = "the same tickets, counted from the time they were solved, when everything about them is known"
        return DraftLines(sources=(SourceDraft(source, body, why),), measures=tuple(measures))

    def _reply_durations(self, source: str) -> list[MeasureDraft]:
        """How long the first reply took, where only a number says so."""
        if find_time(self.table, "replied") is not None:
            return []
        columns = (
            column
            for column in self.table.profile.columns
            if column.is_number
            and not column.constant
            and says(column.name, "reply")
            and says(column.name, "duration")
        )
        column = next(columns, None)
        if column is None:
            return []
        name = reference(source, column.name)
        body: Body = {"median": name, "within": f"{WITHIN}d", "at_least": 2}
        return [self._measure("hours_to_reply", body, SpreadPoints("bad"), f"median of `{column.name}`")]  # fmt: skip

    def _hours(self, name: str, until: str) -> dict[str, str]:
        """A column with the hours from the ticket's time to another time."""
        since = quote_name(self.table.times.time)
        return {name: f"24 * ({quote_name(until)} - {since})"}

    def _hours_measure(self, name: str, source: str, column: str, what: str) -> MeasureDraft:
        body: Body = {"median": f"{source}.{column}", "within": f"{WITHIN}d", "at_least": 2}
        return self._measure(name, body, SpreadPoints("bad"), f"median hours to the {what}")  # fmt: skip

    def _missed(self, reply: bool) -> str | None:
        """The tickets that broke a promise of service. `reply`: that of the first reply."""
        for column in self.table.profile.columns:
            if says(column.name, "reply") is not reply or column.constant or not column.filled:
                continue
            if column.type == "bool" and says(column.name, "missed"):
                return quote_name(column.name)
            if column.type == "text" and 2 <= column.distinct <= 8:
                missed = words_of(column, "missed")
                if missed and words_of(column, "met"):
                    return is_one_of(column, missed)
        return None

    def _missed_measure(self, name: str, source: str, missed: str) -> MeasureDraft:
        body: Body = {"share": source, "of": missed, "within": f"{WITHIN}d", "at_least": 2}
        return self._measure(name, body, SpreadPoints("bad"), "share of tickets that took longer than promised")  # fmt: skip

    def _reopened(self) -> str | None:
        for column in self.table.profile.columns:
            if not column.filled:
                continue
            name = quote_name(column.name)
            if says(column.name, "reopened") and column.is_number and not column.constant:
                return f"{name} > 0"
            if says(column.name, "reopened") and column.type == "bool" and not column.constant:
                return name
            words = words_of(column, "reopened") if column.type == "text" else []
            if words and column.distinct <= 50:
                return is_one_of(column, words)
        return None

    def _measure(
        self, name: str, body: Body, scale: FixedPoints | SpreadPoints, why: str, weight: int = 1
    ) -> MeasureDraft:
        unique = self.names.new(name, self.table.name)
        if "at_least" in body and "trend" not in body:
            why = f"{why}; no value with fewer than {body['at_least']}"
        return MeasureDraft(unique, "support", body, scale, why, weight)
