"""The verdict of a validation as one paragraph."""

from __future__ import annotations

from collections.abc import Callable

from salus.channels.words.words import Words
from salus.finding import Finding
from salus.insight.validation.validation import Validation


def write_verdict(validation: Validation, words: Words, cut: Callable[[str], str] = str) -> str:
    """The limits of the test, then the verdict, then the comparison with the best single measure."""
    return words.paragraph(verdict_findings(validation), cut)


def verdict_findings(validation: Validation) -> list[Finding]:
    """The findings of the verdict, in the order of the paragraph."""
    best = validation.best_single
    return [*validation.limits, validation.verdict, *([] if best is None else [best])]
