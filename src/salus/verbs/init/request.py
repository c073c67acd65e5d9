"""What a person has said about a new project before its tables are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from salus.draft.answers import DraftAnswers
from salus.verbs.init.question import InitQuestion

Ask = Callable[[InitQuestion], tuple[str, ...]]  # the options that a person chooses


@dataclass(frozen=True, kw_only=True)
class InitRequest:
    """Answers that are known, and how open questions are answered.

    `yes`: what isn't known is left out, as long as it's clear who is a customer. `ask` puts a
    question to a person; None in a script.
    """

    answers: DraftAnswers = field(default_factory=DraftAnswers)
    yes: bool = False
    ask: Ask | None = None
    language: str = "en"  # of the page that shows the tables

    @classmethod
    def of(
        cls, answers: Mapping[str, str | None], *, yes: bool, ask: Ask | None, language: str
    ) -> InitRequest:
        """The request with answers by the name of their option. An empty answer is none."""
        known = {name: value or None for name, value in answers.items()}
        return cls(answers=DraftAnswers(**known), yes=yes, ask=ask, language=language)
