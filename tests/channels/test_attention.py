"""The list of accounts to look at first: whom it leaves out is said, and a lost value isn’t a rise."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from salus.channels.report.content import Movements
from salus.channels.report.page import render_page
from salus.channels.words import load_words
from salus.model.source import Notice, Renewal
from salus.project import open_project
from salus.verbs.report.attention import FIRST, MOST, rank_attention
from tests.channels.example import entry, example
from tests.channels.test_report import gather

TODAY = dt.date(2026, 1, 1)


def scores(
    band: list[int],
    score: list[float],
    money: list[float] | None,
    renewal: Renewal | None = None,
    dates: list[dt.date | None] | None = None,
) -> Any:
    """The part of scores that `rank_attention` reads, for a model with three bands."""
    model = SimpleNamespace(
        bands=(("healthy", 75.0), ("watch", 50.0), ("at_risk", 0.0)),
        entity=SimpleNamespace(value="arr" if money else None, renewal=renewal),
    )

    class Made(SimpleNamespace):
        def __len__(self) -> int:
            return len(band)

    details = SimpleNamespace(values=lambda name: dates if name and dates else [None] * len(band))
    return Made(
        scored=SimpleNamespace(score=np.array(score), band=np.array(band)),
        money=tuple(money or [None] * len(band)),
        model=model,
        details=details,
        as_of=TODAY,
        ids=tuple(f"A-{row:03}" for row in range(len(band))),
    )


def test_large_watch_accounts_do_not_hide_accounts_at_risk() -> None:
    ranking = rank_attention(
        scores(
            [1] * 10 + [2] * 8,
            [60.0] * 10 + [30.0] * 8,
            [1e6] * 10 + [1e3 + extra for extra in range(8)],
        )
    )
    assert ranking.rows[:8] == (17, 16, 15, 14, 13, 12, 11, 10) and len(ranking.rows) == FIRST
    assert (ranking.more_at_risk, ranking.more) == (0, 8)


def test_accounts_at_risk_that_do_not_fit_are_counted() -> None:
    ranking = rank_attention(scores([2] * 42 + [0] * 5, [20.0] * 42 + [90.0] * 5, None))
    assert len(ranking.rows) == MOST and set(ranking.rows) <= set(range(42))
    assert (ranking.more_at_risk, ranking.more) == (12, 5)


def test_accounts_that_decide_soon_come_first() -> None:
    days = [400, 20, None, 30, -5]
    dates = [None if ahead is None else TODAY + dt.timedelta(days=ahead) for ahead in days]
    ranking = rank_attention(
        scores(
            [2] * 5, [20.0] * 5, [900.0, 1.0, 800.0, 2.0, 700.0], Renewal(decide_by="until"), dates
        )
    )
    assert ranking.rows == (3, 1, 0, 2, 4)
    assert ranking.days.tolist() == pytest.approx([400, 20, np.nan, 30, np.nan], nan_ok=True)


def test_the_decision_follows_from_the_end_of_the_term() -> None:
    """31 March less two months is 31 January, thirty days ahead."""
    renewal = Renewal(term_end="ends", notice=Notice(months=2))
    assert rank_attention(
        scores([2], [20.0], None, renewal, [dt.date(2026, 3, 31)])
    ).days.tolist() == [30]


@pytest.mark.parametrize("language", ["en", "de", "da"])
def test_the_page_says_how_many_it_leaves_out(language: str) -> None:
    report = dataclasses.replace(example(), more_at_risk=12, more=440, soon=90)
    text = render_page(report, load_words(language))
    assert "12" in text.split('id="attention"')[1].split("</section>")[0] and "440" in text
    assert {"en": "12 more ", "de": "12 weitere gefährdete", "da": "Yderligere 12 "}[
        language
    ] in text
    silent = render_page(example(), load_words(language))
    assert "salus score" not in silent


def test_a_higher_score_by_a_lost_value_has_no_arrow() -> None:
    rising = dataclasses.replace(entry(0), before=40.0, score=60.0)
    for by_loss, arrow in ((False, True), (True, False)):
        report = dataclasses.replace(
            example(),
            entries=(dataclasses.replace(rising, by_loss=by_loss),),
            moved=Movements(
                since=dt.date(2026, 10, 23),
                compared=True,
                mean=0.0,
                fell=0,
                rose=0,
                falls=(),
                rises=(),
            ),
        )
        section = (
            render_page(report, load_words("en")).split('id="attention"')[1].split("</section>")[0]
        )
        assert ("↑" in section) is arrow


MODEL = """\
version: 1
name: lost
entity: {name: account, table: accounts, key: id}
sources:
  use: {table: use, key: id, time: day}
  pulse: {table: pulse, key: id, time: day}
dimensions:
  all:
    measures:
      uses: {count: use, within: 30d, bad: 0, good: 10}
      mood: {latest: pulse.mood, within: 60d, points: {good: 100, bad: 0}}
missing_guard: 0d
"""


def test_a_lost_value_does_not_count_as_a_rise(tmp_path: Path) -> None:
    """A's bad mood expires, so its score rises from about 50 to 100; B truly uses more."""
    (tmp_path / "data").mkdir()
    (tmp_path / "salus.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / "data" / "accounts.csv").write_text("id\nA\nB\n", encoding="utf-8")
    first = dt.date(2026, 1, 1)
    uses = [("A", first + dt.timedelta(days=3 * entry)) for entry in range(60)]
    uses += [("B", first + dt.timedelta(days=100 + 2 * entry)) for entry in range(40)]
    (tmp_path / "data" / "use.csv").write_text(
        "id,day\n" + "".join(f"{key},{day}\n" for key, day in uses), encoding="utf-8"
    )
    (tmp_path / "data" / "pulse.csv").write_text(
        "id,day,mood\nA,2026-02-20,bad\nB,2026-04-01,good\n", encoding="utf-8"
    )
    project = open_project(tmp_path)
    now, before = (project.score(day, keep=False) for day in ("2026-05-01", "2026-04-01"))
    assert now.scored.score[now.row("A")] > before.scored.score[before.row("A")] + 10
    content = gather(project, dt.date(2026, 5, 1))
    assert [entry.id for entry in content.moved.rises] in ([], ["B"])
    assert all(entry.cause is None or entry.cause.kind != "lost" for entry in content.moved.rises)
    assert (
        "no longer has a value"
        not in render_page(content, load_words("en")).split('id="moved"')[1].split("</section>")[0]
    )
    assert next(entry for entry in content.entries if entry.id == "A").by_loss
