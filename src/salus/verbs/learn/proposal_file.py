"""The comment lines on top of a file that `salus learn` wrote, and what `salus adopt` reads in
them.

Who deletes these lines has made the model their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from salus.channels.words import Words
from salus.insight.learning.learning import Learned
from salus.insight.validation.question import Question

FIRST = "# Proposed by `salus learn`"  # how the first line begins
ADOPT, PROPOSAL, CROSS_SECTIONAL = "# adopt: ", "# proposal: ", "# cross-sectional: "


@dataclass(frozen=True)
class LearningEvidence:
    """What the file says of its evidence. `doubt`: why it may not be adopted by itself; None where
    it may.
    """

    doubt: str | None = None
    cross_sectional: bool = False  # learned across entities, not forward in time


def heading(question: Question, found: Learned, words: Words, lines: list[str]) -> list[str]:
    """The lines, without comment signs: where it comes from, whether it may be adopted, the trial,
    and further `lines`.
    """
    within = "" if question.horizon is None else f" within {question.horizon} days"
    told = [
        f"Proposed by `salus learn`: weights by the outcome `{question.outcome}`{within}, which"
        f" {found.events} had."
    ]
    if found.cross_sectional:
        told.append("cross-sectional: it shows who looks like those who left, not who will leave.")
    if not (found.cross_sectional and found.proven):
        told.append(f"{found.allowed}: {words.paragraph(found.reasons)}")
    trial = found.trial
    if trial is not None:
        curves = f", with curves too {trial.bend.auc.value:.3f}" if trial.bend else ""
        told.append(
            f"On {trial.rows} rows of {trial.unseen}: AUC {trial.auc_learned.value:.3f}, with the"
            f" model's own weights {trial.auc_own.value:.3f}{curves}."
        )
    return [*told, *lines]


def evidence(text: str) -> LearningEvidence:
    """Of the text of any model: only what `salus learn` itself vouches for, or did not write, is
    without doubt.

    >>> evidence("# Proposed by `salus learn`: …\\n# proposal: 12 is few.\\nversion: 1\\n").doubt
    '12 is few.'
    >>> evidence("# my own\\nversion: 1\\n").doubt is None
    True
    """
    top = []
    for line in text.lstrip("\ufeff").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            break
        top.append(line.strip())
    start = next((place for place, line in enumerate(top) if line.startswith(FIRST)), None)
    if start is None:
        return LearningEvidence()
    after = [*top[start + 1 :], "", ""]
    crossing = after[0].startswith(CROSS_SECTIONAL)
    verdict = after[1] if crossing else after[0]
    if verdict.startswith(ADOPT) or (crossing and not verdict.startswith((PROPOSAL, "# none: "))):
        return LearningEvidence(None, crossing)
    return LearningEvidence(verdict.removeprefix(PROPOSAL).removeprefix("#").strip(), crossing)
