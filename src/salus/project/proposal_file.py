"""The comment lines on top of a file that `salus learn` wrote, and what `salus adopt` reads in them.

Who deletes these lines has made the model their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from salus.insight.learning import Learned
from salus.insight.question import Question

FIRST = "# Proposed by `salus learn`"        # how the first line begins
ADOPT, CROSS_SECTIONAL = "# adopt: ", "# cross-sectional: "
LOOKS_LIKE = "it tells who looks like those with the flag, not who will have it"


@dataclass(frozen=True)
class Evidence:
    """What the file says of its evidence. `doubt`: why it may not be adopted by itself; None where it may."""

    doubt: str | None = None
    cross_sectional: bool = False


def heading(question: Question, found: Learned) -> list[str]:
    """The lines, without comment signs: where it comes from, whether it may be adopted, and the trial."""
    within = f" within {question.horizon} days" if question.horizon is not None else ""
    lines = [f"Proposed by `salus learn`: weights by the outcome `{question.outcome}`{within}, which {found.events} had.",
             f"{found.allowed}: {found.reason}."]
    lines += [f"cross-sectional: {LOOKS_LIKE}."] if question.horizon is None else []
    trial = found.trial
    if trial is not None:
        curves = f", with curves too {trial.bend.auc.value:.3f}" if trial.bend else ""
        lines.append(f"On {trial.rows} rows of {trial.unseen}: AUC {trial.auc_learned.value:.3f}, with the model's own weights "
                     f"{trial.auc_own.value:.3f}{curves}.")
    return lines


def evidence(text: str) -> Evidence:
    """Of the text of any model: only what `salus learn` itself vouches for, or did not write, is without doubt.

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
        return Evidence()
    word = top[start + 1] if start + 1 < len(top) else ""
    rest = top[start + 2] if start + 2 < len(top) else ""
    doubt = None if word.startswith(ADOPT) else word.removeprefix("#").strip().removeprefix("proposal: ")
    return Evidence(doubt, rest.startswith(CROSS_SECTIONAL))
