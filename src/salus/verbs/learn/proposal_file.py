"""The comment lines at the top of a file that `salus learn` wrote, and what `salus adopt` reads in
them.

A person who deletes these lines takes the model as their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from salus.channels.words import Words
from salus.insight.learning.band_limits import BandLimits
from salus.insight.learning.learning import Learned
from salus.insight.validation.question import Question

FIRST = "# Proposed by `salus learn`"  # how the first line begins
ADOPT, PROPOSAL, CROSS_SECTIONAL = "# adopt: ", "# proposal: ", "# cross-sectional: "


@dataclass(frozen=True)
class LearningEvidence:
    """What a model file says about how it was learned."""

    doubt: str | None = None  # why it needs a person's decision; None: it may be adopted
    cross_sectional: bool = False  # learned across entities, not forward in time


def heading(question: Question, learned: Learned, words: Words, more: list[str]) -> list[str]:
    """The lines without comment signs: where the model comes from, whether it may be adopted, how
    the trial went; then `more` lines.
    """
    within = "" if question.horizon is None else f" within {question.horizon} days"
    lines = [
        f"Proposed by `salus learn`: weights by the outcome `{question.outcome}`{within}, which"
        f" {learned.events} had."
    ]
    if learned.cross_sectional:
        lines.append("cross-sectional: it shows who looks like those who left, not who will leave.")
    if not (learned.cross_sectional and learned.proven):
        lines.append(f"{learned.allowed}: {words.paragraph(learned.reasons)}")
    trial = learned.trial
    if trial is not None:
        curves = f", with curves too {trial.bend.auc.value:.3f}" if trial.bend else ""
        lines.append(
            f"On {trial.rows} rows of {trial.unseen}: AUC {trial.auc_learned.value:.3f}, with the"
            f" model's own weights {trial.auc_own.value:.3f}{curves}."
        )
    return [*lines, *more]


def describe_limits(bands: BandLimits) -> list[str]:
    """The comment line on the band limits in the file; none if they stay as they were."""
    if not bands.limits:
        return []
    limits = ", ".join(f"{name} from {low:.0f}" for name, low in bands.limits[:-1])
    return [f"Limits by risk (usual rate {bands.base_rate:.1%}): {limits}."]


def evidence(text: str) -> LearningEvidence:
    """What the text of a model says about its evidence. A text that `salus learn` didn't write has
    no doubt.

    >>> evidence("# Proposed by `salus learn`: …\\n# proposal: 12 is few.\\nversion: 1\\n").doubt
    '12 is few.'
    >>> evidence("# my own\\nversion: 1\\n").doubt is None
    True
    """
    comments = _first_comments(text)
    start = next((i for i, line in enumerate(comments) if line.startswith(FIRST)), None)
    if start is None:
        return LearningEvidence()
    after = [*comments[start + 1 :], "", ""]
    cross_sectional = after[0].startswith(CROSS_SECTIONAL)
    verdict = after[1] if cross_sectional else after[0]
    if verdict.startswith(ADOPT) or (
        cross_sectional and not verdict.startswith((PROPOSAL, "# none: "))
    ):
        return LearningEvidence(None, cross_sectional)
    return LearningEvidence(
        verdict.removeprefix(PROPOSAL).removeprefix("#").strip(), cross_sectional
    )


def _first_comments(text: str) -> list[str]:
    """The lines before the first line that isn't a comment."""
    lines = []
    for line in text.lstrip("\ufeff").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            break
        lines.append(line.strip())
    return lines
