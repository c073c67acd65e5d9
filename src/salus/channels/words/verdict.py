"""The verdict of a validation as one paragraph."""

from __future__ import annotations

from collections.abc import Callable

from salus.channels.words.words import Words
from salus.insight.validation.validation import Validation


def write_verdict(validation: Validation, words: Words, cut: Callable[[str], str] = str) -> str:
    """What keeps it from being a forward test comes first, then the verdict, then how the score
    compares with the best single measure.
    """
    findings = [*validation.limits, validation.verdict]
    if validation.best_single is not None:
        findings.append(validation.best_single)
    return " ".join(words.finding(finding, cut) for finding in findings)
