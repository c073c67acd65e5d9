"""The text of `salus history`: a row per date, and when another model took over."""

from __future__ import annotations

import datetime as dt

import salus.verbs.history.text  # noqa: F401  registers the text
from salus.verbs.history.result import ScoreHistory, ScorePoint


def point(day: str, score: float | None, model: str = "aaaa1111", **more: bool) -> ScorePoint:
    return ScorePoint(dt.date.fromisoformat(day), score, "watch", 0.9, model, **more)


def text(*points: ScorePoint, label: str | None = "Nordwind") -> str:
    return str(ScoreHistory("A-1", points, label))


def test_each_date_has_a_row_and_a_missing_score_a_dash() -> None:
    lines = text(point("2026-01-01", 61.25), point("2026-02-01", None)).splitlines()
    assert lines[0] == "A-1 Nordwind"
    rows = [line.split() for line in lines if line.startswith("2026")]
    assert rows == [
        ["2026-01-01", "Watch", "61.2", "90%", "aaaa1111"],
        ["2026-02-01", "Watch", "–", "90%", "aaaa1111"],
    ]


def test_another_model_is_named_with_the_dates() -> None:
    shown = text(point("2026-01-01", 60), point("2026-02-01", 70, "bbbb2222"))
    (line,) = (line for line in shown.splitlines() if "aaaa1111" in line and "bbbb2222" in line)
    assert line.index("2026-01-01") < line.index("2026-02-01")


def test_a_replayed_date_is_marked_only_where_there_is_one() -> None:
    before, after = point("2026-01-01", 60), point("2026-02-01", 70)
    assert "origin" not in text(before, after)
    rows = text(point("2026-01-01", 60, replayed=True), after).splitlines()
    assert [line.split()[0] for line in rows if line.endswith("replayed")] == ["2026-01-01"]


def test_a_single_date_suggests_a_replay_of_the_year_before() -> None:
    assert "salus replay --from 2025-03-02 --every month" in text(point("2026-03-02", 60))
    assert "salus replay" not in text(point("2026-02-01", 60), point("2026-03-02", 60))
