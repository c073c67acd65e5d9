"""Proposes lines for survey answers."""

from __future__ import annotations

from salus.draft.headers import is_plain
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
from salus.draft.table import DatedTable


def draft_answers(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of survey answers."""
    score = table.number("score")
    if score is None:
        return DraftLines(
            left_out=(f"table {table.profile.name}: no column holds the answers as numbers",)
        )
    source, window = names.new("answers", table.name), f"{max(182, table.pace.window)}d"
    nps = (
        score.minimum is not None
        and score.minimum >= 0
        and 8 < score.maximum <= 10
        and score.fractional == 0
        and is_plain(score.name)
    )
    body = table.source()
    metrics: Body = {"nps": f"{source}.{score.name}"} if nps else satisfied(source, score)
    if not nps:
        measure = MeasureDraft(
            names.new("rating", table.name),
            "voice",
            {"mean": f"{source}.{score.name}", "within": window},
            choose_rating_points(score),
            f"average of `{score.name}`; higher is better",
        )
    else:
        body["columns"] = {"nps": f"100 * ({score.name} >= 9) - 100 * ({score.name} <= 6)"}
        measure = MeasureDraft(
            names.new("nps_score", table.name),
            "voice",
            {"mean": f"{source}.nps", "within": window},
            FixedPoints({"bad": -50, "good": 50}),
            "net promoter score, because the answers are whole numbers from 0 to 10",
        )
    return DraftLines(
        sources=(SourceDraft(source, body, f"{table.profile.rows:,} survey answers"),),
        measures=(measure,),
        metrics=metrics,
        guessed=(
            f"table {table.profile.name} holds survey answers: scores in `{score.name}` (called `{source}` in"
            " the model)",
        ),
    )


def satisfied(source: str, score: ColumnProfile) -> Body:
    """The metric CSAT of answers on the usual scale from 1 to 5: the share of 4 and 5; none on another
    scale.
    """
    low, high = score.minimum, score.maximum
    if low is None or high is None or low < 1 or not 4 <= high <= 5:
        return {}
    return {"csat": {"share": source, "of": f"{quote_name(score.name)} >= 4"}}


def choose_rating_points(score: ColumnProfile) -> FixedPoints | SpreadPoints:
    """Fixed points on a usual scale of up to 5 or 10; otherwise points from the spread."""
    if score.maximum is not None and score.maximum <= 5:
        return FixedPoints({"bad": 2, "good": 4.5})
    return (
        FixedPoints({"bad": 4, "good": 9})
        if score.maximum is not None and score.maximum <= 10
        else SpreadPoints("good")
    )
