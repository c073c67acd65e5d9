"""The text of `salus learn`: what a reader decides by."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import salus.verbs.learn.text  # noqa: F401  registers the text
from salus.finding import Finding
from salus.insight.learning.band_limits import BandLimits, BandShare
from salus.insight.learning.curves import Card
from salus.insight.learning.learning import Learned
from salus.insight.learning.trial import CurveGain, Trial
from salus.insight.statistics.interval import Interval
from salus.insight.validation.question import Question
from salus.model.read import read_text
from salus.verbs.learn.result import Proposal
from tests.insight.worlds import model_of

MODEL = model_of(2)
TRIAL = Trial(
    rows=1200,
    events=31,
    gain=0.01,
    gain_ci=(0.004, 0.016),
    auc_own=Interval(0.7, 0.65, 0.75),
    auc_learned=Interval(0.74, 0.69, 0.79),
    auc_gain=Interval(0.04, 0.015, 0.065),
    own_99=Interval(0.7, 0.63, 0.77),
    learned_99=Interval(0.74, 0.67, 0.81),
)
BETTER = CurveGain(
    0.0231,
    (0.0104, 0.0358),
    Interval(0.79, 0.75, 0.83),
    Interval(0.05, 0.02, 0.08),
    Interval(0.79, 0.73, 0.85),
)
WORSE = replace(BETTER, gain=-0.0042, gain_ci=(-0.0091, 0.0007))
SHARES = (
    BandShare(
        "healthy",
        81,
        Interval(0.6, 0.5, 0.7),
        Interval(0.011, 0.004, 0.03),
        Interval(0.1, 0.05, 0.2),
    ),
    BandShare("at_risk", 0, Interval(0.4, 0.3, 0.5), None, Interval(0.9, 0.8, 0.95)),
)


def proposal(trial: Trial | None = TRIAL, curves: frozenset[str] | None = None) -> Proposal:
    card = None if curves is None else Card(MODEL, curves, (), 0.0, 1.0)
    return Proposal(
        question=Question(
            outcome="churned", horizon=90, score="score", sign=-1, capacity=0.1, notice=None
        ),
        learned=Learned(
            events=31,
            allowed="adopt",
            reasons=(),
            own={"m0": 1 / 3, "m1": 2 / 3},
            weights={"m0": 0.85, "m1": 0.15},
            trial=trial,
            card=card,
        ),
        path=Path("proposed.yaml"),
        difference="",
        model=MODEL,
    )


def cells(text: str, label: str) -> list[str]:
    """The row of a table that begins with a label, in words."""
    (row,) = (line for line in text.splitlines() if line.strip().startswith(label + "  "))
    return row.strip().removeprefix(label).split()


def test_the_measure_that_gains_most_weight_comes_first() -> None:
    text = str(proposal())
    assert cells(text, "M0") == ["33.3%", "85.0%"]
    assert cells(text, "M1") == ["66.7%", "15.0%"]
    assert text.index("M0") < text.index("M1")


def test_the_auc_of_both_models_and_their_difference() -> None:
    text = str(proposal())
    assert cells(text, "your weights") == ["0.700", "0.650", "to", "0.750"]
    assert cells(text, "learned weights") == ["0.740", "0.690", "to", "0.790"]
    assert cells(text, "difference") == ["+0.040", "+0.015", "to", "+0.065"]
    assert "1,200 rows, 31 " in text
    assert "curve" not in text


@pytest.mark.parametrize(
    ("curves", "words"), [(("m1",), "1 measure gets"), (("m0", "m1"), "2 measures get")]
)
def test_better_curves_say_how_many_measures_get_one(curves: tuple[str, ...], words: str) -> None:
    text = str(proposal(replace(TRIAL, bend=BETTER), frozenset(curves)))
    line = " ".join(text.split())
    assert words in line
    assert "0.0231" in line
    assert cells(text, "learned weights and curves") == ["0.790", "0.750", "to", "0.830"]
    assert cells(text, "curves add") == ["+0.050", "+0.020", "to", "+0.080"]


def test_curves_that_are_no_better_stay_with_the_reason() -> None:
    """A gain below 0 is a larger loss; its interval turns round with it."""
    line = " ".join(str(proposal(replace(TRIAL, bend=WORSE))).split())
    assert "curves stay as they are" in line
    numbers = [float(number) for number in re.findall(r"[+-]?\d\.\d{4}", line.replace("−", "-"))]
    assert numbers == [0.0042, -0.0007, 0.0091]
    assert "new curve:" not in line


def test_band_limits_show_what_each_band_holds() -> None:
    bands = BandLimits(0.05, (("healthy", 81.0), ("at_risk", 0.0)), SHARES, at_risk=38.0)
    text = str(replace(proposal(), bands=bands))
    line = " ".join(text.split())
    assert "At risk below 38" in line
    assert "Healthy from 81" in line
    assert "5.0%" in line
    assert cells(text, "Healthy")[:8] == [
        "81",
        "60.0%",
        "50.0%",
        "to",
        "70.0%",
        "1.1%",
        "0.4%",
        "to",
    ]
    assert cells(text, "At risk")[:8] == [
        "0",
        "40.0%",
        "30.0%",
        "to",
        "50.0%",
        "too",
        "few",
        "90.0%",
    ]


def test_band_limits_that_stay_say_why() -> None:
    reason = Finding("bands.percentiles")
    text = " ".join(str(replace(proposal(), bands=BandLimits(0.05, reason=reason))).split())
    assert "stay as they are" in text
    assert proposal().words.finding(reason) in text


def test_a_flag_is_adopted_only_with_its_own_option() -> None:
    """A flag has no dates, so the proposal was not tested forward in time."""
    result = proposal()
    flag = replace(
        result,
        learned=replace(result.learned, cross_sectional=True, proven=True, allowed="proposal"),
    )
    assert "--accept-cross-sectional" in str(flag)
    assert "--accept-cross-sectional" not in str(result)
    assert "tested on the later" not in str(flag)


def test_nothing_learned_is_a_reason_and_no_next_step() -> None:
    reason = Finding("learning.too_few", events=4, least=10)
    result = proposal()
    refused = replace(
        result,
        learned=replace(result.learned, allowed="none", reasons=(reason,), weights={}, trial=None),
        path=None,
    )
    text = " ".join(str(refused).split())
    assert result.words.finding(reason) in text
    assert "AUC" not in text
    assert "salus plan" not in text
    assert "salus plan --model proposed.yaml --outcome churned" in " ".join(str(result).split())


def test_a_model_with_rules_says_where_the_full_score_is_tested() -> None:
    """The figures are those of the weights alone, and `salus validate` shows others."""
    rules = 'caps:\n  - {name: few, when: "a0 < 3", at_most: 40}\n'
    model = read_text(f"{MODEL.text}{rules}", "salus.yaml", Path())
    assert "`salus validate`" not in str(proposal())
    assert "`salus validate`" in str(replace(proposal(), model=model))
