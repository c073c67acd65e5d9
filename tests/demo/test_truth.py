"""The truth of the demo company: enough to compute the best possible AUC, which no honest
prediction beats.
"""

from __future__ import annotations

import datetime as dt
import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.demo import Truth, auc, best_auc, generate, health_auc
from salus.errors import DataError, UsageError
from tests.demo.conftest import Ask, asking

DATES = tuple(dt.date(2024, 12, 15) + dt.timedelta(days=90 * step) for step in range(6))
HORIZON = 90


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=2, max_size=30))
def test_auc_counts_pairs_and_half_the_ties(rows: list[tuple[int, bool]]) -> None:
    risk, event = np.array([row[0] for row in rows], float), np.array([row[1] for row in rows])
    pairs = [(a > b) + (a == b) / 2 for a, b in product(risk[event], risk[~event])]
    assert auc(risk, event) == pytest.approx(
        float(np.mean(pairs)) if pairs else float("nan"), nan_ok=True
    )


def test_those_at_risk_are_customers_without_a_notice(demo: Path, ask: Ask) -> None:
    outlook = Truth.read(demo).at(dt.date(2025, 9, 1), 90)
    expected = ask("""select account_id from data.account left join data.churn using (account_id)
        where customer_since < '2025-09-01' and coalesce(notice_on, '2999-01-01') >= date '2025-09-01' order by 1""")
    assert list(outlook.account_ids) == [row[0] for row in expected]
    left = ask(
        "select account_id from data.churn where notice_on >= '2025-09-01' and notice_on < date '2025-09-01' + 90 "
        "order by 1"
    )
    assert [
        key for key, gone in zip(outlook.account_ids, outlook.churned, strict=True) if gone
    ] == [r[0] for r in left]


def test_hazards_follow_from_the_written_causes_and_coefficients(demo: Path, ask: Ask) -> None:
    """Computed again in SQL, the sum over effects.csv gives the hazard of every decision about a term."""
    document = json.loads((demo / "truth" / "company.json").read_text(encoding="utf-8"))
    rates = ask("select effect, notice from truth.effects")
    total = " + ".join(
        f"{rate} * {'a' if name == 'frailty' else 'h'}.{name}" for name, rate in rates
    )
    wrong, checked = ask(f"""
        select count(*) filter (abs(hazard - 1 / (1 + exp(- {document["intercepts"]["term"]} - ({total})))) > 1e-5), count(*)
        from truth.decisions d join truth.accounts a using (account_id)
        join truth.health h on h.account_id = d.account_id and d.decided_on between h.week and h.week + 6
        where d.kind = 'term'""")[0]
    assert checked > 300
    assert wrong == 0


def test_health_is_what_the_causes_add_up_to(ask: Ask) -> None:
    notice = ask("select effect, notice from truth.effects where effect <> 'frailty'")
    total = " + ".join(f"{rate} * {name}" for name, rate in notice)
    assert ask(f"select count(*) from truth.health where abs(health + ({total})) > 1e-4") == [(0,)]


def test_the_number_who_leave_follows_the_hazards(demo: Path) -> None:
    """The sum of the probabilities is the expected number of customers who leave; the rest is luck."""
    truth = Truth.read(demo)
    outlooks = [truth.at(date, HORIZON) for date in DATES]
    chance = np.concatenate([outlook.chance for outlook in outlooks])
    left = sum(int(outlook.churned.sum()) for outlook in outlooks)
    assert abs(left - chance.sum()) < 3.5 * np.sqrt((chance * (1 - chance)).sum())


def test_dates_whose_horizon_is_not_in_the_data_are_refused(demo: Path) -> None:
    truth = Truth.read(demo)
    assert len(truth.at(dt.date(2026, 4, 2), 90).account_ids) > 300
    with pytest.raises(UsageError, match="aren't all in the data"):
        truth.at(dt.date(2026, 5, 2), 90)


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="isn't a demo company"):
        Truth.read(tmp_path)


PLAIN_RISK = """
    with used as (select group_id account_id, count(distinct user_id) n from data.event
                  where timestamp >= $D - interval 28 day and timestamp < $D and received_at < $D group by 1),
    seats as (select account_id, arg_max(seats, valid_from) n from data.account_history where valid_from < $D group by 1),
    moods as (select account_id, arg_max(mood, given_at) mood from data.pulse
              where given_at < $D and given_at >= $D - interval 60 day group by 1),
    votes as (select account_id, avg(score) score from data.survey_response
              where survey_id = 'S-NPS' and responded_at < $D and responded_at >= $D - interval 365 day group by 1)
    select account_id, - coalesce(used.n, 0) / seats.n / 0.3
           + coalesce(case mood when 'leaving' then 2 when 'worried' then 1 when 'great' then -1 else 0 end, 0.2)
           - (coalesce(score, 8) - 8) / 2
    from seats left join used using (account_id) left join moods using (account_id) left join votes using (account_id)
"""


def plain_auc(folder: Path) -> float:
    """A simple risk that most people would try first: use of seats, last pulse and mean NPS, added."""
    ask, truth, risks, events = asking(folder), Truth.read(folder), [], []
    for date in DATES:
        risk = dict(ask(PLAIN_RISK.replace("$D", f"timestamp '{date}'")))
        outlook = truth.at(date, HORIZON)
        risks.append(np.array([risk[key] for key in outlook.account_ids], float))
        events.append(outlook.churned)
    return auc(np.concatenate(risks), np.concatenate(events))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_company_is_no_toy(tmp_path: Path, demo: Path, seed: int) -> None:
    """A plain risk is worth something, the latent health more, the truth most; even it is never
    sure.
    """
    folder = demo if seed == 3 else tmp_path / "demo"
    if folder != demo:
        generate(folder, seed=seed)
    plain, health, best = (
        plain_auc(folder),
        health_auc(folder, DATES, HORIZON),
        best_auc(folder, DATES, HORIZON),
    )
    assert 0.62 < plain < 0.85
    assert plain < health + 0.03
    assert max(plain, health) < best < 0.96
    assert best > 0.85
