"""The verdict of a validation as one paragraph."""

from __future__ import annotations

from collections.abc import Callable

from salus.channels.words.words import Words
from salus.insight.validation.validation import Validation


def write_verdict(validation: Validation, words: Words, cut: Callable[[str], str] = str) -> str:
    """The limits of the test, then the verdict, then the comparison with the best single measure."""
    findings = [*validation.limits, validation.verdict]
    if validation.best_single is not None:
        findings.append(validation.best_single)
    return " ".join(words.finding(finding, cut) for finding in findings)
