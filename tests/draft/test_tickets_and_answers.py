"""What drafts propose for support tickets and survey answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.model.curve import Curve
from salus.model.measure import Measure
from salus.model.model import Model
from tests.draft.test_small_tables import draft_tables, model


def tickets(tmp_path: Path, priorities: tuple[str, ...], head: str = "priority") -> Model:
    rows = [
        f"T{n},A{n % 7},2026-0{1 + n % 6}-{1 + n % 28:02},"
        f"{'' if n % 6 == 0 else f'2026-0{2 + n % 6}-{1 + n % 28:02}'},"
        f"{priorities[n % len(priorities)]},{1 + n % 5}"
        for n in range(120)
    ]
    head = f"ticket_id,account_id,opened_at,closed_at,{head},csat_score"
    return model(draft_tables(tmp_path, tickets="\n".join([head, *rows]) + "\n"))


def answers(tmp_path: Path, scores: tuple[float, ...]) -> Measure:
    """The measure of a table of answers with these scores."""
    rows = [
        f"R{n},A{n % 9},2026-0{1 + n % 6}-{1 + n % 28:02},{scores[n % len(scores)]:g}"
        for n in range(120)
    ]
    head = "response_id,account_id,responded_at,score"
    drafted = model(draft_tables(tmp_path, survey_responses="\n".join([head, *rows]) + "\n"))
    (measure,) = (each for each in drafted.measures if each.dimension == "voice")
    return measure


def ends(measure: Measure) -> tuple[float, float]:
    """The values with 0 and 100 points."""
    assert isinstance(measure.scale, Curve)
    at = {points: value for value, points in measure.scale.knots}
    assert isinstance(at[0.0], float) and isinstance(at[100.0], float)
    return at[0.0], at[100.0]


@pytest.mark.parametrize(
    ("priorities", "urgent"),
    [
        (("low", "normal", "urgent", "High"), "('High', 'urgent')"),
        (("niedrig", "dringend", "hoch"), "('dringend', 'hoch')"),
        (("P1", "P2", "P3"), "('P1')"),
    ],
)
def test_urgent_priorities_are_known_in_three_languages(
    tmp_path: Path, priorities: tuple[str, ...], urgent: str
) -> None:
    drafted = tickets(tmp_path, priorities)
    assert drafted.measure("urgent_share").kind == "share"
    assert f"priority in {urgent}" in drafted.text


def test_priorities_without_an_urgent_word_are_not_scored(tmp_path: Path) -> None:
    drafted = tickets(tmp_path, ("blue", "green"))
    assert "urgent_share" not in {measure.name for measure in drafted.measures}


def test_tickets_are_open_until_they_are_closed(tmp_path: Path) -> None:
    drafted = tickets(tmp_path, ("low", "high"))
    source = drafted.sources["tickets"]
    assert (source.time, source.until) == ("opened_at", "closed_at")
    assert ends(drafted.measure("open_tickets")) == (5.0, 0.0)


def test_a_rating_counts_from_the_day_on_which_the_ticket_was_closed(tmp_path: Path) -> None:
    """On the day it was opened nobody could have known it."""
    drafted = tickets(tmp_path, ("low", "high"))
    rating = drafted.measure("ticket_rating")
    assert rating.source is not None
    assert drafted.sources[rating.source].time == "closed_at"
    assert ends(rating) == (2.0, 4.5)


def test_answers_from_0_to_10_are_a_net_promoter_score(tmp_path: Path) -> None:
    measure = answers(tmp_path, (0, 6, 7, 9, 10))
    assert (measure.name, ends(measure)) == ("nps_score", (-50.0, 50.0))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [((1, 2, 3, 4, 5), (2.0, 4.5)), ((1.5, 6.5, 9.5), (4.0, 9.0)), ((2, 4, 7, 8), (4.0, 9.0))],
)
def test_other_answers_are_rated_on_their_scale(
    tmp_path: Path, scores: tuple[float, ...], expected: tuple[float, float]
) -> None:
    measure = answers(tmp_path, scores)
    assert (measure.name, ends(measure)) == ("rating", expected)


def test_answers_on_no_usual_scale_are_rated_by_their_spread(tmp_path: Path) -> None:
    bad, good = ends(answers(tmp_path, (20, 40, 60, 80, 100)))
    assert 20 <= bad < good <= 100


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (tuple(range(11)), {"nps"}),
        ((1, 2, 3, 4, 5), {"csat"}),
        ((1, 20, 50, 99), set()),  # no usual scale
    ],
)
def test_metrics_read_the_answers_on_their_usual_scale(
    tmp_path: Path, scores: tuple[float, ...], expected: set[str]
) -> None:
    rows = [
        f"R{n},A{n % 9},2026-0{1 + n % 6}-{1 + n % 28:02},{scores[n % len(scores)]:g}"
        for n in range(120)
    ]
    head = "response_id,account_id,responded_at,score"
    drafted = model(draft_tables(tmp_path, survey_responses="\n".join([head, *rows]) + "\n"))
    assert set(drafted.metrics.declared) == expected
