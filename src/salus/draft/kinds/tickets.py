"""Proposes lines for support tickets: how many, how urgent, how long open, how well rated."""

from __future__ import annotations

from salus.draft.headers import fold, is_plain
from salus.draft.kinds.answers import choose_rating_points
from salus.draft.lines import (
    DraftLines,
    FixedPoints,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.table import DatedTable

_URGENT = (
    "urgent",
    "critical",
    "high",
    "dringend",
    "kritisch",
    "hoch",
    "haster",
    "kritisk",
    "p1",
    "blocker",
)


def draft_tickets(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of support tickets."""
    source = names.new("tickets", table.name)
    closed, window = table.date("closed"), f"{max(84, table.pace.window)}d"
    opened = table.source(
        table.date("opened") or table.times.time, id=table.id_column("ticket_id"), until=closed
    )
    sources = [SourceDraft(source, opened, f"{table.profile.rows:,} support tickets")]
    measures = [
        MeasureDraft(
            names.new("ticket_count", table.name),
            "support",
            {"count": source, "within": window},
            SpreadPoints("bad"),
            "number of tickets; fewer is better here, but no tickets at all can be a bad sign",
        )
    ]
    if closed:
        measures.append(
            MeasureDraft(
                names.new("open_tickets", table.name),
                "support",
                {"count": source, "open": True},
                FixedPoints({"bad": 5, "good": 0}),
                "number of open tickets",
                2,
            )
        )
    priority = next(
        (c for c in table.profile.with_role("priority") if c.type == "text" and is_plain(c.name)),
        None,
    )
    urgent = [
        word for word in (priority.frequent_values if priority else {}) if fold(word) in _URGENT
    ]
    if priority and urgent:
        listed = ", ".join(f"'{word.replace(chr(39), chr(39) * 2)}'" for word in sorted(urgent))
        measures.append(
            MeasureDraft(
                names.new("urgent_share", table.name),
                "support",
                {
                    "share": source,
                    "of": f"{priority.name} in ({listed})",
                    "within": window,
                    "at_least": 3,
                },
                FixedPoints({"bad": "60%", "good": "10%"}),
                "share of tickets with an urgent priority",
            )
        )
    rated = table.number("score")
    if rated is not None and closed:
        ratings = names.new("ticket_ratings", table.name)
        sources.append(
            SourceDraft(
                ratings,
                table.source(closed, id=table.id_column("ticket_id")),
                "ratings count from the day on which the ticket was closed",
            )
        )
        measures.append(
            MeasureDraft(
                names.new("ticket_rating", table.name),
                "voice",
                {"mean": f"{ratings}.{rated.name}", "within": window},
                choose_rating_points(rated),
                "average rating of tickets; higher is better",
            )
        )
    return DraftLines(
        sources=tuple(sources),
        measures=tuple(measures),
        guessed=(
            f"table {table.profile.name} holds support tickets (called `{source}` in the model)",
        ),
    )
