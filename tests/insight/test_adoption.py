"""Weights are adopted with evidence only: never from noise, and still where there is a signal."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from pathlib import Path

import pytest

from salus.channels.words import load_words
from salus.errors import UsageError
from salus.finding import Finding
from salus.insight.learning.adoption import COIN, decide, missing_evidence
from salus.insight.learning.trial import Trial
from salus.insight.statistics.interval import Interval
from salus.project import open_project
from tests.insight.activity import write_activity
from tests.insight.worlds import SIZES, world

NOW = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
WORLDS, MOST = 20, 1
PROVEN, COINLIKE = Interval(0.7, 0.6, 0.8), Interval(0.6, 0.45, 0.75)
TRIAL = Trial(
    rows=1000,
    events=60,
    gain=0.004,
    gain_ci=(0.001, 0.007),
    auc_own=PROVEN,
    auc_learned=PROVEN,
    auc_gain=Interval(0, -0.1, 0.1),
    own_99=PROVEN,
    learned_99=PROVEN,
)


def test_noise_is_not_adopted() -> None:
    proposals = [world(seed, SIZES[seed % len(SIZES)]).learned() for seed in range(WORLDS)]
    assert sum(proposal.allowed == "adopt" for proposal in proposals) <= MOST
    assert (
        sum(bool(proposal.weights) for proposal in proposals) >= WORLDS - 4
    )  # something was proposed, and refused for want of evidence


@pytest.mark.parametrize("seed", range(3))
def test_a_clear_signal_is_adopted(seed: int) -> None:
    assert world(seed, 500, signal=1.2, measures=4, dates=24).learned().allowed == "adopt"


@pytest.mark.parametrize(
    ("trial", "lacks"),
    [
        (TRIAL, None),
        (replace(TRIAL, learned_99=COINLIKE), "There is no evidence"),
        (replace(TRIAL, gain=0.0, gain_ci=(-0.001, 0.001)), None),
        (
            replace(TRIAL, gain=0.0, gain_ci=(-0.003, 0.003)),
            "0.0030 higher than with the model’s own",
        ),
        (replace(TRIAL, gain=0.0, gain_ci=(-0.001, 0.001), own_99=COINLIKE), "No gain is proven"),
        (replace(TRIAL, own_99=COINLIKE), None),
        (
            replace(TRIAL, gain=0.0, gain_ci=(-0.001, 0.001), own_99=Interval(0.705, 0.6, 0.8)),
            None,
        ),
        (
            replace(TRIAL, gain=0.0, gain_ci=(-0.001, 0.001), own_99=Interval(0.72, 0.6, 0.8)),
            "AUC of the new weights is 0.020 lower",
        ),
    ],
)
def test_each_piece_of_evidence_counts(trial: Trial, lacks: str | None) -> None:
    proposals = missing_evidence(trial)
    assert (
        proposals is None
        if lacks is None
        else proposals is not None and lacks in load_words("en").finding(proposals)
    )
    assert decide(60, trial, (), None)[0] == ("adopt" if lacks is None else "proposal")


def test_few_outcomes_or_no_trial_are_never_enough() -> None:
    assert decide(39, TRIAL, (), None)[0] == "proposal"
    assert decide(60, None, (), Finding("split.small_parts", least=10)) == (
        "proposal",
        (Finding("split.small_parts", least=10),),
    )


def test_the_99_percent_interval_is_wider_and_of_the_same_auc() -> None:
    """Against the 95 % interval: on the logit, wider by the ratio of the two quantiles, about 2.576
    to 1.96.
    """
    trial = world(3, 500).learned().trial
    assert trial is not None
    logits = [
        [math.log(end / (1 - end)) for end in (interval.low, interval.value, interval.high)]
        for interval in (trial.auc_learned, trial.learned_99)
    ]
    narrow, wide = ((ends[2] - ends[0]) / 2 for ends in logits)
    assert wide / narrow == pytest.approx(2.576 / 1.96, rel=0.02)
    assert logits[0][1] == logits[1][1] and trial.learned_99.low <= COIN


def test_a_project_of_noise_is_refused_by_learn_and_adopt(tmp_path: Path) -> None:
    """Labels that follow nothing, and a learner that found something to say."""
    project = open_project(write_activity(tmp_path / "noise", signal=0, accounts=300, seed=2))
    proposal = project.learn("churned")
    assert proposal.learned.allowed == "proposal" and "no evidence" in proposal.reason
    official = (project.folder / "salus.yaml").read_bytes()
    for again in (
        lambda: project.adopt(proposal.path, NOW),
        lambda: project.adopt(proposal.path, NOW, share="50%"),
        lambda: project.preview(proposal.path),
    ):
        with pytest.raises(
            UsageError, match="only a proposal of `salus learn`: There is no evidence"
        ):
            again()
    assert (
        project.folder / "salus.yaml"
    ).read_bytes() == official and project.decisions.all() == ()


def test_a_project_with_a_signal_is_adopted(tmp_path: Path) -> None:
    project = open_project(write_activity(tmp_path / "signal", signal=1, accounts=300))
    proposal = project.learn("churned")
    assert proposal.learned.allowed == "adopt" and proposal.learned.trial.gain > 0
    assert project.adopt(proposal.path, NOW).decision.stage == "all"
    assert (project.folder / "salus.yaml").read_text(encoding="utf-8") == proposal.path.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    "text",
    [
        "# yaml-language-server: $schema=./salus.schema.json\n{0}",
        "\n{0}",
        "{0}".replace("\n", "\r\n"),
    ],
)
def test_lines_above_the_heading_do_not_hide_it(tmp_path: Path, text: str) -> None:
    from salus.verbs.learn.proposal_file import evidence

    heading = "# Proposed by `salus learn`: weights.\n# proposal: 12 is few.\nversion: 1\n"
    assert evidence(text.format(heading)).doubt == "12 is few."
    assert (
        evidence(text.format(heading.replace("proposal: 12", "none: 9"))).doubt == "none: 9 is few."
    )
    assert evidence(text.format(heading.replace("proposal: 12", "adopt: 120"))).doubt is None
